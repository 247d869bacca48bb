"""The bot about itself: greeting, help, what it keeps."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.types import KeyboardButton, ReplyKeyboardMarkup
from aiogram.utils.i18n import gettext
from aiogram.utils.i18n import gettext as _

from bot.buttons.citizens import Menu, Open
from bot.views.text import bold, code
from bot.views.view import Row, View, button, keyboard, link, paragraphs, remembered
from directory.examples import Example
from directory.store.faults import Fault


def start(region: str, examples: Sequence[Example]) -> View:
    """Show the greeting: whose bot this is ("": the whole country's), and queries to press."""
    text = paragraphs(
        "\n".join(
            (
                bold(name(region)),
                _("I am a directory, not an authority: nobody reads this chat."),
            )
        ),
        _("Write what you are looking for, in any words, or press an example."),
        _("Send me a link, and I will tell whether it is an official page."),
    )
    return View(text, keyboard([*_pressed(examples), *doors()]))


def doors() -> list[Row]:
    """Return the ways in for who would rather press than write."""
    return [
        [
            button(_("Heads"), Menu(where="heads")),
            button(_("By place and topic"), Menu(where="browse")),
        ],
        [button(_("Near me"), Menu(where="near")), button(_("Check a link"), Menu(where="check"))],
        [
            button(_("My pages"), Menu(where="saved")),
            button(_("My place and network"), Menu(where="home")),
        ],
        [button(_("What can I ask?"), Menu(where="help"))],
    ]


def small_talk(answer: str) -> View:
    """Show a short answer to what asks for nothing; `answer` is a text of the catalogues."""
    return View(gettext(answer), keyboard(doors()))


def lasting_doors() -> tuple[str, ReplyKeyboardMarkup]:
    """Four doors below the field for writing, for who wants them, and the way to remove them."""
    text = _("The buttons stay below until you press “Remove the buttons”.")
    rows = [
        [KeyboardButton(text=_("Heads")), KeyboardButton(text=_("By place and topic"))],
        [
            KeyboardButton(text=_("Near me"), request_location=True),
            KeyboardButton(text=_("Check a link")),
        ],
        [KeyboardButton(text=_("Remove the buttons"))],
    ]
    return text, ReplyKeyboardMarkup(keyboard=rows, resize_keyboard=True, is_persistent=True)


def lasting_door(text: str) -> str | None:
    """Return which of the lasting doors was pressed: `Menu.where`, or "gone" for their removal."""
    return _lasting_doors().get(text)


@remembered
def _lasting_doors() -> dict[str, str]:
    return {
        _("Heads"): "heads",
        _("By place and topic"): "browse",
        _("Check a link"): "check",
        _("Remove the buttons"): "gone",
    }


def heads() -> str:
    """Return the query that the door of heads stands for."""
    return _("head")


def help_(examples: Sequence[Example], office: str = "") -> View:
    """Tell what to try; `office` is HTML to begin with for those who look after the directory."""
    text = paragraphs(
        office,
        _(
            "<b>Ask in any words</b>: a name, a person, a post, a place, a number. Typing "
            "mistakes, the wrong keyboard layout and Latin letters do not matter."
        ),
        _("<b>Is a page real?</b> Send or forward a link, a nick or a message with links."),
        _(
            "<b>In other chats</b> type my name and a query: the card goes to that chat. In a "
            "group, /find with a query, or a reply to me."
        ),
        "\n".join(
            (
                _("/browse — by place and topic"),
                _("/near — nearest to you"),
                _("/saved — the pages you saved"),
                _("/check — check a link"),
                _("/about — what the directory has, in figures"),
                _("/privacy — what I keep"),
                _("/forget — delete what I keep of you"),
            )
        ),
        _("Examples:") if examples else "",
    )
    lasting = [button(_("Keep buttons below the chat"), Menu(where="keys"))]
    rows = [[button(_("The office"), Menu(where="office"))]] if office else []
    return View(text, keyboard([*rows, *_pressed(examples), lasting]))


def ask_query() -> str:
    """Ask what to look for, after /find without a query."""
    return _("What are you looking for? Write it in any words: a name, a person, a place.")


def ask_link() -> str:
    """Ask for a link, after /check."""
    return _(
        "Send me a link or a nick, or forward a message with links: I will tell whether it leads "
        "to an official page."
    )


def ask_place() -> tuple[str, ReplyKeyboardMarkup]:
    """Ask for a place, after /near: a text and a keyboard that sends the location."""
    text = _(
        "Send me your place with the button below, and I will show the nearest official pages. The "
        "place is not kept."
    )
    share = KeyboardButton(text=_("Send my place"), request_location=True)
    return text, ReplyKeyboardMarkup(
        keyboard=[[share]], resize_keyboard=True, one_time_keyboard=True
    )


def unknown_command() -> View:
    """Tell that there is no such command."""
    text = _(
        "I do not know this command. Write what you are looking for, or look at what I can do."
    )
    return View(text, keyboard([[button(_("What can I ask?"), Menu(where="help"))]]))


def no_owner_yet(person: int) -> View:
    """To whoever asks for the administration of a bot that belongs to nobody yet."""
    text = _(
        "This bot has no owner yet. If it is yours, write your Telegram id, {id}, into the setting"
        " ADMIN_IDS and start the bot again."
    )
    return View(text.format(id=code(str(person))))


def not_text(kind: str = "") -> View:
    """Answer a sticker, a voice message and other things that cannot be searched for; `kind` is one
    of Telegram's content types."""
    if kind in ("voice", "video_note", "audio"):
        text = _(
            "I cannot hear. Press the microphone on the keyboard of your telephone and say what "
            "you are looking for: the words become text. Then send it."
        )
    elif kind in ("photo", "video", "animation"):
        text = _(
            "I cannot read pictures. Write the name or the address that is on it, or send the "
            "picture again with these words as its caption."
        )
    else:
        text = _("I understand text, links and places. Write what you are looking for.")
    return View(text, keyboard(doors()))


def forwarded() -> View:
    """Answer a forwarded message in which there is nothing to judge."""
    text = _("I search only for what you write yourself: write a name.")
    return View(text, keyboard([[button(_("What can I ask?"), Menu(where="help"))]]))


def not_your_file() -> View:
    """Refuse a file from someone who may not import."""
    text = _(
        "Thank you, but I take files only from the directory's administrators. Write what you are "
        "looking for, or send a link to check."
    )
    return View(text)


def in_private(bot: str) -> View:
    """Show the way from a group to the private chat; `bot` is the bot's username."""
    text = _("This works in a private chat with me.")
    return View(text, keyboard([[link(_("Open the chat"), f"https://t.me/{bot}?start=help")]]))


def too_fast() -> str:
    """Tell somebody once that they send more than anybody reads."""
    return _("Please wait: that was too fast for me. Ask again in ten seconds.")


def failed() -> View:
    """Tell that something broke."""
    text = _(
        "Something went wrong on my side, and it has been noted. Please try again in a minute."
    )
    return View(text)


def not_kept(fault: Fault) -> View:
    """Tell that the database takes no changes for now."""
    if fault is Fault.LOCKED:
        return View(
            _(
                "The directory is busy with a long change, and I could not keep yours. Search "
                "works; please repeat it in a few minutes."
            )
        )
    return View(
        _(
            "I cannot keep anything just now: the directory's disk does not take it. Nothing was "
            "changed; search works. The owners have been told."
        )
    )


def database_lost() -> View:
    """Tell that the directory's pages cannot be read for now."""
    text = _(
        "The directory cannot be read just now; its owners have been told. Please try again in a "
        "few minutes."
    )
    return View(text)


def name(region: str) -> str:
    """Return what the bot is called; `region` "" stands for the whole country."""
    return _("Official pages: {region}").format(region=region or _("Russia"))


def _pressed(examples: Sequence[Example]) -> list[Row]:
    return [[button(example.query, Open(page=example.page))] for example in examples]
