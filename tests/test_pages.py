from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser
from string import Formatter

import pytest

from pursuant.names import names_of
from pursuant.querying import invokes
from pursuant_api import phrasing
from pursuant_api.headers import POLICY
from pursuant_api.negotiation import LANGUAGES
from pursuant_api.pages import HERE, Words, words
from pursuant_api.reading_page import underlines

GROUP = "/instruments/relevant-conventions"
DOC = "/documents/e-res-2019-21"
HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
PAGES = [
    "/documents", DOC, "/documents/a-res-90-1", "/instruments/crc", "/instruments/ct-conventions",
    "/instruments/e-res-2019-21", "/entities/unodc", "/entities/wco", "/mandates",
    "/mandates?force=urge&addressee=unodc", "/sparql", "/sparql?query=SELECT+*+{?s+?p+?o}+LIMIT+3",
    "/documents/none", "/sparql?query=SELEC", "/ontology", "/shapes", "/vocab/force", "/dataset",
]  # fmt: skip
VOID = {"meta", "link", "input", "br", "img"}


class Page(HTMLParser):
    """What a page holds: its elements with the text in each, and whether all are closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None], list[str]]] = []
        self.open: list[tuple[str, list[str]]] = []
        self.wrong: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        said: list[str] = []
        self.elements.append((tag, dict(attrs), said))
        if tag not in VOID:
            self.open.append((tag, said))

    def handle_endtag(self, tag):
        if not self.open or self.open.pop()[0] != tag:
            self.wrong.append(f"{tag} at {self.getpos()}")

    def handle_data(self, data):
        for _, said in self.open:
            said.append(data)

    def all(self, tag: str, **wanted: str) -> list[tuple[dict[str, str | None], str]]:
        return [
            (attributes, " ".join("".join(said).split()))
            for name, attributes, said in self.elements
            if name == tag
            and all(w in (attributes.get(k) or "").split() for k, w in wanted.items())
        ]

    def ids(self) -> list[str]:
        return [str(a["id"]) for _, a, _ in self.elements if "id" in a]


def page(client, path: str, **headers: str) -> Page:
    return Page(client.get(path, headers=HTML | headers).text)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_whole_and_asks_nothing_of_others(composed_client, path, language):
    answer = composed_client.get(path, headers=HTML | {"Accept-Language": language})
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["content-security-policy"] == POLICY
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    found = Page(answer.text)
    assert (found.wrong, found.open) == ([], [])
    assert len(found.ids()) == len(set(found.ids()))
    assert found.all("html")[0][0]["lang"] == language
    addresses = [
        str(a.get("href") or a.get("src") or a.get("action"))
        for tag, a, _ in found.elements
        if {"href", "src", "action"} & set(a) and not _leads_out(tag, a)
    ]
    assert all(address.startswith(("/", "#", "?")) for address in addresses)
    assert all(a[1:] in found.ids() for a in addresses if a.startswith("#"))
    assert not any("style" in a or tag == "style" for tag, a, _ in found.elements)
    assert all(a == {"type": "application/ld+json"} for a, _ in found.all("script"))
    assert len(found.all("h1")) == len(found.all("main")) == 1


def _leads_out(tag: str, attributes: dict[str, str | None]) -> bool:
    """Whether an address is not fetched with the page, but told, or left to the reader."""
    told = (attributes.get("rel") or "").split()
    return (tag == "a" and "external" in told) or (tag == "link" and told in TOLD)


TOLD = (["canonical"], ["license"])


def _kind(address: str) -> tuple[str, ...]:
    """What pages of one kind have in common: their place and what they are asked."""
    path, _, query = address.partition("?")
    first, *rest = path.strip("/").split("/")
    asked = sorted(pair.partition("=")[0] for pair in query.split("&"))
    return first, str(len(rest)), path.rpartition(".")[2] if "." in path else "", *asked


MOST_OF_A_KIND = 5  # pages of one kind are made alike; thousands of them took minutes


def test_every_page_that_a_page_leads_to_is_there(client):
    seen: set[str] = set()
    kinds: Counter[tuple[str, ...]] = Counter()
    waiting = ["/documents?lang=zh"]
    while waiting:
        path = waiting.pop()
        answer = client.get(path, headers=HTML, follow_redirects=True)
        assert answer.status_code == 200, path
        if not answer.headers["content-type"].startswith("text/html"):
            continue
        for attributes, _ in Page(answer.text).all("a"):
            target = str(attributes.get("href", "")).partition("#")[0]
            if target.startswith("/") and "lang=en" not in target and target not in seen:
                seen.add(target)
                kinds[_kind(target)] += 1
                if kinds[_kind(target)] <= MOST_OF_A_KIND:
                    waiting.append(target)
    assert len(kinds) > 50
    assert {f"{DOC}?lang=zh", "/instruments/crc?lang=zh", "/entities/unodc?lang=zh"} <= seen


def test_the_reading_page_shows_every_paragraph_to_the_letter(client, shipped):
    found = page(client, DOC)
    told = client.get(f"{DOC}.json").json()
    shown = [re.sub(r"\s", "", text) for _, text in found.all("p", **{"class": "text"})]
    markers = found.all("sup")
    assert len(shown) == len(told["paragraphs"]) == 49
    for text, paragraph in zip(shown, told["paragraphs"], strict=True):
        plain = re.sub(r"\s", "", paragraph["text"])
        if paragraph["footnotes"]:
            assert len(text) > len(plain)
        else:
            assert text == plain
    assert len(markers) == sum(len(p["footnotes"]) for p in told["paragraphs"])


def test_each_instrument_is_linked_over_its_words(client, shipped):
    found = page(client, DOC)
    links = {(a["href"], text) for a, text in found.all("a", **{"class": "cite"})}
    words_linked = {text for _, text in links}
    for row in invokes(shipped, "E/RES/2019/21"):
        if row["via"] == "text":
            assert row["exact"] in words_linked, row
    assert ("/instruments/crc", "《儿童权利公约》") in links
    assert ("/instruments/un-charter", "《联合国宪章》") in links


def test_the_header_tells_who_adopted_and_who_speaks(client):
    for language, says in {
        "en": "recommended to the General Assembly, and speak as the General Assembly. "
        "The draft was adopted as A/RES/74/175.",
        "zh": "以大会的名义行文。 该草案已作为A/RES/74/175通过。",
    }.items():
        ((_, text),) = page(client, f"{DOC}?lang={language}").all("p", **{"class": "speaker"})
        assert says in text


def test_notes_and_their_markers_lead_to_each_other(client):
    found = page(client, DOC)
    markers = {str(a["href"]) for a, _ in found.all("a") if "-fn" in str(a.get("id"))}
    assert markers == {f"#fn{number}" for number in range(1, 11)}
    back = [str(a["href"])[1:] for a, _ in found.all("a", **{"class": "back"})]
    assert {"op24-fn8", "op24-fn9", "pp10-fn4", "op29-fn4"} <= set(back) <= set(found.ids())


def test_the_margin_tells_what_is_asked(client):
    text = client.get(f"{DOC}?lang=en", headers=HTML).text
    start = text.index('id="op6"')
    row = " ".join(re.sub("<[^>]+>", " ", text[start : text.index('id="op7"')]).split())
    for words_shown in ("requests", "United Nations Office on Drugs and Crime", "upon request"):
        assert words_shown in row
    assert "In short · reviewed" in row


def test_words_that_several_citations_share_are_cut_and_lead_somewhere(composed_client):
    found = page(composed_client, "/documents/a-res-90-1?lang=en&text=en")
    told = [(a["href"], a["class"], text) for a, text in found.all("a", **{"class": "cite"})]
    assert told == [
        (f"{GROUP}?lang=en", "cite f-accede asks group", "conventions such as"),
        ("/instruments/untoc?lang=en", "cite f-accede asks", "the Organized Crime Convention"),
        ("#op1-i3", "cite f-recall recalls", "the twin texts"),
        ("#op1-i5", "cite f-recall unresolved", "resolution 5 of the Guild"),
        ("#op1-i6", "cite f-recall unresolved", "the Rules & <Orders>"),
    ]  # fmt: skip
    described = {a["href"]: a["aria-description"] for a, _ in found.all("a", **{"class": "cite"})}
    assert "Organized Crime" in str(described["/instruments/untoc?lang=en"])
    assert str(described["/instruments/untoc?lang=en"]).count(";") == 1
    assert described["#op1-i5"] == "recalls: not resolved"
    margin = {a["id"]: text for a, text in found.all("li") if a.get("id")}
    assert "<no> such body" in margin["op1-i5"]
    assert "May be Convention on the Rights of the Child" in margin["op1-i6"]
    assert "the words may mean several things" in margin["op1-i6"]


def test_why_a_citation_is_not_resolved_is_told_in_the_language_of_the_page(composed_client):
    found = page(composed_client, "/documents/a-res-90-1?lang=zh")
    margin = {a["id"]: text for a, text in found.all("li") if a.get("id")}
    assert "字句可有多种所指" in margin["op1-i6"]
    assert "two are called so" not in margin["op1-i6"]


def test_what_is_written_right_to_left_is_shown_so(composed_client):
    found = page(composed_client, "/documents/a-res-90-1?lang=zh&text=ar")
    texts = found.all("p", **{"class": "text"})
    assert {(a["lang"], a["dir"]) for a, _ in texts} == {("ar", "rtl")}
    assert found.all("h1") == [({"lang": "ar", "dir": "rtl"}, "المصابيح")]
    rows = found.all("div", **{"class": "row"})
    assert all("rtl" in str(a["class"]).split() for a, _ in rows)
    ((_, said),) = found.all("p", **{"class": "speaker"})
    assert said == "各段以大会的名义行文。"
    other = page(composed_client, "/documents/a-res-90-1?lang=en")
    assert {a["lang"] for a, _ in other.all("p", **{"class": "text"})} == {"en"}
    fallback = page(composed_client, "/documents/a-res-90-1?lang=zh&text=ru")
    assert {a["lang"] for a, _ in fallback.all("p", **{"class": "text"})} == {"en"}
    assert "1(a)" in [text for _, text in other.all("a", **{"class": "address"})]
    assert "A/91" in [text for _, text in other.all("dd")]


def test_the_page_of_an_instrument_marks_what_is_unverified(client):
    found = page(client, "/instruments/crc?lang=en")
    facts = dict(zip(*([t for _, t in found.all(tag)] for tag in ("dt", "dd")), strict=True))
    assert facts["entry into force unverified"] == "1990-09-02"
    assert facts["treaty series registration number"] == "27531"
    assert facts["adoption place unverified"] == "New York"
    rows = [text for _, text in found.all("tr")]
    assert "Chinese 儿童权利公约" in rows
    assert any("op24" in row and "《儿童权利公约》" in row for row in rows)


def test_the_page_of_an_entity_lists_its_mandates(client):
    found = page(client, "/entities/secretary-general?lang=zh")
    rows = [text for _, text in found.all("tr")]
    assert [row[:18] for row in rows if "E/RES" in row] == [
        "E/RES/2019/21 op29",
        "E/RES/2019/21 op30",
    ]
    assert "秘书长" in found.all("h1")[0][1]


def test_a_unit_is_a_place_in_the_page(client):
    answer = client.get(f"{DOC}/op24?lang=zh", headers=HTML)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{DOC}?lang=zh#op24")
    assert "op24" in page(client, DOC).ids()


@pytest.mark.parametrize(
    ("query", "accepts", "language"),
    [
        ("?lang=zh", "en", "zh"),
        ("?lang=en", "zh", "en"),
        ("?lang=tlh", "zh-Hant-TW, en;q=0.9", "zh"),
        ("", "fr, zh;q=0.3, en;q=0.8", "en"),
        ("", "zh;q=0", "en"),
        ("", "", "en"),
    ],
)
def test_the_language_is_chosen_by_the_reader(client, query, accepts, language):
    found = page(client, f"/documents{query}", **{"Accept-Language": accepts})
    assert found.all("html")[0][0]["lang"] == language
    ((switch, _),) = found.all("a", **{"class": "switch"})
    other = {"en": "zh", "zh": "en"}[language]
    assert switch["href"] == f"/documents?lang={other}"


def test_switching_keeps_the_question(client):
    path = "/mandates?force=urge&lang=en"
    ((switch, _),) = page(client, path).all("a", **{"class": "switch"})
    assert switch["href"] == "/mandates?force=urge&lang=zh"


def test_the_query_page_shows_answers_links_and_mistakes(client):
    found = page(client, "/sparql?query=SELECT+?d+{?d+a+unct:Convention}+ORDER+BY+?d&lang=en")
    links = [a["href"] for a, _ in found.all("a")]
    assert "/id/doc/crc?lang=en" in links
    many = client.get("/sparql?query=SELECT+*+{?s+?p+?o}&lang=en", headers=HTML).text
    assert "The first 500 rows" in many
    graph = page(client, "/sparql?query=DESCRIBE+doc:crc&lang=en")
    assert [a["value"] for a, _ in graph.all("button", **{"class": "quiet"})] == [
        "turtle", "jsonld", "ntriples"
    ]  # fmt: skip
    wrong = client.get("/sparql?query=SELEC<b>", headers=HTML)
    assert wrong.status_code == 400
    assert "SELEC&lt;b&gt;" in wrong.text
    assert "line 1, column" in wrong.text


def test_people_are_told_of_problems_on_a_page(client):
    answer = client.get("/documents/e-res-2019-12?lang=zh", headers=HTML)
    assert answer.status_code == 404
    assert "错误 404" in answer.text
    assert "did you mean E/RES/2019/21" in answer.text


RULES = {
    each
    for path in (HERE.parents[1] / "graph" / "pursuant").glob("*.py")
    for found in re.findall(
        r'Found\([^"\n]*"([a-z-]+)"|rule="([a-z-]+)"|RULE = "([a-z-]+)"|"(treaty-series|ibid)"\)',
        path.read_text(),
    )
    for each in found
    if each and each != "defined"  # words that define another are no citation
}


def test_each_rule_that_finds_citations_has_a_name():
    assert len(RULES) >= 13
    assert {f"rule_{rule}" for rule in RULES} == {key for key in words() if key.startswith("rule_")}


@pytest.mark.parametrize(
    ("told", "value", "en", "zh"),
    [
        (phrasing.rule, "name", "known name", "已知名称"),
        (phrasing.rule, "dowsing", "dowsing", "dowsing"),
        (phrasing.part, "annex", "annex", "附件"),
        (phrasing.part, "annex I paragraph 10(a)", "annex I, paragraph 10(a)", "附件I，第10(a)段"),
        (phrasing.part, "article 十四", "article 十四", "第十四条"),
        (phrasing.part, "chapter VII", "chapter VII", "第VII章"),
        (phrasing.part, "A section 3", "A, section 3", "A，第3节"),
        (phrasing.part, "B", "B", "B"),
        (phrasing.period, "P1M", "1 month", "1个月"),
        (phrasing.period, "P12M", "12 months", "12个月"),
        (phrasing.period, "P1Y6M", "P1Y6M", "P1Y6M"),
        (phrasing.period, "A/76", "A/76", "A/76"),
    ],
)
def test_values_of_the_data_are_told_in_the_language_of_the_page(told, value, en, zh):
    assert told(Words("en"), value) == en
    assert told(Words("zh"), value) == zh


def test_the_margin_tells_the_rule_in_the_language_of_the_page(client):
    said = {tag: client.get(f"{DOC}?lang={tag}", headers=HTML).text for tag in LANGUAGES}
    assert "规则：已知名称" in said["zh"]
    assert "规则：name" not in said["zh"]
    assert "rule: known name" in said["en"]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/documents", "body"),
        ("/documents", "topic"),
        ("/mandates", "body"),
        ("/citations", "body"),
        ("/citations", "function"),
        ("/citations", "topic"),
    ],
)
def test_what_is_known_is_chosen_and_not_typed(client, path, name):
    found = page(client, f"{path}?lang=zh")
    assert {"name": name} in [a for a, _ in found.all("select")]
    if name == "body":
        assert ("ecosoc", "经济及社会理事会") in [(a["value"], t) for a, t in found.all("option")]


def test_a_choice_in_another_spelling_stays_chosen(client):
    found = page(client, "/documents?body=经济及社会理事会&lang=en")
    chosen = [a["value"] for a, _ in found.all("option") if "selected" in a]
    assert chosen == ["经济及社会理事会"]


def test_names_are_offered_while_one_types(client):
    found = page(client, "/mandates?lang=en")
    offered = [a["value"] for a, _ in found.all("option")]
    assert {"United Nations Office on Drugs and Crime", "E/RES/2019/21"} <= set(offered)
    lists = {a["id"] for a, _ in found.all("datalist")}
    assert lists == {a["list"] for a, _ in found.all("input") if "list" in a}


def test_the_network_names_what_is_cited_as_people_do(client):
    found = page(client, "/citations?lang=zh")
    assert ({"href": "/instruments/un-charter?lang=zh"}, "联合国宪章") in found.all("a")
    assert not any(text == "un-charter" for _, text in found.all("th"))


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/nothing", "没有此页面或所查对象。"),
        ("/documents?bodi=ga", "请求有误，无法按此答复。"),
    ],
)
def test_a_problem_says_in_the_readers_language_what_it_is_and_where_to_go_on(client, path, says):
    joint = "&" if "?" in path else "?"
    found = page(client, f"{path}{joint}lang=zh")
    assert says in [text for _, text in found.all("p")]
    assert says in found.all("title")[0][1]
    assert "/search?lang=zh" in [a["href"] for a, _ in found.all("a")]


def test_paragraphs_of_partners_are_links(client):
    found = page(client, "/mandates/partners?lang=en")
    links = {str(a["href"]): text for a, text in found.all("a")}
    assert links[f"{DOC}?lang=en#op9"] == "E/RES/2019/21 op9"


@pytest.mark.parametrize(
    ("path", "says", "leads"),
    [
        ("/documents?year=1950", "There is none with these filters. Show all", "/documents"),
        ("/mandates?year=1950", "There is none with these filters. Show all", "/mandates"),
        ("/instruments?year=1492", "There is none with these filters. Show all", "/instruments"),
        ("/citations?year_to=1950", "No citations are like that. Show all", "/citations"),
        ("/mandates/no-sunset", "There is none in the documents held.", "/mandates"),
        ("/sparql?query=SELECT+?x+{?x+a+unct:Nothing}",
         "Nothing in the graph is like that. Its classes and properties: Ontology", "/ontology"),
    ],
)  # fmt: skip
def test_a_page_without_anything_says_what_to_do_next(client, path, says, leads):
    found = page(client, path, **{"Accept-Language": "en"})
    assert says in [text for _, text in found.all("p")]
    assert leads in [a["href"] for a, _ in found.all("a")]


def test_the_first_page_tells_what_can_be_done(client):
    told = "".join(text for _, text in page(client, "/documents?lang=zh").all("p"))
    assert "打开文件，即可逐段查看其援引的文书和提出的要求。" in told
    assert "自备文件" not in client.get("/documents?year=2019&lang=zh", headers=HTML).text


def test_an_answer_names_things_by_the_prefixes_that_queries_use(client):
    query = "SELECT+?d+?f+{?c+unct:cited+?d;+unct:function+?f}+ORDER+BY+?d+LIMIT+1"
    found = page(client, f"/sparql?query={query}&lang=en")
    cells = [text for _, text in found.all("td")]
    assert cells[0].startswith("doc:")
    assert ":" in cells[1]
    assert not cells[1].startswith("http")


def test_punctuation_is_that_of_the_language(client):
    chinese = client.get("/entities/unodc?lang=zh", headers=HTML).text
    assert "数据格式：" in chinese
    assert "数据格式:" not in chinese
    assert "；" in "".join(text for _, text in Page(chinese).all("dd"))


def test_the_audit_calls_things_by_their_names(client):
    found = page(client, "/audit/cited-not-held?lang=zh")
    links = {str(a["href"]): text for a, text in found.all("a")}
    assert links["/instruments/un-charter?lang=zh"] == "联合国宪章"
    assert links["/instruments/a-res-72-194?lang=zh"] == "A/RES/72/194"
    found = page(client, "/audit/unverified?lang=zh")
    links = {str(a["href"]): text for a, text in found.all("a")}
    assert links["/instruments/crc?lang=zh"] == "儿童权利公约"
    told = "".join(text for _, text in found.all("td"))
    assert "生效日期" in told
    assert "entryIntoForce" not in told


def test_other_names_say_their_language(client):
    found = page(client, "/entities/unodc?lang=zh")
    assert ({"lang": "en"}, "UNODC") in found.all("bdi")
    assert ({"lang": "zh"}, "毒罪办") in found.all("bdi")


class Said(HTMLParser):
    """The words of a page that are in its own language, neither code nor quoted."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.inside: list[tuple[str, bool]] = []
        self.words: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        other = dict(attrs).get("lang") not in (None, "zh")
        apart = other or tag in ("code", "q", "script", "textarea", "time", "bdi", "title")
        if tag not in VOID:
            self.inside.append((tag, apart))

    def handle_endtag(self, tag):
        self.inside.pop()

    def handle_data(self, data):
        if not any(apart for _, apart in self.inside):
            self.words |= set(re.findall(r"[A-Za-z-]{3,}", re.sub(r"https?:\S+|\w+/\S+", "", data)))


IN_ANY_LANGUAGE = re.compile(
    "Pursuant|IRI|SHA-|Akoma|Ntoso|PageRank|SPARQL|JSON(-LD)?|CSV|TSV|XLSX|Turtle|N-Triples|N-Quads"
    "|RDF|XML|TriG|PDF|DOCX|HTML|zip|Gephi|[Cc]ytoscape|graphml|gexf|gml|dot|pajek|(S-)?[IVXLC]+"
)


@pytest.mark.parametrize(
    "path",
    [
        "/documents", "/instruments", "/entities", "/entities/unodc", "/entities/unodc/mandates",
        "/instruments/crc", "/instruments/crc/cited-by", f"{DOC}/op24/citations", "/mandates",
        "/mandates/life-cycle", "/mandates/no-sunset", "/mandates/expiring-soon", "/vocab/force",
        "/mandates/overlaps", "/mandates/partners", "/search", "/search?q=囚犯", "/compare",
        "/compare?a=E/RES/2019/21&b=E/RES/2019/21", "/extract", "/validate", "/sparql", "/audit",
        "/audit/cited-not-held", "/audit/unresolved", "/audit/languages", "/audit/unverified",
    ],
)  # fmt: skip
def test_a_chinese_page_speaks_chinese(client, path):
    joint = "&" if "?" in path else "?"
    told = client.get(f"{path}{joint}lang=zh", headers=HTML).text
    assert [word for word in Said(told).words if not IN_ANY_LANGUAGE.fullmatch(word)] == []


# Words


@pytest.mark.parametrize("key", words())
def test_each_word_is_there_in_each_language_with_the_same_values(key):
    said = words()[key]
    assert set(said) == set(LANGUAGES)
    assert all(said.values())
    fields = [{name for _, name, _, _ in Formatter().parse(said[tag]) if name} for tag in LANGUAGES]
    assert fields[0] == fields[1] or key == "speaks_as_draft"
    assert "<" not in "".join(said.values())


def test_each_word_is_used_and_each_that_is_used_is_there():
    text = "".join(path.read_text() for path in sorted((HERE / "templates").glob("*.html")))
    used = set(re.findall(r"\bw\.(\w+)", text)) - {"spoken"}
    used |= {
        word
        for call in re.findall(r"\bw\((.*?)[,)]", text)
        for word in re.findall(r"'(\w+)'", call)
    }
    code = "".join(path.read_text() for path in sorted(HERE.glob("*.py")))
    used |= {word for word in words() if f'"{word}"' in code}
    built = set(re.findall(r"w\['(\w+_)' ~", text)) | set(re.findall(r'"(\w+_)"', code))
    built |= set(re.findall(r"w\[f\"(\w+_)\{", code))
    states = {"machine", "reviewed", "disputed", "unverified", "unresolved", "ambiguous"}
    parts = {"preamble", "operative", "annex"}
    known = set(words())
    assert used | states | parts <= known
    assert {
        key for key in known - used - states - parts if not key.startswith(tuple(built))
    } == set()


def test_each_function_has_one_underline(shipped):
    named = names_of(shipped).labels
    prefix = "https://w3id.org/unct/vocab/citation-function/"
    functions = [iri.removeprefix(prefix) for iri in named if iri.startswith(prefix)]
    text = (HERE / "underlines.toml").read_text()
    listed = re.findall(r'"([a-z-]+)"', text)
    assert sorted(listed) == sorted(functions)
    css = (HERE / "static" / "pursuant.css").read_text()
    for family in set(underlines().values()) - {"recalls"}:
        assert f".cite.{family} " in css


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    full = digits if len(digits) == 6 else "".join(d * 2 for d in digits)
    parts = [int(full[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_colours_stand_out_from_the_paper_as_wcag_asks():
    css = (HERE / "static" / "pursuant.css").read_text()
    schemes = re.findall(r":root \{(.*?)\}", css, re.DOTALL)
    assert len(schemes) == 3
    for scheme in schemes:
        colours = dict(re.findall(r"--(\w+): (#[0-9a-f]+);", scheme))
        for ink in {"ink", "quiet", "link", "asks", "follows", "reports", "warn"} & set(colours):
            for paper in ("paper", "raised", "target"):
                one, other = sorted((luminance(colours[ink]), luminance(colours[paper])))
                assert (other + 0.05) / (one + 0.05) >= 4.5, (ink, paper)
