"""The real process draws pictures beside itself: it never loads what draws them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.botapi import BotApi
from tests.e2e.person import Person
from tests.e2e.process import Process

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_picture_comes_with_its_words_and_another_process_draws_it(
    api: BotApi, bot: Process
) -> None:
    since = len(api.calls)
    await Person(api, 5_001).writes("/about")
    sent = await api.wait(lambda call: call.method == "sendPhoto", since, seconds=60)
    assert "По темам" in sent.params["caption"]
    ((_name, data),) = sent.files.values()
    assert data.startswith(b"\x89PNG")
    assert "WARNING" not in bot.log
    assert "matplotlib" not in _mapped(bot)
    assert (bot.folder / "data" / "matplotlib").is_dir(), "the list of fonts is kept for the next"


def _mapped(bot: Process) -> str:
    """The files that the process has in memory, where the system tells."""
    maps = Path(f"/proc/{bot.pid}/maps")
    return maps.read_text() if maps.exists() else ""
