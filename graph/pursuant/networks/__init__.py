"""Citation networks: who cites whom, chosen, measured, and in the forms that other tools read.

`choosing` says in words what is wanted, `selecting` what that is in a store; `gathering` brings it
into a spool (`spooling`), which takes little memory, or into `columns`, to be measured. `measuring`
has the measures by name, `forms` the forms in which it is written.
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any

from pursuant.errors import PursuantError
from pursuant.networks import table_forms
from pursuant.networks.choosing import Choice, choice_of
from pursuant.networks.forms import FORMS, check, form_of
from pursuant.networks.gathering import Follow, gather, unfollowed
from pursuant.networks.measuring import MEASURES, measured
from pursuant.networks.subject import Subject

if TYPE_CHECKING:
    from pathlib import Path

    from pursuant.networks.columns import DiGraph, Network
    from pursuant.store import Store


__all__ = [
    "FORMS",
    "MEASURES",
    "Choice",
    "Subject",
    "check",
    "choice_of",
    "citation_network",
    "form_of",
    "gather",
    "measured",
    "network",
    "subject",
    "write",
    "write_pair",
]


def network(store: Store, **chosen: Any) -> DiGraph:
    """Who cites whom, as a network of networkx.

    Args:
        store: what is asked.
        chosen: level, body, year_from, year_to, function, topic, ego, steps, measures and
            language, as `Choice` has them; what may be several is a text, a list or a tuple.

    Returns:
        Nodes are called by symbol or slug, paragraphs by their document and unit. Each has a
        `label`, a `type` and an `iri`; where they are known a `symbol`, `year` and `body`; and the
        measures. Edges have their `functions`, and the number of citing paragraphs as `weight`.

    >>> import pursuant
    >>> store = pursuant.Store.memory(pursuant.build())
    >>> graph = network(store, function="legal-obligation", measures="in-degree,pagerank")
    >>> graph.edges["E/RES/2019/21", "crc"]
    {'functions': 'legal-obligation', 'weight': 1}
    >>> graph.nodes["crc"]["in_degree"], round(graph.nodes["crc"]["pagerank"], 3)
    (1, 0.141)

    Raises:
        BadArgument: an argument cannot be served.
        UnknownName: nothing is called so.
    """
    return citation_network(store, choice_of(**chosen)).to_networkx()


def citation_network(store: Store, choice: Choice) -> Network:
    """Who cites whom, in columns: what `network` gives, in a tenth of the memory."""
    return measured(gather(store, choice).network(), choice.measures)


def subject(store: Store, choice: Choice, follow: Follow = unfollowed) -> Subject:
    """The network that is chosen, as `write` takes it; `follow` shows the progress of it all.

    It is in memory as a whole only where it is measured.
    """
    spool = gather(store, choice, follow=follow)
    network = measured(spool.network(), choice.measures) if choice.measures else spool
    return Subject(store, choice, network, follow)


def write(subject: Subject, form: str, output: IO[bytes]) -> None:
    """Writes a network in one of `FORMS`, to a file that is open for bytes.

    GraphML, GEXF, JSON, CSV, N-Triples and N-Quads are written piece by piece.

    Raises:
        BadArgument: there is no such form, or it has no place for the measures.
        NoDrawing: the form is svg, and it cannot be drawn.
    """
    form = form_of(form)
    check(form, subject.choice)
    FORMS[form].write(subject, output)


def write_pair(subject: Subject, folder: Path) -> list[Path]:
    """Writes `nodes.csv` and `edges.csv` into a folder, which is made; gives their paths.

    Raises:
        PursuantError: they cannot be written.
    """
    try:
        return table_forms.write_pair(subject.stream(), folder)
    except OSError as error:
        raise PursuantError(f"{folder} cannot be written: {error.strerror}") from error
