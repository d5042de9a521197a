"""What can go wrong while crawling and reading pages.

    CrawlerError
      SiteError            a declaration is wrong                 crash at start, exit 2
      ChallengeError       an anti-bot or maintenance page        Issue; the run stops after three in a row
      FetchError           a page could not be had
        NotInCapture       replaying, and the WARC has no answer  Issue; robots and feeds: as a 404
        OffSite            a link or redirect leaves the site     Issue, never fetched
        PrivateAddress     a host resolves to a private address   Issue, never fetched
        RobotsForbidden    robots.txt says no                     Issue, never fetched
        RobotsUnavailable  robots.txt itself cannot be had        the run stops: that is no permission
      HostBusy             another process is crawling the host   the run does not begin, exit 5
      ExtractionError
        NotAnArticle       a page that is no news article         Issue (or exit 3 from `vankho extract`)
        MissingField       no headline or no body                 Issue, capture kept, no article
        UnreadableDate     a date is printed but unreadable       Issue, article kept with the raw date
        LegacyEncoding     text in TCVN3 or VNI                   Issue, article kept as received

The class name is the Issue's `kind`. Kinds that are no exception, because a server's answer tells them:
`Gone`, `HttpError`, `TruncatedResponse`, `TooLarge`, `RedirectLoop`, `ListingUnreachable`, `EmptyListing`,
`EndlessListing`, `TooQuiet`, `LayoutSuspected`; of re-checks `Moved`, `ManyGone`. Exceptions never log.
"""

from __future__ import annotations


class CrawlerError(Exception):
    """Base of everything the crawler raises on purpose."""


class SiteError(CrawlerError):
    """A site's declaration is wrong; the message names file, key and the nearest right one."""


class ChallengeError(CrawlerError):
    """The server answered with an anti-bot, flood or maintenance page instead of content."""


class HostBusy(CrawlerError):
    """Another process is crawling this host."""


class FetchError(CrawlerError):
    """A page could not be had, and no server is to blame."""


class NotInCapture(FetchError):
    """Replaying: the WARC files hold no response for this URL."""


class OffSite(FetchError):
    """A link or a redirect leads to a host that is not the site's."""


class PrivateAddress(FetchError):
    """A host resolves to a loopback, link-local or private address: a site may not send us there."""


class RobotsForbidden(FetchError):
    """The site's robots.txt asks us not to fetch this URL."""


class RobotsUnavailable(FetchError):
    """The site's robots.txt could not be had, so nothing may be fetched (RFC 9309, 2.3.1.4)."""


class ExtractionError(CrawlerError):
    """A page could not be read as an article."""


class NotAnArticle(ExtractionError):
    """The page is a listing, a form, an index or another page that is no article."""


class MissingField(ExtractionError):
    """A required field, headline or body, is nowhere on the page."""


class UnreadableDate(ExtractionError):
    """A publication date is printed but cannot be read."""


class LegacyEncoding(ExtractionError):
    """The text is TCVN3 or VNI bytes shown as if Unicode."""
