"""The printed lines about an article: each known by its kind, none in a sentence about the same thing, none slow."""

from __future__ import annotations

import re
import time
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.model import Capture
from archive.text import fold
from crawler import landmarks
from crawler.extract import extract
from crawler.landmarks import landmark

# What pages of these sites print.
PRINTED: Final = {
    "related": [
        "Các tin khác", "Tin khác", "CÁC TIN KHÁC:", "Những tin mới hơn", "Những tin cũ hơn", "Tin liên quan", "Bài viết liên quan",
        "Bài cùng chuyên mục", "Theo dòng sự kiện", "Có thể bạn quan tâm", "Tin cùng chuyên mục", "Xem nhiều", "Mới nhất", "Thư viện ảnh",
        "Các bài viết khác", "Tin nổi bật",
    ],
    "comments": [
        "Ý KIẾN BẠN ĐỌC VỀ BÀI VIẾT NÀY", "Phản hồi", "Bình luận (0)", "Gửi bình luận", "Để lại một bình luận", "Họ và tên", "Mã bảo vệ",
        "Ý kiến của bạn", "0 bình luận",
    ],
    "rating": ["Tổng số điểm của bài viết là: 0 trong 0 đánh giá", "Click để đánh giá bài viết", "Xếp hạng: 5 - 1 phiếu bầu", "Đánh giá bài viết"],
    "tags": ["Từ khóa: tuyên giáo, hội nghị", "Tags:", "Từ khóa"],
    "share": ["Chia sẻ", "Facebook Zalo Twitter"],
    "tools": ["In Đọc bài", "Gửi bài này In bài này", "Xem cỡ chữ", "Quay lại", "Về đầu trang"],
    "counter": ["4829 lượt xem", "Lượt xem: 1.234", "Đã xem: 12"],
    "footer": [
        "Trưởng Ban biên tập: Đồng chí Nguyễn Văn An", 'Ghi rõ nguồn "Trang thông tin" khi phát hành lại', "Chung nhan Tin Nhiem Mang",
        "Đang online: 12", "Giấy phép số 17/GP-TTĐT ngày 01/4/2021", "Đăng nhập",
        "Bạn đã không sử dụng Site, Bấm vào đây để duy trì trạng thái đăng nhập. Thời gian chờ: 60 giây",
    ],
    "contact": ["Điện thoại: 0294 3853 818"],
    "crumbs": ["Trang chủ » Tin tức » Xây dựng Đảng"],
}  # fmt: skip
# Sentences an article about the same things prints.
PROSE: Final = (
    "Thư viện ảnh của huyện lưu giữ hơn 2.000 bức ảnh tư liệu quý về phong trào thi đua.",
    "Các tin khác với dự báo, mưa lũ năm nay đến muộn, Ban Chỉ huy phòng, chống thiên tai huyện cho biết.",
    "Bình luận về kết quả này, đồng chí Bí thư Huyện ủy cho rằng các chi bộ đã làm việc nghiêm túc.",
    "Chia sẻ tại hội nghị, chị Lò Thị Páo cho biết gia đình chị đã thoát nghèo nhờ trồng sa nhân.",
    "Đánh giá bài viết dự thi năm nay, Ban Tổ chức cho rằng chất lượng các tác phẩm được nâng lên rõ rệt.",
    "Từ khóa XIII đến nay, Đảng bộ huyện đã kết nạp được 412 đảng viên.",
    "Video do các đoàn viên dựng đã có hơn 10.000 lượt xem trong tuần đầu tiên.",
    "Hôm nay, Tỉnh ủy tổ chức hội nghị trực tuyến toàn tỉnh quán triệt nghị quyết của Trung ương.",
    "Tin vào sự lãnh đạo của Đảng, nhân dân các dân tộc trong tỉnh đoàn kết một lòng.",
    "Đọc bài diễn văn khai mạc, đồng chí Chủ tịch ôn lại truyền thống vẻ vang của quê hương.",
    "In ấn tài liệu phục vụ đại hội được hoàn thành trước ngày 15/5.",
    "Bản quyền tác giả là nội dung được nhiều đại biểu quan tâm thảo luận tại hội thảo.",
    "Liên hệ thực tiễn địa phương, các học viên đã trao đổi sôi nổi.",
    "Nghe báo cáo viên trình bày chuyên đề, 120 đảng viên đã viết bài thu hoạch.",
    "Gắn thế trận quốc phòng toàn dân với thế trận an ninh nhân dân.",
    "Xếp hạng 2 toàn tỉnh về cải cách hành chính.",
    "Ý kiến đóng góp của cử tri tập trung vào 3 nhóm vấn đề.",
    "Tốc độ tăng trưởng đạt 8,5%.",
    "Giống lúa mới cho năng suất 6 tấn/ha.",
    "Phát tin trên hệ thống truyền thanh: 320 tin.",
    "Đọc bài phát biểu của Tổng Bí thư.",
    "Website của Tỉnh ủy đã đăng tải 1.200 tin, bài trong năm 2020.",
    "Trang thông tin điện tử huyện đăng tải 250 tin, bài về hội nghị.",
    "Chịu trách nhiệm trước Ban Thường vụ về kết quả thực hiện.",
    "Đơn vị quản lý 12 chi bộ trực thuộc.",
    "Thời tiết thuận lợi, bà con phấn khởi.",
    "Đề nghị ghi rõ nguồn gốc hàng hóa, niêm yết giá công khai.",
    "Xem nhiều nhất là các video hướng dẫn dịch vụ công.",
)

# Subheads and items of lists that other pages print as the title of a box: among paragraphs they are text.
AMONG_PARAGRAPHS: Final = (
    "Đánh giá 6 tháng đầu năm 2021", "Chủ đề: Đoàn kết - Dân chủ - Kỷ cương - Phát triển.", "Lấy ý kiến đóng góp của nhân dân",
    "Địa chỉ: thôn 5, xã Pa Ủ", "Điện thoại: 0213 876 543", "Chia sẻ kinh nghiệm", "Thông báo", "Liên kết sản xuất", "Khách mời: 120 đại biểu",
)  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "line"), [(kind, line) for kind, printed in PRINTED.items() for line in printed]
)
def test_printed_lines_are_known(kind: str, line: str) -> None:
    assert landmark(line) == kind


@pytest.mark.parametrize(
    ("kind", "line"), [(kind, line) for kind, printed in PRINTED.items() for line in printed]
)
def test_capitals_marks_and_blanks_do_not_matter(kind: str, line: str) -> None:
    assert landmark(f"  {line.upper()} ") == landmark(fold(line)) == kind


@pytest.mark.parametrize("line", PROSE)
def test_sentences_are_none(line: str) -> None:
    assert landmark(line) is None


@pytest.mark.parametrize("sentence", PROSE)
@pytest.mark.parametrize("place", [0, 1, 3], ids=["first", "second", "last"])
def test_an_article_keeps_its_sentence_wherever_it_stands(sentence: str, place: int) -> None:
    assert read_among(sentence, place)


@pytest.mark.parametrize("line", AMONG_PARAGRAPHS)
def test_a_line_among_paragraphs_is_text(line: str) -> None:
    assert read_among(line, 1)


def read_among(line: str, place: int) -> bool:
    """Whether an article that prints a line as its paragraph number `place` is read with it, whole."""
    body = [
        "Sáng 15/01, Ban Tuyên giáo Tỉnh ủy tổ chức Hội nghị tổng kết công tác tuyên giáo năm 2020 tại thành phố.",
        "Dự và chỉ đạo Hội nghị có đồng chí Phó Bí thư Thường trực Tỉnh ủy cùng lãnh đạo các ban, ngành của tỉnh.",
        "Hội nghị đã trao giấy khen cho 09 tập thể và 09 cá nhân có thành tích xuất sắc trong công tác tuyên giáo.",
    ]
    body.insert(place, line)
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in body)
    page = (
        "<html><head><title>Tổng kết công tác tuyên giáo năm 2020</title></head><body><div><a href='/'>Trang chủ</a></div>"
        f"<h1>Tổng kết công tác tuyên giáo năm 2020</h1><p>17/01/2021 14:47</p><div>{paragraphs}</div>"
        "<h3>Các tin khác</h3><ul><li><a href='/1'>Giao ban công tác dân vận</a></li><li><a href='/2'>Hội thi báo cáo viên</a></li></ul></body></html>"
    )
    capture = Capture(
        url="http://h.vn/a-1.html", captured_at="2024-07-14T02:00:00Z", status=200, body=page.encode()
    )
    return extract(capture).article.body.split("\n\n") == body


# --------------------------------------------------------------------------------------- no line takes long

SLOW_SECONDS: Final = 0.25
"""A rule that backtracks takes minutes on these lines; the others take microseconds, on a busy machine too."""
UNITS: Final = (
    "in ", "a ", "(", "((", "a+", "1:", "1 ", "12/", "1.", "in|", "tin ", "tin, ", "-", "|", " ", ". ", "xem ", "A", "Á ", "+ ", "x",
    "facebook,", "nghe ", "doc ", "binh luan ", "chia se ", "bai nay ", "luot xem ", "danh gia ", "thich ", "0", "1x|", "co chu ", "mien ",
    "google ", "lien he ", "website ", "hom nay 1 ", "dang nhap ", "dang nhap/", "#", "#a ", "»", "_", "*", "[in] ", "a- ", "1,1 ",
    "thiet ke ", "phat trien va ", "chiu trach nhiem ", "tu khoa ", "page ", "nguon ", "ban quyen ", "trang chu > ", "gui ", "y kien ",
)  # fmt: skip
TAILS: Final = ("", "!", "zz", "\n", "#z", " ế")
LENGTHS: Final = (landmarks.MAX_LANDMARK_CHARS, 400)


@pytest.mark.parametrize("unit", UNITS)
def test_no_rule_backtracks(unit: str) -> None:
    started = time.process_time()
    for length in LENGTHS:
        for tail in TAILS:
            landmark((unit * length)[: length - len(tail)] + tail)
    assert time.process_time() - started < SLOW_SECONDS * len(LENGTHS)


def test_no_single_rule_backtracks() -> None:
    """Each compiled rule alone, on every hostile line: an earlier rule may not hide a later one's fault."""
    rules = {
        name: rule
        for name, value in vars(landmarks).items()
        for rule in (value if isinstance(value, tuple) else (value,))
        for rule in (rule if isinstance(rule, tuple) else (rule,))
        if isinstance(rule, re.Pattern)
    }
    assert rules
    slow = []
    for name, rule in rules.items():
        for unit in UNITS:
            for tail in TAILS:
                line = (unit * 120)[: 120 - len(tail)] + tail
                started = time.process_time()
                rule.fullmatch(line)
                if time.process_time() - started > SLOW_SECONDS:
                    slow.append((name, line))
    assert slow == []


@given(st.text(max_size=500))
def test_any_line_has_a_kind_or_none(line: str) -> None:
    started = time.process_time()
    assert landmark(line) in {
        None,
        "counter",
        "comments",
        "rating",
        "related",
        "tools",
        "player",
        "share",
        "tags",
        "footer",
        "crumbs",
        "contact",
        "advertisement",
    }
    assert time.process_time() - started < SLOW_SECONDS
