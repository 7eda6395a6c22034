"""What the sandbox does with RDF that was sent: this runs in a process of its own."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import pyoxigraph as ox

from pursuant.errors import BadData, BadQuery, UnreadableSource
from pursuant.loading import FORMATS
from pursuant.locating import Source
from pursuant.rendering import environment
from pursuant.validating import rendered, validate_sources
from pursuant.validation_report import SHOWN, Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pursuant_api.uploads import Upload

_KINDS = {form.media_type: form for form in FORMATS.values()} | {
    "application/xml": ox.RdfFormat.RDF_XML,
    "text/xml": ox.RdfFormat.RDF_XML,
    "application/json": ox.RdfFormat.JSON_LD,
}
_QUAD = re.compile(
    rb'\s*(<[^<>\s]*>|_:\S+)\s*<[^<>\s]*>\s*(<[^<>\s]*>|_:\S+|"(?:[^"\\]|\\.)*"(@[\w-]+|\^\^<[^<>\s]*>)?)'
    rb"\s*(<[^<>\s]*>|_:\S+)\s*[.]"
)
_BASE = "https://upload.invalid/"


@dataclass(frozen=True, slots=True)
class Checked:
    """A report in the form that was asked for, and whether the data conform."""

    text: str
    conforms: bool


def checked(
    data: Sequence[Upload], shapes: Sequence[Upload], form: str, language: str, most: int
) -> Checked:
    """Checks what was sent.

    Args:
        data: what is checked.
        shapes: against what; the project's own, if none.
        form: "table", "json", "turtle", or "page" for the part of a page that tells of it.
        language: of names and messages.
        most: how many triples may be sent.

    Raises:
        UnreadableSource: it is no RDF, has too many triples, or the shapes cannot be applied.
    """
    sources = [_source(each) for each in data]
    others = [_source(each) for each in shapes]
    try:
        for source in (*sources, *others):
            if next(islice(source.triples(), most, None), None) is not None:
                raise BadData(f"{source.name} has more than {most:,} triples.")
        report = validate_sources(sources, others, language)
    except (BadData, BadQuery) as problem:
        raise UnreadableSource("what was sent", str(problem)) from problem
    if form != "page":
        return Checked(rendered(report, form, language), report.conforms)
    page = environment().get_template("findings.html").module
    return Checked(str(page.findings(report, Words(language), SHOWN)), report.conforms)  # type: ignore[attr-defined]


def _source(upload: Upload) -> Source:
    return Source(upload.name, upload.data, syntax(upload), _BASE)


def syntax(upload: Upload) -> ox.RdfFormat:
    """What a file is written in: by its name, its media type, or how it begins.

    TriG has all of Turtle, and both have all of N-Triples.
    """
    suffix = f".{upload.name.rpartition('.')[2].lower()}"
    if (form := FORMATS.get(suffix) or _KINDS.get(upload.kind)) is not None:
        return form
    start = upload.data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith((b"<?xml", b"<rdf:RDF", b"<!DOCTYPE", b"<!--")):
        return ox.RdfFormat.RDF_XML
    if start.startswith(b"{") or (start.startswith(b"[") and _is_json(upload.data)):
        return ox.RdfFormat.JSON_LD
    is_quads = any(_QUAD.match(line) for line in start.split(b"\n")[:20])
    return ox.RdfFormat.N_QUADS if is_quads else ox.RdfFormat.TRIG


def _is_json(data: bytes) -> bool:
    try:
        return isinstance(json.loads(data), list)
    except (ValueError, RecursionError):
        return False
