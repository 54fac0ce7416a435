"""When a reform took effect at a place: the dates that end one generation of bodies and begin the next.

A reform of local bodies did not happen on one day. Its span at a place is what a source supports: from the
day the first new bodies were founded to the day the last old ones had ended. Within it both names are good.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

Span = tuple[date | None, date | None]
UNBOUNDED: Span = (None, None)


@dataclass(frozen=True, slots=True)
class Cuts:
    """The spans of reforms: ``spans`` maps (reform, level, province code) to (earliest, latest) day.

    An empty level or province in a key stands for all of them; the most exact key wins, province before level.
    """

    spans: dict[tuple[str, str, str], Span]
    _known: dict[tuple[str, str, str], Span] = field(default_factory=dict, repr=False, compare=False)

    def span(self, bound: str, level: str, code: str) -> Span:
        """Give the earliest and the latest day of a bound, an ISO date or the name of a reform, at a place.

        >>> Cuts({("reform-2018", "", ""): (date(2018, 10, 1), date(2019, 3, 31))}).span("2018-03-21", "state", "")
        (datetime.date(2018, 3, 21), datetime.date(2018, 3, 21))

        A reform without a span for the level has none: nothing is known of it there.
        """
        if not bound:
            return UNBOUNDED
        asked = (bound, level, code[:2])
        if (found := self._known.get(asked)) is None:
            found = self._known[asked] = self._span(bound, level, code[:2] + "0000")
        return found

    def _span(self, bound: str, level: str, province: str) -> Span:
        if bound[0].isdigit():
            day = date.fromisoformat(bound)
            return day, day
        for key in ((bound, level, province), (bound, "", province), (bound, level, ""), (bound, "", "")):
            if key in self.spans:
                return self.spans[key]
        return UNBOUNDED

    @property
    def reforms(self) -> frozenset[str]:
        """The names of all reforms."""
        return frozenset(reform for reform, _, _ in self.spans)
