"""The verb `cron`: prints or writes what makes a machine crawl every night."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crawler.cli_options import DATA, SITES, warn

if TYPE_CHECKING:
    from crawler.cron import Schedule


@click.command()
@click.argument("names", nargs=-1, metavar="[SITE]...")
@DATA
@SITES
@click.option(
    "--hour",
    type=click.IntRange(0, 23),
    default=1,
    show_default=True,
    help="Hour in Vietnam at which the crawls begin.",
)
@click.option(
    "--hours",
    type=click.IntRange(1, 23),
    default=4,
    show_default=True,
    help="Spread them over so many hours.",
)
@click.option("--jobs", type=click.IntRange(min=1), help="One line for all sites, so many at once.")
@click.option("--mailto", metavar="ADDRESS", help="Who gets cron's mail; without it, this user.")
@click.option("--contact", envvar="VANKHO_CONTACT", help="Where sites' administrators can reach you.")
@click.option("--ping", metavar="URL", help="As of `vankho crawl`; {site} stands for the site's name.")
@click.option("--notify", metavar="URL", help="As of `vankho crawl`.")
@click.option("--log-json", is_flag=True, help="As of `vankho crawl`.")
@click.option("--systemd", is_flag=True, help="systemd units instead of a crontab.")
@click.option("--user", metavar="NAME", help="Who crawls, in the units; without it, this user.")
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="DIR", help="Write the units into this folder."
)
def cron(  # noqa: PLR0913 - one parameter an option
    *, names: tuple[str, ...], data: Path, folders: tuple[Path, ...], hour: int, hours: int, jobs: int | None,
    mailto: str | None, contact: str | None, ping: str | None, notify: str | None, log_json: bool,
    systemd: bool, user: str | None, out: Path | None,
) -> None:  # fmt: skip
    """Print crontab lines that crawl the sites named, or all, every night; or systemd units.

    Nothing is installed: pipe the lines to `crontab -`, or link the units with `systemctl`.
    """
    from crawler.cron import Schedule, crontab, executable  # noqa: PLC0415 - loaded when the verb runs

    if (jobs or mailto) and systemd:
        raise click.UsageError("--jobs and --mailto are for crontabs; systemd starts one service a site")
    if (out or user) and not systemd:
        raise click.UsageError("--out and --user are for units: add --systemd")
    if jobs and names:
        raise click.UsageError("--jobs crawls all sites: name none")
    options = [f"--sites={folder.absolute()}" for folder in folders]
    asked = {"contact": contact, "ping": ping, "notify": notify, "jobs": jobs}
    options += [f"--{name}={value}" for name, value in asked.items() if value]
    options += ["--log-json"] if log_json else []
    schedule = Schedule(
        data=data.absolute(), executable=executable(), hour=hour, hours=hours, options=tuple(options)
    )
    sites = _sites(names, folders, schedule)
    if systemd:
        _systemd(schedule, sites, user or getpass.getuser(), out)
        return
    for line in list(crontab(schedule, ["--all"] if jobs else sites, mailto=mailto)):
        click.echo(line)


def _sites(names: Sequence[str], folders: Sequence[Path], schedule: Schedule) -> list[str]:
    from crawler.quiet import VIETNAM  # noqa: PLC0415 - as above
    from crawler.site import folders_of, nearest, read_sites  # noqa: PLC0415 - as above

    sites = read_sites(*folders_of(folders))
    for name in names:
        if name not in sites:
            raise click.UsageError(f"no site '{name}' is declared; {nearest(name, sites)}")
    chosen = list(names or sites)
    for name in chosen:
        hour, minute = schedule.time_of(name)
        quiet = sites[name].quiet_hours
        if quiet is not None and quiet.contain(datetime.now(VIETNAM).replace(hour=hour, minute=minute)):
            warn(f"{name} would be crawled at {hour:02}:{minute:02}, in its quiet hours {quiet}: never")
    return chosen


def _systemd(schedule: Schedule, sites: Sequence[str], user: str, out: Path | None) -> None:
    from crawler.systemd import enabling, units  # noqa: PLC0415 - as above

    written = units(schedule, user=user)
    for name, text in written.items():
        if out is None:
            click.echo(f"# ---- {name}\n{text}")
        else:
            out.mkdir(parents=True, exist_ok=True)
            (out / name).write_text(text, encoding="utf-8")
            click.echo(f"{out / name}")
    click.echo(enabling(sites, out))
