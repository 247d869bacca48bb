"""What was meant by a text typed in the Latin keyboard layout instead of the Russian one."""

from __future__ import annotations

import re

_KEYS = dict(
    zip(
        "qwertyuiop[]asdfghjkl;'zxcvbnm,.`" + '{}:"<>~#',
        "йцукенгшщзхъфывапролджэячсмитьбюё" + "хъжэбюё№",
        strict=True,
    )
)
_TABLE = str.maketrans(_KEYS)
_LATIN = re.compile("[a-z]")
_CYRILLIC = re.compile("[а-яё]")
_TRAILING = re.compile(r"[.,;:'\"]+(?=\s|$)")


def switched(text: str) -> list[str]:
    """The text in the other layout, in the ways it can be read; only its Latin chunks when mixed.

    A sign at the end of a word may be a letter («rehufy,» → «курганб») or a sign, so there may be
    two readings.

    >>> switched("irjkf 5")
    ['школа 5']
    """
    text = text.lower()
    readings = [_switch(text)]
    bare = _TRAILING.sub("", text)
    if bare != text:
        readings.append(_switch(bare))
    return readings


def _switch(text: str) -> str:
    if not _CYRILLIC.search(text):
        return text.translate(_TABLE)
    chunks = re.split(r"(\s+)", text)
    return "".join(c.translate(_TABLE) if _LATIN.search(c) else c for c in chunks)
