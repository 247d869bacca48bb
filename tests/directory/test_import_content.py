"""What the cells of a column hold."""

from __future__ import annotations

import time

import pytest

from directory.imports.content import is_link, is_mail, is_stated_place
from directory.imports.read.limits import MAX_CELL


@pytest.mark.parametrize(
    ("text", "link", "mail"),
    [
        ("vk.com/nick", True, False),
        ("Сайт:школа-5.рф", True, False),
        ("наша-страница-vk.com/nick", True, False),
        ("@nick", True, False),
        ("school-5@mail.ru", False, True),
        ("почта: a.b+c@mail.example.ru, сайт school.ru", True, True),
        ("a@b@mail.ru", True, True),
        ("ул. Ленина, д. 5", False, False),
    ],
)
def test_addresses_are_told_from_mail_and_words(text: str, link: bool, mail: bool) -> None:
    assert (is_link(text), is_mail(text)) == (link, mail)


@pytest.mark.parametrize(
    ("text", "place"),
    [("Северо-Восточный АО", True), ("АО Ромашка", False), ("где-то у реки", False)],
)
def test_a_district_is_stated(text: str, place: bool) -> None:
    assert is_stated_place(text) is place


@pytest.mark.parametrize("part", ["Ы", "a-", "a.", "a@", "+"])
def test_no_cell_takes_long(part: str) -> None:
    text = part * (MAX_CELL // len(part))
    begun = time.process_time()
    is_link(text)
    is_mail(text)
    assert time.process_time() - begun < 0.5
