"""What an office's table leaves in doubt is asked about or said, and never guessed."""

from __future__ import annotations

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from directory.imports.headers import rank
from directory.imports.plan import TitleUnknownError
from directory.imports.read import UnreadableError, read
from tests.directory.books import workbook
from tests.directory.importing import page, planned, said


def test_a_list_without_a_header_is_asked_about_with_its_columns_proposed() -> None:
    table = (
        "1;Школа № 31;https://vk.com/sh31;https://sh31.example.ru\n2;Школа № 32;vk.com/sh32;нет\n"
    )
    with pytest.raises(TitleUnknownError, match="заголовков в файле нет") as asked:
        planned(table)
    assert [one.column for one in asked.value.readings] == ["", "title", "links", "links"]
    plan = planned(table, chosen={"Столбец 2": "title"})
    assert [edit.after.title for edit in plan.pages] == ["Школа № 31", "Школа № 32"]
    assert {link.slot for link in plan.pages[0].after.links} == {"vk", "site"}


@pytest.mark.parametrize("header", ["Название;Примечание", "Учреждение;Где", "Название;Уровень"])
def test_the_only_row_of_a_list_is_no_header(header: str) -> None:
    assert page(planned(f"{header}\nШкола;поселение\n")).title == "Школа"


def test_a_lone_text_with_a_colon_is_a_heading_and_named() -> None:
    book = read("Учреждение;ВК\nСтраницы на проверке:;\nСад № 3;vk.com/sad3\n".encode(), "a.csv")
    assert [row.cells[0] for row in book.table.rows] == ["Сад № 3"]
    assert any("Страницы на проверке:" in note for note in book.notes)


def test_lone_texts_of_a_numbered_list_are_headings_however_many() -> None:
    table = (
        "№;Наименование;ВК\n;Детские сады;\n1;Сад Мишка;vk.com/mishka_z\n"
        ";Подведомственные Минкульту;\n2;Театр кукол;vk.com/teatr_z\n"
    )
    plan = planned(table)
    assert [edit.after.title for edit in plan.pages] == ["Сад Мишка", "Театр кукол"]
    assert plan.pages[1].after.category == ""
    assert any("Подведомственные Минкульту" in note for note in plan.notes)


def test_branches_of_federal_bodies_have_the_number_of_the_whole() -> None:
    table = (
        "Название;Регион;Уровень;MAX\n"
        "Отдел;Курганская область;федеральный;https://max.ru/id6801000003_gos\n"
    )
    assert said(planned(table)) == []


def test_what_points_to_another_cell_is_no_value() -> None:
    plan = planned("Учреждение;Адрес;Телефон;ВК\nКлуб села Роща;там же;тот же;vk.com/roscha\n")
    assert (page(plan).address, page(plan).phone) == ("", "")


@pytest.mark.parametrize(
    "text",
    [
        # A card for each body, one below the other.
        "Наименование;Лесхоз\nСтраница ВК;vk.com/les\nРуководитель;Пень И.\nСайт;les.example.ru\n"
        "Наименование;Архив\nСтраница ВК;vk.com/arh\nРуководитель;Дуб А.\nСайт;arh.example.ru\n",
        # A body in each column.
        "Показатель;Школа № 1;Школа № 2\nВК;vk.com/a1;vk.com/a2\nТелефон;8-800-1;8-800-2\n",
    ],
)
def test_a_table_on_its_side_is_refused_with_a_cure(text: str) -> None:
    with pytest.raises(UnreadableError, match="лежит на боку"):
        planned(text)


def test_pages_that_are_called_like_columns_are_read() -> None:
    plan = planned(
        "Название;ВК\nСайт;vk.com/sait\nТелефон доверия;vk.com/doverie\nШкола;vk.com/shkola\n"
        "Глава округа;vk.com/glava\n"
    )
    assert len(plan.pages) == 4


def test_json_that_is_no_list_is_said_to_be_none() -> None:
    with pytest.raises(UnreadableError, match="не список"):
        planned('{"items": [{"org": "Архив", "vk": "https://vk.com/arh"}]}')


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("Муниц. образ.", "territory"),
        ("Мун. р-н", "territory"),
        ("Муниц. окр.", "territory"),
        ("Нас-ый пункт", "settlement"),
        ("Учр-е", "title"),
        ("Кр. наим.", "title"),
        ("Полн.наим.", "full_name"),
        ("ФИО рук-ля", "person"),
        ("Рук-ль", "person"),
        ("Тел-н", "phone"),
        ("Факт. адр.", "address"),
        ("Н.п.", None),
    ],
)
def test_words_cut_short_are_read_whole(header: str, column: str | None) -> None:
    columns = ("title", "full_name", "territory", "settlement", "person", "phone", "address")
    named = {each: rank(header, each) for each in columns if rank(header, each) is not None}
    assert min(named, key=lambda each: named[each] or 0, default=None) == column


def test_rows_that_say_different_things_stay_apart() -> None:
    rows = [
        "Организация;Площадка;Ссылка на аккаунт;Телефон",
        "Клуб «Роща»;ВКонтакте;https://vk.com/roscha;8-35231-2-00-01",
        "Клуб «Роща»;Одноклассники;https://ok.ru/roscha;8-35231-2-00-02",
        "Музей «Пень»;Телеграм;t.me/muzey_pen;8-35231-2-00-03",
    ]
    assert len(planned("\n".join(rows)).pages) == 3


@pytest.mark.parametrize(
    "header", ["№;Школа;Ссылка;№;Детский сад;Ссылка", "№;Школа;ВК школы;№;Детский сад;ВК сада"]
)
def test_tables_side_by_side_need_no_column_between(header: str) -> None:
    rows = "1;МКОУ «Ясень»;vk.com/yasen9;1;МКДОУ «Ива»;vk.com/iva9\n2;МКОУ «Клён»;vk.com/klen9;;;\n"
    found = {
        edit.after.title: edit.after.links[0].link.account
        for edit in planned(f"{header}\n{rows}").pages
    }
    assert found == {"МКОУ «Ясень»": "yasen9", "МКОУ «Клён»": "klen9", "МКДОУ «Ива»": "iva9"}


def test_a_further_table_with_unknown_columns_is_told_apart_by_its_names() -> None:
    plan = planned(
        "Учреждение;ВК\nСад «Ива»;vk.com/iva9\nУчреждения без страниц;\nУчреждение;Причина\n"
        "Сад «Ель»;нет интернета\nСад «Дуб»;ремонт\n"
    )
    assert [edit.after.title for edit in plan.pages] == ["Сад «Ива»"]
    assert plan.with_links == 1
    assert any("Другая таблица в строке 4" in note for note in plan.notes)


@pytest.mark.parametrize(
    "said", ["Красным выделены закрытые страницы", "* серым цветом - реорганизованы"]
)
@pytest.mark.parametrize("above", [True, False])
def test_what_explains_colours_is_no_page_and_told(said: str, above: bool) -> None:
    rows = "Учреждение;ВК\nМузей с. Роща;vk.com/roscha9\nМузей с. Бор;vk.com/bor9\n"
    plan = planned(f"{said};\n{rows}" if above else f"{rows}{said};\n")
    assert len(plan.pages) == 2
    assert any(said in note and "не читаются" in note for note in plan.notes)


@pytest.mark.parametrize(
    ("name", "doubtful"),
    [
        ("Сад № 9 (дубль)", True),
        ("[ЗАКРЫТО] Сад № 9", True),
        ("Сад № 9 - ликвидирован", True),
        ("Сад № 9 (бывш. Ромашка)", False),
        ("Закрытое общество «Сад»", False),
        ("Клуб «Дубль»", False),
    ],
)
def test_a_name_that_says_its_page_is_withdrawn_is_told(name: str, doubtful: bool) -> None:
    plan = planned(f"Учреждение;ВК\n{name};vk.com/sad9\n")
    assert any("в названии сказано" in why for why in said(plan)) == doubtful


def test_several_institutions_in_one_cell_are_refused() -> None:
    plan = planned(
        'Учреждение;ВК\n"МКОУ «Ясень»\nМКДОУ «Ива»";"vk.com/yasen9\nvk.com/iva9"\n'
        '"МКОУ «Клён»\n(основная школа)";vk.com/klen9\n'
    )
    assert [problem.row for problem in plan.refused] == [2]
    assert "каждому нужна своя строка" in plan.refused[0].why
    assert page(plan, 3).title == "МКОУ «Клён» (основная школа)"


def test_a_settlement_as_heading_stays_in_the_territory_above_it() -> None:
    plan = planned(
        "Учреждение;ВК\nЛесной район;\nс. Садовое;\nСДК «Луч»;vk.com/luch9\n"
        "СДК «Жар»;vk.com/zhar9\nПолевой округ;\nСДК «Мир»;vk.com/mir9\n"
    )
    places = [
        [place.name for place in plan.territories.path(edit.after.territory)][1:]
        for edit in plan.pages
    ]
    assert places == [
        *[["Лесной муниципальный округ", "с. Садовое"]] * 2,
        ["Полевой муниципальный округ"],
    ]


def test_footnotes_are_told_and_no_part_of_names() -> None:
    plan = planned("Учреждение;ВК\nСДК «Луч»**;vk.com/luch9\n** закрыт с 01.10.2025;\n")
    assert page(plan).title == "СДК «Луч»"
    assert any("** закрыт с 01.10.2025" in note for note in plan.notes)


@pytest.mark.parametrize("name", ["Сад № 321", "СОШ 112", "ФАП № 204"])
def test_short_names_with_numbers_are_names(name: str) -> None:
    assert page(planned(f"Учреждение;ВК\n{name};vk.com/a_page9\n")).title == name


def test_a_comma_in_a_header_is_no_separator_where_rows_are_even_by_another() -> None:
    with pytest.raises(TitleUnknownError) as asked:
        planned(
            "Наименование, ИНН;Страница\nМКОУ «Ясень» ИНН 4510001280;vk.com/yasen9\n"
            "МКОУ «Клён», ИНН 4510001281;vk.com/klen9\n"
        )
    assert [one.header for one in asked.value.readings] == ["Наименование, ИНН", "Страница"]


def test_a_name_wrapped_into_the_next_row_is_one_name() -> None:
    plan = planned(
        "№;Наименование;ВК\n1;Муниципальное казённое общеобразовательное;\n"
        ";учреждение «Роща»;vk.com/roscha9\n2;МКДОУ «Ива»;vk.com/iva9\n"
    )
    title = "Муниципальное казённое общеобразовательное учреждение «Роща»"
    assert [edit.after.title for edit in plan.pages] == [title, "МКДОУ «Ива»"]
    assert page(plan).links[0].link.account == "roscha9"
    apart = planned("№;Наименование;ВК\n1;Школа № 9;\n;детский сад «Ива»;vk.com/iva9\n")
    assert len(apart.pages) == 2


def test_numbers_are_taken_off_the_beginning_of_names_alone() -> None:
    plan = planned(
        "Учреждение;ВК\n1. Школа № 5. Филиал;vk.com/a9\n1.1. Клуб;vk.com/b9\n2) Музей;vk.com/c9\n"
    )
    assert [edit.after.title for edit in plan.pages] == ["Школа № 5. Филиал", "Клуб", "Музей"]


@pytest.mark.parametrize(
    ("header", "remark", "taken"),
    [
        ("Действующая (да/нет)", "нет", False),
        ("Действующая (да/нет)", "да", True),
        ("Удалена", "+", False),
        ("Дата закрытия", "01.10.2025", False),
        ("Удалена", "нет", True),
        ("Действующая лицензия", "нет", True),
        ("Вид страницы", "неофициальная", False),
        ("Тип страницы", "личный профиль", False),
        ("Комментарий", "ссылка не открывается!", False),
        ("Вид страницы", "официальная", True),
    ],
)
def test_columns_of_yes_and_no_say_whether_a_page_is_in_use(
    header: str, remark: str, taken: bool
) -> None:
    plan = planned(
        f"Учреждение;ВК;{header}\nКлуб «Ива»;vk.com/iva9;{remark}\nКлуб «Ель»;vk.com/el9;\n"
    )
    assert bool(page(plan).links) == taken
    assert any("уберите эти слова" in why for why in said(plan)) != taken


def test_groups_of_columns_side_by_side_are_lists_of_their_own() -> None:
    rows: list[list[object]] = [
        ["Образование", None, "Культура", None],
        ["Учреждение", "ВК", "Учреждение", "ВК"],
        ["МКОУ «Ясень»", "vk.com/yasen9", "СДК «Мир»", "vk.com/mir9"],
        ["МКДОУ «Ива»", "vk.com/iva9", None, None],
    ]

    def merge(sheet: Worksheet) -> None:
        sheet.merge_cells("A1:B1")
        sheet.merge_cells("C1:D1")

    table = read(workbook(("Лист1", rows), edit=merge), "a.xlsx").table
    assert [row.cells for row in table.rows] == [
        ["МКОУ «Ясень»", "vk.com/yasen9", "Образование"],
        ["МКДОУ «Ива»", "vk.com/iva9", "Образование"],
        ["СДК «Мир»", "vk.com/mir9", "Культура"],
    ]


def test_of_sheets_of_years_the_latest_is_read() -> None:
    old, new = ([["Учреждение", "ВК"], ["Клуб", f"vk.com/klub_{year}"]] for year in (2024, 2025))
    book = read(workbook(("2024", old), ("2025 год", new)), "a.xlsx")
    assert (book.sheets, book.others) == (["2025 год"], ["2024"])


def test_the_territory_of_a_list_may_stand_above_its_header() -> None:
    plan = planned("Муниципалитет: Лесной район;\nНаименование;ВК\nДК-411;vk.com/dk411\n")
    assert page(plan, 3).territory == 2


def test_the_telephone_of_a_contact_is_not_the_bodys() -> None:
    plan = planned(
        "Учреждение;Тел. конт. лица;Ваши ФИО и телефон;ВК\n"
        "ЦДТ-404;8-900-000-04-04;Чижов Ч. Ч. 8-900-000-04-05;vk.com/cdt404\n"
    )
    assert page(plan).phone == ""


@pytest.mark.parametrize(
    "heading", ["Страницы, удалённые в 2025 году", "ИСКЛЮЧЕНЫ ИЗ РЕЕСТРА:", "Закрытые страницы"]
)
def test_what_is_below_a_heading_of_closed_pages_is_closed(heading: str) -> None:
    plan = planned(f"Учреждение;ВК\nКлуб «Ива»;vk.com/iva9\n{heading};\nКлуб «Ель»;vk.com/el9\n")
    assert [edit.after.status.value for edit in plan.pages] == ["active", "closed"]


def test_spheres_written_once_are_asked_about() -> None:
    plan = planned(
        "Сфера;Учреждение;ВК\nКультура;РДК;vk.com/rdk9\n;ЦБС;vk.com/cbs9\n"
        "Образование;СОШ;vk.com/sosh9\n"
    )
    assert [(p.row, p.column) for p in plan.warnings if "протяните" in p.why] == [(3, "category")]


def test_old_names_are_no_names() -> None:
    plan = planned(
        "Учреждение;Старое название;ВК (основная);ВК (доп. проект)\n"
        "Центр «Вектор»;Станция техников;vk.com/vektor9;vk.com/project9\n"
    )
    assert page(plan).title == "Центр «Вектор»"
    assert [one.link.account for one in page(plan).links] == ["vektor9"]


def test_roman_numbers_begin_headings() -> None:
    plan = planned(
        "Учреждение;ВК\nI. Администрация;\nОтдел культуры;vk.com/otdel9\n"
        "II. Сельские территории;\nСДК «Мир»;vk.com/mir9\nСправочно: всего 12;\n"
    )
    assert [edit.after.title for edit in plan.pages] == ["Отдел культуры", "СДК «Мир»"]


def test_cards_below_one_another_are_refused() -> None:
    card = "Название учреждения;{}\nСсылка;vk.com/{}9\n"
    with pytest.raises(UnreadableError, match="на боку"):
        planned("Паспорт группы;\n" + card.format("Каток", "katok") + card.format("Тир", "tir"))


@pytest.mark.parametrize(
    ("header", "status"), [("Статус", "закрыт на ремонт"), ("Статус ремонта", "закрыт")]
)
def test_a_body_under_repair_is_not_closed(header: str, status: str) -> None:
    table = f"Название;ВК;{header}\nБассейн;vk.com/bas9;{status}\nКлуб;vk.com/klub9;действует\n"
    plan = planned(table)
    assert page(plan).status.value == "active"
    assert said(plan)
