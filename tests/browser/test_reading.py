from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

DOC = "/documents/e-res-2019-21"
PAGES = [
    "/documents", DOC, "/instruments/crc", "/entities/unodc", "/mandates", "/citations",
    "/sparql?query=SELECT+*+{?s+?p+?o}+LIMIT+3", "/ontology", "/shapes", "/vocab/topic", "/dataset",
]  # fmt: skip


class Tab:
    """A page of the browser, what it complained of, and whom it asked."""

    def __init__(self, page: Page, site: str) -> None:
        self.page, self.site = page, site
        self.complaints: list[str] = []
        self.asked: list[str] = []
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self.asked.append(request.url))

    def open(self, path: str) -> Page:
        self.page.goto(self.site + path)
        return self.page


@pytest.fixture
def tab(chromium: Browser, site: str) -> Iterator[Tab]:
    context = chromium.new_context(locale="en-GB", viewport={"width": 1280, "height": 900})
    shown = Tab(context.new_page(), site)
    yield shown
    assert shown.complaints == []
    assert all(url.startswith((site, "data:")) for url in shown.asked)
    context.close()


def test_a_citation_leads_to_its_instrument_and_back(tab):
    page = tab.open(DOC)
    link = page.locator("#op24 a.cite", has_text=re.compile("^《儿童权利公约》$"))
    assert "double" in str(link.evaluate("e => getComputedStyle(e).textDecorationStyle"))
    link.click()
    assert page.url == f"{tab.site}/instruments/crc"
    assert page.locator("h1").inner_text() == "Convention on the Rights of the Child"
    page.get_by_role("link", name="E/RES/2019/21 op24").click()
    assert page.url == f"{tab.site}{DOC}#op24"
    assert page.locator("#op24").bounding_box()["y"] < 900
    page.go_back()
    page.go_back()
    assert page.url == f"{tab.site}{DOC}"


def test_the_language_is_switched_and_kept(tab):
    page = tab.open(DOC)
    page.get_by_role("link", name="中文").click()
    assert page.locator("html").get_attribute("lang") == "zh"
    page.locator("#op24 a.cite", has_text=re.compile("^《儿童权利公约》$")).click()
    assert page.locator("h1").inner_text() == "儿童权利公约"
    page.get_by_role("link", name="English").click()
    assert page.locator("h1").inner_text() == "Convention on the Rights of the Child"


def test_a_note_is_reached_and_left(tab):
    page = tab.open(DOC)
    page.locator("#op24 sup a", has_text="8").click()
    assert page.url.endswith("#fn8")
    page.locator("#fn8").get_by_role("link", name="Back to op24").click()
    assert page.url.endswith("#op24-fn8")


def test_each_paragraph_has_its_address(tab):
    page = tab.open(DOC)
    page.get_by_role("link", name="Address of op6", exact=True).click()
    assert page.url.endswith("#op6")
    assert page.locator("#op6").evaluate("e => e.matches(':target')")


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_fits_a_phone_and_has_no_complaint(tab, path, scheme):
    tab.page.emulate_media(color_scheme=scheme)
    for width in (1280, 375):
        tab.page.set_viewport_size({"width": width, "height": 800})
        page = tab.open(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    brightness = sum(int(part) for part in re.findall(r"\d+", paper)[:3])
    assert (brightness < 200) == (scheme == "dark")


def test_the_margin_stands_beside_its_paragraph(tab):
    page = tab.open(DOC)
    page.set_viewport_size({"width": 1440, "height": 900})
    for unit in ("pp1", "op2", "op24"):
        text = page.locator(f"#{unit} .text").bounding_box()
        margin = page.locator(f"#{unit} .margin").bounding_box()
        assert abs(text["y"] - margin["y"]) < 4
        assert margin["x"] > text["x"] + text["width"]


def test_the_keyboard_shows_where_it_is(tab):
    page = tab.open(DOC)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_a_query_is_asked_and_its_answer_shown(tab):
    page = tab.open("/sparql")
    page.get_by_label("SPARQL query").fill("SELECT ?d { ?d unct:untsRegistration '27531' }")
    page.get_by_role("button", name="Run").click()
    assert page.get_by_role("link", name="doc:crc", exact=True).count() >= 1


def test_all_that_the_margin_says_is_printed(tab):
    page = tab.open(DOC)
    page.emulate_media(media="print")
    assert page.locator("#pp1 details li").last.is_visible()
    assert not page.locator("nav.outline").is_visible()
    assert not page.locator("header.site").is_visible()


def test_no_form_is_printed(tab):
    page = tab.open("/mandates?lang=en")
    page.emulate_media(media="print")
    assert not page.locator("form").is_visible()
    assert not page.locator("footer.site").is_visible()
    assert page.locator("table.mandates").is_visible()


def test_what_is_read_from_right_to_left_has_its_number_at_the_right(tab):
    page = tab.open(DOC)
    page.eval_on_selector_all(".row", "rows => rows.forEach(e => e.classList.add('rtl'))")
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 800})
        text = page.locator("#op24 .text").bounding_box()
        number = page.locator("#op24 .address").bounding_box()
        assert number["x"] >= text["x"] + text["width"] - 1


def test_the_words_of_a_mandate_take_the_width_of_a_phone(tab):
    page = tab.open("/mandates?lang=zh")
    page.set_viewport_size({"width": 390, "height": 800})
    cells = page.locator("table.mandates tbody tr").first.locator("td").all()
    assert all(cell.bounding_box()["width"] > 340 for cell in cells if cell.is_visible())


def test_pasted_text_is_read(tab):
    page = tab.open("/extract?lang=en")
    page.get_by_label("Text of a resolution").fill(
        "A/RES/81/7. Lamps\n\nThe General Assembly,\n\n1. Requests the Secretary-General to report."
    )
    page.get_by_role("button", name="Read").click()
    assert page.locator("#op1 .text").inner_text() == "Requests the Secretary-General to report."


def test_the_citation_network_is_drawn_below_its_table(tab):
    page = tab.open("/citations")
    page.wait_for_selector("#network canvas")
    assert page.locator("#network canvas").count() >= 3
    assert page.locator("table tbody tr").count() == 50
    assert any(url.endswith("/citations.cyjs") for url in tab.asked)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_header_keeps_to_one_line_and_its_menu_opens_by_keyboard(tab, language):
    page = tab.open(f"/documents?lang={language}")
    page.set_viewport_size({"width": 1200, "height": 800})
    links = page.locator("header.site nav > *")
    assert len({round(link.bounding_box()["y"] / 8) for link in links.all()}) == 1
    menu = page.locator("header.site .menu")
    assert not menu.locator("a").first.is_visible()
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    for width in (1200, 375):
        page.set_viewport_size({"width": width, "height": 800})
        for link in menu.locator("a").all():
            box = link.bounding_box()
            assert 0 <= box["x"] <= box["x"] + box["width"] <= width
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{tab.site}/entities?lang={language}")
    assert page.locator("header.site [aria-current=page]").get_attribute("href") == (
        f"/entities?lang={language}"
    )


@pytest.mark.parametrize("path", ["/extract", "/validate", "/audit", "/mandates/overlaps"])
def test_forms_and_reports_fit_a_phone_and_each_field_has_a_label(tab, path):
    page = tab.open(f"{path}?lang=zh")
    page.set_viewport_size({"width": 375, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    fields = page.locator("input:not([type=hidden]), select, textarea")
    assert all(field.evaluate("e => e.labels.length") == 1 for field in fields.all())
