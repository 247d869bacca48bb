"""Reading links: what each network's addresses name, and what is refused, with the cure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.links import (
    Refusal,
    both_forms,
    find_links,
    harmless,
    is_trusted,
    label,
    parse,
    slot_of,
    url,
)
from directory.links.data import PLATFORMS, Platform
from directory.links.parse import MAX_LENGTH, trimmed
from directory.model import Link

ACCOUNTS = {
    # VK: a name, whatever is around it
    "vk.com/primerovo": "https://vk.com/primerovo",
    "https://vk.com/Primerovo/": "https://vk.com/primerovo",
    "HTTP://WWW.VK.COM/primerovo": "https://vk.com/primerovo",
    "https://m.vk.com/primerovo?from=quick_search": "https://vk.com/primerovo",
    "vkontakte.ru/primer_ovo.45": "https://vk.com/primer_ovo.45",
    "https://vk.ru/primerovo#top": "https://vk.com/primerovo",
    "«https://vk.com/primerovo».": "https://vk.com/primerovo",
    "(vk.com/primerovo)": "https://vk.com/primerovo",
    "\ufeffvk.com/primerovo\u200b\u00a0": "https://vk.com/primerovo",
    "https://vk.com:443/primerovo": "https://vk.com/primerovo",
    "http://vk.com:80/primerovo": "https://vk.com/primerovo",
    "https://vk.com/primerovo?w=wall-7_12": "https://vk.com/primerovo",
    "https://vk.com/@primerovo-novaya-statya": "https://vk.com/primerovo",
    # VK: a number
    "vk.com/public123.": "https://vk.com/club123",
    "https://vk.com/club123": "https://vk.com/club123",
    "https://vk.com/event123": "https://vk.com/club123",
    "vk.com/id7": "https://vk.com/id7",
    "https://vk.com/wall-123_4567": "https://vk.com/club123",
    "https://vk.com/wall7_4": "https://vk.com/id7",
    "https://vk.com/photo-123_4": "https://vk.com/club123",
    "https://vk.com/video-123_4?list=abc": "https://vk.com/club123",
    "https://vk.com/feed?w=wall-123_4": "https://vk.com/club123",
    "https://vk.com/feed?z=photo-123_4%2Falbum-123_0": "https://vk.com/club123",
    "https://vk.com/club123?w=wall-123_4": "https://vk.com/club123",
    # OK
    "ok.ru/primerovo": "https://ok.ru/primerovo",
    "ok.ru/PrimerOvo": "https://ok.ru/PrimerOvo",
    # A name may begin like a page of the network.
    "vk.com/joinery_primer": "https://vk.com/joinery_primer",
    "t.me/shareprimer": "https://t.me/shareprimer",
    "https://vk.com//primerovo": "https://vk.com/primerovo",
    "https://m.ok.ru/group/52345678901234": "https://ok.ru/group/52345678901234",
    "ok.ru/group52345678901234": "https://ok.ru/group/52345678901234",
    "https://ok.ru/group/52345678901234/topic/15": "https://ok.ru/group/52345678901234",
    "https://www.odnoklassniki.ru/profile/512345678901": "https://ok.ru/profile/512345678901",
    # Telegram
    "t.me/primerovo": "https://t.me/primerovo",
    "https://telegram.me/Primerovo": "https://t.me/primerovo",
    "https://telegram.dog/primerovo": "https://t.me/primerovo",
    "https://t.me/s/primerovo?before=5": "https://t.me/primerovo",
    "https://t.me/primerovo/123?single": "https://t.me/primerovo",
    "https://t.me/primerovo_bot?start=abc": "https://t.me/primerovo_bot",
    "https://primerovo.t.me/15": "https://t.me/primerovo",
    "tg://resolve?domain=primerovo&post=15": "https://t.me/primerovo",
    "t.me/@primerovo": "https://t.me/primerovo",
    # MAX, Rutube, Dzen
    "https://max.ru/primerovo": "https://max.ru/primerovo",
    "max.ru/id4500000000_gos": "https://max.ru/id4500000000_gos",
    "https://max.ru/primerovo/AaBbCc": "https://max.ru/primerovo",
    "https://rutube.ru/channel/123456/videos/": "https://rutube.ru/channel/123456/",
    "https://rutube.ru/u/primerovo": "https://rutube.ru/u/primerovo/",
    "https://dzen.ru/primerovo?tab=articles": "https://dzen.ru/primerovo",
    "zen.yandex.ru/id/5f0a1b2c3d4e5f6071829304": "https://dzen.ru/id/5f0a1b2c3d4e5f6071829304",
    # Sites
    "primerovo.ru": "https://primerovo.ru/",
    "http://1.prm.msudrf.ru": "http://1.prm.msudrf.ru/",
    "http://WWW.Primerovo.RU/": "http://www.primerovo.ru/",
    "https://shkola-r45.gosweb.gosuslugi.ru/": "https://shkola-r45.gosweb.gosuslugi.ru/",
    "https://primerovo.ru/Otdel/5.html#kontakty": "https://primerovo.ru/Otdel/5.html",
    "https://primerovo.ru/orgs.html?id=568&utm_source=vk": "https://primerovo.ru/orgs.html?id=568",
    "https://primerovo.ru/?ysclid=abc": "https://primerovo.ru/",
    "https://primerovo.ru/отдел": "https://primerovo.ru/%D0%BE%D1%82%D0%B4%D0%B5%D0%BB",
    "https://школа-5.примерово.рф/": "https://xn---5-6kc3bfr2e.xn--b1afiqlbbid.xn--p1ai/",
}  # fmt: skip


@pytest.mark.parametrize(("text", "address"), ACCOUNTS.items())
def test_reads(text: str, address: str) -> None:
    link = parse(text)
    assert isinstance(link, Link), link
    assert url(link) == address
    assert parse(url(link)) == link
    assert parse(url(link), slot=slot_of(link)) == link


def test_the_longest_address_that_is_read() -> None:
    whole = "https://primer.ru/" + "a" * (MAX_LENGTH - 18)
    assert len(whole) == MAX_LENGTH
    assert isinstance(parse(whole), Link)
    assert isinstance(parse(whole + "a"), Refusal)


def test_what_surrounds_a_link_is_no_part_of_it() -> None:
    for text in (
        "vk.com/primer.",
        "«vk.com/primer»,",
        "(vk.com/primer)",
        "vk.com/primer…",
        "\u200bvk.com/primer\u200b.",
    ):
        assert trimmed(text) == "vk.com/primer"
    assert trimmed("vk.com/primer/.") == "vk.com/primer/"
    assert trimmed("vk.com/primer..") == "vk.com/primer"
    assert trimmed("vk.com/primer/..") == "vk.com/primer/.."


def test_one_community_has_one_form() -> None:
    assert parse("vk.com/public123") == parse("vk.com/club123") == parse("club123", slot="vk")


@pytest.mark.parametrize(
    ("text", "slot", "address"),
    [
        ("@primerovo", "vk", "https://vk.com/primerovo"),
        ("primer.ovo45", "vk", "https://vk.com/primer.ovo45"),
        ("Primerovo", "telegram", "https://t.me/primerovo"),
        ("@primerovo", "max", "https://max.ru/primerovo"),
        ("@primerovo", "ok", "https://ok.ru/primerovo"),
        ("group/52345678901234", "ok", "https://ok.ru/group/52345678901234"),
        ("https://vk.com/app5619682_-123", "doctor", "https://vk.com/app5619682_-123"),
        (
            "https://pos.gosuslugi.ru/form/?opaId=203444&utm_source=vk&utm_medium=45",
            "feedback",
            "https://pos.gosuslugi.ru/form/?opaId=203444",
        ),
        ("https://www.gosuslugi.ru/600426/1/form", "club", "https://www.gosuslugi.ru/600426/1/form"),
    ],
)  # fmt: skip
def test_reads_by_column(text: str, slot: str, address: str) -> None:
    link = parse(text, slot=slot)
    assert isinstance(link, Link), link
    assert url(link) == address


@pytest.mark.parametrize(
    ("text", "slot", "told"),
    [
        ("vк.com/primerovo", None, "«vк[.]com» — буква «к» русская, остальные латинские"),
        ("https://vk.com/primerоvo", None, "буква «о» русская"),
        ("https://v\u212a.com/primerovo", None, "знак «\u212a» (U+212A) в имени сайта недопустим"),
        ("https://xn--prmerovo-k2e.ru/", None, "записанное знаками имя"),
        ("https://сос.com", None, "буквы «с», «о» русские, хотя выглядят как латинские"),
        ("https://primerovo", None, "нет точки"),
        ("http//primerovo.ru", None, "начало адреса набрано с ошибкой"),
        ("https://primerovo..ru", None, "лишняя точка"),
        ("school@primerovo.ru", "site", "адрес электронной почты"),
        ("Сайт в разработке", "site", "не ссылка"),
        ("a.ru b.ru", "site", "внутри адреса пробел"),
        ("t.me/primerovo", "vk", "ссылка на Telegram, а столбец — «ВКонтакте»"),
        ("primerovo.ru", "telegram", "адрес сайта, а столбец — «Telegram»"),
        ("vk.com/primerovo", "site", "столбец — «Сайт»"),
        ("@primerovo", None, "не видно, какая это сеть"),
        ("12345", "vk", "одно число"),
        ("vk.com/feed", None, "не страница человека или сообщества"),
        ("https://vk.com/app5619682", None, "не страница человека или сообщества"),
        ("t.me/+abcdef", None, "приглашение в закрытый чат"),
        ("vk.cc/abc", None, "сокращённая ссылка"),
        ("https://api.vk.com/method", None, "служебный адрес"),
        ("http://127.0.0.1/", None, "числовой адрес"),
        ("https://primerovo.ru:8080/", None, "указан порт"),
        ("https://user@primerovo.ru/", None, "откроется «primerovo[.]ru»"),
        ("https://primerovo.ru/go?to=https://evil.example", None, "может увести на другой"),
        ("https://vk.com/primerovo,x", None, "не страница человека"),
        ("https://vk.com/primerovo;w=wall-6_1", None, "не страница человека"),
        ("https://vk.com/primerovo&w=wall-6_1", None, "не страница человека"),
        ("https://t.me/primerovo-x", None, "не страница человека"),
        ("https://ok.ru/primerovo*x", None, "не страница человека"),
        ("ok.ru/Feed", None, "не страница человека"),
        ("vk.com/primer.php", None, "не страница человека"),
        ("vk.com/primer.html", None, "не страница человека"),
        ("vk.com/12345", None, "не страница человека"),
        ("https://web.t.me/primerovo", None, "служебный адрес"),
        ("tg://msg?domain=primerovo", None, "не называет канала"),
        ("tg://resolve/x?domain=primerovo", None, "не называет канала"),
        ("tg://resolve?post=5", None, "не называет канала"),
        ("tg://resolve?domain=primerovo/x", None, "не называет канала"),
        ("", None, "Пусто"),
        ("x" * 3000, None, "длиннее"),
    ],
)
def test_refuses_with_the_reason(text: str, slot: str | None, told: str) -> None:
    refusal = parse(text, slot=slot)
    assert isinstance(refusal, Refusal), refusal
    assert told in refusal.why


def test_national_names_are_shown_in_both_forms() -> None:
    link = parse("http://xn---5-6kc3bfr2e.xn--b1afiqlbbid.xn--p1ai")
    assert isinstance(link, Link)
    assert label(link) == "школа-5.примерово.рф"
    assert both_forms(link) == ("школа-5.примерово.рф (xn---5-6kc3bfr2e.xn--b1afiqlbbid.xn--p1ai)")


def test_trusts_the_zones_of_the_state_on_a_dot_boundary() -> None:
    assert is_trusted("shkola-r45.gosweb.gosuslugi.ru")
    assert is_trusted("primerovo.gov.ru")
    assert not is_trusted("notgov.ru")
    assert not is_trusted("gosuslugi.ru.evil.example")


def test_finds_links_in_a_text() -> None:
    text = (
        "Наш паблик vk.com/public123. И (https://t.me/primerovo), а ещё @primer_ovo; почта a@b.ru, "
        "сайт www.primerovo.ru;http://sad.primerovo.ru и школа-5.примерово.рф! т.е. г.Примерово, "
        "ул.Мира, vк.com/x, реестр.xlsx, https://vk.com\\@evil.example/ @школа"
    )
    assert find_links(text) == [
        "vk.com/public123",
        "https://t.me/primerovo",
        "@primer_ovo",
        "www.primerovo.ru",
        "http://sad.primerovo.ru",
        "школа-5.примерово.рф",
        "vк.com/x",
        "https://vk.com\\@evil.example/",
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("javascript:alert(1)//vk.com/primer", "javascript:alert(1)//vk.com/primer"),
        ("ftp://vk.com/primer", "ftp://vk.com/primer"),
        ("VK:https://vk.com/primer", "https://vk.com/primer"),
        ("ОК: https://ok.ru/primer", "https://ok.ru/primer"),
        ("is.gd/abc", "is.gd/abc"),
    ],
)
def test_what_stands_within_another_address_is_not_taken_out_of_it(text: str, found: str) -> None:
    assert find_links(text) == [found]


def test_harmless_text_has_no_link() -> None:
    shown = harmless("https://vk.com@evil.example/\u202etxt")
    assert shown == "https[:]//vk[.]com[@]evil[.]example/·txt"
    assert find_links(shown) == []


@pytest.mark.slow
@given(st.text(max_size=60) | st.from_regex(r"(https?://)?[a-zа-я.@:/\\%0-9-]{1,40}"))
def test_any_text_is_read_or_refused(text: str) -> None:
    link = parse(text)
    if isinstance(link, Link):
        assert parse(url(link)) == link
        assert url(link).isascii()
    else:
        assert link.why
    find_links(text)


@pytest.mark.parametrize("platform", PLATFORMS.values(), ids=PLATFORMS)
@pytest.mark.parametrize(
    "address", [*ACCOUNTS, "a/club7", "a/public7/b", "a/@-7-x", "a/app7", "a/"]
)
def test_the_first_form_of_a_path_counts(platform: Platform, address: str) -> None:
    path = address.partition("/")[2]
    first = next((form for form in platform.forms if form.path.fullmatch(path)), None)
    assert platform.form_of(path) is first
