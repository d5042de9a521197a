"""The verb `fixture`: a captured page becomes a case of the gold set, unreviewed until a person clears it.

The bytes come from our own WARC: nothing is fetched again, and what is tested later is what the server sent.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote, urlsplit

import click

from archive.model import Article, Capture
from archive.text import fold
from crawler.cli_options import DATA, SITES, Complaint
from crawler.errors import ChallengeError, CrawlerError, MissingField, NotAnArticle

if TYPE_CHECKING:
    from archive.store import Archive
    from crawler.site import Site

_NEWEST: Final = """
SELECT warc_file, warc_offset FROM captures
 WHERE url IN (?, ?) AND kind NOT IN ('robots', 'feed', 'sitemap')
 ORDER BY captured_at DESC, id DESC LIMIT 1
"""
_LONGEST_NAME: Final = 48


@click.command()
@click.argument("name", metavar="SITE")
@click.argument("page", metavar="URL|UID")
@DATA
@click.option(
    "--into",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("tests/sites"),
    show_default=True,
    help="The gold set's folder.",
)
@click.option("--case", metavar="NAME", help="Name of the two files; from the address when not given.")
@SITES
def fixture(
    name: str, page: str, data: Path, into: Path, case: str | None, folders: tuple[Path, ...]
) -> None:
    """Make a test case of a page in the archive: its bytes, and beside them what is read in them.

    The record says "reviewed_by": null, and the tests fail, until a person has read the two against each
    other. A record that a person has cleared is never overwritten.
    """
    from archive.store import Archive  # noqa: PLC0415 - loaded when the verb runs
    from crawler.site import folders_of, nearest, read_sites  # noqa: PLC0415 - loaded when the verb runs

    sites = read_sites(*folders_of(folders))
    if name not in sites:
        raise Complaint(f"no site '{name}' is declared; {nearest(name, sites)}")
    site = sites[name]
    if case is not None and not re.fullmatch(r"[a-z0-9][a-z0-9-]*", case):
        raise click.BadParameter(f"{case!r}: write it in a-z, 0-9 and hyphens", param_hint="--case")
    with Archive.open(data) as archive:
        capture = find_capture(archive, site, page)
    path = write_fixture(capture, site, into / site.name, case or case_name(capture.url))
    click.echo(f"{path.with_suffix('.html')}: {len(capture.body)} bytes, captured {capture.captured_at}")
    click.echo(f'{path}: unreviewed; read the two against each other, then set "reviewed_by": "person"')


def find_capture(archive: Archive, site: Site, page: str) -> Capture:
    """Return the newest capture of a page, named by its address or uid (or the id alone), bytes and all.

    Raises CrawlerError when the archive holds none, CaptureMissing when its WARC record is gone or damaged.
    """
    from archive.warc import read_capture  # noqa: PLC0415 - loaded when the verb runs
    from crawler.site import canonical  # noqa: PLC0415 - loaded when the verb runs

    if "://" not in page:
        page = _address_of(archive, site, page)
    elif not _is_served(site, page):
        raise CrawlerError(f"{page} is not on {site.name}; its hosts are {', '.join(site.hosts)}")
    row = archive.db.execute(_NEWEST, (page, canonical(site, page))).fetchone()
    if row is None:
        raise CrawlerError(f"{archive.path}: no capture of {page}; crawl it first: vankho crawl {site.name}")
    return read_capture(archive.folder, row["warc_file"], row["warc_offset"])


def _is_served(site: Site, page: str) -> bool:
    from crawler.site import is_on_site  # noqa: PLC0415 - loaded when the verb runs

    try:
        return is_on_site(site, page)
    except ValueError:  # as `http://[`
        return False


def _address_of(archive: Archive, site: Site, uid: str) -> str:
    """Return the address a uid was captured from: an article's, or that of a page which could not be read."""
    uid = uid if uid.startswith(f"{site.name}/") else f"{site.name}/{uid}"
    row = archive.db.execute(
        "SELECT c.url FROM articles a JOIN captures c ON c.id = a.capture_id WHERE a.uid = ?", (uid,)
    ).fetchone()
    if row is not None:
        return str(row["url"])
    sighting = archive.sighting(uid)
    if sighting is None:
        raise CrawlerError(f"{archive.path}: no article {uid}; find its uid with: vankho search WORDS")
    return sighting.url


def case_name(url: str) -> str:
    """Return a file name for the page at an address: the words of its last path segment, and its number.

    >>> case_name("http://laichau.dcs.vn/index.php/dan-van/ngay-hoi-5102.html")
    'ngay-hoi-5102'
    >>> case_name("http://tramtau.yenbai.gov.vn/Pages/chi-tiet-tin-tuc.aspx?ItemID=1893&l=Tin")
    'chi-tiet-tin-tuc-1893'
    """
    parts = urlsplit(url)
    segment = next((piece for piece in reversed(parts.path.split("/")) if piece), "home")
    words = re.findall(r"[a-z0-9]+", fold(unquote(re.sub(r"\.\w{2,5}$", "", segment))))
    numbers = [word for word in re.findall(r"\d+", f"{segment} {parts.query}") if len(word) > 2]
    number = numbers[-1] if numbers else ""
    text = "-".join(word for word in words if word != number)
    if len(text) > _LONGEST_NAME:
        text = text[: _LONGEST_NAME + 1].rsplit("-", 1)[0]
    return "-".join(filter(None, (text, number))) or "page"


def write_fixture(capture: Capture, site: Site, folder: Path, case: str) -> Path:
    """Write `<case>.html` and `<case>.json` and return the path of the latter.

    Raises CrawlerError when a person has cleared the record there, when the case is another page's, or when
    the folder cannot be written.
    """
    path = folder / f"{case}.json"
    _refuse_to_overwrite(path, capture.url)
    record = json.dumps(record_of(capture, site), ensure_ascii=False, indent=1)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.with_suffix(".html").write_bytes(capture.body)
        path.write_text(f"{record}\n", encoding="utf-8")
    except OSError as error:
        raise CrawlerError(f"{path}: cannot be written ({error.strerror}); give another --into") from error
    return path


def _refuse_to_overwrite(path: Path, url: str) -> None:
    if not path.exists() and not path.with_suffix(".html").exists():
        return
    try:
        known = json.loads(path.read_text(encoding="utf-8"))
        reviewer, other = known["reviewed_by"], known["url"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CrawlerError(
            f"{path}: cannot be read as a record and is left alone; mend or remove it"
        ) from error
    if reviewer is not None:
        raise CrawlerError(
            f"{path}: reviewed by {reviewer} and left alone; give another --case, or remove it first"
        )
    if other != url:
        raise CrawlerError(f"{path}: is the case of {other}; give another --case")


def record_of(capture: Capture, site: Site) -> dict[str, Any]:
    """Return the unreviewed record of a page: what the extractor reads in it, or why it is no article."""
    from crawler.extract import extract  # noqa: PLC0415 - loaded when the verb runs

    record: dict[str, Any] = {
        "url": capture.url,
        "captured_at": capture.captured_at,
        "family": site.family.name,
        "reconstruction": capture.header("x-vankho-reconstruction") is not None,
        "reviewed_by": None,
    }
    content_type = capture.header("content-type") or ""
    if "charset" in content_type.lower():
        record["content_type"] = content_type  # the page itself may not say it
    try:
        article = extract(capture, site).article
    except (NotAnArticle, ChallengeError, MissingField) as refusal:
        why = f"{type(refusal).__name__}: {refusal}"
        return {**record, "not_article": True, "why": why, "http_status": capture.status}
    return {**record, **_fields(article)}


def _fields(article: Article) -> dict[str, Any]:
    """What was read, under the gold set's keys. Words that must stay out only a person can choose."""
    captions = dict.fromkeys(image.caption for image in article.images if image.caption)
    credited = dict.fromkeys(image.credit for image in article.images if image.credit)
    return {
        "headline": article.headline,
        "date_published": article.date_published,
        "date_precision": article.date_precision,
        "date_source_expected": "page" if article.date_source == "meta" else article.date_source,
        "authors": list(article.authors),
        "byline": article.byline,
        "source": article.source,
        "section": article.section,
        "description": article.description,
        "body": article.body.split("\n\n") if article.body else [],
        "captions": list(captions),
        "credits": list(credited),
        "attachments": [{"url": file.url, "title": file.title} for file in article.attachments],
        "must_not_leak": [],
    }
