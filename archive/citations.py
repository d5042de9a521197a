"""Party and State documents named in a body: `05-CT/TW`, `106-KH/HU ngày 16/12/2022`, `17/CT-UBND`.

The Party writes number, hyphen, kind, slash, issuer; the State number, slash, often the year, kind, hyphen,
issuer. Numbers start again with every term of a committee, so the same number names several documents: what
tells them apart is the date, where one is printed, and whose committee it is.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from archive.provinces import read_provinces
from archive.text import clean, fold

KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "NQ": "Nghị quyết",
        "CT": "Chỉ thị",
        "QĐ": "Quyết định",  # the Party also numbers its Quy định so; the printed word decides
        "QĐi": "Quy định",
        "QC": "Quy chế",
        "KL": "Kết luận",
        "KH": "Kế hoạch",
        "HD": "Hướng dẫn",
        "CV": "Công văn",
        "BC": "Báo cáo",
        "TB": "Thông báo",
        "TTr": "Tờ trình",
        "CTr": "Chương trình",
        "CTHĐ": "Chương trình hành động",
        "ĐA": "Đề án",
        "PA": "Phương án",
        "NĐ": "Nghị định",
        "TT": "Thông tư",
        "TTLT": "Thông tư liên tịch",
        "BS": "Văn bản bổ sung",
    }
)
_NAMES: Final = tuple(sorted({*KINDS.values(), "Luật", "Pháp lệnh", "Điều lệ"}, key=len, reverse=True))
_BY_FOLDED_CODE: Final = {fold(code): code for code in KINDS}
# Whose committee it is goes without saying on a local site: TU is the province's, HU the district's.
_LOCAL: Final = re.compile(r"(?:\w*(?:TU|HU|QU|ĐU|ĐUK)|UBND|HĐND|BTG|CB|BTGDV)(?:-\w+)?")

_CODES: Final = "|".join(
    sorted((*KINDS, "QĐI", "TTR", "CTR", "CTHÐ", "QÐ", "NÐ", "ÐA"), key=len, reverse=True)
)
_DASH: Final = r"\s?[-\u2010-\u2015]\s?"
_SLASH: Final = r"\s?/\s?"
_ISSUER: Final = r"[A-ZĐÐƯ]{2,}(?:[A-ZĐÐa-z0-9])*(?:-[A-ZĐÐ]{2,}\d*)?"
_PARTY: Final = rf"{_DASH}(?P<kind>{_CODES}){_SLASH}(?P<issuer>{_ISSUER})"
_STATE: Final = (
    rf"/(?:(?P<year>(?:19|20)\d\d)/)?(?:(?P<s_kind>{_CODES}){_DASH}(?P<s_issuer>{_ISSUER}|TTg)"
    r"|(?P<house>(?:UBTV)?QH\d{1,2})|(?P<office>(?:UBND|HĐND)-[A-ZĐ]{1,6}))"
)
# The first digit leads, so that the search goes from digit to digit; what stands before is asked after it.
_DOCUMENT: Final = re.compile(rf"(?P<number>\d(?<![\w/.-]\d)\d{{0,4}}[a-z]?)(?:{_PARTY}|{_STATE})(?![\w/])")
_DATED: Final = re.compile(
    r"\s?[,(]?\s?(?:ban hành\s|ký\s|đề\s|ra\s)?ngày\s(?P<day>\d{1,2})"
    r"(?:\s?[/.-]\s?(?P<month>\d{1,2})\s?[/.-]\s?(?P<year>\d{4})"
    r"|\stháng\s(?P<month_word>\d{1,2})(?:\snăm\s|\s?[,/]\s?)(?P<year_word>\d{4}))",
    re.IGNORECASE,
)
_NAMED: Final = re.compile(
    rf"\b(?P<name>{'|'.join(_NAMES)})(?:\s\([^)]*\))?\s(?:số\s?:?\s?)?$", re.IGNORECASE
)
# A sentence ends at a full stop, question or exclamation mark before a capital, never inside "05.CT" or "Tp."
_FAR: Final = 1000  # so that a page that is one list of ten thousand numbers is read in no time
_SENTENCE_END: Final = re.compile(r"(?<=[.!?…])[\"”’)]?\s+(?=[\"“‘(]?[A-ZĐÀ-ỸÂÊÔƠƯĂ-])")


@dataclass(frozen=True, kw_only=True, slots=True)
class Citation:
    """One mention of a document in a body."""

    position: int
    """Where in the body it stands, in characters."""
    document: str
    """Number, kind and issuer in the usual spelling: `05-CT/TW`, `17/CT-UBND`, `202/2025/QH15`."""
    kind: str | None
    """The kind of document, as printed before the number, else as its code means: `Chỉ thị`."""
    issuer: str
    """The issuer's code: `TW`, `TU`, `HU`, `UBND`."""
    province: str | None
    """Whose TU, HU or UBND it is; None for central issuers, and for local ones on a central site."""
    date: str | None
    """The document's date where it is printed beside the number: `2016-05-15`."""
    sentence: str
    """The sentence it stands in."""


def find_citations(
    body: str, *, province: str | None = None, provinces: Mapping[str, str] = MappingProxyType({})
) -> tuple[Citation, ...]:
    """Return the documents a body names, in reading order.

    `province` is the site's; `provinces` maps the folded names of provinces to their spelling, to recognise
    one named after the number (`của Tỉnh ủy Yên Bái`).

    >>> [c.document for c in find_citations("Chỉ thị số 05-CT/TW, Kế hoạch số 391 - KH/HU và 17/CT-UBND")]
    ['05-CT/TW', '391-KH/HU', '17/CT-UBND']
    >>> find_citations("Chỉ thị số 5- CT/ TW, ngày 15/5/2016 của Bộ Chính trị.")[0].date
    '2016-05-15'
    """
    found = []
    for match in _DOCUMENT.finditer(body):
        document, code, issuer = _parts(match)
        after = body[match.end() : match.end() + 160]
        found.append(
            Citation(
                position=match.start(),
                document=document,
                kind=_kind(body[max(0, match.start() - 60) : match.start()], code, issuer),
                issuer=issuer,
                province=_province(issuer, after, province, provinces),
                date=_date(after),
                sentence=_sentence(body, match.start(), match.end()),
            )
        )
    return tuple(found)


def normal_document(text: str) -> str | None:
    """Return a typed document number in its usual spelling; None when it is none.

    >>> normal_document("5 - ct/tw"), normal_document("chỉ thị 17/ct-ubnd"), normal_document("hội nghị")
    ('05-CT/TW', '17/CT-UBND', None)
    """
    match = _DOCUMENT.search(_upper_codes(clean(text)))
    return _parts(match)[0] if match else None


def _upper_codes(text: str) -> str:
    return re.sub(r"[\w/ -]*\d[\w/ -]*", lambda match: match[0].upper(), text)


def _parts(match: re.Match[str]) -> tuple[str, str | None, str]:
    """Return a match's usual spelling, the code of its kind, and its issuer."""
    number = _number(match["number"])
    if match["kind"]:
        code, issuer = _code(match["kind"]), _issuer(match["issuer"])
        return f"{number}-{code}/{issuer}", code, issuer
    if match["year"]:
        number += f"/{match['year']}"
    if match["s_kind"]:
        code, issuer = _code(match["s_kind"]), _issuer(match["s_issuer"])
        return f"{number}/{code}-{issuer}", code, issuer
    issuer = match["house"] or match["office"]
    return f"{number}/{issuer}", None, issuer


def _number(printed: str) -> str:
    return printed.lstrip("0").zfill(2)


def _code(printed: str) -> str:
    return _BY_FOLDED_CODE.get(fold(printed), printed)


def _issuer(printed: str) -> str:
    return "TTg" if printed.upper() == "TTG" else printed.replace("Ð", "Đ")


def _kind(before: str, code: str | None, issuer: str) -> str | None:
    # What is printed before the number decides only what the code leaves open.
    named = _NAMED.search(before) if code in (None, "QĐ") else None
    if named:
        return named["name"][0].upper() + named["name"][1:].lower()
    if code is None:
        return "Công văn" if issuer.startswith(("UBND", "HĐND")) else None
    return KINDS[code]


def _province(issuer: str, after: str, own: str | None, provinces: Mapping[str, str]) -> str | None:
    if not _LOCAL.fullmatch(issuer):
        return None
    named = re.match(r"[^.;\n]{0,80}?\b(?:tỉnh(?:\s(?:ủy|uỷ))?|thành\s(?:phố|ủy|uỷ))\s", after, re.IGNORECASE)
    if named:
        following = fold(after[named.end() : named.end() + 24])
        for folded, spelled in provinces.items():
            if re.match(rf"{re.escape(folded)}\b", following):
                return spelled
    return own


def _date(after: str) -> str | None:
    match = _DATED.match(after)
    if match is None:
        return None
    day, month = int(match["day"]), int(match["month"] or match["month_word"])
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    return f"{match['year'] or match['year_word']}-{month:02}-{day:02}"


def _sentence(body: str, start: int, end: int) -> str:
    """Return the sentence around a place, of at most a thousand characters before it and after it."""
    first = max(body.rfind("\n", 0, start) + 1, start - _FAR)
    last = body.find("\n", end, end + _FAR)
    paragraph = body[first : last if last >= 0 else end + _FAR]
    start, end, first, last = start - first, end - first, 0, len(paragraph)
    for match in _SENTENCE_END.finditer(paragraph):
        if match.end() <= start:
            first = match.end()
        elif match.start() >= end:
            last = match.start()
            break
    return paragraph[first:last].strip()


# ---------------------------------------------------------------------------------------- in the database


def enter_citations(db: sqlite3.Connection, article_id: int, site: str | None, body: str) -> None:
    """Enter the documents an article names."""
    if "/" not in body:
        return
    row = db.execute("SELECT province FROM sites WHERE name = ?", (site,)).fetchone()
    citations = find_citations(body, province=row["province"] if row else None, provinces=_by_folded())
    db.executemany(
        "INSERT INTO citations (article_id, position, document, kind, issuer, province, date, sentence)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (article_id, c.position, c.document, c.kind, c.issuer, c.province, c.date, c.sentence)
            for c in citations
        ],
    )


@cache
def _by_folded() -> Mapping[str, str]:
    """Map folded names of provinces to names, longest first: Thừa Thiên Huế before Huế."""
    names = {name for pair in read_provinces() for name in pair}
    return {fold(name): name for name in sorted(names, key=lambda name: (-len(name), name))}


@dataclass(frozen=True, kw_only=True, slots=True)
class CitedIn:
    """An article's mention of a document."""

    uid: str
    site: str | None
    headline: str
    date_published: str | None
    citation: Citation


def citing_articles(
    db: sqlite3.Connection, document: str, *, province: str | None = None, limit: int | None = None
) -> Iterator[CitedIn]:
    """Yield every mention of a document in its usual spelling, newest article first."""
    rows = db.execute(
        "SELECT a.uid, a.site, a.headline, a.date_published, c.* FROM citations c"
        " JOIN articles a ON a.id = c.article_id WHERE c.document = :document"
        " AND (:province IS NULL OR c.province = :province)"
        " ORDER BY a.date_published IS NULL, a.date_published DESC, a.uid, c.position LIMIT :limit",
        {"document": document, "province": province, "limit": -1 if limit is None else limit},
    )
    for row in rows:
        yield CitedIn(
            uid=row["uid"],
            site=row["site"],
            headline=row["headline"],
            date_published=row["date_published"],
            citation=Citation(
                position=row["position"],
                document=row["document"],
                kind=row["kind"],
                issuer=row["issuer"],
                province=row["province"],
                date=row["date"],
                sentence=row["sentence"],
            ),
        )
