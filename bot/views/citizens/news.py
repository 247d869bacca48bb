"""What people are written to unasked, once they have asked for it: news of pages."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.types import InlineKeyboardButton
from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from bot.buttons.citizens import Menu, News, Open
from bot.views.citizens.reports import kind_words
from bot.views.text import bold, plain
from bot.views.view import SCREEN, Row, View, button, keyboard, lines, paragraphs
from bot.views.words import slot_name
from directory.model import Page
from directory.page_news import NewsKind, PageNews
from directory.reports import ReportKind
from directory.translation import say


def news_button(*, told: bool) -> InlineKeyboardButton:
    """Return the button that turns the news of saved pages on, or off."""
    text = _("Do not send me news of them") if told else _("Send me news of them")
    return button(text, News(on=not told))


def news_words() -> str:
    """Return what the news are, and when they come."""
    return _(
        "I write when one of them moves, closes, is withdrawn, opens a page on another network or "
        "gets a new head: once a day at most and never at night; of a hijacked page at once."
    )


def digest(
    news: Sequence[PageNews],
    back: Sequence[Page],
    reported: Sequence[tuple[Page, Sequence[ReportKind]]] = (),
) -> View:
    """The message of the day: the news of saved pages, what was waited for and is `back`, and what
    was `reported` of pages that the person runs."""
    told = [
        *(lines(bold(page.title, 150), _reported(kinds)) for page, kinds in reported),
        *(lines(bold(page.title, 150), _("It is back: editors show it again.")) for page in back),
        *(lines(bold(each.page.title, 150), *_kinds(each)) for each in news),
    ]
    more = len(told) - SCREEN
    pages = [page for page, _kinds in reported]
    pages += [*back, *(each.page for each in news if NewsKind.RETIRED not in each.kinds)]
    rows: list[Row] = [[button(page.title, Open(page=page.id))] for page in pages[:SCREEN]]
    rows.append([button(_("My pages"), Menu(where="saved"))])
    if news:
        rows.append([news_button(told=True)])
    text = paragraphs(
        bold(_("News of your pages")) if news else "",
        *told[:SCREEN],
        ngettext("and {n} more page", "and {n} more pages", more).format(n=more)
        if more > 0
        else "",
    )
    return View(text, keyboard(rows))


def hijacked(pages: Sequence[Page]) -> View:
    """Warn that pages that the person saved were taken over."""
    text = paragraphs(
        bold(_("Do not open: a page that you saved seems to be hijacked")),
        lines(*(bold(page.title, 150) for page in pages[:SCREEN])),
        _(
            "Editors have withdrawn it. Do not follow its links, do not pay there and tell it no "
            "codes. The card says what to do if you already have."
        ),
    )
    rows: list[Row] = [[button(page.title, Open(page=page.id))] for page in pages[:SCREEN]]
    return View(text, keyboard([*rows, [news_button(told=True)]]))


def _reported(kinds: Sequence[ReportKind]) -> str:
    """«Сообщают: страница не открывается»; it is the editors who decide on it."""
    told = ", ".join(dict.fromkeys(map(kind_words, kinds)))
    return _("You run it, and people report: {what}. Editors will look.").format(what=told)


def _kinds(news: PageNews) -> list[str]:
    page = news.page
    names = ", ".join(slot_name(slot) for slot in news.slots)
    said = {
        NewsKind.HIDDEN: _("Withdrawn by editors: do not trust its links. {why}").format(
            why=plain(say(page.hidden), 200)
        ),
        NewsKind.RETURNED: _("It is back: editors show it again."),
        NewsKind.RETIRED: _("It is not in the directory any more."),
        NewsKind.CLOSED: _("Closed: this page or body is no more."),
        NewsKind.MOVED: _("Moved: {address}").format(address=plain(page.address, 200)),
        NewsKind.HEAD: _("Who heads it now: {person}").format(
            person=plain(page.person, 150) or _("not known")
        ),
        NewsKind.WITHDRAWN: _("A link was withdrawn: {names}").format(names=names),
        NewsKind.NETWORK: _("A new page: {names}").format(names=names),
    }
    return [said[kind] for kind in news.kinds]
