"""Doubles of accounts, made by the tricks that are known: one of each kind in turn.

Of a site only what others can have: under another's domain nobody has a name but by its holder, so
it is the domain itself that is altered.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from directory.links.imitation import parent
from directory.model import Link

_DRAWN = {"o": "0", "l": "1", "i": "l", "m": "rn", "w": "vv", "0": "o", "1": "l"}
_CYRILLIC = {"a": "а", "e": "е", "o": "о", "p": "р", "c": "с", "x": "х", "k": "к", "y": "у"}
_WORDS = ["_official", "_bot", "_gov", "real_", "_news", "official_", "_info", "_help", "gov_"]


def double(link: Link, rng: random.Random) -> str | None:
    """A double of the account, None when the chosen trick does not fit its name."""
    tricks = [_letters, _cyrillic, _edit, _added, _swapped, _host, _subdomain, _network]
    made = rng.choice([*tricks, _end, _hyphens, _punycode])(link, rng)
    return None if made is None or made == _address(link, link.account) else made


def _address(link: Link, name: str) -> str:
    host = {"vk": "vk.com/", "ok": "ok.ru/", "telegram": "t.me/", "max": "max.ru/", "site": ""}
    return f"https://{host[link.platform]}{name}"


def _letters(link: Link, rng: random.Random) -> str | None:
    name = _name(link)
    places = [i for i, letter in enumerate(name) if letter in _DRAWN]
    if not places:
        return None
    place = rng.choice(places)
    return _renamed(link, name[:place] + _DRAWN[name[place]] + name[place + 1 :])


def _cyrillic(link: Link, rng: random.Random) -> str | None:
    name = _name(link)
    places = [i for i, letter in enumerate(name) if letter in _CYRILLIC]
    if not places:
        return None
    place = rng.choice(places)
    return _renamed(link, name[:place] + _CYRILLIC[name[place]] + name[place + 1 :])


def _punycode(link: Link, rng: random.Random) -> str | None:
    made = _cyrillic(link, rng) if link.platform == "site" else None
    if made is None:
        return None
    labels = made.removeprefix("https://").split(".")
    return "https://" + ".".join(
        x if x.isascii() else f"xn--{x.encode('punycode').decode()}" for x in labels
    )


def _end(link: Link, rng: random.Random) -> str | None:
    if link.platform != "site":
        return None
    head, name, _ = _parts(link.account)
    return f"https://{head}{name}.{rng.choice(['com', 'org', 'net', 'su', 'info', 'ru.com'])}"


def _hyphens(link: Link, rng: random.Random) -> str | None:
    head, name, end = _parts(link.account)
    if link.platform != "site" or not (head or "-" in name):
        return None
    if "-" in name and (not head or rng.random() < 0.5):
        return f"https://{head}{name.replace('-', '')}.{end}"
    return f"https://{head.replace('.', '-')}{name}.{end}"


def _edit(link: Link, rng: random.Random) -> str | None:
    name = _name(link)
    whole = link.account.rpartition(".")[0] if link.platform == "site" else name
    if len(re.sub(r"[\W\d_]", "", whole)) < (10 if link.platform == "site" else 8):
        return None
    letters = [i for i, letter in enumerate(name) if letter.isalpha()]
    place = rng.choice(letters)
    edits: list[Callable[[], str]] = [
        lambda: name[:place] + name[place + 1 :],
        lambda: name[:place] + name[place] + name[place:],
        lambda: name[:place] + rng.choice("aeoubdgkrst") + name[place + 1 :],
        lambda: name[: place - 1] + name[place] + name[place - 1] + name[place + 1 :],
    ]
    made = rng.choice(edits if place else edits[:3])()
    return None if made == name else _renamed(link, made)


def _added(link: Link, rng: random.Random) -> str | None:
    word = rng.choice(_WORDS)
    if link.platform == "site":
        word = word.replace("_", "-")
    name = _name(link)
    return _renamed(link, name + word if word[0] in "_-" else word + name)


def _swapped(link: Link, rng: random.Random) -> str | None:
    parts = _name(link).split("_")
    if len(parts) != 2 or parts[0] == parts[1] or link.platform == "site":
        return None
    return _renamed(link, rng.choice(["_", "", "."]).join(reversed(parts)))


def _host(link: Link, rng: random.Random) -> str | None:
    host, _, path = _address(link, link.account).removeprefix("https://").partition("/")
    fake = rng.choice([host.replace(".", "-") + ".ru", f"{host}.evil.example", f"{host}@evil.ru"])
    return f"https://{fake}/{path}"


def _subdomain(link: Link, rng: random.Random) -> str | None:
    host, _, path = _address(link, link.account).removeprefix("https://").partition("/")
    return (
        f"https://{rng.choice(['m', 'login', 'www'])}.{host}.{rng.choice(['top', 'net.ru'])}/{path}"
    )


def _network(link: Link, rng: random.Random) -> str | None:
    if link.platform == "site" or "." in link.account or "/" in link.account:
        return None
    others = [x for x in ("vk", "ok", "telegram", "max") if x != link.platform]
    other = rng.choice(others)
    if not re.fullmatch(r"[a-z](?:_?[a-z0-9]){3,31}", link.account):
        return None
    return _address(Link(other, "name", ""), link.account)


def _name(link: Link) -> str:
    return _parts(link.account)[1] if link.platform == "site" else link.account


def _renamed(link: Link, name: str) -> str:
    if link.platform != "site":
        return _address(link, name)
    head, _, end = _parts(link.account)
    return f"https://{head}{name}.{end}"


def _parts(host: str) -> tuple[str, str, str]:
    """What stands before the name that somebody bought, that name, and what stands after it."""
    bought = parent(host)
    name, _, end = bought.partition(".")
    return host[: -len(bought)], name, end
