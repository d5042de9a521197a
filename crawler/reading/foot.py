"""Where the site's own foot begins under an article: its name over its address, or alone at the page's end.

An office's name under a text is its source, the site's name is not: `HUYỆN ỦY TRẠM TẤU` over `Địa chỉ: ...`.
"""

from __future__ import annotations

from typing import Final

from archive.text import fold
from crawler.names import is_organisation
from crawler.reading.blocks import Block
from crawler.reading.lines import Lines, bare
from crawler.reading.signature import is_labelled, named_author
from crawler.reading.site_names import is_site_name
from crawler.reading.typesetting import RIGHT

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
        if _begins_menu(block) or (
            text is not None and _closes_page(block, following, text, lines) and _may_name_site(block)
        ):
            return block.index
    return len(lines.blocks)


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
    if following is not None and lines.kinds[following.index] not in ("contact", "footer"):
        return False
    capitals = block.text.isupper()
    alike = block.node is text.node or (
        block.node.tag == text.node.tag
        and block.node.getparent() is text.node.getparent()
        and block.node.get("class") == text.node.get("class")
    )
    if following is None:
        return capitals and not alike
    boxed = following.node is block.node or following.node.getparent() is block.node.getparent()
    return boxed and (capitals or not alike)
