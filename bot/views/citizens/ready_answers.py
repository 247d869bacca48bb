"""The ready answers to a report that is declined, as editors choose them and senders read them.

A name stays as it is: reports that were decided keep it, and each reads it in their own language.
"""

from __future__ import annotations

from aiogram.utils.i18n import gettext as _

RIGHT = "=right"


def ready() -> dict[str, str]:
    """Return the answers by their names."""
    return {
        RIGHT: _("Checked: the page is right"),
        "=unsure": _("Could not make sure of it"),
        "=unofficial": _("It is no official page"),
        "=known": _("It is in the directory already"),
    }


def in_words(word: str) -> str:
    """Return the answer with this name; what an editor wrote in their own words, as it is."""
    return ready().get(word, word)
