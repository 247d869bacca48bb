"""The links in a cell, as offices write them: with labels, words, addresses of mail, glued ones.

A link is taken only as it stands between its neighbours; where that cannot be told, none of the
cell is. What could deceive is a refusal, which stops the row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from directory.file import placeholders
from directory.file.columns import LINKS
from directory.imports.headers import data, has, words
from directory.imports.outdated import of_persons, outdated
from directory.links import Refusal, harmless, is_trusted, label, parse, slot_of
from directory.links.data import SERVICES_OF_STATE
from directory.links.imitation import platform_imitated, platforms_hinted
from directory.model import NETWORKS, SERVICES, Link
from directory.translation import say

_MAIL = re.compile(
    r"(?i)(?<![^\s,;|(«\"'<>:])(?<!http:)(?<!https:)(?:mailto:)?"
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+(?![\w/@\\:?#%])"
)
"""An address of mail that stands by itself: one within an address is a part of that."""
_SEPARATED = re.compile(
    r"[,;](?=\s|$|https?:|www\.|@|[\w-]+(?:\.[\w-]+)+(?:/|$|[,;\s])|[^\W\d_]{1,20}\s*:)", re.I
)
_GLUED = re.compile(r"(?:(?<=[\w)])|(?<=\b\d\.))(?=https?://)", re.I)
_GLUED_BY_SLASH = re.compile(r"(?<=[\w])/(?=https?://|(?:vk|ok|max)\.(?:com|ru)/|t\.me/)", re.I)
_LABEL = re.compile(r"([^\W\d_][\w .]{0,30}):(?=https?:|www\.|@)", re.I)
_CANDIDATE = re.compile(
    r"(?i)https?[:;/]|www\.|tg:|[@\\]|(?:^|[\W_])?[\w-]+\.(?:[a-z]{2,}|рф|рус|дети|xn--\w+)(?![^\W_])"
)
_ADDRESS = re.compile(r"https?://[\w.-]+/[\w.?=&-]*\w", re.ASCII)
"""What nearly all cells are: one address, and nothing that needs a closer look."""
_SEVERAL = re.compile(r"[\s,;|]|.https?:")
_HOST = re.compile(r"(?i)(?:https?:/*)?([^/?#\s]*)")
_NICK = re.compile(r"(?i)[a-z][a-z0-9_.]{2,63}")
_LABELLED_NICK = re.compile(
    r"(?i)([^\W\d_]+)(?:\s*[:–—-]\s*|\s+)([a-z][a-z0-9_]{2,63})(?![\w./:@])"
)
_ODD_WORD = re.compile(
    r"(?i)(?!(?:(?:vk|ok|tg|max)[/:]*)+$)(?=.*[/\\])(?=.*[\da-z№])|.*\W\.[a-z]{2,5}\b"
)
"""What is left beside a link and looks like a piece of it: «№5/», «(1).pdf»."""

_CUT = re.compile(
    r"(?i)(?:vk\.com|ok\.ru|t\.me|max\.ru)/[\w.]+[ \t]*\n[ \t\n]*[a-z0-9_.]+\s*$", re.ASCII
)
"""A link that may go on in the next line of its cell."""

_COMMON = re.compile(r"\.(?:ru|su|com|org|net|info|online|pro|gov|edu|xn--\w+)$")
"""The ends of hosts; «gulliver.teatr» in a column of a network may be a nick."""

_LONGEST = 4_000
"""Characters of a cell of links; a dozen links have fewer."""

_NETWORK_HOSTS = {"vk.com": "vk", "vk.ru": "vk", "ok.ru": "ok", "t.me": "telegram", "max.ru": "max"}

_NO_NICKS = frozenset(
    "vk ok tg max vkontakte telegram site www http https link page url yes com net".split()  # noqa: SIM905
)
"""Latin words that name a network or nothing, not an account on it."""


@dataclass(slots=True)
class CellLinks:
    """What a cell of links gives.

    `links` are with their slots. `refused` says why the cell stops its row, `left_out` why the
    cell, or a part of it, is not taken; both empty otherwise. `moved` are the links that stand in
    another network's column, `foreign` those on networks that the directory has no column for.
    """

    links: list[tuple[str, Link]] = field(default_factory=list)
    refused: str = ""
    left_out: str = ""
    moved: list[Link] = field(default_factory=list)
    foreign: list[Link] = field(default_factory=list)

    def leave_out(self, why: str) -> None:
        """Take none of the cell's links, for the reason that is known already or this one."""
        self.links, self.moved = [], []
        self.left_out = self.left_out or why


def links_in(text: str, column: str) -> CellLinks:
    """The links that a cell of this link column (a slot, or `LINKS`) gives."""
    found = CellLinks()
    if placeholders.says_nothing(text, of_links=True):
        return found
    if len(text) > _LONGEST:
        found.leave_out(say("длиннее {n} знаков: оставьте в ячейке одни ссылки", n=_LONGEST))
        return found
    if link := _whole(text, column):
        _add(found, link, column)
        return found
    bare = _MAIL.sub(" ", text)
    rest, nick = _take_all(found, bare, column)
    labelled = not found.links
    if found.refused or found.left_out:
        found.leave_out("")
    elif labelled:
        _take_labelled_nick(found, rest, column)
    elif any(_ODD_WORD.search(word) for word in rest) or _CUT.search(bare):
        why = say("не понять, где в ячейке кончается ссылка: оставьте в ней одни ссылки")
        found.leave_out(why)
    if found.links[1:] and (word := of_persons(rest)):
        why = say("в ячейке ссылка человека, а не учреждения («{word}»): уберите её", word=word)
        found.leave_out(why)
    elif found.links and (word := outdated(rest, bare)):
        why = say(
            "в ячейке сказано, что страница прежняя или не действует («{word}»): оставьте в ней"
            " одну действующую ссылку",
            word=word,
        )
        found.leave_out(why)
    elif nick and not (found.links or found.refused or found.left_out):
        _take(found, nick, column)
    elif found.links and not found.left_out:
        nick = nick or ("" if labelled else _other_nick(bare))
        if nick:
            found.left_out = say("«{nick}» — ник без адреса: напишите адрес целиком", nick=nick)
    told = found.refused or found.left_out or found.foreign
    if not (found.links or told) and re.search(r"\w", bare):
        found.left_out = say("нет ни одной ссылки")
    elif bare != text and not found.links and not found.refused:
        found.left_out = found.left_out or say("адрес электронной почты — не ссылка на страницу")
    return found


def _take_all(found: CellLinks, text: str, column: str) -> tuple[list[str], str]:
    """Add the links of a text without mail; return its other words, and the first lone nick."""
    rest: list[str] = []
    network = nick = ""
    for token in _tokens(text):
        if token.startswith("@") and column == LINKS and not network:
            nick = nick or token
        elif _CANDIDATE.search(token) and not _is_label(token):
            _take(found, token, network if token.startswith("@") and network else column)
            network = ""
        else:
            rest.append(token)
            network = _network_of(token)
    return rest, nick


def same_place(one: Link, other: Link) -> bool:
    """Whether both open the same page, but for the scheme, «www.» and a slash at the end."""
    return one.platform == other.platform and _bare(one) == _bare(other)


def _bare(link: Link) -> str:
    return link.account.removeprefix("www.").rstrip("/")


def _whole(text: str, column: str) -> Link | None:
    """The link that the whole cell is: by far the most are."""
    if not _ADDRESS.fullmatch(text):
        if _GLUED_BY_SLASH.search(text) or _SEVERAL.search(text):
            return None
        if _is_label(text) or text.lower() in _NO_NICKS:
            return None
        if not _CANDIDATE.search(text) and not (column in NETWORKS and _NICK.fullmatch(text)):
            return None
    link = parse(text, slot=column if column != LINKS else None)
    return None if isinstance(link, Refusal) else link


def _tokens(text: str) -> list[str]:
    """The parts of a cell between which there is nothing that could belong to a link."""
    spaced = _GLUED.sub(" ", _LABEL.sub(r" \1: ", _SEPARATED.sub(" ", text)))
    return [token for token in re.split(r"[\s|]+", spaced) if re.search(r"\w", token)]


def _take(found: CellLinks, token: str, column: str) -> None:
    """Add the link that the token is, or why it is none."""
    slot = column if column in SERVICES or token.startswith("@") else None
    if (parts := _GLUED_BY_SLASH.split(token))[1:]:
        apart = [parse(part, slot=None) for part in parts]
        if all(isinstance(one, Link) and one.platform in NETWORKS[:-1] for one in apart):
            for one in apart:
                assert isinstance(one, Link)
                _add(found, one, column)
            return
    if _host(token) in data()["links"]["no_sites"]:
        token = token.replace("/@", "/", 1)  # «youtube.com/@nick»
    link = parse(token, slot=None if column == LINKS else slot)
    if not isinstance(link, Refusal):
        _add(found, link, column)
    elif _may_deceive(token):
        found.refused = found.refused or link.why
    else:
        found.left_out = found.left_out or link.why


def _add(found: CellLinks, link: Link, column: str) -> None:
    host = link.account.partition("/")[0].removeprefix("www.") if link.platform == "site" else ""
    own = column if column in SERVICES else slot_of(link)
    if host and column not in ("site", *SERVICES):
        own = _service(link) or own
    if host in data()["links"]["no_sites"] or (
        own == "site" != column and host in SERVICES_OF_STATE
    ):
        found.foreign.append(link)
        return
    if host and not is_trusted(host) and (real := platform_imitated(host)):
        found.refused = found.refused or say(
            "{link} похож на адрес {real} и ведёт в другое место", link=harmless(host), real=real
        )
        return
    if column in NETWORKS and own != column:
        if link.platform not in NETWORKS:
            found.left_out = found.left_out or say(
                "{link} — не та сеть, и столбца для неё нет", link=label(link)
            )
            return
        if host and host == link.account.strip("/") and not _COMMON.search(host):
            found.left_out = found.left_out or say(
                "{link} — не понять, ник это или сайт: напишите адрес целиком", link=label(link)
            )
            return
        if host and any(platforms_hinted(host)):
            found.left_out = found.left_out or say(
                "{link} — другой сайт, хотя похож на адрес сети: проверьте, не опечатка ли",
                link=harmless(host),
            )
            return
        found.moved.append(link)
    if (own, link) not in found.links:
        found.links.append((own, link))


def _service(link: Link) -> str:
    """The service whose address the link is, whatever it stands among; "" when it is none."""
    known = data()["links"]["services"]
    return next((s for s, begun in known.items() if link.account.startswith(tuple(begun))), "")


def _may_deceive(token: str) -> bool:
    """Whether a refused address is more than a slip: its host is not what it looks like, or it is
    a network's and leads elsewhere."""
    if "@" in token[1:] or ("\\" in token and _names_network(token)):
        return True
    host = _host(token)
    if "." not in host or (host.lower().removeprefix("www.") in _NETWORK_HOSTS and _is_bare(token)):
        return False
    if not isinstance(parse(host, slot=None), Refusal):
        return False
    return not host.isascii() or "%" in host or _names_network(host)


def _host(token: str) -> str:
    host = re.sub(r":\d*$", "", _HOST.match(token.strip("«»\"'(<"))[1])  # type: ignore[index]
    return host.strip("»\"'>).,;:!?…").removeprefix("www.")


def _names_network(text: str) -> bool:
    return any(network in text.lower() for network in _NETWORK_HOSTS)


def _is_bare(token: str) -> bool:
    """Whether the address is a network's front door, which names nobody."""
    return re.fullmatch(r"(?i)(?:https?:/*)?(?:www\.)?[\w.-]+/*[:.,;]*", token) is not None


def _is_label(token: str) -> bool:
    """Whether the token names a network and no account: «ВК:», «vk.com:», «https://vk.com/»."""
    bare = re.sub(r"(?i)^https?:/*|[:/—–-]+$", "", token).lower().removeprefix("www.")
    return bare in _NETWORK_HOSTS or (token.endswith(":") and bool(_network_of(token)))


def _take_labelled_nick(found: CellLinks, rest: Sequence[str], column: str) -> None:
    """Take «ВК: school_5, ОК: school5», nicks whose networks are named before them."""
    networks, nicks = list(map(_network_of, rest[::2])), rest[1::2]
    if len(networks) != len(nicks) or not all(map(_may_be_nick, nicks)):
        return
    if not all(one not in ("", "site") and column in (one, LINKS) for one in networks):
        return
    for network, nick in zip(networks, nicks, strict=True):
        link = parse(nick, slot=network)
        if isinstance(link, Refusal):
            found.left_out = link.why
        else:
            _add(found, link, column)


def _may_be_nick(text: str) -> bool:
    return bool(_NICK.fullmatch(text)) and text.lower() not in _NO_NICKS


def _other_nick(text: str) -> str:
    """The first «ОК - school_5» of a cell that has links beside it; "" when there is none."""
    for label_, nick in _LABELLED_NICK.findall(text):
        if _network_of(label_) not in ("", "site") and not _network_of(nick):
            return "" if nick.lower() in _NO_NICKS else f"{label_}: {nick}"
    return ""


def _network_of(text: str) -> str:
    bare = re.sub(r"(?i)^https?:/*|[:/—–-]+$", "", text).lower().removeprefix("www.")
    if bare in _NETWORK_HOSTS:
        return _NETWORK_HOSTS[bare]
    known = data()["links"]
    spelt = words(bare)
    return next((n for n in NETWORKS if len(spelt) == 1 and has(spelt, known[n])), "")
