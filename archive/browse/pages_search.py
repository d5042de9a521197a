"""Finding: the search page, and a phrase over time."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Final

from archive.browse.addresses import with_arguments
from archive.browse.charts import Row, bars, by_year, heat_map, span_of
from archive.browse.figures import LEVELS, Holdings, count_holdings
from archive.browse.findings import MOST_COUNTED, PAGE_SIZE, Filters, Order, count_apart, count_by_month, find
from archive.browse.findings import count_facets as count
from archive.browse.reader import Reader
from archive.browse.view import Asked, Data
from archive.query import parse_query
from archive.search import Hit, Results, matching_ids
from archive.text import fold

FILTERS: Final = ("site", "province", "level", "from", "to", "section", "author")
_ORDERS: Final[tuple[Order, ...]] = ("best", "newest", "oldest")
_LAST_PAGE: Final = MOST_COUNTED // PAGE_SIZE


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """A search as its address says it, and as the archive understands it."""

    typed: str
    """The words as typed."""
    chosen: dict[str, str]
    """The filters, by the names in the address."""
    text: str
    """The words with the sites of the chosen level."""
    filters: Filters
    """The filters, by the archive's names."""
    impossible: str | None = None
    """Why nothing can answer; None when something may."""


def read_search(asked: Asked, holdings: Holdings) -> Wanted:
    """Return the search an address asks for."""
    chosen = {name: value for name in FILTERS if (value := asked.get(name))}
    text, impossible = asked.get("q"), None
    level = chosen.get("level")
    if level is not None:
        names = [site.name for site in holdings.sites if site.level == level]
        if "site" in chosen or "site" in parse_query(text).filters:
            own = [chosen["site"]] if "site" in chosen else parse_query(text).filters["site"]
            impossible = None if set(own) <= set(names) else f"no such site of level {level}"
        elif names:
            text = " ".join([text, *(f"site:{name}" for name in names)])
        else:
            impossible = f"no site of level {level}"
    renamed = {"from": "from_"}
    filters = {renamed.get(name, name): value for name, value in chosen.items() if name != "level"}
    return Wanted(typed=asked.get("q"), chosen=chosen, text=text, filters=filters, impossible=impossible)


async def load_search(asked: Asked, reader: Reader) -> Data:
    """One page of what was found, with counts beside it; an empty one says why."""
    holdings = await reader.figure(count_holdings)
    wanted = read_search(asked, holdings)
    order: Order = next((name for name in _ORDERS if name == asked.get("sort")), "best")
    number = asked.number("page", 1, most=_LAST_PAGE)
    if wanted.impossible:
        nothing = Results(hits=(), total=0, total_is_exact=True, ranked=True, notes=(wanted.impossible,))
        return _search_data(asked, wanted, holdings, nothing, order, number)
    results = await reader.read(lambda db: find(db, wanted.text, wanted.filters, order, number))
    data = _search_data(asked, wanted, holdings, results, order, number)
    if results.total:
        key = ("facets", wanted.text, *sorted(wanted.filters.items()))
        facets = await reader.remembered(key, lambda db: count(db, wanted.text, wanted.filters))
        data["facets"] = asdict(facets)
    else:
        data["apart"] = [
            {"query": text, "total": total, "exact": exact}
            for text, total, exact in await reader.read(
                lambda db: count_apart(db, wanted.typed, wanted.filters)
            )
        ]
    return data


def _search_data(
    asked: Asked, wanted: Wanted, holdings: Holdings, results: Results, order: Order, number: int
) -> Data:
    asks = {"q": wanted.typed, **wanted.chosen, "sort": order if order != "best" else None}
    last = min(_LAST_PAGE, -(-results.total // PAGE_SIZE))
    return {
        "query": wanted.typed,
        "filters": wanted.chosen,
        "sort": order,
        "ranked": results.ranked,
        "total": results.total,
        "total_is_exact": results.total_is_exact,
        "page": number,
        "pages": last,
        "notes": list(results.notes),
        "hits": [_hit_data(hit, holdings) for hit in results],
        "facets": None,
        "apart": [],
        "permalink": asked.origin + with_arguments("/search", asks),
        "_asks": asks,
        "_choices": _choices(holdings),
        "_titles": {site.name: site.title for site in holdings.sites},
    }


def _hit_data(hit: Hit, holdings: Holdings) -> Data:
    site = holdings.site(hit.site)
    values = asdict(hit)
    values["site_title"] = site.title if site else None
    values["province"] = site.province if site else None
    return values


def _choices(holdings: Holdings) -> Data:
    """Return what the lists of the search form offer."""
    before = sorted({site.province for site in holdings.sites if site.province}, key=fold)
    now = sorted({site.province_now for site in holdings.sites if site.province_now}, key=fold)
    levels = [level for level in LEVELS if any(site.level == level for site in holdings.sites)]
    return {
        "sites": [(site.name, site.title) for site in holdings.sites],
        "provinces": before,
        "provinces_now": now,
        "levels": levels,
    }


# ------------------------------------------------------------------------------------------------ timeline


async def load_timeline(asked: Asked, reader: Reader) -> Data:
    """How many articles answer a query, month by month and site by site, and of how many there are."""
    holdings = await reader.figure(count_holdings)
    wanted = read_search(asked, holdings)
    text, filters = wanted.text, wanted.filters
    sites: dict[str, dict[str, int]] = {}
    if (text or filters) and not wanted.impossible:
        sites = await reader.read(lambda db: count_by_month(db, matching_ids(db, text, **filters)))
    share = asked.get("of") == "share"
    all_months = _added([site.months for site in holdings.sites if not sites or site.name in sites])
    months = _added(list(sites.values()))
    shares = {m: 1000 * n / all_months[m] for m, n in months.items() if len(m) == 7 and all_months.get(m)}
    title = {"vi": "Số bài mỗi tháng", "en": "Articles a month"}[asked.language]
    titles = {site.name: site.title for site in holdings.sites}
    periods = span_of([months])
    return {
        "query": wanted.typed,
        "filters": wanted.chosen,
        "total": sum(months.values()),
        "undated": months.get("", 0),
        "months": {period: months.get(period, 0) for period in periods},
        "per_thousand": {period: round(shares.get(period, 0), 2) for period in periods},
        "sites": {
            name: {"title": titles.get(name), "total": sum(counts.values()), "months": counts}
            for name, counts in sorted(sites.items(), key=lambda item: -sum(item[1].values()))
        },
        "of": "share" if share else "count",
        "_years": by_year(months),
        "_plot": bars(shares if share else months, title=title, periods=periods) if periods else "",
        "_heat_map": heat_map(
            [Row(label=titles.get(name) or name, counts=counts) for name, counts in sorted(sites.items())],
            title=title,
        ),
        "_asks": {"q": wanted.typed, **wanted.chosen},
    }


def _added(parts: list[Any]) -> dict[str, int]:
    months: dict[str, int] = {}
    for counts in parts:
        for month, number in counts.items():
            months[month] = months.get(month, 0) + number
    return months
