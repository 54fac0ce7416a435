"""Which figures there are, each with its title and how to read it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from plan_graph.reports.figures import NAMES, of_tasks, of_ties
from plan_graph.reports.figures.canvas import FORMS, drawing
from plan_graph.reports.figures.desk import Desk, Made
from plan_graph.reports.whole.bodies import body_rows
from plan_graph.reports.whole.content import Content
from plan_graph.reports.words import Words


@dataclass(frozen=True, slots=True)
class Plate:
    """A figure as files by form (svg, png), with its title and how to read it; or why it was not drawn."""

    name: str
    title: Words
    reading: Words
    files: dict[str, bytes]
    missing: Words | None = None


@dataclass(frozen=True, slots=True)
class _Entry:
    make: Callable[[Desk, Words], Made]
    title: Words
    reading: Words
    of_body: bool = True


_FIGURES = {
    "load": _Entry(
        of_tasks.make_load,
        Words("任务量与角色", "Load and roles"),
        Words(
            "横条长的机构任务多；圆点靠右的以牵头为主，靠左的以配合为主。",
            "Long bars are busy bodies; a dot to the right mostly leads, to the left mostly supports.",
        ),
    ),
    "network": _Entry(
        of_ties.make_network,
        Words("协作网络", "Coordination network"),
        Words(
            "只有粗线说明两机构的协作多于任务量所能解释；任务多的机构之间的细线，多半是任务量使然。",
            "Only heavy lines are more coordination than workloads explain; a thin line between busy bodies mostly "
            "follows from how busy they are.",
        ),
    ),
    "theme-body": _Entry(
        of_tasks.make_theme_body,
        Words("主题与机构", "Themes and bodies"),
        Words(
            "颜色越深任务越多；左图为牵头，右图为配合。",
            "The darker the more tasks; lead on the left, support on the right.",
        ),
    ),
    "breadth-depth": _Entry(
        of_ties.make_breadth_depth,
        Words("协作的广度与深度", "Breadth and depth of coordination"),
        Words(
            "越靠右伙伴越多，越靠上与每个伙伴的共同任务越多。",
            "The further right the more partners, the higher the more tasks shared with each.",
        ),
    ),
    "blocks": _Entry(
        of_ties.make_blocks,
        Words("协作的社群", "Communities of coordination"),
        Words(
            "粗框内是一个社群；框内比框外深，说明社群内协作更密。",
            "A heavy frame holds a community; darker within than without means denser coordination inside.",
        ),
        of_body=False,
    ),
    "blocks-by-kind": _Entry(
        of_ties.make_blocks_by_kind,
        Words("各类机构之间的协作", "Coordination between kinds of bodies"),
        Words(
            "粗框内是一类机构；看框外，可知哪些类别之间有协作。",
            "A heavy frame holds a kind of bodies; cells outside show which kinds coordinate with each other.",
        ),
        of_body=False,
    ),
    "flows": _Entry(
        of_tasks.make_flows,
        Words("机构的进入、延续与退出", "Bodies entering, staying, leaving"),
        Words(
            "从左到右看带的去向：接到斜线柱的是退出，从斜线柱来的是进入。",
            "Follow ribbons from left to right: into a hatched column is leaving, out of one is entering.",
        ),
    ),
    "task-flows": _Entry(
        of_tasks.make_task_flows,
        Words("任务的沿革", "Lineage of tasks"),
        Words(
            "带连接前一年的任务与接续它的后一年的任务。",
            "Ribbons join tasks of one year to those that take them up in the next.",
        ),
    ),
}


def plates(
    content: Content,
    lang: str = "both",
    forms: Collection[str] = ("svg", "png"),
    only: Collection[str] = NAMES,
    seed: int = 0,
) -> list[Plate]:
    """Draw the figures of a report, those of ``only``, in their order; what cannot be drawn says why.

    Of one body there are no blocks.

    ``seed`` is of the layout and of Louvain's communities.

    :raises InputError: if no font with Chinese is installed.
    """
    made: list[Plate] = []
    with drawing():
        rows = body_rows(content, seed)
        everyone = body_rows(replace(content, facts=content.population, body=""), seed) if content.body else rows
        desk = Desk(content, rows, everyone, lang, seed)
        for name, entry in _FIGURES.items():
            if name not in only or (content.body and not entry.of_body):
                continue
            title = entry.title
            if content.body:
                title = Words(f"{title.zh}：{content.name(content.body)}", f"{title.en}: {content.name(content.body)}")
            drawn = entry.make(desk, title)
            if isinstance(drawn, Words):
                made.append(Plate(name, title, entry.reading, {}, drawn))
                continue
            files = {form: write(drawn, title.of(lang)) for form, write in FORMS.items() if form in forms}
            made.append(Plate(name, title, entry.reading, files))
    return made
