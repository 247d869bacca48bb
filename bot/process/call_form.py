"""How calls to the Bot API are written: as aiogram and aiohttp do it, in a tenth of the time.

Encoded letter by letter in Python, the answer to an inline query takes longer than its search.
"""

from __future__ import annotations

import json
from typing import Any

from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.methods import TelegramMethod
from aiogram.types import InputFile
from aiohttp import BytesPayload, FormData
from aiohttp.payload import Payload
from yarl import URL

dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""JSON in which Russian letters stay as they are."""


class Fields(FormData):
    """A form without files."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__(fields)
        self._encoded = URL.build(query=fields).raw_query_string.encode()

    def __call__(self) -> Payload:
        """What is sent."""
        return BytesPayload(self._encoded, content_type="application/x-www-form-urlencoded")


def form_of(session: BaseSession, bot: Bot, method: TelegramMethod[Any]) -> FormData:
    """The fields and files of a call.

    Of a button's dozen fields one is set: the others are left out before each is looked at.
    """
    files: dict[str, InputFile] = {}
    fields = {
        key: prepared
        for key, value in method.model_dump(warnings=False, exclude_none=True).items()
        if (prepared := session.prepare_value(value, bot=bot, files=files))
    }
    if not files:
        return Fields(fields)
    form = FormData(fields, quote_fields=False)
    for key, file in files.items():
        form.add_field(key, file.read(bot), filename=file.filename or key)
    return form
