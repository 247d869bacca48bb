"""Pictures: readable in both themes, true to their figures, drawn by a process of their own."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import segno
from matplotlib.colors import to_rgb
from matplotlib.image import imread

from bot.pictures import apart, drawing
from bot.pictures.picture import Bar, Bars, Charts, HeatMap, QrCode

DARK, LIGHT = "#17212b", "#ffffff"
"""The backgrounds of Telegram's themes."""

ADDRESS = "https://t.me/official_pages_bot?start=page_45-gubernator"
NAME = "Муниципальное бюджетное общеобразовательное учреждение «Лицей № 7»"
LEVELS = Bars("По уровням", (Bar("региональный", 30, "30"), Bar("муниципальный", 88, "88 (75%)")))
MAP = HeatMap(
    "Сколько страниц",
    ("Кетовский муниципальный округ", "Город Шадринск"),
    ("Власть", "Социальная защита населения", "Суды"),
    ((1, 0, 25), (4, 2, 0)),
)


def _luminance(colour: str) -> float:
    """The relative luminance of WCAG 2."""
    parts = [x / 12.92 if x <= 0.03928 else ((x + 0.055) / 1.055) ** 2.4 for x in to_rgb(colour)]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def _contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _pixels(png: bytes) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return np.asarray(imread(io.BytesIO(png)), dtype=float)


def test_words_and_bars_stand_out_from_the_paper() -> None:
    for ink, least in ((drawing.INK, 7), (drawing.FAINT, 4.5), (drawing.BAR, 4.5)):
        assert _contrast(ink, drawing.PAPER) >= least


def test_the_paper_is_opaque_whatever_the_theme_behind_it() -> None:
    pixels = _pixels(drawing.png(Charts("Страницы", (LEVELS, MAP), "26 ноября 2026 г.")))
    if pixels.shape[2] == 4:
        assert pixels[..., 3].min() == 1
    for corner in (pixels[0, 0], pixels[-1, -1]):
        assert tuple(corner[:3]) == pytest.approx(to_rgb(drawing.PAPER), abs=0.01)


def test_what_is_drawn_fits_on_its_paper() -> None:
    """Names are cut before the edge: along it there is nothing but paper."""
    long = Bars(f"{NAME} " * 2, tuple(Bar(f"{NAME} {NAME}", n, f"{n} 000 (100%)") for n in (1, 9)))
    wide = HeatMap("Темы", (f"{NAME} {NAME}",) * 3, (NAME,) * 8, ((10_000,) * 8,) * 3)
    pixels = _pixels(drawing.png(Charts(NAME, (long, wide), "26 ноября")))
    paper = np.array(to_rgb(drawing.PAPER))
    for edge in (pixels[:, :8], pixels[:, -8:], pixels[:8], pixels[-8:]):
        assert np.abs(edge[..., :3] - paper).max() < 0.02


def test_a_picture_of_nothing_is_drawn_too() -> None:
    assert drawing.png(Charts("Пусто", (Bars("Нет", ()), HeatMap("Нет", ("а",), (), ((),)))))


def test_the_code_reads_as_its_address() -> None:
    pixels = _pixels(drawing.png(QrCode(ADDRESS, (NAME, "@official_pages_bot"))))[..., 0]
    code = np.array([list(row) for row in segno.make_qr(ADDRESS, error="m").matrix_iter(border=4)])
    centres = ((np.arange(len(code)) + 0.5) * pixels.shape[1] / len(code)).astype(int)
    assert (pixels[np.ix_(centres, centres)] < 0.5).tolist() == (code == 1).tolist()
    below = pixels[pixels.shape[1] :]
    assert below.min() < 0.2, "the name stands under it"


async def test_a_picture_is_drawn_by_another_process_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = Charts("Страницы", (LEVELS,), str(tmp_path))
    drawn = await apart.png(picture, tmp_path)
    assert drawn is not None
    assert drawn.startswith(b"\x89PNG")
    monkeypatch.setattr(apart, "aside", None)  # nothing could be drawn now
    assert await apart.png(picture, tmp_path) == drawn


@pytest.mark.slow
def test_the_process_that_answers_never_loads_what_draws() -> None:
    program = (
        "import sys, bot.app, bot.pictures.apart;"
        "assert not {'matplotlib', 'segno', 'PIL'} & sys.modules.keys()"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
