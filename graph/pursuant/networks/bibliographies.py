"""The instruments of a network as references: RIS and BibTeX, for Zotero, EndNote and LaTeX."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from pursuant.identifying import undocs
from pursuant.iri import ID, local
from pursuant.names import names_of
from pursuant.networks.gathering import UNIT
from pursuant.networks.lines import write_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pursuant.networks.subject import Subject

_TREATIES = frozenset({"Charter", "Convention", "Protocol", "Treaty"})
_NOT_ONE = frozenset({UNIT, "InstrumentGroup"})
_SPECIAL = re.compile(r"[\\{}&%$#_^~]")
_COMMANDS = {
    "\\": r"\textbackslash{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
}


@dataclass(frozen=True, slots=True)
class Reference:
    """What a bibliography says of an instrument; None where it is not known.

    Attributes:
        key: its slug.
        is_treaty: whether it is a treaty, else a document of the United Nations.
        url: where the United Nations keep it.
    """

    key: str
    title: str
    is_treaty: bool
    author: str | None
    year: int | None
    symbol: str | None
    url: str | None


def references(subject: Subject) -> Iterator[Reference]:
    """The instruments among the nodes of a network, each once, by name."""
    names, language = names_of(subject.store), subject.choice.language
    for _, facts in subject.stream().nodes:
        kind, body, year, symbol = (facts.get(each) for each in ("type", "body", "year", "symbol"))
        if kind not in _NOT_ONE:
            yield Reference(
                local(str(facts["iri"])),
                " ".join(str(facts["label"]).split()),
                kind in _TREATIES,
                names.label(f"{ID}entity/{body}", language) if body else None,
                int(year) if year is not None else None,
                str(symbol) if symbol else None,
                undocs(str(symbol)) if symbol else None,
            )


def write_ris(subject: Subject, output: IO[bytes]) -> None:
    """RIS: documents as GOVDOC, treaties as LEGAL."""
    write_lines(map(_ris, references(subject)), output)


def write_bibtex(subject: Subject, output: IO[bytes]) -> None:
    """BibTeX in UTF-8."""
    write_lines(map(_bibtex, references(subject)), output)


def _ris(each: Reference) -> str:
    fields = (
        ("TY", "LEGAL" if each.is_treaty else "GOVDOC"),
        ("ID", each.key),
        ("TI", each.title),
        ("AU", each.author and f"{each.author},"),  # the comma keeps a name of a body in one piece
        ("PY", each.year),
        ("PB", None if each.is_treaty else "United Nations"),
        ("IS", each.symbol),
        ("UR", each.url),
    )
    lines = (f"{tag}  - {value}\r\n" for tag, value in fields if value is not None)
    return "".join((*lines, "ER  - \r\n\r\n"))


def _bibtex(each: Reference) -> str:
    fields = (
        ("author", each.author),
        ("title", each.title),
        ("year", each.year),
        ("number", each.symbol),
        ("publisher", None if each.is_treaty else "United Nations"),
        ("url", each.url),
    )
    told = ",\n".join(
        f"  {name} = {{{_braced(name, str(value))}}}" for name, value in fields if value is not None
    )
    return f"@misc{{{each.key},\n{told}\n}}\n\n"


def _braced(name: str, text: str) -> str:
    """A value as BibTeX takes it; a second pair of braces keeps capitals and names whole."""
    if name == "url":
        return text
    escaped = _SPECIAL.sub(lambda found: _COMMANDS.get(found[0], "\\" + found[0]), text)
    return f"{{{escaped}}}" if name in {"author", "title"} else escaped
