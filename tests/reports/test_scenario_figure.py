"""The figure of a scenario: real text, every body once, the same bytes; a sentence where no font has Chinese."""

from __future__ import annotations

import struct

import pytest
from lxml import etree

from plan_graph.analysis.scenario import Abolish, Merge, scenario
from plan_graph.errors import InputError
from plan_graph.model.network import Membership
from plan_graph.model.plan import Role
from plan_graph.reports.figures import fonts
from plan_graph.reports.figures import scenario as drawing
from plan_graph.reports.scenario import listed_bodies
from plan_graph.reports.words import Words

BODIES = {one: f"第{one}局" for one in "ABCDEFGHIJKLMN"}
ROWS = [
    Membership(f"t{at}", 2016, role, body, BODIES[body])
    for at, (leads, supports) in enumerate([("A", "BCDEFGHIJKLMN"), ("B", "CDE"), ("C", "B"), ("N", "")])
    for role, letters in ((Role.LEAD, leads), (Role.SUPPORT, supports))
    for body in letters
]
FOUND = scenario(ROWS, [Merge(("M", "N"), "new/Z", "Z & <局>"), Abolish("L", "A", BODIES["A"])])
TITLE, ABOUT = (
    Words("第M局、第N局合并 $a_b$", "M and N merge"),
    Words("总体：四项任务；权重：共同任务数", "population: " + "four " * 60),
)


@pytest.fixture(autouse=True)
def font(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw in a font that comes with matplotlib where the system has none with Chinese."""
    try:
        fonts.chinese_font()
    except InputError:
        monkeypatch.setattr(fonts, "chinese_font", lambda: "DejaVu Sans")


def draw(form: str, lang: str = "both") -> bytes:
    return drawing.scenario_figure(FOUND, FOUND.labels, TITLE, ABOUT, form, lang)


def test_touched_bodies_then_the_strongest() -> None:
    assert FOUND.touched == ("N", "L", "M", "new/Z")  # A was on all tasks of L
    assert listed_bodies(FOUND)[:6] == (*FOUND.touched, "B", "C")
    assert len(set(listed_bodies(FOUND))) == len(listed_bodies(FOUND)) == 14


@pytest.mark.filterwarnings("ignore:Glyph:UserWarning")
def test_an_svg_has_real_text_and_nothing_from_elsewhere() -> None:
    raw = draw("svg")
    tree = etree.fromstring(raw)
    texts = ["".join(node.itertext()).strip() for node in tree.iter("{http://www.w3.org/2000/svg}text")]
    for wanted in (
        "第M局、第N局合并 $a_b$",
        "M and N merge",
        "第M局（不再） (gone)",
        "Z & <局>（新） (new)",
        "任务数 tasks",
    ):
        assert wanted in texts
    assert sum(text.startswith("第B局") for text in texts) == 1
    assert "总体：四项任务；权重：共同任务数" in texts
    assert tree.find(".//{http://www.w3.org/2000/svg}image") is None
    assert b"<dc:date>" not in raw
    assert raw == draw("svg")


@pytest.mark.filterwarnings("ignore:Glyph:UserWarning")
def test_a_png_of_200_dots_an_inch() -> None:
    raw = draw("png", "zh")
    assert raw[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">I", raw[16:20]) == (2200,)
    at = raw.index(b"pHYs")
    assert struct.unpack(">II", raw[at + 4 : at + 12]) == (7874, 7874)  # dots a metre
    assert b"Software" not in raw
    assert raw == draw("png", "zh")


def test_the_language_is_the_one_asked_for() -> None:
    assert b"M and N merge" not in draw("svg", "zh")
    assert "合并".encode() not in draw("svg", "en")


def test_without_a_font_nothing_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    monkeypatch.setattr(fonts, "FAMILIES", ("No Such Font",))
    with pytest.raises(InputError, match="apt install fonts-noto-cjk") as error:
        draw("svg")
    assert "中文字体" in error.value.zh


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("一二三四五", ["一二三四五"]),
        ("一二三四五六", ["一二三四五", "六"]),
        ("abc def ghi", ["abc def", "ghi"]),
        ("unbreakablewords", ["unbreakablewords"]),
    ],
)
def test_lines_break_between_words_and_between_characters(text: str, lines: list[str]) -> None:
    assert drawing._wrapped(text, 10) == lines
