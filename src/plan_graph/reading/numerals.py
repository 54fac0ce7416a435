"""A count in the number formats of Word (ISO/IEC 29500-1, 17.18.59)."""

from __future__ import annotations

_HAN = "〇一二三四五六七八九"
_LEGAL_SIMPLE = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_CIRCLED = "⓪①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"
_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL")),
    *((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_COUNTING = {
    *("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting"),
    *("taiwaneseCountingThousand", "koreanCounting"),
}
_DIGITS = {"ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital", "koreanDigital2"}


def numeral(count: int, format: str) -> str | None:
    """Write a count, or give ``None`` for a format not known here.

    >>> [numeral(n, "chineseCounting") for n in (3, 10, 12, 20, 105)]
    ['三', '十', '十二', '二十', '一百零五']
    >>> numeral(12, "ideographDigital"), numeral(3, "decimalEnclosedCircle"), numeral(4, "upperRoman")
    ('一二', '③', 'IV')
    """
    if format in ("decimal", "decimalHalfWidth", "numberInDash"):
        return f"- {count} -" if format == "numberInDash" else str(count)
    if format in _COUNTING:
        return _counted(count, "零" + _HAN[1:], "十百千") if count else "〇"
    if format in _DIGITS:
        return str(count).translate(str.maketrans("0123456789", _HAN))
    if format in ("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"):
        digits = _LEGAL_SIMPLE if format == "chineseLegalSimplified" else _LEGAL_TRADITIONAL
        return _counted(count, digits, "拾佰仟", bare_ten=False)
    return _marked(count, format)


def _marked(count: int, format: str) -> str | None:  # noqa: PLR0911
    if format in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese"):
        return _CIRCLED[count] if 0 <= count < len(_CIRCLED) else str(count)
    first = {"decimalEnclosedParen": 0x2474, "decimalEnclosedFullstop": 0x2488}.get(format)
    if first is not None:
        return chr(first + count - 1) if 1 <= count <= 20 else str(count)
    if format == "ideographEnclosedCircle":
        return chr(0x3220 + count - 1) if 1 <= count <= 10 else str(count)
    if format in ("ideographTraditional", "ideographZodiac"):
        signs = _STEMS if format == "ideographTraditional" else _BRANCHES
        return signs[count - 1] if 1 <= count <= len(signs) else str(count)
    if format in ("decimalFullWidth", "decimalFullWidth2"):
        return str(count).translate({ord("0") + n: 0xFF10 + n for n in range(10)})
    if format in ("upperRoman", "lowerRoman"):
        return _roman(count) if format == "upperRoman" else _roman(count).lower()
    if format in ("upperLetter", "lowerLetter") and count > 0:
        repeat, letter = divmod(count - 1, 26)
        return chr((65 if format == "upperLetter" else 97) + letter) * min(repeat + 1, 30)
    if format == "decimalZero":
        return f"{count:02d}"
    return "" if format == "none" else None


def _roman(count: int) -> str:
    if not 0 < count < 4000:
        return str(count)
    made = ""
    for value, sign in _ROMAN:
        times, count = divmod(count, value)
        made += sign * times
    return made


def _counted(count: int, digits: str, units: str, bare_ten: bool = True) -> str:
    if not 0 <= count <= 9999:
        return str(count)
    if count == 0:
        return digits[0]
    made, gap = "", False
    for power in (3, 2, 1, 0):
        digit = count // 10**power % 10
        if not digit:
            gap = bool(made)
            continue
        made += digits[0] * gap + digits[digit] + (units[power - 1] if power else "")
        gap = False
    return made[1:] if bare_ten and 10 <= count < 20 else made
