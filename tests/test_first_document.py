"""E/RES/2019/21 in Chinese, read by hand; the program must read the same."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from pursuant.document import Document, Evidence, Kind, Paragraph, Part, Status
from pursuant.extracting import extract
from pursuant.paths import DATA

SOURCE = DATA / "sources" / "e-res-2019-21.zh.txt"
DOCUMENT: Document = extract(SOURCE)
PARAGRAPHS = {paragraph.id: paragraph for paragraph in DOCUMENT.paragraphs}
TITLE = "联合国毒品和犯罪问题办公室在反恐方面提供的技术援助"

STRATEGY, CHARTER, COMPACT = "A/RES/60/288", "un-charter", "ct-compact"
TERRORISM_RESOLUTIONS = {
    "A/RES/72/194",
    "A/RES/72/284",
    "A/RES/73/174",
    "A/RES/73/186",
    "A/RES/73/211",
    "S/RES/2133 (2014)",
    "S/RES/2178 (2014)",
    "S/RES/2195 (2014)",
    "S/RES/2199 (2015)",
    "S/RES/2253 (2015)",
    "S/RES/2309 (2016)",
    "S/RES/2322 (2016)",
    "S/RES/2341 (2017)",
    "S/RES/2347 (2017)",
    "S/RES/2349 (2017)",
    "S/RES/2368 (2017)",
    "S/RES/2396 (2017)",
    "S/RES/2462 (2019)",
}
CRIME_TREATIES = {"untoc", "untoc-trafficking", "untoc-smuggling", "untoc-firearms"}
INSTRUMENTS = {
    "pp1": TERRORISM_RESOLUTIONS,
    "pp4": {CHARTER},
    "pp6": {CHARTER},
    "pp7": {"A/RES/53/243 A", "A/RES/53/243 B", "A/RES/56/6"},
    "pp9": {"A/RES/72/194"},
    "pp10": {STRATEGY, "A/RES/72/284"},
    "pp11": {STRATEGY},
    "pp14": {"E/CN.15/2019/5"},
    "pp15": {"A/RES/71/291"},
    "pp16": {COMPACT},
    "op1": {COMPACT},
    "op2": CRIME_TREATIES,
    "op4": {CHARTER},
    "op9": {COMPACT},
    "op13": {COMPACT},
    "op14": {COMPACT},
    "op24": {"crc", "crc-opac"},
    "op25": {COMPACT},
    "op26": {"A/RES/70/175"},
    "op27": {COMPACT},
    "op29": {STRATEGY},
}

# Paragraph, force, addressees, partners, conditions: as read, in the order of the text.
MS, UNODC, SG = "member-states", "unodc", "secretary-general"
NOBODY: set[tuple[str, str]] = set()
MANDATES = [
    ("op1", "urge", [MS], NOBODY, ""),
    ("op1", "request", [UNODC], {(COMPACT, "coordination")}, "within-mandate upon-request"),
    ("op2", "encourage", [MS], NOBODY, ""),
    ("op2", "call-upon", [MS], NOBODY, ""),
    ("op3", "encourage", [MS], NOBODY, "national-law"),
    ("op3", "request", [UNODC], NOBODY, "within-mandate upon-request"),
    ("op4", "call-upon", [MS], NOBODY, "international-law as-appropriate"),
    ("op5", "request", [UNODC], NOBODY, "within-mandate upon-request"),
    ("op6", "request", [UNODC], NOBODY, "within-mandate upon-request"),
    (
        "op7",
        "call-upon",
        [MS, UNODC, "un-entities"],
        {("central-authorities", "through")},
        "national-law international-law",
    ),
    ("op8", "encourage", [MS], {(UNODC, "sharing")}, "as-appropriate"),
    (
        "op9",
        "request",
        [UNODC],
        {("interpol", "cooperation"), (COMPACT, "cooperation")},
        "upon-request national-law international-law",
    ),
    ("op10", "request", [UNODC], NOBODY, "as-appropriate"),
    ("op11", "request", [UNODC], NOBODY, "within-mandate upon-request international-law"),
    ("op12", "call-upon", [UNODC], {(MS, "consultation")}, "within-mandate upon-request"),
    (
        "op13",
        "request",
        [UNODC],
        {(COMPACT, "cooperation")},
        "within-mandate as-appropriate upon-request national-law international-law",
    ),
    (
        "op14",
        "call-upon",
        [UNODC],
        {("unoct", "coordination"), (COMPACT, "coordination")},
        "upon-request",
    ),
    ("op15", "request", [UNODC], NOBODY, "upon-request as-appropriate"),
    ("op16", "encourage", [MS], NOBODY, ""),
    ("op16", "call-upon", [UNODC], NOBODY, "within-mandate upon-request"),
    ("op17", "call-upon", [MS], {("private-sector", "partnership")}, ""),
    ("op17", "call-upon", [UNODC], NOBODY, "upon-request"),
    ("op18", "call-upon", [MS], NOBODY, ""),
    ("op18", "request", [UNODC], NOBODY, "upon-request"),
    ("op20", "request", [UNODC], NOBODY, "within-mandate upon-request"),
    ("op21", "request", [UNODC], NOBODY, "within-mandate upon-request"),
    (
        "op22",
        "request",
        [UNODC],
        {
            (MS, "consultation"),
            ("private-sector", "cooperation"),
            ("social-media-platforms", "cooperation"),
        },
        "within-mandate upon-request national-law international-law",
    ),
    ("op23", "request", [UNODC], NOBODY, "upon-request national-law"),
    ("op24", "request", [UNODC], NOBODY, "upon-request national-law international-law"),
    (
        "op25",
        "encourage",
        [UNODC],
        {(COMPACT, "cooperation")},
        "upon-request international-law as-appropriate",
    ),
    (
        "op26",
        "encourage",
        [MS],
        {("other-states", "sharing"), (UNODC, "through")},
        "national-law as-appropriate",
    ),
    ("op26", "encourage", [UNODC], NOBODY, ""),
    (
        "op27",
        "urge",
        [UNODC],
        {(COMPACT, "coordination"), ("regional-organizations", "cooperation")},
        "",
    ),
    ("op28", "invite", [MS], NOBODY, ""),
    ("op29", "request", [SG], NOBODY, "within-mandate upon-request"),
    ("op30", "request", [SG], NOBODY, ""),
]


def instruments(paragraph: Paragraph) -> set[str | None]:
    return {c.target for c in paragraph.citations if c.kind is Kind.INSTRUMENT}


def function(unit: str, target: str) -> str:
    return next(c.function for c in PARAGRAPHS[unit].citations if c.target == target)


def test_frame() -> None:
    frame = (DOCUMENT.symbol, DOCUMENT.title, DOCUMENT.adopted, DOCUMENT.meeting)
    assert frame == ("E/RES/2019/21", TITLE, "2019-07-23", "36")
    speech = (DOCUMENT.adopted_by, DOCUMENT.speaker, DOCUMENT.draft, DOCUMENT.language)
    assert speech == ("ecosoc", "ga", True, "zh")


def test_paragraphs_are_counted_and_numbered() -> None:
    expected = [f"pp{n}" for n in range(1, 20)] + [f"op{n}" for n in range(1, 31)]
    assert list(PARAGRAPHS) == expected
    for paragraph in DOCUMENT.paragraphs:
        part, number = re.fullmatch(r"(pp|op)(\d+)", paragraph.id).groups()  # type: ignore[union-attr]
        assert paragraph.part is (Part.PREAMBLE if part == "pp" else Part.OPERATIVE)
        assert paragraph.number == (None if part == "pp" else number)
        assert paragraph.order == int(number)


@pytest.mark.parametrize(
    ("unit", "text"),
    [
        ("pp1", "回顾联合国关于反恐技术援助和立法援助的所有相关决议，特别是最近的决议，"),
        ("pp7", "回顾《和平文化宣言和行动纲领》和《不同文明对话全球议程》，"),
        (
            "pp14",
            "注意到秘书长关于在执行与恐怖主义问题相关的国际公约和议定书方面的技术援助的报告，",
        ),
        ("pp15", "回顾大会 2017 年 6 月 15 日第 71/291 号决议设立了反恐怖主义办公室，"),
        (
            "op18",
            (
                "又吁请会员国加强各自的边境管理，以有效防止外国恐怖主义作战人员和恐怖团体的流动，"
                "并请联合国毒品和犯罪问题办公室为此目的继续向请求国提供技术援助；"
            ),
        ),
        (
            "op29",
            (
                "请秘书长继续向联合国毒品和犯罪问题办公室提供充足的资源，用以在其任务授权范围内开展活动，"
                "以根据请求协助会员国落实《联合国全球反恐战略》的相关要素；"
            ),
        ),
        ("op30", "又请秘书长向大会第七十五届会议提交关于本决议执行情况的报告。"),
    ],
)
def test_texts(unit: str, text: str) -> None:
    assert PARAGRAPHS[unit].text == text


def test_every_character_of_the_source_is_accounted_for() -> None:
    """What was read, with markers, numbers, frame and furniture put back, is the source."""

    def squeeze(text: str) -> str:
        return re.sub(r"\s+", "", text)

    source = SOURCE.read_text("utf-8")
    links = re.findall(r"https://\S+", source)
    notes = [f"{note.number}{note.text}" for note in DOCUMENT.footnotes]
    rest = squeeze(re.sub(r"https://\S+|_{5,}", "", source))
    for note in notes:
        assert rest.count(squeeze(note)) == 1
        rest = rest.replace(squeeze(note), "")
    body = "2019/21." + TITLE + "经济及社会理事会建议大会通过以下决议草案：大会，"
    for paragraph in DOCUMENT.paragraphs:
        body += f"{paragraph.number}." * bool(paragraph.number) + paragraph.text
    body += "2019年7月23日第36次全体会议"
    assert len(links) == len(DOCUMENT.links) == 28
    # The source has the markers beside what was read, and nothing else, in the same order.
    places = iter(rest)
    assert all(character in places for character in squeeze(body))
    assert Counter(rest) - Counter(squeeze(body)) == Counter("12345678910" + "4")


@pytest.mark.parametrize(
    ("number", "anchors", "attribution"),
    [
        (1, ("pp1",), ()),
        (2, ("pp7",), ()),
        (3, ("pp7",), ()),
        (4, ("pp10", "op29"), ()),
        (5, ("pp14",), ()),
        (6, ("op2",), ()),
        (7, ("op6",), ("cted", "iap")),
        (8, ("op24",), ()),
        (9, ("op24",), ()),
        (10, ("op26",), ()),
    ],
)
def test_notes(number: int, anchors: tuple[str, ...], attribution: tuple[str, ...]) -> None:
    note = DOCUMENT.footnotes[number - 1]
    assert (note.number, note.anchors, note.attribution) == (number, anchors, attribution)
    assert all(number in PARAGRAPHS[anchor].footnotes for anchor in anchors)


def test_there_are_ten_notes_and_eleven_markers() -> None:
    assert len(DOCUMENT.footnotes) == 10
    assert sum(len(paragraph.footnotes) for paragraph in DOCUMENT.paragraphs) == 11


def test_the_ninth_note_is_read_with_the_series_of_the_eighth() -> None:
    protocol = next(c for c in PARAGRAPHS["op24"].citations if c.target == "crc-opac")
    assert [(e.unit, e.rule) for e in protocol.evidence] == [("op24", "title"), ("fn9", "ibid")]


@pytest.mark.parametrize("unit", PARAGRAPHS)
def test_instruments(unit: str) -> None:
    assert instruments(PARAGRAPHS[unit]) == INSTRUMENTS.get(unit, set())


def test_instruments_are_counted() -> None:
    assert sum(len(found) for found in INSTRUMENTS.values()) == 45
    assert len(set().union(*INSTRUMENTS.values())) == 33


def test_everything_that_is_cited_is_resolved() -> None:
    statuses = {c.status for p in DOCUMENT.paragraphs for c in p.citations}
    assert statuses == {Status.RESOLVED}


def test_the_draft_speaks_of_itself_once() -> None:
    own = [
        (p.id, c.target) for p in DOCUMENT.paragraphs for c in p.citations if c.kind is Kind.SELF
    ]
    assert own == [("op30", "e-res-2019-21/draft")]


@pytest.mark.parametrize(
    ("unit", "target", "expected"),
    [
        *(("pp1", target, "recall") for target in sorted(TERRORISM_RESOLUTIONS)),
        ("pp4", CHARTER, "in-accordance-with"),
        ("pp6", CHARTER, "in-accordance-with"),
        ("pp7", "A/RES/53/243 A", "recall"),
        ("pp7", "A/RES/53/243 B", "recall"),
        ("pp7", "A/RES/56/6", "recall"),
        ("pp9", "A/RES/72/194", "recall"),
        ("pp10", STRATEGY, "reaffirm"),
        ("pp10", "A/RES/72/284", "reaffirm"),
        ("pp11", STRATEGY, "implement"),
        ("pp14", "E/CN.15/2019/5", "note"),
        ("pp15", "A/RES/71/291", "recall"),
        ("pp16", COMPACT, "note"),
        ("op1", COMPACT, "framework"),
        *(("op2", treaty, "accede") for treaty in sorted(CRIME_TREATIES)),
        ("op4", CHARTER, "in-accordance-with"),
        ("op24", "crc", "legal-obligation"),
        ("op24", "crc-opac", "legal-obligation"),
        *((f"op{n}", COMPACT, "framework") for n in (9, 13, 14, 25, 27)),
        ("op26", "A/RES/70/175", "bear-in-mind"),
        ("op29", STRATEGY, "implement"),
        ("op30", "e-res-2019-21/draft", "subject-of-report"),
        ("op3", "national-law", "in-accordance-with"),
        ("op4", "international-law", "in-accordance-with"),
        ("op24", "international-law", "in-accordance-with"),
        ("op2", "relevant-conventions", "accede"),
        ("op12", "ct-conventions", "accede"),
        ("op25", "human-rights-law", "legal-obligation"),
        ("op28", "un-rules-and-procedures", "in-accordance-with"),
    ],
)
def test_functions(unit: str, target: str, expected: str) -> None:
    assert function(unit, target) == expected


def test_the_rules_for_prisoners_are_the_annex_of_their_resolution() -> None:
    rules = next(c for c in PARAGRAPHS["op26"].citations if c.target == "A/RES/70/175")
    assert rules.pinpoint == "annex"
    assert [e.exact for e in rules.evidence] == [
        "《联合国囚犯待遇最低限度标准规则》",
        "《纳尔逊·曼德拉规则》",
        "大会第 70/175 号决议",
    ]


def test_a_short_title_is_an_anaphora() -> None:
    strategy = next(c for c in PARAGRAPHS["pp10"].citations if c.target == STRATEGY)
    assert [(str(e.via), e.exact) for e in strategy.evidence] == [
        ("text", "《联合国全球反恐战略》"),
        ("anaphora", "《战略》"),
        ("footnote", "大会第 60/288 号决议"),
    ]


def test_there_are_36_mandates_in_this_order() -> None:
    assert len(MANDATES) == 36
    read = [
        (p.id, m.force, list(m.addressees))
        for p in DOCUMENT.paragraphs
        for m in sorted(p.mandates, key=lambda m: m.evidence.start)
    ]
    assert read == [mandate[:3] for mandate in MANDATES]


@pytest.mark.parametrize("index", range(len(MANDATES)))
def test_partners_and_conditions(index: int) -> None:
    unit, _, _, partners, conditions = MANDATES[index]
    place = sum(mandate[0] == unit for mandate in MANDATES[:index])
    mandate = PARAGRAPHS[unit].mandates[place]
    assert {(p.entity, p.mode) for p in mandate.partners} == partners
    assert set(mandate.conditions) == set(conditions.split())


@pytest.mark.parametrize(
    ("unit", "place", "beneficiaries"),
    [
        ("op6", 0, {MS}),
        ("op9", 0, {MS}),
        ("op13", 0, {"requesting-states"}),
        ("op14", 0, {MS}),
        ("op15", 0, {MS}),
        ("op16", 1, {MS}),
        ("op17", 1, {MS}),
        ("op18", 1, {"requesting-states"}),
        ("op20", 0, {"requesting-states"}),
        ("op21", 0, {"requesting-states"}),
        ("op22", 0, {"requesting-states", MS}),
        ("op23", 0, {MS, "victims-of-terrorism"}),
        ("op24", 0, {"requesting-states"}),
        ("op25", 0, {MS}),
        ("op29", 0, {UNODC, MS}),
        ("op30", 0, set()),
    ],
)
def test_beneficiaries(unit: str, place: int, beneficiaries: set[str]) -> None:
    assert set(PARAGRAPHS[unit].mandates[place].beneficiaries) == beneficiaries


def test_what_narrows_an_addressee_is_kept() -> None:
    assert PARAGRAPHS["op1"].mandates[0].qualifier == "尚未加入现有反恐相关国际公约和议定书的"


def test_the_report_is_due_at_the_seventy_fifth_session() -> None:
    due = {p.id: m.due for p in DOCUMENT.paragraphs for m in p.mandates if m.due}
    assert due == {"op30": "A/75"}


def test_states_parties_to_instruments_are_not_asked_to_accede() -> None:
    assert PARAGRAPHS["op2"].mandates[1].actions == ("implement",)


def test_publications_programmes_and_platforms() -> None:
    named = {
        (p.id, m.entity, m.kind)
        for p in DOCUMENT.paragraphs
        for m in p.mentions
        if m.kind != "entity"
    }
    assert named == {
        ("pp18", "children-recruited-handbook", "publication"),
        ("pp18", "children-recruited-training-manuals", "publication"),
        ("op6", "electronic-evidence-guide", "publication"),
        ("op8", "sherloc", "platform"),
        ("op8", "unodc-repository-database", "platform"),
        ("op9", "biometrics-compendium", "publication"),
        ("op9", "interpol-databases", "platform"),
        ("op15", "terrorist-financing-risk-manual", "publication"),
        ("op19", "countering-terrorist-travel", "programme"),
        ("op20", "cbrn-e-learning-module", "publication"),
        ("op24", "end-violence-against-children", "programme"),
        ("op25", "gender-dimensions-handbook", "publication"),
    }


def test_what_a_mandate_is_done_through() -> None:
    through = {(p.id, *m.through) for p in DOCUMENT.paragraphs for m in p.mandates if m.through}
    assert through == {("op8", "sherloc"), ("op24", "end-violence-against-children")}


@pytest.mark.parametrize(
    ("unit", "functions"),
    [
        ("pp8", ["express-concern", "recognize", "emphasize"]),
        ("pp10", ["reaffirm", "reaffirm"]),
        ("pp11", ["recognize", "emphasize", "acknowledge", "reaffirm"]),
        ("pp13", ["note-with-appreciation", "reaffirm"]),
        ("pp16", ["note", "note"]),
        ("op6", ["welcome"]),
        ("op9", ["welcome", "emphasize"]),
        ("op10", ["emphasize"]),
        ("op15", ["welcome"]),
        ("op16", []),
        ("op19", ["note-with-appreciation"]),
        ("op20", ["welcome"]),
        ("op25", ["welcome"]),
        ("op27", ["note"]),
        ("op28", ["express-appreciation"]),
    ],
)
def test_recognitions(unit: str, functions: list[str]) -> None:
    assert [r.function for r in PARAGRAPHS[unit].recognitions] == functions


def every_evidence() -> list[Evidence]:
    found: list[Evidence] = []
    for p in DOCUMENT.paragraphs:
        found += [e for c in p.citations for e in c.evidence]
        found += [m.evidence for m in p.mandates]
        found += [r.evidence for r in p.recognitions]
        found += [m.evidence for m in p.mentions]
    return found


def test_every_statement_quotes_its_words_exactly() -> None:
    evidence = every_evidence()
    assert len(evidence) > 250
    for item in evidence:
        assert item.exact
        assert item.exact == DOCUMENT.unit_text(item.unit)[item.start : item.end]
