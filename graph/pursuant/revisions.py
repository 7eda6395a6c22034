"""A folder of numbered revisions, of which one is current.

    folder/
    ├── current          the number of the revision that readers open
    ├── lock             held by the one writer
    └── revisions/
        ├── 6/  6.json  6.lock   one back
        └── 7/  7.json  7.lock   a revision, its manifest, and what its readers share

A writer builds the next revision beside the current one and then renames one small file, so a
reader sees the old revision or the new one, whenever the writer dies. A number never comes again
once it was current. An old revision is removed when nobody reads it.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pursuant.errors import StoreProblem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KEPT = 3


def current(folder: Path) -> int:
    """Number of the current revision; 0 where there is none yet.

    Raises:
        StoreProblem: the folder holds something else than a store.
    """
    try:
        return int((folder / "current").read_text(encoding="ascii"))
    except FileNotFoundError:
        return 0
    except (OSError, ValueError) as error:
        raise StoreProblem(f"{folder} cannot be read as a store: {error}") from error


def path(folder: Path, number: int) -> Path:
    """Folder of a revision."""
    return folder / "revisions" / str(number)


def manifest(folder: Path, number: int) -> Path:
    """Manifest of a revision, which lies beside it."""
    return folder / "revisions" / f"{number}.json"


@contextmanager
def reading(folder: Path, number: int) -> Iterator[Path]:
    """Keeps a revision from being removed while it is read; gives its folder.

    Whether the revision was still there when the lock was had, opening it tells.
    """
    try:
        lock = os.open(_lock(folder, number), os.O_RDONLY)
    except FileNotFoundError:
        yield path(folder, number)  # removed, or from before there were locks
        return
    try:
        fcntl.flock(lock, fcntl.LOCK_SH)
        yield path(folder, number)
    finally:
        os.close(lock)


@contextmanager
def writing(folder: Path) -> Iterator[int]:
    """Holds the write lock, clears what killed writers left, and gives the current number."""
    try:
        _check_writable(folder)
        (folder / "revisions").mkdir(parents=True, exist_ok=True)
        with (folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            number = current(folder)
            _remove(folder, [n for n in _numbers(folder) if n > number])
            yield number
    except (OSError, RuntimeError) as error:
        raise StoreProblem(f"{folder} cannot be written as a store: {error}") from error


def promote(folder: Path, number: int) -> None:
    """Makes a finished revision the current one."""
    _lock(folder, number).touch()
    write_durably(folder / "current", f"{number}\n")


def prune(folder: Path) -> None:
    """Removes all but the last revisions, and those that somebody still reads."""
    _remove(folder, [n for n in _numbers(folder) if n <= current(folder) - KEPT])


def held(folder: Path) -> list[int]:
    """Numbers of the finished revisions that are there, oldest first."""
    try:
        numbers = _numbers(folder)
    except FileNotFoundError:
        return []
    return [n for n in numbers if n <= current(folder) and manifest(folder, n).is_file()]


def write_durably(target: Path, text: str) -> None:
    """Replaces a file so that after a power cut it holds the old text or the new one."""
    beside = target.with_name(target.name + ".new")
    with beside.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(target)
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Makes the names in a folder durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _check_writable(folder: Path) -> None:
    if folder.is_dir() and not (folder / "revisions").is_dir() and any(folder.iterdir()):
        raise StoreProblem(f"{folder} holds other files and is not a store; name an empty folder")


def _numbers(folder: Path) -> list[int]:
    names = {entry.name.split(".")[0] for entry in (folder / "revisions").iterdir()}
    return sorted(int(name) for name in names if name.isdecimal())


def _remove(folder: Path, numbers: list[int]) -> None:
    """Removes revisions that nobody reads; the lock goes last, so that a killed removal is ended.

    A reader that waits for the lock meanwhile finds no manifest, and asks for the current number.
    """
    for number in numbers:
        with _lock(folder, number).open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            manifest(folder, number).unlink(missing_ok=True)
            shutil.rmtree(path(folder, number), ignore_errors=True)
            _lock(folder, number).unlink(missing_ok=True)


def _lock(folder: Path, number: int) -> Path:
    return folder / "revisions" / f"{number}.lock"
