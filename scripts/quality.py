"""Write docs/quality.md: scores against gold, agreement of readings, ledgers, and what segmentation is good for.

    python scripts/quality.py [--corpus ../shared/corpus] [--check]

The texts are the Liaoning plan and those of the corpus, which are not ours to copy and are looked for beside the
checkout. The same texts and the same software give the same page. With ``--check`` nothing is written, and the exit
code is 1 if the page is out of date.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from plan_graph.authority.reasons import REASONS
from plan_graph.corpus import Failure, Options, build_corpus
from plan_graph.evaluate.annotation import Annotation
from plan_graph.evaluate.fields import FIELDS, NAMES
from plan_graph.evaluate.found import ledgers, load_build
from plan_graph.evaluate.gold import load, load_all
from plan_graph.evaluate.measures import Measures
from plan_graph.evaluate.scores import Evaluation, agreement, compare_all
from plan_graph.graph.statements.document import UNREAD

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "quality.md"
CORPUS = ROOT.parent / "shared" / "corpus"
PLAN = ROOT / "data" / "raw" / "ln-2016-revitalisation.txt"
GOLD = ROOT / "data" / "gold"
BUILD = Options(validate=False, keywords=False, draws=0, cache=False)
ANNEX = "-annex"
NONE = "–"
AGREED = ("task", "party", "deadline", "citation")
HEAD = """\
<!-- Written by scripts/quality.py; do not edit, run: make quality -->

# 读取质量 · Quality of reading

本页由 `make quality` 生成（即 `python scripts/quality.py`）。所用原文除辽宁计划外不在本仓库中，须放在仓库旁的 `shared/corpus` 文件夹。各数也可用下列命令得到。

This page is written by `make quality`, which runs `python scripts/quality.py`. The texts, the Liaoning plan apart, are not in this repository: the script looks for them in the folder `shared/corpus` beside it. These commands give the same figures:

```sh
plan-graph build data/raw/ln-2016-revitalisation.txt ../shared/corpus --out build/quality --draws 0
plan-graph evaluate data/gold/plans build/quality --rows 0
python benchmarks/segmentation.py build/quality
```

编写规则时，这些文件都在手边。所以得分只说明这些写法已经认识，不能推断别的文件；要知道读得如何，请[自己标注、自己检验](how-to/gold.md)。

All of these documents were at hand while the rules were made. The scores say that their conventions are known, and are no estimate for other documents; for those, [annotate some and score them](how-to/gold.md).
"""  # noqa: E501 - a paragraph of Markdown is a line


@dataclass(frozen=True, slots=True)
class Built:
    """One build: its folder, its scores if it has annotated documents, its ledgers, and what could not be read."""

    folder: Path
    scores: Evaluation
    documents: list[dict[str, Any]]
    failed: tuple[Failure, ...]


def main() -> int:
    """Write the page, or say whether it is current."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--corpus", type=Path, default=CORPUS)
    options.add_argument("--check", action="store_true")
    given = options.parse_args()
    if not given.corpus.is_dir():
        sys.stderr.write(f"no folder {given.corpus}: it holds texts that are not ours to copy; name it with --corpus\n")
        return 2
    made = page(given.corpus)
    if given.check:
        return int(not PAGE.is_file() or PAGE.read_text(encoding="utf-8") != made)
    PAGE.write_text(made, encoding="utf-8", newline="\n")
    return 0


def page(corpus: Path) -> str:
    """Give the page for a corpus: plain texts and tables in the folder, pages and PDFs in its ``original``."""
    with tempfile.TemporaryDirectory() as folder:
        texts = sorted(p for p in corpus.iterdir() if p.suffix in (".txt", ".tsv") and p.name != "INDEX.tsv")
        golds = load_all(GOLD / "plans")
        plain = built([PLAN, *texts], Path(folder) / "texts", golds)
        files = sorted(p for p in (corpus / "original").iterdir() if p.is_file())
        originals = built(files, Path(folder) / "originals", with_annexes(golds))
        parts = [
            HEAD,
            scores(plain),
            of_originals(originals),
            errors([plain, originals]),
            readings(),
            resolved(plain),
            ledger([plain, originals]),
            segmentation(plain.folder),
        ]
    return "\n".join(parts)


def built(files: Sequence[Path], out: Path, golds: Sequence[Annotation]) -> Built:
    """Build files and score what is annotated of them."""
    made = build_corpus(files, out, BUILD)
    return Built(out, compare_all(golds, load_build(out), str(GOLD), str(out)), ledgers(out), made.failed)


def with_annexes(golds: Sequence[Annotation]) -> list[Annotation]:
    """Give the golds with annexes that are texts of their own put behind their plans: the PDF holds both.

    Offsets mean nothing in another form of a document, so it does not matter that those of an annex begin anew.
    """
    annexes = {one.id.removesuffix(ANNEX): one.items for one in golds if one.id.endswith(ANNEX)}
    plans = [one for one in golds if not one.id.endswith(ANNEX)]
    return [replace(one, items=one.items + annexes.get(one.id, ())) for one in plans]


# --- scores ----------------------------------------------------------------------------------------------------------


def scores(made: Built) -> str:
    """Give F1 of each annotated document and field, then the averages."""
    micro, macro = made.scores.micro(), made.scores.macro()
    rows = [
        (*_named(one.match.gold), len(one.match.gold.items), *(_f1(one.scores.get(field)) for field in FIELDS))
        for one in made.scores.documents
    ]
    tasks = sum(len(one.match.gold.items) for one in made.scores.documents)
    rows += [
        ("**总体 micro**", "", "", tasks, *(_f1(micro.get(field)) for field in FIELDS)),
        ("**平均 macro**", "", "", "", *(f"{macro[field]:.3f}" if field in macro else NONE for field in FIELDS)),
        ("**精确率 precision**", "", "", "", *(f"{micro[field].precision:.3f}" for field in FIELDS)),
        ("**召回率 recall**", "", "", "", *(f"{micro[field].recall:.3f}" for field in FIELDS)),
        ("**标注数 annotated**", "", "", "", *(sum(micro[field].counts[:2]) for field in FIELDS)),
    ]
    heads = ("文件 document", "文号 number", "写法 convention", "任务 tasks", *_fields())
    missing = [f"未生成 not built: {', '.join(one.id for one in made.scores.missing)}"] if made.scores.missing else []
    return _section(
        "## 与人工标注比较：F1 · F1 against gold",
        "写法的代号：A 以标签分牵头、配合，B 只有责任单位，C 以动词结尾，D 先写时限，E 表格，G 按单位列职责。",
        "Conventions: A labels for lead and support, B one label for all, C verbs at the end, D a deadline first, "
        "E tables, G duties listed by body.",
        _table(heads, rows),
        f"{NONE} 未标注，或双方都没有。合并计数把全部文件的事实放在一起数；平均只取有该项的文件。",
        f"{NONE} not annotated, or neither has any. *Micro* counts the facts of all documents together; *macro* is "
        "the mean over the documents that have the field.",
        *missing,
    )


def of_originals(made: Built) -> str:
    """Give F1 of the same plans read from the pages and PDFs they were published as."""
    files = {one["id"]: one["file"] for one in made.documents}
    rows = [
        (
            f"`{files[one.match.build.id]}`",
            one.match.gold.id,
            f"{len(one.match.build.items)} / {len(one.match.gold.items)}",
            *(_f1(one.scores.get(field)) for field in FIELDS[:7]),
        )
        for one in made.scores.documents
    ]
    scored = {one.match.build.id for one in made.scores.documents}
    rows += [
        (f"`{one['file']}`", "未标注 no gold", str(one["counts"]["tasks"]), *[NONE] * 7)
        for one in made.documents
        if one["id"] not in scored
    ]
    lines = [f"- `{one.file}` 未能读取 not read: {one.zh} {one.en}" for one in made.failed]
    return _section(
        "## 同样的计划，读自网页和 PDF · The same plans from pages and PDFs",
        "标注的是纯文本；网页和 PDF 按文号或标题对上，任务按编号依次对齐。附件另成一份标注的，与正文合在一起比较。",
        "The gold is of the plain texts; pages and PDFs are matched by document number or title, tasks aligned by "
        "their numbers in order. An annex that is annotated as a text of its own is put behind its plan.",
        _table(("文件 file", "标注 gold", "任务 tasks: 读出 read / 标注 gold", *_fields()[:7]), rows),
        *(["\n".join(lines)] if lines else []),
    )


def errors(all_built: Iterable[Built]) -> str:
    """Give every difference with both readings: names, times and titles only, no wording of the documents."""
    rows = []
    for made in all_built:
        files = {one["id"]: one["file"] for one in made.documents}
        for one in made.scores.documents:
            for e in one.errors:
                field = f"{NAMES[e.field][0]} {NAMES[e.field][1]}"
                sides = ("、".join(reading) or NONE for reading in (e.gold, e.build))
                place = f"{e.number} @{e.begin}" if one.match.same_text else e.number
                rows.append((f"`{files[one.match.build.id]}`", place, field, *sides))
    heads = ("文件 file", "任务 task", "项 field", "标注 gold", "读出 read")
    if not rows:
        return _section("## 已知差错 · Known errors", "没有。", "None.")
    return _section(
        "## 已知差错 · Known errors",
        f"全部 {len(rows)} 处差异，标注与读出各是什么；@ 后是任务在标注文本中的起点。",
        f"All {len(rows)} differences with both readings; the number after @ is where the task begins in the "
        "annotated text.",
        _table(heads, rows),
    )


# --- names -----------------------------------------------------------------------------------------------------------


def resolved(made: Built) -> str:
    """Give of each document how many mentions mean a body or a collective, and the names that mean neither."""
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    for row in pq.read_table(made.folder / "tables" / "participations.parquet").to_pylist():
        kinds[row["document"]][row["participant_kind"]] += 1
    rows: list[tuple[str | int, ...]] = []
    for one in made.documents:
        counts = kinds[one["id"]]
        whole, left = sum(counts.values()), counts["unresolved"]
        share = f"{(whole - left) / whole:.1%}" if whole else NONE
        names = "、".join(f"{u['name']} ×{u['mentions']}: {u['reason']}" for u in one["unresolved"])
        rows.append((one["id"], whole, counts["body"], counts["collective"], share, names or NONE))
    whole = sum(sum(c.values()) for c in kinds.values())
    left = sum(c["unresolved"] for c in kinds.values())
    rows.append(("**总体 all**", whole, "", "", f"{(whole - left) / whole:.1%}", ""))
    heads = (
        *("文件 document", "名称次数 mentions", "机构 body", "集合称谓 collective"),
        *("已确认 resolved", "未确认 not resolved"),
    )
    return _section(
        "## 名称确认了多少 · How many names are resolved",
        "每一次责任方中的名称，指一个机构或一个集合称谓的算已确认；其余列出原因。",
        "Every mention of a party; what means one body or one collective is resolved, the rest has its reason.",
        _table(heads, rows),
    )


# --- two readings ----------------------------------------------------------------------------------------------------


def readings() -> str:
    """Give the agreement of the two readings kept of each document, and of each with the settled gold."""
    rows, equal, settled_apart = [], [], []
    golds = [one for one in load_all(GOLD / "plans") if _reading(one, "a").is_file()]
    for one in golds:
        a, b = (load(_reading(one, reader)) for reader in "ab")
        found, roles, names = agreement(a, b)
        same = a.items == b.items
        equal += [one.id] if same else []
        settled_apart += [one.id] if one.items not in (a.items, b.items) else []
        kappa = NONE if roles is None else f"{roles:.3f}"
        said = "逐行相同 identical" if same else "有别 differ"
        rows.append((one.id, names, *(_f1(found.get(field)) for field in AGREED), kappa, said))
    heads = (
        *("文件 document", "名称 names"),
        *(f"{NAMES[field][0]} {NAMES[field][1]}" for field in AGREED),
        *("角色 κ", "甲乙两份 a and b"),
    )
    return _section(
        "## 两次标注的一致程度 · Agreement of the two readings",
        "乙对甲的 F1；κ 是双方都有的名称的角色的 Cohen κ。",
        "F1 of reading b against reading a; κ is Cohen's kappa of the roles of the names both have.",
        _table(heads, rows),
        *_caution(len(golds), equal, settled_apart),
        "辽宁计划的两份标注没有分别保存，三处分歧见[说明](../data/gold/NOTES.md)。",
        "The two readings of the Liaoning plan were not kept apart; its three differences are in the "
        "[notes](../data/gold/NOTES.md).",
    )


def _caution(documents: int, equal: Sequence[str], apart: Sequence[str]) -> list[str]:
    """Say what the agreement is worth: files that do not differ at all measure nothing."""
    said = []
    if equal:
        zh = "全部" if len(equal) == documents else f"{len(equal)} 份"
        en = "all of the" if len(equal) == documents else f"{len(equal)} of the"
        said += [
            f"**{documents} 份文件中，{zh}的甲乙两份标注逐行相同**，连偏移和标签也不差一字。"
            "乙由语言模型做成，所用的办法有几条是看过标注之后补写的（见[说明](../data/gold/NOTES.md)）：这样的一致只是上限。",
            f"**For {en} {documents} documents the two readings are identical line by line**, offsets and labels "
            "included. Reading b was made by language models, by guidelines some of whose rulings were written after "
            "the gold had been seen (see the [notes](../data/gold/NOTES.md)): an upper bound, and no "
            "evidence that two people who worked apart would agree.",
        ]
    if apart:
        said += [f"定稿与两份都不同：{'、'.join(apart)}。", f"The settled gold differs from both: {', '.join(apart)}."]
    return said


def _reading(one: Annotation, reader: str) -> Path:
    return GOLD / "readings" / f"{one.id}.{reader}.jsonl"


# --- ledgers ---------------------------------------------------------------------------------------------------------


def ledger(all_built: Sequence[Built]) -> str:
    """Give what became of every code point, task and name of each document."""
    rows: list[tuple[object, ...]] = []
    reasons: Counter[str] = Counter()
    open_names: Counter[str] = Counter()
    for made in all_built:
        unread = _unread(made.folder)
        for one in made.documents:
            count, names = one["counts"], one["unresolved"]
            for reason, size in unread[one["id"]].items():
                reasons[reason] += size
            for name in names:
                open_names[name["reason"]] += 1
            rows.append(
                (
                    f"`{one['file']}`",
                    *(count[key] for key in ("tasks", "clauses", "mentions")),
                    count["code-points"] - count["unread-code-points"],
                    count["unread-code-points"],
                    *(len(one[key]) for key in ("doubts", "warnings")),
                    f"{len(names)} ({sum(name['mentions'] for name in names)})",
                )
            )
    heads = (
        *("文件 file", "任务 tasks", "责任分工 clauses", "提及 mentions"),
        *("已读 code points read", "未读 unread", "疑似 doubts", "提醒 warnings", "未确认 unresolved (次 times)"),
    )
    why = [
        f"- {size:,}: {UNREAD[reason]} · {reason}"
        for reason, size in sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    names_why = [
        f"- {size}: {' · '.join(REASONS[reason])}"
        for reason, size in sorted(open_names.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    return _section(
        "## 台账 · Ledgers",
        "每份文件的每个字符：已读（标题、导语、任务、责任分工）或未读。“疑似”是看似责任分工而未读的句子，"
        "逐条在 `report.json` 中；“提及”按次计，同一名称可以多次。",
        "Every code point of each document is read (as heading, preamble, task or clause) or unread. *Doubts* are "
        "sentences that look like a responsibility clause and were not read; `report.json` lists them. *Mentions* "
        "counts a name as often as it is written.",
        _table(heads, rows),
        "未读的字符，按原因 · Unread code points by reason:",
        "\n".join(why),
        "未确认的名称，按原因 · Unresolved names by reason:",
        "\n".join(names_why),
    )


def _unread(folder: Path) -> Mapping[str, Counter[str]]:
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for part in pq.read_table(folder / "tables" / "parts.parquet").to_pylist():
        if part["kind"] == "unread":
            found[part["document"]][part["reason"]] += part["end"] - part["begin"]
    return found


# --- segmentation ----------------------------------------------------------------------------------------------------


def segmentation(folder: Path) -> str:
    """Give the comparisons of benchmarks/segmentation.py, and what follows from each."""
    spec = importlib.util.spec_from_file_location("segmentation", ROOT / "benchmarks" / "segmentation.py")
    assert spec is not None and spec.loader is not None
    benchmark = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(benchmark)
    blocks = benchmark.described(benchmark.measure(GOLD / "plans", folder))
    said = [block if isinstance(block, str) else _table(*block) for block in blocks]
    return _section("## 分词（jieba）用在哪里 · Where segmentation (jieba) is used", *said)


# --- Markdown --------------------------------------------------------------------------------------------------------


def _section(title: str, *blocks: str) -> str:
    return "\n\n".join((title, *blocks)) + "\n"


def _table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(_cell(value) for value in line)} |" for line in lines)


def _cell(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value).strip().replace("|", "\\|").replace("\n", " ")


def _named(gold: Annotation) -> tuple[str, str, str]:
    return gold.id, gold.number or NONE, gold.convention


def _fields() -> tuple[str, ...]:
    return tuple(f"{NAMES[field][0]} {NAMES[field][1]}" for field in FIELDS)


def _f1(score: Measures | None) -> str:
    return NONE if score is None or not any(score.counts) else f"{score.f1:.3f}"


if __name__ == "__main__":
    sys.exit(main())
