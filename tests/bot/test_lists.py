"""Lists: entries told apart on their buttons and opened by number; sections of magistrates."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.buttons.citizens import Open
from bot.i18n import Catalogues
from bot.screens.magistrates import gathered
from bot.talk import picked
from bot.views.citizens.results import Sections, open_rows
from bot.views.entry import Entry
from bot.views.text import LABEL_UNITS, utf16
from bot.views.view import numbered
from directory.model import Page
from tests.bot.conftest import People
from tests.bot.person import Talker

pytestmark = pytest.mark.both


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    with Catalogues().context():
        yield
    picked.forget(1000)


@pytest.mark.parametrize(
    ("title", "town", "label"),
    [
        ("Районный суд", "Шадринск", "3. Районный суд, Шадринск"),
        ("Шадринский районный суд", "Шадринск", "3. Шадринский районный суд"),
        ("Суд", "", "3. Суд"),
        (
            "Муниципальное бюджетное общеобразовательное учреждение школа № 17",
            "Шадринск",
            "3. Муниципальное бюджетное общеобразоват… № 17, Шадринск",
        ),
        (
            "Судебный участок № 5 мирового судьи Центрального судебного района города",
            "Энск",
            "3. Судебный участок № 5 мирового судьи Центрального с…, Энск",
        ),
    ],
)
def test_a_button_tells_its_entry_by_town_and_number(title: str, town: str, label: str) -> None:
    shown = numbered(3, title, town, Open(page="x")).text
    assert utf16(shown) <= LABEL_UNITS
    assert (shown == label) or (label.count("…") and _alike(shown, label)), shown


def _alike(shown: str, label: str) -> bool:
    """The same but for where the ellipsis stands."""
    return shown.rpartition("…")[2] == label.rpartition("…")[2] and shown[:20] == label[:20]


PLACE = ("Область", "Город Энск5")


def _court(n: int, territory: int, title: str = "Судебный участок № {n}") -> Entry:
    page = Page(f"court-{n}", title.format(n=n), category="Суды", territory=territory)
    return Entry(page, ("Область", f"Город Энск{territory}"))


def test_sections_of_a_town_are_one_line_beside_others() -> None:
    courts = [_court(n, 5) for n in range(4)]
    office = _court(9, 5, "Городской суд")
    assert gathered(courts, whole=True) == courts, "nothing else to choose from"
    items = gathered([office, *courts, _court(7, 6)], whole=True)
    assert items == [office, Sections(5, PLACE, 4), _court(7, 6)]
    (_office, (line,), _other) = open_rows(items, 0)
    assert line.text == "2. Мировые судьи, 4, Энск5"
    assert gathered([office, *courts], whole=False)[1] == Sections(5, PLACE, None)


async def test_a_number_opens_the_entry_of_the_last_list(citizen: Talker) -> None:
    found = await citizen.says("судебный участок")
    titles = [x.split(". ", 1)[1] for x in found.text.splitlines() if x[1:3] == ". "]
    card = await citizen.says("2")
    assert card.text.splitlines()[0] == titles[1]
    assert (await citizen.says("№ 3.")).text.splitlines()[0] == titles[2], "the list stays"
    second = await citizen.presses("Дальше", on=found)
    tenth = next(line for line in second.text.splitlines() if line.startswith("10. "))
    assert (await citizen.says("10")).text.splitlines()[0] == tenth.removeprefix("10. ")
    assert (await citizen.says("1")).text.splitlines()[0] == titles[0]


async def test_a_reply_with_a_number_needs_no_memory(citizen: Talker) -> None:
    found = await citizen.says("судебный участок")
    picked.forget(1000)
    card = await citizen.says("2", reply_to_message=found.message)
    assert f"2. {card.text.splitlines()[0]}" in found.text


async def test_a_number_after_nothing_is_a_search(citizen: Talker) -> None:
    picked.forget(1000)
    assert "2" in (await citizen.says("2")).text
    found = await citizen.says("судебный участок")
    assert "112" in (await citizen.says("112")).text
    assert (await citizen.says("39")).text.splitlines()[0] not in found.text


async def test_a_number_is_forgotten_after_a_while(
    citizen: Talker, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = await citizen.says("судебный участок")
    monkeypatch.setattr(picked, "SECONDS", 0)
    answer = await citizen.says("2")
    assert f"2. {answer.text.splitlines()[0]}" not in found.text


async def test_in_a_group_a_reply_with_a_number_opens_the_entry(people: People) -> None:
    member = people(group=-100)
    found = await member.says("/find судебный участок")
    card = await member.says("2", reply_to_message=found.message)
    assert f"2. {card.text.splitlines()[0]}" in found.text
    await member.send("2")
    assert member.replies == []


async def test_sections_are_listed_by_number(citizen: Talker) -> None:
    found = await citizen.says("цветы кетово")
    (line,) = [label for label in found.labels if "Мировые судьи" in label]
    listed = await citizen.presses(line)
    assert "Мировые судьи" in listed.text
    numbers = [
        int(line.partition("№ ")[2].split()[0])
        for line in listed.text.splitlines()
        if "№ " in line and line[:1].isdigit()
    ]
    assert numbers == sorted(numbers)
    assert len(numbers) > 2
