"""What an editor's button names, and whether it is theirs to change: judged as it is changed."""

from __future__ import annotations

from aiogram.utils.i18n import gettext as _
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.buttons.fields import link_by
from directory.model import Link, Page, Status
from directory.rights import Rights, Role
from directory.store import records, staff
from directory.territories import Territories


class NotPermittedError(Exception):
    """Why it cannot be done, to stand after “It cannot be done:”.

    Handlers let it pass: the person is told in one place (`bot.routers.stale`), and nothing of the
    transaction that it ends is kept.
    """


async def still(connection: AsyncConnection, rights: Rights, role: Role = Role.EDITOR) -> Rights:
    """What the person may do as this transaction sees it.

    Every transaction that writes by somebody's right begins with it, or with `target`. Raises
    `NotPermittedError` when they have the role no longer.
    """
    now = await staff.current(connection, rights)
    if now.role < role:
        raise NotPermittedError(_("your rights were taken away meanwhile"))
    return now


async def target(
    connection: AsyncConnection,
    territories: Territories,
    rights: Rights,
    page: str,
    key: str = "",
    *,
    retired: bool = False,
) -> tuple[Page, Link | None]:
    """The page, and the link that `key` names unless it is "", as this transaction sees them.

    A page that left the directory counts only when `retired`. Raises `NotPermittedError` when there
    is none such any more, or it is not this person's to change.
    """
    rights = await still(connection, rights)
    found = await records.read_pages(connection, [page])
    link = link_by(found[0], key) if found and key else None
    if not found or (found[0].status is Status.RETIRED and not retired) or (key and link is None):
        raise NotPermittedError(
            _("this page or link is in the directory no longer, the list has changed")
        )
    if not rights.may(found[0], territories):
        raise NotPermittedError(
            _("the page “{title}” is outside your rights; you are entrusted with: {scope}").format(
                title=found[0].title, scope=rights.scope.words(territories)
            )
        )
    return found[0], link
