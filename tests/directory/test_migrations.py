"""A database made by an earlier version is brought over whole."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from directory.change_history import changes_of_page
from directory.directory import Directory
from directory.editing.quarantine import restore
from directory.model import Action, Origin, Status
from directory.rights import Role, Scope
from directory.store import audit, revisions, staff
from directory.store.audit import Act, Detail
from directory.store.database import Database
from directory.store.undo import undo

DATA = Path(__file__).parent / "data"


async def opened(folder: Path) -> Database:
    """The database that the version with schema 0002 left: imports, a confirmation, a withdrawal
    and an undo of made-up pages."""
    path = folder / "directory.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((DATA / "schema_0002.sql").read_text("utf-8"))
    return await Database.open(f"sqlite:///{path}")


def kept(db: Database, revision: int) -> dict[str, tuple[str | None, str | None]]:
    """What is kept of a revision's pages, as text."""
    with closing(sqlite3.connect(db.path)) as connection:
        query = "SELECT key, before, after FROM changes WHERE revision = ? AND entity = 'page'"
        return {key: (old, new) for key, old, new in connection.execute(query, [revision])}


async def test_updates_keep_only_the_fields_that_they_altered(tmp_path: Path) -> None:
    db = await opened(tmp_path)
    assert kept(db, 2)["head"] == (
        '{"phone":"1-11","subscribers":10}',
        '{"checked_at":"2026-11-01","phone":"1-12","subscribers":11}',
    )
    created = kept(db, 1)
    assert all(before is None and after for before, after in created.values())
    assert len(created) == 3
    await db.close()


async def test_its_history_is_told_and_undone_field_by_field(tmp_path: Path) -> None:
    await (await opened(tmp_path)).close()
    directory = await Directory.open(f"sqlite:///{tmp_path / 'directory.sqlite3'}")
    async with directory.db.read() as connection:
        found = await changes_of_page(connection, "school", directory.territories, limit=9)
    told = [(f.name, f.before, f.after) for f in found[1].fields]
    assert told == [
        ("Подписчики", "20", "21"),
        ("Учредитель", "", "Управление (head)"),
        ("Проверено", "", "01.11.2026"),
    ]
    assert found[0].revision.origin.action is Action.CONFIRM, "once it was an edit with this note"
    assert [change.kind for change in found] == ["changed", "changed", "created"]
    assert not any(change.is_thinned for change in found)
    async with directory.db.write() as connection:
        done = await undo(connection, 2, Origin(Action.UNDO, undoes=2))
    # The confirmation that followed is of the day of the check alone.
    assert [(c.key, c.fields) for c in done.conflicts] == [("school", ("checked_at",))]
    head, school = await directory.pages(["head", "school"])
    assert (head.phone, head.subscribers, head.checked_at) == ("1-11", 10, None)
    assert (school.subscribers, school.parent) == (20, "")
    await directory.close()


async def test_an_editor_keeps_what_was_entrusted(tmp_path: Path) -> None:
    path = tmp_path / "directory.sqlite3"
    with closing(sqlite3.connect(path)) as old, old:
        old.executescript((DATA / "schema_0002.sql").read_text("utf-8"))
        (category,) = old.execute("SELECT name FROM categories").fetchone()
        for person, theirs in ((31, category), (32, None)):
            row = (person, theirs, 7, "2026-01-02 03:04:05")
            old.execute(
                "INSERT INTO editors (person, category, appointed_by, at) VALUES (?, ?, ?, ?)", row
            )
    db = await Database.open(f"sqlite:///{path}")
    async with db.read() as connection:
        members = await staff.everyone(connection)
    assert [(m.person, m.role, m.scope.each, m.appointed_by) for m in members] == [
        (31, Role.EDITOR, (Scope(category=category),), 7),
        (32, Role.EDITOR, (Scope(),), 7),
    ]
    await db.close()


async def test_a_page_that_was_hidden_comes_back_as_it_was(tmp_path: Path) -> None:
    db = await opened(tmp_path)
    async with db.write() as connection:
        await restore(connection, "club", 7)
        assert await revisions.current(connection) == 8
    await db.close()
    directory = await Directory.open(f"sqlite:///{db.path}")
    club = await directory.page("club")
    assert club
    assert (club.status, club.title) == (Status.ACTIVE, "Дом культуры")
    await directory.close()


async def test_the_audit_log_keeps_fixed_words(tmp_path: Path) -> None:
    said = ("исправлено", "audit log.xlsx", "directory-2026-11-01.sqlite3", "xlsx")
    path = tmp_path / "directory.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((DATA / "schema_0002.sql").read_text("utf-8"))
        rows = [
            ("2026-11-02 10:00:00", 5, "report" if n == 0 else "export", "", detail)
            for n, detail in enumerate(said)
        ]
        rows.append(("2026-11-01 10:00:00", 5, "appoint", "7", "исправлено"))
        connection.executemany(
            "INSERT INTO acts (at, actor, act, subject, detail) VALUES (?, ?, ?, ?, ?)", rows
        )
        connection.commit()
    db = await Database.open(f"sqlite:///{path}")
    async with db.read() as connection:
        entries = await audit.entries(connection)
    await db.close()
    told = {entry.detail for entry in entries if entry.act in (Act.EXPORT, Act.REPORT)}
    assert told == {Detail.ACCEPTED, Detail.AUDIT_LOG, Detail.BACKUP, Detail.XLSX}
    assert [e.detail for e in entries if e.act is Act.APPOINT] == ["исправлено"]
