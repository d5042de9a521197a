"""The archive: records of Party news articles in SQLite, and the bytes they were read from in WARC.

Nothing here imports the crawler: a researcher opens an archive without Scrapy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archive.errors import ArchiveError, CaptureMissing, SchemaMismatch
from archive.model import Article, Attachment, Capture, Image, Issue, Outcome, Sighting

if TYPE_CHECKING:
    from archive.store import Archive

__all__ = [
    "Archive",
    "ArchiveError",
    "Article",
    "Attachment",
    "Capture",
    "CaptureMissing",
    "Image",
    "Issue",
    "Outcome",
    "SchemaMismatch",
    "Sighting",
]


def __getattr__(name: str) -> Any:
    """Import the store only when it is asked for: reading a page needs the record types alone."""
    if name == "Archive":
        from archive.store import Archive  # noqa: PLC0415 - the reason is above

        return Archive
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
