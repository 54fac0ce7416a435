"""Two short plans in our own words, and sites made of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from plan_graph.corpus import Options, build_corpus
from plan_graph.publish.release import Release, release

SITE = "https://example.org/plans/"
BASE = "https://w3id.org/plan-graph/id/"
FIRST = """辽宁省人民政府
2016年5月1日

口岸开放三年行动计划（2016-2018年）

一、2016年重点工作（2项）
（一）着力完善体制机制
1．在大连推进口岸开放试点，6月底前建成示范区3个。（牵头单位：省商务厅；配合单位：省财政厅、大连海关）
2．依据《关于促进外贸发展的意见》制定《口岸管理办法》。（牵头单位：省商务厅；配合单位：省财政厅、有关市人民政府）
二、2017年重点工作（1项）
1．在大连、铁岭推进口岸开放试点，建成示范区5个。（牵头单位：省商务厅，省莫须有厅；配合单位：省财政厅）
"""
SECOND = """辽宁省人民政府
2017年5月1日

职业教育行动计划

1．在铁岭推进职业教育试点，建成实训基地2个。（牵头单位：省教育厅；配合单位：省财政厅）
2．支持“</script>”类<b>棚户区</b>改造。（牵头单位：省教育厅；配合单位：省财政厅、省商务厅）
"""
EARLIER = SECOND + "3．支持养老服务。（牵头单位：省民政厅；配合单位：省财政厅）\n"


def made(folder: Path, first: str = FIRST, second: str = SECOND) -> Path:
    """Build the plans."""
    raw = folder / "raw"
    raw.mkdir(parents=True)
    for name, text in (("alpha", first), ("beta", second)):
        (raw / f"{name}.txt").write_text(text, encoding="utf-8")
    files = sorted(raw.glob("*.txt"))
    return build_corpus(files, folder / "build", Options(draws=50, validate=False)).out


def released(build: Path, *earlier: Path, version: str = "2026-01-02") -> Release:
    """Make a release of a build."""
    return release(build, site=SITE, version=version, issued=date(2026, 1, 2), earlier=earlier)
