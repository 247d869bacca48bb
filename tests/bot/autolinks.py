"""What Telegram makes pressable in a text all by itself.

The rules are those of its server (TDLib's `find_entities`): mentions, hashtags, cashtags, commands,
addresses with a known top-level domain, addresses with a scheme, e-mails; nothing within code. Any
Latin label of two letters counts as a domain here, which is stricter. Telephone numbers do no harm.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from aiogram.types import MessageEntity

_TOKENS = re.compile(
    r"""(?<!\w)@[A-Za-z0-9_]{2,32}(?!\w)
      | (?<![\w\u200c\u00b7])\#(?=\w*[^\W\d_])\w+(?![\w#])
      | (?<![\w$])\$(?:1INCH|[A-Z]{1,8})(?![\w$])
      | (?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])
      | (?:tg|ton|tonsite)://[a-z0-9_-]+""",
    re.VERBOSE | re.IGNORECASE,
)

# Letters of a host: of the general punctuation only joiners and dashes are among them.
_HOST = r"[A-Za-z0-9_.~\-\u00c0-\u1fff\u200c\u200d\u2010-\u2015\u2070-\U0010ffff]"
_HOSTS = re.compile(rf"(?P<scheme>(?:https?|ftp)://)?(?:[^\s/@<>\"«»]+@)?(?P<host>{_HOST}+)", re.I)

_CYRILLIC = {
    *("рф", "рус", "москва", "дети", "онлайн", "сайт", "орг", "ком", "католик"),
    *("бел", "бг", "ею", "мкд", "мон", "срб", "укр", "қаз"),
}


def autolinks(text: str) -> Iterator[tuple[int, int]]:
    """Where Telegram would make something pressable: spans in characters."""
    for found in _TOKENS.finditer(text):
        yield found.span()
    for found in _HOSTS.finditer(text):
        labels = found["host"].strip(".").split(".")
        if len(labels) > 1 and all(labels) and (found["scheme"] or _is_known(labels)):
            yield found.span()


def pressable(text: str, entities: Sequence[MessageEntity] | None) -> list[str]:
    """All that a person could press in a message: addresses behind words, and what links itself."""
    entities = entities or []
    quiet = [_span(text, e) for e in entities if e.type in ("code", "pre", "text_link")]
    behind = [e.url for e in entities if e.url]
    return behind + [
        text[start:end]
        for start, end in autolinks(text)
        if not any(a <= start and end <= b for a, b in quiet)
    ]


def _is_known(labels: Sequence[str]) -> bool:
    last = labels[-1].lower()
    if len(labels) == 4 and all(label.isdecimal() for label in labels):
        return True
    if last.startswith("xn--") or last in _CYRILLIC:
        return True
    # A label of another script may be a domain; of Cyrillic words only those above are.
    return len(last) > 1 and last.isalpha() and not re.search("[а-яё]", last)


def _span(text: str, entity: MessageEntity) -> tuple[int, int]:
    units = text.encode("utf-16-le")
    start = len(units[: entity.offset * 2].decode("utf-16-le"))
    return start, start + len(entity.extract_from(text))
