"""Limits that Telegram's server sets, and that the bot keeps to by itself."""

from __future__ import annotations

LARGEST_FILE = 20 * 1024 * 1024
"""Bytes of a file that a bot can be sent: 20 MB."""

LONGEST_START = 64
"""Characters of what a deep link `?start=` can carry."""
