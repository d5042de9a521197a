"""Walk: how far the pages of one section's listing are gone through in a run, and where the next run goes on.

Newest first, stop at the known. What was left unwalked is noted before its page is recorded, so that a kill
between two pages costs a page asked for again, never one left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from archive.model import Issue, Sighting
from crawler.discovery import Listing
from crawler.run import Run, utc_now

MOST_PAGES = 10_000
"""Pages of one section in one run. The longest real pager seen has 4,963; beyond this it is a trap."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """The page of a listing to ask for next."""

    url: str
    number: int
    form: str | None = None
    """The body to post, where the pages of the list have no addresses of their own."""


class Walk:
    """The pages of one section, in one run."""

    def __init__(self, run: Run, first_url: str) -> None:
        state = run.archive.listing_state(run.site.name, first_url)
        self.first_url = first_url
        self._run = run
        self._resume_url = state.resume_url if state else None
        self._completed_at = state.completed_at if state else None
        self._seen: set[str] = set()
        self._pages = 0
        self._cut_url: str | None = None

    def take(self, listing: Listing, *, url: str, number: int) -> Step | None:
        """Record a page's sightings; return the page to ask for next, None when the walk is at its end.

        The walk ends at a page that repeats what was seen (a page number too high is answered with the first
        page), at the last page, and, once a section was walked to its end, at a page that shows nothing new.
        """
        if number > 1 and not listing.own - self._seen:
            self.end()
            return None
        self._seen |= listing.own
        self._pages += 1
        wanted, stop = self._within(listing, url)
        # Noted first: were we killed after recording this page, what it leads to would be left out.
        self._save(listing.next_url or url)
        new = self._run.see(wanted)
        if stop:
            # What lies before `since` is left for another run, and so is what an earlier one left.
            self._cut_url = self._resume_url or self._cut_url
            self.end()
            return None
        fresh = any(sighting.uid in listing.own for sighting in new)
        return self._next(listing, url, number, fresh=fresh)

    def _next(self, listing: Listing, url: str, number: int, *, fresh: bool) -> Step | None:
        following = _following(listing, url, number)
        if following is None:
            self.end()
            return None
        if self._pages >= MOST_PAGES:
            self._report_trap(url)
            return None
        if not fresh:
            resume, self._resume_url = self._resume_url, None
            if resume and resume not in {listing.next_url, self.first_url}:
                self._save(resume)
                return Step(url=resume, number=_number_in(resume, self.first_url))
            if self._completed_at and not resume and not self._run.backfill:
                self.end()
                return None
        return following

    def _report_trap(self, url: str) -> None:
        message = f"{url} is page {self._pages} of {self.first_url}: a trap, or the same command goes on"
        self._run.report(Issue(kind="EndlessListing", message=message, url=url))

    def _within(self, listing: Listing, url: str) -> tuple[list[Sighting], bool]:
        """Leave out what is dated outside the run's `since` and `until`; whether all is before `since`."""
        wanted = [sighting for sighting in listing.sightings if self._run.wants(sighting)]
        if len(wanted) < len(listing.sightings) and not self._completed_at:
            self._cut_url = self._cut_url or url
        since = self._run.since
        old = {s.uid for s in listing.sightings if since and s.date and s.date[:10] < since}
        return wanted, bool(old) and listing.own <= old

    def end(self) -> None:
        """Note that nothing is left to walk, or where a run without `since` and `until` has to go on."""
        if self._cut_url:
            self._save(self._cut_url)
        else:
            self._run.archive.save_listing_state(
                self._run.site.name, self.first_url, resume_url=None, completed_at=utc_now()
            )

    def _save(self, resume_url: str) -> None:
        self._run.archive.save_listing_state(
            self._run.site.name, self.first_url, resume_url=resume_url, completed_at=self._completed_at
        )


def _following(listing: Listing, url: str, number: int) -> Step | None:
    if listing.next_url is not None:
        return Step(url=listing.next_url, number=number + 1)
    if listing.next_form is not None:
        return Step(url=url, number=number + 1, form=listing.next_form)
    return None


_LONGEST_NUMBER: Final = 9
"""Digits of a page number."""


def _number_in(url: str, first_url: str) -> int:
    """The page number that an address carries and the first page's does not; 2 where none is found.

    >>> _number_in("http://h.vn/index.php/tin-12/page-40/", "http://h.vn/index.php/tin-12/")
    40
    """
    known = set(re.findall(r"\d+", urlsplit(first_url).path + urlsplit(first_url).query))
    numbers = [
        n
        for n in re.findall(r"\d+", urlsplit(url).path + "?" + urlsplit(url).query)
        if n not in known and len(n) <= _LONGEST_NUMBER
    ]
    return int(numbers[-1]) if numbers else 2
