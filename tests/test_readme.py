"""The sessions pasted into the READMEs are what the commands print today.

`make sessions` (this module run as a script) pastes them anew; read the difference before it is committed.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
READMES = (ROOT / "README.md", ROOT / "README.vi.md")
SESSION = re.compile(r"(?<=^```console\n)(.*?)(?=^```)", re.MULTILINE | re.DOTALL)
END = "---- end of output ----"


def steps(page: Path) -> list[tuple[str, str]]:
    """Every command of a page with the output pasted under it, in order."""
    pasted = "".join(SESSION.findall(page.read_text(encoding="utf-8")))
    parts = re.split(r"^\$ (.*)\n", pasted, flags=re.MULTILINE)[1:]
    return list(zip(parts[::2], parts[1::2], strict=True))


def run(commands: list[str], folder: Path) -> dict[str, str]:
    """What each command prints, all run in one shell where a reader would stand."""
    for name in ("crawler", "datasette-metadata.json"):
        (folder / name).symlink_to(ROOT / name)
    script = "exec 2>&1\n" + "".join(f"{command}\nprintf '\\n%s\\n' '{END}'\n" for command in commands)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("VANKHO")}
    environment["PATH"] = f"{Path(sys.executable).parent}:{environment['PATH']}"
    shell = subprocess.run(
        ["bash", "-c", script], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    outputs = shell.stdout.split(f"\n{END}\n")
    return {command: lines(output) for command, output in zip(commands, outputs, strict=False)}


def lines(output: str) -> str:
    """An output as it is pasted: no blanks at line ends, no blank lines around it.

    Lines of progress are left out: one comes every ten seconds, on a busy machine only.
    """
    kept = [line.rstrip() for line in output.splitlines() if not re.match(r"\w+: \d+ listings", line)]
    text = "\n".join(kept).strip("\n")
    return f"{text}\n" if text else ""


def settled(output: str) -> list[str]:
    """The lines of an output without what differs from run to run.

    Those are the time in a WARC file's name, the length of its records (each bears a random id), and which
    site's copy of a shared text comes in first: the sites are crawled at the same time.
    """
    output = re.sub(r"-\d{14}-", "-TIME-", output)
    output = re.sub(r"at \d+, \d+ bytes", "at N, N bytes", output)
    if "unique articles" not in output:
        return output.splitlines()
    return sorted(
        re.sub(r"(?<=\s)\d{1,3}(?=\s)", "N", line) if re.match(r" *\w+_\w+", line) else line
        for line in output.splitlines()
    )


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return run([command for command, _ in steps(READMES[0])], tmp_path_factory.mktemp("readme"))


@pytest.mark.parametrize(
    ("command", "pasted"), steps(READMES[0]), ids=[command[:60] for command, _ in steps(READMES[0])]
)
def test_session_is_true(command: str, pasted: str, printed: dict[str, str]) -> None:
    assert settled(printed[command]) == settled(pasted), "`make sessions` pastes what is printed today"


def paste() -> None:
    """Write what the commands print today into both pages."""
    with tempfile.TemporaryDirectory() as folder:
        outputs = run([command for command, _ in steps(READMES[0])], Path(folder))
    broken = [command for command, output in outputs.items() if "Traceback" in output]
    if broken:
        sys.exit(f"nothing pasted, this raises: {broken[0]}")
    for page in READMES:
        text = page.read_text(encoding="utf-8")
        text = SESSION.sub(lambda block: re.sub(
            r"^\$ (.*)\n(?:(?!\$ ).*\n)*", lambda step: f"{step[0].splitlines()[0]}\n{outputs[step[1]]}",
            block[0], flags=re.MULTILINE,
        ), text)  # fmt: skip
        page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    paste()
