"""Pages that refer to others: founders (`parent`) and successors must not go round in a circle."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Reference = Literal["parent", "successor"]
REFERENCES: tuple[Reference, ...] = ("parent", "successor")


def circles(refers: Mapping[str, str]) -> dict[str, list[str]]:
    """The circles among references, given as id → id: each page of one, with the whole of it.

    >>> circles({"a": "b", "b": "a", "c": "a", "d": ""})
    {'a': ['a', 'b'], 'b': ['a', 'b']}
    """
    found: dict[str, list[str]] = {}
    done: set[str] = set()
    for start in refers:
        path: dict[str, None] = {}
        at = start
        while at and at not in done and at not in path:
            path[at] = None
            at = refers.get(at, "")
        if at in path:
            walked = list(path)
            circle = walked[walked.index(at) :]
            found.update(dict.fromkeys(circle, circle))
        done.update(path)
    return found


def named(page: str, titles: Mapping[str, str]) -> str:
    """A page that is referred to as people read it: «Управление (45-upravlenie)»."""
    return f"{titles[page]} ({page})" if page in titles else page


def around(circle: list[str], first: str) -> str:
    """A circle in words, beginning and ending with `first`: «a → b → a»; a long one in short."""
    at = circle.index(first)
    turned = [*circle[at:], *circle[:at]]
    shown = turned if len(turned) <= _LONGEST else [*turned[:_LONGEST], "…"]
    return " → ".join([*shown, first])


_LONGEST = 6
