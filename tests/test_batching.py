"""Many items, and those that hang or take their process down: each costs itself alone."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from typing import TYPE_CHECKING

import pytest

from pursuant import SAMPLE, batching, ingesting, preloading
from pursuant.batching import extracted, is_foreign, spread
from pursuant.errors import PursuantError
from pursuant.finding import Found
from pursuant.formats.sniffing import looks_plain
from pursuant.ingesting import ingest
from pursuant.languages import language_named
from pursuant.store import Store
from pursuant.workers import worked

if TYPE_CHECKING:
    from pathlib import Path

MANY = 60


def treated(item: str) -> str:
    """Does what an item says."""
    word, _, number = item.partition(" ")
    if word == "sleep":
        time.sleep(float(number))
    elif word == "die":
        os.kill(os.getpid(), signal.Signals[number])
    elif word == "exit":
        os._exit(int(number))
    elif word == "raise":
        raise PursuantError(number)
    return item.upper()


def lost(item: str, problem: str) -> str:
    return f"{item}: {problem}"


def many(*odd: str) -> list[str]:
    return [*odd, *(f"item {n}" for n in range(MANY))]


def test_results_come_in_the_order_of_the_items():
    items = many("sleep 0.5", "sleep 0.2")
    assert list(spread(treated, items)) == [item.upper() for item in items]


@pytest.mark.parametrize(
    ("item", "problem"),
    [
        ("die SIGSEGV", "the process that worked on it died (SIGSEGV)"),
        ("die SIGKILL", "the process that worked on it died (SIGKILL)"),
        ("exit 3", "the process that worked on it died (exit status 3)"),
        ("sleep 60", "it takes more than 1 seconds, the limit"),
    ],
)
def test_what_hangs_or_crashes_costs_itself_alone(item, problem):
    items = many("first", item, "die SIGSEGV")
    found = list(worked(treated, items, lost, 1.0))
    assert found[:2] == ["FIRST", f"{item}: {problem}"]
    assert found[3:] == [each.upper() for each in items[3:]]


def test_a_worker_that_is_gone_when_it_is_given_something_is_replaced():
    found = list(worked(treated, ["exit 0"] * 5, lost, 5.0))
    assert found == ["exit 0: the process that worked on it died (exit status 0)"] * 5


def test_what_the_function_raises_is_raised_here():
    with pytest.raises(PursuantError, match=r"^this$"):
        list(worked(treated, ["raise this"], lost, 5.0))


def test_who_has_enough_may_leave():
    results = worked(treated, many("sleep 0.1"), lost, 5.0)
    assert next(iter(results)) == "SLEEP 0.1"
    del results  # which ends the workers


def test_a_lost_item_is_an_error_where_nobody_says_what_to_give_for_it():
    with pytest.raises(PursuantError, match=r"a file could not be read: the process .* died"):
        list(spread(treated, many("exit 1")))


def test_few_items_stay_in_this_process_but_for_risky_ones():
    assert list(spread(id_of_process, ["a", "b"])) == [os.getpid()] * 2
    apart = list(spread(id_of_process, ["a", "b"], risky="b".__eq__))
    assert os.getpid() not in apart


def id_of_process(_: str) -> int:
    return os.getpid()


@pytest.mark.parametrize("text", ["soon", "0", "-1", "inf", "nan", ""])
def test_the_limit_is_a_number_of_seconds(monkeypatch, text):
    monkeypatch.setenv("PURSUANT_FILE_SECONDS", text)
    with pytest.raises(PursuantError, match=r"PURSUANT_FILE_SECONDS is .* no number of seconds"):
        list(spread(treated, ["item"]))


@pytest.mark.parametrize(
    ("head", "plain"),
    [
        (b"A/RES/81/7. Lamps", True),
        (b"", True),
        (b"  \n<html>", False),
        (b"\xef\xbb\xbf<akomaNtoso>", False),
        ("\ufeff<html>".encode("utf-16-le"), False),
        (b"junk %PDF-1.7", False),
        (b"PK\x03\x04", False),
    ],
)
def test_what_is_not_plain_text_is_read_where_it_can_be_ended(tmp_path: Path, head, plain):
    file = tmp_path / "f"
    file.write_bytes(head)
    assert looks_plain(head) is plain
    assert is_foreign(Found("f", head)) is not plain
    assert is_foreign(Found("f", file)) is not plain


def test_a_file_that_is_missing_is_told_of_by_its_reader(tmp_path: Path):
    assert not is_foreign(Found("f", tmp_path / "none"))


def test_a_file_over_the_limit_costs_itself_alone(monkeypatch, tmp_path: Path):
    """A pipe into which nobody writes, read where it can be ended."""
    monkeypatch.setenv("PURSUANT_FILE_SECONDS", "4.5")
    for module in (batching, ingesting):
        monkeypatch.setattr(module, "is_foreign", lambda _: True)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    told = "it takes more than 4.5 seconds, the limit"
    found = list(extracted([str(pipe), str(SAMPLE)]))
    assert json.loads(found[0][0]) == {"source": "pipe", "error": told}
    assert [problem for _, problem in found] == [f"pipe: {told}", None]
    outcomes = ingest(Store.memory(), [Found("pipe", pipe)])
    assert [(each.state, each.problem) for each in outcomes] == [("unreadable", told)]


def test_a_pipe_is_read_whole(tmp_path: Path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writing = threading.Thread(target=pipe.write_bytes, args=(SAMPLE.read_bytes(),))
    writing.start()
    ((line, problem),) = extracted([str(pipe)])
    writing.join()
    assert problem is None
    assert len(json.loads(line)["paragraphs"]) == 49


def test_many_files_are_read_as_one_is(tmp_path: Path):
    files = [tmp_path / f"{n}.txt" for n in range(MANY)]
    for file in files:
        file.write_bytes(SAMPLE.read_bytes())
    lines = [json.loads(line) for line, _ in extracted(list(map(str, files)))]
    assert [line.pop("source") for line in lines] == [file.name for file in files]
    one = json.loads(batching.line(Found("one", SAMPLE))[0])
    one.pop("source")
    assert all(line == one for line in lines)


def test_what_workers_need_is_loaded_before_they_are_forked():
    preloading.load()
    assert {"cues", "first"} <= vars(language_named("en").citation.kind).keys()
