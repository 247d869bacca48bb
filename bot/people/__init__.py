"""Who is talking to the bot, and what each may do."""
