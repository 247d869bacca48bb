"""Verdicts that are more than yes or no: nicks, the same name elsewhere, closed pages, services."""

from datetime import date

import pytest

from directory.links import Ground, LinkVerdict, Verdict, parse, slot_of
from directory.links.verifier import Verifier
from directory.model import Link, Page, PageLink, Status


def on(*texts: str) -> tuple[PageLink, ...]:
    links = [parse(text, slot="feedback") for text in texts]
    assert all(isinstance(link, Link) for link in links)
    return tuple(PageLink(slot_of(x), x) for x in links if isinstance(x, Link))


REGION = Page("region", "Правительство", links=on("vk.com/primer_region", "ok.ru/primerregion"))
HEAD = Page("head", "Глава", links=on("vk.com/ivanov_primer", "t.me/glavaprimer"))


@pytest.mark.parametrize("nick", ["@primer_region", "@ivanov_primer"])
def test_a_nick_means_telegram(nick: str) -> None:
    verifier = Verifier([REGION, HEAD])
    assert verifier.verify(nick) == verifier.verify(f"t.me/{nick[1:]}")
    assert verifier.verify(nick).verdict is not Verdict.OFFICIAL
    assert verifier.verify("@glavaprimer").page == "head"


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("max.ru/primerregion", "ok:primerregion"),
        ("max.ru/primer_region", "vk:primer_region"),
        ("t.me/primerregion", "ok:primerregion"),
        ("@primer_region", "vk:primer_region"),
        ("t.me/primer_region_official", "vk:primer_region"),
    ],
)
def test_the_same_name_on_a_network_where_the_page_has_no_account(text: str, of: str) -> None:
    judged = Verifier([REGION]).verify(text)
    assert (judged.verdict, judged.ground) == (Verdict.UNKNOWN, Ground.SAME_NAME)
    assert (judged.page, judged.of) == ("region", of)
    assert "её страницы в справочнике нет" in judged.why
    assert "и её страница, и двойник" in judged.why
    assert "не она" not in judged.why


@pytest.mark.parametrize(
    "text",
    [
        "t.me/ivanov_primer",  # the page has another account there
        "max.ru/pr1mer_region",  # a digit in the place of a letter
        "max.ru/prlmer_region",
        "t.me/prіmer_region",
    ],
)
def test_a_double_on_another_network(text: str) -> None:
    assert Verifier([REGION, HEAD]).verify(text).verdict is Verdict.LOOKALIKE


CLOSED = Page(
    "old", "Администрация района", links=on("vk.com/rayon_primer"), status=Status.CLOSED,
    successor="middle", checked_at=date(2026, 1, 2),
)  # fmt: skip
MIDDLE = Page("middle", "Округ, первый", links=(), status=Status.CLOSED, successor="new")
NEW = Page("new", "Администрация округа", links=on("vk.com/okrug_primer"))


def test_a_closed_page_says_what_stands_in_its_place() -> None:
    judged = Verifier([CLOSED, MIDDLE, NEW]).verify("vk.com/rayon_primer")
    assert (judged.verdict, judged.ground) == (Verdict.OFFICIAL, Ground.CLOSED)
    assert (judged.page, judged.successor) == ("old", "new")
    assert judged.why.startswith("Закрыта")
    assert "Вместо неё — «Администрация округа» (vk.com/okrug_primer)" in judged.why


def test_a_closed_page_without_a_shown_successor() -> None:
    hidden = Page("new", "Администрация округа", status=Status.HIDDEN)
    circle = Page("middle", "Округ", status=Status.CLOSED, successor="old")
    for others in ([], [MIDDLE, hidden]):
        judged = Verifier([CLOSED, *others]).verify("vk.com/rayon_primer")
        assert (judged.ground, judged.successor) == (Ground.CLOSED, None)
        assert "справочник не знает" in judged.why
    assert Verifier([CLOSED, circle]).verify("vk.com/rayon_primer").successor == "middle"


def test_a_successor_is_forgotten_with_its_page() -> None:
    verifier = Verifier([CLOSED, MIDDLE, NEW])
    verifier.update([], ["new"])
    assert verifier.verify("vk.com/rayon_primer").successor == "middle"


def test_the_order_of_severity() -> None:
    taken = Page("t", "ДК", links=on("vk.com/dk_taken"), status=Status.HIDDEN)
    verifier = Verifier([REGION, CLOSED, taken])
    worst_first = [
        "vk.com/primer_reg1on", "vk.com/dk_taken", "vk.com/primer_region?w=wall-6_1", "vk.cc/abc",
        "max.ru/primer_region", "vk.com/drugoe_imya_sovsem", "привет", "gosuslugi.ru",
        "vk.com/rayon_primer", "vk.com/primer_region",
    ]  # fmt: skip
    judged = [verifier.verify(text) for text in worst_first]
    assert [x.ground for x in judged] == list(Ground)
    assert [x.severity for x in judged] == list(range(len(Ground)))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("https://www.gosuslugi.ru/", "портал «Госуслуги»"),
        ("gosuslugi.ru/600426/1/form", "портал «Госуслуги»"),
        ("https://esia.gosuslugi.ru/login/", "вход на «Госуслуги»"),
    ],
)
def test_services_of_the_state(text: str, told: str) -> None:
    judged = Verifier().verify(text)
    assert (judged.verdict, judged.ground) == (Verdict.OFFICIAL, Ground.SERVICE)
    assert judged.page is None
    assert told in judged.why


def test_a_page_of_a_service_belongs_to_its_body_first() -> None:
    page = Page("form", "Больница", links=on("https://pos.gosuslugi.ru/form/?opaId=5"))
    verifier = Verifier([page])
    assert verifier.verify("https://pos.gosuslugi.ru/form/?opaId=5").page == "form"
    assert verifier.verify("https://pos.gosuslugi.ru/form/?opaId=6").ground is Ground.SERVICE


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("https://id.vk.com/auth", "вход через VK ID"),
        ("login.vk.com", "вход во ВКонтакте"),
        ("https://oauth.telegram.org/auth?bot_id=1", "через Telegram"),
        ("https://connect.ok.ru/offer", "Одноклассники"),
        ("https://web.max.ru/123", "MAX в браузере"),
        ("https://kakaya-to.vk.com/", "принадлежит сети «ВКонтакте»"),
    ],
)
def test_services_of_the_networks_are_nobodys_page(text: str, told: str) -> None:
    judged = Verifier([REGION]).verify(text)
    assert (judged.verdict, judged.ground) == (Verdict.UNKNOWN, Ground.SERVICE)
    assert told in judged.why
    assert "Скопируйте" not in judged.why


@pytest.mark.parametrize(
    "text",
    ["https://id.vk.com.evil.ru/", "https://id.vk.com@evil.ru/", "https://id-vk.com.ru/", "https://esia.gosuslugi.ru.evil.com/"],
)  # fmt: skip
def test_what_looks_like_a_service_is_none(text: str) -> None:
    assert Verifier().verify(text).verdict is Verdict.LOOKALIKE


COURTS = [
    Page("portal", "Суды города", links=on("https://sudy-primer.ru/")),
    Page("c471", "Участок № 471", links=on("https://sudy-primer.ru/471")),
    Page("c472", "Участок № 472", links=on("https://sudy-primer.ru/ms/472/")),
]


def test_a_site_that_several_bodies_share_vouches_for_their_own_pages_only() -> None:
    verifier = Verifier(COURTS)
    assert verifier.verify("sudy-primer.ru").page == "portal"
    assert verifier.verify("https://sudy-primer.ru/471/kontakty").page == "c471"
    assert verifier.verify("https://www.sudy-primer.ru/ms/472/?id=5").page == "c472"
    for path in ("473", "4711", "ms/473", "news", "?id=5"):
        judged = verifier.verify(f"https://sudy-primer.ru/{path}")
        assert (judged.verdict, judged.page) == (Verdict.UNKNOWN, None), path
        assert "нескольких учреждений" in judged.why
    verifier.update([], ["c472"])
    assert verifier.verify("https://sudy-primer.ru/news").page == "portal"


def test_a_root_that_three_pages_list_is_shared() -> None:
    schools = [Page(f"s{n}", f"Школа {n}", links=on("https://obr-primer.ru")) for n in range(3)]
    verifier = Verifier(schools)
    judged = verifier.verify("https://obr-primer.ru")
    assert judged.verdict is Verdict.OFFICIAL
    assert "ещё страницы справочника: 2" in judged.why
    assert verifier.verify("https://obr-primer.ru/~s7/").verdict is Verdict.UNKNOWN


def test_a_page_of_an_official_site_is_called_that() -> None:
    why = Verifier([Page("p", "Музей", links=on("https://muzey-primer.ru"))])
    assert "Страница официального сайта «muzey-primer.ru»: «Музей»" in (
        why.verify("https://muzey-primer.ru/afisha").why
    )


def test_the_mark_of_vk_says_nothing_of_other_networks() -> None:
    page = Page("p", "Музей", links=on("vk.com/m_primer", "t.me/m_primer"), official_mark=True)
    verifier = Verifier([page])
    assert "«Госорганизация»" in verifier.verify("vk.com/m_primer").why
    assert "Госорганизация" not in verifier.verify("t.me/m_primer").why


def test_a_verdict_is_made_with_a_ground() -> None:
    assert LinkVerdict(Verdict.UNKNOWN, Ground.NOT_LISTED).severity == list(Ground).index(
        Ground.NOT_LISTED
    )
