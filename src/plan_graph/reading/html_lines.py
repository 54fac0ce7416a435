"""The elements of a web page → lines and tables, each with its XPath."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plan_graph.errors import UnreadableError
from plan_graph.reading.assembly import MAX_CELLS, Assembly, Cell, spaced
from plan_graph.reading.html_column import BLOCKS, silent

if TYPE_CHECKING:
    from lxml.html import HtmlElement


def write(root: HtmlElement, assembly: Assembly, left_out: set[HtmlElement], name: str) -> None:  # noqa: PLR0912
    """Add what an element shows: a block or what stands between line breaks is a line, a data table a table."""
    from lxml import etree

    paths = Paths()
    block = root if root.tag in BLOCKS else next(e for e in root.iterancestors() if e.tag in BLOCKS)
    blocks = [block]
    pieces: list[tuple[str, str]] = []

    def put(text: str | None) -> None:
        if not text:
            return
        place = paths.of(blocks[-1])
        lines = text.split("\n") if any(b.tag == "pre" for b in blocks) else [text]
        pieces.append((lines[0], place))
        for line in lines[1:]:  # preformatted text is shown as it stands
            end()
            pieces.append((line, place))

    def end() -> None:
        if pieces:
            assembly.line(pieces)
            pieces.clear()

    walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walker:
        if event in ("comment", "pi"):
            put(element.tail)
        elif event == "start":
            if element is not root and (element in left_out or silent(element)):
                if element.tag in BLOCKS:
                    end()
                walker.skip_subtree()
            elif element.tag == "table" and not layout(element):
                end()
                _table(element, assembly, paths, left_out, name)
                walker.skip_subtree()
            elif element.tag == "br":
                end()
            else:
                if element.tag in BLOCKS:
                    end()
                    blocks.append(element)
                put(element.text)
        else:
            if blocks[-1] is element and element is not root:
                end()
                blocks.pop()
            elif element.tag in BLOCKS:
                end()
            if element is not root:
                put(element.tail)
    end()


def layout(table: HtmlElement) -> bool:
    """Tell whether a table only arranges a page: it holds tables, or fewer than two columns or rows."""
    if next(table.iterdescendants("table"), None) is not None:
        return True
    rows = list(table.iter("tr"))
    if len(rows) < 2 or max((sum(1 for c in row if c.tag in ("td", "th")) for row in rows), default=0) < 2:
        return True
    cells = [c for row in rows for c in row if c.tag in ("td", "th")]
    sizes = [len(c.text_content()) for c in cells]
    largest = max(sizes)
    # a page in one cell, beside or above its navigation
    paragraphs = sum(1 for _ in cells[sizes.index(largest)].iter("p", "div", "br"))
    return largest > 0.7 * sum(sizes) and paragraphs >= 5


class Paths:
    """XPaths of elements, each level counted once: lxml's own ``getpath`` counts the siblings anew each time."""

    def __init__(self) -> None:
        self._known: dict[HtmlElement, str] = {}

    def of(self, element: HtmlElement) -> str:
        """Give the path from the root of the page."""
        above = element.getparent()
        if above is None:
            return f"/{element.tag}"
        if element not in self._known:
            base, counts = self.of(above), dict[str, int]()
            for child in above:
                if isinstance(child.tag, str):
                    counts[child.tag] = counts.get(child.tag, 0) + 1
                    self._known[child] = f"{base}/{child.tag}[{counts[child.tag]}]"
        return self._known[element]


def _table(table: HtmlElement, assembly: Assembly, paths: Paths, left_out: set[HtmlElement], name: str) -> None:
    for caption in table.iterchildren("caption"):
        assembly.line([(_shown(caption, left_out), paths.of(caption))])
    rows = [row for row in table.iter("tr") if row not in left_out and not silent(row)]
    grid: dict[tuple[int, int], Cell] = {}
    for at, row in enumerate(rows):
        column = 0
        for element in row:
            if element.tag not in ("td", "th") or element in left_out or silent(element):
                continue
            while (at, column) in grid:
                column += 1
            wide, high = _span(element, "colspan", 1000), _span(element, "rowspan", len(rows) - at)
            if len(grid) + wide * high > MAX_CELLS:
                raise UnreadableError(
                    f"{name} holds a table of more than {MAX_CELLS:,} cells (line {element.sourceline}); "
                    "split it into documents",
                    f"{name} 中的表超过 {MAX_CELLS:,} 格的上限（第 {element.sourceline} 行），请拆分",
                )
            text = _shown(element, left_out)
            cell = Cell(((text, paths.of(element)),) if text else ())
            for down in range(high):
                for right in range(wide):
                    grid.setdefault((at + down, column + right), cell)
            column += wide
    width = max((column for _, column in grid), default=-1) + 1
    empty = Cell()
    assembly.table([[grid.get((at, column), empty) for column in range(width)] for at in range(len(rows))], name)


def _span(element: HtmlElement, name: str, most: int) -> int:
    value = element.get(name, "1").strip()
    number = int(value) if value.isascii() and value.isdigit() and len(value) < 8 else 1
    return most if number == 0 and name == "rowspan" else max(1, min(number, most))


def _shown(root: HtmlElement, left_out: set[HtmlElement]) -> str:
    """Give the text of a cell on one line; blocks and line breaks in it leave a space."""
    from lxml import etree

    lines: list[list[str]] = [[]]
    walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walker:
        if event == "start":
            if element is not root and (element in left_out or silent(element)):
                walker.skip_subtree()
                continue
            if element.tag in BLOCKS or element.tag == "br":
                lines.append([])
            lines[-1].append(element.text or "")
        elif element is not root:
            if element.tag in BLOCKS:
                lines.append([])
            lines[-1].append(element.tail or "")
    return spaced("".join(line) for line in lines)
