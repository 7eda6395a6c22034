"""Folders for files that pass, which vanish even where the process that made them is killed.

Each is locked by its process. The kernel lets go of the lock however a process ends, so that one
that nobody locks is a remnant: it is removed when the next is made, or when a server starts.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_PREFIX = "pursuant-passing-"


@contextmanager
def passing_folder() -> Iterator[Path]:
    """A new folder for as long as the context lasts.

    Raises:
        OSError: none can be made.
    """
    remove_remnants()
    place, held = _locked()
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)
        os.close(held)


def remove_remnants() -> None:
    """Removes the folders of this user's processes that have ended without doing so."""
    for each in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError):  # somebody works in it, or removes it too
            held = _opened(each)
            try:
                if os.fstat(held).st_uid == os.getuid():
                    fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    shutil.rmtree(each)
            finally:
                os.close(held)


def _locked() -> tuple[Path, int]:
    """A new folder, and what holds its lock."""
    while True:
        place = Path(tempfile.mkdtemp(prefix=_PREFIX))
        try:
            held = _opened(place)
        except FileNotFoundError:
            continue  # it was taken for a remnant before it was locked
        fcntl.flock(held, fcntl.LOCK_EX)  # who has it removes the folder
        if place.exists():
            return place, held
        os.close(held)


def _opened(place: Path) -> int:
    return os.open(place, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
