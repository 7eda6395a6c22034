"""Texts in the register of 2022 to 2027, of our own wording, each in two or three languages."""

from __future__ import annotations

import pytest

from pursuant.extracting import extract

PACT = ["A/RES/79/1"]
REVIEW = ["A/RES/77/298", "A/RES/60/288", "A/RES/80/290", "A/DEC/80/517"]
COUNCIL = ["A/HRC/RES/52/9", "E/DEC/2024/310"]
COMMISSION = ["E/DEC/2024/310", "E/RES/2024/12", "E/CN.15/RES/32/1", "E/CN.15/RES/33/2"]
RENEWAL = ["S/RES/2140 (2014)", "S/RES/2216 (2015)", "S/RES/2707 (2023)"]
TEAM = ["S/RES/2379 (2017)", "S/RES/2697 (2023)", "S/RES/2734 (2024)", "S/PRST/2024/6"]

TEXTS = [
    (
        "ga",
        "en",
        "1. Recalls the Pact for the Future, adopted in its resolution 79/1.",
        PACT,
    ),
    (
        "ga",
        "zh",
        "1. 回顾其2024年9月22日题为“未来契约”的第79/1号决议及其附件一所载《全球数字契约》。",
        PACT,
    ),
    (
        "ga",
        "fr",
        "1. Rappelle sa résolution 79/1, intitulée « Pacte pour l’avenir ».",
        PACT,
    ),
    (
        "ga",
        "en",
        (
            "1. Recalls its resolution 77/298 on the eighth review of the United Nations Global "
            "Counter-Terrorism Strategy, resolution 80/290 on the ninth, and its decision 80/517."
        ),
        REVIEW,
    ),
    (
        "ga",
        "zh",
        (
            "1. 回顾《联合国全球反恐战略》及其2023年6月22日第77/298号决议、2026年6月24日第80/290"
            "号决议和第80/517号决定。"
        ),
        REVIEW,
    ),
    (
        "ga",
        "en",
        (
            "1. Notes that the Human Rights Council, in its resolution 52/9 of 3 April 2023, "
            "appointed an expert, and that the Economic and Social Council, in its decision "
            "2024/310, agreed."
        ),
        COUNCIL,
    ),
    (
        "ga",
        "zh",
        (
            "1. 注意到人权理事会2023年4月3日第52/9号决议任命一名专家，经济及社会理事会第2024/310"
            "号决定表示同意。"
        ),
        COUNCIL,
    ),
    (
        "ga",
        "es",
        (
            "1. Observa que el Consejo de Derechos Humanos, en su resolución 52/9, de 3 de abril "
            "de 2023, nombró a una experta, y que el Consejo Económico y Social, en su decisión "
            "2024/310, estuvo de acuerdo."
        ),
        COUNCIL,
    ),
    (
        "ecosoc",
        "en",
        (
            "1. Recalls its decision 2024/310 of 5 June 2024 and resolution 2024/12, and "
            "Commission on Crime Prevention and Criminal Justice resolutions 32/1 and 33/2."
        ),
        COMMISSION,
    ),
    (
        "ecosoc",
        "zh",
        (
            "1. 回顾其2024年6月5日第2024/310号决定和第2024/12号决议，以及预防犯罪和刑事司法委员会"
            "第32/1号和第33/2号决议。"
        ),
        COMMISSION,
    ),
    (
        "ecosoc",
        "ru",
        (
            "1. ссылается на решение Экономического и Социального Совета 2024/310 от 5 июня 2024 "
            "года, свою резолюцию 2024/12 и резолюции 32/1 и 33/2 Комиссии по предупреждению "
            "преступности и уголовному правосудию."
        ),
        COMMISSION,
    ),
    (
        "sc",
        "en",
        (
            "1. Decides to renew until 15 November 2026 the measures imposed by paragraph 11 of "
            "resolution 2140 (2014), as extended by resolutions 2216 (2015) and 2707 (2023)."
        ),
        RENEWAL,
    ),
    (
        "sc",
        "zh",
        (
            "1. 决定将第2140(2014)号决议第11段规定、经第2216(2015)号和第2707(2023)号决议延长的措"
            "施延长至2026年11月15日。"
        ),
        RENEWAL,
    ),
    (
        "sc",
        "ar",
        (
            "1 - يقرر أن يجدد حتى 15 تشرين الثاني/نوفمبر 2026 التدابير المفروضة بموجب الفقرة 11 "
            "من القرار 2140 (2014)، على النحو الموسع بموجب القرارين 2216 (2015) و 2707 (2023)."
        ),
        RENEWAL,
    ),
    (
        "sc",
        "en",
        (
            "1. Recalls its resolutions 2379 (2017) and 2697 (2023) on the Investigative Team to "
            "Promote Accountability for Crimes Committed by Da’esh, as well as resolution 2734 "
            "(2024) and S/PRST/2024/6."
        ),
        TEAM,
    ),
    (
        "sc",
        "zh",
        (
            "1. 回顾其关于追究达伊沙所犯罪行责任调查组的第2379(2017)号和第2697(2023)号决议、第273"
            "4(2024)号决议和S/PRST/2024/6号主席声明。"
        ),
        TEAM,
    ),
    (
        "sc",
        "fr",
        (
            "1. Rappelle ses résolutions 2379 (2017) et 2697 (2023) sur l’Équipe d’enquêteurs, "
            "ainsi que la résolution 2734 (2024) et la déclaration publiée sous la cote "
            "S/PRST/2024/6."
        ),
        TEAM,
    ),
]
SYMBOLS = {"ga": "A/RES/81/44", "ecosoc": "E/RES/2026/9", "sc": "S/RES/2820 (2026)"}
SPEAKERS = {
    ("ga", "en"): "The General Assembly,",
    ("ga", "zh"): "大会，",
    ("ga", "fr"): "L’Assemblée générale,",
    ("ga", "es"): "La Asamblea General,",
    ("ecosoc", "en"): "The Economic and Social Council,",
    ("ecosoc", "zh"): "经济及社会理事会，",
    ("ecosoc", "ru"): "Экономический и Социальный Совет,",
    ("sc", "en"): "The Security Council,",
    ("sc", "zh"): "安全理事会，",
    ("sc", "fr"): "Le Conseil de sécurité,",
    ("sc", "ar"): "إن مجلس الأمن،",
}


@pytest.mark.parametrize(("body", "code", "text", "cited"), TEXTS)
def test_a_recent_text_cites_what_it_says(
    body: str, code: str, text: str, cited: list[str]
) -> None:
    dump = f"{SYMBOLS[body]}. X\n\n{SPEAKERS[body, code]}\n\n {text}\n"
    (paragraph,) = extract(dump.encode(), "x.txt").paragraphs
    assert sorted(citation.target or "?" for citation in paragraph.citations) == sorted(cited)
