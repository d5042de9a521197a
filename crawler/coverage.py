"""How complete a site's archive is: its articles by section and month, and the months without any.

A section is what listings are declared to be; an article listed in two counts in both, and one that no
section's listing showed counts where its own page puts it. A gap is a month without an article between the
first and the last of its section: the site's own silence, or a page of its list that was missed.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from crawler.site import Site

_NO_SECTION: Final = "(no section)"
# Each article and its section once for each section it was listed in.
_MONTHS: Final = """
WITH placed AS (
    SELECT DISTINCT a.uid, a.date_published,
           coalesce(s.section, CASE WHEN NOT EXISTS (SELECT 1 FROM sightings o
                                                      WHERE o.uid = a.uid AND o.section IS NOT NULL)
                                    THEN coalesce(a.section, :none) END) AS section
      FROM articles a LEFT JOIN sightings s ON s.uid = a.uid
     WHERE a.site = :site
)
SELECT section, CASE WHEN length(date_published) >= 7 THEN substr(date_published, 1, 7) END AS month,
       count(*) AS articles
  FROM placed
 WHERE section IS NOT NULL
 GROUP BY section, month
"""
_MISSING: Final = """
SELECT coalesce(s.section, :none) AS section, count(DISTINCT s.uid) AS missing
  FROM sightings s
 WHERE s.site = :site AND NOT EXISTS (SELECT 1 FROM articles a WHERE a.uid = s.uid)
   AND (s.section IS NOT NULL OR NOT EXISTS (SELECT 1 FROM sightings o
                                              WHERE o.uid = s.uid AND o.section IS NOT NULL))
 GROUP BY 1
"""
_TOTAL: Final = "SELECT count(*) FROM articles WHERE site = ?"
_LISTINGS: Final = "SELECT url, resume_url, completed_at FROM listings WHERE site = ?"


@dataclass(frozen=True, kw_only=True, slots=True)
class SectionCoverage:
    """What the archive holds of one section."""

    section: str
    months: Mapping[str, int]
    """`2021-06` -> articles, in order; months without any are not in it."""
    undated: int
    """Articles without a month."""
    missing: int
    """Articles that listings show and the archive does not hold: waiting, given up, gone or unreadable."""
    walked: str
    """How far its listing was walked: `to its end on <day>`, `to <URL>`, `never`; empty where undeclared."""

    @property
    def articles(self) -> int:
        """How many articles it has."""
        return sum(self.months.values()) + self.undated

    @property
    def gaps(self) -> list[str]:
        """The months without an article between its first and its last."""
        return [month for month in self.span if month not in self.months]

    @property
    def span(self) -> list[str]:
        """Every month from its first to its last."""
        return months_between(min(self.months), max(self.months)) if self.months else []

    def to_json(self, site: str) -> dict[str, Any]:
        """Return it for `vankho coverage --json`."""
        return {
            "site": site,
            "section": self.section,
            "articles": self.articles,
            "missing": self.missing,
            "undated": self.undated,
            "first": min(self.months, default=None),
            "last": max(self.months, default=None),
            "months": dict(self.months),
            "gaps": self.gaps,
            "walked": self.walked,
        }


def coverage_of(
    db: sqlite3.Connection, name: str, site: Site | None, *, since: str = "", until: str = ""
) -> list[SectionCoverage]:
    """Return the sections of a site, the declared ones first and those without an article among them.

    `since` and `until` are days as `2021-06-30`, or empty: other months, and what has no month, are left out.
    """
    months: defaultdict[str, dict[str, int]] = defaultdict(dict)
    undated: dict[str, int] = {}
    for row in db.execute(_MONTHS, {"site": name, "none": _NO_SECTION}):
        if row["month"] is None:
            undated[row["section"]] = row["articles"]
        elif since[:7] <= row["month"] and (not until or row["month"] <= until[:7]):
            months[row["section"]][row["month"]] = row["articles"]
    missing = dict(db.execute(_MISSING, {"site": name, "none": _NO_SECTION}).fetchall())
    walked = _walked(db, site) if site else {}
    bounded = bool(since or until)
    found = sorted({*months, *missing, *(() if bounded else undated)} - set(walked))
    return [
        SectionCoverage(
            section=section,
            months=dict(sorted(months.get(section, {}).items())),
            undated=0 if bounded else undated.get(section, 0),
            missing=missing.get(section, 0),
            walked=walked.get(section, ""),
        )
        for section in (*walked, *found)
    ]


def _walked(db: sqlite3.Connection, site: Site) -> dict[str, str]:
    """Declared section -> how far its listings were walked, in declared order; the least of several."""
    states = {row["url"]: row for row in db.execute(_LISTINGS, (site.name,))}
    told: dict[str, str] = {}
    for url, section in site.sections.items():
        state = states.get(url)
        if state is None:
            told[section] = "never"
        elif state["resume_url"] or not state["completed_at"]:
            told[section] = f"to {state['resume_url'] or url}"
        else:
            told.setdefault(section, f"to its end on {state['completed_at'][:10]}")
    return told


def months_between(first: str, last: str) -> list[str]:
    """Return every month from the first to the last.

    >>> months_between("2020-11", "2021-02")
    ['2020-11', '2020-12', '2021-01', '2021-02']
    """
    start, end = (int(month[:4]) * 12 + int(month[5:7]) - 1 for month in (first, last))
    return [f"{number // 12:04}-{number % 12 + 1:02}" for number in range(start, end + 1)]


def coverage_lines(db: sqlite3.Connection, name: str, sections: Sequence[SectionCoverage]) -> Iterator[str]:
    """Yield for people: a line a section and a line a year of it, months without an article as `-`."""
    total = db.execute(_TOTAL, (name,)).fetchone()[0]
    gaps = sum(len(section.gaps) for section in sections)
    held = f"{_count(total, 'article')} in {_count(len(sections), 'section')}"
    yield f"{name}: {held}, {_count(gaps, 'month')} without any"
    for section in sections:
        yield f"  {section.section}: {', '.join(_facts(section))}"
        width = max((len(str(count)) for count in section.months.values()), default=1)
        inside = set(section.span)
        for year in sorted({month[:4] for month in section.months}):
            cells = (_cell(section, f"{year}-{number:02}", inside) for number in range(1, 13))
            yield f"    {year}  {' '.join(cell.rjust(width) for cell in cells)}".rstrip()
        if section.gaps:
            yield f"    gaps: {', '.join(_runs(section.gaps))}"


def _facts(section: SectionCoverage) -> Iterator[str]:
    yield _count(section.articles, "article")
    if section.months:
        yield f"{min(section.months)} to {max(section.months)}"
    if section.undated:
        yield f"{section.undated} without a month"
    if section.missing:
        yield f"{section.missing} listed but not in the archive"
    if section.walked:
        yield f"walked {section.walked}" if section.walked != "never" else "its listing was never walked"


def _cell(section: SectionCoverage, month: str, inside: Iterable[str]) -> str:
    return str(section.months.get(month, "-")) if month in inside else ""


def _runs(months: Sequence[str]) -> Iterator[str]:
    """Put months in a row together: `2020-03 to 2020-05`."""
    start = 0
    for at, month in enumerate(months):
        following = months[at + 1] if at + 1 < len(months) else None
        if following is None or months_between(month, following)[1:] != [following]:
            yield month if start == at else f"{months[start]} to {month}"
            start = at + 1


def _count(number: int, word: str) -> str:
    """Count what is named.

    >>> _count(1, "section"), _count(2, "section")
    ('1 section', '2 sections')
    """
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
