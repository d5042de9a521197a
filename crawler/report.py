"""What a crawl says at its end: lines for `vankho crawl`, a table for `vankho demo`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from rich import box
from rich.table import Table

from archive.store import Archive
from crawler.crawl_options import RunResult

_COUNTS = ("listings", "fetched", "new", "duplicates", "issues", "gone")
_NARROW = {"listings": "list.", "fetched": "fetch", "duplicates": "dup.", "issues": "iss."}
_TABLE_WIDTH = 110
"""Columns of a terminal that the whole table takes."""
_WHY_LEFT = {
    "interrupted": "stopped on request",
    "limit": "the limit is reached",
    "budget": "the budget is spent",
    "time": "its time is over",
    "quiet_hours": "its quiet hours have begun",
}
# Of the articles a run found, those whose text repeats another's. Asked when all runs are done: which of two
# printings is the earlier one is not known before both are there.
_DUPLICATES = """
SELECT count(DISTINCT d.article_id)
  FROM duplicates d
  JOIN articles a ON a.id = d.article_id
  JOIN captures c ON c.article_id = a.id AND c.captured_at = a.first_captured_at AND c.kind = 'article'
 WHERE c.run_id = ? AND d.kind <> 'excerpt'
"""


def closing_lines(results: Sequence[RunResult]) -> Iterator[str]:
    """Yield a line for each run that did not simply finish, what is left to fetch, and the totals."""
    for result in results:
        name, left = result.site.name, result.counts.get("left", 0)
        if result.error is not None:
            yield f"{name}: stopped: {result.error}"
        if left:
            why = _WHY_LEFT.get(result.reason, result.reason)
            yield f"{name}: {why}; {_articles(left)} left to fetch; the same command goes on with them"
        elif result.reason == "interrupted":
            yield f"{name}: stopped on request; the same command goes on where it was"
        elif result.reason == "quiet_hours":
            yield f"{name}: left alone in its quiet hours, {result.site.quiet_hours} in Vietnam"
    if rechecked := _total(results, "rechecked"):
        changed, gone, back = (_total(results, name) for name in ("changed", "removed", "returned"))
        yield f"{rechecked} looked at again: {changed} changed, {gone} newly gone, {back} back"
    fetched = _total(results, "fetched")
    new = sum(_new(result) for result in results)
    yield f"{len(results)} {'site' if len(results) == 1 else 'sites'} crawled: {fetched} fetched, {new} new"


def _total(results: Sequence[RunResult], name: str) -> int:
    return sum(result.counts.get(name, 0) for result in results)


def _articles(count: int) -> str:
    return "1 article is" if count == 1 else f"{count} articles are"


def _new(result: RunResult) -> int:
    return result.counts.get("new", 0) + result.counts.get("duplicates", 0)


def demo_table(results: Sequence[RunResult], data: Path, *, width: int) -> Table:
    """Return the table that a demo ends with: what each run did, and the span of what the archive holds.

    On a terminal narrower than the table the days become months and `gone` is left to the totals.
    """
    wide = width >= _TABLE_WIDTH
    columns = [name for name in _COUNTS if wide or name != "gone"]
    table = Table(box=box.SIMPLE_HEAD if wide else None, pad_edge=wide, padding=(0, 1, 0, wide))
    for name in ("site", "family"):
        table.add_column(name, no_wrap=True)
    for name in columns:
        table.add_column(name if wide else _NARROW.get(name, name), justify="right", no_wrap=True)
    for name in ("oldest", "newest"):
        table.add_column(name, no_wrap=True)
    with Archive.open(data) as archive:
        held = {summary.site: summary for summary in archive.summary()}
        for result in results:
            summary = held.get(result.site.name)
            span = (summary.oldest, summary.newest) if summary else (None, None)
            repeated = archive.db.execute(_DUPLICATES, (result.run_id,)).fetchone()[0]
            counts = {**result.counts, "new": _new(result), "duplicates": repeated}
            figures = [str(counts.get(name, 0)) for name in columns]
            dates = [(day or "")[: 10 if wide else 7] for day in span]
            table.add_row(result.site.name, result.site.family.name, *figures, *dates)
    return table


def total_line(results: Sequence[RunResult], data: Path) -> str:
    """Return the demo's totals in one line, for people and for the test that reads it."""
    with Archive.open(data) as archive:
        held = archive.summary()
    new = sum(_new(result) for result in results)
    gone = sum(result.counts.get("gone", 0) for result in results)
    issues = sum(result.counts.get("issues", 0) for result in results)
    line = (
        f"{len(results)} sites, {sum(site.unique for site in held)} unique articles, "
        f"{sum(site.duplicates for site in held)} duplicates. "
        f"This run: {new} new, {issues} unexplained issues."
    )
    return f"{line} {gone} listed articles are gone: their addresses answer 404." if gone else line


def next_commands(data: Path) -> str:
    """Return commands to try on the demo's archive."""
    query = "SELECT date_published, headline FROM unique_articles ORDER BY 1 DESC LIMIT 5"
    other = "" if data == Path("data/demo") else f" --data {data}"
    return "\n".join(
        [
            "Next, try:",
            f'  vankho search "công tác tuyên giáo" --data {data}',
            f"  vankho show laichau_tuyengiao/5120 --data {data}",
            f'  sqlite3 {data}/archive.db "{query}"',
            f"  vankho serve --data {data}",
            f"  vankho demo --keep{other}",
        ]
    )
