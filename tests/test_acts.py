"""Which verbs of a paragraph count, in languages with spaces and capitals."""

from __future__ import annotations

import pytest

from pursuant.acts import find_acts
from pursuant.extracting import extract
from pursuant.folding import fold
from pursuant.languages import languages


def acts(code: str, text: str) -> list[tuple[str, str]]:
    return [(a.act, a.verb) for a in find_acts(text, languages()[code], lambda _: True)]


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("en", "Also requests the Secretary-General to report", [("request", "Also requests")]),
        ("en", "requests for assistance were made", []),
        (
            "en",
            "Noting with deep concern the attacks",
            [("note-with-concern", "Noting with deep concern")],
        ),
        (
            "en",
            "Expressing its deep concern about this",
            [("express-concern", "Expressing its deep concern")],
        ),
        ("en", "Calls once again upon States to act", [("call-upon", "Calls once again upon")]),
        ("en", "Recalling further its resolution", [("recall", "Recalling further")]),
        (
            "en",
            "Takes note of the report and requests States to act",
            [("take-note", "Takes note"), ("request", "requests")],
        ),
        (
            "en",
            "Stresses this, and, in this regard, strongly urges States to act",
            [("stress", "Stresses"), ("urge", "strongly urges")],
        ),
        ("en", "Recalls that the Assembly called upon States to act", [("recall", "Recalls")]),
        (
            "en",
            "Requests States to act, noting with concern the attacks",
            [("request", "Requests")],
        ),
        (
            "en",
            "Recalling this, and noting that, and stressing those",
            [("recall", "Recalling"), ("note", "noting"), ("stress", "stressing")],
        ),
        ("en", "Recommends that the host country’s requests be met", [("recommend", "Recommends")]),
        ("fr", "Prie également le Secrétaire général", [("request", "Prie également")]),
        (
            "fr",
            "Se déclare de nouveau profondément préoccupée par cela",
            [("express-concern", "Se déclare de nouveau profondément préoccupée")],
        ),
        (
            "fr",
            "Engage vivement les États à agir, et les prie de le faire",
            [("urge", "Engage vivement"), ("request", "prie")],
        ),
        (
            "es",
            "Acoge con beneplácito también la labor e insta a los Estados",
            [("welcome", "Acoge con beneplácito también"), ("urge", "insta")],
        ),
        (
            "es",
            "Decide examinar la cuestión, y exhorta a los Estados",
            [("decide", "Decide"), ("call-upon", "exhorta")],
        ),
        (
            "ru",
            "самым решительным образом осуждает теракты и вновь призывает",
            [("condemn", "самым решительным образом осуждает"), ("call-upon", "вновь призывает")],
        ),
        (
            "ru",
            "принимая также во внимание доклад",
            [("bear-in-mind", "принимая также во внимание")],
        ),
        (
            "ar",
            "تعيد أيضا تأكيد قرارها، وتطلب كذلك إلى الأمين العام",
            [("reaffirm", "تعيد أيضا تأكيد"), ("request", "تطلب كذلك")],
        ),
        ("ar", "وإذ يُسلِّم كذلك بأهمية ذلك", [("recognize", "وإذ يُسلِّم كذلك")]),
        ("ar", "إذ تشير إلى قرارها", [("recall", "إذ تشير")]),
        ("zh", "在这方面又欢迎这项工作", [("welcome", "在这方面又欢迎")]),
    ],
)
def test_acts(code: str, text: str, expected: list[tuple[str, str]]) -> None:
    assert acts(code, text) == expected


@pytest.mark.parametrize(
    ("code", "text", "modifiers"),
    [
        ("en", "Also strongly urges States", ("also", "strongly")),
        ("fr", "Demande de nouveau instamment aux États", ("again",)),
        ("ru", "вновь решительно призывает государства", ("again", "strongly")),
        ("en", "Calls, in this regard, once again upon States", ("context", "again")),
        ("en", "Urges States", ()),
    ],
)
def test_modifiers(code: str, text: str, modifiers: tuple[str, ...]) -> None:
    found = languages()[code].opening.match(fold(text))
    assert found
    assert found.modifiers == modifiers


def addressed(text: str) -> list[tuple[str, tuple[str, ...], str | None]]:
    dump = f"A/RES/75/9. Cooperation\n\n The General Assembly,\n\n 1. {text}.\n"
    (paragraph,) = extract(dump.encode(), "x").paragraphs
    return [(m.force, m.addressees, m.qualifier) for m in paragraph.mandates]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Decides that the mandate of the Counter-Terrorism Committee shall include these tasks",
            [("decide", ("ctc",), "that the mandate of the")],
        ),
        (
            "Encourages all countries to take part in the work of the organization",
            [("encourage", ("states",), None)],
        ),
        (
            "Requests the Secretary-General, within existing resources, to report to the Assembly",
            [("request", ("secretary-general",), "the")],
        ),
        (
            "Calls upon all Member States that have not yet done so to accede to the Convention",
            [("call-upon", ("member-states",), "that have not yet done so")],
        ),
        (
            "Requests the United Nations Secretary-General to report on the work",
            [("request", ("secretary-general",), "the United Nations")],
        ),
        (
            "Encourages United Nations peacekeeping missions to assist in the work",
            [],
        ),
        ("Encourages the work of the Secretary-General for the good of the world", []),
        ("Requests the Secretary-General’s report to be made available to all the members", []),
        (
            "Invites Member States, the World Health Organization and civil society to take part",
            [("invite", ("member-states", "who", "civil-society"), None)],
        ),
        (
            "Requests that, in the preparation of the report, the Secretary-General consult others",
            [("request", ("secretary-general",), "that, in the preparation of the report, the")],
        ),
        (
            "Requests the Secretary-General to go there, and also requests him to report on it",
            [("request", ("secretary-general",), "the"), ("request", ("secretary-general",), None)],
        ),
    ],
)
def test_addressees(text: str, expected: list[tuple[str, tuple[str, ...], str | None]]) -> None:
    assert addressed(text) == expected
