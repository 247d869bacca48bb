"""Shelves, saved pages, the nearest ones, and what is kept."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from aiogram.types import Chat, InaccessibleMessage

from bot.buttons.citizens import Browse, Categories
from directory.changes import page_change
from directory.directory import Directory
from directory.editing.quarantine import hide
from directory.model import Action, Change, Origin, Page, Status
from directory.store import records, revisions
from directory.store.saving import MOST_SAVED, SaveOutcome, save
from tests.bot.conftest import People
from tests.bot.person import Reply, Talker

pytestmark = pytest.mark.both


async def test_from_the_region_to_an_okrug_to_a_card_and_back(citizen: Talker) -> None:
    region = await citizen.says("/browse")
    assert region.text.startswith("Курганская область\n\n118 страниц")
    assert "Правительство Курганской области" in region.text
    await citizen.presses("Территории ниже: 2", on=region)
    okrug = await citizen.presses("Кетовский муниципальный округ")
    assert "страниц" in okrug.text
    card = await citizen.presses("1. ", on=okrug)
    assert okrug.labels[0].removeprefix("1. ") in card.text
    back = await citizen.presses("Выше: Курганская область", on=okrug)
    assert back.text == region.text


async def test_every_screen_of_a_shelf_can_be_reached(citizen: Talker) -> None:
    pages = await citizen.says("/browse")
    seen = set(await _all_labels(citizen, pages))
    assert any("Губернатор Курганской области" in label for label in seen)
    places = await citizen.presses("Территории ниже", on=pages)
    seen = set(await _all_labels(citizen, places))
    assert sum("муниципальный округ — " in label for label in seen) >= 20


async def _all_labels(citizen: Talker, screen: Reply) -> list[str]:
    labels = screen.labels
    while any(label.startswith("Дальше") for label in screen.labels):
        screen = await citizen.presses("Дальше", on=screen)
        labels += screen.labels
    return labels


async def test_by_sphere(citizen: Talker) -> None:
    await citizen.says("/browse")
    spheres = await citizen.presses("По темам")
    assert any(label.startswith("Суды — ") for label in spheres.labels)
    courts = await citizen.presses("Суды")
    assert "Суды" in courts.text
    assert not any("Школа" in label for label in courts.labels)


async def test_a_pager_survives_shrunk_data(citizen: Talker) -> None:
    first = await citizen.says("/browse")
    last = await citizen.press_data(first.message, Browse(territory=0, n=999).pack())
    assert last
    which, total = citizen.reply.text.rsplit("\n\n", 1)[1].split(" из ")
    assert which.rpartition("–")[2] == total


async def test_a_shelf_that_is_no_more(citizen: Talker) -> None:
    first = await citizen.says("/browse")
    for gone in (Browse(territory=9999), Browse(category="00000000"), Categories(territory=9999)):
        await citizen.sends_press(first.message, gone.pack())
        assert citizen.notice.startswith("Кнопка устарела")
    await citizen.sends_press(first.message, "nonsense:1")
    assert citizen.notice.startswith("Кнопка устарела")


async def test_a_button_of_a_message_too_old_to_change(citizen: Talker) -> None:
    chat = Chat(id=citizen.chat.id, type="private")
    old = InaccessibleMessage(chat=chat, message_id=1, date=0)
    await citizen.sends_press(old, Browse().pack())
    assert citizen.reply.text.startswith("Курганская область")


async def test_saving_and_removing(citizen: Talker) -> None:
    assert "Пока ничего не сохранено" in (await citizen.says("/saved")).text
    await citizen.says("Шумков")
    card = await citizen.presses("Сохранить")
    assert citizen.notice == "Сохранено: /saved"
    assert "Убрать из сохранённых" in card.labels

    assert "Губернатор" in (await citizen.says("/saved")).text
    await citizen.presses("1. Губернатор")
    await citizen.presses("Убрать из сохранённых")
    assert "Пока ничего не сохранено" in (await citizen.says("/saved")).text


async def test_saved_pages_are_bounded_with_a_word(
    citizen: Talker, people: People, directory: Directory
) -> None:
    async with directory.db.write() as connection:
        made = [page_change(None, Page(f"made-{n}", f"Дом {n}")) for n in range(MOST_SAVED)]
        await revisions.apply(connection, made, Origin(Action.EDIT))
        for change in made:
            assert await save(connection, citizen.user.id, change.key) is SaveOutcome.KEPT
    await citizen.says("/start page_45-gubernator")
    await citizen.presses("Сохранить")
    assert f"сохранено уже {MOST_SAVED} страниц" in citizen.notice
    assert "Губернатор" not in (await citizen.says("/saved")).text
    await citizen.says("/start page_made-7")
    await citizen.presses("Убрать из сохранённых")
    await citizen.says("/start page_45-gubernator")
    await citizen.presses("Сохранить")
    assert "Сохранено" in citizen.notice
    other = people(1001)
    await other.says("/start page_45-gubernator")
    await other.presses("Сохранить")
    assert "Сохранено" in other.notice


async def test_forgetting(citizen: Talker) -> None:
    assert "ничего о вас не храню" in (await citizen.says("/forget")).text
    await citizen.says("Шумков")
    await citizen.presses("Сохранить")
    asked = await citizen.says("/forget")
    assert "Удалить 1 запись" in asked.text
    await citizen.presses("Не удалять", on=asked)
    assert "Губернатор" in (await citizen.says("/saved")).text
    await citizen.says("/forget")
    await citizen.presses("Удалить")
    assert "Пока ничего не сохранено" in (await citizen.says("/saved")).text


async def test_a_hidden_page_keeps_its_place_as_a_warning_without_links(
    citizen: Talker, directory: Directory
) -> None:
    card = await citizen.says("Шумков")
    await citizen.presses("Сохранить")
    listed = await citizen.says("/saved")
    async with directory.db.write() as connection:
        await hide(connection, "45-gubernator", "страницу взломали", None)
    await directory.refresh()

    opened = await citizen.presses("1. Губернатор", on=listed)
    shared = await citizen.says("/start page_45-gubernator")
    for answer in (opened, shared):
        assert "страницу взломали" in answer.text
        assert answer.urls == answer.links == []
    kept = await citizen.says("/saved")
    assert "Скрыта редакторами" in kept.text
    assert kept.labels[0] == "1. Скрыта: Губернатор Курганской области"
    assert kept.labels[1:] == ["Присылать новости о них"]
    found = await citizen.says("губернатор шумков")
    assert "страницу взломали" in found.text
    assert found.urls == found.links == []
    turned = await citizen.presses("Убрать из сохранённых", on=card_again(citizen, card))
    assert turned.urls == []
    assert "Пока ничего не сохранено" in (await citizen.says("/saved")).text


def card_again(citizen: Talker, card: Reply) -> Reply:
    """The card as it stands in the chat now."""
    return Reply(citizen.session.messages[card.message.message_id])


async def test_a_closed_page_names_its_successor(citizen: Talker, directory: Directory) -> None:
    async with directory.db.write() as connection:
        (page,) = (await records.read_records(connection, "page", ["45-tsur"])).values()
        closed = page | {"status": Status.CLOSED.value, "successor": "45-pravitelstvo"}
        change = Change("page", "45-tsur", page, closed)
        await revisions.apply(connection, [change], Origin(Action.EDIT))
    await directory.refresh()
    card = await citizen.says("/start page_45-tsur")
    assert "Закрыта" in card.text
    assert "Правительство Курганской области" in card.text
    opened = await citizen.presses("Открыть: Правительство")
    assert "https://ok.ru/kurganregion" in opened.urls


async def test_of_a_chain_of_successors_the_last_is_named_and_a_circle_leads_nowhere(
    citizen: Talker, directory: Directory
) -> None:
    async def become(page_id: str, **fields: str) -> None:
        async with directory.db.write() as connection:
            (page,) = (await records.read_records(connection, "page", [page_id])).values()
            change = Change("page", page_id, page, page | fields)
            await revisions.apply(connection, [change], Origin(Action.EDIT))
        await directory.refresh()

    closed = Status.CLOSED.value
    await become("45-tsur", status=closed, successor="45-pravitelstvo")
    await become("45-pravitelstvo", status=closed, successor="45-gubernator")
    card = await citizen.says("/start page_45-tsur")
    assert "Губернатор Курганской области" in card.text
    assert not any("Правительство" in label for label in card.labels)

    await become("45-gubernator", status=closed, successor="45-tsur", parent="45-tsur")
    await become("45-tsur", parent="45-gubernator")
    for page in ("45-tsur", "45-gubernator"):
        card = await citizen.says(f"/start page_{page}")
        assert "Закрыта" in card.text
        assert "Теперь вместо неё" not in card.text
        assert not any(label.startswith("Открыть:") for label in card.labels)


async def test_the_nearest_pages(citizen: Talker) -> None:
    await citizen.send("/near")
    assert citizen.asked_for_place
    near = await citizen.sends_place(56.0870344, 63.6297182)
    assert "Ближе всего к вам" in near.text
    assert "Шадринск" in near.text.split("\n2. ")[0]
    assert "9–16 из" in (await citizen.presses("Дальше")).text


async def test_who_asks_for_what_is_near_is_offered_to_send_their_place(citizen: Talker) -> None:
    for nearest in ("ближайшая школа", "суд рядом", "nearest library"):
        assert "Рядом" in (await citizen.says(nearest)).labels
    await citizen.presses("Рядом")
    assert citizen.asked_for_place
    for other in ("школа 42 курган", "рядом с домом яма на дороге", "рядом пожар"):
        assert "Рядом" not in (await citizen.says(other)).labels


async def test_far_from_the_region_nothing_is_called_near(citizen: Talker) -> None:
    far = await citizen.sends_place(59.93, 30.31)
    assert "страниц этого справочника нет" in far.text
    assert "км" in far.text
    assert "По местам и темам" in far.labels


async def test_near_a_person_the_authority_comes_first_and_courts_do_not_crowd(
    citizen: Talker,
) -> None:
    near = await citizen.sends_place(56.0870344, 63.6297182)
    titles = [line for line in near.text.splitlines() if line[1:3] == ". "]
    assert titles[0].startswith("1. Администрация")
    assert sum("удебный участок" in title for title in titles) <= 1


async def test_the_greeting_the_help_and_the_rest(citizen: Talker) -> None:
    start = await citizen.says("/start")
    assert "Официальные страницы: Курганская область" in start.text
    assert "губернатор" in start.labels
    assert "/check" in (await citizen.says("/help")).text
    assert "не храню, что вы ищете" in (await citizen.says("/privacy")).text
    assert "Официальные страницы" in (await citizen.says("/start nonsense")).text
    assert "больше нет" in (await citizen.says("/start page_nonsense")).text


async def test_what_is_no_message_to_the_bot_breaks_nothing(citizen: Talker) -> None:
    message = citizen.message("Шумков", edit_date=int(datetime.now(UTC).timestamp()))
    for kind in ("edited_message", "channel_post", "edited_channel_post"):
        await citizen.update(**{kind: message})
        assert citizen.replies == []
