"""Citations in English: lists, dates, bodies and parts, in sentences composed here."""

from __future__ import annotations

import pytest

from pursuant.citing import find
from pursuant.framing import Frame
from pursuant.languages import languages
from pursuant.register import register
from pursuant.resolving import Resolver

ENGLISH = languages()["en"]
SYMBOLS = {"ga": "A/RES/76/200", "sc": "S/RES/2500 (2019)", "ecosoc": "E/RES/2021/20"}
SYMBOLS["hrc"] = "A/HRC/RES/48/10"
RULES = ("number", "symbol", "treaty-series", "ibid")


def targets(text: str, speaker: str = "ga") -> list[str | None]:
    """What is cited by number, in the order of the text."""
    frame = Frame(symbol=SYMBOLS[speaker], speaker=speaker, adopted_by=speaker)
    found = [item for item in find(text, ENGLISH) if item.rule in RULES]
    return [item.target for item in Resolver(ENGLISH, register(), frame).resolve(found)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # One body for a list; a list of two bodies; the body behind.
        (
            "Assembly resolutions 72/194 and 73/211 and Security Council resolution 1373 (2001)",
            "A/RES/72/194 A/RES/73/211 S/RES/1373(2001)",
        ),
        (
            "resolutions 5/1 of 18 June 2007 and 16/21 of the Human Rights Council and 60/251",
            "A/HRC/RES/5/1 A/HRC/RES/16/21 A/RES/60/251",
        ),
        (
            "Human Rights Council resolutions 5/1 and 5/2, and ECOSOC resolution 1996/31",
            "A/HRC/RES/5/1 A/HRC/RES/5/2 E/RES/1996/31",
        ),
        ("resolutions of the Human Rights Council, in particular 31/32", "A/HRC/RES/31/32"),
        # Trap 9: dates inside a list, with and without the year.
        (
            "resolutions 186 (1964) of 4 March, 187 (1964) of 13 March and 192 (1964) of 20 June",
            "S/RES/186(1964) S/RES/187(1964) S/RES/192(1964)",
        ),
        (
            "its resolutions 46/182 of 19 December 1991, 57/152 and 57/153 of 16 December 2002",
            "A/RES/46/182 A/RES/57/152 A/RES/57/153",
        ),
        ("its resolution 72/194, of 19 December 2017, and 72/195", "A/RES/72/194 A/RES/72/195"),
        # What a resolution is about does not end its list.
        (
            "its resolutions 64/289 of 2 July 2010 on coherence and 63/311 of 14 September 2009",
            "A/RES/64/289 A/RES/63/311",
        ),
        (
            "its resolution 72/284, entitled “Review of resolution 60/288”, and 70/291",
            "A/RES/72/284 A/RES/60/288 A/RES/70/291",
        ),
        # A date tells the body, and against all known sessions that it is none of them.
        ("resolution 31/32 of 24 March 2016", "A/HRC/RES/31/32"),
        ("resolution 31/32 of 30 November 1976", "A/RES/31/32"),
        ("resolutions 1/3 of 27 June 2014 and 2/14 of 27 May 2016", "- -"),
        # Parts, old sessions, decisions, statements, bare numbers.
        (
            "its resolutions 53/243 A and B and 3419 A to C (XXX)",
            "A/RES/53/243A A/RES/53/243B " + "A/RES/3419(XXX) " * 3,
        ),
        ("resolution 1004 (ES-II) and resolution ES-10/22", "A/RES/1004(ES-II) A/RES/ES-10/22"),
        ("resolution 2625 (XXV) and resolution 663 (XXIV)", "A/RES/2625(XXV) E/RES/663(XXIV)"),
        ("its decision 74/543 and ECOSOC decision 2018/230", "A/DEC/74/543 E/DEC/2018/230"),
        ("Security Council resolutions 1325 and 2250", "S/RES/1325(2000) S/RES/2250(2015)"),
        ("Commission on Human Rights resolution 2005/80", "E/CN.4/RES/2005/80"),
        # No body that is not known is the Assembly, nor is its own what it says of another.
        ("World Health Assembly resolution 72/6", "-"),
        ("Conference of the Parties to the Lakeside Convention resolution 40/6", "-"),
        ("resolution 40/2 of the Lakeside Ministerial Group", "-"),
        ("the Council, in its resolution 2019/21", "E/RES/2019/21"),
        ("the decision of the General Assembly in its resolution 73/327", "A/RES/73/327"),
        # Trap 13: volumes with a year, and other things that look like numbers.
        ("United Nations, Treaty Series, vol. 75 (1950), No. 972", "geneva-convention-iii"),
        ("Convention No. 182 (1999), article 5 (2001) and 24/7 work on 2/3 of it", ""),
        (
            "the report (A/72/840 and Corr.1 and Add.1–3)",
            "A/72/840 A/72/840/Corr.1 A/72/840/Add.1 A/72/840/Add.2 A/72/840/Add.3",
        ),
        ("A/76/71-E/2021/13, S/PRST/2015/25*", "A/76/71 E/2021/13 S/PRST/2015/25"),
        (
            "A/CONF.157/24 (Part I), FCCC/CP/2015/10/Add.1 and UNEP/EA.4/Res.1",
            "A/CONF.157/24(PARTI) FCCC/CP/2015/10/Add.1 UNEP/EA.4/RES.1",
        ),
    ],
)
def test_targets(text: str, expected: str) -> None:
    found = [(target or "-").replace(" ", "") for target in targets(text)]
    assert found == expected.split()


@pytest.mark.parametrize(
    ("text", "speaker", "expected"),
    [
        ("its resolution 48/8", "hrc", "A/HRC/RES/48/8"),
        ("General Assembly resolution 48/134", "hrc", "A/RES/48/134"),
        ("resolution 72/194", "hrc", "A/RES/72/194"),
        ("Council resolution 2020/5", "ecosoc", "E/RES/2020/5"),
        ("Council resolution 48/8", "hrc", "A/HRC/RES/48/8"),
        ("resolution 1540", "sc", "S/RES/1540 (2004)"),
        ("its call in 2462 (2019)", "sc", "S/RES/2462 (2019)"),
        ("resolution 31/8", "sc", None),
        ("resolution 46/182 of the GA", "sc", "A/RES/46/182"),
    ],
)
def test_who_speaks(text: str, speaker: str, expected: str | None) -> None:
    assert targets(text, speaker) == [expected]


@pytest.mark.parametrize(
    ("text", "pinpoints"),
    [
        ("paragraph 6 (a) of resolution 2178 (2014)", ["paragraph 6(a)"]),
        (
            "paragraphs 4, 5 and 8 to 10 of its resolution 72/1",
            ["paragraph 4", "paragraph 5", "paragraph 8", "paragraph 9", "paragraph 10"],
        ),
        (
            "resolution 46/182, annex, paras. 9–11",
            ["annex paragraph 9", "annex paragraph 10", "annex paragraph 11"],
        ),
        ("section II of General Assembly resolution 60/180", ["section II"]),
        ("the annex to its resolution 46/182", ["annex"]),
        ("A/66/53, chap. III, sect. II", ["chapter III section II"]),
        ("resolution 72/1, and paragraph 5", [None]),
    ],
)
def test_pinpoints(text: str, pinpoints: list[str | None]) -> None:
    assert [item.pinpoint for item in find(text, ENGLISH) if item.rule in RULES] == pinpoints
