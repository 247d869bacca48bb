"""Doubles of accounts and sites: which are seen, and that real accounts are not taken for them."""

import csv
import io
import random
from collections import Counter
from pathlib import Path

import pytest

from directory.links import Ground, Verdict, parse, slot_of, url
from directory.links.hosts import ascii_host
from directory.links.keys import identity
from directory.links.letters import skeleton
from directory.links.sound import sound
from directory.links.verifier import Verifier
from directory.model import SLOTS, Link, Page, PageLink
from tests.hostile_links import HONEST, NATIONAL, PAGE, hostile_forms

SITES = {HONEST["site"], "primerovobl.ru", NATIONAL}
SEED = Path(__file__).parents[2] / "seed" / "pages.csv"


def on(*texts: str) -> tuple[PageLink, ...]:
    links = [parse(text, slot="feedback") for text in texts]
    assert all(isinstance(link, Link) for link in links)
    return tuple(PageLink(slot_of(x), x) for x in links if isinstance(x, Link))


def pages(*texts: str) -> list[Page]:
    return [Page(f"p{n}", f"Страница {n}", links=on(text)) for n, text in enumerate(texts)]


VERIFIER = Verifier(
    pages(
        "vk.com/slavaprimerovu", "vk.com/petrov_primer", "vk.com/primerovo45",
        "vk.com/primer_region",
        "sz.prim45.ru", "kpt-primer.ru", "primerovo45.ru", "http://28-примерово.все-сады.рф",
        "https://primerovo.ru", "http://1.prm.sudprim.ru", "http://2.prm.sudprim.ru",
        "vk.com/odoo_primer",
        "http://3.prm.sudprim.ru", "https://primer.ru/m1", "zdrav-dolina.ru",
        "max.ru/id4500000001_gos",
    )
)  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "vk.com/slawaprimerowu", "vk.com/slavaprimerowy", "vk.com/sllavaprimerovu",  # by sound
        "vk.com/thepetrov_primer", "vk.com/petrov_primer_ru", "vk.com/petrov_primerrf",
        "vk.com/rupetrov_primer",
        "vk.com/the_petrov_primer", "vk.com/petrov_primer_com", "vk.com/mypetrov_primer_official",
        "vk.com/petr0v_pr1mer", "vk.com/p3trov_primer", "vk.com/primer_petrov45",
        "vk.com/official_primer_petrov",
        "vk.com/petrovv_primer",
        "vk.com/petorv_primer",
        "vk.com/primerovo451", "vk.com/primerovo45_1", "vk.com/primerovo4526", "vk.com/pr1merovo45",
        "vk.com/portal_petrov_primer", "vk.com/petrov_primerlogin", "vk.com/oclo0_primer",
        "vk.com/0doo_primer",
        "max.ru/id4500000001_gos1", "max.ru/official_id4500000001_gos",
    ],
)  # fmt: skip
def test_doubles_of_nicks(text: str) -> None:
    assert VERIFIER.verify(text).verdict is Verdict.LOOKALIKE


@pytest.mark.parametrize(
    ("text", "real"),
    [
        ("https://28-примерово.все-сады.рф.evil.com/", "все-сады.рф"),
        ("https://login.28-примерово.все-сады.рф.top", "все-сады.рф"),
        (f"https://{ascii_host('28-примерово.все-сады.рф')}.evil.com", "все-сады.рф"),
        ("https://28-примерово-все-сады-рф.ru/", "все-сады.рф"),
        ("https://14-дальнее.все-сады.рф.evil.com", "все-сады.рф"),
        ("https://28-примерово.все-сады.com", "все-сады.рф"),
        ("https://28-примерово.все-сады-вход.рф", "все-сады.рф"),
        ("https://vse-sady.ru", "все-сады.рф"),
        ("https://sz.prim45-official.ru/", "sz.prim45.ru"),
        ("https://prim45-official.ru/", "prim45.ru"),
        ("https://login-kpt-primer.ru", "kpt-primer.ru"),
        ("https://kpt-primer-lk.online", "kpt-primer.ru"),
        ("https://kptprimerlogin.ru", "kpt-primer.ru"),
        ("https://primerovo451.ru", "primerovo45.ru"),
        ("https://primerovo45-1.ru", "primerovo45.ru"),
        ("https://primerovo4524.ru", "primerovo45.ru"),
        ("https://primer0vo45.ru", "primerovo45.ru"),
        ("https://vprimerovo45.online", "primerovo45.ru"),
        ("https://zdravdolinna.ru", "zdrav-dolina.ru"),
        ("https://zdrav-dolyna.ru", "zdrav-dolina.ru"),
        ("https://zclrav-dolina.ru", "zdrav-dolina.ru"),
        ("https://1.prm.sudprim45.ru", "sudprim.ru"),
        ("https://sudprim.online", "sudprim.ru"),
        ("https://primer.ru.evil.com/m1", "primer.ru"),
    ],
)
def test_doubles_of_sites(text: str, real: str) -> None:
    judged = VERIFIER.verify(text)
    assert judged.verdict is Verdict.LOOKALIKE, judged
    assert real in judged.why.replace("[.]", "."), judged.why


@pytest.mark.parametrize(
    "text",
    [
        "vk.com/petrov_sport", "vk.com/primerovo46", "vk.com/primerovo_sport", "vk.com/slavagorodu",
        "https://sad-primerovo.ru", "https://primerovo-sport.ru", "https://kpt-dalnee.ru",
        "https://4.prm.sudprim.ru", "max.ru/id4500000002_gos", "max.ru/id4500000001_biz",
        "https://28-дальнее.все-сады.рф", "https://5-sady.ru", "https://dolina.ru",
        "vk.com/petrova",
    ],
)  # fmt: skip
def test_other_bodies_are_no_doubles(text: str) -> None:
    judged = VERIFIER.verify(text)
    assert (judged.verdict, judged.page) == (Verdict.UNKNOWN, None), judged


@pytest.mark.parametrize(
    ("names", "other"),
    [
        (
            ("mid_russia", "msu_official", "maiuniversity", "minzdrav_ru"),
            ("mod_russia", "mslu_official", "mpeiuniversity", "minzdravrb"),
        ),
        (("kgu_official", "tele_russia"), ("kbgu_official", "tula_russia")),
    ],
)  # fmt: skip
def test_abbreviations_beside_a_common_word_are_bodies_of_their_own(
    names: tuple[str, ...], other: tuple[str, ...]
) -> None:
    verifier = Verifier(pages(*(f"t.me/{name}" for name in names)))
    for name in other:
        assert verifier.verify(f"t.me/{name}").verdict is Verdict.UNKNOWN, name


def test_of_made_doubles_nearly_all_are_seen() -> None:
    verifier = Verifier([PAGE])
    for pretends, least in (("network", 0.98), ("site", 0.95)):
        made = [
            form
            for form in hostile_forms()
            if form.kind == "double" and (form.pretends in SITES) == (pretends == "site")
        ]
        told = [verifier.verify(form.text).ground for form in made]
        missed = [form.text for form, x in zip(made, told, strict=True) if x is Ground.NOT_LISTED]
        assert len(made) >= 60
        assert len(missed) <= (1 - least) * len(made), missed


def test_no_page_of_the_seed_is_called_a_double_of_the_others() -> None:
    """Each account is judged by a directory that has all the others, the page's own included."""
    found = list(_seed())
    verifier = Verifier(found)
    counted: Counter[Ground] = Counter()
    for page in found:
        for link in page.links:
            rest = tuple(x for x in page.links if identity(x.link) != identity(link.link))
            verifier.update([Page(page.id, page.title, links=rest)])
            judged = verifier.verify(url(link.link))
            assert judged.verdict is not Verdict.LOOKALIKE, (url(link.link), judged.why)
            counted[judged.ground] += 1
            verifier.update([page])
    assert counted.total() >= 100


def _seed() -> list[Page]:
    with SEED.open(encoding="utf-8-sig", newline="") as file:
        text = file.read()
    delimiter = ";" if ";" in text.partition("\n")[0] else ","
    rows = csv.DictReader(io.StringIO(text), delimiter=delimiter)
    found = []
    for n, row in enumerate(rows):
        links = [
            PageLink(slot, link)
            for slot in SLOTS
            for link in [parse(row.get(slot) or "", slot=slot)]
            if isinstance(link, Link)
        ]
        found.append(Page(f"p{n}", row.get("title") or "", links=tuple(links)))
    return found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("silawprawdewshumkow", "silavpravdevshumkov"), ("khabarovsk", "habarovsk"),
        ("yuzhnyy", "iuzhniy"),
        ("tsentr", "centr"), ("schuchye", "shchuche"), ("все-сады", "vse_sady"),
        ("k3tovo", "ketovo"),
        ("yolka", "elka"), ("chyorny", "cherniy"), ("qurgan", "kurgan"), ("aleksandr", "alexandr"),
    ],
)  # fmt: skip
def test_one_sound_however_it_is_spelt(one: str, other: str) -> None:
    assert sound(one) == sound(other)


@pytest.mark.parametrize(
    ("one", "other"), [("sad5", "sad6"), ("kurgan", "kurgin"), ("sad_1_10", "sad_11_0")]
)
def test_other_sounds(one: str, other: str) -> None:
    assert sound(one) != sound(other)


def test_what_is_drawn_alike_has_one_skeleton() -> None:
    assert skeleton("prirner_0ne") == skeleton("primeroné")
    assert skeleton("shumkov_vadim") != skeleton("shumkowadim")


def test_doubles_keep_up_with_changes() -> None:
    verifier = Verifier(pages("https://zdrav-dolina.ru", "vk.com/slavaprimerovu"))
    rng = random.Random(1)
    doubles = ["https://zdravdolina-lk.ru", "https://zdrav-dolyna.ru", "vk.com/slawaprimerowu"]
    for _ in range(6):
        page = pages("https://zdrav-dolina.ru", "vk.com/slavaprimerovu")[rng.randrange(2)]
        verifier.update([], [page.id])
        mine = [x for x in doubles if ("vk" in x) == (page.id == "p1")]
        assert {verifier.verify(x).verdict for x in mine} == {Verdict.UNKNOWN}
        verifier.update([page])
        assert {verifier.verify(x).verdict for x in doubles} == {Verdict.LOOKALIKE}
