"""What is known of each language, read from data/languages/*.toml.

Patterns there may use {date}, {body} and {numeral}; they are matched against folded text
(`pursuant.folding.fold`): half-width digits, brackets, slashes, Latin letters and spaces.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from pursuant.citation_words import CitationWords, citation_words
from pursuant.cues import Cued, Table, Tables
from pursuant.errors import BadData
from pursuant.paths import DATA
from pursuant.register import Spelling
from pursuant.verbs import Verbs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path


@dataclass(frozen=True)
class Rule(Cued):
    """A pattern and what it stands for; `before` and `after` look at the text around a mention."""

    id: str = ""
    where: str = "in"


_FEW = 3


@dataclass(frozen=True, slots=True)
class Bodies:
    """The names of bodies, and the names that mean one of several by context."""

    names: Mapping[str, str]
    contextual: Mapping[str, tuple[str, ...]]

    def may_mean(
        self,
        name: str | None,
        speaker: str | None,
        adopted_by: str | None,
        before: Sequence[str] = (),
    ) -> tuple[str, ...]:
        """Slugs of the bodies that a name may stand for in a document; none for an unknown name.

        "The Council" is the one that was named last, else the one that speaks or adopts, else any
        of a few. "The Commission" is none of many if none was named.
        """
        if body := self.names.get(name or ""):
            return (body,)
        allowed = self.contextual.get(name or "", ())
        named = [self.names.get(earlier) for earlier in before]
        own = [body for body in (*named, speaker, adopted_by) if body in allowed]
        meant = tuple(body for body in own[:1] if body)
        return meant or (allowed if len(allowed) <= _FEW else ())


_NOTHING = "\U0010ffff(?!)"  # tells at once that it matches nothing
FOLDER = DATA / "languages"


@dataclass(frozen=True, slots=True)
class Aliases:
    """How a text defines and shortens the names of instruments; see [alias] in a language's file.

    Attributes:
        defined: behind a title, the words in brackets that the text will go on with.
        further: what shows, behind a registered short title, that it is the beginning of another.
        heads: nouns, of which a title has one.
        inner: what stands before a head that is not the title's own: "Parties to the Convention".
        joint: what stands between two words with capitals of one title.
        longer: a head and words that go on with it: a whole title, whose end is not known.
        prior: what shows, before a registered short title, that it is the end of another.
        qualified: a short title between its marks, with the words before it that tell which one.
        short: "the Convention": the head of a longer name.
        titled: words between title marks that are a title, if not a known one; others are quoted.
        within: a title that invokes the instruments named in it, where it is not known as a whole.
    """

    defined: re.Pattern[str]
    further: re.Pattern[str]
    heads: Cued
    inner: re.Pattern[str]
    joint: re.Pattern[str]
    longer: Cued
    prior: re.Pattern[str]
    qualified: re.Pattern[str]
    short: Cued
    titled: re.Pattern[str]
    within: re.Pattern[str]


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """One language's names, verbs and patterns; there is one value for each language."""

    code: str
    months: Mapping[str, int]
    final: re.Pattern[str]
    sentence_end: re.Pattern[str]
    act_end: re.Pattern[str]
    spaced: str
    suspended: re.Pattern[str]
    kept_number: re.Pattern[str] | None
    date: re.Pattern[str]
    titles: tuple[str, str]
    bodies: Bodies
    frame: Mapping[str, re.Pattern[str]]
    citation: CitationWords
    aliases: Aliases
    treaty: Mapping[str, Cued]
    present: Cued
    pinpoints: Table[Rule]
    quoted: Cued
    spelling: Spelling
    head: str
    anaphora: Table[Rule]
    founded: Table[Rule]
    strangers: Table[Rule]
    defining: Table[Rule]
    presumed: Mapping[str, Mapping[str, str]]
    groups: Table[Rule]
    opening: Verbs
    functions: Table[Rule]
    qualifier: re.Pattern[str]
    conjunction: re.Pattern[str]
    relative: re.Pattern[str]
    beyond: re.Pattern[str]
    pronoun: re.Pattern[str]
    scope: re.Pattern[str]
    addressees: Table[Rule]
    unregistered: re.Pattern[str]
    obliged: Cued
    partners: Table[Rule]
    through: re.Pattern[str]
    beneficiaries: Table[Rule]
    conditions: Table[Rule]
    modalities: Table[Rule]
    actions: Table[Rule]
    times: Mapping[str, Rule]
    ordinals: Mapping[str, int]
    numbers: Mapping[str, int]
    units: Mapping[str, str]
    recurrences: Table[Rule]
    changes: Table[Rule]
    asking: Tables[Rule]
    changed_name: re.Pattern[str]

    def headed(self, head: str) -> re.Pattern[str]:
        """Finds the names that have a word for their head."""
        return _headed(self.head, head)

    def day(self, found: re.Match[str]) -> str | None:
        """The ISO date of a match with the groups day, month and year; None where there is none."""
        try:
            month = self.months[found["month"]]
            return date(int(found["year"]), month, int(found["day"])).isoformat()
        except (KeyError, ValueError):  # 31 February, or a thirteenth month
            return None


@lru_cache(maxsize=1024)
def _headed(pattern: str, head: str) -> re.Pattern[str]:
    return re.compile(pattern.replace("{head}", re.escape(head)))


# Fields of a Language, the table that each is read from, and what names a rule there.
_RULES = (
    ("pinpoints", "pinpoint", "part"),
    ("anaphora", "anaphora", "head"),
    ("founded", "founded", "head"),
    ("strangers", "stranger", "head"),
    ("defining", "defining", "head"),
    ("groups", "group", "id"),
    ("functions", "function", "id"),
    ("addressees", "addressee", "id"),
    ("partners", "partner", "mode"),
    ("beneficiaries", "beneficiary", "id"),
    ("conditions", "condition", "id"),
    ("modalities", "modality", "id"),
    ("actions", "action", "id"),
    ("recurrences", "recurrence", "id"),
    ("changes", "change", "id"),
)
# Those of them that are searched for in whatever asks somebody for something; so are the times.
_ASKING = (
    *("partners", "beneficiaries", "conditions", "modalities", "actions", "changes"),
    "recurrences",
)
_ADDRESSEES = ("qualifier", "conjunction", "relative", "beyond", "pronoun", "scope")
_TIMES = ("session", "until", "within", "every", "period", "expires")
_FRAME = ("wrapper", "speaker", "adopted", "meeting", "adoption", "annex")


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))


def _spaced(months: Mapping[str, int]) -> dict[str, int]:
    """Months by name, those of two names also with spaces at the slash between them."""
    slashes = ("/", " /", "/ ", " / ")
    return {name.replace("/", slash): n for name, n in months.items() for slash in slashes}


class _Reader:
    """Turns one TOML table into a Language; names the entry where a pattern is wrong."""

    def __init__(self, data: Mapping[str, Any], source: str) -> None:
        self.data, self.source = data, source
        names = [name for body in data["body"] for name in body["names"]]
        # A month is written in digits too.
        self.months = {f"{n:0{w}}": n for n in range(1, 13) for w in (1, 2)} | _spaced(
            data.get("months", {})
        )
        # Inside a longer pattern a date is not looked into: its groups would collide.
        self.shared = {
            "date": re.sub(r"\(\?P<\w+>", "(?:", data["date"]),
            "body": f"(?:{_alternatives(names)})",
            "numeral": data["numeral"],
            "month": f"(?:{_alternatives(_spaced(data.get('months', {})))})",
            **self.amounts(),
            "actors": f"(?:{'|'.join(data['addressees']['actors'])})",
        }

    def amounts(self) -> dict[str, str]:
        """Patterns of ordinals, numbers and units of time; numerals where words are not listed."""
        times = self.data["times"]
        ordinal, number = (_alternatives(times[name]) for name in ("ordinals", "numbers"))
        digits = f"\\d{{2,4}}(?:{times['nth']})?"
        joint = "(?:[-\\s]|\\s\\w{1,2}\\s|\\sو)"
        return {
            "ordinal": f"(?:{digits}|(?:{ordinal})(?:{joint}(?:{ordinal})){{0,3}})",
            "number": f"(?:\\d{{1,3}}|{number or self.data['numeral']})",
            "unit": f"(?:{_alternatives(times['units'])})",
        }

    def compile(self, pattern: str, where: str, *, date: str | None = None) -> re.Pattern[str]:
        for name, value in self.shared.items():
            pattern = pattern.replace(f"{{{name}}}", date if date and name == "date" else value)
        try:
            return re.compile(pattern)
        except re.error as error:
            raise BadData(f"{self.source}: {where}: {pattern!r} is no pattern: {error}") from error

    def rules(self, table: str, name: str = "id") -> Table[Rule]:
        found = []
        for entry in self.data.get(table, ()):
            where = next((w for w in ("before", "after", "pattern") if w in entry), "pattern")
            pattern = self.compile(entry[where], f"[[{table}]]")
            found.append(Rule(pattern, entry.get(name, ""), where))
        return Table(found)

    def patterns(self, table: str, *names: str) -> dict[str, re.Pattern[str]]:
        section = self.data[table]
        date = self.data["date"] if table in ("frame", "times") else None
        return {n: self.compile(section[n], f"{table}.{n}", date=date) for n in names}

    def opening(self) -> Verbs:
        try:
            return Verbs(self.data)
        except re.error as error:
            where = f"{self.source}: [verbs]: {error.pattern!r}"
            raise BadData(f"{where} is no pattern: {error}") from error

    def spelling(self) -> Spelling:
        names = self.data["names"]
        contractions = tuple(names.get("contractions", {}).items())
        prefixes = frozenset(names.get("prefixes", ()))
        return Spelling(tuple(names["guards"]), prefixes, contractions)

    def bodies(self) -> Bodies:
        entries = self.data["body"]
        names = {name: e["id"] for e in entries if "id" in e for name in e["names"]}
        context = {n: tuple(e["one_of"]) for e in entries if "one_of" in e for n in e["names"]}
        return Bodies(names, context)

    def citation(self) -> CitationWords:
        names = [name for body in self.data["body"] for name in body["names"]]
        quoted = self.compile(self.data["names"]["quoted"], "names.quoted").pattern
        return citation_words(self.data["citation"], names, quoted, self.months, self.compile)

    def aliases(self) -> Aliases:
        section = dict.fromkeys(
            (
                "defined",
                "further",
                "heads",
                "inner",
                "joint",
                "longer",
                "prior",
                "qualified",
                "short",
                "titled",
                "within",
            ),
            _NOTHING,
        )
        section |= {k: v for k, v in self.data.get("alias", {}).items() if k in section}
        heads = section["heads"]
        patterns = {n: v.replace("{heads}", heads) for n, v in section.items()}
        found: dict[str, Any] = {n: self.compile(v, f"alias.{n}") for n, v in patterns.items()}
        return Aliases(**found | {name: Cued(found[name]) for name in ("heads", "longer", "short")})

    def parts(self) -> dict[str, Any]:
        rules = {field: self.rules(table, name) for field, table, name in _RULES}
        return {**self.patterns("addressees", *_ADDRESSEES), **rules}

    def language(self) -> Language:
        data, names = self.data, self.data["names"]
        treaty = self.patterns("treaty", "series", "place", "ibid")
        parts = self.parts()
        times = {name: Rule(p, name) for name, p in self.patterns("times", *_TIMES).items()}
        asking = {name: parts[name] for name in _ASKING}
        kept = data.get("kept_number")
        return Language(
            code=data["code"],
            months=self.months,
            final=self.compile(f"{data['final']}$", "final"),
            sentence_end=self.compile(f"{data['sentence_end']}$", "sentence_end"),
            act_end=self.compile(f"{data['act_end']}$", "act_end"),
            spaced=data["spaced"],
            suspended=self.compile(data["suspended"], "suspended"),
            kept_number=self.compile(kept, "kept_number") if kept else None,
            date=self.compile(data["date"], "date", date=data["date"]),
            titles=(data["title_open"], data["title_close"]),
            bodies=self.bodies(),
            frame=self.patterns("frame", *_FRAME),
            citation=self.citation(),
            aliases=self.aliases(),
            treaty={name: Cued(pattern) for name, pattern in treaty.items()},
            present=Cued(self.patterns("frame", "self")["self"]),
            quoted=Cued(self.compile(names["quoted"], "names.quoted")),
            spelling=self.spelling(),
            head=names["head"],
            presumed={by: heads for by, heads in data["presumed"].items() if by != "example"},
            opening=self.opening(),
            **parts,
            asking=Tables(asking | {name: Table([rule]) for name, rule in times.items()}),
            through=self.compile(data["through"]["before"], "through.before"),
            unregistered=self.rules("unregistered")[0].pattern,
            obliged=self.rules("unregistered")[1],
            changed_name=self.compile(data["changed"]["name"], "changed.name"),
            times=times,
            ordinals=data["times"]["ordinals"],
            numbers=data["times"]["numbers"],
            units=data["times"]["units"],
        )


@cache
def described(path: Path) -> Mapping[str, Any]:
    """What the file of a language says.

    Raises:
        BadData: it is no TOML.
    """
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except tomllib.TOMLDecodeError as error:
        raise BadData(f"{path.name}: {error}") from error


def read(path: Path) -> Language:
    """The language described in a file.

    Raises:
        BadData: the file is no TOML, lacks an entry, or holds a pattern that does not compile.
    """
    try:
        return _Reader(described(path), path.name).language()
    except KeyError as error:
        raise BadData(f"{path.name}: the entry {error.args[0]} is missing") from error


@cache
def codes() -> tuple[str, ...]:
    """The codes of all languages that Pursuant knows, in their order."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


@cache
def language_named(code: str) -> Language:
    """The language of a code, which must be one of those known; its patterns are compiled once."""
    return read(FOLDER / f"{code}.toml")


def languages() -> Mapping[str, Language]:
    """All languages that Pursuant knows, by code."""
    return {code: language_named(code) for code in codes()}
