"""Numbers and labels as they are printed: 1., 1 -; (a), a), (i), (一), ㈠, (أ), ’1‘; dashes.

Points are nested in one another. The name of a point in its unit's id is the same in all languages:
the Arabic (ب) and the Russian б) are b, the Chinese ㈡ below a letter and the Arabic ’2‘ are ii.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from pursuant.numerals import to_int, to_roman

DASH = "-"
_NONE = -9
_LETTERS = re.compile(r"(?P<letter>[a-z])(?P=letter)?")
_KINDS = ("letter", "roman", "chinese", "digit", "arabic", "cyrillic")
_COUNTED = ("chinese", "digit")
# The order in which Arabic letters count, as those of Latin do: the abjad.
_ABJAD = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
_CYRILLIC = "абвгдежзиклмнопрстуфхцчшщэюя"
_LOOKALIKES = str.maketrans("асеіорхув", "aceiopxyb")

_NUMBER = re.compile(r"(?P<number>\d{1,3})(?: ?[-—]? ?\.(?!\d)| ?[-—](?= |$))\s*")
_QUOTE = "[’‘“”']"
_POINT = re.compile(
    r"(?:(?P<open>\()?(?:"
    rf"(?P<letter>[a-zа-я])(?P=letter)?|(?P<roman>[ivxl]{{1,7}})|(?P<arabic>[{_ABJAD}])"
    r"|(?P<chinese>[一二三四五六七八九十]{1,4}|[㈠-㈩])"
    rf"|{_QUOTE}(?P<quoted>\d{{1,2}}|[ivxl]{{1,7}}){_QUOTE}|(?P<digit>\d{{1,2}})|(?P<dash>[-•·])"
    rf")\)\.?|(?P<bare>[㈠-㈩]|[-•·](?= )|{_QUOTE}(?P<plain>\d{{1,2}}){_QUOTE}))\s*"
)


@dataclass(frozen=True, slots=True)
class Label:
    """A number or label as printed at the start of a line, and where the text behind it begins."""

    text: str
    end: int


def number(folded: str) -> Label | None:
    """The number of a paragraph at the start of a line of folded text.

    >>> number("12. Requests"), number("3 - يقرر").text, number("2015-2030"), number("1.5 per cent")
    (Label(text='12', end=4), '3', None, None)
    """
    found = _NUMBER.match(folded)
    return Label(found["number"], found.end()) if found else None


def point(folded: str) -> Label | None:
    """The label of a point at the start of a line of folded text.

    >>> point("(a) To report"), point("ii) présenter").text, point("(’1‘ )"), point("(–)")
    (Label(text='a', end=4), 'ii', None, None)
    >>> [point(line).text for line in ("㈡ 报告", "(أ) تقديم", "’2‘ تقديم", "- to report", "б) х")]
    ['㈡', 'أ', '2', '-', 'б']
    """
    found = _POINT.match(folded)
    if not found or (found["digit"] and not found["open"]):
        return None
    label = found["bare"] or found.group().strip().strip("().").strip("().")
    label = label.strip("’‘“”'")
    return Label(DASH if label in "-•·" else label, found.end())


def next_labels(labels: list[str], label: str) -> list[str] | None:
    """The labels from the paragraph down to a new point, or None where the label does not follow.

    >>> next_labels(["a"], "b"), next_labels(["a"], "i"), next_labels(["a", "ii"], "b")
    (['b'], ['a', 'i'], ['b'])
    >>> next_labels(["h"], "i"), next_labels([], "c") is None
    (['i'], True)
    >>> next_labels(["a", "ii"], "a") is None, next_labels(["a"], "-"), next_labels(["a", "-"], "-")
    (True, ['a', '-'], ['a', '-'])
    >>> next_labels(["b"], "с") == ["c"], next_labels(["б"], "в") == ["в"]
    (True, True)
    """
    if label == DASH:
        return labels if labels[-1:] == [DASH] else [*labels, DASH]
    for level in reversed(range(len(labels))):
        for kind in _KINDS:
            if place(labels[level], kind) + 1 == place(label, kind):
                # A Cyrillic letter among Latin ones is a slip of the keyboard.
                return [
                    *labels[:level],
                    label.translate(_LOOKALIKES) if kind == "letter" else label,
                ]
    first = [kind for kind in _KINDS if place(label, kind) == 1]
    new = [kind for kind in first if all(place(each, kind) == _NONE for each in labels)]
    return [*labels, label] if new else None


def names(labels: list[str]) -> list[str]:
    """What labels are called in the id of a unit, in all languages alike.

    >>> names(["a", "ii"]), names(["ب", "2"]), names(["a", "㈡"]), names(["б"]), names(["二"])
    (['a', 'ii'], ['b', 'ii'], ['a', 'ii'], ['b'], ['b'])
    """
    return [_name(label, nested=bool(level)) for level, label in enumerate(labels)]


def _name(label: str, *, nested: bool) -> str:
    for kind in _COUNTED:
        if (counted := place(label, kind)) > 0:
            return to_roman(counted).lower() if nested else _letter(counted)
    for kind in ("arabic", "cyrillic"):
        if (counted := place(label, kind)) > 0:
            return _letter(counted)
    return label


def _letter(counted: int) -> str:
    return chr(97 + (counted - 1) % 26) * (1 + (counted - 1) // 26)


@cache
def place(label: str, kind: str) -> int:
    """The place of a label in a series of its kind; -9 where it has none.

    >>> place("c", "letter"), place("aa", "letter"), place("iv", "roman"), place("ab", "letter")
    (3, 27, 4, -9)
    >>> place("二十八", "chinese"), place("㈢", "chinese"), place("c", "chinese")
    (28, 3, -9)
    >>> place("ج", "arabic"), place("в", "cyrillic"), place("12", "digit")
    (3, 3, 12)
    """
    if kind == "letter":
        latin = label.translate(_LOOKALIKES)
        letters = _LETTERS.fullmatch(latin)
        return ord(latin[0]) - 96 + 26 * (len(latin) - 1) if letters else _NONE
    if kind == "roman":
        return (to_int(label.upper()) or _NONE) if set(label) <= set("ivxl") else _NONE
    if kind == "digit":
        return int(label) if label.isdecimal() else _NONE
    if kind in ("arabic", "cyrillic"):
        order = _ABJAD if kind == "arabic" else _CYRILLIC
        return order.find(label) + 1 or _NONE
    plain = unicodedata.normalize("NFKC", label).strip("()")
    return (to_int(plain) or _NONE) if plain > "\u3000" else _NONE
