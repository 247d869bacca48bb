"""Bytes to text: BOM, then strict UTF-8, then the letters that Russian is written with."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from math import log

from directory.imports.read.book import UnreadableError
from directory.imports.read.kinds import SNIFFED, refuse_markup
from directory.translation import say

NAMES = {
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "utf-32": "UTF-32",
    "cp1251": "Windows-1251",
    "koi8-r": "КОИ-8",
    "cp866": "DOS (866)",
    "mac-cyrillic": "Mac (кириллица)",
    "iso8859-5": "ISO 8859-5",
}
"""The encodings by codec, as people know them."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32", "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16"),
)

_SINGLE_BYTE = ("cp1251", "koi8-r", "cp866", "mac-cyrillic", "iso8859-5")

# Per cent of the letters of Russian texts, commonest first.
_FREQUENCY = {
    "о": 10.97, "е": 8.45, "а": 8.01, "и": 7.35, "н": 6.70, "т": 6.26, "с": 5.47, "р": 4.73,
    "в": 4.54, "л": 4.40, "к": 3.49, "м": 3.21, "д": 2.98, "п": 2.81, "у": 2.62, "я": 2.01,
    "ы": 1.90, "ь": 1.74, "г": 1.70, "з": 1.65, "б": 1.59, "ч": 1.44, "й": 1.21, "х": 0.97,
    "ж": 0.94, "ш": 0.73, "ю": 0.64, "ц": 0.48, "щ": 0.36, "э": 0.32, "ф": 0.26, "ъ": 0.04,
    "ё": 0.04,
}  # fmt: skip

# The cost of a character in nats: a letter's surprise; what Russian files hold beside letters is
# as dear as the rarest letter, and everything else says that the encoding is another.
_COSTS = {letter: -log(share / 100) for letter, share in _FREQUENCY.items()}
_COSTS |= {letter.upper(): cost + 0.5 for letter, cost in _COSTS.items()}
_COSTS |= dict.fromkeys("№«»„“”–—…’\u00a0\u2009\u202f\u00ad°§•", 6.0)
_FOREIGN_COST = 12.0
_INNER_CAPITAL_COST = 4.0

_SAMPLE_WORDS = 20_000
_DOUBT = 8.0
"""Nats: with less evidence against the second best encoding (three thousand to one), who sent the
file must say. A header of two words gives forty."""

_NON_ASCII_WORD = re.compile(rb"[A-Za-z]*[\x80-\xff][A-Za-z\x80-\xff]*")
_INNER_CAPITAL = re.compile("[а-яё][А-ЯЁ]")


@dataclass(slots=True)
class Decoded:
    """A text, whose lines end with LF; the name of its encoding (a key of `NAMES`); and how many
    characters were lost."""

    text: str
    encoding: str
    lost: int

    def take(self) -> str:
        """The text, which is not kept here any longer: nobody else need hold a large one."""
        text, self.text = self.text, ""
        return text


def decode(data: bytes) -> Decoded:
    """What the bytes say. Raises UnreadableError when two encodings fit equally well."""
    text, name, lost = _decoded(data)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Decoded(text, name, lost)


def _decoded(data: bytes) -> tuple[str, str, int]:
    name, codec = _marked(data) or _unmarked_utf_16(data) or ("", "")
    if not codec:
        try:
            return data.decode("utf-8"), "utf-8", 0
        except UnicodeDecodeError:
            # In any of the encodings to come ASCII is ASCII: markup and binary data show already.
            refuse_markup(data[:SNIFFED].decode("latin-1"))
            name = codec = _by_letters(data)
    text = data.decode(codec, "replace")
    return text, name, text.count("\ufffd")


def _marked(data: bytes) -> tuple[str, str] | None:
    """The encoding and the codec that a byte order mark tells."""
    return next(((name, codec) for mark, name, codec in _MARKS if data.startswith(mark)), None)


def _unmarked_utf_16(data: bytes) -> tuple[str, str] | None:
    """The encoding and the codec of a UTF-16 text without a byte order mark; None when it is none.

    Separators and line ends are ASCII, so each file has zero bytes, and no other text has any.
    Latin, Cyrillic and the signs between them then stand in the other half of each pair.
    """
    beginning = data[: 1 << 16]
    if len(data) % 2 or b"\0" not in beginning:
        return None
    high = {"utf-16-le": beginning[1::2], "utf-16-be": beginning[0::2]}
    known = {name: sum(map(half.count, (0, 4, 0x20, 0x21))) for name, half in high.items()}
    best = max(known, key=lambda name: known[name])
    return ("utf-16", best) if known[best] > 0.95 * len(high[best]) else None


def _by_letters(data: bytes) -> str:
    """The encoding in which the words read most like Russian."""
    words = islice(_NON_ASCII_WORD.finditer(data), _SAMPLE_WORDS)
    sample = b" ".join(word[0] for word in words)
    texts = {name: sample.decode(name, "replace") for name in ("utf-8", *_SINGLE_BYTE)}
    costs = {name: _cost(text) for name, text in texts.items()}
    best, *others = sorted(costs, key=lambda name: costs[name])
    # Encodings that agree on these letters are no rivals: cp1251 and Mac share most small ones.
    second = next((name for name in others if texts[name] != texts[best]), None)
    letters = sum(byte > 0x7F for byte in sample[:1000])
    if second and (costs[second] - costs[best]) * letters < _DOUBT:
        raise UnreadableError(
            "Не удалось понять кодировку: {one} или {other}. Сохраните файл как «Книга Excel"
            " (.xlsx)» или «CSV UTF-8» и отправьте снова.",
            one=say(NAMES[best]),
            other=say(NAMES[second]),
        )
    return best


def _cost(text: str) -> float:
    """How little a text is like Russian, in nats a character that is not ASCII."""
    signs = {sign: count for sign, count in Counter(text).items() if sign > "\x7f"}
    cost = sum(_COSTS.get(sign, _FOREIGN_COST) * count for sign, count in signs.items())
    cost += _INNER_CAPITAL_COST * len(_INNER_CAPITAL.findall(text))
    return cost / max(1, sum(signs.values()))
