"""What editors marked in Akoma Ntoso files, and the dumps that are made of them."""

from __future__ import annotations

import pytest

from pursuant.document import Part
from pursuant.dumping import dump
from pursuant.errors import UnreadableSource
from pursuant.marked import MarkedNote, MarkedUnit, read
from tests import markup


def marked(tmp_path, text):
    file = tmp_path / "f.xml"
    file.write_text(text, "utf-8")
    return read(file)


def test_a_document(tmp_path):
    document = marked(tmp_path, markup.CHINESE)
    assert (document.symbol, document.language, document.body) == ("A/RES/81/7", "zh", "ga")
    assert (document.adopted, document.title, document.speaker) == ("2026-12-16", "合作", "大会，")
    first, second, third, *_ = document.units
    assert first == MarkedUnit(
        Part.PREAMBLE, None, "回顾其第72/194号决议，", ("A/RES/72/194",), ((14, 1),)
    )
    assert second.text == "重申《儿童权利公约》，"
    assert (third.number, third.links) == ("1", ("S/RES/2178 (2014)",))
    assert [u.number for u in document.units[3:]] == ["1(a)", "1(b)", "2", "3"]
    assert document.notes == {1: MarkedNote("见A/80/12。", ("A/80/12",))}
    assert document.cited(first) == {"A/RES/72/194", "A/80/12"}
    assert document.close == ("第61次全体会议", "2026年12月16日")


NESTED = (
    "<paragraph><num>1.</num><list><intro><p>请秘书长：</p></intro>"
    "<point><num>(a)</num><content><p>合作；</p></content>"
    "<sublist><intro><p>特别是：</p></intro>"
    "<point><num>(i)</num><content><p>甲；</p></content></point></sublist></point>"
    "</list></paragraph>"
)


def test_points_within_points(tmp_path):
    document = marked(tmp_path, markup.statement("", NESTED))
    assert [(u.number, u.text) for u in document.units] == [
        ("1", "请秘书长："),
        ("1(a)", "合作； 特别是："),
        ("1(a)(i)", "甲；"),
    ]


def test_a_link_that_does_not_tell_where_it_leads(tmp_path):
    elsewhere = '重申<a href="https://example.org/x">目标</a>。'
    (unit,) = marked(tmp_path, markup.statement("", markup.paragraph(1, elsewhere))).units
    assert (unit.opaque, unit.links) == (True, ())


DRAFT = (
    "<paragraph><content><p>建议大会通过以下决议草案：</p></content></paragraph>"
    '<paragraph2/><embeddedStructure><container name="formula"><p>大会，</p></container>'
    + markup.container("回顾", "回顾《宪章》，")
    + markup.paragraph(1, "请秘书长合作。")
    + "</embeddedStructure>"
).replace("<paragraph2/>", "")


def test_a_draft_that_is_recommended(tmp_path):
    text = markup.statement(
        "", DRAFT, symbol="E/RES/2027/2", body="unecosoc", speaker="经济及社会理事会，"
    )
    document = marked(tmp_path, text)
    assert (document.wrapper, document.draft_speaker) == ("建议大会通过以下决议草案：", "大会，")
    assert [u.text for u in document.units] == ["回顾《宪章》，", "请秘书长合作。"]
    lines = dump(document).splitlines()
    assert lines[2:7] == [" 经济及社会理事会 ", "", " 建议大会通过以下决议草案： ", "", " 大会， "]


OPERATIVE = markup.paragraph(1, "请秘书长合作。")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("<a>", "the file is not well-formed XML in line 1: "),
        ("<a/>", "there is no statement in it"),
        (markup.CHINESE.replace("preamble", "prelude"), "it has no preamble or no main body"),
        (markup.CHINESE.replace("FRBRlanguage", "FRBRtongue"), "it does not say whose resolution"),
        (markup.CHINESE.replace("deliberation/unga", "deliberation/x"), "it does not say whose"),
        (markup.CHINESE.replace(' refersTo="#symbol">A/RES/81/7', ">"), "it does not say whose"),
        (markup.statement("", ""), "it has no operative paragraph"),
        (markup.statement("", f"{OPERATIVE}<section/>"), "it has sections"),
        (markup.statement("", OPERATIVE + markup.container("x", "x")), "outside of paragraphs"),
        (markup.statement("", f"{OPERATIVE}<foreign><table/></foreign>"), "it has tables"),
        (markup.statement("", DRAFT + DRAFT), "it recommends several drafts"),
    ],
)
def test_what_cannot_be_measured_on(tmp_path, text, problem):
    with pytest.raises(UnreadableSource, match=problem):
        marked(tmp_path, text)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(UnreadableSource, match="no such file"):
        read(tmp_path / "f.xml")


def test_dumps(tmp_path):
    long = "请会员国" + "与联合国毒品和犯罪问题办公室合作，并" * 120 + "提交报告。"
    text = markup.statement(markup.container("回顾", "回顾其决议，"), markup.paragraph(1, long))
    document = marked(tmp_path, text)
    pages = dump(document).split("\f")
    assert len(pages) == 2
    assert max(len(line) for page in pages for line in page.splitlines()) <= 40
    assert [page.splitlines()[-2] for page in pages] == ["A/RES/81/7"] * 2
    assert dump(document) == dump(document, 0)
    assert len({dump(document, seed) for seed in range(5)}) > 1
    assert "第61次全体会议" in dump(document, cover=True)
    assert "第61次全体会议" not in dump(document)


def test_notes_stand_at_the_foot_of_their_page(tmp_path):
    lines = dump(marked(tmp_path, markup.CHINESE)).splitlines()
    assert " 回顾其第72/194号决议，1 " in lines
    rule = lines.index("_" * 18 + " ")
    assert lines[rule + 2] == " 1 见A/80/12。 "


def test_words_are_not_broken(tmp_path):
    lines = dump(marked(tmp_path, markup.ENGLISH)).splitlines()
    assert " (a) With Member States; " in lines
    assert all(len(line) <= 94 for line in lines)
