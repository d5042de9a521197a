"""Signs that a page is a listing, a form, an error notice or another page that is no article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from archive.text import fold
from crawler.dates import is_date_line
from crawler.landmarks import CLOSERS, landmark
from crawler.reading.attachments import is_document
from crawler.reading.blocks import Block
from crawler.reading.layout import Layout
from crawler.reading.metadata import Metadata
from crawler.reading.typesetting import CHROME

_NOT_FOUND: Final = re.compile(
    r"khong tim thay (?:trang|noi dung|bai viet|du lieu|ket qua|tin|muc(?! (?:tieu|dich))|duong dan|yeu cau)|"
    r"(?:trang|bai viet|noi dung|tin|duong dan|lien ket|file|tai nguyen)(?: \w+){0,6} "
    r"(?:khong ton tai|da bi xoa|khong con ton tai|khong duoc tim thay|da bi go|khong kha dung)|"
    r"(?:loi|error) 40[34]|40[34] (?:not found|error|forbidden)|page not found|not be found|nothing "
    r"(?:here|was found|matched)|(?:noi dung|du lieu) (?:dang )?(?:duoc )?cap nhat|chua co (?:du "
    r"lieu|bai viet|noi dung)|"
    r"runtime error|server error in|khong co (?:du lieu|bai viet)"
)
_SEARCH: Final = re.compile(
    r"^(?:(?:chuyen muc|danh muc|the|tag|category|luu tru|archives?|nhan|author|month|year|day|tac "
    r"gia|thang|nam)\s?: |luu tru |ket qua tim kiem$|ket qua cho|tim kiem|search results|results for|"
    r"thang (?:\w+ ){0,2}\d{4}(?: |$)|tim thay \d+|co \d+ ket qua)"
)
# What the title tag of a page of results says.
_RESULTS: Final = re.compile(
    r"^(?:ket qua tim kiem(?: cho| voi| theo)?(?: tu khoa)?\W*(?:$|[:|“\"-])|ket qua tim kiem (?:cho|voi) |"
    r"search results)"
)
# No article is called so, however much text stands under it.
_SURE_SEARCH: Final = re.compile(
    rf"{_RESULTS.pattern}|^(?:ket qua cho|results for|(?:tim thay|co) \d+ ket qua|"
    r"(?:chuyen muc|danh muc|tag|category|archives?) ?: |tim kiem ?(?:[:“]|voi|$))"
)
_FORM_PAGE: Final = re.compile(
    r"^(?:dang nhap|dang ky|lien he|quen mat khau|login|so do (?:site|trang|cong)|hoi dap|gop y|"
    r"contact|sitemap|thu vien (?:anh|video)|lich cong tac)(?: \w+){0,2}$"
)
# What WordPress writes on `body` for archives, searches, its front page and its error page.
_WORDPRESS_LISTS: Final = frozenset({"archive", "search-results", "search-no-results", "error404", "blog"})
_HOME_PATHS: Final = re.compile(
    r"^/?(?:index\.(?:php|html?|aspx?)|default\.aspx?|home|trang-chu|vi|vn|web/guest)?/?$", re.IGNORECASE
)


def listing_sign(layout: Layout, metadata: Metadata, headline: str | None, body: str, url: str) -> str | None:
    """Return why the page is no article; None when it may be one."""
    parts = urlsplit(url)
    routed = "/" in parts.fragment  # `/#/chi-tiet/...`: a page that a script shows
    if _HOME_PATHS.match(parts.path) and not parts.query and not routed:
        return "the URL is a home page"
    if metadata.page_classes & _WORDPRESS_LISTS and "single" not in metadata.page_classes:
        return "the page calls itself an archive or a list"
    folded = fold(headline or "")
    title = fold(next(iter(metadata.titles()), ""))
    found = (
        _SURE_SEARCH.match(folded)
        or (layout.headline_score < 1.0 and _RESULTS.match(title) and _prose(layout) < 3)
        or (_SEARCH.match(folded) and _prose(layout) < 3)
    )
    if found or _NUMBERED_PAGE.search(title) or title.startswith("tac gia: "):
        return "a listing or a page of search results"
    if (why := _form_sign(layout, folded, title, body)) is not None:
        return why
    if _BROKEN.match(folded) or _BROKEN.match(title):
        return "the server's own account of an error"
    if (
        _UTILITY.match(folded)
        and _prose(layout) < 3
        and (not _is_dated(layout) or (folded.startswith("danh ba") and _is_table(layout)))
    ):
        return "a page of the site's furniture: a schedule, a chart, a poll, feeds"
    visible = fold(" ".join(_visible(layout))[:600])
    if (_NOT_FOUND.search(visible) or _NOT_FOUND.search(folded)) and len(body) < 400:
        return "a page that says there is nothing here"
    if any(_HOME_TITLE.match(fold(title)) for title in metadata.titles()[:1]) and _prose(layout) < 2:
        return "the page calls itself the home page"
    if _is_register(layout, visible):
        return "a document's record, not an article"
    if _PROTECTED.search(visible) and len(body) < 300:
        return "a page behind a password"
    return _teaser_sign(layout) or _card_sign(layout)


def _form_sign(layout: Layout, headline: str, title: str, body: str) -> str | None:
    """Why a page is a form, or furniture with nothing to head it; headline and title are folded."""
    written = _is_dated(layout) and _prose(layout) > 0
    if _FORM_PAGE.match(headline) and len(headline) < 40 and len(body) < 600 and not written:
        return "a form or index page"
    if layout.headline_score < 1.0 and landmark(headline) in CLOSERS and _prose(layout) == 0:
        return "a box's title where the headline would be"
    if _FORM_TITLE.match(title) and layout.headline_score < 1.0 and len(body) < 900:
        return "a page that asks for a log-in or a message"
    return None


_NUMBERED_PAGE: Final = re.compile(r" [-|–] (?:trang|page) \d+(?: [-|–] |$)")
_FORM_TITLE: Final = re.compile(r"^(?:dang nhap|dang ky|lien he|gop y|login|sign in)\b(?!.{60})")
_BROKEN: Final = re.compile(
    r"^(?:server error in|runtime error$|http error \d|loi (?:may chu|he thong|\d{3})\b|"
    r"(?:rat tiec, |xin loi, )?(?:da )?(?:co loi xay ra|xay ra loi|gap loi)$)"
)


def _visible(layout: Layout) -> Iterator[str]:
    """The page's text from its headline to the first line that closes an article."""
    for block in layout.blocks[layout.start : max(layout.end, layout.start + 40)]:
        if block.index >= layout.end and layout.kinds[block.index] in CLOSERS:
            break
        yield block.text


def _card_sign(layout: Layout) -> str | None:
    """A section's page under its description: headline after headline is a link with its date or teaser."""
    own = _prose(layout)
    if own > 3:
        return None
    cards = 0
    linked_before = {
        block.index
        for block in layout.blocks
        if block.link_share > 0.8 or (block.image is not None and block.links)
    }
    for block in layout.blocks[layout.start :]:
        if layout.kinds[block.index] in CLOSERS and not _COUNTED_COMMENTS.match(block.text):
            break
        if any(is_document(link) for link in block.links):
            return None
        linked = block.link_share > 0.8 or _is_under_linked_picture(block, layout)
        cards += _ENDS_COUNTED.search(fold(block.text)) is not None or _is_film(block, layout)
        cards += _LENGTH.match(block.text) is not None and block.index - 1 in linked_before
        if linked and len(block.text) >= 20 and not block.has(CHROME):
            after = [other for other in layout.blocks[block.index + 1 : block.index + 3] if other.text]
            cards += any(is_date_line(other.text) for other in after) or (
                len(after) > 0 and after[0].index in layout.paragraphs
            )
        elif cards >= 3 and _PAGER.match(fold(block.text)):
            return "a listing: headlines that are links over a row of page numbers"
    enough = cards >= 4 and own <= 1
    return "a listing: headlines that are links, each with its date or teaser" if enough else None


# A film's title with its day and its viewers, wall to wall: `... hội nông dân26/08/2021 | 2400 lượt xem`.
_ENDS_COUNTED: Final = re.compile(r"\d{1,2}/\d{1,2}/\d{4}\s*[|·•-]\s*[\d.,]+ luot xem$")


# In a card of a list: `Phản hồi: 0`.
_COUNTED_COMMENTS: Final = re.compile(r"^\W*(?:phản hồi|bình luận)\W{1,3}\d+\W*$", re.IGNORECASE)
# A film's length, under its linked picture or title.
_LENGTH: Final = re.compile(r"^(?:\d{1,2}:)?\d{1,2}:\d{2}$")


def _is_film(block: Block, layout: Layout) -> bool:
    """Whether a line is the day and the viewers of a film, under its title and its linked picture."""
    if not is_date_line(block.text) or "luot xem" not in fold(block.text) or block.index < 2:
        return False
    picture, title = layout.blocks[block.index - 2 : block.index]
    return picture.image is not None and bool(picture.links) and bool(title.text)


def _is_under_linked_picture(block: Block, layout: Layout) -> bool:
    """Whether a heading stands under a picture that leads elsewhere: a film of a gallery."""
    before = layout.blocks[max(0, block.index - 2) : block.index]
    return bool(block.level) and any(other.image is not None and other.links for other in before)


# Each number and each row of dots whole, so that no line can be read in many ways.
_PAGER: Final = re.compile(
    r"^(?:trang\W*)?[«‹<]*"
    r"(?:\s*(?:(?<!\d)\d{1,4}(?!\d)|(?<!\.)\.{2,4}(?!\.)|…|\||truoc|sau|dau|cuoi|tiep|next|[»›>])){3,}$"
)


_UTILITY: Final = re.compile(
    r"^(?:lich (?:cong tac|lam viec|tiep cong dan|tuan|truc)|(?:so do )?co cau to chuc|so do to chuc|"
    r"bo may to chuc|(?:ket qua )?(?:tham do|binh chon)(?: y kien| du luan)?|bieu quyet|"
    r"(?:kenh |danh sach )?(?:tin )?rss|danh ba|duong day nong|ban do)\b"
)


def _is_table(layout: Layout) -> bool:
    """Whether the page is a table of many rows: a directory, a week's schedule."""
    return sum(block.row for block in layout.blocks[layout.start : layout.end]) >= _MANY_ROWS


_MANY_ROWS: Final = 5


def _is_dated(layout: Layout) -> bool:
    at = layout.headline_at
    zone = layout.blocks[max(0, (at or 0) - 3) : (at or 0) + 6]
    return any(
        len(block.text) <= 80 and block.index != at and not block.row and is_date_line(block.text)
        for block in zone
        if block.text
    )


_PROTECTED: Final = re.compile(r"password protected|noi dung (?:nay )?(?:duoc|da duoc) bao ve|nhap mat khau")
_HOME_TITLE: Final = re.compile(r"^(?:trang chu|trang nhat|home)\b(?!.{60})")
_DOCUMENT_NUMBER: Final = re.compile(r"\bso (?:hieu|ky hieu|van ban|/ky hieu|, ky hieu)\b|\bky hieu\b")
_DOCUMENT_DAY: Final = re.compile(r"\bngay (?:ban hanh|ky|hieu luc|co hieu luc)\b")


def _prose(layout: Layout) -> int:
    return sum(
        1 for i in layout.paragraphs if layout.start <= i < layout.end and not _under_link(layout.blocks, i)
    )


def _is_register(layout: Layout, visible: str) -> bool:
    """Whether the page lists documents, or gives one's particulars, with no text but a table's rows."""
    text = [i for i in layout.paragraphs if layout.start <= i < layout.end and not layout.blocks[i].row]
    return len(text) < 2 and bool(_DOCUMENT_NUMBER.search(visible)) and bool(_DOCUMENT_DAY.search(visible))


def _teaser_sign(layout: Layout) -> str | None:
    """A listing is paragraphs each under a link of its own; an article has one that is not."""
    inside = [i for i in layout.paragraphs if layout.start <= i < layout.end]
    teased = [i for i in layout.paragraphs if _under_link(layout.blocks, i)]
    if not all(i in teased for i in inside):
        return None
    if len(teased) >= 3 or (
        teased and inside and _under_link(layout.blocks[layout.start :], inside[0] - layout.start)
    ):
        return "a listing: its paragraphs stand each under a link of its own"
    return None


def _under_link(blocks: list[Block], index: int) -> bool:
    """Whether the line above a paragraph, its date and counters aside, is a headline that is a link."""
    for block in reversed(blocks[max(0, index - 7) : index]):
        if not block.text or landmark(block.text) is not None or is_date_line(block.text):
            continue
        return block.link_share > 0.7 and len(block.text) >= 20
    return False
