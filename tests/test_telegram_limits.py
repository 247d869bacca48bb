"""The stand-ins for Telegram are only as good as these checks: each of them must bite."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.telegram_limits import violations


def _message(text: str = "Да", **more: Any) -> dict[str, Any]:
    return {"chat_id": "1", "text": text, "parse_mode": "HTML", **more}


def _keyboard(*buttons: dict[str, Any]) -> str:
    return json.dumps({"inline_keyboard": [list(buttons)]})


def _article(result_id: str = "1", **more: Any) -> dict[str, Any]:
    content = {"message_text": "Да", "parse_mode": "HTML"}
    article = {"type": "article", "id": result_id, "title": "Да", "input_message_content": content}
    return article | more


def _inline(*results: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"inline_query_id": "1", "results": json.dumps(results), "cache_time": "30", **more}


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("getMe", {}),
        ("sendMessage", _message()),
        ("sendMessage", _message('<b>1 &lt; 2</b> <a href="https://vk.com/x?a=1&amp;b=2">да</a>')),
        ("sendMessage", _message("😀" * 2048)),
        ("sendMessage", {"chat_id": 1, "text": "1 < 2 & 3"}),
        ("sendMessage", _message(reply_markup=_keyboard({"text": "1", "callback_data": "я" * 32}))),
        ("sendMessage", _message(reply_markup=_keyboard({"text": "1", "url": "https://я.рф/"}))),
        ("answerInlineQuery", _inline()),
        ("answerInlineQuery", _inline(_article("1"), _article("2"), next_offset="50")),
        ("answerCallbackQuery", {"callback_query_id": "1", "text": "я" * 200}),
        ("setMyCommands", {"commands": '[{"command": "start", "description": "Начать"}]'}),
    ],
)
def test_a_sound_call_is_left_alone(method: str, params: dict[str, Any]) -> None:
    assert violations(method, params) == []


@pytest.mark.parametrize(
    ("method", "params", "said"),
    [
        ("banChatMember", {}, "not among"),
        ("sendMessage", {"chat_id": "1"}, "text is empty"),
        ("sendMessage", _message("<b> </b>"), "text is empty"),
        ("sendMessage", _message("я" * 4097), "too long"),
        ("sendMessage", _message("😀" * 2049), "too long"),
        ("sendMessage", _message("&amp;" * 4000 + "<b></b>" * 2000), "32768 bytes"),
        ("sendMessage", _message("1 < 2"), "not escaped"),
        ("sendMessage", _message("1 > 2"), "not escaped"),
        ("sendMessage", _message("А & Б"), "not escaped"),
        ("sendMessage", _message("<br>"), "unsupported tag"),
        ("sendMessage", _message("<b><i>да</b></i>"), "unexpected end tag"),
        ("sendMessage", _message("<b>да"), "not closed"),
        ("sendMessage", _message('<a href="javascript:1">да</a>'), "vanish"),
        ("sendMessage", _message(parse_mode="Markdown"), "parse_mode"),
        ("sendDocument", {"chat_id": "1", "document": "x", "caption": "я" * 1025}, "too long"),
        ("sendMessage", _message(reply_markup=_keyboard({"text": "1"})), "exactly one"),
        (
            "sendMessage",
            _message(reply_markup=_keyboard({"text": "1", "url": "https://x.ru", "pay": True})),
            "exactly one",
        ),
        (
            "sendMessage",
            _message(reply_markup=_keyboard({"text": "1", "callback_data": "я" * 33})),
            "BUTTON_DATA_INVALID",
        ),
        (
            "sendMessage",
            _message(reply_markup=_keyboard({"text": "1", "url": "http://localhost/"})),
            "BUTTON_URL_INVALID",
        ),
        (
            "sendMessage",
            _message(reply_markup=_keyboard({"text": " ", "callback_data": "1"})),
            "without a text",
        ),
        (
            "sendMessage",
            _message(reply_markup=_keyboard(*[{"text": "1", "callback_data": "1"}] * 9)),
            "in a row",
        ),
        (
            "sendMessage",
            _message(
                reply_markup=json.dumps(
                    {"inline_keyboard": [[{"text": "1", "callback_data": "1"}]] * 101}
                )
            ),
            "100 buttons",
        ),
        ("editMessageText", {"text": "Да", "chat_id": "1"}, "identifier"),
        ("answerCallbackQuery", {"callback_query_id": "1", "text": "я" * 201}, "200"),
        ("answerInlineQuery", {"inline_query_id": "1", "results": "[]"}, "cache_time"),
        ("answerInlineQuery", _inline(cache_time="300"), "cached"),
        ("answerInlineQuery", _inline(_article("1"), _article("1")), "DUPLICATE"),
        ("answerInlineQuery", _inline(_article("я" * 33)), "RESULT_ID_INVALID"),
        ("answerInlineQuery", _inline(*[_article(str(i)) for i in range(51)]), "51 results"),
        ("answerInlineQuery", _inline(_article(title="")), "title"),
        ("answerInlineQuery", _inline(_article(input_message_content={})), "text is empty"),
        ("answerInlineQuery", _inline(next_offset="я" * 33), "next_offset"),
        (
            "answerInlineQuery",
            _inline(button='{"text": "1", "start_parameter": "я"}'),
            "START_PARAM_INVALID",
        ),
        ("setMyCommands", {"commands": '[{"command": "Да", "description": "1"}]'}, "COMMAND"),
        ("setMyCommands", {"commands": '[{"command": "da", "description": ""}]'}, "DESCRIPTION"),
        ("setMyDescription", {"description": "я" * 513}, "512"),
        ("setMyName", {"name": "я" * 65}, "64"),
        ("setMyShortDescription", {"short_description": "я" * 121}, "120"),
    ],
)
def test_a_call_that_telegram_would_refuse_is_told(
    method: str, params: dict[str, Any], said: str
) -> None:
    assert any(said in found for found in violations(method, params))
