"""Writes the resolution of `tests.resolution` in each format that Pursuant reads."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from fpdf import FPDF

from tests.resolution import Piece, Resolution, pieces, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

_LANGUAGES = {"en": "eng", "fr": "fra", "zh": "zho"}
ADOPTED = date(2026, 12, 18).isoformat()
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def symbol(resolution: Resolution) -> str:
    return f"A/RES/{resolution.number}"


def address(symbol: str) -> str:
    return f"https://undocs.org/en/{quote(symbol, safe='/')}"


def head(resolution: Resolution) -> str:
    return f"{resolution.number}. {resolution.title}"


# --- Text dumps -----------------------------------------------------------------------------------


def text(resolution: Resolution) -> bytes:
    """A text dump: wrapped lines, a page break, notes at the foot of each page."""
    width = 38 if resolution.language == "zh" else 90
    blocks = [head(resolution), resolution.speaker, *map(_dumped, resolution.preamble)]
    later = [f"{label} {_dumped(each)}" for label, each in resolution.operative]
    later += [resolution.meeting, resolution.adopted]
    later += [f"{label} {_dumped(each)}".strip() for label, each in resolution.annex]
    first = _page(blocks, resolution, (1, 2), width, "1/2")
    second = _page(later, resolution, (3, 4, 5, 6), width, "2/2")
    return f"{first}\n\f{second}\n".encode()


def _dumped(each: str) -> str:
    return "".join(f"{p.text} " if p.note else p.text for p in pieces(each)).replace("  ", " ")


def _page(
    blocks: Iterable[str], resolution: Resolution, notes: Iterable[int], width: int, foot: str
) -> str:
    lines: list[str] = []
    for block in blocks:
        first, *rest = wrap(block.strip(), width, wide=resolution.language == "zh")
        lines += [f" {first} ", *(f"{line} " for line in rest), ""]
    lines += ["__________________ ", ""]
    for note in notes:
        wide = resolution.language == "zh"
        wrapped = wrap(f"{note} {plain(resolution.notes[note - 1])}", width, wide=wide)
        lines += [f" {line} " for line in wrapped]
    return "\n".join([*lines, "", symbol(resolution), foot])


def wrap(line: str, width: int, *, wide: bool) -> list[str]:
    """Lines of a width; Chinese is broken between any two characters but those of a number."""
    if wide:
        pieces = [p for chunk in line.split(" ") for p in (*_runs(chunk), " ")][:-1]
    else:
        pieces = [p for word in line.split(" ") for p in (word, " ")][:-1]
    lines, current = [], ""
    for piece in pieces:
        if current and len(current) + len(piece) > width and piece not in "，。；、：）》 ":
            lines.append(current.strip())
            current = ""
        current += piece
    return [*lines, current.strip()]


def _runs(chunk: str) -> list[str]:
    runs: list[str] = []
    for character in chunk:
        joined = runs and character.isascii() and runs[-1][-1].isascii()
        if joined:
            runs[-1] += character
        else:
            runs.append(character)
    return runs


# --- Akoma Ntoso ----------------------------------------------------------------------------------


def akomantoso(resolution: Resolution) -> bytes:
    """A statement as the UN marks its resolutions up."""
    code = _LANGUAGES[resolution.language]
    work = f"/akn/un/statement/deliberation/unga/{ADOPTED}/{resolution.number.replace('/', '-')}/"
    inline = _Inline(resolution, _akn_link, _akn_note)
    containers = "".join(
        f'<container name="verb"><p>\t{inline(each)}</p></container>'
        for each in resolution.preamble
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><!-- composed -->
<statement name="resolution"><meta><identification source="#x"><FRBRWork>
<FRBRthis value="{work}!main/"/><FRBRdate date="{ADOPTED}" name="adoption"/></FRBRWork>
<FRBRExpression><FRBRlanguage language="{code}"/></FRBRExpression></identification>
<classification source="DHLAUTH">
<keyword value="WATER" showAs="WATER" dictionary="UNBIS Thesaurus"/></classification></meta>
<coverPage><p class="upperRight"><docNumber refersTo="#symbol">{symbol(resolution)}</docNumber></p>
</coverPage><preface><p><docNumber>{resolution.number}.</docNumber>
<docTitle refersTo="#resolutionTitle">{escape(resolution.title)}</docTitle></p></preface>
<preamble><formula name="enactingFormula"><p><span class="italic">{resolution.speaker}</span></p>
</formula>{containers}</preamble>
<mainBody>{_akn_paragraphs(resolution.operative, inline)}</mainBody>
<conclusions><p><inline name="adoptionMeeting">{resolution.meeting}</inline><eol/>
<docDate date="{ADOPTED}">{resolution.adopted}</docDate></p></conclusions>
<attachments><attachment><doc name="annex"><mainBody>{_akn_paragraphs(resolution.annex, inline)}
</mainBody></doc></attachment></attachments></statement></akomaNtoso>""".encode()


def _akn_paragraphs(labelled: Iterable[tuple[str, str]], inline: _Inline) -> str:
    """Numbered paragraphs; points are a list in theirs, sub-points a list beside theirs."""
    written, depth = "", 0
    for label, each in labelled:
        content = f"<content><p>\t{inline(each)}</p></content>"
        at = _depth(label)
        while depth > at:
            written += "</sublist>" if depth == 2 else "</list></paragraph>"
            depth -= 1
        if at == 0 and not label:
            written += f"<paragraph><heading>{inline(each)}</heading></paragraph>"
        elif at == 0:
            written += f"<paragraph><num>{label}</num>{content}</paragraph>"
        else:
            if at > depth and at == 1:
                content_before = written.rpartition("<content>")
                opened = content_before[0] + "<list><intro>" + content_before[2]
                written = opened.removesuffix("</content></paragraph>") + "</intro>"
            elif at > depth:
                written += "<sublist>"
            depth = at
            written += f"<point><num>{label}</num>{content}</point>"
    return written + ("</sublist>" if depth == 2 else "") + ("</list></paragraph>" if depth else "")


def _depth(label: str) -> int:
    """How deep a label is: 2. is no point, (a) is one, (i) is one of one."""
    inner = label.strip("()")
    return 0 if not label or label.endswith(".") else 2 if inner[0] in "i㈠㈡" else 1


def _akn_link(piece: Piece) -> str:
    return f"<a href={quoteattr(address(piece.symbol or ''))}>{escape(piece.text)}</a>"


def _akn_note(piece: Piece, note: str) -> str:
    if piece.again:
        return f"<sup>{piece.note}</sup>"
    return (
        f'<authorialNote marker="{piece.note}" placement="bottom"><p>\t{note}</p></authorialNote>'
    )


class _Inline:
    """A text with its links and its notes in one markup."""

    def __init__(
        self,
        resolution: Resolution,
        link: Callable[[Piece], str],
        note: Callable[[Piece, str], str],
    ) -> None:
        self.resolution = resolution
        self.link = link
        self.note = note

    def __call__(self, each: str) -> str:
        written = ""
        for piece in pieces(each):
            if piece.note:
                written += self.note(piece, self(self.resolution.notes[piece.note - 1]))
            elif piece.symbol:
                written += self.link(piece)
            else:
                written += escape(piece.text)
        return written


# --- HTML -----------------------------------------------------------------------------------------


def html(resolution: Resolution) -> bytes:
    """A page with superscripts, and the notes at its end."""
    inline = _Inline(resolution, _akn_link, lambda piece, _: f"<sup>{piece.note}</sup>")
    body = [f"<h1>{escape(head(resolution))}</h1>", f"<p><i>{resolution.speaker}</i></p>"]
    body += [f"<p>{inline(each)}</p>" for each in resolution.preamble]
    body += [f"<p>{label} {inline(each)}</p>" for label, each in resolution.operative]
    body += [f"<p>{resolution.meeting}</p><p>{resolution.adopted}</p>"]
    body += [f"<p>{label} {inline(each)}</p>" for label, each in resolution.annex]
    body += ["<hr>"]
    body += [f"<p><sup>{n}</sup> {inline(each)}</p>" for n, each in enumerate(resolution.notes, 1)]
    return (
        f'<!DOCTYPE html><html lang="{resolution.language}"><head><meta charset="utf-8">'
        f"<title>UN</title><style>p {{color: black}}</style></head><body>"
        f"<nav><a href='/'>Home</a></nav>{''.join(body)}<script>var a = 1;</script></body></html>"
    ).encode()


# --- DOCX -----------------------------------------------------------------------------------------


def docx(resolution: Resolution) -> bytes:
    """A DOCX as Word writes it: footnotes in a part of their own, labels by numbering."""
    inline = _DocxInline()
    body = [_paragraph(inline(head(resolution))), _paragraph(inline(resolution.speaker))]
    body += [_paragraph(inline(each)) for each in resolution.preamble]
    body += [_listed(label, inline(each)) for label, each in resolution.operative]
    body += [_paragraph(inline(resolution.meeting)), _paragraph(inline(resolution.adopted))]
    body += [_listed(label, inline(each), "2") for label, each in resolution.annex]
    document = _part("document", f"<w:body>{''.join(body)}<w:sectPr/></w:body>")
    links = inline.relations()
    notes = [
        f'<w:footnote w:id="{n + 1}">{_paragraph("<w:r><w:footnoteRef/></w:r>" + inline(each))}'
        "</w:footnote>"
        for n, each in enumerate(resolution.notes, 1)
    ]
    separator = f'<w:footnote w:type="separator" w:id="0">{_paragraph("")}</w:footnote>'
    parts = {
        "[Content_Types].xml": _types(),
        "_rels/.rels": _relations({"rId1": ("officeDocument", "word/document.xml")}),
        "word/document.xml": document,
        "word/_rels/document.xml.rels": _relations(links),
        "word/footnotes.xml": _part("footnotes", separator + "".join(notes)),
        "word/_rels/footnotes.xml.rels": _relations(inline.relations()),
        "word/numbering.xml": _numbering(resolution.language),
    }
    return zipped(parts)


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip archive of some parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return buffer.getvalue()


def _part(name: str, content: str) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><w:{name} xmlns:w="{_W}" xmlns:r="{_R}">'
        f"{content}</w:{name}>"
    )


def _types() -> str:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{kind}.{what}+xml"/>'
        for name, what in (
            ("document", "document.main"),
            ("footnotes", "footnotes"),
            ("numbering", "numbering"),
        )
    )
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="{rels}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relations(targets: dict[str, tuple[str, str]]) -> str:
    written = ""
    for key, (kind, target) in targets.items():
        mode = ' TargetMode="External"' if kind == "hyperlink" else ""
        written += f'<Relationship Id="{key}" Type="{_R}/{kind}" Target="{target}"{mode}/>'
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{written}</Relationships>'


def _numbering(language: str) -> str:
    """Three levels: 1. (a) (i), as each language sets them."""
    forms = {
        "en": (("decimal", "%1."), ("lowerLetter", "(%2)"), ("lowerRoman", "(%3)")),
        "fr": (("decimal", "%1."), ("lowerLetter", "%2)"), ("lowerRoman", "%3)")),
        "zh": (("decimal", "%1."), ("lowerLetter", "(%2)"), ("chineseCounting", "(%3)")),
    }[language]
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{shown}"/></w:lvl>'
        for depth, (form, shown) in enumerate(forms)
    )
    numbers = "".join(
        f'<w:num w:numId="{key}"><w:abstractNumId w:val="0"/>{restart}</w:num>'
        for key, restart in (
            ("1", ""),
            ("2", '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'),
        )
    )
    return _part(
        "numbering", f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>{numbers}'
    )


def _paragraph(content: str, properties: str = "") -> str:
    return f"<w:p>{properties}{content}</w:p>"


def _listed(label: str, content: str, key: str = "1") -> str:
    if not label:
        return _paragraph(content)
    depth = _depth(label)
    listed = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{key}"/></w:numPr>'
    return _paragraph(content, f"<w:pPr>{listed}</w:pPr>")


class _DocxInline:
    """Runs, with footnote references and hyperlinks, whose targets stand apart."""

    def __init__(self) -> None:
        self.targets: list[str] = []

    def __call__(self, each: str) -> str:
        return "".join(map(self.piece, pieces(each)))

    def piece(self, piece: Piece) -> str:
        if piece.note and not piece.again:
            return f'<w:r><w:footnoteReference w:id="{piece.note + 1}"/></w:r>'
        if piece.note:
            raised = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
            return f"<w:r>{raised}<w:t>{piece.note}</w:t></w:r>"
        run = f'<w:r><w:t xml:space="preserve">{escape(piece.text)}</w:t></w:r>'
        if not piece.symbol:
            return run
        self.targets.append(address(piece.symbol))
        return f'<w:hyperlink r:id="rId{len(self.targets)}">{run}</w:hyperlink>'

    def relations(self) -> dict[str, tuple[str, str]]:
        """The targets so far, and from the first again."""
        made = {f"rId{n}": ("hyperlink", target) for n, target in enumerate(self.targets, 1)}
        self.targets = []
        return made


# --- OpenDocument, from which LibreOffice makes PDF, DOCX and HTML --------------------------------


def opendocument(resolution: Resolution) -> bytes:
    """A flat OpenDocument text with real footnotes, hyperlinks, header and page numbers."""
    inline = _Inline(resolution, _odf_link, _odf_note)
    body = [head(resolution), resolution.speaker, *resolution.preamble]
    body += [f"{label}[tab]{each}" for label, each in resolution.operative]
    body += [resolution.meeting, resolution.adopted]
    body += [f"{label}[tab]{each}" if label else each for label, each in resolution.annex]
    paragraphs = "".join(
        f'<text:p text:style-name="Body">{inline(each)}</text:p>' for each in body
    ).replace("[tab]", "<text:tab/>")
    font = "Noto Sans CJK SC" if resolution.language == "zh" else "DejaVu Serif"
    country = {"en": "GB", "fr": "FR", "zh": "CN"}[resolution.language]
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.3"
 office:mimetype="application/vnd.oasis.opendocument.text">
<office:styles><style:default-style style:family="paragraph">
<style:text-properties fo:font-size="11pt"
 fo:font-family="{font}" style:font-family-asian="Noto Sans CJK SC" style:font-size-asian="11pt"
 fo:language="{resolution.language}" fo:country="{country}"/></style:default-style>
<style:style style:name="Footnote" style:family="paragraph"><style:text-properties
 fo:font-size="9pt" style:font-size-asian="9pt"/></style:style>
<style:style style:name="Body" style:family="paragraph"><style:paragraph-properties
 fo:margin-bottom="0.3cm" fo:text-indent="0.8cm"/></style:style>
<style:style style:name="Raised" style:family="text"><style:text-properties
 style:text-position="super 58%"/></style:style></office:styles>
<office:automatic-styles><style:page-layout style:name="page"><style:page-layout-properties
 fo:page-width="21cm" fo:page-height="15cm" fo:margin="2cm"/>
 <style:header-style/><style:footer-style/></style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="page">
<style:header><text:p>{symbol(resolution)}</text:p></style:header><style:footer><text:p>
<text:page-number>1</text:page-number>/<text:page-count>1</text:page-count></text:p></style:footer>
</style:master-page></office:master-styles>
<office:body><office:text>{paragraphs}</office:text></office:body></office:document>""".encode()


def _odf_link(piece: Piece) -> str:
    target = quoteattr(address(piece.symbol or ""))
    return f'<text:a xlink:type="simple" xlink:href={target}>{escape(piece.text)}</text:a>'


def _odf_note(piece: Piece, note: str) -> str:
    if piece.again:
        return f'<text:span text:style-name="Raised">{piece.note}</text:span>'
    return (
        f'<text:note text:id="ftn{piece.note}" text:note-class="footnote"><text:note-citation>'
        f'{piece.note}</text:note-citation><text:note-body><text:p text:style-name="Footnote">'
        f"{note}</text:p></text:note-body></text:note>"
    )


# --- PDF ------------------------------------------------------------------------------------------


def pdf(resolution: Resolution, pages: int = 1) -> bytes:
    """A PDF in one of the fonts that every reader has: English only."""
    document = FPDF(format="A4")
    document.set_margins(25, 20)
    document.set_auto_page_break(False)
    writer = _PdfWriter(document, resolution)
    first = [head(resolution), resolution.speaker, *resolution.preamble]
    second = [f"{label} {each}" for label, each in resolution.operative]
    second += [resolution.meeting, resolution.adopted]
    annex = [f"{label} {each}".strip() for label, each in resolution.annex]
    writer.page(first, (1, 2))
    writer.page(second, (3, 4, 5, 6))
    for page in range(pages):
        writer.page([*annex, *(f"{page}.{n} Water is clear." for n in range(30))][: 4 * pages], ())
    return bytes(document.output())


class _PdfWriter:
    """Pages with a header, paragraphs set apart by space, notes in small type, and page numbers."""

    def __init__(self, document: FPDF, resolution: Resolution) -> None:
        self.document = document
        self.resolution = resolution

    def page(self, paragraphs: Iterable[str], notes: Iterable[int]) -> None:
        pdf = self.document
        pdf.add_page()
        pdf.set_font("Times", size=11)
        self.line(symbol(self.resolution), 12)
        pdf.set_y(24)
        for each in paragraphs:
            pdf.set_x(35)
            self.inline(each)
            pdf.ln(8)
        pdf.set_y(250)
        pdf.set_font("Times", size=8)
        for number in notes:
            self.marker(number)
            self.inline(f" {self.resolution.notes[number - 1]}")
            pdf.ln(4)
        self.line(f"{pdf.page_no()}/9", 285)

    def line(self, text: str, y: float) -> None:
        self.document.set_y(y)
        self.document.write(5, text)

    def inline(self, each: str) -> None:
        for piece in pieces(each):
            if piece.note:
                self.marker(piece.note)
            else:
                for word in re.findall(r"\S+\s*|\s+", piece.text):
                    self.word(word, address(piece.symbol) if piece.symbol else "")

    def word(self, word: str, target: str) -> None:
        """A word, on the next line where it does not fit on this one."""
        pdf = self.document
        if pdf.get_x() + pdf.get_string_width(word.rstrip()) > pdf.w - pdf.r_margin - 2:
            pdf.ln(5)
        pdf.write(5, word, target)

    def marker(self, number: int) -> None:
        self.document.char_vpos = "SUP"
        self.document.write(5, str(number))
        self.document.char_vpos = "LINE"
