"""Coverage-guided fuzzing of segmenter and grammar: `python -m tests.guided -runs=20000`.

atheris changes the bytes of composed resolutions, and keeps those that reach new branches. Not a
test for pytest: it ends the process where it finds something, and prints the input.
"""

from __future__ import annotations

import random
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["pursuant"]):
    import pursuant.extracting  # noqa: F401 - instrumented before it is used below

from benchmarks.extraction.composing import CODES, resolution

from tests.test_damaged import survives


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for code in CODES:
            for seed in range(20):
                text = resolution(code, random.Random(seed))
                (Path(folder) / f"{code}{seed}").write_text(text, "utf-8")
        atheris.Setup([*sys.argv, folder], lambda data: survives(data) and None)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
