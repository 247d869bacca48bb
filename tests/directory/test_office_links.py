"""Links of real lists that are doubtful: left out, told of, or read as what they are."""

from __future__ import annotations

import pytest

from directory.file.columns import LINKS
from directory.imports.headers import link_column
from directory.imports.plan import TitleUnknownError
from directory.imports.read import read
from directory.model import Link, Page, PageLink
from tests.directory.books import workbook
from tests.directory.importing import page, planned, said, state


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


def test_a_channel_of_several_institutions_is_a_warning() -> None:
    table = "Название;MAX\nШкола № 1;max.ru/obshiy_kanal\nДетский сад;max.ru/obshiy_kanal\n"
    assert any("та же ссылка" in why for why in said(planned(table)))


def test_the_page_of_a_part_of_the_body_is_not_the_bodys() -> None:
    plan = planned(
        "Учреждение;Страница школы ВК;Страница школьного музея ВК\n"
        "Школа села Роща;vk.com/roscha;vk.com/roscha_muzey\n"
        "Школа села Бор;vk.com/bor_school;vk.com/bor_muzey\n"
    )
    assert [x.link.account for x in page(plan).links] == ["roscha"]


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


def test_links_of_founders_make_no_second_table() -> None:
    plan = planned(
        "Школа;Ссылка;Учредитель;Ссылка\nМКОУ «Ясень»;vk.com/yasen9;Управление образования;"
        "vk.com/uo9\n"
    )
    assert [edit.after.title for edit in plan.pages] == ["МКОУ «Ясень»"]
    assert [link.link.account for link in page(plan).links] == ["yasen9"]


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


def test_a_link_in_place_of_a_name_is_refused() -> None:
    plan = planned(
        "№;Название;ВК\n1;Школа № 251;vk.com/s251\nШкола № 252;vk.com/s252;2-52-52\n"
        "3;Школа № 253;vk.com/s253\n"
    )
    assert [(problem.row, problem.column) for problem in plan.refused] == [(3, "title")]
    assert "сдвинуты" in plan.refused[0].why


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


def test_a_nick_with_a_dot_is_no_site() -> None:
    plan = planned("Учреждение;VK;OK\nТеатр;teatr9;gulliver.teatr\nХор;hor_9;hor.hor9\n")
    assert [one.slot for one in page(plan).links] == ["vk"]
    assert any("ник это или сайт" in why for why in said(plan))
