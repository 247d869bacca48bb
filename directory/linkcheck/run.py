"""Checks all links of the directory and stores the results."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Protocol

from yarl import URL

from directory.editing import quarantine
from directory.linkcheck import own_site
from directory.linkcheck.checker import LinkChecker
from directory.linkcheck.turns import site
from directory.links import url
from directory.links.outcome import Checked, CheckOutcome, Replaced
from directory.links.registry import PASSED_ON
from directory.model import Link
from directory.store import checks
from directory.store.database import Database

LONGEST_RUN = timedelta(hours=20)
"""After this no further link is checked; the rest comes first on the next day."""

_PATIENCE = 5
"""Failures or refusals in a row after which a host is skipped for this run."""

_BATCH = 50
"""Links whose outcomes are kept together."""

_OTHERS = 3
"""Hosts that do not all fail at once: when none of so many answers, our own network is down."""

log = logging.getLogger(__name__)

Alarm = Callable[[Replaced, Sequence[str]], Awaitable[None]]
"""Is told of a nick that passed to another account, and on which pages its link was hidden."""


class Numbers(Protocol):
    """A network's public interface that tells which account a nick belongs to."""

    async def number(self, link: Link) -> int | None:
        """The account's number; None when this network, or this account, does not tell one."""


class Run:
    """One check of all links; `progress` is called after each of them."""

    def __init__(
        self,
        db: Database,
        checker: LinkChecker,
        today: date,
        *,
        numbers: Numbers | None = None,
        alarm: Alarm | None = None,
        progress: Callable[[], None] = lambda: None,
    ) -> None:
        self._db = db
        self._checker = checker
        self._today = today
        self._numbers = numbers
        self._alarm = alarm
        self._progress = progress
        self._found: list[Checked] = []
        self._vouched: set[tuple[str, str]] = set()
        self.outcomes: Counter[CheckOutcome] = Counter()
        """How many links came to what."""

    async def all(self) -> Counter[CheckOutcome]:
        """Ask for every link that active pages show; return how many came to what."""
        async with self._db.read() as connection:
            links = await checks.to_check(connection)
        sites: defaultdict[str, list[Link]] = defaultdict(list)
        for link in links:
            sites[site(_host(link))].append(link)
        until = asyncio.get_running_loop().time() + LONGEST_RUN.total_seconds()
        async with asyncio.TaskGroup() as group:
            for queue in sites.values():
                group.create_task(self._site(queue, until))
        await self._keep()
        async with self._db.write() as connection:
            await own_site.mark(connection, self._vouched, self._today)
        log.info("Links checked: %s", dict(self.outcomes))
        return self.outcomes

    async def _site(self, links: Sequence[Link], until: float) -> None:
        silent: Counter[str] = Counter()
        for link in links:
            if asyncio.get_running_loop().time() > until:
                return
            found, host = None, _host(link)
            if silent[host] < _PATIENCE:
                found = await self._checker.check(link)
                answered = found.outcome not in (CheckOutcome.UNREACHABLE, CheckOutcome.NOT_CHECKED)
                silent[host] = 0 if answered else silent[host] + 1
            found = await self._numbered(link, found)
            if found is not None:
                self._found.append(found)
            if len(self._found) >= _BATCH:
                await self._keep()
            self._progress()

    async def _numbered(self, link: Link, found: Checked | None) -> Checked | None:
        """The outcome with the account's number. A network that tells one says that the account
        exists, even where its pages cannot be reached from here."""
        number = await self._numbers.number(link) if self._numbers else None
        if number is None:
            return found
        if found is None or not found.outcome.opened:
            found = Checked(link, CheckOutcome.OK)
        return replace(found, number=number)

    async def _keep(self) -> None:
        found, self._found = _unless_offline(self._found), []
        self.outcomes.update(each.outcome for each in found)
        hidden = []
        async with self._db.write() as connection:
            self._vouched |= await own_site.vouched(connection, {x.link: x.linked for x in found})
            for each in await checks.save(connection, found, self._today):
                reason = f"{PASSED_ON}: был № {each.was}, стал № {each.now}"
                places = await checks.shown_on(connection, each.link)
                for page, link in places:
                    await quarantine.hide(connection, page, reason, None, link)
                hidden.append((each, [page for page, _ in places]))
        for each, pages in hidden:
            log.warning("A nick passed to another account: hidden on %d pages", len(pages))
            if self._alarm is not None:
                await self._alarm(each, pages)


def _host(link: Link) -> str:
    return URL(url(link)).raw_host or ""


def _unless_offline(found: list[Checked]) -> list[Checked]:
    """The outcomes, none of them a failure of the links when it is our own network that fails."""
    hosts = {_host(each.link) for each in found}
    if len(hosts) < _OTHERS or any(x.outcome is not CheckOutcome.UNREACHABLE for x in found):
        return found
    log.warning("No host answers: is the network down? These links count as not checked")
    return [replace(each, outcome=CheckOutcome.NOT_CHECKED) for each in found]
