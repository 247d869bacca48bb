"""What buttons carry: one meaning a prefix, and names that outlive a change of the code."""

from __future__ import annotations

from collections import Counter
from typing import get_args

import pytest
from aiogram.filters.callback_data import CallbackData

from bot.buttons.editors import EditField, EditMore, FieldGroup
from bot.buttons.trust import Hide, Why
from bot.i18n import Catalogues
from bot.views.editors import editing
from directory.editing.quarantine import REASONS
from directory.store.drafts import Draft


def _everywhere() -> set[type[CallbackData]]:
    """All classes that any module of the bot has made; the whole bot must be imported."""
    found: set[type[CallbackData]] = set()
    waiting: list[type[CallbackData]] = [CallbackData]
    while waiting:
        below = waiting.pop().__subclasses__()
        found.update(each for each in below if each.__module__.startswith("bot."))
        waiting += below
    return found


CLASSES = _everywhere()


def test_every_button_is_in_one_place() -> None:
    assert {each.__module__.rpartition(".")[0] for each in CLASSES} == {"bot.buttons"}
    assert len(CLASSES) > 90


def test_no_two_kinds_of_buttons_share_a_prefix() -> None:
    prefixes = Counter(each.__prefix__ for each in CLASSES)
    assert {prefix: n for prefix, n in prefixes.items() if n > 1} == {}


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("qh:some-page::hacked", "похоже, страницу взломали"),
        ("qh:some-page::double", "это двойник, а не официальная страница"),
        ("qh:some-page:0a1b2c3d:elsewhere", "ссылка ведёт не туда"),
        ("qh:some-page::dead", "страница не открывается"),
    ],
)
def test_a_reason_on_an_old_button_means_what_it_meant(data: str, reason: str) -> None:
    """These texts stand on buttons in chats: whoever renames a reason breaks them."""
    pressed = Hide.unpack(data)
    assert REASONS[pressed.why] == reason


def test_the_place_of_a_reason_in_a_list_means_nothing() -> None:
    with pytest.raises(ValueError, match="why"):
        Hide.unpack("qh:some-page::1")
    with pytest.raises(ValueError, match="group"):
        EditMore.unpack("em:0123456789ab:1")


def test_every_reason_and_group_has_its_name() -> None:
    assert set(get_args(Why)) - {""} <= set(REASONS)
    offered = {each.column for group in get_args(FieldGroup) for each in _fields(group)}
    assert offered == editing.COLUMNS


def _fields(group: FieldGroup) -> list[EditField]:
    with Catalogues().context():
        keyboard = editing.fields(Draft("0123456789ab", None), "", group).keyboard
    assert keyboard is not None
    data = [button.callback_data or "" for row in keyboard.inline_keyboard for button in row]
    return [EditField.unpack(each) for each in data if each.startswith("ef:")]
