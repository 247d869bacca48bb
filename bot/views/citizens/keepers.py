"""Those who run a page: how they prove it, what they may do, and how editors see them."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.types import CopyTextButton, InlineKeyboardButton
from aiogram.utils.i18n import gettext as _

from bot.buttons.citizens import Open
from bot.buttons.keepers import Correctable, DropKeeper, KeeperActs, KeepersOf, ProveMine
from bot.buttons.trust import Quarantine
from bot.views.text import bold, code, plain
from bot.views.view import Row, View, button, keyboard, lines, paragraphs
from bot.views.words import long_date
from directory import links
from directory.linkcheck.own_code import OWN_NAME
from directory.model import NETWORKS, Page
from directory.store.keepers import CODE_KEPT, Keeper


def how_to_prove(page: Page, own_code: str | None) -> View:
    """Tell what running a page allows, and how to prove it; no code when too many are open."""
    asked = [x for x in page.shown_links if x.slot in (*NETWORKS, "site")]
    addresses = ", ".join(links.label(x.link) for x in asked)
    by_code = ""
    rows: list[Row] = []
    if own_code is not None and asked:
        by_code = _(
            "Put the code {code} into the description of the account. On a site put it into "
            "{head} of the page of the card: {meta}. In the text of a site it does not count: "
            "visitors may write there, too. Then press “Check”. I look only at the addresses of "
            "the card: {addresses}. The code holds for {days} days; then take it away."
        ).format(
            code=code(own_code),
            head=code("<head>"),
            meta=code(f'<meta name="{OWN_NAME}" content="{own_code}">'),
            addresses=plain(addresses, 300),
            days=CODE_KEPT.days,
        )
        copied = CopyTextButton(text=own_code)
        rows += [
            [InlineKeyboardButton(text=_("Copy the code"), copy_text=copied)],
            [button(_("Check"), ProveMine(page=page.id, by="code"))],
        ]
    rows.append([button(_("Ask the editors"), ProveMine(page=page.id, by="editors"))])
    text = paragraphs(
        lines(bold(_("Do you run this page?")), bold(page.title, 200)),
        _(
            "Who runs it may tell the editors that all is right, correct the phone, the head and "
            "the links by way of them, and hears what is reported of it. Nothing else."
        ),
        by_code,
        _("Or ask the editors: they will see to it that it is you."),
    )
    return View(text, keyboard(rows))


def kept(page: Page) -> View:
    """Show what somebody may do who runs the page."""
    text = paragraphs(
        lines(bold(_("You run this page")), bold(page.title, 200)),
        _("Editors see whatever you send before it is shown. Of reports on it I write to you."),
    )
    rows: list[Row] = [
        [button(_("All is right"), KeeperActs(page=page.id, what="right"))],
        [
            button(_("Phone"), KeeperActs(page=page.id, what="phone")),
            button(_("Head"), KeeperActs(page=page.id, what="person")),
            button(_("Links"), KeeperActs(page=page.id, what="links")),
        ],
        [button(_("I run it no longer"), KeeperActs(page=page.id, what="leave"))],
        [button(_("Open the card"), Open(page=page.id))],
    ]
    return View(text, keyboard(rows))


def not_found(page: Page) -> View:
    """Tell that the code is nowhere on the page."""
    text = paragraphs(
        _("I do not see the code on the page yet."),
        _(
            "Networks show a changed description to strangers after some minutes; some show it to "
            "nobody without a login. Try again, or ask the editors."
        ),
    )
    rows = [
        [button(_("Check"), ProveMine(page=page.id, by="code"))],
        [button(_("Ask the editors"), ProveMine(page=page.id, by="editors"))],
    ]
    return View(text, keyboard(rows))


def question_claim() -> str:
    """Ask who the person is, for the editors."""
    return _(
        "Who are you, and how can the editors see that you run the page? Reply to this message: "
        "your post, and an official phone or mail by which they can ask."
    )


def question(what: Correctable) -> str:
    """Ask for a correction."""
    return {
        "phone": _("Which phone is right? Reply to this message."),
        "person": _("Who heads it now? Reply to this message with the name and the post."),
        "links": _("Which links are right? Reply to this message with all of them."),
    }[what]


def left() -> View:
    """Tell somebody that they run the page no longer."""
    return View(_("You run this page no longer."))


def keepers(page: Page, found: Sequence[Keeper]) -> View:
    """Tell who runs the page, as editors see it: numbers, since the directory knows no names."""
    listed = [
        _("{person}, since {when}").format(person=code(str(each.person)), when=long_date(each.at))
        for each in found
    ]
    text = paragraphs(
        lines(bold(_("Who runs this page")), bold(page.title, 200)),
        lines(*listed) or _("Nobody has proved it."),
    )
    rows: list[Row] = [
        [
            button(
                _("Withdraw from {person}").format(person=each.person),
                DropKeeper(page=page.id, person=each.person),
            )
        ]
        for each in found
    ]
    rows.append([button(_("← Back"), Quarantine(page=page.id))])
    return View(text, keyboard(rows))


def keepers_row(page: Page) -> Row:
    """Return the row that leads to those who run the page."""
    return [button(_("Who runs this page"), KeepersOf(page=page.id))]
