"""Fit the weights of lineage and duplicates to their gold, and write docs/similarity.md: how well they do.

Usage::

    python scripts/similarity.py          # write the page
    python scripts/similarity.py --fit    # print newly fitted weights instead, to be put into the modules

The duplicates are of the plans in ``../shared/corpus``, whose texts are not in this repository, together with the
Liaoning plan.
"""

from __future__ import annotations

import csv
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from plan_graph.analysis import duplicates, lineage
from plan_graph.analysis.facts import TaskFacts, task_facts
from plan_graph.analysis.similarity import Wordings
from plan_graph.authority.register import Register
from plan_graph.authority.words import Words
from plan_graph.corpus import Options, build_corpus
from plan_graph.graph.store import open_store

ROOT = Path(__file__).parent.parent
GOLD = ROOT / "data" / "gold"
PLAN = ROOT / "data" / "raw" / "ln-2016-revitalisation.txt"
CORPUS = ROOT.parent / "shared" / "corpus"
PAGE = ROOT / "docs" / "similarity.md"
COPIES = 20  # tasks set beside themselves under another lead
RIDGE = 0.3  # penalty on squared weights: some hundred pairs do not bear more
ROUNDS = 3  # of fits to features that depend on the fit before
Floats = npt.NDArray[np.float64]
Row = dict[str, str]


def rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def facts(*files: Path) -> list[TaskFacts]:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "build"
        build_corpus(files, out, Options(validate=False, keywords=False, draws=0, lineage=False))
        return task_facts(open_store(out))


def fit(x: Floats, y: Floats, free: Sequence[bool]) -> Floats:
    """Fit a logistic model with a ridge penalty; weights are not negative unless free."""

    def loss(w: Floats) -> tuple[float, Floats]:
        p = 1 / (1 + np.exp(-x @ w))
        penalty = RIDGE * np.r_[0, w[1:]]
        value = -np.sum(y * np.log(p + 1e-12) + (1 - y) * np.log(1 - p + 1e-12)) + penalty @ w
        return float(value), x.T @ (p - y) + 2 * penalty

    bounds = [(None, None) if one else (0, None) for one in free]
    found: Floats = minimize(loss, np.zeros(x.shape[1]), jac=True, bounds=bounds).x
    return found


class LineageSet:
    """The candidate pairs of the Liaoning plan with their features and the reading."""

    def __init__(self, words: Words) -> None:
        self.tasks = facts(PLAN)
        self.wordings = Wordings(self.tasks, words)
        self.pairs = lineage.candidates(self.tasks, self.wordings)
        self.gold = {(row["earlier"], row["later"]): row for row in rows(GOLD / "lineage.csv")}
        self.keys = [(self.tasks[p.earlier].id, self.tasks[p.later].id) for p in self.pairs]
        self.y = np.array([float(key in self.gold) for key in self.keys])
        self.later = [later for _, later in self.keys]
        self.years = [f"{self.tasks[p.earlier].year}-{self.tasks[p.later].year}" for p in self.pairs]
        self.names = list(lineage.WEIGHTS)
        self.free = [name in ("constant", "other-lead") for name in self.names]

    def x(self) -> Floats:
        return np.array(
            [[one[n] for n in self.names] for one in lineage.features(self.tasks, self.wordings, self.pairs)]
        )

    def weights(self, kept: npt.NDArray[np.bool_] | None = None) -> Floats:
        """Fit to the pairs kept, or to all; the order of the surest links depends on the weights, so again and again."""
        kept = np.ones(len(self.y), np.bool_) if kept is None else kept
        for _ in range(ROUNDS):
            found = fit(self.x()[kept], self.y[kept], self.free).round(2)
            lineage.WEIGHTS = dict(zip(self.names, found.tolist(), strict=True))
        return found

    def left_out(self, groups: Sequence[str]) -> Floats:
        """Give for each pair its score when its group is left out of the fit."""
        shipped = lineage.WEIGHTS
        found, names = np.zeros(len(self.y)), np.array(groups)
        for group in sorted(set(groups)):
            own = names == group
            lineage.WEIGHTS = shipped
            weights = self.weights(~own)
            found[own] = 1 / (1 + np.exp(-self.x()[own] @ weights))
        lineage.WEIGHTS = shipped
        return found


class DuplicateSet:
    """The judged pairs with their features."""

    def __init__(self, words: Words) -> None:
        self.tasks = facts(PLAN, *sorted(CORPUS.glob("*.txt")))
        wordings = Wordings(self.tasks, words)
        rarity = duplicates.Rarity(self.tasks)
        at = {(task.plan, task.id): i for i, task in enumerate(self.tasks)}
        self.both_read = rows(GOLD / "duplicates.csv")
        self.gold = self.both_read + rows(GOLD / "duplicates-other-lead.csv")
        self.names = list(duplicates.WEIGHTS)
        self.free = [name in ("constant", "no-lead", "elsewhere") for name in self.names]
        found = []
        for row in self.gold:
            i, j = sorted((at[row["left_plan"], row["left"]], at[row["right_plan"], row["right"]]))
            one = duplicates.compare(self.tasks, wordings, rarity, i, j)
            own = duplicates.features(self.tasks, wordings, one)
            found.append([own[name] for name in self.names])
        self.x = np.array(found)
        self.y = np.array([float(row["judgement"] in ("same", "overlap")) for row in self.gold])
        self.copies = np.array(
            [self._copy(wordings, at) for at in range(0, len(self.tasks), len(self.tasks) // COPIES)]
        )
        leads = {(task.plan, task.id): task.leads for task in self.tasks}
        both = [(leads[r["left_plan"], r["left"]], leads[r["right_plan"], r["right"]]) for r in self.gold]
        self.other_lead: npt.NDArray[np.bool_] = np.array(
            [bool(one and other) and not one & other for one, other in both]
        )

    def _copy(self, wordings: Wordings, at: int) -> list[float]:
        """Give the features of a task and its copy under another lead, which overlap by definition.

        Readers found few tasks repeated as a whole.
        """
        bits = wordings.bits(at)
        own = {
            "constant": 1.0,
            "wording": float(np.log1p(bits)),
            "characters": wordings.characters(at, at),
            "clause": 1.0,
        }
        return [own.get(name, 0.0) for name in self.names]

    def fit(self, without: int | None = None) -> Floats:
        """Fit to the judged pairs, but for one, and to the copies."""
        kept = np.arange(len(self.y)) != (-1 if without is None else without)
        x, y = np.r_[self.x[kept], self.copies], np.r_[self.y[kept], np.ones(len(self.copies))]
        return fit(x, y, self.free)

    def left_out(self) -> Floats:
        """Give for each pair its score when it is left out of the fit."""
        return np.array([1 / (1 + np.exp(-self.x[at] @ self.fit(at))) for at in range(len(self.y))])


def refit() -> None:
    words = Words(Register.load())
    LineageSet(words).weights()
    theirs = DuplicateSet(words)
    print("lineage.WEIGHTS =", lineage.WEIGHTS)
    weights = theirs.fit().round(2).tolist()
    print("duplicates.WEIGHTS =", dict(zip(theirs.names, weights, strict=True)))


def agreement(one: Sequence[Row], other: Sequence[Row], key: Callable[[Row], object]) -> tuple[int, int, int]:
    """Give how many both have, only the one, only the other."""
    ours, theirs = {key(row) for row in one}, {key(row) for row in other}
    return len(ours & theirs), len(ours - theirs), len(theirs - ours)


def kappa(one: Sequence[object], other: Sequence[object]) -> float:
    """Cohen's kappa (1960) of two lists of labels."""
    same = sum(a == b for a, b in zip(one, other, strict=True)) / len(one)
    ours, theirs = Counter(one), Counter(other)
    chance = sum(ours[label] * theirs[label] for label in ours) / len(one) ** 2
    return (same - chance) / (1 - chance)


def auc(positive: Floats, negative: Floats) -> float:
    """Give how often a positive scores higher than a negative, ties as half."""
    return float(np.mean([(p > n) + 0.5 * (p == n) for p in positive for n in negative]))


def table(head: Sequence[str], lines: Sequence[Sequence[object]]) -> list[str]:
    return ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)] + [
        "| " + " | ".join(f"{cell:.3f}" if isinstance(cell, float) else str(cell) for cell in line) + " |"
        for line in lines
    ]


def lineage_page(words: Words) -> list[str]:
    ours = LineageSet(words)
    found = {(link.earlier.id, link.later.id): link for link in lineage.links(ours.tasks, words)}
    out, other_years = ours.left_out(ours.later), ours.left_out(ours.years)
    sure = {key for key, row in ours.gold.items() if row["certainty"] == "sure"}
    a, b = rows(GOLD / "readings" / "lineage.a.csv"), rows(GOLD / "readings" / "lineage.b.csv")
    both, only_a, only_b = agreement(a, b, lambda row: (row["earlier"], row["later"]))
    kind_a = {(row["earlier"], row["later"]): row["kind"] for row in a}
    kind_b = {(row["earlier"], row["later"]): row["kind"] for row in b}
    shared = sorted(kind_a.keys() & kind_b.keys())
    right = [key for key in found if key in ours.gold]
    kinds = sum(found[key].kind == ours.gold[key]["kind"] for key in right)

    def line(label: str, got: set[tuple[str, str]]) -> list[object]:
        hit = len(got & ours.gold.keys())
        precision, recall = hit / max(1, len(got)), hit / len(ours.gold)
        return [label, len(got), precision, recall, 2 * hit / (len(got) + len(ours.gold)), len(got & sure) / len(sure)]

    lines = [line("内置权重 weights as shipped", set(found))]
    for threshold in (0.3, lineage.LEAST, 0.5, 0.6):
        got = {key for key, value in zip(ours.keys, out, strict=True) if value >= threshold}
        lines.append(line(f"留一 left out, ≥ {threshold:g}", got))
    for threshold in (lineage.LEAST, 0.5):
        got = {key for key, value in zip(ours.keys, other_years, strict=True) if value >= threshold}
        lines.append(line(f"留年 years left out, ≥ {threshold:g}", got))
    missed = sorted(ours.gold.keys() - found.keys(), key=lambda key: key[::-1])
    false = sorted(found.keys() - ours.gold.keys(), key=lambda key: key[::-1])
    return [
        "## 任务沿革 · Lineage",
        "",
        f"辽宁计划 2016、2017、2018 三年之间，两人通读后认定 {len(ours.gold)} 条承接关系，其中 {len(sure)} 条两人都确信。"
        f"甲读出 {len(a)} 条，乙读出 {len(b)} 条，共同的 {both} 条，只有甲的 {only_a} 条，只有乙的 {only_b} 条；共同的之中，"
        f"方式相同的 {sum(kind_a[k] == kind_b[k] for k in shared)} 条。两次都由语言模型通读做成，互不相见；一致只是上限。",
        "",
        f"Between 2016, 2017 and 2018 of the Liaoning plan two readings found {len(ours.gold)} links, {len(sure)} of them "
        f"sure to both. Reading a has {len(a)}, reading b {len(b)}, {both} in common; of these "
        f"{sum(kind_a[k] == kind_b[k] for k in shared)} have the same kind. Both readings were made by language models that "
        "did not see each other's: an upper bound of what two people would agree on.",
        "",
        "“留一”指每项后一年的任务轮流不参加拟合，再给它打分，“留年”指三对年度轮流不参加拟合，是对新任务较诚实的估计；内置权重用全部数据拟合。用哪些依据、同义词和阶段词，是看着"
        "这份标注定的，所以留一也略偏高。",
        "",
        "*Left out*: each later task is scored by a fit without it; *years left out*: each of the three pairs of years by a "
        "fit to the other two. Both are more honest estimates; the weights as shipped are fitted to all. Which features, synonyms and words of stages there are was decided with this reading in view, so "
        "left out is a little high too.",
        "",
        *table(
            ["", "给出 links", "精确率 precision", "召回率 recall", "F1", "确信者的召回率 recall of the sure"],
            lines,
        ),
        "",
        f"给对的 {len(right)} 条中，方式也对的 {kinds} 条。Of the {len(right)} right links {kinds} have the right kind.",
        "",
        "漏掉的 Missed: "
        + "；".join(f"{e}→{la} {ours.gold[e, la]['object']}（{ours.gold[e, la]['certainty']}）" for e, la in missed),
        "",
        "多出的 Not in the reading: " + "；".join(f"{e}→{la}" for e, la in false),
    ]


def duplicates_page(words: Words) -> list[str]:
    ours = DuplicateSet(words)
    out = ours.left_out()
    a, b = rows(GOLD / "readings" / "duplicates.a.csv"), rows(GOLD / "readings" / "duplicates.b.csv")
    yes = ("same", "overlap")
    both = kappa([row["judgement"] in yes for row in a], [row["judgement"] in yes for row in b])
    four = kappa([row["judgement"] for row in a], [row["judgement"] for row in b])
    first, second = sum(row["judgement"] in yes for row in ours.both_read), len(ours.gold) - len(ours.both_read)
    apart = ours.other_lead & (ours.y > 0)
    area = auc(out[ours.y > 0], out[ours.y == 0])
    area_apart = auc(out[apart], out[ours.other_lead & (ours.y == 0)])
    bins = []
    for low in (0.0, 0.2, 0.4, 0.6, 0.8):
        own = (out >= low) & (out < low + 0.2 + (low == 0.8))
        mean, share = (float(out[own].mean()), float(ours.y[own].mean())) if own.any() else (0.0, 0.0)
        bins.append([f"{low:.1f}–{low + 0.2:.1f}", int(own.sum()), mean, share])
    lines = []
    for threshold in (duplicates.LEAST, 0.3, 0.4, 0.5, 0.6):
        got = out >= threshold
        hit = float(ours.y[got].sum())
        found = int((got & ours.other_lead).sum())
        lines.append(
            [
                f"≥ {threshold:g}",
                int(got.sum()),
                hit / max(1, int(got.sum())),
                hit / float(ours.y.sum()),
                found,
                float((got & apart).sum()) / max(1, found),
                float((got & apart).sum() / apart.sum()),
            ]
        )
    return [
        "## 可能重复的任务 · Possible duplicates",
        "",
        f"从十九份计划的 {len(ours.tasks)} 项任务中分层抽取 {len(ours.both_read)} 对（措辞最近的，和随机的；辽宁计划同一年度之内另抽 70 对），由两人分别"
        f"判断是否重叠；{first} 对判为相同或重叠。两人是否重叠的 Cohen κ 为 {both:.3f}，四级判断为 {four:.3f}。另有 {second} 对，两项任务都有牵头而"
        f"牵头全不同，是措辞最近的和 20 对随机的，由一人判断，{int(ours.y.sum()) - first} 对重叠。",
        "",
        f"{len(ours.both_read)} pairs of the {len(ours.tasks)} tasks of nineteen plans, drawn in strata (those with the most "
        "wording in common, and random ones; 70 more within one year of the Liaoning plan), were judged by two readers "
        f"apart; {first} were found to be the same or to overlap. Cohen's κ is {both:.3f} for overlap or not, {four:.3f} for "
        f"the four judgements. {second} more pairs, in which both tasks have leads and share none, the most alike and 20 at "
        f"random, were judged by one reader; {int(ours.y.sum()) - first} overlap. All readers are language models.",
        "",
        f"拟合时另加二十项任务与其照抄件（按定义即重叠）。每一对都由不含它的拟合打分（留一）。AUC {area:.3f}，牵头全不同的 {area_apart:.3f}；Brier "
        f"{float(np.mean((out - ours.y) ** 2)):.3f}。样本不是随机的，所以精确率是对这个样本说的；牵头全不同而重叠的只有 {int(apart.sum())} 对，其数字误差大。",
        "",
        "Twenty tasks beside their own copy, which overlap by definition, are added to the fit. Each pair is scored by a "
        f"fit without it. AUC {area:.3f}, {area_apart:.3f} where no lead is shared; Brier "
        f"{float(np.mean((out - ours.y) ** 2)):.3f}. The sample is not random: precision is of this sample. Only "
        f"{int(apart.sum())} pairs that share no lead overlap, so what is said of them is rough.",
        "",
        *table(
            [
                "得分 score",
                "对数 pairs",
                "精确率 precision",
                "召回率 recall",
                "其中牵头全不同 of these no lead shared",
                "其精确率 their precision",
                "其召回率 their recall",
            ],
            lines,
        ),
        "",
        "得分是否可信：每一档里，平均得分与真正重叠的比例。",
        "",
        "Calibration: in each bin the mean score and the share that overlaps.",
        "",
        *table(["得分 score", "对数 pairs", "平均得分 mean score", "重叠比例 overlap"], bins),
    ]


def write() -> None:
    words = Words(Register.load())
    page = [
        "<!-- Written by scripts/similarity.py; do not edit, run: make similarity -->",
        "",
        "# 沿革与重复：依据与可信程度 · Lineage and duplicates: what they rest on",
        "",
        "本页由 `make similarity` 生成。除辽宁计划外，所用原文不在本仓库中，须放在仓库旁的 `shared/corpus`。标注在 "
        "`data/gold`，办法见[说明](../data/gold/GUIDELINES.md)。",
        "",
        "This page is written by `make similarity`. Texts other than the Liaoning plan are not in this repository: they are "
        "looked for in `shared/corpus` beside it. The gold is in `data/gold`, its [guidelines](../data/gold/GUIDELINES.md) "
        "too.",
        "",
        *lineage_page(words),
        "",
        *duplicates_page(words),
        "",
    ]
    PAGE.write_text("\n".join(page), encoding="utf-8")


if __name__ == "__main__":
    if "--fit" in sys.argv[1:]:
        refit()
    else:
        write()
