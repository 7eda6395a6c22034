"""`pursuant ingest` killed at random moments: the store is one revision or the next."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pursuant import SAMPLE, revisions
from pursuant.finding import find
from pursuant.ingesting import ingest, readable
from pursuant.store import Store, open_store

pytestmark = [pytest.mark.faults, pytest.mark.timeout(3600)]
KILLS = int(os.environ.get("N", "40"))
PROGRAM = [sys.executable, "-c", "from pursuant.cli import main; main()"]
WORDINGS = ("会员国", "各会员国")


@pytest.fixture(scope="module")
def sources(tmp_path_factory) -> list[Path]:
    """Two folders with the same three resolutions, which differ in a word."""
    folder = tmp_path_factory.mktemp("sources")
    text = Path(SAMPLE).read_text(encoding="utf-8")
    for wording in WORDINGS:
        (folder / wording).mkdir()
        for number in (31, 32, 33):
            other = text.replace("2019/21", f"2019/{number}").replace("会员国", wording)
            (folder / wording / f"{number}.txt").write_text(other, encoding="utf-8")
    return [folder / wording for wording in WORDINGS]


def started(source: Path, store: Path) -> subprocess.Popen[bytes]:
    # Unchecked: a check writes nothing, and only makes the moments between writes longer.
    command = [*PROGRAM, "ingest", str(source), "--force", "--store", str(store)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def finished(process: subprocess.Popen[bytes]) -> None:
    with process:
        _, said = process.communicate(timeout=600)
        assert process.returncode == 0, said


def held(folder: Path) -> dict[str, str]:
    """The digest of each graph by its manifest, after it was seen that the graphs agree with it."""
    store = open_store(folder)
    for name, record in store.manifest.graphs.items():
        assert sum(1 for _ in store.quads(name)) == record.triples
    assert store.select("SELECT (COUNT(*) AS ?n) { ?u unct:inDocument ?d }").rows[0] > (0,)
    return {name: record.content for name, record in store.manifest.graphs.items()}


def test_ingest_killed_at_random_moments(sources, tmp_path):
    folder = tmp_path / "store"
    base = dict(readable(folder).manifest.graphs)
    states = []
    for source in sources:
        memory = Store.memory()
        assert {outcome.state for outcome in ingest(memory, find([source]))} == {"added"}
        made = base | dict(memory.manifest.graphs)
        states.append({name: record.content for name, record in made.items()})
    begun = time.monotonic()
    finished(started(sources[0], folder))
    whole = time.monotonic() - begun
    chance, now, seen = random.Random(11), 0, set()
    for _ in range(KILLS):
        assert held(folder) == states[now]
        process = started(sources[1 - now], folder)
        # Nothing is written before documents are read, so the later moments are the worse ones.
        time.sleep(chance.uniform(0.3, 1.15) * whole)
        process.send_signal(signal.SIGKILL)
        with process:
            process.wait(60)
        after = held(folder)
        assert after in states
        seen.add(after != states[now])
        now = states.index(after)
    assert False in seen, "no ingest was killed before it was done"
    for source in (sources[1 - now], sources[now]):
        finished(started(source, folder))
    assert held(folder) == states[now]
    left = sorted(path.name for path in (folder / "revisions").iterdir())
    numbers = revisions.held(folder)
    assert numbers[-1] == revisions.current(folder)
    assert len(numbers) <= revisions.KEPT
    assert left == sorted(f"{n}{end}" for n in numbers for end in ("", ".json", ".lock"))
    assert sorted(path.name for path in folder.iterdir()) == ["current", "lock", "revisions"]
