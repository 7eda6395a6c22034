"""A comparison as a page that stands by itself: one file, nothing loaded from elsewhere."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import TYPE_CHECKING

from pursuant.rendering import TEMPLATES, environment

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pursuant.comparing import Comparison
    from pursuant.document import Document


class Words:
    """The words of comparisons in one language: `w.moved`, `w["state_same"]`."""

    def __init__(self, spoken: str) -> None:
        self.spoken = spoken

    def __getitem__(self, key: str) -> str:
        told = _words()[key]
        return told.get(self.spoken, told["en"])

    def title(self, comparison: Comparison) -> str:
        """What the page is headed."""
        before, after = _name(comparison.before), _name(comparison.after)
        return self["title"].format(before=before, after=after)


def to_html(comparison: Comparison, language: str = "en") -> str:
    """The page.

    Args:
        comparison: of two documents.
        language: of the words around the text; English where there are none in it.
    """
    page = environment().get_template("comparison.html")
    return page.render(comparison=comparison, w=Words(language))


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads((TEMPLATES / "words.toml").read_text(encoding="utf-8"))


def _name(document: Document) -> str:
    return document.symbol or document.source
