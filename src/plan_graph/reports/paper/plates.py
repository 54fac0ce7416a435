"""The five figures of the paper, each with a caption that says population, weights and seed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from plan_graph.reports.figures.gallery import Plate, plates
from plan_graph.reports.paper.study import Study
from plan_graph.reports.words import Words

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
_READING = {
    "network": Words(
        "粗线：共同任务多于 FDSM 的预期（q < 0.05），越粗倍数越大；细线：其余有共同任务的机构对。"
        "正文只就 SDSM 也判为多于预期的机构对作断言。",
        "Heavy lines: more shared tasks than FDSM expects (q below 0.05), the heavier the more times; thin lines: "
        "other pairs that share a task. The text claims only what SDSM finds too.",
    ),
    "theme-body": Words(
        "颜色越深任务越多；左图牵头，右图配合。", "The darker the more tasks; lead on the left, support on the right."
    ),
    "breadth-depth": Words(
        "横轴：伙伴数；纵轴：与每个伙伴的平均共同任务数；虚线为中位数。",
        "Across: partners; up: shared tasks a partner; dashed lines are medians.",
    ),
    "blocks": Words(
        "粗框内是一个社群；颜色越深共同任务越多。", "A heavy frame holds a community; the darker the more shared tasks."
    ),
    "flows": Words(
        "带连接机构在相邻两年的状态；斜线柱是该年没有任务的机构。",
        "Ribbons join the states of bodies in one year and the next; hatched columns are bodies without a task.",
    ),
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


def figures(study: Study, lang: str, forms: Collection[str] = ("svg", "png")) -> Sequence[Figure]:
    """Draw the figures, F1 to F5; what cannot be drawn says why in its plate.

    :raises InputError: if no font with Chinese is installed.
    """
    drawn = {one.name: one for one in plates(study.content, lang, forms, _WEIGHTS.keys(), study.settings.seed)}
    made: list[Figure] = []
    for key, name in NUMBERS.items():
        notes = [study.population(), _WEIGHTS[name]]
        if name == "network":
            notes.append(study.fixed_margins())
        notes.append(study.seed() if name in _SEEDED else Words("没有抽样。", "Nothing is drawn at random."))
        made.append(Figure(key, drawn[name], (_READING[name], *notes)))
    return made
