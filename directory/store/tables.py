"""Every table, once, in SQLAlchemy Core; the same on SQLite and PostgreSQL.

A schema change is made here and in a new file of `migrations/versions`; a test compares the two.
"""

from datetime import UTC, date, datetime
from typing import Any, get_type_hints

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    true,
)
from sqlalchemy.types import TypeEngine

from directory.model import Level, Page


class Utc(TypeDecorator[datetime]):
    """A moment. SQLite keeps no time zone: what is written is UTC, and is read as that."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=value.tzinfo or UTC)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _refers(column: str, *, ondelete: str | None = None) -> ForeignKey:
    """A reference judged at the commit: a file may name pages that refer to one another."""
    return ForeignKey(column, ondelete=ondelete, deferrable=True, initially="DEFERRED")


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="")


def _count(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False, server_default="0")


categories = Table("categories", metadata, Column("name", Text, primary_key=True))

territories = Table(
    "territories",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("parent", Integer, _refers("territories.id"), index=True),
    Column("name", Text, nullable=False),
    _text("kind"),
    _text("centre"),
    _text("oktmo"),
    Column("lat", Float),
    Column("lon", Float),
    Column("former_names", JSON, nullable=False),
    # A city and the settlement in it may bear the same name: the kind tells them apart.
    UniqueConstraint("parent", "name", "kind"),
)

_OF_PAGE: dict[str, Column[Any]] = {
    "id": Column("id", Text, primary_key=True),
    "title": Column("title", Text, nullable=False),
    "category": Column("category", Text, _refers("categories.name"), index=True),
    "territory": Column("territory", Integer, _refers("territories.id"), index=True),
    "parent": Column("parent", Text, _refers("pages.id"), index=True),
    "successor": Column("successor", Text, _refers("pages.id"), index=True),
    "aliases": Column("aliases", JSON, nullable=False),
    "status": Column("status", Text, nullable=False),
}
"""The columns of pages that are more than their type; the others follow from the model."""

_TYPES: dict[object, type[TypeEngine[Any]]] = {
    Level | None: Text,
    float | None: Float,
    bool | None: Boolean,
    int | None: Integer,
    date | None: Date,
}


def _of_page(name: str, kind: object) -> Column[Any]:
    if name in _OF_PAGE:
        return _OF_PAGE[name]
    return _text(name) if kind is str else Column(name, _TYPES[kind])


pages = Table(
    "pages",
    metadata,
    *(_of_page(name, kind) for name, kind in get_type_hints(Page).items() if name != "links"),
)

links = Table(
    "links",
    metadata,
    Column("page", Text, _refers("pages.id", ondelete="CASCADE")),
    Column("slot", Text),
    Column("position", Integer),
    Column("platform", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("account", Text, nullable=False),
    _text("hidden"),
    Column("on_site", Date),
    Column("confirmed", Date),
    PrimaryKeyConstraint("page", "slot", "position"),
    Index(None, "platform", "account"),
    # Kept in the order of the key on SQLite: what was taken back stands where it stood.
    sqlite_with_rowid=False,
)

revisions = Table(
    "revisions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Utc, nullable=False),
    Column("action", Text, nullable=False),
    Column("actor", BigInteger),
    _text("file"),
    _text("sha256"),
    _text("note"),
    Column("undoes", Integer, ForeignKey("revisions.id"), index=True),
    Column("part_of", Integer, index=True),
    _count("created"),
    _count("changed"),
    _count("removed"),
)

changes = Table(
    "changes",
    metadata,
    Column("revision", Integer, ForeignKey("revisions.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("entity", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("before", JSON(none_as_null=True)),
    Column("after", JSON(none_as_null=True)),
    Index(None, "entity", "key"),
)

# Numbers of one kind up to `last` are not given, though this database may have none of them: it was
# a copy once, and the database that it replaced had given them.
numbers_passed = Table(
    "numbers_passed",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("last", Integer, nullable=False),
)

# A file that an administrator sent and has not decided on yet: it must outlive a restart.
pending_imports = Table(
    "pending_imports",
    metadata,
    Column("id", Text, primary_key=True),
    Column("owner", BigInteger, nullable=False, index=True),
    Column("file", Text, nullable=False),
    Column("data", LargeBinary, nullable=False),
    Column("options", JSON, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("at", Utc, nullable=False),
    # The messages in which the file came and is told of, by their numbers in the owner's chat.
    Column("sent_in", BigInteger),
    Column("told_in", BigInteger),
    # The revision that it was applied on; the data is gone then.
    Column("applied_on", Integer),
)

# What a person has said of the columns of tables with one header, by the header's hash.
column_choices = Table(
    "column_choices",
    metadata,
    Column("owner", BigInteger, primary_key=True, autoincrement=False),
    Column("header", Text, primary_key=True),
    Column("chosen", JSON, nullable=False),
    Column("at", Utc, nullable=False),
)

# The place whose pages a person wants first (null: none, whether or not they were `asked` for one,
# which is done once), and the network whose links they do.
homes = Table(
    "homes",
    metadata,
    Column("person", BigInteger, primary_key=True, autoincrement=False),
    Column("territory", Integer, _refers("territories.id", ondelete="CASCADE"), index=True),
    Column("at", Utc, nullable=False),
    _text("network"),
    Column("asked", Boolean, nullable=False, server_default=true()),
)

# Who has proved to run a page, and until when they were told of what is reported of it.
keepers = Table(
    "keepers",
    metadata,
    Column("person", BigInteger, primary_key=True, autoincrement=False),
    Column("page", Text, _refers("pages.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("at", Utc, nullable=False),
    Column("told", Utc, nullable=False),
)

# The code by which a person is to prove that they run a page.
keeper_codes = Table(
    "keeper_codes",
    metadata,
    Column("person", BigInteger, primary_key=True, autoincrement=False),
    Column("page", Text, _refers("pages.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("code", Text, nullable=False),
    Column("at", Utc, nullable=False),
)

# Whom to write unasked, because they asked for it once. `saved`: news of the pages that they saved,
# from the revision `seen` on; `alarmed`: the last revision of whose hijacked pages they were told;
# `told`: when they were last written to, which is done once a day.
news_readers = Table(
    "news_readers",
    metadata,
    Column("person", BigInteger, primary_key=True, autoincrement=False),
    Column("language", Text, nullable=False),
    Column("saved", Boolean, nullable=False),
    Column("seen", Integer, nullable=False),
    Column("alarmed", Integer, nullable=False),
    Column("told", Utc),
)

# The hidden pages of whose return people want to hear, once.
awaited_pages = Table(
    "awaited_pages",
    metadata,
    Column("person", BigInteger, primary_key=True, autoincrement=False),
    Column("page", Text, _refers("pages.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("at", Utc, nullable=False),
)

saved = Table(
    "saved",
    metadata,
    Column("person", BigInteger, primary_key=True),
    Column("page", Text, _refers("pages.id", ondelete="CASCADE"), primary_key=True),
    # Asked for once a second by every running bot: who has saved since?
    Column("at", Utc, nullable=False, index=True),
)

# What people report, while it waits for an editor, or for its senders to be told (`decision` is
# null until an editor decides). A sender is deleted once told, a report with its last sender. Ids
# are drawn by lot: a number that came again would let an old button decide on a new report.
reports = Table(
    "reports",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("page", Text, _refers("pages.id", ondelete="CASCADE"), index=True),
    _text("text"),
    Column("at", Utc, nullable=False),
    Column("decision", Text),
    _text("word"),
    Column("taken_by", BigInteger),
    Column("taken_at", Utc),
)

report_senders = Table(
    "report_senders",
    metadata,
    Column("report", BigInteger, ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True),
    Column("person", BigInteger, primary_key=True, index=True),
    Column("language", Text, nullable=False),
    Column("at", Utc, nullable=False),
)

# Until when each of those who may decide on reports was told of them.
queue_notices = Table(
    "queue_notices",
    metadata,
    Column("person", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Utc, nullable=False),
)

# What the last check of a link came to, one row an account on whatever pages it stands. `number` is
# the network's own number of the account, by which a nick that changed hands is known.
link_checks = Table(
    "link_checks",
    metadata,
    Column("platform", Text, primary_key=True),
    Column("account", Text, primary_key=True),
    Column("last_checked", Date, nullable=False),
    Column("outcome", Text, nullable=False),
    _text("moved_to"),
    _count("failing_days"),
    Column("last_failing", Date),
    Column("number", BigInteger),
)

# The figures of each month's end: of an extent (a region, 0: everything) and of each part of it,
# see `directory.figures`. Numbers only; the current month's are counted anew every day.
month_figures = Table(
    "month_figures",
    metadata,
    Column("month", Date, primary_key=True),
    Column("extent", Integer, primary_key=True, autoincrement=False),
    Column("cut", Text, primary_key=True),
    Column("part", Text, primary_key=True),
    *map(_count, ("pages", "with_link", "markable", "marked", "unlooked")),
    *map(_count, ("checked_month", "checked_half_year")),
    Column("followers", BigInteger, nullable=False, server_default="0"),
)

# What was asked for in a month and not found: a fingerprint of the words, the marks of those who
# typed them, and from the fifth mark on the words themselves; see `directory.unfound`.
unfound = Table(
    "unfound",
    metadata,
    Column("month", Date, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("marks", Integer, nullable=False),
    _text("words"),
)

# When each of the bot's regular tasks was last begun: a restart must not do one twice.
tasks = Table(
    "tasks",
    metadata,
    Column("name", Text, primary_key=True),
    Column("begun_at", Utc, nullable=False),
)

# What is counted from one weekly word to the owners to the next.
tallies = Table(
    "tallies",
    metadata,
    Column("name", Text, primary_key=True),
    Column("n", BigInteger, nullable=False),
)

# Who looks after the directory, besides the owners of the settings. `until` is the last day of an
# editor's rights, `offered_by` the owner who offers this person to become one.
staff = Table(
    "staff",
    metadata,
    Column("person", BigInteger, primary_key=True, autoincrement=False),
    Column("role", Text, nullable=False),
    _text("name"),
    Column("appointed_by", BigInteger, nullable=False),
    Column("at", Utc, nullable=False),
    Column("until", Date),
    Column("offered_by", BigInteger),
    Column("offered_at", Utc),
)

# What editors may change, a row a part: one territory with all below it, one category, one category
# within a territory, or (with neither) everything. A territory or a category that goes takes the
# row with it: rights that are lost can be given again, rights that grew by themselves cannot be
# taken back in time.
entrusted = Table(
    "entrusted",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person", BigInteger, _refers("staff.person"), nullable=False, index=True),
    Column("territory", Integer, _refers("territories.id", ondelete="CASCADE"), index=True),
    Column("category", Text, _refers("categories.name", ondelete="CASCADE"), index=True),
)

# Links by which somebody may join the staff, once: the SHA-256 of the token.
invitations = Table(
    "invitations",
    metadata,
    Column("hash", Text, primary_key=True),
    Column("made_by", BigInteger, nullable=False),
    Column("at", Utc, nullable=False),
)

# The acts of administrators that are no revisions: the audit log is these and the revisions.
acts = Table(
    "acts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Utc, nullable=False, index=True),
    Column("actor", BigInteger),
    Column("act", Text, nullable=False),
    _text("subject"),
    _text("detail"),
)

# An edit in the chat that is not saved yet, one a person: the cells given so far (`page` is null
# for a new page), the revision on which the preview was made, and the report that asked for it.
drafts = Table(
    "drafts",
    metadata,
    Column("id", Text, primary_key=True),
    Column("person", BigInteger, nullable=False, unique=True),
    Column("page", Text),
    Column("cells", JSON, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("report", BigInteger),
)
