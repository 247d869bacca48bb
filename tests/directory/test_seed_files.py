"""The seed's own promises; that it imports is shown where imports are tested."""

import csv
import re
from pathlib import Path

SEED = Path(__file__).parents[2] / "seed"


def _rows(name: str) -> list[dict[str, str]]:
    with (SEED / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_ids_are_lasting_and_short_enough_for_a_button() -> None:
    ids = [row["id"] for row in _rows("pages.csv")]
    assert len(set(ids)) == len(ids) == 104
    assert all(re.fullmatch(r"45-[a-z0-9-]{1,29}", i) for i in ids)


def test_every_page_has_a_source_a_category_and_a_known_territory() -> None:
    known = {row["name"] for row in _rows("territories.csv")}
    for row in _rows("pages.csv"):
        assert row["source"]
        assert row["category"]
        assert row["region"] in known
        assert not row["territory"] or row["territory"] in known


def test_titles_are_tidy() -> None:
    for row in _rows("pages.csv"):
        title = row["title"]
        assert title == " ".join(title.split())
        assert title[0].isupper()
        assert len(title) <= 90
        assert title.count("«") == title.count("»")
        assert not re.search(r"[A-Za-z\"]", title)
