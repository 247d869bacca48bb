"""JSON as the database keeps it."""

from __future__ import annotations

import json
from typing import Any

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def encode(value: Any) -> str:
    """JSON with Russian letters as they are, in a third of the room that escapes take."""
    return "[]" if value == [] else _encode(value)  # most lists of a large import are empty
