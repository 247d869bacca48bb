"""From a plan to a revision: all of it in one transaction, or nothing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncConnection

from directory.imports.outcome import Plan, Progress, Stage
from directory.imports.plan import silent
from directory.model import Action, Origin
from directory.store import revisions
from directory.store.database import Database
from directory.store.precaution import copy_before


class RefusedRowsError(Exception):
    """The plan has refused rows, and `partial` was not given."""


class ConsentError(Exception):
    """The plan retires so many pages that an explicit consent is needed."""


async def apply(
    db: Database,
    plan: Plan,
    origin: Origin,
    *,
    partial: bool = False,
    retire_many: bool = False,
    progress: Progress = silent,
    first: Callable[[AsyncConnection], Awaitable[None]] | None = None,
) -> int | None:
    """Apply the plan as one revision; return its number, None when there is nothing to do.

    `partial` applies the good rows of a file that has refused ones, `retire_many` is the consent
    that `plan.needs_consent` asks for. `first` is called before, in the same transaction. The
    origin's file and hash are set to the plan's. Raises `RefusedRowsError` and `ConsentError` when
    these are missing, `revisions.ConflictError` when the directory has changed since the plan was
    made (a second call, too), SQLAlchemy's errors when the database fails; then nothing is changed.
    """
    if origin.action is not Action.SEED and not (plan.refused and not partial):
        await copy_before(db, "import", plan.size)
    async with db.write() as connection:
        if first:
            await first(connection)
        if plan.refused and not partial:
            raise RefusedRowsError
        if plan.needs_consent and not retire_many:
            raise ConsentError
        if plan.is_empty:
            return None
        from_file = replace(origin, file=plan.file, sha256=plan.sha256)
        return await revisions.apply(
            connection,
            plan.changes(),
            from_file,
            base=plan.base,
            progress=lambda done: progress(Stage.APPLY, done, plan.size),
        )
