"""What the documentation shows is what the commands print.

Each page of it is one session in a shell: its commands run in their order, on a store of its own.
A line of three dots in what a command prints stands for any lines. `curl` asks a server on that
store.
"""

from __future__ import annotations

import doctest
import os
import re
import shutil
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from pursuant.cli import main
from tests.server import PURSUANT, Served, running

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ ((?:.*\\\n)*.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
SHOWN = "http://127.0.0.1:8000"


def commands(page: Path) -> list[tuple[str, str]]:
    """The commands of a page, each with what it is said to print."""
    blocks = BLOCK.findall(page.read_text(encoding="utf-8"))
    return [found for block in blocks for found in COMMAND.findall(block)]


@dataclass
class Shell:
    """A shell in a folder with the project's documents, and a server once one is asked."""

    folder: Path
    open: ExitStack
    served: list[Served] = field(default_factory=list)

    def run(self, command: str) -> str:
        if SHOWN in command:
            command = command.replace(SHOWN, self.server().url)
        environment = os.environ | {
            "PURSUANT_STORE": str(self.folder / "store"),
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        }
        told = subprocess.run(
            ["bash", "-c", command], cwd=self.folder, env=environment, timeout=120, check=False,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8",
        )  # fmt: skip
        shown = told.stdout.replace("\r\n", "\n")
        return shown.replace(self.served[0].url, SHOWN) if self.served else shown

    def server(self) -> Served:
        if not self.served:
            serving = running(self.folder / "store", self.folder / "log")
            self.served.append(self.open.enter_context(serving))
        return self.served[0]


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("built") / "store"
    environment = os.environ | {"PURSUANT_STORE": str(folder)}
    subprocess.run([PURSUANT, "build"], env=environment, check=True, timeout=120)
    return folder


@pytest.fixture
def shell(tmp_path, built, monkeypatch):
    # What the commands do is measured elsewhere; here it would cost several times their own time.
    monkeypatch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)
    for name in ("docs", "data", "ontology"):
        (tmp_path / name).symlink_to(ROOT / name)
    shutil.copytree(built, tmp_path / "store")
    with ExitStack() as stack:
        yield Shell(tmp_path, stack)


@pytest.mark.parametrize("page", [p for p in PAGES if commands(p)], ids=lambda page: page.name)
def test_shell_sessions(page, shell):
    told = commands(page)
    if any("curl" in command for command, _ in told) and not shutil.which("curl"):
        pytest.skip("curl is not installed")
    for command, printed in told:
        shown = shell.run(command)
        assert fits(printed, shown), f"$ {command}\n{shown}"


def fits(printed: str, shown: str) -> bool:
    """Whether a command shows what it is said to print."""
    pieces = re.split(r"^\.\.\.\n", printed, flags=re.MULTILINE)
    pattern = "(?:.*\n)*?".join(map(re.escape, pieces))
    return (
        re.fullmatch(pattern, shown if shown.endswith("\n") or not shown else f"{shown}\n")
        is not None
    )


@pytest.mark.parametrize(
    ("printed", "shown", "does"),
    [
        ("a\nb\n", "a\nb\n", True),
        ("a\n", "a", True),
        ("a\n...\nd\n", "a\nb\nc\nd\n", True),
        ("a\n...\n", "a\nb\n", True),
        ("a\n...\nd\n", "a\nb\nc\n", False),
        ("a\n", "a\nb\n", False),
        ("a.c\n", "abc\n", False),
    ],
)
def test_three_dots_stand_for_lines(printed, shown, does):
    assert fits(printed, shown) is does


def test_python_session():
    test = doctest.DocTestParser().get_doctest(README, {}, "README.md", "README.md", 0)
    assert len(test.examples) > 5
    failed = doctest.DocTestRunner(verbose=False).run(test).failed
    assert failed == 0


def test_there_are_sessions():
    assert all(commands(page) for page in PAGES if "```console" in page.read_text("utf-8"))
    assert len(commands(ROOT / "README.md")) >= README.count("```console") > 0


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_is_in_the_readme(command):
    assert f"`{command}" in README or f"· `{command}" in README or f" {command}" in README


def test_every_target_of_make_that_is_named_exists():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = {
        target
        for file in ("README.md", "CONTRIBUTING.md", ".ci/run")
        for target in re.findall(r"\bmake ([a-z]+)\b(?=`|$|\s{2,}#|\n)", (ROOT / file).read_text())
    }
    assert {"serve", "test", "lint"} <= named
    assert [target for target in sorted(named) if f"\n{target}:" not in makefile] == []


@pytest.mark.parametrize("link", re.findall(r"\]\(([^)#:]+)\)", README))
def test_links_lead_somewhere(link):
    assert (ROOT / link).exists()
