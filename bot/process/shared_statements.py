"""What replicas ask PostgreSQL: see `bot.process.shared_taken`.

`updates` has what was taken: `person` and `body` until it is answered, the number for longer.
`people` tells to which replica those belong who have unanswered updates, and how many of them.
`replicas` has the replicas that live, each with a count that it raises.
"""

from __future__ import annotations

_SCHEMA = """
CREATE UNLOGGED TABLE IF NOT EXISTS {updates} (
    number bigint PRIMARY KEY,
    place bigserial,
    person bigint,
    tries integer NOT NULL DEFAULT 0,
    body text
);
CREATE INDEX IF NOT EXISTS {updates}_person ON {updates} (person) WHERE person IS NOT NULL;
CREATE UNLOGGED TABLE IF NOT EXISTS {people} (
    person bigint PRIMARY KEY,
    replica bigint NOT NULL,
    waiting integer NOT NULL
);
CREATE UNLOGGED TABLE IF NOT EXISTS {replicas} (replica bigint PRIMARY KEY, beat bigint NOT NULL);
"""

_KEEP = """
WITH given AS (
    SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::text[]) g (number, person, body)
),
new AS (
    INSERT INTO {updates} (number, person, body) SELECT * FROM given ORDER BY number
    ON CONFLICT DO NOTHING RETURNING number, person
),
belong AS (
    INSERT INTO {people} AS p (person, replica, waiting)
    SELECT person, $4::bigint, count(*) FROM new WHERE person IS NOT NULL
    GROUP BY person ORDER BY person
    ON CONFLICT (person) DO UPDATE SET waiting = p.waiting + excluded.waiting
    RETURNING person, replica
)
SELECT number, replica, CASE WHEN replica <> $4 THEN pg_notify('{updates}', replica::text) END
FROM new LEFT JOIN belong USING (person)
"""

_DONE = """
WITH gone AS (
    SELECT number, person FROM {updates} WHERE number = ANY($1::bigint[]) AND person IS NOT NULL
),
erased AS (
    UPDATE {updates} u SET body = NULL, person = NULL FROM gone WHERE u.number = gone.number
)
UPDATE {people} p SET waiting = waiting - n
FROM (SELECT person, count(*) AS n FROM gone GROUP BY person) g WHERE p.person = g.person
"""

_MINE = """
SELECT u.number, u.tries, u.body FROM {updates} u JOIN {people} p USING (person)
WHERE p.replica = $1 AND u.number <> ALL($2::bigint[]) ORDER BY u.place
"""

_FREE = "DELETE FROM {people} WHERE waiting <= 0"

_BEATS = "SELECT replica, beat FROM {replicas} WHERE replica <> $1"

_LEAVE = "DELETE FROM {replicas} WHERE replica = $1"

_BEAT = """
INSERT INTO {replicas} AS r (replica, beat) VALUES ($1, 0)
ON CONFLICT (replica) DO UPDATE SET beat = r.beat + 1
"""

_TAKE_OVER = """
WITH taken AS (
    UPDATE {people} SET replica = $1
    WHERE replica <> $1
      AND (replica = ANY($2::bigint[]) OR replica NOT IN (SELECT replica FROM {replicas}))
    RETURNING person
)
UPDATE {updates} u SET tries = tries + 1 FROM taken WHERE u.person = taken.person
"""

_FORGET = """
DELETE FROM {updates} WHERE person IS NULL
AND place <= (SELECT max(place) FROM {updates}) - {remembered}
"""


class Statements:
    """The statements for one bot. Its `number` is in the names of the tables: another bot on the
    same directory, and one of another messenger, counts people and updates anew."""

    def __init__(self, number: int, remembered: int) -> None:
        kinds = ("updates", "people", "replicas")
        names = {kind: f"telegram_{number}_{kind}" for kind in kinds}

        def made(text: str) -> str:
            return text.format(**names, remembered=remembered)

        self.channel = names["updates"]
        self.one_by_one = f"SELECT pg_advisory_xact_lock(hashtext('{self.channel}'))"
        self.schema = made(_SCHEMA)
        self.keep = made(_KEEP)
        self.done = made(_DONE)
        self.free = made(_FREE)
        self.mine = made(_MINE)
        self.beat = made(_BEAT)
        self.beats = made(_BEATS)
        self.leave = made(_LEAVE)
        self.take_over = made(_TAKE_OVER)
        self.forget = made(_FORGET)
