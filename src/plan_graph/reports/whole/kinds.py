"""Kinds of bodies in the few groups that a reader can tell apart, each with a colour and a shape."""

from __future__ import annotations

from dataclasses import dataclass

from plan_graph.reports.words import Words


@dataclass(frozen=True, slots=True)
class Group:
    """Kinds of bodies drawn alike.

    ``colour`` is one of Okabe and Ito's (2008, Color universal design), which people with any colour vision tell
    apart; ``marker`` is Matplotlib's, so that the groups differ in a grey print too.
    """

    key: str
    words: Words
    kinds: tuple[str, ...]
    colour: str
    marker: str


GROUPS = (
    Group("department", Words("政府部门", "departments"), ("政府部门",), "#0072B2", "o"),
    Group("central", Words("中央驻地方机构", "central branches"), ("中央驻地方机构",), "#E69F00", "s"),
    Group(
        "government",
        Words("人民政府", "governments"),
        ("国务院", "省级人民政府", "市级人民政府", "县级人民政府", "乡镇人民政府、街道办事处", "园区管理委员会"),
        "#009E73",
        "^",
    ),
    Group("party", Words("党的机关", "Party bodies"), ("党的委员会", "党委工作机关"), "#D55E00", "D"),
    Group("firm", Words("企业、银行", "firms and banks"), ("企业", "银行"), "#56B4E9", "p"),
    Group(
        "institution",
        Words("事业单位、科研、团体", "institutions"),
        ("事业单位", "科研机构、高校", "人民团体"),
        "#CC79A7",
        "v",
    ),
    Group(
        "other",
        Words("其他", "other"),
        ("人民代表大会", "人民政协", "人民法院", "人民检察院", "军事机关", "议事协调机构"),
        "#6E6E6E",
        "X",
    ),
)
OTHER = GROUPS[-1]
_BY_KIND = {kind: group for group in GROUPS for kind in group.kinds}


def group_of(kind: str) -> Group:
    """Give the group of a kind by its Chinese label in the ontology; a kind nobody listed is among the others."""
    return _BY_KIND.get(kind, OTHER)
