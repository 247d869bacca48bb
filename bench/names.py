"""Made-up names of places and people that decline as real ones do; the same for the same seed."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

_ONSETS = (
    *"бвгджзклмнпрстхш",
    *("бр", "вл", "гл", "др", "зв", "кр", "мл", "пл", "ск", "сл", "ст", "тр", "хл"),
    *("чер", "шум", "сер", "вер", "гор"),
)
_VOWELS = tuple("аеиоуяю")
_CODAS = (*"бвгджзклмнпрстхш", "рт", "лк", "рн", "ст")

# The ending of a name, and its genitive and prepositional ones; {} is the root.
_PLACE_FORMS = (
    ("{}ово", "{}ова", "{}ове"),
    ("{}ино", "{}ина", "{}ине"),
    ("{}овка", "{}овки", "{}овке"),
    ("{}ка", "{}ки", "{}ке"),
    ("{}ское", "{}ского", "{}ском"),
    ("{}ный", "{}ного", "{}ном"),
    ("{}иха", "{}ихи", "{}ихе"),
    ("{}ы", "{}", "{}ах"),
)
_TOWN_FORMS = (
    ("{}ск", "{}ска", "{}ске"),
    ("{}град", "{}града", "{}граде"),
    ("{}ов", "{}ова", "{}ове"),
    ("{}овск", "{}овска", "{}овске"),
    ("{}а", "{}ы", "{}е"),
)
_SURNAME_FORMS = ("{}ов", "{}ин", "{}ев", "{}кин", "{}овский")
MEN = (
    *("Александр", "Сергей", "Дмитрий", "Андрей", "Алексей", "Максим"),
    *("Евгений", "Иван", "Михаил", "Николай", "Виктор", "Олег"),
)
WOMEN = (
    *("Елена", "Ольга", "Наталья", "Анна", "Мария", "Ирина"),
    *("Светлана", "Татьяна", "Юлия", "Марина", "Вера", "Лариса"),
)
_FATHERS = ("Александр", "Сергей", "Иван", "Петр", "Виктор", "Олег", "Михаил", "Павел", "Антон")


@dataclass(frozen=True, slots=True)
class Place:
    """A place's name in three cases, and the adjective's stem that goes with it («Шумовск»)."""

    name: str
    genitive: str
    prepositional: str
    adjective: str
    kind: str

    def said(self, ending: str) -> str:
        """The adjective: «ая», «ий», «ого» …"""
        return self.adjective + ending


def roots(random: Random, count: int) -> list[str]:
    """So many different roots, capitalised."""
    found: dict[str, None] = {}
    while len(found) < count:
        parts = [random.choice(_ONSETS) + random.choice(_VOWELS)]
        if random.random() < 0.75:
            parts.append(random.choice(_ONSETS[:16]) + random.choice(_VOWELS))
        found["".join(parts).capitalize() + random.choice(_CODAS)] = None
    return list(found)


def place(random: Random, root: str, *, town: bool) -> Place:
    """A place of this root; a village is now and then «Новый …», «Большая …» elsewhere."""
    forms = random.choice(_TOWN_FORMS if town else _PLACE_FORMS)
    name, genitive, prepositional = (form.format(root) for form in forms)
    kind = "г." if town else random.choice(["с.", "с.", "д.", "д.", "п.", "х."])
    adjective = name if name.endswith("ск") else root + "овск"
    return Place(name, genitive, prepositional, adjective, kind)


def person(random: Random, surnames: list[str]) -> tuple[str, str, str]:
    """Surname, name, patronymic."""
    surname, father = random.choice(surnames), random.choice(_FATHERS)
    if random.random() < 0.5:
        stem = father[:-1] if father.endswith("й") else father
        return surname, random.choice(MEN), stem + ("евич" if father.endswith("й") else "ович")
    female = surname[:-2] + "ая" if surname.endswith("ий") else surname + "а"
    stem = father[:-1] if father.endswith("й") else father
    return female, random.choice(WOMEN), stem + ("евна" if father.endswith("й") else "овна")


def surnames(random: Random, count: int) -> list[str]:
    """So many men's surnames."""
    return [random.choice(_SURNAME_FORMS).format(root) for root in roots(random, count)]
