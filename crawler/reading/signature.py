"""Whether a line is a signature: its words, how it is set, what its element is called."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import Final

from archive.text import fold
from crawler.bylines import Byline, read_byline, read_closing_byline
from crawler.bylines.words import ROLE
from crawler.names import is_organisation
from crawler.reading.blocks import Block
from crawler.reading.signature_labels import Signature
from crawler.reading.typesetting import BOLD, ITALIC, ITEM, QUOTE, RIGHT

LABEL: Final = re.compile(
    r"^[(\[*\-–—\s]*(?:tác giả|tin|bài|ảnh|tin bài|nguồn|theo|người viết|thực hiện|sưu tầm|biên tập|"
    r"(?:người |biên )?dịch|"
    r"tổng hợp|ban biên tập|by|nhóm phóng viên|phóng viên|trích|đăng bởi|người đăng|người gửi|được "
    r"đăng bởi|viết bởi|author|source|posted by)\b",
    re.IGNORECASE,
)
"""What a signature may open with."""
_INITIALS: Final = re.compile(
    r"^[A-ZĐ](?:\.?\s?[A-ZĐ]){1,3}\.?(?:\s*[-–,&]\s*[A-ZĐ](?:\.?\s?[A-ZĐ]){1,3}\.?)*$"
)


def is_initials(line: str) -> bool:
    """Return whether a line names its authors by their initials alone: `Đ.T.V - H.M`."""
    return _INITIALS.match(line) is not None


_AUTHOR_NAMES: Final = re.compile(
    r"author|created-?by|tac-?gia|byline|signature|nguon|(?<![a-z])source|butdanh|but-?danh", re.IGNORECASE
)
_FEW: Final = 4
_AUTHOR_PATH: Final = re.compile(r"/(?:author|tac-gia)/[^/]+/?$", re.IGNORECASE)


def is_called_author(block: Block) -> bool:
    """Return whether a line's own element, not its box, is called the author's."""
    return _AUTHOR_NAMES.search(f"{block.node.get('class') or ''} {block.node.get('id') or ''}") is not None


def named_author(block: Block) -> bool:
    """Return whether a line or its box is marked up as the author: `rel=author`, or a class or id."""
    if any("author" in (link.get("rel") or "").split() for link in block.links):
        return True
    node = block.node
    parent = node.getparent()
    names = " ".join(
        f"{element.get('class') or ''} {element.get('id') or ''}"
        for element in (node, parent)
        if element is not None
    )
    if any(inner.get("data-hook") == "user-name" for inner in islice(node.iter("span"), _FEW)):  # Wix
        return True
    if len(block.links) == 1 and _AUTHOR_PATH.search(block.links[0].get("href") or ""):
        return True
    return bool(_AUTHOR_NAMES.search(names))


def read_signature(
    blocks: Sequence[Block], following: Block | None, rule: str, need: float = 0.5
) -> Signature | None:
    """Return the signature a line reads as; None where that is less sure than `need` (0 to 1)."""
    block = blocks[0]
    if block.text[-1] == "?":
        return None  # `Phóng viên: ...?`: who asks
    if following is not None and following.link_share > 0.5 and not is_labelled(following):
        following = None  # a category or a tag, not the signer's office
    if not is_labelled(block) and (block.text[-1] in ";:!?" or block.has(ITEM)):
        return None
    if block.text[-1] == "." and not is_labelled(block) and not _is_short_name(block.text):
        return None
    if block.level in (1, 2, 3) and not block.has(RIGHT) and not is_labelled(block):
        return None  # the next box's title
    read = read_byline(block.text, following.text if following is not None else None) or _pen_name(block)
    if read is None:
        return None
    # Initials (`T.H`, `M.L - N.V`) are believed where nothing else could stand: alone, short, at the very
    # foot.
    need -= 0.15 if len(block.text) <= 24 and _INITIALS.match(block.text) else 0.0
    need -= 0.2 if block.has(RIGHT) else 0.0
    need -= 0.1 if block.has(BOLD) or block.has(ITALIC) else 0.0
    if read.score < need:
        return None
    lines = {block.index}
    if (
        following is not None
        and read.source is not None
        and read.source in following.text
        and read.source not in block.text
    ):
        lines.add(following.index)
    return Signature(
        byline=read.raw,
        authors=read.authors,
        role=read.role,
        source=read.source,
        lines=frozenset(lines),
        rule=rule,
    )


def _pen_name(block: Block) -> Byline | None:
    """Two to four capitalised words set as signatures are, though no known name (`Nhất Gia`, `HẢI DƯƠNG`)."""
    line = block.text.strip("*-–— ") if block.has(RIGHT) else block.text
    paired = line.isupper() and block.has(RIGHT) and _SLOGAN.search(fold(line)) is None
    names = _PAIR.split(line) if paired else [line]
    if block.has(QUOTE) or len(names) > _MOST_NAMES or not all(map(_may_be_pen_name, names)):
        return None
    if not block.flags & (RIGHT | BOLD | ITALIC) and not line.isupper():
        return None
    return Byline(raw=block.text, authors=tuple(names), role=None, source=None, score=0.5)


def _may_be_pen_name(name: str) -> bool:
    words = name.split()
    return (
        2 <= len(words) <= 4
        and len(name) <= _LONGEST_PEN_NAME
        and all(_NAME_WORD.match(word) for word in words)
        and not is_organisation(name)
        and not ROLE.match(name)
        and not _BOX_WORD.match(name)
    )


# What titles of boxes begin with: `TIN ĐĂNG TRƯỚC`.
_BOX_WORD: Final = re.compile(
    r"(?:tin|bài|các|những|xem|văn bản|video|thông|liên kết|danh|chuyên)\b", re.IGNORECASE
)
_PAIR: Final = re.compile(r"\s+[-–—]\s+")
_SLOGAN: Final = re.compile(
    r"\b(?:doan ket|sang tao|ky cuong|dan chu|doi moi|phat trien|trach nhiem|hieu qua|thang|mua|xuan|nam)\b"
)
_MOST_NAMES: Final = 2
_LONGEST_PEN_NAME: Final = 30
"""Characters."""


_NAME_WORD: Final = re.compile(r"^[A-ZÀ-ỸĐ][a-zà-ỹđ]*$|^[A-ZÀ-ỸĐ]+$")


def _is_short_name(text: str) -> bool:
    """`Hữu Hoàn.`: up to four capitalised words closed by a full stop; or initials."""
    words = text.rstrip(".").split()
    return len(words) <= 4 and all(word[0].isupper() for word in words)


def is_labelled(block: Block) -> bool:
    """Return whether a line begins with the label of an author or a source."""
    return bool(LABEL.match(block.text))


def closing_signature(paragraph: str) -> tuple[str, Byline] | None:
    """Return the last paragraph without the byline in brackets that closes it, and that byline."""
    return read_closing_byline(paragraph)
