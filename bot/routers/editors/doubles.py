"""Pages that stand twice: the list of them, and merging two into one."""

from __future__ import annotations

import asyncio

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message
from aiogram.utils.callback_answer import CallbackAnswer
from aiogram.utils.i18n import gettext as _

from bot.buttons.fields import page_key
from bot.buttons.trust import Different, DoubleList, Merge, SameAs
from bot.people.admin_router import admin_router
from bot.people.permitted import Office, Work
from bot.screens.page_entries import entries_meant
from bot.talk.progress import BEFOREHAND
from bot.talk.questions import Replies, ask
from bot.talk.send import redraw, reply, send
from bot.views.editors import doubles as views
from bot.views.view import View, screen
from directory.editing.doubles import doubles, read_for_doubles, told_apart
from directory.editing.page_merging import PageMerge, propose_merge
from directory.model import Action, Origin
from directory.store import audit, records, reports, revisions
from directory.store.audit import Act
from directory.store.change_log import changed_since
from directory.store.precaution import copy_before


async def show(press: CallbackQuery, callback_data: DoubleList, office: Office) -> None:
    """List the pairs of which this editor may change both."""
    await redraw(press, await _list(office, callback_data.n))


async def _list(office: Office, n: int) -> View:
    tree = office.directory.territories
    async with office.read() as work:
        pages, shared, apart = await read_for_doubles(work.connection)
    found = [
        pair
        for pair in await asyncio.to_thread(doubles, pages, shared, tree, apart)
        if office.may(pair.one) and office.may(pair.other)
    ]
    at = screen(n, len(found))
    return views.double_list(at.shown(found), at, tree)


async def tell_apart(
    press: CallbackQuery, callback_data: Different, callback_answer: CallbackAnswer, office: Office
) -> None:
    """These are two: the list names them no longer."""
    async with office.write() as work:
        ids = await _ids(work, callback_data)
        found = await records.read_pages(work.connection, ids)
        pair = " ".join(sorted(ids))
        if len(found) == len(ids) and all(work.rights.may(x, work.territories) for x in found):
            if frozenset(ids) not in await told_apart(work.connection):
                await audit.record(work.connection, office.person, Act.DIFFERENT, subject=pair)
            callback_answer.text = _("Noted: these are two pages")
    await redraw(press, await _list(office, 0))


async def ask_same(press: CallbackQuery, callback_data: SameAs) -> None:
    """Ask which other page is the same."""
    hint = _(
        "Write it as you would search for it. You will see what a merge does before it is done."
    )
    await ask(press, views.same_as(), hint, about=callback_data.page)


async def take_same(message: Message, about: str, office: Office) -> None:
    """The other page in words: what merging would do, or a choice."""
    meant, sure = await entries_meant(office.directory, message.text or "", but=about)
    if not meant:
        again = _("No page is called like that; write its name in other words.")
        await ask(message, views.same_as(), again, about=about)
    elif sure:
        async with office.read() as work:
            view = await _preview(work, about, meant[0].page.id)
        await reply(message, view)
    else:
        await reply(message, views.which_same(about, meant))


async def look(press: CallbackQuery, callback_data: Merge, office: Office) -> None:
    """Show what merging would do."""
    async with office.read() as work:
        one, other = await _ids(work, callback_data)
        view = await _preview(work, one, other, newer=callback_data.newer)
    await send(press, view)


async def merge(press: CallbackQuery, callback_data: Merge, office: Office) -> None:
    """Merge what was previewed, and nothing else."""
    async with office.read() as work:  # pages that refer to the one that goes change
        found = await _proposed(work, callback_data)
    await copy_before(office.directory.db, "merge", len(found.changes) if found else 0)
    async with office.write() as work:
        view = await _merge(work, office.person, callback_data)
    await redraw(press, view)


async def _merge(work: Work, actor: int, of: Merge) -> View:
    proposed = await _proposed(work, of)
    if proposed is None:
        return views.not_there()
    if proposed.refused:
        return views.preview(proposed, work.territories, newer=of.newer)
    ids = [proposed.kept.id, proposed.gone.id]
    if await changed_since(work.connection, ids, of.revision):
        above = views.meanwhile()
        return views.preview(proposed, work.territories, newer=of.newer, above=above)
    note = f"{proposed.gone.title} → {proposed.after.title}"
    origin = Origin(Action.MERGE_PAGES, actor, note=note)
    revision = await revisions.apply(work.connection, proposed.changes, origin)
    # Who runs the page that goes has not proved anything of the one that stays: they stay behind.
    await reports.move(work.connection, proposed.gone.id, proposed.kept.id)
    return views.merged(proposed, revision)


async def _proposed(work: Work, of: Merge) -> PageMerge | None:
    one, other = await _ids(work, of)
    return await propose_merge(work.connection, work.rights, one, other, newer_says=of.newer)


async def _preview(work: Work, one: str, other: str, *, newer: bool = False) -> View:
    proposed = await propose_merge(work.connection, work.rights, one, other, newer_says=newer)
    if proposed is None:
        return views.not_there()
    return views.preview(proposed, work.territories, newer=newer)


async def _ids(work: Work, of: Merge | Different) -> tuple[str, str]:
    """Return the ids of the pages that a button names, "" for one that is no more."""
    keys = {page_key(page): page for page in await records.page_ids(work.connection)}
    return keys.get(of.one, ""), keys.get(of.other, "")


def make() -> Router:
    router = admin_router(__name__)
    router.callback_query.register(show, DoubleList.filter(), flags=BEFOREHAND)
    router.callback_query.register(tell_apart, Different.filter())
    router.callback_query.register(ask_same, SameAs.filter())
    router.callback_query.register(look, Merge.filter(F.revision == 0))
    router.callback_query.register(merge, Merge.filter())
    router.message.register(take_same, Replies(views.same_as))
    return router
