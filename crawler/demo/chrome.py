"""What surrounds the articles: the notice on every page and the template environment."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from crawler.demo import printed

NOTICE = (
    "Reconstruction: this page was built by the Văn khố project for its demo and tests; it was not received "
    "from the site. {text}"
)
AUTHORED = "Its text is authored and reports no event."
SEED = "The article's text is that of a real page; the markup is rebuilt."
# The 1x1 transparent GIF that lazy-loading scripts put in `src`.
BLANK = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"


@cache
def environment() -> Environment:
    """Return the template environment with the filters that print dates as these sites do."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    filters: tuple[Callable[..., str], ...] = (
        printed.weekday,
        printed.weekday_title,
        printed.dots,
        printed.sharepoint_time,
        printed.minute_mark,
        printed.bare_minutes,
        printed.iso,
        printed.php_misprint,
        printed.rss_misprint,
        printed.rfc822,
    )
    environment.filters.update({function.__name__: function for function in filters})
    return environment
