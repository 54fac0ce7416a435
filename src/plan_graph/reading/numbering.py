"""The automatic numbers of a Word file, as Word shows them (ISO/IEC 29500-1, 17.9)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from plan_graph.reading.numerals import numeral

if TYPE_CHECKING:
    from lxml.etree import _Element

_CLOSING = re.compile("[、．。，：:）】〕〉》」』①-⓿㈠-㈩·]$")


def word(tag: str) -> str:
    """Give a tag of WordprocessingML in any namespace: the transitional and the strict one differ."""
    return "{*}" + tag


def attribute(element: _Element | None, name: str = "val") -> str | None:
    """Give an attribute of WordprocessingML."""
    if element is not None:
        for key, value in element.attrib.items():
            if str(key).rsplit("}", 1)[-1] == name:
                return str(value)
    return None


def number(element: _Element | None, name: str = "val", default: int = 0) -> int:
    """Give an attribute as a whole number."""
    value = attribute(element, name) or ""
    return int(value) if re.fullmatch(r"-?[0-9]{1,9}", value) else default


@dataclass(frozen=True, slots=True)
class Level:
    """How the numbers of one level look."""

    start: int
    format: str
    text: str
    suffix: str
    restart: int | None
    legal: bool
    style: str


@dataclass(slots=True)
class _List:
    levels: dict[int, Level]
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts the paragraphs of a document in order and gives each the number that Word shows."""

    def __init__(self, numbering: _Element | None, styles: _Element | None) -> None:
        self.unknown: set[str] = set()
        self._lists: dict[str, _List] = {}
        self._nums: dict[str, tuple[str, dict[int, int], dict[int, Level]]] = {}
        self._begun: set[tuple[str, int]] = set()
        self._styles: dict[str, tuple[str | None, str | None, int | None]] = {}
        self.default_style = ""
        if styles is not None:
            self._read_styles(styles)
        if numbering is not None:
            self._read_lists(numbering)

    def of(self, paragraph: _Element) -> str:
        """Count a paragraph and give its number with what divides it from the text, or an empty string."""
        properties = paragraph.find(word("pPr"))
        style = attribute(properties.find(word("pStyle"))) if properties is not None else None
        num, level = self._of_style(style or self.default_style)
        own = properties.find(word("numPr")) if properties is not None else None
        if own is not None:
            num = attribute(own.find(word("numId"))) or num
            level = number(own.find(word("ilvl")), default=level or 0)
        if num is None or num == "0" or num not in self._nums:
            return ""
        return self._next(num, level, style)

    def _next(self, num: str, level: int | None, style: str | None) -> str:
        abstract, starts, overrides = self._nums[num]
        counted = self._lists.get(abstract)
        if counted is None:
            return ""
        levels = counted.levels | overrides
        if level is None:
            level = next((at for at, one in levels.items() if one.style and one.style == style), 0)
        look = levels.get(level)
        if look is None:
            return ""
        counts = counted.counts
        if level in starts and (num, level) not in self._begun:
            counts[level] = starts[level]
        else:
            counts[level] = counts[level] + 1 if level in counts else look.start
        self._begun.add((num, level))
        for deeper in [at for at in counts if at > level]:
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or (restart and level < restart):
                del counts[deeper]
        return self._shown(look, levels, counts)

    def _shown(self, look: Level, levels: dict[int, Level], counts: dict[int, int]) -> str:
        if look.format == "bullet":
            shown = "".join("•" if "\ue000" <= c <= "\uf8ff" else c for c in look.text)
        else:

            def place(match: re.Match[str]) -> str:
                at = int(match[1]) - 1
                one = levels.get(at, look)
                format = "decimal" if look.legal else one.format
                made = numeral(counts.get(at, one.start), format)
                if made is None:
                    self.unknown.add(format)
                return str(counts.get(at, one.start)) if made is None else made

            shown = re.sub(r"%([1-9])", place, look.text)
        if not shown:
            return ""
        return shown if look.suffix == "nothing" or _CLOSING.search(shown) else shown + " "

    def _of_style(self, style: str | None) -> tuple[str | None, int | None]:
        for _ in range(20):  # styles are based on one another, by error in a circle
            if style is None or style not in self._styles:
                break
            based, num, level = self._styles[style]
            if num is not None:
                return num, level
            style = based
        return None, None

    def _read_styles(self, styles: _Element) -> None:
        for style in styles.iterfind(word("style")):
            name = attribute(style, "styleId")
            if name is None or attribute(style, "type") not in (None, "paragraph", "numbering"):
                continue
            if attribute(style, "type") == "paragraph" and attribute(style, "default") in ("1", "true", "on"):
                self.default_style = name
            own = style.find(word("pPr") + "/" + word("numPr"))
            num = attribute(own.find(word("numId"))) if own is not None else None
            level = own.find(word("ilvl")) if own is not None else None
            stated = number(level) if level is not None else None
            self._styles[name] = (attribute(style.find(word("basedOn"))), num, stated)

    def _read_lists(self, numbering: _Element) -> None:
        links: dict[str, str] = {}
        for abstract in numbering.iterfind(word("abstractNum")):
            id = attribute(abstract, "abstractNumId") or ""
            levels = {number(one, "ilvl"): _level(one) for one in abstract.iterfind(word("lvl"))}
            self._lists[id] = _List(levels)
            link = attribute(abstract.find(word("numStyleLink")))
            if link:
                links[id] = link
        for num in numbering.iterfind(word("num")):
            abstract_id = attribute(num.find(word("abstractNumId"))) or ""
            starts: dict[int, int] = {}
            overrides: dict[int, Level] = {}
            for one in num.iterfind(word("lvlOverride")):
                level = number(one, "ilvl")
                start, whole = one.find(word("startOverride")), one.find(word("lvl"))
                if start is not None:
                    starts[level] = number(start)
                if whole is not None:
                    overrides[level] = _level(whole)
            self._nums[attribute(num, "numId") or ""] = (abstract_id, starts, overrides)
        for id, link in links.items():  # a list that takes its looks from a style
            target, _ = self._of_style(link)
            if target in self._nums and self._nums[target][0] in self._lists:
                self._lists[id].levels = self._lists[self._nums[target][0]].levels


def _level(level: _Element) -> Level:
    restart = level.find(word("lvlRestart"))
    legal = level.find(word("isLgl"))
    return Level(
        number(level.find(word("start")), default=0),
        _format(level),
        attribute(level.find(word("lvlText"))) or "",
        attribute(level.find(word("suff"))) or "tab",
        number(restart) if restart is not None else None,
        legal is not None and attribute(legal) not in ("0", "false", "off"),
        attribute(level.find(word("pStyle"))) or "",
    )


def _format(level: _Element) -> str:
    stated = next(level.iter(word("numFmt")), None)
    return attribute(stated) or "decimal"
