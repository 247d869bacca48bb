"""Who may change a place, a sphere or a page, told by its name."""

from __future__ import annotations

from collections.abc import Callable

from bot.people.permitted import Office
from bot.people.staff import owners_of
from bot.views.owners import staff as views
from bot.views.view import View
from bot.views.words import today
from directory.directory import Directory
from directory.rights import Role, Scope
from directory.search.answer import SearchVerdict
from directory.store import staff


async def who_may(office: Office, query: str) -> View:
    """Show the editors with a part in what is called so."""
    directory = office.directory
    named = await _named(directory, query)
    if named is None:
        return views.unknown_place(query)
    what, concerns = named
    async with directory.db.read() as connection:
        members = await staff.everyone(connection)
    day = today()
    found = [
        member
        for member in members
        if member.rights(day).role is Role.EDITOR and any(map(concerns, member.scope.each))
    ]
    owners = len(owners_of(directory, office.settings))
    return views.who_may(what, found, owners, directory.territories)


async def _named(directory: Directory, query: str) -> tuple[str, Callable[[Scope], bool]] | None:
    """Return what the query names, and whether a scope has to do with it."""
    tree = directory.territories
    category = next((c for c in directory.categories if c.casefold() == query.casefold()), None)
    if category is not None:
        return category, lambda scope: scope.category in ("", category)
    answer = directory.search(query, limit=1)
    if answer.place is not None:
        place = answer.place.territory
        return (
            answer.place.name,
            lambda scope: (
                tree.within(place, scope.territory)
                or (scope.territory is not None and tree.within(scope.territory, place))
            ),
        )
    if answer.hits and answer.verdict in (SearchVerdict.FOUND, SearchVerdict.CHOOSE):
        page = await directory.page(answer.hits[0].id)
        if page is not None:
            return page.title, lambda scope: scope.covers(page, tree)
    return None
