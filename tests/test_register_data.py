from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import date

import pytest
from rdflib import RDF, SKOS, XSD, Graph, Literal, Namespace, URIRef

from pursuant.folding import fold
from pursuant.iri import ID, UNCT
from pursuant.paths import DATA, ONTOLOGY
from pursuant.register import register
from pursuant.symbol import canonical, slug

FILES = sorted((DATA / "register").glob("*.ttl"))
NAMES = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
LANGUAGES = {"en", "zh", "fr", "es", "ru", "ar"}
DOC, GROUP = Namespace(f"{ID}doc/"), Namespace(f"{ID}group/")

# One title is printed for the two resolutions together.
SHARED = {"a-res-53-243-a", "a-res-53-243-b"}

# The universal instruments against terrorism, in the order of their adoption.
NINETEEN = [
    "tokyo-convention-1963",
    "hague-convention-1970",
    "montreal-convention-1971",
    "protected-persons-convention-1973",
    "cppnm",
    "hostages-convention-1979",
    "airport-protocol-1988",
    "sua-convention-1988",
    "sua-platforms-protocol-1988",
    "plastic-explosives-convention-1991",
    "terrorist-bombings-convention-1997",
    "terrorist-financing-convention-1999",
    "nuclear-terrorism-convention-2005",
    "cppnm-amendment-2005",
    "sua-protocol-2005",
    "sua-platforms-protocol-2005",
    "beijing-convention-2010",
    "beijing-protocol-2010",
    "montreal-protocol-2014",
]

# What E/RES/2019/21 prints, and what is meant.
PRINTED = [
    ("联合国关于反恐技术援助和立法援助的所有相关决议", ["un-resolutions-on-ct"]),
    ("联合国宪章", ["un-charter"]),
    ("宪章", ["un-charter"]),
    ("和平文化宣言和行动纲领", ["a-res-53-243-a", "a-res-53-243-b"]),
    ("不同文明对话全球议程", ["a-res-56-6"]),
    ("联合国全球反恐战略", ["a-res-60-288"]),
    (
        "关于在执行与恐怖主义问题相关的国际公约和议定书方面的技术援助的报告",
        ["e-cn.15-2019-5"],
    ),
    ("国际刑事警察组织", ["interpol"]),
    ("国际刑警组织", ["interpol"]),
    ("联合国全球反恐协调契约", ["ct-compact"]),
    ("针对恐怖主义的法律和刑事司法对策工作组", ["ct-compact-wg-criminal-justice"]),
    ("各国议会联盟", ["ipu"]),
    ("三份相关培训手册", ["children-recruited-training-manuals"]),
    ("现有反恐相关国际公约和议定书", ["ct-conventions"]),
    ("联合国打击跨国有组织犯罪公约", ["untoc"]),
    ("跨境索取电子证据实用指南", ["electronic-evidence-guide"]),
    ("其他支持能力建设的联合国相关实体", ["un-entities"]),
    ("打击犯罪信息与法律网络共享平台知识管理门户", ["sherloc"]),
    ("国际刑警组织数据库", ["interpol-databases"]),
    ("与反恐有关的边境管理和执法工作组", ["ct-compact-wg-border-management"]),
    ("会员国评估资助恐怖主义风险指导手册", ["terrorist-financing-risk-manual"]),
    ("打击洗钱和资助恐怖主义国际标准", ["aml-cft-standards"]),
    ("请求国", ["requesting-states"]),
    ("秘书处信息和通信技术厅", ["oict"]),
    ("联合国阻止恐怖分子旅行方案", ["countering-terrorist-travel"]),
    ("各项关于恐怖主义的公约和议定书", ["ct-conventions"]),
    ("电子学习模块", ["cbrn-e-learning-module"]),
    ("恐怖主义行为受害人", ["victims-of-terrorism"]),
    ("暴力侵害儿童问题全球方案", ["end-violence-against-children"]),
    ("联合国少年司法标准和规范", ["un-juvenile-justice-standards"]),
    ("儿童权利公约关于儿童卷入武装冲突问题的任择议定书", ["crc-opac"]),
    ("恐怖主义刑事司法对策中的性别层面手册", ["gender-dimensions-handbook"]),
    ("联合国囚犯待遇最低限度标准规则", ["a-res-70-175"]),
    ("纳尔逊·曼德拉规则", ["a-res-70-175"]),
    ("联合国的规则和程序", ["un-rules-and-procedures"]),
]

# Symbols in the footnotes and links of E/RES/2019/21.
CITED = [
    *(f"A/RES/{n}" for n in ("71/291", "72/194", "72/284", "73/174", "73/186", "73/211")),
    *(f"A/RES/{n}" for n in ("53/243 A", "53/243 B", "56/6", "60/288", "70/175")),
    *(f"S/RES/{n} (2014)" for n in (2133, 2178, 2195)),
    *(f"S/RES/{n} (2015)" for n in (2199, 2253)),
    *(f"S/RES/{n} (2016)" for n in (2309, 2322)),
    *(f"S/RES/{n} (2017)" for n in (2341, 2347, 2349, 2368, 2396)),
    "S/RES/2462 (2019)",
    "E/CN.15/2019/5",
    "E/2019/30",
]

# The Strategy and its eight reviews.
STRATEGY = {
    "A/RES/60/288": date(2006, 9, 8),
    "A/RES/62/272": date(2008, 9, 5),
    "A/RES/64/297": date(2010, 9, 8),
    "A/RES/66/282": date(2012, 6, 29),
    "A/RES/68/276": date(2014, 6, 13),
    "A/RES/70/291": date(2016, 7, 1),
    "A/RES/72/284": date(2018, 6, 26),
    "A/RES/75/291": date(2021, 6, 30),
    "A/RES/77/298": date(2023, 6, 22),
}

SERIES = [
    (1577, 27531, "crc"),
    (2171, 27531, "crc-opsc"),
    (2173, 27531, "crc-opac"),
    (2983, 27531, "crc-opic"),
    (2225, 39574, "untoc"),
    (2237, 39574, "untoc-trafficking"),
    (2241, 39574, "untoc-smuggling"),
    (2326, 39574, "untoc-firearms"),
    (2149, 37517, "terrorist-bombings-convention-1997"),
    (2178, 38349, "terrorist-financing-convention-1999"),
    (2445, 44004, "nuclear-terrorism-convention-2005"),
    (1678, 29004, "sua-convention-1988"),
    (75, 973, "geneva-convention-iv"),
    (2349, 42146, "uncac"),
]


def parse() -> Graph:
    graph = Graph()
    for path in FILES:
        graph.parse(path)
    return graph


GRAPH = parse()
TERMS = Graph().parse(ONTOLOGY / "unct.ttl")
THINGS = sorted(set(GRAPH.subjects(RDF.type)), key=str)


def local(thing: object) -> str:
    return str(thing).removeprefix(str(ID)).partition("/")[2]


def languages(thing: object, *properties: URIRef) -> set[str | None]:
    assert isinstance(thing, URIRef)
    found = (o for p in properties for o in GRAPH.objects(thing, p))
    return {o.language for o in found if isinstance(o, Literal)}


def test_a_file_for_each_kind() -> None:
    kinds = ["countries", "entities", "groups", "instruments", "publications", "treaties"]
    assert [path.stem for path in FILES] == kinds


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_sorted_after_one_block_of_prefixes(path) -> None:
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    prefixes = [n for n, line in enumerate(lines) if line.startswith("@prefix")]
    assert prefixes == list(range(prefixes[0], prefixes[0] + len(prefixes)))
    declared = re.findall(r"^@prefix (\w+):", text, re.MULTILINE)
    body = "\n".join(lines[prefixes[-1] + 1 :])
    assert declared == sorted(p for p in declared if re.search(rf"(?<![\w-]){p}:\w", body))
    subjects = re.findall(rf"^(?:<{ID}\w+/|\w+:)([^\s>]+)>?$", body, re.MULTILINE)
    assert subjects == sorted(subjects)
    assert len(subjects) == len(set(subjects))


def test_a_slug_names_one_thing() -> None:
    assert [s for s, n in Counter(map(local, THINGS)).items() if n > 1] == []


def test_addresses_are_made_from_symbols() -> None:
    symbols = [(thing, str(symbol)) for thing, symbol in GRAPH.subject_objects(UNCT.symbol)]
    assert len(symbols) > 100
    assert [s for _, s in symbols if canonical(s) != s] == []
    assert [local(t) for t, s in symbols if t != DOC[slug(s)]] == []


def test_volume_and_number_are_a_key() -> None:
    keys = [(GRAPH.value(t, UNCT.untsVolume), n) for t, n in GRAPH[: UNCT.untsRegistration]]
    assert [key for key, count in Counter(keys).items() if count > 1] == []
    assert [key for key in keys if key[0] is None] == []


@pytest.mark.parametrize(("volume", "number", "treaty"), SERIES)
def test_treaties_by_volume_and_number(volume, number, treaty) -> None:
    assert register().treaties[volume, number] == treaty


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_a_name_is_of_one_thing(language) -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for name, slugs in register().names(language).items():
        owners[fold(name)].update(slugs)
    shared = {name: slugs for name, slugs in owners.items() if len(slugs) > 1}
    assert set(map(frozenset, shared.values())) <= {frozenset(SHARED)}


@pytest.mark.parametrize(("printed", "slugs"), PRINTED)
def test_what_the_first_document_prints_is_known(printed, slugs) -> None:
    source = (DATA / "sources" / "e-res-2019-21.zh.txt").read_text(encoding="utf-8")
    assert printed in re.sub(r"\s", "", source)
    assert list(register().names("zh")[printed]) == slugs


@pytest.mark.parametrize("symbol", CITED)
def test_what_the_first_document_cites_is_known(symbol) -> None:
    assert register().things[slug(symbol)].symbol == symbol


@pytest.mark.parametrize(("symbol", "day"), STRATEGY.items())
def test_the_strategy_and_its_reviews(symbol, day) -> None:
    assert register().things[slug(symbol)].adopted == day.isoformat()


def test_the_first_document_recommends_a_draft_that_the_assembly_adopted() -> None:
    draft = GRAPH.value(DOC["e-res-2019-21"], UNCT.recommendsAdoptionOf)
    assert draft == DOC["e-res-2019-21/draft"]
    assert GRAPH.value(draft, UNCT.adoptedAs) == DOC["a-res-74-175"]


def test_nineteen_instruments_against_terrorism() -> None:
    members = set(GRAPH.objects(GROUP["ct-conventions"], UNCT.hasGroupMember))
    assert members == {DOC[name] for name in NINETEEN}
    for name in NINETEEN:
        thing = register().things[name]
        assert thing.types <= {"Convention", "Protocol"}
        assert set(thing.names) == LANGUAGES
    days = [str(register().things[name].adopted) for name in NINETEEN]
    assert days == sorted(days)


def test_dates_are_dates() -> None:
    dated = (UNCT.adoptionDate, UNCT.entryIntoForce)
    dates = [o for p in dated for o in GRAPH.objects(None, p)]
    assert len(dates) > 150
    wrong = [
        d for d in dates if not (isinstance(d, Literal) and d.datatype == XSD.date and d.value)
    ]
    assert wrong == []


def test_nothing_is_in_force_or_supplemented_before_it_is_adopted() -> None:
    def adopted(thing: object) -> date:
        assert isinstance(thing, URIRef)
        value = GRAPH.value(thing, UNCT.adoptionDate)
        assert isinstance(value, Literal)
        day = value.toPython()
        assert isinstance(day, date)
        return day

    forced = GRAPH.subject_objects(UNCT.entryIntoForce)
    assert [t for t, d in forced if isinstance(d, Literal) and d.toPython() < adopted(t)] == []
    pairs = GRAPH.subject_objects(UNCT.supplements)
    assert [p for p, treaty in pairs if adopted(p) < adopted(treaty)] == []


def test_every_type_and_property_is_in_the_ontology() -> None:
    used = {*GRAPH.predicates(), *GRAPH.objects(None, RDF.type)}
    ours = {term for term in used if str(term).startswith(str(UNCT))}
    assert len(ours) > 20
    assert {term for term in ours if (term, None, None) not in TERMS} == set()
    assert {o for o in GRAPH.objects(None, RDF.type) if not str(o).startswith(str(UNCT))} == set()


def test_every_thing_says_what_of_it_is_unverified() -> None:
    for thing in THINGS:
        properties = set(GRAPH.objects(thing, UNCT.unverifiedProperty))
        tags = {str(tag) for tag in GRAPH.objects(thing, UNCT.unverifiedLanguage)}
        status = [str(s) for s in GRAPH.objects(thing, UNCT.reviewStatus)]
        assert status == ["unverified" if properties or tags else "reviewed"], thing
        assert properties <= set(GRAPH.predicates(thing)), thing
        assert tags <= languages(thing, *NAMES, URIRef("http://purl.org/dc/terms/title")), thing


def test_everything_has_a_name_in_english_and_chinese() -> None:
    for thing in THINGS:
        tags = [o.language for o in GRAPH.objects(thing, SKOS.prefLabel) if isinstance(o, Literal)]
        assert {"en", "zh"} <= set(tags) <= LANGUAGES, thing
        assert len(tags) == len(set(tags)), thing


def test_names_are_printed_without_marks_or_stray_spaces() -> None:
    names = [str(o) for p in NAMES for o in GRAPH.objects(None, p)]
    marks = r"[《》“”\"]|^[〈<][^〉>]*[〉>]$|^\s|\s$|\s\s"
    assert [n for n in names if re.search(marks, n)] == []


def test_no_address_leads_nowhere() -> None:
    assert {o for o in GRAPH.objects() if str(o).startswith(str(ID))} <= set(THINGS)
