"""Slips of the pen among names: one character off, flagged and never merged."""

from __future__ import annotations


def suspected_slip(name: str, other: str) -> bool:
    """Tell whether a name may be a slip for another: one character off, and not where names differ on purpose.

    省 and two characters are all that sets 省安监局 apart from 省质监局, so in a short name only the last
    character, the kind of body, may be the wrong one; in a long name any but the first two.

    >>> suspected_slip("省林业局", "省林业厅"), suspected_slip("省安监局", "省质监局")
    (True, False)
    """
    if not one_character_off(name, other):
        return False
    short = min(len(name), len(other))
    but_last = short - (len(name) == len(other))
    return name[:but_last] == other[:but_last] or (short >= 6 and name[:2] == other[:2])


def one_character_off(left: str, right: str) -> bool:
    """Tell whether two names differ by one character replaced, added or dropped.

    >>> one_character_off("省林业局", "省林业厅"), one_character_off("省林业厅", "省林业厅")
    (True, False)
    """
    if left == right or abs(len(left) - len(right)) > 1:
        return False
    if len(left) > len(right):
        left, right = right, left
    at = next((i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), len(left))
    return left[at + 1 :] == right[at + 1 :] if len(left) == len(right) else left[at:] == right[at + 1 :]
