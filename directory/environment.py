"""The settings that the commands read: from the environment, or `.env` in the working folder."""

from __future__ import annotations

import os
from pathlib import Path

from dotenv import dotenv_values

from directory.store.database import DEFAULT_URL

DEFAULT_REGION = "Курганская область"


def _given(name: str) -> str:
    return os.environ.get(name) or dotenv_values(Path(".env")).get(name) or ""


def database_url() -> str:
    """`DATABASE_URL`, the default when it is empty or not set."""
    return _given("DATABASE_URL") or DEFAULT_URL


def state_dir() -> Path | None:
    """`STATE_DIR`, None when it is empty or not set: beside the database."""
    given = _given("STATE_DIR").strip()
    return Path(given) if given else None


def region_name() -> str:
    """`REGION` as it is written; "" when it is set to nothing, which means the whole country."""
    settings = {**dotenv_values(Path(".env")), **os.environ}
    return (settings.get("REGION", DEFAULT_REGION) or "").strip()
