"""The words of the directory: page, link, territory, revision, change.

A *page* is one record: a post and its holder, or a body, with its *links*. A page belongs to one
*territory*. Whatever alters the directory is a *revision*, a numbered set of *changes*.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Literal, TypeVar, dataclass_transform

_Class = TypeVar("_Class")


@dataclass_transform(frozen_default=True)
def value_class(cls: type[_Class]) -> type[_Class]:
    """Make a dataclass that is hashed by its fields, and must not be changed: mypy sees to that.

    The constructor of a dataclass that is frozen at run time takes three to four times as long, and
    these objects are made by the hundred thousand.
    """
    return dataclass(slots=True, unsafe_hash=True)(cls)


class Level(StrEnum):
    """How high a page's body stands, highest first."""

    FEDERAL = "federal"
    REGIONAL = "regional"
    MUNICIPAL = "municipal"
    SETTLEMENT = "settlement"


class Status(StrEnum):
    """What became of a page.

    `closed`: the body or the page is no more, and its card says so. `hidden`: withdrawn, shown as a
    warning without links. `retired`: a file that replaces the list lacks it. The record is kept for
    undo and for a later file that has it again, but nobody finds it; files have no such status.
    """

    ACTIVE = "active"
    CLOSED = "closed"
    HIDDEN = "hidden"
    RETIRED = "retired"


NETWORKS = ("vk", "ok", "telegram", "max", "site")
SERVICES = ("doctor", "club", "feedback")
SLOTS = (*NETWORKS, *SERVICES)
"""The link columns of the directory file, in the order a card shows them."""


@value_class
class Link:
    """An account on a platform: what is kept of an address, and all that one is rebuilt from.

    `platform` and `kind` are names in `directory/links/platforms.toml`; `account` is in the
    platform's own canonical form (a nick in lower case, a number, a host with a path).
    """

    platform: str
    kind: str
    account: str

    @property
    def key(self) -> str:
        """`platform:account`, the form of the contract's `of`."""
        return f"{self.platform}:{self.account}"


@value_class
class PageLink:
    """A link as it stands on a page.

    `slot` is one of `SLOTS`. `hidden` is the reason for which this one link was withdrawn, empty
    while it is shown. `on_site` is the day on which the body's own site was last seen to link here,
    `confirmed` the day on which an editor last said that this is the right page. `doubt`, which is
    not kept, is why readers are warned of a link that is shown.

    `hidden` and the days belong to the account and not to the file, which has no columns for them:
    an import that names the same `Link` in the same slot keeps them as they are, and another
    account in its place starts without them (`carried_over`).
    """

    slot: str
    link: Link
    hidden: str = ""
    on_site: date | None = None
    confirmed: date | None = None
    doubt: str = ""


@value_class
class Page:
    """One record of the directory. Empty text, None and empty tuples mean "not known".

    `territory` is a territory's number, the deepest that is known (None: the whole country).
    `parent` and `successor` are ids of other pages. `hidden` is the reason for the status hidden.
    `lat` and `lon` are decimal degrees, `checked_at` the day on which the facts were last checked.
    `merged_into` is the id of the page to which this one, retired, leads: both were the same.
    """

    id: str
    title: str
    full_name: str = ""
    category: str = ""
    level: Level | None = None
    territory: int | None = None
    person: str = ""
    post: str = ""
    address: str = ""
    phone: str = ""
    hours: str = ""
    lat: float | None = None
    lon: float | None = None
    links: tuple[PageLink, ...] = ()
    official_mark: bool | None = None
    flagship: bool | None = None
    subscribers: int | None = None
    aliases: tuple[str, ...] = ()
    parent: str = ""
    successor: str = ""
    status: Status = Status.ACTIVE
    hidden: str = ""
    source: str = ""
    checked_at: date | None = None
    merged_into: str = ""

    def confirmed(self, day: date) -> Page:
        """The page as it is when an editor has seen it and each link that it shows to be right."""
        links = tuple(link if link.hidden else replace(link, confirmed=day) for link in self.links)
        return replace(self, links=links, checked_at=day)

    @property
    def shown_links(self) -> tuple[PageLink, ...]:
        """The links that may be shown: none of a hidden or retired page, none hidden itself."""
        if self.status in (Status.HIDDEN, Status.RETIRED):
            return ()
        return tuple(link for link in self.links if not link.hidden)


def carried_over(
    before: Iterable[PageLink], slots: Iterable[tuple[str, Link]]
) -> tuple[PageLink, ...]:
    """A page's new links, given as (slot, link), each with what was known of it `before`."""
    known = {(old.slot, old.link): old for old in before}
    return tuple(
        (known.get((slot, link)) if known else None) or PageLink(slot, link) for slot, link in slots
    )


SETTLEMENT = "населённый пункт"
"""The kind of a territory that was named in a file's column of settlements."""


@value_class
class Territory:
    """A node of the tree region → municipal okrug or city → settlement (the country is no node).

    `id` is a number, `parent` that of the node above (None: a region). `kind` is in words
    («муниципальный округ»), `centre` a settlement's name, `lat` and `lon` the centre's decimal
    degrees, `former_names` what it was called before («Кетовский район»).
    """

    id: int
    name: str
    parent: int | None = None
    kind: str = ""
    centre: str = ""
    oktmo: str = ""
    lat: float | None = None
    lon: float | None = None
    former_names: tuple[str, ...] = ()

    @property
    def is_settlement(self) -> bool:
        """Whether this is a place within a district, not a district or a region itself."""
        return self.kind == SETTLEMENT

    @property
    def is_city(self) -> bool:
        """Whether this is a city that makes up a district of its own."""
        return self.kind.startswith("город")


Entity = Literal["category", "territory", "page"]


@value_class
class Change:
    """One record before and after, as plain JSON values; None where it did not exist."""

    entity: Entity
    key: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


class Action(StrEnum):
    """What made a revision."""

    SEED = "seed"
    IMPORT = "import"
    EDIT = "edit"
    CONFIRM = "confirm"
    HIDE = "hide"
    RESTORE = "restore"
    REMOVE = "remove"
    MERGE = "merge"
    MERGE_PAGES = "merge-pages"
    UNDO = "undo"


@value_class
class Origin:
    """Who changes the directory and from what.

    `actor` is the person's numeric Telegram id, None for the command line. `file` and `sha256` name
    the imported file; `undoes` is the revision that an undo takes back; `note` is free text.
    `part_of` is the revision with which this one is listed: confirmations are many small ones.
    """

    action: Action
    actor: int | None = None
    file: str = ""
    sha256: str = ""
    note: str = ""
    undoes: int | None = None
    part_of: int | None = None


@value_class
class Revision:
    """A numbered, kept and revocable set of changes; the counts are of pages.

    Of those `changed`, `retired` left the directory and `returned` came back to it. `more` pages
    were changed by the revisions that are listed with this one.
    """

    id: int
    at: datetime
    origin: Origin
    created: int = 0
    changed: int = 0
    removed: int = 0
    undone_by: int | None = field(default=None)
    retired: int = 0
    returned: int = 0
    more: int = 0

    @property
    def size(self) -> int:
        """How many pages it touched."""
        return self.created + self.changed + self.removed
