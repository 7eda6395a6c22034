from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from pursuant.passing_folders import passing_folder, remove_remnants

HOLDS = """
import time
from pursuant.passing_folders import passing_folder
with passing_folder() as place:
    (place / "file").write_text("passing")
    print(place, flush=True)
    time.sleep(60)
"""


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


def test_a_folder_lasts_as_long_as_its_context(tmp_path):
    with passing_folder() as first, passing_folder() as second:
        (first / "file").write_text("passing")
        remove_remnants()
        assert set(tmp_path.iterdir()) == {first, second}
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("signalled", [signal.SIGKILL, signal.SIGTERM])
def test_what_a_killed_process_leaves_goes_with_the_next(tmp_path, signalled):
    environment = os.environ | {"TMPDIR": str(tmp_path)}
    command = [sys.executable, "-c", HOLDS]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True) as process:
        assert process.stdout is not None
        left = Path(process.stdout.readline().strip())
        remove_remnants()
        assert (left / "file").exists()
        process.send_signal(signalled)
    with passing_folder() as place:
        assert list(tmp_path.iterdir()) == [place]


def test_what_is_not_ours_stays(tmp_path):
    beside = tmp_path / "pursuant-other"
    beside.mkdir()
    file = tmp_path / "pursuant-passing-file"
    file.write_text("no folder")
    linked = tmp_path / "pursuant-passing-link"
    linked.symlink_to(beside)
    remove_remnants()
    assert set(tmp_path.iterdir()) == {beside, file, linked}


def test_a_folder_that_is_taken_for_a_remnant_is_made_anew(tmp_path, monkeypatch):
    make, made = tempfile.mkdtemp, []

    def mkdtemp(prefix: str) -> str:
        made.append(make(prefix=prefix))
        if len(made) == 1:
            remove_remnants()  # as another process may, before it is locked
        return made[-1]

    monkeypatch.setattr(tempfile, "mkdtemp", mkdtemp)
    with passing_folder() as place:
        assert [str(place)] == made[1:]
        assert place.is_dir()
