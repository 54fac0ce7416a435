"""Beginnings that names of a list share: 市住建局、审批服务局 are both the city's."""

from __future__ import annotations

import re
from functools import lru_cache

_CACHED = 8192  # the same names come again and again
# departments whose bare name beside a fuller one shares its beginning: 市住建局、审批服务局
DEPARTMENT = (
    r"行政审批|审批服务|政务服务|发展改革|发展和改革|发改|工业和信息化|经济和信息化|经济信息化|工信|经信|教育|教体|科学技术|科技|"
    r"民族宗教|民族|民宗|公安|民政|司法|财政|人力资源(?:和)?社会保障|人力社保|人社|自然资源|规划|生态环境|环境保护|环保|"
    r"住房(?:和)?城乡建设|住建|城乡建设|建设|城市管理|城管|交通运输|交通|水利|水务|农业农村|农业|农委|农办|商务|"
    r"文化|文旅|文广|文体|广电|体育|旅游|卫生|卫健|医疗保障|医保|退役军人|应急|审计|国资|外事|市场监管|市场监督管理|"
    r"统计|信访|林业|林草|园林|粮食|金融|大数据|数据|数字|机关事务|乡村振兴|扶贫|安监|安全生产|安全监管|质监|工商|"
    r"食品药品|食药监|药监|招商|投资促进|供销|档案|残联|妇联|科协|工商联|文联|侨联|总工会|网信|国防动员|人防|"
    r"国土|市容|计生|卫计|物价|监察|质量技术|民防|侨务|法制|法治|新闻出版|文物|电影|疾控|疾病预防|综合行政执法|综合执法|"
    r"执法|检察|(?:人民)?法院|人民检察|海洋|渔业|畜牧|邮政管理|气象|消防|地方金融|知识产权|口岸|港航|公路|房管|房产|"
    r"公积金|住房公积金|行政服务|市政(?=[管公园工局设])|税务|国税|地税|烟草|政协|城投|交警|通信发展|红十字|机构编制|能源|农牧|港澳|政务|经济合作|经合|地方志|供销合作|社会救助|"
    r"国动|电子政务|绿化|国土空间|公共资源|优化|营商|乡村|草原|地震|人才|贸促|社科|关工|慈善|广播电视|外国专家|台港澳|粮储|储备|药品监管|药品监督|外经贸|外贸|经贸|国土房管|房管|人事|市政园林|劳动|保密|密码|机要|农机|水产|侨务|台湾|宗教|监察|纪检|退役|老龄|"
    r"经济(?=发展|促进|运行|商务|科技|技术|贸易|管理|事务|[与和局委])|社会(?=事业|发展|治理|保障|保险|事务|建设|服务|管理)|党群工作|"
    r"产业(?=发展|促进|服务|投资|园)|环境(?=卫生|管理|[与和局])|住房(?=保障|管理|发展|[与和局])|人力资源|工业(?=商务|经济|发展|[局和])|"
    r"科教|商贸|民营经济|企业服务|城市(?=更新|建设|运行)|土地(?=房屋|储备|整备|征收)|征收|投资服务|"
    r"史志|党史|无线电|专用通信|盐务|核|煤炭|煤监|矿山|港口|航务|海事|渔政|移民|库区|防震|防汛|抗旱|森林|防火|"
    # names of before 2013, and bodies of one field
    r"人口|计划生育|信息产业|信息化|国防科技|国防科工|国家安全|公用(?=事业)|技术监督|商业(?=[厅局])|安全(?=[厅局])|乡镇企业|中小企业|"
    r"中医|广播|监狱|戒毒|劳教|地质|地矿|地勘|测绘|水电|电力(?=[局办])|盐业|航道|通信管理|国家税务|地方税务|邮政(?=局)|社会保险|医疗保险|就业|供电(?=局)|城乡(?=规划|统筹|一体)"
)
_BARE = re.compile(
    rf"(?![^\s、，]*(?:总局|(?<!公安)分局|支局|(?:能源|电力|通信|保险|银行|证券)监管局$|[省县]|(?<!城)市(?!场|政|容)|(?<!社)区))(?:{DEPARTMENT})[^\s、，]{{0,10}}?"
    r"(?:厅|局|委|办|委员会|办公室|联|协|会|社|中心|(?<=检察)院|(?<=交警)大队|(?<=党群工作)部)(?:[（(〔].*[）)〕])?"
    r"|(?:编|台|侨|外)办(?:公室)?|(?:(?:公安)?(?:消防(?:救援)?|边防|交警|交巡警|特警)[支大总]|武警[支总])队|纪委|交委|团委|残联|妇联|科协|文联|侨联|社科联|工商联|总工会|贸促会|政协|(?:中级)?(?:人民)?法院|高院|中院|(?:行政|政务)服务中心管委会"
    r"|(?:港澳|台港澳|外事|人防|国动|金融|法制|口岸|信访|扶贫|参事|老龄|双拥|河长|编|地方志|大湾区|自贸区)办(?:公室)?"
    r"|(?:政策?|发展)?(?:研究|参事)室|政府(?:办公厅|研究室)|(?:发展研究|信息|评审|国库|节能|药采|会计核算|新闻)中心"
    r"|(?:社科|农科|林科|科学|行政学)院|[作记律消]协|(?:图书|博物|档案|美术|科技|文化|方志)馆"
    r"|(?:广播)?电视台|广电台|日报社|报业集团|出版集团|广电集团|种子站|农技站|质安站|质监站|安监站"
)
# 公积金管理中心, 工程建设项目审批制度改革领导小组办公室
_GROUP = re.compile(
    r"(?![省市县区州旗国中各有相厅局]|全国|(?:长江|黄河|珠江|淮河|海河|松辽|太湖|流域)水利委)[^\s、，]{2,22}(?:领导小组|指挥部|联席会议|工作专班|委员会)(?:办公室)?"
    r"|(?:社保|医保|公积金|就业|不动产|大数据|融媒体|网格|疾控|应急)[^\s、，省市县区州旗]{0,6}中心"
)
_PARTY = re.compile(
    r"(?:组织|宣传|统战|政法|社会工作|编|改革|网信|财经|农|老干部|巡察|台)(?:部|委|办|局|办公室)|党校|政研室|直(?:属机)?关工委|政策研究室"
)
_PARTY_ONLY = re.compile(r"(?:组织|宣传|统战)部|政法委|网信办|党校|政研室")
# a bare name of a few characters, whatever its field: 经委, 绿容局; bodies of rivers, railways and the like apart
_SHORT = re.compile(
    r"(?!.*[省市县区州旗盟国中各驻铁航邮江河淮湖海银证监烟盐电党]|有关|相关|全|其|该|本|特派|专员|街道|(?:村|居|常|工)委)"
    r"(?:[\u4e00-\u9fff]{2,3}[局委办]|[经科教建农体计商民]委|[编侨台]办)"
)
# 铁路办, 南水北调办: an office for one work, which may be of a river or a railway
_FOR_ONE_WORK = re.compile(
    r"(?:高?铁路?|机场|民航|轨道|重[点大](?:项目|工程)?|项目|南水北调|引[\u4e00-\u9fff]{1,2}|三峡|西部(?:大?开发)?|老工业基地|振兴|国防科工|边?海防"
    r"|[湖林路链田]长|电力|散装水泥|墙改|上市|[园景]区|驻[京沪深]|610|节能减排|减排|文明|创[城卫]|[城旧]改|自创区|自贸|长江|黄河|两型|一带一路"
    r"|开放|对口支援|援[藏疆青]|军民融合|军融|信用|诚信)(?:建设|工作|协调|推进|发展)*办(?:公室)?"
)
# 公交集团, 供电公司: a firm of the place, told by what it does alone
_OF_THE_PLACE = re.compile(
    r"(?:公交|公共交通|水务|供水|排水|自来水|燃气|供热|热力|供电|电力|机场|航投|航空|城投|城建|城发|交投|交通|交发|国投|国资|农投|农发|文旅|文投|旅投"
    r"|水投|产投|建投|铁投|能投|海港|港口|港务|地铁|轨道|轨道交通|粮食|环境|环保|市政|公用|园林)(?:投资|控股|建设|发展|运营)?(?:集团公司|集团|公司)"
)
# 市人民政府办公室, 区建管委: a body that says whose it is by one character
_OWN = re.compile(
    r"(?P<place>自治区|[省市县区州盟旗])(?P<party>委|党委)?(?![场域内直级属长区]|政[管公园局])[^\s、，]{1,16}[局委办厅院会室]"
    r"|(?P<bank>[省市县区州盟旗])(?:人民银行|人行)[^\s、，]{0,8}"
)
# 厅法规处、财审处: divisions of the body that issues; a bureau among them is its own too once one was written short
_INSIDE = re.compile(r"(?P<place>[厅局])[^\s、，厅]{2,8}处")
_INNER_BUREAU = re.compile(r"(?![省市县各厅局国])[\u4e00-\u9fff]{2,5}[局办室]")
_DIVISION = re.compile(r"(?![省市县各厅局国]|有关|相关)[^\s、，]{2,6}处")
# 甲证监局、银保监局: bodies of the State in a province, which its name tells apart
_SUPERVISORS = r"(?:银保监|证监|银监|保监|通信管理)局"
_OF_THE_STATE = re.compile(rf"(?P<place>(?!中国|国家)[\u4e00-\u9fff]{{2,3}}?){_SUPERVISORS}")
_SUPERVISOR = re.compile(_SUPERVISORS)
_NAMED = "\x00"  # behind a place that only such bodies share
_NO_GOVERNMENT = re.compile(
    r"(?:海关|公司|集团|银行|分行|支行|中支|监管分?局|供电局|铁路局|电网|车务段|机场|大学|学院|医院)(?:[（(〔].*[）)〕])?$"
)
_BEFORE = re.compile(
    r"(?P<place>(?:省|市(?!政[管公园局])|县|区|州|盟|旗|自治区|镇|乡|行署|兵团)|[^\s、，]{1,6}(?:省|市|县|区|州|盟|旗))"
    rf"(?P<party>委|党委)?(?=(?:{DEPARTMENT}|组织部|宣传部|统战部|政法委|编办|编委办|机构编制|党校|政研|老干|巡察|社会工作部))"
)

# 各市、县〔区〕市场监管局、审批服务管理局
_EACH = re.compile(
    rf"(?P<place>各(?:设区的?)?(?:[省市县区州旗盟](?:[（(〔][^）)〕]{{1,8}}[）)〕])?、?){{1,3}})(?<!、)(?=(?:{DEPARTMENT})[^\s、，]{{0,12}}[局委办厅])"
)


def beginning(name: str, before: tuple[str, str] | None) -> str:
    """Give what a bare name lacks, of what the names ``before`` it share (see :func:`begins`), or "".

    >>> beginning("审批服务局", begins("市住建局")), beginning("大连海关", begins("市住建局"))
    ('市', '')
    """
    if before is None:
        return ""
    place, party = before
    if place.endswith(_NAMED):
        return place.removesuffix(_NAMED) if _SUPERVISOR.fullmatch(name) else ""
    if place in "厅局":
        own = _DIVISION.fullmatch(name) or (party and _INNER_BUREAU.fullmatch(name))
        return place if own else ""
    kind = _bare_kind(name)
    if kind.startswith("party"):
        return party or (place + "委" if kind == "party only" else place)
    return place if kind else ""


@lru_cache(_CACHED)
def _bare_kind(name: str) -> str:
    """Tell whether a name lacks its beginning: ``party`` organ, ``party only``, ``department``, or "" """
    if _PARTY.fullmatch(name):
        return "party only" if _PARTY_ONLY.fullmatch(name) else "party"
    bare = _BARE.fullmatch(name) or _SHORT.fullmatch(name) or _GROUP.fullmatch(name)
    bare = bare or _OF_THE_PLACE.fullmatch(name) or _FOR_ONE_WORK.fullmatch(name)
    return "department" if bare else ""


@lru_cache(_CACHED)
def begins(name: str) -> tuple[str, str] | None:
    """Give what bare names after this one may share: its place, and its place with the party committee."""
    own = _BEFORE.match(name) or _OWN.fullmatch(name) or _EACH.match(name)
    if own is None and (named := _OF_THE_STATE.fullmatch(name)):
        return named["place"] + _NAMED, ""
    if own is None:
        inside = _INSIDE.fullmatch(name)
        return (inside["place"], "") if inside else None
    party = own.groupdict().get("party")
    place = own["place"] or own["bank"]
    return place, place + party if party else ""


@lru_cache(_CACHED)
def has_no_departments(name: str) -> bool:
    """Tell whether a name is a bank, a firm or the like, whose bureaus cannot follow it: 人行甲市中支."""
    return bool(_NO_GOVERNMENT.search(name))


def went_on(before: tuple[str, str]) -> tuple[str, str]:
    """Give what the names after one that shared it may share: after 厅法规处、财审处 a bureau is the 厅's too."""
    return (before[0], before[0]) if before[0] in "厅局" else before
