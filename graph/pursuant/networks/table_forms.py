"""Nodes and edges as two tables, as Gephi and spreadsheets read them."""

from __future__ import annotations

import csv
import io
import zipfile
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pursuant.networks.columns import Fact, Stream

TABLES = ("nodes.csv", "edges.csv")
_NODE = {"label": "Label"}
_EDGE = {"weight": "Weight"}
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # an archive tells no time, so that it is the same again


def write_zip(stream: Stream, output: IO[bytes]) -> None:
    """A zip archive of `nodes.csv` and `edges.csv`."""
    with zipfile.ZipFile(output, "w") as archive:
        for name, rows in zip(TABLES, _tables(stream), strict=True):
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(entry, "w", force_zip64=True) as file, _text(file) as text:
                csv.writer(text).writerows(rows)


def write_pair(stream: Stream, folder: Path) -> list[Path]:
    """The two tables as files of a folder, which is made; gives their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / name for name in TABLES]
    for path, rows in zip(paths, _tables(stream), strict=True):
        with path.open("wb") as file, _text(file) as text:
            csv.writer(text).writerows(rows)
    return paths


def _tables(stream: Stream) -> Iterator[Iterable[list[Fact]]]:
    yield _nodes(stream)
    yield _edges(stream)


def _nodes(stream: Stream) -> Iterator[list[Fact]]:
    fields = list(stream.node_fields)
    yield ["Id", *(_NODE.get(name, name) for name in fields)]
    for node, facts in stream.nodes:
        yield [node, *(facts.get(name, "") for name in fields)]


def _edges(stream: Stream) -> Iterator[list[Fact]]:
    fields = list(stream.edge_fields)
    yield ["Source", "Target", "Type", *(_EDGE.get(name, name) for name in fields)]
    for source, target, facts in stream.edges:
        yield [source, target, "Directed", *(facts.get(name, "") for name in fields)]


@contextmanager
def _text(file: IO[bytes]) -> Iterator[io.TextIOWrapper]:
    text = io.TextIOWrapper(file, "utf-8", newline="")
    try:
        yield text
        text.flush()
    finally:
        text.detach()
