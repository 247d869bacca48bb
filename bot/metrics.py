"""What is counted and timed while the bot runs, for Prometheus; nothing of it is about a person."""

from __future__ import annotations

from typing import Literal, get_args

from prometheus_client import Counter, Gauge, Histogram

from directory.search.answer import SearchVerdict

Surface = Literal["message", "inline"]
"""Where a question was asked: inline every letter is another one."""

FAILED = "failed"
"""What the handler of errors returns: the outcome of an update whose own handler failed."""

UPDATES = Counter("bot_updates", "Updates that were handled", ["kind", "outcome"])
HANDLING = Histogram("bot_handling_seconds", "From the arrival of an update to its end", ["kind"])
FAILURES = Counter("bot_failures", "Handlers that failed, by the kind of error", ["error"])
WAITING = Gauge("bot_updates_waiting", "Updates that were taken and are not answered yet")
ANSWERS = Counter("bot_answers", "Searches by verdict", ["verdict", "surface"])
SEARCHING = Histogram(
    "bot_search_seconds",
    "Time in the search",
    buckets=(0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 1),
)
CALLS = Counter("bot_api_calls", "Tries to call the Bot API", ["method", "outcome"])
UNSENT = Counter("bot_answers_unsent", "Answers that Telegram did not take within a minute")
SILENCE = Gauge("bot_telegram_silence_seconds", "Since Telegram was heard last")
INDEX_AGE = Gauge(
    "bot_index_age_revisions", "Revisions of the database that the search does not know yet"
)
PAGES = Gauge("bot_pages", "Pages that a search can find")
REPORTS = Gauge("bot_reports_waiting", "Reports of people that wait for a decision")
TASK_BEGUN = Gauge("bot_task_begun_timestamp_seconds", "When a regular task last began", ["task"])
TASK_FAILURES = Counter("bot_task_failures", "Runs of a regular task that failed", ["task"])
BACKUP_AGE = Gauge("bot_backup_age_seconds", "Age of the latest copy; +Inf when there is none")
DISK_FREE = Gauge("bot_disk_free_bytes", "Free room on the disk of the database")
UNREADABLE = Counter("bot_unreadable_updates", "Updates that could not be read")


def totals(counter: Counter, *labels: str) -> dict[tuple[str, ...], int]:
    """What was counted since the start of the process, by the values of these labels."""
    found: dict[tuple[str, ...], int] = {}
    for sample in next(iter(counter.collect())).samples:
        if sample.name.endswith("_total"):
            key = tuple(sample.labels[label] for label in labels)
            found[key] = found.get(key, 0) + int(sample.value)
    return found


# A rate needs a series that begins at nought, before the first such event.
for verdict in SearchVerdict:
    for surface in get_args(Surface):
        ANSWERS.labels(verdict.value, surface)
for outcome in ("handled", FAILED):
    UPDATES.labels("message", outcome)
