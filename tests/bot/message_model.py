"""Aiogram's own model of a message: every field that can be reached from one, and samples of it."""

from __future__ import annotations

import typing
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import Any

from aiogram.types import Chat, Message, TelegramObject, User
from aiogram.types.rich_text_union import RichTextUnion
from pydantic.fields import FieldInfo
from typing_extensions import TypeAliasType

Way = tuple[tuple[type[TelegramObject], str], ...]
"""Fields that lead from a message to a type, outermost first."""


@dataclass(frozen=True)
class Leaf:
    """A field that holds words or an account. `way` leads to its object; `rich`: formatted text."""

    owner: type[TelegramObject]
    name: str
    way: Way
    accounts: tuple[str, ...]
    rich: bool

    @property
    def id(self) -> str:
        """As `message_fields.toml` would name it."""
        return f"{self.owner.__name__}.{self.name}"


def leaves() -> list[Leaf]:
    """Every field with words, formatted text, a person or a chat that a message can hold."""
    found: list[Leaf] = []
    ways: dict[type[TelegramObject], Way] = {Message: ()}
    waiting: deque[type[TelegramObject]] = deque([Message])
    while waiting:
        owner = waiting.popleft()
        for name, field in _fields(owner).items():
            inner = list(dict.fromkeys(_types(field.annotation)))
            objects = [x for x in inner if issubclass(x, TelegramObject)]
            accounts = tuple(x.__name__ for x in objects if x in (Chat, User))
            rich = any(is_rich(x) for x in objects)
            if str in inner or accounts or rich:
                found.append(Leaf(owner, name, ways[owner], accounts, rich))
            for each in objects:
                if each not in ways and each not in (Chat, User) and not is_rich(each):
                    ways[each] = (*ways[owner], (owner, name))
                    waiting.append(each)
    return found


def rich_texts() -> list[type[TelegramObject]]:
    """Every sort of formatted text that is an object."""
    return [x for x in dict.fromkeys(_types(RichTextUnion)) if issubclass(x, TelegramObject)]


def is_rich(type_: type) -> bool:
    """Whether it is a part of formatted text."""
    return type_.__name__.startswith("RichText")


def message_with(leaf: Leaf, value: object) -> dict[str, Any]:
    """The fields of a message that has `value` in this field and else only what it must have."""
    made: Any = _shaped(_fields(leaf.owner)[leaf.name].annotation, value)
    inner = minimal(leaf.owner) | {leaf.name: made} if leaf.way else {leaf.name: made}
    for owner, name in reversed(leaf.way):
        made = _shaped(_fields(owner)[name].annotation, inner)
        inner = (minimal(owner) if owner is not Message else {}) | {name: made}
    return inner


def minimal(type_: type[TelegramObject]) -> dict[str, Any]:
    """What an object of the type must have."""
    return {
        name: _sample(field.annotation)
        for name, field in _fields(type_).items()
        if field.is_required() or name == "type"
    }


def _fields(type_: type[TelegramObject]) -> dict[str, FieldInfo]:
    type_.model_rebuild()  # Until then annotations are names.
    return type_.model_fields


def _shaped(annotation: Any, value: object) -> object:
    """The value within as many lists as the field has."""
    for part in _union(annotation):
        if typing.get_origin(part) is list:
            return [_shaped(typing.get_args(part)[0], value)]
    return value


def _sample(annotation: Any) -> object:
    """Any value that the annotation allows."""
    for part in _union(annotation):
        origin = typing.get_origin(part)
        if origin is typing.Literal:
            value = typing.get_args(part)[0]
            return value.value if isinstance(value, Enum) else value
        if origin is list:
            return []
        if part in _SAMPLES:
            return _SAMPLES[part]
        if isinstance(part, type) and issubclass(part, TelegramObject):
            return minimal(part)
    raise AssertionError(annotation)


_SAMPLES: dict[Any, object] = {
    str: "x",
    int: 1,
    float: 1.0,
    bool: True,
    datetime: datetime.now(UTC),
    Chat: {"id": -5, "type": "channel", "title": "Канал"},
    User: {"id": 5, "is_bot": False, "first_name": "Имя"},
}


def _union(annotation: Any) -> list[Any]:
    """The alternatives of a union, without its annotations."""
    if isinstance(annotation, TypeAliasType):
        return _union(annotation.__value__)
    if isinstance(annotation, str | typing.ForwardRef):
        return [str]  # formatted text in formatted text
    if typing.get_origin(annotation) is typing.Annotated:
        return _union(typing.get_args(annotation)[0])
    if typing.get_origin(annotation) in (typing.Union, _UNION):
        return [x for part in typing.get_args(annotation) for x in _union(part)]
    return [annotation]


_UNION = type(int | str)


def _types(annotation: Any) -> Iterator[type]:
    """The plain types in an annotation."""
    for part in _union(annotation):
        if typing.get_origin(part) is list:
            yield from _types(typing.get_args(part)[0])
        elif isinstance(part, type):
            yield part
