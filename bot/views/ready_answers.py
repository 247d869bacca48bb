"""The ready answers to a report that is declined: on the editor's button, and for its sender.

A name stays as it is: reports that were decided keep it, and each reads it in their own language.
"""

from __future__ import annotations

from aiogram.utils.i18n import gettext as _

RIGHT = "=right"


def buttons() -> dict[str, str]:
    """By name, what stands on the editor's button."""
    return {
        RIGHT: _("Checked: the page is right"),
        "=unsure": _("Could not make sure of it"),
        "=unofficial": _("It is no official page"),
        "=known": _("It is in the directory already"),
    }


def for_sender(word: str) -> str:
    """What the sender reads for a name; what an editor wrote in their own words stays as it is."""
    answers = {
        RIGHT: _("We checked: the page is right."),
        "=unsure": _("We could not make sure of it."),
        "=unofficial": _("This is not an official page."),
        "=known": _("It is in the directory already."),
    }
    return answers.get(word, word)
