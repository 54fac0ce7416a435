"""The first sheet of a workbook: what is counted, where it comes from, how to read it."""

from __future__ import annotations

from collections.abc import Sequence

from plan_graph import __version__
from plan_graph.analysis.network import left_out
from plan_graph.reports.whole.content import Content
from plan_graph.reports.whole.sheets import LINKS, Column, Go, Kind, Page, Value
from plan_graph.reports.words import Words

TERMS = (
    (
        Words("预期任务", "expected"),
        Words(
            "两机构仅凭各自的任务数和每项任务的机构数，平均会有多少共同任务。",
            "how many tasks two bodies would share on average by nothing but their numbers of tasks and the number of "
            "bodies on each task.",
        ),
    ),
    (
        Words("p、q", "p, q"),
        Words(
            "p：随机情形下共同任务达到实际数的比例；q：对全部机构对作 Benjamini–Hochberg 校正后的 p。"
            "q 小于 0.05 的，可说显著多于预期（关系表中着色）。",
            "p: how often chance alone reaches the number; q: p corrected over all pairs (Benjamini–Hochberg). Below "
            "0.05 a pair is above expectation (shaded in ties).",
        ),
    ),
    (
        Words("牵头占比", "lead share"),
        Words("牵头任务数除以任务数。", "tasks led over tasks."),
    ),
    (
        Words("伙伴、强度、深度", "partners, strength, depth"),
        Words(
            "伙伴：有共同任务的机构数；强度：与各伙伴的共同任务数之和；深度：强度除以伙伴数。",
            "partners: bodies it shares a task with; strength: shared tasks added up; depth: strength over partners.",
        ),
    ),
    (
        Words("中介、接近", "betweenness, closeness"),
        Words(
            "在以 1/共同任务数 为距离的网络上计算；中介大的机构，处在其他机构之间的最短路径上。",
            "over distance = 1/shared tasks; a body of high betweenness lies on shortest paths between others.",
        ),
    ),
    (
        Words("约束", "constraint"),
        Words(
            "Burt 的约束：伙伴之间彼此也协作的程度，越小越能在互不相连的机构之间牵线。",
            "Burt's: how much its partners coordinate among themselves; the lower, the more it bridges.",
        ),
    ),
    (
        Words("断开机构", "cuts off"),
        Words(
            "没有它，有多少机构与其余机构不再相连。", "how many bodies lose their connection to the rest without it."
        ),
    ),
    (
        Words("起始、结束字符", "begin, end"),
        Words(
            "名称在 text 文件夹中文本里的位置，按字符（Unicode 码点）从 0 计，不含结束处的字符。",
            "where the name stands in the file of the folder text, in characters (code points) from 0, end excluded.",
        ),
    ),
)
"""What the columns mean that need a word."""

CAVEAT = Words(
    "关系只说明同一条责任分工点了两家的名；实际是否协作，文本没有说。",
    "A tie means that one clause names both bodies; whether they worked together the text does not say.",
)


def explanation(content: Content, made: Sequence[Page], lang: str, seed: int) -> Page:
    """Give the first sheet, which leads to all others."""
    out = left_out(content.memberships)
    facts: list[tuple[Words, Words]] = [
        (Words("题目", "title"), content.title()),
        (Words("范围", "population"), content.wording()),
        (
            Words("未计入网络", "left out of the network"),
            Words(
                f"集合称谓与未确认的名称 {out.collectives} 个，参与 {out.participations:,} 次",
                f"{out.collectives} collectives and unresolved names with {out.participations:,} participations",
            ),
        ),
        (
            Words("零模型", "null model"),
            Words(
                f"任务 × 机构矩阵，行和、列和固定；抽样 {content.draws:,} 次，种子 {content.seed}；集合称谓不计入",
                f"tasks by bodies, row and column sums fixed; {content.draws:,} draws, seed {content.seed}; no "
                "collectives",
            ),
        ),
        (Words("社群", "communities"), Words(f"Louvain，种子 {seed}", f"Louvain, seed {seed}")),
        (Words("软件", "software"), Words(f"plan-graph {__version__}", f"plan-graph {__version__}")),
        (Words("注意", "caveat"), CAVEAT),
    ]
    facts += [
        (
            Words("来源", "source"),
            Words(f"{one.file}  SHA-256 {one.sha256}", f"{one.file}  SHA-256 {one.sha256}"),
        )
        for one in content.sources
    ]
    facts += TERMS
    if any(sum(isinstance(v, Go) for row in page.rows for v in row) > LINKS for page in made):
        facts.append(
            (
                Words("链接", "links"),
                Words(f"每张表只有前 {LINKS:,} 个链接", f"only the first {LINKS:,} links of a sheet are there"),
            )
        )
    said: list[tuple[Value, ...]] = [(item.of(lang), words.of(lang, "\n"), None) for item, words in facts]
    sheets: list[tuple[Value, ...]] = [
        (Words("工作表", "sheet").of(lang), Go(page.name.of(lang), page.key, -1), len(page.rows)) for page in made
    ]
    columns = (
        Column(Words("项目", "item"), Kind.TEXT, 36),
        Column(Words("内容", "content"), Kind.LONG, 110),
        Column(Words("行数", "rows"), Kind.WHOLE, 10),
    )
    return Page("explanation", Words("说明", "about"), columns, (*said[:2], *sheets, *said[2:]), frozen=0)
