"""A wrong entry is taken out of the directory, with a reason, and comes back by undo."""

from __future__ import annotations

import pytest

from directory.cli.changes import _ACTIONS
from directory.directory import Directory
from directory.model import Action
from tests.bot.person import Talker

COURT = "кетовский районный суд"
TITLE = "Кетовский районный суд"


async def _removes(owner: Talker) -> str:
    await owner.says(COURT)
    await owner.presses("Скрыть…")
    await owner.presses("Убрать из справочника…")
    return (await owner.presses("Внесена по ошибке")).text


async def test_it_is_gone_from_every_surface_and_old_doors_say_so(
    owner: Talker, citizen: Talker
) -> None:
    card = await citizen.says(COURT)
    await citizen.presses("Сохранить", on=card)
    assert "Убрана из справочника" in await _removes(owner)
    assert TITLE not in (await citizen.says(COURT)).text
    for said in ("/start page_45-sud-ketovskiy", "/saved"):
        text = (await citizen.says(said)).text
        assert "больше нет в справочнике" in text
        assert "закрыта" not in text.lower()


async def test_undo_brings_it_back(owner: Talker, citizen: Talker) -> None:
    await _removes(owner)
    await owner.presses("Откатить")
    assert TITLE in (await citizen.says(COURT)).text


async def test_a_second_press_is_a_notice(owner: Talker) -> None:
    await owner.says(COURT)
    await owner.presses("Скрыть…")
    reasons = await owner.presses("Убрать из справочника…")
    await owner.presses("Внесена по ошибке", on=reasons)
    again = await owner.press_data(reasons.message, "qx:45-sud-ketovskiy:twice")
    assert again


async def test_the_history_tells_why(owner: Talker, directory: Directory) -> None:
    await _removes(owner)
    assert "внесена по ошибке" in (await owner.says("/history")).text


@pytest.mark.parametrize("action", Action)
def test_every_action_has_a_name_for_the_terminal(action: Action) -> None:
    assert _ACTIONS[action]
