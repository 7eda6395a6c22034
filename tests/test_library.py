"""What `import pursuant` gives: few names, all of them documented."""

from __future__ import annotations

import inspect
import re
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
        "build",
        "cited_by",
        "extract",
        "invokes",
        "mandates",
        "open",
        "validate",
    ]


@pytest.mark.parametrize(
    "name", ["build", "cited_by", "extract", "invokes", "mandates", "open", "validate"]
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
