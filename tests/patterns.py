"""Every regular expression of the product, and for each the texts that it could be slow on.

A pattern is slow where parts of it that repeat can share a text in many ways. So each part that
repeats is pumped: what leads to it once, or each time, then the part many times, then a character
that fits nothing.
"""

from __future__ import annotations

import inspect
import pkgutil
import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from importlib import import_module
from re import _constants as sre
from re import _parser
from typing import TYPE_CHECKING, Any

import pursuant
from pursuant.detecting import looks
from pursuant.languages import languages
from pursuant.verbs import Verbs

if TYPE_CHECKING:
    from collections.abc import Iterator

_REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)
_SINGLE = (sre.ANY, sre.IN, sre.LITERAL, sre.NOT_LITERAL)
_MANY = 9
_SEARCHES = "search|finditer|findall|sub|split"
_NOTHING = "☒"
_ANYWHERE = [" ", "1", "A", "a", "(", ")", "/", ",", "第", "的", "\n"]
_CATEGORIES = {
    sre.CATEGORY_DIGIT: "1",
    sre.CATEGORY_NOT_DIGIT: "a",
    sre.CATEGORY_SPACE: " ",
    sre.CATEGORY_NOT_SPACE: "a",
    sre.CATEGORY_WORD: "a",
    sre.CATEGORY_NOT_WORD: "-",
}


def modules() -> Iterator[Any]:
    for found in pkgutil.walk_packages(pursuant.__path__, "pursuant."):
        yield import_module(found.name)


def patterns() -> dict[str, re.Pattern[str]]:
    """All patterns by name: those in modules and those of languages."""
    found: dict[str, re.Pattern[str]] = {}
    for module in modules():
        for name, value in vars(module).items():
            for path, pattern in _within(value, f"{module.__name__}:{name}"):
                if pattern not in found.values():
                    found[path] = pattern
    for code, language in languages().items():
        found |= dict(_within(language, code)) | dict(_within(looks()[code], f"{code}.looks"))
    return {name: pattern for name, pattern in found.items() if isinstance(pattern.pattern, str)}


def _within(value: Any, path: str) -> Iterator[tuple[str, re.Pattern[str]]]:
    if isinstance(value, re.Pattern):
        yield path, value
    elif isinstance(value, (Mapping, Verbs)):
        for key, each in (vars(value) if isinstance(value, Verbs) else value).items():
            yield from _within(each, f"{path}.{key}")
    elif isinstance(value, tuple):
        for index, each in enumerate(value, 1):
            yield from _within(each, f"{path}.{index}")
    elif is_dataclass(value) and not isinstance(value, type):
        for each in fields(value):
            yield from _within(getattr(value, each.name, None), f"{path}.{each.name}")


def has_possessive_group(pattern: str | re.Pattern[str]) -> bool:
    """Whether more than one character is repeated possessively, as in `(?:ab)*+`.

    `re` goes wrong with that before Python 3.11.5, and not with `(?>(?:ab)*)`.
    """
    compiled = re.compile(pattern)
    return any(map(_is_more, _possessive(_parser.parse(compiled.pattern, compiled.flags))))


def _is_more(body: Any) -> bool:
    return len(body) != 1 or body[0][0] not in _SINGLE


def _possessive(parsed: Any) -> Iterator[Any]:
    """What is repeated possessively, at any depth, in what looks around too."""
    if isinstance(parsed, (list, tuple, _parser.SubPattern)):
        if len(parsed) == 2 and parsed[0] is sre.POSSESSIVE_REPEAT:
            yield parsed[1][-1]
        for each in parsed:
            yield from _possessive(each)


def searched(name: str) -> bool:
    """Whether a pattern is looked for anywhere in a text, not only at a given place."""
    module, _, constant = name.partition(":")
    if constant:
        source, word = inspect.getsource(import_module(module)), constant.partition(".")[0]
    else:
        source, word = _sources(), name.rpartition(".")[2]
    uses = set(re.findall(rf"\b{word}(?:\"\])?\.(match|fullmatch|{_SEARCHES})\b", source))
    return not uses or not uses <= {"match", "fullmatch"}


@cache
def _sources() -> str:
    return "\n".join(inspect.getsource(module) for module in modules())


def hostile(pattern: re.Pattern[str], size: int, most: int) -> Iterator[str]:
    """Texts of a size that a pattern could be slow on, the likeliest first."""
    pumps = list(dict.fromkeys(_pumps(_parser.parse(pattern.pattern, pattern.flags), "")))
    for before, body in pumps[:most]:
        yield before + _filled(body, size) + _NOTHING
        if before:
            yield _filled(before + body, size) + _NOTHING
            yield _filled(before + body * _MANY + _NOTHING, size)
    for words in _ANYWHERE:
        yield _filled(words, size)


def _filled(words: str, size: int) -> str:
    return words * (size // max(1, len(words)))


def _pumps(parsed: Any, before: str) -> Iterator[tuple[str, str]]:
    """What leads to each part that repeats, and the part."""
    for operation, value in parsed:
        if operation in _REPEATS and value[1] > _MANY:
            yield from ((before, body) for body in dict.fromkeys(_alternatives(value[2])) if body)
        for inner in _inner(operation, value):
            yield from _pumps(inner, before)
        before += _sample([(operation, value)])


def _inner(operation: Any, value: Any) -> list[Any]:
    if operation is sre.BRANCH:
        return list(value[1])
    if operation is sre.ATOMIC_GROUP:
        return [value]
    return [value[-1]] if operation in (*_REPEATS, sre.SUBPATTERN) else []


def _alternatives(parsed: Any) -> Iterator[str]:
    """A text for each of the first alternatives at the head of a pattern."""
    yield _sample(parsed)
    head = list(parsed)[:1]
    for operation, value in head:
        if operation is sre.BRANCH:
            for branch in value[1][1:3]:
                yield _sample(branch) + _sample(list(parsed)[1:])
        elif operation is sre.SUBPATTERN:
            for sample in list(_alternatives(value[-1]))[1:3]:
                yield sample + _sample(list(parsed)[1:])
        elif operation is sre.IN:
            for choice in value[1:4]:
                yield _member([choice]) + _sample(list(parsed)[1:])


def _sample(parsed: Any) -> str:
    """A text that a pattern might match; what looks around is not looked at."""
    return "".join(_one(operation, value) for operation, value in parsed)


def _one(operation: Any, value: Any) -> str:
    if operation is sre.LITERAL:
        return chr(value)
    if operation in (sre.ANY, sre.NOT_LITERAL):
        return "a"
    if operation is sre.IN:
        return _member(value)
    if operation is sre.BRANCH:
        return _sample(value[1][0])
    if operation is sre.SUBPATTERN:
        return _sample(value[-1])
    if operation is sre.ATOMIC_GROUP:
        return _sample(value)
    if operation in _REPEATS:
        least, _, body = value
        return _sample(body) * max(1, int(least))
    return ""


def _member(choices: Any) -> str:
    kind, value = choices[0]
    if kind is sre.NEGATE:
        return "a"
    if kind is sre.LITERAL:
        return chr(value)
    return chr(value[0]) if kind is sre.RANGE else str(_CATEGORIES.get(value, "a"))
