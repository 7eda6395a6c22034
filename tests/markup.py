"""Akoma Ntoso resolutions of our own making, as the UN's editors mark them up."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

LANGUAGES = {"zh": "zho", "en": "eng", "fr": "fra", "es": "spa", "ru": "rus", "ar": "ara"}


def link(symbol: str, words: str) -> str:
    return f'<a href="https://undocs.org/en/{escape(symbol)}">{words}</a>'


def note(number: int, text: str) -> str:
    return f'<authorialNote marker="{number}"><p>{text}</p></authorialNote>'


def container(name: str, text: str) -> str:
    return f'<container name="{name}"><p>{text}</p></container>'


def points(*labelled: tuple[str, str], intro: str = "") -> str:
    said = f"<intro><p>{intro}</p></intro>" if intro else ""
    inner = "".join(
        f"<point><num>({label})</num><content><p>{text}</p></content></point>"
        for label, text in labelled
    )
    return f"<list>{said}{inner}</list>"


def paragraph(number: int | str, text: str, rest: str = "") -> str:
    content = f"<content><p>{text}</p></content>" if text else ""
    return f"<paragraph><num>{number}.</num>{content}{rest}</paragraph>"


def statement(
    preamble: str,
    main: str,
    *,
    symbol: str = "A/RES/81/7",
    title: str = "合作",
    language: str = "zh",
    speaker: str = "大会，",
    body: str = "unga",
    date: str = "2026-12-16",
    close: str = "2026年12月16日",
) -> str:
    work = f"/akn/un/statement/deliberation/{body}/{date}/{symbol.split('/')[-1]}/!main/"
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0">
<statement name="resolution"><meta><identification source="#x">
<FRBRWork><FRBRthis value="{work}"/><FRBRdate date="{date}" name="adoption"/></FRBRWork>
<FRBRExpression><FRBRlanguage language="{LANGUAGES[language]}"/></FRBRExpression>
</identification></meta>
<coverPage><p><docNumber refersTo="#symbol">{symbol}</docNumber></p></coverPage>
<preface><p><docNumber>{symbol.split("/RES/")[-1]}.</docNumber>
<docTitle refersTo="#resolutionTitle"> {title} </docTitle></p></preface>
<preamble><formula name="enacting"><p>{speaker}</p></formula>{preamble}</preamble>
<mainBody>{main}</mainBody>
<conclusions><p><inline name="adoptionMeeting">第61次全体会议</inline><eol/>
<docDate date="{date}" refersTo="#adoptionDate">{close}</docDate></p></conclusions>
</statement></akomaNtoso>
"""


TOLD = note(1, f"见{link('A/80/12', 'A/80/12')}。")
CHINESE = statement(
    container("回顾", f"回顾其第{link('A/RES/72/194', '72/194')}号决议，{TOLD}")
    + container("重申", "重申《儿童权利公约》，"),
    paragraph(
        1,
        f"请秘书长执行安全理事会第{link('S/RES/2178(2014)', '2178(2014)')}号决议：",
        points(("a", "与会员国合作；"), ("b", "提交一份报告；")),
    )
    + paragraph(2, "又请会员国执行大会第70/1号决议；")
    + paragraph(3, f"重申{link('A/RES/60/1', '成果文件')}。"),
)

ENGLISH = statement(
    container("Recalling", f"Recalling its resolution {link('A/RES/72/194', '72/194')},")
    + container("Reaffirming", "Reaffirming the Convention on the Rights of the Child,"),
    paragraph(
        1,
        "Requests the Secretary-General to implement Security Council resolution "
        f"{link('S/RES/2178(2014)', '2178 (2014)')}:",
        points(("a", "With Member States;"), ("b", "And to submit a report;")),
    )
    + paragraph(2, "Also requests Member States to implement General Assembly resolution 71/1;")
    + paragraph(3, f"Reaffirms the {link('A/RES/60/1', 'outcome document')}."),
    title="Cooperation",
    language="en",
    speaker="The General Assembly,",
    close="16 December 2026",
)


def folder(path: Path, **files: str) -> Path:
    """A folder with some files: `zh` is zh.xml."""
    for name, text in files.items():
        (path / f"{name}.xml").write_text(text, "utf-8")
    return path
