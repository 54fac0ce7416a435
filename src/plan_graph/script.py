"""Simplified characters for traditional ones, one for one, so that offsets stay what they are."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache


class _Simplified(dict[int, str]):
    """Code point → its simplified character, made when first asked for."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if "\u3400" <= char <= "\u9fff":
            made = _converter()(char)
            char = made if len(made) == 1 else char
        self[code] = char
        return char


@cache
def _table() -> _Simplified:
    return _Simplified()


@cache
def _converter() -> Callable[[str], str]:
    from opencc import OpenCC  # few texts need it

    convert: Callable[[str], str] = OpenCC("t2s").convert
    return convert


def simplified(text: str) -> str:
    """Give a text in simplified characters, as long as it was.

    >>> simplified("市發展改革委牽頭")
    '市发展改革委牵头'
    """
    try:
        text.encode("gb2312")  # which has no traditional characters
    except UnicodeEncodeError:
        return text.translate(_table())
    return text
