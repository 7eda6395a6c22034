"""Where the files beside the code lie.

In a checkout `ontology/` and `data/` stand at the top of the repository;
in a wheel they are carried inside this package.
"""

from pathlib import Path

_PACKAGE = Path(__file__).parent
_HOME = _PACKAGE if (_PACKAGE / "ontology").is_dir() else _PACKAGE.parents[1]

ONTOLOGY = _HOME / "ontology"
DATA = _HOME / "data"
QUERIES = _PACKAGE / "queries"
