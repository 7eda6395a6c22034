"""Twelve resolutions of later years, of our own wording, with the rarer ways to cite."""

from __future__ import annotations

import pytest

from pursuant.document import Kind, Status
from pursuant.extracting import extract

RESOLUTIONS = {
    "ga-en": (
        "A/RES/80/301",
        "The General Assembly,",
        [
            (
                (
                    "Recalling its resolutions 377 A (V) of 3 November 1950 and ES-11/6 of 23 "
                    "February 2023, and Security Council resolution 2728 (2024) of 25 March 2024,"
                ),
                {"A/RES/377(V)", "A/RES/ES-11/6", "S/RES/2728 (2024)"},
            ),
            (
                (
                    "Recalling also its resolution 53/243 A and B, its decisions 74/543 and "
                    "79/512, Economic and Social Council resolution 1664 (LII), and Commission "
                    "on Human Rights resolution 1996/85 of 24 April 1996,"
                ),
                {
                    "A/DEC/74/543",
                    "A/DEC/79/512",
                    "A/RES/53/243 A",
                    "A/RES/53/243 B",
                    "E/CN.4/RES/1996/85",
                    "E/RES/1664(LII)",
                },
            ),
            (
                (
                    "1. Reaffirms paragraphs 4 (b) and 6 to 8 of Human Rights Council resolution "
                    "52/18, annex II of resolution 70/175 and section II of its resolution "
                    "60/180;"
                ),
                {"A/HRC/RES/52/18", "A/RES/60/180", "A/RES/70/175"},
            ),
            (
                (
                    "2. Takes note of the statement by the President of the Security Council "
                    "S/PRST/2024/3 and of documents A/79/12 (Part II), A/79/53/Add.1 and Corr.1 "
                    "and E/CN.7/2024/12/Rev.1."
                ),
                {
                    "A/79/12(PARTII)",
                    "A/79/53/Add.1",
                    "A/79/53/Corr.1",
                    "E/CN.7/2024/12/Rev.1",
                    "S/PRST/2024/3",
                },
            ),
        ],
    ),
    "sc-en": (
        "S/RES/2790 (2025)",
        "The Security Council,",
        [
            (
                (
                    "Recalling its previous resolutions on the situation, including 1267 (1999), "
                    "1373 (2001) of 28 September 2001, 2719 (2023) and 2735 (2024), as well as "
                    "resolution 1540,"
                ),
                {
                    "S/RES/1267 (1999)",
                    "S/RES/1373 (2001)",
                    "S/RES/1540 (2004)",
                    "S/RES/2719 (2023)",
                    "S/RES/2735 (2024)",
                },
            ),
            (
                (
                    "1. Decides to renew until 30 June 2026 the measures imposed by paragraph 2 "
                    "of resolution 2653 (2022) as extended by paragraph 1 of resolution 2700 "
                    "(2023) and resolution 2752 (2024);"
                ),
                {"S/RES/2653 (2022)", "S/RES/2700 (2023)", "S/RES/2752 (2024)"},
            ),
            (
                (
                    "2. Requests the Committee established pursuant to resolutions 1267 (1999), "
                    "1989 (2011) and 2253 (2015) to report to it within 90 days."
                ),
                {"S/RES/1267 (1999)", "S/RES/1989 (2011)", "S/RES/2253 (2015)"},
            ),
        ],
    ),
    "ecosoc-fr": (
        "E/RES/2025/14",
        "Le Conseil économique et social,",
        [
            (
                (
                    "Rappelant ses résolutions 2019/21 du 23 juillet 2019 et 2023/35, ainsi que "
                    "la décision 2024/312 et la résolution 78/245 de l’Assemblée générale en "
                    "date du 22 décembre 2023,"
                ),
                {"A/RES/78/245", "E/DEC/2024/312", "E/RES/2019/21", "E/RES/2023/35"},
            ),
            (
                (
                    "Rappelant également la résolution 1325 (2000) du Conseil de sécurité, en "
                    "date du 31 octobre 2000, et les résolutions ultérieures 1820 (2008), 1888 "
                    "(2009) à 1889 (2009) et 2467 (2019),"
                ),
                {
                    "S/RES/1325 (2000)",
                    "S/RES/1820 (2008)",
                    "S/RES/1888 (2009)",
                    "S/RES/1889 (2009)",
                    "S/RES/2467 (2019)",
                },
            ),
            (
                (
                    "1. Prie le Secrétaire général d’appliquer l’article 2, paragraphe 4, de la "
                    "Charte des Nations Unies et le paragraphe 12 a) de la résolution 76/300 de "
                    "l’Assemblée."
                ),
                {"A/RES/76/300", "un-charter"},
            ),
        ],
    ),
    "hrc-es": (
        "A/HRC/RES/58/22",
        "El Consejo de Derechos Humanos,",
        [
            (
                (
                    "Recordando la resolución 60/251 de la Asamblea General, de 15 de marzo de "
                    "2006, y las resoluciones del Consejo 5/1 y 5/2, de 18 de junio de 2007, "
                    "S-33/1, de 17 de diciembre de 2021, y su decisión 2/113,"
                ),
                {
                    "A/HRC/DEC/2/113",
                    "A/HRC/RES/5/1",
                    "A/HRC/RES/5/2",
                    "A/HRC/RES/S-33/1",
                    "A/RES/60/251",
                },
            ),
            (
                (
                    "Recordando también sus resoluciones 37/42, de 23 de marzo de 2018, y 43/35 "
                    "a 43/37, y todas las resoluciones anteriores de la Comisión de Derechos "
                    "Humanos, en particular la 2005/80, de 21 de abril de 2005,"
                ),
                {"A/HRC/RES/37/42", "A/HRC/RES/43/35", "A/HRC/RES/43/37", "E/CN.4/RES/2005/80"},
            ),
            (
                (
                    "1. Solicita a la Alta Comisionada que le presente un informe en su 62º "
                    "período de sesiones."
                ),
                set(),
            ),
        ],
    ),
    "ga-ru": (
        "A/RES/79/311",
        "Генеральная Ассамблея,",
        [
            (
                (
                    "ссылаясь на свои резолюции 2625 (XXV) от 24 октября 1970 года, 3314 (XXIX) "
                    "от 14 декабря 1974 года, S-8/1 и ES-10/27 от 12 декабря 2023 года и "
                    "резолюции Совета Безопасности 242 (1967) от 22 ноября 1967 года и 2712 "
                    "(2023) от 15 ноября 2023 года,"
                ),
                {
                    "A/RES/2625(XXV)",
                    "A/RES/3314(XXIX)",
                    "A/RES/ES-10/27",
                    "A/RES/S-8/1",
                    "S/RES/242 (1967)",
                    "S/RES/2712 (2023)",
                },
            ),
            (
                (
                    "принимая во внимание резолюцию 55/7 Совета по правам человека от 3 апреля "
                    "2024 года и пункт 6 b) резолюции 2024/9 Экономического и Социального Совета,"
                ),
                {"A/HRC/RES/55/7", "E/RES/2024/9"},
            ),
            (
                (
                    "1. просит Генерального секретаря выполнить резолюцию 377 А (V) и пункты 3–5 "
                    "ее резолюции 78/241."
                ),
                {"A/RES/377(V)", "A/RES/78/241"},
            ),
        ],
    ),
    "sc-ar": (
        "S/RES/2781 (2025)",
        "إن مجلس الأمن،",
        [
            (
                (
                    "إذ يشير إلى قراراته 1267 (1999) و 1373 (2001) المؤرخ 28 أيلول/سبتمبر 2001 و "
                    "2178 (2014) وإلى القرار 2719 (2023)، وإلى قراري الجمعية العامة دإط-10/27 "
                    "المؤرخ 12 كانون الأول/ديسمبر 2023 و 60 / 288،"
                ),
                {
                    "A/RES/60/288",
                    "A/RES/ES-10/27",
                    "S/RES/1267 (1999)",
                    "S/RES/1373 (2001)",
                    "S/RES/2178 (2014)",
                    "S/RES/2719 (2023)",
                },
            ),
            (
                "1. يقرر تمديد ولاية فريق الدعم المنشأ بموجب الفقرة 7 من القرار 1526 (2004)؛",
                {"S/RES/1526 (2004)"},
            ),
            (
                (
                    "2. يطلب إلى الأمين العام أن ينفذ القرار ٢٧٣٥ (٢٠٢٤) وقرار المجلس الاقتصادي "
                    "والاجتماعي 2019/21 ومقرر الجمعية العامة 74/543."
                ),
                {"A/DEC/74/543", "E/RES/2019/21", "S/RES/2735 (2024)"},
            ),
        ],
    ),
    "hrc-zh": (
        "A/HRC/RES/59/8",
        "人权理事会，",
        [
            (
                (
                    "回顾大会2006年3月15日第60/251号决议、理事会2007年6月18日第5/1号和第5/2号决议"
                    "以及2021年12月17日第S-33/1号决议，"
                ),
                {"A/HRC/RES/5/1", "A/HRC/RES/5/2", "A/HRC/RES/S-33/1", "A/RES/60/251"},
            ),
            (
                (
                    "又回顾其2018年3月23日第37/42号决议、第43/35至43/37号决议及人权委员会2005年4"
                    "月21日第2005/80号决议，"
                ),
                {"A/HRC/RES/37/42", "A/HRC/RES/43/35", "A/HRC/RES/43/37", "E/CN.4/RES/2005/80"},
            ),
            (
                (
                    "1. 请高级专员根据安全理事会第２７３５（２０２４）号决议第6(a)段和大会第"
                    "53/243号决议A和B提交报告。"
                ),
                {"A/RES/53/243 A", "A/RES/53/243 B", "S/RES/2735 (2024)"},
            ),
        ],
    ),
    "ecosoc-zh": (
        "E/RES/2026/5",
        "经济及社会理事会，",
        [
            (
                (
                    "回顾其2019年7月23日第2019/21号决议和第2024/312号决定、大会1946年2月1日第2(I)"
                    "号、1968年12月21日第2480 B (XXIII)号和2023年12月22日第78/245号决议，"
                ),
                {
                    "A/RES/2(I)",
                    "A/RES/2480(XXIII)",
                    "A/RES/78/245",
                    "E/DEC/2024/312",
                    "E/RES/2019/21",
                },
            ),
            (
                "1. 请麻醉药品委员会按照其第58/1号决议和理事会第1995/40号决议采取行动；",
                {"E/RES/1995/40"},
            ),
            (
                "2. 请秘书长依照《联合国宪章》第二条第四项和第九十九条行事。",
                {"un-charter"},
            ),
        ],
    ),
    "sc-fr": (
        "S/RES/2799 (2025)",
        "Le Conseil de sécurité,",
        [
            (
                (
                    "Rappelant ses résolutions 2254 (2015), 2449 (2018), 2585 (2021) du 9 "
                    "juillet 2021 et 2672 (2023), la déclaration de son président publiée sous "
                    "la cote S/PRST/2024/5, et la résolution 76/300 de l’Assemblée générale,"
                ),
                {
                    "A/RES/76/300",
                    "S/PRST/2024/5",
                    "S/RES/2254 (2015)",
                    "S/RES/2449 (2018)",
                    "S/RES/2585 (2021)",
                    "S/RES/2672 (2023)",
                },
            ),
            (
                (
                    "1. Décide de proroger jusqu’au 31 décembre 2026 le mandat défini aux "
                    "paragraphes 3 à 5 de sa résolution 2612 (2021), tel que modifié par la "
                    "résolution 2666 (2022)."
                ),
                {"S/RES/2612 (2021)", "S/RES/2666 (2022)"},
            ),
        ],
    ),
    "ga-es": (
        "A/RES/80/12",
        "La Asamblea General,",
        [
            (
                (
                    "Recordando sus resoluciones 2 (I), de 1 de febrero de 1946, 2480 B (XXIII), "
                    "de 21 de diciembre de 1968, y 59/265 y 59/266, de 23 de diciembre de 2004, "
                    "así como su decisión 78/558,"
                ),
                {"A/DEC/78/558", "A/RES/2(I)", "A/RES/2480(XXIII)", "A/RES/59/265", "A/RES/59/266"},
            ),
            (
                (
                    "1. Hace suyas las conclusiones que figuran en el documento "
                    "A/C.5/79/L.4/Rev.1 y en el párrafo 11 de la resolución 49/37 y la sección "
                    "IX de la resolución 77/263 A."
                ),
                {"A/C.5/79/L.4/Rev.1", "A/RES/49/37", "A/RES/77/263 A"},
            ),
        ],
    ),
    "ecosoc-ru": (
        "E/RES/2025/9",
        "Экономический и Социальный Совет,",
        [
            (
                (
                    "ссылаясь на свои резолюции 2019/21 от 23 июля 2019 года и 2024/9, решение "
                    "2023/338 и резолюцию 78/245 Генеральной Ассамблеи от 22 декабря 2023 года,"
                ),
                {"A/RES/78/245", "E/DEC/2023/338", "E/RES/2019/21", "E/RES/2024/9"},
            ),
            (
                (
                    "1. просит Комиссию по наркотическим средствам осуществить ее резолюцию 58/1 "
                    "и резолюцию 1733 (LIV) Совета."
                ),
                {"E/RES/1733(LIV)"},
            ),
        ],
    ),
    "ga-ar": (
        "A/RES/80/44",
        "إن الجمعية العامة،",
        [
            (
                (
                    "إذ تشير إلى قراريها 57/301 المؤرخ 13 آذار/مارس 2003 و 73/299 المؤرخ 14 "
                    "حزيران/ يونيه 2019، وإلى قرار مجلس حقوق الإنسان 53/8 المؤرخ 13 تموز/يوليه "
                    "2023 وقرارها 217 ألف (د-3)،"
                ),
                {"A/HRC/RES/53/8", "A/RES/217(III)", "A/RES/57/301", "A/RES/73/299"},
            ),
            (
                (
                    "1. تطلب إلى الأمين العام أن ينفذ الفقرة 4 (ب) من قرارها 60/180 والجزء "
                    "الثاني من القرار 77/263 ألف."
                ),
                {"A/RES/60/180", "A/RES/77/263 A"},
            ),
        ],
    ),
}


@pytest.mark.parametrize("name", RESOLUTIONS)
def test_each_paragraph_cites_what_it_says(name: str) -> None:
    symbol, speaker, paragraphs = RESOLUTIONS[name]
    body = "\n\n ".join(text for text, _ in paragraphs)
    document = extract(f"{symbol}. X\n\n{speaker}\n\n {body}\n".encode(), "x.txt")
    found = [
        {
            citation.target
            for citation in paragraph.citations
            if citation.status is Status.RESOLVED and citation.kind is Kind.INSTRUMENT
        }
        for paragraph in document.paragraphs
    ]
    assert found == [cited for _, cited in paragraphs]
