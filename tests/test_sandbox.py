"""A process for what strangers send: bounded in time and memory, without network and files."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pursuant.errors import BadData, PursuantError
from pursuant_api.limits import TooBusy
from pursuant_api.sandbox import Bounds, Sandbox, UploadTimedOut, UploadTooHeavy


def run(function, *arguments, seconds=3.0, megabytes=150):
    return asyncio.run(Sandbox(1).run(Bounds(seconds, megabytes), function, *arguments))


def refuse():
    raise BadData("this is wrong")


def spin():
    while True:
        pass


def nest(depth):
    return nest(depth + 1)


def write(path):
    Path(path).write_text("x" * 100, encoding="utf-8")


def test_warming_starts_what_the_work_is_forked_from():
    code = """if __name__ == "__main__":
    from multiprocessing import forkserver
    from pursuant_api.sandbox import Sandbox
    sandbox = Sandbox(1)
    before = forkserver._forkserver._forkserver_pid
    sandbox.warm()
    print(before is None, forkserver._forkserver._forkserver_pid > 0)
"""
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["True", "True"]


def test_what_the_function_gives():
    assert run(sorted, [3, 1, 2]) == [1, 2, 3]


@pytest.mark.parametrize(
    ("function", "arguments", "error", "words"),
    [
        (refuse, (), BadData, "this is wrong"),
        (time.sleep, (60,), UploadTimedOut, "more than 3 seconds"),
        (spin, (), UploadTimedOut, "more than 3 seconds"),
        (bytearray, (500_000_000,), UploadTooHeavy, "more than 150 MB"),
        (nest, (0,), UploadTooHeavy, "more than 150 MB"),
        (os.abort, (), UploadTooHeavy, "more than 150 MB"),
        (socket.socket, (), PursuantError, "PermissionError"),
        (subprocess.run, (["true"],), PursuantError, "PermissionError"),
        (int, ("x",), PursuantError, "ValueError"),
    ],
)  # fmt: skip
def test_what_is_ended_or_refused(function, arguments, error, words):
    with pytest.raises(error, match=words):
        run(function, *arguments)


def test_nothing_is_written(tmp_path):
    with pytest.raises(PursuantError):
        run(write, str(tmp_path / "x"))
    assert [path for path in tmp_path.iterdir() if path.stat().st_size] == []


def test_no_more_than_there_are_places():
    async def both():
        sandbox = Sandbox(1)
        first = asyncio.create_task(sandbox.run(Bounds(5, 100), time.sleep, 0.2))
        await asyncio.sleep(0)
        with pytest.raises(TooBusy):
            await sandbox.run(Bounds(5, 100), len, "x")
        await first
        return await sandbox.run(Bounds(5, 100), len, "x")

    assert asyncio.run(both()) == 1
