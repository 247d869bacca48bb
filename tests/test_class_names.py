"""One class name, one meaning: who greps a name finds one class."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]


def _classes() -> Iterator[tuple[str, str]]:
    """The classes of the two packages, without a leading underscore, and where each one stands."""
    for package in ("bot", "directory"):
        for path in sorted((ROOT / package).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ClassDef):
                    yield node.name.lstrip("_"), f"{path.relative_to(ROOT)}:{node.lineno}"


def test_no_two_classes_share_a_name() -> None:
    places = defaultdict[str, list[str]](list)
    for name, place in _classes():
        places[name].append(place)
    assert len(places) > 200
    assert not {name: found for name, found in places.items() if len(found) > 1}
