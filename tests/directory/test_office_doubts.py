"""What an office's table leaves in doubt is asked about or said, and never guessed."""

from __future__ import annotations

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from directory.file.columns import LINKS
from directory.imports.headers import link_column, rank
from directory.imports.outcome import Plan
from directory.imports.plan import TitleUnknownError
from directory.imports.read import UnreadableError, read
from directory.model import Link, Page, PageLink
from tests.directory.books import workbook
from tests.directory.importing import page, planned, state


def said(plan: Plan) -> list[str]:
    """All that deserves a look."""
    return [problem.text for problem in plan.warnings]


@pytest.mark.parametrize(
    "cell",
    [
        "vk.com/roscha_new, старая группа vk.com/roscha_old",
        "ранее vk.com/roscha_old, сейчас vk.com/roscha_new",
        "vk.com/roscha_new (до 01.03.2025 vk.com/roscha_old)",
        "страница удалена vk.com/roscha_old",
        "не работает vk.com/roscha_old",
        "vk.com/roscha_old (закрыта)",
    ],
)
def test_links_of_a_cell_that_tells_of_a_former_page_are_left_out(cell: str) -> None:
    plan = planned(f"Учреждение;ВК\nБиблиотека села Роща;{cell}\n")
    assert page(plan).links == ()
    assert any("оставьте в ней одну действующую" in why for why in said(plan))


@pytest.mark.parametrize(
    ("cell", "left_out"),
    [
        ("https://vk.com/roscha, @roscha_tg", "@roscha_tg"),
        ("ВК vk.com/roscha, ОК - roscha_ok", "ОК: roscha_ok"),
        ("vk.com/roscha, тг roscha_tg", "тг: roscha_tg"),
    ],
)
def test_a_nick_beside_a_link_is_named_and_the_link_taken(cell: str, left_out: str) -> None:
    plan = planned(f"Учреждение;Соцсети\nБиблиотека села Роща;{cell}\n")
    assert [link.link.account for link in page(plan).links] == ["roscha"]
    assert any(left_out in why and "ник без адреса" in why for why in said(plan))


def test_labels_of_networks_are_no_nicks() -> None:
    plan = planned(
        "Учреждение;Соцсети\nМузей;VK: vk.com/roscha OK ok.ru/roscha Telegram t.me/roscha\n"
    )
    assert len(page(plan).links) == 3
    assert said(plan) == []


def test_links_are_no_names() -> None:
    table = "Район;Администрация;Сайт\nЛесной район;vk.com/les_adm;les.example.ru\n"
    with pytest.raises(TitleUnknownError):
        planned(table)


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


def test_a_link_merged_over_several_pages_is_told_of() -> None:
    rows: list[list[object]] = [
        ["Учреждение", "ВК"],
        ["Клуб села Горки", "vk.com/gorki"],
        ["Клуб села Холмы", None],
    ]
    data = workbook(("Лист1", rows), edit=lambda sheet: sheet.merge_cells("B2:B3"))
    assert any("объединена" in note and ": 3;" in note for note in read(data, "a.xlsx").notes)
    data = workbook(("Лист1", rows))
    assert not any("объединена" in note for note in read(data, "a.xlsx").notes)


@pytest.mark.parametrize(
    ("account", "doubt"),
    [
        ("id4501000009_gos", ""),
        ("id4501000008_gos", "контрольная цифра"),
        ("id4501000008_biz", "контрольная цифра"),
        ("id6801000003_gos", "Тамбовская область"),
        ("id101000007_biz", "Республика Адыгея"),
        ("roscha", ""),
    ],
)
def test_the_number_of_a_body_in_max_is_looked_at(account: str, doubt: str) -> None:
    table = f"Название;Регион;MAX\nШкола;Курганская область;https://max.ru/{account}\n"
    plan = planned(table)
    assert page(plan).links[0].link.account == account
    assert [why for why in said(plan) if "MAX" in why and doubt in why] == said(plan)
    assert bool(said(plan)) == bool(doubt)
    # What the directory has already is nothing new.
    known = Page("a", "Школа", territory=1, links=(PageLink("max", Link("max", "name", account)),))
    assert not any("ИНН" in why for why in said(planned(table, state(known))))


def test_branches_of_federal_bodies_have_the_number_of_the_whole() -> None:
    table = (
        "Название;Регион;Уровень;MAX\n"
        "Отдел;Курганская область;федеральный;https://max.ru/id6801000003_gos\n"
    )
    assert said(planned(table)) == []


def test_a_channel_of_several_institutions_is_a_warning() -> None:
    table = "Название;MAX\nШкола № 1;max.ru/obshiy_kanal\nДетский сад;max.ru/obshiy_kanal\n"
    assert any("та же ссылка" in why for why in said(planned(table)))


def test_what_points_to_another_cell_is_no_value() -> None:
    plan = planned("Учреждение;Адрес;Телефон;ВК\nКлуб села Роща;там же;тот же;vk.com/roscha\n")
    assert (page(plan).address, page(plan).phone) == ("", "")


def test_the_page_of_a_part_of_the_body_is_not_the_bodys() -> None:
    plan = planned(
        "Учреждение;Страница школы ВК;Страница школьного музея ВК\n"
        "Школа села Роща;vk.com/roscha;vk.com/roscha_muzey\n"
        "Школа села Бор;vk.com/bor_school;vk.com/bor_muzey\n"
    )
    assert [x.link.account for x in page(plan).links] == ["roscha"]


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


@pytest.mark.parametrize("header", ["Социальные сети", "Соц. сети", "Адреса в социальных сетях"])
def test_social_networks_are_links_whatever_their_ending(header: str) -> None:
    assert link_column(header) == LINKS


def test_rows_that_each_have_one_account_of_a_page_are_one_page() -> None:
    rows = [
        "Организация;Площадка;Ссылка на аккаунт;Подписчики",
        "Клуб «Роща»;ВКонтакте;https://vk.com/roscha;1 204",
        "Музей «Пень»;Телеграм;t.me/muzey_pen;55",
        "Клуб «Роща»;Одноклассники;https://ok.ru/roscha;310",
    ]
    plan = planned("\n".join(rows))
    club, museum = (edit.after for edit in plan.pages)
    assert [link.slot for link in club.links] == ["vk", "ok"]
    assert (club.subscribers, museum.subscribers) == (None, 55)
    assert any("собраны в одну. Подписчики" in note for note in plan.notes)
    assert said(plan) == []


def test_rows_that_say_different_things_stay_apart() -> None:
    rows = [
        "Организация;Площадка;Ссылка на аккаунт;Телефон",
        "Клуб «Роща»;ВКонтакте;https://vk.com/roscha;8-35231-2-00-01",
        "Клуб «Роща»;Одноклассники;https://ok.ru/roscha;8-35231-2-00-02",
        "Музей «Пень»;Телеграм;t.me/muzey_pen;8-35231-2-00-03",
    ]
    assert len(planned("\n".join(rows)).pages) == 3


def test_two_accounts_on_one_network_may_be_of_two_bodies() -> None:
    rows = [
        "Организация;Площадка;Ссылка на аккаунт",
        "Клуб «Роща»;ВКонтакте;https://vk.com/roscha",
        "Клуб «Роща»;ВК;https://vk.com/roscha_2",
        "Музей «Пень»;Телеграм;t.me/muzey_pen",
        "Музей «Пень»;ВКонтакте;https://vk.com/muzey_pen",
    ]
    plan = planned("\n".join(rows))
    assert [len(edit.after.links) for edit in plan.pages] == [1, 1, 2]
    assert any("почти так же называется" in why for why in said(plan))


def test_links_of_tables_side_by_side_are_all_read() -> None:
    rows = [
        "Детские сады;;;Школы;;",
        "Наименование;ВК;;Наименование;ВК;ОК",
        "Сад «Пень»;vk.com/sad_pen;;Школа «Пень»;vk.com/sh_pen;ok.ru/sh_pen",
        "Сад «Дуб»;vk.com/sad_dub;;Школа «Дуб»;vk.com/sh_dub;",
    ]
    assert planned("\n".join(rows)).with_links == 4


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


def test_links_of_founders_make_no_second_table() -> None:
    plan = planned(
        "Школа;Ссылка;Учредитель;Ссылка\nМКОУ «Ясень»;vk.com/yasen9;Управление образования;"
        "vk.com/uo9\n"
    )
    assert [edit.after.title for edit in plan.pages] == ["МКОУ «Ясень»"]
    assert [link.link.account for link in page(plan).links] == ["yasen9"]


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


def test_a_nick_with_its_network_needs_no_address() -> None:
    plan = planned("Учреждение;Соцсети\nМузей;ВК: muzey9\n")
    assert [link.link.account for link in page(plan).links] == ["muzey9"]
    assert said(plan) == []


@pytest.mark.parametrize(
    ("header", "remark"),
    [
        ("Примечание", "дубль, на удаление"),
        ("Ведение страницы", "не ведётся"),
        ("Состояние группы", "взломана"),
        ("Комментарий", "группа ВК не обновляется с 2023"),
    ],
)
def test_links_of_a_row_whose_remark_withdraws_its_page_are_left_out(
    header: str, remark: str
) -> None:
    known = Page("a", "Клуб «Ива»", links=(PageLink("vk", Link("vk", "name", "iva_2020")),))
    table = f"Учреждение;ВК;{header}\nКлуб «Ива»;vk.com/iva9;{remark}\nКлуб «Ель»;vk.com/el9;\n"
    plan = planned(table, state(known))
    assert [edit.after.title for edit in plan.pages if edit.after.links] == ["Клуб «Ель»"]
    assert any(remark in why and "уберите эти слова" in why for why in said(plan))


@pytest.mark.parametrize(
    "remark",
    [
        "сайт не работает",
        "ведётся",
        "открыта после ремонта",
        "в обзоре " + "сказано, " * 12 + "закрыт",
    ],
)
def test_a_remark_of_something_else_takes_no_link(remark: str) -> None:
    plan = planned(f"Учреждение;ВК;Примечание\nКлуб «Ива»;vk.com/iva9;{remark}\n")
    assert [link.link.account for link in page(plan).links] == ["iva9"]


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


def test_a_link_in_place_of_a_name_is_refused() -> None:
    plan = planned(
        "№;Название;ВК\n1;Школа № 251;vk.com/s251\nШкола № 252;vk.com/s252;2-52-52\n"
        "3;Школа № 253;vk.com/s253\n"
    )
    assert [(problem.row, problem.column) for problem in plan.refused] == [(3, "title")]
    assert "сдвинуты" in plan.refused[0].why


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


def test_few_links_among_words_are_read_under_a_header_of_a_network() -> None:
    plan = planned("Учреждение;ВК\nСДК;vk.com/sdk9\nФАП;группа района\nМузей;на странице СДК\n")
    assert plan.with_links == 1
    assert sum("нет ни одной ссылки" in why for why in said(plan)) == 2


@pytest.mark.parametrize(
    "link", ["https://www.instagram.com/muzey9", "youtube.com/@muzey9", "facebook.com/muzey9"]
)
def test_networks_without_a_column_are_no_sites(link: str) -> None:
    plan = planned(f"Учреждение;Соцсети\nМузей;{link} https://vk.com/muzey9\n")
    assert [(one.slot, one.link.account) for one in page(plan).links] == [("vk", "muzey9")]
    assert any("столбца для этой сети нет" in why for why in said(plan))


def test_a_mistyped_address_of_a_network_is_no_site() -> None:
    plan = planned("Учреждение;ВК\nМузей;vk.comm/muzey9\nКлуб;vk.com/klub9\n")
    assert page(plan).links == ()
    assert any("не опечатка ли" in why for why in said(plan))
    imitating = planned("Учреждение;Сайт\nМузей;https://vkontakte-gov.ru/muzey9\n")
    assert any("ведёт в другое место" in problem.why for problem in imitating.refused)


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


def test_addresses_of_services_among_links_are_no_sites() -> None:
    plan = planned(
        "Учреждение;Ссылки\nСДК;vk.com/sdk9 https://pos.gosuslugi.ru/form/?opaId=123456\n"
        "Клуб;vk.com/klub9 https://pos.gosuslugi.ru/lkp/polls/1/\n"
    )
    slots = [[one.slot for one in edit.after.links] for edit in plan.pages]
    assert slots == [["vk", "feedback"], ["vk"]]
    assert any("ссылка не записана" in why for why in said(plan))


@pytest.mark.parametrize(
    ("row", "column"),
    [("СДК «Луч»;vk.com/luch9;", "address"), ("СДК «Луч»;;vk.com/luch9", "person")],
)
def test_a_link_in_place_of_another_value_is_left_out(row: str, column: str) -> None:
    plan = planned(
        "Учреждение;Адрес;Директор;ВК\nСДК «Мир»;Роща;Иванов И. И.;vk.com/mir9\n"
        f"СДК «Жар»;Роща;Иванов И. И.;vk.com/zhar9\n{row};\n"
    )
    assert getattr(page(plan, 4), column) == ""
    assert any(problem.row == 4 and "сдвинуты" in problem.why for problem in plan.warnings)


def test_a_link_in_a_column_of_remarks_is_told() -> None:
    plan = planned(
        "Учреждение;ВК;Примечание\nСДК «Мир»;нет;новая страница vk.com/mir9\n"
        "СДК «Луч»;vk.com/luch9;ок\n"
    )
    assert plan.with_links == 1
    assert any(problem.row == 2 and "не прочитана" in problem.why for problem in plan.warnings)


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


def test_nicks_of_several_networks_in_one_cell_are_read() -> None:
    plan = planned(
        "Учреждение;Соцсети\nДШИ;vk: dshi9 / Одноклассники: dshi9ok\nДМШ;вк dmsh9\n"
        "ДХШ;https://vk.com/dhsh9\n"
    )
    assert [[one.link.account for one in edit.after.links] for edit in plan.pages] == [
        ["dshi9", "dshi9ok"],
        ["dmsh9"],
        ["dhsh9"],
    ]
    assert said(plan) == []


def test_a_link_that_may_go_on_in_the_next_line_is_left_out() -> None:
    plan = planned('Учреждение;ВК\nЦСОН;"https://vk.com/cson\n407"\nКЦСОН;vk.com/kcson9\n')
    assert page(plan).links == ()
    assert any("где в ячейке кончается ссылка" in why for why in said(plan))


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


@pytest.mark.parametrize(
    "cell",
    ["vk.com/sch9 (директор vk.com/id507507)", "vk.com/sch9, личная страница завед. vk.com/id507"],
)
def test_links_of_persons_in_a_cell_are_told(cell: str) -> None:
    plan = planned(f"Учреждение;Страницы\nШкола «Ива»;{cell}\n")
    assert page(plan).links == ()
    assert any("ссылка человека" in why for why in said(plan))
    alone = planned("Учреждение;Страницы\nШкола;vk.com/sch9 (администратор Чижова)\n")
    assert page(alone).links


def test_spheres_written_once_are_asked_about() -> None:
    plan = planned(
        "Сфера;Учреждение;ВК\nКультура;РДК;vk.com/rdk9\n;ЦБС;vk.com/cbs9\n"
        "Образование;СОШ;vk.com/sosh9\n"
    )
    assert [(p.row, p.column) for p in plan.warnings if "протяните" in p.why] == [(3, "category")]


def test_links_without_a_header_beside_those_with_one_are_read() -> None:
    plan = planned("Учреждение;Страницы;;\nРДК;vk.com/rdk9;ok.ru/rdk9;t.me/rdk_9\n")
    assert [one.slot for one in page(plan).links] == ["vk", "ok", "telegram"]


def test_a_link_behind_a_name_is_read_beside_another() -> None:
    plan = planned("Учреждение;ОК\nМузей (vk.com/muzey9);ok.ru/muzey9\nХор (vk.com/hor9);\n")
    assert [edit.after.title for edit in plan.pages] == ["Музей", "Хор"]
    assert len(page(plan).links) == 2


def test_a_cell_that_lists_names_with_links_gives_a_page_for_each() -> None:
    plan = planned(
        'Район;Учреждения\nЛесной район;"МКОУ «Ясень» - vk.com/yasen9\nСДК «Мир» - vk.com/mir9"\n'
        "Полевой округ;МКОУ «Дуб» - vk.com/dub9\n"
    )
    found = [
        (edit.after.title, edit.after.territory, edit.after.links[0].link.account)
        for edit in plan.pages
    ]
    assert found == [
        ("МКОУ «Ясень»", 2, "yasen9"),
        ("СДК «Мир»", 2, "mir9"),
        ("МКОУ «Дуб»", 3, "dub9"),
    ]


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


@pytest.mark.parametrize(
    "cell", ["http://tanec9.ru (устар.)", "сайт в разработке http://tanec9.ru"]
)
def test_sites_that_are_not_in_use_are_left_out(cell: str) -> None:
    plan = planned(f"Учреждение;Сайт\nШкола танца;{cell}\n")
    assert page(plan).links == ()
    assert any("не действует" in why for why in said(plan))


def test_of_two_columns_of_links_the_newer_one_counts() -> None:
    plan = planned(
        "Учреждение;Новая ссылка;Ссылка\nШкола искусств;vk.com/new9;vk.com/old9\n"
        "Клуб;;vk.com/klub9\n"
    )
    found = [[one.link.account for one in edit.after.links] for edit in plan.pages]
    assert found == [["new9"], ["klub9"]]
    assert any("рядом стоит новая ссылка" in why for why in said(plan))


def test_a_header_of_former_links_in_brackets_is_not_read() -> None:
    plan = planned("Учреждение;ВК (до переезда);ВК\nРоддом;vk.com/old9;vk.com/roddom9\n")
    assert [one.link.account for one in page(plan).links] == ["roddom9"]


def test_cards_below_one_another_are_refused() -> None:
    card = "Название учреждения;{}\nСсылка;vk.com/{}9\n"
    with pytest.raises(UnreadableError, match="на боку"):
        planned("Паспорт группы;\n" + card.format("Каток", "katok") + card.format("Тир", "tir"))


def test_a_nick_with_a_dot_is_no_site() -> None:
    plan = planned("Учреждение;VK;OK\nТеатр;teatr9;gulliver.teatr\nХор;hor_9;hor.hor9\n")
    assert [one.slot for one in page(plan).links] == ["vk"]
    assert any("ник это или сайт" in why for why in said(plan))


@pytest.mark.parametrize(
    ("header", "status"), [("Статус", "закрыт на ремонт"), ("Статус ремонта", "закрыт")]
)
def test_a_body_under_repair_is_not_closed(header: str, status: str) -> None:
    table = f"Название;ВК;{header}\nБассейн;vk.com/bas9;{status}\nКлуб;vk.com/klub9;действует\n"
    plan = planned(table)
    assert page(plan).status.value == "active"
    assert said(plan)
