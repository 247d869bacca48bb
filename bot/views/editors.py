"""Editors, as owners see them and as they see themselves."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.types import (
    InlineKeyboardButton,
    KeyboardButton,
    KeyboardButtonRequestUsers,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from aiogram.utils.i18n import gettext as _

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


def editors(shown: Sequence[Editor], at: Screen, territories: Territories) -> View:
    """The editors of one screen, each with a button."""
    listed = [f"{code(str(e.person))} — {plain(e.scope.words(territories))}" for e in shown]
    text = paragraphs(
        bold(_("Editors")),
        "\n".join(listed) or _("None yet: only the owners change the directory."),
        at.title,
        _(
            "To appoint one, send /editor and choose a person, or send it with the number: "
            "<code>/editor 123456789</code>."
        ),
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
        text=_("Choose a person"),
        request_users=KeyboardButtonRequestUsers(
            request_id=REQUEST, user_is_bot=False, max_quantity=1
        ),
    )
    text = _(
        "Whom to appoint as an editor? Press the button below and choose a person, or send the "
        "person's numeric id: <code>/editor 123456789</code>."
    )
    return text, ReplyKeyboardMarkup(
        keyboard=[[share]], resize_keyboard=True, one_time_keyboard=True
    )


def chosen() -> tuple[str, ReplyKeyboardRemove]:
    """Takes the keyboard of `whom` away."""
    return _("The person is chosen."), ReplyKeyboardRemove()


def not_a_number() -> View:
    """/editor with something that is no id."""
    return View(
        _(
            "I need a person's numeric id, for example <code>/editor 123456789</code>. Send "
            "/editor without a number to choose the person from a list."
        )
    )


def is_owner(person: int) -> View:
    """The person is an owner and needs no rights."""
    return View(
        _("{person} is an owner and may do everything anyway.").format(person=code(str(person)))
    )


def editor(of: Editor, territories: Territories) -> View:
    """One editor, and what can be done about it."""
    text = paragraphs(
        _("<b>Editor</b> {person}").format(person=code(str(of.person))),
        lines(
            _("Entrusted with: {scope}.").format(scope=plain(of.scope.words(territories))),
            _("Appointed by {person}, {when}.").format(
                person=code(str(of.appointed_by)), when=moment(of.at)
            ),
        ),
    )
    rows: list[Row] = [
        [button(_("Entrust instead: the whole directory"), Appoint(person=of.person))],
        [button(_("Entrust instead: a territory"), Entrust(person=of.person, by="territory"))],
        [button(_("Entrust instead: a sphere"), Entrust(person=of.person, by="category"))],
        [_dismiss(of.person)],
        [_back()],
    ]
    return View(text, keyboard(rows))


def what(person: int) -> View:
    """The question what to entrust to somebody new."""
    text = _("What to entrust to the person with the number {person}?")
    rows: list[Row] = [
        [button(_("The whole directory"), Appoint(person=person))],
        [button(_("A territory"), Entrust(person=person, by="territory"))],
        [button(_("A sphere"), Entrust(person=person, by="category"))],
    ]
    return View(text.format(person=code(str(person))), keyboard(rows))


def which_territory(
    person: int, at: Territory | None, below: Sequence[Territory], screen: Screen
) -> View:
    """The choice of a territory: `at` itself, or one of those `below` it on this screen."""
    text = paragraphs(
        _("Which territory to entrust to the person with the number {person}?").format(
            person=code(str(person))
        ),
        bold(at.name) if at else "",
        _("A territory is entrusted with all that lies in it.") if at else "",
        screen.title,
    )
    number = at.id if at else 0
    rows: list[Row] = []
    if at is not None:
        rows.append(
            [
                button(
                    _("Entrust: {name}").format(name=at.name),
                    Appoint(person=person, territory=at.id),
                )
            ]
        )
    rows += [[button(t.name, _descend(person, t.id))] for t in below]
    rows.append(pager(screen, lambda n: _descend(person, number, n)))
    if at is not None:
        rows.append([button(_("Up"), _descend(person, at.parent or 0))])
    return View(text, keyboard(rows))


def which_category(person: int, categories: Sequence[str], screen: Screen) -> View:
    """The choice of a category."""
    which = _("Which sphere to entrust to the person with the number {person}?")
    text = paragraphs(which.format(person=code(str(person))), screen.title)
    rows: list[Row] = [
        [button(name, Appoint(person=person, category=category_key(name)))] for name in categories
    ]
    rows.append(pager(screen, lambda n: Entrust(person=person, by="category", n=n)))
    return View(text, keyboard(rows))


def appointed(person: int, scope: Scope, territories: Territories, *, told: bool) -> View:
    """Somebody was made an editor; `told` is whether the bot could write to them."""
    text = paragraphs(
        _("{person} is an editor now. Entrusted with: {scope}.").format(
            person=code(str(person)), scope=plain(scope.words(territories))
        ),
        _("I told them so.")
        if told
        else _("I cannot write to them: ask them to open a chat with me and to send /start."),
    )
    return View(text, keyboard([[_dismiss(person)], [_back()]]))


def your_rights(rights: Rights, territories: Territories) -> str:
    """What somebody may do, to be read by that person."""
    if rights.role is Role.OWNER:
        return _("You are an owner and may do everything.")
    return _("You are an editor. You are entrusted with: {scope}.").format(
        scope=plain(rights.scope.words(territories))
    )


def told(rights: Rights, territories: Territories) -> View:
    """The message to a new editor."""
    return View(paragraphs(your_rights(rights, territories), _("What you can do: /admin.")))


def dismissed(person: int) -> View:
    """Somebody is no editor any more."""
    rows: list[Row] = [
        [button(_("Appoint again"), EditorCard(person=person))],
        [_back()],
    ]
    text = _("{person} is no editor any more and has no rights.").format(person=code(str(person)))
    return View(text, keyboard(rows))


def cannot_entrust() -> str:
    """The notice that the chosen territory or category has gone."""
    return _("This territory or sphere is there no longer.")


def entrusted_before() -> str:
    """The notice that nothing changes."""
    return _("They are entrusted with this already.")


def _back() -> InlineKeyboardButton:
    return button(_("All editors"), Editors())


def _dismiss(person: int) -> InlineKeyboardButton:
    return button(_("Dismiss the editor"), Dismiss(person=person))


def _descend(person: int, territory: int, n: int = 0) -> Entrust:
    return Entrust(person=person, by="territory", territory=territory, n=n)
