"""Whatever bytes arrive, reading ends: in an article or in one of three refusals, and soon."""

from __future__ import annotations

import random
import signal
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.model import Capture, Reading
from crawler.extract import extract
from crawler.site import Site
from tests.fidelity import REFUSALS, Gold, gold_pages
from tests.mutations import HEAVY, LIGHT, Mutation

HANG_SECONDS: Final = 20
"""A guard against hanging on a busy machine; what pages really take is the benchmark's to say."""
URL: Final = "https://huyenuy.example.vn/tin-tuc/bai-viet-77.html"
CAPTURED_AT: Final = "2024-07-14T02:00:00Z"
BLIND: Final = sorted((Path(__file__).parent / "blind").glob("*/*.html"))
# One page each of layout tables, Word's remains, modern markup and another charset.
SAMPLE: Final = [
    gold
    for gold in gold_pages()
    if gold.name
    in {
        "laichau_tuyengiao/seed-stock-word", "camau_tranvanthoi/lua-ca-word", "binhphuoc_budang/binh-luan-dai",
        "binhthuan_tuyphong/utf16", "dongthap_btg/li-va-h3",
    }
]  # fmt: skip


class Hung(Exception):
    """Reading took longer than any page may."""


@contextmanager
def soon(seconds: int = HANG_SECONDS) -> Iterator[None]:
    """Raise Hung inside the block when it takes longer."""

    def ring(number: int, frame: FrameType | None) -> None:
        raise Hung(f"not done after {seconds} s")

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def outcome(
    page: bytes, *, gold: Gold | None = None, site: Site | None = None, content_type: str = "text/html"
) -> Reading | None:
    """Read a page; None when it is refused. Anything else than the three refusals is raised."""
    capture = Capture(
        url=gold.record["url"] if gold else URL,
        captured_at=gold.record["captured_at"] if gold else CAPTURED_AT,
        status=200,
        headers=(("Content-Type", content_type),),
        body=page,
    )
    with soon():
        try:
            reading = extract(capture, site)
        except REFUSALS:
            return None
    article = reading.article
    # What an archive takes: text that UTF-8 can hold, in clean lines.
    for text in (
        article.headline,
        article.body,
        article.byline or "",
        article.source or "",
        article.description or "",
    ):
        text.encode()
        assert unicodedata.is_normalized("NFC", text)
        assert "\u00a0" not in text
    assert article.headline
    assert "\n" not in article.headline
    assert article.body or article.images
    return reading


@pytest.mark.parametrize(("first", "mutation"), list(enumerate(LIGHT.values())), ids=LIGHT)
def test_damaged_pages(first: int, mutation: Mutation) -> None:
    """Every fourth gold page, another quarter for each mutation; half of them through their sites' declarations."""
    for number, gold in enumerate(gold_pages()[first % 4 :: 4]):
        page = mutation(gold.page, random.Random(gold.name))
        outcome(page, gold=gold, site=gold.site if number % 2 else None)


@pytest.mark.parametrize(("first", "mutation"), list(enumerate(LIGHT.values())), ids=LIGHT)
def test_damaged_pages_of_other_sites(first: int, mutation: Mutation) -> None:
    """Every eighth of the pages that were read blind, another eighth for each mutation."""
    for path in BLIND[first % 8 :: 8]:
        outcome(mutation(path.read_bytes(), random.Random(path.name)))


@pytest.mark.parametrize("mutation", HEAVY.values(), ids=HEAVY)
def test_monstrous_pages(mutation: Mutation) -> None:
    gold = next(gold for gold in SAMPLE if gold.name == "laichau_tuyengiao/seed-stock-word")
    outcome(mutation(gold.page, random.Random(0)), gold=gold)


@pytest.mark.parametrize("gold", SAMPLE, ids=lambda gold: gold.name)
def test_pages_cut_anywhere(gold: Gold) -> None:
    step = max(1, len(gold.page) // 40)
    for end in range(0, len(gold.page), step):
        outcome(gold.page[:end], gold=gold)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_pages_with_pieces_removed_doubled_and_swapped(data: st.DataObject) -> None:
    page = data.draw(st.sampled_from(SAMPLE)).page
    for _ in range(data.draw(st.integers(1, 6))):
        start = data.draw(st.integers(0, len(page)))
        end = data.draw(st.integers(start, min(len(page), start + 3000)))
        piece = page[start:end]
        page = data.draw(
            st.sampled_from(
                (
                    page[:start] + page[end:],
                    page[:end] + piece + page[end:],
                    piece + page[:start] + page[end:],
                )
            )
        )
    outcome(page)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes(payload: bytes) -> None:
    outcome(payload)
    outcome(b"<html><body><h1>" + payload + b"</h1><p>" + payload * 3 + b"</p>")


TAGS: Final = "p div br b i a span table tr td li ul h1 h2 h3 img font center figure figcaption form script style select article nav o:p".split()
tags = st.builds(
    lambda name, slash, attribute: f"<{slash}{name}{attribute}>",
    st.sampled_from(TAGS),
    st.sampled_from(("", "", "/")),
    st.sampled_from(
        (
            "",
            "",
            " class=title",
            " style='display:none'",
            " href='/a.pdf'",
            " href='http://['",
            " src='//['",
            " rowspan=9999999",
            " width=1",
        )
    ),
)
lines = st.sampled_from(
    [
        "Hội nghị tổng kết công tác tuyên giáo năm 2020", "Thứ Hai, 12/07/2021 | 08:30", "Tác giả: Nguyễn Văn An", "(Nguồn: TTXVN)",
        "Các tin khác", "Bình luận (0)", "Ảnh: Lan Anh", "Lượt xem: 12", "Chiều 15/01, Ban Tuyên giáo Tỉnh ủy tổ chức Hội nghị tổng kết công tác tuyên giáo. " * 3,
        "Trang chủ > Tin tức", "- ", "1.", "|", "&nbsp;", "&#55357;", "&#0;", "\u0301\u0323", "\u202e", "Từ khóa: a, b",
    ]
)  # fmt: skip


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(tags, lines, st.text(max_size=30)), max_size=60))
def test_any_markup(pieces: list[str]) -> None:
    outcome("".join(pieces).encode("utf-8", "surrogatepass"))


# -------------------------------------------------------------------------------------------------- charsets

HEADLINE: Final = "Hội nghị tổng kết công tác tuyên giáo năm 2020"
PARAGRAPHS: Final = (
    "Chiều 15/01, Ban Tuyên giáo Tỉnh ủy tổ chức Hội nghị tổng kết công tác tuyên giáo năm 2020, triển khai nhiệm vụ năm 2021.",
    "Đồng chí Phó Bí thư Thường trực Tỉnh ủy ghi nhận và biểu dương những kết quả ngành đã đạt được trong năm qua.",
    "Hội nghị đã trao giấy khen cho 09 tập thể và 09 cá nhân có thành tích xuất sắc; các đại biểu thảo luận sôi nổi.",
)


def small_page(meta: str = "") -> str:
    body = "".join(f"<p>{line}</p>" for line in PARAGRAPHS)
    return f"<html><head>{meta}<title>{HEADLINE}</title></head><body><h1>{HEADLINE}</h1><p>17/01/2021 14:47</p><div>{body}</div></body></html>"


def cp1258(text: str) -> bytes:
    """Encode as Windows did: letters with their circumflex, breve or horn whole, the tone behind them."""
    parts = []
    for char in unicodedata.normalize("NFC", text):
        decomposed = unicodedata.normalize("NFD", char)
        tones = "".join(mark for mark in decomposed if mark in "\u0300\u0301\u0303\u0309\u0323")
        letter = unicodedata.normalize("NFC", "".join(mark for mark in decomposed if mark not in tones))
        try:
            parts.append(char.encode("cp1258"))
        except UnicodeEncodeError:
            parts.append((letter + tones).encode("cp1258"))
    return b"".join(parts)


@pytest.mark.parametrize(
    ("page", "content_type"),
    [
        (small_page().encode(), "text/html"),
        (small_page('<meta charset="utf-8">').encode(), "text/html; charset=iso-8859-1"),
        (small_page('<meta charset="iso-8859-1">').encode(), "text/html"),
        (small_page('<meta charset="windows-1258">').encode(), "text/html; charset=windows-1258"),
        (small_page('<meta charset="nonsense">').encode(), "text/html; charset=none"),
        ("\ufeff".encode() + small_page().encode(), "text/html; charset=utf-16"),
        (small_page().encode("utf-16"), "text/html"),
        (small_page('<meta charset="utf-8">').encode("utf-16"), "text/html; charset=utf-8"),
        (small_page().encode("utf-16-le"), "text/html; charset=utf-16"),
        (small_page().encode("utf-16-be"), "text/html"),
        (cp1258(small_page('<meta charset="windows-1258">')), "text/html"),
        (cp1258(small_page()), "text/html; charset=windows-1258"),
        (cp1258(small_page()), "text/html"),
        (cp1258(small_page('<meta charset="utf-8">')), "text/html; charset=utf-8"),
        (unicodedata.normalize("NFD", small_page()).encode(), "text/html"),
        (small_page().encode("ascii", "xmlcharrefreplace"), "text/html; charset=us-ascii"),
        (small_page('<meta charset="iso-8859-1">').encode("latin-1", "xmlcharrefreplace"), "text/html; charset=iso-8859-1"),
        (small_page().encode() + b"<p>\xff\xfe\x80</p>", "text/html"),
        (b'<?xml version="1.0" encoding="iso-8859-1"?>' + small_page().encode(), "application/xhtml+xml"),
    ],
    ids=[
        "UTF-8 undeclared", "header lies", "meta lies", "both lie", "nonsense declared", "BOM against header", "UTF-16 with BOM",
        "UTF-16 declared UTF-8", "UTF-16LE bare", "UTF-16BE bare", "windows-1258 by meta", "windows-1258 by header",
        "windows-1258 undeclared", "windows-1258 declared UTF-8", "decomposed", "entities", "Latin-1 and entities", "stray bytes",
        "XML declaration lies",
    ],
)  # fmt: skip
def test_text_is_right_whatever_is_declared(page: bytes, content_type: str) -> None:
    reading = outcome(page, content_type=content_type)
    assert reading is not None
    assert reading.article.headline == HEADLINE
    assert reading.article.body.split("\n\n")[:3] == list(PARAGRAPHS)
    assert reading.article.date_published == "2021-01-17T14:47:00+07:00"
    assert reading.issues == ()


# TCVN3 (ABC) and VNI bytes as they look when read as Latin-1: "Ban Tuyên giáo Tỉnh ủy tổ chức hội nghị tổng kết công tác
# năm; các đại biểu nhân dân thảo luận".
LEGACY: Final = {
    "TCVN3": "Ban Tuyªn gi¸o TØnh ñy tæ chøc héi nghÞ tæng kÕt c«ng t¸c n¨m; c¸c ®¹i biÓu nh©n d©n th¶o luËn s«i næi.",
    "VNI": "Ban Tuyeân giaùo Tænh uûy toå chöùc hoäi nghò toång keát coâng taùc naêm; caùc ñaïi bieåu nhaân daân thaûo luaän soâi noåi.",
}


@pytest.mark.parametrize("encoding", LEGACY)
def test_legacy_text_is_kept_and_flagged(encoding: str) -> None:
    line = LEGACY[encoding]
    page = (
        f"<html><head><title>{line[:50]}</title></head><body><h1>{line[:50]}</h1><p>17/01/2021</p>"
        + f"<p>{line}</p>" * 4
    )
    reading = outcome(page.encode())
    assert reading is not None
    assert [issue.kind for issue in reading.issues] == ["LegacyEncoding"]
    assert encoding in reading.issues[0].message
    assert line in reading.article.body


def test_right_text_is_not_flagged() -> None:
    reading = outcome(small_page().encode())
    assert reading is not None
    assert reading.issues == ()


# ------------------------------------------------------------------------------------------------ known traps


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"   \n\t ",
        b"\x00" * 5000,
        b"%PDF-1.4\n%\xe2\xe3",
        b"\x89PNG\r\n\x1a\n" + b"\x00" * 50,
        b"{}",
        b"null",
        b"<",
        b"<!--",
        b"<html>",
        b"</html>",
    ],
)
def test_what_is_no_page_is_refused(payload: bytes) -> None:
    assert outcome(payload) is None


@pytest.mark.parametrize(
    "address",
    [
        "http://[",
        "//[::1",
        "http://h:99999999/",
        "http://h:abc/",
        "javascript:alert(1)",
        "\\\\server\\x",
        "mailto:",
        "%",
        "?",
        " ",
        "data:,",
        "http://\u0000/",
    ],
)
def test_odd_addresses_lose_no_text(address: str) -> None:
    """A base, photo, link or canonical address that no parser takes costs that address alone."""
    page = small_page(
        f'<base href="{address}"><link rel="canonical" href="{address}"><meta property="og:url" content="{address}">'
    )
    odd = f'<p><img src="{address}" data-src="{address}" alt="Ảnh"></p><p><a href="{address}">Xem</a></p><p><a href="{address}/van-ban.pdf">Văn bản số 5</a></p>'
    reading = outcome(page.replace("</div>", f"{odd}</div>").encode())
    assert reading is not None
    assert reading.article.headline == HEADLINE
    assert reading.article.body.split("\n\n")[:3] == list(PARAGRAPHS)


@pytest.mark.parametrize("span", ["rowspan", "colspan"])
def test_a_table_that_claims_millions_of_cells(span: str) -> None:
    page = small_page().replace(
        "</div>",
        f"<table border=1><tr><td {span}=99999999>1</td><td>2</td></tr><tr><td>3</td></tr></table></div>",
    )
    reading = outcome(page.encode())
    assert reading is not None
    assert len(reading.article.body) < 2000


def test_a_figure_of_five_thousand_digits_is_no_number() -> None:
    """Python refuses to read one, and SQLite to store it: counters, widths, dates and pages of that length."""
    digits = "9" * 5000
    page = (
        small_page()
        .replace("</p><div>", f"</p><div>{digits}</div><div>")
        .replace(
            "</div></body>",
            f'</div><img src="/a.jpg" width="{digits}"><div>Lượt xem: {digits}</div><div>{digits} ngày trước</div></body>',
        )
    )
    reading = outcome(page.encode())
    assert reading is not None
    assert reading.article.view_count is None
    assert set(PARAGRAPHS) <= set(reading.article.body.split("\n\n"))


def test_the_same_bytes_give_the_same_reading() -> None:
    for gold in SAMPLE:
        assert outcome(gold.page, gold=gold) == outcome(gold.page, gold=gold)


def test_an_article_survives_what_stands_around_it() -> None:
    """Two megabytes of blanks, comments, scripts and style sheets before it cost no word."""
    junk = (
        " \n" * 300_000
        + "<!-- ghi chú -->" * 30_000
        + "<script>var a = '<p>b</p>';</script>" * 10_000
        + "<style>p{}</style>" * 10_000
    )
    reading = outcome(small_page().replace("<body>", f"<body>{junk}").encode())
    assert reading is not None
    assert reading.article.body.split("\n\n") == list(PARAGRAPHS)


@pytest.mark.parametrize("depth", [50, 150, 200])
def test_an_article_survives_deep_layout_tables(depth: int) -> None:
    """Old pages nest layout tables; 200 deep is more than any was seen to."""
    page = (
        small_page()
        .replace("<body>", "<body>" + "<table><tr><td>" * depth)
        .replace("</body>", "</td></tr></table>" * depth + "</body>")
    )
    reading = outcome(page.encode())
    assert reading is not None
    assert reading.article.body.split("\n\n") == list(PARAGRAPHS)
