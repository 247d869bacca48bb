"""English words of a query in Russian; the rest of it is a name in Latin letters."""

from __future__ import annotations

import re

from directory.language.lexicon import Lexicon

_WORD = re.compile(r"[a-z]+")
_LONGEST_PHRASE = 4
_SENTENCE, _TELLING = 2, 3
"""Words of English sentences from which a text is one, and the letters that one of them must have:
«do» and «my» are Russian, too."""


def in_russian(lexicon: Lexicon, text: str) -> str:
    """The text with its English words in Russian and without those that only make sentences of
    them; empty when it has none.

    >>> from directory.language.lexicon import lexicon
    >>> in_russian(lexicon(), "school 5 of Kurgan")
    'школа 5  kurgan'
    >>> in_russian(lexicon(), "where is my school").strip()
    'школа'
    """
    text = text.lower().replace("'s", "s").replace("’s", "s")
    words = list(_WORD.finditer(text))
    read, end, n = [], 0, 0
    found = is_sentence(lexicon, text)
    while n < len(words):
        for length in range(min(_LONGEST_PHRASE, len(words) - n), 0, -1):
            phrase = tuple(word.group() for word in words[n : n + length])
            russian = lexicon.english.get(phrase)
            if russian is None and length == 1 and phrase[0] in lexicon.english_silent:
                russian = ""
            if russian is not None:
                read += [text[end : words[n].start()], russian]
                end, found = words[n + length - 1].end(), found or bool(russian)
                n += length
                break
        else:
            n += 1
    return "".join(read) + text[end:] if found else ""


def is_sentence(lexicon: Lexicon, text: str) -> bool:
    """Whether a text is an English sentence, by the words that make one.

    >>> from directory.language.lexicon import lexicon
    >>> is_sentence(lexicon(), "Where is Kurgan"), is_sentence(lexicon(), "do my shkoly")
    (True, False)
    """
    words = [word for word in _WORD.findall(text.lower()) if word in lexicon.english_silent]
    return len(words) >= _SENTENCE and any(len(word) >= _TELLING for word in words)
