from __future__ import annotations

from pursuant.registry_columns import UN_REGISTRY, un_registry
from tests.series import series


def test_a_mandate_in_the_columns_of_the_registry():
    table = un_registry(series(), document="S/RES/9101 (2027)", addressee="panel-of-experts")
    assert table.columns == UN_REGISTRY
    (row,) = table
    assert row | {"text": "", "deliverable": ""} == {
        "full_document_symbol": "S/RES/9101 (2027)",
        "year": 2027,
        "body": "Security Council",
        "uniform_title": None,
        "language": "en",
        "paragraph_type": "operative",
        "paragraph_level": 1,
        "prefix": "2.",
        "text": "",
        "action_verb": "Requests",
        "action_verb_type": "request",
        "assignee": ("Panel of Experts",),
        "assignee_normalized": ("Panel of Experts",),
        "assignee_type": ("Entity",),
        "mentioned_entity": row["mentioned_entity"],
        "mentioned_entity_normalized": row["mentioned_entity"],
        "mentioned_entity_type": row["mentioned_entity_type"],
        "deliverable": "",
        "deliverable_normalized": ("cooperate", "report", "strengthen-border-management", "use"),
    }
    assert "Counter-Terrorism Committee Executive Directorate" in row["mentioned_entity"]
    assert row["text"].startswith("Requests the Panel of Experts, in cooperation")


def test_names_are_of_the_language_and_normalised_in_english():
    row = next(iter(un_registry(series(), "zh", document="S/RES/9102 (2028)")))
    assert row["language"] == "zh"
    assert row["action_verb"] == "决定"
    assert row["assignee"] == ("安全理事会",)
    assert row["assignee_normalized"] == ("Security Council",)


def test_points_are_deeper_and_have_their_own_prefix(shipped):
    levels = {row["prefix"]: row["paragraph_level"] for row in un_registry(shipped)}
    assert set(levels.values()) == {1}
