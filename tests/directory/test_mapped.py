"""A mapping that lies mostly in a file behaves as a dict does."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory import mapped
from directory.links import kept as kept_links
from directory.links.similar_names import SimilarNames
from directory.links.verifier import Verifier
from directory.mapped import Layered, TextTable
from tests.directory.searched import PAGES

keys = st.text("абвгд\n0\x00", max_size=2)
texts = st.text(max_size=5)
operations = st.lists(st.tuples(st.sampled_from(["set", "delete", "keep"]), keys, texts))


@pytest.mark.slow
@settings(deadline=None)
@given(st.dictionaries(keys, texts), operations)
def test_a_layered_mapping_is_a_dict(
    begin: dict[str, str], done: list[tuple[str, str, str]]
) -> None:
    model = dict(begin)
    tried = Layered[str](str, str, TextTable.of(begin.items()))
    for what, key, text in done:
        match what:
            case "set":
                model[key] = tried[key] = text
            case "delete":
                assert (key in tried) == (key in model)
                assert tried.pop(key, None) == model.pop(key, None)
            case "keep":
                tried = Layered[str](str, str, tried.kept())
        assert len(tried) == len(model)
        assert tried.get(key) == model.get(key)
    assert dict(tried) == model


def test_a_value_that_is_altered_in_its_place_is_kept() -> None:
    base = TextTable.of([("a", "1 2")])
    tried = Layered[list[str]](" ".join, str.split, base)
    tried.setdefault("a", []).append("3")
    tried.setdefault("b", []).append("4")
    assert dict(Layered[list[str]](" ".join, str.split, tried.kept())) == {
        "a": ["1", "2", "3"],
        "b": ["4"],
    }


def test_names_are_the_same_from_a_file(tmp_path: Path) -> None:
    names = SimilarNames(one_edit=5, two_edits=9)
    known = [f"vydumka_{word}" for word in ("sosnovka", "beryozovka", "kalinovka", "ivanovka")]
    for name in (*known, "vydumka_gone"):
        names.add(name, f"vk:{name}")
    names.remove("vydumka_gone", "vk:vydumka_gone")
    mapped.save(tmp_path / "names", names.arrays(), "here")
    kept = mapped.load(tmp_path / "names", lambda arrays: SimilarNames(5, 9, kept=arrays))
    assert kept is not None
    for tried in (names, kept):
        assert tried.near("vydumka_sosnovca") == ["vk:vydumka_sosnovka"]
        assert tried.heard("vydumka_kalinowka") == ["vk:vydumka_kalinovka"]
        assert list(tried.same("vydumka_gone")) == []
        tried.remove("vydumka_ivanovka", "vk:vydumka_ivanovka")
        tried.add("vydumka_novaya", "vk:vydumka_novaya")
        assert tried.near("vydumka_novaia") == ["vk:vydumka_novaya"]
        assert list(tried.same("vydumka_ivanovka")) == []


def test_a_registry_of_another_version_is_not_taken(tmp_path: Path) -> None:
    file = tmp_path / "links"
    kept_links.save(file, Verifier(PAGES), "here")
    assert kept_links.built_from(file) == "here"
    mapped.save(file, Verifier(PAGES).arrays(), "here 0123456789abcdef")
    assert kept_links.built_from(file) == ""
