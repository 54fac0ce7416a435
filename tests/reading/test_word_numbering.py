"""The automatic numbers of a Word file, written out as Word shows them."""

from __future__ import annotations

import pytest
from lxml import etree

from plan_graph.reading.numbering import Numbering
from plan_graph.reading.numerals import numeral

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
Step = tuple[str, int | None] | str


@pytest.mark.parametrize(
    ("format", "count", "written"),
    [
        ("decimal", 12, "12"),
        ("chineseCounting", 1, "一"),
        ("chineseCounting", 10, "十"),
        ("chineseCountingThousand", 11, "十一"),
        ("chineseCountingThousand", 20, "二十"),
        ("chineseCountingThousand", 101, "一百零一"),
        ("chineseCountingThousand", 110, "一百一十"),
        ("chineseCountingThousand", 1005, "一千零五"),
        ("japaneseCounting", 15, "十五"),
        ("taiwaneseCountingThousand", 3, "三"),
        ("chineseCounting", 0, "〇"),
        ("chineseCounting", 10_000, "10000"),
        ("ideographDigital", 10, "一〇"),
        ("chineseLegalSimplified", 12, "壹拾贰"),
        ("ideographLegalTraditional", 3, "參"),
        ("decimalEnclosedCircle", 1, "①"),
        ("decimalEnclosedCircleChinese", 20, "⑳"),
        ("decimalEnclosedCircle", 36, "㊱"),
        ("decimalEnclosedCircle", 51, "51"),
        ("decimalEnclosedParen", 2, "⑵"),
        ("decimalEnclosedFullstop", 20, "⒛"),
        ("decimalEnclosedFullstop", 21, "21"),
        ("ideographEnclosedCircle", 3, "㈢"),
        ("ideographTraditional", 2, "乙"),
        ("ideographZodiac", 12, "亥"),
        ("decimalFullWidth", 10, "１０"),
        ("upperRoman", 1994, "MCMXCIV"),
        ("lowerRoman", 4, "iv"),
        ("upperLetter", 27, "AA"),
        ("lowerLetter", 3, "c"),
        ("decimalZero", 7, "07"),
        ("numberInDash", 2, "- 2 -"),
        ("none", 5, ""),
        ("hebrew1", 5, None),
    ],
)
def test_numerals(format: str, count: int, written: str | None) -> None:
    assert numeral(count, format) == written


def level(at: int, format: str, text: str, more: str = "", start: int | None = 1) -> str:
    begin = "" if start is None else f'<w:start w:val="{start}"/>'
    return f'<w:lvl w:ilvl="{at}">{begin}<w:numFmt w:val="{format}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def abstract(*levels: str, id: str = "0", more: str = "") -> str:
    return f'<w:abstractNum w:abstractNumId="{id}">{more}{"".join(levels)}</w:abstractNum>'


def num(id: str, of: str = "0", more: str = "") -> str:
    return f'<w:num w:numId="{id}"><w:abstractNumId w:val="{of}"/>{more}</w:num>'


def style(id: str, num: str = "", based: str = "", more: str = "", kind: str = "paragraph") -> str:
    properties = f"<w:pPr><w:numPr>{num}</w:numPr></w:pPr>" if num else ""
    on = f'<w:basedOn w:val="{based}"/>' if based else ""
    return f'<w:style w:type="{kind}" w:styleId="{id}" {more}>{on}{properties}</w:style>'


def paragraph(step: Step) -> str:
    """A style's name, or (numId, level) of a paragraph that states its number itself."""
    if isinstance(step, str):
        return f'<w:p><w:pPr><w:pStyle w:val="{step}"/></w:pPr></w:p>' if step else "<w:p/>"
    id, at = step
    stated = "" if at is None else f'<w:ilvl w:val="{at}"/>'
    return f'<w:p><w:pPr><w:numPr>{stated}<w:numId w:val="{id}"/></w:numPr></w:pPr></w:p>'


def numbers(lists: str, steps: list[Step], styles: str = "", namespace: str = W) -> list[str]:
    def tree(inner: str) -> etree._Element:
        return etree.fromstring(f'<w:x xmlns:w="{namespace}">{inner}</w:x>')

    made = Numbering(tree(lists), tree(styles) if styles else None)
    return [made.of(tree(paragraph(step))[0]) for step in steps]


PLAN = abstract(
    level(0, "chineseCountingThousand", "%1、"),
    level(1, "chineseCountingThousand", "（%2）"),
    level(2, "decimal", "%3."),
    level(3, "decimalEnclosedCircle", "%4"),
) + num("1")
OUTLINE = abstract(level(0, "decimal", "%1"), level(1, "decimal", "%1.%2"), level(2, "decimal", "%1.%2.%3")) + num("1")


def override(at: int, inner: str) -> str:
    return f'<w:lvlOverride w:ilvl="{at}">{inner}</w:lvlOverride>'


@pytest.mark.parametrize(
    ("lists", "steps", "expected"),
    [
        pytest.param(
            PLAN,
            [("1", 0), ("1", 1), ("1", 2), ("1", 3), ("1", 3), ("1", 2), ("1", 1), ("1", 2), ("1", 0), ("1", 1)],
            ["一、", "（一）", "1. ", "①", "②", "2. ", "（二）", "1. ", "二、", "（一）"],
            id="four levels, each restarts below a higher one",
        ),
        pytest.param(
            OUTLINE, [("1", 0), ("1", 1), ("1", 2), ("1", 1)], ["1 ", "1.1 ", "1.1.1 ", "1.2 "], id="of several levels"
        ),
        pytest.param(OUTLINE, [("1", 1), ("1", 0), ("1", 1)], ["1.1 ", "1 ", "1.1 "], id="a level below none"),
        pytest.param(
            abstract(level(0, "decimal", "%1."), level(1, "decimal", "%2.", '<w:lvlRestart w:val="0"/>')) + num("1"),
            [("1", 0), ("1", 1), ("1", 0), ("1", 1)],
            ["1. ", "1. ", "2. ", "2. "],
            id="a level that never restarts: the tasks of a plan counted through",
        ),
        pytest.param(
            abstract(
                level(0, "decimal", "%1."),
                level(1, "decimal", "%2."),
                level(2, "decimal", "%3.", '<w:lvlRestart w:val="1"/>'),
            )
            + num("1"),
            [("1", 0), ("1", 1), ("1", 2), ("1", 1), ("1", 2), ("1", 0), ("1", 1), ("1", 2)],
            ["1. ", "1. ", "1. ", "2. ", "2. ", "2. ", "1. ", "1. "],
            id="a level that restarts below the first only",
        ),
        pytest.param(
            PLAN + num("2"),
            [("1", 0), ("2", 0), ("1", 0)],
            ["一、", "二、", "三、"],
            id="two lists of one look count on",
        ),
        pytest.param(
            PLAN + num("2", more=override(0, '<w:startOverride w:val="1"/>')),
            [("1", 0), ("1", 0), ("2", 0), ("2", 0)],
            ["一、", "二、", "一、", "二、"],
            id="a list that starts again",
        ),
        pytest.param(
            PLAN + num("2", more=override(0, level(0, "decimal", "任务%1：", start=7))),
            [("2", 0), ("2", 0)],
            ["任务7：", "任务8："],
            id="a level of its own",
        ),
        pytest.param(
            abstract(level(0, "decimal", "%1.", start=5)) + num("1"), [("1", 0)], ["5. "], id="starts at five"
        ),
        pytest.param(
            abstract(level(0, "decimal", "第%1项", start=None)) + num("1"), [("1", 0)], ["第0项 "], id="no start is 0"
        ),
        pytest.param(
            abstract(level(0, "chineseCounting", "第%1章"), level(1, "decimal", "%1.%2", "<w:isLgl/>")) + num("1"),
            [("1", 0), ("1", 1)],
            ["第一章 ", "1.1 "],
            id="legal numbers are digits",
        ),
        pytest.param(
            abstract(level(0, "decimal", "%1", '<w:suff w:val="nothing"/>')) + num("1"),
            [("1", 0)],
            ["1"],
            id="nothing after",
        ),
        pytest.param(
            abstract(level(0, "bullet", "\uf06c"), level(1, "bullet", "－")) + num("1"),
            [("1", 0), ("1", 1)],
            ["• ", "－ "],
            id="bullets of symbol fonts",
        ),
        pytest.param(PLAN, [("0", 0), ("9", 0), ""], ["", "", ""], id="none: taken away, unknown, not stated"),
        pytest.param(PLAN, [("1", 8)], [""], id="a level the list lacks"),
        pytest.param(PLAN, [("1", None)], ["一、"], id="no level is the first"),
        pytest.param(num("1", of="7"), [("1", 0)], [""], id="a list without looks"),
        pytest.param("", [("1", 0)], [""], id="no lists"),
        pytest.param(
            '<w:abstractNum w:abstractNumId="x"><w:lvl w:ilvl="one"><w:lvlText/></w:lvl></w:abstractNum>'
            + num("1", of="x"),
            [("1", 0)],
            [""],
            id="no numbers where numbers should be",
        ),
    ],
)
def test_numbers_of_lists(lists: str, steps: list[Step], expected: list[str]) -> None:
    assert numbers(lists, steps) == expected


NUM = '<w:numId w:val="1"/>'


@pytest.mark.parametrize(
    ("styles", "lists", "steps", "expected"),
    [
        pytest.param(style("a", NUM), PLAN, ["a", "a", ""], ["一、", "二、", ""], id="by a style"),
        pytest.param(style("a", f'<w:ilvl w:val="1"/>{NUM}'), PLAN, ["a"], ["（一）"], id="with a level"),
        pytest.param(style("a", NUM) + style("b", based="a"), PLAN, ["b"], ["一、"], id="by what a style is based on"),
        pytest.param(style("a", based="b") + style("b", based="a"), PLAN, ["a"], [""], id="styles in a circle"),
        pytest.param(
            style("h1", NUM) + style("h2", NUM),
            abstract(
                level(0, "chineseCounting", "%1、", '<w:pStyle w:val="h1"/>'),
                level(1, "chineseCounting", "（%2）", '<w:pStyle w:val="h2"/>'),
            )
            + num("1"),
            ["h1", "h2", "h2", "h1", "h2"],
            ["一、", "（一）", "（二）", "二、", "（一）"],
            id="levels tied to styles of headings",
        ),
        pytest.param(style("n", NUM, more='w:default="1"'), PLAN, [""], ["一、"], id="the style of plain paragraphs"),
        pytest.param(style("a", NUM), PLAN, [("0", None), "a"], ["", "一、"], id="a paragraph takes the number away"),
        pytest.param(
            style("s", '<w:numId w:val="2"/>', kind="numbering"),
            abstract(id="5", more='<w:numStyleLink w:val="s"/>') + abstract(level(0, "decimal", "%1）"), id="6") + num("1", "5") + num("2", "6"),
            [("1", 0), ("1", 0)],
            ["1）", "2）"],
            id="a list that takes its looks from a style",
        ),
    ],
)  # fmt: skip
def test_numbers_of_styles(styles: str, lists: str, steps: list[Step], expected: list[str]) -> None:
    assert numbers(lists, steps, styles) == expected


def test_the_strict_form_of_the_format_is_read_too() -> None:
    assert numbers(PLAN, [("1", 0)], namespace=STRICT) == ["一、"]


def test_a_format_that_is_not_known_is_written_in_digits_and_said() -> None:
    made = Numbering(
        etree.fromstring(f'<w:x xmlns:w="{W}">{abstract(level(0, "thaiCounting", "%1."))}{num("1")}</w:x>'), None
    )
    assert made.of(etree.fromstring(f'<w:x xmlns:w="{W}">{paragraph(("1", 0))}</w:x>')[0]) == "1. "
    assert made.unknown == {"thaiCounting"}
