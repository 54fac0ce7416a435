"""One form for characters that readers take for the same: width, case, traditional and simplified.

``fold`` keeps the length of a text, so that a place in the folded text is that place in the text itself.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from opencc import OpenCC


class _Folded(dict[int, str]):
    """Code point → its folded character, made when first asked for."""

    def __init__(self) -> None:
        super().__init__()
        self._simplified = OpenCC("t2s")

    def __missing__(self, code: int) -> str:
        self.add([code])
        return self[code]

    def add(self, codes: Iterable[int]) -> None:
        """Fold characters, many at once in a fraction of the time."""
        widths = {code: _width(code) for code in codes}
        if not widths:
            return
        simplified = self._simplified.convert("\n".join(widths.values())).split("\n")  # a word ends with its line
        for (code, character), made in zip(widths.items(), simplified, strict=True):
            self[code] = made if len(made) == 1 else character


def _width(code: int) -> str:
    """Give a character in half width and lower case, as far as that is one character."""
    character = chr(code)
    if 0xD800 <= code <= 0xDFFF:
        return "\ufffd"  # half of a pair stands for nothing
    if character.isspace():
        return " "
    for step in (lambda one: unicodedata.normalize("NFKC", one), str.lower):
        made = step(character)
        character = made if len(made) == 1 else character
    return character


_TABLE = _Folded()


def fold(text: str) -> str:
    """Give a text in half width, lower case and simplified characters; its length stays.

    >>> fold("農業補貼 IPv６")
    '农业补贴 ipv6'
    """
    return text.translate(_TABLE)


def prepare(text: str) -> None:
    """Fold the characters of a text that are new all at once."""
    _TABLE.add({ord(character) for character in text} - _TABLE.keys())
