"""A release of the Liaoning plan, and a small one of two plans in a few lines."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from plan_graph.corpus import Options, build_corpus
from plan_graph.publish.release import Publisher, Release, release
from plan_graph.reports.words import Words

SITE = "https://example.org/plan-graph/"
TEXT = """沈阳市重点任务方案

一、2016年重点工作（2项）
1．推进政务服务“一网通办”，新建平台2个。（牵头单位：市财政局；配合单位：市水利局、各县人民政府）
2．修建道路100公里。（市交通运输局、市财政局负责）
二、2017年重点工作（1项）
1．继续推进政务服务“一网通办”。（牵头单位：市财政局，配合单位：市水利局）
"""


def released(build: Path) -> Release:
    """Make the release that tests are about."""
    return release(
        build,
        site=SITE,
        version="2026-01-02",
        issued=date(2026, 1, 2),
        publisher=Publisher(
            Words("沈阳市", "Shenyang"), "LocalAuthority", "https://example.org/", "mailto:data@example.org"
        ),
    )


@pytest.fixture(scope="session")
def liaoning(built: Path) -> Release:
    return released(built)


@pytest.fixture(scope="session")
def small_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small")
    for name in ("plan-b", "plan-a"):
        (folder / f"{name}.txt").write_text(TEXT, encoding="utf-8")
    files = sorted(folder.glob("*.txt"))
    build_corpus(files, folder / "build", Options(draws=5))
    return folder / "build"


@pytest.fixture(scope="session")
def revised_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small build a year later: one plan lost its first task, the other is no more."""
    folder = tmp_path_factory.mktemp("revised")
    text = (
        TEXT.replace("（2项）", "（1项）").replace(TEXT.splitlines(keepends=True)[3], "").replace("2．修建", "1．修建")
    )
    (folder / "plan-a.txt").write_text(text, encoding="utf-8")
    build_corpus([folder / "plan-a.txt"], folder / "build", Options(draws=0))
    return folder / "build"


@pytest.fixture(scope="session")
def small(small_build: Path) -> Release:
    return released(small_build)
