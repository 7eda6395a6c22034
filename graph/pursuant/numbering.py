"""Whose resolution a number is: by its shape, by who is named or speaks, and by its date.

The Assembly and the Human Rights Council count by session (72/194, 37/42), the Economic and Social
Council by year (2019/21), the Security Council on and on (2178 (2014)): Editorial Manual of the UN.
Series, sessions and years are in data/numbering.toml.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from pursuant.numerals import to_int
from pursuant.paths import DATA

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_RUNNING = re.compile(r"(?P<number>\d+)\s?\(\s?(?P<year>(?:19|20)\d\d)\s?\)")
_BY_YEAR = re.compile(r"(?P<year>(?:19|20)\d\d)/")
_DIGITS = re.compile(r"\d{1,9}")
_BY_SESSION = re.compile(r"(?P<session>\d{1,3})/")
_COUNTED = re.compile(r"(?P<series>.*/|)(?P<number>\d+)(?P<year>\s?\(\d{4}\))?")
_SPECIAL = re.compile(r"S-(?P<session>\d{1,2})/")
_OLD = re.compile(
    r"(?P<number>\d{1,4})\s?(?:[A-Z]\s?)?\(\s?(?P<mark>E?S-|ORG-)?(?P<session>[IVXLC]+|\d\d)\s?\)"
)
# The Assembly's resolutions number more than 60 a session from its fourth, the Economic and
# Social Council's fewer than 45: 377 (V), 2625 (XXV); 663 (XXIV), 1503 (XLVIII).
_PER_SESSION = 55
_LAST_OLD_ASSEMBLY = 30
_PER_YEAR = 100  # the Security Council never adopted as many resolutions in a year

Date = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What tells whose number it is.

    Attributes:
        named: the bodies that the words beside it may mean; empty where none is named.
        its: whether a pronoun stands in the body's place.
        speaker: the body that speaks in the text.
        carried: the bodies named beside the numbers before it.
        date: year and month of adoption, if they are given beside it.
        dated: whether the date is the number's own, not that of a neighbour.
        kind: "resolution", "decision" or "statement".
        year: of the text; it cites nothing later.
        known: what the same number is elsewhere in the text, where a body or date stands beside it.
    """

    named: tuple[str, ...] = ()
    its: bool = False
    speaker: str | None = None
    carried: tuple[str, ...] = ()
    date: Date | None = None
    dated: bool = False
    kind: str = "resolution"
    year: int | None = None
    known: frozenset[str] = frozenset()


def symbols(number: str, evidence: Evidence) -> tuple[str, ...]:
    """The symbols that a number may stand for; one where the evidence tells, none without any.

    Args:
        number: without its series.
        evidence: what is said beside it.

    >>> symbols("2178 (2014)", Evidence()), symbols("37/42", Evidence(named=("hrc",)))
    (('S/RES/2178 (2014)',), ('A/HRC/RES/37/42',))
    >>> symbols("47/9", Evidence(speaker="ga", date=(2021, 7))), symbols("72/194", Evidence())
    (('A/HRC/RES/47/9',), ('A/RES/72/194',))
    >>> symbols("3/4", Evidence(speaker="ga", date=(2018, 1)))
    ()
    >>> symbols("37/42", Evidence(speaker="sc"))
    ('A/HRC/RES/37/42', 'A/RES/37/42')
    """
    if found := _RUNNING.fullmatch(number):
        if evidence.named and "sc" not in evidence.named and "ga" not in evidence.named:
            return ()
        year = security_council_year(int(found["number"])) or found["year"]
        return (f"S/RES/{found['number']} ({year})",)
    if number.isdigit():
        return _bare(number, evidence)
    possible, sure = _bodies(number, evidence)
    series = (_series(body, evidence.kind) for body in possible)
    found_in = {f"{prefix}/{number}" for prefix in series if prefix}
    if not sure and len(both := found_in & evidence.known) == 1:
        return tuple(both)
    if not sure and evidence.speaker in possible and not evidence.named:
        return tuple(f"{s}/{number}" for s in [_series(evidence.speaker, evidence.kind)] if s)
    return tuple(sorted(found_in))


def _bare(number: str, evidence: Evidence) -> tuple[str, ...]:
    """Resolution 1540: only the Security Council's is known by its number alone."""
    bodies = evidence.named or (evidence.speaker,)
    year = security_council_year(int(number), evidence.year)
    if "sc" in bodies and year:
        return (f"S/RES/{number} ({year})",)
    return tuple(evidence.known) if len(evidence.known) == 1 and not evidence.named else ()


def in_order(number: str, date: Date | None) -> str:
    """A number whose halves may have been turned round in a text from right to left.

    Only a date of adoption that fits the one order and not the other tells.

    >>> in_order("306/74", (2020, 9)), in_order("74/306", (2020, 9)), in_order("306/74", None)
    ('74/306', '74/306', '306/74')
    """
    turned = re.sub(r"^(\d+)/(\d+)", r"\2/\1", number)
    return turned if _fits(turned, date) and not _fits(number, date) else number


def _fits(number: str, date: Date | None) -> bool:
    """Whether a body that counts by session had the session at that time."""
    if date is None or not _BY_SESSION.match(number):
        return False
    bodies = [b for b in ("ga", "hrc") if _may_cite(b, number, "resolution", date[0])]
    return bool(_dated(number, bodies, date))


def security_council_year(number: int, of: int | None = None) -> int | None:
    """The year of a resolution of the Security Council; None before the first and after the known.

    Args:
        number: of the resolution.
        of: the year of the text that cites it. In the year that follows the last known one, a
            number after the last known can be of no other year.

    >>> security_council_year(2178), security_council_year(1), security_council_year(9999)
    (2014, 1946, None)
    >>> last = _council_years()[1][-1]
    >>> security_council_year(last + 3, 2026), security_council_year(last + 3, 2027)
    (2026, None)
    """
    years, last = _council_years()
    place = bisect_left(last, number)
    if number > 0 and place < len(last):
        return years[place]
    following = years[-1] + 1
    return following if of == following and number <= last[-1] + _PER_YEAR else None


def between(first: str, last: str) -> Iterator[str]:
    """The numbers that a range leaves out; none where its ends do not count the same thing.

    >>> list(between("72/1", "72/4")), list(between("2178 (2014)", "2180 (2014)"))
    (['72/2', '72/3'], ['2179 (2014)'])
    >>> list(between("72/9", "73/3")), list(between("72/9", "72/3"))
    ([], [])
    """
    a, b = _COUNTED.fullmatch(first), _COUNTED.fullmatch(last)
    if a and b and a["series"] == b["series"] and bool(a["year"]) == bool(b["year"]):
        for number in range(int(a["number"]) + 1, min(int(b["number"]), int(a["number"]) + 1000)):
            year = security_council_year(number) if a["year"] else None
            yield f"{a['series']}{number}{f' ({year})' if year else ''}"


def year_of(symbol: str, adopted: str | None = None) -> int | None:
    """The year up to which a text may cite: that of its adoption, or of the end of its session.

    >>> year_of("A/RES/74/175"), year_of("E/RES/2019/21"), year_of("S/RES/2178 (2014)")
    (2020, 2019, 2014)
    >>> year_of("A/HRC/RES/37/42"), year_of("A/RES/3034(XXVII)"), year_of("A/74/1") is None
    (2018, 1973, True)
    """
    if adopted:
        return int(adopted[:4])
    if found := re.search(r"/RES/(?:(?:19|20)\d\d(?=/)|.*\(((?:19|20)\d\d)\))", symbol):
        return int(found[1] or symbol[found.start() + 5 :][:4])
    if found := re.fullmatch(r"A/(?:HRC/)?RES/(?:(\d+)/.*|.*\(([IVXLC]+)\))", symbol):
        session = to_int(found[1] or found[2]) or 0
        body = "hrc" if "HRC" in symbol else "ga"
        return (_began(body, session, special=False) or 0) + (body == "ga")
    return None


def may_be_of(symbol: str, day: str) -> bool:
    """Whether a resolution of this symbol may have been adopted on a day (ISO 8601).

    >>> may_be_of("A/RES/76/43", "2020-12-06"), may_be_of("A/RES/76/43", "2021-12-06")
    (False, True)
    >>> may_be_of("S/RES/2573 (2021)", "2020-04-27"), may_be_of("E/RES/2021/4", "2021-06-08")
    (False, True)
    >>> may_be_of("A/RES/S-30/1", "2020-04-27"), may_be_of("A/HRC/RES/47/9", "2020-07-12")
    (True, False)
    """
    year, month = int(day[:4]), int(day[5:7])
    if found := re.search(r"/RES/(?:((?:19|20)\d\d)/|.*\(((?:19|20)\d\d)\))", symbol):
        return int(found[1] or found[2]) == year
    if found := re.fullmatch(r"A/(HRC/)?RES/(\d+)/.*", symbol):
        body = "hrc" if found[1] else "ga"
        return _in_session(body, int(found[2]), (year, month), special=False)
    return True


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads((DATA / "numbering.toml").read_text("utf-8"))


@cache
def _council_years() -> tuple[list[int], list[int]]:
    last = _data()["security_council"]["last"]
    return [int(year) for year in last], list(last.values())


def _series(body: str, kind: str) -> str | None:
    found: str | None = _data()["body"].get(body, {}).get(kind)
    return found


def _bodies(number: str, evidence: Evidence) -> tuple[tuple[str, ...], bool]:
    """Whose number it may be, and whether more than the speaker tells it."""
    shaped = _of_shape(number, evidence)
    possible = [b for b in shaped if _may_cite(b, number, evidence.kind, evidence.year)]
    if evidence.named:
        return tuple(body for body in possible if body in evidence.named), True
    dated = _dated(number, possible, evidence.date)
    own = {evidence.speaker} & set(possible) if evidence.its else set()
    certain = own or possible == [evidence.speaker]  # a wrong date is likelier than another body
    if not dated and not certain and evidence.dated and _contradicts(number, possible):
        return (), True
    for clue in (dated, own, evidence.carried):
        if both := [body for body in possible if body in clue]:
            return tuple(both), len(both) == 1
    if len(possible) == 1 and possible[0] not in (evidence.speaker, "ga", "ecosoc"):
        return (), True  # nobody but the two main bodies is left unnamed in the texts of others
    return tuple(possible), len(possible) == 1


def _contradicts(number: str, possible: Iterable[str]) -> bool:
    """Whether a date beside a number that is none of the known sessions' rules all bodies out."""
    found = _BY_SESSION.match(number)
    if found is None or _BY_YEAR.match(number):
        return False
    session = int(found["session"])
    return all(_began(body, session, special=False) is not None for body in possible)


def _of_shape(number: str, evidence: Evidence) -> tuple[str, ...]:
    """The bodies that number in this way; commissions only where they are named."""
    beside = (*evidence.named, *evidence.carried)
    if _BY_YEAR.match(number):
        return ("sc",) if evidence.kind == "statement" else ("ecosoc", "chr")
    if evidence.kind == "statement":
        return ("hrc",)
    if _BY_SESSION.match(number):
        named = (b for b in beside if _data()["body"].get(b, {}).get("counts") == "session")
        return tuple(dict.fromkeys(("ga", "hrc", *named)))
    if number.startswith("ES-"):
        return ("ga",)
    if _SPECIAL.match(number):
        return ("ga", "hrc")
    return _old(number) if _OLD.fullmatch(number) else ()


def _old(number: str) -> tuple[str, ...]:
    """The bodies of "2625 (XXV)" and "1733 (LIV)": by session, and by how many it had adopted."""
    found = _OLD.fullmatch(number)
    assert found
    session = to_int(found["session"]) or 0
    if found["mark"] == "ES-":
        return ("ga",)
    if found["mark"] == "ORG-" or (not found["mark"] and session > _LAST_OLD_ASSEMBLY):
        return ("ecosoc",)
    if found["mark"] or session < 4:
        return ("ga", "ecosoc")
    return ("ga",) if int(found["number"]) > _PER_SESSION * session else ("ecosoc",)


def _may_cite(body: str, number: str, kind: str, year: int | None) -> bool:
    """Whether a text of a year may cite this number: nothing later, nothing that cannot be."""
    facts = _data()["body"].get(body, {})
    if by_year := _BY_YEAR.match(number):
        cited = int(by_year["year"])
        first, last = facts.get("first", 0), facts.get("last", 9999)
        return bool(first <= cited <= min(last, year or last))
    special = _SPECIAL.match(number)
    if not (found := special or _BY_SESSION.match(number)):
        return True
    if not special and int(found["session"]) < facts.get("first_session", 1):
        return False
    low, high = facts.get("numbers", {}).get(kind, (0, 9999))
    digits = _DIGITS.match(number, found.end())  # a part's letter may be glued to them
    if not digits or not low <= int(digits[0]) <= high:
        return False
    began = _began(body, int(found["session"]), special=bool(special))
    return year is None or began is None or began <= year


def _began(body: str, session: int, *, special: bool) -> int | None:
    """The year in which a session began; None where that is not known."""
    if special:
        years: Mapping[str, int] = _data()["special"].get(body, {})
        return (
            years.get(str(session)) if session <= len(years) else max(years.values(), default=9999)
        )
    if body == "hrc":  # three sessions a year, the first three in 2006
        return 2006 + (session - 1) // 3
    before_first: int | None = _data()["body"].get(body, {}).get("before_first")
    return before_first and before_first + session


def _dated(number: str, possible: list[str], date: Date | None) -> tuple[str, ...]:
    """The bodies that had this session at this time; the Assembly's begin in September."""
    if date is None:
        return ()
    if by_year := _BY_YEAR.match(number):
        return tuple(b for b in possible if int(by_year["year"]) == date[0] and _meets(b, date[1]))
    special = _SPECIAL.match(number)
    if not (found := special or _BY_SESSION.match(number)):
        return ()
    session = int(found["session"])
    return tuple(b for b in possible if _in_session(b, session, date, special=bool(special)))


def _meets(body: str, month: int) -> bool:
    return month in _data()["body"][body].get("months", range(1, 13))


def _in_session(body: str, session: int, date: Date, *, special: bool) -> bool:
    began = _began(body, session, special=special)
    if began is None:
        return False
    if body == "ga" and not special:
        return (began, 9) <= date <= (began + 1, 9)
    return began == date[0]
