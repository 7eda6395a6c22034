from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pursuant.errors import UnknownName
from pursuant.symbol import canonical, slug, unit_id


@pytest.mark.parametrize(
    ("typed", "symbol", "name"),
    [
        ("a/res/72/194", "A/RES/72/194", "a-res-72-194"),
        ("S/RES/2178(2014)", "S/RES/2178 (2014)", "s-res-2178-2014"),
        ("S/RES/2178 （2014）", "S/RES/2178 (2014)", "s-res-2178-2014"),
        ("A/RES/53/243  a", "A/RES/53/243 A", "a-res-53-243-a"),
        ("A/RES/217 A (III)", "A/RES/217 A(III)", "a-res-217-a-iii"),
        ("A / RES / S-30/1", "A/RES/S-30/1", "a-res-s-30-1"),
        ("a/c.3/74/l.5/rev.1", "A/C.3/74/L.5/Rev.1", "a-c.3-74-l.5-rev.1"),
        ("A/72/840/ADD.1", "A/72/840/Add.1", "a-72-840-add.1"),
    ],
)
def test_symbols(typed: str, symbol: str, name: str) -> None:
    assert canonical(typed) == symbol
    assert slug(symbol) == name


@given(st.from_regex(r"[ASE]/RES/\d{1,4}( ?\((19|20)\d\d\))?( [A-Z])?", fullmatch=True))
def test_one_spelling(symbol: str) -> None:
    assert canonical(canonical(symbol)) == canonical(symbol)
    assert slug(canonical(symbol)) == slug(canonical(symbol.lower()))


@pytest.mark.parametrize(
    ("typed", "unit"),
    [
        ("OP24", "op24"),
        ("24.", "op24"),
        ("3 (a) (ii)", "op3-a-ii"),
        ("op3-a", "op3-a"),
        ("fn8", "fn8"),
    ],
)
def test_units(typed: str, unit: str) -> None:
    assert unit_id(typed) == unit


@pytest.mark.parametrize("typed", ["", "op", "section 3", "a3", "op3-1"])
def test_what_names_no_unit(typed: str) -> None:
    with pytest.raises(UnknownName, match="does not name a paragraph"):
        unit_id(typed)
