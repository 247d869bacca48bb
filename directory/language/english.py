"""English words of a query in Russian; the rest of it is a name in Latin letters."""

from __future__ import annotations

import re

from directory.language.lexicon import Lexicon

_WORD = re.compile(r"[a-z]+")
_LONGEST_PHRASE = 3


def in_russian(lexicon: Lexicon, text: str) -> str:
    """The text with its English words in Russian, empty when it has none.

    >>> from directory.language.lexicon import lexicon
    >>> in_russian(lexicon(), "school 5 of Kurgan")
    'школа 5  kurgan'
    """
    text = text.lower().replace("'s", "s").replace("’s", "s")
    words = list(_WORD.finditer(text))
    read, end, n, found = [], 0, 0, False
    while n < len(words):
        for length in range(min(_LONGEST_PHRASE, len(words) - n), 0, -1):
            phrase = tuple(word.group() for word in words[n : n + length])
            russian = lexicon.english.get(phrase)
            if russian is not None:
                read += [text[end : words[n].start()], russian]
                end, found = words[n + length - 1].end(), found or bool(russian)
                n += length
                break
        else:
            n += 1
    return "".join(read) + text[end:] if found else ""
