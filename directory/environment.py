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


def region_name() -> str:
    """`REGION` as it is written; "" when it is set to nothing, which means the whole country."""
    settings = {**dotenv_values(Path(".env")), **os.environ}
    return (settings.get("REGION", DEFAULT_REGION) or "").strip()
