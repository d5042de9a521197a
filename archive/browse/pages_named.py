"""What articles name and who signs them: documents, one document, one author."""

from __future__ import annotations

import sqlite3
from dataclasses import asdict
from typing import Final

from archive.browse.charts import bars, by_year
from archive.browse.figures import Holdings, count_holdings
from archive.browse.reader import Reader
from archive.browse.view import Asked, Data, NoSuchPage
from archive.citations import CitedIn, citing_articles, normal_document
from archive.search import matching_ids
from archive.text import fold

_DOCUMENTS: Final = """
SELECT c.document, min(c.kind) AS kind, c.issuer, c.province, count(DISTINCT c.article_id) AS articles
  FROM citations c GROUP BY c.document, c.issuer, c.province ORDER BY articles DESC, c.document
"""
_MENTIONS: Final = 200


def count_documents(db: sqlite3.Connection) -> list[Data]:
    """Count the articles that name each document: a figure over a whole table."""
    return [dict(row) for row in db.execute(_DOCUMENTS)]


async def load_documents(asked: Asked, reader: Reader) -> Data:
    """The documents most named, or those whose number or kind holds what was typed."""
    documents = await reader.figure(count_documents)
    typed = asked.get("q")
    number = normal_document(typed) if typed else None
    wanted = fold(number or typed)
    found = [
        line
        for line in documents
        if wanted in fold(f"{line['document']} {line['kind'] or ''} {line['province'] or ''}")
    ]
    return {"query": typed, "total": len(found), "documents": found[:_MENTIONS]}


async def load_document(asked: Asked, reader: Reader) -> Data:
    """One document: the articles that name it, by month and by province."""
    number = normal_document(asked.name) or asked.name
    province = asked.get("province") or None
    mentions = await reader.read(lambda db: list(citing_articles(db, number, province=province)))
    if not mentions:
        raise NoSuchPage(f"document {asked.name}")
    holdings = await reader.figure(count_holdings)
    articles = {mention.uid: mention for mention in mentions}
    months: dict[str, int] = {}
    provinces: dict[str, int] = {}
    for mention in articles.values():
        month = (mention.date_published or "")[:7]
        months[month] = months.get(month, 0) + 1
        site = holdings.site(mention.site)
        where = (site.province if site else None) or ""
        provinces[where] = provinces.get(where, 0) + 1
    title = {"vi": "Số bài nhắc đến, theo tháng", "en": "Articles naming it, by month"}[asked.language]
    return {
        "document": number,
        "kinds": sorted({m.citation.kind for m in mentions if m.citation.kind}),
        "whose": sorted({m.citation.province for m in mentions if m.citation.province}),
        "dates": sorted({m.citation.date for m in mentions if m.citation.date}),
        "province": province,
        "articles": len(articles),
        "months": dict(sorted(months.items())),
        "provinces": dict(sorted(provinces.items(), key=lambda item: (-item[1], item[0]))),
        "mentions": [_mention(m, holdings) for m in mentions[:_MENTIONS]],
        "mentions_in_all": len(mentions),
        "_years": by_year(months),
        "_plot": bars(months, title=title),
    }


def _mention(mention: CitedIn, holdings: Holdings) -> Data:
    site = holdings.site(mention.site)
    return {**asdict(mention), "site_title": site.title if site else None}


_BY_AUTHOR: Final = """
SELECT a.uid, a.site, a.headline, a.date_published, a.removed_at, a.author_role, a.byline
  FROM articles a
 WHERE a.id = ? AND EXISTS (SELECT 1 FROM json_each(a.authors) j WHERE j.value = ?)
"""


async def load_author(asked: Asked, reader: Reader) -> Data:
    """One author as printed: articles by month and site, and the roles signed with."""
    name = asked.name
    articles = await reader.read(lambda db: _articles_by(db, name))
    if not articles:
        raise NoSuchPage(f"author {name}")
    holdings = await reader.figure(count_holdings)
    months: dict[str, int] = {}
    sites: dict[str, int] = {}
    for article in articles:
        month = (article["date_published"] or "")[:7]
        months[month] = months.get(month, 0) + 1
        sites[article["site"] or ""] = sites.get(article["site"] or "", 0) + 1
    titles = {site.name: site.title for site in holdings.sites}
    title = {"vi": "Số bài mỗi tháng", "en": "Articles a month"}[asked.language]
    return {
        "author": name,
        "articles": len(articles),
        "months": dict(sorted(months.items())),
        "sites": [
            {"site": site, "title": titles.get(site), "articles": number}
            for site, number in sorted(sites.items(), key=lambda item: (-item[1], item[0]))
        ],
        "roles": sorted({a["author_role"] for a in articles if a["author_role"]}),
        "newest": articles[:100],
        "_years": by_year(months),
        "_plot": bars(months, title=title),
        "_titles": titles,
    }


def _articles_by(db: sqlite3.Connection, name: str) -> list[Data]:
    found = (
        db.execute(_BY_AUTHOR, (article_id, name)).fetchone()
        for article_id in matching_ids(db, "", author=name)
    )
    return [dict(row) for row in found if row is not None]
