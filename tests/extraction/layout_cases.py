"""Tables of tasks as offices make them, each unlike the others in one thing: columns, merges, separators, heads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # for mypy this folder is on the path, for pytest the root of the project
    from layouts import Case, Job
else:
    from tests.extraction.layouts import Case, Job

_FIVE = (
    ("number", "序号"),
    ("text", "工作任务"),
    ("leads", "牵头单位"),
    ("supports", "配合单位"),
    ("time", "完成时限"),
)
_JOBS = (
    Job("推进政务服务一网通办，完善线上线下融合的办事机制。", ("市营商局",), ("市发展改革委", "市财政局")),
    Job(
        "建设统一的投诉举报平台。",
        ("市司法局",),
        ("市公安局", "市市场监管局", "各县（市、区）人民政府"),
        "2024年6月底前",
    ),
    Job("新建公办幼儿园三所。", ("市教育局",), ("市住房城乡建设局",), "持续推进"),
    Job("培育专精特新企业五十家，支持企业技术改造。", ("市工业和信息化局", "市科技局"), ("国网甲市供电公司",)),
    Job("推动港口整合和航线加密。", ("市交通运输局",), ("市国资委", "团市委", "市总工会"), "2024年9月底前"),
)


def _with(jobs: tuple[Job, ...], **columns: Sequence[Any]) -> tuple[Job, ...]:
    """Give the tasks with other values in some columns."""
    return tuple(replace(job, **{name: values[at] for name, values in columns.items()}) for at, job in enumerate(jobs))


_THEMES = ("营商环境", "营商环境", "民生保障", "产业发展", "产业发展")
_SAME_LEADS = (("市营商局",), ("市营商局",), ("市教育局",), ("市工业和信息化局",), ("市工业和信息化局",))
_THEMED = _with(_JOBS, theme=_THEMES)
CASES = (
    Case("plain", _JOBS, _FIVE),
    Case("commas", _JOBS, _FIVE, between="，"),
    Case("lines", _JOBS, _FIVE, between="\n"),
    Case("spaces", _JOBS, _FIVE, between=" "),
    Case(
        "themes merged",
        _THEMED,
        (
            ("number", "序号"),
            ("theme", "重点领域"),
            ("text", "主要任务"),
            ("leads", "牵头部门"),
            ("supports", "协办单位"),
        ),
        merged=("theme",),
    ),
    Case(
        "leads merged",
        _with(_THEMED, leads=_SAME_LEADS),
        (
            ("number", "序号"),
            ("theme", "类别"),
            ("text", "任务内容"),
            ("leads", "主办单位"),
            ("supports", "配合部门"),
            ("time", "完成时间"),
        ),
        merged=("theme", "leads"),
    ),
    Case(
        "responsible alone",
        _JOBS,
        (("number", "序号"), ("text", "工作内容"), ("all", "责任单位"), ("time", "时间安排")),
    ),
    Case(
        "responsible, last",
        _JOBS,
        (("number", "序号"), ("text", "工作举措"), ("time", "完成时限"), ("all", "责任部门")),
    ),
    Case(
        "no numbers",
        _JOBS,
        (("text", "重点工作"), ("leads", "牵头单位"), ("supports", "责任单位"), ("time", "完成时间")),
    ),
    Case(
        "main responsible",
        _JOBS,
        (("number", "序号"), ("text", "目标任务"), ("leads", "主要责任单位"), ("supports", "配合单位")),
    ),
    Case(
        "undertaking",
        _JOBS,
        (("number", "编号"), ("text", "事项"), ("all", "承办单位"), ("time", "办理时限"), ("note", "备注")),
    ),
    Case("bodies", _JOBS, (("number", "序号"), ("text", "任务"), ("all", "责任主体"), ("time", "时限"))),
    Case("carrying out", _JOBS, (("number", "序号"), ("text", "项目名称"), ("all", "实施单位"))),
    Case(
        "persons and notes",
        _JOBS,
        (
            ("number", "序号"),
            ("text", "工作任务"),
            ("person", "责任领导"),
            ("leads", "牵头单位"),
            ("supports", "配合单位"),
            ("note", "备注"),
        ),
    ),
    Case("two heads", _JOBS, _FIVE, over=("责任分工", ("leads", "supports"))),
    Case("heads again", _JOBS, _FIVE, again=4),
    Case("none support", _with(_JOBS, supports=((), ("市财政局",), (), (), ("市国资委", "团市委"))), _FIVE),
    Case("themes across", _with(_THEMED, theme=("一、营商环境", "一、营商环境", "二、民生保障", "三、产业发展", "三、产业发展")), _FIVE, headed=True),
)  # fmt: skip
