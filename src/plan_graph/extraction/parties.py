"""One name of a clause: who it is with its kind and label, what stands in brackets beside it, and what is no name."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from plan_graph.extraction.markers import LABEL, NOT_A_NAME
from plan_graph.extraction.names import Name, plausible
from plan_graph.model.text import Span

_PROSE = re.compile(
    r"^(?:鼓励|支持|引导|发挥|采取|通过|探索|坚持)|(?<!职能)(?<!设区)的|(?<!自)由|施行$|运行$|试行$|举行$|同行$|(?<!\d)(?!1[12]\d{1,3}(?!\d))\d{3}|牵头(?!单位|部门|机构)|负责|配合|参与"
)
# 涉及安置区的乡镇人民政府: a name that says which of a kind of bodies are meant
_WHICH_OF_A_KIND = re.compile(
    r"(?:涉及|承担|负有|具有|有|相关|有关|承接|位于|纳入|列入)[^的、，]{0,14}的[^的、，]{0,12}"
    r"(?:政府|单位|部门|机构|乡镇|街道|企业|委会|地区|园区)(?:[（(〔][^（）()]*[）)〕])?"
)
MARK = re.compile("总?牵头(?:单位|部门)?|主责|配合")
_MARKED = re.compile(rf"(?P<name>.+?)[（(〔［\[【](?P<mark>{MARK.pattern})[）)〕］\]】]")
_CLOSING = ("）", ")", "〕", "］", "]", "】")
_INCLUDED = re.compile(
    r"(?<=[省市县区州盟旗])[（(〔](?:不?含|包括)[^（）()〔〕]*[）)〕]"
)  # 各市（含辛集市，下同）主管部门
_IN_BRACKETS = re.compile(r"[（(〔\[].*[）)〕\]]")
_REMARK = re.compile(
    r"(?P<name>.+?)[（(〔](?:(?:负责人|责任人|联系人|牵头人|责任领导|分管领导|联系电话)[：:]"
    r"|[按依].*(?:原则|职责|分工|要求|需要|权限)|含(?![\u4e00-\u9fff]{1,3}[局办委])|(?:以下)?简称|包括|[^（）()]*下同(?=[）)〕]$)).*[）)〕]"
)


@dataclass(frozen=True, slots=True)
class Party:
    """One name of a clause with the kind and the label or verb it goes with."""

    name: Name
    kind: str
    label: str


def marked_party(name: Name, kind: str, label: str) -> Party:
    """Give the party of a name; 甲局（牵头） says in brackets what its one name does."""
    own = _MARKED.fullmatch(name.name) if name.name[-1:] in _CLOSING else None
    if own is None:
        return Party(name, kind, label)
    bare = replace(name, name=own["name"], span=Span(name.span.begin, name.span.begin + len(own["name"])))
    return Party(bare, "S" if own["mark"] == "配合" else "L", own["mark"])


def unremarked(name: Name) -> Name:
    """Take a bracket off a name that names a person or says how the body is concerned: 乙区政府（按属地原则）."""
    hit = _REMARK.fullmatch(name.name) if name.name[-1:] in _CLOSING else None
    if hit is None:
        return name
    return replace(name, name=hit["name"], span=Span(name.span.begin, name.span.begin + len(hit["name"])))


def is_body(name: str) -> bool:
    """Tell whether a piece of a list reads as the name of a body, and not as prose or what no name holds."""
    return plausible(name) and not is_odd(name) and not (_PROSE.search(name) and not _WHICH_OF_A_KIND.fullmatch(name))


@lru_cache(8192)
def is_odd(name: str) -> bool:
    """Tell whether a piece of a list holds what no name does: outside its brackets, or a label anywhere."""
    name = _INCLUDED.sub("", name)
    if name[-1:] not in _CLOSING:
        return bool(NOT_A_NAME.search(name))
    return bool(NOT_A_NAME.search(_IN_BRACKETS.sub("", name)) or LABEL.search(name))
