"""Habits of ordinary pages, one a page, each beside lines that a rule might take for something else.

Reconstructions on one plain page; what is right was said by a reader.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import pytest

from archive.model import Article, Capture
from crawler.extract import extract

HABITS: Final = Path(__file__).parent / "data" / "habits"
HEADLINE = "Mường La nâng cao chất lượng sinh hoạt chi bộ ở cơ sở"
P = [
    "Sáng 20/11, tại Hội trường Huyện ủy, Ban Thường vụ Huyện ủy Mường La tổ chức hội nghị sơ kết công tác xây dựng Đảng 9 tháng đầu năm, triển khai nhiệm vụ trọng tâm quý IV.",
    "Dự hội nghị có các đồng chí trong Ban Thường vụ Huyện ủy, đại diện lãnh đạo các ban, phòng chuyên môn và bí thư cấp ủy các chi bộ, đảng bộ trực thuộc.",
    "Trong 9 tháng qua, toàn huyện đã kết nạp 126 đảng viên mới, đạt 84% kế hoạch năm; duy trì nền nếp sinh hoạt chi bộ ở khu dân cư và trường học.",
    "Công tác kiểm tra, giám sát được cấp ủy các cấp quan tâm, tập trung vào những nơi khó khăn, dễ phát sinh sai phạm, qua đó kịp thời uốn nắn từ sớm.",
    "Các đại biểu cũng thảo luận về việc sắp xếp chi bộ ghép, bồi dưỡng nguồn phát triển Đảng ở các bản vùng cao và chuyển sinh hoạt đảng cho đảng viên đi làm ăn xa.",
    "Kết luận hội nghị, Bí thư Huyện ủy yêu cầu các cấp ủy rà soát từng chỉ tiêu, phân công cấp ủy viên phụ trách cơ sở và báo cáo kết quả trước ngày 15/12.",
]
MENU = '<ul class="menu"><li><a href="/">Trang chủ</a></li><li><a href="/thoi-su">Thời sự</a></li><li><a href="/xay-dung-dang">Xây dựng Đảng</a></li><li><a href="/tuyen-giao">Tuyên giáo</a></li><li><a href="/van-ban">Văn bản</a></li><li><a href="/lien-he">Liên hệ</a></li></ul>'
TRAIL = '<div class="breadcrumb"><a href="/">Trang chủ</a> » <a href="/xay-dung-dang">Xây dựng Đảng</a></div>'
DATE = '<div class="date">Thứ năm, 20/11/2025 - 15:30</div>'
REL = '<div class="related"><h3>Tin liên quan</h3><ul><li><a href="/a1.html">Đảng bộ xã Ngọc Chiến quan tâm phát triển đảng viên mới</a> (18/11/2025)</li><li><a href="/a2.html">Chi bộ bản Lướt đổi mới sinh hoạt chuyên đề</a> (17/11/2025)</li><li><a href="/a3.html">Mường La tập huấn công tác đảng cho cấp ủy cơ sở</a> (15/11/2025)</li></ul></div>'
FOOT = '<div class="footer"><p>Trang thông tin điện tử Huyện ủy Mường La</p><p>Địa chỉ: Tiểu khu 5, thị trấn Ít Ong, huyện Mường La</p><p>Điện thoại: 0212 3831 234 - Email: huyenuy@muongla.example.vn</p></div>'
SIGN = '<p style="text-align:right"><strong>Hoàng Minh</strong></p>'


def ps(*texts: str, tag: str = "p") -> str:
    return "".join(f"<{tag}>{text}</{tag}>" for text in texts)


def li(*texts: str) -> str:
    return f"<ul>{ps(*texts, tag='li')}</ul>"


def page(
    body: str,
    *,
    trail: str = TRAIL,
    date: str = DATE,
    lead: str = "",
    sign: str = SIGN,
    rel: str = REL,
    h: str = "h1",
) -> str:
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{HEADLINE}</title></head><body><div class="header"><a href="/">'
        f'<img src="/images/banner.jpg"></a></div>{MENU}<div class="main">{trail}<{h} class="title">{HEADLINE}</{h}>{date}'
        f'<div class="content">{lead}{body}{sign}</div>{rel}</div>{FOOT}</body></html>'
    )


def with_meeting(time: str) -> list[str]:
    """The paragraphs, and after the first a meeting's time and place."""
    return [P[0], time, "Địa điểm: Hội trường Huyện ủy Mường La", *P[1:]]


def read(html: str) -> Article:
    return extract(
        Capture(
            url="https://huyenuy.muongla.example.vn/xay-dung-dang/tin-123.html",
            captured_at="2026-11-22T00:00:00Z",
            status=200,
            headers=(("Content-Type", "text/html; charset=utf-8"),),
            body=html.encode(),
        )
    ).article


MORE = '<div class="tin-khac"><h3>Tin khác</h3><ul><li><a href="/b1.html">Đảng bộ xã Ngọc Chiến quan tâm phát triển đảng viên mới</a></li><li><a href="/b2.html">Chi bộ bản Lướt đổi mới sinh hoạt chuyên đề</a></li></ul></div>'
DAYS = [
    ("Hội nghị sơ kết xây dựng Đảng", "15/10/2024"),
    ("Đại hội điểm chi bộ bản Lướt", "20/03/2025"),
    ("Khai mạc hội diễn văn nghệ", "22/11/2025"),
]
INFO_ROWS = "".join(
    f'<div class="info-row"><span class="ten">{x}</span> <span class="ngay">{y}</span></div>' for x, y in DAYS
)
TIMELINE = "".join(
    f'<div class="timeline-item"><strong class="ten">{x}</strong> <em class="ngay">{y}</em></div>'
    for x, y in DAYS
)
SUBHEADS = "".join(
    f"<h3>{t} <small>{d}</small></h3><p>{q}</p>" for (t, d), q in zip(DAYS, P[1:4], strict=True)
)
PRIZES = [
    "Giải A: Sáng mãi niềm tin",
    "Tác giả: Cầm Trọng",
    "Giải B: Mùa xuân bản Lướt",
    "Tác giả: Lò Văn Muôn",
]
BOOK = [
    "Tên sách: Bản Lướt những mùa xuân",
    "Tác giả: Cầm Trọng",
    "Nhà xuất bản: Văn hóa dân tộc",
    "Số trang: 320",
]
QUOTED = "Muốn có chi bộ mạnh thì trước hết bí thư phải gần dân, nói ít làm nhiều"
QUOTING = f"Đồng chí Lò Văn Muôn nói: “{QUOTED}”, rồi chỉ tay về phía con đường bê tông mới."
LEADING = "Câu nói ấy được chi bộ ghi vào nghị quyết năm 2025 như sau:"
POST_FIRST = "Bí thư Chi bộ bản Lướt Lò Văn Muôn năm nay đã 62 tuổi."
OFFICE_FIRST = "Ban Tuyên giáo Huyện ủy vừa ban hành hướng dẫn sinh hoạt chi bộ."
ADDRESS = [
    "Bài dự thi gửi về địa chỉ:",
    "Ban Tuyên giáo Huyện ủy Mường La, thị trấn Ít Ong",
    "Điện thoại: 0212 3831 234",
    "Email: btg@ml.vn",
]
POEM = [
    "Mường La ơi sông Đà cuộn chảy",
    "Bản Lướt vui mùa lúa chín vàng",
    "Đảng về soi sáng muôn nhà",
    "Nậm Păm thay áo mới thênh thang",
]
SIGNED = '<p style="text-align:right"><strong>%s</strong></p>'
CASES: list[tuple[str, str, list[str], dict[str, Any]]] = [
    (
        "time label as stamp",
        page(ps(*P), date='<div class="date">Thời gian: 15h30 ngày 20/11/2025</div>'),
        P,
        {},
    ),
    (
        "time label in a row",
        page(
            ps(*P),
            date='<div class="meta"><span>Thời gian: 15 giờ 30 phút, ngày 20/11/2025</span> | <span>Lượt xem: 120</span></div>',
        ),
        P,
        {},
    ),
    (
        "meeting",
        page(ps(*with_meeting("Thời gian: 07:30 ngày 24/11/2025"))),
        with_meeting("Thời gian: 07:30 ngày 24/11/2025"),
        {},
    ),
    (
        "numbered meeting",
        page(ps(*with_meeting("1. Thời gian: 8 giờ 00, ngày 24/11/2025"))),
        with_meeting("1. Thời gian: 8 giờ 00, ngày 24/11/2025"),
        {},
    ),
    (
        "meeting from an hour",
        page(ps(*with_meeting("Thời gian: Từ 7 giờ 30 phút, thứ Hai, ngày 24/11/2025"))),
        with_meeting("Thời gian: Từ 7 giờ 30 phút, thứ Hai, ngày 24/11/2025"),
        {},
    ),
    (
        "meeting in divs",
        page(
            ps(
                *P[:3],
                "Thời gian: 07:30 ngày 24/11/2025",
                "Địa điểm: Hội trường Huyện ủy Mường La",
                *P[3:],
                tag="div",
            )
        ),
        [*P[:3], "Thời gian: 07:30 ngày 24/11/2025", "Địa điểm: Hội trường Huyện ủy Mường La", *P[3:]],
        {},
    ),
    (
        "meeting of a day",
        page(ps(*with_meeting("Thời gian: Ngày 24/11/2025"))),
        with_meeting("Thời gian: Ngày 24/11/2025"),
        {},
    ),
    (
        "first sentence begins with a post",
        page(ps(POST_FIRST, *P), lead="<p><strong>Hoàng Minh</strong></p>", sign=""),
        [POST_FIRST, *P],
        {},
    ),
    (
        "first sentence begins with an office",
        page(ps(OFFICE_FIRST, *P), lead="<p><strong>Hoàng Minh</strong></p>", sign=""),
        [OFFICE_FIRST, *P],
        {},
    ),
    (
        "first sentence under a credit",
        page(ps(POST_FIRST, *P), lead="<p>Bài, ảnh: Hoàng Minh</p>", sign=""),
        [POST_FIRST, *P],
        {},
    ),
    (
        "address in a list",
        page(ps(*P, ADDRESS[0]) + li(*ADDRESS[1:3], 'Email: <a href="mailto:btg@ml.vn">btg@ml.vn</a>')),
        [*P, *ADDRESS],
        {},
    ),
    ("address in paragraphs", page(ps(*P, *ADDRESS)), [*P, *ADDRESS], {}),
    (
        "chronicle in info rows",
        page(ps(*P[:3]) + INFO_ROWS + ps(*P[3:])),
        [*P[:3], *[f"{x} {y}" for x, y in DAYS], *P[3:]],
        {},
    ),
    (
        "timeline",
        page(ps(*P[:3]) + TIMELINE + ps(*P[3:])),
        [*P[:3], *[f"{x} {y}" for x, y in DAYS], *P[3:]],
        {},
    ),
    (
        "chronicle under a lead",
        page(ps(P[0]) + INFO_ROWS.replace("info-row", "su-kien") + ps(*P[1:])),
        [P[0], *[f"{x} {y}" for x, y in DAYS], *P[1:]],
        {},
    ),
    (
        "days in subheads",
        page(ps(P[0]) + SUBHEADS + ps(*P[4:])),
        [P[0], *[y for (t, d), q in zip(DAYS, P[1:4], strict=True) for y in (f"{t} {d}", q)], *P[4:]],
        {},
    ),
    ("authors of prizes", page(ps(P[0], *PRIZES, *P[1:])), [P[0], *PRIZES, *P[1:]], {}),
    ("book in divs", page(ps(*BOOK, *P, tag="div")), [*BOOK, *P], {}),
    ("book in one div", page("<div>" + "<br>".join(BOOK) + "</div>" + ps(*P)), [*BOOK, *P], {}),
    (
        "head fields in paragraphs",
        page(
            ps(*P),
            lead=ps("Thời gian: 15:30 20/11/2025", "Lĩnh vực: Xây dựng Đảng", "Tác giả: Hoàng Minh"),
            date="",
            sign="",
        ),
        P,
        {},
    ),
    (
        "saying in a box",
        page(
            ps(*P),
            rel=MORE
            + '<div class="box"><div class="box-title">Lời Bác dạy</div><p>“Cán bộ là cái gốc của mọi công việc.”</p><p align="right">Nguồn: Hồ Chí Minh Toàn tập</p></div>',
        ),
        P,
        {},
    ),
    (
        "poem in a box",
        page(
            ps(*P),
            sign="",
            rel=MORE
            + '<div class="box"><div class="box-title">Góc thơ</div><p>Mường La ơi sông Đà cuộn chảy<br>Bản Lướt vui mùa lúa chín vàng</p><p style="text-align:right">Tác giả: Cầm Trọng</p></div>',
        ),
        P,
        {"authors": ()},
    ),
    (
        "weather in a box",
        page(
            ps(*P),
            rel=MORE
            + '<table><tr><td class="tieude">Dự báo thời tiết</td></tr><tr><td>Mường La: 18 - 26 độ</td></tr><tr><td align="right">Nguồn: Trung tâm Dự báo khí tượng thủy văn</td></tr></table>',
        ),
        P,
        {},
    ),
    (
        "letter in the text",
        page(
            ps(P[0])
            + "<p><strong>Bức thư từ bản Lướt</strong></p>"
            + ps(P[1])
            + SIGNED % "Lò Văn Muôn"
            + "<p><strong>Và câu trả lời của chi bộ</strong></p>"
            + ps(*P[2:])
        ),
        [P[0], "Bức thư từ bản Lướt", P[1], "Lò Văn Muôn", "Và câu trả lời của chi bộ", *P[2:]],
        {},
    ),
    (
        "note with items",
        page(
            ps(*P[:3])
            + '<aside class="box-note"><p>Toàn huyện hiện có:</p><p>- 56 chi bộ trực thuộc</p><p>- 1.240 đảng viên</p><p>Tỷ lệ hoàn thành tốt nhiệm vụ đạt 92,5%.</p></aside>'
            + ps(*P[3:])
        ),
        [
            *P[:3],
            "Toàn huyện hiện có:",
            "- 56 chi bộ trực thuộc",
            "- 1.240 đảng viên",
            "Tỷ lệ hoàn thành tốt nhiệm vụ đạt 92,5%.",
            *P[3:],
        ],
        {},
    ),
    (
        "note with a list",
        page(
            ps(*P[:3])
            + '<aside class="note"><strong>Lưu ý:</strong><ul><li>Nộp hồ sơ trước ngày 15/12</li><li>Mỗi hồ sơ gồm 2 bản</li></ul></aside>'
            + ps(*P[3:])
        ),
        [*P[:3], "Lưu ý:", "Nộp hồ sơ trước ngày 15/12", "Mỗi hồ sơ gồm 2 bản", *P[3:]],
        {},
    ),
    (
        "quotation and a post",
        page(
            ps(*P[:3])
            + '<aside class="quote"><p>“Muốn có chi bộ mạnh thì bí thư phải mạnh, phải gần dân”</p><p>Bí thư Huyện ủy Mường La</p></aside>'
            + ps(*P[3:])
        ),
        [
            *P[:3],
            "“Muốn có chi bộ mạnh thì bí thư phải mạnh, phải gần dân”",
            "Bí thư Huyện ủy Mường La",
            *P[3:],
        ],
        {},
    ),
    (
        "song with buttons",
        page(
            ps(*P[:3])
            + '<div class="bai-hat"><button>Nghe</button><button>Tải về</button>'
            + ps(*POEM)
            + "</div>"
            + ps(*P[3:])
        ),
        [*P[:3], *POEM, *P[3:]],
        {},
    ),
    (
        "quiz",
        page(
            ps(*P[:3])
            + '<div class="cau-hoi"><p>Câu 1: Đảng bộ huyện Mường La được thành lập năm nào?</p><label><input type="radio" name="a"> Năm 1947</label><br><label><input type="radio" name="a"> Năm 1949</label></div>'
            + ps(*P[3:])
        ),
        [*P[:3], "Câu 1: Đảng bộ huyện Mường La được thành lập năm nào?", "Năm 1947", "Năm 1949", *P[3:]],
        {},
    ),
    (
        "quotation led to",
        page(ps(P[0], QUOTING, P[1], LEADING) + f'<p class="quote">{QUOTED}</p>' + ps(*P[2:])),
        [P[0], QUOTING, P[1], LEADING, QUOTED, *P[2:]],
        {},
    ),
    (
        "trail opened by an arrow",
        page(ps(*P), trail='<div class="breadcrumb">» Trang chủ / Tin tức / Xây dựng Đảng</div>'),
        P,
        {},
    ),
    (
        "trail closed by an arrow",
        page(
            ps(*P),
            trail='<div><a href="/">Trang chủ</a> / <a href="/tin-tuc">Tin tức</a> / <a href="/xay-dung-dang">Xây dựng Đảng</a> »</div>',
        ),
        P,
        {},
    ),
    (
        "site name over the headline",
        page(ps(*P), trail="", h="h2").replace(
            '<div class="main">', '<h1 class="site">Huyện ủy Mường La</h1><div class="main">'
        ),
        P,
        {"section": None},
    ),
    (
        "vote",
        page(ps(*P) + "<p>Bạn đánh giá thế nào về bài viết này:</p>" + li("Rất hay", "Hay", "Bình thường")),
        P,
        {},
    ),
    ("networks", page(ps(*P) + "<p>Kết nối với chúng tôi:</p>" + li("Facebook", "Zalo", "Youtube")), P, {}),
    (
        "addressees on the right",
        page(
            ps(P[0])
            + '<p style="text-align:right"><em>Kính gửi: Các chi bộ, đảng bộ trực thuộc</em></p>'
            + ps(*P[1:])
        ),
        [P[0], "Kính gửi: Các chi bộ, đảng bộ trực thuộc", *P[1:]],
        {},
    ),
]


@pytest.mark.parametrize(
    ("html", "lines", "fields"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_an_ordinary_page_with_a_habit(html: str, lines: list[str], fields: dict[str, Any]) -> None:
    article = read(html)
    assert [line for line in article.body.split("\n") if line.strip()] == lines
    assert str(article.date_published).startswith("2025-11-20")
    found = {"authors": article.authors, "source": article.source, "section": article.section}
    assert found == {"authors": ("Hoàng Minh",), "source": None, "section": "Xây dựng Đảng"} | fields


@pytest.mark.parametrize("path", sorted(HABITS.glob("*.json")), ids=lambda path: path.stem)
def test_a_habit_kept_as_a_page(path: Path) -> None:
    """Pages on which rules once fired wrongly, each with what a reader makes of it."""
    record = json.loads(path.read_text(encoding="utf-8"))
    article = read(path.with_suffix(".html").read_text(encoding="utf-8"))
    found = {
        "headline": article.headline,
        "authors": list(article.authors),
        "source": article.source,
        "section": article.section,
        "date": article.date_published and article.date_published[: len(record["date"])],
        "body": [line for line in article.body.split("\n") if line.strip()],
    }
    assert found == found | record
