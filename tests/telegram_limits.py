"""What Telegram's server refuses, loses or cuts, told of a call before it is sent.

Both stand-ins for Telegram ask here: the recording session of the conversations in `tests/bot` and
the Bot API server of `tests/e2e`. The limits are those of the Bot API's documentation and of
Telegram's own Bot API server; two rules are the bot's own: an inline answer is kept for a minute at
most (a cached one cannot be taken back), and every `<`, `>` and `&` of a value is escaped.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

REQUIRED: dict[str, tuple[str, ...]] = {
    "answerCallbackQuery": ("callback_query_id",),
    "answerGuestQuery": ("guest_query_id", "result"),
    "answerInlineQuery": ("inline_query_id", "results", "cache_time"),
    "deleteMessage": ("chat_id", "message_id"),
    "deleteMessages": ("chat_id", "message_ids"),
    "deleteMyCommands": (),
    "deleteWebhook": (),
    "editMessageReplyMarkup": (),
    "editMessageText": ("text",),
    "getChat": ("chat_id",),
    "getFile": ("file_id",),
    "getMe": (),
    "getMyName": (),
    "getUpdates": (),
    "getWebhookInfo": (),
    "sendChatAction": ("chat_id", "action"),
    "sendDocument": ("chat_id", "document"),
    "sendLocation": ("chat_id", "latitude", "longitude"),
    "sendMessage": ("chat_id", "text"),
    "sendPhoto": ("chat_id", "photo"),
    "sendVenue": ("chat_id", "latitude", "longitude", "title", "address"),
    "setMyCommands": ("commands",),
    "setWebhook": ("url", "allowed_updates", "secret_token"),
    "setMyDescription": (),
    "setMyName": (),
    "setMyShortDescription": (),
}
"""The methods that the bot may call, each with what it must give."""

TEXT_UNITS = 4096
TEXT_BYTES = 32_768
CAPTION_UNITS = 1024
BUTTONS, BUTTONS_IN_A_ROW = 100, 8
INLINE_RESULTS = 50
INLINE_CACHE_SECONDS = 60
UPLOAD_BYTES = 50 * 1024 * 1024
DOWNLOAD_BYTES = 20 * 1024 * 1024

_TAGS = {
    *("a", "b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre"),
    *("blockquote", "tg-spoiler", "span", "tg-emoji", "tg-time"),
}
_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>[a-z][a-z-]*)(?P<attributes>(?:\s+[a-z-]+(?:=\"[^\"]*\")?)*)\s*>"
)
_SPECIAL = re.compile(r"[<>&]")
_ENTITY = re.compile(r"&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);")
_HREF = re.compile(r"href=\"([^\"]*)\"")
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_START_PARAMETER = re.compile(r"[A-Za-z0-9_-]{1,64}")
_ACTIONS = (
    *("url", "callback_data", "web_app", "login_url", "copy_text", "callback_game", "pay"),
    *("switch_inline_query", "switch_inline_query_current_chat", "switch_inline_query_chosen_chat"),
    "disabled",
)


def violations(method: str, params: Mapping[str, Any]) -> list[str]:
    """What is wrong with the call of `method`; an empty list when Telegram would take it.

    `params` are the form's fields as aiogram sends them (strings, nested objects as JSON) or the
    same values decoded.
    """
    if method not in REQUIRED:
        return [f"{method} is not among the methods that the bot is known to call"]
    call = {name: _decoded(name, value) for name, value in params.items() if value is not None}
    return [f"{method}: {found}" for found in _call(method, call)]


def utf16(text: str) -> int:
    """The length of a text as Telegram counts it: in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def visible(text: str) -> str:
    """What a person sees of a text in Telegram's HTML."""
    return html.unescape(_TAG.sub("", text))


def _decoded(name: str, value: Any) -> Any:
    objects = ("reply_markup", "results", "result", "button", "commands", "message_ids")
    return json.loads(value) if name in objects and isinstance(value, str) else value


def _call(method: str, call: dict[str, Any]) -> Iterator[str]:
    for name in REQUIRED[method]:
        if name not in call:
            yield "message text is empty" if name == "text" else f"{name} is missing"
    if method.startswith("editMessage") and not (
        "inline_message_id" in call or {"chat_id", "message_id"} <= call.keys()
    ):
        yield "message identifier is not specified"
    if "text" in call and method != "answerCallbackQuery":
        yield from _text(call["text"], call.get("parse_mode"), TEXT_UNITS)
    if "caption" in call:
        yield from _text(call["caption"], call.get("parse_mode"), CAPTION_UNITS)
    if "reply_markup" in call:
        yield from _markup(call["reply_markup"])
    match method:
        case "answerCallbackQuery":
            if utf16(call.get("text", "")) > 200:
                yield "text is longer than 200"
        case "answerInlineQuery":
            yield from _inline(call)
        case "answerGuestQuery":
            yield from _result(call.get("result", {}))
        case "deleteMessages":
            if not 1 <= len(call.get("message_ids", [])) <= 100:
                yield "message_ids are not 1 to 100"
        case "setMyCommands":
            yield from _commands(call.get("commands", []))
        case "setMyName":
            if utf16(call.get("name", "")) > 64:
                yield "name is longer than 64"
        case "setMyDescription":
            if utf16(call.get("description", "")) > 512:
                yield "description is longer than 512"
        case "setMyShortDescription":
            if utf16(call.get("short_description", "")) > 120:
                yield "short_description is longer than 120"


def _text(text: str, parse_mode: str | None, limit: int) -> Iterator[str]:
    if len(text.encode()) > TEXT_BYTES:
        yield f"message is too long: more than {TEXT_BYTES} bytes"
    shown = text
    if parse_mode is not None:
        if parse_mode != "HTML":
            yield f"parse_mode is {parse_mode!r}, not 'HTML'"
        yield from _html(text)
        shown = visible(text)
    if not shown.strip():
        yield "message text is empty"
    if utf16(shown) > limit:
        yield f"message is too long: {utf16(shown)} of {limit}"


def _html(text: str) -> Iterator[str]:
    opened: list[str] = []
    position = 0
    while found := _SPECIAL.search(text, position):
        position = found.start()
        near = text[position : position + 30]
        match = (_ENTITY if found[0] == "&" else _TAG).match(text, position)
        if match is None:
            yield f"can't parse entities: {found[0]!r} is not escaped: {near!r}"
            position += 1
            continue
        position = match.end()
        if found[0] == "&":
            continue
        name = match["name"]
        if name not in _TAGS:
            yield f"can't parse entities: unsupported tag {near!r}"
        elif not match["end"]:
            opened.append(name)
            if name == "a":
                yield from _href(match["attributes"])
        elif not opened or opened.pop() != name:
            yield f"can't parse entities: unexpected end tag {near!r}"
    if opened:
        yield f"can't parse entities: <{opened[-1]}> is not closed"


def _href(attributes: str) -> Iterator[str]:
    href = _HREF.search(attributes)
    if href is None or not _is_address(html.unescape(href[1])):
        yield f"a link that would vanish silently: <a{attributes}>"


def _is_address(url: str) -> bool:
    """Whether Telegram takes `url` for a button or a link."""
    if any(character.isspace() for character in url):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    if parts.scheme == "tg":
        return bool(parts.netloc)
    host = (parts.hostname or "").strip(".")
    return parts.scheme in ("http", "https") and "." in host


def _markup(markup: dict[str, Any]) -> Iterator[str]:
    inline = "inline_keyboard" in markup
    rows = markup.get("inline_keyboard", markup.get("keyboard", []))
    if sum(map(len, rows)) > BUTTONS:
        yield f"more than {BUTTONS} buttons"
    for row in rows:
        if not row:
            yield "an empty row of buttons"
        if len(row) > BUTTONS_IN_A_ROW:
            yield f"more than {BUTTONS_IN_A_ROW} buttons in a row"
        for button in row:
            if not button.get("text", "").strip():
                yield f"a button without a text: {button}"
            if inline:
                yield from _button(button)
    placeholder = markup.get("input_field_placeholder")
    if placeholder is not None and not 1 <= utf16(placeholder) <= 64:
        yield "input_field_placeholder is not 1 to 64 long"


def _button(button: dict[str, Any]) -> Iterator[str]:
    actions = [name for name in _ACTIONS if button.get(name) is not None]
    if len(actions) != 1:
        yield f"a button must do exactly one thing: {button}"
    if "url" in actions and not _is_address(button["url"]):
        yield f"BUTTON_URL_INVALID: {button['url']!r}"
    if "callback_data" in actions and not 1 <= len(button["callback_data"].encode()) <= 64:
        yield f"BUTTON_DATA_INVALID: {button['callback_data']!r}"
    if "copy_text" in actions and not 1 <= utf16(button["copy_text"].get("text", "")) <= 256:
        yield "copy_text is not 1 to 256 long"
    if button.get("style", "primary") not in ("danger", "success", "primary"):
        yield f"unknown style {button['style']!r}"


def _inline(call: dict[str, Any]) -> Iterator[str]:
    results = call.get("results", [])
    if len(results) > INLINE_RESULTS:
        yield f"{len(results)} results, {INLINE_RESULTS} at most"
    ids = [result.get("id", "") for result in results]
    if len(set(ids)) != len(ids):
        yield f"RESULT_ID_DUPLICATE: {ids}"
    for result in results:
        yield from _result(result)
    if int(call.get("cache_time", 300)) > INLINE_CACHE_SECONDS:
        yield f"cached for {call.get('cache_time', 300)} s: a hidden page would stay in sight"
    if len(call.get("next_offset", "").encode()) > 64:
        yield "next_offset is longer than 64 bytes"
    button = call.get("button")
    if button is None:
        return
    if not button.get("text"):
        yield "a button without a text"
    if not _START_PARAMETER.fullmatch(button.get("start_parameter", "")):
        yield f"START_PARAM_INVALID: {button}"


def _result(result: dict[str, Any]) -> Iterator[str]:
    if not 1 <= len(result.get("id", "").encode()) <= 64:
        yield f"RESULT_ID_INVALID: {result.get('id')!r}"
    if result.get("type") != "article":
        yield f"a result that is no article: {result.get('type')!r}"
    if not result.get("title"):
        yield "an article without a title"
    content = result.get("input_message_content", {})
    yield from _text(content.get("message_text", ""), content.get("parse_mode"), TEXT_UNITS)
    if "reply_markup" in result:
        yield from _markup(result["reply_markup"])


def _commands(commands: list[dict[str, str]]) -> Iterator[str]:
    if len(commands) > 100:
        yield "more than 100 commands"
    for command in commands:
        if not _COMMAND.fullmatch(command.get("command", "")):
            yield f"BOT_COMMAND_INVALID: {command}"
        if not 1 <= utf16(command.get("description", "")) <= 256:
            yield f"BOT_COMMAND_DESCRIPTION_INVALID: {command}"
