"""Names cannot lie: whatever a file holds is shown as plain text of bounded length."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from directory.directory import Directory
from directory.model import SLOTS, Action, Change, Link, Origin, Page, PageLink, Status
from directory.store import revisions
from directory.store.records import page_record
from tests.bot.conftest import People
from tests.bot.person import Reply, Talker, article, titles

HOSTILE = (
    "Школа <b>№ 5</b> & evil.example </code><a href='https://evil.example'>сюда</a> "
    "https://evil.example/?a=1 @evil_nick #evil /evil $EVIL evil.рф 10.0.0.1 tg://evil "
    "\u202eelpmaxe.live\u202c ev\u200bil.com"
)

# What Telegram makes a link of by itself, as its documentation of message entities lists it.
_LINKED_BY_TELEGRAM = re.compile(
    r"://|(?<!\w)@\w|(?<!\w)#\w|(?<!\w)\$[A-Z]|(?<!\w)/[a-z]|\.(?:[a-z]{2,}|рф)\b|\d+(?:\.\d+){3}"
)


def _page(page_id: str, text: str, repeat: int = 1) -> Page:
    long = " ".join([text] * repeat)
    name = f"Выдуманное {page_id} {long}"
    links = tuple(
        PageLink(slot, Link("site", "https", f"s{n}-{'x' * 60}.example.ru"))
        for slot in SLOTS
        for n in range(3)
    )
    return Page(
        id=page_id,
        title=name,
        full_name=long + " полное",
        person=long,
        post=long + " пост",
        address=long,
        phone=long,
        source=long,
        aliases=(long,),
        official_mark=False,
        links=links,
    )


PAGES = (
    _page("hostile", HOSTILE),
    _page("endless", HOSTILE, 40),
    _page("emoji", "😀" * 700 + "&<>\"'" * 200),
    replace(_page("withdrawn", HOSTILE, 10), status=Status.HIDDEN, hidden=HOSTILE * 5),
    replace(_page("closed", HOSTILE, 10), status=Status.CLOSED, successor="endless"),
)


@pytest.fixture
async def directory(directory: Directory) -> Directory:
    """The seed's directory with hostile pages, as if every check before had failed."""
    changes = [Change("page", page.id, None, page_record(page)) for page in PAGES]
    async with directory.db.write() as connection:
        await revisions.apply(connection, changes, Origin(Action.EDIT))
    await directory.refresh()
    return directory


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("page", [page.id for page in PAGES])
async def test_a_card_shows_plain_text(people: People, page: str, language: str) -> None:
    card = await people(1001, language=language).says(f"/start page_{page}")
    _is_plain(card)
    assert "Выдуманное" in card.text


async def test_lists_and_inline_results_do_too(citizen: Talker) -> None:
    _is_plain(await citizen.says("Выдуманное"))
    _is_plain(await citizen.says("/browse"))
    answer = await citizen.types("Выдуманное")
    for title in titles(answer):
        _is_plain(article(answer, title)[1])
    await citizen.says("/start page_hostile")
    await citizen.presses("Сохранить")
    _is_plain(await citizen.says("/saved"))


async def test_a_query_comes_back_as_plain_text(citizen: Talker, people: People) -> None:
    for text in (f"пицца {HOSTILE}", "<i>пицца</i> &amp; </code>"):
        _is_plain(await people(1000, group=-100).says(f"/find {text}"))
        _is_plain(await citizen.says(f"/find {text}"))


def _is_plain(reply: Reply) -> None:
    """Nothing in the text is a link but what the directory made one; nothing turns it round."""
    hidden = [e for e in reply.message.entities or [] if e.type in ("code", "text_link")]
    shown = reply.text.encode("utf-16-le")
    for entity in reversed(hidden):
        start, end = entity.offset * 2, (entity.offset + entity.length) * 2
        shown = shown[:start] + "¤".encode("utf-16-le") + shown[end:]
    text = shown.decode("utf-16-le")
    own = {"/find", "/saved"}
    found = [m for m in _LINKED_BY_TELEGRAM.finditer(text) if m[0] not in own]
    assert not found, f"{found} in\n{text}"
    assert not re.search("[\u200b-\u200f\u202a-\u202e]", reply.text + "".join(reply.labels))
    assert all("evil" not in url for url in [*reply.urls, *reply.links])
