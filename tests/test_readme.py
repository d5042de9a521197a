"""The sessions pasted into the README are what the commands print today."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SESSION = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
END = "---- end of output ----"


def steps() -> list[tuple[str, str]]:
    """Every command of the README with the output pasted under it, in order."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    pasted = "".join(SESSION.findall(text))
    parts = re.split(r"^\$ (.*)\n", pasted, flags=re.MULTILINE)[1:]
    return list(zip(parts[::2], parts[1::2], strict=True))


def settled(output: str) -> list[str]:
    """The lines of an output without what differs from run to run.

    Those are the time in a WARC file's name, the length of its records (each bears a random id), and which
    site's copy of a shared text comes in first: the sites are crawled at the same time.
    """
    output = re.sub(r"-\d{14}-", "-TIME-", output)
    output = re.sub(r"at \d+, \d+ bytes", "at N, N bytes", output)
    lines = [line.rstrip() for line in output.splitlines() if line.strip()]
    if any("unique articles" in line for line in lines):
        lines = sorted(re.sub(r"(?<=\s)\d{1,3}(?=\s)", "N", line) if "_" in line else line for line in lines)
    return lines


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What each command prints, all run in one shell where a reader would stand."""
    folder = tmp_path_factory.mktemp("readme")
    for name in ("crawler", "datasette-metadata.json"):
        (folder / name).symlink_to(ROOT / name)
    commands = [command for command, _ in steps()]
    script = "exec 2>&1\n" + "".join(f"{command}\nprintf '\\n%s\\n' '{END}'\n" for command in commands)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("VANKHO")}
    environment["PATH"] = f"{Path(sys.executable).parent}:{environment['PATH']}"
    shell = subprocess.run(
        ["bash", "-c", script], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    outputs = shell.stdout.split(f"\n{END}\n")
    return dict(zip(commands, outputs, strict=False))


@pytest.mark.parametrize(("command", "pasted"), steps(), ids=[command[:60] for command, _ in steps()])
def test_session_is_true(command: str, pasted: str, printed: dict[str, str]) -> None:
    assert settled(printed[command]) == settled(pasted)
