"""What people say to a bot besides asking; see `small_talk.toml`."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from bot.appeals.phrases import readings, words_of

_DATA = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
_TALK = _DATA["talk"]
_BESIDE = frozenset(_DATA["beside"])
_SAID: dict[str, str] = {
    words_of(phrase): each["answer"] for each in _TALK for phrase in each["said"]
}
_SIGNS: dict[str, str] = {sign: each["answer"] for each in _TALK for sign in each.get("signs", [])}
_SKIN = re.compile("[\U0001f3fb-\U0001f3ff\ufe0f\\s!.)(]")
_LONGEST = 60
_REPEATED = re.compile(r"\b(\w+)(?: \1\b)+")


def small_talk(text: str) -> str | None:
    """Return the answer in English, for the catalogues; None when the text asks for something."""
    if len(text) > _LONGEST:
        return None
    signs = set(_SKIN.sub("", text))
    if signs and signs <= _SIGNS.keys():
        return _SIGNS[min(signs)]
    for words in readings(text):
        once = _REPEATED.sub(r"\1", words)
        bare = " ".join(word for word in once.split() if word not in _BESIDE)
        if found := _SAID.get(words) or _SAID.get(once) or _SAID.get(bare):
            return found
    return None
