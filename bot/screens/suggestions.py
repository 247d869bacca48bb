"""The links in what people suggest: judged before anybody is shown them."""

from __future__ import annotations

from bot.screens.link_verdicts import judge
from bot.talk.message_links import Sent
from bot.views.citizens import reports as views
from bot.views.view import View
from directory import links
from directory.directory import Directory
from directory.links import Refusal, Verdict


async def refused_links(sent: Sent, directory: Directory) -> View | None:
    """Tell why links cannot be suggested; None when they can."""
    for told in (await judge(sent, directory)).links:
        if told.shown:
            return views.swapped_link(told.shown, told.opens)
        parsed = links.parse(told.opens, slot="telegram" if told.opens[:1] == "@" else None)
        if isinstance(parsed, Refusal):
            return views.bad_link(parsed.why)
        if told.judged.verdict is Verdict.HIDDEN:
            return views.bad_link(told.judged.why)
        if told.judged.verdict is Verdict.OFFICIAL and told.entry is not None:
            return views.known_already(told.entry.page)
    return None
