"""Universities and colleges by their full name: 大连理工大学 is one of them, and no body of the city of Dalian.

They are the regular institutions of higher education in one list of the Ministry of Education; a record of
bodies.csv under the same name is better known and wins. Names that a school bore before or after are not in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from plan_graph.authority.places import PlaceNames
from plan_graph.model.register import Body

PREFIX = "school-"  # of the key in the id of a school
SCHOOL = re.compile("(?:大学|学院|学校|校区|分校)(?:（..）)?$")  # the end of the name of one


@dataclass(frozen=True, slots=True)
class Universities:
    """The schools by name and by id, as the cells of universities.csv: code, name, place, level, source."""

    by_name: dict[str, tuple[str, ...]]
    by_id: dict[str, tuple[str, ...]]

    @classmethod
    def of(cls, rows: Iterable[tuple[str, ...]]) -> Universities:
        """Index the rows of universities.csv."""
        kept = tuple(rows)
        return cls({row[1]: row for row in kept}, {_id(row): row for row in kept})

    def named(self, name: str) -> str:
        """Give the id of the school that bears a name, or ""."""
        row = self.by_name.get(name)
        return _id(row) if row else ""

    def body(self, identifier: str, names: PlaceNames) -> Body:
        """Give the school with an id.

        :raises KeyError: for an id that no school has.
        """
        _, name, code, level, source = self.by_id[identifier]
        return Body(
            id=identifier,
            name=name,
            short="",
            kind="institute",
            level=level,
            seat=names.places[code].code,
            source=f"universities.csv: {source}",
            function="research-education",
        )


def _id(row: tuple[str, ...]) -> str:
    return f"{row[2]}/{PREFIX}{row[0]}"
