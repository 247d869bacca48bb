"""Those who look after the directory: owners and editors, and what is entrusted to them.

The people of `ADMIN_IDS` are owners without a row here; with one they have a name, too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from directory.rights import Rights, Role, Scope, Scopes
from directory.store import audit
from directory.store.audit import Act
from directory.store.tables import entrusted, invitations, queue_notices, staff, territories
from directory.text import clean

INVITED_FOR = timedelta(days=3)
"""How long an offer to become an owner, and an invitation, can be accepted."""

NAME = 60
"""Characters of the name that an owner gives to somebody."""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the staff; persons are numeric Telegram ids.

    An editor's `scope` is empty until something is entrusted. `until` is the last day of an
    editor's rights. `offered_by` is the owner who offers this person to become one.
    """

    person: int
    role: Role
    scope: Scopes
    name: str
    appointed_by: int
    at: datetime
    until: date | None = None
    offered_by: int | None = None
    offered_at: datetime | None = None

    def rights(self, today: date) -> Rights:
        """What the person may do on this day."""
        if self.role is Role.OWNER:
            return Rights(Role.OWNER, holder=(self.person, today))
        if not self.scope.each or (self.until is not None and self.until < today):
            return Rights()
        return Rights(Role.EDITOR, self.scope, (self.person, today))


async def get(connection: AsyncConnection, person: int) -> Member | None:
    """The person as one of the staff, None for anybody else."""
    found = await _members(connection, select(staff).where(staff.c.person == person))
    return found[0] if found else None


async def current(connection: AsyncConnection, rights: Rights) -> Rights:
    """The same person's rights as this transaction sees them.

    While it waited for the write lock, they may have been dismissed, limited or promoted.
    """
    if rights.holder is None:
        return rights
    person, day = rights.holder
    member = await get(connection, person)
    return member.rights(day) if member else Rights()


async def everyone(connection: AsyncConnection) -> list[Member]:
    """All members of staff, owners first, then by length of service."""
    found = await _members(connection, select(staff).order_by(staff.c.at, staff.c.person))
    return sorted(found, key=lambda member: -member.role)


async def persons(connection: AsyncConnection) -> tuple[Sequence[int], Sequence[int]]:
    """Who is of the staff, and who of them is an owner."""
    rows = (await connection.execute(select(staff.c.person, staff.c.role))).all()
    owners = [row.person for row in rows if row.role == Role.OWNER.name.lower()]
    return [row.person for row in rows], owners


async def names(connection: AsyncConnection, wanted: Iterable[int]) -> dict[int, str]:
    """The names that owners gave to these persons."""
    query = select(staff.c.person, staff.c.name).where(staff.c.person.in_(set(wanted)))
    return {row.person: row.name for row in await connection.execute(query) if row.name}


async def join(connection: AsyncConnection, person: int, name: str, *, by: int) -> bool:
    """Make somebody an editor with an empty scope; False when they are already on the staff."""
    if await get(connection, person) is not None:
        return False
    await _add(connection, person, name, by=by)
    await audit.record(connection, by, Act.JOIN, subject=str(person))
    return True


async def appoint(connection: AsyncConnection, person: int, scope: Scope, *, by: int) -> bool:
    """Entrust `scope` to the person, too, who becomes an editor if need be.

    The whole directory takes the place of its parts. Returns False when the scope is entrusted
    already, or the person is an owner. Raises SQLAlchemy's `IntegrityError` at the commit when
    there is no such territory or category.
    """
    if await get(connection, person) is None:
        await _add(connection, person, "", by=by)
    before = await get(connection, person)
    if before is None or before.role is Role.OWNER or scope in before.scope.each:
        return False
    if scope.is_everything:
        await connection.execute(delete(entrusted).where(entrusted.c.person == person))
    row = {"person": person, "territory": scope.territory, "category": scope.category or None}
    await connection.execute(insert(entrusted), row)
    await audit.record(connection, by, Act.APPOINT, subject=str(person), detail=scope)
    return True


async def withdraw(connection: AsyncConnection, person: int, scope: Scope, *, by: int) -> bool:
    """Take `scope` from the person; False when they did not have it. Cancels a pending offer."""
    gone = await connection.execute(delete(entrusted).where(_part(person, scope)))
    if gone.rowcount:
        await connection.execute(update(staff).where(staff.c.person == person).values(_NO_OFFER))
        await audit.record(connection, by, Act.WITHDRAW, subject=str(person), detail=scope)
    return bool(gone.rowcount)


async def move(
    connection: AsyncConnection, territory: int, into: int, *, by: int | None, at: datetime
) -> None:
    """Entrust to those who have one territory another in its place.

    `at` is the moment of the revision that merges the two: `move_back` finds by it what moved.
    """
    mine = entrusted.c.territory == territory
    for row in (await connection.execute(select(entrusted).where(mine))).all():
        before, after = (Scope(place, row.category or "") for place in (territory, into))
        await _move(connection, row.id, row.person, before, after, by=by, at=at)


async def move_back(
    connection: AsyncConnection, moved: datetime, *, by: int | None, at: datetime
) -> None:
    """Entrust what moved with the revision of the moment `moved` as it was before, now that the
    revision of the moment `at` takes that one back.

    What the person lost since, and what is of a territory that did not come back, is not given.
    """
    log = await audit.with_revision(connection, moved)
    for was, became in zip(log[::2], log[1::2], strict=True):
        before, after = became.detail, was.detail
        assert isinstance(before, Scope)
        assert isinstance(after, Scope)
        place = select(territories.c.id).where(territories.c.id == after.territory)
        own = select(entrusted.c.id).where(_part(int(was.subject), before)).limit(1)
        row = await connection.scalar(own)
        if row is not None and await connection.scalar(place) is not None:
            await _move(connection, row, int(was.subject), before, after, by=by, at=at)


async def _move(
    connection: AsyncConnection,
    row: int,
    person: int,
    before: Scope,
    after: Scope,
    *,
    by: int | None,
    at: datetime,
) -> None:
    mine = update(entrusted).where(entrusted.c.id == row)
    await connection.execute(mine.values(territory=after.territory))
    for act, scope in ((Act.WITHDRAW, before), (Act.APPOINT, after)):
        await audit.record(connection, by, act, subject=str(person), detail=scope, at=at)


def _part(person: int, scope: Scope) -> ColumnElement[bool]:
    """The rows by which the scope is entrusted to the person."""
    return and_(
        entrusted.c.person == person,
        entrusted.c.territory.is_not_distinct_from(scope.territory),
        entrusted.c.category.is_not_distinct_from(scope.category or None),
    )


async def dismiss(connection: AsyncConnection, person: int, *, by: int) -> bool:
    """Remove all rights; return whether the person was on the staff.

    Their offers and invitations are deleted too: they would count again if the person came back.
    """
    await connection.execute(delete(invitations).where(invitations.c.made_by == person))
    await connection.execute(update(staff).where(staff.c.offered_by == person).values(_NO_OFFER))
    await connection.execute(delete(entrusted).where(entrusted.c.person == person))
    await connection.execute(delete(queue_notices).where(queue_notices.c.person == person))
    gone = await connection.execute(delete(staff).where(staff.c.person == person))
    if gone.rowcount:
        await audit.record(connection, by, Act.DISMISS, subject=str(person))
    return bool(gone.rowcount)


async def rename(connection: AsyncConnection, person: int, name: str, *, by: int) -> None:
    """Give somebody of the staff a name."""
    name = clean(name, NAME)
    other = staff.c.person == person, staff.c.name != name
    done = await connection.execute(update(staff).where(*other).values(name=name))
    if done.rowcount:
        await audit.record(connection, by, Act.RENAME, subject=str(person))


async def limit(connection: AsyncConnection, person: int, until: date | None, *, by: int) -> None:
    """End an editor's rights after this day (None: never). A pending offer is cancelled."""
    mine = staff.c.person == person, staff.c.role == "editor"
    await connection.execute(update(staff).where(*mine).values({**_NO_OFFER, "until": until}))
    await audit.record(connection, by, Act.LIMIT, subject=str(person), detail=until)


async def offer(connection: AsyncConnection, person: int, *, by: int) -> bool:
    """Offer ownership to a member of staff; False for an owner and for anybody else."""
    done = await connection.execute(
        update(staff)
        .where(staff.c.person == person, staff.c.role != "owner")
        .values(offered_by=by, offered_at=datetime.now(UTC))
    )
    if done.rowcount:
        await audit.record(connection, by, Act.OFFER, subject=str(person))
    return bool(done.rowcount)


async def take_offer_back(connection: AsyncConnection, person: int, *, by: int) -> bool:
    """Cancel the offer, or (`by` the person) decline it; False when there was none."""
    offered = staff.c.person == person, staff.c.offered_by.is_not(None)
    done = await connection.execute(update(staff).where(*offered).values(_NO_OFFER))
    if done.rowcount:
        await audit.record(connection, by, Act.NO_OFFER, subject=str(person))
    return bool(done.rowcount)


async def answer_offer(
    connection: AsyncConnection, member: Member, today: date, *, accepted: bool
) -> bool:
    """Make the person an owner if the offer is still valid, else delete the offer.

    Returns whether they became an owner; somebody whose rights have ended does not.
    """
    own = staff.c.person == member.person
    late = member.offered_at is None or datetime.now(UTC) - member.offered_at > INVITED_FOR
    ended = member.until is not None and member.until < today
    if not accepted or late or ended or member.role is Role.OWNER:
        await take_offer_back(connection, member.person, by=member.person)
        return False
    await connection.execute(delete(entrusted).where(entrusted.c.person == member.person))
    values = {**_NO_OFFER, "role": "owner", "until": None}
    await connection.execute(update(staff).where(own).values(values))
    await audit.record(connection, member.offered_by, Act.OWNER, subject=str(member.person))
    return True


_NO_OFFER: dict[str, Any] = {"offered_by": None, "offered_at": None}


async def _add(connection: AsyncConnection, person: int, name: str, *, by: int) -> None:
    row = {"person": person, "role": "editor", "name": clean(name, NAME)}
    await connection.execute(insert(staff), {**row, "appointed_by": by, "at": datetime.now(UTC)})


async def _members(connection: AsyncConnection, query: Any) -> list[Member]:
    rows = (await connection.execute(query)).all()
    parts = select(entrusted).where(entrusted.c.person.in_([row.person for row in rows]))
    scopes = defaultdict(list)
    for part in await connection.execute(parts.order_by(entrusted.c.id)):
        scopes[part.person].append(Scope(part.territory, part.category or ""))
    return [
        Member(
            **{**row._mapping, "role": Role[row.role.upper()]},
            scope=Scopes(tuple(dict.fromkeys(scopes[row.person]))),
        )
        for row in rows
    ]
