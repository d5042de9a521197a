"""The five real articles, right in every field: as the bundled capture prints them, and in five other builds.

`tests/data/seeds/<site>.json` are their records, read by a person in the printed pages. The builds below are made
here, in markup no family declares: what is tested is reading, not remembering class names.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from html import escape
from pathlib import Path
from typing import Any, Final

import pytest

from archive.model import Article, Capture
from archive.text import clean
from archive.warc import iter_captures
from crawler.demo_folder import CAPTURE
from crawler.extract import extract
from crawler.site import Site, read_sites, site_of
from tests.fidelity import leaked

RECORDS: Final = Path(__file__).parent / "data" / "seeds"
SITES: Final = sorted(path.stem for path in RECORDS.glob("*.json"))
CAPTURED_AT: Final = "2024-07-14T02:00:00Z"

# Addresses as these sites gave the articles; the text after the last slash is the article's.
URLS: Final = {
    "laichau_tuyengiao": "http://laichau.dcs.vn/index.php/xay-dung-dang/hoi-nghi-tong-ket-cong-tac-tuyen-giao-nam-2020-"
    "trien-khai-nhiem-vu-nam-2021-5120.html",
    "yenbai_tramtau": "http://tramtau.yenbai.gov.vn/noidung/tintuc/Pages/chi-tiet-tin-tuc.aspx?ItemID=1893&l=Tinhoatdong&lv=4",
    "tw_xaydungdang": "http://xaydungdang.org.vn/Home/Thoi-su-Chinh-tri/2021/14655/"
    "dang-uy-khoi-cac-co-quan-trung-uong-trien-khai-nhiem-vu-cong-tac-tuyen-giao-nam.aspx",
    "travinh_tuyengiao": "https://tuyengiao.travinh.gov.vn/1458/39701/69276/636412/tin-tuc/"
    "cong-tac-tuyen-giao-6-thang-dau-nam-2021-dam-bao-noi-dung-tien-do-hieu-qua",
    "tw_tuyengiao": "https://tuyengiao.vn/lai-chau-doi-moi-nang-cao-chat-luong-hieu-qua-cong-tac-tuyen-truyen-to-chuc-"
    "hoc-149511",
}
# The publication line as each page printed it; Trà Vinh printed none.
PRINTED_DATES: Final = {
    "laichau_tuyengiao": "Chủ nhật - 17/01/2021 14:47",
    "yenbai_tramtau": "14/07/2023 8:00:02 SA",
    "tw_xaydungdang": "21:38 07/01/2021",
    "travinh_tuyengiao": "",
    "tw_tuyengiao": "Thứ Năm, 26/10/2023 10:8'(GMT+7)",
}
# Lines under the signature that belong to it: the signatories' organisation on a line of its own.
UNDER_SIGNATURE: Final = {"tw_tuyengiao": "Ban Tuyên giáo Tỉnh ủy Lai Châu"}


@cache
def record_of(site: str) -> Mapping[str, Any]:
    record: dict[str, Any] = json.loads((RECORDS / f"{site}.json").read_text(encoding="utf-8"))
    return {**record, "body": [clean(line) for line in record["body"]], "headline": clean(record["headline"])}


@cache
def declared(name: str) -> Site:
    return read_sites()[name]


@cache
def printed_captures() -> Mapping[str, Capture]:
    wanted = {url: site for site, url in URLS.items()}
    return {wanted[capture.url]: capture for capture in iter_captures(CAPTURE) if capture.url in wanted}


def check(field: str, site: str, article: Article) -> None:
    """Compare one field with the record of the real page."""
    record = record_of(site)
    if field == "body":
        assert article.body.split("\n\n") == record["body"]
    elif field == "date_published":
        assert (article.date_published, article.date_precision) == (
            record["date_published"],
            record["date_precision"],
        )
    elif field == "authors":
        assert list(article.authors) == record["authors"]
    elif field == "captions":
        assert [image.caption for image in article.images if image.caption] == record["captions"]
    elif field == "leaks":
        assert leaked(record, article.body) == []
    elif field == "author_role":
        assert article.author_role == record.get("author_role")
    else:
        assert getattr(article, field) == record[field]


FIELDS: Final = (
    "headline", "date_published", "authors", "author_role", "byline", "source", "body", "captions", "leaks",
)  # fmt: skip


# ------------------------------------------------------------------------------- as the bundled capture prints


@cache
def read_printed(site: str, *, through_site: bool) -> Article:
    capture = printed_captures()[site]
    found = site_of(read_sites(), capture.url) if through_site else None
    return extract(capture, found).article


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("through_site", [False, True], ids=["undeclared", "declared"])
@pytest.mark.parametrize("site", SITES)
def test_seed_as_the_capture_prints_it(site: str, field: str, *, through_site: bool) -> None:
    check(field, site, read_printed(site, through_site=through_site))


@pytest.mark.parametrize(
    ("site", "views"), [("laichau_tuyengiao", 2527), ("yenbai_tramtau", 4829), ("tw_tuyengiao", None)]
)
def test_view_counter(site: str, views: int | None) -> None:
    assert read_printed(site, through_site=True).view_count == views


def test_lead_set_apart() -> None:
    assert (
        read_printed("laichau_tuyengiao", through_site=True).description
        == record_of("laichau_tuyengiao")["summary"]
    )


# --------------------------------------------------------------------------------------- in five other builds


def p(text: str, attributes: str = "") -> str:
    return f"<p{attributes}>{escape(text, quote=False)}</p>"


def signature(site: str, element: Callable[[str], str]) -> str:
    lines = [record_of(site)["byline"], UNDER_SIGNATURE.get(site)]
    return "".join(element(line) for line in lines if line)


def related(count: int, tag: str = "li") -> str:
    titles = (
        "Đại hội thi đua yêu nước tỉnh lần thứ IV", "Giao ban công tác dân vận quý I", "Hội thi báo cáo viên giỏi toàn tỉnh",
        "Ra quân làm sạch tuyến đường kiểu mẫu", "Tập huấn nghiệp vụ công tác đảng", "Giải bóng chuyền khối các cơ quan",
        "Khai mạc lớp bồi dưỡng kết nạp Đảng", "Thông báo lịch tiếp công dân tháng 7",
    )  # fmt: skip
    return "".join(
        f"<{tag}><a href='/tin/{number}.html'>{title} (1{number}/06/2024)</a></{tag}>"
        for number, title in enumerate(titles[:count])
    )


def semantic_divs(site: str) -> str:
    """A page of today: header, nav, main, article, aside, footer."""
    record = record_of(site)
    figures = "".join(
        f"<figure><img src='/anh/{n}.jpg'><figcaption>{escape(caption)}</figcaption></figure>"
        for n, caption in enumerate(record["captions"])
    )
    date = PRINTED_DATES[site]
    return f"""<!doctype html><html lang="vi"><head><meta charset="utf-8">
<title>{escape(record["headline"])} | Cổng thông tin</title></head><body>
<header><a href="/">TRANG THÔNG TIN ĐIỆN TỬ</a><div class="today">Chủ Nhật, 14/7/2024</div></header>
<nav><a href="/">Trang chủ</a><a href="/tin">Tin tức</a><a href="/van-ban">Văn bản</a><a href="/lien-he">Liên hệ</a></nav>
<main><article><h1>{escape(record["headline"])}</h1>
{f'<div class="meta-row"><span>{date}</span></div>' if date else ""}
<div class="a1">{p(record["body"][0])}{figures}{"".join(p(line) for line in record["body"][1:])}</div>
<div class="a2">{signature(site, lambda line: f"<div style='text-align:right'><b>{escape(line)}</b></div>")}</div>
</article>
<section><h3>Các tin khác</h3><ul>{related(6)}</ul></section></main>
<aside><h3>Xem nhiều</h3><ul>{related(4)}</ul></aside>
<footer><p>Giấy phép số 17/GP-TTĐT ngày 01/4/2021</p><p>Ghi rõ nguồn khi phát hành lại thông tin</p></footer></body></html>"""


def nested_tables(site: str) -> str:
    """2005: tables within tables, paragraphs parted by `<br><br>`, no h1."""
    record = record_of(site)
    photos = "".join(
        f"<table width=400 align=center><tr><td><img src='/anh/{n}.jpg' width=400></td></tr>"
        f"<tr><td align=center><i>{escape(caption)}</i></td></tr></table>"
        for n, caption in enumerate(record["captions"])
    )
    rest = "<br><br>".join(escape(line, quote=False) for line in record["body"][1:])
    closing = signature(site, lambda line: f"<div align=right><b>{escape(line)}</b></div>")
    return f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<title>{escape(record["headline"])}</title></head><body bgcolor=#ffffff>
<table width=1000><tr><td colspan=3><table width=100%><tr><td>Hôm nay: Chủ Nhật, 14/7/2024</td><td><a href="/">Trang chủ</a></td>
<td><a href="/gt">Giới thiệu</a></td><td><a href="/tt">Tin tức</a></td></tr></table></td></tr>
<tr><td width=180 valign=top><table>{related(8, "tr").replace("<tr>", "<tr><td>").replace("</tr>", "</td></tr>")}</table></td>
<td valign=top><table width=100%><tr><td><font size=4 color=#cc0000><b>{escape(record["headline"])}</b></font></td></tr>
<tr><td><font size=1>{PRINTED_DATES[site]}</font></td></tr>
<tr><td><font size=2>{escape(record["body"][0], quote=False)}<br><br>{photos}{rest}<br><br>{closing}</font></td></tr>
<tr><td><b>Tin khác</b></td></tr><tr><td><ul>{related(6)}</ul></td></tr></table></td>
<td width=160 valign=top><b>Thư viện ảnh</b><br><b>Liên kết website</b><br><select><option>Chính phủ</option></select></td></tr>
<tr><td colspan=3 align=center>Điện thoại: 0294 3853 818 - Trưởng Ban biên tập: Đồng chí Trưởng ban</td></tr></table></body></html>"""


def word_paste(site: str) -> str:
    """Pasted from Word in decomposed Unicode, with its empty paragraphs and `o:p`."""
    record = record_of(site)

    def mso(text: str, style: str = "text-align:justify") -> str:
        halves = text.split(" ", 3)
        runs = " ".join(
            f'<span style="font-size:14.0pt" lang="VI">{escape(part, quote=False)}</span>' for part in halves
        )
        return f'<p class="MsoNormal" style="margin-top:6.0pt;{style}">{runs}<o:p></o:p></p>\n<p class="MsoNormal"><o:p>&nbsp;</o:p></p>'

    photos = "".join(
        f'<p class="MsoNormal" align="center" style="text-align:center"><img src="/anh/{n}.jpg"></p>'
        f'<p class="MsoNormal" align="center" style="text-align:center"><i>{escape(caption)}</i></p>'
        for n, caption in enumerate(record["captions"])
    )
    closing = signature(site, lambda line: mso(line, "text-align:right;font-weight:bold"))
    page = f"""<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta charset="utf-8"><title>{escape(record["headline"])}</title></head>
<body><div id="top"><a href="/">Trang chủ</a> | <a href="/sd">Sơ đồ</a> | Chủ Nhật, 14/7/2024</div>
<div id="middle"><h2>{escape(record["headline"])}</h2><div>{PRINTED_DATES[site]}</div>
<div>{mso(record["body"][0])}{photos}{"".join(mso(line) for line in record["body"][1:])}{closing}</div>
<div><b>Các tin khác</b><ul>{related(7)}</ul></div></div>
<div id="bottom">Bản quyền thuộc về Ban Tuyên giáo</div></body></html>"""
    return unicodedata.normalize("NFD", page)


def one_div(site: str) -> str:
    """Everything in one element without a class, lines parted by `<br>`."""
    record = record_of(site)
    lines = [
        f"<b>{escape(record['headline'])}</b>",
        PRINTED_DATES[site],
        escape(record["body"][0], quote=False),
    ]
    for n, caption in enumerate(record["captions"]):
        lines += [f"<img src='/anh/{n}.jpg'><br><i>{escape(caption)}</i>"]
    lines += [escape(line, quote=False) for line in record["body"][1:]]
    lines += [signature(site, lambda line: f"<b>{escape(line)}</b><br>")]
    return f"""<html><head><title>{escape(record["headline"])}</title></head><body><div>
<a href="/">Trang chủ</a> <a href="/tin">Tin tức</a> <a href="/vb">Văn bản</a><br>Chủ Nhật, 14/7/2024<br><br>
{"<br><br>".join(line for line in lines if line)}
<br><br><b>Các tin khác</b><br>{related(6, "span").replace("</span>", "</span><br>")}<br>Đang online: 12<br>Ghi rõ nguồn khi phát hành lại</div></body></html>"""


def heavy_page(site: str) -> str:
    """A portal of 2023: scripts, a clock, teasers before and after, comments longer than the article."""
    record = record_of(site)
    photos = "".join(
        f'<div class="PhotoCMS"><img src="data:image/gif;base64,R0lGOD" data-src="/anh/{n}.jpg"><div class="PhotoCMS_Caption"><p>'
        f"{escape(caption)}</p></div></div>"
        for n, caption in enumerate(record["captions"])
    )
    comment = "<div class='cm-i'><b>Bạn đọc {n}</b><span>1{n} giờ trước</span><p>{text}</p><a>Trả lời</a> <a>Thích (3)</a></div>"
    remark = (
        "Tôi rất đồng tình với bài viết, mong các cấp ủy đảng quan tâm hơn nữa đến cán bộ cơ sở, nhất là vùng sâu. "
        * 6
    )
    comments = "".join(comment.format(n=n, text=remark) for n in range(8))
    teasers = "".join(
        f"<div class='tz'><a href='/t{n}.html'><img src='/t{n}.jpg' alt=''></a><h3><a href='/t{n}.html'>Tọa đàm bảo vệ nền tảng tư tưởng, "
        f"kỳ {n}</a></h3><p>Sáng {n}/6, tọa đàm thu hút đông đảo cán bộ, đảng viên tham dự và thảo luận sôi nổi...</p></div>"
        for n in range(2, 10)
    )
    date = PRINTED_DATES[site]
    return f"""<!DOCTYPE html><html><head><meta charset="UTF-8"><title>{escape(record["headline"])} - Cổng thông tin điện tử</title>
<meta property="og:title" content="{escape(record["headline"])}"><script>var d = new Date(); window.x = "<p>12/12/2012</p>";</script>
<style>.a {{ color: red }}</style></head><body class="vi"><div id="wrap"><div class="hd"><div class="clk">Chủ Nhật, 14/7/2024 | 09:12</div>
<ul class="mn"><li><a href="/">Trang chủ</a></li><li><a href="/a">Thời sự</a></li><li><a href="/b">Xây dựng Đảng</a></li></ul></div>
<div class="hot"><h2>Tin nổi bật</h2>{teasers}</div>
<div class="ct"><h1 class="t1"> {escape(record["headline"])} </h1>{f'<div class="dt">{date}</div>' if date else ""}
<div class="tools"><a>Facebook</a> <a>Zalo</a> <a>In bài</a></div>
<div class="bd">{p(record["body"][0])}{photos}{"".join(p(line) for line in record["body"][1:])}
{signature(site, lambda line: f'<p style="text-align: right;"><strong>{escape(line)}</strong></p>')}</div>
<div class="rt">Đánh giá bài viết (0/5)</div><div class="tg">Từ khóa: <a>hội nghị</a>, <a>tuyên giáo</a></div>
<div class="cm"><h3>Bình luận (8)</h3>{comments}<form><input placeholder="Họ và tên"><textarea></textarea><button>Gửi bình luận</button></form></div>
<div class="rl"><h3>Bài cùng chuyên mục</h3>{teasers}</div></div>
<div class="ft"><p>Tổng Biên tập: Đồng chí Tổng Biên tập</p><p>Lượt truy cập: 8756173</p></div></div></body></html>"""


BUILDS: Final[Sequence[Callable[[str], str]]] = (
    semantic_divs,
    nested_tables,
    word_paste,
    one_div,
    heavy_page,
)


@cache
def read_built(site: str, build: Callable[[str], str], *, through_site: bool) -> Article:
    url = URLS[site] if through_site else "https://huyenuy.example.vn/tin-tuc/bai-viet-77.html"
    capture = Capture(
        url=url,
        captured_at=CAPTURED_AT,
        status=200,
        headers=(("Content-Type", "text/html"),),
        body=build(site).encode(),
    )
    return extract(capture, declared(site) if through_site else None).article


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("through_site", [False, True], ids=["undeclared", "declared"])
@pytest.mark.parametrize("build", BUILDS, ids=lambda build: build.__name__)
@pytest.mark.parametrize("site", SITES)
def test_seed_in_another_build(
    site: str, build: Callable[[str], str], field: str, *, through_site: bool
) -> None:
    check(field, site, read_built(site, build, through_site=through_site))


@pytest.mark.parametrize("build", BUILDS, ids=lambda build: build.__name__)
def test_the_day_of_viewing_is_no_date(build: Callable[[str], str]) -> None:
    """Trà Vinh prints no date; every build prints today's, and related items' dates."""
    article = read_built("travinh_tuyengiao", build, through_site=False)
    assert (article.date_published, article.date_source) == (None, None)
