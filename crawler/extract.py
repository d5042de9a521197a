"""From one capture to one article: a pure function of saved bytes, URL, site, sighting and capture time.

A page is read in three layers, and each field says in `read_by` which one read it: the family's selectors
where they match; landmarks, the printed lines that open and close an article, wherever they stand in the
markup; trafilatura on the pruned page, in precision mode, when no running text could be told from the
page's furniture.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from lxml.html import HtmlElement

from archive.model import Article, Capture, Issue, Reading, Sighting
from archive.text import looks_legacy
from crawler.challenge import challenge_sign
from crawler.errors import ChallengeError, MissingField, NotAnArticle
from crawler.family import Family
from crawler.page import parse_page
from crawler.reading.attachments import read_attachments
from crawler.reading.author_card import card_signature
from crawler.reading.blocks import Block, read_blocks
from crawler.reading.body import Body, read_body
from crawler.reading.dates_unprinted import meta_date, sighting_date, time_element_date, url_date
from crawler.reading.declared import DeclaredNodes, declared_nodes, declared_section
from crawler.reading.fallback import fallback_paragraphs
from crawler.reading.head_signature import head_signature
from crawler.reading.layout import Layout, find_layout
from crawler.reading.lines import bare
from crawler.reading.listing_signs import listing_sign
from crawler.reading.metadata import Metadata, read_metadata
from crawler.reading.sections import read_section, read_section_above
from crawler.reading.selectors import select_all
from crawler.reading.signature import is_initials, named_author
from crawler.reading.signature_labels import Signature
from crawler.reading.site_names import is_site_name
from crawler.reading.timestamps import CLOSING_STAMP, FoundDate, headline_date, printed_date, unreadable_date
from crawler.site import Site, canonical, uid_of
from crawler.urls import absolute_url, canonical_url, host_of

MIN_BODY_CHARS: Final = 30
"""A body shorter than this is no body, unless photographs stand for it."""
_VIEWS: Final = re.compile(
    r"(?:lượt (?:xem|đọc)|xem|view(?:s| count)?|hits|đã xem)\s*:?\s*([\d.,]+)|([\d.,]+)\s*(?:lượt "
    r"(?:xem|đọc)|views?|lần xem|người (?:xem|đọc))",
    re.IGNORECASE,
)
# `Chủ nhật - 17/01/2021 14:47 2.527 0`: views, then comments, as NukeViet's themes print them.
_NUKEVIET_COUNTERS: Final = re.compile(r"\d{1,2}:\d{2}\s+(\d{1,3}(?:[.,]\d{3})*|\d+)\s+\d+$")
_BARE_COUNTERS: Final = re.compile(r"^(\d{1,3}(?:[.,]\d{3})*|\d+)(?:\s+\d+)?$")


# Liferay prints the name of a portlet's missing icon wall to wall with its title.
_NULL_ICON: Final = re.compile(r"^null (?=\w)")


def extract(capture: Capture, site: Site | None = None, sighting: Sighting | None = None) -> Reading:
    """Read one article page.

    `capture.body` is the payload with its content encoding removed, its charset still to be found.
    `sighting` is what a listing printed beside the link: the last resort for the date. Raises
    ChallengeError for an anti-bot or maintenance page, NotAnArticle for a listing or form, MissingField
    when no headline or no body is found.
    """
    root = parse_page(capture.body, capture.header("content-type"))
    declared = declared_nodes(root, site.family) if site is not None else None
    blocks = read_blocks(declared.zone if declared is not None else root)
    sign = challenge_sign(capture.body, blocks)
    if sign is not None:
        raise ChallengeError(f"{sign} at {capture.url}: expected an article; wait, then crawl again")
    return _Reader(capture, site, sighting, root, blocks, declared).read()


class _Reader:
    """One page being read: what the layers share."""

    def __init__(
        self,
        capture: Capture,
        site: Site | None,
        sighting: Sighting | None,
        root: HtmlElement,
        blocks: list[Block],
        declared: DeclaredNodes | None,
    ) -> None:
        self.capture = capture
        self.site = site
        self.sighting = sighting
        self.root = root
        self.family: Family | None = site.family if site is not None else None
        self.metadata: Metadata = read_metadata(root)
        self.declared = declared
        self.layout: Layout = find_layout(blocks, self.metadata, declared)
        self.captured_at = _instant(capture.captured_at)
        self.base_url = _base_url(root, capture.url)
        self.read_by: dict[str, str] = {}

    def read(self) -> Reading:
        headline = self._headline()
        body = read_body(self.layout, headline or "", self.base_url)
        reason = listing_sign(self.layout, self.metadata, headline, body.text, self.capture.url)
        if reason is not None:
            raise NotAnArticle(f"{self.capture.url}: {reason}")
        if headline is None:
            raise MissingField(f"no headline at {self.capture.url} (family {self._family_name()})")
        paragraphs = self._paragraphs(body)
        date = self._date(body)
        if date is not None and date.at is not None and date.at == self.layout.headline_at:
            headline = CLOSING_STAMP.sub("", headline)
        signature = self._signature(body, date)
        section = self._section(headline)
        attachments = read_attachments(body.links, self.base_url)
        if body.images:
            self.read_by["images"] = "landmark: images of the article's lines"
        if attachments:
            self.read_by["attachments"] = "landmark: document links of the article's lines"
        if body.lead is not None:
            self.read_by["description"] = (
                f"family: {self.declared.lead_rule}"
                if self.declared is not None and self.declared.lead_rule
                else "landmark: first paragraph set apart"
            )
        url = (
            canonical(self.site, self.capture.url)
            if self.site is not None
            else canonical_url(self.capture.url)
        )
        authors = signature.authors if signature else ()
        article = Article(
            site=self.site.name if self.site is not None else None,
            family=self.family.name if self.family is not None else None,
            url=url,
            uid=uid_of(self.site, self.capture.url) if self.site is not None else url,
            headline=headline,
            description=body.lead,
            body="\n\n".join(paragraphs),
            authors=authors,
            author_role=signature.role if signature else None,
            byline=signature.byline if signature else None,
            source=signature.source if signature else None,
            section=section,
            keywords=self.metadata.keywords,
            date_published=date.value if date else None,
            date_published_raw=date.raw if date else None,
            date_source=date.source if date and date.value else None,
            date_precision=date.precision if date else None,
            view_count=self._views(body, date),
            # An author's portrait stands over the name.
            images=tuple(image for image in body.images if image.caption not in authors),
            attachments=attachments,
            read_by=self.read_by,
        )
        return Reading(article=article, issues=tuple(self._issues(article)))

    def _headline(self) -> str | None:
        at = self.layout.headline_at
        if at is not None and self.declared is not None:
            self.read_by["headline"] = f"family: {self.declared.headline_rule}"
            return self.layout.blocks[at].text
        if at is not None:
            agrees = self.layout.headline_score >= 1.0
            self.read_by["headline"] = (
                "landmark: line the page's title names" if agrees else "landmark: line over the body"
            )
            return _NULL_ICON.sub("", self.layout.blocks[at].text)
        claim = self.metadata.likely_headline()
        # Only a title that could be a headline: site and section names are shorter.
        if (
            claim is not None
            and self.layout.paragraphs
            and claim.count(" ") >= 4
            and not is_site_name(bare(claim))
        ):
            self.read_by["headline"] = "meta: title"
            return claim
        return None

    def _paragraphs(self, body: Body) -> tuple[str, ...]:
        text_length = sum(map(len, body.paragraphs))
        if text_length >= MIN_BODY_CHARS:
            self.read_by["body"] = (
                f"family: {self.declared.body_rule}"
                if self.declared is not None
                else "landmark: lines from headline to closing line"
            )
            return body.paragraphs
        if any(image.caption for image in body.images):
            self.read_by["body"] = "landmark: photo story"
            return body.paragraphs
        rest = fallback_paragraphs(self.root)
        if sum(map(len, rest)) >= 3 * MIN_BODY_CHARS:
            self.read_by["body"] = "trafilatura: precision, pruned page"
            return rest
        raise MissingField(f"no body at {self.capture.url} (family {self._family_name()})")

    def _section(self, headline: str) -> str | None:
        if self.declared is not None and self.family is not None:
            named = declared_section(self.root, self.family, headline)
            if named is not None:
                self.read_by["section"] = f"family: {named[1]}"
                return named[0]
        found = read_section(self.layout, headline)
        if found is None and self.declared is not None:  # the trail may stand outside the family's zone
            found = read_section_above(self.root, self.declared.headline, headline)
        if found is None:
            return None
        self.read_by["section"] = found[1]
        return found[0]

    def _date(self, body: Body) -> FoundDate | None:
        indexes = body.indexes
        found = printed_date(self.layout, indexes, self.captured_at)
        if found is None and (self.family is None or self.family.meta_dates):
            found = time_element_date(self.layout, indexes, self.captured_at) or meta_date(
                self.metadata, self.captured_at
            )
        found = (
            found
            or sighting_date(self.sighting)
            or url_date(self.capture.url, self.captured_at)
            or headline_date(self.layout, self.metadata, self.captured_at)
        )
        if found is not None:
            self.read_by["date_published"] = self._date_rule(found)
            return found
        raw = unreadable_date(self.layout, indexes)
        if raw is not None:
            return FoundDate(value=None, precision=None, raw=raw, source="page", rule="landmark: unreadable")
        return None

    def _date_rule(self, found: FoundDate) -> str:
        """The family's selector where the date stands in what it selects, else the landmark."""
        if self.family is None or found.at is None:
            return found.rule
        node = self.layout.blocks[found.at].node
        zone = self.declared.zone if self.declared is not None else self.root
        for selector in self.family.date:
            if any(match is node or node in match.iterancestors() for match in select_all(zone, selector)):
                return f"family: {selector}"
        return found.rule

    def _signature(self, body: Body, date: FoundDate | None) -> Signature | None:
        found = body.signature
        if found is None or not found.authors or is_initials(found.byline):
            head = head_signature(self._head_lines(body), self._date_block(date))
            if head is not None and (found is None or head.authors):
                found = head if found is None else _joined(head, found)
        if found is None:
            first = min(body.indexes, default=self.layout.end)
            found = card_signature(self.layout.blocks[max(0, first - 8) : self.layout.end + 12])
        if found is not None and _host(found.source) == host_of(self.capture.url):
            found = replace(found, source=None)  # a print page names its own address
        if found is not None:
            for name in ("byline", "authors" if found.authors else "source"):
                self.read_by[name] = found.rule
            if found.source:
                self.read_by["source"] = found.rule
        return found

    def _head_lines(self, body: Body) -> list[Block]:
        at = self.layout.headline_at
        if at is None:
            return []
        second = sorted(body.indexes)[1:2]
        last = second[0] if second else self.layout.end
        # Joomla prints author, date and counter over the headline, one a line.
        return [
            block
            for block in self.layout.blocks[max(0, at - 4) : last]
            if block.text
            and block.index != at
            and block.index not in body.indexes
            and (block.index >= at - 2 or named_author(block))
        ]

    def _date_block(self, date: FoundDate | None) -> Block | None:
        return self.layout.blocks[date.at] if date is not None and date.at is not None else None

    def _views(self, body: Body, date: FoundDate | None) -> int | None:
        stamped = self._date_block(date)
        after_date = _NUKEVIET_COUNTERS.search(stamped.text) if stamped is not None else None
        if after_date:
            self.read_by["view_count"] = "landmark: counter after the date"
            return int(re.sub(r"\D", "", after_date.group(1)))
        if stamped is not None:
            for block in self.layout.blocks[stamped.index + 1 : stamped.index + 3]:
                bare_counters = _BARE_COUNTERS.match(block.text)
                if bare_counters:
                    self.read_by["view_count"] = "landmark: counter after the date"
                    return int(re.sub(r"\D", "", bare_counters.group(1)))
        at = self.layout.headline_at or 0
        first = min(body.indexes, default=self.layout.end)
        last = max(body.indexes, default=self.layout.end)
        for block in (
            *self.layout.blocks[max(0, at - 3) : first],
            *self.layout.blocks[last + 1 : self.layout.end + 8],
        ):
            match = _VIEWS.search(block.text) if len(block.text) < 120 else None
            if match:
                digits = re.sub(r"\D", "", match.group(1) or match.group(2))
                if digits:
                    self.read_by["view_count"] = "landmark: counter"
                    return int(digits)
        return None

    def _issues(self, article: Article) -> list[Issue]:
        issues: list[Issue] = []
        if article.date_published is None and article.date_published_raw is not None:
            issues.append(
                Issue(
                    kind="UnreadableDate",
                    message=(
                        f"{article.uid}: a date is printed, `{article.date_published_raw}`, but cannot "
                        f"be read; kept raw"
                    ),
                    site=article.site,
                    url=article.url,
                    severity="warning",
                )
            )
        legacy = looks_legacy(article.body)
        if legacy is not None:
            issues.append(
                Issue(
                    kind="LegacyEncoding",
                    message=f"{article.uid}: the text is {legacy}, not Unicode; kept as received",
                    site=article.site,
                    url=article.url,
                )
            )
        return issues

    def _family_name(self) -> str:
        return self.family.name if self.family is not None else "none declared"


def _host(source: str | None) -> str | None:
    try:
        return host_of(source or "") or None
    except ValueError:
        return None


def _joined(head: Signature, foot: Signature) -> Signature:
    return Signature(
        byline=foot.byline or head.byline,
        authors=head.authors if _abbreviate(foot.authors, head.authors) else foot.authors or head.authors,
        role=foot.role or head.role,
        source=foot.source or head.source,
        lines=foot.lines | head.lines,
        rule=head.rule if head.authors else foot.rule,
    )


def _abbreviate(initials: Sequence[str], names: Sequence[str]) -> bool:
    """Whether the authors at the foot are those over the text by their initials: `Đ.T.V`, Đào Thế Vinh."""
    return len(initials) == len(names) and all(
        re.sub(r"[^\w]", "", short) == "".join(word[0] for word in name.split())
        for short, name in zip(initials, names, strict=True)
    )


def _instant(stamp: str | None) -> datetime | None:
    return datetime.fromisoformat(stamp) if stamp else None


def _base_url(root: HtmlElement, url: str) -> str:
    base = root.find(".//base")
    href = base.get("href") if base is not None else None
    return absolute_url(url, href) or url if href else url
