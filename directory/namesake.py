"""Whether somebody calls themselves by a page's name."""

from __future__ import annotations

from directory.language.normalise import normalise, split
from directory.language.stems import key
from directory.model import Page


def is_namesake(name: str, page: Page) -> bool:
    """Whether a reader would mistake somebody of this name for the page, or for its person.

    `page` is what a search for the name finds. True when the name contains all words of the page's
    title or of another of its names, or consists of at least two of them («Теремок» alone is
    common); or when it has the person's surname with another name, the initials or the post.
    Endings, look-alike letters of the other alphabet and accents are ignored.
    """
    words = _words(name)
    for known in (page.title, page.full_name, *page.aliases):
        own = _words(known)
        if min(len(own), len(words)) > 1 and (own <= words or words <= own):
            return True
    return _names_person(words, page)


def _names_person(words: set[str], page: Page) -> bool:
    surname, *names = split(normalise(page.person)) or [""]
    rest = words - {key(surname)}
    if rest == words:
        return False
    post = {word for word in _words(f"{page.title} {page.post}") if len(word) > 2}
    known = {key(name) for name in names} | {name[0] for name in names}
    return bool(rest & (known | post))


def _words(text: str) -> set[str]:
    return {key(word) for word in split(normalise(text))}
