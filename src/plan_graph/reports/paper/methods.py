"""The sections of the paper that say how: material, networks, models, rules; limits; the works cited."""

from __future__ import annotations

from plan_graph import __version__
from plan_graph.reports.paper.claims import LEVEL
from plan_graph.reports.paper.study import Study
from plan_graph.reports.whole.explain import CAVEAT
from plan_graph.reports.words import Words

_LISTED = 20
WORKS = (
    "Benjamini & Hochberg 1995, Journal of the Royal Statistical Society B 57:289–300",
    "Blondel, Guillaume, Lambiotte & Lefebvre 2008, Journal of Statistical Mechanics P10008",
    "Borgatti & Everett 1999, Social Networks 21:375–395",
    "Burt 2004, American Journal of Sociology 110:349–399",
    "Efron & Tibshirani 1993, An Introduction to the Bootstrap",
    "Freeman 1979, Social Networks 1:215–239",
    "Gotelli & Colwell 2001, Ecology Letters 4:379–391",
    "Gould & Fernandez 1989, Sociological Methodology 19:89–126",
    "Hubert & Arabie 1985, Journal of Classification 2:193–218",
    "Kendall 1945, Biometrika 33:239–251",
    "Krackhardt 1988, Social Networks 10:359–381",
    "Neal 2014, Social Networks 39:84–97",
    "Neal, Domagalski & Sagan 2021, Scientific Reports 11:23929",
    "Newman 2004, Physical Review E 70:056131",
    "Phipson & Smyth 2010, Statistical Applications in Genetics and Molecular Biology 9:39",
    "Zweig & Kaufmann 2011, Social Network Analysis and Mining 1:187–218",
)


def material(study: Study) -> list[Words]:
    """Say which documents were read, by file and digest."""
    sources = study.content.sources
    said = [
        Words(
            f"计划 {one.plan}："
            f"{one.issuer or '发文机关未写明'}《{one.title}》{one.number}（{one.issued or '日期未写明'}），"
            f"文件 {one.file}，SHA-256 `{one.sha256}`",
            f"plan {one.plan}, file {one.file}, SHA-256 as above",
        )
        for one in sources[:_LISTED]
    ]
    if len(sources) > _LISTED:
        rest = len(sources) - _LISTED
        said.append(Words(f"另有 {rest:,} 个计划，见图谱。", f"{rest:,} more plans, see the graph."))
    return said


def methods(study: Study) -> tuple[Words, ...]:
    """Say how everything was counted and tested, a paragraph each."""
    s, c = study.settings, study.content
    several = len({one.plan for one in c.facts}) > 1
    within = Words("在每个计划中", " in each plan") if several else Words("", "")
    return (
        Words(
            "任务、责任单位及其角色由责任分工条款读出，名称按登记册确认。一条条款点到的两个机构之间有一条连线："
            "三个网络分别是共同牵头（无向）、牵头→配合（有向）、同在一项任务（任何角色，无向）。"
            "集合称谓（如“有关市人民政府”）和未确认的名称不是节点，只作统计。连线的权重是共同任务数。",
            "Tasks, parties and roles are read from the clauses of responsibility, and names are resolved by "
            "registers. "
            "Two bodies named by one clause have a tie: in three networks, of co-lead (undirected), lead → support "
            "(directed) and any role (undirected). Collectives (such as 有关市人民政府, the governments concerned) and "
            "unresolved names are no nodes and are only counted. The weight of a tie is the number of tasks shared.",
        ),
        Words(
            f"共同任务数与两个零模型比较：FDSM 固定每个机构{within.zh}的任务数和每项任务的机构数"
            f"（Zweig & Kaufmann 2011；抽样 {c.draws:,} 次，种子 {c.seed}），SDSM 只在平均上保持（Neal 2014），"
            "更为谨慎（Neal, Domagalski & Sagan 2021）。"
            f"q 按 Benjamini & Hochberg（1995）。网络整体的指标与同样固定两边的矩阵比较（{s.matrices:,} 个）。",
            f"Shared tasks are compared with two null models: FDSM keeps the tasks of each body{within.en} and the "
            f"bodies of each task (Zweig & Kaufmann 2011; {c.draws:,} draws, seed {c.seed}), SDSM keeps them on "
            "average (Neal 2014) and is the more cautious (Neal, Domagalski & Sagan 2021). "
            "q is by Benjamini & Hochberg (1995). Figures of the whole network are compared with matrices of the same "
            f"fixed sums ({s.matrices:,}).",
        ),
        Words(
            f"机构的区间来自对任务的有放回重抽（Efron & Tibshirani 1993；{s.resamples:,} 次）。"
            "它把计划中的任务看作同一政府"
            "可能写出的任务的抽取；若只把计划看作一份完整的文件，则没有抽样误差，区间只说明结果多依赖个别任务。"
            f"年度之间在同样多的任务上比较（Gotelli & Colwell 2001；{s.subsets:,} 次），网络之间的相关用 QAP 检验"
            f"（Krackhardt 1988；置换 {s.permutations:,} 次）。",
            "Intervals of bodies come from tasks resampled with replacement (Efron & Tibshirani 1993; "
            f"{s.resamples:,} resamples). This takes the tasks of a plan for draws from those the same government "
            "might "
            "have written; of the plan as a complete document there is no sampling error, and the intervals say only "
            "how much hangs on single tasks. Years are compared at the same number of tasks (Gotelli & Colwell 2001; "
            f"{s.subsets:,} draws), and correlations of networks are tested by QAP (Krackhardt 1988; "
            f"{s.permutations:,} permutations).",
        ),
        Words(
            "核心与边缘按 Borgatti & Everett（1999），中间人角色按 Gould & Fernandez（1989），中心势按 "
            "Freeman（1979），"
            f"约束按 Burt（2004），社群用 Louvain（Blondel 等 2008；{s.runs} 次），其一致程度用调整 Rand 指数"
            "（Hubert & Arabie 1985），模块度按 Newman（2004）。",
            "Core and periphery are by Borgatti & Everett (1999), brokerage by Gould & Fernandez (1989), "
            "centralisation by Freeman (1979), constraint by Burt (2004), communities by Louvain (Blondel et al. 2008; "
            f"{s.runs} runs) with the adjusted Rand index for agreement (Hubert & Arabie 1985) and modularity by "
            "Newman (2004).",
        ),
        Words(
            f"行文规则：只有两个区间不重叠或 q < {LEVEL} 时才说有差别，否则说分辨不开；“分辨不开”不等于“相同”。"
            "p 与 q 在各表之内校正，不跨表。正文由程序按这些规则从结果写出。"
            f"软件：plan-graph {__version__}；除机构对的零模型外，种子均为 {s.seed}。",
            "Rules of the text: a difference is claimed only where two intervals do not overlap or q is below "
            f"{LEVEL}; "
            "otherwise the data are said not to tell; that is not to say that there is none. q is corrected within a "
            "table, not across tables. The text is written from the results by a program that follows these rules. "
            f"Software: plan-graph {__version__}; seed {s.seed} for all but the null model of pairs.",
        ),
    )


def limits(study: Study) -> tuple[Words, ...]:
    """Say what none of this shows."""
    found = [
        CAVEAT,
        Words(
            "连线不说明原因：哪个机构为何与哪个机构同列，本文不作解释。",
            "Ties give no reasons: why a body is named beside another is not explained here.",
        ),
        Words(
            "零模型把名单看作任意的组合；任务的主题、机构的法定职责都不在模型里，多于预期可以只是两家职责相近。",
            "The null models take lists for arbitrary combinations: neither the subject of a task nor the legal duties "
            "of a body are in them, and to share more than expected may be no more than to have duties that are close.",
        ),
        Words(
            "抽取条款与确认名称都可能有错；表 T7 只说明做法的影响，不含抽取的差错。",
            "Reading clauses and resolving names may err; table T7 shows what hangs on choices, not such errors.",
        ),
        Words(
            "重抽任务时假定任务彼此独立；同一主题下的任务若名单相似，区间就偏窄。",
            "Resampling takes tasks for independent; if tasks of one theme have similar lists, intervals are too "
            "narrow.",
        ),
    ]
    if len(study.content.sources) == 1:
        found.append(
            Words("语料只有一个计划，结果不能推及其他计划。", "The corpus is one plan; nothing carries over to others.")
        )
    return tuple(found)
