"""Pictures drawn by a process of its own, which takes the memory of matplotlib away with it."""

from __future__ import annotations

import asyncio
import logging
import os
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

from bot.pictures.picture import Picture
from directory import aside

log = logging.getLogger(__name__)

KEPT = 16
"""Pictures that are kept as they were drawn, some 60 KB each: they are asked for again."""

_drawn: OrderedDict[Picture, bytes] = OrderedDict()
_drawing = asyncio.Lock()


async def png(picture: Picture, state: Path) -> bytes | None:
    """Return the picture as PNG; `state` is the folder in which matplotlib keeps its list of fonts.

    One is drawn at a time, in a second or so. None when it cannot be drawn: the words beside it
    say the same.
    """
    async with _drawing:
        if picture not in _drawn:
            try:
                done = await aside.run(_draw, picture, state / "matplotlib", progress=_unheard)
            except (EOFError, OSError, MemoryError) as error:
                log.warning("a picture could not be drawn: %r", error)
                return None
            _drawn[picture] = done
            if len(_drawn) > KEPT:
                _drawn.popitem(last=False)
        _drawn.move_to_end(picture)
        return _drawn[picture]


def _unheard(_done: int) -> None:
    """A picture is drawn at once: there is no progress to tell."""


async def _draw(picture: Picture, fonts: Path, _progress: Callable[[int], object]) -> bytes:
    os.environ["MPLCONFIGDIR"] = str(fonts)
    from bot.pictures import drawing

    return drawing.png(picture)
