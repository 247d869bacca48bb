"""What a search answers: a list to choose from, or the way on when there is nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from aiogram.filters.callback_data import CallbackData
from aiogram.types import Message
from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from bot.buttons.citizens import Keep, Menu, Open, SectionsOf
from bot.views.citizens.card import named_link, summary
from bot.views.citizens.reports import suggest_row
from bot.views.entry import Entry
from bot.views.text import bold, code, plain
from bot.views.view import (
    Row,
    Screen,
    View,
    button,
    keyboard,
    lines,
    link,
    numbered,
    pager,
    paragraphs,
    retype,
)
from bot.views.words import on_network
from directory.search.answer import Answer

_KINDS, _UNKNOWN = 3, 3
"""Kinds that serve a need, and words that nobody knows, that are named."""

_WITH_TOWN = 2
"""Names of a place from which on the last is narrower than a region."""


class Sections(NamedTuple):
    """Sections of magistrates in one town: its number, its place in words and how many they are
    (None: not counted)."""

    territory: int
    place: tuple[str, ...]
    n: int | None

    @property
    def title(self) -> str:
        """«Мировые судьи, 14»."""
        name = _("Magistrates")
        return name if self.n is None else f"{name}, {self.n}"


def listed(
    entries: Sequence[Entry | Sections],
    start: int,
    why: Mapping[str, str] | None = None,
    *,
    place: bool = True,
    addresses: bool = False,
) -> str:
    """Numbered lines, the first with number `start` + 1.

    `why` says by page id what matched; it may be an account, so a hidden page has none. `place`
    False leaves out the places, where they are known; `addresses` adds the pages' links.
    """
    return "\n".join(
        f"{number}. {_told_in_list(entry, why or {}, place=place, addresses=addresses)}"
        for number, entry in enumerate(entries, start + 1)
    )


def _told_in_list(
    entry: Entry | Sections, why: Mapping[str, str], *, place: bool, addresses: bool
) -> str:
    if isinstance(entry, Sections):
        return lines(bold(entry.title), plain(", ".join(entry.place), 150) if place else "")
    return lines(
        bold(entry.page.title, 150),
        _state(entry) or plain(summary(entry, place=place), 150),
        "" if entry.hidden else plain(why.get(entry.page.id, ""), 80),
        " · ".join(map(named_link, entry.page.shown_links))
        if addresses and not entry.hidden
        else "",
    )


def open_rows(entries: Sequence[Entry | Sections], start: int, *, place: bool = True) -> list[Row]:
    """A button for each listed page; `place` False leaves out the towns, where they are known."""
    return [
        [
            numbered(number, entry.title, town(entry.place), SectionsOf(territory=entry.territory))
            if isinstance(entry, Sections)
            else numbered(
                number,
                _title(entry),
                town(entry.place) if place else "",
                Open(page=entry.page.id),
            )
        ]
        for number, entry in enumerate(entries, start + 1)
    ]


def which_page(
    meant: Sequence[Entry], data: Callable[[str], CallbackData], again: CallbackData
) -> View:
    """The choice among the pages that words fit; `data` is that of a page's button, `again` that of
    the button to search in other words."""
    rows = [
        [numbered(n, entry.page.title, town(entry.place), data(entry.page.id))]
        for n, entry in enumerate(meant, 1)
    ]
    text = paragraphs(_("Which page is meant?"), listed(meant, 0))
    return View(text, keyboard([*rows, [button(_("Search in other words"), again)]]))


def town(place: Sequence[str]) -> str:
    """The narrowest part of a place in a word or two: «Шадринск» of «Город Шадринск»."""
    if len(place) < _WITH_TOWN:
        return ""
    kind, _space, name = place[-1].partition(" ")
    is_town = kind.endswith(".") or (kind.istitle() and name.istitle())
    return name if name and is_town else place[-1]


def sections_list(entries: Sequence[Entry], territory: int, at: Screen) -> View:
    """The sections of magistrates of one town."""
    if not entries:
        return no_page()
    heading = f"{_('Magistrates')}: {', '.join(entries[0].place[1:]) or entries[0].place[0]}"
    text = paragraphs(bold(heading), listed(entries, at.start, place=False), at.title)
    rows = open_rows(entries, at.start, place=False)
    rows.append(pager(at, lambda n: SectionsOf(territory=territory, n=n)))
    return View(text, keyboard(rows))


def _state(entry: Entry) -> str:
    if entry.hidden:
        return _("Withdrawn by editors: do not trust its links.")
    return _("This page is not in the directory any more.") if entry.retired else ""


def _title(entry: Entry) -> str:
    title = entry.page.title
    return _("Withdrawn: {title}").format(title=title) if entry.hidden else title


def told(answer: Answer, *, guess: bool = False) -> str:
    """What is said of how a query was read: what was searched for when it is not what was typed,
    whose need it is, what was not understood. `guess`: a page follows that is only a guess."""
    missing = answer.unknown[:_UNKNOWN]
    unknown = [f"«{plain(word, 40)}»" for word in missing if not word.isdecimal()]
    numbers = ", ".join(word for word in missing if word.isdecimal())
    return lines(
        _("{place}: there is no such page in the directory yet.").format(
            place=plain(answer.lacking.name, 100)
        )
        if answer.lacking
        else "",
        _("Perhaps you were looking for (no page answers “{query}” exactly):").format(
            query=code(answer.query)
        )
        if guess
        else "",
        _("Shown for “{query}”.").format(query=plain(answer.shown_for, 100))
        if answer.shown_for
        else "",
        _("For “{need}”: {kinds}.").format(
            need=plain(answer.need, 60), kinds=plain(", ".join(answer.served_by[:_KINDS]), 120)
        )
        if answer.need
        else "",
        ngettext(
            "I do not know the word {words}.", "I do not know the words {words}.", len(unknown)
        ).format(words=", ".join(unknown))
        if unknown
        else "",
        _("I know none with the number {number}.").format(number=numbers) if numbers else "",
    )


def lacks_network(entry: Entry, network: str) -> str:
    """That the page has no link on the network that was named, when it has others."""
    slots = [each.slot for each in entry.page.shown_links] if network else []
    if not slots or network in slots:
        return ""
    return _("I do not know its page {network}. Here is where it is:").format(
        network=on_network(network)
    )


def choice(
    query: str,
    entries: Sequence[Entry | Sections],
    at: Screen,
    *,
    sure: bool,
    told: str = "",
    why: Mapping[str, str] | None = None,
    cut: bool = False,
    private: bool = True,
    turned: Callable[[int], CallbackData],
    narrow: Row | None = None,
) -> View:
    """The list for `choose` (`sure`) and `guess`; the buttons find the query in the message.

    `cut`: there are more than can be turned to. `turned` is the data of a screen's button, `narrow`
    the buttons that narrow the list.
    """
    asked = code(query)
    heading = (
        [_("Several pages answer “{query}”. Which one?").format(query=asked), told]
        if sure
        else [
            _("No page answers “{query}” exactly.").format(query=asked),
            told,
            _("Perhaps you were looking for:"),
        ]
    )
    more = _("There are more: name the place or the number.") if cut else ""
    text = paragraphs(lines(*heading), listed(entries, at.start, why), lines(at.title, more))
    rows = [*open_rows(entries, at.start), pager(at, turned), narrow or []]
    if private:
        rows.append([retype(_("Ask in other words"), query)])
    return View(text, keyboard(rows))


def query_of(message: Message) -> str:
    """The query that `choice` wrote into its message, empty when there is none."""
    for entity in message.entities or []:
        if entity.type == "code":
            return entity.extract_from(message.text or "")
    return ""


def nothing(query: str, door: str, understood: str, ways: Sequence[Row]) -> View:
    """Nothing was found: what was `understood` of it, the `ways` to look on, and what else to do.
    `door` is the address where complaints are taken."""
    text = paragraphs(
        lines(_("Nothing was found for “{query}”.").format(query=code(query)), understood),
        _(
            "I know official pages of authorities and institutions: a school, a hospital, a "
            "ministry, the head of an okrug. Try another name, a shorter one, or the place."
        ),
        _("If you want to report a problem, “Решаем вместе” takes complaints."),
    )
    rows = [
        *ways,
        [retype(_("Ask in other words"), query)],
        suggest_row(),
        [button(_("Browse the directory"), Menu(where="browse"))],
        [button(_("What can I ask?"), Menu(where="help"))],
        [link(_("Report a problem: “Решаем вместе”"), door)],
    ]
    return View(text, keyboard(rows))


def nothing_short(query: str) -> View:
    """The same in a group, where a menu would be in the way."""
    text = _("Nothing was found for “{query}”. Try another name or the place.")
    return View(text.format(query=code(query)))


def no_page(saved: str = "") -> View:
    """A card was asked for that does not exist, or does not any more.

    `saved` is its id when the person keeps it.
    """
    text = _("This page is not in the directory any more. Write what you are looking for.")
    rows: list[Row] = [[button(_("Browse the directory"), Menu(where="browse"))]]
    if saved:
        rows.append([button(_("Remove from saved"), Keep(page=saved, on=False))])
    return View(text, keyboard(rows))
