"""The text of a Word paragraph: what Word shows when all tracked changes are accepted."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from plan_graph.reading.numbering import attribute, word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_GONE = {"del", "moveFrom"}
_THROUGH = {
    *("hyperlink", "smartTag", "sdt", "sdtContent", "customXml", "ins", "moveTo", "fldSimple", "dir", "bdo"),
    *("ruby", "rubyBase", "oMath", "oMathPara", "r"),
}
_ELEMENTS_OF_MATHS = {
    "e",
    "f",
    "num",
    "den",
    "sSup",
    "sSub",
    "sSubSup",
    "sup",
    "sub",
    "d",
    "rad",
    "deg",
    "nary",
    "func",
    "fName",
}


class Runs:
    """Reads paragraphs; ``skipped`` counts what was left out, by kind, ``boxes`` are the text boxes met so far."""

    def __init__(self) -> None:
        self.skipped: Counter[str] = Counter()
        self.boxes: list[_Element] = []  # of which the text is to be read: who reads it takes them out
        self._fields: list[bool] = []  # a field of which the instruction is still read, innermost last

    def lines(self, paragraph: _Element) -> list[str]:
        """Give the lines of a paragraph: more than one if it has line breaks."""
        found: list[str] = []
        self._read(paragraph, found)
        self._fields = [False] * len(self._fields)  # no instruction goes on in the next paragraph
        return "".join(found).split("\n")

    def _read(self, element: _Element, found: list[str]) -> None:
        for child in element:
            kind = child.tag.rsplit("}", 1)[-1] if isinstance(child.tag, str) else ""
            if kind in _GONE:
                self.skipped["del"] += 1
            elif kind == "r" and _hidden(child):
                self.skipped["vanish"] += 1
            elif kind == "AlternateContent":
                self._read(_shown(child), found)
            elif kind in _THROUGH or kind in _ELEMENTS_OF_MATHS:
                self._read(child, found)
            elif kind == "fldChar":
                self._field(attribute(child, "fldCharType") or "")
            elif kind in ("footnoteReference", "endnoteReference", "commentReference"):
                self.skipped[kind] += 1
            elif kind in ("drawing", "pict", "object"):
                self.boxes += (box for box in _boxes(child) if _says(box))
            elif not any(self._fields):
                found.append(_sign(kind, child))

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(True)
        elif kind == "separate" and self._fields:
            self._fields[-1] = False
        elif kind == "end" and self._fields:
            self._fields.pop()


def _sign(kind: str, element: _Element) -> str:  # noqa: PLR0911
    if kind == "t":
        return (element.text or "").replace("\n", " ")
    if kind in ("tab", "ptab"):
        return " "
    if kind in ("cr", "br"):  # of a line, a column or a page
        return "\n"
    if kind == "noBreakHyphen":
        return "-"
    if kind == "sym":
        code = attribute(element, "char") or ""
        try:
            return chr(int(code, 16))
        except (ValueError, OverflowError):
            return "\ufffd"
    return ""


def _hidden(run: _Element) -> bool:
    mark = run.find(f"{word('rPr')}/{word('vanish')}")
    return mark is not None and attribute(mark) not in ("0", "false", "off")


def _shown(alternatives: _Element) -> _Element:
    """Give the first of several forms of the same content: a box stands in each of them."""
    return next((child for child in alternatives if isinstance(child.tag, str)), alternatives)


def _boxes(element: _Element) -> Iterator[_Element]:
    """Give the text boxes of a drawing, each once; those within another are left to it."""
    for child in element:
        kind = child.tag.rsplit("}", 1)[-1] if isinstance(child.tag, str) else ""
        if kind == "txbxContent":
            yield child
        elif kind:
            yield from _boxes(_shown(child) if kind == "AlternateContent" else child)


def _says(box: _Element) -> bool:
    return any((text.text or "").strip() for text in box.iter(word("t")))
