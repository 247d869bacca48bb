"""Notes at once what is delivered at once: one transaction costs as much as that of one update."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Sequence

from aiogram.types import Update


class Batch:
    """Updates that are noted together, and the numbers of those that are to be handled here."""

    def __init__(self) -> None:
        self.updates: list[Update] = []
        self.mine: set[int] = set()


class TakenTogether(ABC):
    """Where updates are noted, one batch after the other."""

    def __init__(self) -> None:
        self._one_by_one = asyncio.Lock()
        self._batch = Batch()

    async def keep(self, updates: Sequence[Update]) -> list[Update]:
        """Keep updates until they are done; return those of them that are to be handled here."""
        if not updates:
            return []
        batch = self._batch
        batch.updates += updates
        async with self._one_by_one:  # what comes meanwhile is noted together
            if batch is self._batch:
                await asyncio.sleep(0)  # and so are requests that came in the same moment
                self._batch = Batch()
                await self._keep(batch)
        here = [update for update in updates if update.update_id in batch.mine]
        batch.mine.difference_update(update.update_id for update in here)
        return here

    @abstractmethod
    async def _keep(self, batch: Batch) -> None:
        """Note the updates of the batch, and which of them are to be handled here."""
