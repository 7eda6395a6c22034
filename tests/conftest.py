from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from pursuant import building
from pursuant.document import (
    Citation,
    CitationEvidence,
    Document,
    Evidence,
    Footnote,
    Kind,
    Mandate,
    Paragraph,
    Part,
    Partner,
    Reason,
    Status,
    Via,
    When,
)
from pursuant.store import Store
from pursuant_api import create_app

# Needs atheris, and ends the process where it finds something: `make fuzz-extract` runs it.
collect_ignore = ["guided.py"]


def cited(text: str, exact: str, target: str | None, unit: str = "op1", **values) -> Citation:
    start = text.index(exact)
    rule = CitationEvidence(unit, start, start + len(exact), exact, Via.TEXT, "name")
    told = {"kind": Kind.INSTRUMENT, "status": Status.RESOLVED, "function": "recall"} | values
    return Citation(target=target, slug=target, evidence=(rule,), **told)


def composed(language: str, words: dict[str, str]) -> Document:
    """A resolution of our own making: citations in one another, a doubtful one, a point, a note."""
    one, point = words["one"], words["point"]
    citations = (
        cited(one, words["outer"], "relevant-conventions", kind=Kind.GROUP, function="accede"),
        cited(one, words["inner"], "untoc", function="accede"),
        cited(one, words["twin"], "crc"),
        cited(one, words["twin"], "crc-opac"),
        cited(one, words["lost"], None, status=Status.UNRESOLVED, reason="<no> such body"),
        cited(
            one,
            words["doubtful"],
            None,
            status=Status.AMBIGUOUS,
            reason="two are called so",
            reason_kind=Reason.SEVERAL_MEANINGS,
            candidates=("crc", "untoc"),
        ),
    )
    mandate = Mandate(
        "request",
        words["verb"],
        ("unodc",),
        Evidence("op1-a", 0, len(point), point),
        partners=(Partner("ct-compact", "cooperation"),),
        when=When(due="A/91"),
    )
    return Document(
        source="composed.txt",
        sha256="ab" * 32,
        reader="test",
        symbol="A/RES/90/1",
        language=language,
        title=words["title"],
        adopted=None,
        adopted_by="ga",
        speaker="ga",
        draft=False,
        paragraphs=(
            Paragraph("op1", Part.OPERATIVE, "1", 1, one, (1,), citations),
            Paragraph("op1-a", Part.OPERATIVE, "1(a)", 1, point, (1,), mandates=(mandate,)),
        ),
        footnotes=(Footnote(1, words["note"], ("op1", "op1-a")),),
    )


ENGLISH = {
    "title": "Lamps & <lanterns>",
    "one": "Recalls conventions such as the Organized Crime Convention, the twin texts, "
    "resolution 5 of the Guild and the Rules & <Orders>:",
    "outer": "conventions such as the Organized Crime Convention",
    "inner": "the Organized Crime Convention",
    "twin": "the twin texts",
    "lost": "resolution 5 of the Guild",
    "doubtful": "the Rules & <Orders>",
    "point": "Requests the Office to light lamps;",
    "verb": "Requests",
    "note": "See the list.",
}
ARABIC = {
    "title": "المصابيح",
    "one": "تشير إلى الاتفاقيات مثل اتفاقية الجريمة والنصين وقرار النقابة والقواعد",
    "outer": "الاتفاقيات مثل اتفاقية الجريمة",
    "inner": "اتفاقية الجريمة",
    "twin": "والنصين",
    "lost": "وقرار النقابة",
    "doubtful": "والقواعد",
    "point": "تطلب إلى المكتب أن يضيء المصابيح",
    "verb": "تطلب",
    "note": "انظر القائمة.",
}


@pytest.fixture(scope="session")
def shipped() -> Store:
    """The graph that Pursuant ships, in memory."""
    return Store.memory({str(name): graph for name, graph in building.shipped_graphs().items()})


@pytest.fixture(scope="session")
def client(shipped: Store) -> TestClient:
    """The web application on the shipped graph; redirects are looked at, not followed."""
    return TestClient(create_app(shipped), follow_redirects=False)


@pytest.fixture(scope="session")
def composed_client(shipped: Store) -> TestClient:
    """The web application on the shipped graph and a composed resolution in two languages."""
    store = Store.memory()
    graphs = building.document_graphs(composed("en", ENGLISH))
    graphs |= building.document_graphs(composed("ar", ARABIC))
    store.replace({name: [q.triple for q in shipped.quads(name)] for name in shipped.graphs()})
    store.replace({str(name): graph for name, graph in graphs.items()})
    return TestClient(create_app(store), follow_redirects=False)
