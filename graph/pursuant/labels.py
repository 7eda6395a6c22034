"""The labels of points: (a), (b); (i), (ii); (一), (二); ㈠, ㈡; nested in one another."""

from __future__ import annotations

import re
import unicodedata

from pursuant.numerals import to_int

_LETTERS = re.compile(r"(?P<letter>[a-z])(?P=letter)?")
DASH = "-"
_KINDS = ("letter", "roman", "chinese")
_NONE = -9


def next_labels(labels: list[str], label: str) -> list[str] | None:
    """The labels from the paragraph down to a new point, or None where the label does not follow.

    >>> next_labels(["a"], "b"), next_labels(["a"], "i"), next_labels(["a", "ii"], "b")
    (['b'], ['a', 'i'], ['b'])
    >>> next_labels(["h"], "i"), next_labels([], "c") is None
    (['i'], True)
    >>> next_labels(["a", "ii"], "a") is None, next_labels(["a"], "-"), next_labels(["a", "-"], "-")
    (True, ['a', '-'], ['a', '-'])
    """
    if label == DASH:
        return labels if labels[-1:] == [DASH] else [*labels, DASH]
    for level in reversed(range(len(labels))):
        if any(place(labels[level], kind) + 1 == place(label, kind) for kind in _KINDS):
            return [*labels[:level], label]
    first = [kind for kind in _KINDS if place(label, kind) == 1]
    new = [kind for kind in first if all(place(each, kind) == _NONE for each in labels)]
    return [*labels, label] if new else None


def place(label: str, kind: str) -> int:
    """The place of a label in a series of letters, Roman or Chinese numerals; -9 where it has none.

    >>> place("c", "letter"), place("aa", "letter"), place("iv", "roman"), place("ab", "letter")
    (3, 27, 4, -9)
    >>> place("二十八", "chinese"), place("㈢", "chinese"), place("c", "chinese")
    (28, 3, -9)
    """
    if kind == "letter":
        letters = _LETTERS.fullmatch(label)
        return ord(label[0]) - 96 + 26 * (len(label) - 1) if letters else _NONE
    if kind == "roman":
        return (to_int(label.upper()) or _NONE) if set(label) <= set("ivxl") else _NONE
    plain = unicodedata.normalize("NFKC", label).strip("()")
    return (to_int(plain) or _NONE) if plain > "\u3000" else _NONE
