"""aiogram works the same when its models are completed at their first use."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.telegram_limits import REQUIRED

_PROGRAM = """
import sys
from bot.process.fast_import import import_aiogram
import_aiogram()
from aiogram import methods, types
from aiogram.methods import Response

user = {"id": 1, "is_bot": False, "first_name": "A"}
message = {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}, "from": user}
press = {"id": "1", "from": user, "chat_instance": "1", "message": message | {"text": "x"}}
update = types.Update.model_validate({"update_id": 1, "callback_query": press})
assert isinstance(update.callback_query.message, types.Message)
for name in sys.argv[1:]:
    method = getattr(methods, name)
    Response[method.__returning__].model_validate({"ok": False, "description": name})
    method.model_construct().model_dump(warnings=False)
assert types.InlineKeyboardButton(text="1", url="https://example.org").text == "1"
print("done")
"""


@pytest.mark.slow
def test_every_method_that_is_called_and_what_it_returns_can_be_built() -> None:
    methods = [name[0].upper() + name[1:] for name in REQUIRED]
    command = [sys.executable, "-W", "error", "-c", _PROGRAM, *methods]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("done\n", "")
