from __future__ import annotations

import pytest

from pursuant.citing import Found, find
from pursuant.document import Kind, Reason, Status
from pursuant.framing import Frame
from pursuant.languages import languages
from pursuant.register import Register, Thing
from pursuant.resolving import Resolved, Resolver

CHINESE = languages()["zh"]
DECLARATION = Thing("a-res-66-2", "doc", frozenset({"Resolution"}), "A/RES/66/2")
PROGRAMME = Thing("a-res-66-3", "doc", frozenset({"Resolution"}), "A/RES/66/3")
OFFICE = Thing("office", "entity", names={"zh": ("某办公室",)})
REGISTER = Register({t.slug: t for t in (DECLARATION, PROGRAMME, OFFICE)}, {(1, 2): "office"})
JOINT = ("a-res-66-2", "a-res-66-3")


def resolver(frame: Frame | None = None) -> Resolver:
    return Resolver(CHINESE, REGISTER, frame or Frame(symbol="A/RES/75/1", speaker="ga"))


def title(name: str, *slugs: str, start: int = 0) -> Found:
    return Found(start, start + len(name) + 2, "title", title=name, slugs=slugs)


def number(text: str) -> Resolved:
    return resolver().resolve([item for item in find(text, CHINESE) if item.number])[0]


def test_an_unregistered_resolution_is_resolved_by_its_symbol() -> None:
    found = number("第72/194号决议")
    assert (found.target, found.slug, found.types) == ("A/RES/72/194", "a-res-72-194", frozenset())


def test_a_registered_one_has_what_the_register_knows() -> None:
    assert number("第66/2号决议").types == {"Resolution"}


def test_a_joint_title_is_ambiguous_without_a_note() -> None:
    (found,) = resolver().resolve([title("宣言和行动纲领", *JOINT)])
    assert (found.status, found.candidates, found.target) == (Status.AMBIGUOUS, JOINT, None)
    assert found.reason == "the words may mean any of a-res-66-2, a-res-66-3"
    assert found.reason_kind is Reason.SEVERAL_MEANINGS


@pytest.mark.parametrize(
    ("texts", "meant"),
    [
        (["《某宣言》、《他宣言》", "《宣言》"], None),
        (["《某宣言》、《他宣言》", "《他宣言》和《宣言》"], "A/RES/66/3"),
        (["《某宣言》、《他宣言》", "《宣言》和《他宣言》"], None),
    ],
)
def test_a_short_title_is_the_one_named_before_it(texts: list[str], meant: str | None) -> None:
    reader = resolver()
    things = {"某宣言": JOINT[:1], "他宣言": JOINT[1:]}
    for text in texts:
        found = [f._replace(slugs=things.get(f.title or "", ())) for f in find(text, CHINESE)]
        resolved = reader.resolve(found, {})
    assert [r.target for r in resolved if r.found.title == "宣言"] == [meant]


@pytest.mark.parametrize("behind", [0, 2])
def test_a_joint_title_is_what_its_note_says(behind: int) -> None:
    reader = resolver()
    note = reader.resolve(find("第66/3号决议", CHINESE))
    item = title("宣言和行动纲领", *JOINT)
    (found,) = reader.resolve([item], {item.end + behind: note})
    assert found.target == "A/RES/66/3"


def test_a_joint_title_is_all_that_a_note_farther_off_means_and_stays_it() -> None:
    reader = resolver()
    note = reader.resolve(find("第66/2号和第66/3号决议", CHINESE))
    item = title("宣言和行动纲领", *JOINT)
    assert {r.slug for r in note} == set(JOINT)
    for notes in ({item.end + 9: note}, {}):
        assert [r.slug for r in reader.resolve([item], notes)] == list(JOINT)


def test_a_note_before_a_joint_title_or_of_a_part_of_it_tells_nothing() -> None:
    reader = resolver()
    item = title("宣言和行动纲领", *JOINT, start=20)
    for at, text in ((5, "第66/2号和第66/3号决议"), (item.end + 9, "第66/3号决议")):
        (found,) = reader.resolve([item], {at: reader.resolve(find(text, CHINESE))})
        assert found.status is Status.AMBIGUOUS


def test_a_note_farther_off_defines_nothing() -> None:
    reader = resolver()
    note = reader.resolve(find("第66/3号决议", CHINESE))
    item = title("某宣言")
    (found,) = reader.resolve([item], {item.end + 3: note})
    assert found.status is Status.UNRESOLVED


def test_a_title_that_a_note_defines_keeps_its_symbol() -> None:
    reader = resolver()
    note = reader.resolve(find("第72/194号决议", CHINESE))
    item = title("某政治宣言")
    reader.resolve([item], {item.end: note})
    again, short = reader.resolve([title("某政治宣言"), title("宣言", start=20)])
    assert (again.target, again.short) == ("A/RES/72/194", False)
    assert (short.target, short.short) == ("A/RES/72/194", True)


def test_a_title_that_notes_give_two_meanings_is_ambiguous_without_one() -> None:
    reader = resolver()
    first, second = (reader.resolve(find(f"第{n}号决议", CHINESE)) for n in ("72/194", "73/195"))
    item = title("最后文件")
    (one,) = reader.resolve([item], {item.end: first})
    (same,) = reader.resolve([item])
    (other,) = reader.resolve([item], {item.end: second})
    (either,) = reader.resolve([item])
    assert [r.target for r in (one, same, other)] == [
        "A/RES/72/194",
        "A/RES/72/194",
        "A/RES/73/195",
    ]
    assert either.candidates == ("a-res-72-194", "a-res-73-195")


def test_a_note_that_cites_nothing_defines_nothing() -> None:
    reader = resolver()
    item = title("某政治宣言")
    office = Resolved(item, Status.RESOLVED, slug="office", target="office", collection="entity")
    (found,) = reader.resolve([item], {item.end: [office]})
    assert found.reason == "the title 某政治宣言 is not in the register"
    assert found.reason_kind is Reason.TITLE_UNKNOWN


def test_a_treaty_by_volume_and_number() -> None:
    known, unknown = resolver().resolve(
        [
            Found(0, 5, "treaty-series", treaty=(1, 2)),
            Found(6, 9, "ibid", treaty=(2, 2)),
        ]
    )
    assert (known.slug, unknown.status) == ("office", Status.UNRESOLVED)


def test_a_group_that_the_register_lacks_is_still_a_group() -> None:
    (found,) = resolver().resolve([Found(0, 3, "group", slugs=("refugee-law",))])
    assert (found.kind, found.target, found.collection) == (Kind.GROUP, "refugee-law", "group")


@pytest.mark.parametrize(
    ("frame", "target", "slug"),
    [
        (Frame(symbol="A/RES/75/1"), "A/RES/75/1", "a-res-75-1"),
        (Frame(symbol="E/RES/2019/21", draft=True), "e-res-2019-21/draft", "e-res-2019-21"),
    ],
)
def test_the_resolution_itself(frame: Frame, target: str, slug: str) -> None:
    (found,) = resolver(frame).resolve([Found(0, 3, "self")])
    assert (found.kind, found.target, found.slug) == (Kind.SELF, target, slug)


def test_only_instruments_and_groups_are_cited() -> None:
    item = title("某指南")
    guide = Resolved(item, Status.RESOLVED, types=frozenset({"Publication"}))
    office = Resolved(item, Status.RESOLVED, collection="entity")
    group = Resolved(item, Status.RESOLVED, collection="group")
    assert [r.is_citation for r in (guide, office, group)] == [False, False, True]


def test_that_office_is_the_one_named_last_in_any_paragraph_before() -> None:
    reader = resolver()
    that = Found(5, 9, "anaphora", title="办公室")
    assert reader.resolve([that], {}) == []
    reader.resolve([Found(0, 4, "name", slugs=("office",))], {})
    assert reader.resolve([that], {})[-1].slug == "office"


def test_who_is_named_in_a_note_is_not_meant_by_that_office() -> None:
    reader = resolver()
    reader.resolve([Found(0, 4, "name", slugs=("office",))])
    assert reader.resolve([Found(5, 9, "anaphora", title="办公室")], {}) == []
