"""The order in which the conversations are asked whether an update is theirs."""

from __future__ import annotations

from aiogram import Router

from bot.people.admin_router import admin_router
from bot.routers import stale
from bot.routers.citizens import (
    browse,
    card,
    forwards,
    groups,
    home,
    inline,
    joining,
    keepers,
    news,
    privacy,
    reports,
    search,
    start,
    verify,
)
from bot.routers.editors import (
    broken_links,
    bulk,
    confirm,
    doubles,
    editing,
    exporting,
    history,
    imports,
    monthly,
    office,
    page_keepers,
    quarantine,
    queue,
    removal,
)
from bot.routers.owners import audit, backup, entrusting, staff, territories
from bot.talk.kinds import has_command, in_private, is_reply


def in_order() -> list[Router]:
    """Return all routers, the first to be asked first.

    Each question has a price, and so has each router on the way: inline queries and presses for a
    card are taken first. What most people send, nothing but words, does not come here at all (see
    `bot.app`).
    """
    looking_after = (
        *(office, exporting, imports, history, queue, quarantine, page_keepers, removal),
        *(doubles, bulk, confirm, broken_links, monthly, editing),
        *(staff, entrusting, territories, audit, backup),
    )
    administration = admin_router("office")
    administration.include_routers(*(module.make() for module in looking_after))
    commands = Router(name="commands")
    commands.message.filter(has_command)
    commands.include_routers(
        *(
            joining.make(),
            start.make(),
            privacy.make(),
            browse.commands(),
            verify.commands(),
            search.commands(),
        )
    )
    private = Router(name="private")
    private.message.filter(in_private)
    replies = Router(name="replies")
    replies.message.filter(is_reply)
    replies.include_routers(reports.make(), keepers.make())
    talks = (browse, home, news, verify, search)
    private.include_routers(
        *(card.make(), forwards.make(), administration, commands, replies),
        *(module.make() for module in talks),
    )
    return [inline.make(), groups.others(), private, groups.make(), stale.make()]
