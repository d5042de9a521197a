"""From one capture to one article: a pure function of saved bytes, URL, site, sighting and capture time.

A page is read in three layers, and each field says in `read_by` which one read it: the family's selectors
where they match; landmarks, the printed lines that open and close an article, wherever they stand in the
markup; trafilatura on the pruned page, in precision mode, when no running text could be told from the
page's furniture.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import Final

from lxml.html import HtmlElement

from archive.model import Article, Capture, Image, Issue, Reading, Sighting
from archive.text import looks_legacy
from crawler.challenge import challenge_sign
from crawler.errors import ChallengeError, MissingField, NotAnArticle
from crawler.family import Family
from crawler.page import parse_page
from crawler.reading.attachments import read_attachments
from crawler.reading.blocks import Block, read_blocks
from crawler.reading.body import Body, read_body
from crawler.reading.dates_unprinted import meta_date, sighting_date, time_element_date, url_date
from crawler.reading.declared import DeclaredNodes, declared_nodes, declared_section
from crawler.reading.fallback import fallback_paragraphs
from crawler.reading.layout import Layout, find_layout
from crawler.reading.lines import bare
from crawler.reading.listing_signs import listing_sign
from crawler.reading.metadata import Metadata, read_metadata
from crawler.reading.sections import read_section, read_section_above
from crawler.reading.selectors import select_all
from crawler.reading.signature_labels import Signature
from crawler.reading.signers import read_signers
from crawler.reading.site_names import is_site_name
from crawler.reading.timestamps import CLOSING_STAMP, FoundDate, headline_date, printed_date, unreadable_date
from crawler.reading.views import view_count
from crawler.site import Site, canonical, uid_of
from crawler.urls import absolute_url, canonical_url

MIN_BODY_CHARS: Final = 30
"""A body shorter than this is no body, unless photographs stand for it."""
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
        stamped = self._date_block(date)
        signature = read_signers(self.layout, body, stamped, self.capture.url)
        if signature is not None:
            signed = {"byline": True, "authors": signature.authors, "source": signature.source}
            self.read_by |= {name: signature.rule for name, told in signed.items() if told}
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
        views = view_count(self.layout, body, stamped)
        if views is not None:
            self.read_by["view_count"] = views[1]
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
            view_count=views[0] if views is not None else None,
            images=_pictures(body, signature),
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

    def _date_block(self, date: FoundDate | None) -> Block | None:
        return self.layout.blocks[date.at] if date is not None and date.at is not None else None

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


def _pictures(body: Body, signature: Signature | None) -> tuple[Image, ...]:
    """The article's photographs; an author's portrait, over the name, is none, nor a signature a caption."""
    if signature is None:
        return body.images
    kept = (image for image in body.images if image.caption not in signature.authors)
    return tuple(
        replace(image, caption=None) if image.caption == signature.byline else image for image in kept
    )


def _instant(stamp: str | None) -> datetime | None:
    return datetime.fromisoformat(stamp) if stamp else None


def _base_url(root: HtmlElement, url: str) -> str:
    base = root.find(".//base")
    href = base.get("href") if base is not None else None
    return absolute_url(url, href) or url if href else url
