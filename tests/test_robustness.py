"""Damaged and hostile texts: refused or read, in time, and never anything else."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pursuant.errors import UnreadableSource
from pursuant.extracting import extract
from pursuant.paths import DATA

BYTES = (DATA / "sources" / "e-res-2019-21.zh.txt").read_bytes()
LINES = BYTES.decode().split("\n")
BOUNDED = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


def survives(data: bytes) -> None:
    try:
        document = extract(data, "f.txt")
    except UnreadableSource:
        return
    for paragraph in document.paragraphs:
        for citation in paragraph.citations:
            for evidence in citation.evidence:
                text = document.unit_text(evidence.unit)
                assert text[evidence.start : evidence.end] == evidence.exact
        places = [mandate.evidence for mandate in paragraph.mandates]
        places += [recognition.evidence for recognition in paragraph.recognitions]
        places += [mention.evidence for mention in paragraph.mentions]
        for place in places:
            assert paragraph.text[place.start : place.end] == place.exact


@BOUNDED
@given(st.integers(0, 2**32))
def test_lines_deleted_repeated_and_shuffled(seed: int) -> None:
    chance = random.Random(seed)
    lines = [line for line in LINES for _ in range(chance.choice([0, 1, 1, 1, 1, 1, 2]))]
    if seed % 3 == 0:
        chance.shuffle(lines)
    survives("\n".join(lines).encode())


@BOUNDED
@given(st.integers(0, len(BYTES)))
def test_the_text_cut_anywhere(end: int) -> None:
    survives(BYTES[:end])
    survives(BYTES[end:])


@BOUNDED
@given(st.integers(0, 2**32))
def test_characters_changed(seed: int) -> None:
    chance = random.Random(seed)
    text = list("\n".join(LINES))
    for _ in range(chance.randrange(1, 400)):
        text[chance.randrange(len(text))] = chance.choice(
            "\n\f 《》“”（）(1，。；、第号/和国大会请A_\u200b\x00x"
        )
    survives("".join(text).encode())


@BOUNDED
@given(st.integers(0, 2**32))
def test_bytes_changed(seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(BYTES)
    for _ in range(chance.choice([1, 5, 50])):
        data[chance.randrange(len(data))] = chance.randrange(256)
    survives(bytes(data))


@BOUNDED
@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_anything(data: bytes) -> None:
    survives(data)


# What the patterns repeat, and what their parts begin with.
REPEATED = [
    " ",
    *[
        "1",
        "A",
        "的",
        "与",
        "为",
        "向",
        "在",
        "在其",
        "第",
        "号",
        "和",
        "、",
        "，",
        "请",
        "又",
        "各",
        "（",
        "《",
        "“",
        "题为“",
        "关于",
        "关于的",
        "设立的",
        "根据",
        "依照，包括",
    ],
    *[
        "加入",
        "建设",
        "发展",
        "通过",
        "利用",
        "1/",
        "A/",
        "A/1-",
        "1、",
        "第1/1、",
        "第1/1号、",
        "大会第72/194号决议、",
        "同上，第1、",
    ],
    *[
        "联合国，《条约汇编》，第1、1、",
        "会员国和",
        "，请会员国",
        "，包括会员国",
        "《宪章》该办公室",
        "本决议",
    ],
    *["(a)", "七", "1990年1月1日", "一"],
]
SIZE = 100_000


def repeated(words: str, size: int = SIZE) -> str:
    return words * (size // len(words))


@pytest.mark.parametrize("words", REPEATED)
def test_long_paragraphs_are_read_in_seconds(words: str) -> None:
    text = repeated(words)
    lines = "\n".join(text[i : i + 90] for i in range(0, len(text), 90))
    start = time.process_time()
    survives(f" 大会，\n\n 1. 请会员国{lines}。\n".encode())
    assert time.process_time() - start < 30


@pytest.mark.parametrize(
    "line",
    [
        " 回顾其决议，",
        "议",
        " (a)",
        "1",
        "_____",
        "1 见",
        " 1. 请会员国合作；",
        "https://undocs.org/A/1",
        "《",
    ],
)
def test_many_lines_are_read_in_seconds(line: str) -> None:
    start = time.process_time()
    survives((" 大会，\n" + f"{line}\n" * 20_000 + " 1. 请会员国合作。\n").encode())
    assert time.process_time() - start < 30


def test_many_committees_are_read_in_seconds() -> None:
    names = [f"the {_name(n)} Committee to report, and the Committee to act" for n in range(20_000)]
    acts = ";\n\n".join(f" {number}. Requests {name}" for number, name in enumerate(names, 1))
    text = f"A/RES/81/7. Reports\n\n The General Assembly,\n\n{acts}.\n"
    start = time.process_time()
    assert len(extract(text.encode(), "f.txt").paragraphs) == len(names)
    assert time.process_time() - start < 30


def _name(number: int) -> str:
    """A word of its own for each number: "Aland", "Bland", "Baland"."""
    letters = ""
    while number or not letters:
        number, rest = divmod(number, 26)
        letters = chr(ord("a") + rest) + letters
    return f"{letters.capitalize()}land"
