"""What people say to a bot besides asking; see `small_talk.toml`."""

from __future__ import annotations

import re
import tomllib
from itertools import groupby
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


def small_talk(text: str) -> str | None:
    """Return the answer in English, for the catalogues; None when the text asks for something."""
    if len(text) > _LONGEST:
        return None
    if not text[:1].isalnum():
        signs = set(_SKIN.sub("", text))
        if signs and signs <= _SIGNS.keys():
            return _SIGNS[min(signs)]
    for words in readings(text):
        once = [word for word, _again in groupby(words.split())]
        bare = [word for word in once if word not in _BESIDE]
        if found := _SAID.get(words) or _SAID.get(" ".join(once)) or _SAID.get(" ".join(bare)):
            return found
    return None
