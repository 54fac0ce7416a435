"""Pages that say what went wrong: rendered in the server process, for they must come when no worker can."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plan_graph.web.pages.templates import frame, template
from plan_graph.web.pages.visit import Visit

# status → what it is, in Chinese and English
HEADINGS: Mapping[int, tuple[str, str]] = {
    400: ("请求有误", "This cannot be answered as asked"),
    404: ("没有找到", "Not found"),
    405: ("不支持此方法", "Not asked in this way"),
    406: ("没有所要的格式", "Not in that format"),
    410: ("已不在此处", "Gone"),
    413: ("内容过长", "Too long"),
    414: ("地址过长", "The address is too long"),
    415: ("不支持此类内容", "Not that kind of content"),
    429: ("请求过多", "Too many at once"),
    500: ("服务出错", "Something went wrong here"),
    503: ("暂时无法回答", "Not now"),
    504: ("查询超时", "It took too long"),
}
# status → what to do, in Chinese and English; the order is that of the page
ADVICE: Mapping[int, tuple[tuple[str, str], ...]] = {
    400: (("检查地址中的参数；去掉条件后再试", "Check the parameters in the address, or leave the conditions out"),),
    404: (
        ("检查地址是否完整", "Check that the address is whole"),
        ("用名称搜索，或从下面的列表找起", "Search by name, or begin at one of the lists below"),
    ),
    406: (
        (
            "网页之外，资源另有 Turtle（.ttl）、JSON-LD（.jsonld）、N-Triples（.nt）",
            "Beside pages there are Turtle (.ttl), JSON-LD (.jsonld) and N-Triples (.nt) of each resource",
        ),
    ),
    410: (
        (
            "图谱重建后此项已不存在；用名称搜索可能找到接替它的一项",
            "The graph was built anew without it; a search by name may find what took its place",
        ),
    ),
    413: (("缩短查询，或分几次问", "Shorten the query, or ask in parts"),),
    414: (("减少条件，或分几次问", "Leave conditions out, or ask in parts"),),
    429: (("稍等片刻再试", "Wait a moment and ask again"),),
    500: (("稍后再试；若仍如此，请告知管理者", "Ask again later, and tell whoever runs the service if it stays so"),),
    503: (
        ("稍等片刻再试", "Wait a moment and ask again"),
        ("若是大查询，请加 LIMIT 或缩小范围", "If it was a large query, add a LIMIT or narrow it"),
    ),
    504: (("加 LIMIT 或缩小范围后再试", "Add a LIMIT or narrow it, and ask again"),),
}


def problem_page(visit: Visit, build: str, status: int, said: str, *, live: bool = True, **more: Any) -> str:
    """Give the page that says what is wrong (``said``, in the visitor's language) and what to do about it.

    It is of the service (``live``) or of a published site, and ``more`` is what that is given; ``replaced`` among it
    are the address and the name of each resource that took the place of one that is gone, ``again`` the address at
    which to ask the same again.
    """
    heading = HEADINGS.get(status) or (("请求有误", "Not as asked") if status < 500 else HEADINGS[500])
    values = {
        "status": status,
        "heading": visit.t(*heading),
        "said": _sentence(said) if visit.lang == "en" else said,
        "advice": [visit.t(*one) for one in ADVICE.get(status, ())],
        "replaced": (),
        "again": "",
    }
    return template("problem.html", visit.lang, live).render({**frame(visit, build), **values, **more})


def _sentence(said: str) -> str:
    """Begin with a capital letter, unless a name, a parameter or an IRI comes first."""
    first = said.split(maxsplit=1)[0] if said.strip() else ""
    return said[:1].upper() + said[1:] if first.rstrip(",;:").isalpha() else said
