"""Write docs/paper-liaoning.md and its figures: what ``plan-graph paper`` says of the Liaoning plan.

The page is paper.md of that command, with the figures in docs/figures/paper-liaoning; figures that take more than a
megabyte together stay out, and the page says by which command they are made.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path

from plan_graph.corpus import Options, build_corpus
from plan_graph.graph.store import open_store
from plan_graph.reports.paper.settings import Settings
from plan_graph.reports.paper.whole import PAGE, paper

ROOT = Path(__file__).parent.parent
PLAN = ROOT / "data" / "raw" / "ln-2016-revitalisation.txt"
DOCS = ROOT / "docs"
FIGURES = DOCS / "figures" / "paper-liaoning"
MOST = 1_000_000  # bytes of all figures

HEAD = "<!-- Written by scripts/paper.py; do not edit, run: make docs-paper -->\n"
WITHOUT = "（图由同一命令写出。 The figure is written by the same command.）"


def write() -> None:
    """Write the page and the figures."""
    with tempfile.TemporaryDirectory() as folder:
        out = build_corpus([PLAN], Path(folder) / "build", Options()).out
        made = paper(open_store(out), {}, Settings(), forms=("svg",))
    text = made.files[PAGE].decode()
    drawn = {Path(name).name: content for name, content in made.files.items() if name.startswith("figures/")}
    shutil.rmtree(FIGURES, ignore_errors=True)
    if sum(map(len, drawn.values())) <= MOST:
        FIGURES.mkdir(parents=True)
        for name, content in drawn.items():
            (FIGURES / name).write_bytes(content)
        text = text.replace("](figures/", f"]({FIGURES.relative_to(DOCS).as_posix()}/")
    else:
        text = re.sub(r"!\[[^]]*\]\(figures/[^)]*\)", WITHOUT, text)
    (DOCS / "paper-liaoning.md").write_text(HEAD + text, encoding="utf-8")


if __name__ == "__main__":
    write()
