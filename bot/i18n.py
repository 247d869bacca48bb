"""The languages of the chat: gettext catalogues in `locales/`, English msgids, Russian by default.

The catalogues are kept as text (.po) only and compiled in memory at the start, in milliseconds: a
compiled file beside them could go stale unnoticed.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, tzinfo
from functools import cache
from gettext import GNUTranslations
from pathlib import Path
from typing import Any

from aiogram.types import TelegramObject, User
from aiogram.utils.i18n import I18n, I18nMiddleware
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from directory.translation import speaking

LOCALES = Path(__file__).with_name("locales")
DEFAULT, ENGLISH = "ru", "en"


class Catalogues(I18n):
    """The catalogues of `locales/`, read from .po files; `zone` is the time that people read.

    `ages`: the Bot API server knows Telegram's own time entity, which tells how long ago a day was
    whenever a message is read.
    """

    def __init__(self, zone: tzinfo = UTC, *, ages: bool = False) -> None:
        super().__init__(path=LOCALES, default_locale=DEFAULT)
        self.zone = zone
        self.ages = ages

    def find_locales(self) -> dict[str, GNUTranslations]:
        """The translations by language."""
        return {po.parts[-3]: _compiled(po) for po in self.path.glob("*/LC_MESSAGES/*.po")}

    @contextmanager
    def use_locale(self, locale: str) -> Iterator[None]:
        """Speak this language, and have the directory speak it."""
        with super().use_locale(locale), speaking(locale):
            yield

    @contextmanager
    def context(self) -> Iterator[I18n]:
        """Make these the catalogues that `gettext` asks.

        aiogram keeps the current instance by class, and `gettext` asks for that of `I18n` itself.
        """
        token = I18n.set_current(self)
        try:
            yield self
        finally:
            I18n.reset_current(token)


@cache
def _compiled(po: Path) -> GNUTranslations:
    with po.open("rb") as file:
        catalogue = read_po(file, locale=po.parts[-3])
    binary = io.BytesIO()
    write_mo(binary, catalogue)
    binary.seek(0)
    return GNUTranslations(binary)


class Language(I18nMiddleware):
    """Answers each person in their language."""

    async def get_locale(self, event: TelegramObject, data: dict[str, Any]) -> str:
        """The language for whoever caused the event."""
        return language_of(data.get("event_from_user"))


def language_of(person: User | None) -> str:
    """English for a person whose Telegram is in English, else Russian."""
    code = (person.language_code or "") if person else ""
    return ENGLISH if code.lower().partition("-")[0] == ENGLISH else DEFAULT
