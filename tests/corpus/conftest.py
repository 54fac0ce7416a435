"""Small plans in our own words, a folder of them."""

from __future__ import annotations

from pathlib import Path

import pytest


def plan_text(title: str, lead: str, support: str, tasks: int = 3, year: int = 2017) -> str:
    """A plan of the province with as many tasks as wanted."""
    items = "".join(
        f"{n}．在大连、铁岭推进{title}第{n}批试点，建成示范区{n}个。（牵头单位：{lead}；配合单位：{support}）\n"
        for n in range(1, tasks + 1)
    )
    return f"辽宁省人民政府\n{year}年5月1日\n\n{title}行动计划\n\n一、着力完善体制机制\n{items}"


PLANS = {
    "alpha.txt": plan_text("口岸开放", "省商务厅", "省财政厅、大连海关"),
    "beta.txt": plan_text("粮食加工", "省农委", "省财政厅，有关市人民政府", 4, 2016),
    "gamma.txt": plan_text("职业教育", "省教育厅，省莫须有厅", "省财政厅"),
}


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    folder = tmp_path / "plans"
    folder.mkdir()
    for name, text in PLANS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder
