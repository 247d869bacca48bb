"""The directory of official pages: usable without any bot, and knowing nothing of Telegram."""
