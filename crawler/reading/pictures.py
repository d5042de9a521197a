"""The photographs of an article and the captions printed with them.

A caption is told by how it is set, not by its class: inside a figure or the image's own table cell, beside
the image in one paragraph, italic or centred under it, equal to the image's `alt`, or printed twice.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from lxml.html import HtmlElement

from archive.model import Image
from crawler.reading.blocks import Block
from crawler.reading.caption_words import caption_and_credit, read_credit
from crawler.reading.captions import (
    MAX_CAPTION_CHARS,
    caption_blocks,
    is_under_video,
    numbers_picture,
    stands_under_figcaption,
)
from crawler.reading.lines import bare
from crawler.reading.typesetting import CAPTION, FIGURE, RUN_CLASS
from crawler.urls import absolute_url

MAX_PICTURES: Final = 1000
"""Photographs read of one page, a bound on hostile ones; the longest photo story seen has some 60."""
_SOURCES: Final = (
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-lazy",
    "data-srcset",
    "srcset",
    "data-url",
    "src",
)
_NO_ADDRESS: Final = re.compile(r"^data:|^about:", re.IGNORECASE)
_PLACEHOLDER: Final = re.compile(
    r"^data:|^about:|(?:^|[/_-])(?:blank|spacer|pixel|transparent|loading|lazy|placeholder|grey|1x1|"
    r"space|clear|no-?image|noimg|default-?thumb)\b[^/]*$",
    re.IGNORECASE,
)
# Judged by the file's whole name, so that `word_image001.jpg` (what Word calls a pasted photograph) is kept.
_ORNAMENT: Final = re.compile(
    r"(?:^|/)(?:(?:[\w-]{0,12}[-_])?(?:icon|logo|button)s?(?:[-_][\w-]{0,12})?|(?:ico|avatar|avt|"
    r"emoji|smil\w*|captcha|rating|stars?|"
    r"print\w*|share|facebook|fb|zalo|twitter|google\w*|"
    r"youtube|button|btn\w*|arrow\w*|bullet\w*|hotline|rss|mail|email|home|search|new|hot|next|prev|"
    r"back|line|dot|bg|"
    r"pdf|word|docx?|excel|xlsx?|zip|rar|download|tin-?nhiem-?mang|dmca\w*|"
    r"bo-?cong-?thuong)[\d_-]{0,6}(?:x\d+)?)\.(?:gif|png|jpe?g|svg|webp|ico)$"
    r"|/(?:in|loa)\.(?:gif|png)$|/(?:i|ico)/[\w-]+\.svg$"
    r"|/_layouts/(?:\d\d/)?images/|/(?:icons?|smilies|emoji|avatars?|qc|ads?|quang-?cao|banners?)/|gravatar\.com",
    re.IGNORECASE,
)


def read_pictures(
    blocks: Sequence[Block], spans: Sequence[int], headline: str, base_url: str
) -> tuple[tuple[Image, ...], frozenset[int]]:
    """Return the images among the given blocks, and the indexes of the blocks that are their captions.

    `spans` are the indexes of the article's blocks in reading order; `headline` guards against an `alt`
    that only repeats it; `base_url` makes URLs absolute.
    """
    order = list(spans)
    images: list[Image] = []
    captions: set[int] = set()
    repeated = (
        _repeated_lines(blocks, order) | _set_under_pictures(blocks, order) | _told_in_pictures(blocks, order)
    )
    position = {index: place for place, index in enumerate(order)}
    for index in order:
        block = blocks[index]
        if block.image is None or len(images) == MAX_PICTURES:
            continue
        captioned = any(other.has(CAPTION) for other in blocks[index + 1 : index + 2])
        url = image_url(block.image, base_url, captioned=captioned)
        if url is None:
            continue
        found = caption_blocks(blocks, order, position[index], captions, repeated)
        if not found and leads_elsewhere(block):
            continue  # an advertisement or a teaser; a photograph may link to its own page, but is captioned
        captions.update(found)
        lines = [blocks[i].text for i in found]
        caption, credit = caption_and_credit(lines) if lines else (_alt_caption(block.image, headline), None)
        images.append(Image(url=url, caption=caption, credit=credit))
    for before, index in pairwise([order[0], *order] if order else ()):
        block = blocks[index]
        if (
            block.text
            and index not in captions
            and block.has(CAPTION)
            and not stands_under_figcaption(block, blocks[before])
            and len(block.text) <= MAX_CAPTION_CHARS
        ):
            captions.add(index)
            images = _give_to_bare_image(images, block.text)
    captions |= {index for index in order if is_under_video(blocks[index])}
    captions |= _echoes(blocks, order, captions)
    return _without_repeats(images), frozenset(captions)


def image_url(image: HtmlElement, base_url: str, *, captioned: bool = False) -> str | None:
    """Return the absolute URL of a photograph, lazy loading resolved; None for icons and spacers.

    What is `captioned` is a photograph though its file be called `bg.jpg`.
    """
    for name in _SOURCES:
        value = (image.get(name) or "").strip()
        if "srcset" in name and value:
            value = _widest(value)
        blank = _PLACEHOLDER if name == "src" else _NO_ADDRESS
        if value and not blank.search(value.split("?")[0]):
            break
    else:
        value = next(filter(None, map(_address_for_script, image.items())), "")
    if not value:
        return _without_script(image, base_url) or (base_url if _is_inline(image) else None)
    ornament = not captioned and _ORNAMENT.search(value.split("?")[0])
    if ornament or _is_small(image) or value.lower().startswith("javascript:"):
        return None
    return absolute_url(base_url, value)


def _address_for_script(attribute: tuple[str, str]) -> str | None:
    """The picture's file in an attribute of a page's own: `data-large-src`, `data-photo`."""
    name, value = attribute
    own = name.startswith("data-") and name not in _SOURCES and _PICTURE_FILE.search(value)
    return value.strip() if own and not _PLACEHOLDER.search(value.split("?")[0]) else None


_PICTURE_FILE: Final = re.compile(
    r"^\s*[^\s,;{}\"]{1,400}\.(?:jpe?g|png|webp|gif)(?:\?[^\s,;{}\"]{0,400})?\s*$", re.IGNORECASE
)


def _without_script(image: HtmlElement, base_url: str) -> str | None:
    """The address that a page gives to browsers without scripts, right after what a script would fill."""
    after = image.getnext()
    plain = after.find(".//img") if after is not None and after.tag == "noscript" else None
    return image_url(plain, base_url) if plain is not None else None


def _is_inline(image: HtmlElement) -> bool:
    """Whether a photograph stands in the page itself, as pasted from Word, which is then its address."""
    return len(image.get("src") or "") > _LONGEST_SPACER and not _is_small(image)


_LONGEST_SPACER: Final = 1500
"""Characters of a `data:` address; more are a picture."""


def _widest(srcset: str) -> str:
    """The candidate with the greatest width or density; the last of those that give none.

    >>> _widest("/a-1200.jpg 1200w, /a,300.jpg 300w"), _widest("/a.jpg, /b.jpg 2x")
    ('/a-1200.jpg', '/b.jpg')
    """
    candidates = [candidate.split() for candidate in re.split(r",\s+", srcset.strip(" ,"))]
    sizes = [
        float(size[-1][:-1]) if re.fullmatch(r"[\d.]{1,9}[wx]", size[-1]) else 1.0 for size in candidates
    ]
    return max(zip(sizes, range(len(sizes)), candidates, strict=True))[2][0]


def _is_small(image: HtmlElement) -> bool:
    for name in ("width", "height"):
        digits = re.match(r"\d{1,9}(?![\d.]*\s*%)", image.get(name) or "")
        if digits and int(digits.group()) <= 60:
            return True
    return False


def _alt_caption(image: HtmlElement, headline: str) -> str | None:
    """The `alt` that says more than a file name or the headline: it stands in for an unprinted caption."""
    value = " ".join((image.get("alt") or "").split())
    if len(value) < 15 or value.count(" ") < 3 or len(value) > MAX_CAPTION_CHARS:
        return None
    words, title = bare(value), bare(headline)
    if (
        not words
        or words in title
        or title in words
        or re.search(r"\.(?:jpe?g|png|gif|webp|bmp)$", value, re.IGNORECASE)
    ):
        return None
    return value if re.search(r"[à-ỹđ]", value, re.IGNORECASE) else None


def _repeated_lines(blocks: Sequence[Block], order: Sequence[int]) -> frozenset[int]:
    """Lines printed twice in a row under an image: its caption, as a title and again as text."""
    found: set[int] = set()
    lines = [i for i in order if blocks[i].text]
    for one, other in pairwise(lines):
        if len(blocks[one].text) <= MAX_CAPTION_CHARS and blocks[one].text == blocks[other].text:
            found.update((one, other))
    return frozenset(found)


def _set_under_pictures(blocks: Sequence[Block], order: Sequence[int]) -> frozenset[int]:
    """Lines of a class of their own that stands under pictures and nowhere else, twice or more."""
    under: dict[tuple[str, str], list[int]] = {}
    elsewhere: set[tuple[str, str]] = set()
    for before, index in pairwise([order[0], *order] if order else ()):
        block = blocks[index]
        names = block.node.get("class")
        if not block.text or not names or RUN_CLASS.match(names):
            continue
        kind = (block.node.tag, names)
        if blocks[before].image is not None and len(block.text) <= MAX_CAPTION_CHARS:
            under.setdefault(kind, []).append(index)
        else:
            elsewhere.add(kind)
    return frozenset(
        index for kind, lines in under.items() if len(lines) >= 2 and kind not in elsewhere for index in lines
    )


def _told_in_pictures(blocks: Sequence[Block], order: Sequence[int]) -> frozenset[int]:
    """Lines under the number of a gallery's picture: `3/10`, then what is seen.

    Without numbers a short sentence under a picture may be a paragraph of the text as well.
    """
    told = [
        index
        for picture, number, index in zip(order, order[1:], order[2:], strict=False)
        if blocks[picture].image is not None
        and numbers_picture(blocks[number], blocks)
        and 0 < len(blocks[index].text) <= MAX_CAPTION_CHARS
        and not blocks[index].level
        and blocks[index].node.getparent() in (blocks[number].node, blocks[number].node.getparent())
    ]
    return frozenset(told if len(told) >= _FEWEST_TOLD else ())


_FEWEST_TOLD: Final = 3


def _echoes(blocks: Sequence[Block], order: Sequence[int], captions: set[int]) -> set[int]:
    """Lines next to a caption that print it again."""
    texts = {bare(blocks[i].text) for i in captions}
    near = {i + step for i in captions for step in (-2, -1, 1, 2)}
    return {
        i
        for i in order
        if i in near and blocks[i].text and i not in captions and bare(blocks[i].text) in texts
    }


def _give_to_bare_image(images: list[Image], text: str) -> list[Image]:
    caption, credit = text, read_credit(text)
    for place, image in enumerate(images):
        if image.caption is None and caption:
            return [
                *images[:place],
                Image(url=image.url, caption=caption, credit=credit or image.credit),
                *images[place + 1 :],
            ]
    return images


def _without_repeats(images: Sequence[Image]) -> tuple[Image, ...]:
    """Each picture once; one printed twice with two captions stays twice, for both are printed."""
    captioned = {image.url for image in images if image.caption}
    kept: dict[tuple[str, str | None], Image] = {}
    for image in images:
        if image.caption or image.url not in captioned:
            kept.setdefault((image.url, image.caption), image)
    return tuple(kept.values())


_IMAGE_LINK: Final = re.compile(
    r"\.(?:jpe?g|png|gif|webp|bmp)(?:$|[?#])|attachment|^#|^javascript|/uploads?/|/media/|/image",
    re.IGNORECASE,
)


def leads_elsewhere(block: Block) -> bool:
    """Return whether an image links to a page, as an advertisement's or a teaser's does, not to itself."""
    if block.has(FIGURE):
        return False
    return any(link.get("href") and not _IMAGE_LINK.search(link.get("href") or "") for link in block.links)
