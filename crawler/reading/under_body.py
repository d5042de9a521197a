"""What stands right under an article's text: its author and source, a last photograph, its documents."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from crawler.bylines import read_byline
from crawler.dates import is_date_line
from crawler.landmarks import AFTERWORDS
from crawler.reading.attachments import is_document
from crawler.reading.blocks import Block
from crawler.reading.layout import FOOT, Layout
from crawler.reading.signature_labels import CREDITED
from crawler.reading.tree import is_named
from crawler.reading.typesetting import CAPTION, RIGHT


def article_zone(layout: Layout) -> list[Block]:
    """Return where documents are offered: the article, and what follows up to a list or a footer."""
    zone = [
        block for block in layout.blocks[layout.start : layout.end] if block.index not in layout.intruders
    ]
    for block in layout.blocks[layout.end : layout.end + 24]:
        if layout.kinds[block.index] in AFTERWORDS:
            break
        zone.append(block)
    return zone


def pictures_under(layout: Layout) -> list[int]:
    """Return the indexes of a photograph and its caption that stand right under the body's element."""
    here = layout.blocks[layout.end : layout.end + 3]
    if len(here) < 2 or here[0].image is None or not here[1].has(CAPTION) or here[1].level:
        return []
    if here[0].links or here[1].links or read_byline(here[1].text) is not None or here[1].text.count(" ") < 3:
        return []  # another article's, an author's portrait, an advertisement's
    if here[-1].image is not None:
        return []  # the first of several cards
    return [block.index for block in here[:2]]


def lines_after(layout: Layout, lines: Sequence[Block]) -> list[Block]:
    """Return the few lines under the body's last, where CMSs print author and source: to the next closer."""
    last = lines[-1].index if lines else layout.start
    found: list[Block] = []
    passed = away = False
    for block in layout.blocks[last + 1 : min(layout.end + FOOT, layout.foot)]:
        away = away or (passed and (block.image is not None or block.level > 0))  # in another box by now
        if not block.text or block.index in layout.intruders or any(map(is_document, block.links)):
            continue
        kind = layout.kinds[block.index]
        if kind in AFTERWORDS and block.index >= layout.end:
            if kind != "related":
                break
            passed = True
        # A line of words past the list is of another box.
        said = (
            kind is None and not block.links and not (_is_signed_on_right(block) or is_date_line(block.text))
        )
        away = away or (passed and said)
        far = passed or block.index > layout.end + 14
        if far and not (_is_marked_author(block) or (_is_signed_on_right(block) and not away)):
            continue  # past a list of other articles only what the page itself marks as this one's author
        if kind is None and not block.has(CAPTION) and not _is_in_site_footer(block):
            found.append(block)
    return found


def _is_in_site_footer(block: Block) -> bool:
    """Whether a line stands in the page's footer; an article's own is called `entry-footer`, or is in it."""
    nameless = False
    for node in block.node.iterancestors():
        if node.tag in ("article", "body"):
            return nameless and node.tag == "body"
        names = f"{node.get('class') or ''} {node.get('id') or ''}"
        if _SITE_FOOTER.search(names):
            return True
        nameless = nameless or (node.tag == "footer" and not names.strip())
    return nameless


def _is_signed_on_right(block: Block) -> bool:
    """Whether a line on the right names author or source after its label: no card of another article does."""
    return block.has(RIGHT) and not block.links and CREDITED.match(block.text) is not None


def _is_marked_author(block: Block) -> bool:
    linked = any("author" in (link.get("rel") or "").split() for link in block.links)
    return linked or is_named(block, _POST_AUTHOR)


_POST_AUTHOR: Final = re.compile(r"(?<![a-z])(?:post|entry)-author|posted-by|(?<![a-z])byline", re.IGNORECASE)


_SITE_FOOTER: Final = re.compile(
    r"(?:^|\s)(?:site-?|page-?|main-?|global-?|wrapper-?)?footer(?:$|[\s\d])", re.IGNORECASE
)
