"""Finding somebody for the staff, and choosing what to entrust."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from aiogram.types import KeyboardButton, KeyboardButtonRequestUsers, ReplyKeyboardMarkup
from aiogram.types import ReplyKeyboardRemove as NoKeyboard
from aiogram.utils.i18n import gettext as _

from bot.buttons.editors import Appoint, BecomeOwner, EditorCard, Editors, Entrust
from bot.buttons.fields import category_key
from bot.views.editors.exporting import tree_rows
from bot.views.owners.staff import named
from bot.views.text import bold, code, plain
from bot.views.view import Row, Screen, View, button, keyboard, lines, link, pager, paragraphs
from directory.model import Territory
from directory.rights import Rights
from directory.store.staff import INVITED_FOR, Member
from directory.territories import Territories

REQUEST = 1
"""The number of the request by which an owner shares a person."""

JOIN = "join_"
"""What the deep link of an invitation begins with."""


def whom() -> tuple[str, ReplyKeyboardMarkup]:
    """Ask whom to appoint: a text, and a keyboard that shares a person."""
    share = KeyboardButton(
        text=_("Choose a person"),
        request_users=KeyboardButtonRequestUsers(
            request_id=REQUEST, user_is_bot=False, max_quantity=1, request_name=True
        ),
    )
    text = _("Whom to appoint? Press the button below and choose a person.")
    return text, ReplyKeyboardMarkup(
        keyboard=[[share]], resize_keyboard=True, one_time_keyboard=True
    )


def chosen() -> tuple[str, NoKeyboard]:
    """Take the keyboard of `whom` away."""
    return _("The person is chosen."), NoKeyboard()


def not_a_number() -> View:
    """Tell that /editor takes an id."""
    return View(
        _("I need a person's numeric id. You need not know it: /admin, “Owners and editors”.")
    )


def invitation(bot: str, token: str) -> View:
    """Pass on a link that makes whoever opens it one of the staff, to whom nothing is entrusted
    yet."""
    address = f"https://t.me/{bot}?start={JOIN}{token}"
    text = paragraphs(
        bold(_("An invitation for one person")),
        code(address),
        _(
            "Pass the link on to the person. It works once, for {days} days, and gives no rights "
            "by itself: when it was opened, I tell you by whom, and you say what to entrust."
        ).format(days=INVITED_FOR.days),
    )
    pass_on = link(_("Pass it on…"), f"https://t.me/share/url?url={quote(address, safe='')}")
    return View(text, keyboard([[pass_on], [button(_("All owners and editors"), Editors())]]))


def joined(of: Member) -> View:
    """Tell the owner who invited who came."""
    text = paragraphs(
        _("By your link came {name} (id {person}).").format(
            name=bold(of.name or _("somebody without a name")), person=code(str(of.person))
        ),
        _("If that is whom you invited, say what to entrust. If not, dismiss them."),
    )
    return View(text, keyboard([[button(_("What to entrust?"), EditorCard(person=of.person))]]))


def no_invitation() -> View:
    """Tell that the link is used up, too old or made up."""
    return View(_("This invitation was used already or has expired. Ask the owner for a new one."))


def offered(of: Member, *, told: bool) -> View:
    """Tell the owner who made an offer what comes next."""
    said = (
        _("I asked {person}. When they agree, they are an owner like you.")
        if told
        else _("I cannot write to {person}: ask them to open a chat with me and send /start.")
    )
    words = said.format(person=named(of))
    return View(words, keyboard([[button(_("All owners and editors"), Editors())]]))


def offer() -> View:
    """Ask somebody to become an owner."""
    text = paragraphs(
        bold(_("You are asked to become an owner of this directory")),
        _(
            "An owner may change everything, appoint and dismiss others, and gets the alarms. You "
            "answer for every link that people are shown."
        ),
    )
    rows: list[Row] = [
        [button(_("I agree"), BecomeOwner(yes=True))],
        [button(_("I refuse"), BecomeOwner(yes=False))],
    ]
    return View(text, keyboard(rows))


def refused(of: Member) -> View:
    """Tell the owner who made an offer that it was refused."""
    text = _("{person} does not want to become an owner.")
    return View(text.format(person=named(of)))


def new_owner(of: Member) -> View:
    """Tell the other owners of a new one."""
    return View(
        _("{person} is an owner now.").format(person=named(of)),
        keyboard([[button(_("All owners and editors"), Editors())]]),
    )


def which_territory(
    person: int, at: Territory | None, below: Sequence[Territory], screen: Screen
) -> View:
    """Offer a territory: `at` itself, or one of those `below` it on this screen."""
    text = paragraphs(
        _("Which territory to entrust?"),
        bold(at.name) if at else "",
        _("A territory is entrusted with all that lies in it.") if at else "",
        screen.title,
    )
    rows: list[Row] = []
    if at is not None:
        whole = Appoint(person=person, territory=at.id)
        part = Entrust(person=person, by="category", territory=at.id)
        rows.append([button(_("Entrust: {name}").format(name=at.name), whole)])
        rows.append([button(_("Only one sphere in it…"), part)])
    rows += tree_rows(
        *(at, below, screen),
        lambda to, n: Entrust(person=person, by="territory", territory=to, n=n),
    )
    return View(text, keyboard(rows))


def which_category(
    person: int, categories: Sequence[str], screen: Screen, at: Territory | None
) -> View:
    """Offer the categories, within a territory or everywhere."""
    number = at.id if at else 0
    text = paragraphs(
        _("Which sphere to entrust?"),
        _("Within: {name}").format(name=bold(at.name)) if at else "",
        screen.title,
    )
    rows: list[Row] = [
        [button(name, Appoint(person=person, territory=number, category=category_key(name)))]
        for name in categories
    ]
    rows.append(
        pager(screen, lambda n: Entrust(person=person, by="category", territory=number, n=n))
    )
    return View(text, keyboard(rows))


def appointed(of: Member, rights: Rights, territories: Territories, *, told: bool) -> View:
    """Tell what is entrusted to somebody now; `told` is whether the bot could write to them."""
    text = paragraphs(
        lines(
            _("{person} is entrusted with: {scope}.").format(
                person=named(of),
                scope=plain(rights.scope.words(territories), 1000),
            )
        ),
        _("I told them so.")
        if told
        else _("I cannot write to them: ask them to open a chat with me and to send /start."),
    )
    rows = [
        [button(_("Their card"), EditorCard(person=of.person))],
        [button(_("All owners and editors"), Editors())],
    ]
    return View(text, keyboard(rows))
