"""Reports as people see them: what may be wrong, the thanks, and the answer."""

from __future__ import annotations

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from aiogram.utils.i18n import gettext as _

from bot.buttons.citizens import Menu, Open
from bot.buttons.fields import carried_by
from bot.buttons.keepers import MyPage
from bot.buttons.trust import ReportPage, Suggest, SuggestLink
from bot.views.citizens.ready_answers import in_words
from bot.views.text import bold, plain
from bot.views.view import Row, View, button, keyboard, lines, paragraphs
from directory.model import Page
from directory.reports import PER_DAY, Decision, ReportKind, ReportOutcome, SenderAnswer

_TITLE = 150


def report_button(page: Page) -> InlineKeyboardButton:
    """Return the button below every card in the private chat."""
    return button(_("A mistake on the card"), ReportPage(page=page.id))


def suggest_row() -> Row:
    """Return the button below an answer that found nothing."""
    return [button(_("Suggest a page"), Suggest())]


def suggest_link_row() -> Row:
    """Return the button below the verdict on a link that the directory lacks."""
    return [button(_("Suggest this page"), SuggestLink())]


def kinds(page: Page) -> View:
    """Ask what is wrong with the page."""
    text = paragraphs(
        _("What is wrong with “{title}”?").format(title=plain(page.title, _TITLE)),
        _("Editors will look, and I shall tell you here what they decide."),
        lines(_("Press, or reply to this message in your own words."), hint_private()),
    )
    rows = [
        [button(_("It does not open"), ReportPage(page=page.id, kind="dead"))],
        [button(_("It is another's page"), ReportPage(page=page.id, kind="wrong"))],
        [button(_("It looks hacked"), ReportPage(page=page.id, kind="hacked"))],
        [button(_("Something else: write"), ReportPage(page=page.id, kind="other"))],
        [button(_("This is my page"), MyPage(page=page.id))],
    ]
    return View(text, keyboard(rows))


def kind_words(kind: ReportKind) -> str:
    """Say what is reported, in words."""
    return {
        ReportKind.DEAD: _("the page does not open"),
        ReportKind.WRONG: _("it is another's page"),
        ReportKind.HACKED: _("the page seems to be hacked"),
        ReportKind.OTHER: _("something else"),
        ReportKind.MISSING: _("a page is suggested"),
        ReportKind.CLAIM: _("somebody asks to be confirmed as who runs the page"),
        ReportKind.CORRECTION: _("who runs the page corrects it"),
        ReportKind.RIGHT: _("who runs the page says that all is right"),
    }[kind]


def asked_about(markup: InlineKeyboardMarkup | None) -> str:
    """Return the id of the page about which the question with these buttons asks; "" for another
    one."""
    return next((each.page for each in carried_by(markup, ReportPage) if each.kind), "")


def question_other() -> str:
    """Ask what else is wrong."""
    return _("What is wrong with the page? Reply to this message with a few words.")


def question_missing() -> str:
    """Ask which page is missing."""
    return _("Which page is missing? Reply to this message with its name and a link to it.")


def question_link() -> str:
    """Ask for the link of a page that the directory knows by name."""
    return _("What is its official page? Reply to this message with a link to it.")


def question_name() -> str:
    """Ask whose page it is to which a link leads that was judged."""
    return _("Whose page is it? Reply to this message with the name of the body.")


def hint_private() -> str:
    """Tell whom the words reach, and whom not."""
    return _(
        "Only the editors of this directory read it, not the authorities. Do not write about "
        "yourself: who sent it is forgotten as soon as you are answered."
    )


def outcome(what: ReportOutcome) -> View:
    """Tell what became of a report."""
    text = {
        ReportOutcome.NEW: _("Thank you! The editors will look. The answer will come here."),
        ReportOutcome.JOINED: _(
            "Thank you! Others have said the same, the editors are looking. The answer will come "
            "here."
        ),
        ReportOutcome.MINE: _("You have said so already. The answer will come here."),
        ReportOutcome.TOO_MANY: _(
            "You have {n} reports that wait for an answer. Please send the next one tomorrow."
        ).format(n=PER_DAY),
    }[what]
    return View(text, keyboard([[button(_("What can I ask?"), Menu(where="help"))]]))


def bad_link(why: str) -> View:
    """Refuse a suggestion with a link that the directory could never hold."""
    text = paragraphs(
        _("I cannot take this link: {why}").format(why=plain(why, 300)),
        _("Send the name and a link to the page itself, or the name alone."),
    )
    return View(text, keyboard([suggest_row()]))


def swapped_link(shown: str, opens: str) -> View:
    """Refuse a suggestion with a link that opens something else than is written."""
    why = _("{shown} is written, but {opens} opens").format(shown=shown, opens=opens or "…")
    return bad_link(why)


def known_already(page: Page) -> View:
    """Tell that the directory has what was suggested."""
    text = _("This page is in the directory already: {title}").format(
        title=bold(page.title, _TITLE)
    )
    return View(text, keyboard([[button(_("Open the card"), Open(page=page.id))]]))


def too_short() -> View:
    """Refuse a suggestion in which nothing is said."""
    return View(_("I need at least a name: “Школа № 5, Курган”."), keyboard([suggest_row()]))


def no_page() -> View:
    """Tell that the page of the card has gone meanwhile."""
    return View(_("This page is not in the directory any more."))


def answer(given: SenderAnswer, page: Page | None) -> View:
    """Tell a sender what was decided; `page` is what they wrote about, if it is still there."""
    about = plain(page.title, _TITLE) if page else plain(given.text, _TITLE)
    subject = _("You wrote about “{about}”.").format(about=about) if about else ""
    accepted = _("Thank you: you were right, and the directory is mended.")
    if given.kind is ReportKind.CLAIM:
        accepted = _("Editors have confirmed that you run the page.")
    if given.kind is ReportKind.RIGHT:
        accepted = _("Thank you: the editors have confirmed the page.")
    decided = {
        Decision.ACCEPTED: accepted,
        Decision.HIDDEN: _(
            "Thank you: you were right. It is hidden, so that nobody follows a bad link."
        ),
        Decision.DECLINED: _("Thank you for writing. The directory stays as it is."),
    }[given.decision]
    word = plain(in_words(given.word), 500)
    if word:
        word = _("The editors answer: “{word}”").format(word=word)
    rows = [[button(_("Open the card"), Open(page=page.id))]] if page else []
    if page and given.kind is ReportKind.CLAIM and given.decision is Decision.ACCEPTED:
        rows.append([button(_("What I may do"), MyPage(page=page.id))])
    return View(paragraphs(subject, lines(decided, word)), keyboard(rows))
