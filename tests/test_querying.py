from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from pursuant.content import by_graph
from pursuant.errors import UnknownName
from pursuant.names import names_of
from pursuant.paths import QUERIES
from pursuant.querying import cited_by, invokes, question, unit_order
from pursuant.store import Store
from tests.series import series

if TYPE_CHECKING:
    from pursuant.table import Table, Value

DATA = Path(__file__).parent / "data"
LAMPS = "https://w3id.org/unct/id/doc/charter-of-lamps"


def small() -> Store:
    return Store.memory(by_graph(ox.parse(path=DATA / "small.trig")))


@pytest.fixture(scope="module")
def store():
    return small()


def columns(table: Table, *names: str) -> list[tuple[Value, ...]]:
    return [tuple(row[name] for name in names) for row in table]


def test_instruments_come_in_the_order_of_the_text(store):
    assert columns(invokes(store, "A/RES/90/1"), "unit", "target", "via", "exact") == [
        ("pp1", "charter-of-lamps", "text", "Charter of Lamps"),
        ("pp1", "S/RES/9001 (2050)", "footnote", "resolution 9001 (2050)"),
        ("op2-a", "charter-of-lamps", "anaphora", "the Charter"),
        ("op10", "charter-of-lamps", "text", "Charter of Lamps"),
    ]


def test_a_row_tells_everything_of_a_citation(store):
    assert next(iter(invokes(store, "A/RES/90/1", "pp1"))) == {
        "unit": "pp1",
        "target": "charter-of-lamps",
        "title": "Charter of Lamps",
        "kind": "instrument",
        "function": "recall",
        "via": "text",
        "footnote": 1,
        "pinpoint": "annex",
        "exact": "Charter of Lamps",
        "status": "resolved",
    }


def test_everything_adds_groups_self_and_the_unresolved(store):
    found = invokes(store, "A/RES/90/1", "op10", everything=True)
    assert columns(found, "target", "kind", "status", "exact") == [
        (None, "instrument", "unresolved", "resolution 5 of the Guild"),
        ("lamp-instruments", "group", "resolved", "instruments on lamps"),
        ("A/RES/90/1", "self", "resolved", "the present resolution"),
        ("charter-of-lamps", "instrument", "resolved", "Charter of Lamps"),
    ]


def test_the_draft_that_a_document_recommends_is_itself(store):
    found = invokes(store, "A/RES/90/2", everything=True)
    assert columns(found, "kind", "target") == [
        ("self", "A/RES/90/2"),
        ("instrument", "charter-of-lamps"),
    ]


def test_words_and_titles_follow_the_language(store):
    row = next(iter(invokes(store, "A/RES/90/1", "pp1", language="zh")))
    assert (row["title"], row["exact"]) == ("灯火宪章", "《灯火宪章》")
    row = next(iter(invokes(store, "A/RES/90/1", "op10", language="zh")))
    assert row["exact"] == "Charter of Lamps"


@pytest.mark.parametrize(
    "document", ["A/RES/90/1", "a-res-90-1", "a/res/90/1", "Ａ／RES／90／1", "lamps FOR all"]
)
def test_a_document_is_known_in_any_spelling(store, document):
    assert len(invokes(store, document)) == 4


@pytest.mark.parametrize(
    ("unit", "count"),
    [("OP10", 1), ("10", 1), ("2", 1), ("2(a)", 1), ("op2-a", 1), ("PP1", 2), ("fn1", 2)],
)
def test_a_unit_is_known_in_any_spelling_and_holds_its_points(store, unit, count):
    assert len(invokes(store, "A/RES/90/1", unit)) == count


@pytest.mark.parametrize(
    ("document", "unit", "says"),
    [
        ("A/RES/90/11", None, "no document is called 'A/RES/90/11'; did you mean A/RES/90/1"),
        ("A/RES/90/1", "3", "A/RES/90/1 has no op3; did you mean op2"),
        ("A/RES/90/1", "x", "'x' does not name a paragraph"),
        ("S/RES/9001", None, r"the text of S/RES/9001 \(2050\) is not held, only its name"),
        ("", None, "no document is called ''"),
        ('x" } DROP', None, "no document is called"),
    ],
)
def test_unknown_names_are_said_and_near_ones_offered(store, document, unit, says):
    with pytest.raises(UnknownName, match=says):
        invokes(store, document, unit)


def test_cited_by_lists_the_oldest_first(store):
    assert cited_by(store, "Charter of Lamps").rows == (
        ("A/RES/90/2", "op1", "welcome", "text", "CoL", "2060-01-01"),
        ("A/RES/90/1", "pp1", "recall", "text", "Charter of Lamps", "2060-03-04"),
        ("A/RES/90/1", "op2-a", "request", "anaphora", "the Charter", "2060-03-04"),
        ("A/RES/90/1", "op10", "stress", "text", "Charter of Lamps", "2060-03-04"),
    )


@pytest.mark.parametrize("name", ["CoL", "灯火宪章", "《灯火宪章》", "charter-of-lamps", LAMPS])
def test_an_instrument_is_known_by_alias_title_slug_and_iri(store, name):
    assert len(cited_by(store, name)) == 4


def test_cited_by_knows_groups_and_symbols_without_year_and_leaves_out_self(store):
    assert columns(cited_by(store, "instruments on lamps"), "unit") == [("op10",)]
    assert columns(cited_by(store, "S/RES/9001"), "unit") == [("pp1",)]
    assert len(cited_by(store, "A/RES/90/1")) == 0


def test_a_name_of_several_things_is_not_guessed(store):
    with pytest.raises(UnknownName, match="more than one instrument: charter-of-candles, "):
        cited_by(store, "The Charter")


def test_names_are_read_anew_when_the_store_changes(store):
    changing = small()
    before = names_of(changing)
    assert names_of(changing) is before
    changing.replace({}, remove=["https://w3id.org/unct/id/graph/register"])
    assert LAMPS not in names_of(changing).labels


def test_labels_fall_back_to_other_languages_and_to_the_symbol(store):
    names = names_of(store)
    lanterns = LAMPS.replace("lamps", "lanterns")
    assert names.label(LAMPS, "ru") == "Charter of Lamps"
    assert names.label(lanterns, "en") == "Charte des lanternes"
    assert names.label("https://w3id.org/unct/id/doc/s-res-9001-2050", "en") == "S/RES/9001 (2050)"


@pytest.mark.parametrize("path", sorted(QUERIES.glob("*.rq")), ids=lambda path: path.stem)
def test_each_query_says_what_it_asks_and_finds_something(store, path):
    first = question(path.stem).splitlines()[0]
    assert first.startswith("# ")
    assert first.endswith(("?", "."))
    stores = (store, series())
    answers = (held.query(question(path.stem)) for held in stores)
    assert any(next(iter(answer), None) is not None for answer in answers)  # type: ignore[arg-type]


def test_units_sort_as_they_are_read():
    units = ["annex2", "op3-b", "op3-a-ix", "op3-a-v", "op3-a", "op11", "op3", "pp2", "x"]
    assert sorted(units, key=unit_order) == [
        "pp2", "op3", "op3-a", "op3-a-v", "op3-a-ix", "op3-b", "op11", "annex2", "x"
    ]  # fmt: skip
