from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from pursuant.cli import main
from pursuant.errors import UnreadableSource
from pursuant.finding import find, find_in
from pursuant.formats.sniffing import Format, sniff
from tests import writing
from tests.resolution import RESOLUTIONS
from tests.test_formats import WRITERS

if TYPE_CHECKING:
    from pathlib import Path

ENGLISH = RESOLUTIONS["en"]
FILES = {form: write(ENGLISH) for form, write in WRITERS.items()} | {"pdf": writing.pdf(ENGLISH)}


@pytest.mark.parametrize("form", FILES)
def test_formats_are_told_by_content(form: str) -> None:
    assert sniff(FILES[form], "f") == form


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (b"\n  <!-- x --><!DOCTYPE html><p>", Format.HTML),
        ("<HTML>".encode("utf-16"), Format.HTML),
        (b"junk before\n%PDF-1.4", Format.PDF),
        (writing.zipped({"a.txt": "x"}), Format.ZIP),
        (b"<x> is not markup of ours", Format.TEXT),
        (b"", Format.TEXT),
    ],
)
def test_what_formats_look_like(data: bytes, form: Format) -> None:
    assert sniff(data, "f") is form


def test_a_damaged_zip_is_told() -> None:
    with pytest.raises(UnreadableSource, match="damaged DOCX or zip archive"):
        sniff(b"PK\x03\x04 and nothing else", "f")


def filled(folder: Path) -> Path:
    """A folder of all formats, whose names tell nothing or lie."""
    for form, data in FILES.items():
        (folder / f"{form}.txt").write_bytes(data)
    (folder / ".hidden.txt").write_bytes(b"hidden")
    (folder / "readme.md").write_bytes(b"no document")
    return folder


def test_a_folder_of_all_formats(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["extract", str(filled(tmp_path))])
    objects = [json.loads(line) for line in result.stdout.splitlines()]
    assert [o["format"] for o in objects] == sorted(FILES)
    assert {o["symbol"] for o in objects} == {"A/RES/81/307"}


def archive(path: Path) -> bytes:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as into:
        for form, data in FILES.items():
            into.writestr(f"../../{form}.xml", data)
        into.writestr("inner.zip", writing.zipped({"a.txt": "x"}))
        into.writestr("readme.md", "no document")
    return path.read_bytes()


def test_an_archive_of_all_formats_under_any_name(tmp_path: Path) -> None:
    data = archive(tmp_path / "received.bin")
    result = CliRunner().invoke(main, ["extract", str(tmp_path / "received.bin")])
    objects = [json.loads(line) for line in result.stdout.splitlines()]
    assert [o.get("format") for o in objects] == [*FILES, None]
    assert objects[-1]["error"] == "a zip archive inside another is not opened"
    assert [o["source"] for o in objects][:2] == ["received.bin/txt.xml", "received.bin/akn.xml"]
    assert result.exit_code == 1
    assert CliRunner().invoke(main, ["extract", "-"], input=data).stdout.count("\n") == 6
    assert sorted(p.name for p in tmp_path.iterdir()) == ["received.bin"]


def test_a_docx_is_one_document(tmp_path: Path) -> None:
    path = tmp_path / "resolution.zip"
    path.write_bytes(FILES["docx"])
    assert [found.source for found in find([path])] == [path]
    assert [found.name for found in find_in(FILES["docx"], "-")] == ["-"]


def test_what_is_no_archive_is_left_to_its_reader(tmp_path: Path) -> None:
    for name in ("missing.zip", "broken.zip"):
        (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04")
        assert [found.problem for found in find([tmp_path / name])] == [None]
