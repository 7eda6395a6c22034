from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pursuant.citing import Found, find
from pursuant.extracting import extract
from pursuant.languages import languages
from pursuant.register import Dictionary, Spelling

CHINESE = languages()["zh"]


def of_rule(text: str, rule: str) -> list[Found]:
    return [item for item in find(text, CHINESE) if item.rule == rule]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("大会第72/194号决议", ["72/194"]),
        ("第1373(2001)号和第1540(2004)号决议", ["1373(2001)", "1540(2004)"]),
        ("第2(I)号、1966年12月20日第2241 B(XXI)号决议", ["2(I)", "2241 B(XXI)"]),
        ("第ES-10/22号决议", ["ES-10/22"]),
        ("第1915(ORG-75)号决议", ["1915(ORG-75)"]),
        ("第53/243号决议A、B和C", ["53/243 A", "53/243 B", "53/243 C"]),
        ("第53/243号决议A至C", ["53/243 A", "53/243 B", "53/243 C"]),
        ("第31/6 A和B号决议", ["31/6 A", "31/6 B"]),
        ("第72/1至72/3号决议", ["72/1", "72/3"]),
        ("第72/9至73/3号决议", ["72/9", "73/3"]),
        ("第72/9至72/3号决议", ["72/9", "72/3"]),
        ("第72/1号文件", []),
        ("第72/1号", []),
        ("5/6的国家", []),
        ("2019年7月23日第36次会议", []),
    ],
)
def test_numbers(text: str, numbers: list[str]) -> None:
    assert [item.number for item in of_rule(text, "number")] == numbers


@pytest.mark.parametrize(
    ("text", "body", "its", "kind"),
    [
        ("大会第72/194号决议", "大会", False, "resolution"),
        ("其第72/194号决议", None, True, "resolution"),
        ("第74/543号决定", None, False, "decision"),
        ("安全理事会关于恐怖主义的第1373(2001)号决议", "安全理事会", False, "resolution"),
        ("大会2018年6月26日题为“审查”的第72/284号决议", "大会", False, "resolution"),
    ],
)
def test_what_frames_a_number(text: str, body: str | None, its: bool, kind: str) -> None:
    (item,) = of_rule(text, "number")
    beside = item.cited
    assert beside
    assert (next(iter(beside.bodies), None), beside.its, beside.kind) == (body, its, kind)
    assert text[item.start : item.end] == text


@pytest.mark.parametrize(
    ("text", "symbols"),
    [
        ("见A/72/840和E/CN.15/2019/5。", ["A/72/840", "E/CN.15/2019/5"]),
        ("A/C.3/74/L.5/Rev.1", ["A/C.3/74/L.5/Rev.1"]),
        ("(S/2017/507)", ["S/2017/507"]),
        ("S/RES/2178 (2014)号", ["S/RES/2178 (2014)"]),
        ("ST/AI/189", ["ST/AI/189"]),
        ("A/HRC/", []),
        ("CASE A/B", []),
        ("XA/72/1", []),
    ],
)
def test_symbols(text: str, symbols: list[str]) -> None:
    assert [item.symbol for item in of_rule(text, "symbol")] == symbols


@pytest.mark.parametrize(
    ("text", "treaties"),
    [
        ("联合国，《条约汇编》，第1577卷，第27531号", [(1577, 27531)]),
        ("联合国,《条约汇编》,第 1 和 2 卷,第 3 号", [(1, 3), (2, 3)]),
        ("同上，第2卷，第3、4号", [(2, 3), (2, 4)]),
        ("同上，第86段", []),
        ("联合国，《条约汇编》", []),
    ],
)
def test_treaties(text: str, treaties: list[tuple[int, int]]) -> None:
    assert [item.treaty for item in find(text, CHINESE) if item.treaty] == treaties


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("《甲》和《乙》", ["甲", "乙"]),
        ("《关于〈甲〉的乙》", ["关于〈甲〉的乙"]),
        ("《关于《甲》的乙》", ["关于《甲》的乙"]),
        ("《甲", []),
        ("甲》和《乙》", ["乙"]),
        ("题为“执行《甲》”的第72/1号决议", []),
    ],
)
def test_titles(text: str, titles: list[str]) -> None:
    assert [item.title for item in of_rule(text, "title")] == titles


def test_a_name_is_leftmost_and_longest() -> None:
    names = {"议会": ("a",), "各国议会": ("b",), "各国议会联盟": ("c",)}
    assert list(Dictionary(names).find("各国议会联盟和议会")) == [(0, 6, ("c",)), (7, 9, ("a",))]


def test_a_guarded_word_holds_no_name() -> None:
    names = {"大会": ("ga",)}
    assert list(Dictionary(names, Spelling(("大会堂",))).find("大会堂和大会")) == [(4, 6, ("ga",))]
    assert list(Dictionary(names, Spelling(("大会",))).find("大会")) == [(0, 2, ("ga",))]


ARABIC = Spelling(
    prefixes=frozenset({"و", "ب", "ول"}),
    contractions=(("الل", "لل"), ("ال", "لل")),
    guards=("لجنة القانون",),
)


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("قرار اللجنة", "اللجنة"),
        ("واللجنة", "اللجنة"),
        ("بلجنة", ""),
        ("للجنة", "للجنة"),
        ("وللجنة", "للجنة"),
        ("اللَّجنة", "اللَّجنة"),
        ("سكاللجنة", ""),
        ("اللجنةي", ""),
        ("لجنة القانون", ""),
    ],
)
def test_a_name_behind_what_is_written_onto_its_front(text: str, exact: str) -> None:
    found = list(Dictionary({"اللجنة": ("a",)}, ARABIC).find(text))
    assert [text[start:end] for start, end, _ in found] == ([exact] if exact else [])


def test_the_longest_of_names_and_groups_wins() -> None:
    found = find("insta a aplicar las resoluciones de las Naciones Unidas", languages()["es"])
    assert [f.slugs for f in found] == [("un-resolutions",)]


@pytest.mark.parametrize(
    ("text", "found"), [("the WHO is", 1), ("WHOLE", 0), ("AWHO", 0), ("国WHO国", 1)]
)
def test_a_name_is_no_part_of_a_word(text: str, found: int) -> None:
    assert len(list(Dictionary({"WHO": ("who",)}).find(text))) == found


def test_a_group_is_the_longest_that_begins_first() -> None:
    (item,) = of_rule("各项与恐怖主义问题有关的公约和议定书", "group")
    assert item.slugs == ("ct-conventions",)


WORDS = st.sampled_from(
    [
        "大会",
        "第72/194号决议",
        "和",
        "、",
        "《联合国宪章》",
        "《",
        "》",
        "附件",
        "第七章",
        "国际法",
        "同上，",
        "A/72/1",
        "本决议",
        "该办公室",
        "题为“",
        "”",
        "会员国",
        "联合国，《条约汇编》，第1卷，第2号",
    ]
)


@given(st.lists(WORDS).map("".join))
def test_what_is_found_is_in_order_and_apart(text: str) -> None:
    found = find(text, CHINESE)
    assert [(f.start, f.end) for f in found] == sorted((f.start, f.end) for f in found)
    assert all(0 <= f.start < f.end <= len(text) for f in found)
    spans = sorted({(f.start, f.end) for f in found if f.rule not in ("name", "group")})
    numbers = [(a, b) for a, b in pairwise(spans) if b[0] < a[1]]
    assert numbers == []


@pytest.mark.parametrize(
    ("head", "text", "function"),
    [
        ("大会，", "重申第1267(1999)和1989(2011)号决议所设委员会的作用", "in-accordance-with"),
        ("大会，", "请秘书长执行其所有有关的第70/1、71/1和72/1号决议", "implement"),
        ("大会，", "请秘书长确保第70/1、71/1和72/1号决议得到充分执行", "implement"),
        ("大会，", "遵循大会第70/1和71/1号决议", "guided-by"),
        ("大会，", "呼吁会员国在大会第70/1和71/1号决议指导下合作", "in-accordance-with"),
        ("The General Assembly,",
         "Requests States to implement the provisions of its resolutions 70/1, 71/1 and 72/1",
         "implement"),
        ("The General Assembly,", "Reaffirms the provisions of its resolutions 70/1 and 71/1",
         "reaffirm"),
        ("The General Assembly,",
         "Decides to hold it as set out in resolutions 70/1 of 25 September 2015, 71/1 and 72/1",
         "in-accordance-with"),
    ],
)  # fmt: skip
def test_what_is_said_of_a_list_is_said_of_each_number(head: str, text: str, function: str) -> None:
    (found,) = extract(f"A/RES/81/9. X\n\n{head}\n\n1. {text}.\n".encode(), "x").paragraphs
    cited = [c for c in found.citations if c.target and "/RES/" in c.target]
    assert len(cited) >= 2
    assert {c.function for c in cited} == {function}
