"""Pursuant: reads UN resolutions and tells which instruments they invoke and whom they ask what.

    >>> import pursuant
    >>> document = pursuant.extract(pursuant.SAMPLE)
    >>> document.symbol, document.adopted_by, document.speaker, len(document.paragraphs)
    ('E/RES/2019/21', 'ecosoc', 'ga', 49)
    >>> [citation.target for citation in document["OP26"].citations]
    ['national-law', 'A/RES/70/175']

The graph of what was read is asked for tables, which print, and turn into pandas frames:

    >>> store = pursuant.Store.memory(pursuant.build())
    >>> for row in pursuant.invokes(store, "E/RES/2019/21", "OP24"):
    ...     print(row["target"], row["function"], row["exact"])
    crc legal-obligation 《儿童权利公约》
    crc-opac legal-obligation 《儿童权利公约关于儿童卷入武装冲突问题的任择议定书》
    >>> pursuant.mandates(store, addressee="unodc", force="urge").to_pandas().unit.tolist()
    ['op27']
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from pursuant.paths import DATA
from pursuant.version import __version__

if TYPE_CHECKING:
    from pursuant.auditing import audit
    from pursuant.building import build
    from pursuant.checking import validate
    from pursuant.comparing import compare
    from pursuant.document import Document
    from pursuant.errors import PursuantError
    from pursuant.evaluating import evaluate
    from pursuant.extracting import extract
    from pursuant.ingesting import ingest_paths as ingest
    from pursuant.ingesting import readable as open  # noqa: A004 - said as pursuant.open
    from pursuant.lineage import lineages
    from pursuant.mandate_register import mandates
    from pursuant.mandate_reports import expiring_soon, life_cycle, no_sunset
    from pursuant.networks import network
    from pursuant.overlapping import overlaps
    from pursuant.partnering import partner_network, partners
    from pursuant.querying import cited_by, invokes
    from pursuant.registry_columns import un_registry
    from pursuant.searching import search
    from pursuant.store import Store
    from pursuant.table import Table

SAMPLE = DATA / "sources" / "e-res-2019-21.zh.txt"

__all__ = [
    "SAMPLE",
    "Document",
    "PursuantError",
    "Store",
    "Table",
    "__version__",
    "audit",
    "build",
    "cited_by",
    "compare",
    "evaluate",
    "expiring_soon",
    "extract",
    "ingest",
    "invokes",
    "life_cycle",
    "lineages",
    "mandates",
    "network",
    "no_sunset",
    "open",
    "overlaps",
    "partner_network",
    "partners",
    "search",
    "show",
    "un_registry",
    "validate",
]


# Where each name is, and what it is called there: all together take long to load, and few need all.
_PLACES = {
    "Document": "document:Document",
    "PursuantError": "errors:PursuantError",
    "Store": "store:Store",
    "Table": "table:Table",
    "audit": "auditing:audit",
    "build": "building:build",
    "cited_by": "querying:cited_by",
    "compare": "comparing:compare",
    "evaluate": "evaluating:evaluate",
    "expiring_soon": "mandate_reports:expiring_soon",
    "extract": "extracting:extract",
    "ingest": "ingesting:ingest_paths",
    "invokes": "querying:invokes",
    "life_cycle": "mandate_reports:life_cycle",
    "lineages": "lineage:lineages",
    "mandates": "mandate_register:mandates",
    "network": "networks:network",
    "no_sunset": "mandate_reports:no_sunset",
    "open": "ingesting:readable",
    "overlaps": "overlapping:overlaps",
    "partner_network": "partnering:partner_network",
    "partners": "partnering:partners",
    "search": "searching:search",
    "show": "displaying:show",
    "un_registry": "registry_columns:un_registry",
    "validate": "checking:validate",
}


def __getattr__(name: str) -> Any:
    """Load a name when it is asked for."""
    if name not in _PLACES:
        raise AttributeError(f"module 'pursuant' has no attribute {name!r}")
    module, _, known = _PLACES[name].partition(":")
    return getattr(import_module(f"pursuant.{module}"), known)
