"""Title pages, formulas and closes in six languages; all texts are composed."""

from __future__ import annotations

import pytest

from pursuant import extract
from pursuant.detecting import detect
from pursuant.framing import Frame
from pursuant.paging import lay_out
from pursuant.segmenting import Outline, segment

ENGLISH = """\
United Nations A/RES/81/7
General Assembly Distr.: General
21 December 2026
Eighty-first session
Agenda item 26 (b)
Social development: lamps

Resolution adopted by the General Assembly
on 16 December 2026

[on the report of the Third Committee (A/81/475, para. 33)]

81/7. Lamps and lanterns in the service of
all people1

 The General Assembly,

 Recalling its resolution 72/194 of 19 December 2017,2 and the lamps,

 1. Requests the Secretary-General to report to it at its eighty-second session;

 2. Decides to approve the rules annexed to the present resolution.

46th plenary meeting
16 December 2026

Annex

Rules on lamps

I. General

1. Each lamp shall be lit:

(a) In the evening;

(b) At night.

2. Nobody shall blow it out.

_______________
1 First note.
2 Second note.
A/RES/81/7
2/2 26-12345
"""

FRENCH = """\
Nations Unies A/RES/81/7
Assemblée générale Distr. générale
21 décembre 2026
Quatre-vingt-unième session
Point 26 b) de l’ordre du jour
Développement social

Résolution adoptée par l’Assemblée générale le 1er décembre 2026

[sur la base du rapport de la Troisième Commission (A/81/475, par. 33)]

81/7. Les lampes au service de tous

 L’Assemblée générale,

 Rappelant sa résolution 72/194 du 19 décembre 2017,

 1. Prie le Secrétaire général de lui présenter un rapport ;

 2. Décide d’approuver les règles.

46e séance plénière
1er décembre 2026

Annexe I

Règles

1. Chaque lampe est allumée.

Annexe II

1. Fin.
"""

SPANISH = """\
Naciones Unidas S/RES/3001 (2027)
Consejo de Seguridad Distr. general
14 de mayo de 2027
Resolución 3001 (2027)
Aprobada por el Consejo de Seguridad en su 9968ª sesión,
celebrada el 14 de mayo de 2027

 El Consejo de Seguridad,

 Recordando su resolución 2178 (2014) y las lámparas,

 1. Pide al Secretario General que le presente un informe;

 2. Decide seguir ocupándose de la cuestión.
"""

RUSSIAN = """\
Организация Объединенных Наций E/RES/2026/4
Экономический и Социальный Совет Distr.: General
15 June 2026
Сессия 2026 года
Пункт 20 повестки дня
Лампы
Резолюция, принятая Экономическим и Социальным Советом 9 июня 2026 года
[по предложению, рассмотренному на пленарном заседании (E/2026/L.19)]
2026/4. Лампы и фонари

 Экономический и Социальный Совет,

 ссылаясь на свою резолюцию 2019/21 от 23 июля 2019 года,

 1. просит Генерального секретаря представить доклад;

 2. постановляет вернуться к этому вопросу.

9-е пленарное заседание
9 июня 2026 года
"""

ARABIC = """\
الأمــم المتحـدة A/HRC/RES/60/3
الجمعية العامة Distr.: General
16 October 2026
Original: English
مجلس حقوق الإنسان
الدورة الستون
البند 3 من جدول الأعمال
قرار اعتمده مجلس حقوق الإنسان في 12 تشرين الأول/أكتوبر 2026
60/3 المصابيح والفوانيس

 إن مجلس حقوق الإنسان،

 إذ يشير إلى قراره 37/42 المؤرخ 23 آذار/مارس 2018،

 1- يطلب إلى الأمين العام أن يقدم تقريرا؛

 2- يقرر أن يبقي المسألة قيد نظره.

الجلسة 48
12 تشرين الأول/أكتوبر 2026
[اعتمد بدون تصويت.]
"""

CHINESE = """\
联合国 A/RES/81/7
大会 Distr.: General
21 December 2026
第八十一届会议
议程项目26(b)
社会发展
2026年12月16日大会决议
[根据第三委员会的报告(A/81/475，第33段)]
81/7. 为所有人服务的灯

 大会，

 回顾其2017年12月19日第72/194号决议，

 1. 请秘书长向大会提交报告；

 2. 决定核准本决议所附规则。

第46次全体会议
2026年12月16日

附件

规则

1. 每盏灯都应点亮。
"""


def outline(text: str) -> Outline:
    language = detect(text)
    assert language
    return segment(lay_out(text.split("\n"), language), language, "f.txt")


@pytest.mark.parametrize(
    ("page", "frame", "units"),
    [
        (
            ENGLISH,
            Frame(
                "A/RES/81/7",
                "Lamps and lanterns in the service of all people",
                "ga",
                "ga",
                adopted="2026-12-16",
                meeting="46",
            ),
            "pp1 op1 op2 annex-h1 annex-h2 annex-h3 annex-1 annex-1-a annex-1-b annex-2",
        ),
        (
            FRENCH,
            Frame(
                "A/RES/81/7",
                "Les lampes au service de tous",
                "ga",
                "ga",
                adopted="2026-12-01",
                meeting="46",
            ),
            "pp1 op1 op2 annex-i-h1 annex-i-h2 annex-i-1 annex-ii-h1 annex-ii-1",
        ),
        (
            SPANISH,
            Frame("S/RES/3001 (2027)", None, "sc", "sc", adopted="2027-05-14", meeting="9968"),
            "pp1 op1 op2",
        ),
        (
            RUSSIAN,
            Frame(
                "E/RES/2026/4",
                "Лампы и фонари",
                "ecosoc",
                "ecosoc",
                adopted="2026-06-09",
                meeting="9",
            ),
            "pp1 op1 op2",
        ),
        (
            ARABIC,
            Frame(
                "A/HRC/RES/60/3",
                "المصابيح والفوانيس",
                "hrc",
                "hrc",
                adopted="2026-10-12",
                meeting="48",
            ),
            "pp1 op1 op2",
        ),
        (
            CHINESE,
            Frame("A/RES/81/7", "为所有人服务的灯", "ga", "ga", adopted="2026-12-16", meeting="46"),
            "pp1 op1 op2 annex-h1 annex-h2 annex-1",
        ),
    ],
    ids=["en", "fr", "es", "ru", "ar", "zh"],
)
def test_title_pages(page: str, frame: Frame, units: str) -> None:
    found = outline(page)
    assert found.frame == frame
    assert [unit.id for unit in found.units] == units.split()


def letters(text: str) -> str:
    return "".join(c for c in text if c.isalpha())


@pytest.mark.parametrize("page", [ENGLISH, FRENCH, SPANISH, RUSSIAN, ARABIC, CHINESE])
def test_every_line_is_text_or_declared(page: str) -> None:
    """Nothing falls away silently: what is no unit and no note is named as furniture."""
    found = outline(page)
    texts = [*(unit.text for unit in found.units), *found.notes.values(), *found.furniture]
    assert sorted(letters("".join(texts)) + "ab" * (page == ENGLISH)) == sorted(letters(page))


def test_a_title_has_a_footnote_too() -> None:
    found = outline(ENGLISH)
    assert found.notes == {1: "First note.", 2: "Second note."}
    assert found.units[0].markers == ((52, 2),)


WRAPPERS = {
    "en": (
        "The Economic and Social Council,\n Recommends to the General Assembly the adoption of the"
        " following draft\nresolution:\n The General Assembly,\n Recalling its resolution 72/194 of"
        " 19 December 2017,\n 1. Requests the Secretary-General to report.\n"
    ),
    "fr": (
        "Le Conseil économique et social,\n Recommande à l’Assemblée générale d’adopter le projet"
        " de résolution suivant :\n L’Assemblée générale,\n Rappelant sa résolution 72/194 du"
        " 19 décembre 2017,\n 1. Prie le Secrétaire général de lui présenter un rapport.\n"
    ),
    "es": (
        "El Consejo Económico y Social,\n Recomienda a la Asamblea General que apruebe el"
        " siguiente proyecto de resolución:\n La Asamblea General,\n Recordando su resolución"
        " 72/194, de 19 de diciembre de 2017,\n 1. Solicita al Secretario General que la informe.\n"
    ),
    "ru": (
        "Экономический и Социальный Совет,\n рекомендует Генеральной Ассамблее принять следующий"
        " проект резолюции:\n Генеральная Ассамблея,\n ссылаясь на свою резолюцию 72/194 от 19"
        " декабря 2017 года,\n 1. просит Генерального секретаря представить доклад.\n"
    ),
    "ar": (
        "إن المجلس الاقتصادي والاجتماعي،\n يوصي الجمعية العامة باعتماد مشروع القرار التالي:\n"
        " إن الجمعية العامة،\n إذ تشير إلى قرارها 72/194 المؤرخ 19 كانون الأول/ديسمبر 2017،\n"
        " 1 - تطلب إلى الأمين العام أن يقدم تقريرا.\n"
    ),
    "zh": (
        "经济及社会理事会\n 建议大会通过以下决议草案：\n 大会，\n"
        " 回顾其2017年12月19日第72/194号决议，\n 1. 请秘书长提交报告。\n"
    ),
}


@pytest.mark.parametrize("code", WRAPPERS)
def test_a_draft_that_is_recommended(code: str) -> None:
    found = outline(f"E/RES/2026/9. 2026\n {WRAPPERS[code]}")
    assert found.frame == Frame("E/RES/2026/9", "2026", "ecosoc", "ga", draft=True)
    assert [unit.id for unit in found.units] == ["pp1", "op1"]


def test_the_title_of_a_draft_stands_before_its_speaker() -> None:
    text = WRAPPERS["en"].replace(
        " The General Assembly,", " “Lamps for all people\n “The General Assembly,"
    )
    found = outline(f"E/RES/2026/9\n {text}")
    assert (found.frame.speaker, [unit.id for unit in found.units]) == ("ga", ["pp1", "op1"])
    assert "“Lamps for all people" in found.furniture


@pytest.mark.parametrize(
    ("head", "symbol", "title"),
    [
        ("A/RES/81/7. A lamp for all", "A/RES/81/7", "A lamp for all"),
        ("A/RES/81/7 A. Lamps", "A/RES/81/7 A", "Lamps"),
        ("A/RES/81/7*", "A/RES/81/7", None),
        ("A/RES/81/7. - Lamps", "A/RES/81/7", "Lamps"),
        ("81/7 Lamps", "A/RES/81/7", "Lamps"),
        ("81/7. Lamps and\nlanterns", "A/RES/81/7", "Lamps and lanterns"),
        ("2625 (XXV). Lamps", "A/RES/2625(XXV)", "Lamps"),
        ("ES-11/1. Lamps", "A/RES/ES-11/1", "Lamps"),
        ("Lamps", None, None),
    ],
)
def test_heads(head: str, symbol: str | None, title: str | None) -> None:
    found = outline(
        f"{head}\n The General Assembly,\n 1. Requests the Secretary-General to report on it.\n"
    ).frame
    assert (found.symbol, found.title) == (symbol, title)


@pytest.mark.parametrize(
    "close",
    [
        "46th plenary meeting\n16 December 2026",
        "46th plenary meeting 16 December 2026",
        "16 December 2026\n46th plenary meeting (resumed)",
        "46th meeting\n16 December 2026\n[Adopted without a vote.]",
        "46th meeting\n16 December 2026\n[Adopted by a recorded vote:\nIn favour:\nArcadia]",
    ],
)
def test_closes(close: str) -> None:
    found = outline(
        "A/RES/81/7\n The General Assembly,\n 1. Requests the Secretary-General to report on it.\n"
        f"{close}\n"
    )
    assert (found.frame.adopted, found.frame.meeting) == ("2026-12-16", "46")
    assert [unit.text for unit in found.units] == [
        "Requests the Secretary-General to report on it."
    ]


def test_a_day_that_no_month_has_is_no_date() -> None:
    assert outline(WRAPPERS["zh"] + "2026年2月31日\n").frame.adopted is None


ASKED = "تطلب إلى الأمين العام أن يقدم تقريرا عن ذلك إلى الجمعية العامة."


@pytest.mark.parametrize(
    ("code", "speaker", "operative", "meeting", "day", "adopted"),
    [
        ("ru", "Генеральная Ассамблея,", "просит его.", "88-e пленарное заседание",
         "30 июня 2031 года", "2031-06-30"),
        ("ru", "Генеральная Ассамблея,", "просит его.",
         "48-е (возобновленное) пленарное заседание", "30 июня 2031 года", "2031-06-30"),
        ("en", "The General Assembly,", "Requests it.", "48th (resumed) plenary meeting",
         "31 December 2030", "2030-12-31"),
        ("en", "The General Assembly,", "Requests it.", "Meeting that nobody knows",
         "31 December 2030", "2030-12-31"),
        ("fr", "Le Conseil des droits de l’homme,", "Décide de rester saisi.", "53e réunion",
         "3 avril 2031", "2031-04-03"),
        ("ar", "إن الجمعية العامة،", ASKED,
         "الجلسة العامة (المستأنفة) 48",
         "31 كانون الأول/ديسمبر 2030", "2030-12-31"),
        ("ar", "إن الجمعية العامة،", ASKED, "الجلسة العامة الأولى",
         "14 أيلول/سبتمبر 2030", "2030-09-14"),
        ("zh", "大会，", "请它。", "第53次全体会议)", "2030年12月16日", "2030-12-16"),
    ],
)  # fmt: skip
def test_closes_of_other_wordings(
    code: str, speaker: str, operative: str, meeting: str, day: str, adopted: str
) -> None:
    text = f"A/RES/81/9. X\n\n{speaker}\n\n1. {operative}\n\n{meeting}\n{day}\n"
    document = extract(text.encode(), "x.txt")
    assert [(p.id, p.text) for p in document.paragraphs] == [("op1", operative)]
    assert document.adopted == adopted


def test_a_note_on_the_vote_that_no_bracket_closes() -> None:
    text = (
        "A/HRC/RES/61/9. X\n\nThe Human Rights Council,\n\n1. Requests it.\n\n47th meeting\n"
        "12 October 2031\n[Adopted by a recorded vote of 20 to 1. The voting was as follows:\n"
        "In favour:\nLakeland, Riverland\nAgainst:\n"
    )
    document = extract(text.encode(), "x.txt")
    assert [p.text for p in document.paragraphs] == ["Requests it."]
    assert (document.adopted, document.meeting) == ("2031-10-12", "47")


def test_a_formula_without_its_comma_behind_a_title_page() -> None:
    text = (
        "United Nations\n\nA/RES/81/9\n\nGeneral Assembly\n\nDistr.: General\n14 June 2031\n\n"
        "Resolution adopted by the General Assembly on 7 June 2031\n\nA/RES/81/9. Lamps\n\n"
        "The General Assembly\n\nEndorses the Declaration of Lamps.\n"
    )
    document = extract(text.encode(), "x.txt")
    assert (document.title, document.adopted) == ("Lamps", "2031-06-07")
    assert [p.text for p in document.paragraphs] == ["Endorses the Declaration of Lamps."]


TITLE_PAGE = "United Nations\n\n{}\n\nSecurity Council\n\nDistr.: General\n14 May 2031\n\n{}\n\n"


@pytest.mark.parametrize("header", ["S/RES/3101 (2031)\n\n", ""])
def test_a_title_page_and_nobody_who_speaks(header: str) -> None:
    page = TITLE_PAGE.format("S/RES/3101 (2031)", "Resolution 3101 (2031)")
    text = (
        f"{page}Adopted by the Security Council at its\n9968th meeting, on 14 May 2031\n\n{header}"
        " Recalling the lamps of the city,\n\n 1. Decides to light them.\n"
    )
    document = extract(text.encode(), "x.txt")
    assert (document.symbol, document.adopted) == ("S/RES/3101 (2031)", "2031-05-14")
    assert (document.adopted_by, document.speaker, document.meeting) == ("sc", "sc", "9968")
    assert [p.text for p in document.paragraphs] == [
        "Recalling the lamps of the city,",
        "Decides to light them.",
    ]


@pytest.mark.parametrize(
    ("cover", "close", "adopted"),
    [
        ("6 December 2029", "6 December 2030", "2030-12-06"),  # not in the 85th session
        ("6 December 2030", "7 December 2030", "2030-12-06"),
        ("6 December 2029", "6 December 2028", "2029-12-06"),
        ("6 December 2030", "6 December 2029", "2030-12-06"),
    ],
)
def test_a_title_page_and_a_close_that_disagree(cover: str, close: str, adopted: str) -> None:
    text = (
        f"Resolution adopted by the General Assembly on {cover}\n\nA/RES/85/9. Lamps\n\n"
        f"The General Assembly,\n\n1. Requests it.\n\n45th plenary meeting\n{close}\n"
    )
    assert extract(text.encode(), "x.txt").adopted == adopted


def test_marks_of_direction_stay_in_a_title() -> None:
    text = "A/RES/81/9. Lámparas de la\n\u200eciudad\n\nLa Asamblea General,\n\n1. Pide"
    text += " al Secretario General que presente un informe sobre esta cuestión.\n"
    assert extract(text.encode(), "x.txt").title == "Lámparas de la \u200eciudad"
