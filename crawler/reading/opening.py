"""Lines over a text, or under its lead, that are none of it: scraps, names, offices, a section."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from crawler.bylines import read_byline
from crawler.bylines.words import ROLE
from crawler.dates import is_date_line
from crawler.names import is_organisation
from crawler.reading.blocks import Block
from crawler.reading.furniture import is_opening_scrap
from crawler.reading.head_signature import is_name_line, names_author
from crawler.reading.layout import Layout
from crawler.reading.lines import is_menu_item
from crawler.reading.signature import is_called_author, is_labelled, read_signature
from crawler.reading.signature_labels import ACCOUNTS, CREDITED
from crawler.reading.tree import are_typeset_alike
from crawler.reading.typesetting import BOLD, RIGHT

_SECTION: Final = re.compile(r"chuyên mục\s*:", re.IGNORECASE)
# `Thể loại: Ký, phóng sự, ghi chép` may be a contest's.
_FILED: Final = re.compile(r"(?:danh mục|thể loại)\s*:\s*(?P<name>[^,;:]{2,30})$", re.IGNORECASE)
_AUTHOR: Final = re.compile(r"tác giả\s*:", re.IGNORECASE)
_PARTICULAR: Final = re.compile(r"[^:.!?]{2,30}:\s\S")


class Opening:
    """Tells such lines, asked of each in reading order: an office is one under the author's name."""

    __slots__ = ("first", "last", "layout", "named", "second")

    def __init__(self, layout: Layout, prose: Sequence[int]) -> None:
        """Take the indexes of the article's running text, in order."""
        self.layout = layout
        self.first = prose[0] if prose else -1
        self.last = prose[-1] if prose else -1
        self.second = prose[1] if len(prose) > 1 else self.first
        self.named: Block | None = None

    def holds(self, line: Block) -> bool:
        """Return whether a line is no text though it stands over it, or between the lead and what follows."""
        if line.index >= max(self.first, self.second) or self._is_particular(line):
            return False
        if line.index < self.first and self._stands_over_text(line):
            return True
        return line.index < self.second and self._stands_under_lead(line)

    def _stands_over_text(self, line: Block) -> bool:
        if ACCOUNTS.match(line.text) or is_name_line(line) or _is_office_under_name(line, self.named):
            self.named = line
            return True
        return (is_opening_scrap(line) and not self._is_verse(line)) or names_author(line)

    def _stands_under_lead(self, line: Block) -> bool:
        """Whether a line names author, source, section or date where a lead may stand over it."""
        if len(line.text) <= _LONGEST_SIGNED and line.text[-1] not in ".!?;" and self._is_filing(line):
            return True
        if _is_office_under_name(line, self.named):
            return True
        if _is_signed(line, over_text=line.index < self.first) or _opens_date_row(line, self.layout):
            return True
        called = is_called_author(line) and line.level not in (1, 2, 3)
        if (called or CREDITED.match(line.text)) and names_author(line):
            self.named = line
            return True
        return False

    def _is_filing(self, line: Block) -> bool:
        """Whether a line tells where an article is filed: by label, link, menu, or beside its author."""
        filed = _FILED.match(line.text)
        if filed is None:
            return _SECTION.match(line.text) is not None
        blocks = self.layout.blocks
        beside = [*blocks[max(0, line.index - 1) : line.index], *blocks[line.index + 1 : line.index + 2]]
        return (
            bool(line.links)
            or is_menu_item(filed["name"], line, blocks)
            or any(CREDITED.match(other.text) or is_date_line(other.text) for other in beside)
        )

    def _is_verse(self, line: Block) -> bool:
        """Whether a short line is one of four or more in a row that are set alike."""
        blocks = self.layout.blocks
        run = 1
        for way in (-1, 1):
            at = line.index + way
            while 0 <= at < len(blocks) and run < _VERSES and self._goes_with(blocks[at], line):
                run, at = run + 1, at + way
        return run >= _VERSES

    def _goes_with(self, other: Block, line: Block) -> bool:
        return (
            0 < len(other.text) <= _LONGEST_VERSE
            and not other.links
            and are_typeset_alike(other, line)
            and self.layout.kinds[other.index] is None
            and not is_date_line(other.text)
        )

    def _is_particular(self, line: Block) -> bool:
        """Whether a line is one of several particulars: `Tên sách: ...`, then `Tác giả: ...`."""
        if not _PARTICULAR.match(line.text):
            return False
        blocks = self.layout.blocks
        beside = [*blocks[max(0, line.index - 2) : line.index], *blocks[line.index + 1 : line.index + 3]]
        told = [other.text for other in beside if other.node.tag == line.node.tag]
        if (
            any(map(_OF_A_WORK.match, told))
            or sum(map(bool, map(_OF_A_MEETING.match, [line.text, *told]))) > 1
        ):
            return True
        # Two authors, each under a work: prizes, entries.
        several = _AUTHOR.match(line.text) and any(map(_AUTHOR.match, told))
        return bool(several) and any(_PARTICULAR.match(text) and not _AUTHOR.match(text) for text in told)


# What tells of a book, a song, a contest; an office or a post beside an author's name is the author's.
_OF_A_WORK: Final = re.compile(
    r"(?:tên (?:sách|tác phẩm|bài hát|phim|công trình)|nhà xuất bản|nxb|số trang|giá bìa|khổ sách|"
    r"năm xuất bản|bài hát|ca khúc|tác phẩm|số lượng|thời gian (?:nhận|gửi)|đối tượng|đề tài|sáng kiến|"
    r"nhan đề|giải pháp|mô hình|cuốn sách)\b[^:]{0,20}:",
    re.IGNORECASE,
)
# One of these alone may be said of the article: `Thời gian: 08:15 20/11/2026`.
_OF_A_MEETING: Final = re.compile(
    r"(?:thời gian|địa điểm|chủ trì|thành phần|giải(?: thưởng)?)\s*:", re.IGNORECASE
)


_VERSES: Final = 4
_LONGEST_VERSE: Final = 60
"""Characters."""


def _opens_date_row(line: Block, layout: Layout) -> bool:
    """Whether a line is the date's row, or a menu's item wall to wall with the date: the section."""
    if _is_row_with_date(line):
        return True
    after = layout.blocks[line.index + 1] if line.index + 1 < len(layout.blocks) else None
    same = after is not None and after.node is line.node and is_date_line(after.text)
    return same and len(line.text) <= _LONGEST_OPENING and is_menu_item(line.text, line, layout.blocks)


_LONGEST_OPENING: Final = 40
"""Characters."""


def _is_row_with_date(line: Block) -> bool:
    """Whether bars part a line into three fields or more, one a date: `Thời sự | Thu Hà | 12/3/2020`."""
    fields = line.text.split(" | ")
    if line.row or len(fields) < _FEWEST_FIELDS or not any(map(is_date_line, fields)):
        return False
    return all(len(field) <= _LONGEST_FIELD and field[-1] not in ".!?:;" for field in fields)


_FEWEST_FIELDS: Final = 3
_LONGEST_FIELD: Final = 60
"""Characters."""


def _is_signed(line: Block, *, over_text: bool) -> bool:
    """Whether a line over the text or under its lead names who wrote it: set to the right, or after a label.

    Over the text it may name the source too.
    """
    if len(line.text) >= _LONGEST_SIGNED:
        return False
    read = read_byline(line.text) if is_labelled(line) and line.text[-1] not in ".!?;" else None
    named = read is not None and (
        bool(read.authors) or (over_text and read.source is not None and is_organisation(read.source))
    )
    if line.has(RIGHT):
        return is_date_line(line.text) or read_signature([line], None, "") is not None
    return named and ":" in line.text


_LONGEST_SIGNED: Final = 90
"""Characters."""


def _is_office_under_name(line: Block, named: Block | None) -> bool:
    return (
        named is not None
        and line.index == named.index + 1
        and len(line.text) < _LONGEST_SIGNED
        and line.text[-1] not in ".!?;:"
        and not line.level
        and (named.has(BOLD) or not line.has(BOLD))
        and (is_organisation(line.text) or ROLE.match(line.text) is not None)
    )
