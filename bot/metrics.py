"""What is counted and timed while the bot runs, for Prometheus; nothing of it is about a person."""

from __future__ import annotations

from prometheus_client import Counter, Gauge, Histogram

UPDATES = Counter("bot_updates", "Updates that were handled", ["kind", "outcome"])
HANDLING = Histogram("bot_handling_seconds", "From the arrival of an update to its end", ["kind"])
ANSWERS = Counter("bot_answers", "Searches by verdict", ["verdict"])
SEARCHING = Histogram(
    "bot_search_seconds",
    "Time in the search",
    buckets=(0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 1),
)
CALLS = Counter("bot_api_calls", "Tries to call the Bot API", ["method", "outcome"])
INDEX_AGE = Gauge(
    "bot_index_age_revisions", "Revisions of the database that the search does not know yet"
)
UNREADABLE = Counter("bot_unreadable_updates", "Updates that could not be read")
