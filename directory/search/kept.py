"""The search index kept in a file between starts (see `directory.mapped`)."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from directory import mapped
from directory.mapped import Array, Arrays, Texts
from directory.search.segment import PageFacts, Postings, Segment
from directory.search.typos import Typos
from directory.search.vocabulary import Vocabulary

FORMAT = 12
"""To be raised whenever the arrays or their meaning change."""

_AS_SPELT = "="
"""Stands for a word that is folded as it is spelt, as three of four are: one string in memory for
both spares 9 MB of 175 000 pages."""


def save(path: Path, segment: Segment, built_from: str) -> None:
    """Write the segment to `path`. Raises `OSError`; an old file then stays as it is."""
    mapped.save(path, _arrays(segment), f"{built_from} {FORMAT}")


def built_from(path: Path) -> str:
    """What the index in the file was built from; empty when there is no file of this format."""
    known, _, version = mapped.built_from(path).rpartition(" ")
    return known if version == str(FORMAT) else ""


def load(path: Path) -> Segment | None:
    """The segment in the file, None when there is none or it is damaged."""
    return mapped.load(path, _segment)


def _arrays(segment: Segment) -> Iterable[tuple[str, Array]]:
    vocabulary = segment.vocabulary
    yield "keys", _lines(vocabulary.keys)
    yield "spellings", _lines(vocabulary.spellings)
    both = zip(vocabulary.spellings, vocabulary.folded, strict=True)
    yield "folded", _lines(_AS_SPELT if word == folded else folded for word, folded in both)
    yield "shown.block", segment.shown.block
    yield "shown.starts", segment.shown.starts
    yield "key_of", vocabulary.key_of
    yield "typos.starts", segment.typos.starts
    yield "typos.words", segment.typos.words
    for part in (segment.postings, segment.facts):
        for name in part.__slots__:
            yield f"{type(part).__name__}.{name}", getattr(part, name)


def _lines(words: Iterable[str]) -> Array:
    # Words have no line breaks, and to split one text is far quicker than to cut many.
    return np.frombuffer("".join([f"{word}\n" for word in words]).encode(), np.uint8)


def _segment(arrays: Arrays) -> Segment:
    def words(name: str) -> list[str]:
        return arrays[name].tobytes().decode().split("\n")[:-1]

    def part(kind: type[Any]) -> Any:
        return kind(*(arrays[f"{kind.__name__}.{name}"] for name in kind.__slots__))

    spellings = words("spellings")
    both = zip(spellings, words("folded"), strict=True)
    folded = [word if other == _AS_SPELT else other for word, other in both]
    return Segment(
        Vocabulary(words("keys"), spellings, arrays["key_of"], folded),
        Typos(arrays["typos.starts"], arrays["typos.words"]),
        part(Postings),
        part(PageFacts),
        Texts(arrays["shown.block"], arrays["shown.starts"]),
    )
