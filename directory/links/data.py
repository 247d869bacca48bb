"""The data files of links: platforms and what is known of sites, read once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

_NAMED = re.compile(r"\(\?P<\w+>")


@dataclass(frozen=True, slots=True)
class PathForm:
    """A form of a path: what it names (`kind`) and how the account is made of its groups."""

    kind: str
    path: re.Pattern[str]
    account: str


@dataclass(frozen=True, slots=True)
class Platform:
    """One platform of `platforms.toml`; the file says what each field means."""

    id: str
    name: str
    domains: tuple[str, ...]
    own: tuple[str, ...]
    hosts: frozenset[str]
    nick_domains: tuple[str, ...]
    lower: bool
    stop: frozenset[str]
    refused: tuple[tuple[re.Pattern[str], str], ...]
    forms: tuple[PathForm, ...]
    any_form: re.Pattern[str]
    service: PathForm | None
    tail: re.Pattern[str]
    keys: Mapping[str, re.Pattern[str]]
    windows: Mapping[str, re.Pattern[str]]
    url: Mapping[str, str]

    def form_of(self, path: str) -> PathForm | None:
        """The first form that the path has."""
        found = self.any_form.fullmatch(path)
        return self.forms[found.lastindex - 1] if found and found.lastindex else None


@dataclass(frozen=True, slots=True)
class Sites:
    """The lists of `trusted_sites.toml`."""

    trusted: frozenset[str]
    short: frozenset[str]
    private: frozenset[str]
    shared: frozenset[str]
    bodies: frozenset[str]
    tracking: frozenset[str]
    counters: frozenset[str]
    leading: frozenset[str]
    files: frozenset[str]
    ends: frozenset[str]


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files("directory.links") / name).read_text("utf-8"))


def _form(raw: dict[str, str]) -> PathForm:
    return PathForm(raw["kind"], re.compile(raw["path"], re.ASCII), raw["account"])


def _any_of(forms: Sequence[PathForm]) -> re.Pattern[str]:
    """All forms as one expression, with a group for each: ten are looked for as fast as two."""
    found = re.compile("|".join(f"({_NAMED.sub('(?:', x.path.pattern)})" for x in forms), re.ASCII)
    assert found.groups == len(forms), "the groups of a form have names"
    return found


def _patterns(raw: dict[str, str]) -> dict[str, re.Pattern[str]]:
    return {key: re.compile(pattern, re.ASCII) for key, pattern in raw.items()}


def _platform(name: str, raw: dict[str, Any]) -> Platform:
    forms = tuple(map(_form, raw["forms"]))
    prefixes = ["", *(f"{prefix}." for prefix in raw["hosts"])]
    return Platform(
        id=name,
        name=raw["name"],
        domains=tuple(raw["domains"]),
        own=tuple(raw["own"]),
        hosts=frozenset(prefix + domain for domain in raw["domains"] for prefix in prefixes),
        nick_domains=tuple(raw.get("nick_domains", ())),
        lower=raw["lower"],
        stop=frozenset(raw["stop"]),
        refused=tuple((re.compile(x["path"], re.I | re.ASCII), x["why"]) for x in raw["refused"]),
        forms=forms,
        any_form=_any_of(forms),
        service=_form(raw["service"]) if "service" in raw else None,
        tail=re.compile(raw.get("tail", ""), re.ASCII),
        keys=_patterns(raw.get("keys", {})),
        windows=_patterns(raw.get("windows", {})),
        url=raw["url"],
    )


PLATFORMS = {name: _platform(name, raw) for name, raw in _read("platforms.toml").items()}
SERVICES_OF_STATE: Mapping[str, str] = _read("services.toml")["state"]
"""What the state's hosts that are nobody's page are, in Russian."""

SERVICES_OF_PLATFORMS: Mapping[str, str] = _read("services.toml")["platforms"]
"""The same of the platforms' hosts."""

SITES = Sites(**{name: frozenset(values) for name, values in _read("trusted_sites.toml").items()})

HOSTS = {host: platform for platform in PLATFORMS.values() for host in platform.hosts}
"""The platform that shows pages under a host."""

DOMAINS = {
    domain: platform
    for platform in PLATFORMS.values()
    for domain in (*platform.domains, *platform.own)
}
"""The platform that a domain, and all within it, belongs to."""

NICK_DOMAINS = {
    domain: platform for platform in PLATFORMS.values() for domain in platform.nick_domains
}
"""The platform that gives each account a host of its own within a domain."""
