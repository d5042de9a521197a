"""What narrows a search: site, province, time, author, section; typed names -> SQL conditions."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from archive import indexing
from archive.query import FILTERS, Query, parse_query
from archive.text import fold

# Articles of the sites looked in that are listed before a search: that many take some ten milliseconds. Where
# there are more, most of what the index finds is of these sites, and few articles are read in vain.
_MOST_LISTED: Final = 50_000


@dataclass(frozen=True, slots=True)
class Filters:
    """The filters of a query as SQL conditions on `a` (articles)."""

    conditions: tuple[str, ...] = ()
    values: tuple[Any, ...] = ()
    span: tuple[int, int] | None = None
    """Lowest and highest row of the index; None for all."""
    notes: tuple[str, ...] = ()
    """What nothing can answer; then there are no hits."""


def with_filters(query: Query, filters: Mapping[str, str | None]) -> Query:
    """Add filters given by name to those typed. Raises TypeError for one that does not exist."""
    merged = dict(query.filters)
    for name, value in filters.items():
        key = name.rstrip("_")
        if key not in FILTERS:
            raise TypeError(
                f"search() has no filter {name!r}; it has site, province, author, section, from_, to"
            )
        if value:
            merged[key] = (*merged.get(key, ()), value)
    return replace(query, filters=merged)


def with_author(match: str | None, query: Query) -> str | None:
    """Narrow by the index before authors are compared one by one."""
    names = query.filters.get("author")
    if not names:
        return match
    terms = [term for name in names for term in parse_query(f'"{name.replace(chr(34), "")}"').terms]
    if not terms:
        return match
    authors = " OR ".join(
        f'{{{"beside" if term.marked else "beside_plain"}}} : "{" ".join(term.words)}"' for term in terms
    )
    return f"({authors})" if match is None else f"({match}) AND ({authors})"


def read_filters(db: sqlite3.Connection, query: Query) -> Filters:
    """Look the filters of a query up in the archive: which sites, sections and rows they mean."""
    conditions: list[str] = []
    values: list[Any] = []
    notes: list[str] = []
    sites, span = _sites(db, query, notes), _span(query, notes)
    if sites is not None:
        condition, needed = _of_sites(sites, span)
        if any(not term.negated for term in query.terms) and _are_few(db, condition, needed):
            # The index leads then, and reading each of its articles for the site is what takes the time.
            # The plus keeps SQLite from going through the list for each of them.
            condition = f"+a.id IN (SELECT a.id FROM articles a WHERE {condition})"
        conditions.append(condition)
        values += needed
    if names := query.filters.get("author"):
        db.create_function("folded", 1, lambda value: fold(str(value)), deterministic=True)
        tests = " OR ".join("instr(folded(j.value), ?)" for _ in names)
        conditions.append(f"EXISTS (SELECT 1 FROM json_each(a.authors) j WHERE {tests})")
        values += [fold(name) for name in names]
    if wanted := query.filters.get("section"):
        sections = _sections(db, wanted)
        if not sections:
            notes.append(f"no section is called {' or '.join(wanted)}")
        conditions.append(
            f"(a.section IN ({_marks(sections)}) OR EXISTS"
            f" (SELECT 1 FROM sightings g WHERE g.uid = a.uid AND g.section IN ({_marks(sections)})))"
        )
        values += [*sections, *sections]
    return Filters(tuple(conditions), tuple(values), span, tuple(notes))


def _of_sites(sites: Sequence[str], span: tuple[int, int] | None) -> tuple[str, list[Any]]:
    """Return the condition for articles of some sites, told by the index of sites and dates alone.

    Of the span it takes whole years, as every date begins with its year: the span itself is for the rows.
    """
    condition, values = f"a.site IN ({_marks(sites)})", [*sites]
    if span is not None:
        first, last = (indexing.year_of(rowid) for rowid in span)
        condition += " AND a.date_published BETWEEN ? AND ?"
        values += [f"{first:04}", f"{last:04}~"]
    return condition, values


def _are_few(db: sqlite3.Connection, condition: str, values: Sequence[Any]) -> bool:
    sql = f"SELECT count(*) FROM (SELECT 1 FROM articles a WHERE {condition} LIMIT {_MOST_LISTED + 1})"
    return int(db.execute(sql, values).fetchone()[0]) <= _MOST_LISTED


def _marks(values: Sequence[str]) -> str:
    return ", ".join("?" * len(values))


def _sites(db: sqlite3.Connection, query: Query, notes: list[str]) -> list[str] | None:
    """Return the names of the sites meant by `site:` and `province:`; None when neither is given."""
    if not {"site", "province"} & query.filters.keys():
        return None
    rows = db.execute(
        "SELECT s.name, s.title, s.province, p.successor"
        " FROM sites s LEFT JOIN provinces p ON p.name = s.province"
    ).fetchall()
    names = [row["name"] for row in rows]
    notes += [
        f"no site is called {value}; there are {', '.join(sorted(names)) or 'none'}"
        for value in query.filters.get("site", ())
        if not any(_is_site(row, value) for row in rows)
    ]
    notes += [
        f"no site of province {value}"
        for value in query.filters.get("province", ())
        if not any(_is_province(row, value) for row in rows)
    ]
    return [
        row["name"]
        for row in rows
        if any(_is_site(row, value) for value in query.filters.get("site", (row["name"],)))
        and ("province" not in query.filters or any(_is_province(row, v) for v in query.filters["province"]))
    ]


def _is_site(row: sqlite3.Row, value: str) -> bool:
    name = str(row["name"])
    return name == value or value.lower() in name.split("_") or fold(value) == fold(row["title"])


def _is_province(row: sqlite3.Row, value: str) -> bool:
    """Both the province of the time and what it became, with or without marks."""
    return fold(value) in {fold(name) for name in (row["province"], row["successor"]) if name}


_SECTIONS: Final = """
WITH RECURSIVE listed (section) AS (
    SELECT min(section) FROM sightings
    UNION ALL
    SELECT (SELECT min(g.section) FROM sightings g WHERE g.section > listed.section) FROM listed
     WHERE listed.section IS NOT NULL
), printed (section) AS (
    SELECT min(section) FROM articles
    UNION ALL
    SELECT (SELECT min(a.section) FROM articles a WHERE a.section > printed.section) FROM printed
     WHERE printed.section IS NOT NULL
)
SELECT section FROM listed WHERE section IS NOT NULL
 UNION
SELECT section FROM printed WHERE section IS NOT NULL
"""


def _sections(db: sqlite3.Connection, wanted: Sequence[str]) -> list[str]:
    """Return the sections whose names hold one of the wanted ones, marks aside."""
    folded = [fold(value) for value in wanted]
    return [
        row["section"]
        for row in db.execute(_SECTIONS)
        if any(value in fold(row["section"]) for value in folded)
    ]


_DATE: Final = re.compile(
    r"(?:(?P<y>\d{4})(?:-(?P<m>\d{1,2})(?:-(?P<d>\d{1,2}))?)?"
    r"|(?:(?:(?P<vd>\d{1,2})[/.-])?(?P<vm>\d{1,2})[/.-])(?P<vy>\d{4}))"
)


def read_filter_date(value: str) -> str | None:
    """Return a typed date as `2021`, `2021-06` or `2021-06-11`; None when it is none.

    >>> [read_filter_date(text) for text in ("2021", "2021-6", "11/6/2021", "6/2021", "31/2/2021", "hôm qua")]
    ['2021', '2021-06', '2021-06-11', '2021-06', None, None]
    """
    match = _DATE.fullmatch(value)
    if match is None:
        return None
    year = match["y"] or match["vy"]
    parts = [part for part in (match["m"] or match["vm"], match["d"] or match["vd"]) if part]
    date = "-".join([year, *(f"{int(part):02}" for part in parts)])
    if not "1900" <= year <= "2199":
        return None
    try:
        indexing.minute_of(date)
    except ValueError:
        return None
    return date


def _span(query: Query, notes: list[str]) -> tuple[int, int] | None:
    ends: list[str | None] = []
    for name in ("from", "to"):
        values = query.filters.get(name, ())
        dates = [read_filter_date(value) for value in values]
        if None in dates:
            notes.append(f"{name}: {' '.join(values)} is no date; write 2021, 2021-06 or 2021-06-11")
            return None
        ends.append(dates[-1] if dates else None)
    return None if ends == [None, None] else indexing.rowid_range(*ends)
