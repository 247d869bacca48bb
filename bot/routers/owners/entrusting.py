"""What owners entrust to one of the staff: territories, spheres, for how long, or all of it."""

from __future__ import annotations

from datetime import timedelta

from aiogram import Bot, F, Router
from aiogram.types import CallbackQuery
from aiogram.utils.callback_answer import CallbackAnswer
from sqlalchemy.exc import IntegrityError

from bot.buttons.editors import Appoint, EditorUntil, Entrust, OfferBack, OfferOwner, Withdraw
from bot.buttons.fields import category_key
from bot.people.admin_router import admin_router
from bot.people.permitted import still
from bot.people.staff import tell
from bot.screens.staff_list import staff_card
from bot.settings import Settings
from bot.talk.send import redraw
from bot.views.owners import entrusting
from bot.views.owners import staff as views
from bot.views.view import SCREEN, screen
from bot.views.words import today
from directory.directory import Directory
from directory.rights import Rights, Role, Scope
from directory.store import staff


async def choose_territory(
    press: CallbackQuery, callback_data: Entrust, directory: Directory
) -> None:
    """The territories below one."""
    here = directory.territories.get(callback_data.territory)
    below = directory.territories.children(here.id if here else None)
    at = screen(callback_data.n, len(below))
    shown = below[at.start : at.start + SCREEN]
    await redraw(press, entrusting.which_territory(callback_data.person, here, shown, at))


async def choose_category(
    press: CallbackQuery, callback_data: Entrust, directory: Directory
) -> None:
    """The categories, within a territory or everywhere."""
    here = directory.territories.get(callback_data.territory)
    at = screen(callback_data.n, len(directory.categories))
    shown = directory.categories[at.start : at.start + SCREEN]
    await redraw(press, entrusting.which_category(callback_data.person, shown, at, here))


async def appoint(
    press: CallbackQuery,
    callback_data: Appoint,
    callback_answer: CallbackAnswer,
    directory: Directory,
    rights: Rights,
    settings: Settings,
    bot: Bot,
) -> None:
    """Entrust something to somebody, and tell them."""
    person, scope = callback_data.person, _scope(callback_data, directory)
    if person in settings.admin_ids:
        await redraw(press, views.is_owner(person))
        return
    if scope is None:
        callback_answer.text = entrusting.cannot_entrust()
        return
    tree, by = directory.territories, press.from_user.id
    try:
        async with directory.db.write() as connection:
            await still(connection, rights, Role.OWNER)
            changed = await staff.appoint(connection, person, scope, by=by)
            member = await staff.get(connection, person)
    except IntegrityError:  # It went between the two looks.
        callback_answer.text = entrusting.cannot_entrust()
        return
    if not changed or member is None:
        callback_answer.text = entrusting.entrusted_before()
        return
    await directory.refresh()
    given = member.rights(today())
    told = await tell(bot, person, views.told(given, tree))
    await redraw(press, entrusting.appointed(member, given, tree, told=told))


async def withdraw(
    press: CallbackQuery,
    callback_data: Withdraw,
    callback_answer: CallbackAnswer,
    directory: Directory,
    rights: Rights,
    settings: Settings,
    bot: Bot,
) -> None:
    """Entrust something to somebody no longer, and tell them."""
    person, scope = callback_data.person, _scope(callback_data, directory)
    tree, by = directory.territories, press.from_user.id
    async with directory.db.write() as connection:
        await still(connection, rights, Role.OWNER)
        gone = scope is not None and await staff.withdraw(connection, person, scope, by=by)
        member = await staff.get(connection, person)
    if not gone or member is None:
        callback_answer.text = entrusting.cannot_entrust()
        return
    await directory.refresh()
    await tell(bot, person, views.told(member.rights(today()), tree))
    await redraw(press, await staff_card(person, directory, settings, bot))


async def choose_until(
    press: CallbackQuery,
    callback_data: EditorUntil,
    callback_answer: CallbackAnswer,
    directory: Directory,
    rights: Rights,
    settings: Settings,
    bot: Bot,
) -> None:
    """Until when: the choice, or what was chosen."""
    person, days = callback_data.person, callback_data.days
    if days is None:
        async with directory.db.read() as connection:
            member = await staff.get(connection, person)
        if member is None:
            callback_answer.text = views.no_member()
        else:
            await redraw(press, views.until(member))
        return
    until = today() + timedelta(days=days) if days in views.LIMITS and days else None
    async with directory.db.write() as connection:
        await still(connection, rights, Role.OWNER)
        await staff.limit(connection, person, until, by=press.from_user.id)
    await redraw(press, await staff_card(person, directory, settings, bot))


async def offer(
    press: CallbackQuery,
    callback_data: OfferOwner,
    callback_answer: CallbackAnswer,
    directory: Directory,
    rights: Rights,
    bot: Bot,
) -> None:
    """Ask somebody of the staff to become an owner, who must agree."""
    person = callback_data.person
    async with directory.db.write() as connection:
        await still(connection, rights, Role.OWNER)
        done = await staff.offer(connection, person, by=press.from_user.id)
        member = await staff.get(connection, person)
    if not done or member is None:
        callback_answer.text = views.no_member()
        return
    told = await tell(bot, person, entrusting.offer())
    await redraw(press, entrusting.offered(member, told=told))


async def take_offer_back(
    press: CallbackQuery,
    callback_data: OfferBack,
    callback_answer: CallbackAnswer,
    directory: Directory,
    rights: Rights,
    settings: Settings,
    bot: Bot,
) -> None:
    """Offer it no longer."""
    person = callback_data.person
    async with directory.db.write() as connection:
        await still(connection, rights, Role.OWNER)
        done = await staff.take_offer_back(connection, person, by=press.from_user.id)
    if not done:
        callback_answer.text = views.nothing_offered()
    await redraw(press, await staff_card(person, directory, settings, bot))


def _scope(chosen: Appoint | Withdraw, directory: Directory) -> Scope | None:
    """The scope that the button names, None when it names what is no more."""
    place = directory.territories.get(chosen.territory)
    if chosen.territory and place is None:
        return None
    category = ""
    if chosen.category:
        same = (name for name in directory.categories if category_key(name) == chosen.category)
        category = next(same, "")
        if not category:
            return None
    return Scope(place.id if place else None, category)


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
