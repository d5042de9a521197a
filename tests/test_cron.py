"""The schedule is read back by what will read it: a shell, cron, systemd."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from crawler.cron import BadSchedule, Schedule, crontab, executable
from crawler.systemd import enabling, units
from tests.loopback import LoopbackSite, Reply, serving
from tests.vankho import vankho

UTC7, UTC = timezone(timedelta(hours=7)), ZoneInfo("UTC")
NAMES = [f"tinh_{number}" for number in range(60)]


def schedule(data: Path = Path("/srv/kho"), *options: str) -> Schedule:
    return Schedule(data=data, executable=executable(), options=options)


def jobs(lines: list[str]) -> list[tuple[int, int, str]]:
    r"""Minute, hour and command as cron takes them: `\%` is a percent sign, a bare one ends the command."""
    found = []
    for line in lines:
        if line[0].isdecimal():
            minute, hour, *stars, command = line.split(" ", 5)
            assert stars == ["*", "*", "*"]
            assert "%" not in command.replace(r"\%", "")
            found.append((int(minute), int(hour), command.replace(r"\%", "%")))
    return found


def test_sites_are_spread_over_the_night_and_stay_where_they_are() -> None:
    times = [(hour, minute) for minute, hour, _ in jobs(list(crontab(schedule(), NAMES, zone=UTC7)))]
    assert times == [schedule().time_of(name) for name in NAMES]
    assert all((1, 0) <= time < (5, 0) for time in times)
    assert len(set(times)) > 45, "60 names on 240 minutes: a few meet"
    assert [sum(hour == at for hour, _ in times) > 5 for at in (1, 2, 3, 4)] == [True] * 4


def test_the_night_is_that_of_vietnam_on_any_machine() -> None:
    here, there = (jobs(list(crontab(schedule(), NAMES, zone=zone))) for zone in (UTC, UTC7))
    assert [(hour + 7) % 24 for _, hour, _ in here] == [hour for _, hour, _ in there]


def test_a_line_runs_in_a_shell_and_prints_only_when_the_crawl_did_not_go_well(tmp_path: Path) -> None:
    folder = tmp_path / "văn khố 100% 'o' $HOME \"x\""
    with serving(LoopbackSite(host="127.0.0.43", name="site_43", articles=2)) as site:
        site.declare(folder / "sites")
        printed = vankho(
            "cron", "site_43", "--data", str(folder / "data"), "--sites", str(folder / "sites"),
            "--contact", "test@example.org", "--mailto", "me@example.org",
            "--ping", f"{site.home}{{site}}",
        )  # fmt: skip
        assert printed.returncode == 0, printed.stderr
        lines = printed.stdout.splitlines()
        assert "MAILTO=me@example.org" in lines
        ((_, _, command),) = jobs(lines)
        bare = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "VANKHO_LEASES": str(tmp_path / "leases"),
                "VANKHO_FIRST_PAUSE": "0.1"}  # fmt: skip
        command = command.replace(" --contact", " --delay=0 --contact")
        first = subprocess.run(
            ["/bin/sh", "-c", command], env=bare, capture_output=True, text=True, check=False
        )
        assert (first.stdout, first.stderr) == ("", "")
        assert site.paths()[-1] == "/site_43"
        log = folder / "data" / "logs" / "site_43.log"
        assert "1 site crawled: 2 fetched, 2 new" in log.read_text()
        site.faults["/index.php/tin-tuc/"] = Reply(status=500)
        second = subprocess.run(
            ["/bin/sh", "-c", command], env=bare, capture_output=True, text=True, check=False
        )
        assert second.stdout.startswith(f"exit code 9 of: vankho crawl site_43; {log} ends with:\n")
        assert "ListingUnreachable" in second.stdout


def test_what_no_crontab_can_hold_is_refused() -> None:
    with pytest.raises(BadSchedule, match="a line break"):
        list(crontab(schedule(Path("/srv/a\nb")), NAMES))
    with pytest.raises(BadSchedule, match="more than 998 bytes; use --systemd"):
        list(crontab(schedule(Path("/srv/" + "a" * 400)), NAMES))
    with pytest.raises(BadSchedule, match="a line break"):
        list(crontab(schedule(), NAMES, mailto="me\n* * * * * true"))
    with pytest.raises(BadSchedule, match="a line break"):
        units(schedule(Path("/srv/a\nb")), user="archive")
    with pytest.raises(BadSchedule, match="use a crontab"):
        enabling(["a b"], None)


def test_all_sites_may_go_on_one_line_and_options_must_fit() -> None:
    ((_, _, command),) = jobs(vankho("cron", "--jobs", "8", "--data", "/srv/kho").stdout.splitlines())
    assert " crawl --all --data=/srv/kho --jobs=8 >>/srv/kho/logs/all.log 2>&1 ||" in command
    for wrong in (["--jobs", "2", "--systemd"], ["--out", "x"], ["--jobs", "2", "tw_tuyengiao"], ["nope"]):
        assert vankho("cron", *wrong).returncode == 2


def test_a_crawl_in_its_own_quiet_hours_is_warned_of(tmp_path: Path) -> None:
    LoopbackSite(name="site_44", port=1).declare(tmp_path, more='quiet_hours = "00:00-12:00"')
    told = vankho("cron", "site_44", "--sites", str(tmp_path))
    assert "in its quiet hours 00:00-12:00: never" in told.stderr


@pytest.mark.skipif(shutil.which("crontab") is None, reason="no cron on this machine")
def test_cron_takes_the_lines(tmp_path: Path) -> None:
    path = tmp_path / "crontab"
    path.write_text("\n".join(crontab(schedule(tmp_path / "100% kho"), NAMES)) + "\n")
    checked = subprocess.run(["crontab", "-T", str(path)], capture_output=True, text=True, check=False)
    if "invalid option" in checked.stderr:
        pytest.skip("this crontab has no -T")
    assert checked.returncode == 0, checked.stderr


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd on this machine")
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    data = tmp_path / "văn khố 100% $HOME"
    done = vankho(
        "cron", "--systemd", "--data", str(data), "--out", str(tmp_path), "--hour", "23", "--user", "root",
        "--ping", "https://hc-ping.com/key/{site}",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    for unit in ("vankho@.service", "vankho@.timer"):
        checked = subprocess.run(
            ["systemd-analyze", "verify", "--man=no", str(tmp_path / unit)],
            capture_output=True, text=True, check=False, env={**os.environ, "LC_ALL": "C.UTF-8"},
        )  # fmt: skip
        assert (checked.returncode, checked.stdout + checked.stderr) == (0, "")
    calendar = ["systemd-analyze", "calendar", "*-*-* 23:00:00 Asia/Ho_Chi_Minh"]
    assert "OnCalendar=" + calendar[2] in (tmp_path / "vankho@.timer").read_text()
    assert "Next elapse" in subprocess.run(calendar, capture_output=True, text=True, check=True).stdout


def test_a_unit_names_every_site_by_its_instance() -> None:
    service = units(schedule(Path("/srv/kho"), "--ping=https://hc-ping.com/50%/{site}"), user="archive")[
        "vankho@.service"
    ]
    start = f"ExecStart={executable()[0]} crawl %i --data=/srv/kho --ping=https://hc-ping.com/50%%/%i"
    assert start in service.splitlines()
    assert "ReadWritePaths=/srv/kho /tmp" in service.splitlines()


def test_the_executable_is_that_of_this_environment() -> None:
    (path,) = executable()
    assert Path(path).is_absolute()
    assert Path(path).parent == Path(sys.executable).parent
