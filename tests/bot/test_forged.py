"""Presses and deep links that no button of ours has made: a client may send whatever it likes."""

from __future__ import annotations

from pathlib import Path

import pytest

from directory.directory import Directory
from tests.bot.conftest import OWNER, People
from tests.bot.made_up import EDITOR, SCHOOL

pytestmark = pytest.mark.both


@pytest.fixture
def begins_with(made_up: Path) -> Path:
    """A made-up directory."""
    return made_up


@pytest.mark.parametrize("who", [1000, EDITOR, OWNER])
async def test_a_forged_press_is_out_of_date(
    people: People, directory: Directory, who: int
) -> None:
    person, before = people(who), directory.revision
    message = (await person.says(f"/start page_{SCHOOL.id}")).message
    huge = str(2**70)
    for data in (
        *("n:nan:1:1", "n:1:inf:0", f"b:{huge}::0", f"t:0::-{huge}", f"s:{huge}", f"p:{huge}"),
        *(f"r:{huge}", f"r:-{huge}", f"u:{huge}:", f"rd:{huge}:done::", f"rd:{2**40}:own::"),
        *(f"ec:-{huge}", f"ex:{huge}", f"ea:{huge}:0:", f"et:-1:territory:{huge}:0"),
        *(
            "rd:1:done::",
            "qh:skazka-school:nonsense:99",
            "qr:nobody:",
            "ef:nonsense:title",
            "p",
            "",
        ),
        *("i:nonsense:1:0:0", "j:nonsense:sheet:9", "\u202ep:x", "p:" + "x" * 62),
    ):
        await person.sends_press(message, data)
    for payload in (
        f"page_{huge}",
        "page_../x",
        f"page_{SCHOOL.id} page_x",
        "q_%%%",
        "q_PGI-eDwvYj4",
    ):
        await person.says(f"/start {payload}")
    for offset in ("-1", huge, "x", "²"):
        await person.types("школа", offset)
    await directory.refresh()
    assert directory.revision == before
