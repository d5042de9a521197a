"""What holds for every test: no network but loopback, and the same name in every worker."""

from __future__ import annotations

import ipaddress
import sys
from typing import Any

LOOPBACK_NAMES = {"localhost", "", "0.0.0.0", "::"}  # noqa: S104 - a server under test may bind to any address


def _refuse_the_network(event: str, args: tuple[Any, ...]) -> None:
    if event == "socket.getaddrinfo":
        host = args[0]
    elif event == "socket.connect" and isinstance(args[1], tuple):  # a Unix socket's address is a path
        host = args[1][0]
    else:
        return
    host = host.decode() if isinstance(host, bytes) else host
    if host is None or host in LOOPBACK_NAMES:
        return
    try:
        outside = not ipaddress.ip_address(host).is_loopback
    except ValueError:
        outside = True
    if outside:
        raise RuntimeError(f"a test reached for {host}: tests use loopback only")


sys.addaudithook(_refuse_the_network)


def pytest_make_parametrize_id(val: object) -> str | None:
    """Name binary parameters by size and first bytes: a gzip header holds the time it was made."""
    if isinstance(val, bytes) and not val.isascii():
        return f"{len(val)} bytes from {val[:3].hex()}"
    return None
