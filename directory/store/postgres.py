"""PostgreSQL: how its connections are set up, and what its errors mean.

Several processes, on one machine or more, may use one database: all changes are made one after the
other, as on SQLite, because each takes the same advisory lock first. Merely isolating them would
let all but one of several simultaneous changes fail.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from sqlalchemy import Connection, event, text
from sqlalchemy.exc import DBAPIError, DisconnectionError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from directory.store.backend import Backend
from directory.store.compact_json import encode
from directory.store.faults import DatabaseLostError, DatabaseUrlError, Fault
from directory.store.tables import metadata

EXAMPLE = "postgresql://имя:пароль@узел/база"
"""The form of an address."""

_UNREADABLE = (
    f"DATABASE_URL: адрес не разобрать; нужен вида {EXAMPLE}, особые знаки в пароле — кодом %XX"
)

STATE = Path("data")
"""Where files are kept by default: the search index, what waits for an answer."""

_SCHEMES = ("postgresql", "postgres")

STATEMENTS = 32
"""Statements that each connection keeps prepared, here and on the server: the 100 of SQLAlchemy
would fill with lists of every length."""

_LOCK = 0x0FF1C1A1
"""The number of the writers' advisory lock; any number that nothing else in the database uses. The
lock ends with the transaction, also when the process dies."""

_CONNECT_SECONDS = 10
_SETTINGS = {
    "application_name": "official-pages",
    # As long as a writer waits for the file of SQLite.
    "lock_timeout": "60s",
    # A stuck writer must not block the others for ever.
    "idle_in_transaction_session_timeout": "10min",
    # A machine that vanished holds the writers' lock for two minutes.
    "tcp_keepalives_idle": "60",
    "tcp_keepalives_interval": "15",
    "tcp_keepalives_count": "4",
    # Compiling a query takes longer than running any of ours.
    "jit": "off",
}

_FAULTS = {
    "53100": Fault.FULL,  # disk_full
    "25006": Fault.READ_ONLY,  # read_only_sql_transaction: a standby
    "42501": Fault.READ_ONLY,  # insufficient_privilege
    "55P03": Fault.LOCKED,  # lock_not_available, after `lock_timeout`
    "40P01": Fault.LOCKED,  # deadlock_detected
    "25P03": Fault.LOCKED,  # idle_in_transaction_session_timeout
    "58030": Fault.BROKEN,  # io_error
    "XX001": Fault.BROKEN,  # data_corrupted
    "XX002": Fault.BROKEN,  # index_corrupted
}
"""By SQLSTATE (https://www.postgresql.org/docs/current/errcodes-appendix.html)."""

_STOPPED = ("57P01", "57P02", "57P03", "53300")
"""The server shuts down, has crashed, is starting, or has no connection left."""

_REFUSED = {
    "28000": "сервер не пускает этого пользователя",
    "28P01": "имя или пароль неверны",
    "3D000": "такой базы на сервере нет; создайте её: createdb",
    "42501": "у пользователя нет прав создавать таблицы; дайте их: GRANT ALL ON SCHEMA public TO …",
}
"""Permanent errors, with the cure."""


def sqlstate(error: object) -> str:
    """The SQLSTATE of an error of the driver, "" when it has none."""
    return getattr(error, "sqlstate", None) or ""


def fault_of(error: object) -> Fault | None:
    """What an error of the driver says of the database or its disk."""
    return _FAULTS.get(sqlstate(error))


def is_address(url: str) -> bool:
    """Whether the address is one of PostgreSQL."""
    return url.partition("://")[0] in _SCHEMES


class PostgresDatabase(Backend):
    """A database of a server. Raises `DatabaseUrlError` for an unusable address.

    The server tells by itself when it goes, frees room (autovacuum), and is copied by its
    administrator; a migration is one transaction.
    """

    reading: Mapping[str, Any] = {
        "isolation_level": "REPEATABLE READ",
        "postgresql_readonly": True,
    }
    # READ COMMITTED: what a writer reads is what the one before, whom it waited for, has left.
    writing: Mapping[str, Any] = {"isolation_level": "READ COMMITTED", "writing": True}

    def __init__(self, url: str) -> None:
        try:
            parts = urlsplit(url)
            asked = parse_qs(parts.query)
        except ValueError:
            raise DatabaseUrlError(_UNREADABLE) from None
        database = unquote(parts.path.strip("/")) or asked.get("dbname", [""])[0]
        if not database or "@" in database:  # of a password that is not escaped
            raise DatabaseUrlError(_UNREADABLE)
        host = asked.get("host", [""])[0] or parts.netloc.rpartition("@")[2]
        self.url = url
        self.name = f"postgresql://{host}/{database}"
        self.folder = STATE
        self.file_name = re.sub(r"[^\w.-]", "_", database)

    def engine(self, connections: int) -> AsyncEngine:
        """An engine whose connections are made as they are needed."""

        import asyncpg  # slow to import, and not needed for SQLite

        async def connect() -> Any:
            # By asyncpg's own reading of the address: it knows all that libpq's addresses may have.
            try:
                return await asyncpg.connect(
                    self.url, timeout=_CONNECT_SECONDS, server_settings=_SETTINGS
                )
            except ValueError:
                raise DatabaseUrlError(_UNREADABLE) from None

        def adapted() -> Any:
            # What `async_creator` stands for, with one argument more.
            driver: Any = engine.dialect.dbapi
            return driver.connect(
                async_creator_fn=connect, prepared_statement_cache_size=STATEMENTS
            )

        engine = create_async_engine(
            "postgresql+asyncpg://",
            creator=adapted,
            json_serializer=encode,
            hide_parameters=True,
            pool_size=connections,
            max_overflow=0,
            pool_use_lifo=True,
        )
        _prepare(engine)
        return engine

    def refused(self, error: BaseException) -> DatabaseUrlError | None:
        """What to raise for a permanent refusal; None for an error that may pass."""
        cause = error.orig if isinstance(error, DBAPIError) else error
        why = _REFUSED.get(sqlstate(cause))
        return DatabaseUrlError(f"DATABASE_URL: {self.name}: {why}") if why else None

    async def examine(self) -> str:
        """What the server says of the database, in Russian.

        Raises `DatabaseUrlError` for what must be put right, `DatabaseLostError` when the server is
        out of reach.
        """
        engine = self.engine(1)
        try:
            async with engine.connect() as connection:
                (row,) = await connection.execute(text(_EXAMINED))
                pages = None
                if row.has_tables:
                    pages = await connection.scalar(text("SELECT count(*) FROM pages"))
        except (OSError, DBAPIError) as error:
            raise self.refused(error) or self.unreached(error) or error from None
        finally:
            await engine.dispose()
        if row.is_standby:
            raise DatabaseUrlError(f"DATABASE_URL: {self.name}: резервный сервер не пишет")
        if not row.may_create:
            raise DatabaseUrlError(f"DATABASE_URL: {self.name}: {_REFUSED['42501']}")
        known = "пуста, первый запуск заполнит её" if pages is None else f"страниц {pages}"
        return f"{self.name}, PostgreSQL {row.version}, {known}"

    def reached(self) -> None:
        """The server answers."""
        self.lost = ""

    def unreached(self, error: Exception) -> DatabaseLostError | None:
        """Errors of making or keeping a connection are temporary."""
        cause = error.orig if isinstance(error, DBAPIError) else error
        state = sqlstate(cause)
        is_gone = isinstance(error, DBAPIError) and error.connection_invalidated
        unmade = isinstance(cause, OSError) or state in _REFUSED.keys() - {"42501"}
        if not (is_gone or unmade or state in _STOPPED or state.startswith("08")):
            return None
        why = getattr(cause, "strerror", None) or state or type(cause).__name__
        self.lost = f"the database {self.name} cannot be reached ({why}); trying again"
        return DatabaseLostError(self.lost, why)

    def after_migration(self, connection: Connection) -> None:
        """Have texts sorted by code points in every database, as SQLite does."""
        columns = _ours(connection, _OTHERWISE_SORTED)
        if not columns:
            return
        connection.exec_driver_sql("SET CONSTRAINTS ALL IMMEDIATE")  # what waits would forbid it
        for table, column in columns:
            connection.exec_driver_sql(
                f'ALTER TABLE "{table}" ALTER COLUMN "{column}" TYPE text COLLATE "C"'
            )

    def count_on(self, connection: Connection) -> None:
        """Set the sequences."""
        for table, column in _ours(connection, _NUMBERED):
            connection.exec_driver_sql(
                f"SELECT setval(pg_get_serial_sequence('\"{table}\"', '{column}'),"
                f' coalesce(max("{column}"), 0) + 1, false) FROM "{table}"'
            )


def _prepare(engine: AsyncEngine) -> None:
    @event.listens_for(engine.sync_engine, "checkout")
    def _taken(connection: Any, _record: Any, _proxy: Any) -> None:
        if connection.driver_connection.is_closed():  # by the server, which was restarted
            raise DisconnectionError

    @event.listens_for(engine.sync_engine, "begin")
    def _begun(connection: Connection) -> None:
        if connection.get_execution_options().get("writing", False):
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")


_EXAMINED = """
SELECT split_part(current_setting('server_version'), ' ', 1) AS version,
  pg_is_in_recovery() AS is_standby,
  to_regclass('pages') IS NOT NULL AS has_tables,
  has_schema_privilege(current_schema(), 'CREATE') AS may_create
"""

_OTHERWISE_SORTED = """
SELECT c.relname, a.attname FROM pg_attribute a
JOIN pg_class c ON c.oid = a.attrelid AND c.relkind = 'r'
WHERE c.relnamespace = current_schema()::regnamespace AND NOT a.attisdropped AND a.attnum > 0
  AND a.atttypid = 'text'::regtype AND a.attcollation <> 'pg_catalog."C"'::regcollation
"""


_NUMBERED = """
SELECT table_name, column_name FROM information_schema.columns
WHERE table_schema = current_schema() AND column_default LIKE 'nextval(%'
"""


def _ours(connection: Connection, query: str) -> list[tuple[str, str]]:
    """The tables and columns that a query finds, of this directory's own tables."""
    found = connection.exec_driver_sql(query).all()
    return [(table, column) for table, column in found if table in metadata.tables]
