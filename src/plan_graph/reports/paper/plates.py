"""The five figures of the paper, each with a caption that says population, weights and seed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from plan_graph.reports.figures.gallery import Plate, plates
from plan_graph.reports.paper.study import Study
from plan_graph.reports.whole.words import Words

_SHARED = Words("权重：共同任务数，任何角色。", "Weights: tasks shared in any role.")
_TASKS = Words("权重：任务数。", "Weights: tasks.")
_WEIGHTS = {
    "network": _SHARED,
    "theme-body": _TASKS,
    "breadth-depth": Words("权重：深度为每个伙伴的平均共同任务数。", "Weights: depth is shared tasks a partner."),
    "blocks": Words(
        "权重：共同任务数，任何角色；所示为一次 Louvain 的划分，各次的一致程度见正文。",
        "Weights: tasks shared in any role; the division is of one run of Louvain, whose agreement with others is in "
        "the text.",
    ),
    "flows": Words("权重：机构数，不按任务数校正。", "Weights: bodies, not corrected for the numbers of tasks."),
}
NUMBERS = {f"F{at}": name for at, name in enumerate(_WEIGHTS, start=1)}
_SEEDED = ("network", "blocks")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: its plate, its caption, and its files by name in the folder of the paper."""

    key: str
    plate: Plate
    caption: tuple[Words, ...]

    @property
    def files(self) -> Mapping[str, bytes]:
        """The SVG and the PNG, by name."""
        return {f"figures/{self.key}-{self.plate.name}.{form}": made for form, made in self.plate.files.items()}


def figures(study: Study, lang: str) -> Sequence[Figure]:
    """Draw the figures, F1 to F5; what cannot be drawn says why in its plate.

    :raises InputError: if no font with Chinese is installed.
    """
    drawn = {one.name: one for one in plates(study.content, lang, only=_WEIGHTS.keys(), seed=study.settings.seed)}
    made: list[Figure] = []
    for key, name in NUMBERS.items():
        notes = [study.population(), _WEIGHTS[name]]
        if name == "network":
            notes.append(study.fixed_margins())
        notes.append(study.seed() if name in _SEEDED else Words("没有抽样。", "Nothing is drawn at random."))
        made.append(Figure(key, drawn[name], (drawn[name].reading, *notes)))
    return made
