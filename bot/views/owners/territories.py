"""Territories as owners see them: merging, renaming, taking out."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.types import InlineKeyboardButton
from aiogram.utils.i18n import gettext as _

from bot.buttons.territories import ChangeLand, Land, Lands, MergeLand
from bot.views.editors.undo import undo_button
from bot.views.text import bold, plain
from bot.views.view import Row, View, button, keyboard, lines, numbered, paragraphs
from bot.views.words import pages
from directory.editing.territory_merging import Moves
from directory.model import Territory

FEW = 8
"""Places that are named, and that are offered for a name."""

Path = Sequence[Territory]
"""A territory with those around it, from the region down."""


def which() -> str:
    """Ask which territory to change."""
    return _("Which territory? Write its name as a reply.")


def into_which() -> str:
    """Ask with which territory to merge another."""
    return _("Into which territory? Write its name as a reply.")


def new_name() -> str:
    """Ask how the territory is called now."""
    return _("How is the territory called now? Write its name as a reply.")


def found(name: str, paths: Sequence[Path], gone: Territory | None) -> View:
    """Show the territories of a name; `gone` is to be merged into one of them."""
    if not paths:
        text = _("There is no territory called “{name}”.").format(name=plain(name, 100))
        return View(text, keyboard([[_again(gone)]]))
    told = [
        lines(f"{n}. {bold(path[-1].name)}", plain(", ".join(t.name for t in path[:-1])))
        for n, path in enumerate(paths[:FEW], 1)
    ]
    rows: list[Row] = []
    for n, path in enumerate(paths[:FEW], 1):
        number = path[-1].id
        data = MergeLand(gone=gone.id, into=number) if gone else Land(territory=number)
        above = path[-2].name if len(path) > 1 else ""
        rows.append([numbered(n, path[-1].name, above, data)])
    more = _("There are more: write the region before the name, with a comma.")
    text = paragraphs(lines(*told), more if len(paths) > FEW else "")
    return View(text, keyboard([*rows, [_again(gone)]]))


def land(path: Path, n: int, below: Sequence[Territory]) -> View:
    """Show one territory: its names, its `n` pages and the places `below` it."""
    place = path[-1]
    former = ", ".join(place.former_names)
    text = paragraphs(
        lines(
            bold(place.name),
            plain(", ".join(t.name for t in path[:-1])),
            _("Formerly: {names}").format(names=plain(former, 300)) if former else "",
        ),
        lines(pages(n), _below(below)),
    )
    number = place.id
    if place.parent is None:
        return View(text, keyboard([[_again(None)]]))
    rows: list[Row] = [
        [button(_("Merge into another…"), Lands(into=number))],
        [button(_("Rename…"), ChangeLand(territory=number, what="name"))],
    ]
    if not n:
        rows.append([button(_("Take it out"), ChangeLand(territory=number, what="out"))])
    return View(text, keyboard([*rows, [_again(None)]]))


def preview(gone: Territory, into: Territory, moves: Moves) -> View:
    """Show what merging would move, before anything does."""
    same = ", ".join(twin.name for twin, _own in moves.doubles[:FEW])
    text = paragraphs(
        bold(_("{gone} → {into}").format(gone=gone.name, into=into.name), 250),
        lines(
            _("Will move: {pages}.").format(pages=pages(moves.total)),
            _below(moves.moved),
            _("Become one with those of the same name: {names}.").format(names=plain(same, 300))
            if same
            else "",
            _("Editors that it is entrusted to: {n}.").format(n=moves.editors)
            if moves.editors
            else "",
        ),
        _("The old name stays known: whoever writes it finds {into}.").format(
            into=plain(into.name, 100)
        ),
    )
    rows = [
        [button(_("Merge"), MergeLand(gone=gone.id, into=into.id, sure=True))],
        [button(_("← Do not merge"), Land(territory=gone.id))],
    ]
    return View(text, keyboard(rows))


def changed(place: Territory, revision: int, *, was: str) -> View:
    """Tell that a territory was merged or renamed; `was` is the name that became a former one."""
    text = paragraphs(
        bold(_("{gone} → {into}").format(gone=was, into=place.name), 250),
        _("Change {n}").format(n=revision),
    )
    card = [button(_("Open: {title}").format(title=place.name), Land(territory=place.id))]
    return View(text, keyboard([[undo_button(revision)], card]))


def taken_out(place: Territory, revision: int) -> View:
    """Tell that a territory is no more in the directory."""
    text = paragraphs(
        _("Taken out: {name}.").format(name=bold(place.name)), _("Change {n}").format(n=revision)
    )
    return View(text, keyboard([[undo_button(revision)], [_again(None)]]))


def refused(why: str) -> View:
    """Tell that something cannot be done, and why."""
    text = _("It cannot be done: {why}.").format(why=plain(why, 300))
    return View(text, keyboard([[_again(None)]]))


def no_more() -> View:
    """Tell that the territory of a button is no more."""
    return View(_("This territory is there no longer."), keyboard([[_again(None)]]))


def _below(places: Sequence[Territory]) -> str:
    if not places:
        return ""
    names = ", ".join(place.name for place in places[:FEW])
    more = "…" if len(places) > FEW else ""
    told = _("Places below: {n} ({names})")
    return told.format(n=len(places), names=plain(names, 300) + more)


def _again(gone: Territory | None) -> InlineKeyboardButton:
    return button(_("Another territory"), Lands(into=gone.id if gone else 0))
