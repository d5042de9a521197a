"""The archive: records of Party news articles in SQLite, and the bytes they were read from in WARC.

Nothing here imports the crawler: a researcher opens an archive without Scrapy.
"""

from __future__ import annotations

from archive.errors import ArchiveError, CaptureMissing, SchemaMismatch
from archive.model import Article, Attachment, Capture, Image, Issue, Outcome, Sighting

__all__ = [
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
