"""What a body is called that is set up, renewed or wound up, where the register has none so called.

Patterns of such names are data: [changed] in each language's file.
"""

from __future__ import annotations

from pursuant.folding import fold
from pursuant.languages import languages


def changed_body(words: str, language: str) -> str | None:
    """The name of the body that the words of a mandate establish, renew, modify or terminate.

    >>> changed_body("Decides to establish the Lamp Panel for a period of one year", "en")
    'Lamp Panel'
    >>> changed_body("Decides to establish an open-ended working group", "en") is None
    True
    """
    m = languages()[language].changed_name.search(fold(words))
    if m is None:
        return None
    group = next(name for name, text in m.groupdict().items() if text)
    return words[m.start(group) : m.end(group)]
