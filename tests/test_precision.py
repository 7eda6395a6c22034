"""What cites nothing, in texts of our own: quoted words, years, ends of other titles."""

from __future__ import annotations

import pytest

from pursuant.extracting import extract

SPEAKERS = {
    "zh": "大会，",
    "en": "The General Assembly,",
    "fr": "L’Assemblée générale,",
    "es": "La Asamblea General,",
    "ru": "Генеральная Ассамблея,",
    "ar": "إن الجمعية العامة،",
}
COUNCILS = {
    "en": "The Security Council,",
    "fr": "Le Conseil de sécurité,",
    "es": "El Consejo de Seguridad,",
    "ru": "Совет Безопасности,",
}


def cited(speaker: str, text: str, symbol: str = "A/RES/80/44") -> list[str | None]:
    """What the last paragraph of a small resolution cites, None for what is not resolved."""
    document = extract(f"{symbol}. X\n\n{speaker}\n\n {text}\n".encode(), "x.txt")
    return [citation.target for citation in document.paragraphs[-1].citations]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "1. Deplores the trade in so-called “river gold” and the “one guard” rule."),
        ("en", "1. Thanks the Panel (“the Panel”) for the seminar on the theme “Bridges for all”."),
        ("fr", "1. Déplore le commerce de l’« or des rivières » et salue le thème « Des ponts »."),
        ("es", "1. Deplora el comercio del llamado “oro de los ríos” y la consigna “un puente”."),
        ("ru", "1. осуждает торговлю так называемым «речным золотом» и лозунг «мост за мост»."),
        ("ar", "1 - تستنكر الاتجار بما يسمى ”ذهب الأنهار“ وشعار ”جسر لكل قرية“."),
        ("zh", "1. 表示注意到《大会正式记录，第八十届会议，补编第20号》。"),
    ],
)
def test_quoted_words_are_no_titles(code: str, text: str) -> None:
    assert cited(SPEAKERS[code], text) == []


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "1. Welcomes the “Riverside Declaration on Small Bridges”."),
        ("fr", "1. Se félicite de la « Déclaration de Rivière sur les petits ponts »."),
        ("es", "1. Acoge con beneplácito la “Declaración de Ribera sobre los Puentes”."),
        ("ru", "1. приветствует «Пакт о мостах» и просит государства-члены его выполнять."),
        ("ar", "1 - ترحب بـ ”إعلان النهر بشأن الجسور الصغيرة“ وتدعو الدول الأعضاء إلى تنفيذه."),
        ("zh", "1. 欢迎《小桥问题河边宣言》。"),
    ],
)
def test_a_title_that_is_not_known_is_kept(code: str, text: str) -> None:
    assert cited(SPEAKERS[code], text) == [None]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "1. Recalls resolution 1540 and the resolution of 1995 on the lakes region."),
        ("en", "1. Recalls resolution 1540 and welcomes the decisions of the 2019 Meeting."),
        ("fr", "1. Rappelle la résolution 1540 et la résolution de 1995 sur les lacs."),
        ("es", "1. Recuerda la resolución 1540 y la resolución de 1995 relativa a los lagos."),
        ("ru", "1. ссылается на резолюцию 1540 и резолюцию 1995 года по району озер."),
    ],
)
def test_a_year_is_no_number(code: str, text: str) -> None:
    assert cited(COUNCILS[code], text, "S/RES/2790 (2025)") == ["S/RES/1540 (2004)"]


@pytest.mark.parametrize(("words", "meant"), [("the", 1), ("the Riverside", 0)])
def test_a_short_title_is_not_the_end_of_another(words: str, meant: int) -> None:
    paragraphs = (
        f"Recalling the Guiding Principles on Business and Human Rights,\n\n "
        f"1. Recalls the standards of {words} Guiding Principles on bridges."
    )
    assert cited(SPEAKERS["en"], paragraphs) == ["A/HRC/17/31"] * meant


def test_a_note_says_where_a_title_was_printed() -> None:
    """The conference's resolution is not known here; the declaration that it adopted is."""
    text = (
        "1. Reaffirms the Rio Declaration on Environment and Development1 and the Convention.2\n"
        "________________\n"
        "1 Report of the United Nations Conference on Environment and Development, vol. I, "
        "resolution 1, annex I.\n2 Report of the Meeting on Bridges, resolution 1, annex.\n"
    )
    document = extract(f"A/RES/80/44. X\n\nThe General Assembly,\n\n {text}".encode(), "x.txt")
    first, *others = document.paragraphs[-1].citations
    assert first.target == "rio-declaration"
    assert [e.exact for e in first.evidence][1:] == ["resolution 1"]
    assert [c.target for c in others] == [None]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("zh", "1. 呼吁根据安全理事会第1860(2009)号决议，全面开放各过境点。"),
        ("en", "1. Calls, under Security Council resolution 1860 (2009), for open crossings."),
    ],
)
def test_who_is_named_in_a_citation_is_not_asked(code: str, text: str) -> None:
    document = extract(f"A/RES/80/44. X\n\n{SPEAKERS[code]}\n\n {text}\n".encode(), "x.txt")
    assert not any("sc" in m.addressees for p in document.paragraphs for m in p.mandates)


def test_points_under_a_heading_go_on_with_the_chapeau() -> None:
    text = (
        " 1. Authorizes the United Nations Mission in South Sudan to carry out these tasks:\n\n"
        " (a) Protection of civilians\n\n (i) To deter violence against villages;\n\n"
        " (ii) To patrol the roads, in accordance with paragraph 3 of resolution 2459 (2019);\n\n"
        " (b) To report every three months.\n"
    )
    document = extract(f"S/RES/2790 (2025). X\n\nThe Security Council,\n\n{text}".encode(), "x.txt")
    found = {p.id: [(m.force, m.addressees) for m in p.mandates] for p in document.paragraphs}
    names = ("op1", "op1-a", "op1-a-i", "op1-a-ii", "op1-b")
    assert found == {name: [("authorize", ("unmiss",))] for name in names}
    (citation,) = document["op1-a-ii"].citations
    assert (citation.target, citation.pinpoint) == ("S/RES/2459 (2019)", "paragraph 3")


@pytest.mark.parametrize(
    ("speaker", "text"),
    [
        ("zh", "1. 回顾其第1267/1989/2253号决议和2014年9月24日第2178号决议。"),
        ("en", "1. Recalls its resolutions 1267/1989/2253 and 2178 of 24 September 2014."),
        ("fr", "1. Rappelle ses résolutions 1267/1989/2253 et 2178 du 24 septembre 2014."),
        ("es", "1. Recuerda sus resoluciones 1267/1989/2253 y 2178, de 24 de septiembre de 2014."),
        ("ru", "1. ссылается на свои резолюции 1267/1989/2253 и 2178 от 24 сентября 2014 года."),
        (
            "ar",
            "1 - يشير إلى قراراته 1267/1989/2253 و 2178 المؤرخ 24 أيلول/سبتمبر 2014 في هذا الصدد.",
        ),
    ],
)
def test_numbers_joined_by_slashes_and_numbers_told_by_their_date(speaker: str, text: str) -> None:
    names = {**COUNCILS, "zh": "安全理事会，", "ar": "إن مجلس الأمن،"}
    assert cited(names[speaker], text, "S/RES/2790 (2025)") == [
        "S/RES/1267 (1999)",
        "S/RES/1989 (2011)",
        "S/RES/2253 (2015)",
        "S/RES/2178 (2014)",
    ]


def test_a_number_with_a_bare_date_in_a_list_of_years() -> None:
    text = "1. Recalls resolutions 1267 (1999), 1373 of 28 September 2001 and 60 of 15 staff."
    assert cited(COUNCILS["en"], text, "S/RES/2790 (2025)") == [
        "S/RES/1267 (1999)",
        "S/RES/1373 (2001)",
    ]
