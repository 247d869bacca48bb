"""What opens by an address, when that is not what the address names."""

import pytest

from directory.links import Ground, Refusal, Verdict, parse, slot_of, url
from directory.links.parse import Address, read
from directory.links.query import is_address, leads_away
from directory.links.verifier import Verifier
from directory.model import Link, Page, PageLink, Status
from tests.hostile_links import PAGE


def on(*texts: str, hidden: str = "") -> tuple[PageLink, ...]:
    links = [parse(text, slot="feedback") for text in texts]
    return tuple(PageLink(slot_of(x), x, hidden) for x in links if isinstance(x, Link))


VERIFIER = Verifier([PAGE, Page("both", "Музей", links=on("vk.com/primer_muzey", "vk.com/club77"))])


@pytest.mark.parametrize("up", ["..", "%2e%2e", ".%2E", "..;", "..;x", "．．", "․․", "\u2025", "."])
@pytest.mark.parametrize(
    "head",
    [
        "vk.com/primerovo_region", "m.vk.com/club200300400", "vk.com/wall-200300400_1",
        "vk.com/@primerovo_region", "ok.ru/primerovoregion", "t.me/s/primerovskayaobl",
        "max.ru/primerovo_region", "primerovobl.ru/news",
    ],
)  # fmt: skip
def test_a_segment_of_dots_is_refused_everywhere(head: str, up: str) -> None:
    for end in (f"/{up}/evil_page", f"/{up}", f"/12/{up}/x", f"/{up}?from=feed"):
        if (up, end) == (".", "/."):  # the end of a sentence
            continue
        refusal = parse(f"https://{head}{end}")
        assert isinstance(refusal, Refusal), (head, end)
        judged = VERIFIER.verify(f"https://{head}{end}")
        assert judged.verdict is Verdict.UNKNOWN
        assert judged.ground is Ground.OPENS_OTHER
        assert judged.page == PAGE.id


@pytest.mark.parametrize(
    "end",
    [
        "/%2fevil",
        "/%5cevil",
        "/a%00b",
        "/%252e%252e/evil",
        "/%c0%ae%c0%ae/evil",
        "/%",
        "/%zz",
        "/%7f",
    ],
)
def test_escapes_that_servers_read_differently_are_refused(end: str) -> None:
    for head in ("https://vk.com/primerovo_region", "https://t.me/x_primer", "https://primer.ru"):
        assert isinstance(parse(head + end), Refusal)


@pytest.mark.parametrize(
    "text",
    [
        "vk.com/primerovo_region?w=wall-666_1",
        "vk.com/primerovo_region?z=photo-666_1%2Falbum-666_0",
        "vk.com/primerovo_region?w=wall666_1",
        "vk.com/primer_muzey?w=wall-666_1",
    ],
)
def test_a_window_of_an_unknown_owner_is_not_vouched_for(text: str) -> None:
    judged = VERIFIER.verify(text)
    assert (judged.verdict, judged.ground) == (Verdict.UNKNOWN, Ground.OPENS_OTHER)
    assert judged.page in {PAGE.id, "both"}
    assert judged.of is not None
    assert "666" in judged.why


def test_a_window_of_the_page_itself_is_official() -> None:
    for text in (
        "vk.com/primer_muzey?w=wall-77_1",
        "vk.com/primer_muzey?z=photo-77_1%2Fwall-77_3",
        "vk.com/feed?w=wall-77_1",
        "vk.com/club77?w=wall-77_1&z=photo-77_2",
    ):
        assert VERIFIER.verify(text).verdict is Verdict.OFFICIAL, text


def test_an_account_is_read_from_an_address_with_a_window() -> None:
    """Administrators copy addresses with an open post: the page is what they mean."""
    address = read("https://vk.com/primerovo?w=wall-7_12")
    assert isinstance(address, Address)
    assert url(address.link) == "https://vk.com/primerovo"
    assert address.over == Link("vk", "club", "club7")
    assert isinstance(parse("https://vk.com/club5?w=wall-7_12"), Refusal)


@pytest.mark.parametrize(
    "query",
    [
        "w=wall-200300400_1&w=wall-200300400_2", "w=wall-200300400_1&W=wall-666_1", "w=evil", "w=",
        "z=photo-200300400_1%2Falbum-666_0", "w=wall-200300400_1&z=photo-666_1",
        "w=wall-666_1&z=photo-200300400_1", "w=x&z=photo-200300400_1", "act=edit",
        "reply=5",
        "from=feed&from=x", "from=https://evil.example", "%77=wall-200300400_1", "list=-666_1",
        "from=a;w=wall-666_1", "thread=1",
    ],
)  # fmt: skip
def test_keys_that_may_open_another_thing_are_not_vouched_for(query: str) -> None:
    assert VERIFIER.verify("https://vk.com/club200300400").verdict is Verdict.OFFICIAL
    judged = VERIFIER.verify(f"https://vk.com/club200300400?{query}")
    assert judged.verdict is Verdict.UNKNOWN, judged


@pytest.mark.parametrize(
    "text",
    [
        "https://vk.com/club200300400/x",
        "https://vk.com//primerovo_region",
        "https://vk.com/primerovo_region/albums",
        "https://t.me/primerovskayaobl/a/b",
        "https://t.me/primerovskayaobl/12/a",
        "https://max.ru/primerovo_region/a/b",
        "https://ok.ru/primerovoregion/a.b",
    ],
)
def test_what_stands_after_the_account_is_known_or_not_vouched_for(text: str) -> None:
    judged = VERIFIER.verify(text)
    assert (judged.ground, judged.page) == (Ground.OPENS_OTHER, PAGE.id)
    assert "стоит лишнее" in judged.why
    address = read(text)
    assert isinstance(address, Address)
    assert address.doubt


@pytest.mark.parametrize(
    "text",
    [
        "tg://resolve?domain=primerovskayaobl&domain=evil_page",
        "tg://resolve?domain=evil_page&domain=primerovskayaobl",
        "tg://resolve?domain=primerovskayaobl&phone=79000000000",
        "tg://resolve?domain=primerovskayaobl&attach=evil_bot",
        "tg://resolve?domain=primerovskayaobl&Domain=evil_page",
        "tg://resolve?domain=primerovskayaobl#evil_page",
    ],
)
def test_links_of_the_telegram_app_with_anything_else_are_refused(text: str) -> None:
    assert isinstance(parse(text), Refusal)
    assert VERIFIER.verify(text).verdict is not Verdict.OFFICIAL


@pytest.mark.parametrize(
    "end",
    ["?comment=5", "?attach=evil_bot", "?text=x", "#evil_page#", "#/evil", "?start=a.evil.ru"],
)
def test_telegram_keys_that_open_another_thing(end: str) -> None:
    judged = VERIFIER.verify(f"https://t.me/primerovskayaobl{end}")
    assert judged.ground is Ground.OPENS_OTHER


@pytest.mark.parametrize(
    "value",
    ["evil.ru", "evil.example", "зло.рф", "1.2.3.4", "127.1", "0x7f000001", "localhost", "EVIL.RU"],
)
def test_a_value_that_looks_like_an_address_is_refused(value: str) -> None:
    assert is_address(value)
    for key in ("to", "id", "x"):
        assert isinstance(parse(f"https://primer.ru/go?{key}={value}"), Refusal)
    assert isinstance(parse(f"https://primer.ru/go?{value}"), Refusal)
    if "." in value:
        assert isinstance(parse(f"https://primer.ru/#{value}"), Refusal)


@pytest.mark.parametrize(
    "value",
    [
        "5", "index.php", "otchet.pdf", "1.docx", "26.11.2026", "11.2026", "2026.11.26", "news",
        "a-b", "5.6-a", "a.ru_2",
    ],
)  # fmt: skip
def test_names_of_files_and_dates_are_no_addresses(value: str) -> None:
    assert not is_address(value)
    assert isinstance(parse(f"https://primer.ru/go?x={value}"), Link)


def test_a_key_of_a_site_that_is_repeated_is_refused() -> None:
    for query in ("id=1&id=2", "id=1&ID=1", "id&id"):
        assert isinstance(parse(f"https://primer.ru/?{query}"), Refusal)
    assert isinstance(parse("https://primer.ru/?utm_source=a&utm_source=b&id=1"), Link)


def test_searching_a_site_is_a_page_of_it_in_one_way_of_writing() -> None:
    wanted = "https://primer.ru/?q=%D1%88%D0%BA"
    for query in ("q=шк", "q=%d1%88%D0%BA", "q=%D1%88%d0%ba&utm_source=x"):
        link = parse(f"https://primer.ru/?{query}")
        assert isinstance(link, Link)
        assert url(link) == wanted
    for query in (
        "q=зло.рф",
        "q=%D0%B7%D0%BB%D0%BE.%D1%80%D1%84",
        "q=evil。ru",
        "q=%2F",
        "q=%0A",
        "q=%41",
    ):
        assert isinstance(parse(f"https://primer.ru/?{query}"), Refusal), query


def test_keys_that_send_readers_on_take_a_short_number_only() -> None:
    for value in ("aHR0cHM6", "evil", "2130706433", "x"):
        assert isinstance(parse(f"https://primer.ru/?redirect={value}"), Refusal)
        assert isinstance(parse(f"https://primer.ru/?id={value}"), Link)
    assert isinstance(parse("https://primer.ru/?next=2"), Link)


def test_an_address_within_a_path_is_vouched_for_only_when_it_is_listed() -> None:
    listed = Page("listed", "Сад", links=on("https://primer.ru/sad5.narod.ru"))
    verifier = Verifier([Page("site", "Управление", links=on("https://primer.ru")), listed])
    assert verifier.verify("https://primer.ru/sad5.narod.ru").page == "listed"
    assert verifier.verify("https://primer.ru/go/news").verdict is Verdict.OFFICIAL
    for path in ("go/evil.ru", "go/1.2.3.4", "go/https:/evil"):
        judged = verifier.verify(f"https://primer.ru/{path}")
        assert (judged.ground, judged.page) == (Ground.OPENS_OTHER, "site"), path
    assert not leads_away("docs/v1.2/a.ivanov/report.pdf")


def test_what_was_withdrawn_stays_withdrawn_however_it_is_written() -> None:
    page = Page("taken", "ДК", links=on("vk.com/dk_primer"), status=Status.HIDDEN, hidden="взлом")
    verifier = Verifier([page])
    for text in (
        "vk.com/dk_primer?w=wall-6_1",
        "https://vk.com/dk_primer/../x",
        "vk.com/dk_primer?x=y",
    ):
        assert verifier.verify(text).verdict is Verdict.HIDDEN, text
