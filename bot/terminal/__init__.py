"""The conversation in the terminal, through the same dispatcher."""
