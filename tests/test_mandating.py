from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pursuant.extracting import extract
from pursuant.languages import FOLDER, described

if TYPE_CHECKING:
    from pursuant.document import Mandate, Paragraph


def paragraph(text: str) -> Paragraph:
    (found,) = extract(f" 大会，\n\n 1. {text}。\n".encode(), "x").paragraphs
    return found


def mandates(text: str) -> list[Mandate]:
    return list(paragraph(text).mandates)


@pytest.mark.parametrize(
    ("text", "force", "addressees", "qualifier"),
    [
        ("请秘书长提交报告", "request", ["secretary-general"], None),
        ("又请会员国合作", "request", ["member-states"], None),
        (
            "吁请会员国和联合国毒品和犯罪问题办公室合作",
            "call-upon",
            ["member-states", "unodc"],
            None,
        ),
        (
            "吁请会员国、秘书长以及反恐怖主义办公室合作",
            "call-upon",
            ["member-states", "secretary-general", "unoct"],
            None,
        ),
        ("敦促尚未加入公约的会员国考虑加入", "urge", ["member-states"], "尚未加入公约的"),
        (
            "邀请会员国和有能力这样做的国际刑事警察组织合作",
            "invite",
            ["member-states", "interpol"],
            None,
        ),
        (
            "鼓励会员国，包括通过中央机关，以及秘书长合作",
            "encourage",
            ["member-states", "secretary-general"],
            None,
        ),
        ("请会员国和平解决争端", "request", ["member-states"], None),
        ("请特别报告员提交报告", "request", ["special-rapporteur"], None),
    ],
)
def test_addressees(text: str, force: str, addressees: list[str], qualifier: str | None) -> None:
    (mandate,) = mandates(text)
    assert (mandate.force, list(mandate.addressees)) == (force, addressees)
    assert mandate.qualifier == qualifier


@pytest.mark.parametrize(
    "text",
    [
        "决定继续处理此案",
        "请允许我们这样做",
        "欢迎会员国合作",
        "吁请继续合作，以便会员国提供援助",
        "强调会员国必须合作",
    ],
)
def test_an_act_without_addressee_is_no_mandate(text: str) -> None:
    assert mandates(text) == []


def test_a_number_that_is_printed_again_before_the_verb() -> None:
    dump = "إن الجمعية العامة،\n\n 1. 1 - تطلب إلى الأمين العام أن يقدم تقريرا عن ذلك.\n"
    (found,) = extract(dump.encode(), "x").paragraphs
    assert [m.addressees for m in found.mandates] == [("secretary-general",)]


def test_an_act_that_asks_nobody_is_a_recognition() -> None:
    (recognition,) = paragraph("强调会员国和秘书长必须合作").recognitions
    assert (recognition.function, recognition.agents) == (
        "emphasize",
        ("member-states", "secretary-general"),
    )
    assert recognition.evidence.exact == "强调会员国和秘书长必须合作"


def test_two_acts_of_one_paragraph_end_at_each_other() -> None:
    first, second = mandates("敦促会员国合作，并请秘书长提交报告")
    assert (first.evidence.exact, first.evidence.start) == ("敦促会员国合作", 0)
    assert (second.evidence.exact, second.verb) == ("请秘书长提交报告", "请")
    assert first.actions == ("cooperate",)
    assert second.actions == ("report",)


def test_an_act_of_none_of_the_known_kinds() -> None:
    (mandate,) = mandates("请秘书长继续努力")
    assert (mandate.actions, mandate.modalities) == (("other",), ("continue",))


def test_words_of_titles_are_not_read() -> None:
    (mandate,) = mandates("请秘书长执行《联合国全球反恐协调契约》")
    assert mandate.actions == ("implement",)
    assert mandate.concerns == ("ct-compact",)


@pytest.mark.parametrize(
    ("text", "partners"),
    [
        ("请秘书长与会员国合作", [("member-states", "cooperation")]),
        ("请秘书长与会员国密切协商", [("member-states", "consultation")]),
        (
            "请秘书长与反恐怖主义办公室及国际刑事警察组织协调",
            [("unoct", "coordination"), ("interpol", "coordination")],
        ),
        (
            "请秘书长与会员国协调，并与私营部门合作",
            [("member-states", "coordination"), ("private-sector", "cooperation")],
        ),
        ("请秘书长提交报告", []),
    ],
)
def test_partners(text: str, partners: list[tuple[str, str]]) -> None:
    (mandate,) = mandates(text)
    assert [(p.entity, p.mode) for p in mandate.partners] == partners


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("请秘书长向大会第七十五届会议提交报告", "A/75"),
        ("请秘书长向人权理事会第五十届会议提交报告", "A/HRC/50"),
        ("请秘书长向经济及社会理事会第七十五届会议提交报告", "E/75"),
        ("请秘书长向第七十五届会议提交报告", None),
        ("请秘书长提交报告", None),
    ],
)
def test_due(text: str, due: str | None) -> None:
    (mandate,) = mandates(text)
    assert mandate.due == due


def test_the_addressee_is_no_beneficiary_of_its_own_act() -> None:
    (mandate,) = mandates("请会员国向会员国提供援助")
    assert mandate.beneficiaries == ()


def test_that_office() -> None:
    text = "请联合国毒品和犯罪问题办公室提交报告，并请该办公室合作"
    assert [m.addressees for m in mandates(text)] == [("unodc",), ("unodc",)]


def test_that_office_without_an_office_is_nobody() -> None:
    assert paragraph("欢迎该办公室的工作").mentions == ()


def test_what_is_named_last_and_fits_is_meant() -> None:
    text = "欢迎反恐怖主义办公室和世界海关组织的工作，以及该办公室的报告"
    assert [m.entity for m in paragraph(text).mentions] == ["unoct", "wco", "unoct"]


def test_points_go_on_with_what_their_chapeau_asks() -> None:
    asks = " 大会，\n\n 1. 强烈敦促会员国在其任务授权范围内：\n\n"
    text = f"{asks} (a) 提交报告；\n\n (b) 酌情：\n\n (i) 合作。\n"
    chapeau, *points = extract(text.encode(), "x").paragraphs
    assert chapeau.mandates[0].inherited_from is None
    for point, actions in zip(points, (("report",), ("other",), ("cooperate",)), strict=True):
        (mandate,) = point.mandates
        assert (mandate.force, mandate.addressees) == ("urge", ("member-states",))
        assert mandate.modifiers == ("strongly",)
        assert mandate.actions == actions
        assert mandate.evidence.unit == point.id
        assert mandate.inherited_from == chapeau.mandates[0].evidence
        assert "within-mandate" in mandate.conditions
        assert point.recognitions == ()


def test_points_of_what_asks_nobody_speak_for_themselves() -> None:
    text = " 大会，\n\n 1. 欢迎：\n\n (a) 请秘书长提交报告；\n\n (b) 合作。\n"
    _, first, second = extract(text.encode(), "x").paragraphs
    assert [m.addressees for m in first.mandates] == [("secretary-general",)]
    assert second.mandates == ()


@pytest.mark.parametrize(
    ("text", "addressees", "change", "body"),
    [
        ("决定延长反恐怖主义委员会的任务期限", ("ga",), "renew", "ctc"),
        ("决定设立一个工作组", ("ga",), "establish", None),
        ("决定终止特派团的任务", ("ga",), "terminate", None),
        ("决定修改监测组的任务规定", ("ga",), "modify", "monitoring-team"),
        ("决定会员国应设立一个委员会", ("member-states",), "establish", None),
    ],
)
def test_what_becomes_of_bodies(
    text: str, addressees: tuple[str, ...], change: str, body: str | None
) -> None:
    (mandate,) = mandates(text)
    assert (mandate.addressees, mandate.change, mandate.body) == (addressees, change, body)


def test_a_pronoun_is_who_was_addressed_before() -> None:
    first, second = mandates("请秘书长访问该区域，并请其提交报告")
    assert first.addressees == second.addressees == ("secretary-general",)


def test_a_pronoun_for_nobody_asks_nobody() -> None:
    assert mandates("请其提交报告") == []


HUMAN_RIGHTS = {
    "en": ("The Human Rights Council,", "Requests the Office of the High Commissioner to report"),
    "zh": ("人权理事会，", "请高级专员办事处提交报告"),
    "fr": ("Le Conseil des droits de l’homme,", "Prie le Haut-Commissariat de faire rapport"),
    "es": (
        "El Consejo de Derechos Humanos,",
        "Solicita a la Oficina del Alto Comisionado que presente un informe",
    ),
    "ru": (
        "Совет по правам человека,",
        "просит Управление Верховного комиссара представить доклад",
    ),
    "ar": ("إن مجلس حقوق الإنسان،", "يطلب إلى المفوض السامي أن يقدم تقريرا إليه في دورته المقبلة"),
}


@pytest.mark.parametrize("code", HUMAN_RIGHTS)
def test_who_needs_no_other_name_in_the_texts_of_a_body(code: str) -> None:
    speaker, request = HUMAN_RIGHTS[code]
    example = described(FOLDER / f"{code}.toml")["presumed"]["example"]
    text = f"A/HRC/RES/71/8. X\n\n{speaker}\n\n1. {request};\n\n2. {example}.\n"
    asked = [m.addressees for p in extract(text.encode(), "x").paragraphs for m in p.mandates]
    first = "high-commissioner-human-rights" if code == "ar" else "ohchr"
    assert asked == [(first,), ("high-commissioner-human-rights",)]


@pytest.mark.parametrize(
    ("code", "text", "entity"),
    [
        ("en", "requests the Office to report to the General Assembly", "unodc"),
        ("en", "requests the Office to Combat Drugs to report", None),
        ("fr", "prie l’Office de lui faire rapport", "unodc"),
        ("fr", "prie l’Office d’établir un rapport", "unodc"),
        ("fr", "prie l’Office de l’Union de faire rapport", None),
        ("fr", "prie l’Office de la protection de faire rapport", None),
    ],
)
def test_what_stands_behind_a_short_name(code: str, text: str, entity: str | None) -> None:
    """A verb may; words that make another name of it may not."""
    name, head = {
        "en": ("Welcomes the United Nations Office on Drugs and Crime", "The General Assembly,"),
        "fr": (
            "Remercie l’Office des Nations Unies contre la drogue et le crime",
            "L’Assemblée générale,",
        ),
    }[code]
    (found,) = extract(f"A/RES/81/9. X\n\n{head}\n\n1. {name}, {text}.\n".encode(), "x").paragraphs
    short = [m.entity for m in found.mentions if m.rule == "anaphora"]
    assert short == ([entity] if entity else [])


def test_in_other_texts_a_title_alone_is_kept_in_words() -> None:
    (mandate,) = mandates("请高级专员提交报告")
    assert (mandate.addressees, mandate.addressed_as) == ((), "高级专员")


def test_who_is_named_in_the_title_of_the_document_need_not_be_named_again() -> None:
    text = (
        "A/RES/81/9. Office of the United Nations High Commissioner for Refugees\n\n"
        "The General Assembly,\n\n1. Requests the Office of the High Commissioner to report.\n"
    )
    (found,) = extract(text.encode(), "x").paragraphs
    assert found.mandates[0].addressees == ("unhcr",)


@pytest.mark.parametrize(
    ("text", "actions"),
    [
        ("请反恐怖主义委员会执行局提交报告", ("report",)),
        ("请儿童基金会执行局提交报告", ("report",)),
        ("请执行主任提交报告", ("report",)),
        ("请秘书处人道主义事务协调厅提供培训", ("train",)),
        ("请人道主义协调员提供培训", ("train",)),
        ("请伊斯兰合作组织提供培训", ("train",)),
        ("请和平利用外层空间委员会提交报告", ("report",)),
        ("请反恐怖主义委员会执行局执行这一决定", ("implement",)),
        ("请秘书长按照《儿童权利公约》提交报告", ("report",)),
    ],
)
def test_a_name_says_nothing_of_what_is_done(text: str, actions: tuple[str, ...]) -> None:
    (mandate,) = mandates(text)
    assert mandate.actions == actions


ENGLISH = "A/RES/81/9. X\n\nThe General Assembly,\n\n1. {}.\n"


@pytest.mark.parametrize(
    ("text", "actions"),
    [
        ("Requests the Office for the Coordination of Humanitarian Affairs to train them", "train"),
        ("Requests the Secretary-General to brief the General Assembly", "report"),
        ("Invites the Special Committee on the Situation to submit a report", "report"),
        ("Requests the Secretary-General to consider briefing the Assembly on it", "report"),
        ("Requests the Secretary-General to report its findings to the Assembly", "report"),
    ],
)  # fmt: skip
def test_a_name_says_nothing_in_english_too(text: str, actions: str) -> None:
    (found,) = extract(ENGLISH.format(text).encode(), "x").paragraphs
    assert found.mandates[0].actions == (actions,)
