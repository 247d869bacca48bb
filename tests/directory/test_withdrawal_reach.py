"""Who withdraws a link withdraws it from the pages that they may change, and from no other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from directory.directory import Directory
from directory.editing import edit, quarantine
from directory.imports.apply import apply
from directory.imports.merge import Mode
from directory.imports.plan import plan
from directory.links import Verdict
from directory.links.verifier import Verifier
from directory.model import Action, Link, Origin, Page, PageLink, Status, Territory
from directory.rights import Rights, Role, Scope, Scopes
from directory.store import revisions
from directory.store.database import Database
from directory.territories import Territories
from directory.withdrawals import Withdrawals

VK = Link("vk", "name", "smolensk_governor")
ADDRESS = "https://vk.com/smolensk_governor"
LISTED = (
    "Код;Название;Сфера;Регион;Территория;ВКонтакте\n"
    "akim;Аким Велижский;Власть;Смоленская область;;vk.com/smolensk_governor\n"
)
OWN = (
    "Код;Название;Сфера;Регион;Территория\n"
    "museum;Демидовский музей;Власть;Смоленская область;Демидовский округ\n"
)
EDITOR = 8
TODAY = date(2026, 11, 26)


@pytest.fixture
async def directory(db: Database) -> Directory:
    """A directory with a page in an okrug, whose editor is up to mischief."""
    opened = Directory(db)
    await _import(opened, OWN)
    return opened


async def _import(directory: Directory, text: str, mode: Mode = Mode.UPDATE) -> list[str]:
    found = await plan(directory.db, text.encode(), "список.csv", mode=mode)
    assert not found.refused
    await apply(directory.db, found, Origin(Action.IMPORT))
    await directory.refresh()
    return [problem.why for problem in found.warnings]


async def _take_and_hide(directory: Directory, *, whole: bool) -> None:
    """The editor puts another's link on their own page and hides it there."""
    okrug = directory.territories.find("Демидовский округ", 1)
    assert okrug is not None
    rights = Rights(Role.EDITOR, Scopes((Scope(okrug.id),)))
    async with directory.db.write() as connection:
        taken = await edit.propose(connection, rights, "museum", {"vk": ADDRESS}, TODAY)
        assert taken is not None
        assert not taken.refused
        await revisions.apply(connection, taken.changes, Origin(Action.EDIT, EDITOR))
        await quarantine.hide(connection, "museum", "двойник", EDITOR, None if whole else VK)
    await directory.refresh()


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize("before", [True, False])
async def test_an_editor_of_one_territory_cannot_withdraw_anothers_link(
    directory: Directory, whole: bool, before: bool
) -> None:
    if before:
        await _import(directory, LISTED)
    await _take_and_hide(directory, whole=whole)
    for mode in Mode:
        warnings = await _import(directory, LISTED, mode)
        assert not any("не внесена" in why for why in warnings)
    page = await directory.page("akim")
    assert page is not None
    assert [x.link for x in page.shown_links] == [VK]
    judged = directory.verify(ADDRESS)
    assert (judged.verdict, judged.page) == (Verdict.OFFICIAL, "akim")


async def test_a_row_without_an_id_is_not_taken_for_the_page_with_the_hidden_link(
    directory: Directory,
) -> None:
    await _take_and_hide(directory, whole=True)
    await _import(directory, LISTED.replace("akim;", ";"))
    museum = await directory.page("museum")
    assert museum is not None
    assert (museum.title, museum.status) == ("Демидовский музей", Status.HIDDEN)
    assert directory.verify(ADDRESS).verdict is Verdict.OFFICIAL


TREE = Territories(
    [
        Territory(1, "Область"),
        Territory(2, "Округ", 1),
        Territory(3, "Другой округ", 1),
        Territory(4, "Село", 2, kind="населённый пункт"),
    ]
)
_PLACES = (None, 1, 2, 3, 4)
_PAGES = [
    Page(f"p{n}", f"Страница {n}", category=category, territory=place)
    for n, (place, category) in enumerate(product(_PLACES, ("", "Власть", "Спорт")))
]


def test_what_a_withdrawal_reaches_is_always_for_whoever_made_it_to_change() -> None:
    scopes = [Scope(), *map(Scope, (1, 2, 3, 4)), Scope(None, "Власть"), Scope(None, "Спорт")]
    reached = 0
    for page, other in product(_PAGES, _PAGES):
        hidden = replace(page, links=(PageLink("vk", VK, "взломана"),))
        shown = replace(other, links=(PageLink("vk", VK),))
        blocked = Withdrawals([hidden]).reason(VK, other, TREE)
        judged = Verifier([hidden, shown]).verify(ADDRESS).verdict
        if page.id == other.id:
            assert blocked
            continue
        if judged is not Verdict.OFFICIAL:
            assert blocked
        reached += bool(blocked)
        for scope in scopes:
            if blocked and scope.covers(page, TREE):
                assert scope.covers(other, TREE)
    assert reached


_HACKED = quarantine.REASONS["hacked"]
_ROOT = Link("site", "https", "portal.ru")
_INSIDE = Link("site", "https", "portal.ru/muzey")
_SPORT, _POWER = _PAGES[5], _PAGES[10]
"""Pages of different categories: no withdrawal on either reaches the other."""


def _judged(withdrawn: Page, shown: Page, address: str) -> tuple[Verdict, bool]:
    """What is said of the link, and whether the card of `shown` warns of it and shows it."""
    verifier = Verifier([withdrawn, shown])
    (seen,) = verifier.as_shown(shown).links
    assert not seen.hidden
    return verifier.verify(address).verdict, bool(seen.doubt)


@pytest.mark.parametrize("link", [VK, _INSIDE])
def test_an_account_that_was_taken_over_is_called_official_on_no_page(link: Link) -> None:
    address = ADDRESS if link is VK else "https://portal.ru/muzey/news"
    shown = replace(_POWER, links=(PageLink(link.platform, link),))
    for whole in (True, False):
        bad = replace(_SPORT, links=(PageLink(link.platform, link, "" if whole else _HACKED),))
        if whole:
            bad = replace(bad, status=Status.HIDDEN, hidden=_HACKED)
        assert _judged(bad, shown, address) == (Verdict.UNKNOWN, True)
        mistaken = quarantine.REASONS["elsewhere"]
        other = replace(
            bad,
            hidden=mistaken if whole else "",
            links=tuple(replace(x, hidden=x.hidden and mistaken) for x in bad.links),
        )
        assert _judged(other, shown, address) == (Verdict.OFFICIAL, False)


def test_a_site_that_was_taken_over_is_trusted_on_none_of_its_pages() -> None:
    address = "https://portal.ru/muzey"
    shown = replace(_POWER, links=(PageLink("site", _INSIDE),))
    root = replace(_SPORT, links=(PageLink("site", _ROOT, _HACKED),))
    assert _judged(root, shown, address) == (Verdict.UNKNOWN, True)
    hidden = replace(root, status=Status.HIDDEN, hidden=_HACKED, links=(PageLink("site", _ROOT),))
    assert _judged(hidden, shown, address) == (Verdict.UNKNOWN, True)
    assert "portal" in Verifier([root, shown]).verify(address).why
    # The same page may have both.
    both = replace(_POWER, links=(PageLink("site", _ROOT, _HACKED), PageLink("site", _INSIDE)))
    assert Verifier([both]).verify(address).verdict is Verdict.UNKNOWN


def test_one_body_of_a_portal_that_was_taken_over_is_not_the_portal() -> None:
    address = "https://portal.ru/muzey"
    shown = replace(_POWER, links=(PageLink("site", _INSIDE),))
    beside = replace(
        _SPORT, links=(PageLink("site", Link("site", "https", "portal.ru/shkola"), _HACKED),)
    )
    assert _judged(beside, shown, address) == (Verdict.OFFICIAL, False)
    # A page that gives the portal for its own site, hidden for its channel, says nothing of it.
    portal = replace(_PAGES[0], links=(PageLink("site", _ROOT),))
    school = replace(_SPORT, status=Status.HIDDEN, hidden=_HACKED, links=(PageLink("site", _ROOT),))
    verifier = Verifier([portal, school, shown])
    assert verifier.verify(address).verdict is Verdict.OFFICIAL
    assert verifier.verify("https://portal.ru/").verdict is Verdict.UNKNOWN


def test_what_was_taken_over_and_has_left_the_directory_is_remembered() -> None:
    shown = replace(_POWER, links=(PageLink("vk", VK),))
    gone = replace(_SPORT, status=Status.RETIRED, links=(PageLink("vk", VK, _HACKED),))
    assert _judged(gone, shown, ADDRESS) == (Verdict.UNKNOWN, True)


def test_a_page_that_was_shown_before_shows_no_link_that_was_withdrawn_since() -> None:
    one = Page("one", "Аким", links=(PageLink("vk", VK),))
    other = replace(one, id="other")
    verifier = Verifier([one, other])
    assert verifier.as_shown(other) is other
    verifier.update([replace(one, links=(PageLink("vk", VK, hidden="hijacked"),))])
    assert [link.hidden for link in verifier.as_shown(other).links] == ["hijacked"]
    verifier.update([one])
    assert verifier.as_shown(other) is other
