"""Whose name it is: one body, one collective, or neither with the reason and the candidates.

Issuer first, then date: ``省财政厅`` in a Liaoning plan is the Liaoning department, under another issuer it
is another body. A name is resolved only through what the register records; each resolution names the rule
that made it. One character off a body the same document names is reported as a suspected slip, not merged.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from plan_graph.authority.register import Register
from plan_graph.model import Body, Collective, Resolution

_RELATIVE = ("省", "市", "县", "区", "各", "有关", "相关", "全省", "全市")


@dataclass(frozen=True)
class Resolver:
    """Resolves the names of one document.

    ``issuer_place`` is the GB/T 2260 code of the issuing government's place ("" if unknown), ``issued`` the
    document's date (None if unknown), ``named`` every name the document uses, for suspected slips.
    """

    register: Register
    issuer_place: str
    issued: date | None
    named: frozenset[str] = frozenset()

    def resolve(self, name: str) -> Resolution:
        """Resolve one name as written out; never raises, never guesses."""
        found = self.register.by_name.get(name, ())
        if not found:
            return self._unknown(name)
        relative = name.startswith(_RELATIVE)
        if relative and not self.issuer_place:
            return Resolution(name, "none", reason="issuer-unknown", candidates=tuple(sorted(r.id for r in found)))
        here = [r for r in found if not relative or self._in_scope(r)]
        alive = [r for r in here if not isinstance(r, Body) or self._alive(r)]
        if len(alive) == 1:
            record = alive[0]
            if isinstance(record, Collective):
                return Resolution(name, "collective", collective=record)
            rule = "full-name" if name == record.name else "short-form" if name == record.short else "alias"
            return Resolution(name, rule, body=record)
        reason = "several-bodies" if alive else "not-at-that-date" if here else "other-issuer"
        return Resolution(name, "none", reason=reason, candidates=tuple(sorted(r.id for r in found)))

    def _in_scope(self, record: Body | Collective) -> bool:
        place = record.id.split("/")[0]
        return self.register.province_of(place) == self.register.province_of(self.issuer_place)

    def _alive(self, body: Body) -> bool:
        if self.issued is None:
            return True
        return (body.valid_from is None or body.valid_from <= self.issued) and (
            body.valid_until is None or self.issued < body.valid_until
        )

    def _unknown(self, name: str) -> Resolution:
        near = sorted(
            {
                record.id
                for other in self.named
                if suspected_slip(name, other)
                for record in self.register.by_name.get(other, ())
                if isinstance(record, Body) and self._in_scope(record)
            }
        )
        if len(near) == 1 and self.issuer_place:
            return Resolution(name, "none", reason="suspected-variant", candidates=tuple(near))
        return Resolution(name, "none", reason="not-in-register", candidates=tuple(near))


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
