"""Reads a printed signature: who wrote the article, in what post, and which office or paper it comes from.

Signatures stand alone at the foot of the body or under the headline ("Tác giả bài viết: Hoàng Văn Quế",
"Minh Hải - Nguyễn Thúy"), or close the last paragraph in brackets ("(Theo Báo Nhân Dân)"). The caller knows
where a line stands; here only its words are judged, and `score` says how much they prove.

Authors are people, bare of ranks and degrees and otherwise as printed; an office or a paper is the source.
Photographers and editors are not authors.
"""

import re
from dataclasses import dataclass, replace
from typing import Final

from archive.text import clean
from crawler.names import is_organisation, is_outlet, is_person_name, is_place, strip_titles


@dataclass(frozen=True, kw_only=True, slots=True)
class Byline:
    """A signature as printed and what it says."""

    raw: str
    """The signature line as printed, cleaned, label included; the second line of two is not in it."""
    authors: tuple[str, ...] = ()
    """People, in the printed order, without ranks, degrees and forms of address."""
    role: str | None = None
    """The post printed after the name: "Phó phòng KG-TH"."""
    source: str | None = None
    """The office, newspaper or web site the text comes from, as printed."""
    score: float
    """How surely the words alone are a signature, 0 to 1; a labelled line has 0.8 and more, a bare pen
    name about 0.5, which is worth believing only in the place of a signature."""


LONGEST_BYLINE: Final = 160
"""Characters: three authors with their posts. Longer lines are text."""


def read_byline(line: str, next_line: str | None = None) -> Byline | None:
    """Return what a line standing alone signs, or None when it is no signature.

    The next line completes a signature on two lines: names, then their office or post.

    >>> read_byline("Tác giả bài viết: Hoàng Văn Quế").authors
    ('Hoàng Văn Quế',)
    >>> signed = read_byline("Minh Hải - Nguyễn Thúy", "Ban Tuyên giáo Tỉnh ủy Lai Châu")
    >>> signed.authors, signed.source
    (('Minh Hải', 'Nguyễn Thúy'), 'Ban Tuyên giáo Tỉnh ủy Lai Châu')
    >>> read_byline("Trần Thị Thùy Trang, Phó phòng KG-TH").role
    'Phó phòng KG-TH'
    >>> read_byline("Đổi mới công tác lãnh đạo") is None
    True
    """
    raw = clean(line[: 2 * LONGEST_BYLINE])
    if not 2 <= len(raw) <= LONGEST_BYLINE:
        return None
    text = _undress(raw)
    read = _read_labelled(text) or _read_theo(text) or _read_bare(text)
    if read is None:
        return None
    return _with_next(replace(read, raw=raw), next_line)


def read_closing_byline(paragraph: str) -> tuple[str, Byline] | None:
    """Return a paragraph without the signature that closes it, and the signature; None when it has none.

    >>> read_closing_byline("Cuộc thi kết thúc ngày 20/11./. (Theo Báo Lai Châu)")[0]
    'Cuộc thi kết thúc ngày 20/11./.'
    >>> read_closing_byline("Hội nghị đã thành công tốt đẹp (TTXVN).")[0]
    'Hội nghị đã thành công tốt đẹp.'
    >>> read_closing_byline("thực hiện Nghị quyết Trung ương 4 (khóa XII).") is None
    True
    """
    text = clean(paragraph)
    offset = max(len(text) - 2 * LONGEST_BYLINE, 0)
    for pattern, floor in _CLOSINGS:
        match = pattern.search(text, offset)
        if match is None or _PICTURE_CREDIT.match(match["sign"]):
            continue
        before = text[: match.start("sign")].rstrip(" -–—")
        byline = read_byline(match["sign"])
        if not before or byline is None or byline.score < floor:
            continue
        # A full stop after the bracket is the sentence's own.
        ended = before.endswith((".", "!", "?", "…", "”", '"', "/"))
        return before if ended else before + text[match.end("sign") :].strip(), byline
    return None


# --- labels -----------------------------------------------------------------------------------------------

_TEXT_WORD: Final = (
    r"(?:tin\s+bài|bài\s+viết|bài|tin|nội\s+dung|thực\s+hiện|lời|phóng\s+sự|ghi\s+chép|văn\s+bản|text|bài\s+dự\s+thi)"
)
_PHOTO_WORD: Final = (
    r"(?:(?:hình\s+)?ảnh(?:\s+minh\s+h[oọ][aạ]|\s+bìa|\s+tư\s+liệu)?|hình|video(?:\s+clip)?|clip|đồ\s*h[oọ][aạ]|infographics?|photos?|minh\s+họa|thiết\s+kế"
    r"|trình\s+bày|quay\s+phim|âm\s+thanh|kỹ\s+thuật|dựng|media|podcast)"
)
_AND: Final = r"\s*(?:,|;|&|\+|/|_|\.|-|–|\bvà\b|\s)\s*"
_WORK: Final = rf"(?:{_TEXT_WORD}|{_PHOTO_WORD})(?:{_AND}(?:{_TEXT_WORD}|{_PHOTO_WORD})){{0,3}}"
_AUTHOR: Final = (
    r"(?:(?:nhóm\s+)?(?:đồng\s+)?tác\s+giả(?:\s+(?:bài(?:\s+viết)?|tin))?|người\s+(?:viết(?:\s+bài)?|thực\s+hiện|đưa\s+tin|gửi(?:\s+bài)?|đăng)"
    r"|(?:nhóm\s+)?(?:PV|P\.V|phóng\s+viên|CTV|cộng\s+tác\s+viên)|viết\s+bởi|đăng\s+bởi|(?:posted\s+|written\s+)?by|author|biên\s+soạn|tổng\s+hợp"
    r"|sưu\s+tầm(?:\s+(?:và|,|&)\s+(?:giới\s+thiệu|biên\s+soạn|tổng\s+hợp))?|lược\s+ghi|lược\s+thuật|biên\s+dịch|dịch|đưa\s+tin|bút\s+danh|họ\s+(?:và\s+)?tên\s+tác\s+giả)"
)
_EDITOR: Final = r"(?:biên\s+tập(?:\s+viên)?|BTV|người\s+biên\s+tập|hiệu\s+đính|duyệt(?:\s+bài)?|người\s+duyệt|chịu\s+trách\s+nhiệm(?:\s+\w+){0,4})"
_SOURCE: Final = (
    r"(?:nguồn(?:\s+(?:tin|bài(?:\s+viết)?|trích(?:\s+dẫn)?|tham\s+khảo|dẫn))?|(?:trích\s+|dẫn\s+)?nguồn|trích|theo(?:\s+nguồn(?:\s+tin)?)?|xuất\s+xứ|source"
    r"|đơn\s+vị|cơ\s+quan)"
)
_PHOTO_SOURCE: Final = r"(?:nguồn\s+(?:ảnh|hình|video)|ảnh\s+nguồn)"
_LABEL: Final = re.compile(
    rf"(?<!\w)(?:(?P<photo_source>{_PHOTO_SOURCE})|(?P<source>{_SOURCE})|(?P<editor>{_EDITOR})|(?P<author>{_AUTHOR})|(?P<work>{_WORK}))"
    r"\s*(?:\([^()]{1,20}\)\s*)?:+\s*",
    re.IGNORECASE,
)
_TEXT_IN_WORK: Final = re.compile(_TEXT_WORD, re.IGNORECASE)
# Labels so plain that sites leave out the colon: "Tác giả Nguyễn Văn A", "Tin và ảnh Minh Hải".
_NO_COLON: Final = re.compile(
    rf"(?:(?P<author>tác\s+giả(?:\s+bài\s+viết)?|người\s+viết|sưu\s+tầm|biên\s+soạn|thực\s+hiện)"
    rf"|(?P<work>(?:tin|bài)(?:\s*(?:,|và|&|-|–|/|\+)\s*|\s+)(?:bài|ảnh)(?:{_AND}ảnh)?))\s*[-–.]?\s+(?=[A-ZĐÀ-Ỹ])",
    re.IGNORECASE,
)


def _read_labelled(text: str) -> Byline | None:
    """Read "label: value" pieces: "Tin: A; ảnh: B", "Bài và ảnh: A - B. Nguồn: C"."""
    labels = list(_LABEL.finditer(text))
    if not labels or labels[0].start() > 0:
        return _read_signed_then_labelled(text, labels) if labels else _read_no_colon(text)
    authors: list[str] = []
    role = source = None
    score = 0.0
    for number, label in enumerate(labels):
        end = labels[number + 1].start() if number + 1 < len(labels) else len(text)
        piece = _read_value(label, _trim(text[label.end() : end]))
        if piece is None:
            continue
        authors += [name for name in piece.authors if name not in authors]
        role, source = role or piece.role, source or piece.source
        score = max(score, piece.score)
    return Byline(raw=text, authors=tuple(authors), role=role, source=source, score=score) if score else None


def _read_signed_then_labelled(text: str, labels: list[re.Match[str]]) -> Byline | None:
    """Read "Minh Hải - Ảnh: Thu Hà" and "Minh Hải (Theo: Báo Lai Châu)"."""
    head, tail = _trim(text[: labels[0].start()]), text[labels[0].start() :]
    signed = _read_bare(head)
    rest = _read_labelled(tail.strip("() "))
    if signed is None or rest is None or not signed.authors:
        return None
    return replace(signed, source=rest.source or signed.source, score=max(signed.score, 0.7))


def _read_no_colon(text: str) -> Byline | None:
    label = _NO_COLON.match(text)
    if label is None:
        return None
    read = _read_people(text[label.end() :], lenient=False)
    return replace(read, score=0.85) if read and read.authors and read.score >= 0.5 else None


def _read_value(label: re.Match[str], value: str) -> Byline | None:
    if not value:
        return None
    if label["source"]:
        return _read_source(label["source"], value)
    if label["photo_source"] or label["editor"] or (label["work"] and not _TEXT_IN_WORK.search(label["work"])):
        # A photographer or an editor: the line is a signature's, but signs no author.
        return Byline(raw=value, score=0.45) if _names_someone(value) else None
    read = _read_people(value, lenient=True)
    if read is None:
        # "Tác giả: admin" is a signature line that names nobody.
        return Byline(raw=value, score=0.6) if label["author"] and _LOGIN.fullmatch(value) else None
    if label["author"] and _POSTER.match(label["author"]):
        return replace(read, score=0.6)
    return replace(read, score=0.95 if label["author"] or " " in label["work"] else 0.85)


# Who put the text on line; believed an author only where no one else signs.
_POSTER: Final = re.compile(r"người\s+(?:đăng|gửi)|đăng\s+bởi|posted", re.IGNORECASE)


def _names_someone(value: str) -> bool:
    read = _read_people(value, lenient=False)
    return read is not None and (bool(read.authors) or read.source is not None)


_TRAILING_DAY: Final = re.compile(r"[\s,;(\-–]+(?:ngày\s*|số\s*)?\d{1,2}\s?[/.\-]\s?\d{1,2}(?:\s?[/.\-]\s?\d{4})?\)?$", re.IGNORECASE)


def _read_source(label: str, value: str) -> Byline | None:
    """A source is kept as printed; "Theo Nguyễn Văn A/Báo Nhân Dân" names a person too."""
    value = _trim(_TRAILING_DAY.sub("", value)) or value
    if len(value.split()) > 16 or value[0] in "?!*" or _VERB.search(value):
        return None
    value = re.sub(r"\s*[:;]\s*(?:https?://|www\.)\S+$", "", value)
    if (pair := re.fullmatch(r"(.{3,40}?)\s*(?:/|\||\s[-–]\s|,|\()\s*([^()]{2,60})\)?", value)) and not value.startswith("http"):
        person, outlet = strip_titles(pair[1].strip()), pair[2].strip()
        if is_person_name(person) >= 0.5 and not is_organisation(person) and is_organisation(outlet):
            return Byline(raw=value, authors=(person,), source=outlet, score=0.85)
    if label.lower().startswith("theo") and is_person_name(value) >= 0.8 and not is_organisation(value):
        return Byline(raw=value, authors=(value,), score=0.75)
    return Byline(raw=value, source=value, score=0.9)


# --- "Theo ..." -------------------------------------------------------------------------------------------

_THEO: Final = re.compile(r"(?:theo|nguồn|trích(?:\s+từ)?|dẫn\s+theo|(?:TH|lược\s+trích)\s+(?:từ|theo)|tổng\s+hợp\s+(?:từ|theo)|\(?\s*theo)\s+(?=\S)", re.IGNORECASE)
# What follows "Theo" in a sentence rather than in a signature.
_THEO_TEXT: Final = re.compile(
    r"(?:đó|kế hoạch|nghị|chỉ thị|quyết|luật|hiến|bác|đồng chí|đ/c|ông|bà|chương|báo cáo|thống kê|số liệu|đánh giá|quy|hướng|kết|thông (?:báo|tư)"
    r"|dự|chủ tịch|bí thư|phó|trưởng|tinh thần|lời|tôi|quan điểm|tư tưởng|đề|nội dung|điều|gương|chân|dõi|công văn|yêu cầu|văn)\b",
    re.IGNORECASE,
)


def _read_theo(text: str) -> Byline | None:
    """Read "Theo TTXVN", "Nguồn Báo Nhân Dân: https://..." and, in quotes, "theo \"Nhân Dân\"" without a colon."""
    label = _THEO.match(text)
    if label is None:
        return None
    value = _trim(text[label.end() :])
    if not value or len(value.split()) > 9 or _THEO_TEXT.match(value) or _VERB.search(value):
        return None
    if text.rstrip().endswith((",", ":", ";")):
        return None
    if not (is_organisation(value[0].upper() + value[1:]) or all(_is_titled(word) for word in value.split())):
        head = re.split(r"\s*[:,(/|]\s*|\s[-–]\s", value)[0]
        if not (is_organisation(head) or is_person_name(strip_titles(head)) >= 0.5):
            return None
    read = _read_source(label[0].strip(), value)
    return replace(read, score=min(read.score, 0.75)) if read else None


def _is_titled(word: str) -> bool:
    return word[0].isupper() or word[0].isdigit() or word in {"và", "-", "–", "điện", "tử", "&"} or bool(re.match(r"https?:|\w+\.\w", word))


# --- names, posts and offices without a label -----------------------------------------------------------

_ROLE: Final = re.compile(
    r"(?:(?:Nguyên|Quyền|Q\.)\s+)?(?:Phó(?=\s(?:Trưởng|Bí|Chủ|Giám|Chánh|Tổng|Ban|Phòng|Hiệu|Viện|Vụ|Cục|GĐ|CT|BT|TP|Văn))|Trưởng|TP\.|PTP|Bí thư|Chủ (?:tịch|nhiệm|biên)|Giám đốc|GĐ|Hiệu (?:trưởng|phó)|Chuyên viên|CV|Giảng viên|Giáo viên|GV|Cán bộ|CB"
    r"|Ủy viên|Uỷ viên|UVTV|UVBTV|UV|Chánh|Tổng (?:Biên|biên|thư|Thư|giám|Giám)|Thư k[ýí]|Nhân viên|Phóng viên|PV|Cộng tác viên|CTV|Biên tập viên|BTV|Viện trưởng|Hội viên"
    r"|Đảng viên|Sinh viên|Học (?:viên|sinh)|Bác sĩ|Kỹ sư|Luật sư|Báo cáo viên|Tuyên truyền viên|Đại biểu|Đội trưởng|Tổ trưởng|(?-i:CVP|PCVP|PVP|PGĐ|PBT|PCT|PTB|TBT|TUV|HUV|ĐUV|UVUBKT|HT|PHT|TTCM)|Công chức|Viên chức|Kế toán|Thanh tra|Kiểm (?:tra|sát) viên)"
    r"(?!\w)",
    re.IGNORECASE,
)
# Verbs of reports and captions; a post or an office has none. "Ban chỉ đạo" and "Phòng tổ chức" are offices.
_VERB: Final = re.compile(
    r"(?<!\w)(?:phát biểu|trao (?:giấy|quà|tặng|đổi|bằng|kỷ|huy|quyết)|chủ trì|tham dự|dự (?:hội|lễ|và)|trình bày|khai mạc|bế mạc|kết luận (?:hội|tại)|chúc mừng|tổ chức (?:hội|lễ|các|buổi|thành)"
    r"|triển khai|quán triệt|thực hiện|đã|đang|sẽ|được|không|chúng|nhằm|để|cho|khi|tặng|thăm|đến|gặp|ký|nêu|yêu cầu|đề nghị|nhấn mạnh|chụp|cùng (?:các|đại|đoàn)"
    r"|báo cáo (?:tại|kết)|kiểm tra (?:công|tại|tiến)|tại (?:hội|buổi|lễ|đại|kỳ|chương)|là|phải|cần|hãy|góp phần|đẩy mạnh|nâng cao|tăng cường|tiếp tục|đổi mới|gắn với|phấn đấu|quyết tâm"
    r"|quang vinh|muôn năm|học tập và|lần thứ|năm \d{4}|nhiệm kỳ|giai đoạn|những|nhiều|mọi|bấm vào|liên quan|ghi rõ|trích dẫn|phát hành lại|mới nhất|khác)(?!\w)",
    re.IGNORECASE,
)
_SPLIT: Final = re.compile(r"\s*[,;]\s*|\s+[-–—|/+&]+\s+|\s*[/|]\s*|(?<=[a-zà-ỹ])\s*[&+]\s*|\s*[–—]\s*|\s+và\s+(?:các\s+|nhóm\s+)?")
_BRACKETED: Final = re.compile(r"^(.*?)\s*\(([^()]*)\)\s*$")
# Signatures that name nobody: reporters, contributors, a compilation.
_NAMELESS: Final = re.compile(
    r"(?:(?:nhóm\s+)?(?:PV|P\.\s?V\.?|P/V|PV-CTV|phóng viên|CTV|cộng tác viên|tác giả)(?:\s*[-,–&/]\s*(?:CTV|PV|BTV|TTXVN))*|(?:tin\s+)?tổng hợp|T/?H|S\.?/?T|sưu tầm"
    r"|(?:tin|bài|ảnh)\s+(?:tổng hợp|sưu tầm))\.?",
    re.IGNORECASE,
)
# "Minh Hải tổng hợp": what was done, without brackets.
_COMPILED: Final = re.compile(r"(?<=\w)[\s\-–,]+(?:tổng hợp|sưu tầm|biên soạn|lược ghi|thực hiện|giới thiệu|ghi|st|t/h|TH|dịch)$")
_NOTE: Final = re.compile(
    rf"(?:{_WORK}|tổng hợp|t\.?/?h\.?|st|s/t|sưu tầm|biên soạn|biên tập|lược ghi|ghi|thực hiện|dịch|giới thiệu|tổng hợp và giới thiệu|sưu tầm và tổng hợp|sưu tầm, tổng hợp|"
    r"PV|CTV|ctv|pv|BT|trích|lược trích)\.?",
    re.IGNORECASE,
)
_INITIALS: Final = re.compile(r"[A-ZĐƯƠÂÊÔ](?:\.?\s?[A-ZĐƯƠÂÊÔ]){1,2}\.?")


def _read_bare(text: str) -> Byline | None:
    """Read a line without a label: names, names with a post or an office, an office, initials."""
    done = re.search(r"\s*\(([^()]*)\)$", text)
    said = text[: done.start()] if done and _NOTE.fullmatch(done[1].strip()) else text
    if not text or text[-1] in ":?!…" or _VERB.search(_COMPILED.sub("", said)):
        return None
    read = _read_people(text, lenient=False)
    # "Đồng chí Lê Văn Lương - Phó Bí thư" stands under a portrait as often as under a text.
    return replace(read, score=min(read.score, 0.4)) if read and _ADDRESSED.match(text) else read


_ADDRESSED: Final = re.compile(r"(?:đồng chí|đ/c|ông|bà)\s", re.IGNORECASE)


def _read_people(text: str, *, lenient: bool) -> Byline | None:
    """Read names with what follows them. Lenient after a label: there even one odd word is a name."""
    text = _trim(text)
    note_source = None
    text = _COMPILED.sub("", text)
    if bracketed := _BRACKETED.match(text):
        outside, inside = _trim(bracketed[1]), _trim(bracketed[2])
        kept = _read_bracket(inside)
        if not outside or kept is None:
            return None
        text, note_source = outside, kept or None
    if _NAMELESS.fullmatch(text):
        return Byline(raw=text, source=note_source, score=0.7 if text.isupper() or note_source else 0.5)
    if note_source is None and (whole := _read_whole(text, lenient=lenient)):
        return whole
    read = _read_pieces(_pieces(text), lenient=lenient)
    if read is None:
        return None
    if note_source and not read.authors:
        return replace(read, source=note_source)
    if note_source and is_organisation(note_source):
        return replace(read, source=read.source or note_source, score=min(read.score + 0.1, 0.95))
    if note_source and _ROLE.match(note_source):
        return replace(read, role=read.role or note_source)
    return read


def _read_bracket(inside: str) -> str | None:
    """Return what a bracket after a name adds: a source, "" for a note or a place; None when it is text."""
    if _NOTE.fullmatch(inside) or is_place(inside) or is_organisation(inside) or _ROLE.match(inside):
        return "" if _NOTE.fullmatch(inside) or is_place(inside) else inside
    labelled = _read_labelled(inside) or _read_theo(inside)
    if labelled:
        return labelled.source or ""
    return "" if inside and is_person_name(inside) >= 0.3 else None


def _read_whole(text: str, *, lenient: bool) -> Byline | None:
    """Read a text that is one thing: an office, or initials."""
    if not lenient and (is_outlet(text) or _LISTING.search(text)):
        return None
    if is_organisation(text) and len(text.split()) <= 14 and not _VERB.search(text) and text[-1] not in ".;":
        known = text.isupper() and " " not in text
        return Byline(raw=text, source=text, score=0.7 if known else 0.5)
    if _INITIALS.fullmatch(text) and not re.fullmatch(r"[IVXLCDM. ]+", text) and text.rstrip(".") not in _NOT_INITIALS:
        return Byline(raw=text, authors=(text,), score=0.8 if lenient else 0.4)
    return None


# "Công an, quân đội, biên phòng" lists; the comma in an office's name precedes a capital.
_LISTING: Final = re.compile(r",\s*[a-zà-ỹ]")

_NOT_INITIALS: Final = frozenset("TW TƯ CT QĐ NQ KL KH HD TB CV BC OK TP TX VN EU AI HN USA FAQ TOP RSS PDF DOC".split())


def _pieces(text: str) -> list[str]:
    """Split a signature at its separators; degrees with a comma ("PGS, TS.") are taken off first.

    >>> _pieces("Q.Như-N.Phương"), _pieces("Minh Hải-Nguyễn Thúy"), _pieces("Y-Khút Niê")
    (['Q.Như', 'N.Phương'], ['Minh Hải', 'Nguyễn Thúy'], ['Y-Khút Niê'])
    """
    found = []
    text = strip_titles(text)
    for piece in _SPLIT.split(text):
        for part in _split_tight(strip_titles(piece)):
            if part:
                found.append(part)
    return found


def _split_tight(piece: str) -> list[str]:
    sides = piece.split("-")
    if len(sides) == 1 or _ROLE.match(piece) or is_organisation(piece):
        return [piece]
    if all(is_person_name(side.strip()) >= 0.5 and (" " in side.strip() or "." in side) for side in sides):
        return [side.strip() for side in sides]
    return [piece]


# A section of an office by its initials: KG-TH, ĐVKH-TH.
_UNIT: Final = re.compile(r"[A-ZĐƯƠ]{2,}(?:[\-&][A-ZĐƯƠ]{2,})+")


def _read_pieces(pieces: list[str], *, lenient: bool) -> Byline | None:
    authors: list[str] = []
    roles: list[str] = []
    source = None
    weights: list[float] = []
    for number, piece in enumerate(pieces):
        name, rest = _split_post(piece)
        weight = 0.0 if number == 0 and _ROLE.match(piece) else is_person_name(name)
        if number > 0 and not _ROLE.match(piece) and (is_organisation(piece) or _UNIT.fullmatch(piece)):
            source = source or piece
        elif number == 0 and is_organisation(piece):
            source = piece
        elif _ROLE.match(piece) and (authors or number > 0):
            roles.append(piece)
        elif roles and weight < 0.8:
            roles.append(piece)  # the post goes on after a comma: "Phó Bí thư, Trưởng Ban", "KG-TH"
        elif authors and is_place(piece):
            continue
        elif weight >= 0.15 or (lenient and _may_sign(name)):
            authors.append(name)
            weights.append(max(weight, 0.3 if lenient else 0))
            if rest:
                source, roles = (rest, roles) if is_organisation(rest) else (source, [*roles, rest])
        elif not _NAMELESS.fullmatch(piece):
            return None
    return _weigh(authors, roles, source, weights, lenient=lenient)


def _weigh(authors: list[str], roles: list[str], source: str | None, weights: list[float], *, lenient: bool) -> Byline | None:
    if len(authors) > 6 or sum(len(role.split()) for role in roles) > 24:
        return None
    if not authors:
        return Byline(raw="", source=source, score=0.45) if source and not roles else None
    score = sum(weights) / len(weights)
    if roles or source:
        score = min(score + 0.15, 0.9)
    if not lenient and all(is_place(author) for author in authors):
        return None
    if score < 0.2 and not lenient:
        return None
    role = ", ".join(roles) or None
    return Byline(raw="", authors=tuple(authors), role=role, source=source, score=score)


def _split_post(piece: str) -> tuple[str, str]:
    """Return a name and the post or office printed after it without a separator.

    >>> _split_post("Lê Văn Bình Phó Trưởng ban"), _split_post("Lê Văn Bình")
    (('Lê Văn Bình', 'Phó Trưởng ban'), ('Lê Văn Bình', ''))
    """
    words = piece.split()
    for at in range(2, min(len(words) - 1, 6)):
        name, rest = " ".join(words[:at]), " ".join(words[at:])
        if (_ROLE.match(rest) or is_organisation(rest)) and is_person_name(name) >= 0.8:
            return name, rest
    return piece, ""


_LOGIN: Final = re.compile(r"(?:super)?admin\w*|quản trị.*|administrator|root|user\d*|test|webmaster|[a-z]+\d\w*|\S+@\S+|null|n/a|khách", re.IGNORECASE)


def _may_sign(name: str) -> bool:
    """After "Tác giả:" a name typed in small letters or with an odd syllable is still a name; a login is not."""
    words = name.split()
    return (
        1 <= len(words) <= 5
        and not _LOGIN.fullmatch(name)
        and not is_organisation(name)
        and all(re.fullmatch(r"[^\W\d_]+(?:[.'’\-][^\W\d_]*)*", word) for word in words)
        and (is_person_name(name.title()) >= 0.5 or all(word[0].isupper() for word in words))
    )


# --- around the words -------------------------------------------------------------------------------------

def _undress(text: str) -> str:
    """Take off what decorates a signature: brackets around the whole, dashes, stars, a last full stop."""
    text = text.strip(" -–—*•·|_~=>")
    if not text.endswith(("...", "…")):
        text = re.sub(r"(?<=[\w)\]])[\s./]+$", "", text)
    if text[:1] + text[-1:] in {"()", "[]"} and text.count(text[0]) == 1:
        text = text[1:-1].strip(" -–—*")
    return text


def _trim(value: str) -> str:
    """Take off the separators left at the ends of a piece, quotes around it and an opened bracket."""
    value = re.sub(r"[\s(]+$", "", value.strip(" \t-–—*•·,;:|_~=>"))
    value = re.sub(r"^[“\"'](.*)[”\"']$", r"\1", value.strip(" -–,;"))
    return re.sub(r"(?<=\w)[\s./]+$", "", value)


def _with_next(byline: Byline, next_line: str | None) -> Byline:
    """Add the office or the post that the line under the names prints."""
    if not next_line or not byline.authors or byline.source:
        return byline
    line = _undress(clean(next_line[: 2 * LONGEST_BYLINE]))
    if not line or len(line) > LONGEST_BYLINE or _VERB.search(line):
        return byline
    label = _LABEL.match(line)
    if label and label["source"] and (read := _read_labelled(line)):
        return replace(byline, source=read.source)
    if label is None and is_organisation(line) and len(line.split()) <= 14:
        return replace(byline, source=line, score=min(byline.score + 0.2, 0.95))
    if label is None and byline.role is None and _ROLE.match(line) and len(line.split()) <= 16:
        return replace(byline, role=line, score=min(byline.score + 0.2, 0.95))
    return byline


# --- closing the last paragraph -------------------------------------------------------------------------------

_SIGN_LABEL: Final = (
    r"(?:[Tt]ác giả|TÁC GIẢ|[Nn]guồn|NGUỒN|Tin|TIN|Bài|BÀI|Người viết|Thực hiện|Sưu tầm|Tổng hợp|PV|CTV|Theo|THEO)"
)
_NAME_WORDS: Final = r"[A-ZĐÀ-Ỹ]\w+(?:\s[A-ZĐÀ-Ỹ]\w*){1,3}"
_END: Final = r"(?:[.!?…”\"/])"
# Pattern and the least score a signature in that place must have. A bracket after the sentence's end may hold
# a bare name; one inside the sentence must say Theo or Nguồn, for "(khóa XII)" and "(Lai Châu)" are text.
# Without a bracket a name must follow "./.", which ends Vietnamese official texts, or stand as a sentence of
# its own; two small letters before the full stop keep "TP. Hồ Chí Minh" and "ThS. Lê Hà" whole.
_CLOSINGS: Final = (
    (re.compile(rf"{_END}\s*(?P<sign>\([^()]{{2,120}}\))[\s./]*$"), 0.35),
    (re.compile(r"\S\s*(?P<sign>\(\s*(?:[Tt]heo|THEO|[Nn]guồn|NGUỒN|Tin|Bài|Tác giả|Sưu tầm)[\s:,][^()]{2,120}\))[\s./]*$"), 0.7),
    (re.compile(r"\S\s*(?P<sign>\((?:TTXVN|TTX|VOV|VTV|BBT|PV|P\.V|BTG|CTV)[^()]{0,40}\))[\s./]*$"), 0.4),
    (re.compile(rf"{_END}\s*(?P<sign>[-–—]?\s*{_SIGN_LABEL}(?:\s*[,&]?\s*\w+){{0,3}}\s*:\s*(?:[^:.]{{2,80}}|https?://\S+|[\w.]+)\.?)$"), 0.7),
    (re.compile(r"\./\.\s*(?P<sign>[-–—]?\s*[A-ZĐÀ-Ỹ][^.:]{1,80}(?:\.\w+)*)$"), 0.4),
    (re.compile(r"(?:\w{2}|[”\"\d)])[.!…]\s+(?P<sign>(?:Theo|THEO)\s[^.:]{2,60}(?:\.\w{2,6})*\.?)$"), 0.7),
    (re.compile(rf"(?:[a-zà-ỹ]{{2}}|[”\"\d)])[.!…]\s+(?P<sign>[-–—]?\s*(?:PV|P\.V|BBT|BTG|TTXVN|{_NAME_WORDS}(?:\s[-–]\s{_NAME_WORDS})?))$"), 0.6),
)  # fmt: skip
# "(ảnh: Thu Hà)" belongs to the caption it closes.
_PICTURE_CREDIT: Final = re.compile(r"\(?\s*(?:hình\s+)?ảnh", re.IGNORECASE)
