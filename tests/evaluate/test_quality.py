"""docs/quality.md is what scripts/quality.py gives, and its prose says what its figures say."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "quality.md"


@pytest.fixture(scope="module")
def quality() -> Iterator[ModuleType]:
    spec = importlib.util.spec_from_file_location("quality", ROOT / "scripts" / "quality.py")
    assert spec is not None and spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    sys.modules["quality"] = made  # where its dataclasses look for their module
    spec.loader.exec_module(made)
    yield made
    del sys.modules["quality"]


@pytest.fixture(scope="module")
def page() -> str:
    return PAGE.read_text(encoding="utf-8")


def test_the_page_is_current(quality: ModuleType, shared: Path, page: str) -> None:
    assert quality.page(shared / "corpus") == page, "run: make quality"


def cells(page: str, first: str) -> list[str]:
    """Give the cells of the row that begins so."""
    (row,) = re.findall(rf"^\| {re.escape(first)} \| (.+) \|$", page, re.M)
    return [cell.strip() for cell in row.split("|")]


def test_every_document_is_in_the_page(quality: ModuleType, page: str) -> None:
    for one in quality.load_all(quality.GOLD / "plans"):
        assert re.search(rf"^\| {re.escape(one.id)} \| .* \| {len(one.items)} \| [01]\.", page, re.M), one.id


def test_every_error_is_in_the_page(page: str) -> None:
    stated = re.search(r"^All (\d+) differences", page, re.M)
    section = page.partition("## 已知差错")[2].partition("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("| `")]
    assert stated is not None
    assert len(rows) == int(stated[1])


def test_what_the_page_says_of_segmentation_is_what_it_measured(page: str) -> None:
    """The sentences are written by hand; they hold for these figures, and this says so when the figures change."""
    ways = (
        "jieba 加登记表 jieba with the register",
        "按各标点切，去标签和动词 split at every mark, labels and verbs off",
        "语法规则 grammar",
    )
    cut, split, grammar = (float(cells(page, way)[-1]) for way in ways)
    assert cut < 0.5
    assert 0.9 < split < grammar
    words, bigrams = (float(cells(page, way)[2]) for way in ("jieba 词 jieba words", "双字 character bigrams"))
    assert words < 0.95 < bigrams
    themes = re.search(r"words are right for (\d+) / \d+ and bigrams for (\d+) / \d+: words are no better", page)
    assert themes is not None
    assert int(themes[1]) <= int(themes[2])
    running = re.findall(r"whole (\d+) / (\d+)|model (\d+) / (\d+)|register (\d+) / (\d+)", page)
    shares = [int(a) / int(b) for found in running for a, b in [[n for n in found if n]]]
    assert len(shares) == 3
    assert max(shares) < 0.5


def test_what_the_page_says_of_the_readings_is_so(quality: ModuleType, page: str) -> None:
    golds = [one for one in quality.load_all(quality.GOLD / "plans") if quality._reading(one, "a").is_file()]
    same = [
        quality.load(quality._reading(one, "a")).items == quality.load(quality._reading(one, "b")).items
        for one in golds
    ]
    assert page.count("| 逐行相同 identical |") == sum(same)
    assert ("an upper bound, and no evidence that two people who worked apart would agree" in page) is any(same)


def test_without_the_corpus_the_page_is_not_touched(
    quality: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["quality.py", "--corpus", str(tmp_path / "none")])
    before = PAGE.read_bytes()
    assert quality.main() == 2
    assert "texts that are not ours to copy" in capsys.readouterr().err
    assert PAGE.read_bytes() == before
