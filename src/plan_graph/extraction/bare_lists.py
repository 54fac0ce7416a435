"""Lists of names in brackets at the ends of items, in documents that say nowhere what the names are to the task.

Where nearly every item ends so, and no clause of another form stands in the document, they are those responsible: the
text states no lead. Anywhere else such a list is only reported.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from plan_graph.extraction.brackets import groups
from plan_graph.extraction.clause import read_alone
from plan_graph.extraction.clause_rules import NAMES_ONLY
from plan_graph.extraction.finding import Found, names_alone
from plan_graph.extraction.outline import Block
from plan_graph.model.text import Note, Span

LABEL = "括号内列名"  # no word of the text says it: what stands for the role as written
_FEWEST = 4  # items that end with a list
_BEHIND = "。；;. \u3000\t\n"


def with_bare_lists(text: str, blocks: Sequence[Block], found: Found) -> tuple[Found, list[Note]]:
    """Read the lists at the ends of items, if the document is one of such lists; say so in a note."""
    if found.readings or found.loose:
        return found, []
    listed = {d.span for d in found.doubts if d.kind == "clause" and text[d.span.begin] in "（(〔"}
    if len(listed) < _FEWEST:
        return found, []
    ends = [(block, _list_at_the_end(text, block, listed)) for block in _leaves(blocks)]
    read = [span for _, span in ends if span and all(names_alone(group.mask) for group in groups(text, span))]
    several = sum("、" in span.of(text) for span in read)
    beside = [one for level in _levels(blocks) if any(_ends(one, read) for one in level) for one in level]
    with_list = sum(_ends(one, read) for one in beside)
    if len(read) < _FEWEST or 2 * several < len(read) or 4 * with_list < 3 * len(beside) or 2 * len(read) < len(ends):
        return found, []
    readings = tuple(
        replace(reading, rule=NAMES_ONLY)
        for _, span in ends
        if span
        for group in groups(text, span)
        if group.span == span and (reading := read_alone(text, group, LABEL))
    )
    spans = {reading.span for reading in readings}
    doubts = tuple(d for d in found.doubts if d.span not in spans)
    note = Note(
        f"{len(readings)} 项末尾的括号内只列单位，全文没有写明是牵头、配合还是责任单位：都作为责任单位读入，请核对",
        f"{len(readings)} items end with names in brackets and the document says nowhere what they are to them: "
        "all were read as responsible, check them",
    )
    return replace(found, readings=readings, doubts=doubts), [note]


def _leaves(blocks: Sequence[Block]) -> Iterator[Block]:
    for block in blocks:
        if block.children:
            yield from _leaves(block.children)
        else:
            yield block


def _levels(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Give the items that stand beside each other and hold no others, level by level."""
    yield [block for block in blocks if not block.children]
    for block in blocks:
        yield from _levels(block.children)


def _ends(block: Block, read: Sequence[Span]) -> bool:
    return any(block.span.covers(span) for span in read)


def _list_at_the_end(text: str, block: Block, listed: set[Span]) -> Span | None:
    """Give the list that ends a paragraph of an item, if it is its only one; a signature may stand below it."""
    own = [span for span in listed if block.body.covers(span)]
    if len(own) != 1:
        return None
    span = own[0]
    rest = text[span.end : block.body.end].strip(_BEHIND)
    ended = not rest or text[span.end : span.end + 2].strip("。；; ")[:1] in ("\n", "")
    return span if ended else None
