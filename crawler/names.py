"""Tells the names of people from those of offices, newspapers and places.

A name here is what a signature prints: "Trần Thị Thùy Trang", the pen name "Minh Hải", "Giàng Páo Mỷ",
"H'Linh Niê", the initials "Q.Như". Nothing is certain about two capitalised syllables, so the answer is a
likelihood and the caller weighs it with where the line stands.
"""

import re
from functools import lru_cache
from typing import Final

from archive.text import place_tones
from crawler.name_lists import (
    CLAN_NAMES,
    FAMILY_NAMES,
    GIVEN,
    NOT_NAMES,
    NOT_PERSON,
    OFFICE_INITIALS,
    OUTLETS,
    PLACES,
)

# Titles, ranks and degrees that stand before a name; the comma of "PGS, TS" belongs to them.
_TITLE: Final = (
    r"(?:PGS|GS|TSKH|TS|Th\.?\s?[sS]|ThS|THS|NCS|BSCK\s?I{1,2}|BS|KS|CN|LS|DS|GVCC|GVC|GV|CVC|CV|NGƯT|NGND"
    r"|NSƯT|NSND|TTƯT"
    r"|Giáo sư|Phó giáo sư|Tiến sĩ|Tiến sỹ|Thạc sĩ|Thạc sỹ|Cử nhân|Kỹ sư|Bác sĩ|Bác sỹ|Luật sư|Nhà báo"
    r"|Nhà văn|Nhà thơ"
    r"|Nghệ sĩ|Đ/[cC]|ĐC|Đồng chí|ĐỒNG CHÍ|Ông|Bà|Thầy giáo|Cô giáo|PV|P\.V|Phóng viên|CTV|Cộng tác viên"
    r"|BTV|Biên tập viên"
    r"|Đại tướng|Thượng tướng|Trung tướng|Thiếu tướng|Đại tá|Thượng tá|Trung tá|Thiếu tá|Đại úy|Thượng úy"
    r"|Trung úy"
    r"|Thiếu úy|Đại uý|Thượng uý|Trung uý|Thiếu uý|Linh mục|Hòa thượng|Thượng tọa|Đại đức)"
)
_TITLES: Final = re.compile(rf"^(?:{_TITLE}(?:\s*[.,:\-–]\s*|\s+)){{1,6}}(?=[A-ZĐÀ-ỸƠƯĂÂÊÔ])")

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
    plain = place_tones(text).lower().replace("’", "'")
    if not _is_written_as_name(words) or plain in NOT_PERSON:
        return 0.0
    syllables = plain.split()
    opening = syllables[0].split("'")[0]
    family = opening in FAMILY_NAMES or syllables[0] in FAMILY_NAMES or syllables[-1] in CLAN_NAMES
    bad = sum(syllable in NOT_NAMES for syllable in syllables)
    if bad and (not family or bad > 1 or (syllables[-1] in NOT_NAMES and len(words) < 3)):
        return 0.0
    return 0.2 if plain in PLACES else _weigh(words, syllables, family=family)


def names_person(text: str) -> bool:
    """Return whether a phrase is more likely than not one person's name, with or without a rank.

    >>> names_person("Đ/c Giàng Páo Mỷ"), names_person("Minh Hải"), names_person("Hội nghị")
    (True, True, False)
    """
    return is_person_name(strip_titles(text)) >= _LIKELY


_LIKELY: Final = 0.5


def is_odd_name(text: str) -> bool:
    """Return whether a phrase is a family name and one syllable that is no known name.

    >>> is_odd_name("Đào Ban"), is_odd_name("Đổi Mới")
    (True, False)
    """
    syllables = place_tones(text).lower().split()
    return (
        len(syllables) == 2
        and syllables[0] in FAMILY_NAMES
        and _is_written_as_name(text.split())
        and " ".join(syllables) not in PLACES | NOT_PERSON
        and not is_organisation(text)
    )


def _is_written_as_name(words: list[str]) -> bool:
    """Whether each word begins with a capital; the longest names, of the old royal house, have six words."""
    return 1 <= len(words) <= 6 and all(_SYLLABLE.fullmatch(word) and _is_capitalised(word) for word in words)


def _weigh(words: list[str], syllables: list[str], *, family: bool) -> float:
    count = len(words)
    if count == 1:
        return _weigh_alone(words[0], given=syllables[0] in GIVEN and not words[0].isupper())
    capitals = all(word.isupper() for word in words) and any(len(word) > 1 for word in words)
    given = syllables[-1].strip(".").split(".")[-1] in GIVEN
    if _MINORITY_PREFIX.match(words[0]) and count <= 4 and not capitals:
        return 0.8  # Y Khút Niê Kdăm
    if "." in words[0] and len(words[0]) <= 4 and not _NUMERAL.fullmatch(words[0]):
        return 0.7  # Ng. Hà, Tr. Minh
    if family and 2 <= count <= 5:  # Trần Thị Thùy Trang
        return 0.9 if count > 2 or given else 0.75
    if capitals:
        return 0.5 if given and count <= 3 else 0.1
    return {2: 0.65, 3: 0.55}.get(count, 0.25) if given else {2: 0.5, 3: 0.35}.get(count, 0.1)


_NUMERAL: Final = re.compile(r"[IVX]+\.")


def _weigh_alone(word: str, *, given: bool) -> float:
    """Weigh one word: K'Brèo, Hnhi (no Vietnamese word begins with Hn), Q.Như, or a given name by itself."""
    if re.match(r"[HKRY]['’ʼ`]|H[bcdđklmnprstv]\w|K[bdlmnprst]\w", word):
        return 0.6
    if "." in word.rstrip(".") and not word.isupper():
        return 0.6
    return 0.3 if given else 0.15


def _is_capitalised(word: str) -> bool:
    return word[0].isupper() and (word.isupper() or word[1:].islower() or any(c in word for c in ".-'’"))


def is_place(text: str) -> bool:
    """Return whether a phrase is a province or a large town, old names included.

    >>> is_place("Lai Châu"), is_place("Thanh Hoá"), is_place("Minh Hải")
    (True, True, False)
    """
    return " ".join(place_tones(text).lower().split()) in PLACES


_OFFICE: Final = re.compile(
    # `Tỉnh ủy viên` is a member of one.
    r"(?:Ban(?!\s+mai\b)|Sở|Đảng (?:bộ|đoàn)|(?:Tỉnh|Huyện|Thành|Thị|Quận|Đảng|Khu) ủy(?! viên)|Báo"
    r"|Tạp chí|Cổng"
    r"|Trang (?:thông tin|tin|web|TTĐT)"
    r"|Trang TTĐT|Bản tin|Chuyên (?:trang|san)|Trung tâm|TTVH|TTTT|TTCT|TT\s+[A-ZĐ][\w\-]*|Phòng|Văn phòng"
    r"|VP\s+\w+|Hội (?:LH\w*|Đông|Liên|Nông|Phụ|Cựu|Văn|Nhà|Chữ|Khuyến|đồng|Người|CCB|Luật|Sinh|ND)"
    r"|Hội đồng|Đoàn (?:TN\w*|Thanh niên|đại biểu|trường|xã|huyện|khối|phường|ĐBQH|công tác|kiểm tra)"
    r"|Thành đoàn|Tỉnh đoàn|Huyện đoàn|Quận đoàn"
    r"|UBND|HĐND|UBMTTQ|UBKT|UB\s?MTTQ|MTTQ|Mặt trận|VOV|VTV|TTXVN|Thông tấn xã|TTX|Tổ (?!chức\b)\w+"
    r"|Chi (?:bộ|cục|đoàn|hội)|Cục|Tổng cục"
    r"|Bộ (?:\w+)|Vụ (?:\w+)|Viện|Trường (?:THPT|THCS|TH|Tiểu|Chính|Đại|Cao|Trung|Mầm|Dân|PT\w*|Phổ|ĐH|CĐ"
    r"|Đảng|Sĩ|Quân|Nghiệp|Bồi|Đào|Sư|MN|CT|Nội|bồi|đào|chính)|Học viện|Đại học|Khoa (?:\w+)|Công an"
    r"|CA (?:huyện|tỉnh)|Công đoàn|Liên đoàn|LĐLĐ|Đài|Kênh|Nhà xuất bản|NXB|Khối (?:các|Các|cơ|Cơ|CQ|DN"
    r"|MTTQ|dân|Dân|doanh|Doanh|thi)"
    r"|Ủy ban|Tòa án|TAND|VKSND|Kho bạc|KBNN|BHXH|Bảo hiểm|Ngân hàng|Bệnh viện|Trạm|Hạt|Đồn|BĐBP|BCH"
    r"|Tiểu ban|Quân khu"
    r"|Sư đoàn|Lữ đoàn|Trung đoàn|Tiểu đoàn|Binh đoàn|Quân đoàn|Xã|Phường|Huyện(?! ủy viên)"
    r"|Thị (?:trấn|xã)|Thành phố"
    r"|Tỉnh(?! ủy viên)|Công ty|Tập đoàn|Câu lạc bộ|CLB|Cơ quan"
    r"|Đảng Cộng sản|Quân đội|Hải quan|Cảnh sát|Nhà máy|Hợp tác xã|HTX|Bưu điện|Điện lực|Thư viện (?:tỉnh"
    r"|huyện|Quốc)|Bảo tàng|Nhóm)(?!\w)",
)
_DOMAIN: Final = re.compile(
    r"(?:https?://|www\.)?[\w\-]+(?:\.[\w\-]+)*\.(?:vn|com|net|org|info|tv|asia|edu|gov)(?:[/:?#]\S*)?",
    re.IGNORECASE,
)
_ACRONYM: Final = re.compile(r"[A-ZĐƯƠ]{4,}\d?(?:[\-&][A-ZĐƯƠ]{2,})*")


def is_organisation(text: str) -> bool:
    """Return whether a phrase names an office, newspaper, agency or web site.

    >>> [is_organisation(t) for t in ("Ban Tuyên giáo Huyện uỷ", "TTXVN", "dangcongsan.vn", "Nhân Dân")]
    [True, True, True, True]
    >>> is_organisation("Đoàn Văn Ban"), is_organisation("Trang Anh")
    (False, False)
    """
    plain = place_tones(" ".join(text.split()))
    if _DOMAIN.fullmatch(plain) or plain.rstrip(".") in OFFICE_INITIALS or _ACRONYM.fullmatch(plain):
        return True
    if is_outlet(plain) or plain.split(" ")[0] in OFFICE_INITIALS:
        return True
    spelled = plain.capitalize() if plain.isupper() and " " in plain else plain
    return ":" not in plain and bool(_OFFICE.match(plain) or _OFFICE.match(spelled))


def is_outlet(text: str) -> bool:
    """Return whether a phrase is the bare name of a newspaper or agency, which may be plain words elsewhere.

    >>> is_outlet("Hà Nội mới"), is_outlet("Minh Hải")
    (True, False)
    """
    return " ".join(text.split()).lower() in OUTLETS
