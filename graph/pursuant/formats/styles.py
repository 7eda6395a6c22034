"""What the styles of a DOCX say of paragraphs and runs: list, heading, superscript, hidden."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pursuant.formats.xml import attribute

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_OFF = ("0", "false", "off", "none")


class Styles:
    """The styles of a document, each with those it is based on."""

    def __init__(self, styles: _Element | None) -> None:
        found = styles.iterfind("{*}style") if styles is not None else ()
        self.by_id = {attribute(style, "styleId"): style for style in found}

    def chain(self, element: _Element, kind: str) -> Iterator[_Element]:
        """The properties that apply to a paragraph or run, the nearest first."""
        own = element.find(f"{{*}}{kind}Pr")
        if own is None:
            return
        yield own
        reference = own.find(f"{{*}}{kind}Style")
        name = attribute(reference, "val") if reference is not None else ""
        for _ in range(20):  # a style may be based on itself in a damaged file
            style = self.by_id.get(name)
            if style is None:
                return
            if (properties := style.find(f"{{*}}{kind}Pr")) is not None:
                yield properties
            based = style.find("{*}basedOn")
            name = attribute(based, "val") if based is not None else ""

    def value(self, element: _Element, kind: str, name: str) -> str | None:
        """A property of a paragraph ("p") or run ("r"); "" where it is set without a value."""
        for properties in self.chain(element, kind):
            if (found := properties.find(f"{{*}}{name}")) is not None:
                return attribute(found, "val")
        return None

    def of(self, paragraph: _Element) -> str:
        """The id of a paragraph's style."""
        style = paragraph.find("./{*}pPr/{*}pStyle")
        return attribute(style, "val") if style is not None else ""

    def is_superscript(self, run: _Element) -> bool:
        """Whether a run is raised."""
        return self.value(run, "r", "vertAlign") == "superscript"

    def is_hidden(self, run: _Element) -> bool:
        """Whether a run is not shown."""
        hidden = self.value(run, "r", "vanish")
        return hidden is not None and hidden not in _OFF

    def level(self, paragraph: _Element) -> int:
        """The level of a heading, from 1; 0 for what is none."""
        outline = self.value(paragraph, "p", "outlineLvl")
        if outline and outline.isdecimal() and int(outline) < 9:
            return int(outline) + 1
        style = self.by_id.get(self.of(paragraph))
        name = style.find("{*}name") if style is not None else None
        found = _HEADING.fullmatch(attribute(name, "val")) if name is not None else None
        return int(found[1]) if found else 0

    def numbered(self, paragraph: _Element) -> tuple[str, int] | None:
        """The list and the level of a paragraph; None where it says nothing of a list itself."""
        for properties in self.chain(paragraph, "p"):
            if (listed := properties.find("{*}numPr")) is not None:
                key, depth = listed.find("{*}numId"), listed.find("{*}ilvl")
                level = attribute(depth, "val") if depth is not None else "0"
                if key is not None:
                    return attribute(key, "val"), int(level) if level.isdecimal() else 0
        return None
