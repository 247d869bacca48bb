"""What must outlive the process: an import that waits for its press, and an answer on its way."""

from __future__ import annotations

import io
import signal

import openpyxl
import pytest

from tests.e2e.botapi import BotApi, RefusedError
from tests.e2e.person import Person, buttons
from tests.e2e.process import ADMIN, Process

pytestmark = pytest.mark.asyncio(loop_scope="module")

HOSPITAL = "Выдуманная больница № 77"
ASKED = "выдуманная больница 77"


def _workbook() -> bytes:
    """A workbook such as agencies make: another sheet first, two columns, a title above them."""
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["Всего", 2])
    sheet = book.create_sheet("Страницы")
    sheet.append(["Страницы медицинских организаций"])
    sheet.append([])
    sheet.append(["№", "Наименование", "Ссылка"])
    sheet.append([1, HOSPITAL, "https://vk.com/made_up_hospital_77"])
    sheet.append([2, "Выдуманная поликлиника № 78", "vk.com/made_up_clinic_78"])
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


async def test_an_import_survives_a_restart_and_leaves_no_trace_when_undone(
    api: BotApi, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("bot")
    admin, citizen = Person(api, ADMIN), Person(api, 8_001)

    first = await Process.start(folder, api)
    try:
        refused = await citizen.sends_file("список.xlsx", _workbook())
        assert not [b for b in buttons(refused) if "Применить" in b["text"]]
        before = await citizen.says(ASKED)
        preview = await admin.sends_file("список.xlsx", _workbook())

        # Telegram puts an answer off, and just then the host stops the bot.
        busy = RefusedError(429, "Too Many Requests: retry after 2", retry_after=2)
        api.faults["sendMessage"].append(lambda _params: busy)
        since = len(api.calls)
        await citizen.writes("губернатор")
        await api.wait(lambda call: bool(call.refused), since)
        first.interrupt(signal.SIGTERM)
        late = await api.wait(lambda c: c.method == "sendMessage" and not c.refused, since)
        assert "Губернатор" in late.params["text"]
        assert await first.ended() == 0
    finally:
        await first.stop()

    second = await Process.start(folder, api)
    try:
        applied = await admin.presses(preview, "Применить")
        card = await citizen.says(ASKED)
        assert HOSPITAL in card["text"]
        assert "https://vk.com/made_up_hospital_77" in [b.get("url") for b in buttons(card)]

        undone = await admin.presses(applied, "Откатить")
        assert "откачена" in undone["text"]
        after = await citizen.says(ASKED)
        assert (after["text"], buttons(after)) == (before["text"], buttons(before))

        second.interrupt(signal.SIGINT)
        assert await second.ended() == 0
        assert HOSPITAL not in second.log
        assert "made_up_hospital" not in second.log
    finally:
        await second.stop()
