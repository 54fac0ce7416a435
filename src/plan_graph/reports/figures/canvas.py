"""What all figures share: the sheet with its title and caption, the measure of a text, the bytes of the file.

Lengths are in inches from the lower left corner, sizes of type in points. The same values give the same bytes in any
process and on any day.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import matplotlib as mpl
import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.collections import PolyCollection
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from plan_graph import __version__
from plan_graph.reports.figures.fonts import CSS, chinese_font
from plan_graph.reports.words import Words, ems

WIDTH = 7.2  # inches: the text of an A4 page
DPI = 200
MARGIN = 0.08
INK, SOFT, LINE = "#1A1A1A", "#555555", "#C8C8C8"
SMALL, TEXT, LARGE = 6.5, 7.5, 11.0
_LEAD = 1.45  # of the size of type, from line to line


@dataclass(frozen=True, slots=True)
class Legend:
    """What a figure says around its drawing: a title, and a caption with population, weights and seed."""

    title: Words
    caption: tuple[Words, ...]
    lang: str = "both"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A figure with its title and caption set, and the room left for drawing: left, bottom, width, height."""

    figure: Figure
    left: float
    bottom: float
    width: float
    height: float

    def axes(self, left: float, bottom: float, width: float, height: float) -> Axes:
        """Give axes at a place counted from the lower left corner of the room for drawing."""
        across, up = self.figure.get_size_inches()
        place = ((self.left + left) / across, (self.bottom + bottom) / up, width / across, height / up)
        return self.figure.add_axes(place)


@contextmanager
def drawing() -> Iterator[None]:
    """Set how Matplotlib draws while a figure is made and written; what was set before comes back.

    :raises InputError: if no font with Chinese is installed.
    """
    style = {
        "font.family": [chinese_font(), "DejaVu Sans"],
        "font.size": TEXT,
        "text.color": INK,
        "axes.edgecolor": SOFT,
        "axes.labelcolor": INK,
        "axes.linewidth": 0.5,
        "axes.unicode_minus": False,
        "xtick.color": SOFT,
        "xtick.labelcolor": INK,
        "ytick.color": SOFT,
        "ytick.labelcolor": INK,
        "xtick.major.width": 0.5,
        "ytick.major.width": 0.5,
        "hatch.linewidth": 0.6,
        "svg.fonttype": "none",
        "svg.hashsalt": "plan-graph",
        "text.parse_math": False,
        "path.simplify": False,
    }
    with mpl.rc_context(), warnings.catch_warnings():
        mpl.rcdefaults()
        mpl.rcParams.update(style)  # type: ignore[arg-type]
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")  # a rare character shows as a box
        yield


def sheet(height: float, legend: Legend, width: float = WIDTH) -> Sheet:
    """Make a figure with title and caption; ``height`` is that of the room for drawing."""
    zh, en = legend.title
    first, second = (en, "") if legend.lang == "en" else (zh, en if legend.lang == "both" else "")
    heads = [(first, LARGE, INK, "bold"), *([(second, TEXT, SOFT, "normal")] if second else [])]
    foot = [line for words in legend.caption for text in _both(words, legend.lang) for line in wrap(text, width, SMALL)]
    above = sum(size * _LEAD / 72 for _, size, _, _ in heads) + 0.1
    below = len(foot) * SMALL * _LEAD / 72 + 0.08
    total = 2 * MARGIN + above + height + below
    figure = Figure(figsize=(width, total), facecolor="white")
    at = total - MARGIN
    for text, size, colour, weight in heads:
        figure.text(MARGIN / width, at / total, text, size=size, color=colour, weight=weight, va="top", ha="left")
        at -= size * _LEAD / 72
    at = MARGIN + below - 0.08
    for line in foot:
        figure.text(MARGIN / width, at / total, line, size=SMALL, color=SOFT, va="top", ha="left")
        at -= SMALL * _LEAD / 72
    return Sheet(figure, MARGIN, MARGIN + below, width - 2 * MARGIN, height)


def _both(words: Words, lang: str) -> list[str]:
    return [words.zh] if lang == "zh" else [words.en] if lang == "en" else [words.zh, words.en]


def bare(axes: Axes) -> None:
    """Take the frame and the ticks off."""
    axes.set_axis_off()


def inches(text: str, size: float) -> float:
    """Give the width of a text in inches."""
    return ems(text) * size / 72


def wrap(text: str, width: float, size: float) -> list[str]:
    """Break a text into lines of at most ``width`` inches less the margins: between words, or at any Han character.

    >>> wrap("甲乙丙丁 ab cd", 2 * MARGIN + 3.1 * 7 / 72, 7)
    ['甲乙丙', '丁 ab', 'cd']
    """
    room = (width - 2 * MARGIN) * 72 / size
    lines, line = [], ""
    for piece in re.findall(r"[、，。；：）》”]|[^\s\u2e80-\uffff]+\s*|\s+|.[、，。；：）》”]*", text):
        if line and ems((line + piece).rstrip()) > room:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    return [*lines, line.rstrip()] if line.strip() else lines


def fold(text: str, across: int) -> str:
    """Break a heading into lines of at most ``across`` characters, as even as can be.

    >>> fold("争取国家加大政策支持力度", 5)
    '争取国家\\n加大政策\\n支持力度'
    """
    count = max(1, -(-len(text) // across))
    size = max(1, -(-len(text) // count))
    return "\n".join(text[at : at + size] for at in range(0, len(text), size))


def shorten(text: str, most: int) -> str:
    """Cut a text that is longer than so many characters.

    >>> shorten("着力完善体制机制", 5), shorten("着力", 5)
    ('着力完善…', '着力')
    """
    return text if len(text) <= most else text[: most - 1] + "…"


def steps(highest: float, most: int = 6) -> list[int]:
    """Give whole numbers from 0 to at least ``highest``, in steps of 1, 2 or 5 times a power of ten.

    >>> steps(122), steps(3)
    ([0, 50, 100, 150], [0, 1, 2, 3])
    """
    step = next(s * 10**power for power in range(12) for s in (1, 2, 5) if highest / (s * 10**power) <= most - 1)
    return list(range(0, int(-(-highest // step)) * step + 1, step))


BLUES = LinearSegmentedColormap.from_list("plan-graph", ["#F7F9FB", "#BBD3E6", "#5E9CC7", "#0B4F86", "#06284A"])
"""From almost white to dark in even steps of lightness: the same order in a grey print."""


def cells(axes: Axes, shade: npt.NDArray[np.float64]) -> None:
    """Fill the cells of a table, (rows, columns) from 0 to 1, row 0 on top: as shapes, where an image would blur."""
    rows, columns = shade.shape
    axes.add_patch(Rectangle((0, 0), columns, rows, facecolor=BLUES(0.0), linewidth=0, zorder=0))
    filled = np.argwhere(shade > 0).tolist()
    axes.add_collection(
        PolyCollection(
            [[(c, r), (c + 1, r), (c + 1, r + 1), (c, r + 1)] for r, c in filled],
            facecolors=[BLUES(float(shade[r, c])) for r, c in filled],
            linewidths=0,
            antialiaseds=False,
            zorder=0.5,
        )
    )
    axes.set_xlim(0, columns)
    axes.set_ylim(rows, 0)


def as_svg(figure: Figure, title: str) -> bytes:
    """Write a figure as SVG with real text, which asks for any common Chinese font."""
    out = io.BytesIO()
    FigureCanvasSVG(figure)
    about = {"Date": None, "Creator": f"plan-graph {__version__}", "Title": title}
    figure.savefig(out, format="svg", metadata=about)
    return re.sub(rb"""font(-family)?: ([^;"]*?)'[^;"]*?'DejaVu Sans'[^;"]*""", _asked, out.getvalue())


def _asked(found: re.Match[bytes]) -> bytes:
    return b"font" + (found[1] or b"") + b": " + found[2] + CSS.encode()


def as_png(figure: Figure, title: str) -> bytes:
    """Write a figure as PNG at 200 dpi."""
    out = io.BytesIO()
    FigureCanvasAgg(figure)
    about = {"Software": f"plan-graph {__version__}", "Title": title}
    figure.savefig(out, format="png", dpi=DPI, metadata=about)
    return out.getvalue()


FORMS = {"svg": as_svg, "png": as_png}
