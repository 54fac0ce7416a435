"""What every display shares: the console, the choice of language, the look of a table."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table as Grid

PIPE_WIDTH = 200  # columns where standard output is no terminal


def console() -> Console:
    """Give a console as wide as the terminal, or wide enough for a table in a pipe."""
    return Console(file=sys.stdout, width=None if sys.stdout.isatty() else PIPE_WIDTH, highlight=False)


def pick(zh: str, en: str, lang: str) -> str:
    """Give the wording in the language asked for, Chinese first where both are."""
    return zh if lang == "zh" else en if lang == "en" else f"{zh} {en}"


def grid(columns: Sequence[tuple[str, str, bool]], lang: str, title: str = "") -> Grid:
    """Make a table; a column is (zh, en, whether its cells are numbers)."""
    made = Grid(box=SIMPLE_HEAD, title=title or None, title_justify="left", title_style="bold", pad_edge=False)
    for zh, en, number in columns:
        head = f"{zh}\n{en}" if lang == "both" else zh if lang == "zh" else en
        made.add_column(head, justify="right" if number else "left", overflow="fold", header_style="bold cyan")
    return made


def significance(value: object) -> str:
    """Write a p or q for people: three decimals, or that it is smaller."""
    number = float(str(value))
    return "<0.001" if number < 0.001 else f"{number:.3f}"
