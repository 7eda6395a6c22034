"""Loads what reading needs, once, in the process that the sandbox forks its processes from."""

from __future__ import annotations

from pursuant.extracting import extract
from pursuant.languages import codes, language_named
from pursuant.paths import DATA
from pursuant_api import extraction_work

__all__ = ["extraction_work"]

extract(DATA / "sources" / "e-res-2019-21.zh.txt")  # what is made when it is first needed
for _code in codes():
    language_named(_code)
