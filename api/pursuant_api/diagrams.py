"""Pictures of the ontology: where boxes and lines lie. A template draws them as SVG."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from pursuant_api.pages import HERE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pursuant.ontology import Ontology, Term

_WIDE, _HIGH = 168, 40
_ACROSS, _DOWN = 300, 104
_STEP, _LINE, _DEEP = 26, 34, 200
_EDGE = 4


@dataclass(frozen=True, slots=True)
class Box:
    """A class: where its box begins, how large it is, and what stands in it."""

    name: str
    label: str
    x: float
    y: float
    width: float = _WIDE
    height: float = _HIGH

    @property
    def middle(self) -> tuple[float, float]:
        """Its middle."""
        return self.x + self.width / 2, self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class Line:
    """From a box to another: its ends, and what it says, with the term that says it."""

    x1: float
    y1: float
    x2: float
    y2: float
    label: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Diagram:
    """A picture, and in words what it shows."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    words: tuple[str, ...]


@cache
def plan() -> Mapping[str, Any]:
    """The boxes and arrows of the overview."""
    return tomllib.loads((HERE / "overview.toml").read_text(encoding="utf-8"))


def overview(known: Ontology, language: str, under: str) -> Diagram:
    """What hangs together.

    Args:
        known: the ontology.
        language: of the labels.
        under: what an arrow to a superclass says.
    """
    boxes = {
        each["term"]: Box(
            each["term"],
            known.terms[each["term"]].labels[language],
            _EDGE + each["column"] * _ACROSS,
            _EDGE + each["row"] * _DOWN,
        )
        for each in plan()["box"]
    }
    lines, words = [], []
    for arrow in plan()["arrow"]:
        by, start, end = arrow["by"], boxes[arrow["from"]], boxes[arrow["to"]]
        label = under if by == "subClassOf" else known.terms[by].labels[language]
        lines.append(_line(start, end, label, "" if by == "subClassOf" else by))
        words.append(f"{start.label} – {label} → {end.label}")
    return _diagram(list(boxes.values()), lines, words)


def trees(known: Ontology, language: str) -> list[Diagram]:
    """Each class that has subclasses and is under none, with all that is under it."""
    return [_tree(known, root, language) for root in known.under(None) if known.under(root.name)]


def _tree(known: Ontology, root: Term, language: str) -> Diagram:
    boxes: list[Box] = []
    lines: list[Line] = []
    words = []
    for depth, term, parent in _walk(known, root, 0, -1):
        label = term.labels[language]
        box = Box(
            term.name, label, _EDGE + depth * _STEP, _EDGE + len(boxes) * _LINE, _DEEP, _LINE - 8
        )
        if parent >= 0:
            above = boxes[parent]
            x, y = above.x + _STEP / 2, box.middle[1]
            lines += [Line(x, above.y + above.height, x, y), Line(x, y, box.x, y)]
        boxes.append(box)
        words.append(label)
    return _diagram(boxes, lines, words)


def _walk(known: Ontology, term: Term, depth: int, parent: int) -> Iterator[tuple[int, Term, int]]:
    """The classes under one, each after the one it is under: depth, class, place of that one."""
    seen = 0
    pending = [(depth, term, parent)]
    while pending:
        depth, term, parent = pending.pop()
        yield depth, term, parent
        below = reversed(known.under(term.name))
        pending += [(depth + 1, each, seen) for each in below]
        seen += 1


def _diagram(boxes: list[Box], lines: list[Line], words: list[str]) -> Diagram:
    width = max(box.x + box.width for box in boxes) + _EDGE
    height = max(box.y + box.height for box in boxes) + _EDGE
    return Diagram(width, height, tuple(boxes), tuple(lines), tuple(words))


def _line(start: Box, end: Box, label: str, name: str) -> Line:
    return Line(*_rim(start, end), *_rim(end, start), label, name)


def _rim(box: Box, towards: Box) -> tuple[float, float]:
    """Where the line to the middle of another box leaves this one."""
    (x, y), (a, b) = box.middle, towards.middle
    across, down = abs(a - x), abs(b - y)
    share = min(
        box.width / 2 / across if across else float("inf"),
        box.height / 2 / down if down else float("inf"),
    )
    return round(x + (a - x) * share, 1), round(y + (b - y) * share, 1)
