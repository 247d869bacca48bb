"""Queries about a made-up corpus, with the pages that answer each: those it is true of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from bench.corpus import Made

_LAYOUT = str.maketrans("йцукенгшщзхъфывапролджэячсмитьбюё", "qwertyuiop[]asdfghjkl;'zxcvbnm,.`")
_TRANSLIT = {
    **dict(zip("абвгдезийклмнопрстуфыэё", "abvgdeziyklmnoprstufyee", strict=True)),
    **dict(
        zip("хцжчшщюяьъ", ("kh", "ts", "zh", "ch", "sh", "sch", "yu", "ya", "", ""), strict=True)
    ),
}
_ORDINALS = ("", "первая", "вторая", "третья", "четвёртая", "пятая", "шестая", "седьмая", "восьмая")
_QUESTIONS = (
    "где найти страницу {} в {}?", "покажи группу {} в {}", "есть ли страница у {} в {}",
    "подскажите пожалуйста телефон {} в {}", "ссылка на сайт {} в {}",
)  # fmt: skip
_NONSENSE = (
    "купить диван", "погода завтра", "рецепт борща", "ремонт телефонов", "доставка пиццы",
    "кредит онлайн", "гороскоп", "натяжные потолки", "йцукен", "asdfgh", "zxcvb qwe", "ыыыыы",
    "курс доллара", "билеты на самолет", "маникюр", "чебуреки",
)  # fmt: skip
_AROUND = (
    "алиса где {}", "{} расписание", "новый {}", "фото {}", "{} отзывы", "как доехать {}",
    "приёмная {}", "{} часы работы", "добрый день подскажите {}", "{} сегодня",
)  # fmt: skip
_NETWORKS = (
    "{} вконтакте",
    "{} в телеграме",
    "страница {} в одноклассниках",
    "{} в максе",
    "{} vk",
)
_ASIDES = ("{} корпус 2", "{} 8 класс", "{} до 18:00", "{} для 5 лет", "{} 2026")
_NOUNS = (
    "цветы", "шашлык", "ипотека", "массаж", "ноутбук", "дрова", "щенки", "мебель", "такси", "пицца",
    "ремонт", "скидки", "аквариум", "велосипед", "ковры", "кафе",
)  # fmt: skip
NEGATIVE = frozenset({"negative", "neg_num", "noun"})


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, its class, and the ids of the pages that answer it (none for the negatives)."""

    text: str
    kind: str
    right: frozenset[str]


def queries(made: Sequence[Made], each: int, seed: int = 46) -> list[Asked]:
    """About so many queries of each class, in a mixed order."""
    random = Random(seed)
    truth = _Truth(made)
    asked: list[Asked] = []
    for kind, make in _CLASSES.items():
        for _ in range(each):
            text, right = make(random, truth)
            asked.append(Asked(text, kind, frozenset(right)))
    random.shuffle(asked)
    return asked


class _Truth:
    """The corpus by what its pages are."""

    def __init__(self, made: Sequence[Made]) -> None:
        self.made = [each for each in made if each.kind]
        self.headed = [each for each in self.made if each.person]
        self.numbered = [each for each in self.made if each.number]
        self.by: dict[tuple[object, ...], set[str]] = defaultdict(set)
        self.numbers: dict[tuple[str, str], set[int]] = defaultdict(set)
        for each in self.made:
            assert each.kind
            kind, where, page = each.kind.name, each.place.name.lower(), each.page
            self.by["title", page.title.lower()].add(page.id)
            self.by[kind, where].add(page.id)
            self.by[kind, where, each.number].add(page.id)
            self.by[kind, where, each.word].add(page.id)
            self.numbers[kind, where].add(each.number)
            if each.person:
                surname, name, _ = each.person
                self.by["person", surname].add(page.id)
                self.by["person", surname, name].add(page.id)

    def described(self, random: Random) -> tuple[Made, str, set[str]]:
        """A page, what tells it apart besides kind and place, and all pages of that description."""
        each = random.choice(self.made)
        assert each.kind
        place = each.kind.name, each.place.name.lower()
        if each.number:
            return each, f" {each.number}", self.by[(*place, each.number)]
        if each.word and random.random() < 0.6:
            return each, f" {each.word.lower()}", self.by[(*place, each.word)]
        return each, "", self.by[place]


Answer = tuple[str, set[str]]


def _exact(random: Random, truth: _Truth) -> Answer:
    title = random.choice(truth.made).page.title
    return title, truth.by["title", title.lower()]


def _plain(random: Random, truth: _Truth) -> Answer:
    each, rest, right = truth.described(random)
    assert each.kind
    return f"{each.kind.name}{rest} {each.place.name.lower()}", right


def _order(random: Random, truth: _Truth) -> Answer:
    text, right = _plain(random, truth)
    words = text.split()
    random.shuffle(words)
    return " ".join(words), right


def _inflected(random: Random, truth: _Truth) -> Answer:
    each, rest, right = truth.described(random)
    assert each.kind
    kind = random.choice((each.kind.genitive, each.kind.accusative))
    place = random.choice((each.place.genitive, "в " + each.place.prepositional))
    return f"{kind}{rest} {place.lower()}", right


def _typo(random: Random, truth: _Truth) -> Answer:
    text, right = _plain(random, truth)
    words = text.split()
    long = [n for n, word in enumerate(words) if len(word) > 5 and word.isalpha()]
    for nth in random.sample(long, min(len(long), random.choice((1, 1, 2)))):
        words[nth] = _mistyped(random, words[nth])
    return " ".join(words), right


def _mistyped(random: Random, word: str) -> str:
    at = random.randrange(1, len(word) - 1)
    other = random.choice("абвгдеиклмнопрсту")
    return random.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + other + word[at:],
            word[:at] + other + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        )
    )


def _layout(random: Random, truth: _Truth) -> Answer:
    text, right = _plain(random, truth)
    return text.translate(_LAYOUT), right


def _translit(random: Random, truth: _Truth) -> Answer:
    text, right = _plain(random, truth)
    return "".join(_TRANSLIT.get(letter, letter) for letter in text), right


def _short(random: Random, truth: _Truth) -> Answer:
    while True:
        each, rest, right = truth.described(random)
        assert each.kind
        if each.kind.also:
            name = random.choice(each.kind.also)
            return f"{name}{rest} {each.place.name.lower()}", right


def _number(random: Random, truth: _Truth) -> Answer:
    each = random.choice(truth.numbered)
    assert each.kind
    place = each.place.name.lower()
    right = truth.by[each.kind.name, place, each.number]
    forms = [
        f"{each.kind.name}{sign}{each.number} {place}" for sign in (" №", "", " № ", " номер ")
    ]
    if each.number < len(_ORDINALS) and each.kind.name.endswith("а"):
        forms.append(f"{_ORDINALS[each.number]} {each.kind.name} {place}")
    return random.choice(forms), right


def _person(random: Random, truth: _Truth) -> Answer:
    each = random.choice(truth.headed)
    assert each.person
    surname, name, father = each.person
    both = truth.by["person", surname, name]
    initials = {
        page.page.id
        for page in truth.headed
        if page.person
        and page.person[0] == surname
        and page.person[1][0] + page.person[2][0] == name[0] + father[0]
    }
    return random.choice(
        [
            (surname.lower(), truth.by["person", surname]),
            (f"{surname} {name}", both),
            (f"{name} {surname}".lower(), both),
            (f"{surname} {name[0]}. {father[0]}.", initials),
        ]
    )


def _post(random: Random, truth: _Truth) -> Answer:
    each, rest, right = truth.described(random)
    assert each.kind
    return f"{each.kind.head} {each.kind.genitive}{rest} {each.place.genitive.lower()}", right


def _prefix(random: Random, truth: _Truth) -> Answer:
    each, rest, _ = truth.described(random)
    assert each.kind
    name = each.place.name.lower()
    typed = name[: random.randint(3, max(3, len(name) - 1))]
    last = each.number or each.word or None
    right = {
        page
        for (kind, where, *other), pages in truth.by.items()
        if kind == each.kind.name and str(where).startswith(typed)
        if (other == [last] if rest and last else not other)
        for page in pages
    }
    return f"{each.kind.name}{rest} {typed}", right


def _question(random: Random, truth: _Truth) -> Answer:
    each, rest, right = truth.described(random)
    assert each.kind
    asked = random.choice(_QUESTIONS)
    return asked.format(each.kind.genitive + rest, each.place.prepositional), right


def _around(random: Random, truth: _Truth) -> Answer:
    text, right = _plain(random, truth)
    return random.choice(_AROUND).format(text), right


def _network(random: Random, truth: _Truth) -> Answer:
    text, right = _plain(random, truth)
    return random.choice(_NETWORKS).format(text), right


def _second_number(random: Random, truth: _Truth) -> Answer:
    text, right = _number(random, truth)
    return random.choice(_ASIDES).format(text), right


def _shortened(random: Random, truth: _Truth) -> Answer:
    """Half of the name of the kind, with a dot."""
    while True:
        each, rest, right = truth.described(random)
        assert each.kind
        first, *more = each.kind.name.split()
        if len(first) > 6:
            short = " ".join([first[: len(first) // 2 + 1] + ".", *more])
            return f"{short}{rest} {each.place.name.lower()}", right


def _glued(random: Random, truth: _Truth) -> Answer:
    text, right = _plain(random, truth)
    words = text.split()
    at = random.randrange(len(words) - 1)
    return " ".join([*words[:at], words[at] + words[at + 1], *words[at + 2 :]]), right


def _noun(random: Random, truth: _Truth) -> Answer:
    each = random.choice(truth.made)
    return f"{random.choice(_NOUNS)} {each.place.name.lower()}", set()


def _nonsense(random: Random, truth: _Truth) -> Answer:
    if random.random() < 0.5:
        return random.choice(_NONSENSE), set()
    return "".join(random.choices("бвгджзклмнпрстфхцчшщьыъ", k=random.randint(5, 9))), set()


def _no_such_number(random: Random, truth: _Truth) -> Answer:
    each = random.choice(truth.numbered)
    assert each.kind
    return f"{each.kind.name} {random.randint(200, 990)} {each.place.name.lower()}", set()


_CLASSES: dict[str, Callable[[Random, _Truth], Answer]] = {
    "exact": _exact, "partial": _plain, "order": _order, "inflected": _inflected, "typo": _typo,
    "layout": _layout, "translit": _translit, "abbr": _short, "number": _number,
    "person": _person, "post": _post, "prefix": _prefix, "question": _question,
    "around": _around, "network": _network, "second": _second_number, "shortened": _shortened,
    "glued": _glued, "negative": _nonsense, "neg_num": _no_such_number, "noun": _noun,
}  # fmt: skip
