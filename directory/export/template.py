"""The empty table that an office fills in, with a sheet that explains its columns."""

from __future__ import annotations

from directory.export.sheet import WIDTHS
from directory.export.writers import Sheet, xlsx_bytes
from directory.imports.columns import PAGE_COLUMNS
from directory.imports.read.reader import EXPLANATION_SHEET

_LINK = "Адрес страницы или ник. Несколько — через пробел."

_MEANINGS = {
    "id": ("Постоянный код страницы. Оставьте пустым: бот составит его сам.", "shkola-1"),
    "title": ("Короткое название, как его говорят люди. Единственный обязательный столбец.",
              "Школа № 1"),
    "full_name": ("Наименование по уставу.",
                  "Муниципальное бюджетное общеобразовательное учреждение «Школа № 1»"),
    "category": ("Сфера: Власть, Образование, Здравоохранение, Культура, Спорт, …", "Образование"),
    "level": ("федеральный, региональный, муниципальный или поселение.", "муниципальный"),
    "region": ("Субъект Федерации.", "Примерная область"),
    "territory": ("Муниципальный округ, район или город.", "Примерный муниципальный округ"),
    "settlement": ("Населённый пункт внутри округа.", "с. Примерное"),
    "person": ("Кто занимает должность или руководит.", "Примеров Пример Примерович"),
    "post": ("Его должность.", "Директор"),
    "address": ("Почтовый адрес.", "ул. Примерная, 1"),
    "phone": ("Телефон с кодом.", "+7 (000) 000-00-00"),
    "lat": ("Широта в градусах; запятая или точка.", "55,5"),
    "lon": ("Долгота в градусах; запятая или точка.", "65,5"),
    "vk": (_LINK, "vk.com/example"),
    "ok": (_LINK, "ok.ru/example"),
    "telegram": (_LINK, "@example"),
    "max": (_LINK, "max.ru/example"),
    "site": ("Адрес официального сайта.", "https://example.gosuslugi.ru"),
    "doctor": ("Адрес записи к врачу.", ""),
    "club": ("Адрес записи в кружок.", ""),
    "feedback": ("Адрес формы «Госуслуги. Решаем вместе».", ""),
    "official_mark": ("Есть ли отметка «Госорганизация»: да или нет.", "да"),
    "flagship": ("Флагманская ли это страница: да или нет.", "нет"),
    "subscribers": ("Целое число.", "1 234"),
    "aliases": ("Другие названия, через черту «|».", "Первая школа | Школа им. Примерова"),
    "parent": ("Код страницы учредителя.", "administraciya"),
    "successor": ("Код страницы преемника, если эта закрыта.", ""),
    "status": ("действует, закрыта или скрыта; пусто — действует.", "действует"),
    "source": ("Откуда эти сведения: адрес или документ.", "письмо учреждения"),
    "checked_at": ("Когда сведения проверены.", "31.12.2025"),
}  # fmt: skip


def template() -> bytes:
    """An XLSX file with the contract's Russian headers and no rows, and the explanation."""
    explained = [(header, *_MEANINGS[name]) for name, header in PAGE_COLUMNS.items()]
    return xlsx_bytes(
        Sheet("Страницы", list(PAGE_COLUMNS.values()), [], WIDTHS),
        Sheet(
            EXPLANATION_SHEET,
            ["Столбец", "Что писать", "Пример (выдуманный)"],
            explained,
            {"Столбец": 24, "Что писать": 70, "Пример (выдуманный)": 70},
        ),
    )
