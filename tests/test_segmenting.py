from __future__ import annotations

import pytest

from pursuant.errors import UnreadableSource
from pursuant.languages import languages
from pursuant.paging import Line, Pages, lay_out
from pursuant.reading import read_bytes
from pursuant.segmenting import Frame, Outline, segment

CHINESE = languages()["zh"]


def outline(text: str) -> Outline:
    lines = read_bytes(text.encode(), "f.txt").lines
    return segment(lay_out(lines, CHINESE), CHINESE, "f.txt")


def texts(text: str) -> list[tuple[str, str]]:
    return [(unit.id, unit.text) for unit in outline(text).units]


ONE = " 1. 请秘书长提交报告。\n"


@pytest.mark.parametrize(
    ("head", "frame"),
    [
        (
            "75/1. 打击恐怖主义\n\n 大会，\n",
            Frame("A/RES/75/1", "打击恐怖主义", "ga", "ga"),
        ),
        (
            "2178 (2014)\n 安全理事会，\n",
            Frame("S/RES/2178 (2014)", None, "sc", "sc"),
        ),
        (
            "S/RES/2178 (2014)\n 安全理事会，\n",
            Frame("S/RES/2178 (2014)", None, "sc", "sc"),
        ),
        (
            "A/HRC/RES/37/42. 合作\n人权理事会，\n",
            Frame("A/HRC/RES/37/42", "合作", "hrc", "hrc"),
        ),
        (
            "2019/21. 反恐\n援助\n 经济及社会理事会\n 建议大会通过以下决议草案：\n 大会，\n",
            Frame("E/RES/2019/21", "反恐援助", "ecosoc", "ga", draft=True),
        ),
        (" 大会，\n", Frame(None, None, "ga", "ga")),
        ("联合国大会\n", Frame(None, None, "ga", "ga")),
        (" 建议大会通过下列决议草案：\n", Frame(None, None, None, "ga", draft=True)),
        ("75/1. 合作\n", Frame(title="合作")),
        ("", Frame()),
    ],
)
def test_frames(head: str, frame: Frame) -> None:
    found = outline(head + ONE)
    assert found.frame == frame
    assert [unit.id for unit in found.units] == ["op1"]


def test_a_year_in_a_heading_is_no_symbol_of_the_assembly() -> None:
    assert outline("某书\n 大会，\n" + ONE).frame.symbol is None


@pytest.mark.parametrize(
    ("close", "adopted", "meeting"),
    [
        ("2019年7月23日\n第36次全体会议\n", "2019-07-23", "36"),
        ("第 36 次全体会议\n2019 年 7 月 23 日\n", "2019-07-23", "36"),
        ("2020年12月3日\n", "2020-12-03", None),
        ("第5次会议\n", None, "5"),
        ("", None, None),
    ],
)
def test_the_close(close: str, adopted: str | None, meeting: str | None) -> None:
    frame = outline(f" 大会，\n{ONE}\n{close}").frame
    assert (frame.adopted, frame.meeting) == (adopted, meeting)


def test_preambular_paragraphs_with_indents() -> None:
    dump = " 大会，\n 回顾其决议，\n重申其承诺，\n 欢迎\n努力，\n" + ONE
    assert texts(dump) == [
        ("pp1", "回顾其决议，重申其承诺，"),
        ("pp2", "欢迎努力，"),
        ("op1", "请秘书长提交报告。"),
    ]


def test_preambular_paragraphs_without_indents() -> None:
    dump = "大会，\n回顾其决议，\n又重申其\n承诺，\n深为关切这一\n局势，\n1. 请秘书长提交报告。"
    assert texts(dump)[:3] == [
        ("pp1", "回顾其决议，"),
        ("pp2", "又重申其承诺，"),
        ("pp3", "深为关切这一局势，"),
    ]


def test_operative_paragraphs_are_known_by_the_next_number() -> None:
    dump = " 大会，\n 1. 请秘书长于\n2019. 年提交报告；\n3. 个国家；\n ２．敦促合作。\n"
    assert texts(dump) == [
        ("op1", "请秘书长于2019. 年提交报告；3. 个国家；"),
        ("op2", "敦促合作。"),
    ]


def test_a_number_inside_a_sentence_opens_nothing() -> None:
    dump = "大会，\n1. 请秘书长在第\n2. 委员会中提交报告；\n2. 敦促合作。\n"
    assert texts(dump) == [
        ("op1", "请秘书长在第2. 委员会中提交报告；"),
        ("op2", "敦促合作。"),
    ]


POINTS = """ 大会，
 1. 请会员国：
 (a) 合作：
 (i) 交流信息；
 (ii) 交流经验；
 (b) 培训；
 2. 决定：
 （一） 继续；
 （二） 加强：
 (a) 工作；
 (b) 合作。
"""


def test_points() -> None:
    assert texts(POINTS) == [
        ("op1", "请会员国："),
        ("op1-a", "合作："),
        ("op1-a-i", "交流信息；"),
        ("op1-a-ii", "交流经验；"),
        ("op1-b", "培训；"),
        ("op2", "决定："),
        ("op2-a", "继续；"),
        ("op2-b", "加强："),
        ("op2-b-a", "工作；"),
        ("op2-b-b", "合作。"),
    ]


def test_numbers_and_order_of_points() -> None:
    units = outline(POINTS).units
    assert [unit.number for unit in units[:5]] == ["1", "1(a)", "1(a)(i)", "1(a)(ii)", "1(b)"]
    assert [unit.order for unit in units] == list(range(1, 11))


@pytest.mark.parametrize(
    "line", ["(c) 第三；", "(a) 第一；", "(iv) 第四；", "(见第5段)；", "(2019)；"]
)
def test_a_bracket_that_does_not_follow_is_text(line: str) -> None:
    dump = f" 大会，\n 1. 请会员国：\n (a) 合作；\n{line}\n (b) 培训。\n"
    assert [unit_id for unit_id, _ in texts(dump)] == ["op1", "op1-a", "op1-b"]


HEADINGS = """ 大会，

 回顾其决议，

 措施

 1. 请会员国合作：

 (一) 交流；

 (二) 培训：

 (-) 官员；

 (-) 教员；

 后续行动

 2. 请秘书长提交报告。
"""


def test_headings_and_what_has_no_number_stand_apart() -> None:
    assert [(unit.id, unit.number, unit.text) for unit in outline(HEADINGS).units] == [
        ("pp1", None, "回顾其决议，"),
        ("h2", None, "措施"),
        ("op1", "1", "请会员国合作："),
        ("op1-a", "1(一)", "交流；"),
        ("op1-b", "1(二)", "培训："),
        ("op1-b-1", "1(二)(-)", "官员；"),
        ("op1-b-2", "1(二)(-)", "教员；"),
        ("h8", None, "后续行动"),
        ("op2", "2", "请秘书长提交报告。"),
    ]


@pytest.mark.parametrize(
    ("dump", "ids"),
    [
        (" 大会，\n 回顾其决议，\n 认可该宣言。\n", ["pp1", "op1"]),
        (" 大会，\n 回顾其决议，\n 认可该宣言；\n 请秘书长报告。\n", ["pp1", "op1", "op2"]),
        (
            " 大会，\n 回顾其决议，\n 建议：\n (a) 合作；\n (b) 培训。\n",
            ["pp1", "op1", "op1-a", "op1-b"],
        ),
        ("经济及社会理事会，\n建议大会通过以下决议草案：\n", ["op1"]),
    ],
)
def test_an_operative_part_without_numbers(dump: str, ids: list[str]) -> None:
    assert [unit.id for unit in outline(dump).units] == ids


def test_a_marker_on_a_line_of_its_own_ends_no_paragraph() -> None:
    dump = "大会，\n回顾其决议，\n1\n欢迎努力，\n1. 合作。\n_____\n1 第1/2号决议。\n"
    found = outline(dump)
    assert [(unit.id, unit.text, unit.markers) for unit in found.units] == [
        ("pp1", "回顾其决议，", ((6, 1),)),
        ("pp2", "欢迎努力，", ()),
        ("op1", "合作。", ()),
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (" 大会，\n", "there is no paragraph in it"),
        (" 大会，\n 回顾其决议，\n", "the text ends after 1 preambular ones"),
        (" 大会，\n 1. 请秘书长提交\n", "breaks off in operative paragraph 1: …请秘书长提交"),
        (
            " 大会，\n 1. 请秘书长；\n (a) 提交；\n",
            "breaks off in operative paragraph 1(a): …提交；",
        ),
        (" 大会，\n 1. 执行《战略》\n", "breaks off in operative paragraph 1: …执行《战略》"),
    ],
)
def test_fragments_are_refused(text: str, problem: str) -> None:
    with pytest.raises(UnreadableSource) as error:
        outline(text)
    assert problem in error.value.problem


@pytest.mark.parametrize("end", ["。", "。”", "。）", ".", "。1"])
def test_whole_texts_are_accepted(end: str) -> None:
    found = outline(f" 大会，\n 1. 合作{end}\n_____\n 1 见第1/2号决议。\n")
    assert found.units[-1].text.startswith("合作")


def test_blocks_that_their_source_tells_apart() -> None:
    body = [
        Line("75/1. 合作"),
        Line("大会，"),
        Line("回顾其决议", opens=True, markers=((4, 2),)),
        Line("欢迎努力", opens=True),
        Line("请秘书长：", opens=True, label="1."),
        Line("报告第 3 次会议", opens=True, label="(a)"),
        Line("的情况。", opens=False, markers=((2, 3), (4, 2))),
    ]
    notes = {2: ["第一"], 3: ["第二"]}
    found = segment(Pages(body, notes, marked=True), CHINESE)
    assert [(unit.id, unit.text, unit.markers) for unit in found.units] == [
        ("pp1", "回顾其决议", ((4, 2),)),
        ("pp2", "欢迎努力", ()),
        ("op1", "请秘书长：", ()),
        ("op1-a", "报告第 3 次会议的情况。", ((11, 3), (13, 2))),
    ]
