"""Editors, as owners see them and as they see themselves. Russian only, like all of the office."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.types import (
    KeyboardButton,
    KeyboardButtonRequestUsers,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from bot.buttons import Appoint, Dismiss, EditorCard, Editors, Entrust, category_key
from bot.views.text import bold, code, plain
from bot.views.view import Row, Screen, View, button, keyboard, lines, pager, paragraphs
from bot.views.words import moment
from directory.model import Territory
from directory.rights import Rights, Role, Scope
from directory.store.editors import Editor
from directory.territories import Territories

REQUEST = 1
"""The number of the request by which an owner shares a person."""

BACK = "Все редакторы"


def editors(shown: Sequence[Editor], at: Screen, territories: Territories) -> View:
    """The editors of one screen, each with a button."""
    listed = [f"{code(str(e.person))} — {plain(e.scope.words(territories))}" for e in shown]
    text = paragraphs(
        "<b>Редакторы</b>",
        "\n".join(listed) or "Пока никого: справочник меняют только владельцы.",
        at.title,
        "Назначить: отправьте /editor — откроется выбор человека, — "
        "или сразу с номером: <code>/editor 123456789</code>.",
    )
    rows: list[Row] = [
        [button(f"{e.person}: {e.scope.words(territories)}", EditorCard(person=e.person))]
        for e in shown
    ]
    rows.append(pager(at, lambda n: Editors(n=n)))
    return View(text, keyboard(rows))


def whom() -> tuple[str, ReplyKeyboardMarkup]:
    """The question whom to appoint: a text, and a keyboard that shares a person."""
    share = KeyboardButton(
        text="Выбрать человека",
        request_users=KeyboardButtonRequestUsers(
            request_id=REQUEST, user_is_bot=False, max_quantity=1
        ),
    )
    text = (
        "Кого назначить редактором? Нажмите кнопку ниже и выберите человека или отправьте его "
        "числовой номер: <code>/editor 123456789</code>."
    )
    return text, ReplyKeyboardMarkup(
        keyboard=[[share]], resize_keyboard=True, one_time_keyboard=True
    )


def chosen() -> tuple[str, ReplyKeyboardRemove]:
    """Takes the keyboard of `whom` away."""
    return "Человек выбран.", ReplyKeyboardRemove()


def not_a_number() -> View:
    """/editor with something that is no id."""
    return View(
        "Нужен числовой номер человека, например <code>/editor 123456789</code>. Отправьте "
        "/editor без номера, и человека можно будет выбрать из списка."
    )


def is_owner(person: int) -> View:
    """The person is an owner and needs no rights."""
    return View(f"{code(str(person))} — владелец: ему и так доступно всё.")


def editor(of: Editor, territories: Territories) -> View:
    """One editor, and what can be done about it."""
    text = paragraphs(
        f"<b>Редактор</b> {code(str(of.person))}",
        lines(
            f"Поручено: {plain(of.scope.words(territories))}.",
            f"Назначил: {code(str(of.appointed_by))}, {moment(of.at)}.",
        ),
    )
    return View(
        text,
        keyboard(
            [
                *_ways(of.person, "Поручить другое: "),
                [button("Снять редактора", Dismiss(person=of.person))],
                [button(BACK, Editors())],
            ]
        ),
    )


def what(person: int) -> View:
    """The question what to entrust to somebody new."""
    text = f"Что поручить человеку с номером {code(str(person))}?"
    return View(text, keyboard(_ways(person)))


def which_territory(
    person: int, at: Territory | None, below: Sequence[Territory], screen: Screen
) -> View:
    """The choice of a territory: `at` itself, or one of those `below` it on this screen."""
    text = paragraphs(
        f"Какую территорию поручить человеку с номером {code(str(person))}?",
        bold(at.name) if at else "",
        "Вместе с территорией поручается всё, что в ней." if at else "",
        screen.title,
    )
    number = at.id if at else 0
    rows: list[Row] = []
    if at is not None:
        rows.append([button(f"Поручить: {at.name}", Appoint(person=person, territory=at.id))])
    rows += [[button(t.name, _descend(person, t.id))] for t in below]
    rows.append(pager(screen, lambda n: _descend(person, number, n)))
    if at is not None:
        rows.append([button("Выше", _descend(person, at.parent or 0))])
    return View(text, keyboard(rows))


def which_category(person: int, categories: Sequence[str], screen: Screen) -> View:
    """The choice of a category."""
    text = paragraphs(f"Какую сферу поручить человеку с номером {code(str(person))}?", screen.title)
    rows: list[Row] = [
        [button(name, Appoint(person=person, category=category_key(name)))] for name in categories
    ]
    rows.append(pager(screen, lambda n: Entrust(person=person, by="category", n=n)))
    return View(text, keyboard(rows))


def appointed(person: int, scope: Scope, territories: Territories, *, told: bool) -> View:
    """Somebody was made an editor; `told` is whether the bot could write to them."""
    text = paragraphs(
        f"Редактор {code(str(person))} назначен. Поручено: {plain(scope.words(territories))}.",
        "Я написал ему об этом."
        if told
        else "Написать ему я не могу: попросите его открыть чат со мной и отправить /start.",
    )
    rows: list[Row] = [
        [button("Снять редактора", Dismiss(person=person))],
        [button(BACK, Editors())],
    ]
    return View(text, keyboard(rows))


def your_rights(rights: Rights, territories: Territories) -> str:
    """What somebody may do, to be read by that person."""
    if rights.role is Role.OWNER:
        return "Вы владелец: вам доступно всё."
    return f"Вы редактор. Вам поручено: {plain(rights.scope.words(territories))}."


def told(rights: Rights, territories: Territories) -> View:
    """The message to a new editor."""
    return View(paragraphs(your_rights(rights, territories), "Что можно делать — в /admin."))


def dismissed(person: int) -> View:
    """Somebody is no editor any more."""
    rows: list[Row] = [
        [button("Назначить снова", EditorCard(person=person))],
        [button(BACK, Editors())],
    ]
    return View(f"Редактор {code(str(person))} снят: прав у него больше нет.", keyboard(rows))


def _ways(person: int, prefix: str = "") -> list[Row]:
    def said(text: str) -> str:
        return f"{prefix}{text}" if prefix else text.capitalize()

    return [
        [button(said("весь справочник"), Appoint(person=person))],
        [button(said("территорию"), Entrust(person=person, by="territory"))],
        [button(said("сферу"), Entrust(person=person, by="category"))],
    ]


def _descend(person: int, territory: int, n: int = 0) -> Entrust:
    return Entrust(person=person, by="territory", territory=territory, n=n)
