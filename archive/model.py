"""The records everything else passes on: frozen values, named after their standards.

Names are schema.org's in snake_case; Capture follows WARC and CDX. What a site claims is `date_*`: local
time with `+07:00`, only as precise as printed. What we observed is `*_at`: UTC with `Z`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Outcome(StrEnum):
    """What recording an article did. Every article page fetched ends in one of these or in one Issue."""

    NEW = "new"
    """First time this article is seen, and its text is nobody else's."""
    SAME = "same"
    """Known article, text unchanged (folded comparison)."""
    CHANGED = "changed"
    """Known article, text changed: the earlier reading became a Version."""
    DUPLICATE = "duplicate"
    """First time this article is seen, but its text repeats another article's; it is kept and linked."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Image:
    """A photograph or drawing of the article (schema.org ImageObject)."""

    url: str
    """Absolute URL, lazy-loading attributes resolved."""
    caption: str | None = None
    """The printed caption, without its credit. None when nothing is printed."""
    credit: str | None = None
    """Who took it, as printed after `Ảnh:`. None when not printed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Attachment:
    """A document the article offers for download (schema.org MediaObject)."""

    url: str
    """Absolute URL."""
    title: str | None = None
    """The printed link text; None when the link prints nothing but an icon."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Capture:
    """One HTTP exchange kept in WARC (a `response` or `revisit` record; a CDX line)."""

    url: str
    """The URL asked for (WARC-Target-URI)."""
    captured_at: str
    """When the response arrived (WARC-Date): UTC, ISO 8601 with `Z`, to the second."""
    status: int
    """HTTP status code."""
    headers: tuple[tuple[str, str], ...] = ()
    """Response headers in order, repeats kept."""
    body: bytes = field(default=b"", repr=False)
    """Payload with transfer and content encodings removed: what a browser would parse."""
    digest: str | None = None
    """`sha256:` + hex of the payload as received (before content decoding); None until written."""
    warc_file: str | None = None
    """Path of the WARC file relative to the archive's data folder; None until written."""
    warc_offset: int | None = None
    """Byte offset of the record's gzip member in the file; None until written."""
    warc_length: int | None = None
    """Length in bytes of that gzip member; None until written."""

    def header(self, name: str) -> str | None:
        """Return the first header of this name, in any case; None when absent."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Sighting:
    """An article's link on a listing, with what was printed beside it."""

    site: str
    """Name of the declared site, as `laichau_tuyengiao`."""
    url: str
    """The article's canonical URL (aliases of one article reduced to one)."""
    uid: str
    """Identity of the article: site name, a slash, and the site's own id or the canonical path."""
    listing_url: str
    """The listing it was seen on: a section page, feed or sitemap."""
    section: str | None = None
    """The declared section of that listing; None for feeds and sitemaps over the whole site."""
    headline: str | None = None
    """Link text; None when the listing prints none (sitemaps)."""
    description: str | None = None
    """The lead printed beside the link; None when none."""
    date: str | None = None
    """The date printed beside the link, local with +07:00, as precise as printed; None when none."""
    date_raw: str | None = None
    """That date exactly as printed."""
    date_source: str | None = None
    """`listing`, `feed` or `sitemap`; None when no date."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Article:
    """One news item as one capture reads (schema.org NewsArticle)."""

    site: str | None
    """Name of the declared site; None for a page of an undeclared host."""
    family: str | None
    """Name of the CMS family whose rules were tried; None for an undeclared host."""
    url: str
    """Canonical URL."""
    uid: str
    """`<site>/<id>`; for an undeclared host the canonical URL itself."""
    headline: str
    """The printed headline, in one line."""
    description: str | None = None
    """The lead (sapô) where the page sets one apart; also the body's first paragraph. None otherwise."""
    body: str = ""
    """Paragraphs in reading order joined by a blank line; no caption, byline, date or credit. May be empty
    only where `images` are not (a photo story)."""
    authors: tuple[str, ...] = ()
    """People named as authors, bare names in printed order."""
    author_role: str | None = None
    """The post printed beside a single author; None when none."""
    byline: str | None = None
    """The signature line exactly as printed."""
    source: str | None = None
    """The organisation named as source or signatory; None when none."""
    section: str | None = None
    """The section the page itself prints (breadcrumb or heading); None when it prints none. Sections in which
    listings showed the article are kept with the sightings."""
    keywords: tuple[str, ...] = ()
    """Tags printed under the article."""
    date_published: str | None = None
    """ISO 8601, as precise as printed: `2021-06`, `2021-06-11`, `2021-06-11T08:05:00+07:00`."""
    date_published_raw: str | None = None
    """The same as printed; kept also when it could not be read."""
    date_source: str | None = None
    """Where it was read: `page`, `meta`, `listing`, `feed`, `sitemap` or `url`; None when no date."""
    date_precision: str | None = None
    """`second`, `minute`, `day` or `month`; None when no date."""
    view_count: int | None = None
    """The printed view counter at capture time; None when none."""
    images: tuple[Image, ...] = ()
    """Images in reading order."""
    attachments: tuple[Attachment, ...] = ()
    """Documents offered for download, in reading order."""
    read_by: Mapping[str, str] = field(default_factory=dict)
    """For each field that has a value: layer and rule that read it, as `family: h1.title`,
    `landmark: date line under headline`, `trafilatura: precision` or `listing: date`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Issue:
    """Something a run could not understand. Silence is a failure; this is its opposite."""

    kind: str
    """Name of the error class: `MissingField`, `UnreadableDate`, `ChallengeError`, `HttpError`..."""
    message: str
    """What, where, what was expected and what to do next; one line."""
    site: str | None = None
    """Name of the site, where there is one."""
    url: str | None = None
    """The page concerned, where there is one."""
    severity: str = "error"
    """`error` (something is missing from the archive) or `warning` (recorded, but look at it)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """What extraction makes of one capture: the article, and what it could not understand in it."""

    article: Article
    issues: tuple[Issue, ...] = ()
