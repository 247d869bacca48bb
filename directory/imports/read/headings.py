"""What a heading between rows, or the name of a sheet, says of the rows below it.

A territory («г. Курган», «2. Белозерский МО»), a sphere («Детские сады»), both («Школы Кетовского
района»), a status («Закрытые страницы»), or nothing («Раздел 2»). The words are in `words.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from directory.imports.headers import OF_SECTIONS, has
from directory.imports.headers import words as words_of

REGION, TERRITORY, SETTLEMENT, SPHERE, STATUS = OF_SECTIONS

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_NUMBERING = re.compile(
    r"^\s*(?:(?:раздел|часть|глава|блок|подраздел|таблица)\s+(?:№\s*)?"
    r"(?:\d+(?:\.\d+)*|[IVX]+|[А-Я])\b|(?:№\s*)?(?:\d+(?:\.\d+)*|[IVX]+(?=[.)\s])))?[.):]*\s*",
    re.IGNORECASE,
)
_REMARK = re.compile(
    r"\s*[(\[].*?[)\]]\s*$|\s*[-–—:,]\s*\d+\s*(?:\w+\.?)?\s*$|(?:(?<=\w{3})\.|:)\s*$"
)
_IN_REGION = re.compile(r"(?i)(.+?),?\s+([\w-]+)(ской\s+области|ого\s+края)")
_BY_DISTRICT = re.compile(r"(?i)по\s+([\w-]+)ому\s+((?:муниципальн|городск)ому\s+)?(район|округ)у")
_ADJECTIVE = re.compile(r"(?i)[\w-]+(?:ск|цк)(?:ий|ого|ой|ая|ое|ом)")
_OF_MANY = re.compile(
    r"(?i)((?:город[а-я]*\s+|г\.\s*)[А-ЯЁ][\w-]+|[\w-]+(?:ск|цк)(?:ого|ой|ому)\s+(?:муниципальн\w+\s+|"
    r"городск\w+\s+)?(?:район\w*|округ\w*|р-на|мо|област\w*))"
)
_PROPER = re.compile(r"[А-ЯЁ][А-ЯЁа-яё-]*(?<![ЫИыи][ЕХех])")
_INITIALS_OF_KIND = re.compile(r"\b([мг])\.\s?([орэ])\.?(?!\w)")
_INITIALS = re.compile(
    r"[А-ЯЁ]\.\s*[А-ЯЁ]\.\s*[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?|[А-ЯЁ][а-яё-]+\s+[А-ЯЁ]\.\s*[А-ЯЁ]\.?"
)
_SHORT_KIND = re.compile(r"(?:с|п|д|г|х|пос|дер|ст)\. ?[А-ЯЁ][а-яё-]+")
"""A place that cannot be meant for a body, whatever its name begins with: «с. Садовое»."""
_ROMAN = re.compile(r"\s*[IVX]{1,4}[.)]\s+\S")
_MOST_WORDS = 6
_FEW = 2
_MANY = ("учреждения", "организации", "учреждений", "организаций", "подразделения", "предприятия")


@dataclass(frozen=True, slots=True)
class Heading:
    """What holds for the rows below; empty texts: nothing."""

    region: str = ""
    territory: str = ""
    settlement: str = ""
    sphere: str = ""
    several: bool = False
    """Whether it is one for several bodies of a place, which its words do not give a sphere."""
    status: str = ""

    @property
    def place(self) -> bool:
        """Whether the heading names a territory."""
        return bool(self.region or self.territory or self.settlement)

    def __bool__(self) -> bool:
        return self.place or bool(self.sphere or self.status)

    def by_column(self) -> dict[str, str]:
        """The texts by the headers of the columns that are added for them; none is empty."""
        texts = {
            REGION: self.region,
            TERRITORY: self.territory,
            SETTLEMENT: self.settlement,
            SPHERE: self.sphere,
            STATUS: self.status,
        }
        return {header: text for header, text in texts.items() if text}


@cache
def words() -> dict[str, Any]:
    """The words of `words.toml`."""
    return tomllib.loads(files(__package__).joinpath("words.toml").read_text("utf-8"))


def begins(text: str, kind: str) -> bool:
    """Whether the text begins with one of the words of `kind` (totals, notes, lists …)."""
    return _plain(text).lstrip().startswith(_beginnings(kind))


def explains_looks(texts: list[str]) -> bool:
    """Whether the texts of a row explain colours, fonts or asterisks of a table."""
    if not 0 < len(texts) <= _FEW:
        return False
    return texts[0].startswith("*") or has(words_of(texts[0]), words()["legend"])


@cache
def _beginnings(kind: str) -> tuple[str, ...]:
    return tuple(words()[kind])


@cache
def _kinds_of_places() -> dict[str, frozenset[str]]:
    """The words by kind of territory, and all of them."""
    places = words()["places"]
    kinds = {kind: frozenset(places[kind]) for kind in ("region", "territory", "settlement")}
    return kinds | {"all": frozenset().union(*kinds.values(), places["beside"])}


@cache
def _part() -> re.Pattern[str]:
    """What the name of a part of a table looks like: «Раздел», «Часть 2», «Блок А. Прочее»."""
    return re.compile(rf"(?i)\s*(?:{'|'.join(words()['parts'])})\b\W*(?:\d|[ivx]+\b|[а-я]\b|\Z)")


@cache
def _bodies() -> tuple[str, ...]:
    return tuple(words()["places"]["bodies"])


def heading_of(text: str) -> Heading | None:
    """What a lone text says as a heading; None when it is none by its words.

    >>> heading_of("2. г. Курган (15 учреждений)")
    Heading(region='', territory='г. Курган', settlement='', sphere='', several=False, status='')
    >>> heading_of("Администрация Белозерского района"), heading_of("Школа № 5")
    (None, None)
    """
    bare = _bare(text)
    if not bare:
        return Heading() if text.strip() else None
    if place := place_of(bare):
        return place
    if status := _status(bare):
        return Heading(status=status)
    if len(text) <= 150 and (sphere := _sphere(bare)) is not None:
        found = _OF_MANY.search(bare)
        territory = found[1] if found and "област" not in found[1].lower() else ""
        several = not sphere and not any(
            word.startswith(tuple(words()["heading"]["of_region"]))
            for word in _WORD.findall(_plain(bare))
        )
        return Heading(territory=territory, sphere=sphere, several=several)
    is_part = _part().match(text) or begins(text, "lists")
    return Heading() if _ROMAN.match(text) or (is_part and not names_a_body(bare)) else None


def _bare(text: str) -> str:
    """The heading without its number, a remark in brackets, a count behind it."""
    bare = _REMARK.sub("", _NUMBERING.sub("", text)).strip()
    if found := _BY_DISTRICT.fullmatch(bare):
        kind = (found[2] or "").replace("ому", "ого")
        return f"{found[1]}ого {kind}{found[3]}а"
    return bare


def place_of(text: str) -> Heading | None:
    """The territory that the whole text names, with a word for its kind; None when it is none."""
    if (inside := _IN_REGION.fullmatch(text)) and (place := place_of(inside[1])):
        end = "ская область" if inside[3].startswith("ск") else "ий край"
        return replace(place, region=inside[2] + end)
    kinds = _kinds_of_places()
    found = _WORD.findall(_INITIALS_OF_KIND.sub(r"\1\2", _plain(text)))
    if not found or len(found) > _MOST_WORDS or any(c.isdigit() for c in text):
        return None
    names = [word for word in found if word not in kinds["all"]]
    if any(word.startswith(_bodies()) for word in names) and not _SHORT_KIND.fullmatch(text):
        return None
    kind = next((k for k in ("region", "territory", "settlement") if kinds[k] & {*found}), "")
    if not kind or not 1 <= len(names) <= 3:
        return None
    # «Автономный округ» is a region.
    if kind == "territory" and {"автономный", "автономного"} & set(found):
        kind = "region"
    proper = [w for w in _WORD.findall(text) if _plain(w) in names]
    if not all(_PROPER.fullmatch(w) or _ADJECTIVE.fullmatch(w) for w in proper):
        return None
    name = " ".join(text.split())
    match kind:
        case "region":
            return Heading(region=name)
        case "territory":
            return Heading(territory=name)
        case _:
            return Heading(settlement=name)


def territories_of_sheets(names: Iterable[str]) -> dict[str, Heading]:
    """What the names of sheets say of their rows, by the name; nothing for «Лист1».

    «Кетовский» is a territory by itself, «Кетово» among sheets most of which are territories.
    """
    names = list(names)
    found = {name: _of_sheet(name) for name in names}
    bare = {name: _bare(name) for name, heading in found.items() if not heading}
    may_be = [name for name, text in bare.items() if _PROPER.fullmatch(text) and len(text) > 3]
    may_be = [name for name in may_be if heading_of(name) is None]
    may_be = [
        name for name in may_be if not (begins(name, "service_sheets") or begins(name, "no_places"))
    ]
    if sum(1 for heading in found.values() if heading.place) >= max(1, len(may_be)):
        found |= {name: Heading(territory=bare[name]) for name in may_be}
    return found


def _of_sheet(name: str) -> Heading:
    if begins(name, "service_sheets"):
        return Heading()
    if found := heading_of(name):
        return found
    bare = _bare(name)
    is_place = _ADJECTIVE.fullmatch(bare) and bare[:1].isupper()
    return Heading(territory=bare) if is_place else Heading()


def _status(text: str) -> str:
    """The status that a heading gives the pages below, in the words of the format; "" for none."""
    states = words()["states"]
    of, closed, active = (tuple(states[kind]) for kind in ("of", "closed", "active"))
    found = _WORD.findall(_plain(text))
    found = [word for word in found if word not in states["beside"]]
    if not all(word.startswith(of + closed + active) for word in found):
        return ""
    if not any(word.startswith(of) for word in found):
        return ""
    if any(word.startswith(closed) for word in found):
        return "закрыта"
    return "действует" if any(word.startswith(active) for word in found) else ""


def _sphere(text: str) -> str | None:
    """The sphere of a heading for several bodies, empty when it is none known; None: no heading."""
    found = _WORD.findall(_plain(text))
    if not found or any(c in text for c in '«»"№') or any(c.isdigit() for c in text):
        return None
    if found[0] in ("муниципальные", "муниципальных") and found[-1].startswith("образовани"):
        return ""
    heading = words()["heading"]
    alone = tuple(heading["alone"])
    several = {word for word in found if word in heading["many"] or word.endswith(_MANY)}
    # «Отдел Управления …» names one body, whatever it belongs to.
    first = next((word for word in found if word.startswith(_bodies())), "")
    if first and first not in several:
        return None
    if not (several or all(word.startswith(alone) for word in found)):
        return None
    for sphere, stems in words()["spheres"].items():
        for stem in stems:
            if all(any(w.startswith(part) for w in found) for part in stem.split()):
                return str(sphere)
    return ""


def names_a_body(text: str) -> bool:
    """Whether a word of the text is one that bodies are named by: «школа», «музей», «МБУ»."""
    return any(word.startswith(_bodies()) for word in _WORD.findall(_plain(text)))


def _plain(text: str) -> str:
    return text.lower().replace("ё", "е")


def is_signed(texts: list[str]) -> bool:
    """Whether the texts are a signature: a line to sign on, a post with a name, a name alone."""
    if any("___" in text or _INITIALS.fullmatch(text) for text in texts):
        return True
    return (
        bool(texts) and begins(texts[0], "posts") and any(_INITIALS.search(text) for text in texts)
    )
