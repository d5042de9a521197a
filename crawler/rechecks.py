"""Re-checks: archived articles asked for again when all that is new is fetched, so many a run.

Which are due is read from the archive when their turn comes (`archive/recheck.py` has the schedule), so that
a killed run leaves nothing to mend: what was answered is recorded, the rest is still due.
"""

from __future__ import annotations

import re
from collections import deque
from datetime import timedelta
from typing import Final

from archive.dedup import content_digest
from archive.errors import CaptureMissing
from archive.model import Capture, Issue, Reading, Sighting
from archive.store import Archive
from archive.text import fold
from crawler.errors import CrawlerError, MissingField, NotAnArticle
from crawler.extract import extract
from crawler.page import parse_page
from crawler.reading.blocks import read_blocks
from crawler.site import Site

AFTER_FAILURE: Final = timedelta(days=7)
"""A check that failed is made again after this: what breaks an old article's page is not mended sooner."""
_MANY: Final = 10
"""Articles found gone, and not one there, that speak of a site which has changed its addresses, and not of
removals: each check after them would say the same."""
_BROKEN: Final = re.compile(
    r"runtime error|server error|fatal error|database|co so du lieu|loi (?:he thong|may chu|ket noi)|"
    r"nhap mat khau|password protected|dang nhap de"
)
"""Words of a server in trouble, or of a page only some may see: they say nothing of the article."""
_SAYS_GONE: Final = re.compile(
    r"\b404\b|not (?:be )?found|khong (?:tim thay|ton tai)|(?:da|bi|duoc) (?:go|xoa)\b"
)
"""Words of a page that stands where another was, too bare to be read as anything."""


class Rechecks:
    """The articles that one run looks at again: none until a listing has shown that the site works."""

    def __init__(self, archive: Archive, site: Site, most: int) -> None:
        self.site_works = False
        """Whether a listing of this run showed articles: without that, a page not found says nothing."""
        self._archive = archive
        self._site = site
        self._most = most
        self._waiting: deque[Sighting] | None = None
        self._asked: set[str] = set()
        self._any_there = False
        self._gone = 0

    def __contains__(self, uid: str | None) -> bool:
        return uid in self._asked

    def take(self, now: str) -> Sighting | None:
        """Return the next article to ask for again at `now` (UTC), longest due first; None for none."""
        if not self.site_works or self._most <= 0:
            return None
        if self._waiting is None:
            self._waiting = deque(self._archive.due_again(self._site.name, now=now, limit=self._most))
        if not self._waiting:
            return None
        sighting = self._waiting.popleft()
        self._asked.add(sighting.uid)
        return sighting

    def note_there(self) -> None:
        """Note that an article was still there: the site's addresses are what they were."""
        self._any_there = True

    def note_gone(self) -> Issue | None:
        """Note that an article was gone; an Issue, and no more checks, when none but gone ones were met."""
        self._gone += 1
        if self._any_there or self._gone < _MANY:
            return None
        self._waiting = deque()
        return Issue(
            kind="ManyGone",
            message=f"the {_MANY} articles looked at again are all gone: look whether {self._site.home} has "
            f"changed its addresses, and mend {self._site.declared_in.name}; the next run looks at others",
            url=self._site.home,
        )

    def shows_removal(self, capture: Capture, uid: str, error: NotAnArticle | MissingField) -> bool:
        """Whether a page answered 200 that cannot be read as an article stands where the article was.

        Not where it still prints the article's headline (its layout has changed, and our rules fail), nor
        where it speaks of a server in trouble. One that only lacks a field must say that it is gone.
        """
        try:
            blocks = read_blocks(parse_page(capture.body, capture.header("Content-Type")))
        except CrawlerError:
            return False
        visible = fold(" ".join(block.text for block in blocks))
        headline = fold(self._archive.article(uid).headline)
        if not visible or headline in visible or _BROKEN.search(visible):
            return False
        return isinstance(error, NotAnArticle) or bool(_SAYS_GONE.search(visible))

    def renew_reading(self, run: int, reading: Reading) -> None:
        """Read the known bytes of an article again where a new reading differs from the stored one.

        Were the stored one made by rules mended since, the difference would be ours, and no edit.
        """
        uid = reading.article.uid
        row = self._archive.db.execute("SELECT content_digest FROM articles WHERE uid = ?", (uid,)).fetchone()
        digest = content_digest(reading.article.headline, reading.article.body)
        if row is None or row["content_digest"] == digest:
            return
        try:
            known = self._archive.capture(uid)
            again = extract(known, self._site, self._archive.sighting(uid))
        except (CaptureMissing, CrawlerError):
            return
        if again.article.uid == uid:
            self._archive.record(run, known, Reading(article=again.article))
