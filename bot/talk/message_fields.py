"""What each field of a Telegram message can carry, as `message_fields.toml` has it."""

from __future__ import annotations

import tomllib
from enum import StrEnum
from pathlib import Path


class Carries(StrEnum):
    """What is read of a field; the sections of the file say more."""

    TEXT = "text"
    ADDRESS = "address"
    AUTHOR = "author"
    ACCOUNT = "account"
    NOTHING = "nothing"


def _read() -> dict[tuple[str, str], Carries]:
    raw = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    return {
        (type_, field): Carries(section)
        for section, types in raw.items()
        for type_, fields in types.items()
        for field in fields
    }


FIELDS = _read()
"""By type and field; "*" stands for any."""


def carries(type_: str, field: str) -> Carries | None:
    """Return what a field of a Bot API type can carry, None when nobody has said."""
    for key in ((type_, field), (type_, "*"), ("*", field)):
        if key in FIELDS:
            return FIELDS[key]
    return None
