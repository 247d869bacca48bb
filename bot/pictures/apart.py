"""Pictures drawn by a process of its own, which takes the memory of matplotlib away with it."""

from __future__ import annotations

import asyncio
import os
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

from bot.pictures.picture import Picture
from directory import aside

KEPT = 16
"""Pictures that are kept as they were drawn, some 60 KB each: they are asked for again."""

_drawn: OrderedDict[Picture, bytes] = OrderedDict()
_drawing = asyncio.Lock()


async def png(picture: Picture, state: Path) -> bytes:
    """The picture as PNG; `state` is the folder in which matplotlib keeps its list of fonts.

    One is drawn at a time, in a second or so. Raises `EOFError` when the process that draws dies.
    """
    async with _drawing:
        if picture not in _drawn:
            done = await aside.run(_draw, picture, state / "matplotlib", progress=lambda _n: None)
            _drawn[picture] = done
            if len(_drawn) > KEPT:
                _drawn.popitem(last=False)
        _drawn.move_to_end(picture)
        return _drawn[picture]


async def _draw(picture: Picture, fonts: Path, _progress: Callable[[int], object]) -> bytes:
    os.environ["MPLCONFIGDIR"] = str(fonts)
    from bot.pictures import drawing

    return drawing.png(picture)
