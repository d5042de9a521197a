"""The bundled capture keeps its promises: it can be rebuilt, read back, and holds what a demo needs."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, cast
from urllib.parse import urljoin

import lxml.html
import pytest
from warcio.archiveiterator import ArchiveIterator

from crawler.demo.build import CAPTURE, EXPECTED, build
from crawler.demo.plan import articles, articles_of
from crawler.demo.seeds import seed_lines
from crawler.demo.sites import SITES, DemoSite

# A server's gzip differs between zlib versions; what it holds does not.
VOLATILE = {"content-length"}
SEED_URLS = {
    "laichau_tuyengiao": "http://laichau.dcs.vn/index.php/xay-dung-dang/"
    "hoi-nghi-tong-ket-cong-tac-tuyen-giao-nam-2020-trien-khai-nhiem-vu-nam-2021-5120.html",
    "yenbai_tramtau": "http://tramtau.yenbai.gov.vn/noidung/tintuc/Pages/chi-tiet-tin-tuc.aspx"
    "?ItemID=1893&l=Tinhoatdong&lv=4",
    "tw_xaydungdang": "http://xaydungdang.org.vn/Home/Thoi-su-Chinh-tri/2021/14655/"
    "dang-uy-khoi-cac-co-quan-trung-uong-trien-khai-nhiem-vu-cong-tac-tuyen-giao-nam.aspx",
    "travinh_tuyengiao": "https://tuyengiao.travinh.gov.vn/1458/39701/69276/636412/tin-tuc/"
    "cong-tac-tuyen-giao-6-thang-dau-nam-2021-dam-bao-noi-dung-tien-do-hieu-qua",
    "tw_tuyengiao": "https://tuyengiao.vn/"
    "lai-chau-doi-moi-nang-cao-chat-luong-hieu-qua-cong-tac-tuyen-truyen-to-chuc-hoc-149511",
}
each_site = pytest.mark.parametrize("site", SITES, ids=lambda site: site.name)


@dataclass(frozen=True, kw_only=True)
class Response:
    """One response record, content encoding removed."""

    url: str
    captured_at: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str:
        return dict(self.headers).get(name, "")

    def text(self) -> str:
        return self.body.decode("utf-8")

    def tree(self) -> lxml.html.HtmlElement:
        return lxml.html.document_fromstring(self.text())


def read_responses(path: Path) -> Iterator[Response]:
    with path.open("rb") as file:
        for record in ArchiveIterator(file, check_digests="raise"):
            if record.rec_type != "response":
                continue
            body = record.content_stream().read()
            yield Response(
                url=record.rec_headers.get_header("WARC-Target-URI"),
                captured_at=record.rec_headers.get_header("WARC-Date"),
                status=int(record.http_headers.get_statuscode()),
                headers=tuple(record.http_headers.headers),
                body=body,
            )


@pytest.fixture(scope="module")
def responses() -> Mapping[str, Response]:
    return {response.url: response for response in read_responses(CAPTURE)}


@pytest.fixture(scope="module")
def expected() -> dict[str, Any]:
    return cast("dict[str, Any]", json.loads(EXPECTED.read_text(encoding="utf-8")))


def listings(
    site: DemoSite, responses: Mapping[str, Response], expected: dict[str, Any]
) -> Iterator[tuple[str, Response]]:
    """Yield (section key, listing page) for every promised listing page of a site, newest pages first."""
    for section in site.sections:
        for page in range(1, expected[site.name]["listing_pages"][site.listing_url(section)] + 1):
            yield section.key, responses[site.listing_url(section, page)]


def links(response: Response) -> list[str]:
    return [urljoin(response.url, str(href)) for href in response.tree().xpath("//a/@href")]


def unspaced(text: str) -> str:
    return re.sub(r"\s+", "", text)


def visible_text(response: Response) -> str:
    hidden = (
        "ancestor::head or ancestor::script or ancestor::*[contains(@class, 'hidden')] or parent::comment()"
    )
    return unspaced("".join(response.tree().xpath(f"//text()[not({hidden})]")))


def shingles(text: str) -> set[tuple[str, ...]]:
    bare = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    words = re.findall(r"\w+", "".join(mark for mark in bare if not unicodedata.combining(mark)))
    return {tuple(words[at : at + 5]) for at in range(len(words) - 4)}


def test_the_committed_capture_is_what_the_script_builds(tmp_path: Path) -> None:
    build(tmp_path)

    def told(path: Path) -> list[tuple[str, str, int, tuple[tuple[str, str], ...], bytes]]:
        return [
            (
                r.url,
                r.captured_at,
                r.status,
                tuple(h for h in r.headers if h[0].lower() not in VOLATILE),
                r.body,
            )
            for r in read_responses(path)
        ]

    assert told(tmp_path / CAPTURE.name) == told(CAPTURE), "run: python -m crawler.demo.build"
    assert (tmp_path / EXPECTED.name).read_text("utf-8") == EXPECTED.read_text("utf-8")


def test_the_capture_is_small() -> None:
    assert CAPTURE.stat().st_size < 3_000_000


def test_every_record_says_that_it_is_a_reconstruction(responses: Mapping[str, Response]) -> None:
    with CAPTURE.open("rb") as file:
        first = next(iter(ArchiveIterator(file)))
        assert first.rec_type == "warcinfo"
        assert b"Reconstruction" in first.content_stream().read()
    for response in responses.values():
        assert response.header("X-Vankho-Reconstruction").startswith("yes"), response.url
        assert response.status in {301, 302} or b"Reconstruction" in response.body, response.url


def test_headers_are_those_of_a_server(responses: Mapping[str, Response]) -> None:
    encoded = Counter(response.header("Content-Encoding") for response in responses.values())
    assert encoded["gzip"] > 100
    assert encoded[""] > 100
    for response in responses.values():
        assert response.header("Server")
        assert response.header("Date")
        assert response.status in {301, 302} or response.header("Content-Type"), response.url


def test_everything_was_captured_on_one_day(responses: Mapping[str, Response]) -> None:
    moments = [response.captured_at for response in responses.values()]
    assert moments[0] == "2024-07-14T02:30:00Z"
    assert moments == sorted(moments)
    assert moments[-1] < "2024-07-14T04:00:00Z"


@each_site
def test_a_site_has_robots_home_and_long_sections(
    site: DemoSite, responses: Mapping[str, Response], expected: dict[str, Any]
) -> None:
    assert responses[site.home + "robots.txt"].header("Content-Type") == "text/plain"
    assert responses[site.home].status == 200
    counts = expected[site.name]["listing_pages"]
    assert len(counts) >= 2
    assert all(count >= 3 for count in counts.values())
    listed = list(listings(site, responses, expected))
    assert len(listed) == sum(counts.values())
    assert {page.status for _, page in listed} == {200}


@each_site
def test_every_article_is_listed_newest_first(
    site: DemoSite, responses: Mapping[str, Response], expected: dict[str, Any]
) -> None:
    addresses = {site.article_url(article): article for article in articles_of(site)}
    seen: defaultdict[str, list[str]] = defaultdict(list)
    for section, page in listings(site, responses, expected):
        # Trapped links (a padded list name, a port) stand for their proper address.
        proper = [link.replace(":443", "").replace("++++&lv=11", "&lv=4") for link in links(page)]
        seen[section] += [
            link for link in dict.fromkeys(proper) if link in addresses and link not in seen[section]
        ]
    main = {
        key: [addresses[link] for link in row if key in addresses[link].sections] for key, row in seen.items()
    }
    assert {article.id for row in main.values() for article in row} == {a.id for a in addresses.values()}
    if site.name not in {"tw_xaydungdang", "tw_tuyengiao"}:  # their sidebars show other sections' newest too
        assert all(one.published > next_.published for row in main.values() for one, next_ in pairwise(row))


@each_site
def test_a_site_has_articles_in_two_skins(
    site: DemoSite, responses: Mapping[str, Response], expected: dict[str, Any]
) -> None:
    records = expected[site.name]["records"]
    assert len(records) == expected[site.name]["articles"] >= 44
    assert min(Counter(record["skin"] for record in records).values()) >= 10
    assert len({record["build"] for record in records}) == 4
    assert all(responses[record["url"]].status == 200 for record in records)
    assert len({record["uid"] for record in records}) == len(records)
    years = {record["date_published"][:4] for record in records}
    assert years == {"2019", "2020", "2021", "2022", "2023", "2024"}


def test_the_five_sites_hold_over_two_hundred_texts(expected: dict[str, Any]) -> None:
    live = sum(site["articles"] for site in expected.values())
    reprints = sum(len(site["duplicates"]) for site in expected.values())
    assert (live, reprints, live - reprints) == (235, 5, 230)


@each_site
def test_ids_rise_with_the_dates(site: DemoSite) -> None:
    for earlier, later in pairwise(articles_of(site)):
        assert earlier.id < later.id
        assert earlier.published < later.published


@each_site
def test_the_seed_page_shows_every_line_of_the_seed_in_order(
    site: DemoSite, responses: Mapping[str, Response]
) -> None:
    text = visible_text(responses[SEED_URLS[site.name]])
    at = 0
    for line in seed_lines(site.name):
        found = text.find(unspaced(line), at)
        assert found >= 0, line
        at = found + len(unspaced(line))


@pytest.mark.parametrize(
    ("uid", "date", "authors", "source"),
    [
        ("laichau_tuyengiao/5120", "2021-01-17T14:47:00+07:00", ["Hoàng Văn Quế"], None),
        ("yenbai_tramtau/Tinhoatdong-1893", "2023-07-14T08:00:02+07:00", [], "Ban Tuyên giáo Huyện ủy"),
        ("tw_xaydungdang/14655", "2021-01-07T21:38:00+07:00", ["Thảo Nguyên"], None),
        ("travinh_tuyengiao/636412", "2021-06-25", ["Trần Thị Thùy Trang"], None),
        (
            "tw_tuyengiao/149511",
            "2023-10-26T10:08:00+07:00",
            ["Minh Hải", "Nguyễn Thúy"],
            "Ban Tuyên giáo Tỉnh ủy Lai Châu",
        ),
    ],
)
def test_the_seed_records(
    expected: dict[str, Any], uid: str, date: str, authors: list[str], source: str | None
) -> None:
    records = {record["uid"]: record for record in expected[uid.partition("/")[0]]["records"]}
    record = records[uid]
    assert (record["date_published"], record["authors"], record["source"]) == (date, authors, source)
    assert record["url"] == SEED_URLS[uid.partition("/")[0]]


@each_site
def test_one_article_stands_in_two_sections(
    site: DemoSite, responses: Mapping[str, Response], expected: dict[str, Any]
) -> None:
    (uid,) = expected[site.name]["in_two_sections"]
    url = next(record["url"] for record in expected[site.name]["records"] if record["uid"] == uid)
    article = next(article for article in articles_of(site) if site.uid(article) == uid)
    sections = {key for key, page in listings(site, responses, expected) if url in links(page)}
    assert sections >= set(article.sections)
    assert len(article.sections) == 2


@each_site
def test_one_article_reprints_an_earlier_one_of_another_site(
    site: DemoSite, expected: dict[str, Any]
) -> None:
    records = {record["uid"]: record for each in expected.values() for record in each["records"]}
    (pair,) = expected[site.name]["duplicates"]
    reprint, original = records[pair["uid"]], records[pair["of"]]
    assert reprint["headline"] == original["headline"]
    assert reprint["byline"].startswith("Nguồn: ")
    assert original["date_published"][:10] < reprint["date_published"][:10]
    assert pair["uid"].partition("/")[0] != pair["of"].partition("/")[0]


@each_site
def test_one_listed_article_is_gone(
    site: DemoSite, responses: Mapping[str, Response], expected: dict[str, Any]
) -> None:
    (url,) = expected[site.name]["gone"]
    assert responses[url].status == 404
    assert any(url in links(page) for _, page in listings(site, responses, expected))


@each_site
def test_one_photo_story_is_short(site: DemoSite) -> None:
    stories = [article.story for article in articles_of(site) if len(article.story.paragraphs) <= 2]
    (short,) = stories
    captions = [block.text for block in short.blocks if block.kind == "photo"]
    assert len(captions) == 2
    assert all(captions)
    assert len(" ".join([*short.paragraphs, *captions]).split()) < 100


@each_site
def test_one_article_has_a_table_and_a_pdf(
    site: DemoSite, responses: Mapping[str, Response], expected: dict[str, Any]
) -> None:
    (record,) = [record for record in expected[site.name]["records"] if record["attachments"]]
    page = responses[record["url"]]
    (attachment,) = record["attachments"]
    printed = {urljoin(page.url, str(a.get("href"))): a.text_content() for a in page.tree().iter("a")}
    assert printed[attachment["url"]] == attachment["title"]
    pdf = responses[attachment["url"]]
    assert pdf.header("Content-Type") == "application/pdf"
    assert pdf.body.startswith(b"%PDF-1.4")
    assert pdf.body.endswith(b"%%EOF\n")
    start = int(pdf.body.rsplit(b"startxref\n", 1)[1].split()[0])
    assert pdf.body[start:].startswith(b"xref")
    assert record["has_table"]
    assert page.tree().xpath("//table[@border='1']//td")


def test_texts_differ_but_for_the_reprints() -> None:
    live = [article for article in articles() if not article.gone]
    texts = [shingles(" ".join(article.story.paragraphs)) for article in live]
    for at, article in enumerate(live):
        for before in range(at):
            alike = len(texts[at] & texts[before]) / len(texts[at] | texts[before])
            pair = {(article.site, article.id), (live[before].site, live[before].id)}
            reprint = article.reprint_of in pair or live[before].reprint_of in pair
            assert alike == 1 if reprint else alike < 0.4, pair


def test_headlines_are_unique_but_for_the_reprints() -> None:
    counts = Counter(article.story.headline for article in articles() if article.reprint_of is None)
    assert counts.most_common(1)[0][1] == 1


def test_decisive_spellings_reach_the_pages(responses: Mapping[str, Response]) -> None:
    answers = {
        (article.site, article.quirk): responses[site.article_url(article)]
        for site in SITES
        for article in articles_of(site)
        if article.quirk != "none"
    }
    pages = {key: response.text() for key, response in answers.items()}
    assert not unicodedata.is_normalized("NFC", pages["travinh_tuyengiao", "nfd"])
    assert "Ðảng" in pages["tw_xaydungdang", "eth"]
    assert "\u00a0 " in pages["laichau_tuyengiao", "nbsp"]
    assert "Huyện ủy" in pages["yenbai_tramtau", "tone"]
    assert "Huyện uỷ" in pages["yenbai_tramtau", "tone"]
    twice = next(article for article in articles() if article.quirk == "lead twice")
    assert twice.story.lead
    assert visible_text(answers["tw_tuyengiao", "lead twice"]).count(unspaced(twice.story.lead)) == 2


def test_nukeviet_lies_as_it_does_in_the_wild(responses: Mapping[str, Response]) -> None:
    page = responses[SEED_URLS["laichau_tuyengiao"]]
    assert '<meta property="article:published_time" content="2021-01-17+0714:47:00" />' in page.text()
    tree = page.tree()
    (stated,) = tree.xpath("//*[@itemprop='datePublished']/text()")
    assert not stated.startswith("2021-01-17")
    assert tree.xpath("//*[@itemprop='author']//text()") == ["quantri"]
    feed = responses["http://laichau.dcs.vn/index.php/rss/xay-dung-dang/"].text()
    # 14:47 +07 is 07:47 GMT, but January is month 01.
    assert "<pubDate>Sun, 17 Jan 2021 07:01:00 GMT</pubDate>" in feed
    sitemap = responses["http://laichau.dcs.vn/index.php?nv=news&op=sitemap"].text()
    assert "<lastmod>2021-01-17T14:47:00+07:00</lastmod>" in sitemap


def test_nukeviet_twins_and_redirects(responses: Mapping[str, Response], expected: dict[str, Any]) -> None:
    urls = [record["url"] for record in expected["laichau_tuyengiao"]["records"]]
    for url in urls:
        for kind in ("print", "savefile"):
            twin = url.replace("/index.php/", f"/index.php/{kind}/")
            assert responses[twin].status == 200
            assert twin in links(responses[url])
    for listing, count in expected["laichau_tuyengiao"]["listing_pages"].items():
        beyond = responses[f"{listing}page-{count + 1}/"]
        assert (beyond.status, beyond.header("Location")) == (302, listing)
    moved = [r for r in responses.values() if r.status == 301 and "laichau" in r.url]
    assert [response.header("Location") in urls for response in moved] == [True]


def test_sharepoint_is_one_form_with_traps(
    responses: Mapping[str, Response], expected: dict[str, Any]
) -> None:
    seed = responses[SEED_URLS["yenbai_tramtau"]].tree()
    assert seed.xpath("//form[@id='aspnetForm']//input[@id='__VIEWSTATE']")
    site = next(site for site in SITES if site.name == "yenbai_tramtau")
    found = [link for _, page in listings(site, responses, expected) for link in links(page)]
    trapped = {link for link in found if ":443" in link and "++++" in link}
    assert len({link for link in trapped if "ItemID=" in link}) >= 3
    assert len({link for link in trapped if "page=" in link}) >= 4
    assert trapped <= set(responses)


def test_tra_vinh_prints_its_dates_on_listings_alone(responses: Mapping[str, Response]) -> None:
    assert "25/06/2021" not in visible_text(responses[SEED_URLS["travinh_tuyengiao"]])
    listing = "https://tuyengiao.travinh.gov.vn/1458/39701/69276/tin-tuc"
    dated = [
        page for url, page in responses.items() if url.startswith(listing) and b"25/06/2021" in page.body
    ]
    (page,) = dated
    assert SEED_URLS["travinh_tuyengiao"] in links(page)
    assert "418 lượt xem" in page.text()


def test_tuyen_giao_opens_every_page_with_the_day_of_viewing(responses: Mapping[str, Response]) -> None:
    for url in (
        "https://tuyengiao.vn/",
        "https://tuyengiao.vn/nhip-cau-tuyen-giao",
        SEED_URLS["tw_tuyengiao"],
    ):
        body = responses[url].tree().find("body")
        assert body is not None
        assert unspaced(body.text_content()).startswith("ChủNhật,14/7/2024")


def test_tuyen_giao_is_https_only(responses: Mapping[str, Response]) -> None:
    plain = {url: response for url, response in responses.items() if url.startswith("http://tuyengiao.vn/")}
    assert {response.status for response in plain.values()} == {301}
    assert plain["http://tuyengiao.vn/"].header("Location") == "https://tuyengiao.vn/"


def test_some_images_are_lazy_and_counters_differ(
    expected: dict[str, Any], responses: Mapping[str, Response]
) -> None:
    lazy = [
        url for url, response in responses.items() if b"data-src=" in response.body and "print/" not in url
    ]
    assert len(lazy) > 20
    views = [record["view_count"] for record in expected["laichau_tuyengiao"]["records"]]
    assert len(set(views)) > 40
