"""Quarantine: a page, or one link of it, withdrawn at once, with a reason; and its return.

Each is a revision. What is withdrawn stays in the directory: an old button or a saved list leads to
a warning with the reason, and `verify` reports its links as not to be trusted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from directory.changes import page_change
from directory.links.keys import identity
from directory.links.registry import HACKED
from directory.model import Action, Link, Origin, Page, PageLink, Status
from directory.store import records, revisions
from directory.store.tables import changes
from directory.store.tables import revisions as revision_rows
from directory.text import LIMITS, clean
from directory.withdrawals import reaches

REASONS = {
    "hacked": HACKED,
    "double": "это двойник, а не официальная страница",
    "elsewhere": "ссылка ведёт не туда",
    "dead": "страница не открывается",
    "reported": "по сообщению читателей",
}
"""Ready reasons to hide, as they are kept: people who open the page read them."""

CONFIRMED = "страница на месте"
"""What the history keeps of a confirmation."""

TOGETHER = timedelta(hours=1)
"""How long the confirmations of one person are listed together."""

REASONS_TO_REMOVE = {
    "mistake": "внесена по ошибке",
    "twice": "в справочнике есть другая запись о том же",
    "foreign": "это не орган власти и не учреждение",
}
"""Ready reasons to take a page out of the directory, as the history keeps them."""


class WithdrawnElsewhereError(Exception):
    """The link is withdrawn for `reason` on the page `title` of a wider place, and so on this."""

    def __init__(self, title: str, reason: str) -> None:
        super().__init__(title, reason)
        self.title = title
        self.reason = reason


async def hide(
    connection: AsyncConnection, page: str, reason: str, actor: int | None, link: Link | None = None
) -> int | None:
    """Withdraw the page, or one link of it; return the revision, None when it is withdrawn already.

    A link is withdrawn from all pages that this reaches (`directory.withdrawals`): one account is
    not warned of on one card and shown on another. `reason` is what people who open the page will
    read; `actor` is the editor's Telegram id. Raises `KeyError` when there is no such page or the
    page has no such link, `ValueError` when nothing is left of the reason.
    """
    why = _cleaned(reason)
    before = await _page(connection, page)
    origin = Origin(Action.HIDE, actor, note=why)
    if link is not None:
        found = [before, *await reached(connection, before, link)]
        after = [_with_link(x, link, lambda y: replace(y, hidden=y.hidden or why)) for x in found]
        return await _revise(connection, found, after, origin)
    if before.status is Status.HIDDEN:
        return None
    now = replace(before, status=Status.HIDDEN, hidden=why)
    return await _revise(connection, [before], [now], origin)


async def restore(
    connection: AsyncConnection, page: str, actor: int | None, link: Link | None = None
) -> int | None:
    """Bring a page or a link of it back; return the revision, None when nothing is hidden or gone.

    A page gets the status that it had before it was hidden or taken out; one that was hidden when
    it was taken out returns hidden. Links that were hidden separately stay hidden. A link returns
    to all pages that its withdrawal reaches. Raises `KeyError` like `hide`, and
    `WithdrawnElsewhereError`.
    """
    before = await _page(connection, page)
    if link is not None:
        return await _restore_link(connection, before, link, Origin(Action.RESTORE, actor))
    if before.status not in (Status.HIDDEN, Status.RETIRED) or before.merged_into:
        return None
    was_hidden = before.status is Status.RETIRED and before.hidden  # it left as a warning
    status = Status.HIDDEN if was_hidden else await _former_status(connection, before)
    after = replace(before, status=status, hidden=before.hidden * (status is Status.HIDDEN))
    return await _revise(connection, [before], [after], Origin(Action.RESTORE, actor))


async def reached(connection: AsyncConnection, page: Page, link: Link) -> list[Page]:
    """The other pages with the account for which its withdrawal on this page holds: those too that
    were merged into it, which an undo would bring back."""
    found = [x for x in await records.pages_with(connection, [link]) if x.id != page.id]
    if not found:
        return []
    tree = await records.read_tree(connection)
    return [x for x in found if x.merged_into == page.id or reaches(page, x, tree)]


async def still_shown(
    connection: AsyncConnection, hidden: Sequence[Page], link: Link | None = None
) -> list[Page]:
    """The other pages that show the link, or (None) a link of the hidden ones."""
    wanted = [link] if link else [x.link for page in hidden for x in page.links]
    keys = set(map(identity, wanted))
    own = {page.id for page in hidden}
    found = await records.pages_with(connection, wanted)
    return [
        other
        for other in found
        if other.id not in own and any(identity(x.link) in keys for x in other.shown_links)
    ]


async def _restore_link(
    connection: AsyncConnection, before: Page, link: Link, origin: Origin
) -> int | None:
    if not _why_hidden(before, link):
        return None
    found = [before, *await reached(connection, before, link)]
    tree = await records.read_tree(connection)
    for other in await records.pages_with(connection, [link]):
        beyond = other not in found and not other.merged_into
        if beyond and _why_hidden(other, link) and reaches(other, before, tree):
            raise WithdrawnElsewhereError(other.title, _why_hidden(other, link))
    after = [_with_link(x, link, lambda y: replace(y, hidden="")) for x in found]
    return await _revise(connection, found, after, origin)


async def remove(
    connection: AsyncConnection, page: str, reason: str, actor: int | None
) -> int | None:
    """Take the page out of the directory; return the revision, None when it is out already.

    It is retired, not deleted: an old link and a saved page that name it say so, and undo brings it
    back. For entries that are wrong; a body that is no more has the status closed. Raises
    `KeyError` when there is no such page, `ValueError` when nothing is left of the reason.
    """
    why = _cleaned(reason)
    before = await _page(connection, page)
    after = replace(before, status=Status.RETIRED)
    return await _revise(connection, [before], [after], Origin(Action.REMOVE, actor, note=why))


async def confirm(
    connection: AsyncConnection, page: str, today: date, actor: int | None
) -> int | None:
    """Record that an editor has checked the page and its shown links today.

    Returns the revision, None when that is noted already or the page is hidden. Confirmations of
    one person within an hour are listed together. Raises `KeyError` when there is no such page.
    """
    before = await _page(connection, page)
    if before.status is Status.HIDDEN:
        return None
    first = await _confirmation_within_hour(connection, actor, page)
    origin = Origin(Action.CONFIRM, actor, note=CONFIRMED, part_of=first)
    return await _revise(connection, [before], [before.confirmed(today)], origin)


async def confirm_all(
    connection: AsyncConnection, found: Sequence[Page], today: date, actor: int | None
) -> int | None:
    """Confirm these pages, as they are in this transaction, with one revision of its own.

    Returns its number, None when all of them are confirmed today already or hidden.
    """
    made = [
        page_change(page, after)
        for page in found
        if page.status is not Status.HIDDEN and (after := page.confirmed(today)) != page
    ]
    if not made:
        return None
    return await revisions.apply(connection, made, Origin(Action.CONFIRM, actor, note=CONFIRMED))


async def _confirmation_within_hour(
    connection: AsyncConnection, actor: int | None, page: str
) -> int | None:
    """The first confirmation of the person's last hour, with which others are listed.

    Not one with which this page is listed already, as before midnight: the two would be undone
    together, where the later one keeps the earlier from being undone.
    """
    since = datetime.now(UTC) - TOGETHER
    undone = select(revision_rows.c.undoes).where(revision_rows.c.undoes.is_not(None))
    of_page = (
        select(func.coalesce(revision_rows.c.part_of, revision_rows.c.id))
        .join(changes, changes.c.revision == revision_rows.c.id)
        .where(changes.c.entity == "page", changes.c.key == page, revision_rows.c.at > since)
    )
    query = select(revision_rows.c.id).where(
        revision_rows.c.action == Action.CONFIRM,
        revision_rows.c.actor == actor,
        revision_rows.c.part_of.is_(None),
        revision_rows.c.at > since,
        revision_rows.c.id.not_in(undone),
        revision_rows.c.id.not_in(of_page),
    )
    found: int | None = await connection.scalar(query.order_by(revision_rows.c.id.desc()).limit(1))
    return found


def _cleaned(reason: str) -> str:
    why = clean(reason, LIMITS["reason"])
    if not why:
        raise ValueError("a reason is needed")
    return why


async def _page(connection: AsyncConnection, page: str) -> Page:
    found = await records.read_page(connection, page)
    if found is None:
        raise KeyError(page)
    return found


def _with_link(page: Page, link: Link, altered: Callable[[PageLink], PageLink]) -> Page:
    """The page with all its links to the account altered: it may be in two slots, and be written in
    two ways."""
    key = identity(link)
    if all(identity(x.link) != key for x in page.links):
        raise KeyError(link.key)
    links = (altered(x) if identity(x.link) == key else x for x in page.links)
    return replace(page, links=tuple(links))


def _why_hidden(page: Page, link: Link) -> str:
    """Why the account is withdrawn on the page for itself, "" when it is not."""
    key = identity(link)
    return next((x.hidden for x in page.links if x.hidden and identity(x.link) == key), "")


async def _former_status(connection: AsyncConnection, page: Page) -> Status:
    rows = await connection.execute(
        select(changes.c.before)
        .where(changes.c.entity == "page", changes.c.key == page.id)
        .order_by(changes.c.revision.desc())
    )
    for (before,) in rows:
        # An update that left the status alone has none.
        if before and (was := before.get("status")) and was not in (Status.HIDDEN, Status.RETIRED):
            return Status(was)
    return Status.ACTIVE


async def _revise(
    connection: AsyncConnection, before: Sequence[Page], after: Sequence[Page], origin: Origin
) -> int | None:
    made = [page_change(old, new) for old, new in zip(before, after, strict=True) if old != new]
    return await revisions.apply(connection, made, origin) if made else None
