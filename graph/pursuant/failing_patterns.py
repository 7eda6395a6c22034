"""The graph patterns that constraints are compiled to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pursuant.value_conditions import Uncompilable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


@dataclass(frozen=True, slots=True)
class Row:
    """A way to fail: a pattern on the focus node and a condition; the value and the path, if any.

    `steps` are of a pattern that is a path from the first node to the value, and nothing else.
    """

    pattern: str
    condition: str = ""
    value: str | None = None
    path: str | None = None
    steps: tuple[str, ...] = ()

    def as_condition(self, this: str, name: Callable[[], str]) -> str:
        """The condition that a node fails so; `name` makes new variables."""
        if not self.pattern:
            return self.condition
        if self.steps and self.value:
            return exists(this, self.steps, self.value, self.condition, name)
        return f"EXISTS {{ {self.pattern} {filtered(self.condition)} }}"


def select(focus: str, row: Row, this: str) -> str:
    """The query for the focus nodes that a row is about."""
    named = [(this, "focus"), (row.value, "value"), (row.path, "path")]
    wanted = " ".join(f"({name} AS ?{known})" for name, known in named if name)
    return f"SELECT DISTINCT {wanted} {{ {focus} {row.pattern} {filtered(row.condition)} }}"


def filtered(condition: str) -> str:
    """A condition as a filter; nothing where there is none."""
    return f"FILTER({condition})" if condition else ""


def exists(
    this: str, steps: tuple[str, ...], value: str, condition: str, name: Callable[[], str]
) -> str:
    """The condition that a path leads to a value of which something holds.

    The steps of a sequence are nested: the engine would join them anew for each node.
    """
    first, *rest = steps
    if not rest:
        return f"EXISTS {{ {this} {first} {value} . {filtered(condition)} }}"
    between = name()
    inner = exists(between, tuple(rest), value, condition, name)
    return f"EXISTS {{ {this} {first} {between} . FILTER({inner}) }}"


def combined(name: str, fails: list[str]) -> str:
    """The condition that sh:and, sh:or or sh:xone fails, from what their members fail."""
    if not fails:
        raise Uncompilable(f"an empty list as sh:{name}")
    if name == "xone":
        return f"(({' + '.join(f'IF({each}, 0, 1)' for each in fails)}) != 1)"
    return f"({(' || ' if name == 'and' else ' && ').join(fails)})"


def different(
    this: str,
    steps: tuple[str, ...],
    values: Sequence[str],
    fits: Sequence[str],
    name: Callable[[], str],
) -> str:
    """The condition that there are so many values that differ, each of which fits."""
    found = ""
    for place in reversed(range(len(values))):
        unlike = [f"!SAMETERM({other}, {values[place]})" for other in values[:place]]
        all_of = [*unlike, *fits[place : place + 1], found]
        condition = " && ".join(f"({each})" for each in all_of if each)
        found = exists(this, steps, values[place], condition, name)
    return found
