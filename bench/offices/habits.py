"""How one office writes its list: columns, headings, what stands above, between and below."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from bench.offices.names import OKRUGS, Body

_LAW = (
    " (в соответствии с Федеральным законом от 14.07.2022 № 270-ФЗ «О внесении изменений в"
    " отдельные законодательные акты»)"
)

_LINK_HEADERS = {
    "vk": ("ВКонтакте", "ВК", "Страница ВК", "VK", "Группа в ВК", "Ссылка на ВКонтакте"),
    "ok": ("Одноклассники", "ОК", "Страница в ОК", "Ссылка на Одноклассники"),
    "telegram": ("Telegram", "Телеграм-канал", "ТГ", "Телеграм"),
    "max": ("MAX", "Канал в MAX", "Мессенджер MAX"),
    "site": ("Сайт", "Официальный сайт", "Адрес сайта"),
}
_HINTS = {
    "vk": " (vk.com)",
    "ok": " (ok.ru/…)",
    "telegram": " (t.me или @ник)",
    "max": " (max.ru/…)",
    "site": " (https://www.…)",
}
_TITLE_HEADERS = (
    "Наименование", "Наименование учреждения", "Название", "Организация", "Учреждение",
    "Краткое наименование", "Наименование организации", "Полное наименование организации по уставу",
)  # fmt: skip

SPHERE_HEADINGS = {
    "Образование": (
        "Образовательные организации",
        "Сфера образования",
        "ОБРАЗОВАНИЕ",
        "Раздел III. Учреждения образования",
        "Организации дошкольного и общего образования:",
    ),
    "Здравоохранение": (
        "Медицинские организации",
        "Здравоохранение",
        "2. Медучреждения и здравоохранение",
    ),
    "Культура": ("Учреждения культуры", "Культура", "Культура и искусство", "III. Сфера культуры"),
    "Социальная защита": ("Учреждения социального обслуживания", "Организации соцобслуживания"),
    "Власть": ("Органы власти", "Органы местного самоуправления"),
}
NOTHING = ("", "", "нет", "-", "отсутствует", "—", "не имеется", "н/д")
TITLES = (
    "Перечень подведомственных учреждений, имеющих официальные страницы",
    "Сведения о госпабликах по состоянию на 01.11.2025",
    "Реестр страниц (форма 7)",
    "Мониторинг наполнения сообществ, III квартал",
)
FOOTERS = (
    "Исп. Черемных О.В., 8(3522) 44-18-90",
    "Исполнитель: Кузьмина Дарья, тел. 2-17-33",
    "Примечание: сведения представлены руководителями",
    "* страница находится на проверке",
    "Начальник отдела ____________ Р.Ф. Галимова",
)
TOTALS = ("Итого", "ИТОГО:", "Всего учреждений", "Итого по разделу", "Всего")


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell: its text, and the address behind it, or a formula that makes both."""

    text: str
    address: str = ""
    formula: str = ""


@dataclass(frozen=True, slots=True)
class ColumnOfFile:
    """A column: its header, the group it stands under, its cells, and the slots of its links."""

    header: str
    group: str
    cell: Callable[[Body, int], Shown]
    slots: tuple[str, ...] = ()
    is_title: bool = False
    is_okrug: bool = False


def okrug_in_words(chance: Random, okrug: str) -> str:
    """The okrug as offices name it."""
    return chance.choice(
        (
            f"{okrug} муниципальный округ",
            f"{okrug} район",
            f"{okrug} МО",
            f"{okrug} округ",
            f"{okrug} р-н",
            f"{okrug.upper()} РАЙОН",
            f"{okrug} м.о.",
            f"Муниципальный округ {okrug}",
            f"{okrug} муниципальный округ Курганской области",
            f"{okrug} муниципальный округ ({chance.randint(2, 30)})",
            f"Учреждения {genitive(okrug)} района",
        )
    )


def sheet_of(chance: Random, okrug: str, number: int) -> str:
    """The name of an okrug's sheet."""
    return chance.choice(
        (f"{okrug} МО", f"{okrug} район", okrug, f"{number}. {okrug}", f"{okrug} р-н")
    )


def columns(chance: Random, *, workbook: bool) -> list[ColumnOfFile]:
    """The columns of one office's list."""
    style = chance.choice(("plain", "plain", "law", "hint"))
    grouped = chance.random() < 0.2
    titles = _title(chance, workbook=workbook)
    made = [titles]
    if chance.random() < 0.5:
        made.insert(0, _ordinal(chance))
    before, after = _facts(chance)
    made[1:1] = before if chance.random() < 0.3 else []
    made += after
    made += _links(chance, style, grouped=grouped, workbook=workbook)
    if chance.random() < 0.3:
        made.append(_text("Примечание", lambda _b, n: "на согласовании" if n % 4 == 0 else ""))
    return made


def okrug_column(chance: Random) -> ColumnOfFile:
    """The column that says where a body is."""
    header = chance.choice(
        ("Муниципальный округ", "Район", "Территория", "Муниципальное образование")
    )
    return ColumnOfFile(
        header, "", lambda body, _n: Shown(f"{body.okrug} муниципальный округ"), is_okrug=True
    )


def _text(header: str, cell: Callable[[Body, int], str], group: str = "") -> ColumnOfFile:
    return ColumnOfFile(header, group, lambda body, n: Shown(cell(body, n)))


def _ordinal(chance: Random) -> ColumnOfFile:
    return _text(chance.choice(("№", "№ п/п", "№п/п", "п/п")), lambda _body, n: str(n))


def _title(chance: Random, *, workbook: bool) -> ColumnOfFile:
    behind = workbook and chance.random() < 0.08

    def cell(body: Body, n: int) -> Shown:
        address = body.address("vk") if behind and "vk" in body.accounts else ""
        return Shown(body.title, address)

    header = chance.choice(_TITLE_HEADERS)
    return ColumnOfFile(header, "", cell, ("vk",) if behind else (), is_title=True)


def _facts(chance: Random) -> tuple[list[ColumnOfFile], list[ColumnOfFile]]:
    """Columns that stand before and after the names, and say other things of the bodies."""
    grouped = "Контактные данные" if chance.random() < 0.15 else ""
    all_of_them = [
        _text("ИНН", lambda _b, n: str(4_500_000_000 + n * 37)),
        _text("Юридический адрес", lambda b, _n: b.street, grouped),
        _text("Телефон", lambda b, _n: b.phone, grouped),
        _text("Руководитель", lambda b, _n: b.head),
        _text("E-mail", lambda b, n: f"pochta{n}@zaural-primer.ru", grouped),
        _text("Дата создания страницы", lambda _b, n: f"{n % 27 + 1:02}.03.2023"),
        _text("Количество публикаций", lambda _b, n: str(n * 3)),
        _text("Тип учреждения", lambda b, _n: "казённое" if len(b.title) % 2 else "бюджетное"),
    ]
    chance.shuffle(all_of_them)
    taken = all_of_them[: chance.randint(0, 4)]
    taken.sort(key=lambda column: column.group)
    return all_of_them[5:6], taken


def _links(chance: Random, style: str, *, grouped: bool, workbook: bool) -> list[ColumnOfFile]:
    group = (
        chance.choice(("Социальные сети", "Официальные страницы", "Госпаблики")) if grouped else ""
    )
    if chance.random() < 0.3:
        slots = tuple(chance.sample(("vk", "ok", "telegram"), chance.randint(1, 3)))
        header = chance.choice(
            ("Ссылка", "Ссылки на страницы", "Госпаблик", "Ссылка на сообщество")
        )
        return [ColumnOfFile(_styled(header, "vk", style), "", _mixed(chance, slots), slots)]
    slots = tuple(s for s in ("vk", "ok", "telegram", "max") if s == "vk" or chance.random() < 0.5)
    made = [_of_network(chance, slot, style, group, workbook=workbook) for slot in slots]
    if chance.random() < 0.4:
        made.append(_of_network(chance, "site", style, "", workbook=workbook))
    return made


def _styled(header: str, slot: str, style: str) -> str:
    if style == "law":
        return f"{header}{_LAW}"
    return f"{header}{_HINTS[slot]}" if style == "hint" else header


def _of_network(
    chance: Random, slot: str, style: str, group: str, *, workbook: bool
) -> ColumnOfFile:
    header = _styled(chance.choice(_LINK_HEADERS[slot]), slot, style)
    way = (
        chance.choice(("text", "text", "text", "behind", "formula", "joined"))
        if workbook
        else "text"
    )

    def cell(body: Body, n: int) -> Shown:
        if slot not in body.accounts:
            return Shown(chance.choice(NOTHING))
        address = body.address(slot)
        if way == "behind":
            return Shown(chance.choice(("перейти", "ссылка", address)), address)
        if way == "formula":
            return Shown("открыть", "", f'=HYPERLINK("{address}","открыть")')
        if way == "joined":
            return Shown("открыть", "", f'=HYPERLINK("{address[:12]}"&"{address[12:]}","открыть")')
        return Shown(_written(chance, slot, body))

    return ColumnOfFile(header, group, cell, (slot,))


def _mixed(chance: Random, slots: tuple[str, ...]) -> Callable[[Body, int], Shown]:
    """Cells that hold the links of several networks."""
    between = chance.choice((" ", "\n", "; ", ", "))
    labels = {"vk": "ВК: ", "ok": "ОК: ", "telegram": "ТГ: "} if chance.random() < 0.25 else {}

    def cell(body: Body, _n: int) -> Shown:
        found = [f"{labels.get(s, '')}{body.address(s)}" for s in slots if s in body.accounts]
        return Shown(between.join(found) or chance.choice(NOTHING))

    return cell


def _written(chance: Random, slot: str, body: Body) -> str:
    """An address as people write it."""
    address = body.address(slot)
    bare = address.split("://")[1]
    ways = [address, address, address, bare, f"http://{bare}", f"{address}/", f" {address}\u00a0"]
    if slot == "vk":
        ways += [f"https://m.{bare}", f"{address}?from=search", f"https://www.{bare}"]
    if slot == "telegram":
        ways.append(f"@{body.accounts[slot]}")
    return chance.choice(ways)


def sphere_in_words(chance: Random, sphere: str) -> str:
    """A heading for bodies of one sphere."""
    return chance.choice(SPHERE_HEADINGS[sphere])


def genitive(okrug: str) -> str:
    """«Белозерского»."""
    return OKRUGS[okrug]
