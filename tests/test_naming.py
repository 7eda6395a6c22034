from __future__ import annotations

import tomllib

import pytest

from pursuant.naming import changed_body
from pursuant.paths import DATA


@pytest.mark.parametrize("code", ["ar", "en", "es", "fr", "ru", "zh"])
def test_the_words_of_each_language_read_their_example(code):
    with (DATA / "languages" / f"{code}.toml").open("rb") as file:
        told = tomllib.load(file)["changed"]
    assert changed_body(told["name_example"], code) == told["named"]


@pytest.mark.parametrize(
    ("language", "words", "name"),
    [
        ("en", "Decides to terminate the Lamp Mission with immediate effect", "Lamp Mission"),
        ("en", "Decides to establish an open-ended working group", None),
        ("en", "Decides to renew the measures imposed by paragraph 3", None),
        ("zh", "决定设立灯火问题专家小组，为期一年", "灯火问题专家小组"),
        ("zh", "决定终止灯火特派团的任务", "灯火特派团"),
        ("zh", "决定设立一个工作组", None),
        ("fr", "Décide de créer le Groupe des lampes jusqu’au 5 juin", "Groupe des lampes"),
    ],
)  # fmt: skip
def test_names_are_told_from_descriptions(language, words, name):
    assert changed_body(words, language) == name
