"""Damaged and made-up texts in six languages: refused or read, in time, and valid.

`make test` reads some 500, `make fuzz-extract` 10,000 (INPUTS).
"""

from __future__ import annotations

import json
import os
import random
import time
from functools import cache
from typing import Any

import jsonschema
import pytest
from benchmarks.extraction.composing import CODES, resolution
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pursuant.errors import UnreadableSource
from pursuant.extracting import extract
from pursuant.paths import DATA
from tests import markup
from tests.damage import DAMAGES, cut, flipped, mixed, repeated
from tests.test_patterns import at_most

EACH = max(1, int(os.environ.get("INPUTS", "504")) // (len(CODES) * len(DAMAGES)))
SECONDS = 10.0
BOUNDED = settings(
    max_examples=EACH, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)


@cache
def schema() -> Any:
    text = (DATA / "extract.schema.json").read_text("utf-8")
    return jsonschema.Draft202012Validator(json.loads(text))


def survives(data: bytes) -> bool:
    """Whether a document was read; fails where it is neither read nor refused, or not valid."""
    start = time.process_time()
    try:
        with at_most(SECONDS):
            document = extract(data, "f.txt")
    except UnreadableSource:
        return False
    assert time.process_time() - start < SECONDS
    schema().validate(document.to_json())
    for paragraph in document.paragraphs:
        for citation in paragraph.citations:
            for words in citation.evidence:
                text = document.unit_text(words.unit)
                assert text[words.start : words.end] == words.exact
        places = [each.evidence for each in paragraph.mandates]
        places += [each.evidence for each in paragraph.recognitions]
        places += [each.evidence for each in paragraph.mentions]
        for place in places:
            assert paragraph.text[place.start : place.end] == place.exact
    return True


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
@pytest.mark.parametrize("code", CODES)
def test_damaged_texts(code, damage):
    @BOUNDED
    @given(st.integers(0, 2**64))
    def read(seed: int) -> None:
        chance = random.Random(seed)
        survives(damage(resolution(code, chance), chance))

    read()


@pytest.mark.parametrize("code", CODES)
def test_undamaged_texts_are_read(code):
    """What is composed is near enough to a resolution that most of it is read."""
    read = [survives(resolution(code, random.Random(seed)).encode()) for seed in range(20)]
    assert sum(read) >= 12


HTML = "<html><body><p>A/RES/81/7</p><p>大会，</p><p>1. 请秘书长合作。</p></body></html>"


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("damage", [cut, mixed, flipped, repeated], ids=lambda d: d.__name__)
@pytest.mark.parametrize("text", [markup.CHINESE, markup.ENGLISH, HTML], ids=["zh", "en", "html"])
def test_damaged_markup(text, damage):
    @BOUNDED
    @given(st.integers(0, 2**64))
    def read(seed: int) -> None:
        survives(damage(text, random.Random(seed)))

    read()


@pytest.mark.parametrize("date", ["2017年13月19日", "2017年20月1日", "2017年2月31日"])
def test_a_day_that_there_is_not_dates_nothing(date):
    text = f"A/RES/81/7. 合作\n 大会，\n 1. 请秘书长执行{date}第72/194号决议。\n {date}\n"
    document = extract(text.encode())
    assert document.adopted is None
    assert [c.target for c in document["op1"].citations] == ["A/RES/72/194"]


def test_a_part_whose_letter_is_glued_to_its_number_is_read():
    text = "A/RES/81/7. 合作\n 大会，\n 1. 请秘书长执行1995年5月1日第1/50S号决议。\n"
    assert extract(text.encode())["op1"].mandates


def test_a_page_with_two_declarations_is_read():
    page = '<?xml version="1.0"?><?xml version="1.0" encoding="utf-8"?><html><body>{}</body></html>'
    body = (
        "<p>A/RES/81/7. Lamps</p><p>The General Assembly,</p><p>1. Requests all States to act.</p>"
    )
    document = extract(page.format(body).encode(), "page.html")
    assert document.symbol == "A/RES/81/7"
