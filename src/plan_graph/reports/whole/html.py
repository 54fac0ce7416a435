"""The report as one HTML page to print: figures, tables, and the words of the plan, without anything from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable

from plan_graph import __version__
from plan_graph.reports.figures.gallery import Plate
from plan_graph.reports.whole.bodies import body_rows
from plan_graph.reports.whole.content import Content
from plan_graph.reports.whole.desk import Desk
from plan_graph.reports.whole.explain import TERMS
from plan_graph.reports.whole.findings import make_duplicates, make_evidence, make_gaps, make_lineage
from plan_graph.reports.whole.gaps import gaps
from plan_graph.reports.whole.markup import both, paragraphs, table, text
from plan_graph.reports.whole.sections import make_load, make_summary, make_ties, make_years
from plan_graph.reports.whole.style import STYLE
from plan_graph.reports.words import Words


def page(content: Content, plates: Iterable[Plate], lang: str = "both", seed: int = 0) -> bytes:
    """Write the report with its figures, which must have been made as SVG."""
    rows = body_rows(content, seed)
    desk = Desk(
        content,
        rows,
        gaps(content, rows),
        {plate.name: plate for plate in plates},
        lang,
        {task.iri: at for at, task in enumerate(content.facts)},
    )
    if content.body:
        desk.cited.update(desk.number)
    parts = [
        ("summary", Words("摘要", "Summary"), make_summary(desk)),
        ("load", Words("任务量与角色", "Load and roles"), make_load(desk)),
        ("ties", Words("谁和谁协作", "Who coordinates with whom"), make_ties(desk)),
        ("themes", Words("在哪些主题上", "On which themes"), desk.plate("theme-body")),
        ("positions", Words("广度与深度", "Breadth and depth"), desk.plate("breadth-depth")),
        ("blocks", Words("群组", "Blocks"), desk.plate("blocks") + desk.plate("blocks-by-kind")),
        ("years", Words("年度之间", "From year to year"), make_years(desk)),
        ("gaps", Words("缺口", "Gaps"), make_gaps(desk)),
        ("duplicates", Words("可能重复的任务", "Possible duplicates"), make_duplicates(desk)),
        ("lineage", Words("任务的沿革", "Lineage of tasks"), make_lineage(desk)),
    ]
    parts.append(("evidence", Words("任务原文", "The words of the tasks"), make_evidence(desk)))  # after all that cites
    parts.append(("method", Words("方法与来源", "Method and sources"), _method(desk, seed)))
    parts = [part for part in parts if part[2]]
    contents = "".join(f'<li><a href="#{key}">{both(words, lang)}</a></li>' for key, words, _ in parts)
    sections = "".join(
        f'<section id="{key}"{_FLOW.get(key, "")}><h2>{both(words, lang)}</h2>{body}</section>'
        for key, words, body in parts
    )
    title = content.title()
    return (
        f'<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml" lang="{"en" if lang == "en" else "zh"}"><head>'
        f'<meta charset="utf-8" /><title>{text(title.of(lang))}</title>'
        '<meta name="viewport" content="width=device-width" />'
        f'<meta name="generator" content="plan-graph {__version__}" /><style>{STYLE}</style></head><body>'
        f'<header><h1>{both(title, lang)}</h1><div class="lead">{paragraphs(content.wording(), lang)}</div></header>'
        f'<nav aria-label="{Words("目录", "contents").of(lang)}"><h3>{both(Words("目录", "Contents"), lang)}</h3>'
        f"<ol>{contents}</ol></nav>{sections}</body></html>\n"
    ).encode()


_FLOW = {"summary": ' class="flow"', "duplicates": ' class="flow"', "lineage": ' class="flow"'}


def _method(desk: Desk, seed: int) -> str:
    content, lang = desk.content, desk.lang
    how = Words(
        f"预期任务、p、q 来自行列和固定的零模型（任务 × 机构矩阵）：抽样 {content.draws:,} 次，种子 {content.seed}，"
        f"集合称谓与未确认的名称不计入；社群为 Louvain，种子 {seed}；软件 plan-graph {__version__}。",
        "Expected tasks, p and q come from a null model with fixed margins (tasks by bodies): "
        f"{content.draws:,} draws, seed {content.seed}, collectives and unresolved names left out; communities by "
        f"Louvain, seed {seed}; software plan-graph {__version__}.",
    )
    terms = table(
        [(Words("名称", "term"), ""), (Words("含义", "meaning"), "")],
        [[both(term, lang), both(meaning, lang)] for term, meaning in TERMS],
        lang,
    )
    sources = table(
        [
            (Words("计划", "plan"), ""),
            (Words("发文机关、日期、文号", "issuer, date, number"), ""),
            (Words("文件与 SHA-256", "file and SHA-256"), ""),
        ],
        [
            [
                text(f"《{one.title}》（{one.plan}）"),
                text(
                    " ".join(
                        part for part in (one.issuer, one.issued.isoformat() if one.issued else "", one.number) if part
                    )
                ),
                f'{text(one.file)}<br /><span class="small">{text(one.sha256)}</span>',
            ]
            for one in content.sources
        ],
        lang,
    )
    return paragraphs(how, lang) + sources + terms
