"""Where segmentation by jieba helps, measured against hand annotation and against what needs no segmentation.

    python benchmarks/segmentation.py BUILD [--gold data/gold/plans] [--json FILE]

BUILD is a build of the annotated plans. Every number is a count over named data; nothing is timed.
"""

from __future__ import annotations

import argparse
import json
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from plan_graph.authority.register import Register
from plan_graph.evaluate.annotation import plain
from plan_graph.evaluate.found import load_build
from plan_graph.evaluate.gold import load_all
from plan_graph.evaluate.matching import Match, find_document, match
from plan_graph.evaluate.measures import Score, compare
from plan_graph.extraction.keywords import cut, tokenizer

ROOT = Path(__file__).parent.parent
GOLD = ROOT / "data" / "gold" / "plans"
MARKS = frozenset(  # words of the clause itself, which no reader would take for a name
    {
        *(
            "牵头",
            "单位",
            "牵头单位",
            "责任",
            "责任单位",
            "责任部门",
            "部门",
            "配合",
            "配合单位",
            "负责",
            "参与",
            "指导",
        ),
        *(
            "落实",
            "按",
            "职责",
            "职责分工",
            "分工",
            "等",
            "和",
            "及",
            "具体",
            "组织",
            "实施",
            "以下",
            "均",
            "需",
            "不再",
        ),
        *("列出", "逗号", "前", "为", "其余", "下", "同", "下同", "列", "首位", "第一位", "者", "的"),
    }
)
QUERIES = (  # words a reader of such plans looks for; chosen before any result was seen
    *("养老", "托育", "婴幼儿", "照护", "创业", "贷款", "补贴", "税收", "就业", "培训", "人才", "农机", "农业机械化"),
    *("贫困地区", "扶贫", "消费", "旅游", "体育", "赛事", "俱乐部", "固体废物", "垃圾", "危险废物", "无废城市"),
    *("营商环境", "审批", "许可", "标准地", "工业用地", "制造业", "企业", "数据集", "人工智能", "大数据", "算力"),
    *("文化遗产", "公路", "养护", "路长", "棚户区", "国有企业", "港口", "铁路", "高校", "知识产权", "信用", "医疗"),
)
LIMIT = 30  # code points a title may have
_HAN = re.compile(r"[\u4e00-\u9fff]+")
Cut = Callable[[str], list[str]]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("build", type=Path)
    parser.add_argument("--gold", type=Path, default=GOLD)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    found = measure(given.gold, given.build)
    text = json.dumps(found, ensure_ascii=False, indent=2) + "\n"
    if given.json:
        given.json.write_text(text, encoding="utf-8", newline="\n")
    else:
        print(text, end="")


def measure(gold: Path, build: Path) -> dict[str, Any]:
    """Give all comparisons."""
    builds = load_build(build)
    pairs = [(one, find_document(one, builds)) for one in load_all(gold)]
    matches = [match(one, *pick) for one, pick in pairs if pick]
    register = Register.load()
    known = tokenizer(register)  # with the register's names as its dictionary, as the keywords use it
    plain_jieba = type(known)()
    plain_jieba.tmp_dir = known.tmp_dir
    texts = wordings(matches)
    return {
        "documents": len(matches),
        "names in clauses": names(matches, known, plain_jieba),
        "search": search(texts, known),
        "themes": themes(next(m for m in matches if m.gold.items[0].theme is not None), known, register),
        "titles": titles(texts, known),
        "organisations in running text": organisations(matches, known, plain_jieba),
    }


# --- names in clauses ------------------------------------------------------------------------------------------------


def names(matches: Sequence[Match], known: Any, bare: Any) -> dict[str, Any]:
    """Score four ways to get the names out of clauses whose place is given: (task, name) against the gold."""
    wanted: list[tuple[str, ...]] = []
    found: dict[str, list[tuple[str, ...]]] = {
        "grammar": [],
        "split at 、 and ，": [],
        "jieba": [],
        "jieba with the register": [],
    }
    for one in matches:
        text = one.build.text or ""
        for at, (gold, build) in enumerate(one.pairs):
            if gold is None or not gold.clauses:
                continue
            key = f"{one.gold.id}/{at}"
            own = {p.name for p in gold.parties or () if not p.inherited}
            wanted += [(key, plain(name)) for name in own]
            inherited = {p.name for p in gold.parties or () if p.inherited} - own
            read = {p.name for p in (build.parties or ())} - inherited if build else set()
            found["grammar"] += [(key, plain(name)) for name in read]
            words = [text[begin:end] for begin, end in gold.clauses]
            found["split at 、 and ，"] += _once(
                key, (w for clause in words for w in re.split("[、，]", bared(clause)))
            )
            for name, segmenter in (("jieba", bare), ("jieba with the register", known)):
                pieces = (w for clause in words for w in segmenter.cut(clause, HMM=name == "jieba"))
                found[name] += _once(key, (w for w in pieces if w not in MARKS and len(w) > 1 and _HAN.fullmatch(w)))
    return {name: measured(compare(name, wanted, facts)) for name, facts in found.items()}


def bared(clause: str) -> str:
    """Give a clause without its outer brackets and what stands before its first colon."""
    return clause.strip("（）()〔〕").partition("：")[2] or clause.strip("（）()〔〕")


def _once(key: str, words: Iterable[str]) -> list[tuple[str, ...]]:
    return [(key, word) for word in dict.fromkeys(words) if word]


# --- search ----------------------------------------------------------------------------------------------------------


def wordings(matches: Sequence[Match]) -> list[str]:
    """Give the wording of every task of the gold: from its begin to its first clause, or the next task."""
    texts: list[str] = []
    for one in matches:
        text = one.build.text or ""
        begins = [item.begin for item in one.gold.items]
        for item, until in zip(one.gold.items, [*begins[1:], len(text)], strict=True):
            end = min([until, *(begin for begin, _ in item.clauses if begin > item.begin)])
            texts.append(text[item.begin + len(item.number) : end].strip())
    return texts


def search(texts: Sequence[str], known: Any) -> dict[str, Any]:
    """Retrieve tasks by a word: those that hold all its index terms, against those in whose wording it stands."""
    stop = frozenset[str]()
    schemes: dict[str, tuple[Cut, Cut]] = {
        "character bigrams": (bigrams, bigrams),
        "jieba words": (lambda t: cut(known, t, stop), lambda q: cut(known, q, stop) or [q]),
        "jieba words and their parts": (
            lambda t: list(known.cut_for_search(t, HMM=False)),
            lambda q: list(known.cut(q, HMM=False)),
        ),
    }
    truth = {(query, str(at)) for query in QUERIES for at, text in enumerate(texts) if query in text}
    made: dict[str, Any] = {"queries": len(QUERIES), "tasks": len(texts), "truth": len(truth)}
    for name, (of_text, of_query) in schemes.items():
        index = [frozenset(of_text(text)) for text in texts]
        hits = [(q, str(at)) for q in QUERIES for at, terms in enumerate(index) if terms.issuperset(of_query(q))]
        made[name] = measured(compare(name, sorted(truth), hits)) | {"terms": len(frozenset[str]().union(*index))}
    return made


def bigrams(text: str) -> list[str]:
    """Give every pair of neighbouring Han characters."""
    return [run[at : at + 2] for run in _HAN.findall(text) for at in range(len(run) - 1)]


# --- words that tell themes apart ----------------------------------------------------------------------------------


def themes(one: Match, known: Any, register: Register) -> dict[str, Any]:
    """Guess each task's theme from its most similar other task: cosine of tf-idf over words, and over bigrams."""
    labels = [item.theme or "" for item in one.gold.items]
    texts = wordings([one])
    schemes: dict[str, Cut] = {
        "character bigrams": bigrams,
        "jieba words": lambda text: cut(known, text, register.stop_words),
    }
    made: dict[str, Any] = {"tasks": len(texts), "themes": len(set(labels))}
    for name, terms in schemes.items():
        bags = [Counter(terms(text)) for text in texts]
        frequency = Counter(term for bag in bags for term in bag)
        vectors = [weighed(bag, frequency, len(bags)) for bag in bags]
        right = sum(labels[nearest(vectors, at)] == labels[at] for at in range(len(vectors)))
        made[name] = {"right": right, "share": round(right / len(texts), 4)}
    return made


def weighed(bag: Counter[str], frequency: Counter[str], count: int) -> dict[str, float]:
    """Give a bag's tf-idf weights, scaled to length 1."""
    weights = {term: n * math.log(count / frequency[term]) for term, n in bag.items()}
    length = math.sqrt(sum(w * w for w in weights.values())) or 1.0
    return {term: w / length for term, w in weights.items()}


def nearest(vectors: Sequence[dict[str, float]], at: int) -> int:
    """Give the other vector with the greatest cosine; of equals the first."""
    own = vectors[at]
    likeness = [(sum(w * v.get(t, 0.0) for t, w in own.items()), -other) for other, v in enumerate(vectors)]
    likeness[at] = (-1.0, 0)
    return -max(likeness)[1]


# --- titles ----------------------------------------------------------------------------------------------------------


def titles(texts: Sequence[str], known: Any) -> dict[str, Any]:
    """Count where a title of at most LIMIT code points ends at a mark, and what a cut at the limit would split."""
    ends = {"sentence end within the limit": 0, "only a comma or semicolon": 0, "no mark within the limit": 0}
    split = {"cut at the limit": 0, "cut at the last comma": 0}
    for text in texts:
        line = text.split("\n", 1)[0]
        if len(line) <= LIMIT or re.search("[。！？]", line[: LIMIT + 1]):
            ends["sentence end within the limit"] += 1
            continue
        marked = re.search("[，；：、]", line[: LIMIT + 1])
        ends["only a comma or semicolon" if marked else "no mark within the limit"] += 1
        split["cut at the limit"] += not at_boundary(known, line, LIMIT)
        last = max((line.rfind(mark, 0, LIMIT + 1) for mark in "，；："), default=-1)
        split["cut at the last comma"] += last < 0 and not at_boundary(known, line, LIMIT)
    return {"tasks": len(texts), **ends, "words split by": split}


def at_boundary(known: Any, text: str, at: int) -> bool:
    """Tell whether jieba has a word boundary at a place of a text."""
    return any(end == at for _, _, end in known.tokenize(text, HMM=False))


# --- organisations in running text -----------------------------------------------------------------------------------


def organisations(matches: Sequence[Match], known: Any, bare: Any) -> dict[str, Any]:
    """Ask where the names of a document's parties stand in its running text, and whether jieba cuts them out whole."""
    made: dict[str, Any] = {}
    for name, segmenter, hmm in (
        ("jieba", bare, False),
        ("jieba with HMM", bare, True),
        ("jieba with the register", known, False),
    ):
        whole = cut_up = 0
        for one in matches:
            text = masked(one)
            spans = occurrences(text, {p.name for item in one.gold.items for p in item.parties or ()})
            tokens = {(begin, end) for _, begin, end in segmenter.tokenize(text, HMM=hmm)}
            whole += sum(span in tokens for span in spans)
            cut_up += sum(span not in tokens for span in spans)
        made[name] = {"whole": whole, "cut up": cut_up, "recall": round(whole / (whole + cut_up), 4)}
    return made


def masked(one: Match) -> str:
    """Give a text with its clauses blanked out."""
    text = list(one.build.text or "")
    for item in one.gold.items:
        for begin, end in item.clauses:
            text[begin:end] = "。" * (end - begin)
    return "".join(text)


def occurrences(text: str, wanted: Iterable[str]) -> set[tuple[int, int]]:
    """Give where names stand in a text, the longer before the shorter."""
    pattern = "|".join(re.escape(name) for name in sorted(wanted, key=len, reverse=True))
    return {found.span() for found in re.finditer(pattern, text)} if pattern else set()


def measured(score: Score) -> dict[str, float | int]:
    """Give a score as numbers."""
    return {"precision": round(score.precision, 4), "recall": round(score.recall, 4), "f1": round(score.f1, 4)}


if __name__ == "__main__":
    main()
