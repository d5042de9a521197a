"""Scrapy settings: polite and safe by default, the reason beside each.

What differs from site to site (the pace) comes from its declaration, see `spider.py`; what differs from run
to run from the environment or from `vankho crawl`.
"""

from __future__ import annotations

import os
from importlib.metadata import PackageNotFoundError, version
from typing import Any


def _version() -> str:
    try:
        return version("vankho")
    except PackageNotFoundError:  # a checkout that was not installed
        return "0.0"


def user_agent(contact: str | None) -> str:
    """Return who we say we are: a name, a version and where to complain.

    >>> user_agent("archive@example.org").partition(" ")[2]
    '(research archive of Party news sites; contact: archive@example.org)'
    """
    whom = f"; contact: {contact}" if contact else ""
    return f"vankho/{_version()} (research archive of Party news sites{whom})"


BOT_NAME = "vankho"
SPIDER_MODULES: list[str] = []
# One spider a declared site, so that `scrapy list` is the registry.
SPIDER_LOADER_CLASS = "crawler.loader.RegistryLoader"
SPIDER_LOADER_WARN_ONLY = False

# ---- Ours (each can be set with `scrapy crawl NAME -s KEY=value` too)
VANKHO_DATA = os.environ.get("VANKHO_DATA", "data")
"""The data folder: archive.db and warc/."""
VANKHO_SITES = os.environ.get("VANKHO_SITES", "")
"""Folders of declarations beside the bundled ones, joined by `:`."""
VANKHO_CONTACT = os.environ.get("VANKHO_CONTACT", "")
"""An address a site's administrator can write to; it goes into the User-Agent."""
VANKHO_LIMIT = 0
"""Article pages fetched for a site in one run; 0: no limit."""
VANKHO_SINCE = ""
"""Articles listed with an earlier date (YYYY-MM-DD) are left alone."""
VANKHO_UNTIL = ""
"""Articles listed with a later date (YYYY-MM-DD) are left alone."""
VANKHO_MAX_REQUESTS = 0
"""Requests to a site in one run; 0: no limit."""
VANKHO_MAX_BYTES = 0
"""Bytes received from a site in one run; 0: no limit."""
VANKHO_RECHECK = 100
"""Known articles looked at again in one run, when they are due and nothing new is left; 0: none. At two
seconds each some three minutes of a night, and 36,000 checks a year."""
VANKHO_BACKFILL = False
"""Walk every section to its last page, known articles or not."""
VANKHO_REPLAY: list[str] = []
"""WARC files that answer instead of the network."""
VANKHO_ALLOW_PRIVATE = os.environ.get("VANKHO_ALLOW_PRIVATE", "") == "1"
"""Whether names that resolve to private or loopback addresses may be asked. Those a declaration spells out,
as `http://127.0.0.1:8000/` or `http://localhost/`, always may: an intranet mirror, a test server."""
VANKHO_COMMAND = ""
"""How the run was started, for its row in the archive."""
VANKHO_FIRST_PAUSE = float(os.environ.get("VANKHO_FIRST_PAUSE", "10"))
"""Seconds before a failed request is made again where the server names no time; doubled for the third."""
VANKHO_DELAY: float | None = None
"""Seconds between requests, over the site's and the family's own; None leaves theirs."""

# ---- Politeness. These servers are small: stock NukeViet blocks an address after 40 requests in a minute.
USER_AGENT = user_agent(VANKHO_CONTACT)
CONCURRENT_REQUESTS = 1  # a spider has one host; the next request starts when the last one is answered
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 2.0  # the loader raises it to the family's or the site's
DOWNLOAD_DELAY_JITTER = 0.0  # Scrapy's 0.5 would halve the pause as often as lengthen it
AUTOTHROTTLE_ENABLED = True  # a slow answer lengthens the pause; it never goes under DOWNLOAD_DELAY
AUTOTHROTTLE_START_DELAY = 0.0  # begin at DOWNLOAD_DELAY, not at 5 s
AUTOTHROTTLE_MAX_DELAY = 60.0
ROBOTSTXT_OBEY = True  # read by our own middleware, after RFC 9309
RETRY_ENABLED = False  # Scrapy retries a 429 at once; ours waits as told
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "vi",  # some sites choose the edition by it
    "Accept-Encoding": "gzip, deflate",  # what fragile old servers get right
}

# ---- Bounds: no page of these sites is near them, and a hostile or broken one must not take the run along.
DOWNLOAD_TIMEOUT = 60
DOWNLOAD_MAXSIZE = 20 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_FAIL_ON_DATALOSS = False  # a cut response is kept and judged by us, not thrown away
REDIRECT_MAX_TIMES = 5
DEPTH_LIMIT = 0  # pages of a listing are a chain: depth is no measure of a trap here
DNS_TIMEOUT = 20
REACTOR_THREADPOOL_MAXSIZE = 10

# ---- Safety
REMOTE_CONTROL_ENABLED = False  # on by default since Scrapy 2.19: runs any Python it is sent
TELNETCONSOLE_ENABLED = False
TWISTED_DNS_RESOLVER = "crawler.hosts.PublicResolver"
DOWNLOAD_HANDLERS: dict[str, Any] = {"file": None, "ftp": None, "s3": None, "data": None}

# ---- Shape. Bytes go to WARC as received, so nothing before `capture` may touch them.
COMPRESSION_ENABLED = False  # decoded by the archive, so that the stored payload stays encoded
METAREFRESH_ENABLED = False  # a page that refreshes itself is what the server sent; it is kept and judged
COOKIES_ENABLED = False  # a page must not depend on the pages asked for before
HTTPERROR_ALLOW_ALL = True  # 404 and 500 are evidence: the spider decides
SCHEDULER = "crawler.frontier.FrontierScheduler"
EXTENSIONS = {"crawler.run.Run": 0, "crawler.quiet_watch.QuietWatch": 10}
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "crawler.hosts.HostGuard": 50,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "crawler.robots.RobotsMiddleware": 100,
    "crawler.politeness.Patience": 550,
    "crawler.politeness.Pause": 980,
    "crawler.capture.CaptureMiddleware": 990,
}
ITEM_PIPELINES = {"crawler.pipeline.RecordPipeline": 300}
TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"

# ---- Logs
LOG_LEVEL = "INFO"
LOG_VERSIONS: list[str] = []
STATS_DUMP = False  # the run's row in the archive says it
LOGSTATS_INTERVAL = 0
