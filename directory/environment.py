"""What the commands read of the settings: the environment, or `.env` in the working folder."""

from __future__ import annotations

import os
from pathlib import Path

from dotenv import dotenv_values

from directory.store.database import DEFAULT_URL

DEFAULT_REGION = "Курганская область"


def database_url() -> str:
    """`DATABASE_URL`, the default when it is empty or not set."""
    key = "DATABASE_URL"
    return os.environ.get(key) or dotenv_values(Path(".env")).get(key) or DEFAULT_URL


def state_dir() -> Path | None:
    """`STATE_DIR`, None when it is empty or not set: beside the database."""
    key = "STATE_DIR"
    given = (os.environ.get(key) or dotenv_values(Path(".env")).get(key) or "").strip()
    return Path(given) if given else None


def region_name() -> str:
    """`REGION` as it is written; "" when it is set to nothing, which means the whole country."""
    settings = {**dotenv_values(Path(".env")), **os.environ}
    return (settings.get("REGION", DEFAULT_REGION) or "").strip()
