"""The command `vankho` in processes of its own, forked from one that has already imported it: a second saved each."""

from __future__ import annotations

import multiprocessing
import os
import resource
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.context import ForkServerProcess
from pathlib import Path

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.vankho_preloaded"])


@dataclass(frozen=True)
class Done:
    """A command that has ended."""

    returncode: int
    stdout: str
    stderr: str


class Started:
    """A command that is running."""

    def __init__(self, arguments: Sequence[str], environment: Mapping[str, str] | None = None) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self._out, self._err = (Path(self._folder.name) / name for name in ("out", "err"))
        whole = {**os.environ, **(environment or {})}
        self._process: ForkServerProcess = _CONTEXT.Process(
            target=_run, args=(list(arguments), whole, str(self._out), str(self._err))
        )
        self._process.start()

    @property
    def pid(self) -> int:
        return self._process.pid or 0

    def is_running(self) -> bool:
        return self._process.is_alive()

    def send_signal(self, number: int) -> None:
        os.kill(self.pid, number)

    def kill(self) -> None:
        self._process.kill()
        self.wait()

    def wait(self, timeout: float = 120) -> Done:
        self._process.join(timeout)
        if self._process.is_alive():
            self._process.kill()
            raise TimeoutError(f"still running after {timeout} s: {self._err.read_text()}")
        done = Done(self._process.exitcode or 0, *(_text(path) for path in (self._out, self._err)))
        self._process.close()
        self._folder.cleanup()
        return done


def _text(path: Path) -> str:
    return path.read_text() if path.exists() else ""


def vankho(*arguments: str, environment: Mapping[str, str] | None = None) -> Done:
    """Run a command to its end."""
    return Started(arguments, environment).wait()


def _run(arguments: list[str], environment: dict[str, str], out: str, err: str) -> None:
    """What the forked process does: take the environment and the files for its own, then run the command."""
    os.environ.clear()
    os.environ.update(environment)
    for path, stream in ((out, sys.stdout), (err, sys.stderr)):
        stream.flush()
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT), stream.fileno())
    if "TEST_LARGEST_FILE" in environment:  # a disk that fills up
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(environment["TEST_LARGEST_FILE"]),) * 2)
    import importlib  # noqa: PLC0415 - only in the forked process

    import crawler.settings  # noqa: PLC0415 - as above
    from crawler.cli import main  # noqa: PLC0415 - as above

    importlib.reload(crawler.settings)  # it reads the environment
    sys.argv = ["vankho", *arguments]
    main(arguments, prog_name="vankho")
