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
_DIRECTION = re.compile("[\u200e\u200f]")
_LABELLED = 16  # characters in which a number or label is found
_QUOTE = "[’‘“”']"
_FOLDED_MARKS = "\u02bc"  # letters by Unicode, which are folded to marks
_POINT = re.compile(
    r"(?:(?P<open>\()?(?:"
    rf"(?P<letter>[a-zа-я])(?P=letter)?|(?P<roman>[ivxl]{{1,7}})|(?P<arabic>[{_ABJAD}])ـ?"
    r"|(?P<chinese>[一二三四五六七八九十]{1,4}|[㈠-㈩])"
    rf"|{_QUOTE}(?P<quoted>\d{{1,2}}|[ivxl]{{1,7}}){_QUOTE}|(?P<digit>\d{{1,2}})|(?P<dash>[-•·])"
    rf")\)\.?|(?P<bare>[㈠-㈩]|[-•·](?= )|{_QUOTE}(?P<plain>\d{{1,2}}){_QUOTE}))\s*"
)


@dataclass(frozen=True, slots=True)
class Label:
    """A number or label as printed at the start of a line, and where the text behind it begins."""

    text: str
    end: int


def may_begin(line: str) -> bool:
    """Whether a number or label may stand at the start of a line that is not folded.

    >>> may_begin("12. Requests"), may_begin("ii) présenter"), may_begin("Requests"), may_begin("")
    (True, True, False, False)
    """
    if line[:1].isalpha() and line[0] not in _FOLDED_MARKS:
        beginning = line[:_LABELLED]
        return ")" in beginning or "\uff09" in beginning
    return bool(line)


def number(folded: str) -> Label | None:
    """The number of a paragraph at the start of a line of folded text.

    >>> number("12. Requests"), number("3 - يقرر").text, number("2015-2030"), number("1.5 per cent")
    (Label(text='12', end=4), '3', None, None)
    """
    if folded[:1].isalpha():
        return None
    folded, places = _without_direction(folded)
    found = _NUMBER.match(folded)
    return Label(found["number"], _place(found.end(), places)) if found else None


def point(folded: str) -> Label | None:
    """The label of a point at the start of a line of folded text.

    >>> point("(a) To report"), point("ii) présenter").text, point("(’1‘ )"), point("(–)")
    (Label(text='a', end=4), 'ii', None, None)
    >>> [point(line).text for line in ("㈡ 报告", "(أ) تقديم", "’2‘ تقديم", "- to report", "б) х")]
    ['㈡', 'أ', '2', '-', 'б']
    """
    if folded[:1].isalpha() and ")" not in folded[:_LABELLED]:
        return None
    folded, places = _without_direction(folded)
    found = _POINT.match(folded)
    if not found or (found["digit"] and not found["open"]):
        return None
    label = found["bare"] or found.group().strip().strip("().").strip("().")
    label = label.strip("’‘“”'\u0640")
    return Label(DASH if label in "-•·" else label, _place(found.end(), places))


def _without_direction(folded: str) -> tuple[str, list[int]]:
    """The beginning of a line without marks of direction; where its characters were, if any was."""
    if folded.isascii() or not _DIRECTION.search(folded, 0, _LABELLED):
        return folded, []
    kept = [at for at, character in enumerate(folded) if not _DIRECTION.match(character)]
    return "".join(folded[at] for at in kept), [*kept, len(folded)]


def _place(end: int, places: list[int]) -> int:
    return places[end] if places else end


@dataclass(frozen=True, slots=True)
class Step:
    """A label in its series: "i" may be the first Roman numeral or the ninth letter."""

    label: str
    kind: str


def follow(steps: tuple[Step, ...], label: str, *, surely: bool = False) -> tuple[Step, ...] | None:
    """The labels from the paragraph down to a new point, or None where the label does not follow.

    Args:
        steps: those down to the point before.
        label: of the new point.
        surely: it is a label by its place; where it does not follow, others before it were lost.

    >>> def read(*labels, surely=False):
    ...     steps = ()
    ...     for label in labels:
    ...         steps = steps and follow(steps, label, surely=surely) or follow((), label)
    ...     return [step.label for step in steps]
    >>> read("a", "b"), read("a", "i"), read("a", "i", "ii", "b"), read(*"abcdefghi")
    (['b'], ['a', 'i'], ['b'], ['i'])
    >>> read("а", "b", "с") == ["c"], read("а", "б", "в") == ["в"], read("a", "-", "-")
    (True, True, ['a', '-'])
    >>> follow((), "c"), read("a", "c", surely=True), read("i", "a", "ii", "c", surely=True)
    (None, ['c'], ['ii', 'c'])
    """
    if label == DASH:
        return steps if steps and steps[-1].kind == DASH else (*steps, Step(DASH, DASH))
    used = {step.kind for step in steps}
    for level in reversed(range(len(steps))):
        if found := _next(steps[level], label):
            return (*steps[:level], found)
    for kind in _KINDS:
        if kind not in used and place(label, kind) == 1:
            return (*steps, _step(label, kind))
    return _lost(steps, label) if surely else None


def _next(step: Step, label: str) -> Step | None:
    if step.kind == DASH:
        return None
    if step.label == "a" and place(label, "cyrillic") == 2:
        return Step(label, "cyrillic")
    following = place(label, step.kind) == place(step.label, step.kind) + 1
    return _step(label, step.kind) if following else None


def _lost(steps: tuple[Step, ...], label: str) -> tuple[Step, ...] | None:
    """The labels where some before the last were lost: it goes on in its series, or below all."""
    for level in reversed(range(len(steps))):
        kind = steps[level].kind
        if kind != DASH and place(label, kind) > place(steps[level].label, kind):
            return (*steps[:level], _step(label, kind))
    used = {step.kind for step in steps}
    kinds = [kind for kind in _KINDS if kind not in used and place(label, kind) > 0]
    return (*steps, _step(label, kinds[0])) if kinds else None


def _step(label: str, kind: str) -> Step:
    # A Cyrillic letter among Latin ones is a slip of the keyboard.
    return Step(label.translate(_LOOKALIKES) if kind == "letter" else label, kind)


def names(steps: tuple[Step, ...]) -> list[str]:
    """What labels are called in the id of a unit, in all languages alike.

    >>> names((Step("ب", "arabic"), Step("2", "digit"))), names((Step("б", "cyrillic"),))
    (['b', 'ii'], ['b'])
    >>> names((Step("a", "letter"), Step("㈡", "chinese"))), names((Step("二", "chinese"),))
    (['a', 'ii'], ['b'])
    """
    return [_name(step, nested=bool(level)) for level, step in enumerate(steps)]


def _name(step: Step, *, nested: bool) -> str:
    if step.kind in ("letter", "roman", DASH):
        return step.label
    counted = place(step.label, step.kind)
    return to_roman(counted).lower() if nested and step.kind in _COUNTED else _letter(counted)


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
