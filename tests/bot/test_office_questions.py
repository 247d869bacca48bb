"""What an administrator is asked every month is answered in at most three presses.

A press is a button; typing a command or a name is none. The count is held by the test.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.i18n import Catalogues
from bot.jobs.queue_news import tell_news
from bot.talk import unfound as counting
from directory.changes import page_change
from directory.directory import Directory
from directory.links.outcome import Checked, CheckOutcome
from directory.model import Action, Origin, Page
from directory.reports import ReportKind
from directory.store import checks, reports, revisions
from tests.bot.conftest import OWNER, People
from tests.bot.made_up import EDITOR, LIBRARY, OK, SCHOOL, VK
from tests.bot.person import Reply, Talker, Telegram

pytestmark = pytest.mark.both

MOST = 3


@pytest.fixture
def begins_with(made_up: Path) -> Path:
    """A made-up directory."""
    return made_up


class Presses:
    """An owner whose presses are counted from /admin on."""

    def __init__(self, owner: Talker) -> None:
        self.owner, self.count = owner, 0

    async def office(self) -> None:
        """Begin with a question."""
        self.count = 0
        await self.owner.says("/admin")

    async def press(self, label: str) -> Reply:
        """Press one more button."""
        self.count += 1
        assert self.count <= MOST, f"«{label}» is press number {self.count}"
        await self.owner.presses(label)
        return self.owner.replies[0]


@pytest.fixture
async def asks(owner: Talker, directory: Directory) -> Presses:
    """The owner, and something to ask about."""
    school = replace(SCHOOL, checked_at=date(2020, 1, 1))
    library = replace(LIBRARY, checked_at=datetime.now(UTC).date(), official_mark=None)
    bare = Page("bare", "Клуб без ссылок", territory=3, category="Культура")
    async with directory.db.write() as connection:
        changes = [
            page_change(None, bare),
            page_change(SCHOOL, school),
            page_change(LIBRARY, library),
        ]
        await revisions.apply(connection, changes, Origin(Action.IMPORT))
        for day in range(1, 4):
            found = [Checked(VK, CheckOutcome.GONE)]
            await checks.save(connection, found, date(2026, 11, day))
        await checks.save(connection, [Checked(OK, CheckOutcome.GONE)], date(2026, 11, 3))
        twelve_days = datetime.now(UTC) - timedelta(days=12, hours=1)
        await reports.add(*(connection, ReportKind.DEAD, 5000, "ru", twelve_days), page=LIBRARY.id)
        lately = datetime.now(UTC) - timedelta(days=2)
        await reports.add(*(connection, ReportKind.WRONG, 5001, "ru", lately), page=SCHOOL.id)
    await directory.refresh()
    counting._waiting.clear()
    return Presses(owner)


async def test_which_pages_have_no_link(asks: Presses) -> None:
    await asks.office()
    await asks.press("Отчёт за месяц")
    told = await asks.press("Без ссылок: 1")
    assert "Клуб без ссылок" in told.text
    assert SCHOOL.title not in told.text


async def test_which_were_not_checked_for_half_a_year(asks: Presses) -> None:
    await asks.office()
    told = await asks.press("Давно не проверены")
    assert SCHOOL.title in told.text
    assert LIBRARY.title not in told.text


async def test_how_many_have_the_mark_by_topic(asks: Presses) -> None:
    await asks.office()
    await asks.press("Отчёт за месяц")
    told = await asks.press("По сферам")
    text = told.text.replace("\xa0", " ")
    assert "Образование\nСтраницы: 1" in text
    assert "С отметкой «Госорганизация»: 1 (100% из 1" in text
    assert "С отметкой «Госорганизация»: 0 (0% из 1, где она бывает; не записано: 1)" in text


async def test_which_links_are_broken(asks: Presses) -> None:
    await asks.office()
    told = await asks.press("Битые ссылки")
    assert "vk.com/skazochnaya_shkola не открывается" in told.text
    assert "ok.ru" not in told.text, "one day is no trouble yet"


async def test_what_waits_in_the_queue_and_for_how_long(asks: Presses) -> None:
    await asks.office()
    told = await asks.press("Обращения")
    assert "Ждут решения: 2. Самое старое ждёт 12 дней." in told.text
    assert LIBRARY.title in told.text


async def test_who_may_edit_a_place(asks: Presses) -> None:
    await asks.office()
    await asks.press("Владельцы и редакторы")
    asked = await asks.press("Кто может менять")
    told = await asks.owner.says("Сказочный округ", reply_to_message=asked.message)
    assert f"{EDITOR} — территория «Сказочный муниципальный округ" in told.text
    assert "И 1 владелец." in told.text


async def test_what_people_ask_for_that_is_not_there(
    asks: Presses, people: People, directory: Directory
) -> None:
    for number in range(60):
        await people(3000 + number).says("ледовая арена")
    with Catalogues().context():
        await counting.keep(directory)
    await asks.office()
    await asks.press("Отчёт за месяц")
    told = await asks.press("Искали и не нашли")
    assert "ледовая арена: не меньше" in told.text


async def test_forty_reports_are_told_once_and_worked_off_one_after_another(
    people: People, directory: Directory, telegram: Telegram
) -> None:
    """Six people a page, two taken over: the urgent ones first; one press each, and the last one
    says that nothing is left."""
    owner = people(OWNER)
    now = datetime.now(UTC) - timedelta(minutes=5)
    kinds = (ReportKind.DEAD, ReportKind.WRONG, ReportKind.HACKED, ReportKind.OTHER)
    async with directory.db.write() as connection:
        for n in range(40):
            kind = ReportKind.MISSING if n >= 34 else kinds[n % 4]
            page = "" if kind is ReportKind.MISSING else (SCHOOL, LIBRARY)[n % 2].id
            text = f"Дом № {n}" if kind in (ReportKind.MISSING, ReportKind.OTHER) else ""
            at = now - timedelta(hours=n)
            await reports.add(connection, kind, 6000 + n, "ru", at, page=page, text=text)
        waiting = len(await reports.queue(connection))
    assert waiting == 17, "the same said by several people is one report"
    with Catalogues().context():
        for _hour in range(3):
            await tell_news(owner.bot, directory, owner.dispatcher["settings"])
    news = [m for m in telegram.shown if m.chat.id == OWNER]
    assert len(news) == 1
    assert f"{waiting} новых обращений" in (news[0].text or "")
    shown = await owner.presses("К обращениям")
    kinds_shown = []
    for left in range(waiting, 0, -1):
        assert f"Обращение 1 из {left}" in shown.text
        kinds_shown.append("взлом" in shown.text.splitlines()[0])
        thanks = next(label for label in shown.labels if "поблагодарить" in label)
        done = await owner.presses(thanks)
        assert "Закрыто" in done.text
        shown = await owner.presses("Следующее обращение")
    assert kinds_shown == sorted(kinds_shown, reverse=True)
    assert "нет" in shown.text
    thanked = {m.chat.id for m in telegram.shown if 6000 <= m.chat.id < 6040}
    assert thanked == set(range(6000, 6040)), "everybody who reported hears of it"
