"""Two pages of a site side by side: the last that was read as usual, and one that was not."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from archive.errors import ArchiveError
from archive.warc import read_capture
from crawler.errors import CrawlerError
from crawler.fingerprint import Skeleton, likeness, names_in, skeleton
from crawler.layout_pages import FIELDS, Page
from crawler.page import parse_page

ALIKE: Final = 0.5
"""Pages that share less of their structure are of two layouts. Of 50 real pages on 20 sites, those of one
layout share 0.69 to 0.98, those of two 0.02 to 0.36."""
_NAMES_SHOWN: Final = 6


class Skeletons:
    """The structures of pages, read from the WARC files once each; None where the bytes are not to be had."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[int, Skeleton | None] = {}

    def of(self, page: Page) -> Skeleton | None:
        """Return the structure of a page."""
        if page.capture_id not in self._known:
            self._known[page.capture_id] = self._read(page)
        return self._known[page.capture_id]

    def _read(self, page: Page) -> Skeleton | None:
        try:
            capture = read_capture(self._folder, page.warc_file, page.warc_offset)
            return skeleton(parse_page(capture.body, capture.header("Content-Type")))
        except (ArchiveError, CrawlerError):
            return None


def lacks(page: Page, name: str) -> bool:
    """Whether a page was read, but not this field of it."""
    return page.filled is not None and name not in page.filled


def last_good(before: Sequence[Page], middle: str) -> Page:
    """The newest that has all the fields most have: before what is judged there was no fault to find."""
    usual = {name for name in FIELDS if sum(lacks(page, name) for page in before) * 2 < len(before)}
    whole = [page for page in before if page.filled is not None and usual <= page.filled] or list(before)
    return max(whole, key=lambda page: ((page.date or middle)[:10], page.capture_id))


def differences(failing: Page, good: Page, skeletons: Skeletons) -> list[str]:
    """Return in what two pages differ, a line each: fields, layers, length, and the names in their markup."""
    found = []
    if failing.filled is None:
        found.append("no headline or no body was found")
    else:
        found += [
            f"{name} was read, and is not now" for name in sorted((good.filled or set()) - failing.filled)
        ]
        found += [
            f"{name} was read by its {good.layers[name]}, now by its {layer}"
            for name, layer in sorted(failing.layers.items())
            if name in good.layers and good.layers[name] != layer
        ]
        if not good.body <= failing.body * 2 <= good.body * 4:
            found.append(f"the body had {good.body} characters, now {failing.body}")
    ours, theirs = skeletons.of(good), skeletons.of(failing)
    if ours is not None and theirs is not None and likeness(ours, theirs) < ALIKE:
        found.append(f"{likeness(ours, theirs):.0%} of their structure is the same")
        for verb, names in (("gone", names_in(ours - theirs)), ("new", names_in(theirs - ours))):
            shown = sorted(name for name in names if "#" in name or "." in name)[:_NAMES_SHOWN]
            if shown:
                found.append(f"{verb}: {', '.join(shown)}")
    return found
