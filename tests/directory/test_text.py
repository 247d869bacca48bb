"""Names cannot lie: what is left of a text from outside."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.text import clean


@pytest.mark.parametrize(
    ("given", "left"),
    [
        ("  Школа\t№\u00a05\r\nим.\u202fПушкина ", "Школа № 5 им. Пушкина"),
        ("Шко\u00adла\u200b \u2060№\ufeff 5", "Школа № 5"),
        ("vk.com/\u202egnihtemos\u202c", "vk.com/gnihtemos"),
        ("\u2066адрес\u2069\u200f\u061c", "адрес"),
        ("а\x00б\x1bв\x7fг\ud800д\ue000", "абвгд"),
        ("и\u0306 е\u0308", "й ё"),
        ("а\u0301\u0302\u0304\u0306", "а\u0301\u0302"),
        ("\u3164\u115f\u2800\U000e0041", ""),
        ("❤\ufe0f «Ёлочка» — №1", "❤ «Ёлочка» — №1"),
    ],
)  # fmt: skip
def test_the_unseen_is_dropped_and_letters_stay(given: str, left: str) -> None:
    assert clean(given) == left


def test_a_long_text_is_cut_where_it_says_so() -> None:
    assert clean("а" * 10, 10) == "а" * 10
    assert clean("а" * 11, 10) == "а" * 9 + "…"


@given(st.text())
def test_cleaning_is_one_line_and_done_once(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert not any(unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl") for c in once)
    assert len(clean(text, 20)) <= 20
