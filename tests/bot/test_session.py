"""The session against a server that puts calls off, fails and refuses."""

from __future__ import annotations

import asyncio
import json
import re
import socket
from collections.abc import AsyncIterator, Callable
from typing import Any
from urllib.parse import parse_qsl

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import (
    AnswerCallbackQuery,
    AnswerInlineQuery,
    EditMessageText,
    GetUpdates,
    SendDocument,
    SendMessage,
    SetMyCommands,
    TelegramMethod,
)
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    Message,
    ReplyParameters,
)
from aiohttp import BytesPayload, FormData

from bot.process import session
from bot.process.session import make_session
from bot.process.turns import AT_ONCE, Turns
from bot.settings import Settings
from bot.talk.send import reply
from bot.views.view import View
from tests.e2e.botapi import TOKEN, BotApi, RefusedError

PERSON = 77


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    """A server on loopback."""
    server = BotApi()
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def bot(api: BotApi) -> AsyncIterator[Bot]:
    """A bot that talks to the server."""
    made = _bot(api.url)
    yield made
    await made.session.close()


def _bot(url: str, **more: str) -> Bot:
    settings = Settings.model_validate({"bot_token": TOKEN, "bot_api_url": url, **more})
    return Bot(TOKEN, session=make_session(settings))


def _busy(seconds: int) -> RefusedError:
    return RefusedError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


def _fails(api: BotApi, method: str, refusal: RefusedError, times: int = 1) -> None:
    api.faults[method] += [lambda _params: refusal] * times


async def test_a_call_waits_for_as_long_as_telegram_asks(api: BotApi, bot: Bot) -> None:
    _fails(api, "sendMessage", _busy(1))
    message = await bot.send_message(PERSON, "Да")
    first, second = api.calls
    assert first.refused
    assert second.at - first.at >= 1
    assert api.shown(PERSON, message.message_id)["text"] == "Да"


async def test_a_wait_that_is_too_long_is_given_up(api: BotApi, bot: Bot) -> None:
    _fails(api, "deleteMessage", _busy(session.LONGEST_WAIT + 1))
    with pytest.raises(TelegramRetryAfter):
        await bot.delete_message(PERSON, 1)
    assert len(api.calls) == 1


FAULTS: dict[str, Callable[[BotApi], None]] = {
    "500": lambda api: _fails(api, "sendMessage", RefusedError(500, "Internal Server Error"), 3),
    "a page of a gateway": lambda api: api.pages["sendMessage"].extend([(502, "<html>")] * 3),
    "a wait of minutes": lambda api: _fails(api, "sendMessage", _busy(300), 3),
    "a reset": lambda api: api.resets.update(sendMessage=3),
    "no answer": lambda api: api.faults["sendMessage"].append(lambda _params: 60.0),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
async def test_an_answer_outlives_a_short_fault(
    api: BotApi,
    bot: Bot,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    fault: Callable[[BotApi], None],
) -> None:
    monkeypatch.setattr(session, "_FIRST_PAUSE", 0.01)
    monkeypatch.setattr(session, "_HANGING_SECONDS", 0.3)
    fault(api)
    message = await bot.send_message(PERSON, "Да")
    assert api.shown(PERSON, message.message_id)["text"] == "Да"
    assert len(caplog.messages) == 1


async def test_an_answer_is_given_up_after_a_minute_with_one_line(
    api: BotApi, bot: Bot, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(session, "_FIRST_PAUSE", 0.05)
    monkeypatch.setattr(session, "LONGEST_WAIT", 0.5)
    _fails(api, "sendMessage", RefusedError(502, "Bad Gateway"), 99)
    with pytest.raises(TelegramServerError):
        await bot.send_message(PERSON, "Да")
    times = [call.at for call in api.calls]
    assert len(times) > 2
    assert times[1] - times[0] >= 0.05
    assert times[2] - times[1] >= 0.1
    assert times[-1] - times[0] < 2
    assert sum("failed" in message for message in caplog.messages) == 1


async def test_of_the_answers_that_wait_the_latest_comes_first() -> None:
    gate, order = session.Latest(1), []

    async def answer(number: int) -> None:
        async with gate.turn():
            order.append(number)
            await asyncio.sleep(0)

    async with asyncio.timeout(5), asyncio.TaskGroup() as group:
        tasks = [group.create_task(answer(number)) for number in range(5)]
        await asyncio.sleep(0)
        tasks[2].cancel()
    assert order == [0, 4, 3, 1]


async def test_an_answer_that_waits_gives_up_its_turn(
    api: BotApi, bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "_FIRST_PAUSE", 0.5)
    _fails(api, "sendMessage", RefusedError(502, "Bad Gateway"), AT_ONCE)
    turns, order = Turns(), []

    async def handle(person: int) -> None:
        async with turns.turn(person):
            await bot.send_message(PERSON + person, "Да")
            order.append(person)

    async with asyncio.timeout(10), asyncio.TaskGroup() as group:
        for person in range(AT_ONCE):
            group.create_task(handle(person))
        await asyncio.sleep(0.2)
        group.create_task(handle(AT_ONCE))
    assert order[0] == AT_ONCE
    assert sorted(order) == list(range(AT_ONCE + 1))


async def test_an_inline_answer_is_never_put_off(api: BotApi, bot: Bot) -> None:
    api.open_queries.add("1")
    _fails(api, "answerInlineQuery", _busy(1))
    with pytest.raises(TelegramRetryAfter):
        await bot.answer_inline_query("1", [], cache_time=1)
    assert len(api.calls) == 1


async def test_what_may_be_done_twice_is_repeated(
    api: BotApi, bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "_FIRST_PAUSE", 0.01)
    _fails(api, "getMe", RefusedError(502, "Bad Gateway"), times=2)
    assert (await bot.get_me()).username == "made_up_bot"
    assert len(api.calls) == 3


async def test_a_page_of_a_gateway_is_no_answer_of_the_server(
    api: BotApi, bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "_FIRST_PAUSE", 0.01)
    api.pages["getMe"] += [(502, "<html>Bad Gateway</html>")] * 2
    assert (await bot.get_me()).username == "made_up_bot"
    api.pages["sendMessage"].append((200, "<html>Welcome</html>"))
    with pytest.raises(ClientDecodeError):
        await bot.send_message(PERSON, "Да")


async def test_an_answer_without_what_was_asked_for_is_none(api: BotApi, bot: Bot) -> None:
    api.garbled["getMe"].append(lambda _body: {"ok": True})
    with pytest.raises(ClientDecodeError):
        await bot.get_me()
    assert (await bot.get_me()).username == "made_up_bot"


async def test_a_message_whose_answer_cannot_be_read_can_be_edited(api: BotApi, bot: Bot) -> None:
    api.garbled["sendMessage"].append(lambda body: body | {"result": body["result"] | {"date": ""}})
    message = await bot.send_message(PERSON, "Читаю…")
    await message.edit_text("Готово")
    assert api.shown(PERSON, message.message_id)["text"] == "Готово"


@pytest.mark.parametrize("answer", [{"ok": True}, {"ok": True, "result": {"done": 1}}])
async def test_what_returns_nothing_is_done_when_the_server_says_so(
    api: BotApi, bot: Bot, answer: dict[str, Any]
) -> None:
    api.garbled["deleteMessage"].append(lambda _body: answer)
    await bot.delete_message(PERSON, 1)


async def test_only_what_cannot_be_read_of_a_batch_is_left_out(
    api: BotApi, bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    good = [api.message(PERSON, text="привет") for _ in range(3)]
    bad = [api.message(PERSON, text="тайна", forward_origin={"type": "тайна"}) for _ in range(2)]
    for message in (good[0], bad[0], good[1], good[2], bad[1]):
        await api.deliver(message=message)
    updates = await bot.get_updates()
    assert [update.message is not None for update in updates] == [True, False, True, True, False]
    assert [update.update_id for update in updates] == sorted(u.update_id for u in updates)
    assert "message.forward_origin" in caplog.messages[0]
    assert "the 2. since the start" in caplog.messages[1]
    assert "тайна" not in caplog.text


async def test_a_batch_that_cannot_be_confirmed_is_an_error(api: BotApi, bot: Bot) -> None:
    api.garbled["getUpdates"].append(lambda _body: {"ok": True, "result": ["x", {"a": 1}]})
    with pytest.raises(ClientDecodeError):
        await bot.get_updates()


async def test_a_file_is_not_sent_twice(api: BotApi, bot: Bot) -> None:
    _fails(api, "sendDocument", RefusedError(502, "Bad Gateway"))
    with pytest.raises(TelegramServerError):
        await bot.send_document(PERSON, BufferedInputFile(b"a", "a.csv"))
    assert len(api.calls) == 1


@pytest.mark.parametrize("proxied", [False, True])
async def test_a_message_that_was_not_sent_is_tried_again(
    api: BotApi,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    proxied: bool,
) -> None:
    monkeypatch.setattr(session, "_FIRST_PAUSE", 0.01)
    monkeypatch.setattr(session, "LONGEST_WAIT", 2)
    closed = _closed_port()
    bot = _bot(api.url, bot_proxy=f"socks5://{closed}") if proxied else _bot(f"http://{closed}")
    with caplog.at_level("DEBUG", "bot.process.session"), pytest.raises(TelegramNetworkError):
        await bot.send_message(PERSON, "Да")
    await bot.session.close()
    assert [message.rpartition(";")[2] for message in caplog.messages[:3]] == [
        " again in 0.01 s",
        " again in 0.02 s",
        " again in 0.04 s",
    ]


async def test_an_edit_that_changes_nothing_is_done(api: BotApi, bot: Bot) -> None:
    message = await bot.send_message(PERSON, "Да")
    edit: dict[str, Any] = {"chat_id": PERSON, "message_id": message.message_id}
    assert await bot.edit_message_text("Да", **edit) is True
    await bot.edit_message_text("Нет", **edit)
    assert api.shown(PERSON, message.message_id)["text"] == "Нет"


async def test_a_press_that_nobody_waits_for_is_still_worked_on(api: BotApi, bot: Bot) -> None:
    late = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    _fails(api, "answerCallbackQuery", RefusedError(400, late))
    assert await bot.answer_callback_query("1") is True
    _fails(api, "answerInlineQuery", RefusedError(400, late))
    with pytest.raises(TelegramBadRequest):
        await bot.answer_inline_query("1", [])


async def test_a_person_who_blocked_the_bot_is_told_to_the_caller(api: BotApi, bot: Bot) -> None:
    _fails(api, "sendMessage", RefusedError(403, "Forbidden: bot was blocked by the user"))
    with pytest.raises(TelegramForbiddenError):
        await bot.send_message(PERSON, "Да")
    assert len(api.calls) == 1


BUTTON = InlineKeyboardButton(text="Кнопка", callback_data="p:1")
KEYBOARD = InlineKeyboardMarkup(inline_keyboard=[[BUTTON], [BUTTON, BUTTON]])


@pytest.mark.parametrize(
    "method",
    [
        SendMessage(chat_id=1, text="<b>Да</b> & 100 %", reply_markup=KEYBOARD),
        SendMessage(chat_id=1, text="Да", reply_markup=ForceReply(selective=True)),
        SendMessage(chat_id=-5, text="Да", reply_parameters=ReplyParameters(message_id=7)),
        EditMessageText(chat_id=1, message_id=2, text="Да", reply_markup=KEYBOARD),
        AnswerCallbackQuery(callback_query_id="1", text="", show_alert=False),
        AnswerInlineQuery(
            inline_query_id="1",
            results=[
                InlineQueryResultArticle(
                    id="1",
                    title="Да",
                    input_message_content=InputTextMessageContent(message_text="<i>Да</i>"),
                    reply_markup=KEYBOARD,
                )
            ],
            cache_time=0,
            next_offset="",
        ),
        GetUpdates(timeout=10, allowed_updates=["message"]),
        SetMyCommands(commands=[BotCommand(command="a", description="б")], language_code="en"),
        SendDocument(chat_id=1, document=BufferedInputFile(b"1", "a.csv"), caption="Да"),
    ],
    ids=lambda method: type(method).__name__,
)
async def test_a_call_is_written_as_aiogram_writes_it(
    bot: Bot, method: TelegramMethod[Any]
) -> None:
    ours = make_session(Settings.model_construct()).build_form_data(bot, method)
    theirs = AiohttpSession().build_form_data(bot, method)
    assert ours.is_multipart == theirs.is_multipart
    assert sorted(_fields(ours)) == sorted(_fields(theirs))


def _fields(form: FormData) -> list[tuple[str, Any]]:
    if form.is_multipart:  # the name of a file is drawn by lot, its content read later
        fields = [(o["name"], o.get("filename") or value) for o, _, value in form._fields]
        fields = [(name if value != "a.csv" else "", value) for name, value in fields]
        return [(name, re.sub("//.*", "", value)) for name, value in fields]
    sent = form()
    assert isinstance(sent, BytesPayload)
    assert sent.content_type == "application/x-www-form-urlencoded"
    decoded = parse_qsl(sent._value.decode(), strict_parsing=True)
    return [(name, json.loads(v) if v[0] in "[{" else v) for name, v in decoded]


@pytest.mark.parametrize("text", ["a+b&c=d;e%41 %", "<b>«ё»</b>\n\t?#/", "\u0001💡é\u202e"])
async def test_any_text_arrives_as_it_is(api: BotApi, bot: Bot, text: str) -> None:
    await bot.send_message(PERSON, text, reply_markup=KEYBOARD)
    assert api.calls[-1].params["text"] == text


async def test_half_a_character_is_left_out(api: BotApi, bot: Bot) -> None:
    await bot.send_message(PERSON, "а\ud800б")
    assert api.calls[-1].params["text"] == "аб"


def _closed_port() -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{free.getsockname()[1]}"


@pytest.mark.parametrize("topic", [{}, {"is_topic_message": True, "message_thread_id": 5}])
async def test_a_reply_is_what_aiogram_answers(
    api: BotApi, bot: Bot, topic: dict[str, Any]
) -> None:
    written = api.message(PERSON, text="школа", **topic)
    message = Message.model_validate(written, context={"bot": bot})
    await reply(message, View("<b>Да</b>", KEYBOARD))
    await message.answer("<b>Да</b>", reply_markup=KEYBOARD)
    ours, theirs = [{**call.params, "message_id": 0} for call in api.calls]
    assert ours == theirs
    assert ("message_thread_id" in ours) is bool(topic)
