"""What the sandbox does with documents that were sent: this runs in a process of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pursuant.batching import line
from pursuant.errors import UnreadableSource
from pursuant.extracting import extract
from pursuant.finding import find_in
from pursuant.formats.sniffing import sniff
from pursuant_api.limits import AnswerTooLarge

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pursuant.document import Document
    from pursuant.finding import Found


@dataclass(frozen=True, slots=True)
class Extracted:
    """What was read.

    Attributes:
        lines: the JSON object of each source, in their order.
        problem: what is wrong, where there was one source and it cannot be read.
        is_foreign: whether it is in a format that nobody here reads.
        document: the document, where there was one source and it is wanted for a page.
        is_many: whether there were several sources, or an archive of them.
    """

    lines: tuple[str, ...]
    problem: str | None = None
    is_foreign: bool = False
    document: Document | None = None
    is_many: bool = False


def read(files: Sequence[tuple[str, bytes]], most: int, whole: bool) -> Extracted:
    """Reads what was sent.

    Args:
        files: names and contents.
        most: bytes that the answer may have.
        whole: whether a document that is sent alone is wanted itself.

    Raises:
        AnswerTooLarge: the objects are longer.
    """
    if len(files) == 1:
        sources = list(find_in(files[0][1], files[0][0]))
        if len(sources) == 1 and sources[0].name == files[0][0]:
            return _alone(sources[0], whole)
        return _several(iter(sources), most)
    return _several((each for name, data in files for each in find_in(data, name)), most)


def _alone(source: Found, whole: bool) -> Extracted:
    if whole and not source.problem:
        try:
            return Extracted((), document=extract(source.source, source.name))
        except UnreadableSource as error:
            return Extracted((), str(error), _is_foreign(source))
    text, problem = line(source)
    return Extracted((text,), problem, problem is not None and _is_foreign(source))


def _several(sources: Iterator[Found], most: int) -> Extracted:
    lines, size = [], 0
    for source in sources:
        text, _ = line(source)
        size += len(text)
        if size > most:
            raise AnswerTooLarge(f"what was read has more than {most:,} characters; send less")
        lines.append(text)
    return Extracted(tuple(lines), is_many=True)


def _is_foreign(source: Found) -> bool:
    if not isinstance(source.source, bytes) or source.problem:
        return False
    try:
        sniff(source.source, source.name)
    except UnreadableSource:
        return True
    return False
