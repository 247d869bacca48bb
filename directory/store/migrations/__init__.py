"""Alembic's scripts. `HEAD` is the newest of `versions`: a database that is there needs none."""

HEAD = "0001"
