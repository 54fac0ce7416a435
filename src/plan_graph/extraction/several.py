"""Signs that a file holds documents of several issuers, all of which are read as the first one's.

A document number on a line of its own far below the first, a title that names another issuer, or another place of
the issuer's level that the text names far oftener: each is only a reason to look.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from plan_graph.authority.places import PlaceNames
from plan_graph.extraction.signatures import is_body, plain
from plan_graph.extraction.titles import NUMBER
from plan_graph.model.plan import Metadata
from plan_graph.model.text import Note, Span

_LINE = re.compile(
    rf"(?m)^[ \t\u3000]*[（(]?(?P<number>{NUMBER.pattern.replace('(?P<code>', '(?:')})[）)]?[ \t\u3000]*$"
)
_TITLE = re.compile(
    r"(?m)^[ \t\u3000]*(?P<who>[\u4e00-\u9fff]{3,24}?(?:人民政府|政府|委员会|办公[室厅]|[局厅委])(?:办公[室厅])?)"
    r"(?=关于|印发|转发)[^\n。；]{4,80}(?:通知|意见|决定|批复|通告)[ \t\u3000]*$"
)
_LEVEL = re.compile("[市县区州盟旗]")
_LEVELS = frozenset(("prefecture", "county"))
_LONGEST_NAME = 11
_OFTEN = 6  # how often a text must name another place before it counts
_OFTENER = 3  # and how much oftener than its own


def several_issuers(
    text: str, about: Metadata, begin: int, tables: Sequence[Span], places: PlaceNames, code: str
) -> Iterator[Note]:
    """Say what speaks for a second issuer behind ``begin``, where the tasks begin; at most one note of each kind.

    ``code`` is the place of the issuer, "" if unknown.
    """
    own = plain(about.number)
    for hit in _LINE.finditer(text, begin):
        number = plain(hit["number"])
        if own and number != own and not _within(tables, hit.start()):
            yield Note(
                f"文中另有单独成行的文号“{number}”，可能是另一份文件；全文都作为“{own}”读入，请核对",
                f"another document number stands on a line of its own, {number}: the file may hold several documents, "
                f"but all of it was read as {own}",
            )
            break
    issuers = {one.name for one in about.issuers}
    for hit in _TITLE.finditer(text, begin):
        who = plain(hit["who"])
        known = not issuers or any(who.endswith(one) or one.endswith(who) for one in issuers)
        if not known and is_body(who) and not _within(tables, hit.start()):
            yield Note(
                f"文中另有“{who}”的文件标题；全文都作为“{about.issuer}”的文件读入，请核对",
                f"the title of a document of {who} stands in the text: all of it was read as {about.issuer}'s",
            )
            break
    yield from _other_place(text, places, code)


def _other_place(text: str, places: PlaceNames, code: str) -> Iterator[Note]:
    own = places.places.get(code)
    if own is None or own.level not in _LEVELS:
        return
    written = Counter(_named(text, places, own.level))
    mine = max(text.count(own.short) if own.short else 0, written[code])
    ranked = [(times, other) for other, times in written.items() if other != code]
    if not ranked:
        return
    times, other = max(ranked)
    if times >= _OFTEN and times >= _OFTENER * max(1, mine):
        name = places.places[other].name
        yield Note(
            f"文中写“{name}”{times} 次，发文机关所在的“{own.name}”{mine} 次；"
            f"如果文件中有几个机关的文件，都已作为“{own.name}”的读入，请核对",
            f"the text names {name} {times} times and {own.name}, where its issuer is, {mine} times: if the file holds "
            f"documents of several issuers, all were read as those of {own.name}",
        )


def _named(text: str, places: PlaceNames, level: str) -> Iterator[str]:
    """Give the code of each place of a level that the text names in full."""
    for hit in _LEVEL.finditer(text):
        end = hit.end()
        for length in range(min(_LONGEST_NAME, end), 1, -1):
            codes = [c for c in places.codes.get(text[end - length : end], ()) if places.places[c].level == level]
            if len(codes) == 1:
                yield codes[0]
                break


def _within(tables: Sequence[Span], at: int) -> bool:
    return any(table.begin <= at < table.end for table in tables)
