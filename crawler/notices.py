"""Telling others how a crawl went: a watchdog is pinged, a person is written to when it did not go well.

Neither ever changes how the crawl ends: a watchdog that does not answer is a line in the log.
"""

from __future__ import annotations

import importlib
import logging
import threading
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Any, Final, Self
from urllib.parse import urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    UnknownHandler,
)

import click

from archive.errors import ArchiveError
from crawler.errors import CrawlerError
from crawler.exits import Exit
from crawler.settings import user_agent

log = logging.getLogger(__name__)

TIMEOUT: Final = 10.0
"""Seconds a watchdog or a messenger gets, names looked up and all, before the crawl goes its way."""
_HANDLERS: Final = (
    ProxyHandler,
    HTTPHandler,
    HTTPSHandler,
    HTTPRedirectHandler,
    HTTPErrorProcessor,
    HTTPDefaultErrorHandler,
    UnknownHandler,
)
_SECRET_OPTIONS: Final = ("--ping", "--notify")


class BadNotice(CrawlerError):
    """An address given to --ping or --notify cannot be used."""


class Notices:
    """Says that a crawl begins and how it ends, around a `with` block that ends in an exit code."""

    def __init__(self, *, ping: str | None = None, notify: str | None = None, title: str = "vankho") -> None:
        """Check both addresses. Raises BadNotice."""
        self._ping = _checked(ping) if ping else None
        self._messenger = _messenger(notify) if notify else None
        self._title = title
        self.lines: Sequence[str] = ()
        """What a message says below its title: the closing lines of the crawl."""

    def __enter__(self) -> Self:
        if self._ping:
            _in_time(lambda: _get(ping_url(self._ping or "", "start")), "the ping at the start")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        code = code_of(error)
        if self._ping:
            suffix = str(code) if code else ""
            _in_time(lambda: _get(ping_url(self._ping or "", suffix)), "the ping at the end")
        if self._messenger is not None and code:
            lines = self.lines or ([] if error is None or isinstance(error, SystemExit) else [_said(error)])
            title = f"{self._title}: {_meaning(code)} (exit code {code})"
            messenger, body = self._messenger, "\n".join(lines) or title
            _in_time(lambda: _send(messenger, title, body), "the message")


def ping_url(url: str, suffix: str) -> str:
    """Return where a watchdog is told of a start or an exit code, after the manner of healthchecks.io.

    >>> ping_url("https://hc-ping.com/a-b-c?x=1", "start"), ping_url("https://hc-ping.com/a-b-c", "")
    ('https://hc-ping.com/a-b-c/start?x=1', 'https://hc-ping.com/a-b-c')
    """
    if not suffix:
        return url
    parts = urlsplit(url)
    return parts._replace(path=f"{parts.path.rstrip('/')}/{suffix}").geturl()


def code_of(error: BaseException | None) -> int:
    """Return the exit code that a command ends with when this goes through its verb."""
    if error is None:
        return Exit.WELL
    if isinstance(error, SystemExit):
        return error.code if isinstance(error.code, int) else int(error.code is not None)
    if isinstance(error, click.ClickException):
        return error.exit_code
    if isinstance(error, KeyboardInterrupt):
        return Exit.INTERRUPTED
    return Exit.USAGE if isinstance(error, CrawlerError | ArchiveError) else Exit.BUG


def without_secrets(arguments: Sequence[str]) -> list[str]:
    """Return a command line for the archive, which is published: who may ping or write is not in it.

    >>> without_secrets(["crawl", "--all", "--ping=https://hc-ping.com/a-b-c", "--notify", "tgram://12:ab/7"])
    ['crawl', '--all', '--ping=...', '--notify', '...']
    """
    shown, hidden = [], False
    for argument in arguments:
        name, equals, _ = argument.partition("=")
        shown.append("..." if hidden else f"{name}=..." if equals and name in _SECRET_OPTIONS else argument)
        hidden = not hidden and argument in _SECRET_OPTIONS
    return shown


def _meaning(code: int) -> str:
    return Exit(code).name.lower().replace("_", " ") if code in set(Exit) else "ended"


def _said(error: BaseException) -> str:
    return error.format_message() if isinstance(error, click.ClickException) else str(error) or repr(error)


def _checked(url: str) -> str:
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        usable = False
    if not usable or any(letter.isspace() or not letter.isprintable() for letter in url):
        raise BadNotice(f"--ping: {url!r} is no address to ping; give one as https://hc-ping.com/<uuid>")
    return url


def _messenger(url: str) -> Any:
    try:
        apprise = importlib.import_module("apprise")
    except ImportError as error:
        raise BadNotice("--notify needs the package apprise: pip install 'vankho[notify]'") from error
    messenger = apprise.Apprise()
    if not messenger.add(url):
        raise BadNotice(
            f"--notify: apprise knows no service for {url.partition(':')[0]}:...; see `apprise --details`"
        )
    return messenger


def _send(messenger: Any, title: str, body: str) -> None:
    if not messenger.notify(title=title, body=body):
        raise OSError("the service did not take it")


def _get(url: str) -> None:
    # Not urlopen: it would follow a redirect to ftp: as well.
    opener = OpenerDirector()
    for handler in _HANDLERS:
        opener.add_handler(handler())
    request = Request(url, headers={"User-Agent": user_agent(None)})  # noqa: S310 - checked to be http or https
    with opener.open(request, timeout=TIMEOUT) as response:
        response.read(1024)


def _in_time(act: Callable[[], None], what: str) -> None:
    """Do it in a thread of its own, which is left behind when its time is over; log what goes wrong."""
    failures: list[Exception] = []

    def attempt() -> None:
        try:
            act()
        except Exception as error:  # noqa: BLE001 - whatever it is, the crawl's own end stands
            failures.append(error)

    thread = threading.Thread(target=attempt, daemon=True)
    thread.start()
    thread.join(TIMEOUT)
    if thread.is_alive():
        log.error("%s was not done in %.0f s", what, TIMEOUT)
    elif failures:
        log.error("%s failed: %s", what, failures[0])
