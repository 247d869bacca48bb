"""Queries put to an engine: how often the right page is first, and how long it takes."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bench.queries import NEGATIVE, Asked
from directory.search.answer import Answer, SearchVerdict

SURE = (SearchVerdict.FOUND, SearchVerdict.CHOOSE)


@dataclass
class Score:
    """Counts of a class of queries."""

    asked: int = 0
    first: int = 0
    three: int = 0
    sure: int = 0
    found: int = 0
    found_wrong: int = 0


@dataclass
class Result:
    """What an engine did: scores by class, and the milliseconds of each query."""

    scores: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    times: list[float] = field(default_factory=list)

    def total(self, *, negative: bool) -> Score:
        """The sum of all classes that have answers, or of those that have none."""
        total = Score()
        for kind, score in self.scores.items():
            if (kind in NEGATIVE) is negative:
                for name in vars(total):
                    setattr(total, name, getattr(total, name) + getattr(score, name))
        return total

    def percentile(self, share: float) -> float:
        """Milliseconds within which this share of the queries was answered."""
        return sorted(self.times)[min(int(len(self.times) * share), len(self.times) - 1)]


def ask_ours(search: Callable[[str], Answer], queries: Sequence[Asked]) -> Result:
    """Put all queries to the index."""
    result = Result()
    for asked in queries:
        started = time.perf_counter()
        answer = search(asked.text)
        result.times.append((time.perf_counter() - started) * 1000)
        ids = [hit.id for hit in answer.hits]
        score = _count(result, asked, ids)
        score.sure += answer.verdict in SURE
        if answer.verdict is SearchVerdict.FOUND:
            score.found += 1
            score.found_wrong += ids[0] not in asked.right
    return result


def ask(search: Callable[[str], list[str]], queries: Sequence[Asked]) -> Result:
    """Put the queries that have an answer to a rival."""
    result = Result()
    for asked in queries:
        started = time.perf_counter()
        ids = search(asked.text)
        result.times.append((time.perf_counter() - started) * 1000)
        _count(result, asked, ids)
    return result


def _count(result: Result, asked: Asked, ids: Sequence[str]) -> Score:
    score = result.scores[asked.kind]
    score.asked += 1
    score.first += ids[:1] != [] and ids[0] in asked.right
    score.three += not asked.right.isdisjoint(ids[:3])
    return score
