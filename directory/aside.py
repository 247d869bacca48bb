"""Processes beside the one that answers people, so that nobody waits for long work.

They are forked from a process that has all modules in memory already, which the first of them
starts.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys

_NICE = 10
"""How far such a process steps back when the processor is asked for by whoever answers people."""

if sys.platform == "win32":
    context = multiprocessing.get_context("spawn")
else:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["directory.imports.apart", "directory.directory"])


def step_back() -> None:
    """What such a process does first: let others go before it, and leave Ctrl+C to the bot."""
    # Ctrl+C reaches all processes of a terminal; it is the bot that decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        os.nice(_NICE)
