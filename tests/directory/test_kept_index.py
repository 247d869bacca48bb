"""A kept index that is damaged, or put there by somebody else, is rebuilt and never trusted."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.directory import Directory
from directory.search import kept
from tests.directory.searched import INDEX, PAGES
from tests.directory.test_refresh import found, url

__all__ = ["url"]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="it has no such files")


def head_with(file: Path, **values: Any) -> None:
    """Change what the first line says."""
    line, _, rest = file.read_bytes().partition(b"\n")
    head = {**json.loads(line), **values}
    file.write_bytes(json.dumps(head).encode().ljust(len(line)) + b"\n" + rest)


def linked(file: Path) -> None:
    """Put a link to the very index in its place."""
    file.rename(file.with_suffix(".other"))
    file.symlink_to(file.with_suffix(".other"))


def piped(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


def folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


HOSTILE: dict[str, Callable[[Path], object]] = {
    "text for arrays": lambda file: head_with(file, arrays="x"),
    "a number for a shape": lambda file: head_with(file, arrays={"keys": 5}),
    "endless shape": lambda file: head_with(file, arrays={"keys": ["|u1", [1e400]]}),
    "negative shape": lambda file: head_with(file, arrays={"keys": ["|u1", [-1]]}),
    "objects": lambda file: head_with(file, arrays={"keys": ["|O", [1]]}),
    "nothing in it": lambda file: head_with(file, arrays={}),
    "another revision": lambda file: head_with(file, built_from="x"),
    "a long revision": lambda file: head_with(file, built_from="9" * 5000),
    "a list": lambda file: file.write_bytes(b"[]\n"),
    "nested": lambda file: file.write_bytes(b"[" * 60000 + b"\n"),
    "one endless line": lambda file: file.write_bytes(b"{" * 5_000_000),
    "a pipe": piped,
    "a folder": folder,
    "a link": linked,
    "another user's": lambda file: os.chown(file, 12345, 12345),
    "not to be read": lambda file: file.chmod(0),
}


@pytest.mark.parametrize("which", ["index_file", "links_file"])
@pytest.mark.parametrize("what", HOSTILE)
async def test_a_hostile_file_is_rebuilt(url: str, what: str, which: str) -> None:
    directory = await Directory.open(url)
    file = getattr(directory.kept, which)
    whole = file.read_bytes()
    await directory.close()
    try:
        HOSTILE[what](file)
    except PermissionError:
        pytest.skip("only root may give a file away")
    directory = await Directory.open(url)
    assert found(directory, "школа 15")[0] == "school-15"
    assert directory.links.pages == len(PAGES)
    if what != "a folder":  # nothing is removed that may be somebody's
        assert not file.is_symlink()
        assert file.stat().st_uid == os.geteuid()
        assert file.read_bytes() == whole
    await directory.close()


async def test_a_link_in_the_way_of_a_new_file_is_not_followed(url: str, tmp_path: Path) -> None:
    directory = await Directory.open(url)
    precious = tmp_path / "precious"
    precious.write_text("мой файл")
    partial = directory.kept.index_file.with_name(f"{directory.kept.index_file.name}.{os.getpid()}")
    partial.symlink_to(precious)
    kept.save(directory.kept.index_file, INDEX.segments[0], "here")
    assert precious.read_text() == "мой файл"
    await directory.close()


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_flipped_byte_is_noticed(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    file = tmp_path_factory.getbasetemp() / "index"
    kept.save(file, INDEX.segments[0], "here")
    whole = bytearray(file.read_bytes())
    line = whole.index(b"\n")
    # Half of the trials in the first line, which says how the rest is to be read.
    at = data.draw(st.integers(0, line) | st.integers(0, len(whole) - 1))
    whole[at] ^= 1 << data.draw(st.integers(0, 7))
    file.write_bytes(whole)
    loaded = kept.load(file)
    assert loaded is None or loaded.shown.block.tobytes() == INDEX.segments[0].shown.block.tobytes()
