"""What the bot does regularly and unasked."""
