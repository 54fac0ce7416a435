"""Radicals that stand for characters: some fonts of a PDF tell ⼈ (U+2F08) for 人 and ⻓ (U+2ED3) for 长.

They look alike, and no name, number or label that holds one is found. Each stands for one character, so no offset
moves when they are replaced. What the Kangxi radicals stand for is their compatibility decomposition; the others, for
which the character database has none, are those of ``EquivalentUnifiedIdeograph.txt`` that are words of their own.
"""

from __future__ import annotations

import re
import unicodedata

_KANGXI = range(0x2F00, 0x2FD6)
_OTHERS = (
    "⺟母⺠民⻁虎⻄西⻅见⻆角⻉贝⻋车⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻬齐⻮齿⻰龙⻳龟"
)
_CHARACTERS = {code: unicodedata.normalize("NFKC", chr(code)) for code in _KANGXI} | {
    ord(radical): character for radical, character in zip(_OTHERS[::2], _OTHERS[1::2], strict=True)
}
_ANY = re.compile("[\u2e80-\u2fd5]")


def in_characters(text: str) -> str:
    """Give a text, of the same length, with characters in the place of radicals.

    >>> in_characters("⼀、⽀持龙头企业，⻓期坚持")
    '一、支持龙头企业，长期坚持'
    """
    return text.translate(_CHARACTERS) if _ANY.search(text) else text
