"""Lines of text on their way into a file of bytes."""

from __future__ import annotations

import io
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def write_lines(lines: Iterable[str], output: IO[bytes]) -> None:
    """Writes text as UTF-8, as it comes; the lines bring their ends with them."""
    text = io.TextIOWrapper(output, "utf-8", newline="")
    try:
        text.writelines(lines)
        text.flush()
    finally:
        text.detach()
