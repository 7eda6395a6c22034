"""What `import pursuant` gives: few names, all of them documented."""

from __future__ import annotations

import ast
import inspect
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import pursuant

ROOT = Path(__file__).parents[1]


def test_public_names():
    assert pursuant.__all__ == [
        "SAMPLE",
        "Document",
        "PursuantError",
        "Store",
        "Table",
        "__version__",
        "audit",
        "build",
        "cited_by",
        "compare",
        "evaluate",
        "expiring_soon",
        "extract",
        "ingest",
        "invokes",
        "life_cycle",
        "lineages",
        "mandates",
        "network",
        "no_sunset",
        "open",
        "overlaps",
        "partner_network",
        "partners",
        "search",
        "show",
        "un_registry",
        "validate",
    ]


@pytest.mark.parametrize(
    "name",
    [
        "build",
        "cited_by",
        "compare",
        "evaluate",
        "extract",
        "ingest",
        "invokes",
        "lineages",
        "mandates",
        "network",
        "open",
        "search",
        "show",
        "validate",
    ],
)
def test_every_verb_has_an_example(name):
    assert ">>> " in (inspect.getdoc(getattr(pursuant, name)) or "")


def test_an_unknown_name_is_none_of_ours():
    with pytest.raises(AttributeError, match="no attribute 'lookup'"):
        pursuant.lookup  # noqa: B018


def test_one_version():
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    changelog = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert changelog
    assert pursuant.__version__ == declared == changelog[1]


@pytest.mark.parametrize(
    "file",
    [
        p.relative_to(ROOT).as_posix()
        for part in ("graph", "api")
        for p in ROOT.glob(f"{part}/**/*.py")
    ],
)
def test_modules_and_functions_stay_short(file):
    text = (ROOT / file).read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 400
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    long = [
        node.name
        for node in ast.walk(ast.parse(text))
        if isinstance(node, functions) and (node.end_lineno or 0) - node.lineno >= 40
    ]
    assert long == []


@pytest.mark.parametrize(
    ("module", "slow"),
    [
        ("pursuant.cli", "rdflib, rich.console, fastapi, pursuant.store, pursuant.extracting"),
        ("pursuant.extracting", "fastapi, rich, pursuant.store, pursuant.rdf, pypdfium2"),
    ],
)
def test_what_is_slow_to_load_is_not_loaded_before_it_is_needed(module, slow):
    program = f"import sys, {module}; print(*{{*'{slow}'.split(', ')}} & sys.modules.keys())"
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert ran.stdout.split() == []


def test_a_path_may_be_a_text():
    assert pursuant.extract(str(pursuant.SAMPLE)) == pursuant.extract(pursuant.SAMPLE)
