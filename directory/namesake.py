"""Whether somebody calls themselves by a page's name."""

from __future__ import annotations

from directory.language.normalise import normalise, split
from directory.model import Page


def is_namesake(name: str, page: Page) -> bool:
    """Whether a reader would take whoever bears the name for the page, or for its person.

    The name has all words of the page's title or of another of its names (two at least: «Теремок»
    is the name of many), the person's surname with the other name, or the surname with the post.
    Look-alike letters of the other alphabet and accents do not count.
    """
    words = set(split(normalise(name)))
    for known in (page.title, page.full_name, *page.aliases):
        own = set(split(normalise(known)))
        if len(own) > 1 and own <= words:
            return True
    person = split(normalise(page.person))
    if not person or person[0] not in words:
        return False
    post = {word for word in split(normalise(f"{page.title} {page.post}")) if len(word) > 3}
    return bool(words & set(person[1:]) or words & post)
