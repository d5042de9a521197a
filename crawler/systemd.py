"""The schedule as systemd units: a service and a timer, each for any site.

`systemctl enable --now vankho@SITE.timer` adds a site to the night. systemd spreads the timers over it, each
at a time that stays the same, and makes up in the morning for a night the machine was off.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from crawler.cron import BadSchedule, Schedule

_SERVICE: Final = """\
# Written by `vankho cron --systemd`. {data} must be there, and {user} its owner.
[Unit]
Description=Crawl %i into the archive
Documentation=man:systemd.service(5)
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
User={user}
EnvironmentFile=-/etc/default/vankho
{environment}ExecStart={command}
# What Ctrl-C does: the run ends cleanly, and that is no failure.
KillSignal=SIGINT
TimeoutStopSec=120
SuccessExitStatus=130
Nice=10

# It reads the network and writes its data folder and its leases; what else it could do, it may not.
# No PrivateTmp: leases in the temporary folder keep crawls of one host apart.
NoNewPrivileges=yes
ProtectSystem=strict
ReadWritePaths={writable}
ProtectHome=read-only
PrivateDevices=yes
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_NETLINK AF_UNIX
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
CapabilityBoundingSet=
UMask=0022
"""
_TIMER: Final = """\
# Written by `vankho cron --systemd`.
[Unit]
Description=Crawl %i every night

[Timer]
OnCalendar=*-*-* {hour:02}:00:00 Asia/Ho_Chi_Minh
# Spread over the night, a site always at the same time.
RandomizedDelaySec={hours}h
FixedRandomDelay=yes
# A night the machine was off is made up for.
Persistent=yes

[Install]
WantedBy=timers.target
"""


def units(schedule: Schedule, *, user: str) -> dict[str, str]:
    """Return the units by file name. Raises BadSchedule for what no unit can hold."""
    # The instance's name is the site's: letters, digits, _ and - pass through systemd unchanged.
    words = [word.replace("{site}", "\0") for word in schedule.options]
    program, *arguments = schedule.executable
    command = [
        _word(program, variables=False),
        *map(_word, [*arguments, "crawl"]),
        "%i",
        *(_word(word).replace("\0", "%i") for word in [f"--data={schedule.data}", *words]),
    ]
    named = os.environ.get("VANKHO_LEASES")
    # Else they lie in a folder the first crawl makes, so the one around it has to be open.
    leases = named or "/tmp"  # noqa: S108 - a service's temporary folder
    writable = dict.fromkeys([str(schedule.data), leases])
    return {
        "vankho@.service": _SERVICE.format(
            user=user, data=schedule.data, command=" ".join(command),
            writable=" ".join(_word(path, variables=False) for path in writable),
            environment=f"Environment={_word(f'VANKHO_LEASES={named}', variables=False)}\n" if named else "",
        ),
        "vankho@.timer": _TIMER.format(hour=schedule.hour, hours=schedule.hours),
    }  # fmt: skip


def enabling(sites: Sequence[str], folder: Path | None) -> str:
    """Return, as a comment, the commands that put the units in place and the sites into the night."""
    for site in sites:
        if re.fullmatch(r"[A-Za-z0-9_.:-]+", site) is None:
            raise BadSchedule(f"'{site}': a unit's name has letters, digits and _ . : - only; use a crontab")
    timers = " ".join(f"vankho@{site}.timer" for site in sites)
    where = folder or "DIR"
    return (
        f"# sudo cp {where}/vankho@.service {where}/vankho@.timer /etc/systemd/system/\n"
        f"# sudo systemctl daemon-reload && sudo systemctl enable --now {timers}"
    )


def _word(word: str, *, variables: bool = True) -> str:
    r"""Return a word as systemd reads it back: `%` and, in arguments, `$` doubled, quoted where it must be.

    >>> print(_word("--data=/srv/100% kho"))
    "--data=/srv/100%% kho"
    """
    if not word.replace("\0", "").isprintable():
        raise BadSchedule(f"{word!r} holds a line break or another sign that no crontab or unit can hold")
    word = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    word = word.replace("$", "$$") if variables else word
    return f'"{word}"' if any(letter in " '\"\\;" for letter in word) or not word else word
