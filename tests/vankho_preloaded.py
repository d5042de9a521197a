"""What the process that others are forked from imports: everything a crawl needs, but no reactor."""

from __future__ import annotations

import crawler.cli
import crawler.crawling
import crawler.jobs
import crawler.report

__all__ = ["crawler"]
