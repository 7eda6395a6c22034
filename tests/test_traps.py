"""Traps that UN texts set for readers, each under its name."""

from __future__ import annotations

import pytest

from pursuant.document import Citation, Document, Kind, Paragraph, Reason, Status, Via
from pursuant.extracting import extract
from pursuant.paths import DATA

FIRST = extract(DATA / "sources" / "e-res-2019-21.zh.txt")
SPEAKERS = {
    "ga": "大会，",
    "sc": "安全理事会，",
    "ecosoc": "经济及社会理事会，",
    "hrc": "人权理事会，",
}


def read(*texts: str, speaker: str = "ga", notes: tuple[str, ...] = ()) -> Document:
    """A resolution of some operative paragraphs."""
    lines = ["75/1. 打击恐怖主义", "", f" {SPEAKERS[speaker]}", "", " 决心加强合作，", ""]
    for number, text in enumerate(texts, 1):
        end = "。" if number == len(texts) else "；"
        lines += [f" {number}. {text}{end}", ""]
    if notes:
        lines += ["__________________", ""]
        lines += [f" {number} {note}" for number, note in enumerate(notes, 1)]
    return extract("\n".join(lines).encode(), "composed.txt")


def cited(text: str, speaker: str = "ga", notes: tuple[str, ...] = ()) -> list[Citation]:
    return list(read(text, speaker=speaker, notes=notes).paragraphs[-1].citations)


def targets(text: str, speaker: str = "ga", notes: tuple[str, ...] = ()) -> list[str | None]:
    return [c.target for c in cited(text, speaker, notes) if c.kind is Kind.INSTRUMENT]


def paragraph(unit: str) -> Paragraph:
    return next(p for p in FIRST.paragraphs if p.id == unit)


@pytest.mark.parametrize(
    "text",
    [
        "回顾安全理事会第2368（2017）号决议",
        "回顾安全理事会第２３６８（２０１７）号决议",
        "回顾安全理事会第 2368\u00a0(2017)\u2009号决议",
        "回顾安全理事会第2368\u200b(2017)号决议",
        "回顾安全理事会第2368\n(2017)号决议",
        "回顾安全理事会第2368 (2017)号决\n议",
        "回顾安\n全理事会第\n2368(2017)号决议",
    ],
    ids=ascii,
)
def test_typography_of_numbers(text: str) -> None:
    """Traps 1 and 2: full-width brackets and digits; a line that breaks inside a number."""
    assert targets(text) == ["S/RES/2368 (2017)"]


def test_a_resolution_without_hyperlink_is_cited() -> None:
    """Trap 1: the full-width brackets kept the PDF from linking 2368."""
    assert "S/RES/2368 (2017)" not in FIRST.links
    assert "S/RES/2368 (2017)" in {c.target for c in paragraph("pp1").citations}


def test_a_title_split_by_a_line() -> None:
    """Trap 2."""
    assert targets("落实《联合国全球反恐战\n略》的相关要素") == ["A/RES/60/288"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "回顾大会第72/194、72/284、73/174、73/186和73/211号决议",
            "A/RES/72/194 A/RES/72/284 A/RES/73/174 A/RES/73/186 A/RES/73/211",
        ),
        (
            "回顾大会第72/194号、第72/284号及第73/174号决议",
            "A/RES/72/194 A/RES/72/284 A/RES/73/174",
        ),
    ],
)
def test_one_body_for_a_list(text: str, expected: str) -> None:
    """Trap 3: body and "号决议" are written once."""
    assert targets(text) == expected.split()


def test_a_list_of_two_bodies() -> None:
    """Trap 3: each part of a list has the body before it."""
    found = targets("回顾大会第72/194号决议和安全理事会第1373(2001)和1540 (2004)号决议")
    assert found == ["A/RES/72/194", "S/RES/1373 (2001)", "S/RES/1540 (2004)"]


@pytest.mark.parametrize(
    "text",
    [
        "大会第 53/243 号决议 A 和 B",
        "大会第53/243号决议A和B",
        "大会第53/243 A和B号决议",
        "大会第53/243 A号和第53/243 B号决议",
    ],
)
def test_letters_before_and_behind(text: str) -> None:
    """Trap 4."""
    assert targets(f"回顾{text}，以便加强合作") == ["A/RES/53/243 A", "A/RES/53/243 B"]


def test_one_registration_number_is_four_treaties() -> None:
    """Trap 5: the Convention against crime and its Protocols."""
    note = "联合国，《条约汇编》，第 2225、2237、2241 和 2326 卷，第 39574 号。"
    found = targets("考虑加入该公约1", notes=(note,))
    assert found == ["untoc", "untoc-trafficking", "untoc-smuggling", "untoc-firearms"]


@pytest.mark.parametrize(
    ("volume", "treaty"), [(1577, "crc"), (2171, "crc-opsc"), (2173, "crc-opac")]
)
def test_ibid_inherits_the_series_alone(volume: int, treaty: str) -> None:
    """Trap 6: one number, three treaties; volume and number together are the key."""
    notes = (
        "联合国，《条约汇编》，第 2225 卷，第 39574 号。",
        f"同上，第 {volume} 卷，第 27531 号。",
    )
    document = read("考虑加入该公约1", "考虑加入该文书2", notes=notes)
    assert [c.target for c in document.paragraphs[-1].citations] == [treaty]


def test_a_treaty_that_the_register_lacks_is_unresolved() -> None:
    (citation,) = cited("考虑加入该公约1", notes=("联合国，《条约汇编》，第 1 卷，第 2 号。",))
    assert (citation.status, citation.target) == (Status.UNRESOLVED, None)
    assert citation.reason == "no treaty with volume 1, No. 2 is registered here"
    assert citation.reason_kind is Reason.TREATY_UNKNOWN


def test_one_note_two_markers() -> None:
    """Trap 7."""
    assert FIRST.footnotes[3].anchors == ("pp10", "op29")


def test_a_note_that_credits_cites_nothing() -> None:
    """Trap 8."""
    assert FIRST.footnotes[6].attribution == ("cted", "iap")
    assert not [c for c in paragraph("op6").citations if c.footnote == 7]


def test_dates_without_a_year_in_a_list() -> None:
    """Trap 9."""
    text = "回顾其2004年10月8日第1566(2004)号、11月30日第1573(2004)号和12月2日第1574(2004)号决议"
    assert targets(text, "sc") == ["S/RES/1566 (2004)", "S/RES/1573 (2004)", "S/RES/1574 (2004)"]


def test_markers_inside_a_list() -> None:
    """Trap 10: the number of a note is no part of a list of resolutions."""
    notes = ("见A/72/840。", "见A/73/866。")
    document = read("回顾大会第72/284号决议、1 第73/211号决议2 和其他决议", notes=notes)
    assert document.paragraphs[-1].text == "回顾大会第72/284号决议、第73/211号决议和其他决议。"
    assert document.paragraphs[-1].footnotes == (1, 2)
    assert set(targets("回顾大会第72/284号决议、1 第73/211号决议2 和其他决议", notes=notes)) == {
        "A/RES/72/284",
        "A/RES/73/211",
        "A/72/840",
        "A/73/866",
    }


def test_a_volume_with_its_year_is_no_resolution() -> None:
    """Trap 13."""
    (citation,) = cited("遵守该公约1", notes=("联合国，《条约汇编》，第75卷(1950)，第972号。",))
    assert citation.evidence[0].rule == "treaty-series"
    assert (citation.target or "geneva").startswith("geneva")


def test_short_titles() -> None:
    """Trap 16: a short title is an ending, or a selection, of a title met before."""
    texts = (
        "重申《联合国全球反恐战略》",
        "执行该《战略》",
        "感谢《联合国全球反恐协调契约》各实体",
        "感谢《全球契约》各实体",
    )
    found = [c for p in read(*texts).paragraphs for c in p.citations]
    assert [(c.target, c.evidence[0].via) for c in found] == [
        ("A/RES/60/288", Via.TEXT),
        ("A/RES/60/288", Via.ANAPHORA),
        ("ct-compact", Via.TEXT),
        ("ct-compact", Via.ANAPHORA),
    ]


@pytest.mark.parametrize("title", ["《战略》", "《全球契约》", "《无名公约》"])
def test_a_short_title_without_its_title_is_unresolved(title: str) -> None:
    """Trap 16: "the Global Compact" may be another compact."""
    (citation,) = cited(f"欢迎{title}的执行")
    assert (citation.status, citation.target) == (Status.UNRESOLVED, None)
    assert citation.reason == f"the title {title[1:-1]} is not in the register"


def test_a_short_title_of_two_titles_is_ambiguous() -> None:
    texts = "重申《儿童权利公约》", "重申《残疾人权利公约》", "执行该《权利公约》"
    (citation,) = read(*texts).paragraphs[-1].citations
    assert citation.status is Status.AMBIGUOUS
    assert citation.candidates == ("crc", "crpd")


def test_a_title_that_its_note_defines() -> None:
    notes = ("第74/4号决议，附件。",)
    first, second, third = read(
        "回顾《某次首脑会议政治宣言》1",
        "执行《某次首脑会议政治宣言》",
        "执行该《宣言》",
        notes=notes,
    ).paragraphs[1:]
    for found in (first, second, third):
        assert [c.target for c in found.citations] == ["A/RES/74/4"]
    assert first.citations[0].footnote == 1
    assert first.citations[0].pinpoint == "annex"
    assert third.citations[0].evidence[0].via is Via.ANAPHORA


def test_a_title_inside_a_title() -> None:
    """Trap 17."""
    text = "加入《儿童权利公约关于儿童卷入武装冲突问题的任择议定书》"
    assert targets(text) == ["crc-opac"]
    quoted = "回顾2018年6月26日题为“联合国全球反恐战略审查”的第72/284号决议"
    assert targets(quoted) == ["A/RES/72/284"]


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("回顾打击核恐怖主义的国际法律框架", "international-law"),
        ("回顾国际法院的判决", "international-law"),
        ("欢迎各国议会联盟的工作", "parliaments"),
        ("欢迎反恐怖主义委员会执行局的工作", "ctc"),
        ("欢迎联合国大会堂的修缮", "ga"),
    ],
)
def test_a_name_inside_a_word(text: str, absent: str) -> None:
    """Trap 18."""
    (only,) = read(text).paragraphs[1:]
    named = {m.entity for m in only.mentions} | {c.target for c in only.citations}
    assert absent not in named


@pytest.mark.parametrize("text", ["欢迎依请求提供援助", "欢迎提出请求的国家", "欢迎会员国的邀请"])
def test_a_verb_inside_a_word_asks_nobody(text: str) -> None:
    """Trap 18."""
    assert read(text).paragraphs[-1].mandates == ()


@pytest.mark.parametrize(
    ("text", "speaker", "expected"),
    [
        ("重申其第72/284号决议", "ga", "A/RES/72/284"),
        ("重申第72/284号决议", "ga", "A/RES/72/284"),
        ("重申其第37/42号决议", "hrc", "A/HRC/RES/37/42"),
        ("重申第37/42号决议", "hrc", "A/HRC/RES/37/42"),
        ("重申大会第60/251号决议", "hrc", "A/RES/60/251"),
        ("重申人权理事会第37/42号决议", "ga", "A/HRC/RES/37/42"),
        ("重申其第2018/17号决议", "ecosoc", "E/RES/2018/17"),
        ("重申理事会第2018/17号决议", "ecosoc", "E/RES/2018/17"),
        ("重申理事会第37/42号决议", "hrc", "A/HRC/RES/37/42"),
        ("重申经济及社会理事会第2018/17号决议", "ga", "E/RES/2018/17"),
        ("重申第2018/17号决议", "ga", "E/RES/2018/17"),
        ("重申人权委员会第2005/80号决议", "ga", "E/CN.4/RES/2005/80"),
        ("重申其第1373(2001)号决议", "sc", "S/RES/1373 (2001)"),
        ("重申第1373(2001)号决议", "ga", "S/RES/1373 (2001)"),
        ("回顾大会第74/543号决定，以便合作", "ga", "A/DEC/74/543"),
        ("回顾其第2018/230号决定", "ecosoc", "E/DEC/2018/230"),
        ("回顾其第2/113号决定", "hrc", "A/HRC/DEC/2/113"),
        ("回顾其第S-27/1号决议", "hrc", "A/HRC/RES/S-27/1"),
        ("回顾其第S-30/1号决议", "ga", "A/RES/S-30/1"),
        ("回顾其第ES-10/22号决议", "ga", "A/RES/ES-10/22"),
        ("回顾其第2625(XXV)号决议", "ga", "A/RES/2625(XXV)"),
        ("回顾其第2625（XXV）号决议", "ga", "A/RES/2625(XXV)"),
        ("回顾其第3362(S-VII)号决议", "ga", "A/RES/3362(S-VII)"),
        ("回顾其第377A(V)号决议", "ga", "A/RES/377(V)"),
        ("回顾其第217 A (III)号决议", "ga", "A/RES/217(III)"),
        ("回顾经济及社会理事会第1733(LIV)号决议", "ga", "E/RES/1733(LIV)"),
        ("回顾秘书长的报告(A/72/840)", "ga", "A/72/840"),
        ("回顾文件E/CN.15/2019/5", "ga", "E/CN.15/2019/5"),
        ("回顾文件S/RES/2178 (2014)", "ga", "S/RES/2178 (2014)"),
    ],
)
def test_who_speaks_and_who_is_named(text: str, speaker: str, expected: str) -> None:
    """Trap 19: the shape of a number, the body beside it, and the body that speaks."""
    (citation,) = cited(text, speaker)
    assert (citation.target, citation.status) == (expected, Status.RESOLVED)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("回顾世界卫生大会第72/6号决议", "ga"),
        ("回顾联合国环境大会2019年3月15日第4/1号决议", "ga"),
        ("回顾麻醉药品和预防犯罪委员会第58/1号决议", "ecosoc"),
        ("回顾公约缔约国会议第8/12号决议", "ga"),
    ],
)
def test_an_unknown_body_is_never_the_assembly(text: str, speaker: str) -> None:
    """Section 2.1: the same shape belongs to many bodies."""
    (citation,) = cited(text, speaker)
    assert (citation.status, citation.target) == (Status.UNRESOLVED, None)
    assert citation.reason
    assert citation.reason_kind in (Reason.SERIES_UNKNOWN, Reason.BODY_NOT_NAMED)


def test_what_may_be_two_bodies_is_neither() -> None:
    (citation,) = cited("回顾第37/42号决议", "sc")
    assert (citation.status, citation.target) == (Status.AMBIGUOUS, None)
    assert citation.candidates == ("a-hrc-res-37-42", "a-res-37-42")


def test_what_a_body_set_up_did_not_adopt_the_resolution() -> None:
    text = "回顾其设立联合国原子辐射影响问题科学委员会的1955年12月3日第913(X)号决议"
    assert targets(text) == ["A/RES/913(X)"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("大会第72/194至72/197号决议", "72/194 72/197"),
        ("大会第73/172号至第73/187号决议", "73/172 73/174 73/186 73/187"),
        ("大会第53/243号决议A至D", "53/243 A,53/243 B,53/243 C,53/243 D"),
        ("大会第72/194至73/2号决议", "72/194 73/2"),
    ],
)
def test_ranges(text: str, expected: str) -> None:
    """Between the ends of a range stands what the register knows; parts are known by letter."""
    numbers = expected.split("," if "," in expected else " ")
    found = targets(f"回顾{text}，以便加强合作")
    assert sorted(map(str, found)) == [f"A/RES/{number}" for number in numbers]


def test_a_range_of_the_council() -> None:
    citations = cited("回顾安全理事会第1373(2001)至1440(2002)号决议")
    found = {c.target: c.evidence[0] for c in citations}
    assert set(found) == {
        "S/RES/1373 (2001)",
        "S/RES/1377 (2001)",
        "S/RES/1390 (2002)",
        "S/RES/1438 (2002)",
        "S/RES/1440 (2002)",
    }
    words = found["S/RES/1377 (2001)"]
    assert (words.rule, words.exact) == ("range", "安全理事会第1373(2001)至1440(2002)")


def test_the_present_resolution_is_the_draft() -> None:
    """Trap 20."""
    (own,) = (c for c in paragraph("op30").citations if c.kind is Kind.SELF)
    assert own.target == "e-res-2019-21/draft"
    (citation,) = cited("请秘书长提交关于本决议执行情况的报告")
    assert (citation.kind, citation.target) == (Kind.SELF, "A/RES/75/1")


def test_a_text_without_symbol_does_not_know_itself() -> None:
    dump = " 大会，\n\n 1. 请秘书长执行本决议。\n"
    (citation,) = extract(dump.encode(), "x").paragraphs[0].citations
    assert citation.reason == "the document's own symbol is not known"
    assert citation.reason_kind is Reason.OWN_SYMBOL_UNKNOWN


def test_a_reported_verb_gives_no_mandate() -> None:
    """Trap 21: "in which the Assembly called upon" is not a call."""
    assert paragraph("pp9").mandates == ()
    assert read("回顾第72/194号决议，其中大会吁请会员国合作").paragraphs[-1].mandates == ()


def test_a_page_that_ends_inside_a_paragraph() -> None:
    """Trap 22."""
    assert "交流最佳做法和技术专门知识，以期" in paragraph("op7").text


def test_addresses_of_links() -> None:
    """Trap 23: one link broken over two lines is listed twice; the language code says "ch"."""
    assert FIRST.links.count("S/RES/2178 (2014)") == 2
    assert FIRST.links.count("S/RES/2347 (2017)") == 2
    assert len(set(FIRST.links)) == 24


def test_a_line_that_ends_with_a_comma_does_not_end_a_paragraph() -> None:
    """Trap 24."""
    dump = (
        "75/1. 合作\n\n 大会，\n\n 回顾其决议，\n重申其承诺，\n\n 欢迎各项努力，\n\n"
        " 1. 请秘书长，\n重申该目标，提交报告。\n"
    )
    texts = [p.text for p in extract(dump.encode(), "x").paragraphs]
    assert texts == [
        "回顾其决议，重申其承诺，",
        "欢迎各项努力，",
        "请秘书长，重申该目标，提交报告。",
    ]


@pytest.mark.parametrize(
    ("text", "pinpoint"),
    [
        ("根据《联合国宪章》第二十五条", "article 二十五"),
        ("根据《联合国宪章》第七章采取行动", "chapter 七"),
        ("重申大会第70/175号决议，附件", "annex"),
        ("重申第2178(2014)号决议第6段", "paragraph 6"),
        ("重申第2178(2014)号决议第6(a)段", "paragraph 6(a)"),
        ("重申大会第60/180号决议第二节", "section 二"),
    ],
)
def test_parts_of_instruments(text: str, pinpoint: str) -> None:
    """Trap 30: Chinese numerals in articles."""
    assert [c.pinpoint for c in cited(f"{text}，以便加强合作")] == [pinpoint]


def test_two_parts_of_one_resolution_are_two_citations() -> None:
    found = cited("重申第2178(2014)号决议、第2178(2014)号决议第6段和第2178(2014)号决议第8段")
    assert [(c.target, c.pinpoint, len(c.evidence)) for c in found] == [
        ("S/RES/2178 (2014)", "paragraph 6", 2),
        ("S/RES/2178 (2014)", "paragraph 8", 1),
    ]


@pytest.mark.parametrize(
    ("text", "speaker", "target"),
    [
        (
            "回顾大会2015年7月27日关于第三次发展筹资问题国际会议的第69/313号决议",
            "ecosoc",
            "A/RES/69/313",
        ),
        ("回顾大会题为“变革我们的世界”的2015年9月25日第70/1号决议", "ecosoc", "A/RES/70/1"),
        (
            "回顾大会对关于加强经济及社会理事会的2018年7月23日第72/305号决议的审查",
            "ecosoc",
            "A/RES/72/305",
        ),
        ("回顾人权理事会在其第21/11号决议中通过的原则", "ecosoc", "A/HRC/RES/21/11"),
        ("回顾2021年7月12日第47/9号决议", "ga", "A/HRC/RES/47/9"),
        ("回顾1992年12月16日第47/9号决议", "ga", "A/RES/47/9"),
        ("回顾2006年12月15日ES-10/17号决议", "ga", "A/RES/ES-10/17"),
        ("回顾其第72/194号决议", "hrc", "A/RES/72/194"),
        ("回顾理事会第37/42号决议", "sc", "A/HRC/RES/37/42"),
    ],
)
def test_shape_and_date_tell_the_body(text: str, speaker: str, target: str) -> None:
    assert [citation.target for citation in cited(text, speaker)] == [target]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A quoted title cites what it names by number, and does not part the words around it.
        (
            "回顾其2018年6月26日题为“审查大会关于加强理事会的第60/288号决议的执行情况”的第72/284号决议",
            ["A/RES/72/284", "A/RES/60/288"],
        ),
        # A list may say what each of its resolutions is about.
        (
            "回顾宣布合作年的1997年11月20日第52/15号、宣布合作十年的1998年11月10日第53/25号和第56/5号决议",
            ["A/RES/52/15", "A/RES/53/25", "A/RES/56/5"],
        ),
        # Numbers of the first sessions may be in words.
        ("回顾其第二一七A(三)号决议", ["A/RES/217(III)"]),
        ("回顾其1946年1月24日第一㈠号决议", ["A/RES/1(I)"]),
        # What is nothing but like a number cites nothing.
        ("请2/3的会员国执行决议", []),
        ("回顾第23/07号决议", []),
    ],
)
def test_what_a_list_may_hold(text: str, expected: list[str]) -> None:
    assert sorted(map(str, targets(text))) == sorted(expected)


def test_a_year_that_is_not_the_numbers() -> None:
    """Trap 14: the number tells; the words stay as they are, and the rule says that they err."""
    (citation,) = cited("回顾安全理事会第2195(2015)号决议")
    words = citation.evidence[0]
    assert (citation.target, words.rule) == ("S/RES/2195 (2014)", "corrected-year")
    assert words.exact == "安全理事会第2195(2015)号决议"


@pytest.mark.parametrize(
    ("text", "speaker", "target"),
    [
        ("回顾安理会第1540号决议", "ga", "S/RES/1540 (2004)"),
        ("回顾第1540号决议", "sc", "S/RES/1540 (2004)"),
        ("回顾第1540号决议", "ga", None),
        ("回顾大会第1540号决议", "ga", None),
        ("回顾安理会第9999号决议", "ga", None),
    ],
)
def test_a_number_without_session_or_year(text: str, speaker: str, target: str | None) -> None:
    """Only the Security Council's resolutions are known by their number alone."""
    assert [citation.target for citation in cited(text, speaker)] == [target]


@pytest.mark.parametrize(
    ("first", "second", "target"),
    [
        # The same number, or another of its session, stands elsewhere with its body or date.
        ("回顾人权理事会第34/24号决议", "回顾第34/24号决议", "A/HRC/RES/34/24"),
        ("回顾人权理事会第34/25号决议", "回顾第34/24号决议", "A/HRC/RES/34/24"),
        ("回顾2017年3月24日第34/24号决议", "回顾第34/24号决议", "A/HRC/RES/34/24"),
        ("回顾安理会第1540(2004)号决议", "回顾第1540号决议", "S/RES/1540 (2004)"),
        ("回顾人权理事会第34/24号决议", "回顾其第34/24号决议", "A/RES/34/24"),
        ("回顾人权理事会第35/1号决议", "回顾第34/24号决议", "A/RES/34/24"),
    ],
)
def test_what_a_text_says_of_a_number_elsewhere(first: str, second: str, target: str) -> None:
    document = read(first, second)
    assert [c.target for c in document["op2"].citations] == [target]
    turned = read(second, first)
    assert [c.target for c in turned["op1"].citations] == [target]


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("回顾人权委员会第2005/80号决议和委员会第1998/72号决议", "E/CN.4/RES/1998/72"),
        ("回顾麻醉药品委员会第58/1号决议和委员会第61/2号决议", "E/CN.7/RES/61/2"),
        ("回顾委员会第61/2号决议", None),
        ("回顾人权理事会第37/1号决议和理事会第37/42号决议", "A/HRC/RES/37/42"),
        ("回顾1998年4月22日第1998/72号决议", "E/CN.4/RES/1998/72"),
        ("回顾1998年7月28日第1998/12号决议", "E/RES/1998/12"),
        ("回顾1998年8月20日第1998/12号决议", None),
        ("回顾2014年6月27日第1/3号决议", None),
        ("回顾第14/221号决议", None),
        ("回顾2017年12月5日第S-27/1号决议", "A/HRC/RES/S-27/1"),
        ("回顾2002年5月10日第S-27/2号决议", "A/RES/S-27/2"),
        ("回顾人权理事会主席声明第19/2号", None),
        ("回顾安全理事会第2015/25号主席声明", "S/PRST/2015/25"),
        ("回顾人权理事会第19/2号主席声明", "A/HRC/PRST/19/2"),
    ],
)
def test_all_evidence_is_used_and_none_is_made_up(text: str, target: str | None) -> None:
    found = cited(text)
    assert (found[-1].target if found else None) == target


def test_parts_of_an_instrument_are_citations_of_their_own() -> None:
    """Pinpoints: paragraphs, an annex and its sections."""
    found = cited("执行第2178(2014)号决议第4和5段以及大会第70/175号决议，附件，第6(a)段")
    assert [(c.target, c.pinpoint, c.unit) for c in found] == [
        ("S/RES/2178 (2014)", "paragraph 4", "op4"),
        ("S/RES/2178 (2014)", "paragraph 5", "op5"),
        ("A/RES/70/175", "annex paragraph 6(a)", "annex-6-a"),
    ]


def test_a_short_title_goes_on_meaning_what_was_named_again_before_it() -> None:
    texts = (
        "重申《儿童权利公约》和《残疾人权利公约》",
        "执行《残疾人权利公约》",
        "执行该《权利公约》",
        "欢迎各方的努力",
        "执行该《权利公约》",
    )
    paragraphs = read(*texts).paragraphs
    cited = [[c.target for c in p.citations] for p in paragraphs]
    assert (cited[3], cited[-1]) == (["crpd"], ["crpd"])
