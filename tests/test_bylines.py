"""Printed signatures and what they say."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.bylines import read_byline, read_closing_byline
from crawler.names import is_organisation, is_person_name

# line; authors separated by "|"; role; source. Written from what the line says, an empty field is "none".
SIGNATURES = """
Tác giả bài viết: Hoàng Văn Quế; Hoàng Văn Quế;;
Tác giả: Hoàng văn quế; Hoàng văn quế;;
TÁC GIẢ: HOÀNG VĂN QUẾ; HOÀNG VĂN QUẾ;;
Tác giả bài viết: Ban Biên tập;;; Ban Biên tập
Tác giả bài viết: BBT;;; BBT
Tác giả: admin;;;
Tác giả: L.T; L.T;;
Tác giả: Giàng A Chu, Phó Bí thư Thường trực Huyện ủy; Giàng A Chu; Phó Bí thư Thường trực Huyện ủy;
Tác giả: Nguyễn Văn Nam - Nguồn: Báo Yên Bái; Nguyễn Văn Nam;; Báo Yên Bái
Tin, ảnh: Minh Hải; Minh Hải;;
Tin và ảnh: Minh Hải; Minh Hải;;
Tin/Ảnh: Minh Hải; Minh Hải;;
TIN, ẢNH: MINH HẢI; MINH HẢI;;
Tin, bài, ảnh: Lê Na; Lê Na;;
Tin ảnh Minh Hải; Minh Hải;;
Bài và ảnh: Thu Hà - Minh Hải; Thu Hà|Minh Hải;;
Bài, ảnh: Thu Hà, Lê Văn Tám; Thu Hà|Lê Văn Tám;;
Bài, ảnh: Nguyễn An (Báo Lai Châu); Nguyễn An;; Báo Lai Châu
Tin, ảnh: Mạnh Hùng - Đài TT-TH huyện; Mạnh Hùng;; Đài TT-TH huyện
Tin, ảnh: Ban Tuyên giáo Huyện ủy;;; Ban Tuyên giáo Huyện ủy
Bài: Hoài Thương; Hoài Thương;;
Bài: Thu Hà. Ảnh: Lê Nam; Thu Hà;;
Bài: Thu Hà - Ảnh: Lê Nam; Thu Hà;;
Ảnh: Lê Nam. Bài: Thu Hà; Thu Hà;;
Ảnh: Thu Hà;;;
Biên tập: Nguyễn Thị Hoa;;;
Thực hiện: Nhóm PV;;;
Thực hiện: Minh Hải - Đồ họa: Thu Hà; Minh Hải;;
Người viết: Lò Văn Phương; Lò Văn Phương;;
Sưu tầm: Lò Thị Mai; Lò Thị Mai;;
Nhóm tác giả: Lê A, Trần B; Lê A|Trần B;;
PV: Minh Hải; Minh Hải;;
Phóng viên Minh Hải; Minh Hải;;
Nguồn tin: Báo Lai Châu;;; Báo Lai Châu
Nguồn: Ban Tuyên giáo Huyện ủy;;; Ban Tuyên giáo Huyện ủy
Nguồn: Báo Lai Châu, ngày 12/7/2023;;; Báo Lai Châu
Nguồn: Thu Hà - Báo Yên Bái; Thu Hà;; Báo Yên Bái
Nguồn: http://nhandan.vn;;; http://nhandan.vn
Nguồn Báo Nhân Dân: https://nhandan.vn/abc;;; Báo Nhân Dân
NGUỒN: BAN TUYÊN GIÁO TỈNH ỦY;;; BAN TUYÊN GIÁO TỈNH ỦY
Theo TTXVN;;; TTXVN
Theo Nhân Dân;;; Nhân Dân
Theo báo Nhân Dân;;; báo Nhân Dân
Theo Hà Nội Mới;;; Hà Nội Mới
Theo dangcongsan.vn;;; dangcongsan.vn
Theo http://dangcongsan.vn/abc/1.html;;; http://dangcongsan.vn/abc/1.html
Theo: baochinhphu.vn;;; baochinhphu.vn
(Theo Báo Lai Châu);;; Báo Lai Châu
(Nguồn: TTXVN);;; TTXVN
Theo Minh Hải/Báo Nhân Dân; Minh Hải;; Báo Nhân Dân
Theo Trần Bình (Báo Lao Động); Trần Bình;; Báo Lao Động
PV (theo "Nhân Dân");;; Nhân Dân
BBT (theo TTXVN);;; TTXVN
Minh Hải (Theo Báo Nhân Dân); Minh Hải;; Báo Nhân Dân
Minh Hải (tổng hợp); Minh Hải;;
Minh Hải tổng hợp; Minh Hải;;
Minh Hải (TTXVN); Minh Hải;; TTXVN
Minh Hải/TTXVN; Minh Hải;; TTXVN
Lê Hà (st); Lê Hà;;
Tổng hợp;;;
Nguyễn Văn Bình - Ban Tuyên giáo Huyện ủy; Nguyễn Văn Bình;; Ban Tuyên giáo Huyện ủy
Nguyễn Văn Quế (Trưởng Ban Tuyên giáo Huyện ủy); Nguyễn Văn Quế; Trưởng Ban Tuyên giáo Huyện ủy;
Trần Thị Thùy Trang, Phó phòng KG-TH; Trần Thị Thùy Trang; Phó phòng KG-TH;
Lê Thị Mai, Phó Trưởng Ban, Giám đốc Trung tâm; Lê Thị Mai; Phó Trưởng Ban, Giám đốc Trung tâm;
TS. Trần Văn Nam, Phó Giám đốc Sở KH&CN; Trần Văn Nam; Phó Giám đốc Sở KH&CN;
Nguyễn Văn Quế, KG-TH; Nguyễn Văn Quế;; KG-TH
ThS. Nguyễn Văn An; Nguyễn Văn An;;
TS Lê Bình; Lê Bình;;
PGS, TS. Nguyễn Viết Thảo; Nguyễn Viết Thảo;;
PGS.TS Trần Văn Khang, Học viện Chính trị khu vực I; Trần Văn Khang;; Học viện Chính trị khu vực I
Đại tá Nguyễn Văn Quế; Nguyễn Văn Quế;;
Đ/c Giàng Páo Mỷ; Giàng Páo Mỷ;;
Thu Hằng, Trung tâm Truyền thông và Văn hóa huyện; Thu Hằng;; Trung tâm Truyền thông và Văn hóa huyện
Thu Hằng - Trung tâm Văn hóa, Thể thao và Du lịch; Thu Hằng;; Trung tâm Văn hóa, Thể thao và Du lịch
PV (theo "Bản tin Biển đảo");;; Bản tin Biển đảo
BBT;;; BBT
BTG;;; BTG
Ban Biên tập;;; Ban Biên tập
Ban Tuyên giáo Tỉnh ủy Lai Châu;;; Ban Tuyên giáo Tỉnh ủy Lai Châu
PV;;;
P.V;;;
LT; LT;;
T.H; T.H;;
Q.Như-N.Phương; Q.Như|N.Phương;;
Minh Hải - Nguyễn Thúy; Minh Hải|Nguyễn Thúy;;
Minh Hải-Nguyễn Thúy; Minh Hải|Nguyễn Thúy;;
Minh Hải, Thu Hà, Lê Bình; Minh Hải|Thu Hà|Lê Bình;;
Minh Hải – Thu Hà – Lê Bình; Minh Hải|Thu Hà|Lê Bình;;
Minh Hải và Thu Hà; Minh Hải|Thu Hà;;
Minh Hải & Thu Hà; Minh Hải|Thu Hà;;
NGUYỄN VĂN ANH; NGUYỄN VĂN ANH;;
Thảo Nguyên; Thảo Nguyên;;
(Minh Hải); Minh Hải;;
Minh Hải./.; Minh Hải;;
Giàng Páo Mỷ; Giàng Páo Mỷ;;
Thào A Sùng; Thào A Sùng;;
Tẩn Chin Lùng; Tẩn Chin Lùng;;
Y Khút Niê; Y Khút Niê;;
H'Linh Niê; H'Linh Niê;;
K'Brèo; K'Brèo;;
Hnhi; Hnhi;;
Minh Tuyên; Minh Tuyên;;
Rơ Châm Hoà; Rơ Châm Hoà;;
Maha Sơn Thông; Maha Sơn Thông;;
Thạch Thị Sa Rây; Thạch Thị Sa Rây;;
Phó Đức Phương; Phó Đức Phương;;
Đoàn Văn Trường; Đoàn Văn Trường;;
Trường Giang; Trường Giang;;
""".strip().splitlines()


@pytest.mark.parametrize("row", SIGNATURES)
def test_a_signature_says_who_and_whence(row: str) -> None:
    line, authors, role, source = (part.strip() for part in row.rsplit(";", 3))
    byline = read_byline(line)
    assert byline is not None
    assert byline.raw == line
    assert byline.authors == tuple(authors.split("|") if authors else ())
    assert (byline.role or "", byline.source or "") == (role, source)
    assert 0 < byline.score <= 1


@pytest.mark.parametrize(
    ("line", "following", "role", "source"),
    [
        (
            "Minh Hải - Nguyễn Thúy",
            "Ban Tuyên giáo Tỉnh ủy Lai Châu",
            None,
            "Ban Tuyên giáo Tỉnh ủy Lai Châu",
        ),
        ("NGUYỄN VĂN QUẾ", "BAN TUYÊN GIÁO HUYỆN ỦY", None, "BAN TUYÊN GIÁO HUYỆN ỦY"),
        ("Nguyễn Văn Quế", "Trưởng Ban Tuyên giáo Huyện ủy", "Trưởng Ban Tuyên giáo Huyện ủy", None),
        ("Minh Hải", "Nguồn: Báo Lai Châu", None, "Báo Lai Châu"),
        ("Bài: Minh Hải", "Ảnh: Thu Hà", None, None),
        ("Minh Hải", "Các tin khác", None, None),
        ("Minh Hải", "Phản hồi", None, None),
    ],
)
def test_the_next_line_may_give_the_office(
    line: str, following: str, role: str | None, source: str | None
) -> None:
    byline = read_byline(line, following)
    assert byline is not None
    assert byline.raw == line
    assert (byline.role, byline.source) == (role, source)
    assert byline.authors


NOT_SIGNATURES = """
Đổi mới công tác lãnh đạo
Đổi mới công tác lãnh đạo, chỉ đạo tổ chức học tập, tuyên truyền nghị quyết của Đảng
Kết quả đạt được
Nhiệm vụ trọng tâm
KẾT LUẬN
ĐỔI MỚI
TUYÊN TRUYỀN
PHÓ BÍ THƯ
I. KẾT QUẢ
II
Đảng Cộng sản Việt Nam quang vinh muôn năm
Không có gì quý hơn độc lập, tự do
Trân trọng cảm ơn
Hội nghị thành công tốt đẹp.
Quang cảnh hội nghị
Các đại biểu dự hội nghị
Đồng chí Giàng Páo Mỷ, Bí thư Tỉnh ủy phát biểu chỉ đạo
Ban Tuyên giáo Tỉnh ủy tổ chức hội nghị
Hội nghị tổng kết công tác Tuyên giáo năm 2020, triển khai nhiệm vụ năm 2021
- Tổ chức thực hiện
Xã vùng cao vượt khó xây dựng nông thôn mới
Hội Liên hiệp Phụ nữ huyện trao “Mái ấm tình thương”
Câu lạc bộ đọc sách ở một làng quê
TT | Đơn vị | Số lượt
1. Công tác tuyên truyền
Một là, Tỉnh ủy, các cấp ủy đảng
Theo đó, các chi bộ
Theo Bác Hồ dạy
Theo chân Bác
Theo dòng sự kiện
Theo kế hoạch, năm 2021
Theo Nghị quyết Trung ương 4
Nguồn lực con người
Bài 2: Những cách làm sáng tạo
Bài cuối: Quyết tâm đổi mới
Tin vắn: Đảng bộ huyện
Ảnh: Quang cảnh hội nghị
Ảnh minh họa
Thời sự - Chính trị
Tin tức - Sự kiện
Các tin khác
Tin Liên Quan
Phản hồi
Mới nhất
Thư viện ảnh
VIDEO CLIPS
Ý KIẾN BẠN ĐỌC VỀ BÀI VIẾT NÀY
Trưởng Ban biên tập: Trần Quốc Tuấn
Tổng số điểm của bài viết là: 5 trong 1 đánh giá
Bản quyền thuộc Ban Tuyên giáo Tỉnh ủy
Website: tuyengiao.travinh.gov.vn
Email: btg@laichau.gov.vn
Điện thoại: 0231.3876543
Số: 17/CT-UBND
Hồ Chí Minh
Chủ tịch Hồ Chí Minh
Lai Châu
Lai Châu, Yên Bái
Hà Nội, ngày 12 tháng 7 năm 2023
Nguyễn Văn Linh sinh ngày 1/7/1915
Cán bộ, đảng viên và nhân dân
Công an, quân đội, biên phòng
Mùa Xuân
(Còn nữa)
Tác giả bài viết:
""".strip().splitlines()


@pytest.mark.parametrize("line", [*NOT_SIGNATURES, "", " ", "x" * 500])
def test_other_lines_sign_nothing(line: str) -> None:
    assert read_byline(line) is None


@pytest.mark.parametrize(
    ("paragraph", "rest", "raw", "authors", "source"),
    [
        (
            "ở các chi bộ cơ sở./. (Theo Báo Lai Châu)",
            "ở các chi bộ cơ sở./.",
            "(Theo Báo Lai Châu)",
            (),
            "Báo Lai Châu",
        ),
        ("nhiệm vụ được giao. (Minh Hải)", "nhiệm vụ được giao.", "(Minh Hải)", ("Minh Hải",), None),
        ("nhiệm vụ được giao (TTXVN).", "nhiệm vụ được giao.", "(TTXVN)", (), "TTXVN"),
        ("nhiệm vụ được giao.(PV)", "nhiệm vụ được giao.", "(PV)", (), None),
        ("ở cơ sở./.(BBT)", "ở cơ sở./.", "(BBT)", (), "BBT"),
        ("nhiều hoạt động. Theo: Báo Nhân Dân", "nhiều hoạt động.", "Theo: Báo Nhân Dân", (), "Báo Nhân Dân"),
        (
            "trong năm 2021. Theo dangcongsan.vn",
            "trong năm 2021.",
            "Theo dangcongsan.vn",
            (),
            "dangcongsan.vn",
        ),
        ("ở cơ sở./. Minh Hải", "ở cơ sở./.", "Minh Hải", ("Minh Hải",), None),
        ("ở cơ sở. Tin, ảnh: Minh Hải", "ở cơ sở.", "Tin, ảnh: Minh Hải", ("Minh Hải",), None),
        ("ở cơ sở./. Nguồn: Báo Lai Châu", "ở cơ sở./.", "Nguồn: Báo Lai Châu", (), "Báo Lai Châu"),
        (
            "ở các chi bộ, đảng bộ. Nguyễn Văn An",
            "ở các chi bộ, đảng bộ.",
            "Nguyễn Văn An",
            ("Nguyễn Văn An",),
            None,
        ),
    ],
)
def test_a_signature_closing_the_text_is_taken_off(
    paragraph: str, rest: str, raw: str, authors: tuple[str, ...], source: str | None
) -> None:
    closing = read_closing_byline(paragraph)
    assert closing is not None
    assert closing[0] == rest
    assert (closing[1].raw, closing[1].authors, closing[1].source) == (raw, authors, source)


@pytest.mark.parametrize(
    "paragraph",
    [
        "thực hiện Nghị quyết Trung ương 4 (khóa XII)",
        "thực hiện Nghị quyết Trung ương 4 (khóa XII).",
        "phòng chống dịch bệnh (COVID-19).",
        "tại xã Tả Lèng (Lai Châu).",
        "nhiều hoạt động ý nghĩa tại cơ sở. (Lai Châu)",
        "nhiều hoạt động. (ảnh: Thu Hà)",
        "(Dương Quang Đông, Phạm Thái Bường, Nguyễn Đáng, Maha Sơn Thông)…",
        "dự hội nghị có đồng chí Nguyễn Văn An.",
        "phát biểu khai mạc là đồng chí Trần Văn Bình, Bí thư Tỉnh ủy.",
        "hội nghị tổ chức tại TP. Hồ Chí Minh",
        "cho cán bộ, đảng viên. Hồ Chí Minh",
        "trong sạch, vững mạnh.” (Hồ Chí Minh)",
        "theo đúng quy định (theo Nghị quyết số 35-NQ/TW)",
        "theo chuẩn mới (theo Quyết định 59/2015/QĐ-TTg).",
        "theo tinh thần Chỉ thị số 05. Theo đó, các chi bộ",
        "tham gia. (Còn nữa)",
        "(Theo Báo Nhân Dân)",
        "",
    ],
)
def test_what_belongs_to_the_sentence_stays(paragraph: str) -> None:
    assert read_closing_byline(paragraph) is None


def test_a_bare_pen_name_proves_less_than_a_label() -> None:
    scores = [
        read_byline(line).score  # type: ignore[union-attr]  # each of these is a signature
        for line in ("Tác giả: Thảo Nguyên", "Trần Thị Thùy Trang", "Thảo Nguyên", "LT")
    ]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > scores[2] > scores[3]


def test_people_are_told_from_offices() -> None:
    assert is_person_name("Đoàn Văn Ban") > 0.8
    assert not is_organisation("Đoàn Văn Ban")
    assert is_organisation("Đoàn Thanh niên huyện")
    assert is_organisation("BAN TUYÊN GIÁO HUYỆN UỶ")
    assert is_person_name("Báo Cáo") == 0.0


@given(
    st.one_of(st.text(), st.text(alphabet="NguyễnVănA .,-–()/:&'TheoẢnhTinBáoPVKG\u00a0", max_size=80)),
    st.none() | st.text(max_size=60),
)
@settings(deadline=None)
def test_no_text_makes_the_reader_fail(line: str, following: str | None) -> None:
    byline = read_byline(line, following)
    if byline is not None:
        assert all(byline.authors)
        assert 0 < byline.score <= 1
    read_closing_byline(line)
