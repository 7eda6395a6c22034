"""The pages of the ontology and the data blocks, in a real browser under the strict policy."""

from __future__ import annotations

import json
import re

import pytest

from tests.browser.test_reading import DOC, tab

pytestmark = pytest.mark.browser
__all__ = ["tab"]


def test_a_data_block_is_there_and_the_policy_does_not_mind(tab):
    page = tab.open(DOC)
    block = page.locator("script[type='application/ld+json']").text_content()
    assert json.loads(block)["@type"] == "Legislation"


def test_the_iri_of_a_paragraph_leads_to_its_place(tab):
    page = tab.open("/id/doc/e-res-2019-21/op24-cit-crc")
    assert page.url == f"{tab.site}{DOC}#op24"
    assert page.locator("#op24").bounding_box()["y"] < 900


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_pictures_can_be_read(tab, scheme, language):
    tab.page.emulate_media(color_scheme=scheme)
    page = tab.open(f"/ontology?lang={language}")
    figures = page.locator("figure svg")
    assert figures.count() > 4
    for number in range(figures.count()):
        svg = figures.nth(number)
        inside = svg.evaluate(
            """svg => [...svg.querySelectorAll('rect')].every((rect, i) => {
                 const box = rect.getBBox();
                 const text = rect.nextElementSibling.getBBox();
                 return text.x >= box.x && text.x + text.width <= box.x + box.width;
               })"""
        )
        assert inside, number
    colours = [
        figures.first.locator(part).first.evaluate(f"e => getComputedStyle(e).{name}")
        for part, name in (("rect", "fill"), ("rect + text", "fill"))
    ]
    box, ink = (sum(map(int, re.findall(r"\d+", colour)[:3])) for colour in colours)
    assert abs(box - ink) > 400


def test_screen_readers_are_told_what_a_picture_shows(tab):
    page = tab.open("/ontology?lang=en")
    picture = page.get_by_role("img", name="How the main classes hang together.")
    assert picture.count() == 1
    described = picture.get_attribute("aria-describedby")
    assert "Expression – realizes → Instrument" in page.locator(f"#{described}").text_content()


def test_a_term_is_led_to_and_marked(tab):
    page = tab.open("/ontology/hasUnit")
    assert page.url == f"{tab.site}/ontology#hasUnit"
    place = page.locator("#hasUnit")
    assert 0 <= place.bounding_box()["y"] < 900
    plain = page.locator("#inDocument").evaluate("e => getComputedStyle(e).backgroundColor")
    assert place.evaluate("e => getComputedStyle(e).backgroundColor") != plain
    page.locator("#hasUnit").get_by_role("link", name="Instrument").first.click()
    assert page.url.endswith("#Instrument")
