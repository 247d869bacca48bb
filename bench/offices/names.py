"""Made-up bodies with their links: names in every style, with words that no rule has."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from bench.names import MEN, WOMEN
from directory.links import parse
from directory.model import Link

OKRUGS = {
    "Белозерский": "Белозерского",
    "Варгашинский": "Варгашинского",
    "Далматовский": "Далматовского",
    "Катайский": "Катайского",
    "Куртамышский": "Куртамышского",
    "Мокроусовский": "Мокроусовского",
    "Половинский": "Половинского",
    "Сафакулевский": "Сафакулевского",
    "Юргамышский": "Юргамышского",
}
"""Okrugs of the seed, in the nominative and in the genitive."""

_VILLAGES = (
    *("Осиновка", "Тёплый Ключ", "Верхняя Горка", "Калиновка", "Ольховка", "Подсолнечное"),
    *("Журавлиное", "Пеньково", "Малые Ручьи", "Сорочье", "Кленовка", "Дальние Поляны"),
)
_PROPER = (
    *("Жаворонок", "Снегирёк", "Росинка", "Золотая рыбка", "Аленький цветочек", "Бригантина"),
    *("Орлёнок", "Капитошка", "Вдохновение", "Родничок", "Созвездие", "Лукоморье", "Эврика"),
)
_PATRONS = ("П. А. Ключарёва", "Героя Советского Союза Н. Г. Сомова", "А. И. Веденеевой")
KINDS = {
    "Образование": (
        "МКОУ «{village}ская СОШ № {n}»",
        'Муниципальное бюджетное общеобразовательное учреждение "Лицей № {n} имени {patron}"',
        "Детский сад № {n} «{proper}»",
        "МБДОУ ДЕТСКИЙ САД {n}",
        "Вечерняя (сменная) школа {n}",
        "Управление образования и молодёжной политики № {n}",
        "МОУ - {village}ская основная школа № {n}",
        "МБУ ДО «ДЮСШ № {n}»",
    ),
    "Здравоохранение": (
        "ГБУ «{village}ская ЦРБ № {n}»",
        "Стоматологическая поликлиника №{n}",
        "Врачебная амбулатория {n}, с. {place}",
    ),
    "Культура": (
        "Краеведческий музей имени {patron} ({n})",
        "{place}ский сельский клуб-{n}",
        "ГАУ «Театр кукол «{proper}» {n}",
        "Центр культуры и досуга «{proper}-{n}»",
        "Отдел культуры {n}",
    ),
    "Социальная защита": ("Комплексный центр обслуживания населения № {n}",),
    "Власть": (
        "Администрация {village}ского сельсовета-{n}",
        "Отдел земельных отношений № {n}",
    ),
}
"""Kinds of bodies by sphere."""

NETWORKS = ("vk", "ok", "telegram", "max", "site")
_HOSTS = {"vk": "vk.com", "ok": "ok.ru", "telegram": "t.me", "max": "max.ru"}


@dataclass(slots=True)
class Body:
    """A body as it is, whatever a file writes of it. `accounts` has an account for each network."""

    title: str
    sphere: str
    okrug: str
    village: str
    head: str
    phone: str
    street: str
    accounts: dict[str, str] = field(default_factory=dict)

    @property
    def links(self) -> set[tuple[str, Link]]:
        """The slots and links that are to be found."""
        found = set()
        for slot in self.accounts:
            link = parse(self.address(slot), slot=slot)
            assert isinstance(link, Link), self.address(slot)
            found.add((slot, link))
        return found

    def address(self, slot: str) -> str:
        """The plain address of its account."""
        account = self.accounts[slot]
        return f"http://{account}" if slot == "site" else f"https://{_HOSTS[slot]}/{account}"


def bodies(chance: Random, count: int, first: int) -> list[Body]:
    """So many bodies, numbered from `first` on: no two have a name or an account in common."""
    made = []
    for n in range(first, first + count):
        sphere = chance.choice(list(KINDS))
        surname = chance.choice(("Тучков", "Ласкин", "Зимняков"))
        street = chance.choice(("Озёрная", "Труда", "Космонавтов"))
        village = chance.choice(_VILLAGES)
        title = chance.choice(KINDS[sphere]).format(
            n=n,
            village=village.split()[-1].rstrip("аоеы"),
            place=village,
            proper=chance.choice(_PROPER),
            patron=chance.choice(_PATRONS),
        )
        title = chance.choice((title, title, title, title.upper(), f"{title[:12]}\n{title[12:]}"))
        name = chance.choice(MEN + WOMEN)
        made.append(
            Body(
                title, sphere, chance.choice(list(OKRUGS)), village,
                f"{surname} {name} {chance.choice(MEN)}ович",
                f"8 ({chance.randint(35230, 35259)}) {n % 8 + 2}-{n % 90 + 10}-{n % 80 + 11}",
                f"ул. {street}, {chance.randint(1, 90)}",
                _accounts(chance, n),
            )
        )  # fmt: skip
    return made


def _accounts(chance: Random, n: int) -> dict[str, str]:
    """Accounts on some networks, sometimes on none."""
    if chance.random() < 0.06:
        return {}
    stem = chance.choice(("zhuravl", "ruchey", "polyana", "svetlyi_put", "klyuch", "public"))
    accounts = {
        "vk": f"{stem}{n + 100_000}" if stem == "public" else f"{stem}_{n}",
        "ok": f"group/{70_000_000_000 + n}" if n % 2 else f"uchrezhd.{n}",
        "telegram": f"kanal_{n}_ru",
        "max": f"id{4_500_000_000 + n}_gos",
        "site": f"u{n}.zaural-primer.ru" if n % 3 else f"sad-{n}-primer.gosuslugi.ru",
    }
    wanted = [slot for slot in NETWORKS if slot == "vk" or chance.random() < 0.5]
    return {slot: accounts[slot] for slot in wanted}
