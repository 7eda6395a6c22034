"""Every entry of every language file is proven on its own example."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any

import pytest

from pursuant import citing
from pursuant.acts import FORCES, find_acts
from pursuant.detecting import detect
from pursuant.errors import BadData
from pursuant.extracting import extract
from pursuant.folding import fold
from pursuant.languages import Language, Rule, languages, read
from pursuant.paths import DATA

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pursuant.document import Mandate, Paragraph

FILES = {path.stem: path for path in sorted((DATA / "languages").glob("*.toml"))}
DATA_BY_CODE = {code: tomllib.loads(path.read_text("utf-8")) for code, path in FILES.items()}


def entry(code: str, table: str, index: int) -> dict[str, Any]:
    found: dict[str, Any] = DATA_BY_CODE[code][table][index]
    return found


def compose(code: str, text: str) -> Paragraph:
    """The operative paragraph of a small resolution in a language."""
    speaker = DATA_BY_CODE[code]["frame"]["speaker_example"]
    stop = "。" if code == "zh" else "."
    dump = f"E/RES/2019/21. Title\n\n {speaker}\n\n 1. {text}{stop}\n"
    (paragraph,) = extract(dump.encode(), "composed.txt").paragraphs
    return paragraph


def compose_speaker(code: str) -> str:
    """Who speaks in a composed resolution."""
    speaker = (
        languages()[code]
        .frame["speaker"]
        .search(fold(DATA_BY_CODE[code]["frame"]["speaker_example"]))
    )
    assert speaker
    return languages()[code].bodies.names[speaker["speaker"]]


def asked(code: str, example: str) -> Mandate:
    """The mandate of an example; one that asks nobody is put behind the words that ask."""
    stem = DATA_BY_CODE[code]["addressees"]["stem"]
    mandates = compose(code, example).mandates or compose(code, stem + example).mandates
    (mandate,) = mandates
    return mandate


def body(language: Language, found: dict[str, Any]) -> None:
    (item,) = (f for f in citing.find(found["example"], language) if f.rule == "number")
    assert item.cited
    assert item.cited.bodies[0] in found["names"]
    for name in found["names"]:
        if "id" in found:
            assert language.bodies.may_mean(name, None, None) == (found["id"],)
        for slug in found.get("one_of", ()):
            assert language.bodies.may_mean(name, slug, "ga") == (slug,)
            assert language.bodies.may_mean(name, "ga", slug) == (slug,)
            several = tuple(found["one_of"]) if len(found["one_of"]) <= 3 else ()
            assert language.bodies.may_mean(name, "ga", None) == several


def pinpoint(language: Language, found: dict[str, Any]) -> None:
    pinpoints = [f.pinpoint for f in citing.find(found["example"], language) if f.pinpoint]
    assert {p.split()[0] for p in pinpoints} == {found["part"]}


def founded(language: Language, found: dict[str, Any]) -> None:
    named = {item.slugs for item in citing.find(found["example"], language)}
    assert {("sc-committee-1540",), ("sc-committee-1267",)} & named
    (match,) = re.finditer(found["pattern"], fold(found["example"]))
    assert match["number"] in ("1540", "1267")


def stranger(language: Language, found: dict[str, Any]) -> None:
    """Somebody is named who is not known here: what the noun alone stands for is not another."""
    known = [item for item in citing.find(found["example"], language) if item.rule == "name"]
    assert any(item.head and not item.slugs[0].startswith("sc-") for item in known)


def defining(language: Language, found: dict[str, Any]) -> None:
    rules = [item.rule for item in citing.find(found["example"], language)]
    assert "defined" in rules


def anaphora(language: Language, found: dict[str, Any]) -> None:
    paragraph = compose(language.code, found["example"])
    (short,) = (m for m in paragraph.mentions if m.rule == "anaphora")
    assert short.entity == next(m.entity for m in paragraph.mentions if m.rule == "name")


def group(language: Language, found: dict[str, Any]) -> None:
    slugs = [slug for f in citing.find(found["example"], language) for slug in f.slugs]
    assert found["id"] in slugs


def verb(language: Language, found: dict[str, Any]) -> None:
    """Each form stands in the place of the first in the example, alone and as a second act."""
    forms, participles = found["forms"], found.get("participles", [])
    behind = found["example"].removeprefix((forms + participles)[0])
    assert behind != found["example"]
    capital = DATA_BY_CODE[language.code]["verbs"]["capital"]
    mark = "，" if language.code == "zh" else ", "
    for form in forms + participles:
        opening = form[0].upper() + form[1:] if capital else form
        act = find_acts(opening + behind, language, lambda _: True)[0]
        assert (act.act, act.verb.split()[0]) == (found["act"], opening.split()[0])
        assert act.is_directive == (found["act"] in FORCES)
        found_verb = language.opening.match(fold(opening + behind))
        assert found_verb
        assert found_verb.is_preambular == (form in participles)
        second = find_acts(f"……{mark}{form}{behind}", language, lambda _: True)
        assert [a.act for a in second] == [found["act"]] * found["opens"]


def function(language: Language, found: dict[str, Any]) -> None:
    citations = compose(language.code, found["example"]).citations
    assert found["id"] in {c.function for c in citations}


def addressee(language: Language, found: dict[str, Any]) -> None:
    (mandate,) = compose(language.code, found["example"]).mandates
    assert mandate.addressees == (found["id"],)


def unregistered(language: Language, found: dict[str, Any]) -> None:
    mandate = asked(language.code, found["example"])
    assert (mandate.addressees, mandate.addressed_as) == ((), found["name"])


def partner(language: Language, found: dict[str, Any]) -> None:
    mandate = asked(language.code, found["example"])
    assert found["mode"] in {p.mode for p in mandate.partners}


def beneficiary(language: Language, found: dict[str, Any]) -> None:
    mandate = asked(language.code, found["example"])
    assert mandate.beneficiaries


def condition(language: Language, found: dict[str, Any]) -> None:
    mandate = asked(language.code, found["example"])
    assert found["id"] in mandate.conditions


def modality(language: Language, found: dict[str, Any]) -> None:
    mandate = asked(language.code, found["example"])
    assert found["id"] in mandate.modalities


def action(language: Language, found: dict[str, Any]) -> None:
    mandate = asked(language.code, found["example"])
    assert found["id"] in mandate.actions


def recurrence(language: Language, found: dict[str, Any]) -> None:
    mandate = asked(language.code, found["example"])
    assert mandate.when.recurrence == found["id"]


def change(language: Language, found: dict[str, Any]) -> None:
    mandate = asked(language.code, found["example"])
    assert mandate.change == found["id"]
    assert mandate.addressees == (compose_speaker(language.code),)


PROOFS: dict[str, Callable[[Language, dict[str, Any]], None]] = {
    proof.__name__: proof
    for proof in (
        body,
        pinpoint,
        anaphora,
        founded,
        stranger,
        defining,
        group,
        verb,
        function,
        addressee,
        unregistered,
        partner,
        beneficiary,
        condition,
        modality,
        action,
        recurrence,
        change,
    )
}


TABLES = list(PROOFS)
ENTRIES = [
    pytest.param(code, table, index, id=f"{code}-{table}-{index + 1}-{entry.get('example', '')}")
    for code, data in DATA_BY_CODE.items()
    for table in TABLES
    for index, entry in enumerate(data.get(table, ()))
]


@pytest.mark.parametrize(("code", "table", "index"), ENTRIES)
def test_every_entry_reads_its_example(code: str, table: str, index: int) -> None:
    found = entry(code, table, index)
    assert found.get("example"), f"{table} {index + 1} has no example"
    PROOFS[table](languages()[code], found)


@pytest.mark.parametrize(
    ("code", "table", "index"),
    [e for e in ENTRIES if e.values[1] in TABLES[TABLES.index("function") :]],
)
def test_every_pattern_matches_its_own_example(code: str, table: str, index: int) -> None:
    """Two entries with one id are each proven: what one reads does not vouch for the other."""
    rules = {
        "function": languages()[code].functions,
        "addressee": languages()[code].addressees,
        "unregistered": [
            Rule(languages()[code].unregistered),
            Rule(languages()[code].obliged.pattern),
        ],
        "partner": languages()[code].partners,
        "beneficiary": languages()[code].beneficiaries,
        "condition": languages()[code].conditions,
        "modality": languages()[code].modalities,
        "action": languages()[code].actions,
        "recurrence": languages()[code].recurrences,
        "change": languages()[code].changes,
    }
    rule, example = rules[table][index], fold(entry(code, table, index)["example"])
    places = range(len(example) + 1)
    if rule.where == "before":
        assert any(rule.pattern.search(example[:place]) for place in places)
    elif rule.where == "after":
        assert any(rule.pattern.search(example[place:]) for place in places)
    else:
        assert rule.pattern.search(example)


@pytest.mark.parametrize("code", FILES)
class TestSingleEntries:
    def test_numbers(self, code: str) -> None:
        for example in DATA_BY_CODE[code]["citation"]["examples"]:
            found = [f for f in citing.find(example, languages()[code]) if f.rule == "number"]
            atoms = languages()[code].citation.atom.finditer(fold(example))
            digits = [re.findall(r"\d+", atom["number"])[0] for atom in atoms]
            assert digits
            assert set(digits) <= {n for f in found for n in re.findall(r"\d+", f.number or "")}

    def test_treaties(self, code: str) -> None:
        treaty = DATA_BY_CODE[code]["treaty"]
        for example, rule in (
            (treaty["example"], "treaty-series"),
            (treaty["ibid_example"], "ibid"),
        ):
            found = citing.find(example, languages()[code])
            assert found
            assert {(f.rule, f.treaty is not None) for f in found} == {(rule, True)}

    @pytest.mark.parametrize(
        "name", ["wrapper", "speaker", "adopted", "meeting", "adoption", "annex"]
    )
    def test_frame(self, code: str, name: str) -> None:
        frame = DATA_BY_CODE[code]["frame"]
        for example in frame.get(f"{name}_examples") or [frame[f"{name}_example"]]:
            assert languages()[code].frame[name].search(fold(example))

    def test_what_a_resolution_calls_itself(self, code: str) -> None:
        assert languages()[code].present.search(fold(DATA_BY_CODE[code]["frame"]["self_example"]))

    def test_quoted_titles_are_not_invoked(self, code: str) -> None:
        language = languages()[code]
        example = DATA_BY_CODE[code]["names"]["quoted_example"]
        quoted = language.quoted.search(fold(example))
        assert quoted
        names = [f for f in citing.find(example, language) if f.rule in ("name", "title")]
        assert names == []

    def test_guards(self, code: str) -> None:
        """What contains a registered name but is not it names nothing, or is a name itself."""
        language = languages()[code]
        example = DATA_BY_CODE[code]["names"]["guards_example"]
        assert any(guard in example for guard in language.spelling.guards)
        for guard in language.spelling.guards:
            found = [f for f in citing.find(guard, language) if f.rule == "name"]
            assert all((f.start, f.end) == (0, len(guard)) for f in found)

    def test_subordinate_verbs_open_no_act(self, code: str) -> None:
        language = languages()[code]
        example = DATA_BY_CODE[code]["verbs"]["subordinate_example"]
        assert any(words in example for words in language.opening.subordinate)
        acts = find_acts(example, language, lambda _: True)
        assert all(
            words not in example[: a.start][-8:]
            for a in acts
            for words in language.opening.subordinate
        )

    def test_addressees(self, code: str) -> None:
        (mandate,) = compose(code, DATA_BY_CODE[code]["addressees"]["example"]).mandates
        assert mandate.addressees == ("member-states", "unodc")

    def test_qualifier(self, code: str) -> None:
        language = languages()[code]
        assert language.qualifier.fullmatch(DATA_BY_CODE[code]["addressees"]["qualifier_example"])

    def test_points_that_say_to_what_a_measure_applies_ask_nothing(self, code: str) -> None:
        example = DATA_BY_CODE[code]["addressees"]["scope_example"]
        assert languages()[code].scope.search(fold(example))
        text = f"{example}\n\n(a) Lamps;\n\n(b) Rivers.\n"
        opening = DATA_BY_CODE[code]["frame"]["speaker_example"]
        document = extract(f"{opening}\n\n1. {text}".encode(), "x")
        units = {p.id: p.mandates for p in document.paragraphs}
        assert (units["op1-a"], units["op1-b"]) == ((), ())

    def test_through(self, code: str) -> None:
        example = DATA_BY_CODE[code]["through"]["example"]
        mandate = asked(code, example)
        assert mandate.through

    @pytest.mark.parametrize(
        ("name", "field", "expected"),
        [
            ("session", "due", "A/75"),
            ("until", "due_date", "2024-06-30"),
            ("within", "within", "P90D"),
            ("every", "recurrence", r"P[23]Y"),
        ],
    )
    def test_times(self, code: str, name: str, field: str, expected: str) -> None:
        mandate = asked(code, DATA_BY_CODE[code]["times"][f"{name}_example"])
        assert re.fullmatch(expected, getattr(mandate.when, field))

    def test_terms(self, code: str) -> None:
        mandate = asked(code, DATA_BY_CODE[code]["times"]["period_example"])
        assert (mandate.when.duration, mandate.when.expires) == ("P12M", "2030-12-17")

    def test_pronouns(self, code: str) -> None:
        example = DATA_BY_CODE[code]["addressees"]["pronoun_example"]
        mandates = compose(code, example).mandates
        assert [m.addressees for m in mandates] == [("secretary-general",)] * 2

    def test_modifiers_and_connectives(self, code: str) -> None:
        verbs = languages()[code].opening
        sample = next(
            v for v in DATA_BY_CODE[code]["verb"] if v["opens"] and v["act"] == "reaffirm"
        )
        space, comma = ("", "，") if code == "zh" else (" ", ", ")
        for modifier, meaning in verbs.modifiers.items():
            found = verbs.at(fold(f"{modifier}{space}{sample['example']}"), 0)
            assert found
            assert (found.verb.act, found.modifiers) == ("reaffirm", (meaning,))
        for connective in verbs.connectives:
            text = f"……{comma}{connective}{space}{sample['example']}"
            acts = find_acts(text, languages()[code], lambda _: True)
            assert [a.act for a in acts] == ["reaffirm"]


@pytest.mark.parametrize(
    "code", [c for c, data in DATA_BY_CODE.items() if "relative_example" in data["addressees"]]
)
def test_what_narrows_an_addressee_from_behind(code: str) -> None:
    example = DATA_BY_CODE[code]["addressees"]["relative_example"]
    (mandate,) = compose(code, example).mandates
    assert mandate.addressees == ("member-states",)
    assert mandate.qualifier
    assert mandate.qualifier in fold(example)
    assert languages()[code].relative.search(fold(example))


def test_a_language_is_told_by_its_letters() -> None:
    for code, data in DATA_BY_CODE.items():
        detected = detect(" ".join(v["example"] for v in data["verb"]))
        assert detected is languages()[code]


@pytest.mark.parametrize("code", FILES)
def test_dates(code: str) -> None:
    """Each month by its name, with spaces at a slash where its name has one."""
    language = languages()[code]
    example = DATA_BY_CODE[code]["frame"]["adopted_example"]
    july = language.frame["adopted"].match(fold(example))
    assert july
    assert language.day(july) == "2019-07-23"
    for name, number in DATA_BY_CODE[code].get("months", {}).items():
        for printed in (name, name.replace("/", " / ")):
            found = language.date.search(fold(example.replace(july["month"], printed)))
            assert found
            assert language.day(found) == f"2019-{number:02}-23"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The General Assembly, Recalling its resolution 72/194", "en"),
        ("L’Assemblée générale, Rappelant les résolutions sur les lampes", "fr"),
        ("La Asamblea General, Recordando los lápices y las lámparas", "es"),
        ("Генеральная Ассамблея, ссылаясь на резолюции о лампах и фонарях", "ru"),
        ("إن الجمعية العامة، إذ تشير إلى قرارها بشأن المصابيح في المدن", "ar"),
        ("大会，回顾其关于灯的决议", "zh"),
        # a title in another language
        (
            "Les lampes au service de tous\nThe General Assembly, Recalling the lamps of the city",
            "en",
        ),
        ("A/RES/81/7. Lamps for all\n大会，回顾其关于灯的各项决议和路灯的作用，", "zh"),
    ],
)
def test_a_language_is_told_by_its_words(text: str, code: str) -> None:
    assert detect(text) is languages()[code]


@pytest.mark.parametrize(
    "text",
    [
        "A Assembleia Geral, recordando a sua resolução, convida os Estados a agir com os demais",
        "L’Assemblea generale, ricordando la sua risoluzione, invita gli Stati ad agire per tutti",
        "Die Generalversammlung, unter Hinweis auf ihre Resolution, fordert die Staaten auf, dies",
        "Coetus universalis, decretorum suorum memor, civitates hortatur ut in omnibus agant",
        "De Algemene Vergadering, herinnerend aan haar resolutie, roept de staten op te handelen",
        "Генеральна Асамблея, посилаючись на свою резолюцію про лампи та ліхтарі, закликає, що всі",
        "総会は、灯火に関する決議を想起し、すべての国に対し必要な措置を講ずるよう要請する。",
    ],
    ids=["pt", "it", "de", "la", "nl", "uk", "ja"],
)
def test_other_languages_are_refused(text: str) -> None:
    assert detect(text) is None


@pytest.mark.parametrize("text", ["", "1234 (2017)", "Λορεμ ιπσουμ δολορ σιτ αμετ"])
def test_no_language(text: str) -> None:
    assert detect(text) is None


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('quoted = "', 'quoted = "(', "names.quoted: '(题"),
        (
            'pattern = "酌情|视情况"',
            'pattern = "酌情|视情况)"',
            "[[condition]]: '酌情|视情况)' is no",
        ),
        ('code = "zh"', "", "the entry code is missing"),
        ('until = "', 'till = "', "the entry until is missing"),
        ('series = "', 'sequel = "', "the entry series is missing"),
        ('[[verb]]\nact = "request"', '[[verb]]\ndeed = "request"', "the entry act is missing"),
        ('space = ""', 'space = "("', "[verbs]: '(' is no pattern"),
        ("[frame]", "[frame", "]"),
    ],
)
def test_bad_data_is_named(tmp_path: Path, old: str, new: str, problem: str) -> None:
    text = FILES["zh"].read_text("utf-8")
    assert old in text
    broken = tmp_path / "zz.toml"
    broken.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(BadData) as error:
        read(broken)
    assert str(error.value).startswith("zz.toml: ")
    assert problem in str(error.value)
