"""What deserves a look in the links that a row adds: unknown sites, numbers that do not fit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from directory.imports.places import Places
from directory.imports.problems import ProblemKind
from directory.links import is_trusted, label
from directory.model import Level, Link, Page
from directory.regions import by_code
from directory.translation import say

_OF_A_BODY = re.compile(r"id(\d{9,12})_(?:gos|biz)", re.IGNORECASE)
"""An account in MAX that is named by the number (INN) of its body."""

_LAST_OF_10 = (2, 4, 10, 3, 5, 9, 4, 6, 8)
_LAST_BUT_ONE_OF_12 = (7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
_LAST_OF_12 = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
"""Weights of the digits before a check digit (order of the tax service, MM-3-6/458)."""


class LinkDoubts:
    """Judges the links of pages in their order; `pages` is the directory as it is."""

    def __init__(self, pages: Iterable[Page], places: Places) -> None:
        self._hosts = _hosts_of(pages)
        self._new_domains: set[str] = set()
        self._places = places

    def of(self, before: Page | None, after: Page) -> Iterator[tuple[str, str, str, ProblemKind]]:
        """The slot, the link, the doubt and its kind for each added link that deserves a look."""
        had = {link.link for link in before.links} if before else set()
        for link in after.links:
            if link.link in had:
                continue
            why, kind = "", ProblemKind.OTHER
            if link.link.platform == "site":
                why, kind = self._of_site(_host(link.link)), ProblemKind.NEW_SITE
            elif link.link.platform == "max":
                why = self._of_number(link.link, after)
            if why:
                yield link.slot, label(link.link), why, kind

    def _of_site(self, host: str) -> str:
        """A site that neither the state's registry nor the directory knows."""
        domain = ".".join(host.split(".")[-2:])
        if host in self._hosts or is_trusted(host) or domain in self._new_domains:
            return ""
        self._new_domains.add(domain)
        return say(
            "новый адрес сайта: проверьте его и другие на {domain}, если они есть в файле",
            domain=domain,
        )

    def _of_number(self, link: Link, page: Page) -> str:
        """A number that no body can have, or one of another region.

        Branches of federal bodies have the number of the whole body, which is registered elsewhere.
        """
        found = _OF_A_BODY.fullmatch(link.account)
        if found is None:
            return ""
        number = found[1].zfill(10 if len(found[1]) < 11 else 12)
        if not is_inn(number):
            return say(
                "номер в адресе MAX — не ИНН ({number}): контрольная цифра не сходится;"
                " проверьте ссылку",
                number=found[1],
            )
        region = by_code().get(number[:2])
        path = self._places.territories.path(page.territory)
        own = path[0].name if path else ""
        if region is None or page.level is Level.FEDERAL or own in ("", region.name):
            return ""
        if own not in {known.name for known in by_code().values()}:
            return ""
        return say(
            "номер в адресе MAX — ИНН другого региона ({region}): проверьте ссылку",
            region=region.name,
        )


def is_inn(number: str) -> bool:
    """Whether the check digits of a taxpayer's number of 10 or 12 digits are right.

    >>> is_inn("4501000004"), is_inn("4501000009")
    (False, True)
    """
    digits = [int(digit) for digit in number]
    if len(digits) == 10:
        return _check(digits, _LAST_OF_10) == digits[9]
    return _check(digits, _LAST_BUT_ONE_OF_12) == digits[10] and (
        _check(digits, _LAST_OF_12) == digits[11]
    )


def _check(digits: list[int], weights: tuple[int, ...]) -> int:
    return sum(d * w for d, w in zip(digits, weights, strict=False)) % 11 % 10


def _hosts_of(pages: Iterable[Page]) -> set[str]:
    """The hosts of the sites that are not withdrawn."""
    hosts: set[str] = set()
    for page in pages:
        for link in page.links:
            if link.link.platform == "site" and not (link.hidden or page.hidden):
                hosts.add(_host(link.link))
    return hosts


def _host(link: Link) -> str:
    return link.account.partition("/")[0]
