"""Which page a row is about: its id, account, name and place; never the first of several."""

from typing import Any

import pytest

from directory.imports.draft import RowDraft
from directory.imports.match import Matcher, name_key, place_names
from directory.imports.places import Places
from directory.model import SETTLEMENT, Link, Page, PageLink, Status, Territory
from directory.territories import Territories

TERRITORIES = Territories(
    [
        Territory(1, "Придуманная область", None, "область"),
        Territory(2, "Кракозябский муниципальный округ", 1, "муниципальный округ"),
        Territory(3, "с. Кракозябово", 2, SETTLEMENT),
        Territory(4, "Тридевятый муниципальный округ", 1, "муниципальный округ"),
    ]
)


def vk(*accounts: str) -> tuple[Link, ...]:
    return tuple(Link("vk", "name", account) for account in accounts)


def page(key: str, title: str, territory: int | None, *accounts: str, link_hidden: str = "",
         hidden: str = "", status: Status = Status.ACTIVE) -> Page:  # fmt: skip
    """A page with accounts on VK."""
    links = tuple(PageLink("vk", account, hidden=link_hidden) for account in vk(*accounts))
    return Page(key, title, territory=territory, links=links, hidden=hidden, status=status)


def found(pages: list[Page], /, claimed: Any = (), **given: Any) -> list[str]:
    """The ids of the pages that a row with these columns fits."""
    draft = RowDraft(2, values=given)
    matcher = Matcher({each.id: each for each in pages}, Places(TERRITORIES), claimed)
    return [each.id for each in matcher.find(draft)]


NORTH = page("north", "Школа № 5", 3, "north5")
SOUTH = page("south", "Школа № 5", 4, "south5")


def test_a_stated_id_is_the_page_whatever_else_the_row_says() -> None:
    assert found([NORTH, SOUTH], id="south", title="Школа № 5", vk=vk("north5")) == ["south"]


def test_a_row_with_a_new_id_is_no_page_of_that_name() -> None:
    assert found([NORTH], id="new", title="Школа № 5") == []
    assert found([NORTH], id="new", title="Иное", vk=vk("north5")) == ["north"]


def test_an_account_leads_to_its_page_whatever_the_title() -> None:
    assert found([NORTH, SOUTH], title="Гимназия", vk=vk("south5")) == ["south"]


def test_of_pages_with_one_account_the_one_of_that_name_is_meant() -> None:
    school, garden = page("a", "Школа", 3, "both"), page("b", "Детский сад", 3, "both")
    assert found([school, garden], title="ДЕТСКИЙ САД", vk=vk("both")) == ["b"]
    assert found([school, garden], title="Лицей", vk=vk("both")) == ["a", "b"]
    twice = page("c", "Школа", 4, "both")
    assert found([school, garden, twice], title="Школа", vk=vk("both")) == ["a", "b", "c"]


def test_one_page_with_the_account_is_meant_even_under_another_name() -> None:
    assert found([NORTH, SOUTH], title="Школа № 5", vk=vk("north5")) == ["north"]
    assert found([NORTH, SOUTH], title="Лицей № 9", vk=vk("north5")) == ["north"]


@pytest.mark.parametrize("whole", [False, True])
def test_a_withdrawn_account_leads_to_its_page_only_in_the_pages_own_place(whole: bool) -> None:
    how: dict[str, Any] = (
        {"hidden": "взломана", "status": Status.HIDDEN} if whole else {"link_hidden": "взломана"}
    )
    pages = [page("a", "Музей", 3, "seized", **how)]
    here = {"region": "Придуманная область", "territory": "Кракозябский муниципальный округ",
            "settlement": "с. Кракозябово"}  # fmt: skip
    there = {"region": "Придуманная область", "territory": "Тридевятый муниципальный округ"}
    assert found(pages, title="Галерея", vk=vk("seized"), **here) == ["a"]
    assert found(pages, title="Галерея", vk=vk("seized"), **there) == []
    assert found(pages, title="Галерея", vk=vk("seized")) == []
    assert found([page("b", "Музей", 3, "open")], title="Галерея", vk=vk("other"), **here) == []


def test_without_an_account_name_and_place_decide() -> None:
    okrug = {"region": "Придуманная область", "territory": "Кракозябский муниципальный округ"}
    village = {**okrug, "settlement": "с. Кракозябово"}
    elsewhere = {**okrug, "territory": "Тридевятый муниципальный округ"}
    assert found([NORTH, SOUTH], title="школа №5", **village) == ["north"]
    assert found([NORTH, SOUTH], title="школа №5", **okrug) == ["north"]  # within the okrug
    assert found([NORTH, SOUTH], title="школа №5", **elsewhere) == ["south"]
    assert found([NORTH], title="школа №5", **elsewhere) == []
    assert found([NORTH], title="школа №5", region="Область, которой нет") == []
    # The page of the very place goes before those of its settlements.
    seat = page("seat", "Школа № 5", 2)
    assert found([NORTH, seat], title="школа №5", **okrug) == ["seat"]
    assert found([NORTH, seat], title="школа №5", **village) == ["north"]


def test_without_a_place_the_name_alone_decides_unless_accounts_speak_against() -> None:
    assert found([NORTH, SOUTH], title="Школа № 5") == ["north", "south"]
    assert found([NORTH, SOUTH], title="Школа № 5", vk=vk("another")) == []
    assert found([page("a", "Школа № 5", 3)], title="Школа № 5", vk=vk("another")) == ["a"]
    assert found([NORTH], title="Школа № 5", vk=()) == ["north"]
    assert found([page("nameless", "", 3)], title="") == []
    assert found([page("x", "XXXX", 3)], title=None) == []


def test_a_page_that_another_row_names_by_its_id_is_not_for_this_one() -> None:
    assert found([NORTH, SOUTH], claimed=("north",), title="Школа № 5") == ["south"]
    assert found([NORTH], claimed=("north",), title="Школа", vk=vk("north5")) == []


def test_a_retired_page_fits_only_alone_and_when_no_other_does() -> None:
    old = page("old", "Школа № 5", 3, "both", status=Status.RETIRED)
    older = page("older", "Школа № 5", 3, "both", status=Status.RETIRED)
    new = page("new", "Школа № 5", 3, "both")
    assert found([old, new], title="Школа № 5") == ["new"]
    assert found([old], title="Школа № 5") == ["old"]
    assert found([old, older], title="Школа № 5") == []


def test_what_counts_as_the_same_name() -> None:
    assert name_key("  «Ёлочка», детский САД №7! ") == "елочка детский сад 7"
    assert name_key("Ель_№ 1") == "ель 1"


@pytest.mark.parametrize("column", ["region", "territory", "settlement"])
def test_one_name_is_enough_for_a_place(column: str) -> None:
    names = place_names(RowDraft(2, values={column: "Имя"}))
    assert names is not None
    assert dict(zip(("region", "territory", "settlement"), names, strict=True))[column] == "Имя"
    assert sorted(names) == ["", "", "Имя"]
    assert place_names(RowDraft(2, values={column: None})) is None
