"""text → query → hits → view: how any text is answered."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

from bot.appeals.complaints import DOOR, Request, request
from bot.appeals.danger import danger_in
from bot.appeals.small_talk import small_talk
from bot.metrics import ANSWERS, SEARCHING, Surface
from bot.people.reader import Reader
from bot.screens.link_verdicts import judge
from bot.screens.page_card import card_for
from bot.screens.page_entries import load
from bot.screens.page_lists import place_found
from bot.screens.sections import gathered, is_court
from bot.talk.message_links import links_typed
from bot.views import hello
from bot.views.danger import with_numbers
from bot.views.results import choice, complaint, nothing, nothing_short, told, with_door
from bot.views.text import clip
from bot.views.view import SCREEN, View, screen
from directory import links
from directory.directory import Directory
from directory.search.answer import Answer, SearchVerdict
from directory.text import clean

QUERY = 200
"""UTF-16 units of a query that are read: an inline query, which repeats it, takes 256."""

HITS = 40
"""Hits that a list can be turned through; whoever needs more needs better words."""

GROUP_HITS = 5
"""Hits shown in a group."""

_OF_USE = 3
"""Pages shown with the answer to a complaint."""


def search(directory: Directory, query: str, *, limit: int, count_as: Surface | None) -> Answer:
    """The directory's answer to what a person asked, timed, and counted unless asked before."""
    with SEARCHING.time():
        answer = directory.search(query, limit=limit)
    if count_as:
        ANSWERS.labels(answer.verdict.value, count_as).inc()
    return answer


async def find(directory: Directory, text: str, reader: Reader | None, *, n: int = 0) -> View:
    """The answer to any text: a card, screen `n` of a list, or the way on; the verdict on links.

    `reader` is who asks in the private chat, None in a group, where answers are short.
    """
    if judged := await judge(links_typed(text), directory):
        return judged.view(private=reader is not None)
    asked = request(clean(text))
    query = clip(asked.query, QUERY)
    if not query:
        return View(hello.ask_query())
    call = danger_in(text)
    if call and call.now and asked.complaint:
        asked = replace(asked, complaint=False, perhaps=True)  # help comes before the door
    answer = search(directory, query, limit=HITS, count_as=None if n else "message")
    said = small_talk(text) if reader is not None else None
    if said and not _is_named(answer):
        return hello.small_talk(said)
    return with_numbers(call, await _answered(directory, asked, answer, reader, n))


async def _answered(
    directory: Directory, asked: Request, answer: Answer, reader: Reader | None, n: int
) -> View:
    """What was found; before it, or after it, the door for complaints when it may be one."""
    sure = answer.verdict is SearchVerdict.FOUND
    if asked.complaint or (asked.letter and not sure):
        useful = [hit.id for hit in answer.hits[:_OF_USE]]
        useful = useful if answer.verdict in (SearchVerdict.FOUND, SearchVerdict.CHOOSE) else []
        entries = await load(directory, useful)
        return complaint(answer.query, entries, door(), private=reader is not None)
    found = None
    if answer.place is not None:
        found = await place_found(directory, answer, private=reader is not None)
    elif sure or len(answer.hits) == 1:
        found = await _found(directory, answer, reader)
    if found is None:
        found = await _choice(directory, answer, n, private=reader is not None)
    return with_door(found, door()) if asked.perhaps or asked.letter else found


def _is_named(answer: Answer) -> bool:
    """Whether a page bears the very name that was written: «Старт» is a stadium, too."""
    sure = answer.verdict in (SearchVerdict.FOUND, SearchVerdict.CHOOSE)
    return sure and not answer.shown_for and not answer.unknown


def door() -> str:
    """The address at which complaints are taken."""
    return links.url(DOOR)


async def _found(directory: Directory, answer: Answer, reader: Reader | None) -> View | None:
    """The card of the first hit, which is the answer or the only guess."""
    entries = await load(directory, [answer.hits[0].id])
    if not entries:
        return None
    guess = answer.verdict is SearchVerdict.GUESS
    above = told(answer, guess=guess)
    return await card_for(directory, entries[0], reader, above=above, first=answer.network)


async def _choice(directory: Directory, answer: Answer, n: int, *, private: bool) -> View:
    entries = await load(directory, [hit.id for hit in answer.hits])
    if not entries:
        return nothing(answer.query, door()) if private else nothing_short(answer.query)
    score = {hit.id: hit.score for hit in answer.hits}
    equals = groupby(entries, key=lambda entry: score[entry.page.id])
    # A court answers as well as an authority only for who looks for a court.
    ordered = [each for _score, same in equals for each in sorted(same, key=is_court)]
    items = gathered(ordered, whole=len(answer.hits) < HITS)
    at = screen(n, len(items), SCREEN if private else GROUP_HITS)
    return choice(
        answer.query,
        items[at.start : at.start + at.size],
        at,
        sure=answer.verdict is SearchVerdict.CHOOSE,
        told=told(answer),
        why={hit.id: ", ".join(hit.why) for hit in answer.hits},
        cut=len(answer.hits) == HITS,
        private=private,
    )
