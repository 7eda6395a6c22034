from __future__ import annotations

import pytest

from pursuant.anchoring import anchor, marked
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
        # glued to a word, a year, a number
        ("the Office1 and", "the Office and", 10),
        ("the Office1, and", "the Office, and", 10),
        ("in October 20161 , and", "in October 2016, and", 15),
        ("in October 20161, and", "in October 2016, and", 15),
        ("resolution 60/2141 , and", "resolution 60/214, and", 17),
        ("resolution 60/211 and", "resolution 60/211 and", None),
        ("decision 3/COP.141 , and", "decision 3/COP.14, and", 17),
        ("took place, respectively.1", "took place, respectively.", 25),
        ("trade and development”, 1", "trade and development”,", 23),
        ("the Office¹ and", "the Office and", 10),
        ("in October 2016¹ and", "in October 2016 and", 15),
        # what only looks like one
        ("the G1 and", "the G and", 5),
        ("COVID-1 and", "COVID-1 and", None),
        ("2, 1 and 4", "2, 1 and 4", None),
        ("article 11 and", "article 11 and", None),
        ("2 361 people", "2 361 people", None),
        # in brackets, as typewriters had them, as some collections have them
        ("المفوضية(1) وأشار", "المفوضية وأشار", 8),
        ("المفوضية(1 )، وأشار", "المفوضية()، وأشار", 9),
        ("of 24 April 1996, 1/ and", "of 24 April 1996, and", 17),
        ("the Strategy 1/ and", "the Strategy and", 12),
        ("resolution 1/ 2", "resolution 1/ 2", None),
        ("the Strategy([1]) and", "the Strategy and", 12),
        ("the Strategy [1] and", "the Strategy and", 12),
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


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("in its resolution 21/112 and", "in its resolution 21/11 and"),
        ("Goals 5 and 162 and", "Goals 5 and 16 and"),
        ("in its resolution 3/CMP.142 by which", "in its resolution 3/CMP.14 by which"),
        ("in the year 2022 and", "in the year 2022 and"),  # its marker is lost
        ("the resolutions 21/112 and 22/12 and", "the resolutions 21/112 and 22/12 and"),
    ],
)
def test_a_marker_that_only_its_place_shows(text: str, clean: str) -> None:
    found = anchored("the Office1 and", text, "the Strategy3 and", notes=3)
    assert [unit for unit, _ in found] == ["the Office and", clean, "the Strategy and"]


def test_the_space_goes_before_a_mark_behind_marks_of_direction() -> None:
    assert anchored("las Directrices1 \u200e, y")[0][0] == "las Directrices\u200e, y"


def test_two_markers_in_one_text() -> None:
    assert anchored("《甲》1 和《乙》2，", notes=2) == [("《甲》和《乙》，", ((3, 1), (7, 2)))]


def test_a_number_with_a_comma_is_no_marker_where_another_is() -> None:
    found = anchored("1,1 millones de personas con el VIH1 y otras")
    assert found == [("1,1 millones de personas con el VIH y otras", ((35, 1),))]


def test_markers_behind_dates_in_a_list() -> None:
    """Trap 10."""
    found = anchored("of 11 February 1992,1 and 3 March 19922 and", notes=2)
    assert found == [("of 11 February 1992, and 3 March 1992 and", ((20, 1), (37, 2)))]


@pytest.mark.parametrize(
    ("text", "spaced", "clean"),
    [
        ("le Bureau1 ;", ";", "le Bureau ;"),
        ("la Oficina1 ;", "", "la Oficina;"),
        ("le Bureau1 , et", ";", "le Bureau, et"),
    ],
)
def test_the_space_behind_a_marker(text: str, spaced: str, clean: str) -> None:
    unit = Unit("op1", Part.OPERATIVE, "1", 1, text)
    (found,) = anchor([unit], {1: NOTE}, spaced=spaced)
    assert found.text == clean


def test_markers_that_the_source_sets_apart() -> None:
    unit = Unit(
        "op1", Part.OPERATIVE, "1", 1, marked("the Office1 and 12 others", [(10, 7), (16, 8)])
    )
    (found,) = anchor([unit], {7: NOTE, 8: NOTE, 1: NOTE}, given=True)
    assert (found.text, found.markers) == ("the Office1 and 12 others", ((10, 7), (16, 8)))
