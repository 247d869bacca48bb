"""Results of link checks: one row per account, whatever pages it is on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, func, insert, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from directory.links.outcome import BROKEN_DAYS, Checked, CheckOutcome, Replaced
from directory.model import Link, Status
from directory.store.tables import link_checks, links, pages

_SAME = and_(links.c.platform == link_checks.c.platform, links.c.account == link_checks.c.account)
_SHOWN = and_(pages.c.status == Status.ACTIVE.value, links.c.hidden == "")


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """A link for editors to look at: broken (`moved_to` is empty), or leading elsewhere."""

    page: str
    link: Link
    failing_days: int
    moved_to: str
    last_checked: date


async def to_check(connection: AsyncConnection) -> list[Link]:
    """Every account that active pages show, once; the least recently checked first.

    Equals come in random order: a server that limits requests a day is not always asked for the
    same ones.
    """
    kind = func.min(links.c.kind)
    last = func.min(link_checks.c.last_checked)
    rows = await connection.execute(
        select(links.c.platform, kind, links.c.account)
        .join(pages, pages.c.id == links.c.page)
        .outerjoin(link_checks, _SAME)
        .where(_SHOWN)
        .group_by(links.c.platform, links.c.account)
        .order_by(last.asc().nulls_first(), func.random())
    )
    return [Link(platform, kind, account) for platform, kind, account in rows]


async def save(
    connection: AsyncConnection, found: Iterable[Checked], today: date
) -> list[Replaced]:
    """Store today's results; return the links whose nick now belongs to another account.

    A failure counts once a day, a success resets the count, a link that could not be checked
    leaves it unchanged. A known number is kept when a later check returns none.
    """
    replaced = []
    for each in found:
        key = and_(
            link_checks.c.platform == each.link.platform,
            link_checks.c.account == each.link.account,
        )
        row = (await connection.execute(select(link_checks).where(key))).one_or_none()
        failing, last_failing = (row.failing_days, row.last_failing) if row else (0, None)
        if each.outcome.opened:
            failing = 0
        elif each.outcome.failed and (failing == 0 or last_failing != today):
            failing, last_failing = failing + 1, today
        was = row.number if row else None
        if each.number is not None and was is not None and each.number != was:
            replaced.append(Replaced(each.link, was, each.number))
        values = {
            "last_checked": today,
            "outcome": each.outcome.value,
            "moved_to": each.moved_to,
            "failing_days": failing,
            "last_failing": last_failing,
            "number": was if each.number is None else each.number,
        }
        if row:
            await connection.execute(update(link_checks).where(key).values(values))
        else:
            values |= {"platform": each.link.platform, "account": each.link.account}
            await connection.execute(insert(link_checks), values)
    return replaced


async def shown_on(connection: AsyncConnection, link: Link) -> list[tuple[str, Link]]:
    """The pages on which the account is not hidden, each with the link as it stands there."""
    rows = await connection.execute(
        select(links.c.page, links.c.kind)
        .where(
            links.c.platform == link.platform,
            links.c.account == link.account,
            links.c.hidden == "",
        )
        .distinct()
        .order_by(links.c.page)
    )
    return [(page, Link(link.platform, kind, link.account)) for page, kind in rows]


async def troubles(connection: AsyncConnection, page: str | None = None) -> list[BrokenLink]:
    """The shown links that are broken or lead elsewhere, of one page or of all, longest broken
    first."""
    checks = link_checks.c
    broken = checks.failing_days >= BROKEN_DAYS
    rows = await connection.execute(
        select(links.c.page, links.c.platform, links.c.kind, links.c.account)
        .add_columns(checks.failing_days, checks.moved_to, checks.last_checked)
        .join(pages, pages.c.id == links.c.page)
        .join(link_checks, _SAME)
        .where(_SHOWN, or_(broken, checks.outcome == CheckOutcome.MOVED.value))
        .where(true() if page is None else pages.c.id == page)
        .distinct()
        .order_by(checks.failing_days.desc(), pages.c.title, links.c.page, links.c.account)
        .add_columns(pages.c.title)
    )
    return [
        BrokenLink(
            *(row.page, Link(row.platform, row.kind, row.account)),
            *(row.failing_days, row.moved_to, row.last_checked),
        )
        for row in rows
    ]


async def number_of(connection: AsyncConnection, link: Link) -> int | None:
    """The network's own number of an account; None when no check returned it."""
    found: int | None = await connection.scalar(
        select(link_checks.c.number).where(
            link_checks.c.platform == link.platform, link_checks.c.account == link.account
        )
    )
    return found


async def nick_numbered(connection: AsyncConnection, platform: str, number: int) -> str | None:
    """The account of the network with this number; None when no check has seen it."""
    found: str | None = await connection.scalar(
        select(link_checks.c.account)
        .where(link_checks.c.platform == platform, link_checks.c.number == number)
        .order_by(link_checks.c.last_checked.desc())
        .limit(1)
    )
    return found
