"""Understanding a message and answering it."""
