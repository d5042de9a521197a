"""What a browser may do with our answers: show them. No script, nothing from another host, no frames of us.

The archive is full of text that strangers wrote. Templates escape all of it; these headers make sure that
what slips through is dead all the same.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[MutableMapping[str, Any], Callable[[], Awaitable[Message]], Send], Awaitable[None]]

_NOTHING: Final = "default-src 'none'; base-uri 'none'; "
PAGE: Final = (
    _NOTHING
    + "style-src 'self'; img-src 'self' data:; frame-src 'self'; form-action 'self'; frame-ancestors 'none'"
)
# Datasette's own pages of tables and SQL bring scripts of their own, some of them written into the page.
TABLES: Final = (
    _NOTHING + "style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'"
)
# A page as captured: an origin of its own that is nobody's, its own style where it stands in the page, and
# images only where they are written into it.
CAPTURED: Final = (
    "sandbox; "
    + _NOTHING
    + "style-src 'unsafe-inline'; img-src data:; form-action 'none'; frame-ancestors 'self'"
)

_ALWAYS: Final = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-dns-prefetch-control": "off",
    "x-robots-tag": "noindex, nofollow, noarchive",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def guarded(application: Application) -> Application:
    """Put the headers on every answer; one that brings a policy of its own keeps it."""

    async def guard(
        scope: MutableMapping[str, Any], receive: Callable[[], Awaitable[Message]], send: Send
    ) -> None:
        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = list(message.get("headers", []))
                names = {name.lower() for name, _ in given}
                added = {**_ALWAYS, "content-security-policy": TABLES}
                given += [
                    (name.encode(), value.encode())
                    for name, value in added.items()
                    if name.encode() not in names
                ]
                message = {**message, "headers": given}
            await send(message)

        if scope["type"] == "http" and scope["method"] not in ("GET", "HEAD"):
            await _refuse(send_guarded)
            return
        await application(scope, receive, send_guarded)

    return guard


async def _refuse(send: Send) -> None:
    """Answer what is no question: nothing here can be changed."""
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"allow", b"GET, HEAD")]
    await send({"type": "http.response.start", "status": 405, "headers": headers})
    await send({"type": "http.response.body", "body": "Chỉ đọc. Read only.\n".encode()})
