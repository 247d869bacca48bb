"""What the check of links tells owners and editors, in Russian like all of the administration."""

from __future__ import annotations

from collections.abc import Sequence

from bot.buttons import Open
from bot.views.text import anchor, bold, code
from bot.views.view import SCREEN, View, button, keyboard, lines, paragraphs
from directory import links
from directory.links.outcome import Replaced
from directory.model import Page
from directory.store.checks import Trouble


def troubled(found: Sequence[tuple[Page, Trouble]]) -> View:
    """The links that do not open or lead elsewhere, the first of them when they are many."""
    if not found:
        return View("Все проверенные ссылки открываются.")
    shown = found[:SCREEN]
    more = len(found) - len(shown)
    text = paragraphs(
        f"<b>Проверьте ссылки: {len(found)}</b>",
        "Они не открываются или ведут на другую страницу. Сами они не исчезнут: исправьте их или"
        " скройте.",
        *(
            lines(f"{n}. {bold(page.title, 120)}", _words(trouble))
            for n, (page, trouble) in enumerate(shown, 1)
        ),
        f"И ещё {more}: они появятся здесь, когда эти будут исправлены." if more else "",
    )
    return View(
        text,
        keyboard(
            [button(f"{n}. Карточка", Open(page=page.id))] for n, (page, _) in enumerate(shown, 1)
        ),
    )


def replaced(what: Replaced, pages: Sequence[Page]) -> View:
    """The alarm: a nick belongs to another account now, and its link is hidden."""
    text = paragraphs(
        "<b>Ник перешёл к другому аккаунту</b>",
        f"{code(links.label(what.link))}: был № {what.was}, стал № {what.now}. Ссылка скрыта на"
        " страницах:",
        lines(*(f"{bold(page.title, 120)} {code(page.id)}" for page in pages[:SCREEN])),
        "Если новый аккаунт тоже официальный, ссылку можно вернуть с карточки.",
    )
    rows = [[button(page.title, Open(page=page.id))] for page in pages[:SCREEN]]
    return View(text, keyboard(rows))


def _words(trouble: Trouble) -> str:
    link = anchor(links.url(trouble.link), links.label(trouble.link))
    if trouble.moved_to:
        return f"{link} ведёт на {code(trouble.moved_to)}"
    return f"{link} не открывается, дней подряд: {trouble.failing_days}"
