from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from pursuant.errors import PursuantError
from pursuant_api.settings import Settings

PAGE = (Path(__file__).parents[1] / "docs/operations.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| `(PURSUANT_\w+)` \| ([^|]*) \| ([^|]+) \|$", PAGE, re.MULTILINE)


def test_without_an_environment_all_is_as_the_class_says():
    assert Settings.read({}) == Settings()


def test_each_setting_is_read_from_its_variable():
    told = {f"PURSUANT_{each.name.upper()}": "7" for each in fields(Settings)}
    read = Settings.read(told | {"PURSUANT_LOG": "json", "PURSUANT_IDLE_SECONDS": "0.5"})
    for each in fields(Settings):
        expected = {"log": "json", "idle_seconds": 0.5}.get(each.name, 7)
        assert str(getattr(read, each.name)) in (str(expected), f"{expected}.0")
        assert each.default is None or type(getattr(read, each.name)) is type(each.default)


def test_an_empty_variable_is_as_none():
    assert Settings.read({"PURSUANT_WORKERS": "", "PURSUANT_WRITE_TOKEN": ""}) == Settings()


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("WORKERS", "two", "PURSUANT_WORKERS is a whole number, not 'two'"),
        ("WORKERS", "2.5", "PURSUANT_WORKERS is a whole number, not '2.5'"),
        ("WORKERS", "0", "PURSUANT_WORKERS is at least 1"),
        ("PROCESSES", "0", "PURSUANT_PROCESSES is at least 1"),
        ("CONNECTIONS", "0", "PURSUANT_CONNECTIONS is at least 1"),
        ("QUERY_SECONDS", "soon", "PURSUANT_QUERY_SECONDS is a number, not 'soon'"),
        ("QUERY_SECONDS", "-1", "PURSUANT_QUERY_SECONDS is finite and not negative"),
        ("QUERY_SECONDS", "nan", "PURSUANT_QUERY_SECONDS is finite and not negative"),
        ("STOP_SECONDS", "inf", "PURSUANT_STOP_SECONDS is finite and not negative"),
        ("LOG", "xml", "PURSUANT_LOG is one of json, text, not 'xml'"),
    ],
)
def test_what_makes_no_sense_is_refused(name, value, says):
    with pytest.raises(PursuantError, match=re.escape(says)):
        Settings.read({f"PURSUANT_{name}": value})


def test_processes_share_out_what_there_is():
    each = Settings(workers=5, waiting=64, cache_megabytes=0, connections=4000).shared(3)
    assert (each.workers, each.waiting, each.cache_megabytes, each.connections) == (2, 22, 0, 1334)
    assert Settings().shared(1) == Settings()


def test_the_table_has_every_setting_with_its_default():
    documented = {name: default.strip("` ") for name, default, _ in ROWS}
    # The library reads these, for all its commands.
    del documented["PURSUANT_STORE"], documented["PURSUANT_FILE_SECONDS"]
    declared = {
        f"PURSUANT_{each.name.upper()}": "" if each.default is None else f"{each.default:,}"
        if isinstance(each.default, int)
        else f"{each.default:g}"
        if isinstance(each.default, float)
        else each.default
        for each in fields(Settings)
    }  # fmt: skip
    assert documented == declared
    assert list(documented) == list(declared)


def test_the_class_describes_every_setting():
    for each in fields(Settings):
        assert f"\n        {each.name}: " in (Settings.__doc__ or "")
