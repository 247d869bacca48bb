"""The order in which the conversations are asked whether an update is theirs."""

from __future__ import annotations

from aiogram import Router

from bot.people.admin_router import admin_router
from bot.routers import (
    admin,
    audit,
    backup,
    broken_links,
    browse,
    bulk,
    card,
    confirm,
    doubles,
    editing,
    editors,
    entrusting,
    exporting,
    forget,
    forwards,
    groups,
    history,
    home,
    imports,
    inline,
    joining,
    keepers,
    keepers_office,
    monthly,
    news,
    quarantine,
    queue,
    removal,
    reports,
    search,
    stale,
    start,
    territories,
    verify,
)
from bot.talk.kinds import has_command, in_private


def in_order() -> list[Router]:
    """All routers, the first to be asked first.

    Each question has a price, and so has each router on the way: inline queries and presses for a
    card are taken first. What most people send, nothing but words, does not come here at all (see
    `bot.app`).
    """
    offices = (
        *(admin, exporting, imports, history, queue, quarantine, keepers_office, removal),
        *(doubles, bulk),
        *(confirm, broken_links, monthly, editing, editors, entrusting, territories, audit, backup),
    )
    office = admin_router("office")
    office.include_routers(*(module.make() for module in offices))
    commands = Router(name="commands")
    commands.message.filter(has_command)
    commands.include_routers(
        *(
            joining.make(),
            start.make(),
            forget.make(),
            browse.commands(),
            verify.commands(),
            search.commands(),
        )
    )
    private = Router(name="private")
    private.message.filter(in_private)
    talks = (reports, keepers, browse, home, news, verify, search)
    private.include_routers(
        *(card.make(), forwards.make(), office, commands), *(module.make() for module in talks)
    )
    return [inline.make(), groups.others(), private, groups.make(), stale.make()]
