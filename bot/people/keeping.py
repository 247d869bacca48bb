"""What those may do who run a page: judged in the database, as it is done."""

from __future__ import annotations

from aiogram.types import CallbackQuery, Message
from aiogram.utils.i18n import gettext as _
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.people.permitted import NotPermittedError
from bot.people.reader import author
from directory.model import Page, Status
from directory.store import keepers, records


async def kept_page(
    connection: AsyncConnection, event: CallbackQuery | Message, page_id: str
) -> tuple[int, Page]:
    """Return the person whose own word the event is, and the page that they run.

    Raises `NotPermittedError`. While a page is hidden nobody runs it: whoever took it over could
    have proved it, too.
    """
    person = author(event)
    found = await records.read_pages(connection, [page_id])
    if person is None or not found or not await keepers.is_keeper(connection, person, page_id):
        raise NotPermittedError(_("you are not among those who run this page"))
    if found[0].status in (Status.HIDDEN, Status.RETIRED):
        raise NotPermittedError(_("the page is withdrawn: write to the editors"))
    return person, found[0]
