"""Have aiogram imported quickly before the tests import it."""

from bot.deferred import import_aiogram

import_aiogram()
