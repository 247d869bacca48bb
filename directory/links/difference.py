"""In what two names differ, told letter by letter."""

from __future__ import annotations

from rapidfuzz.distance import Levenshtein

from directory.links.letters import RUSSIAN, harmless, named
from directory.translation import say


def difference(given: str, real: str) -> str:
    """What is other in `given` than in `real`, e.g. «вместо «l» стоит «1»; лишнее «_bot»».

    Case does not count. Empty when they do not differ.
    """
    given, real = given.casefold(), real.casefold()
    if sorted(given) == sorted(real) and given != real and len(given) > 2:
        swapped = [i for i, (a, b) in enumerate(zip(given, real, strict=True)) if a != b]
        if len(swapped) == 2 and swapped[1] == swapped[0] + 1:
            a, b = real[swapped[0]], real[swapped[1]]
            return say("буквы «{a}» и «{b}» переставлены", a=a, b=b)
        if _rotated(given, real):
            return say("части имени переставлены: настоящее — «{real}»", real=harmless(real))
    said = []
    for extra, wanted in _unequal(given, real):
        if extra and wanted:
            said.append(
                say(
                    "вместо «{wanted}» стоит {given}",
                    wanted=harmless(wanted),
                    given=_in_words(extra),
                )
            )
        elif extra:
            said.append(say("лишнее «{given}»", given=harmless(extra)))
        else:
            said.append(say("не хватает «{wanted}»", wanted=harmless(wanted)))
    return "; ".join(said)


def _unequal(given: str, real: str) -> list[tuple[str, str]]:
    """The stretches in which the two differ: what stands there, and what should."""
    stretches: list[tuple[str, str]] = []
    joined = False
    for step in Levenshtein.opcodes(given, real):
        extra = given[step.src_start : step.src_end]
        wanted = real[step.dest_start : step.dest_end]
        if step.tag == "equal":
            joined = False
        elif joined:
            stretches[-1] = (stretches[-1][0] + extra, stretches[-1][1] + wanted)
        else:
            stretches.append((extra, wanted))
            joined = True
    return stretches


def _rotated(given: str, real: str) -> bool:
    bare_given, bare_real = (x.replace("_", "").replace(".", "") for x in (given, real))
    return bare_given in bare_real + bare_real


def _in_words(extra: str) -> str:
    strange = [char for char in extra if not char.isascii()]
    if len(extra) == 1 and strange:
        return named(extra)
    if strange and all(char in RUSSIAN for char in strange):
        return say("«{given}» русскими буквами", given=harmless(extra))
    return say("«{given}»", given=harmless(extra))
