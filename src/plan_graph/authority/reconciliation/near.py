"""Names of the registers that look like one that was asked for: for a person to choose from, never a match."""

from __future__ import annotations

from collections import Counter

from plan_graph.authority.register import Register

_LEAST = 0.5  # of two names: twice the pairs of characters they share, by the pairs they have (Dice)


class NearNames:
    """Every recorded name by the pairs of characters in it."""

    def __init__(self, register: Register) -> None:
        self._names = tuple(register.by_name)
        self._pairs: dict[str, list[int]] = {}
        for at, name in enumerate(self._names):
            for pair in pairs(name):
                self._pairs.setdefault(pair, []).append(at)

    def find(self, name: str) -> list[tuple[str, float]]:
        """Give names with their likeness from 0.5 to 1, the likest first."""
        asked = pairs(name)
        shared = Counter(at for pair in asked for at in self._pairs.get(pair, ()))
        found = ((self._names[at], 2 * n / (len(asked) + len(pairs(self._names[at])))) for at, n in shared.items())
        return sorted((one for one in found if one[1] >= _LEAST), key=lambda one: (-one[1], one[0]))


def pairs(name: str) -> set[str]:
    """Give the pairs of neighbouring characters of a name, its beginning and end marked."""
    marked = f"^{name}$"
    return {marked[at : at + 2] for at in range(len(marked) - 1)}


def likeness(left: str, right: str) -> float:
    """Give how alike two names are, from 0 to 1.

    >>> likeness("省财政厅", "省财政厅"), likeness("省财政局", "省财政厅")
    (1.0, 0.6)
    """
    one, other = pairs(left), pairs(right)
    return 2 * len(one & other) / (len(one) + len(other))
