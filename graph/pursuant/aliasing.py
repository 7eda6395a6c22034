"""What a document calls an instrument: names that it defines, and short ones that it goes on with.

A name is learned where a text sets it beside what it means: a title with a footnote that has its
symbol, or words in brackets behind it ("the Convention"). It holds in that document, from there on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pursuant.citing import Found
from pursuant.document import Kind, Status
from pursuant.folding import fold
from pursuant.register import short_titles, shortened
from pursuant.resolving import Resolved, ambiguous

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pursuant.languages import Aliases as Rules
    from pursuant.languages import Language

# How far before its footnote's marker a title may begin.
_TITLE = 200
_WORDS = 60  # characters before a short title that may make it the end of another
_WORD = re.compile(r"\w[\w’'–-]{0,40}")
_PLACE = re.compile(r"\d{1,3}")
_NAMED = frozenset({"title", "name", "alias"})


@dataclass(slots=True)
class Aliases:
    """The names that a document has given to instruments so far.

    Attributes:
        about: slugs of the instruments that the document's own title names.
        names: what each name means.
        unknown: heads of titles that the document names and that are not known here.
        named: instruments with registered short titles that were named, by slug; those together
            that one title names ("Declaration and Programme of Action on ...").
    """

    language: Language
    about: frozenset[str] = frozenset()
    names: dict[str, Resolved] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)
    named: list[dict[str, Resolved]] = field(default_factory=list)

    def read(
        self, text: str, resolved: Sequence[Resolved], notes: Mapping[int, Sequence[Resolved]]
    ) -> list[Resolved]:
        """What a paragraph invokes, with what it calls by names that the document defined.

        Args:
            text: of the paragraph.
            resolved: what it invokes by other names, in the order of the text.
            notes: by the offset of a marker, what the note behind it invokes.
        """
        folded = self.language.quoted.sub(lambda m: " " * len(m.group()), fold(text))
        found = [*resolved, *self._known(folded, resolved)]
        self.unknown |= set(self._strangers(folded, found))
        titles = [item for item in found if _is_title(item)]
        self._take_in(titles)
        found += self._registered(folded, found)
        found += self._short(folded, found, titles)
        self._learn(folded, titles, notes)
        return sorted(found, key=lambda item: (item.found.start, item.found.end))

    def _known(self, folded: str, resolved: Iterable[Resolved]) -> Iterator[Resolved]:
        there = [(name, meant) for name, meant in self.names.items() if name in folded]
        if not there:
            return
        taken = _mask(folded, resolved)
        for name, meant in sorted(there, key=lambda item: -len(item[0])):
            for start in _places(folded, name):
                end = start + len(name)
                part = self._goes_on(folded, end) or (meant.short and self._ends(folded, start))
                if 1 not in taken[start:end] and not part:
                    taken[start:end] = b"\1" * len(name)
                    if meant.status is Status.RESOLVED:
                        yield meant._replace(found=Found(start, end, "alias", title=name))

    def _take_in(self, titles: Iterable[Resolved]) -> None:
        """Note which instruments with registered short titles a text names, by their place."""
        named: dict[tuple[int, int], dict[str, Resolved]] = {}
        for item in titles:
            if item.slug and item.slug in shortened():
                named.setdefault((item.found.start, item.found.end), {})[item.slug] = item
        for items in named.values():
            if not any(items.keys() <= known.keys() for known in self.named):
                self.named = [known for known in self.named if not known.keys() <= items.keys()]
                self.named.append(items)

    def _registered(self, folded: str, found: Iterable[Resolved]) -> Iterator[Resolved]:
        """What registered short titles mean: the only one named so far that has it."""
        if not self.named:
            return
        taken, words = _mask(folded, found), self.language
        for start, end, slugs in short_titles(words.code, words.spelling).find(folded):
            meant = [items for items in self.named if items.keys() <= set(slugs)]
            other = words.aliases.further.match(folded, end) or self._ends(folded, start)
            if len(meant) == 1 and 1 not in taken[start:end] and not other:
                item = Found(start, end, "alias", title=folded[start:end])
                yield from (each._replace(found=item, short=True) for each in meant[0].values())

    def _goes_on(self, folded: str, end: int) -> bool:
        """Whether a name is the beginning of a longer title here: "Lakeside Declaration on ..."."""
        joint = self.language.aliases.joint.match(folded, end)
        if not _is_of(joint):
            return False
        return joint is not None and folded[joint.end() : joint.end() + 1].isupper()

    def _ends(self, folded: str, start: int) -> bool:
        """Whether a short name is the end of another title here: "Lakeside Guiding Principles"."""
        prior = self.language.aliases.prior
        return prior.search(folded, max(0, start - _WORDS), start) is not None

    def _short(
        self, folded: str, found: Sequence[Resolved], titles: Sequence[Resolved]
    ) -> Iterator[Resolved]:
        """What "the Convention" is: the one that the document, or else the paragraph, has named."""
        matches = list(self.language.aliases.short.finditer(folded))
        if not matches:
            return
        here = {folded[r.found.start : r.found.end]: r for r in titles}
        taken = _mask(folded, found)
        for m in matches:
            if 1 in taken[m.start() : m.end("head")]:
                continue
            item = Found(m.start(), m.end(), "alias", title=m["head"])
            before = {n: r for n, r in here.items() if r.found.end <= m.start()}
            meant = self._headed(m["head"], self.names)
            near = self._headed(m["head"], before)
            if m["head"] in self.unknown:
                own = {slug: r for slug, r in meant.items() if slug in self.about}
                meant = own or (near if len(near) == 1 else {})
            if meant or near:
                yield self._meant(item, meant or near, near)

    def _meant(
        self, item: Found, meant: Mapping[str, Resolved], near: Mapping[str, Resolved]
    ) -> Resolved:
        own = {slug: each for slug, each in meant.items() if slug in self.about}
        one = next((each for each in (near, own, meant) if len(each) == 1), None)
        if one:
            (resolved,) = one.values()
            return resolved._replace(found=item, short=True)
        return ambiguous(item, meant)

    def _headed(self, head: str, names: Mapping[str, Resolved]) -> dict[str, Resolved]:
        """The instruments, by slug, whose names have a word for their head."""
        if not names:
            return {}
        pattern = self.language.headed(head)
        marks = "".join(self.language.titles)
        return {
            r.slug: r for name, r in names.items() if r.slug and pattern.search(name.strip(marks))
        }

    def _learn(
        self, folded: str, titles: Sequence[Resolved], notes: Mapping[int, Sequence[Resolved]]
    ) -> None:
        rules = self.language.aliases
        for item in titles:
            name = folded[item.found.start : item.found.end]
            self.names.setdefault(name, item)
            if lead := _lead(name, rules):
                self._lead(lead, item)
            if defined := rules.defined.match(folded, item.found.end):
                self.names.setdefault(defined["alias"], item)
        ends = {item.found.end for item in titles}
        for offset, invoked in notes.items():
            meant = {r.slug: r for r in invoked if _is_instrument(r)}
            if len(meant) != 1 or ends & {offset, offset - 1}:
                continue
            if title := title_before(folded, offset, rules):
                self.names.setdefault(title, next(iter(meant.values())))

    def _lead(self, lead: str, item: Resolved) -> None:
        """Let the beginning of a title stand for it, as long as no other title begins so."""
        if (known := self.names.get(lead)) is None:
            self.names[lead] = item._replace(short=True)
        elif known.slug != item.slug:
            self.names[lead] = Resolved(item.found, Status.AMBIGUOUS)

    def _strangers(self, folded: str, found: Sequence[Resolved]) -> Iterator[str]:
        """The heads of titles in a text that mean nothing known."""
        rules = self.language.aliases
        longer, heads = list(rules.longer.finditer(folded)), list(rules.heads.finditer(folded))
        if not (longer or heads):
            return
        taken = _mask(folded, (item for item in found if item.status is not Status.UNRESOLVED))
        yield from (m["head"] for m in longer if not taken[m.start()])
        for m in heads:
            if taken[m.start()]:
                continue
            title = title_before(folded, m.end(), rules)
            joint = rules.joint.match(folded, m.end())
            if not title and joint and folded[joint.end() : joint.end() + 1].isupper():
                title = folded[m.start() : joint.end() + 1]
            if title and not any(title in name for name in self.names):
                yield m.group()


def title_before(folded: str, offset: int, rules: Rules) -> str | None:
    """The title that ends at a place, by its capitals; None where there is none.

    One word is no title, nor are words without a noun that names an instrument.
    """
    text = folded[max(0, offset - _TITLE) : offset].rstrip(",;. ")
    words = [m for m in _WORD.finditer(text) if m.group()[0].isupper() or m.group()[0].isdigit()]
    if not words or words[-1].end() != len(text):
        return None
    first = last = len(words) - 1
    while first and rules.joint.fullmatch(text, words[first - 1].end(), words[first].start()):
        first -= 1
    while first < last and _PLACE.fullmatch(words[first].group()):
        first += 1  # the number of an article, not a year
    title = text[words[first].start() :]
    return title if first < last and _has_head(title, rules) else None


def _is_of(joint: re.Match[str] | None) -> bool:
    """Whether words are held together by more than a space or an "and"."""
    return joint is not None and bool(joint.groupdict().get("of"))


def _lead(name: str, rules: Rules) -> str | None:
    """The beginning of a title that names it: "Vienna Programme of Action" of that for a decade.

    It has a word before its head, and the title goes on behind it.
    """
    for head in rules.heads.finditer(name):
        joint = rules.joint.match(name, head.end())
        if head.start() and _is_of(joint):
            return name[: head.end()]
    return None


def _has_head(title: str, rules: Rules) -> bool:
    """Whether a title is an instrument's: one that names a part or a body of it is not."""
    return any(not rules.inner.search(title[: m.start()]) for m in rules.heads.finditer(title))


def _is_instrument(item: Resolved) -> bool:
    return item.is_citation and item.status is Status.RESOLVED and item.kind is Kind.INSTRUMENT


def _is_title(item: Resolved) -> bool:
    return _is_instrument(item) and item.found.rule in _NAMED and not item.short


def _mask(text: str, found: Iterable[Resolved]) -> bytearray:
    """Which places of a text are spoken for."""
    mask = bytearray(len(text))
    for item in found:
        mask[item.found.start : item.found.end] = b"\1" * (item.found.end - item.found.start)
    return mask


def _places(text: str, name: str) -> Iterator[int]:
    """Where a name stands in a text, not as a part of a word."""
    at = text.find(name)
    while at >= 0:
        around = text[at - 1 : at] + text[at + len(name) : at + len(name) + 1]
        if not any(character.isalnum() and character < "\u2e80" for character in around):
            yield at
        at = text.find(name, at + len(name))
