"""Ordinary articles in words that sites also print about articles: nothing of them may be lost or taken.

A reconstruction of a plain page with one difficulty at a time; what is right was said by a reader.
"""

from __future__ import annotations

import re

import pytest

from archive.model import Article, Capture
from crawler.errors import NotAnArticle
from crawler.extract import extract

HEADLINE = "Huyện ủy Trạm Tấu sơ kết công tác sáu tháng đầu năm 2023"
PARAGRAPHS = """\
Sáng 12/7, Ban Thường vụ Huyện ủy tổ chức hội nghị sơ kết công tác sáu tháng đầu năm, triển khai nhiệm vụ.
Sáu tháng qua, cấp ủy các cấp đã lãnh đạo toàn diện các nhiệm vụ, đời sống nhân dân tiếp tục được nâng lên.
Công tác xây dựng Đảng được quan tâm, toàn huyện kết nạp 85 đảng viên mới, đạt 62% kế hoạch của cả năm.
Phát biểu kết luận hội nghị, đồng chí Bí thư Huyện ủy yêu cầu các chi bộ tập trung khắc phục hạn chế.
""".splitlines()
FIRST, LAST = (
    "".join(f"<p>{text}</p>" for text in PARAGRAPHS[:2]),
    "".join(f"<p>{text}</p>" for text in PARAGRAPHS[2:]),
)


def page(body: str, *, headline: str = HEADLINE, date: str = "12/07/2023 08:15", above: str = "") -> str:
    links = "".join(
        f'<li><a href="/{n}">{name}</a></li>'
        for n, name in enumerate(("Trang chủ", "Giới thiệu", "Tin tức", "Văn bản"))
    )
    return (
        f"<html><head><title>{headline} - Huyện ủy Trạm Tấu</title></head><body><div id=top><ul>{links}</ul></div>"
        f"<article>{above}<h1>{headline}</h1><div>{date}</div><div class=content>{body}</div></article>"
        "<div><h3>Các tin khác</h3><ul><li><a href=/a>Đảng bộ xã Hát Lừu ra nghị quyết về giảm nghèo</a></li>"
        "<li><a href=/b>Chi bộ Phòng Tài chính kết nạp đảng viên mới</a></li></ul></div>"
        "<div>Bản quyền thuộc Huyện ủy Trạm Tấu. Địa chỉ: thị trấn Trạm Tấu.</div></body></html>"
    )


def read(html: str) -> Article:
    capture = Capture(
        url="http://tramtau.example.vn/tin/so-ket-123.html",
        captured_at="2023-07-20T03:00:00Z",
        status=200,
        headers=(("Content-Type", "text/html; charset=utf-8"),),
        body=html.encode(),
    )
    return extract(capture).article


@pytest.mark.parametrize(
    "headline",
    [
        "Tìm kiếm và quy tập hài cốt liệt sĩ",
        "Kết quả tìm kiếm, quy tập hài cốt liệt sĩ năm 2023",
        "Kết quả tìm kiếm cứu nạn trên sông Hồng",
        "Tìm thấy 3 hài cốt liệt sĩ tại Trạm Tấu",
        "Lưu trữ tài liệu Đảng: những vấn đề đặt ra",
        "Tháng Thanh niên 2023 tại huyện Trạm Tấu",
        "Tháng Ba năm 1975 không quên",
        "Hỏi đáp pháp luật",
        "Góp ý văn kiện",
    ],
)
def test_an_article_about_searches_and_questions_is_one(headline: str) -> None:
    assert read(page(FIRST + LAST, headline=headline)).headline == headline


@pytest.mark.parametrize(
    "text",
    [
        "Qua giám sát, Ủy ban Kiểm tra yêu cầu các đơn vị rút kinh nghiệm trong việc ban hành quy chế.",
        "Tuyến đường liên xã đang được nâng cấp, dự kiến hoàn thành trước Tết Nguyên đán năm nay.",
        "Hệ thống kênh mương của xã đang được nâng cấp bằng vốn chương trình mục tiêu quốc gia.",
    ],
)
def test_a_short_item_about_inspection_and_works_is_no_notice_of_the_server(text: str) -> None:
    html = f"<html><head><title>{HEADLINE}</title></head><body><h1>{HEADLINE}</h1><p>12/07/2023</p><p>{text}</p></body>"
    assert read(html).body == text


@pytest.mark.parametrize("headline", ["Kết quả tìm kiếm", "Tìm thấy 12 kết quả"])
def test_a_page_of_results_is_none(headline: str) -> None:
    with pytest.raises(NotAnArticle):
        read(page(FIRST + LAST, headline=headline))


@pytest.mark.parametrize(
    "line",
    [
        "<p>Anh Giàng A Chu, bản Tà Xùa, là đảng viên trẻ. Năm 2018, anh vay 50 triệu đồng nuôi trâu.</p>",
        "<p>Một trong những điểm nhấn của phong trào là sự tham gia của đồng bào Mông ở các bản vùng cao.</p>",
        "<p>“Mỗi đảng viên phải là một tấm gương để quần chúng noi theo, nói đi đôi với làm” - ông nói.</p>",
    ],
)
def test_a_paragraph_under_a_picture_is_no_caption(line: str) -> None:
    article = read(page(f"{FIRST}<p><img src=/anh.jpg></p>{line}{LAST}"))
    assert line.removeprefix("<p>").removesuffix("</p>") in article.body
    assert [image.caption for image in article.images] == [None]


@pytest.mark.parametrize(
    "line",
    [
        "<h3>Ý kiến đóng góp vào văn kiện</h3>",
        "<h3>Gửi câu hỏi tới đại biểu</h3>",
        "<h3>1945</h3>",
        "<p>Tìm thêm nguồn lực cho xây dựng nông thôn mới</p>",
        "<p>Giá vàng tăng mạnh</p>",
        "<p>Hiện có 5.200 người có công được hưởng trợ cấp</p>",
        "<p>Lấy ý kiến cử tri nơi cư trú</p>",
        "<p>Ngày vào Đảng: 03/02/1990</p>",
    ],
)
def test_a_line_between_paragraphs_stays_and_so_does_what_follows(line: str) -> None:
    body = read(page(f"{FIRST}{line}{LAST}")).body
    said = line[line.index(">") + 1 : line.rindex("<")]
    assert body.split("\n\n") == [*PARAGRAPHS[:2], said, *PARAGRAPHS[2:]]


def test_items_in_the_words_of_widgets_stay_items() -> None:
    items = ("Chỉ tiêu kết nạp đảng viên", "Tốc độ tăng trưởng kinh tế", "Chỉ tiêu thu ngân sách")
    listed = "".join(f"<li>{item}</li>" for item in items)
    body = read(page(f"{FIRST}<ul>{listed}</ul>{LAST}")).body
    assert all(words in body for words in (*items, *PARAGRAPHS))


def test_the_last_of_a_list_sign_nothing() -> None:
    names = "<p>Các cá nhân được khen thưởng:</p><p>Nguyễn Thị Hoa, Chi bộ Trường THPT</p><p>Giàng A Chu</p>"
    article = read(page(FIRST + LAST + names))
    assert (article.authors, article.source) == ((), None)
    assert article.body.endswith("Nguyễn Thị Hoa, Chi bộ Trường THPT\n\nGiàng A Chu")


def test_a_quotation_is_not_by_the_articles_author() -> None:
    quoted = "“Dễ trăm lần không dân cũng chịu, khó vạn lần dân liệu cũng xong.” (Phan Bội Châu)"
    article = read(page(f"{FIRST}{LAST}<p>{quoted}</p>"))
    assert (article.authors, article.body.endswith(quoted)) == ((), True)


def test_where_money_comes_from_is_no_source() -> None:
    money = "Công trình dài 3 km. Nguồn: ngân sách huyện và đóng góp của nhân dân."
    article = read(page(f"{FIRST}{LAST}<p>{money}</p>"))
    assert (article.source, article.body.endswith(money)) == (None, True)


@pytest.mark.parametrize(
    "date",
    [
        "Tin tức - Sự kiện | 12/07/2023 08:15",
        "Đăng tin lúc: 12/07/2023 08:15",
        "Đăng ngày 12/07/2023 08:15 - Lượt truy cập: 120",
        '<div class="d-none d-md-block">12/07/2023 08:15</div>',
    ],
)
def test_what_stands_beside_a_date_does_not_hide_it(date: str) -> None:
    assert read(page(FIRST + LAST, date=date)).date_published == "2023-07-12T08:15:00+07:00"


def test_a_misprinted_weekday_moves_no_date_into_the_future() -> None:
    # 12 July 2023 was a Wednesday; 7 December 2023, a Thursday, lies after the capture.
    assert read(page(FIRST + LAST, date="Thứ năm, ngày 12.7.2023")).date_published == "2023-07-12"


def test_a_sentence_that_links_a_document_stays() -> None:
    said = "Ngày 10/7, Ban Thường vụ ban hành Kế hoạch số 125-KH/HU về kiểm tra, giám sát năm 2023."
    linked = said.replace("Kế hoạch số 125-KH/HU", "<a href=/kh.pdf>Kế hoạch số 125-KH/HU</a>")
    assert said in read(page(f"{FIRST}<p>{linked}</p>{LAST}")).body


def test_a_picture_of_half_the_width_or_about_a_logo_is_one() -> None:
    pictures = '<p><img src=/a.jpg width="50%"></p><p><img src=/cuoc-thi-sang-tac-logo-tinh-yen-bai.jpg></p>'
    assert len(read(page(f"{FIRST}{pictures}{LAST}")).images) == 2


def test_a_name_over_the_headline_is_no_section() -> None:
    assert read(page(FIRST + LAST, above="<div>Minh Hải</div>")).section is None


def test_a_list_that_the_text_announces_is_no_section() -> None:
    assert read(page(f"{FIRST}<p>Danh mục dự án đầu tư công gồm</p>{LAST}")).section is None


def test_a_link_in_the_middle_of_the_text_ends_nothing() -> None:
    link = "<div><a href=/bai-1>Bài 1: Người mang giống lúa nước về Na Kho</a></div>"
    assert read(page(FIRST + link + LAST)).body.split("\n\n") == list(PARAGRAPHS)


def test_an_advertisement_after_a_box_of_links_ends_nothing() -> None:
    box = "<aside><h4>Xem thêm</h4><p><a href=/n1>Đưa quả sơn tra Trạm Tấu lên sàn thương mại điện tử</a></p></aside>"
    advertisement = "<div class=qc><span>Quảng cáo</span></div>"
    article = read(page(f"{FIRST}{box}{advertisement}{LAST}<p><b>Nguồn: Văn phòng Huyện ủy</b></p>"))
    assert (article.body.split("\n\n"), article.source) == (list(PARAGRAPHS), "Văn phòng Huyện ủy")


LINKS = "• <a href=/1>Ra quân làm đường giao thông nông thôn đợt hai</a><br>• <a href=/2>Chi bộ Trạm Y tế đại hội điểm</a><br>"


def test_text_goes_on_after_links_on_a_page_without_paragraphs() -> None:
    lines = [f"{text}<br>" for text in PARAGRAPHS]
    verse = "Đường lên bản mới đêm trăng<br>Tiếng khèn gọi bạn qua tầng núi cao<br>"
    html = f"{''.join(lines[:2])}<br><b>Tin liên quan:</b><br>{LINKS}{verse}{''.join(lines[2:])}"
    said = [
        *PARAGRAPHS[:2],
        "Đường lên bản mới đêm trăng",
        "Tiếng khèn gọi bạn qua tầng núi cao",
        *PARAGRAPHS[2:],
    ]
    assert read(page(html)).body.split("\n\n") == said


def test_what_the_site_says_under_the_last_list_is_no_text() -> None:
    foot = "Trang tin do Văn phòng Huyện ủy Trạm Tấu quản lý, mọi ý kiến đóng góp của bạn đọc xin gửi về văn phòng."
    lines = "".join(f"{text}<br>" for text in PARAGRAPHS)
    article = read(page(f"{lines}<br>Giàng A Chu<br><br><b>Các tin khác:</b><br>{LINKS}<br>{foot}<br>"))
    assert (article.body.split("\n\n"), article.authors) == (list(PARAGRAPHS), ("Giàng A Chu",))


def test_buttons_between_paragraphs_ask_readers_and_are_no_text() -> None:
    asked = (
        "<div><p>Cơ quan bạn còn phát phong bì khi họp không?</p><button>Còn</button> 612 người trả lời</div>"
    )
    assert read(page(FIRST + asked + LAST)).body.split("\n\n") == list(PARAGRAPHS)


def test_an_announced_instruction_over_the_signature_is_no_list() -> None:
    said = "<p>Kết luận hội nghị, đồng chí Bí thư nhấn mạnh:</p><p>Khắc phục xong trước ngày 30/10.</p>"
    signed = (
        '<p style="text-align:right"><b>Lê Thị Thanh Hà</b></p>'
        '<p style="text-align:right"><i>Ủy ban Kiểm tra Huyện ủy</i></p>'
    )
    article = read(page(FIRST + LAST + said + signed))
    assert (article.authors, article.source) == (("Lê Thị Thanh Hà",), "Ủy ban Kiểm tra Huyện ủy")
    assert article.body.endswith("Khắc phục xong trước ngày 30/10.")


@pytest.mark.parametrize(
    "paragraph",
    [
        '<p>Giải Nhất: <a href="/x">Trường Tiểu học Võ Thị Sáu</a></p>',
        '<p>Bài hát: <a href="/x">Đảng đã cho ta một mùa xuân</a></p>',
        "<p><strong>Quảng cáo sai sự thật</strong></p>",
        '<p>Mời bạn đọc theo dõi <a href="/nq">toàn văn Nghị quyết số 18-NQ/TW</a> của Trung ương.</p>',
        "<p>- Quét mã QR trên thể lệ cuộc thi</p>",
        "<p>- Nhập số điện thoại của người dự thi</p>",
        "<p>Đính kèm Kế hoạch để các chi bộ thực hiện, báo cáo trước ngày 30/7/2023 <a href=/f/kh.pdf>(tải về)</a></p>",
        "<p><b>Thông tin doanh nghiệp:</b></p><ul><li>Công ty Chè Trạm Tấu</li><li>Hợp tác xã Suối Giàng</li></ul>",
        "<p><img src=/a.jpg></p><p>Bà con trao đổi kinh nghiệm sản xuất, giới thiệu giống mới, cùng nhau thoát nghèo.</p>",
        "<p>Hội nghị sơ kết công tác Đảng<br>Thứ Tư, ngày 12/7/2023<br>Hội trường Huyện ủy</p>",
    ],
)
def test_a_line_in_the_words_of_pointers_and_offers_stays(paragraph: str) -> None:
    words = re.sub(r"<[^>]+>", " ", paragraph).replace("- ", "").split()
    assert set(words) <= set(read(page(FIRST + paragraph + LAST)).body.split())


@pytest.mark.parametrize(
    "aside",
    [
        "<aside class=ads><p>Chè Shan tuyết Suối Giàng, đặc sản vùng cao, đặt hàng qua số 0912345678.</p></aside>",
        "<aside class=newsletter><p>Đăng ký nhận bản tin để không bỏ lỡ tin tức mới nhất.</p></aside>",
        "<aside class=box-right><p>“Toàn huyện kết nạp 85 đảng viên mới, đạt 62% kế hoạch.”</p></aside>",
    ],
)
def test_an_aside_that_is_no_note_is_no_text(aside: str) -> None:
    assert read(page(FIRST + aside + LAST)).body.split("\n\n") == list(PARAGRAPHS)


def test_a_note_in_an_aside_is_text() -> None:
    note = "<aside class=note><p>Lưu ý: các chi bộ gửi báo cáo trước ngày 25/7/2023.</p></aside>"
    assert "Lưu ý: các chi bộ gửi báo cáo trước ngày 25/7/2023." in read(page(FIRST + note + LAST)).body


def test_a_date_that_an_editor_parted_in_spans_is_whole() -> None:
    said = "<p><span>Sáng ngày 1</span><span>2/7/2023</span><span>, Huyện ủy tổ chức hội nghị sơ kết công tác Đảng.</span></p>"
    article = read(page(said + FIRST + LAST, date="<span>Thứ Tư, 1</span><span>2/07/2023</span>"))
    assert article.date_published == "2023-07-12"
    assert article.body.startswith("Sáng ngày 12/7/2023, Huyện ủy tổ chức hội nghị")


def test_a_day_in_the_headline_is_no_date_of_publication() -> None:
    headline = "Ý nghĩa Ngày Gia đình Việt Nam (28/6/2001)"
    article = read(page(FIRST + LAST, headline=headline, date=""))
    assert (article.headline, article.date_published) == (headline, None)


def test_teasers_on_a_page_without_paragraphs_are_no_text() -> None:
    teaser = (
        "Nhiều cách làm hay đã được các chi bộ chia sẻ tại buổi làm việc diễn ra vào cuối tuần qua tại huyện."
    )
    lines = "".join(f"{text}<br><br>" for text in PARAGRAPHS)
    links = "".join(
        f"<a href=/{n}>{name}</a><br>{teaser}<br>"
        for n, name in enumerate(("Chi bộ Trạm Y tế đại hội điểm", "Ra quân làm đường giao thông nông thôn"))
    )
    assert read(page(f"{lines}<b>Tin liên quan</b><br>{links}")).body.split("\n\n") == list(PARAGRAPHS)


def test_a_wider_heading_is_no_better_than_the_trail() -> None:
    trail = "<div class=breadcrumb><a href=/>Trang chủ</a> » <a href=/tt>Tin tức</a> » <a href=/xd>Xây dựng Đảng</a></div>"
    assert read(page(FIRST + LAST, above=f"{trail}<h2>Tin tức</h2>")).section == "Xây dựng Đảng"


def test_a_quotation_signed_on_the_right_is_no_post_of_the_author() -> None:
    lines = '<p style="text-align:right">Bí thư chi bộ Giàng A Chu</p><p style="text-align:right"><b>Bài, ảnh: Trần Lan</b></p>'
    article = read(page(FIRST + LAST + lines))
    assert (article.authors, article.author_role) == (("Trần Lan",), None)
    assert article.body.endswith("Bí thư chi bộ Giàng A Chu")


def test_a_subhead_called_source_takes_no_line_from_the_text() -> None:
    said = "Kinh phí lấy từ ngân sách huyện và nguồn xã hội hóa."
    assert read(page(f"{FIRST}{LAST}<h3>Nguồn</h3><p>{said}</p>")).body.endswith(f"Nguồn\n\n{said}")


def test_a_decree_named_under_the_headline_dates_nothing() -> None:
    article = read(page(FIRST + LAST, date="(Ban hành kèm theo Kế hoạch ngày 10/07/2023)"))
    assert (article.date_published, article.source) == (None, None)


def test_an_article_whose_title_tag_names_its_section_is_one() -> None:
    html = page(FIRST + LAST).replace(f"<title>{HEADLINE}", "<title>Chuyên mục: Xây dựng Đảng")
    assert read(html).headline == HEADLINE


def test_a_table_of_contents_under_a_short_headline_is_no_menu() -> None:
    items = "".join(f"<li><a href='#{n}'>Phần {n}</a></li>" for n in range(1, 9))
    subhead = "<h2>Những mùa xuân có Bác ở chiến khu</h2>"
    html = page(f"<ul>{items}</ul>{subhead}{FIRST}{LAST}", headline="Mùa xuân nhớ Bác")
    assert read(html).headline == "Mùa xuân nhớ Bác"


def test_a_photograph_that_leads_to_its_viewer_is_the_articles() -> None:
    photograph = '<p><a href="/xem-anh.aspx?id=5"><img src=/upload/hn.jpg></a><br><a href="/xem-anh.aspx?id=5">Quang cảnh hội nghị sơ kết</a></p>'
    assert [image.url.rsplit("/", 1)[-1] for image in read(page(FIRST + photograph + LAST)).images] == [
        "hn.jpg"
    ]


def test_the_next_boxs_picture_is_none_of_the_articles() -> None:
    box = "</div><div><img src=/upload/rel.jpg><div class=caption><a href=/b>Chi bộ Phòng Tài chính kết nạp đảng viên mới</a></div>"
    assert read(page(FIRST + LAST + box)).images == ()


@pytest.mark.parametrize(
    "lines",
    [
        "<p>Tác giả: Hoàng Hạnh - Lê Vân</p><p>Tên sách: Đảng bộ Trạm Tấu</p><p>Nhà xuất bản: Chính trị quốc gia</p>",
        "<p>Danh mục tài liệu đính kèm gồm <a href=/1>Nghị quyết số 18</a> và hướng dẫn thực hiện.</p>",
        "<p>Chia sẻ trên Facebook thông tin sai sự thật bị phạt</p>",
    ],
)
def test_particulars_lists_and_warnings_stay_in_the_text(lines: str) -> None:
    first, *rest = (f"<p>{text}</p>" for text in PARAGRAPHS)
    article = read(page(first + lines + "".join(rest)))
    words = re.sub(r"<[^>]+>", " ", lines).split()
    assert set(words) <= set(article.body.split())
    assert article.authors == ()


def test_who_put_the_article_on_line_is_no_co_author() -> None:
    date = "<p>Tác giả: Nguyễn Văn Hùng</p><p>Người đăng: Trần Thị Lan</p><p>12/07/2023</p>"
    assert read(page(FIRST + LAST, date=date)).authors == ("Nguyễn Văn Hùng",)


def test_a_row_of_the_sites_pages_is_no_trail() -> None:
    row = "<div><a href=/>Trang chủ</a> <a href=/rss>RSS</a> <a href=/so-do>Sơ đồ trang</a></div>"
    assert read(page(FIRST + LAST, above=row)).section is None


def test_a_paragraph_broken_by_links_goes_on() -> None:
    links = "- <a href=/1>Ra quân làm đường giao thông nông thôn</a><br>- <a href=/2>Chi bộ Trạm Y tế đại hội điểm</a><br>"
    broken = "<br>".join(PARAGRAPHS[:3]) + f"<br>Tin liên quan:<br>{links}{PARAGRAPHS[3]}"
    assert read(page(f"<p>{broken}</p>")).body.split("\n\n") == list(PARAGRAPHS)


def test_a_photograph_under_another_articles_teaser_is_an_article() -> None:
    teaser = (
        "<h3><a href=/1>Chi bộ Trạm Y tế đại hội điểm thành công</a></h3>"
        "<p>Nhiều cách làm hay đã được các chi bộ chia sẻ tại buổi làm việc diễn ra vào cuối tuần qua.</p>"
    )
    html = (
        f"<html><head><title>Quang cảnh phiên chợ Tết ở Trạm Tấu</title></head><body>{teaser}"
        "<h1>Quang cảnh phiên chợ Tết ở Trạm Tấu</h1><div>12/07/2023</div>"
        "<div><img src=/a.jpg><i>Chợ phiên</i></div><div>Bình luận</div></body></html>"
    )
    article = read(html)
    assert (article.headline, article.date_published) == ("Quang cảnh phiên chợ Tết ở Trạm Tấu", "2023-07-12")
    assert [image.caption for image in article.images] == ["Chợ phiên"]


def test_networks_and_the_sites_own_signs_are_no_photographs() -> None:
    signs = "".join(f"<p><img src=/images/{name}.svg></p>" for name in ("logo", "facebook", "icon-zalo"))
    assert read(page(FIRST + signs + LAST)).images == ()


def test_a_menus_last_item_over_a_headline_is_no_notice_of_the_server() -> None:
    headline = "Thông báo triệu tập đại biểu dự Đại hội"
    html = page(f"<p>{PARAGRAPHS[0]}</p>", headline=headline).replace("Văn bản", "Liên hệ")
    assert read(html).headline == headline


@pytest.mark.parametrize("names", ["Thu Hà - Quang Vinh", "HẢI ĐƯỜNG - TUẤN KIỆT"])
def test_two_names_that_are_words_too_sign_together(names: str) -> None:
    article = read(page(f"{FIRST}{LAST}<p align=right><b>{names}</b></p>"))
    assert article.authors == tuple(names.split(" - "))
    assert article.body.split("\n\n") == list(PARAGRAPHS)


def test_sums_of_a_table_are_rows_of_it() -> None:
    rows = "".join(
        f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>"
        for row in (("Đơn vị", "Kế hoạch", "Kết nạp"), ("Xã Bản Mù", "20", "22"), ("Tổng số", "20", "22"))
    )
    assert "Tổng số | 20 | 22" in read(page(f"{FIRST}<table border=1>{rows}</table>{LAST}")).body


def test_contact_lines_between_paragraphs_are_text() -> None:
    lines = "<p>Điện thoại liên hệ: 0216.3876.123.</p><p>Website: <a href=http://x.example.vn>www.x.example.vn</a></p>"
    body = read(page(FIRST + lines + LAST)).body
    assert "Điện thoại liên hệ: 0216.3876.123." in body
    assert PARAGRAPHS[-1] in body


def test_a_poem_over_readers_comments_is_the_article() -> None:
    verses = (
        "Con lên đỉnh núi chiều nay",
        "Gặp ngọn cờ đỏ tung bay",
        "Nhớ ngày Bác đã xa xôi",
        "Lời Bác còn đây",
    )
    comments = (
        "<div><h3>Ý kiến bạn đọc</h3><div><b>Nguyễn Nam</b>"
        f"<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p></div></div>"
    )
    html = page("<br>".join(verses)).replace("<div><h3>Các tin khác", f"{comments}<div><h3>Các tin khác")
    assert " ".join(read(html).body.split()) == " ".join(verses)


def test_a_post_under_an_author_is_no_office() -> None:
    signed = "<p><b>TS. Lương Trọng Thành</b></p><p><b>Tỉnh ủy viên, Hiệu trưởng</b></p>"
    article = read(page(signed + FIRST + LAST))
    assert (article.authors, article.source) == (("Lương Trọng Thành",), None)
    assert article.author_role == "Tỉnh ủy viên, Hiệu trưởng"


def test_words_smart_tags_part_no_sentence() -> None:
    text = "Đảng Cộng sản <st1:country-region w:st=on><st1:place>Việt Nam</st1:place></st1:country-region> là đội tiên phong"
    assert (
        "Đảng Cộng sản Việt Nam là đội tiên phong"
        in read(page(f"{FIRST}<p>{text} của giai cấp.</p>{LAST}")).body
    )


@pytest.mark.parametrize(
    "lines",
    [
        (
            "Về dự hội nghị có:",
            "- Đ/c: Nguyễn Văn Hùng, Bí thư Đảng ủy xã;",
            "- Cùng toàn thể đảng viên chi bộ.",
        ),
        (
            "Đảng ủy phường Hồng Gai",
            "Trụ sở: số 5 đường 25/4",
            "Đảng ủy phường Bãi Cháy",
            "Trụ sở: số 8 đường Hạ Long",
        ),
        ("Nam: 120 đồng chí", "Nữ: 130 đồng chí", "Tổng: 250"),
        (
            "Bài dự thi gửi về:",
            "Tòa soạn: Báo Quảng Ninh, số 1 Trần Phú",
            "Thời hạn nhận bài: đến hết tháng 6",
        ),
    ],
)
def test_lists_of_people_offices_and_sums_are_text(lines: tuple[str, ...]) -> None:
    body = read(page(FIRST + "".join(f"<p>{line}</p>" for line in lines) + LAST)).body
    assert body.split("\n\n") == [*PARAGRAPHS[:2], *lines, *PARAGRAPHS[2:]]


def test_a_text_in_parts_beside_its_leads_box_is_whole() -> None:
    parts = "".join(f"<h3>Phần {n}</h3><p>{text}</p>" for n, text in enumerate(PARAGRAPHS[2:], 1))
    html = (
        f"<html><head><title>{HEADLINE}</title></head><body><div class=head><h1>{HEADLINE}</h1><div>12/07/2023</div>"
        f"<div class=sapo>{FIRST}</div></div><div class=body>{parts}</div></body></html>"
    )
    assert [text for text in PARAGRAPHS if text in read(html).body] == list(PARAGRAPHS)


def test_a_table_of_study_material_is_the_articles() -> None:
    rows = "".join(
        f"<tr><td>{n}</td><td>Tài liệu số {n}</td><td><a href=/{n}.pdf>Tải về</a></td></tr>"
        for n in (1, 2, 3)
    )
    assert "Tài liệu số 2" in read(page(f"{FIRST}<table>{rows}</table>")).body


@pytest.mark.parametrize("site", ["VOV2-VOV.VN", "VOV5/VOV.VN"])
def test_a_channel_with_a_figure_is_no_documents_number(site: str) -> None:
    assert read(page(FIRST + LAST, date=f"<div class=author>Lê Hằng/{site}</div>12/07/2023")).authors == (
        "Lê Hằng",
    )


def test_a_caption_that_begins_with_a_post_is_no_role_of_the_author() -> None:
    picture = "<figure><img src=/a.jpg><figcaption>Chủ tịch nước tiếp Đoàn đại biểu.</figcaption></figure>"
    article = read(page(picture + FIRST + LAST, date="12/07/2023</div><div class=author>Thu Hà"))
    assert (article.authors, article.author_role) == (("Thu Hà",), None)


def test_a_short_headline_is_no_section_of_a_longer_site_name() -> None:
    site = "Trang thông tin điện tử Đảng bộ tỉnh Bình Dương"
    html = page(FIRST + LAST, headline="Thư chúc mừng năm mới", above=f"<h2>{site}</h2>")
    assert (
        read(html.replace("Huyện ủy Trạm Tấu</title>", f"{site}</title>")).headline == "Thư chúc mừng năm mới"
    )


def test_a_row_of_the_portals_pages_under_its_menu_is_no_trail() -> None:
    top = "<div><a href=/>Trang chủ</a> <a href=/s>Sơ đồ cổng</a> <a href=/r>RSS</a></div>"
    names = ("Trang chủ", "Giới thiệu", "Tin tức", "Xây dựng Đảng", "Văn bản")
    menu = f"<div>{' '.join(f'<a href=/{n}>{name}</a>' for n, name in enumerate(names))}</div>"
    assert read(page(FIRST + LAST, above=menu + top)).section is None
    assert read(page(FIRST + LAST, above=top + menu)).section is None


def test_a_picture_that_ends_a_trail_is_no_step_of_it() -> None:
    trail = "<div class=breadcrumb><a href=/>Trang chủ</a> <a href=/x>Xây dựng Đảng</a> <a href=/r><img src=/r.gif></a></div>"
    assert read(page(FIRST + LAST, above=trail)).section == "Xây dựng Đảng"
    assert (
        read(page(FIRST + LAST, above="<div><a href=/>Trang chủ</a> <a href=/r><i></i></a></div>")).section
        is None
    )
