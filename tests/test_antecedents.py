"""Who "the Committee" is in texts with several committees; all are composed for this."""

from __future__ import annotations

import pytest

from pursuant.extracting import extract

SPEAKERS = {
    "zh": "安全理事会，",
    "en": "The Security Council,",
    "fr": "Le Conseil de sécurité,",
    "es": "El Consejo de Seguridad,",
    "ru": "Совет Безопасности,",
    "ar": "إن مجلس الأمن،",
}


def addressed(code: str, *paragraphs: str) -> list[tuple[str, ...]]:
    """Whom each mandate of a resolution addresses."""
    body = "\n\n ".join((SPEAKERS[code], *paragraphs))
    document = extract(f"S/RES/2790 (2025). X\n\n{body}\n".encode(), "x.txt")
    return [mandate.addressees for p in document.paragraphs for mandate in p.mandates]


@pytest.mark.parametrize(
    ("code", "paragraphs"),
    [
        (
            "en",
            (
                (
                    "Taking note of the report that the Committee established pursuant to "
                    "paragraph 11 of resolution 2140 (2014) (hereinafter “the Committee”) received,"
                ),
                "1. Requests the 1540 Committee and the Counter-Terrorism Committee to meet;",
                "2. Directs the Committee to review its guidelines within 60 days.",
            ),
        ),
        (
            "fr",
            (
                (
                    "Prenant note du rapport présenté au Comité créé en application du "
                    "paragraphe 11 de la résolution 2140 (2014) (ci-après « le Comité »),"
                ),
                "1. Prie le Comité 1540 et le Comité contre le terrorisme de se réunir ;",
                "2. Charge le Comité de revoir ses directives dans un délai de 60 jours.",
            ),
        ),
        (
            "es",
            (
                (
                    "Tomando nota del informe presentado al Comité establecido en virtud "
                    "del párrafo 11 de la resolución 2140 (2014) (en adelante, “el Comité”),"
                ),
                "1. Solicita al Comité 1540 y al Comité contra el Terrorismo que se reúnan;",
                "2. Encarga al Comité que revise sus directrices en un plazo de 60 días.",
            ),
        ),
        (
            "ru",
            (
                (
                    "принимая к сведению доклад, представленный Комитету, учрежденному "
                    "пунктом 11 резолюции 2140 (2014) (далее «Комитет»),"
                ),
                "1. просит Комитет 1540 и Контртеррористический комитет провести заседание;",
                "2. поручает Комитету пересмотреть свои руководящие принципы в течение 60 дней.",
            ),
        ),
        (
            "ar",
            (
                (
                    "وإذ يحيط علما بالتقرير المقدم إلى اللجنة المنشأة عملا بالفقرة 11 من "
                    "القرار 2140 (2014) (المشار إليها فيما يلي باسم ”اللجنة“)،"
                ),
                "1 - يطلب إلى لجنة القرار 1540 ولجنة مكافحة الإرهاب أن تجتمعا؛",
                "2 - يوعز إلى اللجنة بأن تراجع مبادئها التوجيهية في غضون 60 يوما.",
            ),
        ),
        (
            "zh",
            (
                "表示注意到提交第2140(2014)号决议第11段所设委员会(下称“委员会”)的报告，",
                "1. 请1540委员会和反恐怖主义委员会举行会议；",
                "2. 指示委员会在60天内审查其准则。",
            ),
        ),
    ],
)
def test_a_committee_is_the_one_that_the_text_calls_so(
    code: str, paragraphs: tuple[str, ...]
) -> None:
    first, second = addressed(code, *paragraphs)
    assert first == ("sc-committee-1540", "ctc")
    assert second == ("sc-committee-2140",)


def test_a_committee_is_the_one_for_which_the_word_stood() -> None:
    found = addressed(
        "en",
        "1. Requests the 1267/1989/2253 ISIL (Da’esh) and Al-Qaida Sanctions Committee to meet;",
        "2. Requests the Committee to review its list;",
        "3. Requests the Committee to report;",
        "4. Requests the Committee to publish its guidelines;",
        "5. Requests the 1540 Committee to meet, and requests the Committee to help it;",
        "6. Requests the Committee to travel.",
    )
    assert found == [
        *[("sc-committee-1267",)] * 4,
        ("sc-committee-1540",),
        *[("sc-committee-1267",)] * 2,
    ]


@pytest.mark.parametrize(
    ("named", "meant"),
    [
        ("the Committee established pursuant to resolution 2713 (2023)", ("sc-committee-2713",)),
        ("the Committee established pursuant to resolution 2790 (2025)", ()),
        ("the Committee of Inspectors of Small Bridges", ()),
        ("the Small Bridges Committee", ()),
    ],
)
def test_a_committee_that_is_not_known_is_no_other(named: str, meant: tuple[str, ...]) -> None:
    """Before it another one was named, which the word alone could mean."""
    *_, last = addressed(
        "en",
        "1. Requests the 1540 Committee to meet;",
        f"2. Takes note of the work of {named};",
        "3. Requests the Committee to travel.",
    )
    assert last == meant


def test_a_part_of_a_name_is_no_stranger() -> None:
    name = "United Nations Scientific Committee on the Effects of Atomic Radiation"
    found = addressed(
        "en",
        f"1. Requests the {name} to meet;",
        "2. Takes note of the work of the Scientific Committee;",
        "3. Requests the Committee to travel.",
    )
    assert found == [("unscear",)] * 2
