from __future__ import annotations

import pytest

from pursuant.anchoring import anchor
from pursuant.document import Part
from pursuant.paragraphs import Unit

NOTE = "大会第60/288号决议。"


def anchored(*texts: str, notes: int = 1) -> list[tuple[str, tuple[tuple[int, int], ...]]]:
    units = [Unit(f"op{i}", Part.OPERATIVE, str(i), i, text) for i, text in enumerate(texts, 1)]
    found = anchor(units, dict.fromkeys(range(1, notes + 1), NOTE))
    return [(unit.text, unit.markers) for unit in found]


@pytest.mark.parametrize(
    ("text", "clean", "offset"),
    [
        ("重申《战略》1 的所有方面", "重申《战略》的所有方面", 6),
        ("重申《战略》1的所有方面", "重申《战略》的所有方面", 6),
        ("重申战略1的所有方面", "重申战略1的所有方面", None),
        ("重申《战略》1，", "重申《战略》，", 6),
        ("最近的决议，1", "最近的决议，", 6),
        ("最近的决议1，", "最近的决议，", 5),
        ("《战略》（《计划》）1", "《战略》（《计划》）", 10),
        ("the Strategy,1 and all", "the Strategy, and all", 13),
        ("第 1 号决议", "第 1 号决议", None),
        ("2019年1月", "2019年1月", None),
        ("第72/1号", "第72/1号", None),
        ("共11个", "共11个", None),
        ("没有标记", "没有标记", None),
    ],
)
def test_one_marker(text: str, clean: str, offset: int | None) -> None:
    assert anchored(text) == [(clean, () if offset is None else ((offset, 1),))]


def test_notes_are_numbered_in_the_order_of_their_markers() -> None:
    found = anchored("《甲》2 和《乙》1", "《丙》2 和《丁》3", notes=3)
    # The second note cannot hang before the first.
    assert [markers for _, markers in found] == [((9, 1),), ((3, 2), (7, 3))]


def test_a_marker_behind_a_mark_is_preferred_to_a_bare_number() -> None:
    found = anchored("邀请1 个会员国执行《战略》1", notes=1)
    assert found == [("邀请1 个会员国执行《战略》", ((14, 1),))]


def test_a_repeated_marker_hangs_behind_a_title() -> None:
    found = anchored("《战略》1 的支柱", "执行《战略》1 的要素", "增加1，以便合作")
    assert [markers for _, markers in found] == [((4, 1),), ((6, 1),), ()]


def test_a_note_without_marker_hangs_nowhere() -> None:
    assert anchored("《甲》1 和《乙》3", notes=3) == [("《甲》和《乙》", ((3, 1), (7, 3)))]


def test_two_markers_in_one_text() -> None:
    assert anchored("《甲》1 和《乙》2，", notes=2) == [("《甲》和《乙》，", ((3, 1), (7, 2)))]
