"""Text from files and people made safe to show.

Whatever was not written in this program is data: it may hold Telegram's own markup, characters that
turn the direction of writing, or something that Telegram would make a link of all by itself.
"""

from __future__ import annotations

import html
import re

from directory.text import clean

LABEL_UNITS = 60
"""How long a button's label may be: Telegram takes more, and telephones show less."""

_TRAILING = "…"

# Telegram makes a link of a word with a known top-level domain, however it was meant. Of Cyrillic
# ones these exist; other Cyrillic words after a dot («им.Пушкина») stay text.
_CYRILLIC_DOMAINS = "рф|рус|москва|дети|онлайн|сайт|орг|ком|католик|бел|бг|ею|мкд|мон|срб|укр|қаз"
_LINKED = re.compile(
    rf"""\S*(?:
        ://
      | [@\#$][\w]
      | \.(?:(?:(?![а-яё])[^\W\d_]){{2,}}|xn--|{_CYRILLIC_DOMAINS})(?![а-яё])
      | \d+\.\d+\.\d+\.\d+
    )\S*
    | (?<!\w)/[a-z0-9_]\w*""",
    re.IGNORECASE | re.VERBOSE,
)

_LINKING = re.compile(r"[/@#$.]")
"""What any of these holds: looked for first, since few texts have it."""


def utf16(text: str) -> int:
    """Return the length of a text as Telegram counts it: in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def clip(text: str, units: int) -> str:
    """Return the text in at most `units` UTF-16 units, with an ellipsis where it was cut."""
    if 2 * len(text) <= units or utf16(text) <= units:  # no character takes more than two
        return text
    cut = text.encode("utf-16-le")[: (units - 1) * 2].decode("utf-16-le", "ignore")
    return cut.rstrip() + _TRAILING


_NUMBER = re.compile(r"(?:№\s*|N\s*)?\d[\w/-]*")


def shortened(text: str, units: int) -> str:
    """Return the text in at most `units` UTF-16 units, with its last number, if that can be."""
    text = clean(text)
    numbers = list(_NUMBER.finditer(text))
    if utf16(text) <= units or not numbers:
        return clip(text, units)
    end = clip(text[numbers[-1].start() :], units // 2)
    if (begin := utf16(clip(text, units)) - utf16(end)) < utf16(end):
        return clip(text, units)
    if utf16(text[: numbers[-1].end()]) < units:
        return clip(text, units)
    return f"{clip(text, begin - 1)} {end}"


def plain(text: str, units: int = 250) -> str:
    """Data as HTML: cleaned, clipped, escaped, and with nothing that Telegram would make a link.

    What looks like an address, a nick, a hashtag or a command is set as code, which Telegram leaves
    alone and a tap copies.
    """
    shown = clip(clean(text), units)
    if not _LINKING.search(shown):
        return _escape(shown)
    parts: list[str] = []
    position = 0
    for match in _LINKED.finditer(shown):
        parts += [_escape(shown[position : match.start()]), code(match[0])]
        position = match.end()
    return "".join([*parts, _escape(shown[position:])])


def code(text: str) -> str:
    """Text as HTML code."""
    return f"<code>{_escape(text)}</code>"


def bold(text: str, units: int = 250) -> str:
    """Data as bold HTML, otherwise like `plain`."""
    # Telegram does not nest code in bold: the parts beside an address are bold, the address is not.
    shown = plain(text, units).replace("<code>", "</b><code>").replace("</code>", "</code><b>")
    return f"<b>{shown}</b>".replace("<b></b>", "")


def anchor(url: str, text: str) -> str:
    """Return a link that may be pressed. `url` comes from `directory.links.url`, never from a
    file."""
    return f'<a href="{_escape(url)}">{_escape(clip(clean(text), LABEL_UNITS))}</a>'


def label(text: str) -> str:
    """Return a button's label: plain text, never empty."""
    return clip(clean(text), LABEL_UNITS) or _TRAILING


def _escape(text: str) -> str:
    return html.escape(text, quote=True).replace("&#x27;", "'")
