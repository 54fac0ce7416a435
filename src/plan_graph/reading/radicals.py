"""Radicals that stand for characters: browsers that print a page to PDF write ⺠ (U+2EA0) for 民, ⼈ (U+2F08) for 人.

The two look the same and are different code points, so 省⼈⼒社保厅 is no name that any register has. Each radical that
is a character too becomes that character, one for one, so that offsets stay what they are. Those that are only parts
of characters (⺡, ⻌) stay. The Kangxi radicals have their characters in Unicode itself, those of the supplement are
here as in its table EquivalentUnifiedIdeograph.txt.
"""

from __future__ import annotations

import re
import unicodedata

_SUPPLEMENT = (
    "⺁厂⺊卜⺎兀⺒巳⺓幺⺜日⺝月⺟母⺠民⺧牛⺩王⺫目⺬示⺮竹⺶羊⺼肉⻁虎⻄西⻅见⻆角⻉贝⻊足⻋车⻑長⻓长⻔门⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻡首"
    "⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻬齐⻮齿⻰龙⻳龟"
)
_CHARACTERS = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
_CHARACTERS |= {0x2F3E: "户", 0x2FAD: "青"}  # 戶 and 靑 are the forms of traditional writing
_CHARACTERS |= dict(zip(map(ord, _SUPPLEMENT[::2]), _SUPPLEMENT[1::2], strict=True))
_ANY = re.compile("[\u2e80-\u2fdf]")


def characters(text: str) -> str:
    """Give a text with characters for the radicals in it that are characters; as long as it was.

    >>> characters("省⼈⼒社保厅、各级⼈⺠政府、⼾籍")
    '省人力社保厅、各级人民政府、户籍'
    """
    return text.translate(_CHARACTERS) if _ANY.search(text) else text
