from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pursuant.errors import BadData
from pursuant.register import read

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """\
@prefix doc: <https://w3id.org/unct/id/doc/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix unct: <https://w3id.org/unct/ontology#> .
"""


def register_file(folder: Path, body: str) -> Path:
    path = folder / "r.ttl"
    path.write_text(HEAD + body, "utf-8")
    return path


def test_a_thing(tmp_path: Path) -> None:
    body = """
doc:crc a unct:Treaty ; skos:prefLabel "儿童权利公约"@zh , "Convention"@en , "untagged" ;
    skos:altLabel "公约"@zh ; unct:untsVolume 1577 ; unct:untsRegistration 27531 .
doc:a-res-1-1 a unct:Resolution ; unct:symbol "A/RES/1/1" ; skos:prefLabel "题目"@zh ;
    skos:altLabel "宣言"@zh .
"""
    register = read([register_file(tmp_path, body)])
    crc, resolution = register.things["crc"], register.things["a-res-1-1"]
    assert crc.names == {"zh": ("儿童权利公约", "公约"), "en": ("Convention",)}
    assert (crc.target, resolution.target) == ("crc", "A/RES/1/1")
    assert register.treaties == {(1577, 27531): "crc"}
    # The title of a resolution tells what it is about; it is not what invokes it.
    assert register.names("zh") == {
        "儿童权利公约": ("crc",),
        "公约": ("crc",),
        "宣言": ("a-res-1-1",),
    }
    assert register.names("fr") == {}


def test_what_is_no_turtle_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadData, match=r"^r\.ttl, line 5: "):
        read([register_file(tmp_path, "doc:crc a\n")])


def test_two_treaties_with_one_number(tmp_path: Path) -> None:
    body = "".join(
        f"doc:{slug} a unct:Treaty ; unct:untsVolume 1 ; unct:untsRegistration 2 .\n"
        for slug in ("b", "a")
    )
    with pytest.raises(BadData, match=r"register: a and b both have volume 1, No[.] 2"):
        read([register_file(tmp_path, body)])
