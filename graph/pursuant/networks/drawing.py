"""A drawing of a network by Graphviz, where it is installed."""

from __future__ import annotations

import io
import shutil
import subprocess
from typing import IO, TYPE_CHECKING

from pursuant.errors import BadArgument
from pursuant.networks.plain_forms import write_dot

if TYPE_CHECKING:
    from pursuant.networks.columns import Stream

LARGEST = 300_000  # bytes of DOT: about a thousand nodes, above which nobody reads a drawing
SECONDS = 20


class NoDrawing(BadArgument):
    """A network that Graphviz cannot draw here."""


def write_svg(stream: Stream, output: IO[bytes]) -> None:
    """An SVG image with what cites on the left, what is cited on the right.

    Raises:
        NoDrawing: Graphviz is not installed, or the network is too large for it.
    """
    program = shutil.which("dot")
    if program is None:
        raise NoDrawing(
            "svg is drawn by Graphviz, which is not installed: apt-get install graphviz"
        )
    described = io.BytesIO()
    write_dot(stream, described)
    if len(described.getbuffer()) > LARGEST:
        raise NoDrawing("the network is too large to be drawn; choose a part of it, as with --ego")
    output.write(_drawn(program, described.getvalue()))


def _drawn(program: str, described: bytes) -> bytes:
    command = [program, "-Tsvg"]
    try:
        ran = subprocess.run(command, input=described, capture_output=True, timeout=SECONDS)  # noqa: S603 - found on the path, no argument is from outside
    except subprocess.TimeoutExpired:
        raise NoDrawing(
            f"Graphviz did not draw the network in {SECONDS} seconds; choose a part of it"
        ) from None
    if ran.returncode:
        problem = ran.stderr.decode(errors="replace").strip()
        raise NoDrawing(f"Graphviz cannot draw the network: {problem}")
    return ran.stdout
