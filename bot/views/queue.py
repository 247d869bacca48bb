"""The queue of reports as editors see it, in Russian like all of the administration."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.utils.i18n import gettext as _
from babel.dates import format_date

from bot.buttons import (
    AddPage,
    Confirm,
    Decide,
    EditPage,
    Open,
    Quarantine,
    Queue,
    Unconfirmed,
    link_key,
)
from bot.views.reports import READY
from bot.views.text import anchor, bold, code, plain
from bot.views.view import Row, Screen, View, button, keyboard, lines, pager, paragraphs
from bot.views.words import slot_name
from directory import links
from directory.model import Page
from directory.reports import Decision, Kind, Report

_WORDS = (
    "Проверили: страница верная",
    "Не смогли в этом убедиться",
    "Это не официальная страница",
    "Она уже есть в справочнике",
)

REASONS = {
    Kind.DEAD: "страница не открывается",
    Kind.WRONG: "ссылка ведёт не туда",
    Kind.HACKED: "похоже, страницу взломали",
    Kind.OTHER: "по сообщению читателей",
}
"""For which reason a page or a link is hidden that was reported so."""

_KINDS = {
    Kind.DEAD: "страница не открывается",
    Kind.WRONG: "это не та страница",
    Kind.HACKED: "похоже, страницу взломали",
    Kind.OTHER: "другое",
    Kind.MISSING: "предлагают страницу",
}

_DECIDED = {
    Decision.ACCEPTED: "Закрыто: отправителя поблагодарят.",
    Decision.HIDDEN: "Скрыто, отправителя поблагодарят. Вернуть можно с карточки или в /history.",
    Decision.DECLINED: "Отклонено: отправитель получит ответ.",
}

OWN_WORD = "Что ответить отправителю? Ответьте на это сообщение."
"""The question to which a reply declines a report in one's own words."""


def empty(unconfirmed: int) -> View:
    """No reports wait."""
    text = "Обращений, которые ждут решения, нет."
    return View(text, keyboard([_unconfirmed_row(unconfirmed)]))


def report(
    found: Report,
    page: Page | None,
    at: Screen,
    unconfirmed: int,
    doubts: Sequence[tuple[str, str]] = (),
) -> View:
    """One report with all that can be done about it; `page` is what it is about, if anything.

    `doubts` are the links in its text that are not to be trusted, each with the reason.
    """
    heading = f"<b>Обращение {at.n + 1} из {at.of}: {_KINDS[found.kind]}</b>"
    said = f"Сообщили: {found.people}" if found.people > 1 else ""
    when = format_date(found.at.date(), format="long", locale="ru")
    text = paragraphs(
        heading,
        _about(page) if page else "",
        f"Пишут: {plain(found.text, 600)}" if found.text else "",
        lines(*(f"<b>Осторожно</b>: {code(link)}. {plain(why, 300)}" for link, why in doubts)),
        " · ".join(part for part in (when, said) if part),
    )
    rows = _page_rows(found, page) if page else _missing_rows(found)
    rows += [[button("Отклонить…", Decide(report=found.id, what="ask"))]]
    rows += [pager(at, lambda n: Queue(n=n)), _unconfirmed_row(unconfirmed)]
    return View(text, keyboard(rows))


def decline(found: Report, page: Page | None, n: int) -> View:
    """With which word?"""
    about = _about(page) if page else plain(found.text, 300)
    rows: list[Row] = [
        [button(word, Decide(report=found.id, what="decline", word=ready))]
        for ready, word in zip(READY, _WORDS, strict=True)
    ]
    rows += [
        [button("Своими словами…", Decide(report=found.id, what="own"))],
        [button("← К обращению", Queue(n=n))],
    ]
    text = paragraphs("<b>Отклонить обращение. Что ответить отправителю?</b>", about)
    return View(text, keyboard(rows))


def decided(decision: Decision) -> View:
    """The report is closed."""
    return _closed(_DECIDED[decision])


def gone() -> str:
    """The notice that another editor was first, or that the page has gone."""
    return _("This report is closed already.")


def refused(why: Exception) -> View:
    """The editor may not decide so."""
    return _closed(f"Нельзя: {plain(str(why), 500)}.")


def hacked(page: Page) -> View:
    """The alarm: somebody says that the page was taken over."""
    text = paragraphs(
        "<b>Сообщают, что страница взломана</b>",
        _about(page),
        "Проверьте сейчас. Пока не ясно, лучше скрыть: вернуть можно одной кнопкой.",
    )
    rows = [
        [button("Скрыть…", Quarantine(page=page.id))],
        [button("Страница на месте", Confirm(page=page.id))],
        [button("К обращениям", Queue())],
    ]
    return View(text, keyboard(rows))


def _closed(text: str) -> View:
    return View(text, keyboard([[button("К обращениям", Queue())]]))


def _about(page: Page) -> str:
    shown = [
        f"{slot_name(x.slot)}: {anchor(links.url(x.link), links.label(x.link))}"
        for x in page.shown_links
    ]
    return lines(f"{bold(page.title, 200)} {code(page.id)}", *shown)


def _page_rows(found: Report, page: Page) -> list[Row]:
    hide = [
        [
            button(
                f"Скрыть ссылку: {slot_name(x.slot)} {links.label(x.link)}",
                Decide(report=found.id, what="hide", link=link_key(x.link)),
            )
        ]
        for x in page.shown_links
    ]
    return [
        [
            button("Открыть карточку", Open(page=page.id)),
            button("Изменить", EditPage(page=page.id)),
        ],
        [button("Скрыть страницу", Decide(report=found.id, what="hide"))],
        *hide,
        [button("Страница на месте", Decide(report=found.id, what="right"))],
        _thanks(found, "Исправлено: поблагодарить"),
    ]


def _missing_rows(found: Report) -> list[Row]:
    return [
        [button("Добавить страницу", AddPage())],
        _thanks(found, "Добавлена: поблагодарить"),
    ]


def _thanks(found: Report, label: str) -> Row:
    return [button(label, Decide(report=found.id, what="done"))]


def _unconfirmed_row(n: int) -> Row:
    return [button(f"Давно не проверены: {n}", Unconfirmed())] if n else []
