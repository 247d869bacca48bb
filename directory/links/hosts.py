"""Names of hosts: which are sound and public, and in which form they are kept."""

from __future__ import annotations

import re
from collections.abc import Container
from functools import lru_cache

import idna

from directory.links.data import SITES
from directory.links.letters import RUSSIAN, TWINS, foreign, harmless, is_invisible, named
from directory.links.refusal import RefusedError

_ASCII = frozenset("abcdefghijklmnopqrstuvwxyz")
_COMMON = frozenset("0123456789-")
_ODD = re.compile(r"[^A-Za-zа-яёА-ЯЁ0-9.-]")


def sound_host(given: str) -> str:
    """The host in lower case, national names in their own letters («142-курган.все-доу.рф»).

    Labels are of Latin or of Russian letters, never of both; the last one is of letters (so no
    notation of an IP address passes). Raises `RefusedError` with what is wrong and the cure.
    """
    if not given:
        raise RefusedError("В адресе нет имени сайта. Дайте адрес целиком.")
    _check_signs(given)
    labels = given.lower().split(".")
    if "" in labels:
        raise RefusedError(
            "«{given}»: в имени сайта лишняя точка. Уберите её.", given=harmless(given)
        )
    if len(labels) < 2:
        raise RefusedError(
            "«{given}» — не адрес: в имени сайта нет точки. Напишите его целиком, "
            "например с «.ru» в конце.",
            given=harmless(given),
        )
    labels = [_label(label, given) for label in labels]
    host = ".".join(labels)
    _check_end(labels, given)
    if len(ascii_host(host)) > 253:
        raise RefusedError("Имя сайта длиннее 253 знаков: таких не бывает. Проверьте адрес.")
    return host


def ascii_host(host: str) -> str:
    """The host as it travels: national labels in punycode."""
    return host if host.isascii() else ".".join(map(_ascii_label, host.split(".")))


@lru_cache(4096)
def _ascii_label(label: str) -> str:
    return label if label.isascii() else idna.encode(label).decode()


def within(host: str, domains: Container[str]) -> str | None:
    """The one of the domains that the host is or lies in, on a dot boundary."""
    while host:
        if host in domains:
            return host
        host = host.partition(".")[2]
    return None


def is_trusted(host: str) -> bool:
    """Whether the state's own registry vouches for the host (`*.gov.ru`, `*.gosuslugi.ru`)."""
    return within(host, SITES.trusted) is not None


def _check_signs(given: str) -> None:
    for char in _ODD.findall(given):
        if char == "%":
            raise RefusedError(
                "В имени сайта записан знак через «%»: так прячут чужой адрес. "
                "Скопируйте адрес из строки браузера."
            )
        if is_invisible(char):
            raise RefusedError(
                "В имени сайта {sign}: так прячут чужой адрес. Наберите адрес заново.",
                sign=named(char),
            )
        raise RefusedError(
            "«{given}» — {sign} в имени сайта недопустим. Наберите адрес обычными буквами.",
            given=harmless(given),
            sign=named(char),
        )


def _label(label: str, given: str) -> str:
    if label.startswith("xn--"):
        label = _decoded(label, given)
    elif label[2:4] == "--":
        raise _no_such_name(given)
    if label.startswith("-") or label.endswith("-") or len(label) > 63:
        raise RefusedError(
            "«{given}»: часть имени сайта начинается или кончается дефисом либо длиннее "
            "63 знаков. Проверьте адрес.",
            given=harmless(given),
        )
    if label.isascii():
        return label
    if not _ASCII.isdisjoint(label):
        raise RefusedError(
            "«{given}» — {letters}, остальные латинские: это другой сайт. "
            "Наберите адрес буквами одного алфавита.",
            given=harmless(given),
            letters=foreign(label),
        )
    _encoded(label, given)
    return label


@lru_cache(4096)
def _in_letters(label: str) -> str:
    """What is written in punycode, empty when nothing sound is."""
    try:
        return idna.decode(label)
    except (idna.IDNAError, UnicodeError):
        return ""


def _decoded(label: str, given: str) -> str:
    decoded = _in_letters(label)
    if not decoded or set(decoded) - RUSSIAN - _COMMON or not set(decoded) & RUSSIAN:
        shown = f" («{harmless(decoded)}»: {foreign(decoded)})" if decoded else ""
        raise RefusedError(
            "«{given}» — записанное знаками имя «{label}»{shown}: в таких прячут подмену. "
            "Дайте адрес русскими или латинскими буквами.",
            given=harmless(given),
            label=harmless(label),
            shown=shown,
        )
    return decoded


def _encoded(label: str, given: str) -> None:
    try:
        _ascii_label(label)
    except (idna.IDNAError, UnicodeError):
        raise _no_such_name(given) from None


def _no_such_name(given: str) -> RefusedError:
    return RefusedError(
        "«{given}»: такого имени сайта не бывает. Проверьте адрес.", given=harmless(given)
    )


def _check_end(labels: list[str], given: str) -> None:
    end = labels[-1]
    if end[0].isdigit():
        raise RefusedError(
            "«{given}» — числовой адрес вместо имени сайта: по нему не видно, чей он. "
            "Дайте адрес с именем.",
            given=harmless(given),
        )
    if len(end) < 2 or set(end) & _COMMON - {"-"} or end in SITES.private:
        raise RefusedError(
            "«{given}» — не имя сайта в интернете: «{end}» в конце не бывает. Проверьте адрес.",
            given=harmless(given),
            end=harmless(end),
        )
    if end.isascii():
        for label in labels:
            letters = set(label) & RUSSIAN
            if letters and all(char in TWINS and char in _DRAWN_ALIKE for char in letters):
                raise RefusedError(
                    "«{given}» — {letters}, хотя выглядят как латинские: это другой сайт. "
                    "Наберите адрес латиницей.",
                    given=harmless(given),
                    letters=foreign(label),
                )


# Russian letters that are drawn exactly like Latin ones.
_DRAWN_ALIKE = frozenset("авекмнорстух")
