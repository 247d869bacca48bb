"""Drawing a picture as PNG, with matplotlib and its own DejaVu, which has Cyrillic letters.

The background is opaque and the ink dark, so that a picture reads alike in Telegram's light theme
and in the dark one. Figures are written out: no meaning hangs on a colour alone.

Importing this module takes half a second and 60 MB; see `bot.pictures.apart`.
"""

from __future__ import annotations

import io
from textwrap import shorten, wrap
from typing import Any

import numpy as np
import segno
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from bot.pictures.picture import Bars, Charts, HeatMap, Picture, QrCode

PAPER, INK, FAINT, BAR = "#f7f8fa", "#17212b", "#55606c", "#2f6ea5"
"""Ink on paper has a contrast of 15 to 1, faint ink 6 to 1, a bar 5 to 1."""

_WIDTH, _DPI = 7.2, 150
"""Inches and dots: 1080 pixels, what the screen of a telephone is wide."""

_LEFT, _MARGIN = 0.37, 0.03
"""Where charts and where titles begin, as parts of the width."""

_LINE = 0.38
"""Inches of height for a bar or a row: its name may take two lines."""

_TITLE, _TEXT, _NAME, _SMALL = 15, 11, 10, 9
"""Sizes of letters in points."""

_NAME_LINE, _COLUMN_NAME, _TITLE_LINE, _CHART_TITLE = 26, 18, 44, 58
"""Characters in a line of a row's name, a column's name, a line of the title, a chart's title."""

_SHADES = LinearSegmentedColormap.from_list("shades", [PAPER, "#9cc3e4", BAR, "#123d63"])


def png(picture: Picture) -> bytes:
    """Return the picture as the bytes of a PNG file."""
    figure = _qr_code(picture) if isinstance(picture, QrCode) else _charts(picture)
    target = io.BytesIO()
    figure.savefig(target, format="png", facecolor=figure.get_facecolor())
    return target.getvalue()


def _charts(picture: Charts) -> Figure:
    title = wrap(picture.title, _TITLE_LINE)
    above, below = 0.35 + 0.3 * len(title), 0.4 if picture.note else 0.15
    charts = [chart for chart in picture.charts if _rows(chart)]
    heights = [_head(chart) + _LINE * _rows(chart) + 0.1 for chart in charts]
    height = above + sum(heights) + below
    figure = Figure(figsize=(_WIDTH, height), dpi=_DPI, facecolor=PAPER)
    _write(figure, height - 0.15, "\n".join(title), size=_TITLE, weight="bold", va="top")
    if picture.note:
        _write(figure, 0.12, picture.note, size=_SMALL, color=FAINT)
    top = height - above
    for chart, tall in zip(charts, heights, strict=True):
        _chart(figure, chart, top - tall, tall)
        top -= tall
    return figure


def _rows(chart: Bars | HeatMap) -> int:
    if isinstance(chart, HeatMap) and not chart.columns:
        return 0
    return len(chart.bars if isinstance(chart, Bars) else chart.rows)


def _head(chart: Bars | HeatMap) -> float:
    """Inches above a chart's rows: its title, and the names of its columns on end."""
    names = () if isinstance(chart, Bars) else chart.columns
    longest = max((len(_short(name, _COLUMN_NAME)) for name in names), default=0)
    return 0.4 + 0.09 * longest


def _chart(figure: Figure, chart: Bars | HeatMap, bottom: float, tall: float) -> None:
    """Draw the chart `bottom` inches above the figure's edge, `tall` inches tall."""
    height = figure.get_figheight()
    body = tall - _head(chart) - 0.1
    axes = figure.add_axes((_LEFT, (bottom + 0.1) / height, 0.96 - _LEFT, body / height))
    title = _short(chart.title, _CHART_TITLE)
    _write(figure, bottom + tall - 0.05, title, size=_TEXT, weight="bold", va="top")
    axes.set_facecolor(PAPER)
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0, labelsize=_NAME, labelcolor=INK, pad=8)
    if isinstance(chart, Bars):
        _bars(axes, chart)
    else:
        _heat_map(axes, chart)


def _write(figure: Figure, up: float, text: str, *, color: str = INK, **style: Any) -> None:
    """Write at the left margin, `up` inches above the figure's edge."""
    figure.text(_MARGIN, up / figure.get_figheight(), text, color=color, **style)


def _bars(axes: Axes, chart: Bars) -> None:
    places = range(len(chart.bars))
    whole = chart.whole or max((bar.value for bar in chart.bars), default=0) or 1
    axes.barh(places, [bar.value for bar in chart.bars], color=BAR, edgecolor=BAR, height=0.62)
    for place, bar in zip(places, chart.bars, strict=True):
        axes.text(bar.value + whole * 0.015, place, bar.told, size=_TEXT, color=INK, va="center")
    axes.set_yticks(places, [_row_name(bar.name) for bar in chart.bars])
    axes.set_xlim(0, whole * 1.35)
    axes.set_ylim(len(chart.bars) - 0.5, -0.5)
    axes.set_xticks([])


def _heat_map(axes: Axes, chart: HeatMap) -> None:
    values = np.array(chart.values, dtype=float).reshape(len(chart.rows), len(chart.columns))
    # A few large numbers would leave all others pale.
    strength = np.sqrt(values / max(values.max(initial=0), 1))
    axes.imshow(strength, cmap=_SHADES, vmin=0, vmax=1, aspect="auto")
    size = _TEXT if len(chart.columns) <= 9 else _SMALL
    for row, column in np.ndindex(values.shape):
        ink = PAPER if strength[row, column] > 0.55 else INK
        told = f"{chart.values[row][column]}"
        axes.text(column, row, told, size=size, color=ink, ha="center", va="center")
    axes.set_yticks(range(len(chart.rows)), [_row_name(name) for name in chart.rows])
    axes.xaxis.tick_top()
    columns = [_short(name, _COLUMN_NAME) for name in chart.columns]
    axes.set_xticks(range(len(chart.columns)), columns, rotation=90)
    axes.set_xticks(np.arange(-0.5, len(chart.columns)), minor=True)
    axes.set_yticks(np.arange(-0.5, len(chart.rows)), minor=True)
    axes.grid(which="minor", color=PAPER, linewidth=2)
    axes.tick_params(which="minor", length=0)


def _qr_code(picture: QrCode) -> Figure:
    """Black on white, as scanners and printers like it best."""
    lines = [line for text in picture.below for line in wrap(text, 40)]
    below = 0.35 + 0.32 * len(lines)
    figure = Figure(figsize=(_WIDTH, _WIDTH + below), dpi=_DPI, facecolor="white")
    code = segno.make_qr(picture.address, error="m")
    matrix = np.array([list(row) for row in code.matrix_iter(border=4)])
    share = below / (_WIDTH + below)
    axes = figure.add_axes((0, share, 1, 1 - share))
    axes.imshow(matrix, cmap="binary", vmin=0, vmax=1, interpolation="nearest")
    axes.set_axis_off()
    style: dict[str, Any] = {"size": _TITLE, "color": "black", "linespacing": 1.35}
    figure.text(0.5, share, "\n".join(lines), ha="center", va="top", **style)
    return figure


def _row_name(name: str) -> str:
    """Return a row's name in one or two lines."""
    first, *rest = wrap(name, _NAME_LINE) or [""]
    return "\n".join([first, _short(" ".join(rest), _NAME_LINE)] if rest else [first])


def _short(text: str, characters: int) -> str:
    if len(text) <= characters:
        return text
    return (
        shorten(text, characters, placeholder="…") if " " in text else f"{text[: characters - 1]}…"
    )
