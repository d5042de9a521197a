"""Where the site's own foot begins under an article: its name over its address, or alone at the page's end.

An office's name under a text is its source, the site's name is not: `HUYỆN ỦY TRẠM TẤU` over `Địa chỉ: ...`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from archive.text import fold
from crawler.bylines import read_byline
from crawler.names import is_organisation
from crawler.reading.blocks import Block
from crawler.reading.lines import Lines, bare
from crawler.reading.signature import is_labelled, named_author
from crawler.reading.site_names import is_site_name
from crawler.reading.tree import are_set_alike
from crawler.reading.typesetting import BOLD, RIGHT

_FARTHEST: Final = 60
"""Lines under the text; what stands below is read by nobody."""
_LONGEST_NAME: Final = 120
"""Characters."""


def find_foot(lines: Lines, last: int) -> int:
    """Return the index of the foot's first block, after the text's `last`; the number of blocks for none."""
    under = [block for block in lines.blocks[last + 1 : last + 1 + _FARTHEST] if block.text]
    text = lines.blocks[last] if 0 <= last < len(lines.blocks) else None
    for place, block in enumerate(under):
        following = under[place + 1] if place + 1 < len(under) else None
        if (last in lines.prose and _begins_menu(block) and not _signs_below(under[place + 1 :])) or (
            text is not None and _closes_page(block, following, text, lines) and _may_name_site(block)
        ):
            return block.index
    return len(lines.blocks)


def _signs_below(under: Sequence[Block]) -> bool:
    """Whether one of the next lines signs the text: what stands over it was a trail or a row of tools."""
    return any(
        is_labelled(block) or block.has(RIGHT) or (read_byline(block.text) is not None and not block.links)
        for block in under[:3]
        if not is_organisation(block.text)
    )


def _begins_menu(block: Block) -> bool:
    """Whether a row of links begins at home: the site's menu again."""
    return (
        len(block.links) > 1 and block.link_share > 0.6 and fold(block.text).startswith(("trang chu", "home"))
    )


def _may_name_site(block: Block) -> bool:
    return (
        len(block.text) <= _LONGEST_NAME
        and not block.has(RIGHT)
        and not block.row
        and not is_labelled(block)
        and not named_author(block)
        and (is_organisation(block.text) or is_site_name(bare(block.text)))
    )


def _closes_page(block: Block, following: Block | None, text: Block, lines: Lines) -> bool:
    """Whether a name leads to the site's address, in a box that is not the text's, or ends the page."""
    if following is not None and not (
        lines.kinds[following.index] in ("contact", "footer") or _ADDRESS.match(following.text)
    ):
        return False
    alike = are_set_alike(block, text)
    if following is None:
        beside = block.node.getparent() is text.node.getparent()
        return block.text.isupper() and not alike and not (beside and (block.level or block.has(BOLD)))
    boxed = following.node is block.node or following.node.getparent() is block.node.getparent()
    among = block.node.getparent() is text.node.getparent() and following.node is not block.node
    return boxed and not alike and not among


_ADDRESS: Final = re.compile(r"^(?:trụ sở|tòa soạn|địa chỉ liên hệ|đ/c|mã số thuế)\b.{0,20}:", re.IGNORECASE)
