"""The Party journals (Xây dựng Đảng, Cộng sản): an old ASP.NET skin, then slug-id addresses.

Ids run on across both, so an article keeps its identity: `/Home/<Section>/<year>/<id>/<slug>.aspx` before,
`/<section>/<slug>-<id>` after.
"""

from __future__ import annotations

import re

from crawler.families.paging import only_page, page_parameter
from crawler.family import Family

FAMILY = Family(
    name="party_journal",
    article=(
        re.compile(r"^/Home/[^/?]+/\d{4}/(?P<id>\d+)/[^/?]+\.aspx$", re.IGNORECASE),
        re.compile(r"^/(?!video/)[\w-]+/[^/?]+-(?P<id>\d{4,})$"),
    ),
    twins=(re.compile(r"/(?:print|in-bai|sendmail|gui-bai)[^/]*(?:/|\.aspx)", re.IGNORECASE),),
    canonical=only_page,
    page_url=page_parameter,
)
