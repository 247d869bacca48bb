from directory.model import SETTLEMENT, Territory
from directory.territories import Territories, territory_key

REGION = Territory(1, "Курганская область", kind="область")
KETOVO = Territory(2, "Кетовский муниципальный округ", 1, former_names=("Кетовский район",))
CITY = Territory(3, "Город Шадринск", 1)
AROUND = Territory(4, "Шадринский муниципальный округ", 1)
VILLAGE = Territory(5, "с. Никольское", 2, kind=SETTLEMENT)
HAMLET = Territory(6, "д. Никольское", 2, kind=SETTLEMENT)
TOWN = Territory(7, "г. Курган", 1, kind=SETTLEMENT)
MUNICIPALITY = Territory(8, "Город Курган", 1)
TREE = Territories([REGION, KETOVO, CITY, AROUND, VILLAGE, HAMLET, TOWN, MUNICIPALITY])


def test_a_key_is_the_name_without_its_kind() -> None:
    assert territory_key("г. Курган") == territory_key("Город  Курган") == "курган"
    assert territory_key("Кетовский р-н") == territory_key("КЕТОВСКИЙ муниципальный округ")
    assert territory_key("Каменск-Уральский городской округ") == "каменск-уральский"
    assert territory_key("рп Варгаши") == "варгаши"
    assert territory_key("Село") == "село", "a name made of nothing but such words stays"


def test_a_territory_is_found_by_new_and_old_names() -> None:
    for name in ("Кетовский муниципальный округ", "кетовский район", "Кетовский р-н"):
        assert TREE.find(name, 1) == KETOVO
    assert TREE.find("Курганская обл", None) == REGION
    assert TREE.find("Нигдейский район", 1) is None


def test_a_city_is_not_the_okrug_around_it() -> None:
    assert TREE.find("г. Шадринск", 1) == CITY
    assert TREE.find("Шадринский район", 1) == AROUND


def test_settlements_and_districts_are_never_confused() -> None:
    assert TREE.find("Курган", 1) == MUNICIPALITY
    assert TREE.find("Курган", 1, settlement=True) == TOWN
    assert TREE.find("с. Никольское", 2) is None


def test_namesakes_are_told_apart_or_left_open() -> None:
    assert TREE.find("село Никольское", 2, settlement=True) == VILLAGE
    assert TREE.find("д Никольское", 2, settlement=True) == HAMLET
    assert TREE.find("Никольское", 2, settlement=True) is None
    assert TREE.find("п. Никольское", 2, settlement=True) is None


def test_the_tree_knows_its_ways() -> None:
    assert TREE.path(5) == (REGION, KETOVO, VILLAGE)
    assert TREE.path(None) == ()
    assert TREE.within(5, 1)
    assert TREE.within(5, None)
    assert not TREE.within(5, 3)
    assert TREE.subtree(2) == {2, 5, 6}
    assert [t.name for t in TREE.children(None)] == ["Курганская область"]
    assert len(list(TREE)) == len(TREE) == 8


def test_the_path_of_a_territory_that_is_added_is_known() -> None:
    tree = Territories([Territory(1, "Область"), Territory(2, "Округ", 1)])
    assert tree.path(3) == ()
    tree.add(Territory(3, "с. Новое", 2))
    assert [each.id for each in tree.path(3)] == [1, 2, 3]
