from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

import pytest

from pursuant.errors import UnreadableSource
from pursuant.extracting import extract, extract_all
from pursuant.paths import DATA
from pursuant.reading import MAX_BYTES, MAX_LINE, MAX_TEXT, read_bytes, read_file

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = DATA / "sources" / "e-res-2019-21.zh.txt"
TEXT = SOURCE.read_text("utf-8")
LATIN = "Lorem ipsum dolor sit amet, consectetur adipiscing elit. " * 20
GREEK = "Η Γενική Συνέλευση υπενθυμίζει τα ψηφίσματά της. " * 20


def until(words: str) -> bytes:
    return TEXT[: TEXT.index(words) + len(words)].encode()


BROKEN = [
    ("empty", b"", "the file is empty"),
    ("blanks", b" \n\t\r\n \x0c\n", "the file is empty"),
    ("mark", b"\xef\xbb\xbf", "the file is empty"),
    ("png", b"\x89PNG\r\n\x1a\n\0\0", "this is a PNG image"),
    ("jpeg", b"\xff\xd8\xff\xe0\0\x10JFIF", "this is a JPEG image"),
    ("pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "this PDF is damaged: PDFium cannot open it"),
    ("zip", b"PK\x03\x04\x14\0", "this is a damaged DOCX or zip archive: file is not a zip file"),
    (
        "nothing-in-zip",
        b"PK\x05\x06" + bytes(18),
        "this is a zip archive; its files are read one by one",
    ),
    ("word-97", b"\xd0\xcf\x11\xe0\xa1\xb1", "this is a Word 97 document"),
    ("gzip", b"\x1f\x8b\x08\0", "this is a gzip archive"),
    ("rtf", rb"{\rtf1\ansi}", "this is an RTF document"),
    ("zero-bytes", b"abc\0def", "this is not text: there is a zero byte at 3"),
    ("gb18030", TEXT.encode("gb18030"), "is not UTF-8; convert the file to UTF-8"),
    (
        "utf-16-without-mark",
        TEXT.encode("utf-16-le"),
        "this is not text: there is a zero byte at 1",
    ),
    ("utf-16-odd", TEXT.encode("utf-16")[:-1], "is not UTF-16; the file is damaged"),
    ("latin-1", "résolution".encode("latin-1"), "byte 1 is not UTF-8"),
    (
        "long-line",
        "国".encode() * (MAX_LINE + 1),
        "line 1 has 100,001 characters; the limit is 100,000",
    ),
    ("too-large", b"a" * (MAX_TEXT + 1), "the file is larger than 5,000,000 bytes, the limit"),
    (
        "much-too-large",
        b"a" * (MAX_BYTES + 1),
        "the file is larger than 50,000,000 bytes, the limit",
    ),
    ("latin", LATIN.encode(), "its language is none of those known here"),
    ("greek", GREEK.encode(), "its language is none of those known here"),
    ("digits", b"1 2 3", "its language is none of those known here"),
    (
        "cut-in-a-paragraph",
        until("16. 鼓励会员国进一步查明"),
        "breaks off in operative paragraph 16",
    ),
    (
        "cut-behind-a-title",
        until("协助会员国落实《联合国全球反恐\n\n战略》"),
        "in operative paragraph 29",
    ),
    ("cut-behind-a-paragraph", until("特别易受攻击的"), "breaks off in operative paragraph 17"),
    (
        "cut-at-a-semicolon",
        until("妇女和儿童的特殊需要； "),
        "breaks off in operative paragraph 23",
    ),
    ("cut-in-the-preamble", until("又重申根据《联合国宪章》"), "the text ends after 4 preambular"),
    ("cut-in-the-frame", until("经济及社会理事会"), "there is no paragraph in it"),
]


@pytest.mark.parametrize(
    ("data", "problem"), [b[1:] for b in BROKEN], ids=[name for name, *_ in BROKEN]
)
def test_what_cannot_be_read_is_refused_in_one_sentence(
    tmp_path: Path, data: bytes, problem: str
) -> None:
    path = tmp_path / "f.txt"
    path.write_bytes(data)
    with pytest.raises(UnreadableSource) as error:
        extract(path)
    assert error.value.source == "f.txt"
    assert problem in error.value.problem
    assert str(error.value) == f"f.txt: {error.value.problem}"
    assert "\n" not in str(error.value)
    assert len(str(error.value)) < 200


@pytest.mark.parametrize("name", ["missing.txt", "folder", "no\0name"])
def test_what_is_no_file_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    problems = {
        "missing.txt": "no such file or directory",
        "folder": "is a directory",
        "no\0name": "the name holds a zero byte",
    }
    with pytest.raises(UnreadableSource) as error:
        read_file(tmp_path / name)
    assert error.value.problem == problems[name]


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "f.txt"
    path.write_text("x")
    path.chmod(0)
    with pytest.raises(UnreadableSource, match="permission denied"):
        read_file(path)


def test_a_device_without_end_is_refused() -> None:
    from pathlib import Path

    with pytest.raises(UnreadableSource, match="larger than"):
        read_file(Path("/dev/zero"))


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode("utf-16"),
        TEXT.encode("utf-8-sig"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        TEXT.replace("\n", "\u2028").encode(),
    ],
    ids=["utf-16", "mark", "crlf", "cr", "line-separators"],
)
def test_encodings_and_line_ends_do_not_matter(data: bytes) -> None:
    source = read_bytes(data, "f.txt")
    assert source.lines == read_file(SOURCE).lines
    assert source.sha256 == hashlib.sha256(data).hexdigest()


def test_many_files_are_read_in_their_order(tmp_path: Path) -> None:
    first, third = extract_all([SOURCE, tmp_path / "missing.txt"])
    assert first == extract(SOURCE)
    assert isinstance(third, UnreadableSource)
