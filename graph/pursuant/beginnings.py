"""How what a pattern matches begins, so that it is tried nowhere else.

`re` looks for the first character of a pattern before it tries the pattern there, but only where
that character is the first thing written: not behind a word boundary, an optional word or a choice.
"""

from __future__ import annotations

import re
from importlib import import_module
from itertools import product
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

_parser: Any = import_module("re._parser")  # the only reader of what `re` compiles
_LENGTHS = (6, 3, 1)  # characters that are looked at, where there are not too many ways
_MOST = 40  # ways to begin
_FEW = 4  # characters between square brackets that are told one by one
_TRANSPARENT = ("AT", "ASSERT", "ASSERT_NOT")
_CATEGORIES = {
    _parser.CATEGORY_DIGIT: r"\d",
    _parser.CATEGORY_SPACE: r"\s",
    _parser.CATEGORY_WORD: r"\w",
    _parser.CATEGORY_NOT_DIGIT: r"\D",
    _parser.CATEGORY_NOT_SPACE: r"\S",
    _parser.CATEGORY_NOT_WORD: r"\W",
}

# What may stand in each place, as a pattern has it between square brackets: a few characters, or
# many of them, behind which nothing is looked at. And whether what follows is known.
_Characters = tuple[str, ...]
_Way = tuple[tuple[_Characters, ...], bool]
_START: _Way = ((), True)
_UNKNOWN: _Way = ((), False)


def places(parsed: Any) -> str | None:
    r"""A pattern for the first character of every match of another, and of little else.

    Args:
        parsed: the other, as `re` parses it; it tells cases apart.

    Returns:
        None where `re` looks for the first character by itself, where any may be the first, or
        where a match may be empty.

    >>> print(places(_parser.parse(r"\b[Nn]o page|\bpages")))
    (?:N(?=o[\ ]pag)|n(?=o[\ ]pag)|p(?=ages))(?s:(?<=\b.))
    >>> print(places(_parser.parse(r"\b[Nn]o page")), places(_parser.parse(r"(?<![/-])\d")))
    [Nn](?=o[\ ]pag)(?s:(?<=\b.)) [\d](?s:(?<=(?<![/\-]).))
    >>> places(_parser.parse("page")), places(_parser.parse(r"\b\w*"))
    (None, None)
    """
    if _is_told(parsed):
        return None
    for longest in _LENGTHS:
        ways = {way for way, _ in _ways(parsed, longest)}
        if len(ways) <= _MOST and () not in ways:
            return _any_of(ways) + _edge(parsed)
    return None


def _is_told(parsed: Any) -> bool:
    """Whether a pattern is written so that `re` looks for its first character."""
    if not parsed:
        return False
    name, value = parsed[0]
    if str(name) == "SUBPATTERN":
        return _is_told(value[-1])
    if str(name) == "BRANCH":
        return all(branch and branch[0][0] is _parser.LITERAL for branch in value[1])
    return name in (_parser.LITERAL, _parser.IN)


def _any_of(ways: Iterable[tuple[_Characters, ...]]) -> str:
    """A pattern for a character with which one of some ways begins."""
    firsts = {way[0] for way in ways}
    if any(_is_wide(first) for first in firsts):
        return f"[{''.join(sorted({each for first in firsts for each in first}))}]"
    behind: dict[str, set[str]] = {}
    for first, *rest in ways:
        for letter in first:
            behind.setdefault(letter, set()).add("".join(map(_written, rest)))
    ends = {letter: _ahead(texts) for letter, texts in sorted(behind.items())}
    if len(set(ends.values())) == 1:
        return f"[{''.join(ends)}]{next(iter(ends.values()))}"
    return f"(?:{'|'.join(map(''.join, ends.items()))})"


def _is_wide(characters: _Characters) -> bool:
    ranges = (each[:1] == "\\" or each[1:2] == "-" for each in characters)
    return len(characters) > _FEW or any(ranges)


def _written(characters: _Characters) -> str:
    joined = "".join(characters)
    return joined if len(joined) == 1 else f"[{joined}]"


def _ahead(texts: set[str]) -> str:
    return "" if "" in texts else f"(?={'|'.join(sorted(texts))})"


def _edge(parsed: Any) -> str:
    """What the first character of a match must stand behind, where that is simply told."""
    edges = []
    for name, value in parsed:
        if (name, value) == (_parser.AT, _parser.AT_BOUNDARY):
            edges.append(r"\b")
        elif str(name) == "ASSERT_NOT" and (found := _single(*value)):
            edges.append(f"(?<![{''.join(found)}])")
        elif str(name) not in _TRANSPARENT:
            break
    return f"(?s:(?<={''.join(edges)}.))" if edges else ""


def _single(direction: int, parsed: Any) -> _Characters:
    """The characters that a look behind is for, where it is for one of some; else nothing."""
    is_one = direction < 0 and [name for name, _ in parsed] == [_parser.IN]
    return _members(parsed[0][1]) if is_one else ()


def _ways(parsed: Iterable[tuple[Any, Any]], longest: int) -> set[_Way]:
    """The ways in which matches of a sequence may begin, up to a length."""
    found = {_START}
    for name, value in parsed:
        if len(found) > _MOST or not any(_goes_on(way, longest) for way in found):
            break
        found = _joined(found, _part(str(name), value, longest), longest)
    return found


def _goes_on(way: _Way, longest: int) -> bool:
    return way[1] and len(way[0]) < longest


def _joined(before: set[_Way], behind: set[_Way], longest: int) -> set[_Way]:
    ended = {way for way in before if not _goes_on(way, longest)}
    pairs = product(before - ended, behind)
    return ended | {((first + last)[:longest], known) for (first, _), (last, known) in pairs}


def _part(name: str, value: Any, longest: int) -> set[_Way]:
    if name == "LITERAL":
        return {(((re.escape(chr(value)),),), True)}
    if name == "IN":
        members = _members(value)
        return {((members,), not _is_wide(members))} if members else {_UNKNOWN}
    if name in _TRANSPARENT:
        return {_START}
    if name == "SUBPATTERN":
        return {_UNKNOWN} if value[1] or value[2] else _ways(value[-1], longest)
    if name == "ATOMIC_GROUP":
        return _ways(value, longest)
    if name == "BRANCH":
        return set().union(*(_ways(branch, longest) for branch in value[1]))
    return _repeated(value, longest) if name.endswith("REPEAT") else {_UNKNOWN}


def _repeated(repeat: tuple[int, int, Any], longest: int) -> set[_Way]:
    least, most, body = repeat
    once, found = _ways(body, longest), {_START}
    ways = set() if least else {_START}
    for times in range(1, min(int(most), longest + least) + 1):
        found = _joined(found, once, longest)
        if times >= least:
            ways |= found
        if len(ways) > _MOST or not any(_goes_on(way, longest) for way in found):
            break
    return ways or found


def _members(choices: Iterable[tuple[Any, Any]]) -> _Characters:
    """What stands between square brackets; nothing where it is told what does not."""
    found = []
    for kind, value in choices:
        if kind is _parser.LITERAL:
            found.append(re.escape(chr(value)))
        elif kind is _parser.RANGE:
            found.append("-".join(re.escape(chr(end)) for end in value))
        elif kind is _parser.CATEGORY:
            found.append(_CATEGORIES[value])
        else:
            return ()
    return tuple(found)
