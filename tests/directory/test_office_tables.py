"""Tables as offices have them: what a careful person takes from each, and what is asked or said.

The rows are made up; each case is a kind of table that somebody sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import pytest

from directory.file.rows import row_of
from directory.imports.outcome import Plan
from directory.imports.plan import TitleUnknownError
from directory.model import Link, Page, PageLink, Status, Territory
from tests.directory.importing import page, planned, state, whys

TREE = (
    Territory(1, "Курганская область"),
    Territory(2, "Лесной муниципальный округ", 1, former_names=("Лесной район",)),
    Territory(3, "Озёрский муниципальный округ", 1),
    Territory(4, "Город Озёрск", 1),
)


class Case(NamedTuple):
    """A table, what its columns are, and what of its first row the page has (in Russian words)."""

    table: str
    columns: Mapping[str, str]
    first: Mapping[str, str]


CASES = {
    "kinds and codes of institutions are no territories": Case(
        "Наименование учреждения;Тип;ОКТМО;Центр;Ссылка на госпаблик\n"
        "МКОУ «Рощинская школа»;школа;37504000;Роща;https://vk.com/roscha\n",
        {"Тип": "", "ОКТМО": "", "Центр": "", "Ссылка на госпаблик": "links"},
        {"title": "МКОУ «Рощинская школа»", "vk": "https://vk.com/roscha"},
    ),
    "a court with its code is a page": Case(
        "Наименование;Регион;ОКТМО\nРощинский районный суд;Курганская область;37504000\n",
        {"Наименование": "title", "Регион": "region", "ОКТМО": ""},
        {"title": "Рощинский районный суд", "region": "Курганская область"},
    ),
    "links of others": Case(
        "Организация;Сайт учредителя;Ссылка на родительский чат;Закупки;URL с ошибкой доступа;"
        "Учредитель: ссылка;Группа профсоюза;ВКонтакте\n"
        "Лицей № 9;uo.example.ru;https://vk.com/chat9;zakupki.example.ru;http://x.example.ru;"
        "https://vk.com/uprava;https://vk.com/prof9;https://vk.com/licey9\n",
        {
            **dict.fromkeys(("Сайт учредителя", "Ссылка на родительский чат", "Закупки"), ""),
            **dict.fromkeys(("URL с ошибкой доступа", "Учредитель: ссылка"), ""),
            "Группа профсоюза": "",
            "ВКонтакте": "vk",
        },
        {"title": "Лицей № 9", "vk": "https://vk.com/licey9"},
    ),
    "only links of others": Case(
        "Учреждение;Закупки\nЛицей № 9;https://zakupki.example.ru/9\n",
        {"Закупки": ""},
        {"title": "Лицей № 9"},
    ),
    "statuses of something else": Case(
        "Наименование;Статус СО НКО;Уровень образования;Источник финансирования;Ссылка\n"
        "АНО «Роща»;Нет;среднее общее;бюджет;vk.com/ano_roscha\n",
        dict.fromkeys(("Статус СО НКО", "Уровень образования", "Источник финансирования"), ""),
        {"title": "АНО «Роща»", "vk": "https://vk.com/ano_roscha"},
    ),
    "reach is no followers": Case(
        "Наименование;Общий охват аудитории за неделю;Количество участников мероприятия;Ссылка\n"
        "Лицей № 9;10 345;25;vk.com/licey9\n",
        {"Общий охват аудитории за неделю": "", "Количество участников мероприятия": ""},
        {"vk": "https://vk.com/licey9"},
    ),
    "followers in thousands": Case(
        "Наименование;Число подписчиков;Наличие госметки;Дата госметки\n"
        "Лицей № 9;1,2 тыс.;имеется;12.03.2023\n",
        {"Число подписчиков": "subscribers", "Дата госметки": ""},
        {"subscribers": "1200", "official_mark": "да"},
    ),
    "the title among columns like one": Case(
        "Тип организации;Краткое описание;Главный распорядитель;Код организации;"
        "Организационно-правовая форма;Полное наименование\n"
        "Школа;В центре села;Управа;450012;Казённое учреждение;МКОУ «Рощинская школа»\n",
        {"Полное наименование": "title", "Краткое описание": "", "Код организации": ""},
        {"title": "МКОУ «Рощинская школа»"},
    ),
    "a short and a full name": Case(
        "Полное наименование МО;Сокращенное наименование МО;Район\n"
        "Государственное учреждение «Рощинская больница»;ГБУ «Рощинская ЦРБ»;Лесной\n",
        {"Сокращенное наименование МО": "title", "Полное наименование МО": "full_name"},
        {"title": "ГБУ «Рощинская ЦРБ»", "territory": "Лесной муниципальный округ"},
    ),
    "English of open data": Case(
        "id,region_name,group_name,serviceName,websiteUrl\n"
        "45,Курганская область,Группа А,Служба спасения,http://sos.example.ru\n"
        "45,Курганская область,Группа А,Газовая служба,http://gas.example.ru\n",
        {"id": "", "region_name": "region", "serviceName": "title", "websiteUrl": "site"},
        {"title": "Служба спасения", "site": "http://sos.example.ru/"},
    ),
    "the head and not the deputy": Case(
        "Школа;Заместитель;Главный бухгалтер;Руководитель ЦУР;Директор;ВК\n"
        "МБОУ СОШ № 9;Петров П. П.;Сидорова С. С.;Орлов О. О.;и.о. Иванов И. И.;vk.com/s9\n",
        {"Директор": "person", "Заместитель": "", "Главный бухгалтер": "", "Руководитель ЦУР": ""},
        {"person": "и.о. Иванов И. И.", "vk": "https://vk.com/s9"},
    ),
    "spheres and grades": Case(
        "Наименование;Сфера (область) деятельности;Категория;Субъект контроля\n"
        "Лицей № 9;Образование;высшая;МКОУ «Роща»\n",
        {"Сфера (область) деятельности": "category", "Категория": "", "Субъект контроля": ""},
        {"category": "Образование"},
    ),
    "labels before links": Case(
        "Наименование,Соцсети\n"
        '"Дом культуры","VK: https://vk.com/dk_roscha;MAX: https://max.ru/dk_roscha"\n',
        {"Соцсети": "links"},
        {"vk": "https://vk.com/dk_roscha", "max": "https://max.ru/dk_roscha"},
    ),
    "networks without links": Case(
        "Наименование,Соцсети\nДом культуры,vk.com/dk_roscha\nДом ремёсел,VK;MAX\n",
        {"Соцсети": "links"},
        {"vk": "https://vk.com/dk_roscha"},
    ),
    "a link in another network's column": Case(
        "Наименование;Сайт;ВКонтакте\n"
        'Лицей № 9;https://vk.com/licey9;"https://licey9.example.ru, licey9@example.ru"\n',
        {"Сайт": "site", "ВКонтакте": "vk"},
        {"vk": "https://vk.com/licey9", "site": "https://licey9.example.ru/"},
    ),
    "glued and worded links": Case(
        "Наименование;ВК\nЛицей;Наш лицей https://vk.com/licey9https://ok.ru/licey9 (основная)\n",
        {"ВК": "vk"},
        {"vk": "https://vk.com/licey9", "ok": "https://ok.ru/licey9"},
    ),
    "mail beside the site": Case(
        "Наименование;E-mail / сайт\nЛицей № 9;l9@example.ru / http://l9.example.ru\n",
        {"E-mail / сайт": "site"},
        {"site": "http://l9.example.ru/"},
    ),
    "numbers of communities": Case(
        "Наименование;ID группы ВК;ID группы\nКлуб «Роща»;211000001;211000001\n",
        {"ID группы ВК": "vk", "ID группы": ""},
        {"vk": "https://vk.com/club211000001"},
    ),
    "a territory by its administration": Case(
        "Наименование;Регион;Муниципальное образование\n"
        "Лицей № 9;45;Администрация Лесного района\n",
        {"Муниципальное образование": "territory"},
        {"region": "Курганская область", "territory": "Лесной муниципальный округ"},
    ),
    "areas of work are no regions": Case(
        "Наименование;Регион\nЛицей № 9;Образование\nДом культуры;Культура\n",
        {"Регион": ""},
        {"title": "Лицей № 9"},
    ),
    "nothing said in many words": Case(
        "Наименование;Сайт;ФИО;Телефон\nЛицей № 9;сайт в разработке;вакансия;н/д\n",
        {"Сайт": "site"},
        {"title": "Лицей № 9"},
    ),
    "posts that are names": Case(
        "Округ;Должность;ФИО;Ссылка\n"
        "Лесной;Глава Лесного муниципального округа;Иванов Иван Иванович;vk.com/glava_l\n"
        "Озёрский;Глава Озёрского муниципального округа;Петров Пётр Петрович;vk.com/glava_o\n",
        {"Должность": "title", "ФИО": "person", "Округ": "territory"},
        {
            "title": "Глава Лесного муниципального округа",
            "person": "Иванов Иван Иванович",
            "vk": "https://vk.com/glava_l",
        },
    ),
    "the later count of followers": Case(
        "Учреждение;Подписчики на 01.10.2025;Подписчики на 01.11.2025;Прирост подписчиков\n"
        "Лицей № 9;100;200;100\n",
        {"Подписчики на 01.11.2025": "subscribers", "Прирост подписчиков": ""},
        {"subscribers": "200"},
    ),
    "a name in three columns": Case(
        "Наименование;Фамилия;Имя;Отчество;Должность;ВК\n"
        "ШКОЛА № 9;ДРОЗДОВА;ИРИНА;ВЛАДИМИРОВНА;ЗАВЕДУЮЩАЯ;vk.com/s9\n",
        {"Фамилия": "person", "Имя": "", "Должность": "post"},
        {
            "title": "ШКОЛА № 9",
            "person": "ДРОЗДОВА ИРИНА ВЛАДИМИРОВНА",
            "post": "ЗАВЕДУЮЩАЯ",
            "vk": "https://vk.com/s9",
        },
    ),
    "a name and a post in one column": Case(
        'Учреждение;"Руководитель (ФИО, должность)";ВК\n'
        'Лицей № 9;"Белов Игорь Ильич, директор";vk.com/licey9\n'
        "Лицей № 8;и.о. директора Серов П. П.;vk.com/licey8\n",
        {"Руководитель (ФИО, должность)": "person"},
        {"person": "Белов Игорь Ильич", "post": "директор", "vk": "https://vk.com/licey9"},
    ),
    "a post is no title": Case(
        "Entity;Municipal District;VK Page;Head Full Name;Job Title;Last Verified\n"
        "Сельская библиотека;Лесной;vk.com/lib9;Носова Зоя Петровна;заведующая;2025-10-05\n",
        {"Entity": "title", "Job Title": "post", "Last Verified": "checked_at"},
        {
            "title": "Сельская библиотека",
            "territory": "Лесной муниципальный округ",
            "person": "Носова Зоя Петровна",
            "post": "заведующая",
            "vk": "https://vk.com/lib9",
            "checked_at": "05.10.2025",
        },
    ),
    "a place under a header of addresses": Case(
        "Как называется;Где находится;Кто возглавляет;Куда звонить;Паблик ВК\n"
        "Школа ремёсел;Лесной МО;Мухин Лев Львович;2-33-44;vk.com/remesla9\n",
        {"Где находится": "territory"},
        {
            "territory": "Лесной муниципальный округ",
            "person": "Мухин Лев Львович",
            "phone": "2-33-44",
            "vk": "https://vk.com/remesla9",
        },
    ),
    "addresses under a header of places": Case(
        "Наименование;Где находится\nЛицей № 9;г. Озёрск, ул. Мира, 5\nЛицей № 8;с. Роща\n",
        {"Где находится": "address"},
        {"address": "г. Озёрск, ул. Мира, 5"},
    ),
    "the latest month of followers": Case(
        "Учреждение;Подписчики ноябрь;Подписчики декабрь;Подписчики январь\n"
        "Лицей № 9;100;200;300\n",
        {"Подписчики январь": "subscribers"},
        {"subscribers": "300"},
    ),
    "months from the latest": Case(
        "Учреждение;Подписчики, март;Подписчики, февраль;Подписчики, январь\nЛицей № 9;3;2;1\n",
        {"Подписчики, март": "subscribers"},
        {"subscribers": "3"},
    ),
    "days of followers in any order": Case(
        "Учреждение;Подписчики на 01.12.25;Подписчики на 01.01.26;Подписчики на 01.11.25\n"
        "Лицей № 9;2;3;1\n",
        {"Подписчики на 01.01.26": "subscribers"},
        {"subscribers": "3"},
    ),
    "links from before a new name": Case(
        "Учреждение;Ссылка на страницу (до переименования);Ссылка на новую страницу\n"
        "Лицей № 9;vk.com/licey_old;vk.com/licey_new\n",
        {"Ссылка на страницу (до переименования)": "", "Ссылка на новую страницу": "links"},
        {"vk": "https://vk.com/licey_new"},
    ),
    "labels with spaces before links": Case(
        'Наименование,Соцсети\n"Центр крови","VK: https://vk.com/krov9 / TG: https://t.me/krov9"\n',
        {"Соцсети": "links"},
        {"vk": "https://vk.com/krov9", "telegram": "https://t.me/krov9"},
    ),
    "a territory cut short": Case(
        "Наименование;Район\nЛицей № 9;Лес. м.о.\n",
        {"Район": "territory"},
        {"territory": "Лесной муниципальный округ"},
    ),
    "days as Excel counts them": Case(
        "Наименование;Дата проверки\nЛицей № 9;45962\nЛицей № 8;45963,5\n",
        {"Дата проверки": "checked_at"},
        {"checked_at": "01.11.2025"},
    ),
    "one name in several places": Case(
        "Наименование;Муниципалитет;ВК\n"
        "Клуб «Заря»;Лесной МО;vk.com/zarya_l\nКлуб «Заря»;Озёрский МО;vk.com/zarya_o\n",
        {"Наименование": "title"},
        {"title": "Клуб «Заря»", "vk": "https://vk.com/zarya_l"},
    ),
    "codes of an accounting program": Case(
        "Контрагент;Код;Группа ВК\nТир «Роща»;00-000017;vk.com/tir_r\nИтого;2;\n",
        {"Контрагент": "title"},
        {"title": "Тир «Роща»", "vk": "https://vk.com/tir_r"},
    ),
    "a name divided into its kind and the rest": Case(
        "Тип учреждения;Название;Ссылка\nДетский сад;«Ласточка»;vk.com/ds9\n"
        "Библиотека;им. Рощина;vk.com/lib9\n",
        {"Тип учреждения": "", "Название": "title"},
        {"title": "Детский сад «Ласточка»", "vk": "https://vk.com/ds9"},
    ),
    "what a network calls its columns": Case(
        "id,name,screen_name,is_closed,members_count\n211456001,ДК «Роща»,dk_roscha,0,512\n",
        {"id": "", "name": "title", "screen_name": "vk", "members_count": "subscribers"},
        {"title": "ДК «Роща»", "vk": "https://vk.com/dk_roscha", "subscribers": "512"},
    ),
    "Russian headers in Latin letters": Case(
        "naimenovanie;ssylka_vk;telefon;closed\nДК «Роща»;vk.com/roscha9;2-10-10;0\n",
        {"naimenovanie": "title", "ssylka_vk": "vk", "telefon": "phone"},
        {"vk": "https://vk.com/roscha9", "phone": "2-10-10"},
    ),
    "short Latin headers": Case(
        "org_name;org_addr;soc_vk;soc_ok\nДК «Роща»;с. Роща;vk.com/roscha9;ok.ru/roscha9\n",
        {"org_name": "title", "org_addr": "address", "soc_vk": "vk", "soc_ok": "ok"},
        {"vk": "https://vk.com/roscha9", "ok": "https://ok.ru/roscha9", "address": "с. Роща"},
    ),
    "nicks beside their networks": Case(
        "Организация;Площадка;Ник\nДК «Роща»;Одноклассники;roscha9\nДК «Бор»;ВК;bor9\n",
        {"Ник": "links"},
        {"title": "ДК «Роща»", "ok": "https://ok.ru/roscha9"},
    ),
    "names with links behind them": Case(
        "Учреждение\n1. ДК «Роща» — https://vk.com/roscha9\n2. ДК «Бор» (ok.ru/bor9)\n",
        {"Учреждение": "title", "Ссылка из названия": "links"},
        {"title": "ДК «Роща»", "vk": "https://vk.com/roscha9"},
    ),
    "a letter": Case(
        "Добрый день!\nДК «Роща» - https://vk.com/roscha9\n"
        "ДК «Бор» - https://vk.com/bor9\nС уважением, методист Ершова И. И.\n",
        {"Ссылка из названия": "links"},
        {"title": "ДК «Роща»", "vk": "https://vk.com/roscha9"},
    ),
    "followers before and now": Case(
        "Наименование;Подписчики было;Подписчики стало\nЛицей № 9;100;250\n",
        {"Подписчики стало": "subscribers"},
        {"subscribers": "250"},
    ),
    "hours": Case(
        "Наименование;Режим работы\nБиблиотека № 9;вт–сб 10:00–19:00\n",
        {"Режим работы": "hours"},
        {"hours": "вт–сб 10:00–19:00"},
    ),
}


def office(table: str, **terms: object) -> Plan:
    """The plan of a table for a directory that knows the territories and no page."""
    return planned(table, state(places=TREE), **terms)  # type: ignore[arg-type]


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_table_is_read_as_a_careful_person_does(case: Case) -> None:
    plan = office(case.table)
    assert plan.kind == "pages"
    assert not plan.refused
    assert not plan.created_places
    columns = {one.header: one.column for one in plan.readings}
    assert {header: columns[header] for header in case.columns} == case.columns
    row = row_of(plan.pages[0].after, plan.territories, russian=True)
    said = {name: text for name, text in row.items() if text}
    assert {name: said.get(name) for name in case.first} == case.first
    links = {"vk", "ok", "telegram", "max", "site", "person", "phone", "subscribers"}
    assert (said.keys() & links) <= case.first.keys()


@pytest.mark.parametrize(
    "table",
    [
        "Муниципальный округ;Глава;Ссылка\nЛесной;Иванов Иван;vk.com/glava1\n",
        # Codes that no page has say nothing of which column has the names.
        "Куст;Код;Группа ВК\nРоща;00-000017;vk.com/tir_r\nБор;00-000018;vk.com/tir_b\n",
        "ФИО;Должность;Организация\nИванов Иван;Глава;Округ\nПетров Пётр;Зам;Округ\n",
        "city,population,lat,region_name\nРоща,29,52.4,Курганская область\nБор,1.5,52.5,Коми\n",
    ],
)
def test_what_has_no_column_of_names_is_asked_about(table: str) -> None:
    with pytest.raises(TitleUnknownError) as asked:
        office(table)
    assert asked.value.readings[0].sample
    header = asked.value.readings[0].header
    assert office(table, chosen={header: "title"}).new


def test_a_heading_tells_which_pages_are_closed() -> None:
    table = (
        "Наименование;ВК\nДействующие страницы;\nКлуб «Искра»;vk.com/iskra9\n"
        "Закрытые страницы;\nКлуб «Уголёк»;vk.com/ugolek9\nЛесной округ;\nКлуб «Жар»;vk.com/zhar9\n"
    )
    plan = office(table)
    statuses = {edit.after.title: edit.after.status for edit in plan.pages}
    closed = dict.fromkeys(("Клуб «Уголёк»", "Клуб «Жар»"), Status.CLOSED)
    assert statuses == {"Клуб «Искра»": Status.ACTIVE, **closed}


def test_a_heading_of_closed_pages_ends_with_its_territory() -> None:
    part = "{} округ;\nЗакрытые страницы;\nКлуб «{}»;vk.com/{}\n"
    table = f"Наименование;ВК\n{part.format('Лесной', 'Искра', 'iskra9')}"
    table += (
        "Озёрский округ;\nКлуб «Жар»;vk.com/zhar9\nЗакрытые страницы;\nКлуб «Зола»;vk.com/zola9\n"
    )
    statuses = [edit.after.status for edit in office(table).pages]
    assert statuses == [Status.CLOSED, Status.ACTIVE, Status.CLOSED]


def test_what_labels_a_further_table_is_no_page() -> None:
    head = "Муниципалитет:;{};\nКоординатор:;{};\n№;Наименование;ВК\n"
    plan = office(
        head.format("Лесной округ", "Ершова И. И.")
        + "1;Студия «Кадр»;vk.com/kadr9\n"
        + head.format("Озёрский округ", "Щукин П. П., 8-912-000-00-02")
        + "1;Студия «Ракурс»;vk.com/rakurs9\n"
    )
    found = {edit.after.title: edit.after.territory for edit in plan.pages}
    assert found.keys() == {"Студия «Кадр»", "Студия «Ракурс»"}
    assert found["Студия «Ракурс»"] == 3


@pytest.mark.parametrize("header", ["Муниципальное образование, населённый пункт", "Район"])
def test_a_district_and_a_settlement_may_stand_in_one_cell(header: str) -> None:
    plan = office(f"Наименование;{header}\nЛицей № 9;Лесной МО, с. Роща\n")
    path = plan.territories.path(page(plan).territory)
    assert [place.name for place in path][1:] == ["Лесной муниципальный округ", "с. Роща"]


def test_a_network_between_rows_is_no_page() -> None:
    plan = office(
        "Название;Ссылка\nВКонтакте;\nПриют «Лапка»;vk.com/lapka9\n"
        "Одноклассники;\nПриют «Хвост»;ok.ru/hvost9\n"
    )
    assert [edit.after.title for edit in plan.pages] == ["Приют «Лапка»", "Приют «Хвост»"]


def test_an_abbreviation_makes_no_territory() -> None:
    plan = office("Наименование;Район\nЛицей № 9;Кед. МО\nЛицей № 8;Озёр. МО\n")
    assert not plan.places
    assert [(p.row, p.column) for p in plan.warnings] == [(2, "territory")]
    assert "сокращение" in plan.warnings[0].why
    assert page(plan, 3).territory == 3


def test_an_account_on_another_network_is_named() -> None:
    plan = office(
        "Организация;Площадка;Ссылка\nОркестр;ВКонтакте;vk.com/orkestr9\n"
        "Оркестр;Одноклассники;ok.ru/orkestr9\nОркестр;Rutube;https://rutube.ru/channel/1234/\n"
        "Хор;ВКонтакте;vk.com/hor9\n"
    )
    one, _other = plan.pages
    assert {x.slot for x in one.after.links} == {"vk", "ok", "site"}
    assert any("столбца для этой сети нет" in p.why for p in plan.warnings)


def test_a_column_is_chosen_or_switched_off_by_its_header() -> None:
    table = "Песня;Куплет;ВК\nЖили-были;Припев;vk.com/zhili_byli\n"
    assert page(office(table, chosen={"Песня": "title", "вк": ""})).links == ()
    assert page(office(table, chosen={"куплет": "title"})).title == "Припев"


def test_codes_of_another_list_change_no_page() -> None:
    own = Page("1", "Лицей № 9", links=(PageLink("vk", Link("vk", "name", "licey9")),))
    before = state(own, places=TREE)
    table = "Код;Наименование;ВКонтакте\n1;Больница № 5;vk.com/bol5\n2;Больница № 6;vk.com/bol6\n"
    plan = planned(table, before)
    assert [(p.row, p.column) for p in plan.refused] == [(2, "id")]
    assert "код 1 — это «Лицей № 9»" in whys(plan)[0]
    without = planned(table, before, chosen={"Код": ""})
    assert [edit.before for edit in without.pages] == [None, None]
    # The same page under a mended name, or with another link, is the same page.
    for row in ("1;Лицей № 9 им. Рощина;vk.com/licey_novy", "1;Гимназия;vk.com/licey9"):
        assert len(planned(f"Код;Наименование;ВКонтакте\n{row}\n", before).changed) == 1


def test_empty_cells_erase_nothing_and_a_word_does() -> None:
    own = Page("a", "Лицей", phone="112", address="Роща", person="Иванов И. И.")
    plan = planned("Код;Название;Телефон;Адрес;ФИО\na;Лицей;;Очистить;-\n", state(own))
    assert plan.empty_cells == 2
    after = page(plan)
    assert (after.phone, after.address, after.person) == ("112", "", "Иванов И. И.")


def test_regions_are_made_or_renamed_only_when_somebody_says_so() -> None:
    table = "Название;Тип;Регион;ОКТМО\nЗаречная сторона;область;;\nДальний округ;;Ничья сторона;\n"
    plan = office(table)
    assert plan.kind == "territories"
    assert [p.row for p in plan.refused] == [2, 3]
    assert not plan.places
    agreed = office(table, new_regions=True)
    assert [edit.after.name for edit in agreed.places if edit.after.parent is None] == [
        "Заречная сторона",
        "Ничья сторона",
    ]
    assert office("Название;Тип;Регион\nТюменская область;область;\n").new


def test_a_district_of_a_citys_name_is_another_territory() -> None:
    table = "Название;Тип;Регион\nОзёрск муниципальный район;муниципальный район;{}\n"
    plan = office(table.format("Курганская область"))
    assert [edit.before for edit in plan.places] == [None]


def test_the_region_of_the_file_is_that_of_its_rows() -> None:
    twin = Territory(5, "Тюменская область")
    same = Territory(6, "Лесной муниципальный район", 5)
    before = state(places=[*TREE, twin, same])
    table = "Наименование;Район\nЛицей № 9;Лесной район\nЛицей № 8;\n"
    unsure = planned(table, before)
    assert page(unsure).territory is None
    assert "впишите регион" in unsure.warnings[0].why
    told = planned(table, before, region="Тюменская область")
    assert [edit.after.territory for edit in told.pages] == [6, 5]
    # The region of the bot only helps where a name alone does not tell.
    home = planned(table, before, home="Курганская область")
    assert [edit.after.territory for edit in home.pages] == [2, None]


def test_every_row_is_new_known_refused_or_passed_over() -> None:
    table = (
        "Наименование;ВКонтакте\nЛицей № 9;vk.com/l9\nЛицей № 9;vk.com/l9\n"
        "Лицей № 8;vк.com/l8\nИтого;2\n"
    )
    found = office(table).as_json()
    rows = {p["row"] for p in found["refused"]} | {s["row"] for s in found["skipped"]}
    assert rows == {1, 3, 4, 5}
    assert (found["new"], found["with_links"], found["kind"]) == (1, 1, "pages")
    assert found["columns"] == {"Наименование": "title", "ВКонтакте": "vk"}
