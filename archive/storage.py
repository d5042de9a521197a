"""What the file system says when it cannot keep something, in the archive's own words."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from archive.errors import ArchiveFull, ArchiveUnwritable

_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@contextmanager
def storage_errors(path: Path) -> Iterator[None]:
    """Turn an OSError met while writing `path` into ArchiveFull or ArchiveUnwritable."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise ArchiveFull(
                f"{path}: the disk is full; nothing half-written was kept; free some space and run again"
            ) from error
        reason = error.strerror or str(error)
        raise ArchiveUnwritable(
            f"{path}: cannot be written ({reason}); choose another data folder or mend its permissions"
        ) from error
