"""One form for characters that readers take for the same: width, case, traditional and simplified.

``fold`` keeps the length of a text, so that a place in the folded text is that place in the text itself.
"""

from __future__ import annotations

import unicodedata

from opencc import OpenCC


class _Folded(dict[int, str]):
    """Code point → its folded character, made when first asked for."""

    def __init__(self) -> None:
        super().__init__()
        self._simplified = OpenCC("t2s")

    def __missing__(self, code: int) -> str:
        folded = chr(code)
        if 0xD800 <= code <= 0xDFFF:
            folded = "\ufffd"  # half of a pair stands for nothing
        elif folded.isspace():
            folded = " "
        else:
            for step in (lambda c: unicodedata.normalize("NFKC", c), str.lower, self._simplified.convert):
                made = step(folded)
                if len(made) == 1:  # what would become several characters stays as it is
                    folded = made
        self[code] = folded
        return folded


_TABLE = _Folded()


def fold(text: str) -> str:
    """Give a text in half width, lower case and simplified characters; its length stays.

    >>> fold("農業補貼 IPv６")
    '农业补贴 ipv6'
    """
    return text.translate(_TABLE)
