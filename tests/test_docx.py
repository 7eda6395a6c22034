from __future__ import annotations

import io

import docx as python_docx
import pytest

from pursuant.errors import UnreadableSource
from pursuant.extracting import extract
from pursuant.formats import docx, zips
from pursuant.formats.blocks import Block, Role
from tests import writing
from tests.resolution import RESOLUTIONS
from tests.writing import zipped

WRITTEN = writing.docx(RESOLUTIONS["zh"])
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def document(body: str, **parts: str) -> bytes:
    """A DOCX with a body, and other parts by their names."""
    main = f"<w:document {_W} {_R} {_MC}><w:body>{body}</w:body></w:document>"
    named = {
        f"word/{name}.xml": f"<w:{name} {_W} {_R}>{part}</w:{name}>" for name, part in parts.items()
    }
    return zipped({"word/document.xml": main} | named)


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def blocks(body: str, **parts: str) -> list[Block]:
    return list(docx.read(document(body, **parts), "f.docx").blocks)


def texts(body: str, **parts: str) -> list[str]:
    return [block.text for block in blocks(body, **parts)]


RAISED = '<w:vertAlign w:val="superscript"/>'
TABLE = (
    f"<w:tbl><w:tr><w:tc><w:p>{run('left')}</w:p></w:tc><w:tc><w:p>{run('right')}</w:p>"
    "</w:tc></w:tr></w:tbl>"
)
BOX = (
    f"<w:p>{run('body')}<w:r><mc:AlternateContent><mc:Choice><w:p>{run('box')}</w:p>"
    f"</mc:Choice><mc:Fallback><w:p>{run('box')}</w:p></mc:Fallback>"
    "</mc:AlternateContent></w:r></w:p>"
)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"<w:p>{run('Requests')}<w:r><w:tab/></w:r>{run('it ')}</w:p>", ["Requests it"]),
        (f"<w:p>{run('one')}<w:r><w:br/></w:r>{run('two')}</w:p><w:p/>", ["one two"]),
        (f"<w:p>{run('A')}<w:r><w:noBreakHyphen/></w:r>{run('B')}</w:p>", ["A\u2011B"]),
        (f"<w:p>{run('so')}<w:r><w:softHyphen/></w:r>{run('ft')}</w:p>", ["soft"]),
        ('<w:p><w:r><w:sym w:font="X" w:char="0041"/></w:r></w:p>', ["A"]),
        ('<w:p><w:r><w:sym w:font="X" w:char="F041"/><w:sym w:char="?"/></w:r></w:p>', []),
        (TABLE, ["left", "right"]),
        (BOX, ["body", "box"]),
        (
            f"<w:sdt><w:sdtPr/><w:sdtContent><w:p>{run('inside')}</w:p></w:sdtContent></w:sdt>",
            ["inside"],
        ),
        (f"<w:p>{run('30 km')}{run('2', RAISED)}</w:p>", ["30 km2"]),
    ],
)
def test_text(body: str, expected: list[str]) -> None:
    assert texts(body) == expected


def test_tracked_changes_are_read_as_accepted_and_told() -> None:
    body = (
        f"<w:p>{run('Requests ')}<w:ins>{run('all ')}</w:ins>"
        f"<w:del><w:r><w:delText>some </w:delText></w:r></w:del>{run('States')}</w:p>"
        f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('to ')}</w:p><w:p>{run('report.')}</w:p>"
        f"<w:p><w:moveFrom>{run('old')}</w:moveFrom><w:moveTo>{run('new')}</w:moveTo></w:p>"
        f"<w:p>{run('shown ')}{run('hidden', '<w:vanish/>')}</w:p>"
    )
    content = docx.read(document(body), "f.docx")
    assert [block.text for block in content.blocks] == [
        "Requests all States",
        "to report.",
        "new",
        "shown",
    ]
    assert content.remarks == (
        "it has tracked changes, which are read as accepted: 2 inserted, 2 deleted",
        "1 runs of hidden text are left out",
    )


LEVELS = "".join(
    f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{style}'
    f'<w:lvlText w:val="{shown}"/></w:lvl>'
    for depth, start, form, style, shown in (
        (0, 1, "decimal", '<w:pStyle w:val="Op"/>', "%1."),
        (1, 1, "lowerLetter", "", "(%2)"),
        (2, 2, "lowerRoman", "", "(%3)"),
        (3, 1, "bullet", "", "*"),
        (4, 1, "none", "", ""),
        (5, 1, "decimal", "", "%1.%6"),
    )
)
NUMBERING = (
    f'<w:abstractNum w:abstractNumId="7">{LEVELS}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0">'
    '<w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="99"/></w:num>'
)


def item(key: int, depth: int, text: str = "x") -> str:
    listed = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{key}"/></w:numPr>'
    return f"<w:p><w:pPr>{listed}</w:pPr>{run(text) if text else ''}</w:p>"


@pytest.mark.parametrize(
    ("items", "labels"),
    [
        ([(1, 0), (1, 1), (1, 1), (1, 2), (1, 1), (1, 0), (1, 1)],
         ["1.", "(a)", "(b)", "(ii)", "(c)", "2.", "(a)"]),
        ([(1, 0), (2, 0), (2, 0), (1, 0)], ["1.", "5.", "6.", "7."]),
        ([(1, 0), (1, 0, ""), (1, 0)], ["1.", "2."]),
        ([(1, 3), (1, 4), (3, 0), (0, 0)], ["-", None, None, None]),
        ([(1, 0), (1, 5), (1, 5)], ["1.", "1.1", "1.2"]),
    ],
)  # fmt: skip
def test_labels(items: list[tuple[int, int]], labels: list[str | None]) -> None:
    body = "".join(item(*each) for each in items)
    assert [block.label for block in blocks(body, numbering=NUMBERING)] == labels


def test_styles() -> None:
    styles = (
        '<w:style w:styleId="Op"/>'
        '<w:style w:styleId="H"><w:name w:val="heading 2"/></w:style>'
        '<w:style w:styleId="O"><w:basedOn w:val="P"/></w:style>'
        '<w:style w:styleId="P"><w:basedOn w:val="O"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr>'
        "</w:style>"
    )
    body = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run("x")}</w:p>' for style in "HOQ"
    )
    body += f'<w:p><w:pPr><w:pStyle w:val="Op"/></w:pPr>{run("x")}</w:p>'
    found = blocks(body, styles=styles, numbering=NUMBERING)
    assert [block.level for block in found] == [2, 1, 0, 0]
    assert [block.label for block in found] == [None, None, None, "1."]


def test_hyperlinks_are_told_and_never_followed() -> None:
    fields = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK '
        '"https://undocs.org/A/RES/72/1" </w:instrText></w:r><w:r><w:fldChar '
        f'w:fldCharType="separate"/></w:r>{run("72/1")}<w:r><w:fldChar w:fldCharType="end"/>'
        "</w:r></w:p>"
        "<w:p><w:fldSimple w:instr='HYPERLINK \"https://undocs.org/A/72/840\"'>"
        f"{run('report')}</w:fldSimple></w:p>"
        f'<w:p><w:hyperlink w:anchor="x">{run("below")}</w:hyperlink></w:p>'
    )
    found = blocks(fields)
    assert [[link.symbol for link in b.links] for b in found] == [["A/RES/72/1"], ["A/72/840"], []]


def test_headers_and_footers_are_furniture() -> None:
    header = f"<w:hdr {_W}><w:p>{run('A/RES/81/307')}</w:p></w:hdr>"
    main = f"<w:document {_W}><w:body><w:p>{run('body')}</w:p></w:body></w:document>"
    content = docx.read(zipped({"word/document.xml": main, "word/header1.xml": header}), "f")
    assert [(b.text, b.role) for b in content.blocks] == [
        ("body", Role.BODY),
        ("A/RES/81/307", Role.FURNITURE),
    ]


def test_what_python_docx_writes() -> None:
    resolution = RESOLUTIONS["en"]
    written = python_docx.Document()
    written.add_heading(writing.head(resolution), 1)
    for text in (resolution.speaker, "Guided by the Charter,", "1. Requests a report."):
        written.add_paragraph(text)
    buffer = io.BytesIO()
    written.save(buffer)
    found = extract(buffer.getvalue(), "f.docx")
    assert [(p.id, p.text) for p in found.paragraphs] == [
        ("pp1", "Guided by the Charter,"),
        ("op1", "Requests a report."),
    ]
    assert found.symbol == "A/RES/81/307"


BOMB = zipped({"word/document.xml": "<a>" + " " * 2_000_000 + "</a>"})
ENTITIES = '<!DOCTYPE a [<!ENTITY b "b"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'
DEEP = "<a>" * 5000 + "</a>" * 5000


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (WRITTEN[:200], "this is a damaged DOCX or zip archive"),
        (
            zipped({"[Content_Types].xml": "<Types/>", "docProps/app.xml": "<a/>"}),
            "this is an Office file without word/document.xml",
        ),
        (zipped({"content.xml": "<a/>"}), "this is an OpenDocument file; save it as DOCX"),
        (zipped({"xl/workbook.xml": "<a/>"}), "this is an Excel workbook"),
        (zipped({"word/document.xml": "<a><b></a>"}), "word/document.xml is not well-formed XML"),
        (zipped({"word/document.xml": ""}), "word/document.xml is not well-formed XML"),
        (zipped({"word/document.xml": ENTITIES}), "word/document.xml declares a document type"),
        (zipped({"word/document.xml": DEEP}), "word/document.xml is not well-formed XML"),
        (document("<w:p/>"), "there is no text in it"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "this DOCX is encrypted"),
        (b"\xd0\xcf\x11\xe0 word", "this is a Word 97 document; save it as DOCX"),
    ],
)
def test_what_cannot_be_read_is_told(data: bytes, problem: str) -> None:
    with pytest.raises(UnreadableSource) as error:
        extract(data, "f.docx")
    assert problem in error.value.problem
    assert "\n" not in error.value.problem


def test_a_bomb_is_refused(monkeypatch) -> None:
    monkeypatch.setattr(docx, "MAX_UNPACKED", 1_000_000)
    with pytest.raises(UnreadableSource, match="unpacks to more than 1,000,000 bytes"):
        extract(BOMB, "f.docx")


def test_a_damaged_part_is_told() -> None:
    start = WRITTEN.index(b"word/document.xml") + 40
    data = WRITTEN[:start] + bytes(200) + WRITTEN[start + 200 :]
    with pytest.raises(UnreadableSource, match=r"word/document\.xml cannot be unpacked"):
        extract(data, "f.docx")
    with pytest.raises(UnreadableSource, match="it cannot be unpacked"):
        zips.Package(b"no zip", "f", 1)
