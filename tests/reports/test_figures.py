"""The figures of the Liaoning plan and of small made-up ones: what they say, nothing clipped, always the same bytes."""

from __future__ import annotations

import hashlib
import io
import os
import re
import struct
import subprocess
import sys
import zlib
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

import matplotlib as mpl
import pytest
from lxml import etree
from matplotlib import font_manager
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from plan_graph.errors import InputError
from plan_graph.graph.store import open_store
from plan_graph.reports.figures import NAMES, canvas, fonts, gallery
from plan_graph.reports.figures.gallery import Plate, plates
from plan_graph.reports.figures.network_map import Line, stroke
from plan_graph.reports.whole.content import Content, gather

SVG = "{http://www.w3.org/2000/svg}"
Extent = tuple[str, float, float, float, float]


def drawn_texts(figure: Figure, _: str) -> bytes:
    """Give the place of each text of a figure in inches, as lines, in place of a file."""
    agg: Any = FigureCanvasAgg(figure)
    agg.draw()
    renderer = agg.get_renderer()
    width, height = figure.get_size_inches()
    lines = [f"{width}\t{height}\t\t\t"]
    for one in figure.findobj(Text):
        if one.get_text().strip() and one.get_visible():
            box = one.get_window_extent(renderer)
            at = [value / figure.dpi for value in (box.x0, box.y0, box.x1, box.y1)]
            shown = one.get_text().replace("\n", "⏎")
            lines.append("\t".join([shown, *(f"{value:.4f}" for value in at)]))
    return "\n".join(lines).encode()


@pytest.fixture(scope="session")
def drawn(full: Content) -> dict[str, Plate]:
    """All figures of the plan as SVG and PNG."""
    return {plate.name: plate for plate in plates(full)}


@pytest.fixture(scope="session")
def texts(full: Content) -> dict[str, tuple[float, float, list[Extent]]]:
    """Width, height and all texts with their boxes of each figure."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gallery, "FORMS", {"texts": drawn_texts})
        return {plate.name: read_texts(plate) for plate in plates(full, forms=("texts",))}


def read_texts(plate: Plate) -> tuple[float, float, list[Extent]]:
    first, *rest = plate.files["texts"].decode().split("\n")
    found: list[Extent] = []
    for line in rest:
        text, x0, y0, x1, y1 = line.split("\t")
        found.append((text, float(x0), float(y0), float(x1), float(y1)))
    width, height = first.split("\t")[:2]
    return float(width), float(height), found


def svg_texts(svg: bytes) -> list[str]:
    return ["".join(one.itertext()) for one in etree.fromstring(svg).iter(f"{SVG}text")]


def chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    at = 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        kind, data = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        assert struct.unpack(">I", png[at + 8 + length : at + 12 + length])[0] == zlib.crc32(kind + data)
        yield kind, data
        at += 12 + length


# --- the files -------------------------------------------------------------------------------------------------------


def test_every_figure_is_drawn(drawn: dict[str, Plate]) -> None:
    assert tuple(drawn) == NAMES == tuple(gallery._FIGURES)
    assert all(plate.missing is None and set(plate.files) == {"svg", "png"} for plate in drawn.values())


@pytest.mark.parametrize("name", NAMES)
def test_svg_has_real_text_in_any_common_font(drawn: dict[str, Plate], name: str) -> None:
    svg = drawn[name].files["svg"]
    root = etree.fromstring(svg)
    said = svg_texts(svg)
    assert drawn[name].title.zh in said
    assert drawn[name].title.en in said
    assert any("辽宁省人民政府" in line for line in said)
    assert not list(root.iter(f"{SVG}image"))
    ids = [e.get("id") for e in root.iter() if e.get("id")]
    assert len(ids) == len(set(ids)) > 10
    assert b"Date" not in svg and b"<dc:date" not in svg
    families = re.findall(rb"font(?:-family)?: ([^;\"]*'[^;\"]*)", svg)
    assert len(families) >= len(said)
    assert all(family.endswith(fonts.CSS.encode()) for family in families)
    width, height = (float(root.get(side).removesuffix("pt")) for side in ("width", "height"))
    assert width == canvas.WIDTH * 72
    assert height <= 10.2 * 72  # a page of A4 with its margins


@pytest.mark.parametrize("name", NAMES)
def test_png_is_200_dpi(drawn: dict[str, Plate], name: str) -> None:
    found = dict(chunks(drawn[name].files["png"]))
    assert struct.unpack(">IIB", found[b"pHYs"]) == (7874, 7874, 1)  # pixels a metre
    assert struct.unpack(">II", found[b"IHDR"][:8])[0] == canvas.WIDTH * 200
    assert b"tIME" not in found


def test_the_same_bytes_in_another_process(drawn: dict[str, Plate], built: Path) -> None:
    script = (
        "import hashlib, sys; from pathlib import Path; from plan_graph.graph.store import open_store;"
        "from plan_graph.reports.whole.content import gather; from plan_graph.reports.figures.gallery import plates;"
        "[print(p.name, k, hashlib.sha256(v).hexdigest()) for p in plates(gather(open_store(Path(sys.argv[1]))))"
        " for k, v in p.files.items()]; print('matplotlib.pyplot' in sys.modules)"
    )
    env = {**os.environ, "PYTHONHASHSEED": "7", "LC_ALL": "C.UTF-8", "TZ": "Asia/Shanghai"}
    run = subprocess.run(
        [sys.executable, "-c", script, str(built)], capture_output=True, text=True, check=True, env=env
    )
    expected = [
        f"{plate.name} {form} {hashlib.sha256(content).hexdigest()}"
        for plate in drawn.values()
        if plate.name != "task-flows"  # of lineage made up
        for form, content in plate.files.items()
    ]
    assert run.stdout.split("\n")[:-1] == [*expected, "False"]  # no state of pyplot


def test_nothing_of_matplotlib_is_left_changed(content: Content) -> None:
    before = dict(mpl.rcParams)
    mpl.rcParams["font.size"] = 31
    try:
        made = plates(content, only=("flows",), forms=("svg",))[0].files["svg"]
        assert mpl.rcParams["font.size"] == 31
        assert b"31px" not in made  # what a user has set changes no figure
    finally:
        mpl.rcParams.update(before)


# --- what they say ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_captions_state_the_population(drawn: dict[str, Plate], name: str) -> None:
    said = " ".join(svg_texts(drawn[name].files["svg"]))
    assert "任务 193 项、机构 65 个" in said
    assert "193 tasks, 65 bodies" in said


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("network", ["417 对", "44 对显著", "抽样 1,000 次", "种子 0", "8 个（参与 144 次）", "1,000 draws, seed 0"]),
        ("blocks", ["Louvain，种子 0", "重算 100 次，各次划分的一致程度 0.81", "agree by 0.81"]),
        ("breadth-depth", ["平均数（广度 13.2，深度 2.09）", "关键型（窄而深）", "8 个（参与 144 次）"]),
        ("theme-body", ["只画前 36 个机构（共 65 个"]),
        ("flows", ["2016 年 106、2017 年 57、2018 年 30"]),
        ("load", ["各计一次"]),
        ("task-flows", ["87 条联系"]),
    ],
)
def test_captions_state_weights_and_seeds(drawn: dict[str, Plate], name: str, words: list[str]) -> None:
    said = "".join(svg_texts(drawn[name].files["svg"]))
    joined = said + " ".join(svg_texts(drawn[name].files["svg"]))
    assert [word for word in words if word not in joined] == []


def test_numbers_of_the_figures(drawn: dict[str, Plate]) -> None:
    assert "65 + 57" in [one.strip() for one in svg_texts(drawn["load"].files["svg"])]
    assert {"19", "27"} <= set(svg_texts(drawn["theme-body"].files["svg"]))
    flows = svg_texts(drawn["flows"].files["svg"])
    assert {"有牵头任务 leads 28", "只配合 supports 30", "没有任务 no task 7", "22", "16"} <= set(flows)


@pytest.mark.parametrize("name", ["flows", "task-flows"])
def test_tasks_without_a_year_are_said_to_be_missing(full: Content, name: str) -> None:
    undated = [replace(one, year=None) if one.year == 2018 else one for one in full.facts]
    some = replace(full, facts=tuple(undated), population=tuple(undated))
    said = "".join(svg_texts(plates(some, forms=("svg",), only=(name,))[0].files["svg"]))
    assert "没有写明年度的任务（30 项）不在图中" in said
    assert "Tasks that state no year (30) are not drawn" in said


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_one_language(content: Content, lang: str) -> None:
    said = svg_texts(plates(content, lang, ("svg",), ("flows",))[0].files["svg"])
    assert ("Bodies entering, staying, leaving" in said) is (lang == "en")
    assert ("机构的进入、延续与退出" in said) is (lang == "zh")
    assert any("Population" in one for one in said) is (lang == "en")


def test_one_body_is_marked(nongwei: Content) -> None:
    found = {plate.name: plate for plate in plates(nongwei, forms=("svg",), only=("network", "blocks", "load"))}
    assert set(found) == {"network", "load"}  # blocks are of all bodies
    root = etree.fromstring(found["network"].files["svg"])
    bold = [e for e in root.iter(f"{SVG}text") if e.text == "省农委" and "700" in (e.get("style") or "")]
    assert len(bold) == 1
    names = svg_texts(found["network"].files["svg"])
    assert "省编委办" not in names  # no partner of it
    assert "省农委" in found["load"].title.zh


def test_widths_grow_with_surprise() -> None:
    strong = [Line("a", "b", shared, expected, 0.01).width for shared, expected in ((2, 1), (8, 1), (3, 0))]
    assert strong == sorted(strong)
    assert Line("a", "b", 30, 32.0, 0.9).width < min(strong)
    assert stroke(1e9) == strong[-1] == stroke(16)


# --- nothing clipped, nothing on top of another ----------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_no_text_is_clipped(texts: dict[str, tuple[float, float, list[Extent]]], name: str) -> None:
    width, height, found = texts[name]
    assert len(found) > 10
    outside = [
        text for text, x0, y0, x1, y1 in found if x0 < -0.005 or y0 < -0.01 or x1 > width + 0.005 or y1 > height + 0.01
    ]
    assert outside == []


@pytest.mark.parametrize("name", NAMES)
def test_no_text_overlaps_another(texts: dict[str, tuple[float, float, list[Extent]]], name: str) -> None:
    _, _, found = texts[name]
    slack = 0.035  # inches: boxes of lines have room above and below the letters
    lapping = [
        (one[0], other[0])
        for one, other in combinations(found, 2)
        if min(one[3], other[3]) - max(one[1], other[1]) > slack
        and min(one[4], other[4]) - max(one[2], other[2]) > slack
    ]
    assert lapping == []


def test_every_tied_body_is_named_once_in_the_network(
    texts: dict[str, tuple[float, float, list[Extent]]], content: Content
) -> None:
    names = [text for text, *_ in texts["network"][2]]
    assert all(names.count(content.name(body)) == 1 for tie in content.ties for body in (tie.left, tie.right))


# --- other plans -----------------------------------------------------------------------------------------------------


def test_plans_without_years_themes_and_leads(several: Path) -> None:
    found = {plate.name: plate for plate in plates(gather(open_store(several)), forms=("svg",))}
    missing = {name: plate.missing.en for name, plate in found.items() if plate.missing}
    assert missing == {
        "theme-body": "the tasks have no themes (the plan has no such headings)",
        "flows": "the tasks state fewer than two years",
        "task-flows": "lineage of tasks was not computed",
    }
    assert "负责 responsible" in svg_texts(found["load"].files["svg"])
    assert "大连市财政局" in svg_texts(found["network"].files["svg"])


def test_a_plan_where_nobody_meets(content: Content, task: Any) -> None:
    facts = (task("1", "A"), task("2", "X"), task("3", ""))
    alone = replace(content, population=facts, facts=facts, ties=())
    found = {plate.name: plate for plate in plates(alone, forms=("svg",))}
    assert {name for name, plate in found.items() if plate.files} == {"load"}
    assert all(plate.missing and plate.missing.zh for name, plate in found.items() if name != "load")
    nobody = replace(alone, facts=facts[1:], population=facts[1:])
    assert all(plate.missing for plate in plates(nobody, forms=("svg",)))


def test_many_bodies_are_cut_to_the_strongest_and_it_is_said(content: Content, task: Any) -> None:
    ids = [f"{chr(0x4E00 + at)}" for at in range(200)]
    facts = tuple(task(str(at), one, ids[(at + 1) % 200], theme=f"主题{at % 11}" * 6) for at, one in enumerate(ids))
    ties = tuple(
        replace(content.ties[0], left=min(a, b), right=max(a, b), shared=1, expected=0.1, q=0.9)
        for a, b in zip(ids, [*ids[1:], ids[0]], strict=True)
    )
    many = replace(
        content, population=facts, facts=facts, ties=ties, names={one: f"很长很长的机构名称{one}" for one in ids}
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gallery, "FORMS", {"texts": drawn_texts})
        found = {plate.name: plate for plate in plates(many, forms=("texts",))}
    for name, shown in (("network", 80), ("theme-body", 36), ("load", 45), ("blocks", 70), ("breadth-depth", 120)):
        width, _, said = read_texts(found[name])
        assert any(f"只画前 {shown} 个机构（共 200 个" in text for text, *_ in said), name
        assert all(x0 > -0.005 and x1 < width + 0.005 for _, x0, _, x1, _ in said), name
    assert any("另有 3 个主题未画" in text for text, *_ in read_texts(found["theme-body"])[2])


def test_a_rare_character_does_not_stop_a_figure(content: Content, task: Any) -> None:
    facts = (task("1", "AB"), task("2", "AB"), task("3", "BC"))
    odd = replace(
        content, population=facts, facts=facts, names={"A": "省\ue008委$x$", "B": "乙\U0002a6d6", "C": ""}, ties=()
    )
    assert "省\ue008委$x$" in svg_texts(plates(odd, only=("load",))[0].files["svg"])  # $ starts no formula


# --- fonts -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("installed", "chosen"),
    [
        (["DejaVu Sans", "SimHei"], "SimHei"),
        (["SimSun", "Noto Sans CJK SC", "SimHei"], "Noto Sans CJK SC"),
        (["Noto Sans CJK JP"], "Noto Sans CJK JP"),
        (["PingFang SC"], "PingFang SC"),
        (["Arial", "WenQuanYi Zen Hei"], "WenQuanYi Zen Hei"),
    ],
)
def test_the_best_font_is_taken(installed: list[str], chosen: str) -> None:
    assert fonts.chinese_font(installed) == chosen


def test_without_a_font_the_way_to_one_is_said(content: Content, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match="apt install fonts-noto-cjk"):
        fonts.chinese_font(["DejaVu Sans"])
    monkeypatch.setattr(fonts, "FAMILIES", ("No Such Font",))
    with pytest.raises(InputError, match="no font with Chinese") as caught:
        plates(content, only=("flows",))
    assert "fonts-noto-cjk" in caught.value.zh


def test_a_font_installed_since_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    manager = font_manager.fontManager
    whole = list(manager.ttflist)
    monkeypatch.setattr(manager, "ttflist", [entry for entry in whole if entry.name not in fonts.FAMILIES])
    found = fonts.chinese_font()
    assert found in {entry.name for entry in whole}
    assert found in {entry.name for entry in manager.ttflist}


def test_png_opens(drawn: dict[str, Plate]) -> None:
    import matplotlib.image

    picture = matplotlib.image.imread(io.BytesIO(drawn["flows"].files["png"]))
    assert picture.shape[1] == canvas.WIDTH * 200
    assert picture[..., :3].std() > 0.05  # something is on it
