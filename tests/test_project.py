"""The project agrees with itself: what it says it holds, names and installs is there."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from crawler.cli import main

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
READMES = (ROOT / "README.md", ROOT / "README.vi.md")
DOCS = (*READMES, *sorted((ROOT / "docs").glob("*.md")))
TOP_LEVEL = {
    "CHANGELOG.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "README.vi.md",
    "archive",
    "benchmarks",
    "crawler",
    "datasette-metadata.json",
    "docs",
    "pyproject.toml",
    "scrapy.cfg",
    "tests",
}


def verbs(group: click.Group = main, prefix: str = "vankho") -> Iterator[str]:
    for name, command in group.commands.items():
        yield f"{prefix} {name}"
        if isinstance(command, click.Group):
            yield from verbs(command, f"{prefix} {name}")


def fenced(page: Path) -> list[str]:
    return re.findall(r"^```\w*\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def prose(page: Path) -> str:
    return re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)


def test_top_level_holds_only_what_belongs_there() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    names = {path.partition("/")[0] for path in listed.stdout.split("\0") if path}
    assert {name for name in names if not name.startswith(".")} <= TOP_LEVEL


@pytest.mark.parametrize("verb", sorted(verbs()))
def test_every_verb_is_documented_and_says_what_it_does(verb: str) -> None:
    assert any(re.search(rf"\b{verb}\b", page.read_text(encoding="utf-8")) for page in DOCS), (
        f"no page of README or docs/ names `{verb}`"
    )
    result = CliRunner().invoke(main, [*verb.split()[1:], "--help"])
    assert result.exit_code == 0
    assert len(result.output.splitlines()) > 2


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.name)
def test_no_page_names_a_verb_that_is_not_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    named = {
        f"vankho {word}"
        for word in re.findall(r"(?:^\$ |`|&& |\./)(?:\S*/)?vankho ([a-z]+)", text, re.MULTILINE)
    }
    assert named <= set(verbs())


def test_version_is_the_same_everywhere() -> None:
    newest = re.search(
        r"^## \[(\d[^]]*)\]", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert newest is not None
    assert newest[1] == PROJECT["version"] == version("vankho")
    assert PROJECT["version"] in CliRunner().invoke(main, ["--version"]).output


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.name)
def test_what_a_page_points_at_exists(page: Path) -> None:
    text = prose(page)
    links = [
        link for link in re.findall(r"\]\(([^)\s]+)\)", text) if not re.match(r"[a-z]+://|mailto:|#", link)
    ]
    missing = [link for link in links if not (page.parent / link.partition("#")[0]).exists()]
    ours = r"`((?:archive|crawler|docs|tests|benchmarks|\.ci)/[\w./*-]+)`"
    missing += [path for path in re.findall(ours, text) if not any(ROOT.glob(path.rstrip("/")))]
    assert missing == []


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.name)
def test_make_targets_a_page_names_exist(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"(?:^|`|\$ )make ([a-z-]+)", page.read_text(encoding="utf-8"), re.MULTILINE))
    assert named <= targets


def test_both_readmes_show_the_same_sessions() -> None:
    english, vietnamese = ([re.sub(r" +#.*", "", block) for block in fenced(page)] for page in READMES)
    assert english == vietnamese


def test_every_dependency_is_locked_to_a_version_it_allows() -> None:
    lock = (ROOT / ".ci" / "constraints.txt").read_text(encoding="utf-8")
    locked = {
        canonicalize_name(name): Version(number)
        for name, number in re.findall(r"^(\S+)==(\S+)$", lock, re.MULTILINE)
    }
    extras = PROJECT["optional-dependencies"].values()
    for line in [*PROJECT["dependencies"], *(line for extra in extras for line in extra)]:
        needed = Requirement(line)
        assert needed.specifier.contains(locked[canonicalize_name(needed.name)]), line


def test_wheel_carries_the_data_files(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as file:
        carried = set(file.namelist())
    data = {
        str(path.relative_to(ROOT))
        for package in ("archive", "crawler")
        for path in (ROOT / package).rglob("*")
        if path.is_file() and path.suffix not in {".pyc", ".py"}
    }
    assert {"archive/schema.sql", "crawler/sites/laichau_tuyengiao.toml", "archive/provinces.tsv"} <= data
    assert data | {"archive/datasette-metadata.json"} <= carried
    assert not [name for name in carried if "__pycache__" in name or name.startswith("tests/")]
