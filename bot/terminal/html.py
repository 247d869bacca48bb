"""Telegram's HTML read back into a text and its entities, as the server does it."""

from __future__ import annotations

from html.parser import HTMLParser

from aiogram.types import MessageEntity

from bot.views.text import utf16

_TYPES = {
    "a": "text_link",
    "b": "bold",
    "i": "italic",
    "u": "underline",
    "s": "strikethrough",
    "tg-time": "date_time",
}
"""Entities by tag, where their names differ."""


def parse(source: str) -> tuple[str, list[MessageEntity]]:
    """The text as it is seen and its entities, outer before inner."""
    parser = _Parser()
    parser.feed(source)
    parser.close()
    found = sorted(parser.entities, key=lambda e: (e.offset, -e.length))
    return parser.text, found


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.entities: list[MessageEntity] = []
        self._open: list[tuple[str, int, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        kind = "expandable_blockquote" if "expandable" in found else _TYPES.get(tag, tag)
        self._open.append((kind, utf16(self.text), found))

    def handle_endtag(self, tag: str) -> None:
        kind, offset, found = self._open.pop()
        length = utf16(self.text) - offset
        unix, form = found.get("unix"), found.get("format")
        if length:
            self.entities.append(
                MessageEntity(
                    type=kind,
                    offset=offset,
                    length=length,
                    url=found.get("href"),
                    unix_time=int(unix) if unix else None,
                    date_time_format=form,
                )
            )

    def handle_data(self, data: str) -> None:
        self.text += data
