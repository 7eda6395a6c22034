"""Runs a program on many files, and watches its memory with that of its children."""

from __future__ import annotations

import cProfile
import json
import pstats
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pursuant.extracting import extract

if TYPE_CHECKING:
    from collections.abc import Sequence

_PART = re.compile(r"^Pss:\s+(\d+) kB", re.MULTILINE)
# The functions in which the stages begin; what they call counts as theirs.
_STAGES = {
    "read": ("reading.py", "read_bytes"),
    "language": ("detecting.py", "detect"),
    "pages": ("paging.py", "lay_out"),
    "paragraphs, points, notes": ("segmenting.py", "segment"),
    "mentions": ("citing.py", "find"),
    "resolution": ("resolving.py", "resolve"),
    "verbs": ("acts.py", "find_acts"),
    "mandates": ("mandating.py", "mandates"),
    "citations": ("citations.py", "collect"),
}


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds that a program took, the most memory in bytes, and what it printed."""

    seconds: float
    memory: int
    output: bytes


def run(command: Sequence[str], output: Path) -> Run:
    """Runs a program to its end.

    Raises:
        RuntimeError: it ended with an error.
    """
    start = time.perf_counter()
    most = 0
    with output.open("wb") as file, subprocess.Popen(command, stdout=file) as process:
        while process.poll() is None:
            most = max(most, sum(map(_memory, _family(process.pid))))
            time.sleep(0.1)
    seconds = time.perf_counter() - start
    if process.returncode not in (0, 1):
        raise RuntimeError(f"{command[0]} ended with {process.returncode}")
    return Run(seconds, most, output.read_bytes())


def _family(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(member for child in children for member in _family(int(child)))]


def _memory(pid: int) -> int:
    """Bytes of a process; of what it shares with others, its part."""
    try:
        told = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:  # it has ended
        return 0
    found = _PART.search(told)
    return int(found[1]) * 1024 if found else 0


def extraction(files: Sequence[Path], folder: Path) -> Run:
    """`pursuant extract` on some files."""
    program = "from pursuant.cli import main; main()"
    names = [str(file) for file in files]
    return run([sys.executable, "-c", program, "extract", *names], folder / "extracted.jsonl")


def eyecite(python: Path, files: Sequence[Path], folder: Path) -> dict[str, float] | None:
    """What eyecite takes on some files; None where it is not installed."""
    if not python.exists():
        return None
    (folder / "files").write_text("\n".join(map(str, files)), "utf-8")
    script = str(Path(__file__).with_name("eyecite_peer.py"))
    ran = run([str(python), script, str(folder / "files")], folder / "eyecite.json")
    told: dict[str, float] = json.loads(ran.output)
    return {**told, "seconds": ran.seconds, "memory": ran.memory}


def stages(texts: Sequence[bytes]) -> dict[str, float]:
    """The share of each stage in the time of reading some texts, as the profiler sees it."""
    for text in texts[:5]:
        extract(text)
    profile = cProfile.Profile()
    profile.enable()
    for text in texts:
        extract(text)
    profile.disable()
    spent: dict[tuple[str, str], float] = {}
    for (file, _, name), row in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
        spent[Path(file).name, name] = spent.get((Path(file).name, name), 0) + row[3]
    whole = spent["extracting.py", "extract"]
    return {stage: spent.get(place, 0.0) / whole for stage, place in _STAGES.items()}


def seconds_for(data: bytes, name: str, times: int = 5) -> float:
    """The median of the seconds that one source takes."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        extract(data, name)
        taken.append(time.perf_counter() - start)
    return sorted(taken)[times // 2]
