"""Hiding and bringing back as editors see it, in Russian like all of the administration."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.utils.i18n import gettext as _

from bot.buttons import (
    Confirm,
    EditPage,
    HiddenList,
    Hide,
    Open,
    OwnReason,
    PageHistory,
    Quarantine,
    Restore,
    Why,
    link_key,
)
from bot.views.text import bold, code, plain
from bot.views.view import Row, Screen, View, button, keyboard, lines, pager, paragraphs
from bot.views.words import moment, slot_name
from directory import links
from directory.model import Link, Page, PageLink, Status
from directory.store.hidden import Hidden

REASONS: dict[Why, str] = {
    "hacked": "похоже, страницу взломали",
    "double": "это двойник, а не официальная страница",
    "elsewhere": "ссылка ведёт не туда",
    "dead": "страница не открывается",
}
"""Ready reasons; people who open the page read them."""

OWN_REASON = "По какой причине скрыть? Ответьте на это сообщение."
"""The question to which a reply hides for one's own reason."""

OWN_REASON_HINT = "Причину увидят все, кто откроет страницу по старой ссылке или из сохранённых."


def editor_rows(page: Page) -> list[Row]:
    """The buttons of a card for those who may change the page."""
    history = button(_("History"), PageHistory(page=page.id))
    if page.status is Status.HIDDEN:
        return [[button("Вернуть страницу", Restore(page=page.id)), history]]
    return [
        [button("Изменить", EditPage(page=page.id)), history],
        [
            button("Скрыть…", Quarantine(page=page.id)),
            button("Страница на месте", Confirm(page=page.id)),
        ],
    ]


def what(page: Page) -> View:
    """What to hide, what to bring back."""
    rows: list[Row] = []
    if page.status is Status.HIDDEN:
        rows.append([button("Вернуть страницу", Restore(page=page.id))])
    else:
        rows.append([button("Скрыть страницу целиком", Hide(page=page.id))])
        rows += [_link_row(page, x) for x in page.links]
    rows.append([button("Открыть карточку", Open(page=page.id))])
    text = paragraphs(
        "<b>Что скрыть или вернуть?</b>",
        lines(bold(page.title), _why(page)),
        lines(*(_hidden_line(x) for x in page.links if x.hidden)),
    )
    return View(text, keyboard(rows))


def reasons(page: Page, link: Link | None) -> View:
    """For which reason?"""
    key = link_key(link) if link else ""
    rows: list[Row] = [
        [button(reason.capitalize(), Hide(page=page.id, link=key, why=why))]
        for why, reason in REASONS.items()
    ]
    rows += [
        [button("Своя причина…", OwnReason(page=page.id, link=key))],
        [button("← Не скрывать", Quarantine(page=page.id))],
    ]
    text = paragraphs(f"<b>Почему скрыть: {_object(link)}?</b>", bold(page.title), OWN_REASON_HINT)
    return View(text, keyboard(rows))


def hidden(page: Page, link: Link | None, reason: str, revision: int) -> View:
    """It is hidden."""
    text = paragraphs(
        f"<b>Скрыто: {_object(link)}</b>",
        bold(page.title),
        f"Причина: {plain(reason)}",
        "Ссылки больше не показываются нигде; скрытую страницу находят по названию, и она "
        "предупреждает.",
        f"Изменение № {revision}",
    )
    key = link_key(link) if link else ""
    return View(text, keyboard([[button("Вернуть", Restore(page=page.id, link=key))]]))


def hidden_before() -> str:
    """The notice that it is hidden already."""
    return _("It is hidden already.")


def restored_before() -> str:
    """The notice that it is not hidden."""
    return _("It is not hidden any more.")


def hidden_list(found: Sequence[Hidden], at: Screen) -> View:
    """What is hidden, the items of one screen: why, by whom, since when, and the way back."""
    if not found:
        return View(_("Nothing is hidden."))
    items = [
        lines(
            f"{n}. {bold(each.title, 150)}",
            code(links.label(each.link)) if each.link else "",
            _("The reason: {why}").format(why=plain(each.reason, 200)) if each.reason else "",
            who_hid(each),
        )
        for n, each in enumerate(found, at.start + 1)
    ]
    rows: list[Row] = [
        [
            button(f"{n}. {each.title}", Open(page=each.page)),
            button(
                _("Bring back {n}").format(n=n),
                Restore(page=each.page, link=link_key(each.link) if each.link else ""),
            ),
        ]
        for n, each in enumerate(found, at.start + 1)
    ]
    text = paragraphs(bold(_("What is hidden")), *items, at.title)
    return View(text, keyboard([*rows, pager(at, lambda n: HiddenList(n=n))]))


def who_hid(found: Hidden) -> str:
    """Who hid it and when, for editors."""
    if found.at is None:
        return _("Hidden by a file that was loaded.")
    who = _("a check of links or a command") if found.actor is None else code(str(found.actor))
    return _("Hidden by {who}, {when}.").format(who=who, when=moment(found.at))


def restored(page: Page, link: Link | None, revision: int) -> View:
    """It is back."""
    text = paragraphs(
        f"<b>Возвращено: {_object(link)}</b>", bold(page.title), f"Изменение № {revision}"
    )
    return View(text, keyboard([[button("Открыть карточку", Open(page=page.id))]]))


def refused(why: Exception) -> View:
    """It cannot be done."""
    return View(f"Нельзя: {plain(str(why), 500)}.")


def _link_row(page: Page, found: PageLink) -> Row:
    name, key = f"{slot_name(found.slot)} {links.label(found.link)}", link_key(found.link)
    if found.hidden:
        return [button(f"Вернуть ссылку: {name}", Restore(page=page.id, link=key))]
    return [button(f"Скрыть ссылку: {name}", Hide(page=page.id, link=key))]


def _object(link: Link | None) -> str:
    # Not a link that may be pressed: it is being withdrawn.
    return f"ссылка {code(links.label(link))}" if link else "страница целиком"


def _why(page: Page) -> str:
    return f"Страница скрыта: {plain(page.hidden)}" if page.status is Status.HIDDEN else ""


def _hidden_line(found: PageLink) -> str:
    name = f"{slot_name(found.slot)} {code(links.label(found.link))}"
    return f"Скрыта ссылка {name}: {plain(found.hidden)}"
