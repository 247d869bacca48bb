"""What the registry of links holds of a page, and how that is written into its file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from directory.changes import day_of, iso
from directory.links.keys import identity, platform_of
from directory.model import Page, Status
from directory.translation import say


@dataclass(frozen=True, slots=True)
class LinkNote:
    """What is known of one link of a page beside its being there; see `model.PageLink`."""

    hidden: str
    on_site: date | None
    confirmed: date | None


@dataclass(frozen=True, slots=True)
class KnownPage:
    """What a verdict tells of a page. `notes` has only the links of which something is known."""

    id: str
    title: str
    category: str
    territory: int | None
    source: str
    mark: bool | None
    checked_at: date | None
    status: Status
    hidden: str
    successor: str
    keys: tuple[str, ...]
    notes: dict[str, LinkNote]

    @classmethod
    def of(cls, page: Page) -> KnownPage:
        """What is known of a page."""
        # The links of a merged page are on the page that it was merged into.
        has = () if page.merged_into else page.links
        keys = tuple(dict.fromkeys(identity(x.link) for x in has))
        notes = {
            identity(x.link): LinkNote(x.hidden, x.on_site, x.confirmed)
            # An account written in two ways is withdrawn when either link is.
            for x in sorted(has, key=lambda x: bool(x.hidden))
            if x.hidden or x.on_site or x.confirmed
        }
        return cls(
            page.id, page.title, page.category, page.territory,
            page.source, page.official_mark, page.checked_at,
            page.status, page.hidden, page.successor, keys, notes or _NO_NOTES,
        )  # fmt: skip

    def has_account_on(self, platform: str) -> bool:
        """Whether the page has an account on a platform, shown or withdrawn."""
        return any(platform_of(key) == platform for key in self.keys)

    def withdrawn(self, key: str) -> str:
        """Why the link with this key was withdrawn, "" when it may be shown."""
        gone = self.status is Status.RETIRED
        if self.status is Status.HIDDEN or (gone and self.hidden):  # it was hidden when it left
            return self.hidden or say("причина не названа")
        note = self.notes.get(key)
        return note.hidden if note else ""


@dataclass(frozen=True, slots=True)
class Resemblance:
    """The account that a given one resembles, and the name of it that was compared."""

    key: str
    known: KnownPage
    name: str


_NO_NOTES: dict[str, LinkNote] = {}


def reaches(withdrawn: KnownPage, page: KnownPage) -> bool:
    """Whether a withdrawal on one page holds for the other; see `directory.withdrawals`.

    The registry knows no places below others: those count as beyond its reach.
    """
    at_or_above = withdrawn.territory in (None, page.territory)
    return at_or_above and withdrawn.category == page.category


def written(known: KnownPage) -> str:
    """A page as text, for a file."""
    notes = {key: [n.hidden, *map(iso, (n.on_site, n.confirmed))] for key, n in known.notes.items()}
    values = {name: getattr(known, name) for name in KnownPage.__slots__}
    values |= {"checked_at": iso(known.checked_at), "notes": notes}
    return json.dumps(list(values.values()), ensure_ascii=False)


def read(text: str) -> KnownPage:
    """The page that `written` wrote."""
    values = dict(zip(KnownPage.__slots__, json.loads(text), strict=True))
    values["checked_at"] = day_of(values["checked_at"])
    values["status"] = Status(values["status"])
    values["keys"] = tuple(values["keys"])
    values["notes"] = {
        key: LinkNote(hidden, day_of(on_site), day_of(confirmed))
        for key, (hidden, on_site, confirmed) in values["notes"].items()
    }
    return KnownPage(**values)
