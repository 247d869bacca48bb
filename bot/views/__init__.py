"""What the bot shows: pure functions from what is known to a text and its buttons."""
