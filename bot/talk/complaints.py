"""Telling a complaint or a letter to the authorities from a search.

People take a directory for the authority itself. Whoever writes «яма на дороге» must not be shown a
list of road offices as if somebody would come: they are shown the right door.
"""

from __future__ import annotations

import re

LETTER = 140
"""From how many characters on a text without a clear answer is a letter: no name is longer but one
in twenty, and nobody types those whole."""

# What is wrong, what is asked for, and how one addresses an office; stems, since Russian inflects.
_SIGNS = re.compile(
    r"""\b(?:
        не\s+(?:работа|гор[яи]т|убира|чист[яи]т|вывоз|отвеча|дозвон|топ[яи]т|греет|ремонтир|ход[яи]т
              |освеща|принима|реагир|выплачив|платят|пускают|дают|могу\s+(?:попасть|записаться|дозвон))
      | (?:нет|отсутству\w+|отключили|пропал[аои]?)\s+(?:\w+\s+)?
              (?:вод[аыу]|свет[а]?|электричеств|отоплени|газ[а]?\b|тепл[ао]|интернет|освещени|связ[иь]|лекарств)
      | (?:без)\s+(?:вод|свет|отоплени|газ|электричеств)
      | ям[аыу]\s+на | (?:на\s+)?дорог[аеиу]\s+(?:ям|разбит|в\s+ямах) | разбит\w+\s+дорог
      | прорвал | прот[её]к | затоп[ил] | подтоп | свалк | гол[оа]л[её]д
      | сломал | сломан | упал[аои]?\s+дерев | бродяч | бездомн\w+\s+собак
      | жалоб[аыу] | жалу(?:юсь|емся) | пожаловаться | куда\s+(?:жаловаться|обратиться)
      | прошу | просим | помогите | требую | требуем | примите\s+меры | разберитесь | почините
      | когда\s+(?:починят|уберут|отремонтируют|сделают|включат|дадут|построят|приведут|будет)
      | безобрази | беспредел | произвол | уважаем(?:ый|ая|ые)
      | complain | pothole | (?:does\s+not|doesn't)\s+work | no\s+(?:water|heating|electricity)
    )""",
    re.IGNORECASE | re.VERBOSE,
)


def is_complaint(text: str) -> bool:
    """Whether the text says what is wrong or asks an office to act."""
    return _SIGNS.search(text) is not None


def is_letter(text: str) -> bool:
    """Whether the text is longer than anybody's query."""
    return len(text) > LETTER
