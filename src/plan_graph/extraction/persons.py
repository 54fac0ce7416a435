"""Persons named behind their body in a list of bodies: 县水利局王五.

Whether a person or an office of the body (县水利局王家坝管理) ends such a name its characters do not say for sure, so
the name stays as it is written and a person is to look at it; it is never cut.
"""

from __future__ import annotations

import re

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高何郭马罗梁宋郑谢韩唐冯于董萧肖程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎闫余潘杜戴夏钟汪"
    "田任姜范姚谭廖邹熊陆郝孔崔康毛邱秦顾侯邵孟龙段雷钱汤尹黎易乔贺赖龚庞樊兰殷施陶洪翟倪严牛温俞章鲁葛韦毕聂焦向柳邢骆岳齐尚梅"
)
_OF_A_BODY = re.compile(
    rf"[\u4e00-\u9fff（）()、]{{1,24}}(?:[局委办厅院站所队处科室行]|中心|公司|集团|政府|街道|[县区乡镇]委)"
    rf"(?:[\u4e00-\u9fff]{{0,3}}(?:局长|主任|厅长|科长|处长|部长|经理|书记|[县区市乡镇]长))?"
    rf"(?:[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}|(?:欧阳|司马|上官|诸葛|皇甫|令狐)[\u4e00-\u9fff]{{1,2}})(?:同志)?"
)
_ENDS_OTHERWISE = re.compile(
    r"(?:[局委办厅院站所队处科室行部会组校厂社区县市镇乡村街路桥坝库河湖港园馆场司店]|中心|公司|集团|政府|街道)$"
)


def names_a_person(name: str) -> bool:
    """Tell whether a name may be that of a body with a person of it behind.

    >>> [n for n in ("县水利局王五", "县财政局", "县水利局马家坝站", "县水利局局长李四同志") if names_a_person(n)]
    ['县水利局王五', '县水利局局长李四同志']
    """
    return bool(_OF_A_BODY.fullmatch(name)) and not _ENDS_OTHERWISE.search(name)
