"""The site's own foot right under an article, with nothing between: none of it is text, source or author."""

from __future__ import annotations

from typing import Final

import pytest

from archive.model import Capture
from crawler.extract import extract

HEADLINE: Final = "Huyện ủy Trạm Tấu tổ chức hội nghị sơ kết 6 tháng đầu năm 2021"
PARAGRAPHS: Final = (
    (
        "Sáng 12/7, Huyện ủy Trạm Tấu tổ chức hội nghị sơ kết công tác xây dựng Đảng 6 tháng đầu năm 2021, triển khai "
        "nhiệm vụ trọng tâm 6 tháng cuối năm."
    ),
    (
        "Trong 6 tháng, toàn huyện đã kết nạp 48 đảng viên mới, đạt 60% kế hoạch; chất lượng sinh hoạt chi bộ được nâng "
        "lên rõ rệt."
    ),
    "Thời gian tới, Huyện ủy tiếp tục lãnh đạo thực hiện tốt nhiệm vụ chính trị được giao.",
)
BODIES: Final = {
    "paragraphs": "".join(f"<p>{text}</p>" for text in PARAGRAPHS),
    "breaks": "<br><br>".join(PARAGRAPHS),
    "divs": "".join(f"<div>{text}</div>" for text in PARAGRAPHS),
}
FEET: Final = {
    "name over address": "<div class=b><div>HUYỆN ỦY TRẠM TẤU - TỈNH YÊN BÁI</div><div>Địa chỉ: Thị trấn</div></div>",
    "name over editor": "<table><tr><td><b>TRANG THÔNG TIN ĐIỆN TỬ HUYỆN ỦY TRẠM TẤU</b><br>Chịu trách nhiệm: "
    "Đồng chí Nguyễn Văn A<br>Email: huyenuy@yenbai.example.vn</td></tr></table>",
    "centred": "<center><b>BAN TUYÊN GIÁO TỈNH ỦY YÊN BÁI</b><br>Trụ sở: đường Yên Ninh<br>Tel: 0216.3852.341</center>",
    "copyright": "<div><p>© 2020 Huyện ủy Trạm Tấu</p><p>Huyện ủy Trạm Tấu</p></div>",
    "licence": "<div class=x><p>Cơ quan chủ quản: Huyện ủy Trạm Tấu</p><p>Giấy phép số 12/GP-STTTT</p></div>",
    "portal": "<div class=x><p>Cổng thông tin điện tử Huyện ủy Trạm Tấu</p><p>Ban Biên tập: Ban Tuyên giáo</p></div>",
    "maker": "<div class=x><p>Huyện ủy Trạm Tấu</p><p>Thiết kế bởi VNPT Yên Bái</p></div>",
    "name alone": "<div class=x>HUYỆN ỦY TRẠM TẤU</div>",
    "menu again": '<div class=x><a href="/">Trang chủ</a> | <a href="/l">Liên hệ</a></div><div>Huyện ủy Trạm Tấu</div>',
}


@pytest.mark.parametrize("boxed", [True, False], ids=["boxed", "flat"])
@pytest.mark.parametrize("foot", FEET)
@pytest.mark.parametrize("body", BODIES)
def test_the_foot_is_none_of_the_article(body: str, foot: str, *, boxed: bool) -> None:
    inner = f"<h1>{HEADLINE}</h1><div>12/07/2021 08:05</div>"
    inner += f"<div class=nd>{BODIES[body]}</div>" if boxed else BODIES[body]
    page = (
        f"<title>{HEADLINE}</title><body><div class=c>{inner}</div>"
        if boxed
        else f"<title>{HEADLINE}</title>{inner}"
    )
    article = extract(
        Capture(
            url="http://tramtau.example.vn/tin-1.html",
            captured_at="2026-06-01T09:30:00+07:00",
            status=200,
            headers=(("Content-Type", "text/html; charset=utf-8"),),
            body=f"<html>{page}{FEET[foot]}</html>".encode(),
        )
    ).article
    assert article.body.split("\n\n") == list(PARAGRAPHS)
    assert (article.headline, article.authors, article.source) == (HEADLINE, (), None)
