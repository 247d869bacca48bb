"""What speaks for a page, in the words of its card."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.i18n import Catalogues
from bot.terminal.html import parse
from bot.views.citizens.card import card
from bot.views.citizens.evidence import evidence_lines
from bot.views.entry import Entry
from directory.model import Link, Page, PageLink
from tests.bot.made_up import SCHOOL

TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def catalogues() -> Iterator[Catalogues]:
    """The views find the catalogues where handlers do."""
    with (found := Catalogues()).context():
        yield found


def _told(page: Page) -> list[str]:
    # Dates are written with a narrow space that does not break.
    return parse(evidence_lines(page, TODAY))[0].replace("\u202f", " ").split("\n")


def test_one_line_of_trust_says_how_many_pages_and_when() -> None:
    assert _told(SCHOOL)[0] == "Официальные страницы. Проверены 1 ноября 2026 г."
    one = replace(SCHOOL, links=SCHOOL.links[:1])
    assert _told(one)[0] == "Официальная страница. Проверена 1 ноября 2026 г."
    assert _told(replace(SCHOOL, checked_at=None))[0] == "Официальные страницы."
    assert _told(replace(SCHOOL, links=()))[0] == "Сведения проверены 1 ноября 2026 г."


def test_how_long_ago_that_was_is_told_by_telegram_itself_when_it_is_read() -> None:
    zone = ZoneInfo("Asia/Yekaterinburg")
    with Catalogues(zone, ages=True).context():
        text, entities = parse(evidence_lines(SCHOOL, TODAY))
        (when,) = [each for each in entities if each.type == "date_time"]
        stale = evidence_lines(replace(SCHOOL, checked_at=date(2020, 1, 1)), TODAY)
    assert when.extract_from(text).replace("\u202f", " ") == "1 ноября 2026 г."
    assert when.date_time_format == "r"
    assert when.unix_time == datetime(2026, 11, 1, tzinfo=zone).timestamp()
    assert "tg-time" not in stale, "how long ago is told by the words"
    with Catalogues(zone).context():
        assert "tg-time" not in evidence_lines(SCHOOL, TODAY), "another server may not know it"


@pytest.mark.parametrize("ago", [181, 4000])
def test_what_nobody_confirmed_for_180_days_says_so(ago: int) -> None:
    told = _told(replace(SCHOOL, checked_at=TODAY - timedelta(days=ago)))
    assert any("больше 180 дней" in line for line in told)


@pytest.mark.parametrize("day", [None, TODAY + timedelta(days=1)])
def test_an_unknown_day_is_called_so(day: date | None) -> None:
    assert any("не указано" in line for line in _told(replace(SCHOOL, checked_at=day)))


def test_who_vouches_for_which_link_and_since_when() -> None:
    vk, ok = SCHOOL.links
    page = replace(
        SCHOOL,
        links=(
            replace(vk, on_site=date(2026, 11, 3), confirmed=date(2026, 11, 20)),
            replace(ok, confirmed=date(2026, 11, 19)),
        ),
    )
    told = _told(page)
    mark = "Отметка «Госорганизация» есть (ВКонтакте, Одноклассники), видели 1 ноября 2026 г."
    assert mark in told
    assert "Собственный сайт ссылается на: ВКонтакте (видели 3 ноября 2026 г.)." in told
    assert "Подтверждено редактором: ВКонтакте, Одноклассники (19 ноября 2026 г.)." in told


TELEGRAM = PageLink("telegram", Link("telegram", "name", "skazka_school"))
MAX = PageLink("max", Link("max", "name", "skazka_school"))


def test_the_mark_is_that_of_the_networks_that_give_it() -> None:
    vk, _ = SCHOOL.links
    told = _told(replace(SCHOOL, links=(vk, TELEGRAM, MAX)))
    assert "Отметка «Госорганизация» есть (ВКонтакте), видели 1 ноября 2026 г." in told
    assert "Об остальных сетях (Telegram, MAX) эта отметка ничего не говорит." in told
    assert not any("говорит" in line for line in _told(SCHOOL))


@pytest.mark.parametrize("mark", [True, False, None])
def test_without_such_a_network_the_mark_is_not_spoken_of(mark: bool | None) -> None:
    page = replace(SCHOOL, official_mark=mark, links=(TELEGRAM, MAX))
    assert not any("Госорганизация" in line for line in _told(page))


def test_what_is_not_known_and_the_source_are_folded() -> None:
    unknown = replace(SCHOOL, official_mark=None, checked_at=None)
    text, entities = parse(evidence_lines(unknown, TODAY))
    (quote,) = [e for e in entities if e.type == "expandable_blockquote"]
    assert text.split("\n")[0] == "Официальные страницы."
    assert len(quote.extract_from(text).split("\n")) == 3
    absent = replace(SCHOOL, official_mark=False)
    text, entities = parse(evidence_lines(absent, TODAY))
    (quote,) = [e for e in entities if e.type == "expandable_blockquote"]
    assert quote.extract_from(text).startswith("Источник")
    assert "Отметки «Госорганизация» нет (ВКонтакте, Одноклассники)" in text
    bare = replace(SCHOOL, source="", official_mark=False)
    assert not [e for e in parse(evidence_lines(bare, TODAY))[1] if e.type != "code"]


def test_in_english_too(catalogues: Catalogues) -> None:
    vk, _ = SCHOOL.links
    page = replace(SCHOOL, links=(replace(vk, confirmed=date(2026, 11, 19)),))
    with catalogues.use_locale("en"):
        assert "Confirmed by an editor: VK (November 19, 2026)." in _told(page)


def test_an_address_in_the_source_is_no_link() -> None:
    text, entities = parse(evidence_lines(SCHOOL, TODAY))
    assert "evil-source.ru" in text
    assert "/list" not in text, "the host is enough"
    codes = [e.extract_from(text) for e in entities if e.type == "code"]
    assert codes == ["evil-source.ru"]
    assert all(entity.url is None for entity in entities)


VACANT = replace(
    SCHOOL, title="Глава Сказочного округа", post="Глава округа", full_name="", source=""
)


@pytest.mark.parametrize(
    ("person", "post", "line"),
    [
        ("", "Глава округа", "Глава округа. Кто занимает должность, не указано."),
        ("", VACANT.title, "Кто занимает должность, не указано."),
        ("Небывалова Анна", "Глава округа", "Глава округа: Небывалова Анна"),
        ("Небывалова Анна", VACANT.title, "Небывалова Анна"),
        ("Небывалова Анна", "", "Небывалова Анна"),
        ("", "", ""),
    ],
)
def test_a_card_says_who_holds_a_post_or_that_nobody_is_known(
    person: str, post: str, line: str
) -> None:
    entry = Entry(replace(VACANT, person=person, post=post), ("Сказочный округ",))
    first, *rest = parse(card(entry, TODAY).text)[0].split("\n\n")[0].split("\n")
    assert first == VACANT.title
    assert rest == [*filter(None, [line])]
