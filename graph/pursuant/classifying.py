"""Topics of a text, by the labels that the vocabulary of topics has for them in its language.

A label is found where its words stand in a row, in any of their forms (`pursuant.analysing`). What
a topic is called is data, in ontology/vocab/topic.ttl: `skos:altLabel` holds the other names.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from rdflib import SKOS, Graph, Literal

from pursuant.analysing import asked, terms
from pursuant.iri import UNCT, local
from pursuant.paths import ONTOLOGY

if TYPE_CHECKING:
    from collections.abc import Mapping

# The United Nations Global Counter-Terrorism Strategy, whose plan of action has the pillars. What
# does not invoke it is not put under them.
STRATEGY = "a-res-60-288"

_Labels = dict[str, list[tuple[tuple[str, ...], str]]]


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic, and the place of the words that name it: [start, end) of the text."""

    slug: str
    start: int
    end: int


def topics(text: str, language: str) -> list[Topic]:
    """The topics that a text names, in the order of its words; of two in one place the longer.

    >>> text = "to assist victims of terrorism and to prevent the financing of terrorist acts"
    >>> [(topic.slug, text[topic.start : topic.end]) for topic in topics(text, "en")]
    [('victims', 'victims of terrorism'), ('terrorist-financing', 'financing of terrorist acts')]
    """
    labels = _labels().get(language, {})
    found = list(terms(text, language))
    words = [term.text for term in found]
    chosen: list[Topic] = []
    for place, word in enumerate(words):
        fitting = [
            (len(label), slug)
            for label, slug in labels.get(word, ())
            if tuple(words[place : place + len(label)]) == label
        ]
        if fitting:
            length, slug = max(fitting)
            topic = Topic(slug, found[place].start, found[place + length - 1].end)
            if not chosen or topic.end > chosen[-1].end:
                chosen.append(topic)
    return chosen


@cache
def pillars() -> Mapping[str, str]:
    """The pillar of the Strategy under which its plan of action has a topic, by their slugs."""
    pairs = _vocabulary().subject_objects(UNCT.pillar)
    return {local(str(topic)): local(str(pillar)) for topic, pillar in pairs}


@cache
def _vocabulary() -> Graph:
    return Graph().parse(ONTOLOGY / "vocab" / "topic.ttl")


@cache
def _labels() -> Mapping[str, _Labels]:
    """Labels of topics by language and first term, each with the topic's slug."""
    found: defaultdict[str, _Labels] = defaultdict(dict)
    known = set(_vocabulary().subjects(SKOS.notation))
    for name in (SKOS.prefLabel, SKOS.altLabel):
        for topic, label in _vocabulary().subject_objects(name):
            if topic in known and isinstance(label, Literal) and label.language:
                words = asked(str(label), label.language)
                named = found[label.language].setdefault(words[0], [])
                named.append((words, local(str(topic))))
    return found
