"""An archive to browse: something for every page, and one article that is an attack in every field."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from archive.model import Attachment, Issue, Reading
from tests.archives import LAI_CHAU, Desk, make_article

# A script, an attribute break-out in both quotes, an image that fails, an end of what surrounds it.
HOSTILE: Final = (
    "</title></textarea></script><script>alert('x')</script>\"'><img src=x onerror=alert(1)>"
    "' onmouseover='alert(2)' {{ 7*7 }} <svg/onload=alert(3)>"
)
HOSTILE_UID: Final = 'laichau_tuyengiao/../"><script>alert(4)</script>?a=1&b=.json'
CONFERENCE: Final = (
    "Sáng 5/3, Ban Tuyên giáo Tỉnh ủy tổ chức hội nghị triển khai Chỉ thị số 5 - CT/TW, ngày 15/5/2016.\n\n"
    "Đồng chí Trưởng ban nhấn mạnh {} nhiệm vụ trọng tâm của đảng bộ trong thời gian tới, trong đó có việc học"
    " tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh gắn với nhiệm vụ chính trị của địa phương."
)


def write_archive(folder: Path) -> None:
    """Three sites; an article edited, one removed, one reprinted nine days later, one hostile in every field."""
    with Desk(folder) as desk:
        desk.file(
            "laichau_tuyengiao/1",
            "Hội nghị triển khai Chỉ thị 05",
            CONFERENCE.format("ba"),
            date="2021-03-05T08:00:00+07:00",
            at="2026-11-20T08:00:00Z",
            authors=("Hoàng Văn Quế",),
            section="Xây dựng Đảng",
        )
        desk.file(
            "laichau_tuyengiao/1",
            "Hội nghị triển khai Chỉ thị 05",
            CONFERENCE.format("năm"),
            date="2021-03-05T08:00:00+07:00",
            at="2026-11-21T08:00:00Z",
            authors=("Hoàng Văn Quế",),
            section="Xây dựng Đảng",
        )
        desk.file(
            "yenbai_tramtau/7",
            "Trạm Tấu: hội nghị triển khai Chỉ thị 05",
            CONFERENCE.format("năm"),
            date="2021-03-14",
            section="Tin hoạt động",
        )
        desk.file(
            "laichau_tuyengiao/2", "Chợ phiên vùng cao", "Phiên chợ họp đang đông người.", date="2021-04-02"
        )
        gone = desk.fetch("http://example.vn/laichau_tuyengiao/2", status=404, at="2026-11-22T09:00:00Z")
        desk.archive.mark_removed(desk.run, gone, "laichau_tuyengiao/2")
        desk.file("tw_tuyengiao/3", "Trẻ em tới trường", "Năm học mới.")
        write_hostile(desk)
        desk.archive.finish_run(
            desk.run, finished_at="2026-11-22T10:00:00Z", reason="finished", counts={"fetched": 7, "new": 5}
        )


def write_hostile(desk: Desk) -> None:
    """One site, article, capture and issue of which every field is an attack."""
    desk.archive.add_site(
        **{**LAI_CHAU, "name": "hostile", "title": HOSTILE, "publisher": HOSTILE, "province": HOSTILE,
           "home": "javascript:alert(5)", "family": HOSTILE, "level": HOSTILE}
    )  # fmt: skip
    for number in (1, 2):
        article = make_article(
            HOSTILE_UID,
            HOSTILE,
            f"{HOSTILE}\n\n{number} {HOSTILE}",
            date="2021-05-01",
            site="hostile",
            url="javascript:alert(document.cookie)",
            family=HOSTILE,
            description=HOSTILE,
            authors=(HOSTILE,),
            author_role=HOSTILE,
            byline=HOSTILE,
            source=HOSTILE,
            section=HOSTILE,
            keywords=(HOSTILE,),
            captions=(HOSTILE,),
            attachments=(Attachment(url="data:text/html,<script>alert(6)</script>", title=HOSTILE),),
            date_published_raw=HOSTILE,
            read_by={HOSTILE: HOSTILE},
        )
        markup = (
            "<html><head><script>alert(7)</script><link rel='dns-prefetch' href='//evil.example'></head>"
            f"<body>{HOSTILE}{number}</body></html>"
        )
        capture = desk.fetch(
            "http://example.vn/hostile", at=f"2026-11-2{number}T08:00:00Z", payload=markup.encode()
        )
        desk.archive.record(desk.run, capture, Reading(article=article))
    issue = Issue(kind=HOSTILE, severity="error", message=HOSTILE, url="javascript:alert(8)")
    desk.archive.report(desk.run, issue)
