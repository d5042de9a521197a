"""The metrics file is what Prometheus reads, and it is whole at every moment."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from archive.model import Issue
from archive.store import Archive
from crawler.prometheus import Metric
from tests.vankho import vankho

SAMPLE = re.compile(r'([a-zA-Z_:][a-zA-Z0-9_:]*)\{((?:[a-z_]+="(?:[^"\\\n]|\\[\\"n])*",?)*)\} (\S+)')
COUNTS = {"requests": 9, "fetched": 4, "new": 3, "duplicates": 1}


def read(text: str) -> dict[str, float]:
    """Samples by name and labels; fails where a line is not of the exposition format 0.0.4."""
    assert text.endswith("\n")
    samples: dict[str, float] = {}
    typed: set[str] = set()
    for line in text.splitlines():
        if line.startswith("# TYPE "):
            name, kind = line.split()[2:]
            assert name not in typed
            assert kind in {"gauge", "counter"}
            typed.add(name)
        elif not line.startswith("# HELP "):
            match = SAMPLE.fullmatch(line)
            assert match, line
            assert match[1] in typed
            assert f"{match[1]}{{{match[2]}}}" not in samples
            samples[f"{match[1]}{{{match[2]}}}"] = float(match[3])
    return samples


@pytest.fixture
def data(tmp_path: Path) -> Path:
    with Archive.open(tmp_path / "data", readonly=False, create=True) as archive:
        for site in ("site_a", "site_b"):
            archive.add_site(
                name=site, title=site, publisher="x", level="province", province=None,
                home=f"http://{site}.vn/", family="nukeviet",
            )  # fmt: skip
        first = archive.begin_run("site_a", started_at="2026-03-01T18:00:00Z", command="x")
        archive.finish_run(first, finished_at="2026-03-01T18:10:00Z", reason="finished", counts=COUNTS)
        second = archive.begin_run("site_a", started_at="2026-03-02T18:00:00Z", command="x")
        for kind in ("HttpError", "HttpError", "MissingField"):
            archive.report(second, Issue(kind=kind, message="x", site="site_a", url="http://site_a.vn/x"))
        archive.finish_run(second, finished_at="2026-03-02T18:01:00Z", reason="finished", counts=COUNTS)
        archive.begin_run("site_a", started_at="2026-03-03T18:00:00Z", command="x")
        third = archive.begin_run("site_b", started_at="2026-03-02T19:00:00Z", command="x")
        archive.finish_run(third, finished_at="2026-03-02T19:00:09Z", reason="network", counts={})
    return tmp_path / "data"


def test_each_site_stands_in_the_file_as_its_last_ended_run_left_it(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "vankho.prom"
    path.write_text("of last night\n")
    done = vankho("status", "--prometheus", str(path), "--data", str(data))
    assert done.returncode == 0, done.stderr
    samples = read(path.read_text())
    assert samples['vankho_last_run_timestamp_seconds{site="site_a"}'] == 1772474400  # 2026-03-02 18:00 UTC
    assert samples['vankho_last_success_timestamp_seconds{site="site_a"}'] == 1772388600
    assert samples['vankho_run_duration_seconds{site="site_a"}'] == 60
    assert samples['vankho_run_exit_code{site="site_a"}'] == 9
    assert samples['vankho_new_articles{site="site_a"}'] == 4
    assert samples['vankho_articles_total{site="site_a"}'] == 0
    assert samples['vankho_open_issues{site="site_a",kind="HttpError"}'] == 2
    assert samples['vankho_run_exit_code{site="site_b"}'] == 6
    assert 'vankho_last_success_timestamp_seconds{site="site_b"}' not in samples
    assert path.stat().st_mode & 0o777 == 0o644
    assert [found.name for found in tmp_path.iterdir() if found.is_file()] == ["vankho.prom"]


def test_labels_are_escaped() -> None:
    name = 'a "site" \\ of\ntwo lines'
    (line,) = list(Metric("m", 'A "metric"', [({"site": name}, 1)]).lines())[2:]
    assert line == r'm{site="a \"site\" \\ of\ntwo lines"} 1'
    assert SAMPLE.fullmatch(line)


def test_a_file_that_cannot_be_written_is_said_in_a_line(data: Path, tmp_path: Path) -> None:
    done = vankho("status", "--prometheus", str(tmp_path / "none" / "x.prom"), "--data", str(data))
    assert done.returncode == 2
    assert "x.prom: cannot be written (No such file or directory)" in done.stderr
