"""What listings show: sightings with what is printed beside them, and the next page."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from textwrap import dedent

import pytest

from crawler.discovery import Listing, read_section_page
from crawler.feeds import read_feed, read_sitemap
from crawler.page import parse_page
from crawler.site import read_sites

CAPTURED_AT = datetime(2024, 7, 14, 2, 30, tzinfo=UTC)
SITES = read_sites()
SECTION = {
    "tw_tuyengiao": "https://tuyengiao.vn/nhip-cau-tuyen-giao",
    "travinh_tuyengiao": "https://tuyengiao.travinh.gov.vn/1458/39701/69276/tin-tuc",
    "laichau_tuyengiao": "http://laichau.dcs.vn/index.php/xay-dung-dang/",
}
LEAD = "Sáng 12/7, Ban Tuyên giáo Tỉnh ủy tổ chức hội nghị giao ban công tác tuyên giáo sáu tháng đầu năm."


def read(markup: str, site: str = "tw_tuyengiao", page: int = 1, url: str | None = None) -> Listing:
    first = SECTION[site]
    tree = parse_page(dedent(markup).encode(), "text/html; charset=utf-8")
    return read_section_page(
        tree, url=url or first, site=SITES[site], first_url=first, page=page, captured_at=CAPTURED_AT
    )


CARD = f"""
    <div class=card><a href="/hoi-nghi-giao-ban-149483"><img src=a.jpg alt="Ảnh hội nghị"></a>
      <h3><a href="/hoi-nghi-giao-ban-149483">Hội nghị giao ban công tác tuyên giáo</a></h3>
      <span>26/10/2023 10:8</span><p>{LEAD}</p><a href="/hoi-nghi-giao-ban-149483">Xem tiếp</a></div>
    <div class=card><h3><a href="/hoc-tap-nghi-quyet-149500?ref=home">Học tập nghị quyết</a></h3><span>25/10/2023</span></div>
"""
TABLE = f"""
    <table>
      <tr><td><a href="/hoi-nghi-giao-ban-149483">Hội nghị giao ban công tác tuyên giáo</a> (26/10/2023 10:08)</td></tr>
      <tr><td>{LEAD}</td></tr>
      <tr><td><a href="/hoc-tap-nghi-quyet-149500">Học tập nghị quyết</a> (25/10/2023)</td></tr>
    </table>"""
FLAT = f"""
    <div><a href="/hoi-nghi-giao-ban-149483">Hội nghị giao ban công tác tuyên giáo</a><br>26/10/2023 10:08<br>{LEAD}<br>
    <a href="/hoc-tap-nghi-quyet-149500">Học tập nghị quyết</a><br>25/10/2023<br></div>"""
DATE_ABOVE = f"""
    <div><div>26/10/2023 10:08</div><div><a href="/hoi-nghi-giao-ban-149483">Hội nghị giao ban công tác tuyên giáo</a></div>
    <div>{LEAD}</div><div>172 lượt xem</div>
    <div>25/10/2023</div><div><a href="/hoc-tap-nghi-quyet-149500">Học tập nghị quyết</a></div><div>99 lượt xem</div></div>"""
WHOLE_CARD = f"""
    <a href="/hoi-nghi-giao-ban-149483"><div><img src=a.jpg></div><h4>Hội nghị giao ban công tác tuyên giáo</h4>
      <div>26/10/2023 10:08</div><div>{LEAD}</div></a>
    <a href="/hoc-tap-nghi-quyet-149500"><h4>Học tập nghị quyết</h4><div>25/10/2023</div></a>"""


def test_a_page_number_that_no_computer_reads_is_only_a_link() -> None:
    digits = "9" * 5000
    pager = f'<div class=pager><a href="?page={digits}">cuối</a><a href="?page=3">{digits}</a><a href="?page=2">2</a></div>'
    listing = read(f"<body><div id=main><h2>Nhịp cầu tuyên giáo</h2>{CARD}{pager}</div></body>")
    assert [sighting.uid for sighting in listing.sightings] == ["tw_tuyengiao/149483", "tw_tuyengiao/149500"]
    assert listing.next_url == "https://tuyengiao.vn/nhip-cau-tuyen-giao?page=2"


@pytest.mark.parametrize(
    "markup", [CARD, TABLE, FLAT, DATE_ABOVE, WHOLE_CARD], ids=["card", "table", "flat", "above", "whole"]
)
def test_a_list_is_read_whatever_its_markup(markup: str) -> None:
    clock = "<div>Chủ Nhật, 14/7/2024</div>"
    listing = read(f"<body>{clock}<div id=main><h2>Nhịp cầu tuyên giáo</h2>{markup}</div></body>")
    first, second = listing.sightings
    assert first.uid == "tw_tuyengiao/149483"
    assert first.url == "https://tuyengiao.vn/hoi-nghi-giao-ban-149483"
    assert first.headline == "Hội nghị giao ban công tác tuyên giáo"
    assert first.date == "2023-10-26T10:08:00+07:00"
    assert first.date_source == "listing"
    assert first.description == LEAD
    assert first.section == "Nhịp cầu tuyên giáo"
    assert second.uid == "tw_tuyengiao/149500"
    assert second.headline == "Học tập nghị quyết"
    assert second.date == "2023-10-25"
    assert second.description is None


def test_a_list_of_one_article_does_not_take_the_clock_for_its_date() -> None:
    listing = read(
        """<body><div>Chủ Nhật, 14/7/2024</div><div>Trang chủ</div><div>Giới thiệu</div><div>Liên hệ</div><div>Tin tức</div>
        <div>Văn bản</div><div>Thư viện</div><div><a href="/hoi-nghi-giao-ban-149483">Hội nghị giao ban công tác</a></div></body>"""
    )
    assert [(s.headline, s.date) for s in listing.sightings] == [("Hội nghị giao ban công tác", None)]


def test_a_box_of_most_read_articles_is_seen_but_not_as_of_this_section() -> None:
    listing = read(
        f"""<body><div id=main>{CARD}</div><div id=side><h3>Xem nhiều nhất</h3><ul>
        <li><a href="/bai-cua-muc-khac-120001">Bài của mục khác</a></li><li><a href="/bai-khac-nua-120002">Bài khác nữa</a></li>
        </ul></div></body>"""
    )
    sections = {s.uid.rpartition("/")[2]: s.section for s in listing.sightings}
    assert sections == {
        "149483": "Nhịp cầu tuyên giáo", "149500": "Nhịp cầu tuyên giáo", "120001": None, "120002": None,
    }  # fmt: skip
    assert listing.own == {"tw_tuyengiao/149483", "tw_tuyengiao/149500"}


def test_twins_other_hosts_and_broken_links_are_passed_over() -> None:
    listing = read(
        """<body><a href="/index.php/tin/bai-mot-11.html">Bài một</a><a href="/index.php/print/tin/bai-mot-11.html">In</a>
        <a href="http://[bad">x</a><a href="javascript:void(0)">y</a><a href="http://baolaichau.vn/index.php/tin/bai-12.html">z</a>
        <a href="/index.php/tin/bai-hai-13.html">Bài hai</a></body>""",
        site="laichau_tuyengiao",
    )
    assert [s.uid for s in listing.sightings] == ["laichau_tuyengiao/11", "laichau_tuyengiao/13"]


@pytest.mark.parametrize(
    ("pager", "page", "following"),
    [
        ('<a href="?page=2">2</a><a href="?page=3">3</a>', 1, "?page=2"),
        ('<a href="?page=1">1</a><a href="?page=3">3</a>', 2, "?page=3"),
        ('<a href="?page=1">1</a><a href="?page=2">2</a>', 3, None),
        ('<a href="?page=4">Trang sau</a>', 3, "?page=4"),
        ('<a href="?page=9">»»</a><a href="?page=4" title="Trang tiếp">&gt;</a>', 3, "?page=4"),
        ("", 1, "?page=2"),
        ("", 2, None),
        ("<a href=\"javascript:__doPostBack('p','2')\">2</a>", 1, None),
        ('<a href="/muc-khac?page=2">2</a>', 1, "?page=2"),
    ],
)
def test_the_next_page_is_what_the_pager_leads_to(pager: str, page: int, following: str | None) -> None:
    listing = read(f"<body>{CARD}<div>{pager}</div></body>", page=page)
    assert listing.next_url == (SECTION["tw_tuyengiao"] + following if following else None)


def test_a_feed_gives_dates_where_they_are_true() -> None:
    feed = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>x</title>
      <item><title>Hội nghị &amp; tọa đàm</title><link>{home}{path}</link><pubDate>{date}</pubDate>
      <description>&lt;p&gt;Sáng 12/7&lt;/p&gt;</description></item></channel></rss>"""
    body = feed.format(
        home="https://tuyengiao.vn/", path="hoi-nghi-149483", date="Thu, 26 Oct 2023 10:08:00 +0700"
    )
    (sighting,) = read_feed(
        body.encode(), url="https://tuyengiao.vn/rss", site=SITES["tw_tuyengiao"], captured_at=CAPTURED_AT
    ).sightings
    assert (sighting.headline, sighting.description) == ("Hội nghị & tọa đàm", "Sáng 12/7")
    assert (sighting.date, sighting.date_source) == ("2023-10-26T10:08:00+07:00", "feed")

    # NukeViet prints the month where the minutes belong.
    body = feed.format(
        home="http://laichau.dcs.vn/",
        path="index.php/tin/bai-11.html",
        date="Sun, 17 Jan 2021 14:01:00 +0700",
    )
    (sighting,) = read_feed(
        body.encode(),
        url="http://laichau.dcs.vn/rss",
        site=SITES["laichau_tuyengiao"],
        captured_at=CAPTURED_AT,
    ).sightings
    assert sighting.date is None


SITEMAP = b"""<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
  <url><loc>http://laichau.dcs.vn/index.php/tin/bai-11.html</loc><lastmod>2021-01-17T07:47:00+00:00</lastmod></url>
  <url><loc>http://laichau.dcs.vn/index.php/gioi-thieu/</loc></url></urlset>"""


@pytest.mark.parametrize("body", [SITEMAP, gzip.compress(SITEMAP)])
def test_a_nukeviet_sitemap_gives_the_publication_time(body: bytes) -> None:
    (sighting,) = read_sitemap(
        body, url="http://laichau.dcs.vn/sitemap.xml", site=SITES["laichau_tuyengiao"]
    ).sightings
    assert (sighting.uid, sighting.date, sighting.date_source) == (
        "laichau_tuyengiao/11", "2021-01-17T14:47:00+07:00", "sitemap",
    )  # fmt: skip


def test_a_sitemap_index_names_its_sitemaps_on_this_site() -> None:
    body = b"""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
      <sitemap><loc>http://laichau.dcs.vn/index.php?nv=news&amp;op=sitemap</loc></sitemap>
      <sitemap><loc>http://evil.example/sitemap.xml</loc></sitemap></sitemapindex>"""
    listing = read_sitemap(body, url="http://laichau.dcs.vn/sitemap.xml", site=SITES["laichau_tuyengiao"])
    assert listing.children == ("http://laichau.dcs.vn/index.php?nv=news&op=sitemap",)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\x00\x01",
        b"<html><p>404",
        gzip.compress(SITEMAP)[:40],
        b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><urlset><url><loc>&a;</loc></url></urlset>",
    ],
)
def test_what_is_no_feed_or_sitemap_shows_nothing(body: bytes) -> None:
    site = SITES["laichau_tuyengiao"]
    assert read_sitemap(body, url="http://laichau.dcs.vn/s.xml", site=site).sightings == ()
    assert read_feed(body, url="http://laichau.dcs.vn/r", site=site, captured_at=CAPTURED_AT).sightings == ()
