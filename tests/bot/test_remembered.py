"""A card that is kept as it was shown is shown again only where it would be made the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.i18n import Catalogues
from bot.views.citizens.card import card
from bot.views.citizens.inline import article
from bot.views.entry import Entry
from bot.views.view import REMEMBERED, remembered
from directory.model import Status
from tests.bot.made_up import LIBRARY, SCHOOL

DAY = date(2026, 11, 2)
ENTRY = Entry(SCHOOL, ("Выдуманная область",))


def _shown(entry: Entry = ENTRY, day: date = DAY, *, language: str = "ru") -> tuple[object, ...]:
    catalogues = Catalogues()
    with catalogues.context(), catalogues.use_locale(language):
        saved, kept = card(entry, day, saved=True), card(entry, day, saved=False)
        return saved, kept, card(entry, day), card(entry, day, above="Да"), article(entry, day)


@pytest.mark.parametrize(
    ("other", "language"),
    [
        ((replace(ENTRY, page=replace(SCHOOL, title="Другая школа")), DAY), "ru"),
        ((replace(ENTRY, page=replace(SCHOOL, status=Status.HIDDEN)), DAY), "ru"),
        ((replace(ENTRY, page=replace(SCHOOL, links=SCHOOL.links[:1])), DAY), "ru"),
        ((replace(ENTRY, place=("Другая область",)), DAY), "ru"),
        ((ENTRY, DAY + timedelta(days=200)), "ru"),
        ((ENTRY, DAY), "en"),
    ],
    ids=["renamed", "hidden", "a link less", "moved", "another day", "another language"],
)
def test_what_differs_is_made_anew(other: tuple[Entry, date], language: str) -> None:
    before = _shown()
    after = _shown(*other, language=language)
    assert len({repr(view) for view in before}) == len(before)
    assert all(one != two for one, two in zip(before, after, strict=True))
    assert _shown() == before


def test_a_changed_founder_is_shown() -> None:
    under = replace(ENTRY, parent=LIBRARY)
    renamed = replace(under, parent=replace(LIBRARY, title="Другая библиотека"))
    assert _shown(under)[0] != _shown(renamed)[0]


def test_no_more_are_kept_than_may_be() -> None:
    made = []

    @remembered
    def show(number: int) -> int:
        made.append(number)
        return number

    with Catalogues().context():
        for number in range(REMEMBERED + 1):
            assert show(number) == show(number) == number
        assert len(made) == REMEMBERED + 1
        assert show(0) == 0
    assert len(made) == REMEMBERED + 2
