"""One number that a text cites, with what is said of it there."""

from __future__ import annotations

from dataclasses import dataclass, replace

Date = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Cited:
    """One number of a list, with what is said of it.

    Attributes:
        number: in Latin letters and digits, without spaces round its slash.
        start: of the words that name it, its body and kind included where they are its own.
        kind: "resolution", "decision" or "statement".
        bodies: names of the bodies beside it, as printed, the nearest first.
        places: where they stand.
        its: a pronoun stands in the body's place.
        date: year and month beside it, or beside a neighbour of its list.
        carried: names of the bodies beside what stands before it in its sentence.
        before: names of the bodies that stand anywhere before it, the nearest first.
        dated: whether the date is its own.
        until: the number that ends the range which this one begins, and where it ends.
        more: letters of parts behind its kind, with what stands between them.
        bare: it has neither session nor year.
        loose: the word of its kind is not beside it.
    """

    number: str
    start: int
    end: int
    kind: str = "resolution"
    bodies: tuple[str, ...] = ()
    places: tuple[tuple[int, int], ...] = ()
    its: bool = False
    date: Date | None = None
    carried: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    dated: bool = False
    until: tuple[str, int] | None = None
    more: str = ""
    bare: bool = False
    loose: bool = False

    def moved(self, by: int) -> Cited:
        """The same in a text that begins so much earlier."""
        return replace(
            self,
            start=self.start + by,
            end=self.end + by,
            places=tuple((start + by, end + by) for start, end in self.places),
            until=(self.until[0], self.until[1] + by) if self.until else None,
        )
