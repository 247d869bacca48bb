"""What to export, and in which form."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from aiogram.filters.callback_data import CallbackData
from aiogram.utils.i18n import gettext as _

from bot.buttons.changes import Export, ExportFrom, ExportPart
from bot.buttons.fields import category_key
from bot.views.text import bold, plain
from bot.views.view import Row, Screen, View, button, keyboard, pager, paragraphs
from directory.export import Format
from directory.model import Territory
from directory.rights import Rights, Scope, Scopes
from directory.territories import Territories

FORMATS: tuple[Format, ...] = ("xlsx", "csv", "json")
"""The formats of an export, what most need first."""

_UNFIT = re.compile(r"[^\w .()-]+")
_LONGEST = 60


def choose_format(rights: Rights, territories: Territories, *, gone: bool = False) -> View:
    """Ask in which form to export the whole directory, or which part of it."""
    text = paragraphs(
        _("This territory or sphere is there no longer.") if gone else "",
        _(
            "The whole directory as a file. Change it in Excel and send it back: I shall show what "
            "is different."
        ),
        ""
        if rights.may_all
        else _("You may change: {what}.").format(what=plain(rights.scope.words(territories), 1000)),
    )
    rows: list[Row] = [[button(form.upper(), Export(format=form)) for form in FORMATS]]
    if not rights.may_all:
        mine = _("What I may change: {format}")
        rows += [
            [button(mine.format(format=form.upper()), ExportPart(format=form, mine=True))]
            for form in FORMATS[:2]
        ]
    rows.append(
        [
            button(_("Of a territory…"), ExportFrom(by="territory")),
            button(_("Of a sphere…"), ExportFrom(by="category")),
        ]
    )
    return View(text, keyboard(rows))


def which_territory(at: Territory | None, below: Sequence[Territory], screen: Screen) -> View:
    """Offer a territory: `at` itself in some form, or one of those `below` it."""
    text = paragraphs(bold(_("Export a territory")), bold(at.name) if at else "", screen.title)
    rows: list[Row] = []
    if at is not None:
        rows.append(_forms(at.id, ""))
        within = ExportFrom(by="category", territory=at.id)
        rows.append([button(_("Only one sphere in it…"), within)])
    rows += tree_rows(
        at, below, screen, lambda to, n: ExportFrom(by="territory", territory=to, n=n)
    )
    return View(text, keyboard(rows))


def tree_rows(
    at: Territory | None,
    below: Sequence[Territory],
    screen: Screen,
    go: Callable[[int, int], CallbackData],
) -> list[Row]:
    """Return the buttons down to the territories `below`, and back up; `go` is the data of the
    screen `n` of those below a territory."""
    number = at.id if at else 0
    return [
        *([button(t.name, go(t.id, 0))] for t in below),
        pager(screen, lambda n: go(number, n)),
        [button(_("Up"), go(at.parent or 0, 0))] if at else [],
    ]


def which_category(categories: Sequence[str], screen: Screen, at: Territory | None) -> View:
    """Offer the categories, within a territory or everywhere."""
    number = at.id if at else 0
    text = paragraphs(
        bold(_("Export a sphere")),
        _("Within: {name}").format(name=bold(at.name)) if at else "",
        screen.title,
    )
    rows: list[Row] = [
        [button(name, ExportFrom(by="category", territory=number, category=category_key(name)))]
        for name in categories
    ]
    rows.append(pager(screen, lambda n: ExportFrom(by="category", territory=number, n=n)))
    return View(text, keyboard(rows))


def which_format(scope: Scope, territories: Territories) -> View:
    """Ask in which form to export a category."""
    text = _("Export: {what}").format(what=bold(scope.words(territories)))
    return View(text, keyboard([_forms(scope.territory or 0, category_key(scope.category))]))


def file_name(scope: Scopes, territories: Territories) -> str:
    """Return what an export is called, without its date: by what is in it."""
    if scope.is_everything:
        return "directory"
    named = [
        [each.category, territory.name if territory else ""]
        for each in scope.each
        for territory in [territories.get(each.territory)]
    ]
    words = ", ".join(" ".join(part for part in parts if part) for parts in named)
    return _UNFIT.sub("", words)[:_LONGEST].strip() or "directory"


def _forms(territory: int, category: str) -> Row:
    return [
        button(form.upper(), ExportPart(format=form, territory=territory, category=category))
        for form in FORMATS
    ]
