"""VNPT's provincial portal: `/<site>/<layout>/<category>[/<article>]/<category slug>[/<slug>]`.

The article's number is the fourth, global over the portals of a province. Articles print no date: the listing
does, and it is carried to the article.
"""

from __future__ import annotations

import re

from crawler.families.paging import only_page, page_parameter
from crawler.family import Family

FAMILY = Family(
    name="vnpt",
    article=(
        # tuyengiao.travinh.gov.vn/1458/39701/69276/<id>/tin-tuc/<slug>
        re.compile(r"^/\d+/\d+/\d+/(?P<id>\d+)/[^/?]+(?:/[^/?]*)?$"),
        # danguykhoi.laichau.gov.vn/<category>/<slug>-612481
        re.compile(r"^/[\w-]+/[^/?]+-(?P<id>\d{6})$"),
    ),
    twins=(re.compile(r"/(?:print|in-bai|sendmail)(?:/|$)", re.IGNORECASE),),
    canonical=only_page,
    page_url=page_parameter,
)
