"""Addresses that end in the article's id, `/<slug>-<id>` or `/<section>/.../<slug>-<id>`: tuyengiao.vn.

Videos (`/video/<category>/<slug>-2789`) number apart and hold no text.
"""

from __future__ import annotations

import re

from crawler.families.paging import only_page, page_parameter
from crawler.family import Family

FAMILY = Family(
    name="slugid",
    article=(
        re.compile(r"^/(?!(?:video|rss|tag|tags|uploads)/)(?:[^/?]+/)*[^/?]*-(?P<id>\d{4,})(?:\.html?)?$"),
    ),
    twins=(re.compile(r"^/(?:print|in-bai|sendmail|amp|m)/", re.IGNORECASE),),
    canonical=only_page,
    page_url=page_parameter,
)
