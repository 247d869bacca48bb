"""Owners and editors, as owners see them and as they see themselves."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from aiogram.types import InlineKeyboardButton
from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from bot.buttons.editors import (
    Appoint,
    Dismiss,
    EditorCard,
    EditorName,
    Editors,
    EditorUntil,
    Entrust,
    FindPerson,
    OfferBack,
    OfferOwner,
    WhoMay,
    Withdraw,
)
from bot.buttons.fields import category_key
from bot.views.text import bold, code, plain
from bot.views.view import Row, Screen, View, button, keyboard, lines, pager, paragraphs
from bot.views.words import long_date, moment
from directory.rights import Rights, Role
from directory.store.staff import Member
from directory.territories import Territories

LIMITS = (0, 30, 92, 365)
"""Days after which an editor's rights may end; 0: they do not."""


def who(member: Member) -> str:
    """Return a person for a button: by name, where an owner has given one."""
    return member.name or str(member.person)


def editors(
    shown: Sequence[Member],
    at: Screen,
    territories: Territories,
    silent: Collection[int],
    fixed: Collection[int],
) -> View:
    """Show the staff of one screen, each with a button.

    `silent` are those whom no word of the bot reaches, `fixed` the owners of the settings.
    """
    listed = [
        lines(
            f"{named(m)} — {plain(_entrusted(m, territories, fixed), 300)}",
            _silent(m) if m.person in silent else "",
        )
        for m in shown
    ]
    text = paragraphs(
        bold(_("Owners and editors")),
        "\n".join(listed),
        at.title,
        _(
            "To invite somebody, make a link and pass it on, choose a person among your "
            "contacts, or share a contact with me."
        ),
    )
    rows: list[Row] = [[button(who(m), EditorCard(person=m.person))] for m in shown]
    rows.append(pager(at, lambda n: Editors(n=n)))
    rows.append(
        [
            button(_("Invite by a link"), FindPerson(by="link")),
            button(_("Choose a contact"), FindPerson(by="contacts")),
        ]
    )
    rows.append([button(_("Who may change…"), WhoMay())])
    return View(text, keyboard(rows))


def is_owner(person: int) -> View:
    """Tell that the person is an owner by the settings, and stays one."""
    return View(
        _("{person} is an owner by the bot's settings and may do everything.").format(
            person=code(str(person))
        ),
        keyboard([[_back()]]),
    )


def member(of: Member, territories: Territories, today: date, *, silent: bool) -> View:
    """Show one of the staff, and what can be done about it."""
    owner = of.role is Role.OWNER
    heading = _("<b>Owner</b> {person}") if owner else _("<b>Editor</b> {person}")
    text = paragraphs(
        heading.format(person=named(of)),
        lines(
            _("May do everything.")
            if owner
            else _("Entrusted with: {scope}.").format(
                scope=plain(of.scope.words(territories) or _("nothing yet"), 1000)
            ),
            _until(of, today),
            _("Appointed by {person}, {when}.").format(
                person=code(str(of.appointed_by)), when=moment(of.at)
            ),
            _("They were offered to become an owner and have not answered.")
            if of.offered_by
            else "",
        ),
        _silent(of) if silent else "",
    )
    name = button(_("Name…"), EditorName(person=of.person))
    rows = [[name]] if owner else _editor_rows(of, territories, name)
    words = _("Dismiss the owner") if owner else _("Dismiss the editor")
    dismiss = button(words, Dismiss(person=of.person))
    return View(text, keyboard([*rows, [dismiss], [_back()]]))


def _editor_rows(of: Member, territories: Territories, name: InlineKeyboardButton) -> list[Row]:
    """Return what can be done with an editor; `name` is the button that names them."""
    withdraw: list[Row] = [
        [
            button(
                _("Not any longer: {what}").format(what=scope.words(territories)),
                Withdraw(
                    person=of.person,
                    territory=scope.territory or 0,
                    category=category_key(scope.category) if scope.category else "",
                ),
            )
        ]
        for scope in of.scope.each
    ]
    offer = button(_("Offer to become an owner"), OfferOwner(person=of.person))
    back = button(_("Take the offer back"), OfferBack(person=of.person))
    until = button(_("Until when…"), EditorUntil(person=of.person))
    return [*_entrust_rows(of), *withdraw, [name, until], [back if of.offered_by else offer]]


def no_member() -> str:
    """Tell that the person is of the staff no more."""
    return _("This person is no editor any more.")


def until(of: Member) -> View:
    """Offer when an editor's rights end."""
    text = _("When do the rights of {person} end?").format(person=named(of))
    rows = [
        [
            button(
                ngettext("In {n} day", "In {n} days", days).format(n=days) if days else _("Never"),
                EditorUntil(person=of.person, days=days),
            )
        ]
        for days in LIMITS
    ]
    back = button(_("← Back"), EditorCard(person=of.person))
    return View(text, keyboard([*rows, [back]]))


def question_name() -> str:
    """Ask for somebody's name."""
    return _("What to call this person? Owners and editors see the name. Reply to this message.")


def question_who() -> str:
    """Ask of what to tell who may change it."""
    return _("Of which place, sphere or page? Reply to this message with its name.")


def who_may(what: str, found: Sequence[Member], owners: int, territories: Territories) -> View:
    """Tell who may change it, besides the owners."""
    listed = [f"{named(m)} — {plain(_entrusted(m, territories, ()), 300)}" for m in found]
    text = paragraphs(
        bold(_("Who may change: {what}").format(what=what)),
        "\n".join(listed) or _("No editor is entrusted with it."),
        ngettext("And {n} owner.", "And {n} owners.", owners).format(n=owners),
    )
    return View(text, keyboard([*([button(who(m), EditorCard(person=m.person))] for m in found)]))


def unknown_place(query: str) -> View:
    """Tell that nothing is called so."""
    return View(
        _("I know no place, sphere or page “{query}”.").format(query=plain(query, 100)),
        keyboard([[button(_("Ask again"), WhoMay())], [_back()]]),
    )


def your_rights(rights: Rights, territories: Territories) -> str:
    """Return what somebody may do, to be read by that person."""
    if rights.role is Role.OWNER:
        return _("You are an owner and may do everything.")
    if rights.role is Role.CITIZEN:
        return _("Nothing is entrusted to you any more.")
    return _("You are an editor. You are entrusted with: {scope}.").format(
        scope=plain(rights.scope.words(territories), 1000)
    )


def told(rights: Rights, territories: Territories) -> View:
    """Tell somebody that their rights were changed."""
    how = _("What you can do: /admin.") if rights.role > Role.CITIZEN else ""
    return View(paragraphs(your_rights(rights, territories), how))


def dismissed(person: int) -> View:
    """Tell that somebody is of the staff no more."""
    rows: list[Row] = [[button(_("Appoint again"), EditorCard(person=person))], [_back()]]
    text = _("{person} is no editor any more and has no rights.").format(person=code(str(person)))
    return View(text, keyboard(rows))


def silent_owners(persons: Collection[int]) -> View:
    """Warn the other owners that nothing reaches these."""
    text = _(
        "These owners get no alarm of mine, since they have never opened a chat with me or have "
        "blocked me: {persons}. Ask them to send /start."
    )
    return View(text.format(persons=", ".join(code(str(person)) for person in sorted(persons))))


def _entrust_rows(of: Member) -> list[Row]:
    if of.scope.each and of.scope.is_everything:
        return []
    more = bool(of.scope.each)
    place = _("Entrust also: a territory…") if more else _("Entrust: a territory…")
    sphere = _("Entrust also: a sphere…") if more else _("Entrust: a sphere…")
    return [
        [button(place, Entrust(person=of.person, by="territory"))],
        [button(sphere, Entrust(person=of.person, by="category"))],
        [button(_("Entrust: the whole directory"), Appoint(person=of.person))],
    ]


def named(member: Member) -> str:
    """Return a person in a text: the name, if there is one, and the number."""
    number = code(str(member.person))
    return f"{plain(member.name, 80)} ({number})" if member.name else number


def _entrusted(member: Member, territories: Territories, fixed: Collection[int]) -> str:
    if member.person in fixed:
        return _("owner, by the settings")
    if member.role is Role.OWNER:
        return _("owner")
    scope = member.scope.words(territories) or _("nothing yet")
    if member.until is None:
        return scope
    return _("{scope}; until {day}").format(scope=scope, day=long_date(member.until))


def _until(member: Member, today: date) -> str:
    if member.until is None:
        return ""
    if member.until < today:
        return _("The rights ended on {day}.").format(day=long_date(member.until))
    return _("The rights end after {day}.").format(day=long_date(member.until))


def _silent(member: Member) -> str:
    if member.role is Role.OWNER:
        return _("⚠ No alarm reaches this owner: ask them to open a chat with me and send /start.")
    return _("⚠ I cannot write to them: ask them to open a chat with me and send /start.")


def _back() -> InlineKeyboardButton:
    return button(_("All owners and editors"), Editors())
