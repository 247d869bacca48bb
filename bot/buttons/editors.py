"""Buttons of editors and owners: who may change what, the audit log, editing a page.

A territory is its number, 0 for none; a category its `category_key`, "" for none. With neither it
is the whole directory.
"""

from __future__ import annotations

from typing import Literal

from aiogram.filters.callback_data import CallbackData

from bot.buttons.fields import PersonNumber

FieldGroup = Literal["place", "links", "other"]
"""The groups of columns that can be edited; see `directory.file.columns`."""


class Editors(CallbackData, prefix="es"):
    """The list of owners and editors."""

    n: int = 0


class EditorCard(CallbackData, prefix="ec"):
    """One of the staff: what is entrusted, and what can be done about it."""

    person: PersonNumber


class Entrust(CallbackData, prefix="et"):
    """Choose what to entrust to the person: a territory below `territory`, or a category, within
    `territory` or everywhere."""

    person: PersonNumber
    by: Literal["territory", "category"]
    territory: int = 0
    n: int = 0


class Appoint(CallbackData, prefix="ea"):
    """Entrust this to the person, too."""

    person: PersonNumber
    territory: int = 0
    category: str = ""


class Withdraw(CallbackData, prefix="ew"):
    """Entrust this to the person no longer."""

    person: PersonNumber
    territory: int = 0
    category: str = ""


class EditorName(CallbackData, prefix="eq"):
    """Be asked for the person's name."""

    person: PersonNumber


class EditorUntil(CallbackData, prefix="el"):
    """Let the editor's rights end after so many `days` (0: never); None: choose."""

    person: PersonNumber
    days: int | None = None


class FindPerson(CallbackData, prefix="eh"):
    """Find somebody for the staff: make a link to pass on, or choose among one's contacts."""

    by: Literal["link", "contacts"]


class WhoMay(CallbackData, prefix="eo"):
    """Be asked of what to tell who may change it."""


class OfferOwner(CallbackData, prefix="eu"):
    """Offer the person to become an owner."""

    person: PersonNumber


class OfferBack(CallbackData, prefix="ei"):
    """Offer it to the person no longer."""

    person: PersonNumber


class BecomeOwner(CallbackData, prefix="ev"):
    """The person's answer to that."""

    yes: bool


class Dismiss(CallbackData, prefix="ex"):
    """Take all rights of an editor or an owner away."""

    person: PersonNumber


class AuditLog(CallbackData, prefix="al"):
    """The audit log."""

    n: int = 0


class AuditFile(CallbackData, prefix="af"):
    """The whole audit log as a file."""


class EditPage(CallbackData, prefix="ep"):
    """Begin to edit a page."""

    page: str


class AddPage(CallbackData, prefix="en"):
    """Begin a new page."""


class EditMore(CallbackData, prefix="em"):
    """Choose a field for the draft, of a group of the columns."""

    draft: str
    group: FieldGroup = "place"


class EditField(CallbackData, prefix="ef"):
    """Be asked for the new value of a field; `column` is the contract's."""

    draft: str
    column: str


class EditChoose(CallbackData, prefix="ek"):
    """Take a page as the value of a field that names another page."""

    draft: str
    column: str
    page: str


class EditSave(CallbackData, prefix="ed"):
    """Save the draft."""

    draft: str


class EditCancel(CallbackData, prefix="ez"):
    """Give the draft up."""

    draft: str
