"""Ordinary pages on which a rule that is right elsewhere must hold back: text, authors and sections stay as printed.

Reconstructions of a plain page with one habit at a time; what is right was said by a reader.
"""

from __future__ import annotations

import pytest

from tests.test_ordinary_words import FIRST, HEADLINE, LAST, PARAGRAPHS, page, read

VERSES = (
    "Đảng đã cho ta sáng mắt, sáng lòng",
    "Trái tim anh chia ba phần tươi đỏ",
    "Đảng ta đó trăm tay nghìn mắt",
    "Đảng ta đây xương sắt da đồng",
)
CITED = "<p>Hai câu “Đảng ta đó trăm tay nghìn mắt” và “Đảng ta đây xương sắt da đồng” đã trở thành niềm tin của bao người.</p>"


def in_p(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def in_li(*texts: str) -> str:
    return f"<ul>{''.join(f'<li>{text}</li>' for text in texts)}</ul>"


def lines(body: str, **parts: str) -> list[str]:
    """The paragraphs read of a page."""
    return [line.removeprefix("- ") for line in read(page(body, **parts)).body.split("\n") if line]


@pytest.mark.parametrize("names", ["has-drop-cap", "drop-cap", "first cap-lon"])
def test_a_paragraph_with_a_large_first_letter_is_no_caption(names: str) -> None:
    article = read(page(f'<figure><img src=/a.jpg></figure><p class="{names}">{PARAGRAPHS[0]}</p>' + LAST))
    assert article.body.startswith(PARAGRAPHS[0])
    assert article.images[0].caption is None


@pytest.mark.parametrize(
    "items",
    [
        (
            "Sinh hoạt chi bộ còn hình thức;",
            "Chưa đánh giá đúng chất lượng đảng viên;",
            "Kiểm tra chưa thường xuyên.",
        ),
        ("Số thí sinh dự thi: 120", "Điểm trung bình: 8,7 điểm", "Số thí sinh đạt giải: 15"),
        (
            "Cập nhật hồ sơ đảng viên;",
            "Theo dõi trạng thái hồ sơ chuyển sinh hoạt đảng;",
            "Báo cáo hằng tháng.",
        ),
        ("Lắp máy quay ở các bản;", "Theo dõi trang trại qua điện thoại;", "Chia sẻ với tổ công nghệ số."),
        ("Văn thư", "Lưu trữ", "Bảo mật"),
        ("Phát 300 suất quà;", "120 người đã tặng quà;", "Ý kiến mới", "Nhân rộng mô hình."),
    ],
)
@pytest.mark.parametrize("listed", [in_p, in_li])
def test_items_in_a_landmarks_words_stay_in_the_text(items: tuple[str, ...], listed: object) -> None:
    assert callable(listed)
    body = FIRST + "<p>Hội nghị chỉ rõ các nội dung sau:</p>" + listed(*items) + LAST
    assert lines(body)[3:-2] == list(items)


def test_a_subhead_in_a_landmarks_words_stays() -> None:
    subheads = ("Chưa đánh giá đúng thực chất", "Bằng việc tiếp tục đổi mới phương thức lãnh đạo")
    body = FIRST + f"<h3>{subheads[0]}</h3>" + LAST + f"<h2>{subheads[1]}</h2>" + FIRST
    assert [line for line in lines(body) if line in subheads] == list(subheads)


def test_an_answer_stays_under_its_question() -> None:
    question = "Đảng viên nghỉ hưu có phải đóng đảng phí không?"
    body = f"<h3>Nội dung câu hỏi</h3><p>{question}</p><h3>Nội dung phản hồi</h3>" + FIRST + LAST
    assert [line for line in lines(body) if line in (*PARAGRAPHS, question)] == [question, *PARAGRAPHS]


@pytest.mark.parametrize(
    "quoted",
    [f"<blockquote><p>{'<br>'.join(VERSES)}</p></blockquote>", f"<blockquote>{in_p(*VERSES)}</blockquote>"],
)
def test_verses_that_the_text_speaks_of_stay(quoted: str) -> None:
    assert [line for line in lines(FIRST + quoted + CITED + LAST) if line in VERSES] == list(VERSES)


def test_indented_items_that_the_text_repeats_stay() -> None:
    items = ("Xây dựng Đảng về đạo đức", "Nêu cao trách nhiệm nêu gương", "Chăm lo đời sống nhân dân")
    said = "<p>Thực hiện tốt việc nêu cao trách nhiệm nêu gương và chăm lo đời sống nhân dân là yêu cầu đặt ra.</p>"
    body = FIRST + f"<blockquote>{in_p(*items)}</blockquote>" + said + LAST
    assert [line for line in lines(body) if line in items] == list(items)


def test_a_quotation_printed_twice_is_read_once() -> None:
    said = "Cán bộ phải gần dân thì dân mới tin, mới nghe và làm theo"
    body = FIRST + f'<div class="pull-quote">“{said}”</div><p>Ông Páo nói: “{said}”.</p>' + LAST
    assert read(page(body)).body.count(said) == 1


@pytest.mark.parametrize(
    ("row", "text"),
    [
        (
            "<p><span class=t1>Khai mạc hội thi:</span> <span class=t2>20/11/2023</span></p>",
            "Khai mạc hội thi: 20/11/2023",
        ),
        (
            "<p><span class=hl>Nghị quyết số 12-NQ/HU</span> <span class=it>ngày 25/12/2022</span></p>",
            "Nghị quyết số 12-NQ/HU ngày 25/12/2022",
        ),
        (
            "<ul><li><span class=ten>Hội thi bí thư chi bộ giỏi</span> <span class=ngay>20/11/2023</span></li></ul>",
            "Hội thi bí thư chi bộ giỏi 20/11/2023",
        ),
    ],
)
def test_a_day_in_the_text_stays_with_its_words(row: str, text: str) -> None:
    assert text in lines(FIRST + row + LAST)


def test_a_day_in_a_caption_or_a_headline_stays() -> None:
    caption = "<figure><img src=/a.jpg><figcaption><span class=a>Lễ kết nạp đảng viên</span> <span class=b>ngày 20/11/2022</span></figcaption></figure>"
    assert read(page(FIRST + caption + LAST)).images[0].caption == "Lễ kết nạp đảng viên ngày 20/11/2022"
    headline = "<span class=t>Kết quả bầu cử Đại hội chi bộ</span> <span class=d>ngày 15/11/2022</span>"
    html = page(FIRST + LAST, headline="Kết quả bầu cử Đại hội chi bộ ngày 15/11/2022")
    html = html.replace("<h1>Kết quả bầu cử Đại hội chi bộ ngày 15/11/2022", f"<h1>{headline}")
    assert read(html).headline == "Kết quả bầu cử Đại hội chi bộ ngày 15/11/2022"


@pytest.mark.parametrize("listed", [in_p, in_li])
def test_a_contests_kinds_of_works_are_no_section(listed: object) -> None:
    assert callable(listed)
    rules = ("Thể loại: Ký, phóng sự, ghi chép", "Số lượng: mỗi tác giả không quá 3 tác phẩm")
    body = "<p>Ban Tổ chức cuộc thi thông báo thể lệ như sau:</p>" + listed(*rules) + FIRST + LAST
    assert [line for line in lines(body) if line in rules] == list(rules)


def test_leaders_with_portraits_are_no_authors_card() -> None:
    leaders = ("Trần Minh Tuấn", "Nguyễn Văn Hà", "Lê Thị Lan")
    cards = "".join(
        f"<p><img src=/{n}.jpg width=300></p><p>{name}</p><p>Phó Bí thư Huyện ủy</p>"
        for n, name in enumerate(leaders)
    )
    above = f"<div class=box><h4>Thường trực</h4>{in_p(*leaders)}</div>"
    read_lines = lines(FIRST + LAST + "<p>Thường trực Huyện ủy gồm các đồng chí:</p>" + cards, above=above)
    article = read(page(FIRST + LAST + "<p>Thường trực Huyện ủy gồm các đồng chí:</p>" + cards, above=above))
    told = [*read_lines, *(image.caption or "" for image in article.images)]
    assert set(leaders) <= set(told)


def test_text_goes_on_after_the_name_of_whom_it_is_about() -> None:
    body = FIRST + "<p><img src=/a.jpg width=300></p><p>Trần Minh Tuấn</p>" + LAST
    above = "<ul class=hot><li><a href=/h>Trần Minh Tuấn</a></li></ul>"
    assert lines(body, above=above)[-2:] == PARAGRAPHS[2:]


@pytest.mark.parametrize(
    ("rows", "last"),
    [
        (
            (
                "Tên sách: | Lịch sử Đảng bộ huyện",
                "Nhà xuất bản: | Chính trị quốc gia",
                "Tác giả: | Lê Văn Tám",
            ),
            "Tác giả: | Lê Văn Tám",
        ),
        (
            ("Nội dung: | Kiểm tra chuyên đề", "Thời gian: | Quý IV", "Thực hiện: | Nguyễn Văn Hà"),
            "Thực hiện: | Nguyễn Văn Hà",
        ),
    ],
)
def test_a_table_of_particulars_names_no_author(rows: tuple[str, ...], last: str) -> None:
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row.split(' | '))}</tr>" for row in rows)
    article = read(page(FIRST + LAST + f"<table border=1>{cells}</table>"))
    assert (article.authors, last in article.body) == ((), True)


@pytest.mark.parametrize(
    "particulars",
    [
        ("Bài hát: Đảng là cuộc sống của tôi", "Nhạc: Nguyễn Đức Toàn"),
        ("Chủ trì: đồng chí Bí thư Huyện ủy", "Biên soạn: Nguyễn Văn Hà"),
        ("Đồng chí: Nguyễn Văn Hà",),
    ],
)
def test_particulars_under_the_first_paragraph_name_no_author(particulars: tuple[str, ...]) -> None:
    article = read(page(in_p(PARAGRAPHS[0], *particulars, *PARAGRAPHS[1:])))
    assert article.authors == ()
    assert all(line in article.body for line in particulars)


def test_a_name_over_a_part_of_the_text_is_a_subhead() -> None:
    body = f'<div class="resource-text">{in_p(PARAGRAPHS[0], "NGUYỄN VĂN HÀ", *PARAGRAPHS[1:])}</div>'
    article = read(page(body))
    assert (article.authors, "NGUYỄN VĂN HÀ" in article.body) == ((), True)


def test_who_made_a_clips_music_is_no_author() -> None:
    article = read(page(FIRST + LAST + in_p("Thực hiện: Nguyễn Hà", "Nhạc: Phạm Tuyên")))
    assert article.authors == ("Nguyễn Hà",)
    song = read(page(in_p("Nhạc: Phạm Tuyên - Lời: Nguyễn Hà") + FIRST + LAST))
    assert song.authors == ("Phạm Tuyên", "Nguyễn Hà")


def test_who_signs_a_letter_in_the_text_is_no_author() -> None:
    body = (
        FIRST
        + "<p>Toàn văn thư:</p>"
        + in_p(PARAGRAPHS[2])
        + "<p align=right>Trần Đại Nghĩa</p>"
        + LAST
        + "<p align=right>Thu Yến</p>"
    )
    assert read(page(body)).authors == ("Thu Yến",)


def test_each_part_of_a_digest_is_signed() -> None:
    body = (
        f"<p><b>Kiểm tra tiến độ đường ven sông</b></p>{FIRST}<p align=right><b>Thúy Nga</b></p>"
        f"<p><b>Thi kể chuyện về Bác Hồ</b></p>{LAST}<p align=right><b>Trần Lưu</b></p>"
    )
    article = read(page(body))
    assert article.authors == ("Thúy Nga", "Trần Lưu")
    assert "Thúy Nga" not in article.body


@pytest.mark.parametrize(
    ("first", "authors"), [("Tác giả: Nguyễn Văn Hà", ("Nguyễn Văn Hà",)), ("admin", ())]
)
def test_a_row_of_facts_over_the_text_stays_out_of_it(first: str, authors: tuple[str, ...]) -> None:
    article = read(
        page(in_li(first, "Thời gian đọc: 3 phút").replace("<ul>", '<ul class="meta">') + FIRST + LAST)
    )
    assert article.authors == authors
    assert first not in article.body


@pytest.mark.parametrize(
    "words",
    [
        "Cập nhật lần cuối", "Thời gian đăng tin", "Người đăng tin", "Chế độ đọc", "Màu chữ đen", "ba phút đọc", "Thanh tra huyện",
        "admin huyện", "Cộng tác viên cơ sở", "Bí thư huyện ủy", "Ảnh minh họa", "Bài dự thi", "Ngày đăng",
    ],
)  # fmt: skip
def test_words_beside_the_date_are_no_section(words: str) -> None:
    date = f"<div><span class=a>{words}</span> <span class=b>20/11/2022 08:15</span></div>"
    article = read(page(FIRST + LAST, date=date))
    assert (article.section, article.date_published) == (None, "2022-11-20T08:15:00+07:00")


def test_a_name_in_the_dates_row_is_a_section_where_the_menu_has_it() -> None:
    date = "<div><span class=a>Tin tức</span> <span class=b>20/11/2022 08:15</span></div>"
    assert read(page(FIRST + LAST, date=date, above="<nav><a href=/t>Tin tức</a></nav>")).section == "Tin tức"


@pytest.mark.parametrize(
    "links",
    [
        ("Hộp thư điện tử", "Văn phòng điện tử"), ("Giới thiệu", "Văn bản", "Lịch công tác"), ("Tin mới", "Tin nổi bật"),
        ("Bài trước", "Bài sau"), ("Video", "Ảnh", "Podcast"), ("Dịch vụ công", "Một cửa điện tử"),
    ],
)  # fmt: skip
def test_links_between_bars_over_the_headline_are_no_trail(links: tuple[str, ...]) -> None:
    row = " | ".join(f'<a href="/{n}x">{name}</a>' for n, name in enumerate(links))
    assert read(page(FIRST + LAST, above=f"<div>{row}</div>")).section is None


def test_counters_in_a_list_of_terms_stay_out_of_the_text() -> None:
    stats = "<dl class=stats><dt>1.234</dt><dd>Lượt xem</dd><dt>12</dt><dd>Bình luận</dd></dl>"
    assert lines(FIRST + LAST + stats) == PARAGRAPHS
    days = "<dl><dt>20/4</dt><dd>Chi bộ đầu tiên của huyện được thành lập tại bản Hát, gồm 3 đảng viên.</dd></dl>"
    assert "20/4" in lines(FIRST + days + LAST)


def test_a_slider_over_the_article_has_no_headline() -> None:
    slides = "".join(
        f"<div class=item><img src=/{n}.jpg><div class=carousel-caption><h2>{words}</h2></div></div>"
        for n, words in enumerate((HEADLINE, "Ra quân làm đường giao thông nông thôn ở Bản Mù"))
    )
    box = "<div class=box><h4>Tin mới</h4><p>Phiên chợ vùng cao đông vui trong những ngày giáp Tết Nguyên đán năm nay.</p></div>"
    html = page(FIRST + LAST, above=slides + box).replace(
        f"<h1>{HEADLINE}</h1>", f"<div class=title>{HEADLINE}</div>"
    )
    assert read(html).body.split("\n\n") == PARAGRAPHS


def test_small_print_in_a_subhead_stays_in_it() -> None:
    body = FIRST + "<h3>Thực hiện <small><a href=/n>Nghị quyết 18</a></small> ở cơ sở</h3>" + LAST
    assert "Thực hiện Nghị quyết 18 ở cơ sở" in lines(body)


@pytest.mark.parametrize(
    "box",
    [
        '<div class="item"><p>Đồng chí Giàng A Sùng đạt giải Nhất hội thi.</p><input type="hidden"></div>',
        '<div class="card"><h5><button>Kết quả nổi bật</button></h5><div class="card-body"><p>Toàn huyện kết nạp 35 đảng viên.</p></div></div>',
    ],
)
def test_a_box_with_a_control_may_be_the_texts(box: str) -> None:
    article = read(page(FIRST + box + LAST))
    assert "đạt giải Nhất hội thi." in article.body or "kết nạp 35 đảng viên." in article.body


def test_a_short_lead_over_captioned_pictures_is_text() -> None:
    lead = "Những ngày này, các đồi chè vào vụ thu hái đầu tiên."
    captions = (
        "Sương sớm phủ trắng đồi chè.",
        "Bà con dậy từ 4 giờ sáng để hái chè.",
        "Chè được đưa về xưởng.",
    )
    figures = "".join(
        f"<figure><img src=/{n}.jpg><figcaption>{text}</figcaption></figure>"
        for n, text in enumerate(captions)
    )
    article = read(
        page(f"<img src=/first.jpg><p>{lead}</p>{figures}<p align=right>Thực hiện: Hoài Thương</p>")
    )
    assert (article.body, article.authors) == (lead, ("Hoài Thương",))
    assert tuple(image.caption for image in article.images if image.caption) == captions


TOLD = (
    "Đường về bản nay đã trải bê tông.",
    "Bà con gặt lúa trên nương.",
    "Trẻ em được đến trường đúng tuổi.",
)


@pytest.mark.parametrize("told", [TOLD, tuple(PARAGRAPHS[1:])])
def test_text_between_pictures_is_text(told: tuple[str, ...]) -> None:
    body = in_p(PARAGRAPHS[0]) + "".join(
        f"<p><img src=/{n}.jpg></p><p>{text}</p>" for n, text in enumerate(told)
    )
    assert lines(body) == [PARAGRAPHS[0], *told]


def test_lines_under_numbered_pictures_are_captions() -> None:
    pictures = "".join(
        f"<div><img src=/{n}.jpg><div>{n}/3</div><p>{text}</p></div>" for n, text in enumerate(TOLD, 1)
    )
    article = read(page(FIRST + pictures + LAST))
    assert article.body.split("\n\n") == PARAGRAPHS
    assert tuple(image.caption for image in article.images) == TOLD


@pytest.mark.parametrize(
    "leader", ["Gồm ba nội dung chính:", "Nội dung gồm:", "Mọi ý kiến xin gửi về địa chỉ sau:"]
)
@pytest.mark.parametrize(
    "items",
    [
        ("Báo cáo", "Thảo luận", "Biểu quyết"),
        ("Thảo luận", "Bình luận", "Ý kiến"),
        ("Lượt xem: 1.250", "Lượt thích: 300", "Bình luận: 25"),
        ("Điện thoại: 0213.3876.111", "Email: btg@laichau.example.vn", "Địa chỉ: số 12 đường Trần Phú"),
    ],
)
def test_a_list_that_the_text_leads_to_stays(leader: str, items: tuple[str, ...]) -> None:
    assert lines(FIRST + f"<p>{leader}</p>" + in_li(*items) + LAST) == [
        *PARAGRAPHS[:2],
        leader,
        *items,
        *PARAGRAPHS[2:],
    ]


def test_a_list_under_a_boxs_title_is_none_of_the_text() -> None:
    box = "<p>Các tin khác:</p>" + in_li("Hát Lừu ra mắt mô hình camera an ninh", "Bản Mù hiến máu đợt hai")
    assert lines(FIRST + LAST + box) == PARAGRAPHS


def test_what_a_lone_button_shows_is_text() -> None:
    box = "<div class=acc><button>Danh sách được trao Huy hiệu</button><p>Giàng A Sùng, Chi bộ 1</p><p>Thào Thị Mỷ, Chi bộ 2</p></div>"
    assert "Thào Thị Mỷ, Chi bộ 2" in lines(FIRST + box + LAST)


def test_figures_of_a_list_of_terms_that_is_told_stay() -> None:
    told = (
        "<dl><dt>25</dt><dd>tổ chức cơ sở đảng trực thuộc Đảng bộ huyện sau sắp xếp.</dd>"
        "<dt>1.250</dt><dd>đảng viên đang sinh hoạt tại các chi bộ trong toàn huyện.</dd></dl>"
    )
    assert {"25", "1.250"} <= set(lines(FIRST + told + LAST))


@pytest.mark.parametrize(
    "author",
    [
        "<p class=author>Nguyễn Thu Hà</p>",
        "<div class=byline>Nguyễn Thu Hà</div>",
        "<p>Tác giả: Nguyễn Thu Hà</p><p>Đơn vị: Đảng ủy xã Hát Lừu</p>",
        "<p>Danh mục: Xây dựng Đảng</p><p>Tác giả: Nguyễn Thu Hà</p>",
    ],
)
def test_an_author_under_the_lead_is_read(author: str) -> None:
    article = read(page(f"<p class=sapo>{PARAGRAPHS[0]}</p>{author}" + in_p(*PARAGRAPHS[1:])))
    assert article.authors == ("Nguyễn Thu Hà",)
    assert "Nguyễn Thu Hà" not in article.body


def test_a_signature_under_the_last_picture_signs() -> None:
    picture = "<figure><img src=/1.jpg><figcaption>Trần Minh Tuấn</figcaption></figure>"
    body = FIRST + picture + LAST + "<p><img src=/2.jpg></p><p align=right>Nguyễn Hải</p>"
    assert read(page(body)).authors == ("Nguyễn Hải",)


def test_fields_in_a_table_under_the_text_are_read() -> None:
    table = "<table border=1><tr><td>Ngày đăng:</td><td>12/07/2023</td></tr><tr><td>Tác giả:</td><td>Thanh Ba</td></tr></table>"
    article = read(page(FIRST + LAST + table))
    assert (article.authors, "Thanh Ba" in article.body) == (("Thanh Ba",), False)


def test_a_sentence_about_a_book_is_no_source() -> None:
    last = "Theo sách Lịch sử Đảng bộ huyện, chi bộ đầu tiên được thành lập năm 1947."
    article = read(page(FIRST + LAST + f"<p>{last}</p>"))
    assert (article.source, article.body.endswith(last)) == (None, True)


@pytest.mark.parametrize(
    "row",
    [
        "<a href=/a>Nguyễn Văn Hà</a> - <a href=/b>Lê Thị Lan</a>",
        "<a href=/a>Thu Hà</a> - <a href=/b>Báo Nhân Dân</a>",
        "<a href=/a>Bài trước</a> - <a href=/b>Bài sau</a>",
        "<a href=/a>Xem ảnh</a> - <a href=/b>Xem video</a>",
    ],
)
def test_two_links_with_a_dash_over_the_date_are_no_section(row: str) -> None:
    assert read(page(FIRST + LAST, date=f"<div>{row}</div><div>12/07/2023 08:15</div>")).section is None


def test_section_and_category_over_the_date_are_read() -> None:
    row = "<div><a href=/t>Tin tức</a> - <a href=/t/h>Tin trong huyện</a></div>"
    assert read(page(FIRST + LAST, date=f"{row}<div>12/07/2023 08:15</div>")).section == "Tin trong huyện"


@pytest.mark.parametrize(
    "steps",
    [
        ("Trang chủ", "Sơ đồ cổng", "Thư điện tử"),
        ("Trang chủ", "Dịch vụ công", "Phản ánh kiến nghị"),
        ("Trang chủ", "Tin nổi bật", "Tin mới"),
        ("Tin tức", "Sự kiện", "Hình ảnh hoạt động"),
    ],
)
def test_a_list_of_services_over_the_headline_is_no_trail(steps: tuple[str, ...]) -> None:
    links = "".join(f'<li><a href="/{n}s">{name}</a></li>' for n, name in enumerate(steps))
    assert read(page(FIRST + LAST, above=f"<ul>{links}</ul>")).section is None


def test_a_short_list_from_home_over_the_headline_is_a_trail() -> None:
    links = "<li><a href=/>Trang chủ</a></li><li><a href=/x>Xây dựng Đảng</a></li><li><a href=/x/t>Công tác tổ chức</a></li>"
    assert read(page(FIRST + LAST, above=f"<ul>{links}</ul>")).section == "Công tác tổ chức"


def test_a_date_in_small_print_beside_a_short_headline_is_the_date() -> None:
    html = page(FIRST + LAST, headline="Thư chúc Tết", date="").replace(
        "<h1>Thư chúc Tết", "<h1>Thư chúc Tết <small>20/01/2023 08:15</small>"
    )
    article = read(html)
    assert (article.headline, article.date_published) == ("Thư chúc Tết", "2023-01-20T08:15:00+07:00")


def test_a_photograph_in_an_advertisers_folder_keeps_its_line() -> None:
    box = "<div align=center><img src=/files/ads/hn.jpg><p>Chi bộ 3 ra mắt mô hình mới.</p></div>"
    article = read(page(FIRST + box + LAST))
    told = [article.body, *(image.caption or "" for image in article.images)]
    assert any("Chi bộ 3 ra mắt mô hình mới" in text for text in told)


def test_a_quotation_that_the_text_leads_to_stays() -> None:
    rule = "Đảng viên phải thường xuyên học tập, rèn luyện, nâng cao trình độ kiến thức và năng lực công tác"
    body = (
        FIRST
        + f"<p>Điều lệ Đảng quy định:</p><blockquote><p>{rule}</p></blockquote><p>Quy định “{rule}” là yêu cầu với mọi đảng viên.</p>"
        + LAST
    )
    assert rule in lines(body)


def test_a_repeated_quotation_goes_with_who_said_it() -> None:
    said = "Con đường này là của dân, dân làm, dân giữ thì mới bền lâu"
    quote = f"<blockquote><p>“{said}”</p><p>Lê Thị Lan, tổ dân phố số 3</p></blockquote>"
    text = read(page(FIRST + f"<p>Bà Lan nói: “{said}”.</p>" + quote + LAST)).body
    assert (text.count(said), "tổ dân phố số 3" in text) == (1, False)


def test_text_after_a_slider_is_no_caption_of_its_last_picture() -> None:
    slider = (
        "<div class=slider>"
        + "".join(f"<div><img src=/{n}.jpg><span>{n}/3</span></div>" for n in (1, 2, 3))
        + "</div>"
    )
    assert [line for line in lines(FIRST + slider + LAST) if line in PARAGRAPHS] == PARAGRAPHS


@pytest.mark.parametrize("title", ["Thống kê bài viết:", "Thông tin thêm:", "Tiện ích bài viết:"])
def test_counters_under_a_boxs_title_after_the_signature_are_no_text(title: str) -> None:
    box = f"<p>{title}</p>" + in_li("Lượt xem: 125", "Bình luận: 0")
    article = read(page(FIRST + LAST + "<p align=right><b>Thu Hà</b></p>" + box))
    assert (article.authors, "Lượt xem" in article.body) == (("Thu Hà",), False)


@pytest.mark.parametrize(
    "leader",
    ["<h3>Nội dung hội nghị gồm:</h3>", "<div><p>Nội dung gồm:</p></div>", "<h4>Chương trình hội nghị</h4>"],
)
def test_text_goes_on_after_a_list_in_a_landmarks_words(leader: str) -> None:
    items = ("Báo cáo", "Thảo luận", "Biểu quyết")
    found = lines(FIRST + leader + in_li(*items) + LAST)
    assert (found[3:6], found[-2:]) == (list(items), PARAGRAPHS[2:])


def test_the_day_of_an_event_stays_in_its_paragraph() -> None:
    row = '<p class="text-justify"><span class=t1>Đại hội Đảng bộ xã Hát Lừu</span> <span class=t2>15/3/2023</span></p>'
    article = read(page(FIRST + row + LAST, date=""))
    assert (article.date_published, "Đại hội Đảng bộ xã Hát Lừu 15/3/2023" in article.body) == (None, True)
    assert "Đại hội XXIII (14/8/2022)" in lines(
        FIRST + "<h2>Đại hội XXIII <small>(14/8/2022)</small></h2>" + LAST
    )


@pytest.mark.parametrize(
    "quoted",
    [
        f"<p>Toàn văn bức thư:</p><p>{PARAGRAPHS[2]}</p><p align=right>Nguyễn Văn Sơn</p><p>TRÁCH NHIỆM CỦA ĐẢNG VIÊN</p>",
        "<p><i>Đảng là mùa xuân của bản làng ta</i></p><p align=right>Tố Hữu</p><p><b>Những kết quả bước đầu</b></p>",
    ],
)
def test_names_in_the_text_sign_nothing(quoted: str) -> None:
    assert read(page(FIRST + quoted + LAST + "<p align=right>Thu Hà</p>")).authors == ("Thu Hà",)


def test_the_post_under_an_author_under_the_lead_is_no_text() -> None:
    author = "<p class=author>Nguyễn Thu Hà</p><p>Phó Trưởng ban Tuyên giáo Huyện ủy</p>"
    article = read(page(f"<p class=sapo>{PARAGRAPHS[0]}</p>{author}" + in_p(*PARAGRAPHS[1:])))
    assert (article.authors, article.body.split("\n\n")) == (("Nguyễn Thu Hà",), PARAGRAPHS)


@pytest.mark.parametrize(
    "particulars",
    [
        ("Đề tài: Xây dựng chi bộ bốn tốt", "Tác giả: Nguyễn Thu Hà", "Giải: A"),
        ("Thời gian: ngày 15/7", "Địa điểm: Hội trường Huyện ủy", "Thực hiện: Nguyễn Thu Hà"),
    ],
)
def test_particulars_of_a_work_stay_in_the_text(particulars: tuple[str, ...]) -> None:
    found = lines(in_p(PARAGRAPHS[0], *particulars, *PARAGRAPHS[1:]))
    assert particulars[-1] in found
    assert particulars[1] in found


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("Nhạc và lời: Phạm Tuyên", ("Phạm Tuyên",)),
        ("Thơ: Nguyễn Hà - Nhạc: Phạm Tuyên", ("Nguyễn Hà", "Phạm Tuyên")),
        ("Lời: Nguyễn Hà - Nhạc: Phạm Tuyên", ("Nguyễn Hà", "Phạm Tuyên")),
    ],
)
def test_who_wrote_a_song_signs(line: str, authors: tuple[str, ...]) -> None:
    assert read(page(FIRST + LAST + f"<p align=right>{line}</p>")).authors == authors


@pytest.mark.parametrize(
    "last", ["Chào mừng Đại hội Đảng các cấp", "Góp ý văn kiện Đại hội", "Công tác đảng viên"]
)
def test_a_trail_may_end_in_a_services_words(last: str) -> None:
    steps = (("/", "Trang chủ"), ("/h", "Hỏi đáp"), ("/h/c", last))
    links = "".join(f'<li><a href="{address}">{name}</a></li>' for address, name in steps)
    assert read(page(FIRST + LAST, above=f"<ul>{links}</ul>")).section == last


def test_a_teaser_in_a_slot_over_the_headline_is_no_section() -> None:
    slot = '<div class="vi-tri-tren"><p><a href=/cd>Hát Lừu: Kết nạp 12 đảng viên mới trong tháng 6</a></p></div>'
    assert read(page(FIRST + LAST, above=slot)).section is None
    about = "<div><a href=/gt>Giới thiệu</a> | <a href=/gt/tc>Cơ cấu tổ chức</a> | <a href=/gt/ls>Lịch sử</a></div>"
    assert read(page(FIRST + LAST, above=about)).section is None


def test_a_quotation_that_is_spoken_of_afterwards_stays() -> None:
    said = "Cán bộ phải gần dân, hiểu dân thì dân mới tin và làm theo"
    body = (
        FIRST
        + f"<blockquote>{said}.</blockquote><p>Câu nói “{said}” của đồng chí Bí thư được nhắc lại nhiều lần.</p>"
        + LAST
    )
    assert read(page(body)).body.count(said) == 2
    subhead = f"<p>Bà nói: “{said}”.</p><blockquote><p>{said}</p></blockquote><p><b>Tráng A Lử, người đi đầu</b></p>"
    assert "Tráng A Lử, người đi đầu" in lines(FIRST + subhead + LAST)


def test_who_is_quoted_in_an_aside_stays_with_the_words() -> None:
    aside = "<aside class=quote><p>“Giữ để lớp trẻ biết vào Đảng là phải đi xa.”</p><p>Bà Lê Thị Lan, Bí thư Chi bộ 3</p></aside>"
    assert "Bà Lê Thị Lan, Bí thư Chi bộ 3" in lines(FIRST + aside + LAST)


def test_a_form_between_paragraphs_is_no_text() -> None:
    form = "<div><p>Mời bạn đăng ký nhận bản tin hằng tuần</p><input type=email><input type=submit></div>"
    assert lines(FIRST + form + LAST) == PARAGRAPHS


@pytest.mark.parametrize(
    "items",
    [
        ("Lượt xem: 345", "Bình luận: 0"),
        ("Chia sẻ", "Facebook", "Zalo", "In bài viết"),
        ("Cỡ chữ", "A-", "A+", "In trang", "Gửi email"),
        ("Gửi bình luận", "Đóng"),
    ],
)
def test_a_list_of_controls_under_the_lead_is_no_text(items: tuple[str, ...]) -> None:
    body = f"<p class=sapo><b>{PARAGRAPHS[0]}</b></p>" + in_li(*items).replace("<ul>", "<ul class=info>")
    found = lines(body + in_p(*PARAGRAPHS[1:]))
    assert not set(items) & set(found)


@pytest.mark.parametrize("tag", ["p", "div"])
def test_section_and_date_in_a_row_of_particulars_are_read(tag: str) -> None:
    row = f"<{tag} class=meta><span class=cat>Tin tức</span> <span class=date>20/11/2022 08:15</span></{tag}>"
    for html in (
        page(FIRST + LAST, date=row),
        page(FIRST + LAST, date=f"<p class=sapo>{PARAGRAPHS[0]}</p>{row}"),
    ):
        article = read(html)
        assert (article.section, article.date_published) == ("Tin tức", "2022-11-20T08:15:00+07:00")


def test_small_print_is_parted_from_a_headline_under_a_teaser() -> None:
    teaser = f"<div class=box><h3><a href=/t>Tin nổi bật</a></h3><p>{PARAGRAPHS[1]}</p></div>"
    html = page(FIRST + LAST, date="", above=teaser).replace(
        f"<h1>{HEADLINE}", f"<h1>{HEADLINE} <small>20/11/2022</small>"
    )
    article = read(html)
    assert (article.headline, article.date_published) == (HEADLINE, "2022-11-20")


@pytest.mark.parametrize("subhead", ["<h3>Chi bộ thôn Mận</h3>", "<p><b>Đảng bộ xã Hát Lừu</b></p>"])
def test_a_subhead_under_the_author_is_no_office(subhead: str) -> None:
    body = f"<p class=sapo>{PARAGRAPHS[0]}</p><p class=author>Hồng Vân</p>{subhead}" + in_p(*PARAGRAPHS[1:])
    article = read(page(body))
    assert (article.authors, article.source) == (("Hồng Vân",), None)
    assert len(article.body.split("\n\n")) == len(PARAGRAPHS) + 1


def test_an_author_beside_the_articles_own_time_is_read() -> None:
    body = in_p("Tác giả: Hồng Vân", "Thời gian: 08:15 20/11/2022", *PARAGRAPHS)
    article = read(page(body))
    assert (article.authors, "Hồng Vân" in article.body) == (("Hồng Vân",), False)


def test_a_digest_with_a_lead_is_signed_by_all() -> None:
    parts = "".join(
        f"<p><b>{title}</b></p><p>{text}</p><p align=right>{name}</p>"
        for title, text, name in (
            ("Hát Lừu ra quân", PARAGRAPHS[1], "Hồng Vân"),
            ("Bản Mù kết nạp đảng viên", PARAGRAPHS[2], "Bùi Minh"),
            ("Trạm Tấu giao ban", PARAGRAPHS[3], "Thu Trang"),
        )
    )
    assert read(page(in_p(PARAGRAPHS[0]) + parts)).authors == ("Hồng Vân", "Bùi Minh", "Thu Trang")


def test_the_source_of_a_box_under_the_related_list_is_none_of_the_articles() -> None:
    box = (
        "<div class=rel><h3>Tin liên quan</h3><ul><li><a href=/a>Bản Mù hiến máu đợt hai năm nay</a></li></ul></div>"
        "<div class=w><h3>Video</h3><p><img src=/v.jpg></p><p align=right>Nguồn: Truyền hình Yên Bái</p></div>"
    )
    assert read(page(FIRST + LAST + box)).source is None


def test_verses_in_paragraphs_called_quotes_stay() -> None:
    quoted = "".join(f"<p class=quote>{verse} mênh mông rộng mở</p>" for verse in VERSES)
    body = (
        FIRST
        + f"<p>Bài thơ có câu: “{VERSES[0]} mênh mông rộng mở” được nhiều người thuộc.</p>"
        + quoted
        + LAST
    )
    assert sum("mênh mông rộng mở" in line for line in lines(body)) == 5


@pytest.mark.parametrize(
    "leader", ["Mọi thông tin xin liên hệ:", "Năm bước của quy trình:", "Hội thi có các phần thi:"]
)
def test_a_list_at_the_end_stays(leader: str) -> None:
    items = ("Giới thiệu", "Góp ý", "Bình luận", "Phản hồi")
    assert lines(FIRST + LAST + f"<p>{leader}</p>" + in_li(*items))[-5:] == [leader, *items]


def test_who_tells_of_a_song_signs() -> None:
    body = FIRST + LAST + "<p>Thơ: Bùi Văn Nội - Nhạc: Hồng Vân</p><p align=right><b>Thu Trang</b></p>"
    assert read(page(body)).authors == ("Thu Trang",)


def test_when_a_meeting_is_held_is_no_date_of_the_article() -> None:
    held = "Thời gian: 8 giờ 00, ngày 20/11/2022"
    article = read(page(in_p(PARAGRAPHS[0], held, *PARAGRAPHS[1:]), date="12/11/2022 14:20"))
    assert (article.date_published, held in article.body) == ("2022-11-12T14:20:00+07:00", True)
