"""How complete a backfill left a site: articles by section and month, with its gaps."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.archives import Desk
from tests.loopback import LoopbackSite, Reply, serving
from tests.vankho import vankho


class Monthly(LoopbackSite):
    """Two articles a month from January 2020 on, none in March to May; nothing at all in `van-ban`."""

    def day(self, number: int) -> str:
        month = number // 2 + (0 if number < 4 else 3)
        return f"{number % 2 + 20:02}/{month % 12 + 1:02}/{2020 + month // 12}"

    def listing(self, section: str, page: int) -> Reply:
        if section == "van-ban":
            return Reply(
                body=b"<html><body><p>Ch\xc6\xb0a c\xc3\xb3 b\xc3\xa0i vi\xe1\xba\xbft</p></body></html>"
            )
        return super().listing(section, page)


@pytest.fixture
def site() -> Iterator[Monthly]:
    site = Monthly(sections=("tin-tuc", "van-ban"), articles=20)
    site.faults[site.article_path(7)] = Reply(status=500)
    with serving(site):
        yield site


def crawl(site: LoopbackSite, folder: Path, *more: str) -> str:
    site.declare(folder / "sites")
    return vankho(
        "crawl", site.name, "--data", str(folder / "data"), "--sites", str(folder / "sites"), "--delay", "0",
        *more, environment={"VANKHO_LEASES": str(folder / "leases"), "VANKHO_FIRST_PAUSE": "0.1"},
    ).stdout  # fmt: skip


def told(folder: Path) -> dict[str, dict[str, Any]]:
    done = vankho(
        "coverage", "test_site", "--json", "--data", str(folder / "data"), "--sites", str(folder / "sites")
    )
    assert done.returncode == 0, done.stderr
    return {section["section"]: section for section in map(json.loads, done.stdout.splitlines())}


def test_a_backfill_ends_with_what_it_holds_and_what_it_lacks(site: Monthly, tmp_path: Path) -> None:
    said = crawl(site, tmp_path, "--backfill")
    assert "test_site: 19 articles in 2 sections, 3 months without any\n" in said
    assert (
        "  tin-tuc: 19 articles, 2020-01 to 2021-01, 1 listed but not in the archive, walked to its end"
        in said
    )
    assert "    2020  2 2 - - - 2 1 2 2 2 2 2\n    2021  2\n    gaps: 2020-03 to 2020-05\n" in said
    assert "  van-ban: 0 articles, its listing was never walked\n" in said
    shown = vankho("coverage", "--data", str(tmp_path / "data"), "--sites", str(tmp_path / "sites")).stdout
    assert shown in said


def test_the_same_is_told_later_as_json(site: Monthly, tmp_path: Path) -> None:
    assert "without any" not in crawl(site, tmp_path)  # an ordinary crawl says nothing of it
    section = told(tmp_path)["tin-tuc"]
    assert (section["first"], section["last"], section["articles"]) == ("2020-01", "2021-01", 19)
    assert section["gaps"] == ["2020-03", "2020-04", "2020-05"]
    assert section["months"]["2020-07"] == 1
    assert told(tmp_path)["van-ban"]["articles"] == 0


def test_since_and_until_bound_what_a_backfill_tells(site: Monthly, tmp_path: Path) -> None:
    said = crawl(site, tmp_path, "--backfill", "--since", "2020-02-01", "--until", "2020-08-31")
    assert "  tin-tuc: 7 articles, 2020-02 to 2020-08" in said
    assert "    2020    2 - - - 2 1 2\n" in said


def test_sections_of_an_undeclared_site_are_what_was_printed(tmp_path: Path) -> None:
    with Desk(tmp_path) as desk:
        for number, date in enumerate(("2021-01-05", "2021-04", "2022", None)):
            desk.file(f"tw_tuyengiao/{number}", "Hội nghị", f"Bài số {number}.", date=date, section="Tin")
        desk.file("tw_tuyengiao/9", "Hội thảo", "Bài số 9.", date="2021-01-06")
    lines = vankho("coverage", "tw_tuyengiao", "--data", str(tmp_path)).stdout.splitlines()
    assert "  Tin: 4 articles, 2021-01 to 2021-04, 2 without a month" in lines
    assert "    gaps: 2021-02 to 2021-03" in lines
    assert "  (no section): 1 article, 2021-01 to 2021-01" in lines


def test_a_site_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with Desk(tmp_path):
        assert vankho("coverage", "nope", "--data", str(tmp_path)).returncode == 2
