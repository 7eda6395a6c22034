"""Every regular expression of the product, and for each the texts that it could be slow on.

A pattern is slow where parts of it that repeat can share a text in many ways. So each part that
repeats is pumped: what leads to it once, or each time, then the part many times, then a character
that fits nothing.
"""

from __future__ import annotations

import inspect
import pkgutil
import re
from importlib import import_module
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import TYPE_CHECKING, Any

import pursuant
from pursuant.languages import Language, languages

if TYPE_CHECKING:
    from collections.abc import Iterator

_REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)
_MANY = 9
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
    """All patterns by name: those in modules, those of languages, those made from a language."""
    found: dict[str, re.Pattern[str]] = {}
    for module in modules():
        for name, value in vars(module).items():
            for path, pattern in _within(value, f"{module.__name__}:{name}"):
                if pattern not in found.values():
                    found[path] = pattern
    for code, language in languages().items():
        found |= dict(_within(language, code))
        for module in modules():
            for name, function in vars(module).items():
                if _makes_a_pattern(function) and function.__module__ == module.__name__:
                    found[f"{code} {module.__name__}.{name}"] = function(language)
    return {name: p for name, p in found.items() if isinstance(p.pattern, str)}


def _makes_a_pattern(function: Any) -> bool:
    if not inspect.isfunction(inspect.unwrap(function)):
        return False
    signature = inspect.signature(function)
    given = [parameter.annotation for parameter in signature.parameters.values()]
    return given == ["Language"] and str(signature.return_annotation).startswith("re.Pattern")


def _within(value: Any, path: str) -> Iterator[tuple[str, re.Pattern[str]]]:
    if isinstance(value, re.Pattern):
        yield path, value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _within(each, f"{path}.{key}")
    elif isinstance(value, tuple):
        for index, each in enumerate(value, 1):
            yield from _within(each, f"{path}.{index}")
    elif isinstance(value, Language) or hasattr(value, "pattern"):
        for name in getattr(type(value), "__dataclass_fields__", ()):
            yield from _within(getattr(value, name), f"{path}.{name}")


def searched(name: str) -> bool:
    """Whether a module's pattern is looked for anywhere in a text, not only at a given place."""
    module, _, constant = name.partition(":")
    if not constant:
        return True
    constant = constant.partition(".")[0]
    source = inspect.getsource(import_module(module))
    return bool(re.search(rf"\b{constant}\.(?:search|finditer|findall|sub|split)\b", source))


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
        if operation in _REPEATS:
            _, most, body = value
            if most > _MANY:
                for sample in dict.fromkeys(_alternatives(body)):
                    if sample:
                        yield before, sample
            yield from _pumps(body, before)
        elif operation is sre.BRANCH:
            for branch in value[1]:
                yield from _pumps(branch, before)
        elif operation in (sre.SUBPATTERN, sre.ATOMIC_GROUP):
            yield from _pumps(value[-1] if operation is sre.SUBPATTERN else value, before)
        before += _sample([(operation, value)])


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
        return _sample(body) * max(1, least)
    return ""


def _member(choices: Any) -> str:
    kind, value = choices[0]
    if kind is sre.NEGATE:
        return "a"
    if kind is sre.LITERAL:
        return chr(value)
    return chr(value[0]) if kind is sre.RANGE else _CATEGORIES.get(value, "a")
