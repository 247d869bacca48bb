"""How much of a query each part of it makes up."""

from __future__ import annotations

from math import log

import numpy as np
import numpy.typing as npt

KIND_WEIGHT = 0.6
"""Of an institution's kind: the place and the number tell more, a kind is half a guess."""
NUMBER_WEIGHT = 0.9
UNKNOWN_WEIGHT = 1.0
"""Of a word that no page has: the page that was meant is not here, or the word says nothing."""
DOUBTFUL_WEIGHT = 0.1
"""Of a word that says nothing, unless it is part of a name here."""
_LEAST = 0.2


def word_weights(pages_with: npt.NDArray[np.integer], pages: int) -> npt.NDArray[np.float32]:
    """The weight of words that so many of all `pages` have: 1 for the rarest, 0.2 for any."""
    rarity = np.log((pages + 1) / (pages_with + 1.0)) / np.log(pages + 2.0)
    weights: npt.NDArray[np.float32] = (_LEAST + (1 - _LEAST) * rarity).astype(np.float32)
    return weights


def word_weight(pages_with: int, pages: int) -> float:
    """The same for one word."""
    rarity = log((pages + 1) / (min(pages_with, pages) + 1)) / log(pages + 2)
    return _LEAST + (1 - _LEAST) * rarity
