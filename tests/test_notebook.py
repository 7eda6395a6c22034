"""The notebook in docs/ runs, and shows what it shows."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

DOCS = Path(__file__).parents[1] / "docs"
WRITTEN = nbformat.read(DOCS / "notebook.ipynb", as_version=4)


def shown(cell: Any) -> list[str]:
    """What a cell displays: the HTML of it, where there is any."""
    told = [output["data"] for output in cell.outputs]
    return [data.get("text/html") or data["text/plain"] for data in told]


@pytest.fixture(scope="module")
def ran():
    again = deepcopy(WRITTEN)
    where = {"metadata": {"path": str(DOCS)}}
    return NotebookClient(again, timeout=120, resources=where).execute()


@pytest.mark.parametrize(
    "place", [n for n, cell in enumerate(WRITTEN.cells) if cell.cell_type == "code"]
)
def test_every_cell_shows_what_it_showed(place, ran):
    assert shown(ran.cells[place]) == shown(WRITTEN.cells[place]) != []
