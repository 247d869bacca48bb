"""Owners merge, rename and take out territories from the chat."""

from __future__ import annotations

import pytest

from bot.buttons.territories import ChangeLand, Land, MergeLand
from directory.directory import Directory
from directory.rights import Scope
from directory.store import audit, homes, staff
from directory.store.audit import Act
from tests.bot.conftest import OWNER
from tests.bot.person import Reply, Talker

pytestmark = pytest.mark.both

KETOVO, SHADRINSK = "Кетовский муниципальный округ", "Шадринский муниципальный округ"


async def _chosen(owner: Talker, name: str, label: str) -> Reply:
    """The territory with this name, from the office."""
    await owner.says("/admin")
    question = await owner.presses("Территории")
    await owner.says(name, reply_to_message=question.message)
    return await owner.presses(label)


async def _to_merge(owner: Talker, name: str, into: str, label: str) -> Reply:
    await _chosen(owner, name, "1. ")
    question = await owner.presses("Объединить с другой…")
    await owner.says(into, reply_to_message=question.message)
    return await owner.presses(label)


def _names(directory: Directory) -> set[str]:
    return {territory.name for territory in directory.territories}


async def test_an_okrug_is_merged_after_a_preview_and_back(
    owner: Talker, citizen: Talker, directory: Directory
) -> None:
    (before,) = directory.territories.named(KETOVO)
    async with directory.db.write() as connection:
        scope = Scope(territory=before.id)
        await staff.appoint(connection, 55, scope, by=OWNER)
        await homes.set_home(connection, 1000, before.id)
    preview = await _to_merge(owner, "кетовский район", "шадринский район", "1. Шадринский")
    assert preview.text.startswith(f"{KETOVO} → {SHADRINSK}")
    assert "Перейдёт: 10 страниц." in preview.text
    assert "Доверено редакторам: 1." in preview.text
    assert KETOVO in _names(directory), "nothing moves before it is confirmed"

    done = await owner.presses("Объединить")
    assert KETOVO not in _names(directory)
    async with directory.db.read() as connection:
        assert await homes.get(connection, 1000) in {
            t.id for t in directory.territories.named(SHADRINSK)
        }
    found = await citizen.says("Кетовский район")
    assert found.text.startswith(SHADRINSK)
    assert "Кетовский район" in found.text

    await owner.presses("Откатить", on=done)
    assert KETOVO in _names(directory)
    assert (await citizen.says("Кетовский район")).text.startswith(KETOVO)


async def test_an_old_name_leads_to_the_new_one(
    owner: Talker, citizen: Talker, directory: Directory
) -> None:
    await _chosen(owner, KETOVO, "1. ")
    question = await owner.presses("Переименовать…")
    done = await owner.says("Притобольный-Новый округ", reply_to_message=question.message)
    assert done.text.startswith(f"{KETOVO} → Притобольный-Новый округ")
    place = await citizen.says("Кетовский муниципальный округ")
    assert place.text.startswith("Притобольный-Новый округ")
    row = "Название;Регион;Территория\nКлуб «Звон»;Курганская область;Кетовский район\n"
    await owner.sends_file(row.encode(), "a.csv")
    await owner.presses("Применить")
    assert "Притобольный-Новый округ" in (await citizen.says("клуб звон")).text
    await owner.presses("Откатить", on=done)
    assert KETOVO in _names(directory)


async def test_every_name_that_was_stays_known(owner: Talker, citizen: Talker) -> None:
    for name, new in ((KETOVO, "Междуречный округ"), ("Междуречный округ", "Заозёрный округ")):
        await _chosen(owner, name, "1. ")
        question = await owner.presses("Переименовать…")
        await owner.says(new, reply_to_message=question.message)
    for name in ("Междуречный округ", KETOVO):
        assert (await citizen.says(name)).text.startswith("Заозёрный округ")


@pytest.mark.parametrize(
    ("name", "why"),
    [("Шадринский район", "объедините их"), ("№ !", "ни одного слова"), (KETOVO, "так она и")],
)
async def test_a_name_that_cannot_be(owner: Talker, name: str, why: str) -> None:
    await _chosen(owner, KETOVO, "1. ")
    question = await owner.presses("Переименовать…")
    refused = await owner.says(name, reply_to_message=question.message)
    assert why in refused.text


async def test_an_okrug_without_pages_is_taken_out_and_back(
    owner: Talker, directory: Directory
) -> None:
    empty = "Порожний муниципальный округ"
    rows = f"Название;Тип;Регион\n{empty};муниципальный округ;Курганская область\n"
    await owner.sends_file(rows.encode(), "territories.csv")
    await owner.presses("Применить")
    assert empty in _names(directory)
    await _chosen(owner, empty, "1. ")
    done = await owner.presses("Убрать из справочника")
    assert empty not in _names(directory)
    await owner.presses("Откатить", on=done)
    assert empty in _names(directory)


async def test_an_okrug_with_pages_stays(owner: Talker, directory: Directory) -> None:
    card = await _chosen(owner, KETOVO, "1. ")
    assert "Убрать из справочника" not in card.labels
    (okrug,) = directory.territories.named(KETOVO)
    await owner.sends_press(card.message, ChangeLand(territory=okrug.id, what="out").pack())
    assert "здесь есть страницы" in owner.reply.text
    assert KETOVO in _names(directory)


async def test_what_cannot_be_merged_is_refused_with_the_reason(
    owner: Talker, directory: Directory
) -> None:
    (okrug,) = directory.territories.named(KETOVO)
    village = directory.territories.children(okrug.id)[0]
    card = await _chosen(owner, KETOVO, "1. ")
    await owner.sends_press(card.message, MergeLand(gone=okrug.id, into=okrug.id).pack())
    assert "одна и та же" in owner.reply.text
    await owner.sends_press(card.message, MergeLand(gone=okrug.id, into=village.id).pack())
    assert "не объединяются друг с другом" in owner.reply.text
    await owner.sends_press(card.message, Land(territory=9_999_999).pack())
    assert "больше нет" in owner.reply.text


async def test_settlements_of_one_name_become_one(owner: Talker, directory: Directory) -> None:
    rows = (
        "Название;Регион;Территория;Населённый пункт",
        "Клуб А;Курганская область;Кетовский округ;с. Введенское",
        "Клуб Б;Курганская область;Шадринский округ;с. Введенское",
    )
    await owner.sends_file("\n".join(rows).encode(), "a.csv")
    await owner.presses("Применить")
    preview = await _to_merge(owner, KETOVO, SHADRINSK, "1. ")
    assert "с. Введенское" in preview.text.partition("Станут одним")[2]
    await owner.presses("Объединить")
    assert len([t for t in directory.territories if t.name == "с. Введенское"]) == 1


async def _entrusted(directory: Directory, person: int) -> set[Scope]:
    async with directory.db.read() as connection:
        editor = await staff.get(connection, person)
    assert editor is not None
    return set(editor.scope.each)


async def test_undoing_a_merge_gives_editors_what_was_theirs(
    owner: Talker, directory: Directory
) -> None:
    """Of the okrug and of the settlements that become one; each move is in the log."""
    rows = (
        "Название;Регион;Территория;Населённый пункт",
        "Клуб А;Курганская область;Кетовский округ;с. Введенское",
        "Клуб Б;Курганская область;Шадринский округ;с. Введенское",
    )
    await owner.sends_file("\n".join(rows).encode(), "a.csv")
    await owner.presses("Применить")
    tree = directory.territories
    (ketovo,), (shadrinsk,) = tree.named(KETOVO), tree.named(SHADRINSK)
    village, other = (
        tree.find("с. Введенское", x.id, settlement=True) for x in (ketovo, shadrinsk)
    )
    assert village is not None
    assert other is not None
    own = {
        55: {Scope(ketovo.id)},
        56: {Scope(ketovo.id, "Культура"), Scope(shadrinsk.id)},
        57: {Scope(village.id), Scope(ketovo.id)},
        58: {Scope(village.id)},
        59: {Scope(shadrinsk.id)},
    }
    async with directory.db.write() as connection:
        for person, scopes in own.items():
            for scope in scopes:
                await staff.appoint(connection, person, scope, by=OWNER)
        await homes.set_home(connection, 1000, village.id)
        await homes.set_home(connection, 1001, shadrinsk.id)
        before = await audit.count(connection)
    preview = await _to_merge(owner, KETOVO, SHADRINSK, "1. ")
    assert "Доверено редакторам: 4." in preview.text

    done = await owner.presses("Объединить")
    assert await _entrusted(directory, 55) == {Scope(shadrinsk.id)}
    assert await _entrusted(directory, 58) == {Scope(other.id)}
    async with directory.db.write() as connection:
        log = await audit.entries(connection, limit=await audit.count(connection) - before)
        await staff.withdraw(connection, 58, Scope(other.id), by=OWNER)
    assert sorted(e.subject for e in log if e.act is Act.APPOINT) == ["55", "56", "57", "57", "58"]
    assert f"территория «№ {ketovo.id}»" in (await owner.says("/audit")).text

    back = await owner.presses("Откатить", on=done)
    for person in (55, 56, 57, 59):
        assert await _entrusted(directory, person) == own[person]
    assert await _entrusted(directory, 58) == set(), "what was withdrawn since is not given"
    async with directory.db.read() as connection:
        assert await homes.get(connection, 1000) is None, "it is not known which place it was"
        assert await homes.get(connection, 1001) == shadrinsk.id

    await owner.presses("Откатить", on=back)
    assert await _entrusted(directory, 55) == {Scope(shadrinsk.id)}
    assert await _entrusted(directory, 57) == {Scope(other.id), Scope(shadrinsk.id)}
