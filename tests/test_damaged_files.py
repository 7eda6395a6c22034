"""Damaged PDF, DOCX, zip, HTML and Akoma Ntoso files: read or refused, at no cost to the others.

`make test` reads some hundred, `make fuzz-extract` thousands (INPUTS).
"""

from __future__ import annotations

import json
import os
import random
from functools import cache
from typing import TYPE_CHECKING

import pytest

from pursuant.batching import extracted
from tests import writing
from tests.damage import BINARY_DAMAGES
from tests.resolution import RESOLUTIONS
from tests.test_damaged import schema

if TYPE_CHECKING:
    from pathlib import Path

ENGLISH = RESOLUTIONS["en"]
# How a fault of ours would be told, a crash, and a file that takes too long.
_FAULTS = ("\n", "it cannot be read: ", "process that worked on it died", " seconds, the limit")
EACH = max(4, int(os.environ.get("INPUTS", "504")) // 60)


@cache
def sound(kind: str) -> bytes:
    """A file that is read: the same resolution in each format; a zip holds all of the others."""
    if kind == "zip":
        names = ("pdf", "docx", "html", "akomantoso", "text")
        return writing.zipped({f"{name}.{SUFFIX[name]}": sound(name) for name in names})
    data: bytes = getattr(writing, kind)(ENGLISH)
    return data


SUFFIX = {"pdf": "pdf", "docx": "docx", "html": "html", "akomantoso": "xml", "text": "txt"}
KINDS = ["pdf", "docx", "html", "akomantoso", "zip"]


def read(files: dict[str, bytes], folder: Path) -> list[dict[str, object]]:
    """What `pursuant extract` prints for some files; each line is valid, or says what is wrong."""
    for name, data in files.items():
        (folder / name).write_bytes(data)
    told = []
    for line, problem in extracted([str(folder / name) for name in files]):
        one = json.loads(line)
        if problem is None:
            schema().validate(one)
        else:
            assert set(one) == {"source", "error"}
            assert [bad for bad in _FAULTS if bad in f"{one['error']}"] == []
        told.append(one)
    return told


@pytest.mark.parametrize("kind", KINDS)
def test_sound_files_are_read(tmp_path: Path, kind: str) -> None:
    told = read({f"f.{kind}": sound(kind)}, tmp_path)
    assert len(told) == (5 if kind == "zip" else 1)
    assert all(one.get("symbol") == writing.symbol(ENGLISH) for one in told)


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("damage", BINARY_DAMAGES, ids=lambda each: each.__name__)
@pytest.mark.parametrize("kind", KINDS)
def test_damaged_files(tmp_path: Path, monkeypatch, kind: str, damage) -> None:
    monkeypatch.setenv("PURSUANT_FILE_SECONDS", "60")
    others = [sound(other) for other in KINDS if other != "zip"]
    files = {
        f"{seed:05}.{kind}": damage(sound(kind), random.Random(f"{kind}{seed}"), others)
        for seed in range(EACH)
    }
    told = read(files | {"zzz.txt": sound("text")}, tmp_path)
    assert told[-1]["symbol"] == writing.symbol(ENGLISH)
    assert len(told) > len(files)


@pytest.mark.parametrize("kind", ["akomantoso", "html"])
def test_a_note_whose_number_became_zero_is_no_note_of_that_number(tmp_path: Path, kind) -> None:
    text = sound(kind).decode()
    zero = text.replace('marker="2"', 'marker="0"').replace("<sup>2</sup>", "<sup>0</sup>")
    assert zero != text
    (one,) = read({"f.txt": zero.encode()}, tmp_path)
    assert 0 not in {note["number"] for note in one["footnotes"]}  # type: ignore[attr-defined]
