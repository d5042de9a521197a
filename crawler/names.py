"""Tells the names of people from those of offices, newspapers and places.

A name here is what a signature prints: "Trần Thị Thùy Trang", the pen name "Minh Hải", "Giàng Páo Mỷ",
"H'Linh Niê", the initials "Q.Như". Nothing is certain about two capitalised syllables, so the answer is a
likelihood and the caller weighs it with where the line stands.
"""

import re
from functools import lru_cache
from typing import Final

from archive.text import place_tones

# Kinh and Hoa names first, then those of the northern peoples (Tày, Nùng, Thái, Mường, Mông, Dao, Hà Nhì,
# La Hủ, Lự, Giáy), of the Central Highlands and Trường Sơn (Ê Đê, Gia Rai, Ba Na, Cơ Ho, Cơ Tu, Ra Glai),
# of the Chăm and of the Khmer.
FAMILY_NAMES: Final = frozenset(
    """
    nguyễn trần lê lý phạm phan hoàng huỳnh vũ võ đặng bùi đỗ hồ ngô dương đào đinh lâm mai trịnh trương phùng
    cao lưu tô tạ thái tống triệu từ vương hà la lương lục mạc mã nghiêm ninh ông quách quản tăng thân thạch tiêu
    tôn trang trình ung uông văn vi viên bạch bế biện bồ cái cam cấn chu châu chử công cù cung cồ diệp doãn dư đàm
    đan đàng đậu điền đoàn đồng đổng đống đường giang giáp hạ hàn hán hạng hầu hình hoa hứa kha khổng khuất khương
    kiều kim kiên lã lạc lai lăng lều liêu liễu lỗ lộc luyện lữ mẫn mạnh mâu mẫu mộc môn nhan nhâm nhữ ngọ ngụy nhậm
    ôn phí phó phương quan quang quảng sầm sái sử tào tất tề thang thẩm thiều thi thịnh thời tiết tòng tôn-nữ trác
    trà triều trưng trường ty vòng yên âu ân an ánh bành bằng bì phú thập tưởng lang mông nhạc chế danh sơn
    nông ma lò lô lường quàng cà vì cầm điêu đèo bạc lự tao lùng khoàng pờ lỳ mạ phà ky sình tếnh thò vù cháng chang
    sải ngải chéo giàng vàng thào sùng hờ lầu cứ hảng tráng tẩn chảo phàn lù lèng vừ ly sần chẻo bàn chẩu mùa páo
    hạng sìn thèn ma-a lộc xồng lỳ và xa lèo mè lừ quán mòng hù lìm tô-ngọc vùi lự pồ sàn giềng khang cụt moong
    niê êban ayun mlô kbuôr byă hwing ktla kpă ksor rơ rah siu nay rcom r'com rmah rahlan romah rơchâm kpuih
    bríu zơrâm alăng pơloong blúp hôih bhling kon liêng cil lơ kơ dagout pang chamaléa katơr pinăng mấu maha
    nại ya k' h' rlung krông siu ro
    """.split()
)

# Syllables that end given names and pen names; a signature in capitals is believed only when it ends in one.
_GIVEN: Final = frozenset(
    """
    an anh ánh ân bách bảo bắc bích bình ca cảnh cầm châu chi chiến chinh chung chính cúc cương cường dân diễm diệp
    diệu dung duy duyên dũng dương đan đào đại đạt đăng điệp định đoan đông đức gấm giang giao hà hạ hải hạnh hảo hằng
    hân hậu hiên hiền hiển hiếu hiệp hiệu hoa hoan hoài hoàn hoàng hòa hòe hồng hồ huân huấn huế huệ hùng huy huyên
    huyền huỳnh hưng hương hường hữu kha khang khánh khiêm khoa khôi khuê kiên kiều kim kỳ lam lan lâm lê lệ liên liễu
    linh loan long lộc lợi luân luyến lương lưu ly lý mai mạnh mận mẫn miên mi minh mơ my mỹ nam nga ngà ngân nghĩa
    nghi ngọc nguyên nguyệt nhã nhàn nhâm nhân nhật nhi nhiên như nhung oanh phát phi phong phú phúc phước phương
    phượng quang quân quế quốc quý quyên quyền quyết quỳnh sang sáng sinh sơn sương tài tân tâm tấn thái thanh thành
    thảo thạch thắm thắng thân thế thi thiên thiện thìn thịnh thoa thoại thoan thu thuận thư thương thúy thùy thủy
    thụy thức tiên tiến tiệp tín tính tĩnh toàn toản toán trang trà trâm trân tri triều triệu trinh trình trí trọng
    trung trúc trường tú tuân tuấn tuệ tùng tuyên tuyến tuyền tuyết tường uyên vân văn vi việt vinh vũ vượng vy xuân
    xuyến yên yến ý
    """.split()
)

# Syllables of headings, menus and offices that stand in no one's name.
_NOT_NAMES: Final = frozenset(
    """
    tin tức hệ giới phản nhất mới các viện ảnh kết luận phần mục nội quả nhiệm vụ giải pháp hướng đảng nước xã hội
    tế trị giáo dục đổi năm tháng ngày thứ tác bài đài sở ban ủy phòng huyện tỉnh khóa hỏi đáp nhập xem thêm quay lại
    gửi về của cho với những và là được không có để theo tại trên dưới này đó khi nơi cuối số tổng sưu tầm biên
    nguồn giả điều khoản quy chế thông báo cáo cách mạng đấu tranh phát triển xây dựng tuyên truyền học nghị đề đại
    biểu lịch chuyên bạn đọc bình luận liên quan website video clip đã sẽ đang rất nhiều hơn trước sau trong ngoài
    chúng tôi ta họ gì nào sao vì nên phải cần hãy đừng mời kính chào mừng chúc quyết chống phục thi đua vấn nhóm
    hoạt động khẩu hiệu gương đường bản trích đoạn lời nhận xét chia sẻ
    """.split()
) - {"biểu", "đại", "đang", "đường", "họ", "hội", "mới", "báo", "quan", "tôi", "liên", "chúc", "học", "luận", "bình"} | {"học"}  # fmt: skip

# Two syllables each fit for a name that together are not one.
_NOT_PEOPLE: Final = frozenset(
    """
    hồ chí minh|bác hồ|việt nam|nhân dân|trang chủ|liên hệ|phản hồi|văn hóa|kinh tế|chính trị|đời sống|pháp luật
    |quốc tế|thể thao|giáo dục|y tế|công an|an ninh|quân sự|quốc phòng|đoàn thể|đoàn kết|đại hội|cảm ơn|trân trọng
    |thành công|kính thưa|thông báo|kế hoạch|báo cáo|nghị quyết|chỉ thị|kết luận|mục tiêu|giải pháp|thanh niên
    |phụ nữ|nông dân|công đoàn|cựu chiến binh|mặt trận|tư liệu|tài liệu|hình ảnh|minh họa|công nghệ|khoa học|môi trường
    |lao động|tiền phong|tuổi trẻ|dân trí|hà nội mới|đại đoàn kết|sài gòn giải phóng|quân đội nhân dân|hoàng sa|trường sa
    |công an nhân dân|người lao động|thời nay|hương sen việt|biên phòng|tin tức|đất việt|tổ quốc|văn nghệ|công thương
    |điện biên phủ|tây nguyên|tây bắc|đông bắc|nam bộ|biển đông|sài gòn|trung quốc|hoa kỳ|liên xô|hàn quốc|nhật bản
    |thái lan|cu ba|an toàn|tiếp theo|thời sự|văn kiện|tư tưởng|đạo đức|phong cách|cách mạng|khánh tiết|thi đua
    |quan điểm|thực trạng|nguyên nhân|bài học|tổ chức|nhân sự|cán bộ|dân vận|nội chính|kiểm tra|tuyên giáo|tin vắn
    |lãnh đạo|đối ngoại|thông tin|truyền thông|dân tộc|tôn giáo|sa pa|hoàng liên sơn|mùa xuân|mùa thu|mùa hè|mùa hạ|mùa đông|quê hương|đất nước|tình yêu|hòa bình|du lịch|nông thôn mới|chuyển đổi số
    """.replace("\n", " ").split("|")
)  # fmt: skip
_NOT_PERSON: Final = frozenset(" ".join(entry.split()) for entry in _NOT_PEOPLE)

_PLACES: Final = frozenset(
    " ".join(place.split())
    for place in """
    an giang|bà rịa - vũng tàu|vũng tàu|bắc giang|bắc kạn|bạc liêu|bắc ninh|bến tre|bình định|bình dương|bình phước
    |bình thuận|cà mau|cần thơ|cao bằng|đà nẵng|đắk lắk|đắk nông|điện biên|đồng nai|đồng tháp|gia lai|hà giang|hà nam
    |hà nội|hà tĩnh|hải dương|hải phòng|hậu giang|hòa bình|hưng yên|khánh hòa|kiên giang|kon tum|lai châu|lâm đồng
    |lạng sơn|lào cai|long an|nam định|nghệ an|ninh bình|ninh thuận|phú thọ|phú yên|quảng bình|quảng nam|quảng ngãi
    |quảng ninh|quảng trị|sóc trăng|sơn la|tây ninh|thái bình|thái nguyên|thanh hóa|thừa thiên huế|huế|tiền giang
    |trà vinh|tuyên quang|vĩnh long|vĩnh phúc|yên bái|đà lạt|nha trang|quy nhơn|vinh|hạ long|tp hồ chí minh
    """.replace("\n", " ").split("|")
)  # fmt: skip

# Titles, ranks and degrees that stand before a name; the comma of "PGS, TS" belongs to them.
_TITLE: Final = (
    r"(?:PGS|GS|TSKH|TS|Th\.?\s?[sS]|ThS|THS|NCS|BSCK\s?I{1,2}|BS|KS|CN|LS|DS|GVCC|GVC|GV|CVC|CV|NGƯT|NGND|NSƯT|NSND|TTƯT"
    r"|Giáo sư|Phó giáo sư|Tiến sĩ|Tiến sỹ|Thạc sĩ|Thạc sỹ|Cử nhân|Kỹ sư|Bác sĩ|Bác sỹ|Luật sư|Nhà báo|Nhà văn|Nhà thơ"
    r"|Nghệ sĩ|Đ/[cC]|ĐC|Đồng chí|ĐỒNG CHÍ|Ông|Bà|Thầy giáo|Cô giáo|PV|P\.V|Phóng viên|CTV|Cộng tác viên|BTV|Biên tập viên"
    r"|Đại tướng|Thượng tướng|Trung tướng|Thiếu tướng|Đại tá|Thượng tá|Trung tá|Thiếu tá|Đại úy|Thượng úy|Trung úy"
    r"|Thiếu úy|Đại uý|Thượng uý|Trung uý|Thiếu uý|Linh mục|Hòa thượng|Thượng tọa|Đại đức)"
)
_TITLES: Final = re.compile(rf"^(?:{_TITLE}(?:\s*[.,:\-–]\s*|\s+))+(?=[A-ZĐÀ-ỸƠƯĂÂÊÔ])")

_LETTER: Final = r"[^\W\d_]"
_SYLLABLE: Final = re.compile(rf"(?:{_LETTER}{{1,3}}\.)*{_LETTER}+(?:['’ʼ`\-]{_LETTER}+)*\.?")
_MINORITY_PREFIX: Final = re.compile(r"(?:Y|A|H['’ʼ`]?|K['’ʼ`]?|Ya|Ka|Ma)$|[HKRYA]['’ʼ`]")


def strip_titles(text: str) -> str:
    """Return a name without the ranks, degrees and forms of address printed before it.

    >>> strip_titles("PGS, TS. Nguyễn Văn A"), strip_titles("Đ/c Giàng Páo Mỷ"), strip_titles("Anh Thư")
    ('Nguyễn Văn A', 'Giàng Páo Mỷ', 'Anh Thư')
    """
    return _TITLES.sub("", text.strip())


@lru_cache(maxsize=4096)
def is_person_name(text: str) -> float:
    """Return how likely, 0 to 1, a phrase is one person's name as a signature prints it, titles stripped.

    >>> is_person_name("Trần Thị Thùy Trang") > 0.8, is_person_name("Thảo Nguyên") > 0.5
    (True, True)
    >>> is_person_name("Đổi mới công tác lãnh đạo"), is_person_name("Hồ Chí Minh")
    (0.0, 0.0)
    """
    words = text.split()
    if not 1 <= len(words) <= 6 or not all(_SYLLABLE.fullmatch(word) for word in words):  # Công Tằng Tôn Nữ names have six
        return 0.0
    if not all(_is_capitalised(word) for word in words):
        return 0.0
    plain = place_tones(text).lower().replace("’", "'")
    if plain in _NOT_PERSON:
        return 0.0
    syllables = plain.split()
    family = syllables[0].split("'")[0] in FAMILY_NAMES or syllables[0] in FAMILY_NAMES or syllables[-1] in {"niê", "êban", "mlô", "ayun", "byă"}
    bad = sum(syllable in _NOT_NAMES for syllable in syllables)
    if bad and (not family or bad > 1 or syllables[-1] in _NOT_NAMES and len(words) < 3):
        return 0.0
    if plain in _PLACES:
        return 0.2
    return _weigh(words, syllables, family=family)


def _weigh(words: list[str], syllables: list[str], *, family: bool) -> float:
    count = len(words)
    capitals = all(word.isupper() for word in words) and any(len(word) > 1 for word in words)
    given = syllables[-1].strip(".").split(".")[-1] in _GIVEN
    if count == 1:
        if re.match(r"[HKRY]['’ʼ`]", words[0]):
            return 0.6  # K'Brèo
        if "." in words[0].rstrip(".") and not capitals:
            return 0.6  # Q.Như
        return 0.3 if given and not capitals else 0.15
    if _MINORITY_PREFIX.match(words[0]) and count <= 4 and not capitals:  # Y Khút Niê Kdăm
        return 0.8
    if "." in words[0] and len(words[0]) <= 4:  # Ng. Hà, Tr. Minh
        return 0.7
    if family and 2 <= count <= 5:  # Trần Thị Thùy Trang
        return 0.9 if count > 2 or given else 0.75
    if capitals:
        return 0.5 if given and count <= 3 else 0.1
    return {2: 0.65, 3: 0.55}.get(count, 0.25) if given else {2: 0.5, 3: 0.35}.get(count, 0.1)


def _is_capitalised(word: str) -> bool:
    return word[0].isupper() and (word.isupper() or word[1:].islower() or "." in word or "-" in word or "'" in word or "’" in word or len(word) == 1)


def is_place(text: str) -> bool:
    """Return whether a phrase is a province or a large town, old names included.

    >>> is_place("Lai Châu"), is_place("Thanh Hoá"), is_place("Minh Hải")
    (True, True, False)
    """
    return " ".join(place_tones(text).lower().split()) in _PLACES


_OFFICE: Final = re.compile(
    r"(?:Ban(?!\s+mai\b)|Sở|Đảng (?:ủy|bộ|đoàn)|(?:Tỉnh|Huyện|Thành|Thị|Quận|Đảng|Khu) ủy|Báo|Tạp chí|Cổng|Trang (?:thông tin|tin|web|TTĐT)"
    r"|Trang TTĐT|Trung tâm|TTVH|TTTT|TTCT|TT\s+\w+|Phòng|Văn phòng|VP\s+\w+|Hội (?:LH\w*|Liên|Nông|Phụ|Cựu|Văn|Nhà|Chữ|Khuyến|đồng|Người|CCB|Luật|Sinh|ND)"
    r"|Hội đồng|Đoàn (?:TN\w*|Thanh niên|đại biểu|trường|xã|huyện|khối|phường|ĐBQH|công tác|kiểm tra)|Thành đoàn|Tỉnh đoàn|Huyện đoàn|Quận đoàn"
    r"|UBND|HĐND|UBMTTQ|UBKT|UB\s?MTTQ|MTTQ|Mặt trận|VOV|VTV|TTXVN|Thông tấn xã|TTX|Tổ (?:\w+)|Chi (?:bộ|cục|đoàn|hội)|Cục|Tổng cục"
    r"|Bộ (?:\w+)|Vụ (?:\w+)|Viện|Trường (?:THPT|THCS|TH|Tiểu|Chính|Đại|Cao|Trung|Mầm|Dân|PT\w*|Phổ|ĐH|CĐ|Đảng|Sĩ|Quân|Nghiệp|Bồi|Đào|Sư|MN|CT|Nội|bồi|đào|chính)|Học viện|Đại học|Khoa (?:\w+)|Công an|CA (?:huyện|tỉnh)|Công đoàn|Liên đoàn|LĐLĐ|Đài|Kênh|Nhà xuất bản|NXB|Khối (?:các|Các|cơ|Cơ|CQ|DN|MTTQ|dân|Dân|doanh|Doanh|thi)"
    r"|Ủy ban|Tòa án|TAND|VKSND|Kho bạc|KBNN|BHXH|Bảo hiểm|Ngân hàng|Bệnh viện|Trạm|Hạt|Đồn|BĐBP|BCH|Tiểu ban|Quân khu"
    r"|Sư đoàn|Lữ đoàn|Trung đoàn|Tiểu đoàn|Binh đoàn|Quân đoàn|Xã|Phường|Huyện|Thị (?:trấn|xã)|Thành phố|Tỉnh|Công ty|Tập đoàn|Câu lạc bộ|CLB|Cơ quan"
    r"|Đảng Cộng sản|Quân đội|Hải quan|Cảnh sát|Nhà máy|Hợp tác xã|HTX|Bưu điện|Điện lực|Thư viện (?:tỉnh|huyện|Quốc)|Bảo tàng|Nhóm)(?!\w)",
)
_DOMAIN: Final = re.compile(r"(?:https?://|www\.)?[\w\-]+(?:\.[\w\-]+)*\.(?:vn|com|net|org|info|tv|asia|edu|gov)(?:[/:?#]\S*)?", re.IGNORECASE)
_ACRONYM: Final = re.compile(r"[A-ZĐƯƠ]{4,}\d?(?:[\-&][A-ZĐƯƠ]{2,})*")

# Offices that sign by initials: editorial board, propaganda (and mass mobilisation) board, Party office.
_OFFICE_INITIALS: Final = frozenset(
    "BBT BTG BTGTU BTGHU BTGDV BTGTW BTC BTV BDV BNC UBKT VP VPTU VPHU VPĐU VPTW BCĐ MT HU TU TT TTX VOV VTV CTTĐT CAND QĐND SGGP TCCS XDĐ BCH".split()
)


def is_organisation(text: str) -> bool:
    """Return whether a phrase names an office, newspaper, agency or web site.

    >>> [is_organisation(t) for t in ("Ban Tuyên giáo Huyện uỷ", "TTXVN", "dangcongsan.vn", "Hội LHPN tỉnh", "Nhân Dân")]
    [True, True, True, True, True]
    >>> is_organisation("Đoàn Văn Ban"), is_organisation("Trang Anh")
    (False, False)
    """
    plain = place_tones(" ".join(text.split()))
    if _DOMAIN.fullmatch(plain) or plain.rstrip(".") in _OFFICE_INITIALS or _ACRONYM.fullmatch(plain):
        return True
    if is_outlet(plain) or plain.split(" ")[0] in _OFFICE_INITIALS:
        return True
    spelled = plain.capitalize() if plain.isupper() and " " in plain else plain
    return ":" not in plain and bool(_OFFICE.match(plain) or _OFFICE.match(spelled))


def is_outlet(text: str) -> bool:
    """Return whether a phrase is the bare name of a newspaper or agency, which may be plain words elsewhere.

    >>> is_outlet("Hà Nội mới"), is_outlet("Minh Hải")
    (True, False)
    """
    return " ".join(text.split()).lower() in _OUTLETS


_OUTLETS: Final = frozenset(
    " ".join(entry.split())
    for entry in """
    nhân dân|tiền phong|thanh niên|tuổi trẻ|lao động|hà nội mới|hànộimới|đại đoàn kết|sài gòn giải phóng|quân đội nhân dân
    |công an nhân dân|người lao động|thời nay|dân trí|vietnamnet|vnexpress|vietnam+|vietnamplus|vov|vtv|vtc|zing|znews|tin tức
    |internet|sưu tầm internet|facebook|wikipedia|kênh 14|pháp luật|văn nghệ|công thương|đảng cộng sản|chinhphu|xây dựng đảng
    |tuyên giáo|cộng sản|biên phòng|hải quân|dân vận|dân tộc và phát triển|nông nghiệp|kinh tế đô thị|đất việt|vnanet|baomoi
    |báo mới|chính phủ|quốc hội|đại biểu nhân dân|phụ nữ việt nam|giáo dục và thời đại|tổ quốc|thông tấn xã việt nam
    |hồ sơ sự kiện|lý luận chính trị|quốc phòng toàn dân|tntp|reuters|afp|tân hoa xã|sputnik
    """.replace("\n", " ").split("|")
)  # fmt: skip
