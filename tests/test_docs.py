"""What the documentation shows is what the commands print."""

from __future__ import annotations

import doctest
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from pursuant.cli import main

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SESSIONS = re.findall(r"^\$ pursuant (.+)\n((?:(?!```).*\n)*)```", README, re.MULTILINE)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return str(tmp_path_factory.mktemp("store"))


@pytest.mark.parametrize(("command", "printed"), SESSIONS)
def test_shell_sessions(command, printed, store):
    result = CliRunner().invoke(main, shlex.split(command), env={"PURSUANT_STORE": store})
    assert result.exit_code == 0
    assert result.stdout == printed


def test_python_session():
    test = doctest.DocTestParser().get_doctest(README, {}, "README.md", "README.md", 0)
    assert len(test.examples) > 5
    failed = doctest.DocTestRunner(verbose=False).run(test).failed
    assert failed == 0


def test_there_are_sessions():
    assert len(SESSIONS) == README.count("```console")


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
