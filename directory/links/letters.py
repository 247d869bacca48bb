"""Letters that pass for other letters, and how a bad address is shown harmlessly."""

from __future__ import annotations

import re
import unicodedata

from directory.translation import say

# Signs of other alphabets, each before the Latin letter or digit it is drawn like (after the
# Unicode list of confusables, UTS 39, kept to what phones and keyboards offer).
_TWINS = (
    "аa вb еe кk мm нh оo рp сc тt уy хx гr иu пn ьb з3 б6 ч4 шw щw "
    "іi їi јj ѕs һh ԁd ԛq ԝw ѵv ӏl єe ґr ўy әe өo үy ҳx қk ңh ѡw "
    "αa βb γy εe ιi κk νv οo ρp τt υu χx ωw ηn ζz μu σo "
    "ıi ɩi ɑa ɡg ɢg ʟl ᴏo ᴠv ᴡw օo սu ոn հh ƅb ƒf ɪi ɴn ʀr ꜱs ᴜu ᴋk ᴍm ᴛt ᴘp ᴄc ᴇe ᴅd ᴊj ᴢz"
)
TWINS: dict[str, str] = {pair[0]: pair[1] for pair in _TWINS.split()}

RUSSIAN = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюя")

SCRIPTS = {
    "CYRILLIC": "русская «{sign}» (U+{code})",
    "GREEK": "греческая «{sign}» (U+{code})",
    "ARMENIAN": "армянская «{sign}» (U+{code})",
}
ANY_SCRIPT = "знак «{sign}» (U+{code})"


# Fillers, an empty Braille cell and selectors: printable by their class, yet nothing is drawn.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufe0e\ufe0f")


def is_invisible(char: str) -> bool:
    """Whether a sign shows nothing: zero-width, direction and other control signs, soft hyphens."""
    # Not printable: control, format, private and unassigned signs, and spaces, which are seen.
    return (not char.isprintable() and not char.isspace()) or char in _BLANK


def latin(text: str) -> str:
    """The text as an inattentive reader sees it: Latin twins, no marks, no invisible signs."""
    seen = unicodedata.normalize("NFKD", text).casefold()
    return "".join(
        TWINS.get(char, char)
        for char in unicodedata.normalize("NFKD", seen)
        if not unicodedata.combining(char) and not is_invisible(char)
    )


# What is drawn alike within Latin itself: «l», «I» and «1», «o» and «0», «rn» and «m».
_DRAWN = (("0", "o"), ("1", "l"), ("i", "l"), ("5", "s"), ("rn", "m"), ("vv", "w"))
SEPARATOR = re.compile(r"[._-](?!\d)|(?<!\d)[._-]")


def skeleton(text: str) -> str:
    """What is left of a name for the eye: equal for names that are taken for one another.

    Separators do not count, except between digits («1_10» and «11_0» are two numbers).

    >>> skeleton("Kurgan_0fficial") == skeleton("kurganofficiаl")
    True
    """
    seen = text.lower() if text.isascii() else latin(text)
    for drawn, alike in _DRAWN:
        seen = seen.replace(drawn, alike)
    return seen if seen.isalnum() else SEPARATOR.sub("", seen)


def named(char: str) -> str:
    """A sign in words: «русская «к»», «невидимый знак U+200B», «ı» (U+0131)."""
    code = f"{ord(char):04X}"
    if is_invisible(char):
        return say("невидимый знак U+{code}", code=code)
    if char.lower() in RUSSIAN:
        return say("русская «{sign}»", sign=char)
    if char.isascii():
        return say("знак «{sign}»", sign=char)
    script = unicodedata.name(char, "").partition(" ")[0]
    return say(SCRIPTS.get(script, ANY_SCRIPT), sign=char, code=code)


def foreign(text: str) -> str:
    """The signs that are no Latin letters, in words: «буквы «к» и «о» русские», "" for none."""
    if text.isascii():
        return ""
    strange = list(dict.fromkeys(char for char in text if ord(char) > 0x7F))
    russian = [say("«{sign}»", sign=char) for char in strange if char.lower() in RUSSIAN]
    said = []
    if len(russian) == 1:
        said.append(say("буква {letter} русская", letter=russian[0]))
    elif russian:
        said.append(say("буквы {letters} русские", letters=", ".join(russian)))
    said += [named(char) for char in strange if char.lower() not in RUSSIAN]
    return ", ".join(said)


_LINKING = re.compile(r"[.@:。．｡․]")


def harmless(text: str, limit: int = 80) -> str:
    """A bad address to be shown: nothing in it can be pressed, hides or turns the line round.

    «https://vk.com@evil.ru» → «https[:]//vk[.]com[@]evil[.]ru».
    """
    plain = text.isascii() and text.isprintable()
    seen = text if plain else "".join("·" if is_invisible(char) else char for char in text)
    seen = " ".join(seen.split())
    if len(seen) > limit:
        seen = seen[: limit - 1] + "…"
    return _LINKING.sub(r"[\g<0>]", seen)
