"""`python -m bot chat`: the conversation in the terminal, with no token and no network."""

from __future__ import annotations

import shlex
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiogram.methods import (
    AnswerCallbackQuery,
    AnswerInlineQuery,
    EditMessageText,
    SendDocument,
    SendMessage,
    SendPhoto,
    TelegramMethod,
)
from aiogram.types import (
    ForceReply,
    InlineKeyboardButton,
    InlineQueryResultArticle,
    InputTextMessageContent,
    Message,
    ReplyKeyboardMarkup,
)

from bot.app import build_dispatcher
from bot.settings import Settings
from bot.terminal.html import parse
from bot.terminal.loopback import Loopback, Person
from directory.cli import silence
from directory.cli.failures import in_words
from directory.directory import Directory

PERSON = 1
"""The number of whoever sits at the terminal: they hold the database, so they are an owner."""

GREETING = """\
Разговор с ботом в терминале. Пишите, что ищете, как в Telegram.
  #3                 нажать кнопку 3 из последнего ответа
  @ суд              спросить, как в чужом чате; #1 выбирает ответ, последняя кнопка листает
  /file путь         отправить файл (или просто перетащите его сюда)
  /place 55.44 65.34 отправить место: широта и долгота
  Ctrl-D             закончить"""


@dataclass(frozen=True, slots=True)
class _Choice:
    """What stands behind a number: a message's button, an inline result, or its next page."""

    label: str
    message: Message | None = None
    button: InlineKeyboardButton | None = None
    article: InlineQueryResultArticle | None = None
    query: str = ""
    offset: str = ""


class Terminal(Loopback):
    """Prints what the bot sends, and numbers its buttons anew in each turn."""

    def __init__(self) -> None:
        super().__init__()
        self.choices: list[_Choice] = []
        self.asked = ""
        self.question: Message | None = None
        self._fresh = True

    def turn(self) -> Message | None:
        """The person's turn is over: the next button is number 1 again, if there is one.

        Returns the question to which the next line is a reply, as Telegram itself would make it.
        """
        self._fresh = True
        question, self.question = self.question, None
        return question

    def took(self, method: TelegramMethod[Any], message: Message | None) -> None:
        """Print what the person would see of the call; end when nobody reads it any more."""
        try:
            self._show(method, message)
        except BrokenPipeError:  # no failure of the handler, which would be told of there
            silence(sys.stdout)
            raise SystemExit from None

    def _show(self, method: TelegramMethod[Any], message: Message | None) -> None:
        match method:
            case SendMessage(reply_markup=ReplyKeyboardMarkup(keyboard=rows)) if message:
                self._print(message)
                buttons = [button for row in rows for button in row]
                if any(button.request_location for button in buttons):
                    print("  (в терминале место отправляют так: /place 55.44 65.34)")
                if any(button.request_users for button in buttons):
                    print("  (в терминале людей называют по номеру: /editor 123456789)")
            case SendMessage(reply_markup=ForceReply()) if message:
                self.question = message
                self._print(message)
            case SendMessage() | EditMessageText() if message:
                self._print(message)
            case SendDocument() if message and message.document:
                name = Path(message.document.file_name or "file").name
                self._print_file(message, message.document.file_id, name)
            case SendPhoto() if message and message.photo:
                self._print_file(message, message.photo[0].file_id, "picture.png")
            case AnswerCallbackQuery(text=str(text)):
                print(f"\n({text})")
            case AnswerInlineQuery():
                self._print_inline(method)

    def _print(self, message: Message) -> None:
        print(f"\n{message.text}")
        keyboard = message.reply_markup.inline_keyboard if message.reply_markup else []
        for button in (button for row in keyboard for button in row):
            shown = f"{button.text} → {button.url}" if button.url else button.text
            self._offer(_Choice(shown, message=message, button=button))

    def _print_file(self, message: Message, key: str, name: str) -> None:
        path = Path(tempfile.mkdtemp()) / name
        path.write_bytes(self.files[key])
        self._print(message)
        print(f"  Файл: {path}")

    def _print_inline(self, answer: AnswerInlineQuery) -> None:
        asked = f"на «{self.asked}»" if self.asked else "на пустой запрос"
        print(f"\nОтветы {asked} в любом чате:" if answer.results else "\nОтветов нет.")
        for result in answer.results:
            if isinstance(result, InlineQueryResultArticle):
                more = f" — {result.description}" if result.description else ""
                self._offer(_Choice(f"{result.title}{more}", article=result))
        if answer.next_offset:
            self._offer(_Choice("Дальше", query=self.asked, offset=answer.next_offset))
        if answer.button is not None:
            print(f"  {answer.button.text} (/start {answer.button.start_parameter})")

    def _offer(self, choice: _Choice) -> None:
        if self._fresh:
            self.choices, self._fresh = [], False
        self.choices.append(choice)
        print(f"  #{len(self.choices)} {choice.label}")


async def run(directory: Directory, settings: Settings) -> None:
    """Talk until the input ends. Lines come from the terminal, or from a script on standard input,
    which is then repeated so that a transcript reads well."""
    owner = settings.model_copy(update={"admin_ids": settings.admin_ids | {PERSON}})
    session = Terminal()
    person = Person(build_dispatcher(directory, owner), session, PERSON)
    print(GREETING)
    while (line := _read()) is not None:
        if not line:
            continue
        await directory.refresh()
        await _say(person, session, line, session.turn())


def _read() -> str | None:
    """The next line, None at the end."""
    try:
        # Blocks the loop, in which nothing else has to happen until the person has spoken.
        line = input("\n> ").strip()
    except EOFError:
        print()
        return None
    if not sys.stdin.isatty():
        print(line)
    return line


async def _say(person: Person, session: Terminal, line: str, question: Message | None) -> None:
    match line.split(maxsplit=1):
        case [number] if number.startswith("#"):
            await _press(person, session, number[1:])
        case ["@", *query] | ["@official_pages_bot", *query]:
            await _ask_inline(person, session, "".join(query))
        case ["/file", path]:
            await _send_file(person, path)
        case ["/place", place]:
            await _send_place(person, place)
        case _ if _is_file(line):
            await _send_file(person, line)
        case _:
            await person.send(line, reply_to_message=question)


async def _press(person: Person, session: Terminal, number: str) -> None:
    if not number.isdecimal() or not 1 <= int(number) <= len(session.choices):
        print(f"\nКнопки «#{number}» нет; сейчас есть кнопки от 1 до {len(session.choices)}.")
        return
    choice = session.choices[int(number) - 1]
    if choice.article is not None:
        _choose(session, choice.article)
    elif choice.offset:
        await person.ask_inline(choice.query, choice.offset)
    elif choice.button is not None and choice.message is not None:
        await _press_button(person, session, choice.button, choice.message)


async def _press_button(
    person: Person, session: Terminal, button: InlineKeyboardButton, message: Message
) -> None:
    chosen = button.switch_inline_query_chosen_chat
    if button.callback_data is not None:
        await person.press_data(session.messages[message.message_id], button.callback_data)
    elif button.url is not None:
        print(f"\nОткрывается {button.url}")
    elif button.switch_inline_query_current_chat is not None:
        await _ask_inline(person, session, button.switch_inline_query_current_chat)
    elif chosen is not None:
        await _ask_inline(person, session, chosen.query or "")


def _choose(session: Terminal, article: InlineQueryResultArticle) -> None:
    """Send an inline result to the chat, as Telegram does without asking the bot."""
    if not isinstance(article.input_message_content, InputTextMessageContent):
        return
    text, _entities = parse(article.input_message_content.message_text)
    print(f"\n{text}")
    rows = article.reply_markup.inline_keyboard if article.reply_markup else []
    for button in (button for row in rows for button in row):
        print(f"  {button.text} → {button.url}")


async def _ask_inline(person: Person, session: Terminal, query: str) -> None:
    session.asked = query
    await person.ask_inline(query)


async def _send_file(person: Person, path: str) -> None:
    data = _bytes(_path(path))
    if data is not None:
        await person.send_file(data, _path(path).name)


def _bytes(path: Path) -> bytes | None:
    """The file's content; None, after a word about it, when there is none."""
    try:
        return path.read_bytes()
    except OSError as error:
        print(f"\nФайл не читается. {in_words(error)}")
        return None


async def _send_place(person: Person, place: str) -> None:
    try:
        lat, lon = (float(part) for part in place.replace(",", " ").split())
    except ValueError:
        print("\nНужны широта и долгота: /place 55.44 65.34")
        return
    await person.send_place(lat, lon)


def _is_file(line: str) -> bool:
    """Whether the line is a file's path, as a terminal writes it when one is dragged there."""
    path = _path(line)
    try:
        return path.is_absolute() and path.is_file()
    except OSError:
        return False


def _path(written: str) -> Path:
    """The path as it was typed or dragged: perhaps quoted, perhaps below the home folder."""
    try:
        parts = shlex.split(written)
    except ValueError:
        parts = []
    return Path(parts[0] if len(parts) == 1 else written).expanduser()
