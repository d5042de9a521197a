"""Which landmark a line of a page is, told by its words and by where it stands.

What opens or closes an article elsewhere may be a subhead, an item or a row of this one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import Final

from archive.text import clean, fold
from crawler.dates import is_date_line
from crawler.landmarks import CLOSERS, landmark
from crawler.names import is_organisation
from crawler.reading.blocks import Block
from crawler.reading.tree import are_parts_of_one, are_set_alike, container_of, has_more
from crawler.reading.typesetting import BOLD, CAPTION, CHROME, RIGHT

# Headings that close an article when links follow, and are its own subheads when text does.
_AMBIGUOUS: Final = re.compile(
    r"^\W*(?:chu de|chuyen de|thong bao|su kien|noi dung|danh muc|lien quan|y kien.{0,20}|hinh anh|"
    r"tieu diem|video|noi bat|van ban.{0,20}|tai lieu.{0,20})\W*$"
)


def line_kind(block: Block, blocks: Sequence[Block]) -> str | None:
    """Return the kind of landmark a line is among a page's lines; None for text and what is unknown."""
    kind = (landmark(block.text) or _glued_kind(block)) if block.text else None
    if block.row and (kind not in ("footer", "contact") or _is_row_among_others(block, blocks)):
        return None
    if kind in ("related", "tags", "comments") and _heads_text(block, blocks):
        return None
    if kind in _SAID_IN_TEXT and _is_among_paragraphs(block, blocks):
        return None
    plain = not block.links or _is_address(block)
    if kind is not None and plain and _is_listed_in_text(block, kind, blocks):
        return None
    if kind in _SAID_IN_SUBHEADS and _is_subhead(block, blocks):
        return None
    if kind == "footer" and block.text[-1] == ":" and block.text.count(" ") >= 7:
        return None if _INTRODUCES.search(block.text) or _text_goes_on(block, blocks) else kind
    if kind == "footer" and (block.has(CAPTION) or _signs_text(block, blocks)):
        return None
    if _is_told_by_text(kind, block, blocks):
        return None
    if kind == "footer" and block.level in (1, 2):
        after = next((other for other in blocks[block.index + 1 : block.index + 3] if other.text), None)
        if after is not None and is_date_line(after.text):
            return None  # a headline about a site, for it stands over its date
    if kind == "comments" and block.text[-1] == ":" and _is_answered(block, blocks):
        return None
    return kind


def _signs_text(block: Block, blocks: Sequence[Block]) -> bool:
    """Whether an office's name stands on the right, right under running text: `Cổng TTĐT huyện X`."""
    near = blocks[max(0, block.index - 3) : block.index] if block.has(RIGHT) else []
    before = next((other for other in reversed(near) if other.text), None)
    return (
        before is not None
        and len(before.text) >= 60
        and before.text[-1] in ".!?…”"
        and not before.links
        and is_organisation(block.text)
    )


# `Trang thông tin điện tử Huyện ủy đăng toàn văn thư kêu gọi như sau:`
_INTRODUCES: Final = re.compile(r"\b(?:đăng|giới thiệu|trích|thông báo)\b", re.IGNORECASE)


def _heads_text(block: Block, blocks: Sequence[Block]) -> bool:
    """Whether a heading that may close an article stands over a paragraph of its own box: a subhead."""
    if block.link_share >= 0.5 or not _AMBIGUOUS.match(fold(block.text)):
        return False
    after = next((other for other in blocks[block.index + 1 : block.index + 4] if other.text), None)
    return (
        after is not None
        and after.node.getparent() in (block.node.getparent(), block.node.getnext())
        and after.link_share < 0.2
        and len(after.text) >= 40
        and after.text[-1] in ".;:"
    )


def _glued_kind(block: Block) -> str | None:
    """`<a>f</a><a>Zalo</a><a>In bài</a>`: a row of controls without bars, or wall to wall."""
    node = block.node
    if (
        len(block.text) > _LONGEST_CONTROLS
        or not has_more(node, 1)
        or has_more(node, _MOST_CONTROLS)
        or (node.text or "").strip()
    ):
        return None
    controls = ["".join(islice(control.itertext(), _MOST_CONTROLS)) for control in node]
    pieces = ["".join(control.split()) for control in controls]
    if "".join(pieces) != block.text.replace(" ", "") or any(
        (control.tail or "").strip() for control in node
    ):
        return None
    kinds = [landmark(clean(control)) for control in controls if len(control) > 2]  # icons are letters
    return "tools" if kinds and all(kind in ("tools", "share", "player") for kind in kinds) else None


_LONGEST_CONTROLS: Final = 60
"""Characters."""
_MOST_CONTROLS: Final = 8


def _is_row_among_others(block: Block, blocks: Sequence[Block]) -> bool:
    """Whether a row stands under rows of the same table that are no landmarks: `Tổng số | 200 | 214`."""
    before = blocks[block.index - 1] if block.index else None
    return (
        before is not None
        and before.row
        and before.node.getparent() is block.node.getparent()
        and landmark(before.text) is None
    )


_SAID_IN_TEXT: Final = frozenset(
    {"comments", "rating", "tags", "tools", "share", "player", "contact", "footer"}
)
"""Kinds whose words an article may use for a subhead or an item of a list."""


_SAID_IN_SUBHEADS: Final = frozenset(
    {
        "comments",
        "counter",
        "rating",
        "related",
        "tags",
        "contact",
        "advertisement",
        "tools",
        "player",
        "footer",
    }
)
"""Kinds whose words an article may set over a part of itself: `Đánh giá`, `Liên hệ`."""


_SAID_PLAINLY: Final = frozenset({"rating", "contact", "footer"})
"""Kinds whose words may be such a title set as the paragraphs are."""


def _is_subhead(block: Block, blocks: Sequence[Block]) -> bool:
    """Whether a line set as a heading parts two paragraphs that are set alike, with no link about them."""
    plain = not (block.level or block.has(BOLD))
    if block.link_share or block.has(CHROME) or len(block.text) > 60:
        return False
    if plain and (
        block.node.tag != "p" or block.text.count(" ") > 1 or landmark(block.text) not in _SAID_PLAINLY
    ):
        return False
    near = blocks[max(0, block.index - 3) : block.index]
    before = next((other for other in reversed(near) if other.text), None)
    after = next((other for other in blocks[block.index + 1 : block.index + 4] if other.text), None)
    if before is None or after is None or before.node.tag != after.node.tag:
        return False
    home = block.node.getparent()
    return all(
        other.node.getparent() is home
        and other.node.get("class") == before.node.get("class")
        and len(other.text) >= 60
        and other.link_share == 0
        and other.text[-1] in '.;:…!?”"'
        for other in (before, after)
    )


def _is_listed_in_text(block: Block, kind: str, blocks: Sequence[Block]) -> bool:
    """Whether a line is an item of the text's list, or a day in its chronicle: `<dt>20/4`."""
    if block.node.tag == "dt":
        after = blocks[block.index + 1] if block.index + 1 < len(blocks) else None
        told = after is not None and after.node.tag == "dd" and len(after.text) >= _SENTENCE
        return kind == "counter" and (told or _DAY.fullmatch(block.text) is not None)
    return block.node.tag == "li" and _is_item_of_text(block, blocks)


_DAY: Final = re.compile(r"\d{1,2}/\d{1,2}")


def _is_item_of_text(block: Block, blocks: Sequence[Block]) -> bool:
    """Whether an item stands in a list of the text: a line leads to it, or paragraphs stand about it."""
    listed = block.node.getparent()
    items = _items_about(block, blocks)
    if len(items) < 2 or listed is None or any(other.links and not _is_address(other) for other in items):
        return False
    first, last = items[0].index, items[-1].index
    before = next((other for other in reversed(blocks[max(0, first - 3) : first]) if other.text), None)
    after = next((other for other in blocks[last + 1 : last + 4] if other.text), None)
    home = listed.getparent()
    if before is None or home is None or landmark(before.text) is not None:
        return False
    near = before.node.getparent()
    if _LEADS.search(before.text) and near is not None and home in (near, near.getparent()):
        return True
    if near is not home:
        return False
    kinds = [landmark(other.text) for other in items]
    if _OFFERS.issuperset(kinds) and (after is None or not _is_paragraph(after)):
        return False  # what the page offers under a text
    if before.text[-1] == ":" and " " in before.text and not before.level and not _OF_PAGE.match(before.text):
        return True
    among = after is not None and after.node.getparent() is home and _is_paragraph(after)
    if among and None in kinds and not _CONTROLS.intersection(kinds):
        return True
    return kinds.count(None) * 2 >= len(items) and len(before.text) >= _SENTENCE and before.text[-1] in ".;"


def _items_about(block: Block, blocks: Sequence[Block]) -> list[Block]:
    """The items of a line's list, in order, as far as they are near."""
    listed = block.node.getparent()
    near = blocks[max(0, block.index - _MOST_ITEMS) : block.index + _MOST_ITEMS]
    return [other for other in near if other.text and other.node.getparent() is listed]


def _is_paragraph(block: Block) -> bool:
    return len(block.text) >= _PARAGRAPH and not block.links and block.text[-1] in ".;:!?…”"


# `Nội dung gồm:`, `xin gửi về địa chỉ sau:`; over a box stands `Thông tin bài viết:`.
_LEADS: Final = re.compile(
    r"(?:\b(?:sau|sau đây|gồm(?: có| các)?|như|chính|trong đó|cụ thể|kết quả|nội dung|chương trình)|"
    r"\bgồm \S[^.:]{0,40})\s*:$",
    re.IGNORECASE,
)
_OF_PAGE: Final = re.compile(
    r"(?:thống kê|tiện ích|công cụ|chức năng|thông tin (?:bài viết|thêm|liên hệ|khác)|số liệu truy cập|"
    r"bạn có thể|bài viết này|ban biên tập|tòa soạn)\b",
    re.IGNORECASE,
)
_OFFERS: Final = frozenset({"share", "tools", "rating"})
_CONTROLS: Final = frozenset({"share", "tools", "counter", "player", "contact", "tags", "advertisement"})
"""Kinds of lines that no list of an article's is made of: `Thảo luận`, `Biểu quyết` are of others."""
_MOST_ITEMS: Final = 24
_PARAGRAPH: Final = 60
"""Characters."""
_SENTENCE: Final = 40
"""Characters."""


def _is_among_paragraphs(block: Block, blocks: Sequence[Block]) -> bool:
    """Whether a line of five words or more stands between paragraphs, set as they are.

    `Đánh giá 6 tháng đầu năm 2021` is a subhead there; alone in its box it asks for a vote.
    """
    if block.text.count(" ") < 4 or block.link_share > 0.2 or block.level or block.has(CHROME):
        return False
    before = next(
        (other for other in reversed(blocks[max(0, block.index - 3) : block.index]) if other.text), None
    )
    after = next((other for other in blocks[block.index + 1 : block.index + 4] if other.text), None)
    return (
        before is not None
        and after is not None
        and all(_is_paragraph_beside(other, block) for other in (before, after))
    )


def _is_paragraph_beside(other: Block, block: Block) -> bool:
    return (
        len(other.text) >= 60
        and other.text[-1] in ".;:…!?”"
        and other.link_share < 0.2
        and other.node.tag == block.node.tag
        and other.node.getparent() is block.node.getparent()
        and landmark(other.text) is None
    )


def _is_answered(block: Block, blocks: Sequence[Block]) -> bool:
    """Whether an interview's answer follows `Trả lời:`, not a form or a reader's name."""
    after = next((other for other in blocks[block.index + 1 : block.index + 3] if other.text), None)
    return (
        after is not None
        and not after.has(CHROME)
        and after.link_share < 0.3
        and len(after.text) >= 40
        and are_parts_of_one(container_of(after), container_of(block))
    )


def _text_goes_on(block: Block, blocks: Sequence[Block]) -> bool:
    """Whether running text follows at once in the same container.

    So it does after an announcement's address and the keywords under a scholarly article's abstract.
    """
    home = container_of(block)
    boxed = home is block.node and _stands_under_abstract(block, blocks)
    prose = 0
    for after in [other for other in blocks[block.index + 1 : block.index + 12] if other.text][:5]:
        kind = landmark(after.text)
        if (kind in CLOSERS and kind != "contact") or (after.link_share > 0.6 and not _is_address(after)):
            return False
        if (
            kind is None
            and len(after.text) >= (60 if _is_paragraph_under(after, block) else 90)
            and after.text[-1] in ".;:…!?"
            and (boxed or are_parts_of_one(container_of(after), home))
        ):
            prose += 1
            if boxed or _text_came_before(block, blocks):
                return True
    return prose >= 1


def _is_told_by_text(kind: str | None, block: Block, blocks: Sequence[Block]) -> bool:
    """Whether an address or keywords are the text's: it goes on under them, or leads to them."""
    if kind in ("contact", "tags") and _text_goes_on(block, blocks):
        return True
    return kind in ("contact", "footer") and _is_address_told(block, blocks)


def _is_address_told(block: Block, blocks: Sequence[Block]) -> bool:
    """Whether the text leads to an address: `Bài dự thi gửi về địa chỉ:`, then office, telephone, e-mail."""
    for before in reversed(blocks[max(0, block.index - _LONGEST_ADDRESS) : block.index]):
        if not are_set_alike(before, block) or before.image is not None:
            return False
        if before.text[-1] == ":":
            return _TO_ADDRESS.search(before.text) is not None and before.text.count(" ") >= _SHORTEST_LEAD
        if len(before.text) >= _PARAGRAPH:
            return False
    return False


_TO_ADDRESS: Final = re.compile(r"\b(?:địa chỉ|gửi về|liên hệ|liên lạc|đăng ký)\b[^:]*:$", re.IGNORECASE)
_LONGEST_ADDRESS: Final = 5
"""Lines."""
_SHORTEST_LEAD: Final = 4
"""Blanks."""


def _is_address(line: Block) -> bool:
    """Whether a line's link is printed as its address: `Website: www.example.vn`."""
    return len(line.links) == 1 and ("www." in line.text or "@" in line.text or "://" in line.text)


def _is_paragraph_under(after: Block, block: Block) -> bool:
    return after.node.tag == "p" and after.node is not block.node and are_set_alike(after, block)


def _stands_under_abstract(block: Block, blocks: Sequence[Block]) -> bool:
    """Whether keywords in a box of their own follow one paragraph, an abstract, and no more."""
    before = [other for other in blocks[max(0, block.index - 8) : block.index] if len(other.text) >= 60]
    return sum(1 for other in before if other.text[-1] in ".;…!?" and not other.level) == 1


def _text_came_before(block: Block, blocks: Sequence[Block]) -> bool:
    home = container_of(block)
    return any(
        len(other.text) >= 60 and other.link_share < 0.2 and are_parts_of_one(container_of(other), home)
        for other in blocks[max(0, block.index - 8) : block.index]
    )
