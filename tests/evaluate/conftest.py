"""A small plan in our own words, its build, and its gold."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from plan_graph.corpus import Options, build_corpus

TEXT = """\
农村公路行动方案

辽宁省人民政府
2017年1月10日

一、2017年重点工作（2项）
（一）着力推进道路建设。
1．在大连市修路，2017年底前新建公路50公里，落实《公路养护规划》。（牵头单位：省交通厅；配合单位：省财政厅、有关市人民政府）
2．清理道路账目，支持大连理工大学开展研究。（责任单位：省审计厅）
"""


@dataclass(frozen=True)
class Small:
    """Where the plan, its build and its gold are; the gold's lines can be changed and written again."""

    file: Path
    build: Path
    gold: Path

    def write(self, *lines: object, name: str = "roads.jsonl") -> Path:
        self.gold.mkdir(exist_ok=True)
        made = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        (self.gold / name).write_text(made, encoding="utf-8")
        return self.gold / name


@pytest.fixture(scope="session")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("roads")
    (folder / "roads.txt").write_text(TEXT, encoding="utf-8")
    build_corpus([folder / "roads.txt"], folder / "build", Options(draws=0, keywords=False))
    return folder


@pytest.fixture
def small(built_once: Path, tmp_path: Path) -> Small:
    return Small(built_once / "roads.txt", built_once / "build", tmp_path / "gold")
