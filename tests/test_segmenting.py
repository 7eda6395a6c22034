from __future__ import annotations

import pytest

from pursuant.detecting import detect
from pursuant.errors import UnreadableSource
from pursuant.framing import Frame
from pursuant.languages import languages
from pursuant.paging import Line, Pages, lay_out
from pursuant.reading import read_bytes
from pursuant.segmenting import Outline, segment

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


def read(text: str) -> list[tuple[str, str]]:
    """Ids and texts of a composed resolution in whatever language."""
    lines = read_bytes(text.encode(), "f.txt").lines
    language = detect("\n".join(lines))
    assert language
    found = segment(lay_out(lines, language), language)
    return [(unit.id, unit.text) for unit in found.units]


RESOLUTIONS = {
    "en": """A/RES/81/7. Lamps

 The General Assembly,

 Recalling the lamps of the city,

 Recognizing the following:

 (a) Each lamp gives light;

 (b) Light is good;

 Measures

 1. Requests Member States:

 (a) To light:

 (i) The lamps;

 (ii) The lanterns;

 (b) To report;

 2. Decides to return to the matter.
""",
    "fr": """A/RES/81/7. Lampes

 L’Assemblée générale,

 Rappelant les lampes de la ville,

 Sachant ce qui suit :

 a) Chaque lampe éclaire ;

 b) La lumière est bonne ;

 Mesures

 1. Prie les États Membres :

 a) D’allumer :

 i) Les lampes ;

 ii) Les lanternes ;

 b) De lui faire rapport ;

 2. Décide de revenir sur la question.
""",
    "es": """A/RES/81/7. Lámparas

 La Asamblea General,

 Recordando las lámparas de la ciudad,

 Reconociendo lo siguiente:

 a) Cada lámpara alumbra;

 b) La luz es buena;

 Medidas

 1. Solicita a los Estados Miembros:

 a) Que enciendan:

 i) Las lámparas;

 ii) Los faroles;

 b) Que informen;

 2. Decide volver a la cuestión.
""",
    "ru": """A/RES/81/7. Лампы

 Генеральная Ассамблея,

 ссылаясь на лампы в городе,

 признавая следующее:

 a) каждая лампа светит;

 b) свет хорош;

 Меры

 1. просит государства-члены:

 а) зажечь:

 i) лампы;

 ii) фонари;

 b) представить доклад;

 2. постановляет вернуться к этому вопросу.
""",
    "ar": """A/RES/81/7. - المصابيح

 إن الجمعية العامة،

 إذ تشير إلى المصابيح في المدن،

 وإذ تسلم بما يلي:

 (أ) أن المصباح يضيء؛

 (ب) أن النور حسن؛

 التدابير

 1- تطلب إلى الدول الأعضاء:

 (أ) أن تضيء:

 ’1‘ المصابيح؛

 ’2‘ الفوانيس؛

 (ب) أن تقدم تقريرا؛

 2- تقرر أن تعود إلى المسألة.
""",
    "zh": """A/RES/81/7. 灯

 大会，

 回顾城市中的灯，

 认识到以下各点：

 (a) 灯发光；

 (b) 光是好的；

 措施

 1. 请会员国：

 (a) 点亮：

 ㈠ 灯；

 ㈡ 灯笼；

 (b) 提出报告；

 2. 决定再审议这一问题。
""",
}
UNITS = ["pp1", "pp2", "pp2-a", "pp2-b", "h5"]
UNITS += ["op1", "op1-a", "op1-a-i", "op1-a-ii", "op1-b", "op2"]


@pytest.mark.parametrize("code", RESOLUTIONS)
def test_six_languages_have_the_same_units(code: str) -> None:
    assert [unit for unit, _ in read(RESOLUTIONS[code])] == UNITS


SHAPES = {
    "no blank lines": lambda text: text.replace("\n\n", "\n"),
    "no indents": lambda text: text.replace("\n ", "\n"),
    "all indented": lambda text: "   " + text.replace("\n", "\n   "),
    "carriage returns": lambda text: text.replace("\n", "\r\n"),
    "no-break spaces": lambda text: text.replace(" ", "\u00a0"),
    "thin spaces": lambda text: text.replace(" ", "\u2009"),
    "doubled spaces": lambda text: text.replace(" ", "  "),
    "tabs": lambda text: text.replace(" ", "\t"),
    "soft hyphens": lambda text: text.replace("a", "a\u00ad"),
    "direction marks": lambda text: text.replace("(", "\u200e(\u200f"),
    "lines between direction marks": lambda text: text.replace("\n", "\u200f\n\u200e"),
    "direction marks behind indents": lambda text: text.replace("\n ", "\n \u200f"),
    "full-width brackets": lambda text: text.replace("(", "（").replace(")", "）"),
    "full-width digits": lambda text: text.translate({c: c + 0xFEE0 for c in range(48, 58)}),
    "straight apostrophes": lambda text: text.replace("L’A", "L'A"),
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("code", RESOLUTIONS)
def test_the_shape_of_a_dump_changes_nothing(code: str, shape: str) -> None:
    assert [unit for unit, _ in read(SHAPES[shape](RESOLUTIONS[code]))] == UNITS


@pytest.mark.parametrize("code", RESOLUTIONS)
def test_a_page_may_end_behind_any_paragraph(code: str) -> None:
    text = RESOLUTIONS[code]
    expected = read(text)
    for at in range(3, text.count("\n\n")):
        pieces = text.split("\n\n")
        foot = "\n\nA/RES/81/7\n2/4\n\f"
        cut = "\n\n".join(pieces[:at]) + foot + "\n\n".join(pieces[at:])
        assert read(cut) == expected


def test_marks_of_direction_stay_where_a_line_ends() -> None:
    wrapped = "وإذ تشير إلى قراراتها\u200f\n\u200fذات الصلة،"
    text = f"A/RES/81/7\n إن الجمعية العامة،\n \u200f{wrapped} \n\n 1- تقرر إنارة المدينة.\n"
    assert read(text)[0] == ("pp1", "وإذ تشير إلى قراراتها\u200f \u200fذات الصلة،")


def test_arabic_numbers_that_stand_in_the_text() -> None:
    text = RESOLUTIONS["ar"].replace("1-", "1 -").replace("2-", "٢ –")
    found = read(text)
    assert [unit for unit, _ in found] == UNITS
    assert dict(found)["op1"] == "1 - تطلب إلى الدول الأعضاء:"
    assert dict(found)["op1-a"] == "(أ) أن تضيء:"
    assert dict(found)["op2"].startswith("٢ – تقرر")


def test_a_draft_in_quotation_marks() -> None:
    """Trap 25."""
    text = (
        "E/RES/2026/9\n The Economic and Social Council,\n Recommends to the General Assembly the"
        " adoption of the following draft resolution:\n “The General Assembly,\n"
        " “Recalling the lamps of the city,\n “1. Requests Member States:\n “(a) To light;\n"
        " “(b) To report;\n “2. Decides to return to the matter.”\n"
    )
    assert read(text) == [
        ("pp1", "Recalling the lamps of the city,"),
        ("op1", "Requests Member States:"),
        ("op1-a", "To light;"),
        ("op1-b", "To report;"),
        ("op2", "Decides to return to the matter."),
    ]


def test_sections_may_begin_to_count_again() -> None:
    text = (
        "A/RES/81/7\n The General Assembly,\n\n I\n\n 1. Requests the lamps;\n\n 2. Decides so;\n\n"
        " II\n\n 1. Requests the lanterns;\n\n (a) Of the city;\n\n 2. Decides so.\n"
    )
    expected = ["h1", "op1", "op2", "h4", "op1s2", "op1s2-a", "op2s2"]
    assert [unit for unit, _ in read(text)] == expected


def test_a_number_that_was_lost_costs_one_paragraph() -> None:
    text = (
        "A/RES/81/7\n The General Assembly,\n 1. Requests the lamps;\n Requests more of them;\n"
        " 3. Decides so.\n"
    )
    assert [unit for unit, _ in read(text)] == ["op1", "op1-p1", "op3"]


def test_a_number_before_a_verb_counts_where_nothing_else_tells() -> None:
    text = "大会，\n回顾灯，\n延长期限\n1. 请秘书长报告；\n2. 决定再审议\n3. 个问题。\n"
    assert read(text)[-2:] == [("op1", "请秘书长报告；"), ("op2", "决定再审议3. 个问题。")]


def test_a_label_printed_twice_keeps_an_id_of_its_own() -> None:
    text = (
        "A/RES/81/7\n The General Assembly,\n 1. Requests:\n (a) The lamps;\n (b) The lights;\n"
        " Also:\n (a) The lanterns;\n 2. Decides so.\n"
    )
    ids = [unit for unit, _ in read(text)]
    assert len(set(ids)) == len(ids)


def test_operative_paragraphs_without_numbers_in_the_preamble_of_points() -> None:
    text = (
        "A/RES/81/7\n The General Assembly,\n Recalling the lamps:\n (a) Of the city;\n (b) Of the"
        " land,\n Requests the Secretary-General to report.\n"
    )
    assert [unit for unit, _ in read(text)] == ["pp1", "pp1-a", "pp1-b", "op1"]


def test_an_annex_has_parts_of_its_own() -> None:
    text = (
        "A/RES/81/7\n The General Assembly,\n 1. Decides to adopt the rules.\n\n Annex\n\n Rules\n"
        "\n The lamps shall shine.\n\n 1. Each lamp:\n\n (a) Is lit;\n\n – At night;\n\n"
        " – In the evening;\n\n 2. Nobody shall blow it out.\n\n Section II\n\n 1. The end.\n"
    )
    assert read(text)[1:] == [
        ("annex-h1", "Annex"),
        ("annex-h2", "Rules"),
        ("annex-p1", "The lamps shall shine."),
        ("annex-1", "Each lamp:"),
        ("annex-1-a", "Is lit;"),
        ("annex-1-a-1", "At night;"),
        ("annex-1-a-2", "In the evening;"),
        ("annex-2", "Nobody shall blow it out."),
        ("annex-h9", "Section II"),
        ("annex-1s2", "The end."),
    ]


HEAD = "A/RES/81/7\n The General Assembly,\n 1. Requests "
NOTES = "x.\n_____\n" + "".join(f"{number} Note.\n" for number in range(1, 400))


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "dump",
    [
        HEAD + ("a1, 20161, b/12 " * 400 + "\n") * 12 + NOTES,
        HEAD + "\n“Requests it" * 15_000,
        HEAD + "x.\n" + "]\n" * 60_000,
        HEAD + "x:\n" + " (a) x;\n" * 15_000 + " (b) x.\n",
        HEAD + "x.\n" + "Annex\nx.\n" * 10_000,
        HEAD + "x.\n" + "A/RES/81/7\n2/4\n\f" * 10_000,
        "The General Assembly\n" * 20_000,
        "Recommends to the General Assembly the adoption of draft resolution \n" * 5_000,
    ],
    ids=["numbers", "quotes", "brackets", "labels", "annexes", "pages", "speakers", "wrappers"],
)
def test_the_time_grows_with_the_length_alone(dump: str) -> None:
    language = languages()["en"]
    try:
        found = segment(lay_out(dump.split("\n"), language), language)
    except UnreadableSource:
        return
    ids = [unit.id for unit in found.units]
    assert len(set(ids)) == len(ids)
