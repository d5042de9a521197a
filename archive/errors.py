"""What can go wrong with an archive.

    ArchiveError
      SchemaMismatch    the database is newer than the code, or is not an archive
      CaptureMissing    a WARC file, or the record at an offset, is gone or damaged
      NotAWarc          a file given as WARC cannot be read as one
      ArchiveLocked     another process is writing and did not finish in time
      ArchiveFull       the disk is full; what was being written was rolled back
      ArchiveUnwritable a data folder cannot be created or written

Each message says what, where, what was expected and what to do next. Exceptions never log.
"""

from __future__ import annotations


class ArchiveError(Exception):
    """Base of everything the archive raises on purpose."""


class SchemaMismatch(ArchiveError):
    """The database's schema is not one this code can read."""


class CaptureMissing(ArchiveError):
    """The bytes behind a record are gone or damaged."""


class NotAWarc(ArchiveError):
    """A file given as WARC cannot be read as one."""


class ArchiveLocked(ArchiveError):
    """Another process holds the archive's write lock and did not release it in time."""


class ArchiveFull(ArchiveError):
    """The disk is full; the transaction under way was rolled back."""


class ArchiveUnwritable(ArchiveError):
    """The data folder cannot be created or written."""
