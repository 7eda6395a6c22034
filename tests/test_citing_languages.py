"""How six languages write citations by number: forms of the UN's usage, sentences composed here."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest

from pursuant.aliasing import Aliases, title_before
from pursuant.citing import find
from pursuant.framing import Frame
from pursuant.languages import languages
from pursuant.paths import DATA
from pursuant.register import register
from pursuant.resolving import Resolved, Resolver

if TYPE_CHECKING:
    import re

SYMBOLS = {
    "ga": "A/RES/79/300",
    "sc": "S/RES/2700 (2023)",
    "ecosoc": "E/RES/2023/30",
    "hrc": "A/HRC/RES/54/40",
}
RULES = ("number", "treaty-series", "ibid")


def resolved(code: str, speaker: str, text: str) -> list[Resolved]:
    """What is cited by number in a text of some body."""
    frame = Frame(symbol=SYMBOLS[speaker], speaker=speaker, adopted_by=speaker)
    found = [item for item in find(text, languages()[code]) if item.rule in RULES]
    return Resolver(languages()[code], register(), frame).resolve(found)


def targets(code: str, speaker: str, text: str) -> list[str | None]:
    return [item.target for item in resolved(code, speaker, text)]


@pytest.mark.parametrize(
    ("code", "speaker", "text", "expected"),
    [
        # One body's word for a whole list; the body before, between or behind.
        (
            "zh",
            "ga",
            "安全理事会第1373(2001)号、第1540(2004)号和第2178(2014)号决议",
            ["S/RES/1373 (2001)", "S/RES/1540 (2004)", "S/RES/2178 (2014)"],
        ),
        (
            "en",
            "ga",
            "Human Rights Council resolutions 5/1 and 5/2 of 18 June 2007",
            ["A/HRC/RES/5/1", "A/HRC/RES/5/2"],
        ),
        (
            "fr",
            "ga",
            "les résolutions 5/1 et 5/2 du Conseil des droits de l’homme, en date du 18 juin 2007",
            ["A/HRC/RES/5/1", "A/HRC/RES/5/2"],
        ),
        (
            "es",
            "ga",
            "las resoluciones del Consejo de Derechos Humanos 5/1 y 5/2, de 18 de junio de 2007",
            ["A/HRC/RES/5/1", "A/HRC/RES/5/2"],
        ),
        (
            "es",
            "ecosoc",
            "la resolución 72/194 de la Asamblea General, de 19 de diciembre de 2017",
            ["A/RES/72/194"],
        ),
        (
            "ru",
            "ga",
            "резолюции Совета по правам человека 5/1 и 5/2 от 18 июня 2007 года",
            ["A/HRC/RES/5/1", "A/HRC/RES/5/2"],
        ),
        ("ru", "ga", "резолюцию 37/42 Совета по правам человека", ["A/HRC/RES/37/42"]),
        (
            "es",
            "ga",
            "las resoluciones del Consejo de Derechos Humanos, 34/24 y 40/20",
            ["A/HRC/RES/34/24", "A/HRC/RES/40/20"],
        ),
        (
            "ar",
            "ga",
            "قراري مجلس حقوق الإنسان 5/1 و 5/2 المؤرخين 18 حزيران/يونيه 2007",
            ["A/HRC/RES/5/1", "A/HRC/RES/5/2"],
        ),
        # Two bodies in one sentence.
        (
            "fr",
            "ecosoc",
            (
                "les résolutions 1267 (1999) et 1989 (2011) du Conseil de sécurité"
                " et 60/288 de l’Assemblée générale"
            ),
            ["S/RES/1267 (1999)", "S/RES/1989 (2011)", "A/RES/60/288"],
        ),
        (
            "ru",
            "ga",
            (
                "свою резолюцию 74/150 от 18 декабря 2019 года и резолюции Совета по правам"
                " человека 18/6 от 29 сентября 2011 года и 33/3 от 29 сентября 2016 года"
            ),
            ["A/RES/74/150", "A/HRC/RES/18/6", "A/HRC/RES/33/3"],
        ),
        (
            "ar",
            "ga",
            (
                "قرارها 74/150 المؤرخ 18 كانون الأول/ديسمبر 2019، وإلى قرارات مجلس حقوق الإنسان"
                " 18/6 المؤرخ 29 أيلول/سبتمبر 2011 و33/3 المؤرخ 29 أيلول/سبتمبر 2016"
            ),
            ["A/RES/74/150", "A/HRC/RES/18/6", "A/HRC/RES/33/3"],
        ),
        (
            "ru",
            "ecosoc",
            (
                "предыдущими резолюциями Экономического и Социального Совета и резолюциями 64/289"
                " и 75/233 Генеральной Ассамблеи"
            ),
            ["A/RES/64/289", "A/RES/75/233"],
        ),
        # A pronoun: the body that speaks, or the one named before it.
        (
            "fr",
            "ga",
            "ses résolutions 60/288 du 8 septembre 2006, 62/272 du 5 septembre 2008",
            ["A/RES/60/288", "A/RES/62/272"],
        ),
        (
            "fr",
            "ga",
            "créé par le Conseil des droits de l’homme dans sa résolution 42/23",
            ["A/HRC/RES/42/23"],
        ),
        (
            "fr",
            "ga",
            "la décision du Conseil des droits de l’homme dans sa résolution 42/23",
            ["A/HRC/RES/42/23"],
        ),
        (
            "es",
            "ga",
            "establecido por el Consejo de Derechos Humanos en su resolución 42/23",
            ["A/HRC/RES/42/23"],
        ),
        (
            "ru",
            "ga",
            "одобренные Советом по правам человека в его резолюции 17/4",
            ["A/HRC/RES/17/4"],
        ),
        ("ar", "ga", "التي أنشأها مجلس حقوق الإنسان في قراره 42/23", ["A/HRC/RES/42/23"]),
        # Dates in a list, of which some lack the year.
        (
            "es",
            "ga",
            (
                "sus resoluciones 2 (I), de 1° de febrero de 1946, 2480 B (XXIII), de 21 de"
                " diciembre de 1968, y 59/265 y 59/266, de 23 de diciembre de 2004"
            ),
            ["A/RES/2(I)", "A/RES/2480(XXIII)", "A/RES/59/265", "A/RES/59/266"],
        ),
        (
            "fr",
            "sc",
            (
                "ses résolutions 186 (1964) du 4 mars, 187 (1964) du 13 mars et 192 (1964)"
                " du 20 juin 1964"
            ),
            ["S/RES/186 (1964)", "S/RES/187 (1964)", "S/RES/192 (1964)"],
        ),
        ("ru", "ga", "свою резолюцию 59/26 от 22 ноября 2004 года", ["A/RES/59/26"]),
        (
            "ar",
            "ga",
            "قراريها 57/301 المؤرخ 13 آذار/مارس 2003 و 73/299 المؤرخ 14 حزيران/ يونيه 2019",
            ["A/RES/57/301", "A/RES/73/299"],
        ),
        # A title, or words about its subject, between two numbers.
        (
            "fr",
            "ga",
            (
                "ses résolutions 74/270 du 2 avril 2020, intitulée « Solidarité », et 75/4"
                " du 5 novembre 2020"
            ),
            ["A/RES/74/270", "A/RES/75/4"],
        ),
        (
            "es",
            "ga",
            (
                "sus resoluciones 72/241, de 20 de diciembre de 2017, relativa a la violencia,"
                " y 75/291, de 30 de junio de 2021"
            ),
            ["A/RES/72/241", "A/RES/75/291"],
        ),
        (
            "ru",
            "ga",
            "свои резолюции 74/16 от 9 декабря 2019 года «Спорт» и 75/18 от 1 декабря 2020 года",
            ["A/RES/74/16", "A/RES/75/18"],
        ),
        (
            "ar",
            "ga",
            (
                "قراراتها 74/16 المؤرخ 9 كانون الأول/ديسمبر 2019 والمعنون ”الرياضة“ و 75/18"
                " المؤرخ 1 كانون الأول/ديسمبر 2020"
            ),
            ["A/RES/74/16", "A/RES/75/18"],
        ),
        # Parts of resolutions.
        ("zh", "ga", "第53/243号决议A和B", ["A/RES/53/243 A", "A/RES/53/243 B"]),
        (
            "fr",
            "ga",
            "sa résolution 60/180 et ses résolutions 53/243 A et B",
            ["A/RES/60/180", "A/RES/53/243 A", "A/RES/53/243 B"],
        ),
        (
            "es",
            "ga",
            "la resolución 55/235 y la resolución 49/35 A",
            ["A/RES/55/235", "A/RES/49/35 A"],
        ),
        ("ru", "ga", "резолюциях 45/55В и 48/74 А", ["A/RES/45/55 B", "A/RES/48/74 A"]),
        ("ru", "ga", "резолюции 53/243 A и B", ["A/RES/53/243 A", "A/RES/53/243 B"]),
        ("ar", "ga", "القرارين 53/243 ألف وباء", ["A/RES/53/243 A", "A/RES/53/243 B"]),
        ("ar", "ga", "قرارها 53/77 فاء المؤرخ 4 كانون الأول/ديسمبر 1998", ["A/RES/53/77 Q"]),
        # Sessions before the thirty-first, special and emergency sessions.
        ("ru", "ga", "резолюция 377 А (V)", ["A/RES/377(V)"]),
        ("ar", "ga", "قرارها 2625 (د-25)", ["A/RES/2625(XXV)"]),
        ("ar", "ga", "القرار 3201 (دإ-6)", ["A/RES/3201(S-VI)"]),
        ("ar", "ga", "القرار دإط-10/15", ["A/RES/ES-10/15"]),
        ("ar", "ga", "القرار دإ-30/1", ["A/RES/S-30/1"]),
        (
            "fr",
            "ga",
            "Résolutions S-20/1, S-20/2 et ES-10/22 de l’Assemblée générale",
            ["A/RES/S-20/1", "A/RES/S-20/2", "A/RES/ES-10/22"],
        ),
        (
            "es",
            "ga",
            "la resolución 1664 (LII) del Consejo Económico y Social",
            ["E/RES/1664(LII)"],
        ),
        ("fr", "ga", "la résolution 1915 (ORG-75)", ["E/RES/1915(ORG-75)"]),
        # The Economic and Social Council, the old Commission, and commissions that count sessions.
        ("ru", "ecosoc", "резолюцию 1980/67 Совета", ["E/RES/1980/67"]),
        (
            "es",
            "ga",
            "la resolución 1996/85 de la Comisión de Derechos Humanos",
            ["E/CN.4/RES/1996/85"],
        ),
        ("ar", "ga", "قرار لجنة حقوق الإنسان 2005/80", ["E/CN.4/RES/2005/80"]),
        ("fr", "ga", "la résolution 61/2 de la Commission des stupéfiants", ["E/CN.7/RES/61/2"]),
        ("ru", "ga", "резолюции 61/2 Комиссии по наркотическим средствам", ["E/CN.7/RES/61/2"]),
        # Decisions are not resolutions.
        ("zh", "ga", "其第74/543号决定", ["A/DEC/74/543"]),
        ("fr", "ga", "sa décision 74/543 et sa résolution 74/1", ["A/DEC/74/543", "A/RES/74/1"]),
        ("es", "ga", "su decisión 74/543", ["A/DEC/74/543"]),
        ("ru", "ga", "своем решении 74/543", ["A/DEC/74/543"]),
        ("ar", "ga", "مقررها 74/543 والقرار 74/1", ["A/DEC/74/543", "A/RES/74/1"]),
        # A body that is not known is nobody's guess, and never the Assembly.
        ("fr", "ga", "la résolution 72/6 de l’Assemblée mondiale de la Santé", [None]),
        (
            "es",
            "ga",
            ("la resolución 4/1 de la Asamblea de las Naciones Unidas sobre el Medio Ambiente"),
            [None],
        ),
        ("ru", "ga", "резолюцию 72/6 Всемирной ассамблеи здравоохранения", [None]),
        ("ar", "ga", "قرار جمعية الصحة العالمية 72/6", [None]),
        ("fr", "ga", "la résolution 3/4, du 30 janvier 2018", [None]),
        # Marks of typography.
        ("fr", "ga", "la\u00a0résolution\u00a060\u2044288", ["A/RES/60/288"]),
        ("es", "ga", "la resolución 1373\n(2001)", ["S/RES/1373 (2001)"]),
        ("ar", "ga", "قراريها 50 / 148 و51 / 1", ["A/RES/50/148", "A/RES/51/1"]),
        ("ar", "ga", "قرارها ٧٢/١٩٤", ["A/RES/72/194"]),
        ("ar", "ga", "قرارها 306/74 المؤرخ 11 أيلول/سبتمبر 2020", ["A/RES/74/306"]),
        (
            "ar",
            "hrc",
            "قراري مجلس حقوق الإنسان 20/31 المؤرخ 23 آذار/مارس 2016 و 37/42",
            ["A/HRC/RES/31/20", "A/HRC/RES/37/42"],
        ),
        ("ar", "ga", "قرارَ مجلس الأمن 1373 )2001(", ["S/RES/1373 (2001)"]),
        (
            "ar",
            "ga",
            "قــراراتها 54/54 لام المـــؤرخ 1 كانــون الأوّل/ديسمــبر 1999",
            ["A/RES/54/54 L"],
        ),
        (
            "ar",
            "ga",
            "بالقرار 1373(2001) والقرار 1540(2004)",
            ["S/RES/1373 (2001)", "S/RES/1540 (2004)"],
        ),
        # "The Commission" is the one named before it.
        (
            "fr",
            "hrc",
            (
                "les résolutions de la Commission des droits de l’homme, en particulier les"
                " résolutions de la Commission 2002/68 du 25 avril 2002 et 2003/30 du 23 avril 2003"
            ),
            ["E/CN.4/RES/2002/68", "E/CN.4/RES/2003/30"],
        ),
        ("ru", "ga", "резолюции 2021/1 Комиссии по народонаселению и развитию", [None]),
        # A date that fits no session: the number holds where it can only be the speaker's.
        ("ar", "ga", "القرار 74/176 المؤرخ 18 كانون الأول/ديسمبر 2021", ["A/RES/74/176"]),
        ("es", "ga", "la resolución 42/7, de 3 de mayo de 2015", [None]),
        # Not resolutions.
        ("ar", "sc", "القرار 1701 من 15 عضوا", ["S/RES/1701 (2006)"]),
        ("fr", "ga", "la résolution adoptée par 2/3 des membres", []),
        ("ru", "ga", "решение принято 23/07 на заседании", []),
        ("ar", "ga", "الاستقرار في 72/1 من البلدان", []),
    ],
)
def test_numbers(code: str, speaker: str, text: str, expected: list[str | None]) -> None:
    assert targets(code, speaker, text) == expected


@pytest.mark.parametrize(
    ("code", "text", "pinpoint"),
    [
        ("fr", "le paragraphe 6 de la résolution 2178 (2014)", "paragraph 6"),
        ("fr", "aux paragraphes 5 et 6 de sa résolution 72/194", "paragraph 5"),
        ("fr", "la résolution 70/175, annexe", "annex"),
        ("fr", "la résolution 60/180, sect. II", "section II"),
        ("es", "el párrafo 6 a) de la resolución 2178 (2014)", "paragraph 6a)"),
        ("es", "el anexo de la resolución 70/175", "annex"),
        ("es", "la resolución 70/175, anexo II", "annex II"),
        ("ru", "в пункте 6 резолюции 2178 (2014)", "paragraph 6"),
        ("ru", "в приложении к резолюции 70/175", "annex"),
        ("ru", "резолюция 70/175, приложение", "annex"),
        ("ar", "في الفقرة 6 من القرار 2178 (2014)", "paragraph 6"),
        ("ar", "القرار 70/175، المرفق", "annex"),
        ("ar", "مرفق القرار 70/175", "annex"),
        ("fr", "le paragraphe 6 du rapport sur la résolution 2178 (2014)", None),
    ],
)
def test_pinpoints(code: str, text: str, pinpoint: str | None) -> None:
    (item,) = resolved(code, "ga", text)
    assert item.found.pinpoint == pinpoint


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("fr", "Nations Unies, Recueil des Traités, vol. 1577, no 27531.", ["crc"]),
        ("fr", "Ibid., vol. 2173, no 27531.", ["crc-opac"]),
        (
            "fr",
            "Nations Unies, Recueil des Traités, vol. 2225 et 2237, nº 39574.",
            ["untoc", "untoc-trafficking"],
        ),
        ("es", "Naciones Unidas, Treaty Series, vol. 1577, núm. 27531.", ["crc"]),
        (
            "es",
            "Naciones Unidas, Treaty Series, vols. 2225 y 2237, núm. 39574.",
            ["untoc", "untoc-trafficking"],
        ),
        (
            "ru",
            "United Nations, Treaty Series, vols. 2225 and 2237, No. 39574.",
            ["untoc", "untoc-trafficking"],
        ),
        ("ru", "Там же, том 2173, № 27531.", ["crc-opac"]),
        ("ar", "United Nations, Treaty Series, vol. 1577, No. 27531.", ["crc"]),
        ("ar", "المرجع نفسه، المجلد 2173، الرقم 27531.", ["crc-opac"]),
        ("ar", "الأمم المتحدة، مجموعة المعاهدات، المجلد 1577، الرقم 27531.", ["crc"]),
        (
            "zh",
            "联合国，《条约汇编》，第75卷，第970-972号。",
            ["geneva-convention-i", "geneva-convention-ii", "geneva-convention-iii"],
        ),
        (
            "zh",
            "联合国，《条约汇编》，第75卷，第973-970号。",
            ["geneva-convention-iv", "geneva-convention-i"],
        ),
        ("fr", "Ibid., par. 86.", []),
        ("ru", "Там же, п. 86.", []),
    ],
)
def test_treaties(code: str, text: str, expected: list[str]) -> None:
    assert [item.slug for item in resolved(code, "ga", text)] == expected


def test_places_are_those_of_the_text_with_its_marks() -> None:
    text = "وفقاً لقــرارها 72/194 و73/1"
    found = [text[item.start : item.end] for item in find(text, languages()["ar"])]
    assert found == ["قــرارها 72/194", "73/1"]


@pytest.mark.parametrize(
    ("code", "paragraphs"),
    [
        (
            "fr",
            [
                "Rappelant la Convention relative aux droits de l’enfant,",
                "Se félicite des dispositions de la Convention",
                "Engage les États à appliquer la Convention sur les petits ouvrages",
                "Souligne que la Convention reste utile",
            ],
        ),
        (
            "es",
            [
                "Recordando la Convención sobre los Derechos del Niño,",
                "Acoge con beneplácito las disposiciones de la Convención",
                "Alienta a los Estados a que apliquen la Convención sobre las Obras Pequeñas",
                "Subraya que la Convención es útil",
            ],
        ),
        (
            "ru",
            [
                "ссылаясь на Конвенцию о правах ребенка,",
                "приветствует положения Конвенции",
                "призывает государства выполнять Конвенцию о малых сооружениях",
                "подчеркивает значение Конвенции",
            ],
        ),
        (
            "zh",
            [
                "回顾《儿童权利公约》，",
                "欢迎公约缔约方大会的成果",
                "鼓励各国执行《小型工程公约》",
                "强调公约缔约方的作用，鼓励公约缔约方加强合作",
            ],
        ),
        (
            "ar",
            [
                "وإذ تشير إلى اتفاقية حقوق الطفل،",
                "ترحب بأحكام الاتفاقية",
                "تشجع الدول على تنفيذ اتفاقية المنشآت الصغيرة",
                "تشدد على أهمية الاتفاقية",
            ],
        ),
    ],
)
def test_a_short_title_is_the_one_named_while_no_other_is(code: str, paragraphs: list[str]) -> None:
    language = languages()[code]
    resolver = Resolver(language, register(), Frame(symbol="A/RES/79/300", speaker="ga"))
    aliases = Aliases(language)
    invoked = [
        [r.slug for r in aliases.read(text, resolver.resolve(find(text, language), {}), {})]
        for text in paragraphs
    ]
    assert [[slug for slug in slugs if slug == "crc"] for slugs in invoked] == [
        ["crc"],
        ["crc"],
        [],
        [],
    ]


@pytest.mark.parametrize(
    ("code", "full", "short"),
    [
        (
            "fr",
            "Plan d’action mondial des Nations Unies pour la lutte contre la traite des personnes",
            "les objectifs du Plan d’action mondial",
        ),
        (
            "es",
            "el Plan de Acción Mundial de las Naciones Unidas para Combatir la Trata de Personas",
            "los objetivos del Plan de Acción Mundial",
        ),
        (
            "ru",
            "Глобальный план действий Организации Объединенных Наций по борьбе с торговлей людьми",
            "цели Глобального плана действий",
        ),
        (
            "ar",
            "خطة عمل الأمم المتحدة العالمية لمكافحة الاتجار بالأشخاص",
            "أهداف خطة العمل العالمية",
        ),
        ("zh", "《联合国打击人口贩运全球行动计划》", "《全球行动计划》的各项目标"),
    ],
)
def test_registered_short_titles(code: str, full: str, short: str) -> None:
    language = languages()[code]
    resolver = Resolver(language, register(), Frame(symbol="A/RES/79/300", speaker="ga"))
    aliases = Aliases(language)
    invoked = [
        [r.slug for r in aliases.read(text, resolver.resolve(find(text, language), {}), {})]
        for text in (full, short)
    ]
    assert invoked == [["a-res-64-293"]] * 2


@pytest.mark.parametrize(
    ("code", "text", "title"),
    [
        ("en", "the Lakeside Programme of Action", "Lakeside Programme of Action"),
        ("en", "Conference of the Parties to the Convention", None),
        ("en", "2030 Lakeside Agenda", "2030 Lakeside Agenda"),
        ("ru", "Приозерная конвенция и статья 4 Конвенции", None),
        ("fr", "la Déclaration de Lakeside", "Déclaration de Lakeside"),
        ("fr", "Conférence des Parties à la Convention", None),
        ("es", "la Declaración de Lakeside", "Declaración de Lakeside"),
        ("es", "Conferencia de las Partes en el Convenio", None),
    ],
)
def test_a_head_that_is_not_the_titles_own_makes_no_title(
    code: str, text: str, title: str | None
) -> None:
    """The decision in a note is the conference's: it is not the convention of that conference."""
    assert title_before(text, len(text), languages()[code].aliases) == title


@pytest.mark.parametrize(
    ("code", "name"),
    [
        *((c, n) for c in ("fr", "es", "ru", "ar") for n in ("longer", "defined", "short")),
        *((c, "inner") for c in ("en", "fr", "es")),
        *((c, "further") for c in ("en", "fr", "es", "ru", "ar")),
        *(("zh", n) for n in ("longer", "short")),
        *((c, "titled") for c in ("en", "fr", "es", "ru", "ar", "zh")),
        ("en", "prior"),
    ],
)
def test_the_words_of_aliases_read_their_examples(code: str, name: str) -> None:
    section = tomllib.loads((DATA / "languages" / f"{code}.toml").read_text("utf-8"))["alias"]
    pattern: re.Pattern[str] = getattr(languages()[code].aliases, name)
    assert pattern.search(section[f"{name}_example"])
    other = section.get(f"un{name}_example")
    assert other is None or not pattern.search(other)
