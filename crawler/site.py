"""Site: one declared website of one Party organ, read from its TOML file.

Data declares what a site is; its family decides how it works. A wrong key, type or family is a SiteError that
names the file, the key and the nearest right one.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from crawler.errors import SiteError
from crawler.families import FAMILIES
from crawler.family import Family
from crawler.quiet import QuietHours
from crawler.urls import host_of, path_and_query

BUNDLED = Path(__file__).parent / "sites"
"""The folder of declarations that comes with the package."""
LEVELS = ("central", "province", "district", "commune")

_KEYS: Mapping[str, type | tuple[type, ...]] = {
    "title": str,
    "publisher": str,
    "level": str,
    "province": str,
    "home": str,
    "family": str,
    "hosts": list,
    "feeds": list,
    "sitemaps": list,
    "delay": (int, float),
    "quiet_hours": str,
    "sections": dict,
    "expect": dict,
}
_REQUIRED = ("title", "publisher", "level", "home", "family")
_EXPECTATIONS: Mapping[str, type | tuple[type, ...]] = {"articles_per_week": (int, float)}
_TYPE_NAMES = {str: "a string", list: "a list of strings", dict: "a table", (int, float): "a number"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Site:
    """One website of one Party organ; it keeps its name when its host changes."""

    name: str
    """The file's stem: `<province>_<organ>`, `tw_` for the centre."""
    title: str
    """The site's own title."""
    publisher: str
    """The organ that publishes it (schema.org publisher)."""
    level: str
    """`central`, `province`, `district` or `commune`."""
    province: str | None
    """As named at the time; None for the centre."""
    home: str
    """Absolute URL of the home page, with its closing slash."""
    family: Family
    """How its CMS works."""
    hosts: tuple[str, ...]
    """Every host it is served from, lower case, without `www.`, with its port where that is not the scheme's
    own; the home's first."""
    sections: Mapping[str, str] = field(default_factory=dict)
    """Absolute listing URL -> the section's name, in declared order."""
    feeds: tuple[str, ...] = ()
    """Absolute URLs of RSS or Atom feeds."""
    sitemaps: tuple[str, ...] = ()
    """Absolute URLs of sitemaps or sitemap indexes."""
    delay: float | None = None
    """Seconds between requests where it needs more than its family's pace."""
    quiet_hours: QuietHours | None = None
    """Times of the day, in Vietnam, in which it is left alone; None when it may be crawled at any."""
    articles_per_week: float | None = None
    """Fewer than this is suspect; None when nothing is expected."""
    declared_in: Path
    """The TOML file."""


def canonical(site: Site, url: str) -> str:
    """Return the one URL that the aliases of a page on this site share."""
    return site.family.canonical(url)


def served_from(url: str) -> str:
    """Return the host that answers for a URL, as it stands in `Site.hosts`.

    >>> served_from("http://WWW.laichau.dcs.vn:80/x"), served_from("http://127.0.0.1:8001/x")
    ('laichau.dcs.vn', '127.0.0.1:8001')
    """
    port = urlsplit(url).port
    return host_of(url) if port in {None, 80, 443} else f"{host_of(url)}:{port}"


def is_on_site(site: Site, url: str) -> bool:
    """Whether a URL is served from one of the site's hosts over http or https."""
    return urlsplit(url).scheme in {"http", "https"} and served_from(url) in site.hosts


def is_twin(site: Site, url: str) -> bool:
    """Whether a URL shows an article once more (print, savefile, sendmail): such are never fetched."""
    address = path_and_query(url)
    return any(pattern.search(address) for pattern in site.family.twins)


def article_id(site: Site, url: str) -> str | None:
    """Return the site's own id of the article behind a URL; None when the URL is no article of this site.

    Where ids count within a list or module, that stands before the id: `Tinhoatdong-562`. Where the family
    knows no ids, the canonical path is the id.
    """
    if not is_on_site(site, url) or is_twin(site, url):
        return None
    url = canonical(site, url)
    if url in site.sections or is_twin(site, url):
        return None
    address = path_and_query(url)
    for pattern in site.family.article:
        match = pattern.search(address)
        if match:
            return _id_in(match.groupdict()) or address.lstrip("/")
    return None


def _id_in(groups: Mapping[str, str | None]) -> str | None:
    number, space = groups.get("id"), groups.get("space")
    return f"{space}-{number}" if number and space else number


def is_article_url(site: Site, url: str) -> bool:
    """Whether a URL is an article of this site, by its shape."""
    return article_id(site, url) is not None


def uid_of(site: Site, url: str) -> str:
    """Return the identity of the page behind a URL: site name, slash, its id or its canonical path."""
    return f"{site.name}/{article_id(site, url) or path_and_query(canonical(site, url)).lstrip('/')}"


def site_of(sites: Mapping[str, Site], url: str) -> Site | None:
    """Return the declared site that a URL's host belongs to; None when there is none."""
    host = served_from(url)
    return next((site for site in sites.values() if host in site.hosts), None)


def folders_of(extra: str | Sequence[Path]) -> tuple[Path, ...]:
    """Return the folders of declarations: the bundled one, then those given, joined by `:` where a string."""
    named = [Path(folder) for folder in extra.split(":") if folder] if isinstance(extra, str) else list(extra)
    return (BUNDLED, *named)


def read_sites(*folders: Path) -> dict[str, Site]:
    """Read every declaration of these folders, the bundled ones when none is given, sorted by name.

    A later folder's declaration replaces an earlier one of the same name. Raises SiteError for a wrong
    declaration, a missing folder, or two sites that claim one host.
    """
    sites: dict[str, Site] = {}
    for folder in folders or (BUNDLED,):
        if not folder.is_dir():
            raise SiteError(f"{folder}: no such folder of site declarations; give a folder that holds *.toml")
        sites |= {path.stem: read_site(path) for path in sorted(folder.glob("*.toml"))}
    _refuse_shared_hosts(sites.values())
    return dict(sorted(sites.items()))


def _refuse_shared_hosts(sites: Iterable[Site]) -> None:
    owners: dict[str, Site] = {}
    for site in sites:
        for host in site.hosts:
            other = owners.setdefault(host, site)
            if other is not site:
                raise SiteError(
                    f"{site.declared_in}: host {host} is already declared by {other.declared_in}; "
                    "a host belongs to one site"
                )


def read_site(path: Path) -> Site:
    """Read one declaration. Raises SiteError naming file, key and the nearest right one."""
    data = _read_toml(path)
    _check_keys(path, data, _KEYS)
    for key in _REQUIRED:
        if key not in data:
            raise SiteError(f"{path}: key '{key}' is missing; a declaration needs {', '.join(_REQUIRED)}")
    _check_choice(path, "level", data["level"], LEVELS)
    _check_choice(path, "family", data["family"], sorted(FAMILIES))
    expect = data.get("expect", {})
    _check_keys(path, expect, _EXPECTATIONS, table="expect")
    home = _home(path, data["home"])
    family = FAMILIES[data["family"]]
    hosts = (
        served_from(home),
        *(host.lower().removeprefix("www.") for host in _strings(path, data, "hosts")),
    )
    return Site(
        name=path.stem,
        title=data["title"],
        publisher=data["publisher"],
        level=data["level"],
        province=data.get("province"),
        home=home,
        family=family,
        hosts=tuple(dict.fromkeys(hosts)),
        sections=_sections(path, data, home, family),
        feeds=_addresses(path, data, "feeds", home, family.feeds),
        sitemaps=_addresses(path, data, "sitemaps", home, family.sitemaps),
        delay=data.get("delay"),
        quiet_hours=_quiet_hours(path, data.get("quiet_hours")),
        articles_per_week=expect.get("articles_per_week"),
        declared_in=path,
    )


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SiteError(f"{path}: no such file; a site is declared in <province>_<organ>.toml") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SiteError(f"{path}: not TOML in UTF-8 ({error})") from error
    except OSError as error:
        raise SiteError(f"{path}: cannot be read ({error.strerror})") from error


def _check_keys(
    path: Path,
    data: Mapping[str, Any],
    known: Mapping[str, type | tuple[type, ...]],
    *,
    table: str | None = None,
) -> None:
    place = f" in [{table}]" if table else ""
    for key, value in data.items():
        if key not in known:
            raise SiteError(f"{path}: unknown key '{key}'{place}; {nearest(key, known)}")
        if not isinstance(value, known[key]) or isinstance(value, bool):
            expected = _TYPE_NAMES[known[key]]
            raise SiteError(f"{path}: key '{key}'{place} must be {expected}, not {value!r}")


def _check_choice(path: Path, key: str, value: str, choices: Iterable[str]) -> None:
    choices = list(choices)
    if value not in choices:
        raise SiteError(f"{path}: unknown {key} '{value}'; {nearest(value, choices)}")


def nearest(word: str, known: Iterable[str]) -> str:
    """Say which of the known words a wrong one was probably meant to be."""
    known = list(known)
    close = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
    return f"did you mean '{close[0]}'?" if close else f"known are {', '.join(known)}"


def _home(path: Path, home: str) -> str:
    parts = urlsplit(home)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise SiteError(f"{path}: key 'home' must be a full address as http://example.vn/, not {home!r}")
    return home if parts.path else f"{home}/"


def _strings(path: Path, data: Mapping[str, Any], key: str) -> list[str]:
    values = data.get(key, [])
    for value in values:
        if not isinstance(value, str) or not value.strip():
            raise SiteError(f"{path}: key '{key}' must be a list of strings, but holds {value!r}")
    return list(values)


def _addresses(
    path: Path, data: Mapping[str, Any], key: str, home: str, default: tuple[str, ...]
) -> tuple[str, ...]:
    chosen = _strings(path, data, key) if key in data else default
    return tuple(urljoin(home, address) for address in chosen)


def _quiet_hours(path: Path, text: str | None) -> QuietHours | None:
    try:
        return None if text is None else QuietHours.read(text)
    except ValueError as error:
        raise SiteError(f"{path}: key 'quiet_hours' {error}, not {text!r}") from error


def _sections(path: Path, data: Mapping[str, Any], home: str, family: Family) -> dict[str, str]:
    sections: dict[str, str] = {}
    for address, name in data.get("sections", {}).items():
        if not isinstance(name, str) or not name.strip():
            raise SiteError(f"{path}: section '{address}' must name a section, not {name!r}")
        sections[family.canonical(urljoin(home, address))] = name
    return sections
