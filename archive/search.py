"""Finding articles: by what they say, with marks and without, and by site, place, time, author, section."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, overload

from archive.filters import Filters, read_filters, with_author, with_filters
from archive.query import (
    Query,
    Term,
    loose_expressions,
    loosened,
    match_expressions,
    near_expression,
    parse_query,
)
from archive.ranking import BESIDE, BODY, FEW, HEADLINE, best_first
from archive.snippets import Snippet, make_snippet

# Ranking costs about 1.6 µs a hit and grows with them; newest first costs the same for any number. Beyond
# this the best match among thousands means little and the newest is what a reader expects.
_MOST_RANKED: Final = 5_000
# To weigh a word, ranking goes through every article of the archive that has it, however few answer the whole
# query: 200 ms for two words that 200,000 articles have. Beyond so many, only few hits are worth it.
_MOST_WEIGHED: Final = 40_000
_WEIGHTS: Final = f"{HEADLINE}, {BODY}, {BESIDE}, {HEADLINE}, {BODY}, {BESIDE}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """An article found."""

    uid: str
    site: str | None
    headline: str
    date_published: str | None
    section: str | None
    url: str
    removed_at: str | None
    snippet: Snippet


@dataclass(frozen=True, kw_only=True, slots=True)
class Results(Sequence[Hit]):
    """One page of articles found, best or newest first."""

    hits: tuple[Hit, ...]
    total: int
    """How many articles answer; the true number is higher when `total_is_exact` is False."""
    total_is_exact: bool
    ranked: bool
    """True: best match first (bm25). False: newest first."""
    notes: tuple[str, ...] = ()
    """What of the query was not understood or loosened, in words for the reader."""

    def __len__(self) -> int:
        return len(self.hits)

    @overload
    def __getitem__(self, index: int) -> Hit: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Hit, ...]: ...
    def __getitem__(self, index: int | slice) -> Hit | tuple[Hit, ...]:
        return self.hits[index]


@dataclass(frozen=True, slots=True)
class _Plan:
    """A query as SQL: conditions on `f` (the index, when `match` is not None) and `a` (articles)."""

    match: str | None
    ranking: str | None
    """The same for ranking: see `match_expressions`."""
    unwanted: str | None
    filters: Filters

    def sql(self) -> tuple[str, list[Any]]:
        """Return FROM and WHERE clauses and their values."""
        where: list[str] = []
        values: list[Any] = []
        if self.match is not None:
            source = "articles_fts f"
            if self.filters.conditions:
                # The index leads: its order is newest first, and each of its rows is one article.
                source += " CROSS JOIN articles a ON a.search_rowid = f.rowid"
            where.append("articles_fts MATCH ?")
            values.append(self.match if self.unwanted is None else f"({self.match}) NOT ({self.unwanted})")
        else:
            source = "articles a"
            if self.unwanted is not None:
                where.append(
                    "a.search_rowid NOT IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?)"
                )
                values.append(self.unwanted)
        if self.filters.span is not None:
            where.append(f"{self.rowid} BETWEEN ? AND ?")
            values += self.filters.span
        clause = " AND ".join([*where, *self.filters.conditions]) or "1"
        return f"{source} WHERE {clause}", [*values, *self.filters.values]

    @property
    def is_open(self) -> bool:
        """Whether nothing narrows what the words find."""
        return self.unwanted is None and self.filters.span is None and not self.filters.conditions

    @property
    def rowid(self) -> str:
        """The column to sort by for newest first."""
        return "f.rowid" if self.match is not None else "a.search_rowid"


def search(
    db: sqlite3.Connection, text: str, *, limit: int = 20, offset: int = 0, **filters: str | None
) -> Results:
    """Return the articles that answer a query, typed as in archive/query.py.

    Filters may also be given by name (`site`, `province`, `author`, `section`, `from_`, `to`). Never raises
    for what was typed: what cannot be understood is said in `notes`.
    """
    query = with_filters(parse_query(text), filters)
    filters_ = read_filters(db, query)
    notes = filters_.notes
    if _asks_nothing(text, query):
        notes = (*notes, "nothing to look for: type a word")
    if notes:
        return Results(hits=(), total=0, total_is_exact=True, ranked=True, notes=notes)
    plan, shown = _plan(query, filters_), query.terms
    few = _few(db, plan)
    total = _count(db, plan) if few is None else len(few)
    if total == 0 and _is_mixed(query):
        plan = _loose_plan(query, filters_)
        few = _few(db, plan)
        total = _count(db, plan) if few is None else len(few)
        if total:
            shown = loosened(query.terms)
            notes = (*notes, "no such phrase as typed: words without marks were taken for any marks")
    ranked = total <= _MOST_RANKED and _is_worth_ranking(db, plan, shown, total)
    wanted = [term for term in shown if not term.negated]
    if few is not None and len(wanted) == 1:
        page = best_first(db, few, wanted[0])[offset : offset + limit]
    else:
        near = near_expression(replace(query, terms=shown))
        page = _fetch(db, plan, near, ranked=ranked, limit=limit, offset=offset)
    return Results(
        hits=tuple(_hit(db, row, shown) for row in _articles(db, page)),
        total=min(total, _MOST_RANKED),
        total_is_exact=total <= _MOST_RANKED,
        ranked=ranked,
        notes=(*query.notes, *notes),
    )


def matching_ids(db: sqlite3.Connection, text: str, **filters: str | None) -> Iterator[int]:
    """Yield `articles.id` of everything that answers a query, newest first: for exports of any size."""
    query = with_filters(parse_query(text), filters)
    read = read_filters(db, query)
    if read.notes or _asks_nothing(text, query):
        return
    found = False
    for article_id in _ids(db, _plan(query, read)):
        found = True
        yield article_id
    if not found and _is_mixed(query):
        yield from _ids(db, _loose_plan(query, read))


def _ids(db: sqlite3.Connection, plan: _Plan) -> Iterator[int]:
    clause, values = plan.sql()
    for row in db.execute(f"SELECT {plan.rowid} FROM {clause} ORDER BY {plan.rowid} DESC", values):
        yield db.execute("SELECT id FROM articles WHERE search_rowid = ?", (row[0],)).fetchone()["id"]


def _asks_nothing(text: str, query: Query) -> bool:
    """Tell whether something was typed and none of it can be looked for."""
    return bool(text.strip()) and not query.terms and not query.filters


def _plan(query: Query, filters: Filters) -> _Plan:
    wanted, unwanted = match_expressions(query)
    ranking, _ = match_expressions(query, ranked=True)
    return _Plan(with_author(wanted, query), with_author(ranking, query), unwanted, filters)


def _is_mixed(query: Query) -> bool:
    return any(term.mixed for term in query.terms if not term.negated)


def _loose_plan(query: Query, filters: Filters) -> _Plan:
    """As _plan, for a query with phrases of mixed words that nothing answers as typed."""
    wanted, unwanted = loose_expressions(query)
    ranking, _ = loose_expressions(query, ranked=True)
    return _Plan(with_author(wanted, query), with_author(ranking, query), unwanted, filters)


def _is_worth_ranking(db: sqlite3.Connection, plan: _Plan, terms: Sequence[Term], total: int) -> bool:
    """Tell whether there is a word to rank by, and no more to go through for it than the hits merit."""
    wanted = [term for term in terms if not term.negated]
    if not wanted or total <= FEW:
        return bool(wanted)
    if plan.match == match_expressions(Query(terms=tuple(wanted)))[0] and len(wanted) == 1 and plan.is_open:
        return True  # the hits are all the articles that have the word
    left = _MOST_WEIGHED
    for term in wanted:
        match, _ = match_expressions(Query(terms=(term,)))
        sql = "SELECT count(*) FROM (SELECT 1 FROM articles_fts WHERE articles_fts MATCH ? LIMIT ?)"
        left -= int(db.execute(sql, (match, left + 1)).fetchone()[0])
        if left < 0:
            return False
    return True


def _few(db: sqlite3.Connection, plan: _Plan) -> list[int] | None:
    """Return the rows of all hits of the words looked for, where they are few; None where they are not."""
    if plan.match is None:
        return None
    clause, values = plan.sql()
    rowids = [row[0] for row in db.execute(f"SELECT {plan.rowid} FROM {clause} LIMIT {FEW + 1}", values)]
    return rowids if len(rowids) <= FEW else None


def _count(db: sqlite3.Connection, plan: _Plan) -> int:
    """Count the hits, but no further than one past the most that are ranked."""
    clause, values = plan.sql()
    sql = f"SELECT count(*) FROM (SELECT 1 FROM {clause} LIMIT {_MOST_RANKED + 1})"
    return int(db.execute(sql, values).fetchone()[0])


def _fetch(
    db: sqlite3.Connection, plan: _Plan, near: str | None, *, ranked: bool, limit: int, offset: int
) -> list[int]:
    """Return the rows of one page of hits, best or newest first."""
    if ranked:
        # The phrase adds to the score of the articles that have it and finds no others.
        plan = replace(plan, match=f"({plan.ranking}) AND {near}" if near else plan.ranking)
    clause, values = plan.sql()
    order = f"bm25(articles_fts, {_WEIGHTS}), {plan.rowid} DESC" if ranked else f"{plan.rowid} DESC"
    sql = f"SELECT {plan.rowid} FROM {clause} ORDER BY {order} LIMIT ? OFFSET ?"
    return [row[0] for row in db.execute(sql, [*values, limit, offset])]


def _articles(db: sqlite3.Connection, rowids: Sequence[int]) -> Iterator[sqlite3.Row]:
    """Yield articles by their rows of the index, in that order."""
    for rowid in rowids:
        row = db.execute("SELECT * FROM articles WHERE search_rowid = ?", (rowid,)).fetchone()
        if row is not None:
            yield row


def _hit(db: sqlite3.Connection, row: sqlite3.Row, terms: Sequence[Term]) -> Hit:
    captions = (
        image["caption"]
        for image in db.execute(
            "SELECT caption FROM images WHERE article_id = ? AND caption IS NOT NULL ORDER BY position",
            (row["id"],),
        )
    )
    section = row["section"] or _listed_section(db, row["uid"])
    return Hit(
        uid=row["uid"],
        site=row["site"],
        headline=row["headline"],
        date_published=row["date_published"],
        section=section,
        url=row["url"],
        removed_at=row["removed_at"],
        snippet=make_snippet((row["body"], row["byline"] or "", *captions), terms),
    )


def _listed_section(db: sqlite3.Connection, uid: str) -> str | None:
    row = db.execute(
        "SELECT section FROM sightings WHERE uid = ? AND section IS NOT NULL ORDER BY id LIMIT 1", (uid,)
    ).fetchone()
    return row["section"] if row else None
