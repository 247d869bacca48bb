"""The QR code of a card: drawn with the page's name, it opens the card in the bot and says so."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
import segno
from matplotlib.image import imread

from directory.directory import Directory
from directory.editing.quarantine import hide
from tests.bot.person import Talker

ADDRESS = "https://t.me/official_pages_bot?start=page_skazka-school"


@pytest.fixture
def begins_with(made_up: Path) -> Path:
    """Two pages that do not exist."""
    return made_up


async def test_the_code_of_a_card_is_printed_with_its_name(citizen: Talker) -> None:
    await citizen.says("сказочная школа")
    printed = await citizen.presses("QR-код для печати")
    assert "Сказочная школа № 5" in printed.text
    assert "в боте @official_pages_bot" in printed.text
    assert ADDRESS in printed.text
    assert printed.message.photo
    png = citizen.session.files[printed.message.photo[0].file_id]
    pixels = np.asarray(imread(io.BytesIO(png)), dtype=float)[..., 0]
    code = np.array([list(row) for row in segno.make_qr(ADDRESS, error="m").matrix_iter(border=4)])
    centres = ((np.arange(len(code)) + 0.5) * pixels.shape[1] / len(code)).astype(int)
    assert (pixels[np.ix_(centres, centres)] < 0.5).tolist() == (code == 1).tolist()
    assert (await citizen.says("/start page_skazka-school")).text.startswith("Сказочная школа")


async def test_a_page_that_was_hidden_meanwhile_gets_none(
    citizen: Talker, directory: Directory
) -> None:
    card = await citizen.says("сказочная школа")
    async with directory.db.write() as connection:
        await hide(connection, "skazka-school", "взломана", None)
    await directory.refresh()
    answer = await citizen.presses("QR-код для печати", on=card)
    assert "Не открывайте" in answer.text
    assert answer.message.photo is None
