"""What the values of measures are called in Chinese and in English."""

from __future__ import annotations

from collections.abc import Mapping

from plan_graph.reports.words import Words

BROKERS: Mapping[str, Words] = {
    "w_I": Words("协调者（三方同组）", "coordinator"),
    "w_O": Words("居间者（两端同组）", "itinerant"),
    "b_IO": Words("代表（由本组到外组）", "representative"),
    "b_OI": Words("守门人（由外组到本组）", "gatekeeper"),
    "b_O": Words("联络者（三方各异）", "liaison"),
    "t": Words("合计", "total"),
}
GROUPS: Mapping[str, Words] = {
    "provincial department": Words("省级部门", "provincial department"),
    "central branch": Words("中央驻地方机构", "central branch"),
    "central department": Words("国务院部门", "central department"),
    "government": Words("政府", "government"),
    "party organ": Words("党的机关", "party organ"),
    "firm or bank": Words("企业、银行", "firm or bank"),
    "other": Words("其他", "other"),
}
BREADTH: Mapping[str, Words] = {
    "leading": Words("主导型", "leading"),
    "key": Words("关键型", "key"),
    "auxiliary": Words("辅助型", "auxiliary"),
}
CENTRALITIES: Mapping[str, Words] = {
    "tasks": Words("任务数", "tasks"),
    "degree": Words("度", "degree"),
    "strength": Words("强度", "strength"),
    "newman": Words("Newman 强度", "Newman strength"),
    "betweenness": Words("中介", "betweenness"),
    "closeness": Words("接近", "closeness"),
}
FIGURES: Mapping[str, Words] = {
    "bodies": Words("机构", "bodies"),
    "ties": Words("关系", "ties"),
    "density": Words("密度", "density"),
    "degree": Words("平均度", "mean degree"),
    "strength": Words("平均强度", "mean strength"),
    "centralisation": Words("度中心势", "degree centralisation"),
}
CHOICES: Mapping[str, Words] = {
    "default": Words("默认", "default"),
    "no-guide": Words("不计指导", "without guiding bodies"),
    "lead-only": Words("只计牵头（负责）", "leads only"),
    "collectives": Words("计入集合称谓", "collectives counted"),
    "as-written": Words("按原文写法", "names as written"),
    "newman": Words("Newman 权重", "Newman's weights"),
    "no-long-lists": Words("不计机构很多的任务", "without long lists"),
}
