"""The detector of what Telegram links by itself sees what it must, and no more."""

from __future__ import annotations

import pytest

from bot.terminal.html import parse
from tests.bot.autolinks import autolinks, pressable


@pytest.mark.parametrize(
    "text",
    [
        *("evil.ru", "EVIL.RU", "(evil.ru)", "«школа.рф»", "сайт evil.ru.", "сайт—evil.ru"),
        *("https://evil.ru/x", "http://школа.выдумка", "ftp://a.b", "10.0.0.1", "xn--e1a.xn--p1ai"),
        *("evil.中国", "a@evil.ru", "a.b-c@evil.ru", "@evil_bot", ":@evil", "#тег", "#1а", "$EVIL"),
        *("/start", "да: /1", "/find@evil_bot", "tg://resolve?domain=x", "ton://evil"),
    ],
)
def test_what_links_itself_is_seen(text: str) -> None:
    assert list(autolinks(text))


@pytest.mark.parametrize(
    "text",
    [
        *("г.Курган", "им.А.С.Пушкина", "ул. Ленина, д.5", "№ 1.2", "01.11.2026", "т.е.", "…ru"),
        *("и/или", "24/7", "# 1", "#1", "a@b", "5 $", "100$", "evil.\u2060ru", "evil. ru"),
    ],
)
def test_ordinary_words_are_left_alone(text: str) -> None:
    assert list(autolinks(text)) == []


def test_nothing_in_code_is_pressable_and_all_behind_words_is() -> None:
    text, entities = parse(
        '😀 <code>evil.ru</code> <a href="https://vk.com/x">vk.com/x</a> @evil_bot'
    )
    assert pressable(text, entities) == ["https://vk.com/x", "@evil_bot"]
