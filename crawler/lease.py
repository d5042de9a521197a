"""One crawler a host at a time, across processes and data folders of one machine.

A lease is a locked file: the kernel gives it up with the process that holds it, however that ends, so a
killed run never keeps the next one out.
"""

from __future__ import annotations

import fcntl
import json
import os
import socket
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import IO

from crawler.errors import HostBusy


def lease_folder() -> Path:
    """Return where leases lie: VANKHO_LEASES, else a folder of this user's in the machine's temporary one."""
    named = os.environ.get("VANKHO_LEASES")
    return Path(named) if named else Path(tempfile.gettempdir()) / f"vankho-{os.getuid()}"


class Leases:
    """The leases a run holds on its site's hosts, until `release`."""

    def __init__(self, hosts: Iterable[str], *, site: str, since: str) -> None:
        """Take a lease on each host. Raises HostBusy, holding none, when another process has one of them."""
        self._files: list[IO[str]] = []
        folder = lease_folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            for host in sorted(hosts):
                self._files.append(_take(folder / f"{host}.lock", host, site=site, since=since))
        except HostBusy:
            self.release()
            raise

    def release(self) -> None:
        """Give the leases up."""
        for file in self._files:
            file.close()
        self._files = []


def _take(path: Path, host: str, *, site: str, since: str) -> IO[str]:
    file = path.open("a+", encoding="utf-8")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        holder = _holder(file)
        file.close()
        raise HostBusy(f"{host} is being crawled{holder}; wait for that run or end it") from error
    file.truncate(0)
    # A folder of leases may be shared by machines: over NFS the lock holds for all of them.
    ours = {"process": os.getpid(), "machine": socket.gethostname(), "site": site, "since": since}
    file.write(json.dumps(ours))
    file.flush()
    return file


def _holder(file: IO[str]) -> str:
    with suppress(OSError, ValueError, KeyError):
        file.seek(0)
        held = json.loads(file.read())
        who = f"process {held['process']} on {held['machine']}"
        return f" by {who} (site {held['site']}, since {held['since']})"
    return " by another process"
