"""What owners entrust to one of the staff: territories, spheres, for how long, or all of it."""

from __future__ import annotations

from datetime import timedelta

from aiogram import F, Router
from aiogram.types import CallbackQuery
from aiogram.utils.callback_answer import CallbackAnswer
from aiogram.utils.i18n import gettext as _
from sqlalchemy.exc import IntegrityError

from bot.buttons.editors import Appoint, EditorUntil, Entrust, OfferBack, OfferOwner, Withdraw
from bot.buttons.fields import category_of
from bot.people.admin_router import admin_router
from bot.people.permitted import Office
from bot.people.staff import tell
from bot.screens.staff_list import staff_card
from bot.talk.notices import NoticeError
from bot.talk.send import redraw
from bot.views.owners import entrusting as views
from bot.views.owners.staff import LIMITS, is_owner, no_member, told, until
from bot.views.view import screen
from bot.views.words import today
from directory.directory import Directory
from directory.rights import Role, Scope
from directory.store import staff


async def choose_territory(
    press: CallbackQuery, callback_data: Entrust, directory: Directory
) -> None:
    """Offer the territories below one."""
    here = directory.territories.get(callback_data.territory)
    below = directory.territories.children(here.id if here else None)
    at = screen(callback_data.n, len(below))
    await redraw(press, views.which_territory(callback_data.person, here, at.shown(below), at))


async def choose_category(
    press: CallbackQuery, callback_data: Entrust, directory: Directory
) -> None:
    """Offer the categories, within a territory or everywhere."""
    here = directory.territories.get(callback_data.territory)
    at = screen(callback_data.n, len(directory.categories))
    shown = at.shown(directory.categories)
    await redraw(press, views.which_category(callback_data.person, shown, at, here))


async def appoint(press: CallbackQuery, callback_data: Appoint, office: Office) -> None:
    """Entrust something to somebody, and tell them."""
    person, tree = callback_data.person, office.directory.territories
    if person in office.settings.admin_ids:
        await redraw(press, is_owner(person))
        return
    scope = _scope(callback_data, office.directory)
    try:
        async with office.write() as work:
            changed = await staff.appoint(work.connection, person, scope, by=office.person)
            member = await staff.get(work.connection, person)
    except IntegrityError:  # It went between the two looks.
        raise _gone() from None
    if not changed or member is None:
        raise NoticeError(_("They are entrusted with this already."))
    given = member.rights(today())
    reached = await tell(office.bot, person, told(given, tree))
    await redraw(press, views.appointed(member, given, tree, told=reached))


async def withdraw(press: CallbackQuery, callback_data: Withdraw, office: Office) -> None:
    """Take something back from somebody, and tell them."""
    person, scope = callback_data.person, _scope(callback_data, office.directory)
    async with office.write() as work:
        gone = await staff.withdraw(work.connection, person, scope, by=office.person)
        member = await staff.get(work.connection, person)
    if not gone or member is None:
        raise _gone()
    await tell(office.bot, person, told(member.rights(today()), office.directory.territories))
    await redraw(press, await staff_card(office, person))


async def choose_until(press: CallbackQuery, callback_data: EditorUntil, office: Office) -> None:
    """Offer until when rights last, or keep what was chosen."""
    person, days = callback_data.person, callback_data.days
    if days is None:
        async with office.read() as work:
            member = await staff.get(work.connection, person)
        if member is None:
            raise NoticeError(no_member())
        await redraw(press, until(member))
        return
    last = today() + timedelta(days=days) if days in LIMITS and days else None
    async with office.write() as work:
        await staff.limit(work.connection, person, last, by=office.person)
    await redraw(press, await staff_card(office, person))


async def offer(press: CallbackQuery, callback_data: OfferOwner, office: Office) -> None:
    """Ask somebody of the staff to become an owner, who must agree."""
    person = callback_data.person
    async with office.write() as work:
        done = await staff.offer(work.connection, person, by=office.person)
        member = await staff.get(work.connection, person)
    if not done or member is None:
        raise NoticeError(no_member())
    reached = await tell(office.bot, person, views.offer())
    await redraw(press, views.offered(member, told=reached))


async def take_offer_back(
    press: CallbackQuery,
    callback_data: OfferBack,
    callback_answer: CallbackAnswer,
    office: Office,
) -> None:
    """Offer it no longer. It may have been answered, or have gone with the rights."""
    person = callback_data.person
    async with office.write() as work:
        done = await staff.take_offer_back(work.connection, person, by=office.person)
    if not done:
        callback_answer.text = _("Nothing is offered to this person.")
    await redraw(press, await staff_card(office, person))


def _scope(chosen: Appoint | Withdraw, directory: Directory) -> Scope:
    """Return the scope that the button names. Raises `NoticeError` if it names what is no more."""
    place = directory.territories.get(chosen.territory)
    category = category_of(chosen.category, directory.categories)
    if category is None or (chosen.territory and place is None):
        raise _gone()
    return Scope(place.id if place else None, category)


def _gone() -> NoticeError:
    return NoticeError(_("This territory or sphere is there no longer."))


def make() -> Router:
    router = admin_router(__name__, Role.OWNER)
    router.callback_query.register(choose_territory, Entrust.filter(F.by == "territory"))
    router.callback_query.register(choose_category, Entrust.filter(F.by == "category"))
    router.callback_query.register(appoint, Appoint.filter())
    router.callback_query.register(withdraw, Withdraw.filter())
    router.callback_query.register(choose_until, EditorUntil.filter())
    router.callback_query.register(offer, OfferOwner.filter())
    router.callback_query.register(take_offer_back, OfferBack.filter())
    return router
