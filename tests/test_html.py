from __future__ import annotations

import pytest

from pursuant.errors import UnreadableSource
from pursuant.extracting import extract
from pursuant.formats import html
from pursuant.formats.blocks import Block, Role


def blocks(body: str) -> list[Block]:
    return list(html.read(f"<!DOCTYPE html><body>{body}".encode(), "f.html").blocks)


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        ("<p>one <b>two</b>\n three</p><div>four</div>five", ["one two three", "four", "five"]),
        ("<p>one<br>two<br><br>three</p>", ["one two", "three"]),
        ("<script>x</script><style>y</style><template>z</template><p>text", ["text"]),
        ("<p hidden>x</p><p style='display:none'>y</p><p>text</p>", ["text"]),
        ("<table><tr><td>left<td>right</table>", ["left", "right"]),
        ("<p>30 km<sup>2</sup> and CO<sub>2</sub></p>", ["30 km2 and CO2"]),
        ("<p>soft\u00adhyphen &amp; &#8217;</p><!-- no -->", ["softhyphen & ’"]),
        ("<pre>  1. Requests\nit to report\n\n</pre>", ["1. Requests", "it to report"]),
        ("<p>unclosed <i>tags <p>next", ["unclosed tags", "next"]),
    ],
)
def test_text(body: str, texts: list[str]) -> None:
    assert [block.text for block in blocks(body)] == texts


def test_what_frames_a_page_is_furniture_and_headings_have_levels() -> None:
    found = blocks("<nav>Home</nav><h1>Title</h1><h3>Part</h3><div title='footer'>1/2</div><p>x")
    assert [(b.text, b.role, b.level) for b in found] == [
        ("Home", Role.FURNITURE, 0),
        ("Title", Role.BODY, 1),
        ("Part", Role.BODY, 3),
        ("1/2", Role.FURNITURE, 0),
        ("x", Role.BODY, 0),
    ]


@pytest.mark.parametrize(
    ("body", "labels"),
    [
        ("<ol><li>x<ol type=a><li>y<li>z</ol><li>x</ol>", ["1.", "(a)", "(b)", "2."]),
        ("<ol start=3 type=i><li>x<li value=7>y</ol>", ["(iii)", "(vii)"]),
        ("<ul><li>x</ul><li>y", ["-", None]),
    ],
)
def test_list_labels(body: str, labels: list[str | None]) -> None:
    assert [block.label for block in blocks(body)] == labels


NOTES = {
    "superscript": "<p>rivers,<sup>1</sup> and</p><p><sup>1</sup> See it.</p>",
    "linked": "<p>rivers,<sup><a href='#n'>1</a></sup> and</p><p><sup>1</sup> See it.</p>",
    "bracketed": "<p>rivers,[1] and</p><p>[1] See it.</p>",
    "libreoffice": "<p>rivers,<a class=sdfootnoteanc href='#sdfootnote1sym'><sup>1</sup></a> and"
    "</p><div id=sdfootnote1><p><a href='#sdfootnote1anc'>1</a>See it.</p></div>",
    "word": "<p>rivers,<a href='#_ftn1'><span>[1]</span></a> and</p><div id=ftn1>"
    "<p><a href='#_ftnref1'><span>[1]</span></a> See it.</p></div>",
    "list": "<p>rivers,<sup>1</sup> and</p><ol><li id=fn1><p>See it.</p></li></ol>",
}


@pytest.mark.parametrize("body", NOTES.values(), ids=NOTES)
def test_footnotes(body: str) -> None:
    text, note = blocks(body)
    assert (text.text, text.markers) == ("rivers, and", ((7, 1),))
    assert (note.text, note.role, note.number) == ("See it.", Role.NOTE, 1)


def test_a_number_without_a_note_is_text() -> None:
    (found,) = blocks("<p>rivers,<sup>4</sup> [5] <a href='#x'>6</a></p>")
    assert (found.text, found.markers) == ("rivers,4 [5] 6", ())


def test_hyperlinks() -> None:
    (found,) = blocks(
        "<p><a href='https://undocs.org/en/A/RES/72/1'>72/1</a>, <a href='/about'>us</a>, "
        "<a href='https://example.org/A/RES/9/9'>them</a>, <a href='http://[x'>broken</a></p>"
    )
    assert [(found.text[k.start : k.end], k.symbol) for k in found.links] == [
        ("72/1", "A/RES/72/1")
    ]


@pytest.mark.parametrize(
    "data",
    [
        "<html><meta charset=gb18030><p>大会</p>".encode("gb18030"),
        "<html><p>大会</p>".encode("utf-16"),
        "\ufeff<html><p>大会</p>".encode(),
        "<?xml version='1.0' encoding='utf-8'?><html><p>大会</p></html>".encode(),
        '<html><meta http-equiv=x content="text/html; charset=utf-8"><p>大会'.encode(),
    ],
    ids=["gb18030", "utf-16", "mark", "xhtml", "http-equiv"],
)
def test_encodings(data: bytes) -> None:
    assert [block.text for block in html.read(data, "f").blocks] == ["大会"]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"<html></html>", "there is no text in it"),
        (b"<html><head><title>x</title></head><script>y</script>", "there is no text in it"),
        (b"<html><meta charset=klingon><p>x", "its encoding is unknown: klingon"),
        (b"<html><p>\xff\xfe", "byte 9 is not UTF-8, which the page says it is in"),
        (b"<html>" + b"<div>" * 250 + b"x", "its elements nest more than 200 deep"),
        (b"<html><p>" + b"x" * 2_000, "the page is larger than 1,000 bytes"),
        (b"<html><p>no resolution", "its language is none"),
    ],
)
def test_what_cannot_be_read_is_told(data: bytes, problem: str, monkeypatch) -> None:
    if "larger" in problem:
        monkeypatch.setattr(html, "MAX_BYTES", 1_000)
    with pytest.raises(UnreadableSource) as error:
        extract(data, "f.html")
    assert problem in error.value.problem


def test_entities_and_depth_do_not_exhaust_memory() -> None:
    bomb = "<!DOCTYPE html [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;'>]><html><p>&b;</p>"
    assert len("".join(block.text for block in html.read(bomb.encode(), "f").blocks)) < 200
