"""Measuring on marked-up documents: what is counted, what is told, what is compared."""

from __future__ import annotations

import csv
import json
from dataclasses import replace

import pytest
from click.testing import CliRunner

from pursuant import evaluating
from pursuant.cli import main
from pursuant.errors import PursuantError
from pursuant.scoring import DocumentScore, ParagraphScore
from tests import markup


@pytest.fixture
def folder(tmp_path):
    return markup.folder(tmp_path, zh=markup.CHINESE, broken="<a>")


def counts(evaluation, language="zh"):
    return {
        row["measure"]: (row["right"], row["of"], row["linked percent"])
        for row in evaluation.to_table()
        if row["language"] == language
    }


def test_what_is_counted(folder):
    measured = evaluating.evaluate(folder)
    assert counts(measured) == {
        "documents: symbol": (1, 1, None),
        "documents: language": (1, 1, None),
        "documents: title": (1, 1, None),
        "documents: adoptedBy": (1, 1, None),
        "paragraphs: exact": (7, 7, None),
        "citations: A/RES": (1, 2, 50.0),
        "citations: S/RES": (1, 1, 100.0),
        "citations: other documents": (1, 1, None),
    }
    assert measured.skipped == {"the file is not well-formed XML": 1}
    assert [(r["unit"], r["miss"], r["what"]) for r in measured.misses()] == [
        ("op2", "not linked", "A/RES/70/1"),
        ("op3", "missed", "A/RES/60/1"),
    ]


def test_the_date_is_measured_where_the_dump_tells_it(folder):
    assert counts(evaluating.evaluate(folder, cover=True))["documents: adopted"] == (1, 1, None)


def test_a_date_that_editors_do_not_tell_is_not_measured(tmp_path):
    folder = markup.folder(tmp_path, zh=markup.CHINESE.replace("2026-12-16", "0001-01-01"))
    assert "documents: adopted" not in counts(evaluating.evaluate(folder, cover=True))


def test_what_cannot_be_read_is_counted_as_missed(tmp_path):
    """A document in no known letters costs all that its editors marked."""
    text = markup.CHINESE.replace("大会", "Ω").replace("决议", "Ω").replace("秘书长", "Ω")
    greek = "".join("Ω" if "\u4e00" <= c <= "\u9fff" else c for c in text)
    measured = evaluating.evaluate(markup.folder(tmp_path, zh=greek))
    assert counts(measured)["paragraphs: exact"] == (0, 7, None)
    assert counts(measured)["documents: symbol"] == (0, 1, None)
    first, *rest = measured.misses()
    assert first["miss"] == "nothing read"
    assert "its language is none of those known here" in str(first["what"])
    assert {row["miss"] for row in rest} == {"wrong", "text differs", "missed, as the text differs"}


def test_a_fault_of_ours_does_not_cost_the_others(folder, monkeypatch):
    def fail(*_):
        raise ZeroDivisionError("by 0")

    monkeypatch.setattr(evaluating, "extract", fail)
    (score,) = evaluating.evaluate(folder).documents
    assert score.problem == "ZeroDivisionError: by 0"


def test_what_a_title_cites_is_told_apart(tmp_path):
    """Editors link numbers; a resolution that only its title names is counted by itself."""
    text = markup.statement("", markup.paragraph(1, "重申《联合国全球反恐战略》和第70/1号决议。"))
    measured = evaluating.evaluate(markup.folder(tmp_path, zh=text))
    assert [(r["miss"], r["what"]) for r in measured.misses()] == [
        ("named, not linked", "A/RES/60/288"),
        ("not linked", "A/RES/70/1"),
    ]


def test_only_and_sample(tmp_path):
    markup.folder(tmp_path, zh=markup.CHINESE, en=markup.ENGLISH)
    assert {d.language for d in evaluating.evaluate(tmp_path).documents} == {"zh", "en"}
    assert [d.language for d in evaluating.evaluate(tmp_path, {"zh"}).documents] == ["zh"]
    chosen = [evaluating.evaluate(tmp_path, sample=1, seed=3).documents for _ in range(2)]
    assert len(chosen[0]) == 1
    assert chosen[0] == chosen[1]


def test_nothing_to_measure_on(tmp_path):
    with pytest.raises(PursuantError, match="holds no Akoma Ntoso resolution"):
        evaluating.evaluate(tmp_path)


BEFORE = DocumentScore(
    "A/RES/81/7",
    "zh",
    {"symbol": True, "title": False},
    (
        ParagraphScore("pp1", exact=True, found=("A/RES/72/194",), missed=("S/RES/2178",)),
        ParagraphScore("op1", exact=False, unlinked=("A/RES/1/1",)),
    ),
    2,
)
AFTER = replace(
    BEFORE,
    right={"symbol": True, "title": True},
    paragraphs=(
        ParagraphScore("pp1", exact=False, found=("S/RES/2178",), missed=("A/RES/72/194",)),
        ParagraphScore("op1", exact=True, unlinked=("A/RES/1/2",)),
        ParagraphScore("op2", exact=False),
    ),
)


def evaluation(*scores):
    return evaluating.Evaluation(scores, {})


def test_gains_and_losses():
    other = replace(AFTER, document="A/RES/81/8")
    new, old = evaluation(AFTER, other), evaluation(BEFORE)
    assert [(r["change"], r["unit"], r["what"]) for r in new.against(old)] == [
        ("gain", None, "title"),
        ("loss", "pp1", "text"),
        ("gain", "pp1", "S/RES/2178"),
        ("loss", "pp1", "A/RES/72/194"),
        ("gain", "op1", "text"),
        ("more", "op1", "A/RES/1/2"),
        ("fewer", "op1", "A/RES/1/1"),
    ]
    assert new.common(old) == 1
    assert len(new.against(new)) == 0


def test_what_is_kept_comes_back(tmp_path):
    kept = evaluating.Evaluation((BEFORE, AFTER), {"it has tables": 2})
    evaluating.save(kept, tmp_path / "f.json")
    assert evaluating.load(tmp_path / "f.json") == kept


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"documents": [{}], "skipped": {}}'])
def test_what_was_not_kept_by_us(tmp_path, text):
    (tmp_path / "f.json").write_text(text)
    with pytest.raises(PursuantError, match="holds no saved evaluation"):
        evaluating.load(tmp_path / "f.json")


def test_files_that_are_not_there(tmp_path):
    with pytest.raises(PursuantError, match="cannot be read"):
        evaluating.load(tmp_path / "f.json")
    with pytest.raises(PursuantError, match="cannot be written"):
        evaluating.save(evaluation(), tmp_path / "no" / "f.json")


def run(*args):
    return CliRunner().invoke(main, ["evaluate", *map(str, args)])


def test_the_command(folder, tmp_path):
    kept, misses = tmp_path / "kept.json", tmp_path / "misses.csv"
    result = run(folder, "--save", kept, "--misses", misses, "--format", "json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)[0] == {
        "language": "zh",
        "measure": "documents: symbol",
        "right": 1,
        "of": 1,
        "percent": 100.0,
        "linked percent": None,
        "linked percent of numbers": None,
    }
    assert (
        result.stderr == "pursuant: 1 file was not measured on: the file is not well-formed XML\n"
    )
    rows = list(csv.DictReader(misses.read_text("utf-8").splitlines()))
    assert [row["what"] for row in rows] == ["A/RES/70/1", "A/RES/60/1"]
    again = run(folder, "--against", kept)
    assert again.exit_code == 0
    assert again.stderr.endswith("0 gain, 0 loss, 0 more, 0 fewer in 1 document\n")


def test_losses_are_something_wrong(tmp_path):
    for name, score in (("old", BEFORE), ("new", AFTER)):
        evaluating.save(evaluation(score), tmp_path / f"{name}.json")
    worse = run(tmp_path / "new.json", "--against", tmp_path / "old.json", "--format", "csv")
    assert worse.exit_code == 1
    assert "loss,zh,A/RES/81/7,pp1,A/RES/72/194" in worse.stdout
    assert worse.stderr == "3 gain, 2 loss, 1 more, 1 fewer in 1 document\n"


@pytest.mark.parametrize(
    ("args", "problem"),
    [
        (["--only", "zh,tlh"], "'tlh' is none of ar, en, es, fr, ru, zh"),
        (["--against", "none.json"], "none.json cannot be read"),
    ],
)
def test_bad_use(folder, args, problem):
    result = run(folder, *args)
    assert result.exit_code == 2
    assert problem in result.stderr
