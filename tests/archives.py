"""Archives for tests: real SQLite files and real WARC files in a temporary folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from archive.model import Article, Capture, Image, Issue, Outcome, Reading
from archive.store import Archive
from archive.warc import WarcWriter

NOW: Final = "2026-11-22T08:00:00Z"

LAI_CHAU: Final = {
    "name": "laichau_tuyengiao",
    "title": "Ban Tuyên giáo Tỉnh ủy Lai Châu",
    "publisher": "Ban Tuyên giáo Tỉnh ủy Lai Châu",
    "level": "province",
    "province": "Lai Châu",
    "home": "http://laichau.dcs.vn/",
    "family": "nukeviet",
}
YEN_BAI: Final = {
    "name": "yenbai_tramtau",
    "title": "Huyện Trạm Tấu",
    "publisher": "Huyện ủy Trạm Tấu",
    "level": "district",
    "province": "Yên Bái",
    "home": "http://tramtau.yenbai.gov.vn/",
    "family": "sharepoint",
}
CENTRAL: Final = {
    "name": "tw_tuyengiao",
    "title": "Tạp chí Tuyên giáo",
    "publisher": "Ban Tuyên giáo Trung ương",
    "level": "central",
    "province": None,
    "home": "https://tuyengiao.vn/",
    "family": "slug_id",
}


class Desk:
    """An archive being written: every `file` is one page fetched and recorded."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.archive = Archive.open(folder, create=True)
        for site in (LAI_CHAU, YEN_BAI, CENTRAL):
            self.archive.add_site(**site)
        self.run = self.archive.begin_run(
            "laichau_tuyengiao", started_at=NOW, command="crawl laichau_tuyengiao"
        )
        self.warc = WarcWriter(folder, "laichau_tuyengiao", started_at=NOW, software="vankho test")
        self._served = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.warc.close()
        self.archive.close()

    def fetch(self, url: str, *, at: str = NOW, status: int = 200, payload: bytes | None = None) -> Capture:
        """Keep one response; its bytes differ from every other's, as counters on real pages do."""
        self._served += 1
        return self.warc.write(
            url=url,
            captured_at=at,
            status=status,
            reason="OK",
            protocol="HTTP/1.1",
            headers=[("Content-Type", "text/html; charset=utf-8")],
            payload=payload if payload is not None else f"<p>page served {self._served} times</p>".encode(),
        )

    def file(
        self,
        uid: str,
        headline: str,
        body: str,
        *,
        date: str | None = None,
        at: str = NOW,
        payload: bytes | None = None,
        issues: tuple[Issue, ...] = (),
        captions: tuple[str, ...] = (),
        **fields: Any,
    ) -> Outcome:
        """Fetch and record one article."""
        article = make_article(uid, headline, body, date=date, captions=captions, **fields)
        capture = self.fetch(article.url, at=at, payload=payload)
        return self.archive.record(self.run, capture, Reading(article=article, issues=issues))

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Return what a query gives, as plain tuples."""
        return [tuple(row) for row in self.archive.db.execute(sql, values)]


def make_article(
    uid: str,
    headline: str,
    body: str,
    *,
    date: str | None = None,
    captions: tuple[str, ...] = (),
    **fields: Any,
) -> Article:
    """Return an article with the fields a test does not care about filled in."""
    values: Mapping[str, Any] = {
        "site": uid.partition("/")[0],
        "family": "nukeviet",
        "url": f"http://example.vn/{uid}",
        "uid": uid,
        "headline": headline,
        "body": body,
        "date_published": date,
        "date_published_raw": date,
        "date_source": "page" if date else None,
        "images": tuple(Image(url=f"http://example.vn/{n}.jpg", caption=c) for n, c in enumerate(captions)),
        "read_by": {"headline": "family: h1.title"},
        **fields,
    }
    return Article(**values)
