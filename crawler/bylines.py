"""Reads a printed signature: who wrote the article, in what post, and which office or paper it comes from.

Signatures stand alone at the foot of the body or under the headline ("Tác giả bài viết: Hoàng Văn Quế",
"Minh Hải - Nguyễn Thúy"), or close the last paragraph in brackets ("(Theo Báo Nhân Dân)"). The caller knows
where a line stands; here only its words are judged, and `score` says how much they prove.

Authors are people, bare of ranks and degrees and otherwise as printed; an office or a paper is the source.
Photographers and editors are not authors.
"""

import re
from dataclasses import dataclass, field, replace
from typing import Final

from archive.text import clean
from crawler.byline_pieces import (
    are_initials,
    as_printed,
    may_sign,
    split_pieces,
    split_post,
    states,
    trim,
    undress,
)
from crawler.byline_words import (
    ADDRESSED,
    BRACKETED,
    CLOSINGS,
    COMPILED,
    HEADING,
    LABEL,
    LOGIN,
    NAMELESS,
    NO_COLON,
    NOTE,
    PICTURE_CREDIT,
    POSTER,
    ROLE,
    TEXT_IN_WORK,
    THEO,
    THEO_TEXT,
    TRAILING_DAY,
    UNIT,
    VERB,
)
from crawler.names import is_odd_name, is_organisation, is_outlet, is_person_name, is_place, strip_titles


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


_QUOTES: Final = '“”"'
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
    text = undress(raw)
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
    for pattern, floor in CLOSINGS:
        match = pattern.search(text, offset)
        if match is None or PICTURE_CREDIT.match(match["sign"]):
            continue
        before = text[: match.start("sign")].rstrip(" -–—")
        byline = read_byline(match["sign"])
        if not before or byline is None or byline.score < floor:
            continue
        if before[0] in _QUOTES and before[-1] in _QUOTES and byline.source is None:
            continue  # a quotation, and whose it is
        # A full stop after the bracket is the sentence's own.
        ended = before.endswith((".", "!", "?", "…", "”", '"', "/"))
        return before if ended else before + text[match.end("sign") :].strip(), byline
    return None


# --- labels -----------------------------------------------------------------------------------------------


def _read_labelled(text: str) -> Byline | None:
    """Read "label: value" pieces: "Tin: A; ảnh: B", "Bài và ảnh: A - B. Nguồn: C"."""
    if (song := _SONG.fullmatch(text)) is not None and (song["words0"] or song["words"]):
        names = tuple(name for name in (song["words0"], song["music"], song["words"]) if name)
        if all(is_person_name(strip_titles(name)) >= _SURE_NAME for name in names):
            return Byline(raw=text, authors=tuple(map(strip_titles, names)), score=0.85)
    labels = list(LABEL.finditer(text))
    if not labels or labels[0].start() > 0:
        return _read_signed_then_labelled(text, labels) if labels else _read_no_colon(text)
    authors: list[str] = []
    role = source = None
    score = 0.0
    for number, label in enumerate(labels):
        end = labels[number + 1].start() if number + 1 < len(labels) else len(text)
        piece = _read_value(label, trim(text[label.end() : end]))
        if piece is None:
            continue
        authors += [name for name in piece.authors if name not in authors]
        role, source = role or piece.role, source or piece.source
        score = max(score, piece.score)
    return Byline(raw=text, authors=tuple(authors), role=role, source=source, score=score) if score else None


_SONG: Final = re.compile(
    r"(?:(?:lời(?: thơ)?|thơ)\s*:\s*(?P<words0>[^:]{3,30}?)\s*[-–—,;.]\s*)?nhạc\s*:\s*(?P<music>[^:]{3,30}?)"
    r"(?:\s*[-–—,;.]\s*lời(?: thơ)?\s*:\s*(?P<words>[^:]{3,30}))?",
    re.IGNORECASE,
)


def _read_signed_then_labelled(text: str, labels: list[re.Match[str]]) -> Byline | None:
    """Read "Minh Hải - Ảnh: Thu Hà" and "Minh Hải (Theo: Báo Lai Châu)"."""
    head, tail = trim(text[: labels[0].start()]), text[labels[0].start() :]
    signed = _read_bare(head)
    rest = _read_labelled(tail.strip("() "))
    if signed is None or rest is None or not signed.authors:
        return None
    return replace(signed, source=rest.source or signed.source, score=max(signed.score, 0.7))


def _read_no_colon(text: str) -> Byline | None:
    label = NO_COLON.match(text)
    if label is None:
        return None
    read = _read_people(text[label.end() :], lenient=False)
    return replace(read, score=0.85) if read and read.authors and read.score >= 0.5 else None


def _read_value(label: re.Match[str], value: str) -> Byline | None:
    if not value:
        return None
    if label["source"]:
        return _read_source(label["source"], value)
    if label["photo_source"] or label["editor"] or (label["work"] and not TEXT_IN_WORK.search(label["work"])):
        # A photographer or an editor: the line is a signature's, but signs no author.
        return Byline(raw=value, score=0.45) if _names_someone(value) else None
    read = _read_people(value, lenient=True)
    if read is None:
        # "Tác giả: admin" is a signature line that names nobody.
        return Byline(raw=value, score=0.6) if label["author"] and LOGIN.fullmatch(value) else None
    if label["author"] and POSTER.match(label["author"]):
        return replace(read, score=0.6)
    return replace(read, score=0.95 if label["author"] or " " in label["work"] else 0.85)


def _names_someone(value: str) -> bool:
    read = _read_people(value, lenient=False)
    return read is not None and (bool(read.authors) or read.source is not None)


# `Nguồn: ngân sách huyện`, and what a table counts in: where money comes from, not a text.
_MONEY: Final = re.compile(
    r"(?:vốn|ngân sách|kinh phí|nhân lực)\b|(?:[a-zà-ỹ]+ )?(?:(?:triệu|tỷ|nghìn) )?đồng$", re.IGNORECASE
)


def _read_source(label: str, value: str) -> Byline | None:
    """A source is kept as printed; "Theo Nguyễn Văn A/Báo Nhân Dân" names a person too."""
    value = trim(TRAILING_DAY.sub("", value)) or value
    if len(value.split()) > 16 or value[0] in "?!*":
        return None
    if VERB.search(value) and not (_BOOK.search(value) or (is_organisation(value) and value.isupper())):
        return None
    if _MONEY.match(value):
        return None
    value = re.sub(r"\s*[:;]\s*(?:https?://|www\.)\S+$", "", value)
    if (
        pair := re.fullmatch(r"(.{3,40}?)\s*(?:/|\||\s[-–]\s|,|\()\s*([^()]{2,60})\)?", value)
    ) and not value.startswith("http"):
        person, outlet = strip_titles(pair[1].strip()), pair[2].strip()
        if is_person_name(person) >= 0.5 and not is_organisation(person) and is_organisation(outlet):
            return Byline(raw=value, authors=(person,), source=outlet, score=0.85)
    if label.lower().startswith("theo") and is_person_name(value) >= 0.8 and not is_organisation(value):
        return Byline(raw=value, authors=(value,), score=0.75)
    return Byline(raw=value, source=value, score=0.9)


# --- "Theo ..." -------------------------------------------------------------------------------------------


def _read_theo(text: str) -> Byline | None:
    """Read what has no colon after its label: "Theo TTXVN", "Nguồn Báo Nhân Dân: https://..."."""
    label = THEO.match(text)
    if label is None:
        return None
    value = trim(text[label.end() :])
    named = _BOOK.search(value) and not re.search(r"(?:Toàn|Tuyển) tập, (?!tập)", value)
    # `Theo sách X, chi bộ được thành lập năm 1947`, not `..., xuất bản năm 2010`
    told = VERB.search(value.partition(",")[2].replace("xuất bản", "")) is not None
    if named and not told and len(value.split()) <= _LONGEST_TITLE and not text.endswith((",", ":", ";")):
        return Byline(raw=text, source=value, score=0.7)
    office = is_organisation(value[:1].upper() + value[1:])
    if (
        not value
        or len(value.split()) > (_LONGEST_OFFICE if office else 9)
        or THEO_TEXT.match(value)
        or VERB.search(value)
    ):
        return None
    if text.rstrip().endswith((",", ":", ";")):
        return None
    if not (office or all(_is_titled(word) for word in value.split())):
        head = re.split(r"\s*[:,(/|]\s*|\s[-–]\s", value)[0]
        if not (is_organisation(head) or is_person_name(strip_titles(head)) >= 0.5):
            return None
    read = _read_source(label[0].strip(), value)
    return replace(read, score=min(read.score, 0.75)) if read else None


# `(Theo sách “Những người con ưu tú”, tập 2)`, `(Theo Hồ Chí Minh Toàn tập)`
_BOOK: Final = re.compile(
    r"^(?:(?:cuốn|tập|bộ|trong) )?(?:sách|cuốn|hồi ký|kỷ yếu|tác phẩm|tuyển tập)\s+[“\"'A-ZĐÀ-Ỹ]|"
    r"\b(?:Toàn|Tuyển) tập\b|^[“\"].{4,}[”\"](?:, tập \w{1,4})?$|, tập \w{1,4}$"
)
_LONGEST_TITLE: Final = 20
_LONGEST_OFFICE: Final = 12
"""Words."""


def _is_titled(word: str) -> bool:
    return (
        word[0].isupper()
        or word[0].isdigit()
        or word in {"và", "-", "–", "điện", "tử", "&", "du", "de", "la", "le", "des", "of", "the"}
        or bool(re.match(r"https?:|\w+\.\w", word))
    )


# --- names, posts and offices without a label -----------------------------------------------------------


def _read_bare(text: str) -> Byline | None:
    """Read a line without a label: names, names with a post or an office, an office, initials."""
    done = re.search(r"\s*\(([^()]*)\)$", text)
    said = text[: done.start()] if done and NOTE.fullmatch(done[1].strip()) else text
    if not text or text[-1] in ":?!…":
        return None
    # A name may hold a verb's syllable (Trần Ngọc Nhiều).
    if VERB.search(COMPILED.sub("", said)) and not _are_names(said):
        return None
    read = _read_people(text, lenient=False)
    if read is None and done:
        return _read_pen_names(text, said)
    if read and done:  # "T.H (tổng hợp)" says itself that it signs
        read = replace(read, score=min(read.score + 0.2, 0.95))
    # "Đồng chí Lê Văn Lương - Phó Bí thư" stands under a portrait as often as under a text.
    return replace(read, score=min(read.score, 0.4)) if read and ADDRESSED.match(text) else read


def _read_pen_names(line: str, said: str) -> Byline | None:
    """Pen names of a line that says itself what they did: `NGUYÊN CHƯƠNG (thực hiện)`."""
    names = re.split(r"\s+[-–—]\s+", said)
    if not all(
        _PEN_NAME.fullmatch(name) and not is_organisation(name) and not ROLE.match(name) for name in names
    ):
        return None
    return Byline(raw=line, authors=tuple(names), score=0.6)


_PEN_NAME: Final = re.compile(r"[A-ZĐÀ-Ỹ][\w.'’]*(?: [A-ZĐÀ-Ỹ][\w.'’]*){1,3}")


def _are_names(text: str) -> bool:
    """Whether a text is one person's name for sure, or the names of several: `Thu Hà - Quang Vinh`."""
    head, _, post = text.partition(", ")
    text = head if ROLE.match(post) and not VERB.search(post) else text
    if is_person_name(strip_titles(text)) >= 0.75:
        return True
    names = re.split(r"\s+[-–—,&]\s+", text)
    return len(names) > 1 and all(is_person_name(strip_titles(name)) >= 0.5 for name in names)


def _read_people(text: str, *, lenient: bool) -> Byline | None:
    """Read names with what follows them. Lenient after a label: there even one odd word is a name."""
    text = trim(text)
    note_source = None
    text = COMPILED.sub("", text)
    if bracketed := BRACKETED.match(text):
        outside, inside = trim(bracketed[1]), trim(bracketed[2])
        kept = _read_bracket(inside)
        if not outside or kept is None:
            return None
        text, note_source = outside, kept or None
    if NAMELESS.fullmatch(text):
        return Byline(raw=text, source=note_source, score=0.7 if text.isupper() or note_source else 0.5)
    if note_source is None and (whole := _read_whole(text, lenient=lenient)):
        return whole
    read = _read_pieces(text, lenient=lenient)
    return _with_note(read, note_source) if read and note_source else read


def _with_note(read: Byline, note: str) -> Byline:
    """Add the source or the post that a bracket after the names gives."""
    if not read.authors:
        return replace(read, source=note)
    if is_organisation(note):
        return replace(read, source=read.source or note, score=min(read.score + 0.1, 0.95))
    return replace(read, role=read.role or note) if ROLE.match(note) else read


def _read_bracket(inside: str) -> str | None:
    """Return what a bracket after a name adds: a source, "" for a note or a place; None when it is text."""
    if NOTE.fullmatch(inside) or is_place(inside) or is_organisation(inside) or ROLE.match(inside):
        return "" if NOTE.fullmatch(inside) or is_place(inside) else inside
    labelled = _read_labelled(inside) or _read_theo(inside)
    if labelled:
        return labelled.source or ""
    return "" if inside and is_person_name(inside) >= 0.3 else None


def _read_whole(text: str, *, lenient: bool) -> Byline | None:
    """Read a text that is one thing: an office, or initials."""
    if not lenient and (is_outlet(text) or HEADING.search(text)):
        return None
    if is_organisation(text) and len(text.split()) <= 14 and not VERB.search(text) and text[-1] not in ".;":
        known = text.isupper() and " " not in text
        return Byline(raw=text, source=text, score=0.7 if known else 0.5)
    signers = tuple(re.split(r"\s+[-–&]\s+|,\s+", text))
    if all(are_initials(signer) for signer in signers):
        return Byline(raw=text, authors=signers, score=0.8 if lenient else 0.4)
    return None


@dataclass(slots=True)
class _Signed:
    """What the pieces read so far have said."""

    authors: list[str] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    offices: list[str] = field(default_factory=list)


def _read_pieces(text: str, *, lenient: bool) -> Byline | None:
    signed = _Signed()
    pieces = split_pieces(text)
    paired = len(pieces) == 2 and _DASH.search(text) is not None
    for number, piece in enumerate(pieces):
        odd = paired and is_person_name(pieces[1 - number]) >= _SURE_NAME and is_odd_name(piece)
        if not _take(piece, signed, first=number == 0, lenient=lenient or odd):
            return None
    if not (signed.authors or lenient) and (is_outlet(text) or HEADING.search(text)):
        return None
    role = as_printed(text, signed.roles)
    source = as_printed(text, signed.offices)
    return _weigh(signed, role, source, lenient=lenient)


_DASH: Final = re.compile(r"\s[-–—]\s")
_SURE_NAME: Final = 0.5
"""Beside one a family name with any one syllable is a name too: `Đào Ban - Thu Yến`."""


def _take(piece: str, signed: _Signed, *, first: bool, lenient: bool) -> bool:
    """Put a piece where it belongs; False when it belongs in no signature."""
    if not first and NAMELESS.fullmatch(piece) and piece.isupper():
        return True
    post = bool(ROLE.match(piece))
    if (is_organisation(piece) and not post) or (not first and UNIT.fullmatch(piece) and not signed.roles):
        signed.offices.append(piece)
        return True
    if post:
        signed.roles.append(piece)
        return not first
    return _take_name(piece, signed, lenient=lenient)


def _take_name(piece: str, signed: _Signed, *, lenient: bool) -> bool:
    name, rest = split_post(piece)
    weight = is_person_name(name)
    if (signed.roles or signed.offices) and weight < 0.75:
        # The post or the office goes on after a comma: "Phó Bí thư, Trưởng Ban", "Văn hóa, Thể thao".
        (signed.roles or signed.offices).append(piece)
        return bool(signed.authors)
    if signed.authors and is_place(piece):
        return True
    if weight >= 0.15 or (lenient and may_sign(name)):
        signed.authors.append(name)
        signed.weights.append(max(weight, 0.3 if lenient else 0))
        if rest:
            (signed.offices if is_organisation(rest) else signed.roles).append(rest)
        return True
    return bool(NAMELESS.fullmatch(piece))


def _weigh(signed: _Signed, role: str | None, source: str | None, *, lenient: bool) -> Byline | None:
    if len(signed.authors) > 6 or len((role or "").split()) > 24:
        return None
    if not signed.authors:
        return Byline(raw="", source=source, score=0.45) if source and not role else None
    if not lenient and all(is_place(author) for author in signed.authors):
        return None
    score = sum(signed.weights) / len(signed.weights)
    if role or source:
        score = min(score + 0.15, 0.9)
    if score < 0.2 and not lenient:
        return None
    return Byline(raw="", authors=tuple(signed.authors), role=role, source=source, score=score)


def _with_next(byline: Byline, next_line: str | None) -> Byline:
    """Add the office or the post that the line under the names prints."""
    if not next_line or not byline.authors or byline.source:
        return byline
    line = undress(clean(next_line[: 2 * LONGEST_BYLINE]))
    if not line or len(line) > LONGEST_BYLINE or states(line):
        return byline
    label = LABEL.match(line)
    if label and label["source"] and (read := _read_labelled(line)):
        return replace(byline, source=read.source)
    if label is None and is_organisation(line) and len(line.split()) <= 14:
        return replace(byline, source=line, score=min(byline.score + 0.2, 0.95))
    if label is None and byline.role is None and ROLE.match(line) and len(line.split()) <= 16:
        return replace(byline, role=line, score=min(byline.score + 0.2, 0.95))
    return byline
