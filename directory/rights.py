"""Who may do what: citizens search, editors change what is entrusted to them, owners everything.

Pure: who the owners and the editors are is told by the settings and by `store.staff`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum

from directory.changes import page_of, territory_of
from directory.model import Change, Page, Territory
from directory.territories import Territories
from directory.translation import say


class Role(IntEnum):
    """What somebody is to the directory; a greater one may do all that a lesser one may."""

    CITIZEN = 0
    EDITOR = 1
    OWNER = 2


@dataclass(frozen=True, slots=True)
class Scope:
    """A part of the directory: one territory with all below it, one category, one category within a
    territory, or (with neither) everything.
    """

    territory: int | None = None
    category: str = ""

    @property
    def is_everything(self) -> bool:
        """Whether nothing is outside."""
        return self.territory is None and not self.category

    def covers(self, page: Page, territories: Territories) -> bool:
        """Whether the page lies within; a page of the whole country lies in no territory."""
        in_category = not self.category or page.category == self.category
        return in_category and territories.within(page.territory, self.territory)

    def words(self, territories: Territories) -> str:
        """The scope in words: «весь справочник», «сфера «…»» or «территория «…»», or both."""
        category = say("сфера «{name}»", name=self.category) if self.category else ""
        if self.territory is None:
            return category or say("весь справочник")
        names = [t.name for t in reversed(territories.path(self.territory))]
        place = say("территория «{name}»", name=", ".join(names) or f"№ {self.territory}")
        return f"{category}, {place}" if category else place


@dataclass(frozen=True, slots=True)
class Scopes:
    """What an editor is entrusted with: the parts of the directory together."""

    each: tuple[Scope, ...] = (Scope(),)

    @property
    def is_everything(self) -> bool:
        """Whether nothing is outside."""
        return any(scope.is_everything for scope in self.each)

    def covers(self, page: Page, territories: Territories) -> bool:
        """Whether the page lies within one of the parts."""
        return any(scope.covers(page, territories) for scope in self.each)

    def words(self, territories: Territories) -> str:
        """The parts in words, with `;` between them."""
        return "; ".join(scope.words(territories) for scope in self.each)


@dataclass(frozen=True, slots=True)
class Rights:
    """What one person may do; `scope` limits editors only."""

    role: Role = Role.CITIZEN
    scope: Scopes = Scopes()
    holder: tuple[int, date] | None = field(default=None, compare=False)
    """The person for whom the database keeps them, and the day on which they were looked up; None
    of rights that it does not keep. `store.staff.current` looks them up anew."""

    @property
    def may_all(self) -> bool:
        """Whether the whole directory is this person's to change."""
        return self.role is Role.OWNER or (self.role is Role.EDITOR and self.scope.is_everything)

    def may(self, page: Page, territories: Territories) -> bool:
        """Whether this person may change the page as it stands."""
        return self.may_all or (self.role is Role.EDITOR and self.scope.covers(page, territories))

    def refusal(self, change: Change, territories: Territories) -> str:
        """Why this person may not make the change; empty when it is allowed.

        `territories` must know the places named before and after. What moves must lie within the
        rights on both sides: nobody takes a page from another's territory or leaves one there. A
        new category alters what everybody sees, and is not for the editor of a part.
        """
        if self.may_all:
            return ""
        if self.role is Role.CITIZEN:
            return say("у вас нет права изменять справочник")
        if change.entity == "category":
            why = say("сферы «{name}» в справочнике нет, новую добавляет владелец", name=change.key)
        elif change.entity == "territory":
            sides = [territory_of(r) for r in (change.before, change.after) if r is not None]
            if all(self._may_place(territory, change, territories) for territory in sides):
                return ""
            why = say("территория «{name}» вне ваших прав", name=sides[0].name)
        else:
            pages = [page_of(r) for r in (change.before, change.after) if r is not None]
            foreign = next((p for p in pages if not self.may(p, territories)), None)
            if foreign is None:
                return ""
            why = say("страница «{title}» вне ваших прав", title=foreign.title)
            if foreign is not pages[0]:
                why = say("страница «{title}» окажется вне ваших прав", title=foreign.title)
        return say("{why}; вам поручено: {scope}", why=why, scope=self.scope.words(territories))

    def refusals(self, changes: Iterable[Change], territories: Territories) -> list[str]:
        """Why this person may not make these changes together, each reason once.

        `territories` is the tree as it stands; the places that the changes create are added here.
        """
        changes = list(changes)
        new = [territory_of(c.after) for c in changes if c.entity == "territory" and c.after]
        everywhere = Territories([*territories, *new])
        reasons = dict.fromkeys(self.refusal(change, everywhere) for change in changes)
        return [reason for reason in reasons if reason]

    def _may_place(self, territory: Territory, change: Change, territories: Territories) -> bool:
        """Whether an editor of a part may make this territory appear, alter or go.

        Below an editor's own territory all of it; an editor of a category only settlements that
        come with a page, or go with its undoing.
        """
        comes_or_goes = territory.is_settlement and None in (change.before, change.after)
        return any(
            territories.within(territory.parent, scope.territory)
            and (comes_or_goes or not scope.category)
            for scope in self.scope.each
        )
