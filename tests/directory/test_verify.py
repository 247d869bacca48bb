"""The verdict on links: official, withdrawn, look-alike, unknown, no link."""

import random
from datetime import date

import pytest

from directory.links import (
    Ground,
    LinkVerdict,
    Refusal,
    Verdict,
    find_links,
    parse,
    slot_of,
    url,
)
from directory.links.difference import difference
from directory.links.similar_names import SimilarNames
from directory.links.verifier import Verifier
from directory.model import Link, Page, PageLink, Status
from tests.directory.doubles import double


def read(text: str) -> Link:
    link = parse(text, slot="feedback")
    assert not isinstance(link, Refusal), link.why
    return link


def on(*texts: str, hidden: str = "") -> tuple[PageLink, ...]:
    return tuple(PageLink(slot_of(link), link, hidden) for link in map(read, texts))


GOVERNOR = Page(
    "gov",
    "Губернатор Примеровской области",
    links=on("vk.com/primerov_petr", "t.me/petrprimerov_region"),
    official_mark=True,
    source="сайт https://primerovobl.ru/",
    checked_at=date(2026, 3, 2),
)
REGION = Page(
    "region",
    "Правительство Примеровской области",
    links=on("vk.com/primerovo_region", "ok.ru/primerovoregion", "https://primerovobl.ru/"),
)
CENTRE = Page("centre", "ЦУР Примеровской области", links=on("vk.com/club200300400"))
SCHOOL = Page("school", "Школа № 63", links=on("vk.com/school63", "http://sch63.primerovo.ru"))
TAKEN = Page(
    "taken",
    "Дом культуры",
    links=on("vk.com/primer_dk_taken"),
    status=Status.HIDDEN,
    hidden="страницу взломали",
)
PARTLY = Page(
    "partly",
    "Музей",
    links=on("vk.com/primer_muzey") + on("t.me/primer_muzey_old", hidden="канал продан"),
)
COURTS = [
    Page(f"court{n}", f"Судебный участок № {n}", links=on(f"http://{n}.prm.msudrf.ru"))
    for n in (1, 2, 3, 4, 6)
]
MUSEUM = Page("museum", "Дом-музей", links=on("http://www.muzei.example.ru/M1680"))
HOSTED = Page("hosted", "Музей села", links=on("http://muzei-primerovo.narod.ru"))
FORM = Page("form", "Больница", links=on("https://pos.gosuslugi.ru/form/?opaId=203444"))
PAGES = [GOVERNOR, REGION, CENTRE, SCHOOL, TAKEN, PARTLY, MUSEUM, HOSTED, FORM, *COURTS]
VERIFIER = Verifier(PAGES)


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("https://m.vk.com/Primerov_Petr?from=search", "gov"),
        ("@petrprimerov_region", "gov"),
        ("tg://resolve?domain=petrprimerov_region", "gov"),
        ("vk.com/public200300400", "centre"),
        ("https://vk.com/wall-200300400_15", "centre"),
        ("primerovobl.ru", "region"),
        ("http://www.primerovobl.ru/news/15?id=3", "region"),
        ("ok.ru/PrimerovoRegion", "region"),
        ("https://muzei.example.ru/m1680/", "museum"),
        ("https://pos.gosuslugi.ru/form/?opaId=203444&utm_source=vk", "form"),
        ("vk.com/primer_muzey", "partly"),
    ],
)
def test_official(text: str, page: str) -> None:
    judged = VERIFIER.verify(text)
    assert (judged.verdict, judged.page, judged.of) == (Verdict.OFFICIAL, page, None), judged


def test_official_tells_whose_on_what_evidence_and_when() -> None:
    why = VERIFIER.verify("vk.com/primerov_petr").why
    assert "Губернатор Примеровской области" in why
    assert "«Госорганизация»" in why
    assert "02.03.2026" in why
    assert "primerovobl[.]ru" in why
    assert find_links(why) == []
    assert "Дата проверки неизвестна" in VERIFIER.verify("primerovobl.ru").why


def test_evidence_of_a_link_is_told() -> None:
    link = read("vk.com/primer_sad")
    seen = PageLink("vk", link, on_site=date(2026, 1, 5), confirmed=date(2026, 2, 6))
    page = Page("sad", "Сад", links=(seen,), official_mark=False, status=Status.CLOSED)
    why = Verifier([page]).verify("vk.com/primer_sad").why
    assert "05.01.2026" in why
    assert "06.02.2026" in why
    assert "отметки «Госорганизация» нет" in why
    assert "закрыта" in why


@pytest.mark.parametrize(
    ("text", "page", "reason"),
    [
        ("vk.com/primer_dk_taken", "taken", "страницу взломали"),
        ("https://t.me/primer_muzey_old/5", "partly", "канал продан"),
    ],
)
def test_hidden(text: str, page: str, reason: str) -> None:
    judged = VERIFIER.verify(text)
    assert (judged.verdict, judged.page) == (Verdict.HIDDEN, page)
    assert reason in judged.why


def test_a_link_withdrawn_for_itself_is_withdrawn_on_every_page() -> None:
    again = Page("again", "Другая запись", links=on("t.me/primer_muzey_old"))
    judged = Verifier([PARTLY, again]).verify("t.me/primer_muzey_old")
    assert judged.verdict is Verdict.HIDDEN


def test_a_hidden_page_does_not_withdraw_what_another_page_shows() -> None:
    twin = Page("twin", "Дом культуры, запись вторая", links=TAKEN.links)
    judged = Verifier([TAKEN, twin]).verify("vk.com/primer_dk_taken")
    assert (judged.verdict, judged.page) == (Verdict.OFFICIAL, "twin")


@pytest.mark.parametrize(
    ("text", "of", "told"),
    [
        ("vk.com/prirnerov_petr", "vk:primerov_petr", "вместо «m» стоит «rn»"),
        ("vk.com/primer0v_petr", "vk:primerov_petr", "вместо «o» стоит «0»"),
        ("https://vk.com/primerоv_petr", "vk:primerov_petr", "вместо «o» стоит русская «о»"),
        ("vk.com/primerov_petr_official", "vk:primerov_petr", "лишнее «_official»"),
        ("vk.com/petr_primerov", "vk:primerov_petr", "части имени переставлены"),
        ("vk.com/petrprimerov", "vk:primerov_petr", ""),
        ("vk.com/primerov_pert", "vk:primerov_petr", "переставлены"),
        ("t.me/primerov_petr", "vk:primerov_petr", "сеть другая"),
        ("vk.com/primerovo_region45", "vk:primerovo_region", "лишнее «45»"),
        ("vk.com/c1ub200300400", "vk:club200300400", "вместо «l» стоит «1»"),
        ("t.me/club200300400_bot", "vk:club200300400", "сеть другая"),
        ("https://vk.com.evil.example/primerov_petr", "vk:primerov_petr", "vk[.]com"),
        ("https://vk-com.ru/primerov_petr", "vk:primerov_petr", "vk[.]com"),
        ("https://vk.com@evil.example/primerov_petr", "vk:primerov_petr", "evil[.]example"),
        ("https://vк.com/primerov_petr", "vk:primerov_petr", "буква «к» русская"),
        ("https://vkontakle.ru/club200300400", "vk:club200300400", "vkontakte[.]ru"),
        ("https://primerovobl.ru.evil.example/", "site:primerovobl.ru", "evil[.]example"),
        ("https://primerov0bl.ru", "site:primerovobl.ru", "вместо «o» стоит «0»"),
        ("https://primerovobl.com/news", "site:primerovobl.ru", "вместо «ru» стоит «com»"),
        ("https://primerovobl-official.ru", "site:primerovobl.ru", "лишнее «-official»"),
        ("http://1.prm.rnsudrf.ru", "site:1.prm.msudrf.ru", "msudrf[.]ru"),
        ("http://1.prm.msudrff.ru", "site:1.prm.msudrf.ru", "msudrf[.]ru"),
        ("http://1-prm-msudrf.ru", "site:1.prm.msudrf.ru", ""),
        ("https://primerovobl.ru.com/", "site:primerovobl.ru", "лишнее"),
        ("https://muzey-primerovo.narod.ru", "site:muzei-primerovo.narod.ru", "стоит «y»"),
        ("https://xn--primervobl-jvi.ru/", "site:primerovobl.ru", "русская «о»"),
        ("https://gosuslugi-vyplaty.example/", None, "gosuslugi[.]ru"),
        ("https://gosusIugi.ru/", None, "gosuslugi[.]ru"),
        ("https://gosuslugi.ru.login.example/", None, "gosuslugi[.]ru"),
        ("@primerоv_petr", "vk:primerov_petr", "русская «о»"),
        ("@primerov_petr_bot", "vk:primerov_petr", "лишнее «_bot»"),
    ],
)
def test_lookalike(text: str, of: str | None, told: str) -> None:
    judged = VERIFIER.verify(text)
    assert (judged.verdict, judged.of) == (Verdict.LOOKALIKE, of), judged
    assert told.casefold() in judged.why.casefold()


@pytest.mark.parametrize(
    "text",
    [
        "vk.com/school64",  # the next school
        "t.me/school63",  # any town has one
        "http://sch64.primerovo.ru",
        "http://5.prm.msudrf.ru",  # the next court
        "vk.com/club200300401",  # the next number
        "vk.com/primerovo_sport",
        "ok.ru/group/50000000000000",
        "https://muzei.example.ru/M1681",  # a neighbour on a shared site
        "https://drugoy-r45.gosweb.gosuslugi.ru/",
        "https://drugoe.primerovo.ru",
        "t.me/+abcdefgh",
        "vk.cc/abcdef",
        "http://127.0.0.1/",
        "@sovsem_drugoy",
    ],
)
def test_unknown(text: str) -> None:
    judged = VERIFIER.verify(text)
    assert judged.verdict is Verdict.UNKNOWN, judged
    assert (judged.page, judged.of) == (None, None)
    assert judged.why


@pytest.mark.parametrize("text", ["", "привет", "школа № 5", "a@primerovobl.ru", "@", "@ ю", "5"])
def test_not_a_link(text: str) -> None:
    judged = VERIFIER.verify(text)
    assert judged.verdict is Verdict.NOT_A_LINK, judged
    assert judged.why


def test_of_three_hundred_doubles_nearly_all_are_seen() -> None:
    rng = random.Random(300)
    accounts = [
        read(x)
        for x in (
            "vk.com/primerov_petr", "vk.com/primerovo_region", "t.me/minzdrav_primer",
            "vk.com/minobr_primerovo", "ok.ru/primerovoregion", "t.me/petrprimerov",
            "max.ru/primerovo_glava", "vk.com/club200300400", "vk.com/crb_dalnee",
            "vk.com/bolnica_primer", "vk.com/ivanov_glava", "t.me/kultura_primer45",
            "primerovobl.ru", "minzdrav-primer.ru", "muzeyprimer45.ru", "www.administraciya.ru",
            "vk.com/primer.molodezh", "max.ru/sport_primerovo", "ok.ru/bibliotekaprimer",
        )
    ]  # fmt: skip
    verifier = Verifier(
        Page(f"p{n}", f"Страница {n}", links=on(url(link))) for n, link in enumerate(accounts)
    )
    made: dict[str, LinkVerdict] = {}
    while len(made) < 300:
        text = double(rng.choice(accounts), rng)
        if text:
            made[text] = verifier.verify(text)
    assert not [text for text, x in made.items() if x.verdict is Verdict.OFFICIAL]
    told = {Ground.IMITATES, Ground.SAME_NAME}
    seen = [text for text, x in made.items() if x.ground in told]
    assert len(seen) >= 0.95 * len(made), sorted(set(made) - set(seen))
    real = {link.account for link in accounts}
    for text, judged in made.items():
        shown = {x.partition("/")[2] or x for x in find_links(judged.why)}
        assert shown <= real | {x.removeprefix("www.") for x in real}, (text, judged.why)


def test_numbered_bodies_are_no_doubles_of_one_another() -> None:
    """Whole families of real names that differ by a number, each unknown without the others."""
    families = {
        f"{name}{number}"
        for name in ("school", "ds_primer", "gkb", "dou-", "mkou_sosh_")
        for number in (1, 2, 5, 11, 15, 45, 63, 64, 105)
    }
    links = [read(f"vk.com/{name.replace('-', '_')}") for name in sorted(families)]
    links += [read(f"https://{name.replace('_', '-')}.primer.ru") for name in sorted(families)]
    pages = [Page(f"p{n}", "Школа", links=on(url(link))) for n, link in enumerate(links)]
    verifier = Verifier(pages)
    for page in pages:
        verifier.update([], [page.id])
        assert verifier.verify(url(page.links[0].link)).verdict is Verdict.UNKNOWN, page.links
        verifier.update([page])


def test_keeps_up_with_changes() -> None:
    verifier = Verifier(PAGES)
    hidden = Page(GOVERNOR.id, GOVERNOR.title, links=GOVERNOR.links, status=Status.HIDDEN)
    verifier.update([hidden])
    assert verifier.verify("vk.com/primerov_petr").verdict is Verdict.HIDDEN
    moved = Page(GOVERNOR.id, GOVERNOR.title, links=on("vk.com/primerov_novyy"))
    verifier.update([moved], ["region"])
    assert verifier.verify("vk.com/primerov_petr").verdict is Verdict.UNKNOWN
    assert verifier.verify("vk.com/primerov_novyy").verdict is Verdict.OFFICIAL
    assert verifier.verify("vk.com/primer0vo_region").verdict is Verdict.UNKNOWN
    assert verifier.verify("https://primerov0bl.ru").verdict is Verdict.UNKNOWN
    verifier.update(PAGES, ["nobody"])
    for text in ("vk.com/primer0v_petr", "vk.com/primer0vo_region", "https://primerov0bl.ru"):
        assert verifier.verify(text).verdict is Verdict.LOOKALIKE
    assert verifier.verify("vk.com/primerov_novyy").verdict is not Verdict.OFFICIAL


def test_knows_its_sites() -> None:
    assert VERIFIER.has_site(read("http://www.primerovobl.ru/otdel"))
    assert not VERIFIER.has_site(read("https://primerovo.example/"))
    assert not VERIFIER.has_site(read("vk.com/primerov_petr"))


def test_names_are_found_by_edits_as_comparing_with_each_would() -> None:
    rng = random.Random(8)
    words = ["".join(rng.choices("abcdeostu", k=rng.randint(5, 15))) for _ in range(3000)]
    names = SimilarNames(one_edit=7, two_edits=12)
    for word in words:
        names.add(word, word)
    for word in words[::50]:
        place = rng.randrange(1, len(word))
        for given in (word[:place] + word[place + 1 :], word[:place] + "z" + word[place:]):
            if len(given) >= 7 and len(word) >= 7 and given != word:
                assert word in [*names.near(given.replace("5", "s")), *names.same(given)]
    for word in words[:2000]:
        names.remove(word, word)
    assert all(not list(names.same(word)) for word in set(words[:2000]) - set(words[2000:]))
    with pytest.raises(KeyError):
        names.remove("nobody", "nobody")


@pytest.mark.parametrize(
    ("given", "real", "told"),
    [
        ("primer", "primer", ""),
        ("prlmer", "primer", "вместо «i» стоит «l»"),
        ("prmer", "primer", "не хватает «i»"),
        ("primerr", "primer", "лишнее «r»"),
        ("pirmer", "primer", "буквы «r» и «i» переставлены"),
        ("рrimer", "primer", "вместо «p» стоит русская «р»"),
        ("prιmer", "primer", "вместо «i» стоит греческая «ι» (U+03B9)"),
        ("pr\u200bimer", "primer", "лишнее «·»"),
    ],
)
def test_difference_letter_by_letter(given: str, real: str, told: str) -> None:
    assert difference(given, real) == told
