"""From pages fetched to what the archive keeps of them: each ends in exactly one Outcome or one Issue."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Self

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from archive.errors import ArchiveError
from archive.model import Capture, Issue, Sighting
from crawler.errors import ChallengeError, ExtractionError, MissingField, NotAnArticle
from crawler.extract import extract
from crawler.run import Run, run_of

_CHALLENGES = 3
"""Challenge pages in a row that end a run: the site does not want us now."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FetchedPage:
    """An article's page, as it came."""

    capture: Capture
    sighting: Sighting


@dataclass(frozen=True, kw_only=True, slots=True)
class Trouble:
    """A page that could not be had, or is no article's."""

    issue: Issue
    uid: str | None = None
    """Of the article whose page it should have been; None for a listing."""
    capture: Capture | None = None
    """What the server answered; None when it did not."""
    again: bool = False
    """Whether a later run should try again."""
    gone: bool = False
    """Whether the site says that the article is no longer there."""


class RecordPipeline:
    """Reads each page and records it; an exception over one page is an Issue, and the run goes on."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._challenges = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the pipeline of one crawl."""
        return cls(crawler)

    def process_item(self, item: FetchedPage | Trouble) -> FetchedPage | Trouble:
        """Record the item. Raises DropItem when the archive cannot be written: the run then ends."""
        run = run_of(self._crawler)
        try:
            if isinstance(item, FetchedPage):
                self._record(run, item)
            elif item.gone and item.capture is not None and item.uid is not None:
                run.gone(item.capture, item.uid, item.issue)
            else:
                run.report(item.issue, capture=item.capture, uid=item.uid, again=item.again)
                self._note_challenge(run, is_one=item.issue.kind == ChallengeError.__name__)
        except (ArchiveError, sqlite3.Error) as error:
            run.fail(error)
            raise DropItem(str(error)) from error
        return item

    def _record(self, run: Run, page: FetchedPage) -> None:
        capture, uid = page.capture, page.sighting.uid
        try:
            reading = extract(capture, run.site, run.archive.sighting(uid) or page.sighting)
        except ChallengeError as error:
            run.report(_issue(error, capture), capture=capture, uid=uid, again=True)
            self._note_challenge(run, is_one=True)
            return
        except (NotAnArticle, MissingField) as error:
            # Sites that answer 200 for a page they do not have.
            if uid in run.rechecks and run.rechecks.shows_removal(capture, uid, error):
                run.gone(capture, uid, _issue(error, capture))
            else:
                run.report(_issue(error, capture), capture=capture, uid=uid)
            return
        except Exception as error:  # noqa: BLE001 - one page must not stop the run, whatever it raises
            run.report(_issue(error, capture), capture=capture, uid=uid)
            return
        self._note_challenge(run, is_one=False)
        try:
            run.record(capture, reading, seen_as=uid)
        except (ArchiveError, sqlite3.OperationalError):
            raise
        except Exception as error:  # noqa: BLE001 - a record that cannot be kept is this page's Issue alone
            run.report(_issue(error, capture), capture=capture, uid=uid, again=True)

    def _note_challenge(self, run: Run, *, is_one: bool) -> None:
        self._challenges = self._challenges + 1 if is_one else 0
        if self._challenges >= _CHALLENGES:
            run.stop(
                "challenged",
                ChallengeError(f"{run.site.name} answered {_CHALLENGES} times with a challenge page"),
            )


def _issue(error: Exception, capture: Capture) -> Issue:
    kind = type(error).__name__
    message = (
        str(error)
        if isinstance(error, ExtractionError | ChallengeError)
        else f"{error!r} while reading {capture.url}"
    )
    return Issue(kind=kind, message=" ".join(message.split()), url=capture.url)
