"""Reads whose text an article is: "Nguồn: Báo Nhân Dân", "Theo TTXVN", "Theo sách Lịch sử Đảng bộ tỉnh"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from crawler.bylines.pieces import labelled_pieces, trim
from crawler.bylines.words import LABEL, THEO, THEO_TEXT, TRAILING_DAY, VERB
from crawler.names import is_organisation, is_person_name, names_person, strip_titles


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


# `Nguồn: ngân sách huyện`, and what a table counts in: where money comes from, not a text.
_MONEY: Final = re.compile(
    r"(?:vốn|ngân sách|kinh phí|nhân lực)\b|(?:[a-zà-ỹ]+ )?(?:(?:triệu|tỷ|nghìn) )?đồng$", re.IGNORECASE
)


def read_source(label: str, value: str) -> Byline | None:
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
        if names_person(person) and not is_organisation(person) and is_organisation(outlet):
            return Byline(raw=value, authors=(person,), source=outlet, score=0.85)
    if label.lower().startswith("theo") and is_person_name(value) >= 0.8 and not is_organisation(value):
        return Byline(raw=value, authors=(value,), score=0.75)
    return Byline(raw=value, source=value, score=0.9)


def read_theo(text: str) -> Byline | None:
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
        if not (is_organisation(head) or names_person(head)):
            return None
    read = read_source(label[0].strip(), value)
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


def labelled_source(text: str) -> str | None:
    """Return the source a labelled text names, "" where it names none; None where it has no label.

    >>> labelled_source("Theo Báo Lai Châu"), labelled_source("Ảnh: Thu Hà"), labelled_source("khóa XII")
    ('Báo Lai Châu', '', None)
    """
    labels = list(LABEL.finditer(text))
    if not labels or labels[0].start() > 0:
        read = read_theo(text)
        return read.source or "" if read else None
    reads = [
        read_source(label["source"], value)
        for label, value in labelled_pieces(text, labels)
        if label["source"] and value
    ]
    return next((read.source for read in reads if read and read.source), "")
