"""The registry of links kept in a file between starts (see `directory.mapped`)."""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from importlib.resources import files
from pathlib import Path

from directory import mapped
from directory.links.verifier import Verifier


def save(path: Path, links: Verifier, built_from: str) -> None:
    """Write the registry to `path`. Raises `OSError`; an old file then stays as it is."""
    mapped.save(path, links.arrays(), f"{built_from} {_version()}")


def built_from(path: Path) -> str:
    """What the registry in the file was built from; empty when this version did not build it."""
    known, _, version = mapped.built_from(path).rpartition(" ")
    return known if version == _version() else ""


def load(path: Path) -> Verifier | None:
    """The registry in the file, None when there is none or it is damaged."""
    return mapped.load(path, lambda arrays: Verifier(kept=arrays))


@cache
def _version() -> str:
    """Tells one version of this package and its data from another: what resembles what depends on
    nearly all of it."""
    digest = blake2b(digest_size=8)
    for file in sorted(files(__package__).iterdir(), key=lambda each: each.name):
        if file.name.endswith((".py", ".toml")):
            digest.update(file.read_bytes())
    return digest.hexdigest()
