from __future__ import annotations

import re
from dataclasses import replace

import pytest
from rdflib import SKOS, Graph

from pursuant.document import Document, Evidence, Footnote, Mandate, Paragraph, Part, Partner
from pursuant.errors import BadData
from pursuant.paths import DATA, ONTOLOGY
from pursuant.reviewing import (
    MandateReview,
    Reviews,
    UnitReview,
    check,
    fingerprint,
    load,
)

SUMMARY = {"en": "Asks for a report.", "zh": "要求报告。"}
SHIPPED = DATA / "reviews" / "e-res-2019-21.toml"

RECALLS = "回顾其以往各项决议，"
ASKS = "请秘书长提交报告，并请各国予以协助；"
NOTE = "大会第 60/288 号决议。"


def mandate(
    exact: str, addressee: str = "secretary-general", force: str = "request", verb: str = "请"
) -> Mandate:
    return Mandate(force, verb, (addressee,), Evidence("op1", 0, len(exact), exact))


def paragraph(name: str, text: str, *mandates: Mandate) -> Paragraph:
    part = Part.PREAMBLE if name.startswith("pp") else Part.OPERATIVE
    return Paragraph(name, part, None, 1, text, mandates=mandates)


def document(*paragraphs: Paragraph, language: str = "zh") -> Document:
    return Document(
        source="a.txt",
        sha256="0" * 64,
        reader="test",
        symbol="A/RES/75/1",
        language=language,
        title=None,
        adopted=None,
        adopted_by="ga",
        speaker="ga",
        draft=False,
        paragraphs=paragraphs,
        footnotes=(Footnote(1, NOTE, ("pp1",)),),
    )


def unit_review(name: str, text: str) -> UnitReview:
    return UnitReview(name, fingerprint(text), SUMMARY)


def mandate_review(name: str, begins: str, addressee: str) -> MandateReview:
    return MandateReview(name, "request", (addressee,), begins, SUMMARY, ("report",))


def concepts(scheme: str) -> set[str]:
    graph = Graph().parse(ONTOLOGY / "vocab" / f"{scheme}.ttl")
    return {str(concept).rsplit("/", 1)[1] for concept in graph.subjects(SKOS.inScheme)}


REPORT = mandate("请秘书长提交报告")
HELP = mandate("请各国予以协助", "member-states")
RECALLING = paragraph("pp1", RECALLS)
ASKING = paragraph("op1", ASKS, REPORT, HELP)

READ = Reviews(
    document="a-res-75-1",
    language="zh",
    reviewer="A reader",
    status="reviewed",
    units=(unit_review("pp1", RECALLS), unit_review("op1", ASKS)),
    mandates=(
        mandate_review("op1-man1", "请秘书长提交", "secretary-general"),
        mandate_review("op1-man2", "请各国", "member-states"),
    ),
)


@pytest.fixture(scope="module")
def shipped():
    return load(SHIPPED)


class TestTheShippedReview:
    def test_covers_the_whole_document(self, shipped):
        preamble = [f"pp{number}" for number in range(1, 20)]
        operative = [f"op{number}" for number in range(1, 31)]
        assert [unit.id for unit in shipped.units] == preamble + operative
        assert (shipped.document, shipped.language, shipped.status) == (
            "e-res-2019-21",
            "zh",
            "reviewed",
        )

    def test_has_all_mandates_of_all_paragraphs_but_one(self, shipped):
        two = {"op1", "op2", "op3", "op16", "op17", "op18", "op26"}
        expected = [
            f"op{number}-man{place}"
            for number in range(1, 31)
            for place in (1, 2)[: 1 + (f"op{number}" in two)]
            if number != 19
        ]
        assert [mandate.id for mandate in shipped.mandates] == expected
        assert len(expected) == 36

    @pytest.mark.parametrize(
        ("mandate_id", "force", "addressees"),
        [
            ("op1-man1", "urge", ("member-states",)),
            ("op1-man2", "request", ("unodc",)),
            ("op2-man2", "call-upon", ("member-states",)),
            ("op7-man1", "call-upon", ("member-states", "unodc", "un-entities")),
            ("op12-man1", "call-upon", ("unodc",)),
            ("op25-man1", "encourage", ("unodc",)),
            ("op27-man1", "urge", ("unodc",)),
            ("op28-man1", "invite", ("member-states",)),
            ("op30-man1", "request", ("secretary-general",)),
        ],
    )
    def test_repeats_force_and_addressees(self, shipped, mandate_id, force, addressees):
        review = {mandate.id: mandate for mandate in shipped.mandates}[mandate_id]
        assert (review.force, review.addressees) == (force, addressees)

    def test_begins_with_words_of_the_source(self, shipped):
        source = "".join((DATA / "sources" / "e-res-2019-21.zh.txt").read_text("utf-8").split())
        assert [m.id for m in shipped.mandates if m.begins not in source] == []

    def test_summaries_are_short_and_in_both_languages(self, shipped):
        entries = [*shipped.units, *shipped.mandates]
        assert {tuple(entry.summary) for entry in entries} == {("en", "zh")}
        assert [e.id for e in entries if len(e.summary["en"]) > 160] == []
        assert [e.id for e in entries if len(e.summary["zh"]) > 80] == []
        assert [e.id for e in entries if not re.search("[\u4e00-\u9fff]", e.summary["zh"])] == []
        assert [e.id for e in entries if re.search("[\u4e00-\u9fff]", e.summary["en"])] == []

    @pytest.mark.parametrize(
        ("scheme", "field"),
        [("topic", "topics"), ("pillar", "pillars"), ("action", "actions")],
    )
    def test_takes_its_concepts_from_the_vocabularies(self, shipped, scheme, field):
        entries = [*shipped.units, *shipped.mandates]
        used = {slug for entry in entries for slug in getattr(entry, field, ())}
        assert used
        assert used <= concepts(scheme)

    def test_takes_forces_from_the_vocabulary(self, shipped):
        assert {mandate.force for mandate in shipped.mandates} <= concepts("force")

    def test_nobody_is_addressee_and_beneficiary_of_one_mandate(self, shipped):
        both = [m.id for m in shipped.mandates if {*m.addressees} & {*m.beneficiaries}]
        assert both == []

    def test_only_states_are_asked_for_acts_of_state(self, shipped):
        acts = {"accede", "implement", "legislate", "criminalize", "investigate-and-prosecute"}
        asked = {a for m in shipped.mandates if acts & {*m.actions} for a in m.addressees}
        assert asked == {"member-states"}


class TestFingerprint:
    def test_is_sixteen_hexadecimal_digits(self):
        assert re.fullmatch("[0-9a-f]{16}", fingerprint(RECALLS))

    @pytest.mark.parametrize(
        "text", ["72/194 号", " 72/194\n号", "72/194\u3000号", "72/194\u00a0号"]
    )
    def test_ignores_white_space(self, text):
        assert fingerprint(text) == fingerprint("72/194号")

    @pytest.mark.parametrize("text", ["72/195号", "72/194 号，", "72/194號", ""])
    def test_sees_every_other_change(self, text):
        assert fingerprint(text) != fingerprint("72/194号")

    def test_is_that_of_sha256(self):
        assert fingerprint(" a b c ") == "ba7816bf8f01cfea"


class TestCheck:
    def test_says_nothing_when_all_agrees(self):
        check(READ, document(RECALLING, ASKING))

    @pytest.mark.parametrize("exact", ["请秘书长提交报告", "又请秘书长提交报告"])
    @pytest.mark.parametrize("verb", ["请", "又请"])
    def test_a_particle_may_belong_to_the_verb_or_not(self, exact, verb):
        asking = paragraph("op1", ASKS, mandate(exact, verb=verb), HELP)
        check(READ, document(RECALLING, asking))

    def test_a_footnote_can_be_reviewed(self):
        note = unit_review("fn1", NOTE)
        check(replace(READ, units=(*READ.units, note)), document(RECALLING, ASKING))

    def test_a_changed_footnote_is_named(self):
        note = unit_review("fn1", NOTE + "二")
        with pytest.raises(BadData, match="the text of fn1 is another"):
            check(replace(READ, units=(*READ.units, note)), document(RECALLING, ASKING))

    @pytest.mark.parametrize(
        ("paragraphs", "message"),
        [
            ([paragraph("pp1", RECALLS + "又"), ASKING], "the text of pp1 is another"),
            ([ASKING], "pp1 is not in the document"),
            ([RECALLING, ASKING, paragraph("op2", "决定继续处理此案。")], "op2 is not reviewed"),
        ],
    )
    def test_a_change_of_a_paragraph_is_named(self, paragraphs, message):
        with pytest.raises(BadData, match=f"does not agree with a.txt: {message}[^;]*$"):
            check(READ, document(*paragraphs))

    @pytest.mark.parametrize(
        ("mandates", "message"),
        [
            ([replace(REPORT, force="urge"), HELP], "the force of op1-man1 is urge, not request"),
            (
                [REPORT, replace(HELP, addressees=("unodc", "un"))],
                "op1-man2 is addressed to unodc and un, not member-states",
            ),
            (
                [REPORT, replace(HELP, addressees=())],
                "op1-man2 is addressed to nobody, not member-states",
            ),
            (
                [REPORT, mandate("请各方", "member-states")],
                "op1-man2 begins “请各方”, not “请各国”",
            ),
            ([REPORT, mandate(ASKS, "member-states")], "op1-man2 begins “请秘书”, not “请各国”"),
            ([REPORT], "op1-man2 is not in the document"),
            ([REPORT, HELP, HELP], "op1-man3 is not reviewed"),
        ],
    )
    def test_a_change_of_a_mandate_is_named(self, mandates, message):
        with pytest.raises(BadData, match=rf"does not agree with a\.txt: {message}\.$"):
            check(READ, document(RECALLING, paragraph("op1", ASKS, *mandates)))

    def test_all_disagreements_are_in_one_sentence(self):
        changed = mandate("请各国予以协助", "unodc", "urge")
        with pytest.raises(BadData) as refused:
            check(READ, document(paragraph("op1", ASKS + "等", REPORT, changed)))
        named = re.findall(r"(?:pp|op)\d[-a-z0-9]*", str(refused.value))
        assert named == ["pp1", "op1", "op1-man2", "op1-man2"]
        assert str(refused.value).count("; ") == 3

    def test_another_language_is_one_problem_not_many(self):
        with pytest.raises(BadData, match=r"a\.txt: it is of the text in zh, not in en\.$"):
            check(READ, document(paragraph("op1", "Requests help;"), language="en"))


WRITTEN = """
document = "a-res-75-1"
language = "zh"
reviewer = "A reader"
status = "reviewed"

[[unit]]
id = "op1"
text = "0123456789abcdef"
summary.en = "Asks for a report."
summary.zh = "要求报告。"
topics = ["reporting"]

[[mandate]]
id = "op1-man1"
force = "request"
addressees = ["secretary-general"]
begins = "请秘书长"
summary.en = "Report."
summary.zh = "报告。"
actions = ["report"]
beneficiaries = ["ga"]
focus = ["children"]
partners = [{ entity = "unodc", mode = "consultation" }]
conditions = []
"""


@pytest.fixture
def written(tmp_path):
    def write(text):
        path = tmp_path / "mine.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


class TestLoad:
    def test_reads_what_is_written(self, written):
        assert load(written(WRITTEN)) == Reviews(
            document="a-res-75-1",
            language="zh",
            reviewer="A reader",
            status="reviewed",
            units=(UnitReview("op1", "0123456789abcdef", SUMMARY, ("reporting",)),),
            mandates=(
                MandateReview(
                    id="op1-man1",
                    force="request",
                    addressees=("secretary-general",),
                    begins="请秘书长",
                    summary={"en": "Report.", "zh": "报告。"},
                    actions=("report",),
                    beneficiaries=("ga",),
                    focus=("children",),
                    partners=(Partner("unodc", "consultation"),),
                    conditions=(),
                ),
            ),
        )

    def test_no_correction_is_not_the_correction_to_none(self, written):
        text = WRITTEN.replace("conditions = []\n", "")
        assert load(written(text)).mandates[0].conditions is None

    def test_a_document_may_ask_nothing(self, written):
        assert load(written(WRITTEN[: WRITTEN.index("[[mandate]]")])).mandates == ()

    @pytest.mark.parametrize(
        ("old", "new", "message"),
        [
            ('id = "op1"', "id = op1", "mine.toml is not a review: Invalid value"),
            ('language = "zh"\n', "", "mine.toml: language must be given."),
            ('status = "reviewed"', 'status = "fine"', "mine.toml: status cannot be 'fine'."),
            ('reviewer = "A reader"', 'reviewer = ""', "mine.toml: reviewer cannot be ''."),
            ("[[unit]]", "[[units]]", "mine.toml: there is no field units."),
            ("[[unit]]", "[unit]", "mine.toml: unit is not a list of tables."),
            ('id = "op1"\n', "", "mine.toml, unit 1: id must be given."),
            ('summary.zh = "报告。"', "", "mine.toml, mandate op1-man1: summary.zh cannot be ''."),
            ('summary.en = "Report."', 'summary.en = "a\\nb"', "summary.en cannot be 'a\\nb'."),
            ('summary.en = "Report."', "summary.en = 3", "summary.en cannot be 3."),
            (
                'topics = ["reporting"]',
                'topic = ["reporting"]',
                "mine.toml, unit op1: there is no field topic.",
            ),
            (
                'topics = ["reporting"]',
                'topics = "reporting"',
                "mine.toml, unit op1: topics is not a list.",
            ),
            (
                'topics = ["reporting"]',
                'topics = ["Reporting"]',
                "mine.toml, unit op1: topics cannot be 'Reporting'.",
            ),
            (
                'text = "0123456789abcdef"',
                'text = "要求报告"',
                "mine.toml, unit op1: text cannot be '要求报告'.",
            ),
            (
                'actions = ["report"]',
                "actions = []",
                "mine.toml, mandate op1-man1: actions must be given.",
            ),
            (
                'force = "request"\naddressees = ["secretary-general"]\n',
                "",
                "mine.toml, mandate op1-man1: addressees and force must be given.",
            ),
            (
                'entity = "unodc"',
                'name = "unodc"',
                "mine.toml, mandate op1-man1, partners 1: there is no field name.",
            ),
            (
                '[{ entity = "unodc", mode = "consultation" }]',
                '["unodc"]',
                "mine.toml, mandate op1-man1: partners is not a list of tables.",
            ),
        ],
    )
    def test_names_file_entry_and_field(self, written, old, new, message):
        assert old in WRITTEN
        with pytest.raises(BadData) as refused:
            load(written(WRITTEN.replace(old, new, 1)))
        assert message in str(refused.value)

    def test_an_entry_is_there_once(self, written):
        twice = WRITTEN + WRITTEN[WRITTEN.index("[[unit]]") : WRITTEN.index("[[mandate]]")]
        with pytest.raises(BadData, match=r"mine\.toml: unit op1 is there more than once\."):
            load(written(twice))

    def test_a_file_that_is_not_there(self, tmp_path):
        with pytest.raises(BadData, match=r"none\.toml is not a review: .*No such file"):
            load(tmp_path / "none.toml")

    def test_a_file_that_is_not_text(self, tmp_path):
        path = tmp_path / "bytes.toml"
        path.write_bytes(b"\xff\xfe")
        with pytest.raises(BadData, match=r"bytes\.toml is not a review: .*decode"):
            load(path)
