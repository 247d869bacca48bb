"""Runs the process: polling, the connection to the Bot API, logs, the menu."""
