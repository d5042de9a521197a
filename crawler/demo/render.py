"""Every page of the five sites, rendered from the templates in the order a reader would meet them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any, Literal

from crawler.demo.chrome import AUTHORED, BLANK, NOTICE, SEED, environment
from crawler.demo.documents import pdf_of
from crawler.demo.printed import Printed, bare_day, printed_articles, weekday_title
from crawler.demo.seeds import HANOI
from crawler.demo.sites import SITES, DemoSite, Section
from crawler.demo.story import Block, Document

CAPTURE_DAY = datetime(2024, 7, 14, 9, 30, tzinfo=HANOI)
"""When the capture begins. Tạp chí Tuyên giáo prints this day on line 1 of every page."""
Kind = Literal[
    "robots", "home", "listing", "feed", "sitemap", "article", "twin", "alias", "document", "missing"
]


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """One response of one of the sites, before the server dresses it in headers."""

    site: DemoSite
    kind: Kind
    url: str
    status: int = 200
    content_type: str = "text/html; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()
    """Headers of this page alone: `Location`, `Content-Disposition`."""
    body: bytes = field(default=b"", repr=False)


def pages() -> Iterator[Page]:
    """Yield every page of the capture, site by site."""
    for site in SITES:
        yield from _Press(site).pages()


class _Press:
    """Prints one site: its articles in order, and the names every template may use."""

    def __init__(self, site: DemoSite) -> None:
        self.site = site
        self.rows = printed_articles(site)

    def pages(self) -> Iterator[Page]:
        """Yield the site's pages: robots, home, listings, feeds, sitemaps, articles, the rest."""
        yield self._robots()
        yield self._home()
        for section in self.site.sections:
            yield from self._listings(section)
        yield from self._feeds()
        for row in self.rows:
            yield from self._article(row)
        yield from self._redirects()
        if self.site.name != "laichau_tuyengiao":
            yield self._missing(self.site.home + "sitemap.xml")

    def _print(self, template: str, *, text: str = AUTHORED, **names: object) -> bytes:
        site = self.site
        common: dict[str, Any] = {
            "site": site,
            "notice": NOTICE.format(text=text),
            "listing_url": site.listing_url,
            "latest": self.rows[:5],
            "blank": BLANK,
            "login": "quantri",
            "token": sha256(f"{template} {names.get('page')} {names.get('mark')}".encode()).hexdigest(),
            "clock": f"{weekday_title(CAPTURE_DAY)}, {bare_day(CAPTURE_DAY)}",
        }
        return environment().get_template(template).render({**common, **names}).encode()

    def _robots(self) -> Page:
        site = self.site
        body = self._print(f"{site.name}/robots.txt")
        return Page(
            site=site, kind="robots", url=site.home + "robots.txt", content_type="text/plain", body=body
        )

    def _home(self) -> Page:
        fronts = [(section, self._rows_of(section)[:5]) for section in self.site.sections]
        body = self._print(f"{self.site.name}/home.html", fronts=fronts)
        return Page(site=self.site, kind="home", url=self.site.home, body=body)

    def _rows_of(self, section: Section) -> tuple[Printed, ...]:
        return tuple(row for row in self.rows if section.key in row.article.sections)

    def _listings(self, section: Section) -> Iterator[Page]:
        site, rows = self.site, self._rows_of(section)
        count = page_count(site, len(rows))
        template = (
            f"{site.name}/listing_{section.skin}.html"
            if site.name == "tw_xaydungdang"
            else f"{site.name}/listing.html"
        )
        for page in range(1, count + 2):
            url = site.listing_url(section, page)
            shown = rows[(page - 1) * site.page_size : page * site.page_size]
            if page > count and site.name == "laichau_tuyengiao":
                yield self._redirect(url, site.listing_url(section), status=302)
                continue
            body = self._print(
                template,
                section=section,
                rows=shown,
                page=page,
                page_count=count,
                page_link=lambda n, at=page: self._page_link(section, n, at),
            )
            yield Page(site=site, kind="listing", url=url, body=body)
            if site.name == "yenbai_tramtau" and 1 < page <= count:
                yield Page(site=site, kind="alias", url=self._page_link(section, page, page - 1), body=body)

    def _page_link(self, section: Section, page: int, at: int) -> str:
        """Link the next page by its alias, every other page by its proper address."""
        url = self.site.listing_url(section, page)
        if page == at + 1:
            return url.replace(".vn/", ".vn:443/").replace("&lv=4", "+" * (4 * at) + "&lv=4")
        return url

    def _feeds(self) -> Iterator[Page]:
        site = self.site
        if site.name == "laichau_tuyengiao":
            yield self._xml("sitemap", "sitemap_index.xml", site.home + "sitemap.xml", rows=self.rows)
            alive = [row for row in self.rows if not row.article.gone]
            yield self._xml("sitemap", "sitemap.xml", site.home + "index.php?nv=news&op=sitemap", rows=alive)
        form = {"laichau_tuyengiao": "index.php/rss/{}/", "tw_tuyengiao": "rss/{}.rss"}.get(site.name)
        for section in site.sections if form else ():
            url = site.home + str(form).format(section.key)
            rows = self._rows_of(section)[:30]
            yield self._xml("feed", "rss.xml", url, section=section, rows=rows, feed_url=url)

    def _xml(self, kind: Kind, template: str, url: str, **names: Any) -> Page:
        body = self._print(f"{self.site.name}/{template}", **names)
        mime = "application/rss+xml" if kind == "feed" else "text/xml"
        return Page(site=self.site, kind=kind, url=url, content_type=f"{mime}; charset=utf-8", body=body)

    def _article(self, row: Printed) -> Iterator[Page]:
        site = self.site
        if row.article.gone:
            yield self._missing(row.url)
            return
        body = self._article_body(row, f"article_{row.article.skin}.html")
        yield Page(site=site, kind="article", url=row.url, body=body)
        if row.link != row.url:
            yield Page(site=site, kind="alias", url=row.link, body=body)
        for document in row.documents:
            url = site.home + document.path
            yield Page(
                site=site, kind="document", url=url, content_type="application/pdf", body=pdf_of(document)
            )
        if site.name == "laichau_tuyengiao":
            yield from self._twins(row)

    def _article_body(self, row: Printed, template: str, twin_kind: str = "") -> bytes:
        return self._print(
            f"{self.site.name}/{template}",
            text=SEED if row.article.seed else AUTHORED,
            a=row,
            mark=row.id,
            section=self.site.section(row.article.section),
            related=self._older(row),
            image_url=lambda block: self._image_url(row, block),
            document_url=self._document_url,
            twin=lambda kind: twin_url(row.url, kind),
            twin_kind=twin_kind,
        )

    def _older(self, row: Printed) -> Sequence[Printed]:
        at = self.rows.index(row)
        return [other for other in self.rows[at + 1 : at + 7] if not other.article.gone][:5]

    def _image_url(self, row: Printed, block: Block) -> str:
        return f"/{self.site.image_folder}/{row.published:%Y_%m}/{block.image}"

    def _document_url(self, document: Document) -> str:
        return "/" + document.path

    def _twins(self, row: Printed) -> Iterator[Page]:
        saved = ("Content-Disposition", f'attachment; filename="{row.article.slug}.html"')
        for kind, headers in (("print", ()), ("savefile", (saved,))):
            body = self._article_body(row, "print.html", kind)
            yield Page(site=self.site, kind="twin", url=twin_url(row.url, kind), headers=headers, body=body)

    def _redirects(self) -> Iterator[Page]:
        site = self.site
        if site.name == "laichau_tuyengiao":
            for row in self.rows:
                for key in row.article.also_in:
                    yield self._redirect(
                        row.url.replace(f"/{row.article.section}/", f"/{key}/"), row.url, status=301
                    )
        if site.name == "tw_tuyengiao":
            for path in ("", "robots.txt", *(section.key for section in site.sections)):
                yield self._redirect(f"http://tuyengiao.vn/{path}", site.home + path, status=301)

    def _redirect(self, url: str, target: str, *, status: int) -> Page:
        return Page(site=self.site, kind="alias", url=url, status=status, headers=(("Location", target),))

    def _missing(self, url: str) -> Page:
        return Page(site=self.site, kind="missing", url=url, status=404, body=self._print("gone.html"))


def page_count(site: DemoSite, articles: int) -> int:
    """Return how many listing pages so many articles fill."""
    return -(-articles // site.page_size)


def twin_url(url: str, kind: str) -> str:
    """Return the address of a NukeViet article's `print` or `savefile` twin."""
    return url.replace("/index.php/", f"/index.php/{kind}/")
