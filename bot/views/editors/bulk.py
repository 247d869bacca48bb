"""Changing a whole list of pages: what can be done, what it would do, what it did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from aiogram.types import InlineKeyboardButton, Message
from aiogram.utils.i18n import gettext as _

from bot.buttons.bulk import HIDE, BulkAsk, BulkDo, BulkMenu, BulkParts
from bot.buttons.citizens import AllPages
from bot.views.citizens.browse import Shelf
from bot.views.editors.editing import does_not_fit, how_to_answer, takes
from bot.views.editors.undo import undo_button
from bot.views.text import bold, code, plain
from bot.views.view import Row, View, button, keyboard, lines, pairs, paragraphs
from bot.views.words import and_more, level_name, number, pages, slot_name
from directory.editing.bulk import COLUMNS, BulkChange
from directory.file.columns import PAGES, column_title
from directory.store.list_parts import CLOSED, LEVELS, ON, UNCHECKED, WITHOUT_LINKS

_FEW = 8
"""Pages, and refusals, that are named."""


def menu(at: Shelf) -> View:
    """Offer what can be done with all pages of a list."""
    offered = [
        button(column_title(column), _ask(at, column)) for column in COLUMNS if column in PAGES
    ]
    rows: list[Row] = [
        *pairs(offered),
        [button(_("Hide all of them…"), _ask(at, HIDE))],
        [_parts_button(at)],
        [button(_("← To the list"), AllPages(territory=at.number, category=at.key))],
    ]
    text = paragraphs(
        bold(_("Change all pages of the list")),
        _list_name(at),
        pages(at.total),
        _("Choose the field to set for all of them. You will see what changes before it is done."),
    )
    return View(text, keyboard(rows))


def parts(at: Shelf, counted: Mapping[str, int]) -> View:
    """Offer the parts of a list that have pages."""
    offered = [
        button(f"{part_name(part)} — {number(n)}", _menu(replace(at, part=part)))
        for part, n in counted.items()
        if n
    ]
    text = paragraphs(
        bold(_("Change a part of the list")),
        _list_name(at),
        pages(at.total),
        _("Choose which pages of the list are changed."),
    )
    return View(text, keyboard([*pairs(offered), [button(_("All of them"), _menu(at))]]))


def part_name(part: str) -> str:
    """Name a part of a list."""
    if part in LEVELS:
        return level_name(LEVELS[part]).capitalize()
    if part in ON:
        return _("With a link: {network}").format(network=slot_name(ON[part]))
    return {
        WITHOUT_LINKS: _("Without links"),
        UNCHECKED: _("Long unchecked"),
        CLOSED: _("Closed pages"),
    }[part]


def question() -> str:
    """Return what every question for a value begins with."""
    return _("The same for all pages of the list:")


def asked(what: str) -> str:
    """Ask in plain text for the value of a column, or for the reason to hide."""
    sought = _("reason to hide") if what == HIDE else column_title(what)
    return f"{question()} {sought}"


def hints(at: Shelf, what: str, categories: Sequence[str], wrong: str = "") -> list[str]:
    """Return what helps to answer."""
    asked = _("Everybody who opens a page reads it.") if what == HIDE else takes(what, categories)
    how = how_to_answer(clears=what != HIDE)
    return [does_not_fit(wrong), f"{_list_name(at)}: {pages(at.total)}", asked, how]


def unsure(titles: Sequence[str]) -> str:
    """Tell why words do not say which page is meant."""
    named = ", ".join(f"«{title}»" for title in titles[:3])
    return _("it may be {pages}; write the name in full").format(pages=named)


def preview(at: Shelf, what: str, value: str, of: BulkChange, *, above: str = "") -> View:
    """Show what would be done; the value stands at the end, where `value_in` finds it."""
    will = _("Will be hidden: {n}") if what == HIDE else _("Will change: {n}")
    text = paragraphs(
        above,
        f"<b>{_what(what)}</b>",
        f"{_list_name(at)}: {pages(at.total)}",
        lines(
            will.format(n=len(of.steps)),
            *_named(of, what),
            _("As they should be already: {n}").format(n=of.same) if of.same else "",
        ),
        _refused(of),
        _still_shown(of),
        lines(_("The value for all:"), code(value)),
    )
    rows: list[Row] = []
    if of.steps:
        do = BulkDo(
            territory=at.number, category=at.key, what=what, revision=of.revision, part=at.part
        )
        rows.append([button(_("Do it: {n}").format(n=pages(len(of.steps))), do)])
    rows.append([button(_("Another value"), _ask(at, what))])
    rows.append([button(_("← Change nothing"), _menu(at))])
    return View(text, keyboard(rows))


def value_in(message: Message) -> str:
    """Return the value that `preview` wrote at the end of its message, "" when there is none."""
    found = [e for e in message.entities or [] if e.type == "code"]
    return found[-1].extract_from(message.text or "") if found else ""


def done(what: str, of: BulkChange, revision: int) -> View:
    """Tell that all is changed, as one change."""
    text = paragraphs(
        bold(_("Done")),
        _what(what),
        pages(len(of.steps)),
        _refused(of),
        _still_shown(of),
        _("Change {n}").format(n=revision),
    )
    return View(text, keyboard([[undo_button(revision)]]))


def meanwhile() -> str:
    """Return what the preview begins with when pages were changed since."""
    return _("Pages were changed in the meantime. Look again at what will be done.")


def too_many(at: Shelf, most: int) -> View:
    """Tell that the list is too long to be changed at once."""
    text = _("These are too many: at most {n} pages are changed at once. Choose a narrower list.")
    return View(text.format(n=most), keyboard([[_parts_button(at)]]))


def _ask(at: Shelf, what: str) -> BulkAsk:
    return BulkAsk(territory=at.number, category=at.key, what=what, part=at.part)


def _menu(at: Shelf) -> BulkMenu:
    return BulkMenu(territory=at.number, category=at.key, part=at.part)


def _parts_button(at: Shelf) -> InlineKeyboardButton:
    return button(_("Only a part…"), BulkParts(territory=at.number, category=at.key))


def _what(what: str) -> str:
    if what == HIDE:
        return _("Hide all pages of the list")
    return _("Set for all pages of the list: {field}").format(field=column_title(what))


def _list_name(at: Shelf) -> str:
    place = at.territory.name if at.territory else _("Russia")
    part = part_name(at.part) if at.part else ""
    return ", ".join(plain(each, 100) for each in (place, at.category or "", part) if each)


def _named(of: BulkChange, what: str) -> list[str]:
    more = len(of.steps) - _FEW
    named = []
    for step in of.steps[:_FEW]:
        before, after = (plain(side, 60) or "—" for side in (step.before, step.after))
        value = "" if what == HIDE else f": {before} → {after}"
        named.append(f"— {plain(step.title, 100)}{value}")
    return [*named, and_more(more)]


def _still_shown(of: BulkChange) -> str:
    """Return which other pages show what is hidden, and what to do."""
    if not of.shown:
        return ""
    told = _(
        "Links of the hidden pages are shown on other pages, too: hide them there or tell an owner."
    )
    more = len(of.shown) - _FEW
    return lines(told, *(f"— {plain(title, 100)}" for title in of.shown[:_FEW]), and_more(more))


def _refused(of: BulkChange) -> str:
    more = len(of.refused) - _FEW
    return lines(
        _("Stay as they are: {n}").format(n=len(of.refused)) if of.refused else "",
        *(f"— {plain(why, 250)}" for why in of.refused[:_FEW]),
        and_more(more),
    )
