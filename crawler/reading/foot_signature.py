"""The signature at an article's foot: in its last lines, in fields under it, under the parts of a digest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice, pairwise
from typing import Final

from archive.text import clean, fold
from crawler.bylines import read_byline
from crawler.bylines.words import ROLE, SONG_WORD
from crawler.dates import is_date_line
from crawler.landmarks import landmark
from crawler.names import is_organisation
from crawler.reading.blocks import Block
from crawler.reading.signature import LABEL, is_labelled, named_author, read_signature
from crawler.reading.signature_labels import (
    CREDITED,
    MAX_SIGNATURE_CHARS,
    Signature,
    labelled_author,
    without_dates,
)
from crawler.reading.typesetting import BOLD, RIGHT

_POSTED: Final = re.compile(
    r"(?:(?<=\d)|\b)(?:bởi|by)\s|^(?:tác giả|người (?:gửi|đăng))\b.*(?:\d{4}|\d:\d\d)", re.IGNORECASE
)


def foot_signature(body: Sequence[Block], after: Sequence[Block]) -> Signature | None:
    """Read the signature from the body's last lines, else from the lines that follow it.

    `body` is the body's lines in order; `after` the few lines between it and the next widget.
    """
    tail = list(body[-5:]) if len(body) > 1 else []
    labelled = _read_tail(tail, after)
    if labelled is not None:
        return labelled
    for place, block in enumerate(after[:8]):
        if len(block.text) > MAX_SIGNATURE_CHARS:
            continue
        following = after[place + 1] if place + 1 < len(after) else None
        if following is not None and _is_field(block, following):
            return _read_fields(after[place:])
        posted = labelled_author(block, without_dates(block.text)) if _POSTED.search(block.text) else None
        if posted is not None:
            return posted
        # The link is the source's page, or the author's address.
        credited = CREDITED.match(block.text) or ("@" in block.text and is_labelled(block))
        if block.link_share > 0.5 and not (named_author(block) or credited):
            continue
        sure = is_labelled(block) or block.has(RIGHT) or named_author(block)
        if not sure and place > 1:
            continue
        found = read_signature(
            [block],
            following,
            "landmark: line under the body",
            need=0.3 if sure else 0.5 if place == 0 else 0.6,
        )
        if found is not None:
            return _with_source_line(found, after[place + 1 : place + 4])
    return None


_LABEL_ALONE: Final = re.compile(r"^(?:nguồn(?: tin)?|tác giả)\s*:?$", re.IGNORECASE)


def fields_at_end(lines: Sequence[Block]) -> int:
    """Return how many of an article's last lines are fields, a label alone and under it what it names."""
    count = 0
    while (
        count < _MOST_FIELDS and len(lines) >= count + 2 and _is_field(lines[-count - 2], lines[-count - 1])
    ):
        count += 2
    return count


def _is_field(label: Block, value: Block) -> bool:
    if not _LABEL_ALONE.match(label.text) or label.level or label.node is value.node:
        return False
    if len(value.text) >= _LONGEST_VALUE or value.text[-1] in ".!?;":
        return False
    read = read_byline(f"{label.text.rstrip(' :')}: {value.text}")
    return read is not None and (
        bool(read.authors) or (read.source is not None and is_organisation(read.source))
    )


_MOST_FIELDS: Final = 8
"""Lines of them."""
_LONGEST_VALUE: Final = 80
"""Characters of an author's or a source's name."""


def _read_fields(lines: Sequence[Block]) -> Signature | None:
    """Read labels and what they name from elements of their own, as Drupal prints its fields."""
    found: Signature | None = None
    for label, value in zip(lines[::2], lines[1::2], strict=False):
        if not _is_field(label, value):
            break
        read = read_byline(f"{label.text.rstrip(' :')}: {value.text}")
        if read is None:
            break
        found = Signature(
            byline=found.byline if found else read.raw,
            authors=found.authors if found and found.authors else read.authors,
            role=found.role if found and found.role else read.role,
            source=found.source if found and found.source else read.source,
            lines=(found.lines if found else frozenset()) | {label.index, value.index},
            rule="landmark: line under the body",
        )
    return found


def _read_tail(tail: Sequence[Block], after: Sequence[Block]) -> Signature | None:
    best: Signature | None = None
    for depth in range(1, len(tail) + 1):
        block = tail[-depth]
        if len(block.text) > MAX_SIGNATURE_CHARS or (block.row and not _is_labelled_row(block)):
            break
        following = tail[-depth + 1] if depth > 1 else _office_under(after)
        trailing = tail[len(tail) - depth + 1 :]
        if any(len(line.text) > MAX_SIGNATURE_CHARS or _is_sentence(line) for line in trailing):
            break
        signed_for = depth < len(tail) and _SIGNED_FOR.match(fold(tail[-depth - 1].text))
        if signed_for and not CREDITED.match(block.text):
            break  # who signed a notice or a resolution: a part of its text
        if best is not None and best.authors and _SONG.match(block.text):
            break  # who wrote the song, over who tells of it
        found = read_signature([block], following, "landmark: last line of the body")
        listed = depth < len(tail) and tail[-depth - 1].text.endswith(":") and not is_labelled(block)
        if found is not None and listed:
            return None  # the last of a list: who was rewarded, to whom a notice goes
        if found is not None:
            lines = found.lines | {line.index for line in trailing}
            best = Signature(
                byline=found.byline,
                authors=found.authors + _co_authors(best, block, trailing, sourced=not found.authors),
                role=found.role,
                source=found.source or (best.source if best else None),
                lines=frozenset(lines),
                rule=found.rule,
            )
        elif depth >= 3 or (best is not None and not _OTHERS_PART.match(block.text)):
            break
    if best is not None:
        rest = [line for line in after if line.index not in best.lines][:3]
        return _with_source_line(_with_post_above(best, tail), rest)
    return None


_SONG: Final = re.compile(rf"(?:nhạc|{SONG_WORD})\s*:", re.IGNORECASE)


def with_co_signers(found: Signature, lines: Sequence[Block], blocks: Sequence[Block]) -> Signature:
    """Add who signed the parts of a digest: names on the right under each, set as the last is.

    Each part has a title of its own: a letter in an article has none.
    """
    last = blocks[max(found.lines)]
    if not last.has(RIGHT) or not found.authors:
        return found
    signers = [
        line
        for line in lines
        if line.index < min(found.lines)
        and line.flags == last.flags
        and line.node.tag == last.node.tag
        and line.node.get("class") == last.node.get("class")
        and len(line.text) <= _LONGEST_SIGNER
    ]
    reads = [read_byline(line.text) for line in signers]
    if not signers or not all(read is not None and read.authors for read in reads):
        return found
    ends = {line.index for line in signers}
    openers = [after for line, after in pairwise(lines) if line.index in ends]
    titled = any(_is_title(line) for line in lines if line.index < min(ends))
    if not titled or len(openers) < len(signers) or not all(map(_is_title, openers)):
        return found
    if len(signers) == 1 and any(_is_title(line) and _QUOTED.match(line.text) for line in lines):
        return found  # a letter's writer
    names = [name for read in reads if read is not None for name in read.authors]
    return replace(
        found,
        authors=tuple(dict.fromkeys([*names, *found.authors])),
        lines=found.lines | {line.index for line in signers},
    )


_QUOTED: Final = re.compile(r"\W*(?:(?:bức|lá) )?thư\b|\W*(?:(?:bài|những vần) )?thơ\b", re.IGNORECASE)


def _is_title(line: Block) -> bool:
    return bool(line.level) or line.has(BOLD) or line.text.isupper() or line.text.startswith("*")


_LONGEST_SIGNER: Final = 40
"""Characters."""


def _is_labelled_row(row: Block) -> bool:
    """Whether a row of two cells is a label and a name, `Tác giả: | Thanh Ba`, as its table's others are."""
    table = row.node.getparent()
    if not is_labelled(row) or not _LABELLED_CELLS.match(row.text) or table is None:
        return False
    rows = [clean(other.text_content()) for other in islice(table.iter("tr"), _MOST_FIELDS)]
    return all(LABEL.match(told) or is_date_line(told) or landmark(told) for told in rows)


_LABELLED_CELLS: Final = re.compile(r"[^|:]{2,24}: \| [^|]+$")


# Who took the pictures, or edited the text, is no author, but stands among the signatures.
_OTHERS_PART: Final = re.compile(r"^\W*(?:ảnh|hình ảnh|biên tập(?: viên)?|hiệu đính)\s*:\s*\S", re.IGNORECASE)


def _with_post_above(found: Signature, tail: Sequence[Block]) -> Signature:
    """Add the post printed over the name of who signed a letter: `BÍ THƯ TỈNH ỦY`."""
    above = [line for line in tail if line.index < min(found.lines)]
    if not above or (found.byline,) != found.authors or found.byline.isupper():
        return found
    post = above[-1].text
    if "HỒ CHÍ MINH" in post:
        return found  # whom a quotation is of
    if not (above[-1].has(RIGHT) and post.isupper() and ROLE.match(post)) or len(post) > MAX_SIGNATURE_CHARS:
        return found
    return replace(found, role=found.role or above[-1].text, lines=found.lines | {above[-1].index})


def _office_under(after: Sequence[Block]) -> Block | None:
    """The line under the body that may name the office of who signed it; an account's link names none."""
    first = after[0] if after else None
    return first if first is not None and len(first.text) < 100 and first.link_share < 0.5 else None


def _co_authors(
    below: Signature | None, block: Block, trailing: Sequence[Block], *, sourced: bool
) -> tuple[str, ...]:
    """The authors of the lines under a name, set as it is: two authors, each on a line.

    Under a source (`sourced`) they are the authors however they are set.
    """
    alike = all(line.flags == block.flags for line in trailing if not is_organisation(line.text))
    if below is None or not trailing or not (alike or sourced):
        return ()
    return below.authors


def _is_sentence(line: Block) -> bool:
    """Whether a short line goes on with the text: nothing of that kind stands under a signature."""
    text = line.text
    return (
        text[-1] in ".!?"
        and text.count(" ") >= 8
        and not text.isupper()
        and not is_labelled(line)
        and not (is_organisation(text) and text.count(" ") < _LONGEST_OFFICE)
    )


_LONGEST_OFFICE: Final = 14
"""Blanks in an office's name; what is longer says something about it."""


# `(Đã ký)`, or the post in whose name a document is signed, over the signatory's name.
_SIGNED_FOR: Final = re.compile(
    r"^(?:\(?da ky\)?|\(?(?:ky ten|ky, dong dau|ky ten, dong dau)[^)]*\)?|(?:tm|kt|tl|tuq|q)\..{2,60}|"
    r"(?:giam doc|pho giam doc|bi thu|pho bi thu|chu tich|pho chu tich|truong ban|pho truong ban|"
    r"chanh van phong|pho chanh van phong|thu truong|hieu truong|cuc truong|chi cuc truong))$"
)


def _with_source_line(found: Signature, rest: Sequence[Block]) -> Signature:
    """Add the source or the author that a labelled line beside the signature names."""
    current = found
    for block in rest:
        if not is_labelled(block) or len(block.text) > MAX_SIGNATURE_CHARS or block.link_share > 0.9:
            continue  # a link and nothing else is an account's
        read = read_byline(block.text, None)
        if read is None:
            continue
        current = Signature(
            byline=current.byline,
            authors=current.authors or read.authors,
            role=current.role or read.role,
            source=current.source or read.source,
            lines=current.lines | {block.index},
            rule=current.rule,
        )
    return current
