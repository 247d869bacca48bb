"""text → query → hits → view: how any text is answered."""

from __future__ import annotations

from functools import cache
from itertools import groupby
from time import perf_counter

from bot.appeals.complaints import DOOR, Request, request
from bot.appeals.danger import danger_in
from bot.appeals.responsible import responsible_for
from bot.appeals.small_talk import small_talk
from bot.buttons.citizens import InPlace, ResultsIn, TurnResults, Wider
from bot.metrics import ANSWERS, SEARCHING, Surface
from bot.people.reader import Reader
from bot.screens.asked_place import asked_for, complained_of, kinds_of, responsible_of
from bot.screens.danger import helper
from bot.screens.gone_pages import with_gone
from bot.screens.home import home_of, network_of, with_question
from bot.screens.link_verdicts import judge
from bot.screens.magistrates import gathered, is_court
from bot.screens.meant import as_good, likely, of_region
from bot.screens.narrowing import narrower
from bot.screens.nearby import asks_what_is_near
from bot.screens.nothing_found import asks_for_all, way_on
from bot.screens.page_card import card_by_code, card_for
from bot.screens.page_entries import load
from bot.screens.page_lists import place_card, places_found, spheres_of
from bot.screens.responsible import addressees
from bot.talk import unfound
from bot.talk.message_links import links_typed
from bot.views.citizens import hello
from bot.views.citizens.answer_additions import (
    read_with_place,
    with_near,
    with_other_regions,
    with_place,
    with_place_asked,
    with_wider,
)
from bot.views.citizens.complaint import answers_elsewhere, complaint, with_door
from bot.views.citizens.danger import with_numbers
from bot.views.citizens.home import with_network
from bot.views.citizens.nothing_found import booking, ways, with_way_on
from bot.views.citizens.nothing_found import told as understood
from bot.views.citizens.results import (
    choice,
    lacks_network,
    nothing,
    nothing_short,
    told,
)
from bot.views.text import clip
from bot.views.view import SCREEN, View, lines, screen
from directory import links
from directory.directory import Directory
from directory.model import NETWORKS, Territory
from directory.search.answer import Answer, SearchVerdict
from directory.text import clean

QUERY = 200
"""UTF-16 units of a query that are read: an inline query, which repeats it, takes 256."""

HITS = 40
"""Hits that a list can be turned through; whoever needs more needs better words."""

GROUP_HITS = 5
"""Hits shown in a group."""

_OF_USE = 3
"""Pages shown with the answer to a complaint, or with a place that has none of its own."""

_answers = cache(ANSWERS.labels)


def search(
    directory: Directory,
    query: str,
    *,
    limit: int,
    count_as: Surface | None,
    own: Territory | None = None,
) -> Answer:
    """The directory's answer to what a person asked, timed, and counted unless asked before; `own`
    is their territory, where it is not the bot's region."""
    begun = perf_counter()
    answer = directory.search(query, territory=own.id if own else None, limit=limit)
    SEARCHING.observe(perf_counter() - begun)
    if count_as:
        _answers(answer.verdict.value, count_as).inc()
    return answer


async def find(
    directory: Directory, text: str, reader: Reader | None, *, n: int = 0, wide: bool = False
) -> View:
    """The answer to any text: a card, screen `n` of a list, or the way on; the verdict on links.

    `reader` is who asks in the private chat, None in a group, where answers are short and nobody's
    own territory counts, as it does not when it is looked `wide`.
    """
    if card := await card_by_code(directory, text, reader):
        return card
    typed = links_typed(text)
    if typed and (judged := await judge(typed, directory)):
        return judged.view(private=reader is not None)
    asked = request(clean(text))
    query = clip(asked.query, QUERY)
    if not query:
        return View(hello.ask_query())
    call = danger_in(text)
    own = await home_of(directory, reader.person) if reader and not wide else None
    answer = search(
        directory, query, limit=HITS, count_as=None if n or wide else "message", own=own
    )
    answer = await likely(directory, answer)
    said = small_talk(text) if reader is not None else None
    if said and not _is_named(answer):
        return hello.small_talk(said)
    if call and call.now:
        helps = await helper(directory, call, answer, own or directory.home)
        shown = await card_for(directory, helps, reader) if helps else View("")
        return with_numbers(call, shown)
    if reader is not None and not n and not wide and not call:
        _count_in_vain(directory, asked, answer, reader.person)
    said_so = await _answered(directory, asked, answer, reader, n, wide=wide, own=own)
    if asked.elsewhere:
        return answers_elsewhere(asked.elsewhere, said_so if _is_sure(answer) else View(""))
    sure = answer.verdict is SearchVerdict.FOUND
    said_so = await with_gone(directory, said_so, query, reader, exact=sure)
    view = with_numbers(call, said_so)
    seeks = call is None and not asked.complaint
    if reader is not None and seeks and asks_what_is_near(text):
        view = with_near(view)
    if own is not None and _changes(directory, answer, own):
        view = with_wider(view, query, own.name)
    if reader is not None and not n and not wide:
        return await with_question(directory, reader, view, answer.named)
    return view


async def find_in_place(
    directory: Directory, asked: InPlace, text: str, reader: Reader
) -> View | None:
    """What was `asked` for in the place that the text names; None when it names none."""
    answer = directory.search(clip(text, QUERY), limit=1)
    number = answer.place.territory if answer.place else None
    places = _places_named(directory, answer)
    place = directory.territories.get(number) or (places[0] if len(places) == 1 else None)
    if place is None or danger_in(text):
        return None
    if (about := responsible_of(asked)) is not None:
        to = await addressees(directory, text, place, about)
        return complaint(answer.query, to, [], door())
    queries = [" ".join(filter(None, (kind, asked.n, text))) for kind in kinds_of(asked)]
    if not queries:
        return None
    sure = (query for query in queries if _is_sure(directory.search(query, limit=1)))
    query = next(sure, queries[0])
    return read_with_place(await find(directory, query, reader), query, place)


def _changes(directory: Directory, answer: Answer, own: Territory) -> bool:
    """Whether another answer would come first if the asker had no territory."""
    wide = directory.search(answer.query, limit=1)
    first = [hit.id for hit in answer.hits[:1]]
    return (first, answer.verdict) != ([hit.id for hit in wide.hits], wide.verdict)


def _count_in_vain(directory: Directory, asked: Request, answer: Answer, person: int) -> None:
    """Count a search that no page answers; complaints and letters are none."""
    told_more = asked.complaint or asked.perhaps or asked.letter
    if answer.verdict in (SearchVerdict.NONE, SearchVerdict.GUESS) and not told_more:
        unfound.note(directory, asked.query, person)


async def _answered(
    directory: Directory,
    asked: Request,
    answer: Answer,
    reader: Reader | None,
    n: int,
    *,
    wide: bool,
    own: Territory | None,
) -> View:
    """What was found; before it, or after it, the door for complaints when it may be one."""
    sure = answer.verdict is SearchVerdict.FOUND
    if asked.complaint or (asked.letter and not sure):
        useful = [hit.id for hit in answer.hits[:_OF_USE]]
        useful = useful if _is_sure(answer) else []
        to, others = await addressees(directory, answer.query, own), await load(directory, useful)
        view = complaint(answer.query, to, others, door(), private=reader is not None)
        about = complained_of(responsible_for(answer.query))
        return with_place_asked(view, about) if reader and to.place is None else view
    private = reader is not None
    found = None
    if answer.place is not None:
        found = await place_card(directory, answer.place.territory, private=private)
    elif places := _places_named(directory, answer):
        naming = [hit.id for hit in answer.hits[:_OF_USE]] if _is_sure(answer) else []
        found = await places_found(directory, places, naming, private=private)
    elif sure or len(answer.hits) == 1:
        found = await _found(directory, answer, reader)
    if found is None:
        found = await _choice(directory, answer, n, private=private, wide=wide)
    lacking = answer.lacking
    if private and lacking is not None and lacking.is_named:
        found = with_place(found, lacking, await spheres_of(directory, lacking.territory))
    unsure = answer.verdict is SearchVerdict.GUESS or asks_for_all(answer.query)
    if private and unsure and answer.place is None:
        found = with_way_on(found, await way_on(directory, answer.query))
    if private and (answer.verdict is not SearchVerdict.FOUND) and answer.place is None:
        found = with_place_asked(found, asked_for(directory, answer.shown_for or answer.query))
    return with_door(found, door()) if asked.perhaps or asked.letter else found


def _is_named(answer: Answer) -> bool:
    """Whether a page bears the very name that was written: «Старт» is a stadium, too."""
    return _is_sure(answer) and not answer.shown_for and not answer.unknown


def _is_sure(answer: Answer) -> bool:
    return answer.verdict in (SearchVerdict.FOUND, SearchVerdict.CHOOSE)


def door() -> str:
    """The address at which complaints are taken."""
    return links.url(DOOR)


async def _found(directory: Directory, answer: Answer, reader: Reader | None) -> View | None:
    """The card of the first hit, which is the answer or the only guess."""
    entries = await load(directory, [answer.hits[0].id])
    if not entries:
        return None
    guess = answer.verdict is SearchVerdict.GUESS
    above = lines(told(answer, guess=guess), lacks_network(entries[0], answer.network))
    view = await card_for(directory, entries[0], reader, above=above, first=answer.network)
    if reader is None or not answer.network or entries[0].hidden:
        return view
    networks = {x.slot for x in entries[0].page.shown_links if x.slot in NETWORKS}
    worth_it = answer.network in networks and len(networks) > 1
    if not worth_it or await network_of(directory, reader.person) == answer.network:
        return view
    return with_network(view, answer.network)


async def _choice(
    directory: Directory, answer: Answer, n: int, *, private: bool, wide: bool
) -> View:
    entries = await load(directory, [hit.id for hit in answer.hits])
    if not entries:
        if not private:
            return nothing_short(answer.query)
        way = await way_on(directory, answer.query)
        known = lines(told(answer) if answer.lacking else "", understood(way), booking(way))
        return nothing(answer.query, door(), known, ways(way))
    sure = answer.verdict is SearchVerdict.CHOOSE
    score = {hit.id: hit.score for hit in answer.hits}
    found, beyond = len(entries), False
    if sure:
        entries = as_good(entries, score)
    if not wide:
        entries, beyond = of_region(directory, entries)
    equals = groupby(entries, key=lambda entry: score[entry.page.id])
    # A court answers as well as an authority only for who looks for a court.
    ordered = [each for _score, same in equals for each in sorted(same, key=is_court)]
    items = gathered(ordered, whole=len(answer.hits) < HITS)
    at = screen(n, len(items), SCREEN if private else GROUP_HITS)
    view = choice(
        answer.query,
        at.shown(items),
        at,
        sure=sure,
        told=told(answer),
        why={hit.id: ", ".join(hit.why) for hit in answer.hits},
        cut=len(answer.hits) == HITS and len(entries) == found,
        private=private,
        turned=lambda n: Wider(n=n) if wide else TurnResults(n=n),
        narrow=narrower(directory, entries, ResultsIn()) if private and at.of > 1 else None,
    )
    return with_other_regions(view) if private and beyond else view


def _places_named(directory: Directory, answer: Answer) -> list[Territory]:
    """The territories that bear the name that was asked for, or whose centre does, unless a page
    bears it as well; the cities of which one is meant.

    The region's own go before others, districts and cities before their settlements. What the
    search takes for a place has pages there; here are those, too, of which there are none.
    """
    tree = directory.territories
    if answer.cities:
        return [city for number in answer.cities if (city := tree.get(number))]
    named = tree.named(answer.query) or tree.centred(answer.query)
    if any(hit.title.lower() == answer.query.lower() for hit in answer.hits[:1]):
        return []
    home = directory.home
    named = [t for t in named if home and tree.within(t.id, home.id)] or named
    return [t for t in named if not t.is_settlement] or named
