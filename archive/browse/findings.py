"""What a search page asks of the archive: hits in an order the reader chose, and counts beside them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, Literal

from archive.query import Term, loosened, parse_query
from archive.search import Hit, Results, matching_ids, search
from archive.snippets import make_snippet

Order = Literal["best", "newest", "oldest"]
Filters = Mapping[str, str | None]

PAGE_SIZE: Final = 20
# Beside a search of more hits than this, the counts are of the newest so many: to fetch more takes longer
# than a reader waits for what is only beside the page.
MOST_COUNTED: Final = 5_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Facets:
    """How many hits there are of each site, year and section."""

    sites: Mapping[str, int]
    years: Mapping[str, int]
    """'' for undated ones."""
    sections: Mapping[str, int]
    counted: int
    """Of how many hits, the newest ones, these are the counts."""
    whole: bool
    """Whether that is all of them."""


def find(db: sqlite3.Connection, text: str, filters: Filters, order: Order, page: int) -> Results:
    """Return one page of what answers a query. Oldest first only reaches hits that can all be counted."""
    offset = (page - 1) * PAGE_SIZE
    results = search(db, text, limit=PAGE_SIZE, offset=offset, **filters)
    if order == "best" or not results.total or (order == "newest" and not results.ranked):
        return results
    if order == "oldest" and not results.total_is_exact:
        return results
    if order == "newest":
        ids = list(islice(matching_ids(db, text, **filters), offset, offset + PAGE_SIZE))
    else:
        ids = list(matching_ids(db, text, **filters))[::-1][offset : offset + PAGE_SIZE]
    if not ids:
        return results
    terms = parse_query(text).terms
    if results.notes:  # found with other marks than typed, and so to be marked
        terms = loosened(terms)
    return Results(
        hits=tuple(_hit(db, article_id, terms) for article_id in ids),
        total=results.total,
        total_is_exact=results.total_is_exact,
        ranked=False,
        notes=results.notes,
    )


_HIT: Final = """
SELECT a.uid, a.site, a.headline, a.date_published, a.url, a.removed_at, a.body, a.byline,
       coalesce(a.section, (SELECT g.section FROM sightings g
                             WHERE g.uid = a.uid AND g.section IS NOT NULL ORDER BY g.id LIMIT 1)) AS section
  FROM articles a WHERE a.id = ?
"""


def _hit(db: sqlite3.Connection, article_id: int, terms: Sequence[Term]) -> Hit:
    row = db.execute(_HIT, (article_id,)).fetchone()
    captions = db.execute(
        "SELECT caption FROM images WHERE article_id = ? AND caption IS NOT NULL ORDER BY position",
        (article_id,),
    )
    return Hit(
        uid=row["uid"],
        site=row["site"],
        headline=row["headline"],
        date_published=row["date_published"],
        section=row["section"],
        url=row["url"],
        removed_at=row["removed_at"],
        snippet=make_snippet(
            (row["body"], row["byline"] or "", *(image["caption"] for image in captions)), terms
        ),
    )


_COUNTED: Final = """
SELECT a.site, substr(a.date_published, 1, 4) AS year,
       coalesce(a.section, (SELECT g.section FROM sightings g
                             WHERE g.uid = a.uid AND g.section IS NOT NULL ORDER BY g.id LIMIT 1)) AS section
  FROM json_each(?) j JOIN articles a ON a.id = j.value
"""


def count_facets(db: sqlite3.Connection, text: str, filters: Filters) -> Facets:
    """Count the hits of a query by site, year and section, the newest MOST_COUNTED of them."""
    ids = list(islice(matching_ids(db, text, **filters), MOST_COUNTED + 1))
    rows = db.execute(_COUNTED, (json.dumps(ids[:MOST_COUNTED]),)).fetchall()
    return Facets(
        sites=_most_first(row["site"] for row in rows),
        years=dict(sorted(_most_first(row["year"] or "" for row in rows).items(), reverse=True)),
        sections=_most_first(row["section"] for row in rows if row["section"]),
        counted=len(rows),
        whole=len(ids) <= MOST_COUNTED,
    )


def _most_first(values: Iterable[str | None]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for value in values:
        if value is not None:
            counts[value] = counts.get(value, 0) + 1
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def count_apart(db: sqlite3.Connection, text: str, filters: Filters) -> list[tuple[str, int, bool]]:
    """Return for each word or filter of a query without hits how many it has alone: why nothing was found.

    Each with whether the number is exact; the last is the query without its filters.
    """
    query = parse_query(text)
    parts = [_typed(term) for term in query.terms if not term.negated]
    given = {name: value for name, value in filters.items() if value}
    counts = (
        [_counted(search(db, part, limit=1), part) for part in parts[:8]] if len(parts) > 1 or given else []
    )
    if given and parts:
        counts.append(_counted(search(db, text, limit=1), text))
    return counts


def _typed(term: Term) -> str:
    words = " ".join(term.words)
    quoted = f'"{words}"' if len(term.words) > 1 else words
    return f"{quoted}*" if term.prefix else quoted


def _counted(results: Results, text: str) -> tuple[str, int, bool]:
    return (text, results.total, results.total_is_exact)


_BY_MONTH: Final = """
SELECT a.site, substr(a.date_published, 1, 7) AS month, count(*) AS n
  FROM json_each(?) j JOIN articles a ON a.id = j.value
 GROUP BY 1, 2 ORDER BY 2
"""


def count_by_month(db: sqlite3.Connection, ids: Iterable[int]) -> dict[str, dict[str, int]]:
    """Return site -> month -> how many of these articles; '' for undated ones and pages of no site."""
    counts: dict[str, dict[str, int]] = {}
    for row in db.execute(_BY_MONTH, (json.dumps(list(ids)),)):
        counts.setdefault(row["site"] or "", {})[row["month"] or ""] = row["n"]
    return counts
