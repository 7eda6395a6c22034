"""What can go wrong, as one tree.

    PursuantError
    ├── UnreadableSource     a file or stream that cannot be read as a resolution
    ├── UnknownName          a document, unit, instrument or entity that is not held
    ├── BadArgument          an argument that cannot be served
    ├── BadQuery             a SPARQL query that cannot be answered
    ├── TookTooLong          an update that was ended because its time was over
    ├── BadData              register, review, vocabulary or RDF data that is wrong
    └── StoreProblem         a store that cannot be opened or written

Each message is one sentence that says what is wrong and where.
"""

from __future__ import annotations


class PursuantError(Exception):
    """Anything that Pursuant refuses or cannot do."""


class UnreadableSource(PursuantError):
    """A file or stream that cannot be read as a resolution."""

    def __init__(self, source: str, problem: str) -> None:
        """Keep the source's name apart from the problem: reports have a column for each."""
        super().__init__(f"{source}: {problem}")
        self.source = source
        self.problem = problem

    def __reduce__(self) -> tuple[type[UnreadableSource], tuple[str, str]]:
        """Pass from one process to another whole."""
        return type(self), (self.source, self.problem)


class UnknownName(PursuantError):
    """A document, unit, instrument or entity that is not held."""


class BadArgument(PursuantError):
    """An argument that cannot be served."""


class BadQuery(PursuantError):
    """A SPARQL query that cannot be answered; its place where the text is wrong, from 1."""

    def __init__(self, problem: str, line: int | None = None, column: int | None = None) -> None:
        """Keep the place apart from the problem: programs point at it."""
        super().__init__(problem)
        self.line = line
        self.column = column

    def __reduce__(self) -> tuple[type[BadQuery], tuple[str, int | None, int | None]]:
        """Pass from one process to another whole."""
        return type(self), (str(self), self.line, self.column)


class TookTooLong(PursuantError):
    """An update that was ended because its time was over."""


class BadData(PursuantError):
    """Register, review, vocabulary or RDF data that is wrong."""


class StoreProblem(PursuantError):
    """A store that cannot be opened or written."""
