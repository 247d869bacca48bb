"""Alembic's scripts, forward only: the way back is the copy that is made before a migration.

`HEAD` is the newest of `versions`: a database that is there needs none.
"""

from importlib.resources import files

HEAD = max(
    script.name[:4]
    for script in files(__package__).joinpath("versions").iterdir()
    if script.name[:4].isdecimal()
)
