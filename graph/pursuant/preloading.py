"""Imported by the process from which workers are forked: it loads what all of them need, once."""

from __future__ import annotations

import gc
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from pursuant import extracting  # noqa: F401 - loaded here for the workers
from pursuant.cues import Cued, Table
from pursuant.languages import languages
from pursuant.register import dictionary, short_titles


def load() -> None:
    """Load the languages with all that is worked out when a text first needs it."""
    for language in languages().values():
        _work_out(language)
        dictionary(language.code, language.spelling)
        short_titles(language.code, language.spelling)
    # What is frozen the collector leaves alone: its pages stay shared by all workers.
    gc.collect()
    gc.freeze()


def _work_out(value: Any) -> None:
    if isinstance(value, Table):
        value.likely("")
        for cued in value:
            _work_out(cued)
    elif isinstance(value, Cued):
        _ = value.cues, value.first
    elif isinstance(value, Mapping):
        for each in value.values():
            _work_out(each)
    elif is_dataclass(value):
        for field in fields(value):
            _work_out(getattr(value, field.name))


load()
