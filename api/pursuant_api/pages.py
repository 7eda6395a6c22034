"""Pages: templates, and the words of the interface in the reader's language."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from pursuant.rendering import TEMPLATES as SHARED
from pursuant.symbol import slug
from pursuant.table import as_text
from pursuant_api.negotiation import LANGUAGES, language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fastapi import Request

HERE = Path(__file__).parent
FORMS = {
    "json": "JSON",
    "csv": "CSV",
    "tsv": "TSV",
    "xlsx": "XLSX",
    "rdf": "RDF/XML",
    **dict.fromkeys(("ttl", "turtle"), "Turtle"),
    **dict.fromkeys(("nt", "ntriples"), "N-Triples"),
    "jsonld": "JSON-LD",
}


@cache
def words() -> Mapping[str, Mapping[str, str]]:
    """The interface's words by key, each by language."""
    found: dict[str, Mapping[str, str]] = {}
    for path in (HERE / "words.toml", *sorted((HERE / "words").glob("*.toml"))):
        found |= tomllib.loads(path.read_text(encoding="utf-8"))
    return found


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader([HERE / "templates", SHARED]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["as_text"] = as_text
    environment.filters["slug"] = slug
    environment.filters["form"] = lambda name: FORMS[name.removeprefix(".")]
    return environment


class Words:
    """The interface's words in one language: `w.invokes`, `w("adopted_by", body=...)`."""

    def __init__(self, spoken: str) -> None:
        self.spoken = spoken

    def __getitem__(self, key: str) -> str:
        return words()[key][self.spoken]

    def get(self, key: str, default: str) -> str:
        """A word, or something else where there is none."""
        return words()[key][self.spoken] if key in words() else default

    def __call__(self, key: str, **values: object) -> Markup:
        """A sentence with its values, which are escaped unless they are markup already."""
        return Markup(self[key]).format(**values)  # noqa: S704 - our own words


class Links:
    """Addresses within the site, which carry on the language that the reader chose."""

    def __init__(self, request: Request) -> None:
        self.request = request
        chosen = request.query_params.get("lang")
        self.chosen = chosen if chosen in LANGUAGES else ""
        self.suffix = f"?lang={chosen}" if self.chosen else ""
        self.here = _bare(request.url.path)

    def __call__(self, path: str, fragment: str = "") -> str:
        """The address of a page, or of a place in it."""
        return f"{path}{self.suffix}{f'#{fragment}' if fragment else ''}"

    def in_language(self, spoken: str) -> str:
        """This page in another language of the interface."""
        url = self.request.url.include_query_params(lang=spoken)
        return f"{url.path}?{url.query}"

    def page(self, number: int) -> str:
        """Another page of the list that this is a page of."""
        url = self.request.url.include_query_params(page=number)
        return f"{self.here}?{url.query}"

    def alternate(self, suffix: str) -> str:
        """This page's twin for programs."""
        query = self.request.url.query
        return f"{self.here.rstrip('/')}{suffix}{f'?{query}' if query else ''}"


def _bare(path: str) -> str:
    """A path without the suffix that asks for a page."""
    return path.removesuffix(".html")


def render(template: str, request: Request, **values: Any) -> str:
    """A page in the reader's language."""
    spoken = language(request)
    context = {
        "w": Words(spoken),
        "lang": spoken,
        "other": next(each for each in LANGUAGES if each != spoken),
        "link": Links(request),
        **values,
    }
    return _environment().get_template(template).render(context)
