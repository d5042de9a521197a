"""Where the article stands among the lines of a page: its headline, its body's container, its first and
last line.

Found without class names a site could change: by the title the page claims, by where running text gathers,
and by the printed lines that close an article. Class names count only as weak, general signs (a `comment`
box).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from lxml.html import HtmlElement

from archive.text import fold
from crawler.attachments import is_document
from crawler.blocks import BOLD, CAPTION, CHROME, FIGURE, ITALIC, ITEM, Block
from crawler.dates import is_date_line
from crawler.declared import DeclaredNodes
from crawler.landmarks import CLOSERS, FINAL_CLOSERS, landmark
from crawler.metadata import Metadata

_SENTENCE_END: Final = re.compile(r"[.!?…:;][\"”’)\]]*$|[.!?…][\"”’]?\s*\([^()]{2,60}\)$")
# Names that theme authors of every CMS give to what is not the article.
_ASIDE_NAMES: Final = re.compile(
    r"comment|binh-?luan|phan-?hoi|related|lien-?quan|lienquan|tin-?khac|tinkhac|other-?news|"
    r"othernews|sidebar|side-bar|"
    r"footer|foot-|breadcrumb|crumb|menu|navbar|nav-|navigation|(?<![\w-])widget|banner|quang-?cao|"
    r"advert|popup|modal|"
    r"cookie|newsletter|most-?read|most-?view|hot-?news|tin-?moi|tinmoi|tin-?noi-?bat|ticker|marquee|"
    r"weather|thoi-?tiet|"
    r"thongke|thong-ke|counter-|poll|login|search|share|social|tags?-|toolbar|topbar|top-bar|rating|"
    r"pagination|pager|"
    r"teaser|author-?box|respond|disqus|reply|subscribe|suggest|recommend|right-?col|left-?col|"
    r"col-?right|col-?left",
    re.IGNORECASE,
)
_TITLE_NAMES: Final = re.compile(
    r"(?<![a-z])(?:title|headline|tieu-?de|tieude|post-?title|news-?title|entry-?title|heading|"
    r"subject|ten-?bai|lbl-?title|detail-?title)",
    re.IGNORECASE,
)
SITE_NAME: Final = re.compile(
    r"^(?:trang (?:thong tin|tin|chu|web)|cong (?:thong tin|ttdt|tt)|website|web site|ban tuyen giao|"
    r"ban tg|tinh uy|huyen uy|"
    r"thanh uy|thi uy|quan uy|dang uy|dang bo (?:tinh|huyen|thanh pho|thi xa|quan|khoi)|bao (?:dien "
    r"tu )?\w+(?: \w+)?$|tap chi|tin tuc$|chi tiet|"
    r"trang chu|home|ubnd|uy ban nhan dan|dang cong san|welcome|untitled|bai viet$|tin bai$|noi dung|"
    r"van phong|hoc vien|truong chinh tri|uy ban|"
    r"xem tin|doc tin|news|detail|index|default|(?:huyen|tinh|thanh pho|thi xa|thi tran|xa|phuong|"
    r"quan)(?: \w+){1,3}$)"
)
_CONTAINER_SKIPS: Final = frozenset(
    "p li ul ol blockquote h1 h2 h3 h4 h5 h6 center pre figure figcaption dl dt dd tr address".split()
)


@dataclass(slots=True)
class Layout:
    """The article's place among a page's blocks."""

    blocks: list[Block]
    kinds: list[str | None]
    """Landmark kind of each block."""
    paragraphs: list[int]
    """Indexes of blocks that read like running text and stand in no widget."""
    headline_at: int | None
    """Index of the printed headline; None when it is not printed."""
    container: HtmlElement | None
    """The element that holds the body's lines; None when no running text was found."""
    start: int
    """Index of the first block after the headline that may belong to the article."""
    body_start: int
    """Index of the first block of the body's container (after the headline)."""
    end: int
    """Index after the last block of the body."""
    intruders: frozenset[int]
    """Blocks of widgets between the paragraphs."""
    headline_score: float = 0.0
    """How sure the headline is: 1 or more when the page's own title agrees with it."""


_VERB: Final = re.compile(
    r"\b(?:hop|to chuc|khai (?:mac|giang)|be (?:mac|giang)|trien khai|tong ket|so ket|lam viec|tham|"
    r"trao|tang|don|tiep|ban hanh|quan triet|"
    r"toa dam|giao ban|day manh|tang cuong|ra mat|phat dong|ky niem|cong bo|kiem (?:tra|diem)|giam "
    r"sat|cho y kien|thong qua|doi thoai|tap huan|"
    r"boi duong|ket nap|gap mat|chuc|vieng|huong ung|nang cao|doi moi|lanh dao|thuc hien|xay dung|"
    r"hoc tap|duoc|da|se|cua|lam|voi|ve|chu|"
    r"phoi hop|ket qua|bao cao|hoi nghi|hoi thao|le|chi dao|thong bao|hoan thanh|sap xep|cham lo|ho "
    r"tro|ung ho|mit tinh|danh gia)\b"
)


def is_site_name(words: str) -> bool:
    """Return whether folded words are a site's or office's name rather than a headline that begins with one.

    >>> is_site_name("ban tuyen giao tinh uy lai chau"), is_site_name("dang uy phuong kim ma toa dam khoi doan the")
    (True, False)
    """
    return bool(SITE_NAME.match(words)) and words.count(" ") < 14 and not _VERB.search(_without_name(words))


def _without_name(words: str) -> str:
    # `xây dựng Đảng`, `tuyên giáo` and the like belong to names.
    return re.sub(
        r"\b(?:xay dung dang|thong tin dien tu|cua (?:tinh|huyen|ban|dang)|uy ban|ve viec|le loi)\b",
        "",
        words,
    )


def find_layout(blocks: list[Block], metadata: Metadata, declared: DeclaredNodes | None = None) -> Layout:
    """Find the article among the page's blocks; `declared` is what the family's selectors already found."""
    if declared is not None:
        return _declared_layout(blocks, declared)
    asides = _Asides()
    kinds = [_kind(block, blocks) for block in blocks]
    paragraphs = [
        block.index
        for block in blocks
        if reads_like_prose(block, kinds[block.index])
        and not block.has(CHROME)
        and not asides.holds(block.node)
    ]
    if not paragraphs:
        paragraphs = [block.index for block in blocks if reads_like_prose(block, kinds[block.index])]
    scores = _headline_scores(blocks, kinds, metadata, asides)
    best, best_score = _surest_headline(scores, paragraphs, blocks)
    sure = best if best is not None and (best_score >= 1.0 or _is_only_h1(best, best_score, blocks)) else None
    container = _body_container(blocks, kinds, paragraphs, sure)
    container = _with_pictures(container, blocks, kinds, paragraphs)
    inside = _inside(container, blocks)
    first = next((i for i in paragraphs if i in inside and (sure is None or i > sure)), None)
    if first is None and not paragraphs:
        first = _first_picture(blocks)
    if first is not None and (sure is None or sure > first):
        best, best_score = _headline_before(first, scores, blocks, kinds, frozenset(paragraphs))
        if best_score < 0.12 and _opens_as_headline(blocks[first], blocks[first + 1 :]):
            best, best_score = first, 0.3
            first = next((i for i in paragraphs if i in inside and i > best), None)
    start = best + 1 if best is not None else (first or 0)
    if container is None and best is not None:
        inside = frozenset(range(start, len(blocks)))
    body_start = next((i for i in range(start, len(blocks)) if i in inside), start)
    end, intruders = _find_end(blocks, kinds, paragraphs, inside, start, body_start, first, container)
    return Layout(
        blocks=blocks,
        kinds=kinds,
        paragraphs=paragraphs,
        headline_at=best,
        container=container,
        start=start,
        body_start=body_start,
        end=end,
        intruders=intruders,
        headline_score=best_score,
    )


def _declared_layout(blocks: list[Block], declared: DeclaredNodes) -> Layout:
    kinds = [_kind(block, blocks) for block in blocks]
    paragraphs = [block.index for block in blocks if reads_like_prose(block, kinds[block.index])]
    titles = _inside(declared.headline, blocks)
    at = min(titles, default=None)
    inside = _inside(declared.body, blocks)
    start = at + 1 if at is not None else 0
    body_start = min((i for i in inside if i >= start), default=start)
    first = next((i for i in paragraphs if i in inside), None)
    end, intruders = _find_end(blocks, kinds, paragraphs, inside, start, body_start, first, declared.body)
    return Layout(
        blocks=blocks,
        kinds=kinds,
        paragraphs=paragraphs,
        headline_at=at,
        container=declared.body,
        start=start,
        body_start=body_start,
        end=end,
        intruders=intruders,
        headline_score=2.0,
    )


# Headings that close an article when links follow, and are its own subheads when text does.
_AMBIGUOUS: Final = re.compile(
    r"^\W*(?:chu de|chuyen de|thong bao|su kien|noi dung|danh muc|lien quan|y kien.{0,20}|hinh anh|"
    r"tieu diem|video|noi bat|van ban.{0,20}|tai lieu.{0,20})\W*$"
)


def _kind(block: Block, blocks: Sequence[Block]) -> str | None:
    kind = landmark(block.text) if block.text else None
    if (
        kind in ("related", "tags", "comments")
        and block.link_share < 0.5
        and _AMBIGUOUS.match(fold(block.text))
    ):
        after = next((other for other in blocks[block.index + 1 : block.index + 4] if other.text), None)
        same = after is not None and (
            after.node.getparent() in (block.node.getparent(), block.node.getnext())
        )
        if (
            after is not None
            and same
            and after.link_share < 0.2
            and len(after.text) >= 40
            and after.text[-1] in ".;:"
        ):
            return None
    if kind in ("contact", "tags") and _text_goes_on(block, blocks):
        return None
    return kind


def _text_goes_on(block: Block, blocks: Sequence[Block]) -> bool:
    """Whether running text follows at once in the same container: an announcement's address between its
    paragraphs, the keywords under a scholarly article's abstract.
    """
    home = container_of(block)
    prose = 0
    for after in [other for other in blocks[block.index + 1 : block.index + 12] if other.text][:5]:
        kind = landmark(after.text)
        if (kind in CLOSERS and kind != "contact") or after.link_share > 0.6:
            return False
        if (
            kind is None
            and len(after.text) >= 90
            and after.text[-1] in ".;:…!?"
            and _alike(container_of(after), home)
        ):
            prose += 1
    return prose >= 1


def reads_like_prose(block: Block, kind: str | None) -> bool:
    """Return whether a line reads like running text: long enough, or a whole sentence, and no link list."""
    text = block.text
    if len(text) < 40 or kind is not None or block.link_share > 0.5 or block.has(CAPTION) or block.level == 1:
        return False
    if block.has(FIGURE) and len(text) < 160:
        return False
    if (
        len(text) < 110
        and text.count("/") + text.count(":") >= 2
        and (is_date_line(text) or _is_stamped(text))
    ):
        return False
    if _SENTENCE_END.search(text):
        return text.count(" ") >= 6
    # Without a full stop it may be a long headline or subhead: bold, or set in a heading.
    return len(text) >= 140 and not (block.level or (block.has(BOLD) and len(text) < 260))


_STAMP: Final = re.compile(
    r"\d{1,2}[:h]\d{2}.{0,24}\d{1,2}[/-]\d{1,2}[/-]\d{4}|"
    r"\d{1,2}[/-]\d{1,2}[/-]\d{4}.{0,12}\d{1,2}[:h]\d{2}|\d{1,2}[/-]\d{1,2}[/-]\d{4}\s*\|"
)


def _is_stamped(text: str) -> bool:
    """A short line that prints day and time together: a stamp, not a sentence."""
    return bool(_STAMP.search(text))


class _Asides:
    """Remembers which elements stand in something named as a widget."""

    __slots__ = ("known",)

    def __init__(self) -> None:
        self.known: dict[HtmlElement, bool] = {}

    def holds(self, node: HtmlElement) -> bool:
        chain: list[HtmlElement] = []
        element: HtmlElement | None = node
        verdict = False
        while element is not None:
            if element in self.known:
                verdict = self.known[element]
                break
            chain.append(element)
            element = element.getparent()
        for link in reversed(chain):
            if link.tag in ("body", "html", "form", "main", "article"):
                verdict = False
            elif not verdict:
                verdict = _named_aside(link)
            self.known[link] = verdict
        return verdict


def _named_aside(element: HtmlElement) -> bool:
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return (
        len(names) > 1
        and bool(_ASIDE_NAMES.search(names))
        and not re.search(r"content|article|detail|main|page|wrap|body", names, re.IGNORECASE)
    )


@lru_cache(maxsize=8192)
def bare(text: str) -> str:
    """Return the folded words of a line, for comparing titles.

    >>> bare("“Ba cùng” – cách làm của Đảng bộ")
    'ba cung cach lam cua dang bo'
    """
    return " ".join(re.findall(r"\w+", fold(text)))


def _headline_scores(
    blocks: Sequence[Block], kinds: Sequence[str | None], metadata: Metadata, asides: _Asides
) -> dict[int, float]:
    claims = [bare(part) for part in metadata.title_parts()]
    claims = [claim for claim in claims if len(claim) >= 8 and not is_site_name(claim)]
    site = bare(metadata.site_name or "")
    scores: dict[int, float] = {}
    for block in blocks:
        text = block.text
        if not 8 <= len(text) <= 400 or block.has(CAPTION) or block.row:
            continue
        setting = _setting(block)
        if setting < 0 and block.link_share > 0.8:
            continue  # a menu's or list's item: the headline may be a link, but then it is set as a title
        words = bare(text)
        score = _title_match(words, claims) if words and words != site else 0.0
        # An article may be about voting or comments: a landmark's words are its headline when the title
        # says so.
        if score < 1.0 and (kinds[block.index] in _NEVER_HEADLINES or is_date_line(text)):
            continue
        score += setting
        if is_site_name(words) and score < 1.2:
            score -= 0.5
        if block.has(CHROME) or asides.holds(block.node):
            score -= 0.5
        if score > 0.05:
            scores[block.index] = score
    return scores


_NEVER_HEADLINES: Final = frozenset({"contact", "footer", "counter", "tools", "comments", "rating"})


def _title_match(words: str, claims: Sequence[str]) -> float:
    best = 0.0
    for claim in claims:
        if words == claim:
            return 1.2 if len(claim) >= 20 else 1.0
        if (len(words) >= 24 and words in claim) or (len(claim) >= 40 and words.startswith(claim)):
            best = max(best, 1.0)
        elif len(claim) >= 30 and claim in words and len(claim) > 0.8 * len(words):
            best = max(best, 0.9)
    return best


def _setting(block: Block) -> float:
    score = {0: 0.0, 1: 0.6, 2: 0.4, 3: 0.3, 4: 0.2, 5: 0.15, 6: 0.1}[block.level]
    node: HtmlElement | None = block.node
    for _ in range(2):
        if node is None or node.tag in ("body", "form"):
            break
        names = f"{node.get('class') or ''} {node.get('id') or ''}"
        if node.get("itemprop") == "headline":
            score += 0.6
            break
        if _TITLE_NAMES.search(names):
            score += 0.25
            break
        node = node.getparent()
    if block.has(BOLD) and not block.level:
        score += 0.15
    if block.link_share > 0.8:
        score -= 0.35
    if block.has(ITEM):
        score -= 0.3
    if block.text.lower().startswith("null "):
        score -= 0.5  # Liferay prints a missing icon's name before the portlet's own copy of the title
    if _SENTENCE_END.search(block.text) and block.text[-1] in ".;:":
        score -= 0.2
    return score


def _surest_headline(
    scores: dict[int, float], paragraphs: Sequence[int], blocks: Sequence[Block]
) -> tuple[int | None, float]:
    """The best-scored line; of equals the one nearest before running text."""
    if not scores:
        return None, 0.0
    last = paragraphs[-1] if paragraphs else None
    if last is not None:
        # Nothing is the headline of what stands above it.
        scores = {i: score - (0.6 if i >= last else 0.0) for i, score in scores.items()}
    top = max(scores.values())
    near = [i for i, score in scores.items() if score >= top - 0.12]
    if len(near) > 1:
        near.sort(key=lambda i: (_prose_after(i, paragraphs, blocks), scores[i]), reverse=True)
    return near[0], scores[near[0]]


def _prose_after(index: int, paragraphs: Sequence[int], blocks: Sequence[Block]) -> int:
    return sum(min(len(blocks[i].text), 400) for i in paragraphs if index < i <= index + 25)


def _opens_as_headline(block: Block, after: Sequence[Block]) -> bool:
    """A bold single sentence over text that is not bold: a headline that ends in a full stop."""
    following = next((other for other in after if other.text), None)
    return (
        block.has(BOLD)
        and len(block.text) <= 220
        and following is not None
        and not following.has(BOLD)
        and not re.search(r"[.!?]\s+[A-ZÀ-ỸĐ]", block.text)
    )


def _is_only_h1(index: int, score: float, blocks: Sequence[Block]) -> bool:
    """Whether a line is the page's one first-level heading, and not its banner's."""
    return (
        blocks[index].level == 1
        and score >= 0.55
        and sum(1 for block in blocks if block.level == 1 and block.text) == 1
    )


def _first_picture(blocks: Sequence[Block]) -> int | None:
    """The first photograph with a caption under it, where a page has no running text at all."""
    for block, after in pairwise(blocks):
        if (
            block.image is not None
            and not block.links
            and after.text
            and after.flags & (FIGURE | CAPTION | ITALIC)
        ):
            return block.index
    return None


def _headline_before(
    first: int,
    scores: dict[int, float],
    blocks: Sequence[Block],
    kinds: Sequence[str | None],
    prose: frozenset[int],
) -> tuple[int | None, float]:
    """The likeliest headline among the lines before the first paragraph, when no title tag names it."""
    best: int | None = None
    best_score = 0.0
    seen = 0
    dated = False
    for index in range(first - 1, -1, -1):
        block = blocks[index]
        if not block.text:
            continue
        seen += 1
        if seen > 30:
            break
        dated = dated or is_date_line(block.text)
        if (
            (block.has(CHROME) and not block.level)
            or block.has(FIGURE)
            or (index in prose and block.text[-1] in ".?!" and not block.has(BOLD))
        ):
            continue
        if (
            kinds[index] is not None
            or is_date_line(block.text)
            or not 12 <= len(block.text) <= 400
            or block.has(CAPTION)
        ):
            continue
        if block.link_share > 0.6 and scores.get(index, 0.0) < 0.6:
            continue
        words = block.text.count(" ") + 1
        score = scores.get(index, 0.0) + min(words, 16) * 0.03 - seen * 0.015
        if dated and words >= 6:
            score += 0.25  # what stands between the date and the text is a lead more often than the headline
        if words < 4:
            score -= 0.2
        if block.text[-1] in ".;,":
            score -= 0.3
        if score > best_score:
            best, best_score = index, score
    return best, best_score


def container_of(block: Block) -> HtmlElement:
    """Return the element whose child a paragraph is: past `p`, list and heading elements."""
    node: HtmlElement = block.node
    while node.tag in _CONTAINER_SKIPS:
        parent = node.getparent()
        if parent is None:
            break
        node = parent
    return node


def _body_container(
    blocks: Sequence[Block], kinds: Sequence[str | None], paragraphs: Sequence[int], headline: int | None
) -> HtmlElement | None:
    """The element in which running text gathers: each paragraph votes for its container and, ever less, for
    those around it. Text after a closing landmark, and teasers under a link, weigh little.
    """
    votes: dict[HtmlElement, float] = {}
    closed = 1.0
    wanted = set(paragraphs)
    previous: Block | None = None
    for block in blocks[headline + 1 if headline is not None else 0 :]:
        if not block.text:
            continue
        kind = kinds[block.index]
        if headline is not None and votes and kind in CLOSERS:
            closed *= 0.25 if kind in FINAL_CLOSERS else 0.5
        if block.index in wanted:
            weight = min(len(block.text), 1500) * (1 - block.link_share) * max(closed, 0.02)
            if previous is not None and previous.link_share > 0.8 and len(previous.text) >= 20:
                weight *= 0.25
            node: HtmlElement | None = container_of(block)
            share = 1.0
            for _ in range(6):
                if node is None or node.tag == "html":
                    break
                votes[node] = votes.get(node, 0.0) + weight * share
                node = node.getparent()
                share *= 0.8
        previous = block
    if not votes:
        return None
    return max(votes, key=lambda node: votes[node])


def _with_pictures(
    container: HtmlElement | None,
    blocks: Sequence[Block],
    kinds: Sequence[str | None],
    paragraphs: Sequence[int],
) -> HtmlElement | None:
    """A photo story's lead stands in a box of its own, its photographs after it: widen the box to hold them."""
    for _ in range(3):
        if container is None or container.tag in ("body", "html", "form", "article", "main"):
            return container
        inside = _inside(container, blocks)
        if len(inside.intersection(paragraphs)) > 2:
            return container
        parent = container.getparent()
        last = max(inside, default=-1)
        ahead = []
        for block in blocks[last + 1 : last + 7]:
            if kinds[block.index] in CLOSERS:
                break
            ahead.append(block)
        pictures = sum(1 for block in ahead if block.image is not None and not block.links)
        captions = sum(1 for block in ahead if block.has(CAPTION))
        if parent is None or pictures + captions < 2:
            return container
        container = parent
    return container


def _inside(container: HtmlElement | None, blocks: Sequence[Block]) -> frozenset[int]:
    if container is None:
        return frozenset()
    nodes = set(container.iter())
    return frozenset(block.index for block in blocks if block.node in nodes)


def _find_end(
    blocks: Sequence[Block],
    kinds: Sequence[str | None],
    paragraphs: Sequence[int],
    inside: frozenset[int],
    start: int,
    body_start: int,
    first: int | None,
    container: HtmlElement | None,
) -> tuple[int, frozenset[int]]:
    """Walk from the body's start to where the article closes; widgets it flows around are intruders."""
    prose = set(paragraphs)
    intruders: set[int] = set()
    index = body_start
    last = max(inside, default=start - 1) + 1
    seen = 0
    while index < last:
        block = blocks[index]
        if index not in inside:
            intruders.add(index)
            index += 1
            continue
        if index in prose:
            seen += len(block.text)
        boxed = _teaser_box(index, last, blocks, container)
        if boxed is not None:
            intruders.update(range(index, boxed))
            if blocks[index - 1].image is not None and blocks[index - 1].links:
                intruders.add(index - 1)
            index = boxed
            continue
        kind = closing_kind(index, blocks, kinds, last)
        if kind in CLOSERS:
            resume = (
                None
                if kind in ("rating", "tags") and seen
                else _resumes(index, last, blocks, kinds, prose, kind or "")
            )
            if resume is not None:
                intruders.update(range(index, resume))
                index = resume
                continue
            if seen or first is None or index > first:
                return index, frozenset(intruders)
        index += 1
    return last, frozenset(intruders)


def _teaser_box(index: int, last: int, blocks: Sequence[Block], container: HtmlElement | None) -> int | None:
    """Where a box of another article's link and teaser, set between the paragraphs without a heading, ends."""
    block = blocks[index]
    if container is None or block.link_share < 0.8 or len(block.text) < 20:
        return None
    if any(is_document(link, "http://localhost/") for link in block.links):
        return None
    box = _box(block, container)
    if box is None or box.tag in ("p", "li", "ul", "ol", "table"):
        return None
    end = index
    chars = 0
    while end < last and _within(blocks[end].node, box):
        chars += len(blocks[end].text)
        end += 1
    return end if chars <= 500 else None


def closing_kind(index: int, blocks: Sequence[Block], kinds: Sequence[str | None], last: int) -> str | None:
    """The landmark kind of a line, or `related` for an unknown heading that only links follow."""
    kind = kinds[index]
    if kind is not None:
        return kind
    block = blocks[index]
    if (
        not block.text
        or len(block.text) > 60
        or (_SENTENCE_END.search(block.text) and block.text[-1] in ".;)”")
    ):
        return None
    if block.link_share >= 0.8:
        return None
    for follower in blocks[index + 1 : min(last, index + 8)]:
        if not follower.text:
            continue
        # A subhead is followed by a paragraph, never by a headline that is nothing but a link.
        if follower.link_share > 0.8 and len(follower.text) >= 20:
            return (
                None if any(is_document(link, "http://localhost/") for link in follower.links) else "related"
            )
        if not is_date_line(follower.text):
            return None
    return None


def _resumes(
    index: int, last: int, blocks: Sequence[Block], kinds: Sequence[str | None], prose: set[int], kind: str
) -> int | None:
    """Where the article goes on after a widget that starts at `index`; None when it does not.

    It goes on when, after the widget's links, a paragraph stands in the same container as the paragraphs
    before.
    """
    if kind in FINAL_CLOSERS and kind != "footer":
        return None
    home = _home(index, blocks, prose)
    box = _box(blocks[index], home)
    if box is None and home is not None and blocks[index].node is not home:
        box = _box(blocks[index], home.getparent())
    after = index + 1
    links = blocks[index].link_share > 0.5 or kind == "footer"
    while after < last:
        block = blocks[after]
        inside_box = box is not None and _within(block.node, box)
        links = links or block.link_share > 0.8
        if not inside_box:
            if (
                after in prose
                and len(block.text) >= 60
                and (home is None or _alike(container_of(block), home))
            ):
                if _teased(after, blocks, box) or (box is None and not links):
                    return None
                return after
            if (
                block.text
                and block.link_share < 0.8
                and not is_date_line(block.text)
                and kinds[after] is None
            ):
                if block.has(CAPTION) or (
                    len(block.text) < 200
                    and home is not None
                    and _alike(container_of(block), home)
                    and box is not None
                    and not _only_links_left(after, last, blocks)
                ):
                    return after if _prose_follows(after, last, blocks, prose, home) else None
                return None
            if kinds[after] in FINAL_CLOSERS:
                return None
        after += 1
    return None


def _alike(one: HtmlElement, other: HtmlElement) -> bool:
    """Whether two containers are one, or two parts of one text: siblings of the same build."""
    if one is other:
        return True
    return (
        one.getparent() is other.getparent()
        and one.tag == other.tag
        and one.get("class") == other.get("class")
    )


def _prose_follows(
    index: int, last: int, blocks: Sequence[Block], prose: set[int], home: HtmlElement | None
) -> bool:
    return any(
        i in prose and len(blocks[i].text) >= 60 and (home is None or _alike(container_of(blocks[i]), home))
        for i in range(index, min(last, index + 4))
    )


def _only_links_left(index: int, last: int, blocks: Sequence[Block]) -> bool:
    return all(not block.text or block.link_share > 0.8 for block in blocks[index + 1 : last])


def _home(index: int, blocks: Sequence[Block], prose: set[int]) -> HtmlElement | None:
    for before in range(index - 1, -1, -1):
        if before in prose:
            return container_of(blocks[before])
    return None


def _box(block: Block, home: HtmlElement | None) -> HtmlElement | None:
    """The widget's own element: the topmost ancestor of its heading below the paragraphs' container."""
    if home is None:
        return None
    node: HtmlElement = block.node
    if node is home:
        return None
    while True:
        parent = node.getparent()
        if parent is None:
            return None
        if parent is home:
            return node
        node = parent


def _within(node: HtmlElement, box: HtmlElement) -> bool:
    element: HtmlElement | None = node
    while element is not None:
        if element is box:
            return True
        element = element.getparent()
    return False


def _teased(index: int, blocks: Sequence[Block], box: HtmlElement | None) -> bool:
    """Whether a paragraph is the teaser of the link above it rather than the article going on."""
    if box is not None:
        return False
    for before in range(index - 1, max(index - 3, -1), -1):
        if blocks[before].text:
            return blocks[before].link_share > 0.8
    return False


def tree_distance(one: HtmlElement, other: HtmlElement) -> int:
    """Return the steps in the tree from one element up to the common ancestor and down to the other."""
    own = {node: steps for steps, node in enumerate((one, *one.iterancestors()))}
    return next(
        (own[node] + steps for steps, node in enumerate((other, *other.iterancestors())) if node in own), 99
    )
