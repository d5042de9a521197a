"""The log as JSON, for `vankho crawl --log-json`: one object an event, one event a line, on stderr.

Keys: `time` (ISO 8601, UTC), `level`, `logger`, `site` and `url` (null where an event has none), `event` (the
message) and, of an error nobody foresaw, `traceback`. Rotating is the system's work: journald's, logrotate's.
"""

from __future__ import annotations

import json
import logging
import re
import sys
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

_URL = re.compile(r"https?://[^\s<>'\")]+")


class JsonFormatter(logging.Formatter):
    """Writes a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line.

        The site is the one a record names, or that of the spider Scrapy speaks of; the URL is the one a
        record names, or the first in its message.
        """
        message = record.getMessage()
        found = _URL.search(message)
        url = getattr(record, "url", None) or (found.group().rstrip(".,;:") if found else None)
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")[:-6] + "Z",
            "level": record.levelname.lower(),
            "logger": record.name,
            "site": getattr(record, "site", None) or getattr(getattr(record, "spider", None), "name", None),
            "url": url,
            "event": message,
        }
        if record.exc_info and record.exc_info[0] is not None:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def speak_json(level: str) -> None:
    """Log to stderr as JSON from here on, this level (`INFO`, `ERROR`) and graver; uncaught errors too."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter())
    handler.setLevel(level)
    logging.root.handlers[:] = [handler]
    logging.root.setLevel(logging.NOTSET)
    sys.excepthook = _log_uncaught


def speaks_json() -> bool:
    """Whether stderr is to hold JSON only."""
    return any(isinstance(handler.formatter, JsonFormatter) for handler in logging.root.handlers)


def _log_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    logging.getLogger("crawler").critical("%r", error, exc_info=(kind, error, trace))
