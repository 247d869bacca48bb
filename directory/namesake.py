"""Whether somebody calls themselves by a page's name."""

from __future__ import annotations

from directory.holder import holder
from directory.language.common import is_common
from directory.language.lexicon import lexicon, unsaid_key
from directory.language.normalise import normalise, split
from directory.language.stems import key
from directory.language.translit import in_cyrillic
from directory.model import Level, Page

_KNOWN_TO_ALL = (Level.FEDERAL, Level.REGIONAL)
_CITY = key("город")
_SURNAME = 4
"""Letters that a surname has at least to stand for somebody without another name."""


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


def reminds_of(name: str, page: Page) -> bool:
    """Whether a name, or a nick, makes a reader think of the page: others may bear it rightly.

    `page` is what a search for the name finds. True when the name has the surname of the page's
    person («Шумков LIVE», «shumkov_45»), or all words that tell a name of the page from others
    («Правительство области | Выплаты»). One word tells enough of a federal or a regional page,
    when it is no common one («минздрав») or the whole title («Госуслуги»).
    """
    words = {word for each in in_cyrillic(normalise(name)) for word in _words(each)}
    surname, *_ = _person(page)
    if len(surname) >= _SURNAME and not is_common(surname) and key(surname) in words:
        return True
    for known in (page.title, page.full_name, *page.aliases):
        every = split(normalise(known))
        telling = [x for x in every if unsaid_key(x) not in lexicon().legal]
        own = {key(word) for word in telling} - {_CITY}
        alone = (known == page.title and telling == every) or not any(map(is_common, telling))
        if own <= words and len(own) > (page.level not in _KNOWN_TO_ALL or not alone):
            return True
    return False


def _names_person(words: set[str], page: Page) -> bool:
    surname, *names = _person(page)
    rest = words - {key(surname)}
    if rest == words:
        return False
    post = {word for word in _words(f"{page.title} {page.post}") if len(word) > 2}
    known = {key(name) for name in names} | {name[0] for name in names}
    return bool(rest & (known | post))


def _person(page: Page) -> list[str]:
    held = holder(page)  # without «и. о.»
    return split(normalise(held.person if held else "")) or [""]


def _words(text: str) -> set[str]:
    return {key(word) for word in split(normalise(text))}
