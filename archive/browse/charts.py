"""Plots as inline SVG, drawn by the server: nothing to load, nothing to run, sharp at any size.

Every plot has a title for screen readers, and the page puts a table of the same numbers beside it. Colours
are classes (l1 to l5), so that the style sheet decides what they are by day and by night.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

from markupsafe import Markup

_CELL: Final = 9
_ROW: Final = 22
_LABEL: Final = 230
# More cells than this are no longer drawn month by month: the page would take longer to send than to read.
_MOST_CELLS: Final = 6_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One row of a heat map."""

    label: str
    counts: Mapping[str, int]
    """Month -> number; what is no month (a year alone, '') has no place in it."""


def months_between(first: str, last: str) -> list[str]:
    """Return every month from one to another.

    >>> months_between("2023-11", "2024-02")
    ['2023-11', '2023-12', '2024-01', '2024-02']
    """
    start, end = (int(month[:4]) * 12 + int(month[5:7]) - 1 for month in (first, last))
    return [f"{number // 12:04}-{number % 12 + 1:02}" for number in range(start, end + 1)]


def span_of(rows: Sequence[Mapping[str, int]]) -> list[str]:
    """Return every month from the first that has something to the last; [] when none has."""
    months = [month for counts in rows for month in counts if len(month) == 7]
    return months_between(min(months), max(months)) if months else []


def by_year(counts: Mapping[str, int]) -> dict[str, int]:
    """Add months up to years; '' for what is undated.

    >>> by_year({"": 1, "2023": 2, "2023-11": 3, "2024-01": 4})
    {'': 1, '2023': 5, '2024': 4}
    """
    years: dict[str, int] = {}
    for month, count in sorted(counts.items()):
        years[month[:4]] = years.get(month[:4], 0) + count
    return years


def heat_map(rows: Sequence[Row], *, title: str) -> Markup:
    """Return a map of rows by month, by year where months would be too many; darker is more."""
    months = span_of([row.counts for row in rows])
    if not months:
        return Markup()
    periods, counted = months, [dict(row.counts) for row in rows]
    if len(months) * len(rows) > _MOST_CELLS:
        periods = sorted({month[:4] for month in months})
        counted = [by_year(row.counts) for row in rows]
    most = max((row.get(period, 0) for row in counted for period in periods), default=0)
    drawn = [
        _heat_row(row, counts, periods, most, 20 + number * _ROW)
        for number, (row, counts) in enumerate(zip(rows, counted, strict=True))
    ]
    return _svg(
        Markup("").join([_year_marks(periods, 14), *drawn]),
        width=_LABEL + len(periods) * _CELL + 40,
        height=24 + len(rows) * _ROW,
        title=title,
    )


def _heat_row(row: Row, counts: Mapping[str, int], periods: Sequence[str], most: int, y: int) -> Markup:
    label = Markup('<text x="0" y="{}" class="label">{}</text>').format(y + 12, _shortened(row.label))
    ground = Markup('<rect x="{}" y="{}" width="{}" height="16" class="ground"/>').format(
        _LABEL, y, len(periods) * _CELL
    )
    cells = [
        Markup(
            '<rect x="{}" y="{}" width="{}" height="16" class="l{}"><title>{}: {} - {}</title></rect>'
        ).format(
            _LABEL + n * _CELL, y, _CELL - 1, _shade(counts[period], most), row.label, period, counts[period]
        )
        for n, period in enumerate(periods)
        if counts.get(period)
    ]
    return Markup("").join([label, ground, *cells])


def _shade(count: int, most: int) -> int:
    """Return 1 to 5; by the root, so that a rich site does not blot out the others.

    >>> [_shade(count, 100) for count in (1, 4, 16, 36, 64, 100)]
    [1, 1, 2, 3, 4, 5]
    """
    return max(1, min(5, round(sqrt(count / max(most, 1)) * 5)))


def bars(counts: Mapping[str, float], *, title: str, periods: Sequence[str] | None = None) -> Markup:
    """Return a bar for each month (or for each given period), with the highest number marked."""
    periods = span_of([dict.fromkeys(counts, 1)]) if periods is None else periods
    most = max((counts.get(period, 0) for period in periods), default=0)
    if not most:
        return Markup()
    width = max(_CELL, min(40, 640 // len(periods)))
    drawn = [
        Markup('<rect x="{}" y="{}" width="{}" height="{}" class="bar"><title>{}: {}</title></rect>').format(
            40 + n * width, 140 - height, width - 1, height, period, _number(counts[period])
        )
        for n, period in enumerate(periods)
        if (height := max(1, round(counts.get(period, 0) / most * 120))) and counts.get(period)
    ]
    right = 40 + len(periods) * width
    axis = Markup(
        '<line x1="40" y1="140.5" x2="{}" y2="140.5" class="axis"/>'
        '<line x1="40" y1="20" x2="{}" y2="20" class="grid"/>'
        '<text x="34" y="24" class="end">{}</text><text x="34" y="144" class="end">0</text>'
    ).format(right, right, _number(most))
    marks = _year_marks(periods, 158, left=40, cell=width) if len(periods[0]) == 7 else _names(periods, width)
    return _svg(Markup("").join([axis, *drawn, marks]), width=right + 40, height=166, title=title)


def _names(periods: Sequence[str], width: int) -> Markup:
    return Markup("").join(
        Markup('<text x="{}" y="156" class="mid">{}</text>').format(40 + n * width + width // 2, period)
        for n, period in enumerate(periods)
    )


def _year_marks(periods: Sequence[str], y: int, *, left: int = _LABEL, cell: int = _CELL) -> Markup:
    """Write each year where it begins, as far apart as they can be read."""
    marks, last = [], -100
    for n, period in enumerate(periods):
        x = left + n * cell
        begins = n == 0 or period[:4] != periods[n - 1][:4]
        if begins and x - last >= 34:
            marks.append(Markup('<text x="{}" y="{}">{}</text>').format(x, y, period[:4]))
            last = x
    return Markup("").join(marks)


def _number(value: float) -> str:
    return f"{value:.2f}" if value != int(value) else f"{int(value)}"


def _shortened(text: str, most: int = 34) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _svg(content: Markup, *, width: int, height: int, title: str) -> Markup:
    return Markup(
        '<svg viewBox="0 0 {0} {1}" width="{0}" height="{1}" role="img" aria-label="{2}">{3}</svg>'
    ).format(width, height, title, content)
