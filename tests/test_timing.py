"""When something is to be done, read in the light of who speaks and when."""

from __future__ import annotations

import pytest

from pursuant.document import When
from pursuant.folding import fold
from pursuant.languages import languages
from pursuant.timing import Calendar, Clock, ordinal

GA = Calendar("ga", "A/RES/75/9", "2020-12-21")
HRC = Calendar("hrc", "A/HRC/RES/54/3", "2023-10-11")
ECOSOC = Calendar("ecosoc", "E/RES/2021/9", "2021-06-08")
SC = Calendar("sc", "S/RES/2556 (2020)", "2020-12-18")


def read(code: str, calendar: Calendar, text: str, *, changes: bool = False) -> When:
    words, language = fold(text), languages()[code]
    clock = Clock(language, calendar, language.asking.likely(words))
    return clock.read(words, 0, len(words), changes=changes)


@pytest.mark.parametrize(
    ("code", "calendar", "text", "due"),
    [
        ("en", GA, "to report to the General Assembly at its seventy-sixth session", "A/76"),
        ("en", GA, "to report to it at its next session", "A/76"),
        ("en", GA, "to report to the General Assembly at its 82nd session", "A/82"),
        ("fr", GA, "de faire rapport à l’Assemblée générale à sa 82e session", "A/82"),
        ("es", GA, "que informe a la Asamblea General en su 82º período de sesiones", "A/82"),
        ("es", GA, "que le informe en su decimoséptimo período de sesiones", None),
        ("ru", GA, "представить Генеральной Ассамблее на ее 82-й сессии доклад", "A/82"),
        ("ar", GA, "أن يقدم إلى الجمعية العامة في دورتها 82 تقريرا", "A/82"),
        ("zh", GA, "向大会第82届会议提交报告", "A/82"),
        ("zh", GA, "向大会第八十二届和第八十三届会议提交报告", "A/82"),
        ("en", GA, "to report at the eightieth session of the Assembly", "A/80"),
        ("en", GA, "the report submitted to it at its seventy-fourth session", None),
        ("en", HRC, "to present a report at its fifty-sixth session", "A/HRC/56"),
        ("en", HRC, "to report to the General Assembly at its seventy-ninth session", "A/79"),
        ("en", HRC, "to report to the Human Rights Council at its next session", "A/HRC/55"),
        ("en", ECOSOC, "to report at its 2022 session", "E/2022"),
        ("en", SC, "to report at its next session", None),
        ("en", SC, "to report to the General Assembly at its next session", None),
        ("en", GA, "to report regularly", None),
        ("fr", GA, "de lui rendre compte à sa soixante-seizième session", "A/76"),
        ("fr", GA, "de lui rendre compte à sa quatre-vingt-unième session", "A/81"),
        ("fr", GA, "de lui rendre compte à sa prochaine session", "A/76"),
        ("es", GA, "que le informe en su septuagésimo sexto período de sesiones", "A/76"),
        ("ru", GA, "представить ей на ее семьдесят шестой сессии доклад", "A/76"),
        ("ar", GA, "أن يقدم إليها تقريرا في دورتها السادسة والسبعين", "A/76"),
        ("zh", HRC, "向人权理事会第五十六届会议提交报告", "A/HRC/56"),
        ("zh", GA, "向大会下届会议提交报告", "A/76"),
    ],
)
def test_sessions(code: str, calendar: Calendar, text: str, due: str | None) -> None:
    assert read(code, calendar, text).due == due


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("en", "to report by 30 June 2024", When(due_date="2024-06-30")),
        ("en", "the plan adopted by 30 June 2019", When()),
        ("en", "by 31 February 2024", When()),
        ("en", "within 90 days and every six months", When(within="P90D", recurrence="P6M")),
        ("en", "to report annually", When(recurrence="P1Y")),
        ("en", "every year until 30 June 2024", When(recurrence="P1Y")),
        ("zh", "每两年提交报告", When(recurrence="P2Y")),
        ("ru", "не позднее 30 июня 2024 года", When(due_date="2024-06-30")),
    ],
)
def test_deadlines(code: str, text: str, expected: When) -> None:
    assert read(code, GA, text) == expected


def test_a_term_is_no_deadline() -> None:
    text = "to extend the mandate for a further period of one year, until 17 December 2023"
    assert read("en", GA, text, changes=True) == When(duration="P1Y", expires="2023-12-17")


@pytest.mark.parametrize(
    ("code", "text", "number"),
    [
        ("en", "seventy-fifth", 75),
        ("en", "first", 1),
        ("en", "2022", 2022),
        ("en", "seventy nine monkeys fifth", None),
        ("fr", "soixante et onzième", 71),
        ("fr", "quatre-vingt-dixième", 90),
        ("es", "septuagésimo quinto", 75),
        ("ru", "семьдесят пятой", 75),
        ("ar", "الخامسة والسبعين", 75),
        ("ar", "الثانية عشرة", 12),
        ("zh", "七十五", 75),
        ("en", "last", None),
    ],
)
def test_ordinals(code: str, text: str, number: int | None) -> None:
    assert ordinal(text, languages()[code].ordinals) == number
