"""Who is a party of a task, in whole small documents: lists, tables, rules stated once, annexes, events."""

from __future__ import annotations

import re
from datetime import date

import pytest

from plan_graph.authority.register import Register
from plan_graph.errors import UnreadableError
from plan_graph.extraction.tasks import extract
from plan_graph.model.plan import Plan, Role
from plan_graph.model.text import Document
from plan_graph.reading.assembly import Assembly, Cell
from plan_graph.reading.html import read as read_html
from plan_graph.reading.sheet import read_csv
from plan_graph.reading.text import decode

SHORT = {Role.LEAD: "牵", Role.SUPPORT: "配", Role.RESPONSIBLE: "责", Role.GUIDE: "导"}
REGISTER = Register.load()


def said(plan: Plan) -> list[str]:
    """Give one line a task: its number, then each party with its role, in order."""
    return [
        " ".join(
            [t.number_as_written, *(SHORT[m.role] + m.name for c in t.governing for m in c.mentions)],
        ).strip()
        for t in plan.tasks
    ]


def of(text: str) -> Plan:
    return extract(decode(text.encode(), "d", "d.txt"), REGISTER)


def table(*rows: str) -> Document:
    return read_csv("\n".join(rows).encode(), "d", "d.csv")


LISTS = [
    ("省口岸办，青岛、烟台、日照市政府", "省口岸办 青岛市政府 烟台市政府 日照市政府", "烟台 ends like a body"),
    ("恩施州、乙市、丙市政府", "恩施州政府 乙市政府 丙市政府", "a prefecture among cities"),
    (
        "大连、锦州、营口市政府，黄石、鄂州、咸宁市政府",
        "大连市政府 锦州市政府 营口市政府 黄石市政府 鄂州市政府 咸宁市政府",
        "锦州 is no 州",
    ),
    (
        "杭州、台州市政府，兰州、苏州、常州三市政府",
        "杭州市政府 台州市政府 兰州市政府 苏州市政府 常州市政府",
        "nor are these",
    ),
    ("市电信、市移动、江阳区政府", "市电信 市移动 江阳区政府", "firms of the city"),
    (
        "中国石油、中石化、国网供电、铁塔、江阳区政府",
        "中国石油 中石化 国网供电 铁塔 江阳区政府",
        "firms without an ending",
    ),
    ("市文旅集团、资阳发展、雁江、安岳县政府", "市文旅集团 资阳发展 雁江县政府 安岳县政府", "a firm beside places"),
    ("临空经济区、高新区管委会", "临空经济区管委会 高新区管委会", "zones of any name"),
    ("沈阳、抚顺市人民政府（丙管委会）", "沈阳市人民政府 抚顺市人民政府（丙管委会）", "an ending before another name"),
    ("甲市、乙县、丙县政府", "甲市政府 乙县政府 丙县政府", "a county-level city among counties"),
    ("安平、柳河、石门县（区）政府", "安平县（区）政府 柳河县（区）政府 石门县（区）政府", "an ending with a bracket"),
    ("甲经开区、乙高新区、市河东新区管委会", "甲经开区管委会 乙高新区管委会 市河东新区管委会", "zones"),
    ("某自贸区沈阳、大连片区管委会", "某自贸区沈阳片区管委会 大连片区管委会", "片区 is one word"),
    ("甲新区、乙市政府", "甲新区 乙市政府", "a zone is no city"),
    (
        "市国资委（市城投）、甲经开区、乙新区管委会",
        "市国资委（市城投） 甲经开区管委会 乙新区管委会",
        "no ending after a bracket",
    ),
    (
        "各市（含定州、辛集市，下同）相关主管部门、省财政厅、各市（不含甲市）人民政府",
        "各市（含定州、辛集市，下同）相关主管部门 省财政厅 各市（不含甲市）人民政府",
        "a bracket that says which places are meant",
    ),
    ("市委组织部（人才办）、团市委", "市委组织部（人才办） 团市委", "nor 市委"),
    ("区综合行政执法局、住建局、残联、扶贫办", "区综合行政执法局 区住建局 区残联 区扶贫办", "a shared beginning"),
    (
        "区公安局、党群工作部、社会事业局、国税局、经济发展局、甲海关",
        "区公安局 区党群工作部 区社会事业局 区国税局 区经济发展局 甲海关",
        "departments of zones",
    ),
    ("区人民银行甲支行、经济发展局", "区人民银行甲支行 区经济发展局", "a bank told by the character of its place"),
    ("市委宣传部、经济日报社", "市委宣传部 经济日报社", "a newspaper is no department"),
    ("金湾、岚城片区开发管理局", "金湾片区开发管理局 岚城片区开发管理局", "offices of parts of a zone"),
    ("省人力资源社会 保障厅、市行政 审批局", "省人力资源社会保障厅 市行政审批局", "a space inside a name"),
    ("区政务办、经委、规划资源局、绿容局", "区政务办 区经委 区规划资源局 区绿容局", "short names of departments"),
    ("市人民政府办公室、司法局、市场监管局", "市人民政府办公室 市司法局 市市场监管局", "after an office"),
    ("区人社局、社保中心、公积金管理中心", "区人社局 区社保中心 区公积金管理中心", "centres of the same place"),
    ("市发改委、审批改革领导小组办公室", "市发改委 市审批改革领导小组办公室", "a leading group of the same city"),
    (
        "省发改委、铁路办、信息产业厅、广播影视局、人口计生委、安全监管局、南水北调办",
        "省发改委 省铁路办 省信息产业厅 省广播影视局 省人口计生委 省安全监管局 省南水北调办",
        "bodies of before 2013, and an office for a railway",
    ),
    (
        "市公安局、交警支队、纪委、外办、供电局、农科院、图书馆、电视台、团委",
        "市公安局 市交警支队 市纪委 市外办 市供电局 市农科院 市图书馆 市电视台 市团委",
        "what else a place has",
    ),
    (
        "省教育厅、甲省能源监管局、能源监管局",
        "省教育厅 甲省能源监管局 能源监管局",
        "supervisors of the State are nobody's",
    ),
    (
        "甲示范区、乙高新区党工委和管委会",
        "甲示范区党工委 甲示范区管委会 乙高新区党工委 乙高新区管委会",
        "two zones, two offices",
    ),
    ("各街道党工委和办事处、县甲局", "各街道党工委 各街道办事处 县甲局", "a committee and the office beside it"),
    (
        "各镇（街道）党（工）委、政府（办事处）",
        "各镇（街道）党（工）委 各镇（街道）政府（办事处）",
        "offices in brackets",
    ),
    ("各县（市、区）委、人民政府", "各县（市、区）委 各县（市、区）人民政府", "a committee behind a bracket"),
    (
        "各县（市、区）委和政府，甲新区工委、管委会",
        "各县（市、区）委 各县（市、区）政府 甲新区工委 甲新区管委会",
        "joined by 和",
    ),
    ("各地、州、市，自治区甲厅", "各地、州、市 自治区甲厅", "prefectures of three kinds"),
    ("行署发改委、财政局", "行署发改委 行署财政局", "a prefecture's office"),
    ("公安、交通、安监部门", "公安部门 交通部门 安监部门", "fields that share what their offices are called"),
    (
        "各级发展改革、国土资源部门和各乡镇",
        "各级发展改革部门 各级国土资源部门 各乡镇",
        "what stands before the first belongs to all",
    ),
    ("县财政、水利、农业局，卫生局", "县财政局 县水利局 县农业局 县卫生局", "bureaus so written"),
    ("市发改、财政、教育等部门", "市发改 市财政 市教育+", "等部门 closes the list"),
    (
        "省水利厅、农委、商务厅、金融办",
        "省水利厅 省农委 省商务厅 省金融办",
        "a committee among departments is no field",
    ),
    ("市妇联、残联、教育局，市总工会、卫生部门", "市妇联 市残联 市教育局 市总工会 卫生部门", "nor are federations"),
    ("县委组织、宣传部，县财政局", "县委组织部 县委宣传部 县财政局", "departments of a party committee"),
    ("海关、税务部门", "海关 税务部门", "a customs house is a body already"),
    ("人力资源、社会保障局", "人力资源 社会保障局", "perhaps one bureau"),
    ("市财政局、国家税务局、金融办", "市财政局 市国家税务局 市金融办", "tax bureaus of before 2018"),
    ("省水利厅、长江委、大连铁路局", "省水利厅 长江委 大连铁路局", "bodies of rivers and railways are nobody's"),
    (
        "厅法规处、财审处、执法监督局，省公路中心",
        "厅法规处 厅财审处 厅执法监督局 省公路中心",
        "divisions of the issuer",
    ),
    ("厅法规处、厅公路处、公路局", "厅法规处 厅公路处 公路局", "what is not written short shares nothing"),
    ("市审批局、市政管理局、市政府办公室", "市审批局 市市政管理局 市政府办公室", "市政 is a field"),
    ("省发改委、地方金融监管局、税务局", "省发改委 省地方金融监管局 省税务局", "a local bureau of supervision"),
    ("市民政局、中级法院、行政服务中心管委会", "市民政局 市中级法院 市行政服务中心管委会", "a court and a committee"),
    ("市直相关单位及甲区", "市直相关单位 甲区", "a district after a collective"),
    ("市工信局等市有关部门及各县政府", "市工信局+ 市有关部门 各县政府", "two collectives after 等"),
    ("省甲局，各市、县（市、区）相关部门", "省甲局 各市、县（市、区）相关部门", "offices of two levels"),
    ("各市〔州〕、县〔市、区〕人民法院", "各市〔州〕、县〔市、区〕人民法院", "courts of two levels"),
    ("省甲局，各市（州） 交通局（委）", "省甲局 各市（州）交通局（委）", "a space after a bracket"),
    ("市甲局等相关部门按职责分工，各县政府", "市甲局+ 相关部门 各县政府", "按职责分工 inside a list"),
    ("市直各委、办、局，省有关部门、单位", "市直各委、办、局 省有关部门、单位", "collectives with a comma in them"),
    ("各市、自治州人民政府", "各市、自治州人民政府", "prefectures"),
    ("甲经开区、乙文旅区、丙高新区管委会", "甲经开区管委会 乙文旅区管委会 丙高新区管委会", "zones for tourism"),
    ("市审改办、人行甲市中支、住建局", "市审改办 人行甲市中支 市住建局", "a bank stands between"),
    ("甲开发区、乙风景名胜区、丙试验区管委会", "甲开发区管委会 乙风景名胜区管委会 丙试验区管委会", "scenic areas"),
    ("市甲局，“一件事”相关牵头单位", "市甲局 “一件事”相关牵头单位", "a name that begins with quotation marks"),
    ("省甲局，市、县（市、区）人民政府", "省甲局 市、县（市、区）人民政府", "two levels without 各, with a bracket"),
    ("市委编办、发改委、财政局", "市委编办 市发改委 市财政局", "what follows a party organ is the city's"),
    ("市公安局、消防救援支队、气象局", "市公安局 市消防救援支队 市气象局", "brigades"),
    ("县法院、检察院、公安分局", "县法院 县检察院 县公安分局", "courts and offices of the same county"),
    ("中央、省驻市有关单位，市甲局", "中央、省驻市有关单位 市甲局", "units of two levels above"),
    (
        "市国土资源局、安全生产监督管理局、新闻出版广电局",
        "市国土资源局 市安全生产监督管理局 市新闻出版广电局",
        "long departments",
    ),
    ("各有关部门、单位", "各有关部门、单位", "one collective"),
    ("各县（市、区）党委、政府", "各县（市、区）党委 各县（市、区）政府", "party committees and governments of each"),
    (
        "各市、县（市、区）党委和政府，市教育局",
        "各市、县（市、区）党委 各市、县（市、区）政府 市教育局",
        "of two levels",
    ),
    ("各级党委和政府", "各级党委 各级政府", "of every level"),
    ("各级党委、政府，市教育局", "各级党委 各级政府 市教育局", "a comma between"),
    ("各级党委政府", "各级党委 各级政府", "nothing between"),
    ("各地党委及人民政府", "各地党委 各地人民政府", "及 and the long word"),
    ("有关市党委、政府等", "有关市党委 有关市政府+", "some of them, the list open"),
    ("市教育局和各县党委和政府", "市教育局 各县党委 各县政府", "和 twice"),
    ("各乡镇党委、政府", "各乡镇党委 各乡镇政府", "towns"),
    ("各街道党工委、办事处", "各街道党工委 各街道办事处", "subdistricts"),
    ("高新区党工委、管委会，市财政局", "高新区党工委 高新区管委会 市财政局", "a zone"),
    ("党委、政府", "党委 政府", "without a place"),
    ("市委、市政府，市教育局", "市委 市政府 市教育局", "two names written out"),
    ("省委省政府", "省委 省政府", "nothing between two names"),
    ("沈阳市委、市政府", "沈阳市委 沈阳市政府", "the government of the same city"),
    ("甲州委和州人民政府", "甲州委 甲州人民政府", "joined by 和"),
    ("市委、政府", "市委 市政府", "a government without its level"),
    ("沈阳市委，市政府", "沈阳市委 市政府", "another level begins: nothing is shared"),
    ("市委、县政府", "市委 县政府", "another level"),
    ("市委办公室、市政府办公室", "市委办公室 市政府办公室", "offices are bodies of their own"),
    ("市发改委、市政府", "市发改委 市政府", "a department whose name ends in 委"),
    ("市、县党委和政府", "市、县党委 市、县政府", "two levels without 各"),
    ("各市、州、直管市、林区人民政府", "各市、州、直管市、林区人民政府", "every level of one province"),
    ("各市及直管县教育局", "各市及直管县教育局", "及 inside a collective"),
    ("各市、省财政厅", "各市 省财政厅", "a collective, then a department"),
    ("市、县财政局", "市、县财政局", "two levels of one office"),
    ("省财政厅、省、市、县人民政府", "省财政厅 省、市、县人民政府", "three levels"),
    ("某采购联合会等行业协会", "某采购联合会+ 行业协会", "等 closes a list of associations"),
    ("省财政厅等部门及各市政府", "省财政厅+ 各市政府", "等部门 names nobody"),
    ("市商务局、甲区政府（按属地原则参与）", "市商务局 甲区政府", "how it is concerned is no part of the name"),
    ("县乡村振兴局（负责人：张三）", "县乡村振兴局", "nor is who answers for it"),
    ("县公安局/县司法局", "县公安局 县司法局", "a stroke for the comma"),
    (
        "和平区政府、经开区管委会、对外联络办",
        "和平区政府 经开区管委会 对外联络办",
        "names that begin like words between names",
    ),
    (
        "经开区、空港区、自贸试验（经济）区管委会",
        "经开区管委会 空港区管委会 自贸试验（经济）区管委会",
        "a bracket in a zone",
    ),
    ("浦东新区、闵行区政府", "浦东新区政府 闵行区政府", "a district called a new area"),
    ("县水利局、东山、注滋口、团洲镇", "县水利局 东山镇 注滋口镇 团洲镇", "towns that share their ending"),
    ("甲镇、乙土家族乡人民政府", "甲镇人民政府 乙土家族乡人民政府", "towns and townships"),
    ("怒丙州、丁市党委和政府", "怒丙州党委 怒丙州政府 丁市党委 丁市政府", "a shared ending of two bodies"),
    ("怒丙州、丁市党委、政府", "怒丙州党委 怒丙州政府 丁市党委 丁市政府", "with a comma in it"),
    ("省商务厅，广州、深圳等市人民政府", "省商务厅 广州市人民政府 深圳市人民政府+", "a shared ending after 等"),
    ("省发改委、长株潭三市人民政府", "省发改委 长株潭三市人民政府", "a count of places that share nothing"),
    ("省商务厅、港澳办、侨联、贸促会", "省商务厅 省港澳办 省侨联 省贸促会", "offices and people's organisations"),
    ("甲局、等厅直单位", "甲局+ 厅直单位", "等 after the comma"),
    ("各有关单位，各区、县级市", "各有关单位 各区、县级市", "districts and county-level cities"),
    ("各盟行政公署、市人民政府", "各盟行政公署、市人民政府", "leagues and cities"),
    ("各县、区政府（管委会），市甲局", "各县、区政府（管委会） 市甲局", "a bracket after two levels"),
    ("各县〈市、区〉人民政府、市直各单位", "各县〈市、区〉人民政府 市直各单位", "angled brackets"),
]


@pytest.mark.parametrize(("names", "expected", "reason"), LISTS)
def test_lists(names: str, expected: str, reason: str) -> None:
    plan = of(f"一、甲事。（责任单位：{names}）")
    found = [m.name + "+" * m.open for c in plan.tasks[0].clauses for m in c.mentions]
    assert found == expected.split(), reason


CLAUSES = [
    ("（甲局、\n乙局负责）", "一、 责甲局 责乙局", "a line that a PDF broke"),
    ("（牵头部\n\n门：甲局；责\n任单位：乙局、丙\n局）", "一、 牵甲局 配乙局 配丙局", "labels that line ends break"),
    ("（责\n任单位：甲局）", "一、 责甲局", "the same after its first character"),
    ("（各县政府是责任主体，甲局牵头，乙局配合）", "一、 配各县政府 牵甲局 配乙局", "the lead after another"),
    ("（教育股牵头，财务股配合）", "一、 牵教育股 配财务股", "units of a county's bureau"),
    (
        "责任单位：甲局、\n乙局、丙局\n完成时限：年底",
        "一、 责甲局 责乙局 责丙局",
        "a list over two lines without brackets",
    ),
    ("（责任单位∶甲局、乙局﹐丙局）", "一、 责甲局 责乙局 责丙局", "other forms of punctuation"),
    ("（市城投、县移动、人行甲中支负责）", "一、 责市城投 责县移动 责人行甲中支", "short names of firms"),
    ("（甲局配合，乙局牵头）", "一、 配甲局 牵乙局", "the lead last"),
    ("（甲局负责，各乡镇配合，下同）", "一、 责甲局 配各乡镇", "下同 after a clause without a rule"),
    ("（甲局负总责，乙局配合）", "一、 责甲局 配乙局", "负总责"),
    ("（甲局、乙局按职责分工牵头负责）", "一、 牵甲局 牵乙局", "a lead divided"),
    ("（甲局、中国石油等中央企业负责）", "一、 责甲局 责中国石油 责中央企业", "state firms"),
    ("（甲局，电信、移动、联通公司负责）", "一、 责甲局 责电信 责移动 责联通公司", "telecoms"),
    ("（甲局、乙局在各自职责范围内负责）", "一、 责甲局 责乙局", "在职责范围内"),
    ("（甲局牵头，海关、税务等部门配合）", "一、 牵甲局 配海关 配税务", "fields for their offices"),
    ("（甲局、乙局牵头并按职责分工负责，各县落实）", "一、 牵甲局 牵乙局 配各县", "leads and is responsible"),
    ("（指标牵头单位：甲局）", "一、 牵甲局", "the lead of an indicator"),
    ("牵头单位：\n甲局\n责任单位：\n乙局、\n", "一、 牵甲局 配乙局", "names on the line after their label"),
    ("由甲局承办，乙局、丙局协办。", "一、 责甲局 配乙局 配丙局", "who undertakes a task and who assists"),
    ("（甲处、12345热线中心、有审批职能的处室负责）", "一、 责甲处 责12345热线中心 责有审批职能的处室", "a hotline"),
    ("（甲局牵头制定，乙局配合）", "一、 牵甲局 配乙局", "what is led"),
    ("入社牵头单位：甲局。责任单位：乙局，丙局。", "一、 牵甲局 配乙局 配丙局", "a lost full stop before the label"),
    ("（监管单位：甲局；责任单位：乙局）", "一、 导甲局 责乙局", "who supervises guides"),
    ("省甲厅、省乙厅按职责分工负责。", "一、 责省甲厅 责省乙厅", "a whole sentence"),
    (
        "（责任单位：甲局（乙局）、丙局。列首位的为牵头单位，下同）",
        "一、 牵甲局（乙局） 配丙局",
        "a bracket before a rule",
    ),
    (
        "（责任单位：甲局、乙局（列首位的为牵头单位，下同）、各镇街）",
        "一、 牵甲局 配乙局 配各镇街",
        "names after the rule",
    ),
    ("（甲局牵头，乙局按职责完成有关工作，长期推进）", "一、 牵甲局 配乙局", "有关工作"),
    ("（甲局、乙局等单位按职责分别牵头负责）", "一、 牵甲局 牵乙局", "按职责分别"),
    ("部门分工：甲局牵头，乙局、丙局配合。", "一、 牵甲局 配乙局 配丙局", "who does what, with verbs after the label"),
    ("部门分工：甲局牵头，各地、各部门配合。", "一、 牵甲局 配各地 配各部门", "各地 beside a lead"),
    ("责任单位：甲局、乙局牵头，丙局、丁局", "一、 牵甲局 牵乙局 配丙局 配丁局", "names after those who lead"),
    ("部门分工：甲局牵头。", "一、 牵甲局", "one verb after the label"),
    ("部门分工：甲局会同乙局负责，丙局配合。", "一、 责甲局 责乙局 配丙局", "the same without a lead"),
    ("主要责任单位：甲局。其他责任单位：乙局、丙局。", "一、 牵甲局 配乙局 配丙局", "main and other"),
    (
        "责任单位：甲局、乙局、丙局、丁局、中国科大。",
        "一、 责甲局 责乙局 责丙局 责丁局 责中国科大",
        "one name of many without an ending",
    ),
    (
        "（责任单位：甲局。任务均涉及相关县人民政府，不再做分工，下同。）",
        "一、 责甲局 责相关县人民政府",
        "whom all tasks concern",
    ),
    ("责任科室：甲科牵头，乙科配合", "一、 牵甲科 配乙科", "sections of a bureau, with verbs after the label"),
    (
        "（责任单位：甲局，乙局（逗号前为牵头单位，未明确牵头单位的按职责分工负责，下同））",
        "一、 牵甲局 配乙局",
        "what holds where no lead is stated",
    ),
    (
        "（甲局牵头。各市州人民政府均为责任单位，以下不再列出）",
        "一、 牵甲局 配各市州人民政府",
        "a party added to its own clause too",
    ),
    ("（责任单位：甲局、乙局，其中第一个单位为牵头单位，下同）", "一、 牵甲局 配乙局", "其中 is no name"),
    ("(甲局,各县<市、区>政府,排名第一位为牵头单位,下同)", "一、 牵甲局 配各县<市、区>政府", "names alone with a rule"),
    ("（甲局牵头督导，乙局参与）", "一、 牵甲局 配乙局", "a lead that supervises"),
    ("（甲局按职责分工负责，各市政府结合实际落实）", "一、 责甲局 责各市政府", "结合实际"),
    ("（责任单位：甲局、乙局等部门分工负责）", "一、 责甲局 责乙局", "a verb after 等部门"),
    ("牵头单位：县甲局责任单位：各乡镇、乙工作组整治时限：12月底", "一、 牵县甲局 配各乡镇 配乙工作组", "run together"),
    ("责任单位：服务商完成时限：11月30日完成。", "一、 责服务商", "a time after any name"),
    ("关于“丁”的问题，由省甲厅会同省乙厅等部门负责落实。", "一、 责省甲厅 责省乙厅", "who together with whom"),
    ("按规定执行，由省甲委会省乙厅组织落实。", "一、 责省甲委 责省乙厅", "会 for 会同"),
    ("（甲局牵头，乙局配合组织落实）", "一、 牵甲局 配乙局", "配合组织落实"),
    ("（市分工方案：甲局、乙局负责）", "一、 责甲局 责乙局", "who of the city, beside those of the province"),
    (
        "（省甲厅、金融监管局、大湾区办，乙丙证监局、银保监局负责）",
        "一、 责省甲厅 责省金融监管局 责省大湾区办 责乙丙证监局 责乙丙银保监局",
        "beginnings shared by bodies of the province, and by those of the State in it",
    ),
    (
        "（牵头单位：甲局、乙局按职责分别牵头；责任单位：丙局等市政府有关部门及各县政府）",
        "一、 牵甲局 牵乙局 配丙局 配市政府有关部门 配各县政府",
        "a verb after the label; 等 before two collectives",
    ),
    ("（甲厅等按职责分工负责，各市政府结合实际贯彻落实）", "一、 责甲厅 责各市政府", "结合实际贯彻落实"),
    ("（甲部会同有关部门各负其责）", "一、 责甲部 责有关部门", "各负其责 alone"),
    ("（甲部牵头，各省、市、县级人民政府落实）", "一、 牵甲部 配各省、市、县级人民政府", "levels before 级"),
    ("责任单位：甲局、乙局；各县政府。", "一、 责甲局 责乙局 责各县政府", "a semicolon in a list without brackets"),
    (
        "（甲处、乙处等相关处室按职责分工负责）",
        "一、 责甲处 责乙处 责相关处室",
        "divisions, of which a collective closes the list",
    ),
    ("（主要责任单位：甲局、乙局）", "一、 责甲局 责乙局", "the main ones, with no others beside them"),
    ("（主要责任单位：甲局；配合单位：乙局）", "一、 牵甲局 配乙局", "the main one, with others beside it"),
    ("由省甲厅会同省乙厅研究提出意见。", "一、 责省甲厅 责省乙厅", "what they are to do"),
    ("（甲局为牵头单位，乙局、丙局为配合单位）", "一、 牵甲局 配乙局 配丙局", "为牵头单位"),
    ("（甲局牵头，乙局等参与并按职责分工负责）", "一、 牵甲局 配乙局", "参与并负责"),
    ("（主要负责单位：甲局；协助单位：乙局）", "一、 牵甲局 配乙局", "主要负责单位"),
    ("（甲厅、乙厅负责。完成时间：2020年11月）", "一、 责甲厅 责乙厅", "a time with a label after the verb"),
    ("（各设区的市人民政府，甲厅负责）", "一、 责各设区的市人民政府 责甲厅", "设区的市"),
    ("（甲厅牵头，各地、州、市人民政府（行署）配合）", "一、 牵甲厅 配各地、州、市人民政府（行署）", "地, 州 and 市"),
    (
        "（责任单位：甲委、各区县政府和乙新区、丙高新区、丁经开区管委会）",
        "一、 责甲委 责各区县政府 责乙新区管委会 责丙高新区管委会 责丁经开区管委会",
        "zones after 和 that share an ending",
    ),
    ("（甲局主责，乙局协同）", "一、 牵甲局 配乙局", "主责"),
    ("（甲局牵头，乙局负责；完成时限：年底前）", "一、 牵甲局 配乙局", "verbs, then a label of a time"),
    ("（甲局负责，乙局等部门单位配合；根据安排确定具体时间）", "一、 责甲局 配乙局", "verbs, then how it is done"),
    ("（配合单位：乙局，在温高校）", "一、 配乙局 配在温高校", "a collective that begins like a verb"),
    (
        "责任单位：甲局（牵头）、乙局。协同单位：丙局。",
        "一、 牵甲局 配乙局 配丙局",
        "a mark in a list without brackets",
    ),
    ("（责任部门（单位）：甲局、乙局）", "一、 责甲局 责乙局", "a bracket in the label"),
    ("牵头部门（单位）：甲局；责任科（室）：乙科", "一、 牵甲局 配乙科", "the same without brackets around"),
    ("（省级牵头单位：省甲厅；市级责任单位：乙局）", "一、 牵省甲厅 配乙局", "a level before the label"),
    ("（主体责任单位：甲局；监管责任单位：乙局）", "一、 责甲局 导乙局", "who answers for the supervision"),
    ("（责任单位：1.甲局；2.乙局、3．丙中心）", "一、 责甲局 责乙局 责丙中心", "a numbered list"),
    ("（甲局主办，乙局协办，丙局督办）", "一、 牵甲局 配乙局 导丙局", "督办"),
    ("（甲局牵头，工会、妇联等群团组织配合）", "一、 牵甲局 配工会 配妇联 配群团组织", "组织 of a name is no verb"),
    ("牵头组织实施单位：甲局", "一、 牵甲局", "two verbs in the label"),
    ("抓好甲。——省甲委、省乙委负责", "一、 责省甲委 责省乙委", "a dash before the names"),
    ("抓好甲。责任单位\u3000市甲局、市乙局", "一、 责市甲局 责市乙局", "a blank for a colon, behind a sentence"),
    ("（甲局主办、乙局协办）", "一、 牵甲局 配乙局", "the list comma behind a verb"),
    ("（甲局牵头、乙局参与、各县落实）", "一、 牵甲局 配乙局 配各县", "three of them"),
    ("由省甲厅负责，省乙厅、丙局配合，加快丁。", "一、 责省甲厅 配省乙厅 配丙局", "a sentence that goes on"),
]


@pytest.mark.parametrize(("clause", "expected", "reason"), CLAUSES)
def test_clauses(clause: str, expected: str, reason: str) -> None:
    plan = of(f"一、甲事。{clause}")
    assert said(plan) == [expected], reason
    assert plan.doubts == ()


def test_names_alone_are_parties_only_after_a_rule_for_them() -> None:
    rule = "1．甲。（甲局、乙局，列首位的为牵头单位，下同）\n"
    after = "2．乙（试行）。（丙局、各县政府）\n3．丙（一期）。（丁局）\n"
    assert said(of(rule + after)) == ["1． 牵甲局 配乙局", "2． 牵丙局 配各县政府", "3． 牵丁局"]
    comma = "1．甲。〔甲局，乙中心、丙海关。逗号前为牵头单位，下同〕\n2．乙。〔乙中心，有关单位（部门）〕\n"
    assert said(of(comma)) == ["1． 牵甲局 配乙中心 配丙海关", "2． 牵乙中心 配有关单位（部门）"]
    zone = "1．甲。〔甲局，有关单位（部门）。逗号前为牵头单位，下同〕\n2．乙。（乙局（丙委）、丁局，各县（市）政府）\n"
    assert said(of(zone))[1] == "2． 牵乙局（丙委） 牵丁局 配各县（市）政府"
    label = "1．甲。（责任单位：甲局，各区、县（市）政府）（下同）\n2．乙。（乙局，各区、县（市）政府）\n"
    assert said(of(label)) == ["1． 责甲局 责各区、县（市）政府", "2． 责乙局 责各区、县（市）政府"]
    assert said(of(label.replace("（下同）", "")))[1] == "2．"
    more = (
        "2．乙。（乙部会同丙部、丁总社等部门）\n3．丙。（丙部、各省、自治区、直辖市人民政府）\n4．丁（企业、高校）。\n"
    )
    assert said(of(rule + more))[1:] == [
        "2． 牵乙部 配丙部 配丁总社",
        "3． 牵丙部 配各省、自治区、直辖市人民政府",
        "4．",
    ]
    verb = "1．甲。（甲部、乙部负责。列第一位者为牵头单位，下同）\n2．乙。（乙部、丙部）\n3．各行（丙局、丁局）配合。\n"
    assert said(of(verb)) == ["1． 牵甲部 配乙部", "2． 牵乙部 配丙部", "3．"]
    assert said(of("1．甲。（甲局负责）\n" + after)) == ["1． 责甲局", "2．", "3．"]
    assert said(of(rule.replace("，下同", "") + after)) == ["1． 牵甲局 配乙局", "2．", "3．"]


@pytest.mark.parametrize("posts", ["分管副省长、协管副秘书长负责", "王五副市长牵头", "省领导：王五"])
def test_persons_in_a_clause_are_no_parties(posts: str) -> None:
    plan = of(
        f"一、甲事。（{posts}，甲局牵头，乙局配合）"
        if "：" not in posts
        else f"一、甲事。（{posts}，牵头单位：甲局，配合单位：乙局）"
    )
    assert said(plan) == ["一、 牵甲局 配乙局"]
    assert {doubt.kind for doubt in plan.doubts} == {"person"}


def test_what_a_clause_says_besides_its_names_is_no_party() -> None:
    text = "（负责部门：甲部、乙部；适用范围：所有试验区，以下除标注的措施外，适用范围均为所有试验区）"
    assert said(of(f"一、甲事。{text}")) == ["一、 责甲部 责乙部"]


def test_a_text_without_numbers_has_a_task_for_each_paragraph_with_a_clause() -> None:
    text = (
        "甲市方案\n为做好甲，制定方案。\n推进甲。做好乙。（甲局牵头，乙局配合）\n完善乙。\n建设丙。\n责任单位：丙局\n"
    )
    plan = of(text)
    assert said(plan) == ["牵甲局 配乙局", "责丙局"]
    assert [t.text_spans[0].of(text) for t in plan.tasks] == ["推进甲。做好乙。", "建设丙。"]


def test_a_committee_and_its_government_stand_at_places_of_their_own() -> None:
    text = "一、甲事。（各市党委、政府负责）"
    (clause,) = of(text).tasks[0].clauses
    assert [m.span.of(text) for m in clause.mentions] == ["各市党委", "政府"]


NO_CLAUSE = [
    ("举办大赛（主办单位：甲局；承办单位：乙局；协办单位：丙报社）。", "an event, with those who carry it out"),
    ("大赛由甲市政府主办，甲局承办，乙局协办。", "an event, in a sentence"),
    ("举办大赛。\n主办单位：甲局\n承办单位：乙局\n协办单位：丙报社", "the same on lines"),
    ("举办大赛。\n指导单位：甲局\n主办单位：乙局\n协办单位：丙报社", "with those who guide"),
    ("本办法由甲局负责解释。", "who interprets"),
    ("当天办结（现场办理）。", "how, not who"),
    ("举办大赛。由甲局承办，乙局协办。", "an event in the sentence before"),
    ("举办大赛（甲局承办）。", "an event in brackets"),
    ("鼓励龙头企业牵头，高校院所参与。", "no body but kinds of them"),
    ("形成机制。企业牵头，高校院所参与。", "the same without a verb before"),
]


@pytest.mark.parametrize(("text", "reason"), NO_CLAUSE)
def test_events_have_no_parties(text: str, reason: str) -> None:
    assert said(of(f"一、甲事。{text}")) == ["一、"], reason


def test_those_of_an_event_may_have_numbers() -> None:
    text = "一、组织机构\n（一）指导单位：甲局\n（二）主办单位：乙局\n（三）协办单位：丙局、各县文化站\n"
    assert said(of(text)) == ["（一）", "（二）", "（三）"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("做好甲事。（甲局、乙局）", "clause"),
        ("做好甲事。（甲局统筹协调，乙局分工负责）", "clause"),
        ("做好甲事。（甲经济发展局农业处）", "clause"),
        ("甲专项行动（市乙委）", "clause"),
        ("做好甲事（市乙局负责规划编制，丙局配合，市丁局指导）", "clause"),
        ("做好甲事。牵头负责领导：王五。", "person"),
        ("做好甲事。（甲市场监管局、乙局等单位，各市人民政府）", "clause"),
        ("由甲局牵头的协调机制要发挥作用。", "sentence"),
        ("评审由省甲厅组织实施。", "sentence"),
        ("奖励由市甲局会同市乙局负责。", "sentence"),
        ("本办法由甲部会同有关部门另行制定。", "sentence"),
    ],
)
def test_what_is_not_read_is_reported(text: str, kind: str) -> None:
    plan = of(f"一、{text}")
    assert said(plan) == ["一、"]
    assert [d.kind for d in plan.doubts] == [kind]


def test_what_a_body_is_called_besides_is_not_reported() -> None:
    assert of("一、报市甲局（市乙办）\n二、按县乙局丙丁科（市乙办）\n").doubts == ()


def test_the_title_of_a_plan_that_divides_work_says_nothing_of_who_does_it() -> None:
    assert of("贯彻《甲市乙分工落实方案》。\n一、办甲。\n").doubts == ()


@pytest.mark.parametrize(
    "heads",
    [
        "工作任务\n|\n具体要求\n|\n责任科室\n|\n",
        "任务\n责任单位\n",
        "任务 | 要求 | 负责科室 |\n",
        "| 任务 | 责任单位\n",
    ],
)
def test_heads_of_a_table_that_is_not_read_are_reported(heads: str) -> None:
    plan = of(f"一、办甲。\n任务表\n{heads}办乙，并且办丙，全年。\n")
    assert said(plan) == ["一、"]
    assert [d.kind for d in plan.doubts] == ["clause"]


def test_a_sentence_before_the_clause_of_its_paragraph_is_no_clause() -> None:
    text = (
        "（一）甲事。由甲局牵头，会同有关部门推进。加强甲。（责任单位：甲局、乙局）（二）乙事。由丙局牵头，丁局配合。\n"
    )
    plan = of(text)
    assert said(plan) == ["（一） 责甲局 责乙局", "（二） 牵丙局 配丁局"]
    assert [d.kind for d in plan.doubts] == ["sentence"]


def test_labels_over_blank_lines_are_one_clause_and_a_lead_begins_another() -> None:
    text = "1．甲事。\n\n牵头单位：甲局\n\n责任单位：乙局，各街道\n\n2．乙事。\n\n牵头负责领导：某某。\n\n牵头单位：丙局。\n\n协同责任单位：丁局等，各县、市、区政府。"
    assert said(of(text)) == ["1． 牵甲局 配乙局 配各街道", "2． 牵丙局 配丁局 配各县、市、区政府"]


def test_a_cell_over_task_and_bodies_is_a_heading_in_the_table() -> None:
    rows = "<tr><td>一<td colspan=2>甲类（AI+制造）</tr><tr><td>1<td>推进甲<td>县甲局</tr><tr><td>2<td>推进乙<td>县乙局</tr>"
    page = f"<html><body><table><tr><td>序号<td>任务<td>责任单位</tr>{rows}</table></body></html>"
    assert said(extract(read_html(page.encode(), "d", "d.html"), REGISTER)) == ["1 责县甲局", "2 责县乙局"]


DUTY_LISTS = [
    (
        "三、成员单位职责\n第五条 成员单位承担下列任务。\n（一）县甲局：管甲。\n（二）县乙局：管乙。\n（三）县丙局：管丙。\n",
        3,
    ),
    ("三、成员单位职责第五条成员单位承担下列工作。\n(一)县甲局:管甲。\n(二)县乙局:管乙。\n", 2),
    ("三、职责分工\n（一）责任单位：县甲局。\n（二）责任单位：县乙局。\n", 2),
    ("三、职责分工\n（一）县甲局负责甲。\n（二）自行负责乙的组织，由丙管理。\n", 0),
]


@pytest.mark.parametrize(
    ("text", "lines"), DUTY_LISTS, ids=["an article between", "an article on the line", "labels", "no body"]
)
def test_duties_beneath_an_article_of_their_chapter(text: str, lines: int) -> None:
    chapters = "一、机构\n第一条 设甲组。\n第二条 设乙组。\n二、制度\n第三条 定甲。\n第四条 定乙。\n"
    assert sum(bool(task.clauses) for task in of(f"甲县规则\n{chapters}{text}").tasks) == lines


# --- outline ---------------------------------------------------------------------------------------------------------


def test_an_annex_belongs_to_no_item_above_it() -> None:
    text = (
        "甲市方案\n一、要求\n（一）甲事。（甲局负责）\n（二）乙事。做好乙。\n甲市人民政府\n2020年9月21日\n附件1\n重点项目\n"
        "1．丙事。\n2．丁事。（乙局负责）\n附件2\n名单\n甲、乙\n"
    )
    plan = of(text)
    assert said(plan) == ["（一） 责甲局", "（二）", "1．", "2． 责乙局"]
    assert [t.text_spans[0].of(text) for t in plan.tasks] == ["甲事。", "乙事。做好乙。", "丙事。", "丁事。"]
    assert [p.reason for p in plan.parts if "附件2" in p.span.of(text)] == ["an annex without numbered items"]


def test_chapters_are_not_folded_under_the_clause_of_their_last_item() -> None:
    assert said(of("一、甲\n（一）乙事。\n（二）丙事。（甲局负责）")) == ["（一）", "（二） 责甲局"]
    assert said(of("一、甲\n1．乙事。\n2．丙事。（甲局负责）")) == ["一、 责甲局"]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        (
            "某方案。一、甲事（一）甲。（甲局负责）"
            + "".join(f"（{n}）乙。" for n in "二三四五六七八九十")
            + "二、乙事（十一）丙。（十二）丁。（乙局负责）",
            "（一） （二） （三） （四） （五） （六） （七） （八） （九） （十） （十一） （十二）",
        ),
        ("某办法。第一条为了甲。第二条甲局负责。第三条按第二条规定办理。", "第一条 第二条 第三条"),
        ("某方案。一、任务 1.1甲。（责任单位：甲局）1.2乙。（责任单位：乙局）2.1丙。（责任单位：丙局）", "1.1 1.2 2.1"),
        ("一、甲\n1.2021年底前乙。（甲局负责）\n2.12345热线。（乙局负责）\n3.5G基站。（丙局负责）", "1. 2. 3."),
        ("某方案。一、甲。1.乙。（甲局负责）2.2021年底前丙。（乙局负责）3.丁增长2.5亿元。（丙局负责）", "1. 2. 3."),
        ("某方案。一、甲。1.一是乙。（甲局负责）二是丙。（乙局负责）2.丁。（丙局负责）", "一是 二是 2."),
        ("一、甲\n1）乙。\n2）丙。", "1） 2）"),
        ("某市任务分工1.甲。（甲局负责）2.乙。（乙局负责）", "1. 2."),
        ("某市任务分工一、甲事（一）甲。（甲局负责）（二）乙。（乙局负责）二、乙事（一）丙。", "（一） （二） （一）"),
        (
            "某方案第一部分 要求一、甲。二、乙。第二部分 任务一、丙。（甲局负责）二、丁。（乙局负责）",
            "一、 二、 一、 二、",
        ),
        ("某计划（一）甲：①乙；②丙。（甲局负责）（二）丁。（乙局负责）", "（一） （二）"),
        ("第1条 甲。（甲局负责）\n第2条 乙。", "第1条 第2条"),
        ("一.甲。（甲局负责）\n二.乙。", "一. 二."),
        (
            "某方案。一、甲事1.优化流程（1）丙。（甲局负责）（2）丁。（乙局负责）2.改善环境（3）戊。（甲局负责）（4）己。（乙局负责）二、庚事。",
            "（1） （2） （3） （4） 二、",
        ),
        (
            "某方案。一、甲（一）乙。（甲局负责）完成时限：12月30日（二）丙。（乙局负责）二、丁事。",
            "（一） （二） 二、",
        ),
        (
            "某方案。一、甲（一）乙。（甲局负责）二、稳定市场预期（二）丙。（乙局负责）三、丁（三）戊。",
            "（一） （二） （三）",
        ),
        ("某市任务分解 1、甲。（甲局负责） 2、乙。（乙局负责）", "1、 2、"),
        ("某办法第一章 总则第一条 甲。第二条 乙。第二章 规划第三条 丙。第四条 丁。", "第一条 第二条 第三条 第四条"),
    ],
)
def test_numbers_on_one_line(text: str, numbers: str) -> None:
    assert [t.number_as_written for t in of(text).tasks] == numbers.split()


def test_a_clause_without_a_stop_ends_before_the_next_number() -> None:
    text = (
        "某方案。一、甲事。责任单位：甲局完成时限：6月30日二、乙事。责任单位：乙局（一）丙。责任单位：丙局（二）丁。"
        "责任单位：丁局三、戊事。责任单位：戊局。"
    )
    assert said(of(text)) == ["一、 责甲局", "二、 责乙局", "（一） 责丙局", "（二） 责丁局", "三、 责戊局"]


def test_names_without_a_stop_end_before_the_next_number_or_the_end_of_the_plan() -> None:
    text = (
        "某方案。一、甲事1.乙。责任单位：各县政府、某管委会2.丙。牵头单位：登记处　配合单位：某海关二、丁事　　3.戊。"
        "责任单位：甲大队　　4.己。责任单位：1.甲局 2.乙局三、庚。责任单位：市直各部门以上措施自印发之日起施行。"
    )
    expected = [
        "1. 责各县政府 责某管委会",
        "2. 牵登记处 配某海关",
        "3. 责甲大队",
        "4. 责甲局 责乙局",
        "三、 责市直各部门",
    ]
    assert said(of(text)) == expected


def test_lists_by_body() -> None:
    text = (
        "甲县方案\n一、职责分工\n1.县教育局负责校园安全。\n2.县委组织部负责干部。\n3、县公安局 负责治安：巡逻。\n4.各镇街：做好属地工作。\n"
        "二、成员单位职责\n（一）县教育局职责：落实经费。\n（二）县财政局。保障经费。\n三、保障\n（一）县教育局负责统筹。\n（二）强化考核。\n"
        "四、工作职责\n（一）县丙局：做好丙。\n（二）丁公司、戊公司（简称“两公司”）：做好丁。"
    )
    assert said(of(text)) == [
        *(
            "1. 责县教育局",
            "2. 责县委组织部",
            "3、 责县公安局",
            "4. 责各镇街",
            "（一） 责县教育局",
            "（二） 责县财政局",
        ),
        *("（一）", "（二）", "（一） 责县丙局", "（二） 责丁公司 责戊公司"),
    ]


def test_lists_by_body_under_the_title() -> None:
    lines = "1、市甲局：负责甲。\n2、市乙局：管乙。\n3、各县人民政府：负总责。\n"
    expected = ["1、 责市甲局", "2、 责市乙局", "3、 责各县人民政府"]
    assert said(of(f"甲市防汛指挥部成员单位职责\n{lines}")) == expected
    assert said(of(f"甲市防汛预案\n{lines}")) == ["1、", "2、", "3、"], "nothing says whose duties follow"
    few = of("甲市防汛预案\n1、市甲局：负责甲。\n2、市乙局：指导乙。\n3、做好丙。\n")
    assert said(few) == ["1、", "2、", "3、"]
    assert [d.span.of(few.document.text) for d in few.doubts] == ["市甲局", "市乙局"], "but they are reported"


def test_the_last_duty_of_a_text_on_one_line_is_kept() -> None:
    text = "（二）成员单位职责。职责如下：1.甲部门。组织甲。2.乙部门。负责乙。3.财政、商务部门。保障丙，做好丁。"
    plan = of(text)
    assert said(plan)[-1] == "3. 责财政部门 责商务部门"
    assert "保障丙，做好丁" in "".join(span.of(text) for span in plan.tasks[-1].text_spans)


def test_lists_by_body_that_their_form_alone_tells() -> None:
    lines = "14.市甲局：负责甲工作。\n15.市乙局：指导各县乙工作。\n16.市丙局：依据职能做好丙。\n17.各区县政府（地区管委会）：落实属地责任。\n"
    expected = ["14. 责市甲局", "15. 责市乙局", "16. 责市丙局", "17. 责各区县政府（地区管委会）"]
    assert said(of(f"{lines}六、措施\n（一）加强领导。\n（二）严格考核。\n"))[:4] == expected, "no heading at all"
    others = f"甲市方案\n一、要求\n（一）统一思想。\n（二）加强领导。\n三、任务分解\n{lines}"
    assert said(of(others))[2:] == expected, "a heading of other words"
    prizes = re.sub("：[^\n]*", "：一等奖。", lines)
    assert not any(task.clauses for task in of(f"甲市通报\n{prizes}").tasks), "what is behind the colon is no duty"
    assert not any(task.clauses for task in of(f"甲市方案\n一、各级路长职责\n{lines}").tasks), "persons' duties"


QUESTIONS = [
    (
        "由甲部会同中央乙办、丙部、丁部、戊部、己部、庚部、辛部、壬部、国家癸局等部门研究提出落实意见",
        "责甲部 责中央乙办 责丙部 责丁部 责戊部 责己部 责庚部 责辛部 责壬部 责国家癸局",
    ),
    ("由甲部负责落实", "责甲部"),
    ("由甲部、乙部分别提出落实意见", "责甲部 责乙部"),
    ("由甲部、乙部等部门研究制定具体办法", "责甲部 责乙部"),
    ("由甲部会同有关部门抓好落实", "责甲部 责有关部门"),
    ("由甲部牵头，会同乙部、丙委等部门研究落实", "牵甲部 配乙部 配丙委"),
    ("由甲部牵头负责", "牵甲部"),
    ("请甲部会同乙部抓紧落实", "责甲部 责乙部"),
]


@pytest.mark.parametrize(("who", "expected"), QUESTIONS, ids=[who for who, _ in QUESTIONS])
def test_a_list_of_questions_says_who_is_to_see_to_each(who: str, expected: str) -> None:
    for question in ("关于“甲事，乙事”和“丙事”的问题", "关于办好甲事的问题", "关于甲工作"):
        assert said(of(f"关于甲意见分工的通知\n一、分工\n（一）{question}，{who}。\n（二）做好乙。\n")) == [
            f"（一） {expected}",
            "（二）",
        ]


def test_a_question_that_somebody_else_comes_into_is_reported() -> None:
    plan = of("关于甲意见分工的通知\n一、分工\n（一）关于甲的问题，由甲部负责落实，乙部负责监督、丙部参与评估。\n")
    assert not plan.tasks[0].clauses or {m.name for c in plan.tasks[0].clauses for m in c.mentions} >= {"甲部", "乙部"}
    assert plan.tasks[0].clauses or plan.doubts


def test_a_party_that_is_inherited_and_named_counts_once() -> None:
    text = "1．甲。（甲局牵头。以下均需乙局落实，不再列出）\n2．乙。（丙局牵头）\n3．丙。（丙局牵头，乙局配合）"
    assert said(of(text)) == ["1． 牵甲局", "2． 牵丙局 配乙局", "3． 牵丙局 配乙局"]


# --- tables ----------------------------------------------------------------------------------------------------------

TABLES = [
    (("任务,责任单位", "甲,县甲局"), ["责县甲局"], "without a lead they are responsible"),
    (("任务,责任单位", "甲,县甲局、县乙局按职责分工负责"), ["责县甲局 责县乙局"], "a verb in a cell"),
    (("任务,牵头单位", "甲,县甲局、县乙局按职责分工负责"), ["牵县甲局 牵县乙局"], "a verb below who leads"),
    (("任务,责任单位（列第一位的为牵头单位）", "甲,县甲局、县乙局"), ["牵县甲局 配县乙局"], "a rule in the head"),
    (("任务,责任单位", "甲,县甲局、县乙局（排在首位的为牵头单位，下同）"), ["牵县甲局 配县乙局"], "a rule in a cell"),
    (("任务,责任单位", "甲,县甲局（牵头）、县乙局"), ["牵县甲局 配县乙局"], "a mark in a cell"),
    (
        ("任务,牵头单位,配合单位", "甲,县甲局,县乙局", "乙,同上,县丙局"),
        ["牵县甲局 配县乙局", "配县丙局 牵县甲局"],
        "同上",
    ),
    (("任务,责任单位", "甲,1.县甲局 2.县乙局"), ["责县甲局 责县乙局"], "numbers in a cell"),
    (("任务,责任单位", "甲,县甲局、县乙局。"), ["责县甲局 责县乙局"], "a cell that ends as a sentence"),
    (("任务,责任单位", "甲,县甲局、无"), ["责县甲局"], "无 is nobody"),
    (("任务,牵头单位及责任人", "甲,县甲局 张三"), ["牵县甲局"], "a person beside a body"),
    (("任务,责任单位", "1.甲,县甲局", "2.乙,县乙局"), ["1. 责县甲局", "2. 责县乙局"], "numbers of tasks in their cell"),
    (("任务,责任单位", "甲,县甲局", "合　计,2项"), ["责县甲局"], "a total is no task"),
    (("任务,主管单位（责任分工）", "甲,县甲局", "乙,县乙局"), ["责县甲局", "责县乙局"], "主管单位"),
]


BY_BODY = [
    (
        ("部门,职责与任务", "县甲局,做好监测和防治工作。", "县乙局,组织体育运动。"),
        ["责县甲局", "责县乙局"],
        "two columns",
    ),
    (
        ("部门,政策制定重点领域,有关因素", "县甲局、县乙局等,加强健康教育。,环境", "各镇（街道）,落实属地责任。,服务"),
        ["责县甲局 责县乙局", "责各镇（街道）"],
        "a third column, and a list",
    ),
    (
        ("序号,单位名称,工作任务", "1,县甲局,推进园区建设。", "2,县乙局,完善用地规划。"),
        ["1 责县甲局", "2 责县乙局"],
        "numbers",
    ),
    (
        ("部门,主要职责", '"县自然资源和\n规划局",统筹用地。落实规划。', '"县人社局\n医保中心",提高保障水平。'),
        ["责县自然资源和规划局", "责县人社局 责医保中心"],
        "a name, and two, over two lines",
    ),
]


@pytest.mark.parametrize(("rows", "expected", "reason"), BY_BODY)
def test_tables_by_body(rows: tuple[str, ...], expected: list[str], reason: str) -> None:
    plan = extract(table(*rows), REGISTER)
    assert said(plan) == expected, reason
    assert {clause.rule for task in plan.tasks for clause in task.clauses} == {"E2"}


@pytest.mark.parametrize(
    "rows",
    [
        ("部门,联系电话", "县甲局,0123", "县乙局,0456"),
        ("单位,任务", "县甲局,30", "县乙局,20"),
        ("指标,单位,目标任务", "产值,亿元,达到三百亿元以上", "项目,个,新建三十个项目"),
    ],
)
def test_tables_with_bodies_and_no_duties(rows: tuple[str, ...]) -> None:
    with pytest.raises(UnreadableError):
        extract(table(*rows), REGISTER)


def test_a_rule_of_the_document_says_nothing_of_a_table_by_body() -> None:
    text = "各项任务责任单位中，排在首位的为牵头单位。\n部门\t职责\n县甲局、县乙局\t做好防治工作。\n县丙局\t做好监测工作。\n"
    assert said(of(text)) == ["责县甲局 责县乙局", "责县丙局"]


def test_a_cell_of_a_table_by_body_that_names_none_is_reported() -> None:
    plan = extract(
        table("部门,职责", "县甲局,做好监测工作。", "县乙局,做好防治工作。", "其他方面,做好有关工作。"), REGISTER
    )
    assert said(plan) == ["责县甲局", "责县乙局", ""]
    assert [d.span.of(plan.document.text) for d in plan.doubts] == ["其他方面"]


@pytest.mark.parametrize(("rows", "expected", "reason"), TABLES)
def test_tables(rows: tuple[str, ...], expected: list[str], reason: str) -> None:
    assert said(extract(table(*rows), REGISTER)) == expected, reason


def test_a_heading_merged_over_the_columns_of_bodies_names_nobody() -> None:
    def cells(*words: str) -> list[Cell]:
        return [Cell([(word, word)]) for word in words]

    heading = Cell([("特色领域（农业）", "2")])
    one = Assembly()
    rows = [cells("序号", "任务", "责任单位"), [*cells("一"), heading, heading], cells("1", "建设甲", "县甲局")]
    one.table(rows, "d.docx")
    assert said(extract(one.document("d", "d.docx", b"x", "application/docx"), REGISTER)) == ["1 责县甲局"]


def test_a_rule_above_a_table_holds_in_it() -> None:
    text = "各项任务责任单位中，排在首位的为牵头单位。\n序号\t任务\t责任单位\n1\t甲\t县甲局、县乙局\n2\t乙\t县丙局\n"
    assert said(of(text)) == ["1 牵县甲局 配县乙局", "2 牵县丙局"]


def test_notes_beneath_a_table_are_no_items() -> None:
    text = "序号\t任务\t责任单位\n1\t甲\t县甲局\n2\t乙\t县乙局\n说明：1.按月报送。2.按季通报。\n3.按年考核。\n"
    assert said(of(text)) == ["1 责县甲局", "2 责县乙局"]


def test_a_cell_that_should_name_bodies_and_does_not_is_reported() -> None:
    plan = extract(table("任务,责任单位", "甲,由上级另行确定并负责解释", "乙,县甲局"), REGISTER)
    assert said(plan) == ["", "责县甲局"]
    assert [d.span.of(plan.document.text) for d in plan.doubts] == ["由上级另行确定并负责解释"]


def test_an_annex_that_heads_the_text_is_the_plan_itself() -> None:
    plan = of("附件2\n甲市2024年重点任务清单\n一、任务\n（一）乙。（责任单位：市甲局）\n")
    assert said(plan) == ["（一） 责市甲局"]
    assert plan.metadata.title == "甲市2024年重点任务清单"
    assert plan.warnings == ()


def test_what_is_beneath_a_body_that_is_a_heading_is_its_task() -> None:
    work = "一、县甲局、县乙局\n1．甲。（配合单位：县丙局）\n2．乙。\n二、县丁局\n1．丙。（县戊局负责）\n2．丁。\n三、工作要求\n1．严格考核。\n"
    expected = ["1． 配县丙局 责县甲局 责县乙局", "2． 责县甲局 责县乙局", "1． 责县戊局", "2． 责县丁局", "1．"]
    assert said(of(f"甲县重点工作任务分解\n{work}")) == expected
    assert said(of(f"甲县重点工作方案\n{work}"))[1] == "2．", "nothing says that the work is divided"
    beneath = "一、责任分工\n（一）县甲局\n1．甲。\n（二）县乙局。\n1．乙。\n二、县丙局\n1．丙。\n"
    assert said(of(beneath)) == ["1． 责县甲局", "1． 责县乙局", "1．"]


@pytest.mark.parametrize("heading", ["重点产业", "牵头单位", "打造区域中心"])
def test_headings_that_are_no_bodies(heading: str) -> None:
    text = f"甲县重点工作任务分解\n一、{heading}\n1．甲。\n2．乙。\n二、{heading}\n1．丙。\n2．丁。\n"
    assert said(of(text)) == ["1．", "2．", "1．", "2．"]


def test_a_list_by_body_without_numbers() -> None:
    text = (
        "甲县方案\n一、要求\n抓好工作。\n二、成员单位职责\n各单位职责如下。\n县财政局：落实经费。\n做好保障。\n县水利局：做好防汛。\n●县丙局：做好丙。\n县丁局负责丁。\n"
        "各乡镇（街道）：落实属地责任。\n三、保障\n加强领导：不得松懈。\n县财政局：按期拨付。\n县水利局：按期完成。\n"
    )
    plan = of(text)
    assert said(plan) == ["一、", "责县财政局", "责县水利局", "责县丙局", "责县丁局", "责各乡镇（街道）", "三、"]
    assert [t.number for t in plan.tasks] == [1, 1, 2, 3, 4, 5, 3]
    assert plan.tasks[2].text_spans[0].of(text) == "县水利局：做好防汛。"


@pytest.mark.parametrize(
    ("statement", "label"),
    [
        ("以下政策均需各市人民政府落实，不再单独列出", "落实"),
        ("任务均涉及各市人民政府，不再做分工，下同", "涉及"),
        ("以下任务均需各市人民政府负责，不再列出", "负责"),
    ],
)
def test_a_party_stated_once_says_how_it_takes_part(statement: str, label: str) -> None:
    plan = of(f"一、甲事。（责任单位：甲局。{statement}）\n二、乙事。（责任单位：乙局）")
    (also,) = plan.tasks[1].inherited
    assert [(m.name, m.label) for m in also.mentions] == [("各市人民政府", label)]


WORDED = [
    (
        "一、甲\n任务1：建平台。（牵头单位：县甲局）\n任务2：建机制。（牵头单位：县乙局）\n二、乙\n任务3：抓落实。（县丙局负责）\n",
        ["任务1： 牵县甲局", "任务2： 牵县乙局", "任务3： 责县丙局"],
        "beneath chapters, counting on",
    ),
    (
        "一、整改\n问题一、管网老旧。\n整改措施：\n（1）编方案。\n（2）抓改造。\n牵头单位：县甲局\n责任单位：县乙局\n"
        "问题二、垃圾乱堆。\n整改措施：\n（1）抓清运。\n（2）抓巡查。\n牵头单位：县丙局\n二、保障\n（一）抓落实。\n",
        ["问题一、 牵县甲局 配县乙局", "问题二、 牵县丙局", "（一）"],
        "over measures with one clause at their end",
    ),
    (
        "一、甲\n（一）乙\n举措1.降成本。（县甲局负责）\n举措2.优服务。（县乙局负责）\n（二）丙\n举措3 强监管。（县丙局负责）\n",
        ["举措1. 责县甲局", "举措2. 责县乙局", "举措3 责县丙局"],
        "beneath sections",
    ),
    (
        "甲县方案\n重点任务一 抓招商\n（一）驻点。（县甲局负责）\n（二）以商招商。（县乙局负责）\n重点任务二 抓项目\n（一）开工。（县丙局负责）\n",
        ["（一） 责县甲局", "（二） 责县乙局", "（一） 责县丙局"],
        "above sections",
    ),
    (
        "一、甲。任务1：建平台。（县甲局负责）任务2：建机制。（县乙局负责）任务3：抓落实。（县丙局负责）",
        ["任务1： 责县甲局", "任务2： 责县乙局", "任务3： 责县丙局"],
        "inside a line",
    ),
    (
        "一、甲\n任务1：建平台，详见任务2：乙。（县甲局负责）\n二、乙。（县乙局负责）\n",
        ["一、 责县甲局", "二、 责县乙局"],
        "a word alone",
    ),
]


@pytest.mark.parametrize(("text", "expected", "reason"), WORDED)
def test_numbers_with_a_word(text: str, expected: list[str], reason: str) -> None:
    assert said(of(text)) == expected, reason


@pytest.mark.parametrize(
    ("clause", "expected", "reason"),
    [
        ("【牵头单位】县甲局\n【配合单位】县乙局、县丙局", "牵县甲局 配县乙局 配县丙局", "a label in brackets"),
        ("【牵头单位】：县甲局", "牵县甲局", "with a colon too"),
        ("（县甲局牵头，县乙局、县丙局配合", "牵县甲局 配县乙局 配县丙局", "a bracket never closed"),
        ("（县甲局牵头，各县（市、区）政府配合", "牵县甲局 配各县（市、区）政府", "though one inside it is"),
        ("（注：抓好落实（县甲局负责）", "责县甲局", "one never closed around a clause"),
        (
            "（县甲局、县乙局，各县（市、区）政府）按职责分工负责。",
            "责县甲局 责县乙局 责各县（市、区）政府",
            "the verb behind the bracket",
        ),
        ("（县甲局牵头，各镇、场、街道配合）", "牵县甲局 配各镇、场、街道", "farms beside towns"),
        ("县甲局牵头，县乙局配合）", "牵县甲局 配县乙局", "a bracket never opened"),
        ("（牵头单位：县甲局；配合单位：县乙局〉", "牵县甲局 配县乙局", "one closed by the mark of a title"),
        ("（县甲局牵头，县乙局配合>。", "牵县甲局 配县乙局", "or by the like of a keyboard"),
        ("（责任单位：县甲局、各乡镇〈街道〉〉", "责县甲局 责各乡镇〈街道〉", "which stands inside too"),
        ("〈责任单位：县甲局、县乙局〉", "责县甲局 责县乙局", "brackets of titles around a clause"),
        ("<牵头单位：县甲局，配合单位：县乙局>", "牵县甲局 配县乙局", "and their like"),
        ("——县甲局牵头，县乙局配合", "牵县甲局 配县乙局", "after a dash"),
        ("(牵头单位:县甲局;配合单位:县乙局.)", "牵县甲局 配县乙局", "a full stop of another keyboard"),
        (
            "（县甲局牵头。只明确一个部门的，其他有关部门配合，不一一列出，下同）",
            "牵县甲局",
            "what is not listed is not read",
        ),
        (
            "（县甲局牵头，县乙局、涉及安置区的乡镇人民政府配合）",
            "牵县甲局 配县乙局 配涉及安置区的乡镇人民政府",
            "which of a kind",
        ),
        ("（县甲局、县乙局，各地和各高校按职责分工负责）", "责县甲局 责县乙局 责各地 责各高校", "two collectives"),
    ],
)
def test_clauses_as_they_come(clause: str, expected: str, reason: str) -> None:
    assert said(of(f"一、甲事。{clause}\n二、乙事。\n")) == [f"一、 {expected}", "二、"], reason


DIVIDED = [
    (
        "责任分工：区规划局负责开展规划编制工作，所在乡镇人民政府组织实施，区直有关部门配合，区建设局业务检查指导并协助做好规划。",
        "责区规划局 责所在乡镇人民政府 配区直有关部门 导区建设局",
        "verbs with objects",
    ),
    (
        "任务分工：由县供水公司负责实施甲路、乙路管道项目，其他项目由各镇政府负责实施，县直部门配合。",
        "责县供水公司 责各镇政府 配县直部门",
        "what each carries out",
    ),
    (
        "职责分工：按照规划要求，县林业局组织实施，县财政局全力配合。",
        "责县林业局 配县财政局",
        "words before the first name",
    ),
    ("责任分工：县教育局牵头制定方案，县财政局负责资金监管。", "牵县教育局 配县财政局", "one leads"),
    (
        "责任分工：县甲局负责绿化，县直各部门各司其职，协同配合。",
        "责县甲局 责县直各部门",
        "what is added without names",
    ),
]


@pytest.mark.parametrize(("clause", "expected", "reason"), DIVIDED)
def test_a_division_of_work_says_what_each_does(clause: str, expected: str, reason: str) -> None:
    assert said(of(f"一、建设甲工程。{clause}\n二、乙。")) == [f"一、 {expected}", "二、"], reason


@pytest.mark.parametrize(
    "clause",
    [
        "责任分工：各单位要明确任务，落实责任人，确保完成。",
        "任务分工：县教育局负责人为第一责任人，县财政局配合。",
        "职责分工：由施工方负责统筹，县甲局配合。",
        "责任分工：甲组负责宣传，县甲局负责后勤。",
    ],
)
def test_a_division_of_work_that_is_not_read_is_reported(clause: str) -> None:
    plan = of(f"一、建设甲工程。{clause}\n二、乙。")
    assert said(plan) == ["一、", "二、"]
    assert [d.span.of(plan.document.text) for d in plan.doubts] == [clause]


def test_what_is_not_listed_is_reported() -> None:
    text = "一、甲事。（县甲局牵头。只明确一个部门的，其他有关部门配合，不一一列出，下同）"
    assert [(d.kind, d.span.of(text)) for d in of(text).doubts] == [
        ("clause", "只明确一个部门的，其他有关部门配合，不一一列出")
    ]


@pytest.mark.parametrize("names", ["（县甲局，县乙局；县丙局）", "（县甲局、县残联，各乡镇）"])
def test_names_alone_are_reported_whatever_parts_them(names: str) -> None:
    text = f"一、甲事。{names}\n二、乙事。（县丁局负责）"
    assert [d.span.of(text) for d in of(text).doubts] == [names]


def test_a_bracket_about_clauses_names_nobody() -> None:
    text = "甲县方案\n（牵头单位、责任单位排名第一的为牵头单位）\n1、抓甲。责任单位：县甲局、县乙局。\n2、抓乙。（责任单位：县丙局）\n"
    plan = of(text)
    assert said(plan) == ["1、 牵县甲局 配县乙局", "2、 牵县丙局"]
    assert not plan.doubts


def test_a_list_by_body_beneath_a_line_without_a_number() -> None:
    text = "甲县方案\n一、目标。\n二、保障。\n附件\n各部门职责分工\n1.县财政局：落实经费。\n2.县水利局：抓好防汛。\n"
    assert said(of(text)) == ["一、", "二、", "1. 责县财政局", "2. 责县水利局"]
    page = (
        "<p>甲县清单</p><table><tr><th>序号</th><th>任务</th><th>责任单位</th></tr><tr><td>1</td><td>甲事</td><td>县甲局</td></tr>"
        "<tr><td>2</td><td>乙事</td><td>县乙局</td></tr></table><p>部门职责分工</p><p>1.县财政局：落实经费。</p><p>2.县水利局：抓好防汛。</p>"
    )
    assert said(extract(read_html(page.encode(), "d", "d.html"), REGISTER))[:2] == ["1. 责县财政局", "2. 责县水利局"]
    prose = "甲县方案\n一、目标。\n各部门职责分工如下。\n1.抓紧甲。\n2.抓紧乙。\n"
    assert said(of(prose)) == ["1.", "2."]


def test_groups_for_one_occasion_are_no_bodies() -> None:
    text = "甲县运动会方案\n一、时间。\n二、工作分工\n1.组委会办公室负责协调。\n2.竞赛组：负责编排。\n3.安保组：负责安保。\n"
    assert said(of(text)) == ["一、", "1.", "2.", "3."]


def test_centres_and_stations_may_head_their_tasks() -> None:
    text = "甲镇任务分解表\n一、镇农业综合服务中心\n1.编计划。\n二、镇财政所\n1.拨资金。\n三、镇卫生院\n1.抓指导。\n"
    assert said(of(text)) == ["1. 责镇农业综合服务中心", "1. 责镇财政所", "1. 责镇卫生院"]


def test_traditional_characters() -> None:
    text = "甲市要點\n1.推進甲。(牽頭單位:市發改委;配合單位:市經貿委、規劃局)\n2.推進乙。(市政府辦公室牽頭,各縣區政府按職責分工負責)\n"
    plan = of(text)
    assert said(plan) == ["1. 牵市發改委 配市經貿委 配市規劃局", "2. 牵市政府辦公室 配各縣區政府"]
    assert plan.document.text == text
    assert [c.span.of(text)[1:5] for t in plan.tasks for c in t.clauses] == ["牽頭單位", "市政府辦"]
    assert plan.tasks[0].clauses[0].mentions[0].span.of(text) == "市發改委"


@pytest.mark.parametrize(
    ("lead_in", "read"),
    [
        ("各部门要各司其职。其职责分工为:", True),
        ("要抓好落实，各有关部门职责如下：", True),
        ("具体分工：", True),
        ("领导小组职责：", False),
        ("联系方式如下：", False),
    ],
)
@pytest.mark.parametrize("number", ["", "({n})"])
def test_a_line_leads_in_a_list_by_body(lead_in: str, read: bool, number: str) -> None:
    bodies = ["县委宣传部", "教委", "综治办", "公安分局"]
    lines = "".join(f"{number.format(n=n)}{body}:办理此事。\n" for n, body in enumerate(bodies, start=1))
    text = f"甲县方案\n1、办甲。\n2、{lead_in}\n{lines}3、办乙。\n"
    found = [one[one.find("责") :] for one in said(of(text)) if "责" in one]
    assert found == ([f"责{body}" for body in bodies] if read else [])


@pytest.mark.parametrize("units", ["各责任单位", "有关责任部门"])
def test_those_responsible_in_the_first_row_are_no_head(units: str) -> None:
    text = f"甲县任务表\n序号\t事项\t责任单位\n1\t办甲。\t{units}\n2\t办乙。\t县乙局\n"
    assert said(of(text)) == [f"1 责{units}", "2 责县乙局"]


def test_parks_of_firms_are_parties() -> None:
    text = "一、甲事。\n责任单位：智创园、财政局\n二、乙事。（甲物流园、县乙局负责）\n三、丙事。\n责任单位：建设公园、财政局\n"
    assert said(of(text)) == ["一、 责智创园 责财政局", "二、 责甲物流园 责县乙局", "三、"]


def test_a_table_in_traditional_characters() -> None:
    text = "甲縣任務表\n序號\t事項\t責任單位\n1\t辦甲。\t縣財政局\n2\t辦乙。\t縣農業局\n"
    assert said(of(text)) == ["1 责縣財政局", "2 责縣農業局"]
    far = of("甲縣任務表\n序號\t事項\t責任單位\n" + "".join(f"{n}\t{'辦甲事' * 40}。\t縣財政局\n" for n in range(1, 5)))
    assert {m.label for t in far.tasks for c in t.clauses for m in c.mentions} == {"責任單位"}


def test_a_body_of_the_handicapped_in_a_table_of_lines() -> None:
    text = "序号\n事项\n责任单位\n完成时限\n1\n建成服务中心。\n县残联\n5月底前\n2\n建成老年楼。\n县民政局\n6月底前\n3\n修路。\n县交通局\n年底\n"
    assert said(of(text)) == ["1 责县残联", "2 责县民政局", "3 责县交通局"]


def test_those_responsible_lead_where_a_document_says_so() -> None:
    text = (
        "甲市方案\n各牵头单位（无牵头单位的，责任单位即为牵头单位，下同）要抓好落实。\n一、甲事。\n责任单位：市甲局、市乙局\n"
        "二、乙事。\n牵头单位：市丙局\n责任单位：市丁局\n"
    )
    assert said(of(text)) == ["一、 牵市甲局 牵市乙局", "二、 牵市丙局 配市丁局"]
    assert said(of(text.replace("（无牵头单位的，责任单位即为牵头单位，下同）", "")))[0] == "一、 责市甲局 责市乙局"


@pytest.mark.parametrize(
    ("statement", "second", "reason"),
    [
        (
            "列第一位的为牵头单位，各州、市人民政府负责落实，下同",
            "牵省丙厅 配省丁厅 配各州、市人民政府",
            "added to all below",
        ),
        ("排在首位的为牵头部门，涉及各县市的由各县市人民政府负责，不再列出，下同", "牵省丙厅 配省丁厅", "said of some"),
    ],
)
def test_a_rule_goes_on_with_who_is_added(statement: str, second: str, reason: str) -> None:
    plan = of(f"一、甲事。（省甲厅、省乙厅负责；{statement}）\n二、乙事。（省丙厅、省丁厅负责）\n")
    assert said(plan)[1] == f"二、 {second}", reason


def test_a_list_goes_on_after_a_comma_at_the_end_of_a_line() -> None:
    text = "一、甲事。\n牵头单位：县甲局；\n配合单位：县乙局、县丙局，\n　　　　有关镇人民政府。\n二、乙事。\n责任单位：县丁局，\n抓好县甲局的工作。\n"
    assert said(of(text)) == ["一、 牵县甲局 配县乙局 配县丙局 配有关镇人民政府", "二、 责县丁局"]


def test_the_last_item_in_a_line_keeps_its_clause_where_what_holds_it_has_one() -> None:
    text = "（一）甲。（县甲局牵头，县乙局配合）具体措施：1．推进丙。2．推进丁。（县丙局负责）\n（二）乙。具体措施：1．推进戊。2．推进己。（县丁局负责）\n"
    assert said(of(text)) == ["（一） 牵县甲局 配县乙局", "1．", "2． 责县丙局", "（二） 责县丁局"]


def test_fields_with_numbers_are_those_of_what_holds_them() -> None:
    text = (
        "甲县方案\n一、任务\n（一）甲事\n1.目标：建成10个。\n2.牵头单位：县甲局\n3.责任单位：县乙局、县丙局\n4.完成时限：2025年12月\n"
        "（二）乙事\n1.目标：建成20个。\n2.牵头单位：县丁局\n3.责任单位：县戊局\n4.完成时限：2025年12月\n"
        "（三）丙事\n1.做好丙。（县甲局负责）\n2.做好丁。（县乙局负责）\n"
    )
    assert said(of(text)) == [
        "（一） 牵县甲局 配县乙局 配县丙局",
        "（二） 牵县丁局 配县戊局",
        "1. 责县甲局",
        "2. 责县乙局",
    ]


def test_a_label_in_a_sentence() -> None:
    text = (
        "第一条 甲事。责任单位为县甲局、县乙局。\n第二条 乙事。牵头单位为县丙局，配合单位为县丁局。\n"
        "第三条 丙事的责任单位为县级部门的，从其规定。\n"
    )
    assert said(of(text)) == ["第一条 责县甲局 责县乙局", "第二条 牵县丙局 配县丁局", "第三条"]


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("（市甲局牵头，市乙局、各县区政府）", "牵市甲局 配市乙局 配各县区政府"),
        ("（市甲局牵头，建设市民服务中心）", ""),
        ("（市甲局主办，市乙局会办）", "牵市甲局 配市乙局"),
        ("（组织实施单位：市甲局）", "责市甲局"),
    ],
)
def test_forms_of_clauses(clause: str, expected: str) -> None:
    assert said(of(f"一、甲事。{clause}\n二、乙事。\n"))[0] == f"一、 {expected}".strip()


@pytest.mark.parametrize("names", ["（2022年12月底前，市甲局）", "（县甲局、相关乡镇）", "（协管部门：市甲局）"])
def test_forms_that_are_reported(names: str) -> None:
    text = f"一、甲事。{names}\n二、乙事。（县丁局负责）"
    assert [d.span.of(text) for d in of(text).doubts] == [names]


def test_an_unread_clause_is_not_governed_by_that_of_the_last_item() -> None:
    text = "一、甲\n1．乙。{}\n2．丙。（县甲局负责）\n"
    assert said(of(text.format("（县乙局、县丙局）"))) == ["1．", "2． 责县甲局"]
    assert said(of(text.format(""))) == ["一、 责县甲局"]


def test_headings_that_say_what_a_body_leads() -> None:
    text = (
        "甲区任务\n一、区甲局牵头的工作\n1. 编规划。（6月底前完成，区乙局配合）\n2. 抓创建。\n二、区融媒体中心负责的工作\n3. 做宣传。\n"
        "三、需要区政府牵头的工作\n4. 抓协调。\n"
    )
    assert said(of(text)) == ["1. 配区乙局 牵区甲局", "2. 牵区甲局", "3. 责区融媒体中心", "4."]


def test_a_last_sentence_of_names_that_are_responsible() -> None:
    text = (
        "1．修路5000公里。省甲厅负责。\n2．护河100条。省甲厅、省乙局负责落实。\n3．种树。日常工作由省丙局的处室负责。\n"
        "4．建档。省丁局负责建档，省戊局负责抽查。\n5．领导。各镇街、各部门要明确专人负责。\n"
    )
    assert said(of(text)) == ["1． 责省甲厅", "2． 责省甲厅 责省乙局", "3．", "4．", "5．"]


def test_a_clause_on_a_line_of_its_own_beneath_items_is_that_of_them_all() -> None:
    text = (
        "（一）甲\n  1. 乙。\n  2. 丙。\n\n  牵头单位：县甲局    配合单位：各镇\n（二）丁\n  1. 戊（县乙局负责）。\n  2. 己（县丙局负责）。\n"
        "（三）庚\n  1. 辛。\n  2. 壬（县丁局负责）。\n"
    )
    assert said(of(text)) == ["（一） 牵县甲局 配各镇", "1. 责县乙局", "2. 责县丙局", "1.", "2. 责县丁局"]


def test_a_name_that_a_space_breaks_off() -> None:
    assert said(of("一、甲。（责任单位：市住房和城乡 建设局、市 交通局）"))[0] == "一、 责市住房和城乡建设局 责市交通局"


def test_numbers_and_groups_before_the_names_of_a_sentence() -> None:
    text = (
        "一、机构 下设若干工作组。(1)综合协调组省甲厅牵头，省乙厅、省丙委等参与。负责汇总。(2)抢险救援组省丁厅牵头，省乙厅参与。负责救援。\n"
        "二、甲事。省领导小组办公室牵头，省乙厅配合。\n三、乙事。工作专班由省甲厅牵头，省乙厅配合。\n"
    )
    assert said(of(text)) == [
        "(1) 牵省甲厅 配省乙厅 配省丙委",
        "(2) 牵省丁厅 配省乙厅",
        "二、 牵省领导小组办公室 配省乙厅",
        "三、 牵省甲厅 配省乙厅",
    ]


@pytest.mark.parametrize("after", ["，制定了《甲方案》", "，按照要求，完成了起草工作"])
def test_what_is_told_as_done_is_no_clause(after: str) -> None:
    plan = of(f"一、情况。由县甲局牵头，县乙局配合{after}。\n二、甲事。由县甲局牵头，县乙局配合，制定甲方案。\n")
    assert said(plan) == ["一、", "二、 牵县甲局 配县乙局"]
    assert [doubt.kind for doubt in plan.doubts] == ["sentence"]


def test_a_list_by_body_that_came_on_one_line() -> None:
    text = (
        "一、甲事。办好甲事。二、附则本预案由省甲厅解释。附件：甲指挥部成员单位职责附件甲指挥部成员单位职责省委甲部（省政府乙办）："
        "负责宣传；发布消息。省甲厅：负责调度。会同省乙厅做好甲。省乙厅：协调物资；省丙局：负责救援。"
    )
    assert said(of(text)) == ["一、", "二、", "责省委甲部（省政府乙办）", "责省甲厅", "责省乙厅", "责省丙局"]
    few = "一、甲事。办好甲事。二、要求。落实部门职责。省甲厅：负责调度。省乙厅：协调物资。"
    assert said(of(few)) == ["一、", "二、"]


def test_what_an_article_is_about_is_no_party() -> None:
    plan = of(
        "第一条【金融支持】推动优化环境。\n第二条 【税收服务】甲。（市教育局负责）\n第三条 【市科技局牵头】乙。\n"
    )
    found = [[m.name for c in t.clauses for m in c.mentions] for t in plan.tasks]
    assert found == [[], ["市教育局"], ["市科技局"]]


@pytest.mark.parametrize(
    ("items", "warned"),
    [
        ("1．乙事。\n2．丙事。\n", True),
        ("1．乙事。（市丁局负责）\n2．丙事。\n", False),
        ("1．乙事。\n", False),
    ],
)
def test_a_clause_of_a_heading_whose_items_have_none_is_pointed_out(items: str, warned: bool) -> None:
    plan = of(f"一、甲领域（市甲局牵头）\n推进甲领域改革。\n{items}二、戊领域\n1．己事。（市庚局负责）\n2．辛事。\n")
    assert said(plan)[0] == "一、 牵市甲局"
    assert [note.zh[:7] for note in plan.warnings if "标题写有" in note.zh] == (["“一、甲领域”"] if warned else [])


def test_a_second_row_of_the_head_is_no_task() -> None:
    page = (
        "<h1>某市项目计划</h1><table><tr><th rowspan=2>序号</th><th rowspan=2>任务</th><th rowspan=2>责任单位</th>"
        "<th colspan=2>经费</th></tr><tr><th>总计</th><th>2030年</th></tr>"
        "<tr><td>1</td><td>建成甲中心。</td><td>市甲局</td><td>20</td><td>10</td></tr></table>"
    )
    assert said(extract(read_html(page.encode(), "d", "d.html"), REGISTER)) == ["1 责市甲局"]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            [
                "任务名称|建成甲中心。",
                "牵头单位|市甲局",
                "配合单位|市乙局、市丙局",
                "完成时限|2030年底前",
                "任务名称|建成乙中心。",
                "牵头单位|市丁局",
                "配合单位|市戊局",
            ],
            ["牵市甲局 配市乙局 配市丙局", "牵市丁局 配市戊局"],
        ),  # cards under one another
        (["任务|建成甲中心。", "责任单位|市甲局", "完成时限|年底前"], ["责市甲局"]),  # one card
        (["任务|责任单位", "建成甲中心。|市甲局", "建成乙中心。|市乙局"], ["责市甲局", "责市乙局"]),  # a list
    ],
)
def test_a_card_for_each_task(rows: list[str], expected: list[str]) -> None:
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row.split("|")) + "</tr>" for row in rows)
    page = f"<h1>某市任务卡</h1><p>以下各项。</p><table border=1>{cells}</table>"
    plan = extract(read_html(page.encode(), "d", "d.html"), REGISTER)
    assert [line.strip() for line in said(plan)] == expected
    assert all("单位" not in mention.name for task in plan.tasks for c in task.clauses for mention in c.mentions)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "一、甲事（一）规范收费1.甲事项。（市甲局负责）2.乙事项。（市乙局负责）（二）严格规范收费和罚款3.丙事项。（市丙局负责）"
            "4.丁事项。（市丁局负责）",
            ["1. 责市甲局", "2. 责市乙局", "3. 责市丙局", "4. 责市丁局"],
        ),
        (
            "一、甲事（一）规范收费。1. 推进甲事项。牵头单位：市甲局责任单位：各区人民政府完成时限：2023 年12 月底前2. 推进乙事项。"
            "牵头单位：市乙局责任单位：各区人民政府完成时限：2023 年12 月底前并长期坚持3. 推进丙事项。牵头单位：市丙局",
            ["1. 牵市甲局 配各区人民政府", "2. 牵市乙局 配各区人民政府", "3. 牵市丙局"],
        ),
        (
            "一、甲事推进甲事项。责任科室：甲科牵头，各科室配合二、乙事推进乙事项。责任科室：乙科",
            ["一、 牵甲科 配各科室", "二、 责乙科"],
        ),
    ],
)
def test_a_text_on_one_line_whose_items_follow_headings_times_and_verbs(text: str, expected: list[str]) -> None:
    assert said(of(text)) == expected


@pytest.mark.parametrize(
    ("plan", "names", "persons"),
    [
        (of("一、甲\n1．推进甲。（责任单位：县水利局王五、县财政局）\n"), ["责县水利局王五 责县财政局"], ["县水利局王五"]),
        (of("一、甲\n1．推进甲。（牵头单位：县水利局局长李四；配合单位：县财政局）\n"), ["牵县水利局局长李四 配县财政局"], ["县水利局局长李四"]),
        (of("一、甲\n1．推进甲。（责任单位：县水利局马家坝站、县林业局）\n"), ["责县水利局马家坝站 责县林业局"], []),
        (
            extract(table("序号,任务,责任人,责任单位", "1,推进甲,县水利局王五、县财政局李四,县水利局", "2,推进乙,张三,县水利局周六"), REGISTER),
            ["责县水利局", "责县水利局周六"],
            ["县水利局王五、县财政局李四", "县水利局周六"],
        ),
    ],
)  # fmt: skip
def test_a_person_behind_a_body_is_reported_and_the_name_stays_whole(
    plan: Plan, names: list[str], persons: list[str]
) -> None:
    assert [line.partition(" ")[2] for line in said(plan)] == names
    text = plan.document.text
    assert [doubt.span.of(text) for doubt in plan.doubts if doubt.kind == "person"] == persons


def test_names_of_one_place_run_together_in_a_cell_are_two() -> None:
    plan = extract(
        table("序号,任务,责任单位", "1,办甲,丙丁区发改局丙丁区大数据中心", "2,办乙,丙丁区发改局乙科"), REGISTER
    )
    assert said(plan) == ["1 责丙丁区发改局 责丙丁区大数据中心", "2 责丙丁区发改局乙科"]


def test_what_is_reported_twice_of_one_passage_is_in_one_order() -> None:
    """A set of them has another order in each process; of ten passages one would be in another by now."""
    lines = [f"{n}．推进甲。（市经信委会同市服务企业联席会议成员单位、各区政府）\n" for n in range(1, 11)]
    doubts = of("甲计划\n一、甲\n" + "".join(lines) + "11．推进乙。（牵头单位：市财政局）\n").doubts
    assert [doubt.kind for doubt in doubts] == ["clause", "sentence"] * 10


RULED = "一、甲。（省甲厅、省乙局）\n二、乙。（省丙厅，丁、戊市人民政府）\n"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("各项任务括号内所列单位，排在首位的为牵头单位。\n" + RULED, "in the preamble"),
        (RULED + "以上任务，列第一位的部门为牵头单位，其他为配合单位。", "behind all clauses, of those above it"),
    ],
)
def test_names_alone_are_parties_under_a_rule_in_a_sentence(text: str, reason: str) -> None:
    assert said(of(text))[:2] == ["一、 牵省甲厅 配省乙局", "二、 牵省丙厅 配丁市人民政府 配戊市人民政府"], reason


def test_a_rule_behind_all_clauses_says_nothing_where_another_stands_before_it() -> None:
    plan = of(
        "一、甲。（责任单位：甲局、乙局。列首位的为牵头单位）\n二、乙。（责任单位：丙局、丁局）\n三、列首位的为牵头单位。"
    )
    assert said(plan)[1] == "二、 责丙局 责丁局"


def test_who_is_first_may_be_the_one_mainly_responsible() -> None:
    plan = of("一、甲。（省甲厅会同省乙厅。列在首位的部门为主要负责部门，下同）\n二、乙。（省丙厅、省丁局）")
    assert said(plan) == ["一、 牵省甲厅 配省乙厅", "二、 牵省丙厅 配省丁局"]


def test_places_of_two_levels_stay_one_name() -> None:
    plan = of("一、甲。（责任单位：省甲厅，九河流域所在地州、市人民政府）")
    assert said(plan) == ["一、 责省甲厅 责九河流域所在地州、市人民政府"]


def test_a_list_behind_a_sentence_that_is_names_by_half_is_reported() -> None:
    plan = of("一、甲。（省甲厅、丁某、省乙局）\n二、乙。（责任单位：甲局）")
    assert [doubt.span.of(plan.document.text) for doubt in plan.doubts] == ["（省甲厅、丁某、省乙局）"]


def test_a_place_that_answers_for_all_below() -> None:
    plan = of("各县人民政府对辖区内各项任务负属地责任，均参与落实，以下不再列出。\n一、甲。（州甲局牵头）")
    assert said(plan) == ["一、 牵州甲局 配各县人民政府"]


def test_parties_not_listed_again_that_are_not_read_are_reported() -> None:
    plan = of("上级驻县单位凡有关者应当一并做好落实，以下不再列出。\n一、甲。（县甲局牵头）")
    assert [doubt.span.of(plan.document.text) for doubt in plan.doubts] == [
        "上级驻县单位凡有关者应当一并做好落实，以下不再列出"
    ]


@pytest.mark.parametrize(
    ("sentence", "expected", "text"),
    [
        (
            "整修甲渠12公里，县水务局牵头，县财政局、乙乡人民政府配合，10月底前完成。",
            "牵县水务局 配县财政局 配乙乡人民政府",
            "整修甲渠12公里，",
        ),
        ("新打机井40眼，县水务局负责，10月底前完成。", "责县水务局", "新打机井40眼，"),
        ("加强督查，县政府督查室会同有关部门负责，每季度通报一次。", "责县政府督查室 责有关部门", "加强督查，"),
        (
            "整修甲渠。此项工作由县水务局会同县财政局、甲农业大学负责。",
            "责县水务局 责县财政局 责甲农业大学",
            "整修甲渠。",
        ),
        ("整修甲渠。该项任务由县水务局、县财政局共同负责。", "责县水务局 责县财政局", "整修甲渠。"),
    ],
)
def test_who_does_it_behind_what_is_to_be_done(sentence: str, expected: str, text: str) -> None:
    plan = of(f"一、工作\n1．{sentence}\n2．甲。（县乙局负责）")
    assert said(plan)[0] == f"1． {expected}"
    assert "".join(span.of(plan.document.text) for span in plan.tasks[0].text_spans) == text


@pytest.mark.parametrize(
    "sentence",
    ["建立机制，链主企业牵头，上下游企业配合。", "完善制度，村民小组长负责。", "办好活动，青年志愿者负责引导。"],
)
def test_what_no_body_does_behind_a_comma_has_no_party(sentence: str) -> None:
    assert said(of(f"一、{sentence}\n二、甲。（县乙局负责）"))[0] == "一、"


def test_a_body_beside_headings_that_are_bodies_has_what_stands_beneath_it() -> None:
    plan = of(
        "关于某大会精神的任务分工\n一、市甲局\n1.编规划。\n2.办活动。\n二、市乙局\n打通丙路。\n改造丁路。\n三、市戊局\n1.抓安全。\n2.抓培训。"
    )
    assert said(plan) == ["1. 责市甲局", "2. 责市甲局", "二、 责市乙局", "1. 责市戊局", "2. 责市戊局"]
    assert "打通丙路。\n改造丁路。" in plan.tasks[2].text_spans[0].of(plan.document.text)


def test_a_card_with_several_labels_in_a_row() -> None:
    rows = "".join(
        f"<tr><td rowspan=2>任务{n}</td><td>任务名称</td><td colspan=3>建成{name}中心</td></tr>"
        f"<tr><td>牵头单位</td><td>县{name}局</td><td>配合单位：县己局、县庚局</td><td>完成时限：2023年8月</td></tr>"
        for n, name in enumerate("甲乙", start=1)
    )
    plan = extract(read_html(f"<h1>某县任务书</h1><table>{rows}</table>".encode(), "d", "d.html"), REGISTER)
    assert said(plan) == ["牵县甲局 配县己局 配县庚局", "牵县乙局 配县己局 配县庚局"]
    assert [task.deadlines[0].by for task in plan.tasks] == [date(2023, 8, 31)] * 2


def test_a_label_beside_a_body_heads_no_column() -> None:
    rows = "<tr><td>甲</td><td>乙</td><td>丙</td></tr><tr><td>牵头单位</td><td>县甲局</td><td>其他情况。</td></tr>" * 3
    page = f"<h1>某县方案</h1><p>一、建成甲中心。（县乙局负责）</p><table>{rows}</table>"
    plan = extract(read_html(page.encode(), "d", "d.html"), REGISTER)
    assert said(plan) == ["一、 责县乙局"]


def test_a_task_merged_over_two_bodies_is_one_task() -> None:
    page = (
        "<h1>某市任务表</h1><table><tr><th>序号</th><th>任务</th><th>责任单位</th><th>完成时限</th></tr>"
        "<tr><td rowspan=2>1</td><td rowspan=2>建设甲工程</td><td>市甲局</td><td rowspan=2>2021年6月底</td></tr><tr><td>市乙局</td></tr>"
        "<tr><td>2</td><td rowspan=2>整治乙河道</td><td>市丙局</td><td>9月底</td></tr>"
        "<tr><td>3</td><td>市丁局</td><td>年底</td></tr></table>"
    )
    plan = extract(read_html(page.encode(), "d", "d.html"), REGISTER)
    assert said(plan) == ["1 责市甲局 责市乙局", "2 责市丙局", "3 责市丁局"]
    assert [d.by for d in plan.tasks[0].deadlines] == [date(2021, 6, 30)]


LISTED = "一、目标\n到2030年建成甲。\n二、任务\n1.甲。（市甲委、市乙局）\n2.乙。（市丙委、市科协、相关区）\n3.丙。（市丁局）\n4.丁。（市甲委、市戊局）\n5.戊。（市己局、市庚局）\n"


def test_names_alone_at_the_end_of_nearly_every_item_are_responsible() -> None:
    plan = of("某市行动方案\n" + LISTED)
    assert said(plan) == [
        "一、",
        "1. 责市甲委 责市乙局",
        "2. 责市丙委 责市科协 责相关区",
        "3. 责市丁局",
        "4. 责市甲委 责市戊局",
        "5. 责市己局 责市庚局",
    ]
    assert {clause.rule for task in plan.tasks for clause in task.clauses} == {"B11"}
    assert any("5 项末尾的括号内只列单位" in note.zh for note in plan.warnings)
    assert plan.doubts == ()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (LISTED.replace("（市己局、市庚局）", "（市己局负责）"), "a clause of another form stands beside them"),
        (LISTED.replace("（市丁局）", "").replace("（市甲委、市戊局）", ""), "too few of the items have one"),
        (
            "".join(f"{n}.某某受审查。（{name}县纪委监委）\n" for n, name in enumerate("甲乙丙丁戊己庚", start=1)),
            "no list holds two names",
        ),
    ],
)
def test_names_alone_elsewhere_are_reported_only(text: str, reason: str) -> None:
    plan = of("某市行动方案\n" + text)
    assert not any(clause.rule == "B11" for task in plan.tasks for clause in task.clauses), reason


def test_a_file_of_several_issuers_is_pointed_out() -> None:
    first = "甲市人民政府关于做好丙工作的通知\n甲政发〔2020〕3号\n一、丙。（市甲局负责）\n"
    number = of(first + "乙政发〔2021〕9号\n一、丁。（市乙局负责）")
    assert any("乙政发〔2021〕9号" in note.zh for note in number.warnings)
    title = of(first + "乙市人民政府办公室关于做好丁工作的通知\n一、丁。（市乙局负责）")
    assert any("乙市人民政府办公室" in note.zh for note in title.warnings)
    own = "杭州市人民政府关于做好丙工作的通知\n杭政发〔2020〕3号\n"
    place = of(own + "一、宁波市丙。（市甲局负责）\n" + "二、宁波市丁。（市乙局负责）\n" * 6)
    assert any("宁波市" in note.zh for note in place.warnings)
    none = of(own + "一、丙。（市甲局负责）\n二、学习宁波市的经验。\n杭政发〔2020〕3号\n")
    assert not any("宁波市" in note.zh or "另有" in note.zh for note in none.warnings)


@pytest.mark.parametrize(("below", "warned"), [("丙局、丁局", True), ("丙局、丁局，列首位的为牵头单位", False)])
def test_a_rule_that_may_have_been_meant_for_all_is_pointed_out(below: str, warned: bool) -> None:
    plan = of(f"一、甲。（责任单位：甲局、乙局，列首位的为牵头单位）\n二、乙。（责任单位：{below}）")
    assert any("没有写“下同”" in note.zh for note in plan.warnings) == warned


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("省甲委负责，会同省乙厅", "责省甲委 配省乙厅"),
        ("省甲委牵头，会同省乙厅、有关部门", "牵省甲委 配省乙厅 配有关部门"),
        ("省甲委、省乙厅负责，会同各市人民政府，2010年底前完成", "责省甲委 责省乙厅 配各市人民政府"),
    ],
)
def test_who_stands_beside_those_before(clause: str, expected: str) -> None:
    assert said(of(f"一、甲。（{clause}）")) == [f"一、 {expected}"]


def test_a_text_without_tasks_says_what_looks_like_a_table() -> None:
    with pytest.raises(UnreadableError, match="重点任务 责任单位 时限"):
        of("重点任务 责任单位 时限\n建设甲工程 市甲局 6月底\n整治乙河道 市丁局 9月底\n")


@pytest.mark.parametrize(
    "rule",
    [
        "〔责任单位：省甲厅、省乙厅，省丙局，各市政府（逗号前为牵头单位，其余按职责分工负责），下同〕",
        "（责任单位：省甲厅、省乙厅，省丙局，各市政府。逗号前为牵头单位），下同",
        "（责任单位：省甲厅、省乙厅，省丙局，各市政府（逗号前为牵头单位））（下同）",
    ],
)
def test_a_bracket_may_be_closed_before_the_rule_says_that_it_goes_on(rule: str) -> None:
    plan = of(f"一、甲。{rule}\n二、乙。（责任单位：省丁局，省戊局）\n三、丙。（责任单位：省己局、省庚局）")
    assert said(plan) == [
        "一、 牵省甲厅 牵省乙厅 配省丙局 配各市政府",
        "二、 牵省丁局 配省戊局",
        "三、 责省己局 责省庚局",
    ]


def test_how_a_task_is_marked_stands_before_its_clause() -> None:
    plan = of("一、甲。（据实加减分，牵头考核单位：县委办、县政府办；责任单位：各乡镇）")
    assert said(plan) == ["一、 牵县委办 牵县政府办 配各乡镇"]
    assert plan.tasks[0].deadlines == ()


def test_a_commission_of_a_river_is_no_body_of_the_province() -> None:
    assert said(of("一、甲。（省水利厅、长江水利委员会负责）")) == ["一、 责省水利厅 责长江水利委员会"]


@pytest.mark.parametrize(
    ("clause", "expected", "doubts"),
    [
        ("责任单位：市甲局、市乙局、市丙局，其中市乙局为牵头单位", "配市甲局 牵市乙局 配市丙局", 0),
        ("责任单位：市甲局、市乙局，市甲局为牵头部门", "牵市甲局 配市乙局", 0),
        ("责任单位：市甲局、市乙局，其中市丁局为牵头单位", "责市甲局 责市乙局", 1),
    ],
)
def test_a_list_may_say_which_of_its_names_leads(clause: str, expected: str, doubts: int) -> None:
    plan = of(f"一、甲。（{clause}）\n二、乙。（责任单位：市戊局、市己局）")
    assert said(plan) == [f"一、 {expected}", "二、 责市戊局 责市己局"]
    assert len(plan.doubts) == doubts
