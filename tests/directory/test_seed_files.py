"""The seed's own promises; that it imports is shown where its loading is tested."""

import csv
import re
import tomllib
from functools import cache
from pathlib import Path

import pytest

from directory.model import SLOTS
from directory.regions import all_regions

SEED = Path(__file__).parents[2] / "seed"
FILES = tuple(f["file"] for f in tomllib.loads((SEED / "seed.toml").read_text())["file"])


@cache
def rows(name: str) -> list[dict[str, str]]:
    """The rows of one file of the seed."""
    with (SEED / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


PAGES = tuple(name for name in FILES if "id" in rows(name)[0])
TERRITORIES = tuple(name for name in FILES if name not in PAGES)


def test_every_file_of_the_folder_is_listed_and_described() -> None:
    there = {str(path.relative_to(SEED)) for path in SEED.rglob("*.csv")}
    assert there == set(FILES)
    readme = (SEED / "README.md").read_text()
    assert all(f"`{name}`" in readme for name in FILES)


def test_ids_are_lasting_and_short_enough_for_a_button() -> None:
    ids = [row["id"] for name in PAGES for row in rows(name)]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z0-9]+-[a-z0-9-]{1,29}", i) for i in ids)
    assert len([i for i in ids if i.startswith("45-")]) == 118


@pytest.mark.parametrize("name", PAGES)
def test_every_page_has_a_source_a_category_and_a_known_territory(name: str) -> None:
    known = {(row["region"], row["name"]) for file in TERRITORIES for row in rows(file)}
    for row in rows(name):
        assert row["source"]
        assert row["category"]
        assert not row["region"] or ("", row["region"]) in known
        assert not row["territory"] or (row["region"], row["territory"]) in known


@pytest.mark.parametrize("name", [name for name in PAGES if name != "pages.csv"])
def test_pages_outside_kurgan_oblast_have_a_link(name: str) -> None:
    assert all(any(row[slot] for slot in SLOTS) for row in rows(name))


def test_titles_are_tidy() -> None:
    for row in rows("pages.csv"):
        title = row["title"]
        assert title == " ".join(title.split())
        assert title[0].isupper()
        assert len(title) <= 90 or row["id"] == "45-dep-prirody"
        assert title.count("«") == title.count("»")
        assert not re.search(r"[A-Za-z\"]", title)


def test_the_regions_are_those_that_the_setting_takes() -> None:
    named = {row["name"] for file in TERRITORIES for row in rows(file) if not row["region"]}
    assert named == {region.name for region in all_regions()}
    assert all(region.time for region in all_regions())
