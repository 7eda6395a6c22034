from __future__ import annotations

import json
from typing import Any

import pytest

from pursuant import SAMPLE, extract
from pursuant.aligning import align
from pursuant.comparing import compare, marked
from pursuant.comparison_page import to_html
from pursuant.errors import PursuantError
from pursuant.lineage import lineages
from pursuant.strengths import rank, strengths

HEAD = "A/RES/{n}/1. 合作\n大会，\n 回顾《联合国宪章》，\n"


def document(session: int, *operative: str) -> Any:
    lines = "".join(f" {n}. {text}；\n" for n, text in enumerate(operative, 1))
    return extract((HEAD.format(n=session) + lines[:-2] + "。\n").encode(), f"{session}.txt")


COOPERATE = "鼓励会员国考虑开展国际合作以预防恐怖主义"
REPORT = "请秘书长向大会第八十五届会议提交关于本决议执行情况的报告"
ASSIST = "请联合国毒品和犯罪问题办公室依请求向会员国提供技术援助"

# what the first text says, what the second says, (before, after, state, moved) of the pairs
PAIRS = [
    ([REPORT], [REPORT], [("op1", "op1", "same", False)]),
    (
        [COOPERATE, REPORT],
        [COOPERATE],
        [("op1", "op1", "same", False), ("op2", None, "removed", False)],
    ),
    (
        [REPORT],
        [COOPERATE, REPORT],
        [(None, "op1", "added", False), ("op1", "op2", "same", False)],
    ),
    (
        [COOPERATE, ASSIST, REPORT],
        [COOPERATE, REPORT],
        [
            ("op1", "op1", "same", False),
            ("op2", None, "removed", False),
            ("op3", "op2", "same", False),
        ],
    ),
    (
        [REPORT, COOPERATE, ASSIST],
        [COOPERATE, ASSIST, REPORT],
        [
            ("op2", "op1", "same", False),
            ("op3", "op2", "same", False),
            ("op1", "op3", "same", True),
        ],
    ),
    (
        [COOPERATE],
        [COOPERATE.replace("国际", "区域和国际")],
        [("op1", "op1", "changed", False)],
    ),
]


@pytest.mark.parametrize(("old", "new", "expected"), PAIRS)
def test_paragraphs_are_found_where_they_went(old, new, expected):
    found = compare(document(80, *old), document(81, *new))
    told = [
        (p.before and p.before.id, p.after and p.after.id, p.state, p.moved)
        for p in found.pairs
        if p.after is None or p.after.id != "pp1"
    ]
    assert told == expected


# what the mandate said, what it says, what became of it
MANDATES = [
    (COOPERATE, COOPERATE, "same"),
    (COOPERATE, COOPERATE.replace("鼓励", "敦促"), "strengthened"),
    (COOPERATE.replace("鼓励", "敦促"), COOPERATE, "weakened"),
    # The same force, but no longer only to be considered.
    (COOPERATE, COOPERATE.replace("考虑", ""), "strengthened"),
    (ASSIST, ASSIST.replace("依请求", ""), "changed"),
    (REPORT, REPORT.replace("八十五", "八十六"), "changed"),
]


@pytest.mark.parametrize(("old", "new", "expected"), MANDATES)
def test_what_became_of_a_mandate(old, new, expected):
    pairs = compare(document(80, old), document(81, new)).pairs
    assert [m.kind for p in pairs for m in p.mandates] == [expected]


def test_a_mandate_for_somebody_else_is_another():
    new = ASSIST.replace("联合国毒品和犯罪问题办公室", "秘书长")
    pairs = compare(document(80, ASSIST), document(81, new)).pairs
    kinds = {m.kind: m.addressees for p in pairs for m in p.mandates}
    assert kinds == {"gained": ("secretary-general",), "lost": ("unodc",)}


def test_citations_gained_lost_and_invoked_otherwise():
    before = document(80, "重申大会第72/194号决议和第60/288号决议的重要性和持续相关性")
    after = document(81, "欢迎大会第72/194号决议和第74/175号决议的重要性和持续相关性")
    comparison = compare(before, after)
    assert (comparison.gained, comparison.lost) == (("A/RES/74/175",), ("A/RES/60/288",))
    told = {(c.target, c.kind) for p in comparison.pairs for c in p.citations}
    assert told == {
        ("A/RES/72/194", "other function"),
        ("A/RES/74/175", "gained"),
        ("A/RES/60/288", "lost"),
    }


def test_two_languages_are_paired_by_number():
    chinese = document(80, ASSIST, REPORT)
    other = compare(chinese, chinese)
    assert {pair.state for pair in other.pairs} == {"same"}
    from dataclasses import replace

    english = replace(
        chinese,
        language="en",
        paragraphs=(
            *chinese.paragraphs[:-1],
            replace(chinese.paragraphs[-1], text="Requests a report", mandates=()),
        ),
    )
    pairs = compare(chinese, english).pairs
    assert [(p.state, p.likeness, p.words) for p in pairs[1:]] == [
        ("same", None, ()),
        ("changed", None, ()),
    ]


def test_a_document_is_the_same_as_itself():
    sample = extract(SAMPLE)
    comparison = compare(sample, sample)
    assert len(comparison.pairs) == 49
    assert {(p.state, p.moved, p.likeness) for p in comparison.pairs} == {("same", False, 1.0)}
    assert {m.kind for p in comparison.pairs for m in p.mandates} == {"same"}


def test_forms_of_a_comparison():
    comparison = compare(document(80, COOPERATE, REPORT), document(81, ASSIST, COOPERATE + "行为"))
    table = comparison.to_table()
    rows: dict[Any, Any] = {row["after"]: row for row in table}
    assert rows["op1"]["mandates"] == ("gained request unodc",)
    assert rows["op2"]["wording"].startswith(COOPERATE + "[-；-]{+行为。+}")
    data = json.loads(json.dumps(comparison.to_json()))
    assert data["before"]["slug"] == "a-res-80-1"
    assert {p["state"] for p in data["paragraphs"]} == {"same", "added", "removed", "changed"}
    page = to_html(comparison, "zh")
    assert "<ins>行为。</ins>" in page
    assert '<html lang="zh">' in page
    assert "A/RES/80/1 与 A/RES/81/1 对照" in page
    assert "What became of A/RES/80/1" in to_html(comparison, "fr")


def test_markup_in_a_text_stays_text():
    page = to_html(compare(document(80, ASSIST), document(81, ASSIST + "<script>x</script>")))
    assert "<script" not in page
    assert "&lt;" in page


def test_alignment_uses_no_paragraph_twice():
    found = align(["a b c"], ["a b c", "a b c"])
    assert [(m.before, m.after) for m in found] == [(0, 0)]
    assert align([], ["a"]) == align(["a"], []) == []


def test_marks():
    first, second = document(80, REPORT), document(81, REPORT.replace("八十五", "九十"))
    pair = compare(first, second).pairs[-1]
    assert "[-八十五-]{+九十+}" in marked(pair.words)


def test_every_force_and_modality_has_a_rank():
    assert set(strengths("force").values()) <= set(range(1, 11))
    assert rank("request", ["consider", "strengthen"]) == rank("request", ["consider"])
    assert rank("no such force", ["no such manner"]) == (0, 5)


# Lineages


def test_lineages_through_three_texts():
    first = document(80, COOPERATE, REPORT)
    second = document(81, REPORT)
    third = document(82, COOPERATE.replace("国际", "区域和国际"), REPORT, ASSIST)
    series = lineages([first, second, third])
    table = series.to_table()
    columns = ("A/RES/80/1", "A/RES/81/1", "A/RES/82/1", "versions", "agreed since")
    assert table.columns == (*columns, "text")
    rows = [tuple(row[c] for c in columns) for row in table if row["A/RES/82/1"] != "pp1"]
    assert rows == [
        ("op1", None, "op1", 2, "A/RES/82/1"),
        ("op2", "op1", "op2", 1, "A/RES/80/1"),
        (None, None, "op3", 1, "A/RES/82/1"),
    ]
    steps = series.to_json()["lineages"][1]["steps"]
    assert [step["unit"] for step in steps] == ["op1", "op1"]
    assert steps[0]["likeness"] is None


def test_language_that_ended_stands_last():
    series = lineages([document(80, COOPERATE), document(81, REPORT)])
    assert [line.steps[-1].document for line in series.lineages] == [
        "A/RES/81/1", "A/RES/81/1", "A/RES/80/1",
    ]  # fmt: skip


def test_dated_texts_are_put_in_order():
    from dataclasses import replace

    early = replace(document(80, REPORT), adopted="2025-12-01")
    late = replace(document(81, REPORT), adopted="2026-12-01")
    assert lineages([late, early]).documents == ("A/RES/80/1", "A/RES/81/1")
    twice = lineages([early, early]).documents
    assert twice == ("A/RES/80/1", "A/RES/80/1 (2)")


def test_lineages_are_of_one_language():
    from dataclasses import replace

    text = document(80, REPORT)
    with pytest.raises(PursuantError, match="in one language"):
        lineages([text, replace(text, language="en")])
    assert lineages([]).lineages == ()
