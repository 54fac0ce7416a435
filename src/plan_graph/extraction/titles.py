"""The title of a document and of the plan it carries, over as many lines as it takes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from plan_graph.extraction.citations import citations, short_titles
from plan_graph.extraction.signatures import SPACE, is_body, pieces, plain, read_date
from plan_graph.model.plan import Citation
from plan_graph.model.text import Span

_KINDS = (
    "通知|意见|方案|计划|规划|纲要|要点|措施|举措|办法|规定|细则|条例|规则|规程|准则|制度|决定|决议|命令|通告|公告|公报|"
    "报告|批复|复函|通报|纪要|清单|分工|分解|行动|指引|指南|任务|台账|预案|标准|机制|战略|路线图|工程|任务书|责任书|\\d+条"
)
_IN_BRACKETS = r"[（(〔\[](?!此件|本件|此文|公开|主动公开|依申请|不予)[^（）()〔〕\[\]]{1,24}[）)〕\]]"
_ENDS = re.compile(rf"(?:{_KINDS}|的函)[”》]?(?:{_IN_BRACKETS})*$")
_FORM = re.compile(r"(?:通知|意见|决定|的函|通告|公告|请示|批复)$")  # 关于…方案 is cut short without one
_KIND_ONLY = re.compile(rf"(?:{_KINDS}|政策|文件)+")  # 通知公告: a column of a page
_BRACKETED = re.compile(rf"(?:{_IN_BRACKETS})+")
_CARRIES = re.compile(r"(?:关于)?(?:印发|转发|批转|发布|公布|下发)(?P<plan>.{2,}?)的?(?:通知|函|决定|公告|通告|命令)$")
_LIST = re.compile(r"\S*(?:目录|目次)|全文|正文|附件?[0-9０-９一二三四五六七八九十]{0,2}")
_PAGE = re.compile(
    r"首页|网站|门户|当前位置|打印|关闭|字体|字号|分享|浏览|来源|索引号|责任编辑|版权|政务公开|信息公开|公开属性|http|www|"
    r"[|\uff5c>\uff1e©]|印发$"
)
_INNER = re.compile(r"(?<=[\u4e00-\u9fff《])<[^<>]*>(?=[》\u4e00-\u9fff])")  # 《甲<乙>》: a title in a title, no path
_FULL = re.compile(r"中共|中国|中华|国务院|国家|全国|关于|推进|[\u4e00-\u9fff]{1,9}?[省市县区州盟旗镇乡]|\d{4}年|[“《]")
_COLON = re.compile(r"[：:](?![^《]*》)")
_LONGEST = 100  # characters of a line of a title
_LINES = 6
# what the sentence of a notice that hands a plan on says before the title and after it
_HANDS_ON = re.compile(r"(?:现|兹|特|谨)将[^《》。，]{0,12}$|(?:^|[\n。，\u3000 ])将$")
_HANDED_ON = re.compile(
    r"(?:[^《》。\n]|《[^》\n]*》){0,80}?(?:现|特此?|予以|一并)(?:将其)?(?:予以|予)?(?:印发|转发|发布|公布|下发)"
)
_NUMBER = (
    r"(?P<code>[\u4e00-\u9fffA-Za-z\uff21-\uff3a\uff41-\uff5a]{1,16})SP[〔\[［(（【]SP(?:[12１２]SP[0-9０-９](?:SP[0-9０-９]){2})SP年?"
    r"SP[〕\]］)）】]SP(?:第SP)?[0-9０-９]{1,5}SP号"
)
NUMBER = re.compile(_NUMBER.replace("SP", SPACE))
_AFTER_KIND = re.compile(
    rf".*(?:文件|通知|意见|方案|计划|规划|纲要|要点|措施|办法|规定|细则|决定|通告|公告|报告)(?={SPACE}\S)", re.DOTALL
)
_TO = re.compile(
    r"(?:(?:通知|意见|方案|计划|措施|办法|决定|的函)[ \u3000]{0,4}"
    r"(?=(?:各|国务院各|[省市县区]政府各|[省市县区]直|有关)[^。]{2,400}[：:])"
    r"|的函[ \u3000]{0,4}"
    r"(?=[省市县区](?:有关|委|教|发|工|公|财|住|交|水|农|商|文|卫|应|国|能|生|自|人)[^。]{2,400}[：:]))"
)
# 甲省乙厅甲乙函〔2020〕1号: the issuer's name ran into the number
_BEFORE_CODE = re.compile(
    r"(?P<who>[\u4e00-\u9fff]{3,30}(?:[厅局]|委员会|人民政府|办公室))(?!通知|意见|公告|通告|决定|文件|纪要)[\u4e00-\u9fff]{2,8}"
)
# 甲省乙厅甲省乙厅关于…: a red head ran into the title
_TWICE = re.compile(r"(?P<who>[\u4e00-\u9fff]{3,30}(?:[厅局]|委员会|政府|办公室))(?=(?P=who)(?:关于|印发))")
_TITLE_BEFORE = 200  # characters of a line in which a title that runs on ends
_ADDRESSED = 400

# in a text that came on one line, the purpose follows the title: …方案为贯彻…
_PURPOSE = re.compile(
    r"(?:方案|意见|措施|计划|要点|办法|清单|规划|条)(?=为(?:贯彻|深入|进一步|全面|认真|落实|加快|推动|切实|做好|扎实|持续|有效|加强)"
    r"|(?:根据|按照)《)"
)


# 7. 某市某局关于…的通知: the number that a collection gives a document
_COLLECTED = re.compile(
    r"\s*(?P<number>(?P<count>\d{1,3})(?P<stop>[.．、])[ \u3000]*)"
    r"(?P<who>[^\n。；：《》\d]{3,60}?)(?:关于|印发)[^\n。；]{2,120}?(?:通知|意见|决定|方案|计划|办法|措施|通告|批复)(?![\u4e00-\u9fff])"
)


def collected(text: str) -> Span | None:
    """Give the number that stands before the title at the very beginning of a text, as in a collection of documents.

    A number that the next line with one goes on from is that of an item, and a text with two such titles is a list.
    """
    found = _COLLECTED.match(text)
    if found is None or not all(is_body(plain(one.of(text))) for one in pieces(text, Span(*found.span("who")))):
        return None
    stop = re.escape(found["stop"])
    same, following = (
        len(re.findall(rf"^\s*{int(found['count']) + more}{stop}", text, re.MULTILINE)) for more in (0, 1)
    )
    return Span(*found.span("number")) if same > 1 or not following else None


def key(words: str) -> str:
    """Reduce a title to what must agree for two to be the same."""
    folded = unicodedata.normalize("NFKC", words)
    folded = re.sub(r"[\s《》〈〉“”\"'‘’「」]", "", re.sub(r"[—–―－~～]+", "-", folded))
    return folded.removeprefix("关于")


def title_words(written: str) -> str:
    r"""Write a title on one line, with half-width digits, and with spaces only between words that are Chinese.

    >>> title_words("甲省 乙市关于加快\n发展的意见（２０２０ 年）")
    '甲省 乙市关于加快发展的意见（2020年）'
    """
    one = re.sub(rf"{SPACE}\n\s*", "", written.strip())
    parts = [plain(part) for part in one.split()]
    out = "".join(parts[:1])
    for left, right in pairwise(parts):
        out += (" " if _han(left[-1]) and _han(right[0]) else "") + right
    return out


def _han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"


def lines(text: str, within: Span) -> list[Span]:
    """Give the lines without their indents; a line that holds title and number, or red head, is cut into them."""
    found: list[Span] = []
    number = collected(text) if within.begin == 0 else None
    for whole in re.finditer(r"[^\n]+", text[within.begin : within.end]):
        begin, end = within.begin + whole.start(), within.begin + whole.end()
        if number and begin < number.end <= end:
            begin = number.end
        cuts = [begin, *_cuts(text, begin, end), end]
        found += [trimmed for a, b in pairwise(cuts) if (trimmed := trim(text, a, b)).begin < trimmed.end]
    return found


def trim(text: str, begin: int, end: int) -> Span:
    """Give a stretch without the white space around it."""
    words = text[begin:end]
    if not words.strip():
        return Span(begin, begin)
    return Span(begin + len(words) - len(words.lstrip()), begin + len(words.rstrip()))


def _cuts(text: str, begin: int, end: int) -> list[int]:
    cuts: list[int] = []
    number = NUMBER.search(text, begin, min(end, begin + 400))
    if number and not re.search(r"[。，；、：]|[（(]$", text[begin : number.start()].rstrip()):
        head = text[begin : number.start("code") + len(number["code"])]
        kind = _AFTER_KIND.match(head)
        rest = text[number.end() : end]
        own = _BEFORE_CODE.fullmatch(head.strip())
        own = own if own and is_body(own["who"]) else None
        alone = head.strip() == number["code"] or own
        if kind or (alone and (not rest[:1].strip() or "关于" in rest[:60])):
            cuts = [begin + (kind.end() if kind else own.end("who") if own else 0), number.end()]
    if twice := _TWICE.match(text, cuts[-1] if cuts else begin, end):
        cuts.append(twice.end())
    addressed = _TO.search(text, begin, min(end, begin + _TITLE_BEFORE + _ADDRESSED))
    addressed = addressed if addressed and addressed.end() <= begin + _TITLE_BEFORE else None
    if addressed is None and end - begin > _LONGEST:
        addressed = _PURPOSE.search(text, cuts[-1] if cuts else begin, min(end, begin + 160))
    if addressed and not re.search("[。，；：]", text[begin : addressed.start()]) and addressed.end() not in cuts:
        cuts.append(addressed.end())
    return sorted(cut for cut in cuts if begin < cut < end)


def find_title(text: str, among: Sequence[Span]) -> Span | None:
    """Find the first title among lines: a line that ends as titles do, with the lines it continues."""
    fit = [_fits(line.of(text)) for line in among]
    for at, line in enumerate(among):
        if fit[at] and _ENDS.search(plain(line.of(text))):
            first = _upward(text, among, fit, at)
            title = Span(among[first].begin, among[_downward(text, among, fit, first, at)].end)
            if not _KIND_ONLY.fullmatch(plain(title.of(text))):
                return title
    for at, line in enumerate(among[:4]):
        words = plain(line.of(text))
        column = len(words) > 2 and _KIND_ONLY.fullmatch(words)
        if fit[at] and not column and not is_body(words) and not _BRACKETED.fullmatch(words):
            return line
    return None


def _fits(written: str) -> bool:
    words = plain(written)
    return not (
        len(words) > _LONGEST
        or words.endswith(("。", "；", "，", "、", "！", "？"))
        or words.endswith("文件")
        or _COLON.search(words)
        or _LIST.fullmatch(words)
        or _PAGE.search(_INNER.sub("", words))
        or NUMBER.fullmatch(words)
        or re.fullmatch(r"附[件表录]\d{0,2}", words)
        or (read_date(words) and len(words) < 14)
        or re.fullmatch(r"[（(](?:此件|本件|公开|主动公开|依申请|不予).*", words)
        or not any(map(_han, words))
    )


def _upward(text: str, among: Sequence[Span], fit: Sequence[bool], at: int) -> int:
    """Give the first line of the title whose line ``at`` ends it."""
    first = at
    if "关于" not in among[at].of(text)[:40]:
        above = range(at - 1, max(-1, at - _LINES), -1)
        for index in above:
            if not fit[index]:
                break
            words = plain(among[index].of(text))
            if "关于" in words and not _ENDS.search(words):
                first = index
                break
        words = plain(among[at].of(text))
        if first == at and at and fit[at - 1] and not _FULL.match(words):
            before = plain(among[at - 1].of(text))
            if (
                len(before) >= 8
                and not is_body(before)
                and not _ENDS.search(before)
                and not _BRACKETED.fullmatch(before)
            ):
                first = at - 1
    begins = plain(among[first].of(text)).startswith(("关于", "印发"))
    while begins and first and is_body(plain(among[first - 1].of(text))):
        first -= 1
    if first and "关于" in among[first].of(text) and _continues_a_name(text, among[first - 1], among[first]):
        first -= 1
    return first


def _continues_a_name(text: str, above: Span, line: Span) -> bool:
    """Tell whether the issuer's name began on the line above: 某某发展（经济）↵领导小组办公室关于…"""
    who = plain(line.of(text)).split("关于")[0]
    over = plain(above.of(text))
    return bool(re.match("领导小组|联席会议|委员会|指挥部|办公室|办公厅", who)) and is_body(over + who) and len(who) > 1


def _downward(text: str, among: Sequence[Span], fit: Sequence[bool], first: int, at: int) -> int:
    """Give the last line: 的通知 after the plan's name, a bracket of years or 试行."""
    last = at
    words = plain(text[among[first].begin : among[at].end])
    if re.search("关于|印发|转发", words) and not _FORM.search(words):
        for index in range(at + 1, min(len(among), at + 4)):
            below = plain(among[index].of(text))
            if not fit[index] or "关于" in below:
                break
            if _FORM.search(below):
                last = index
                break
    while last + 1 < len(among) and fit[last + 1] and _BRACKETED.fullmatch(plain(among[last + 1].of(text))):
        last += 1
    return last


def carried(title: str) -> str:
    """Give the plan that the title of a notice says it hands on, or "".

    >>> carried("甲市人民政府关于印发《乙方案》的通知"), carried("关于做好丙工作的通知")
    ('乙方案', '')
    """
    found = _CARRIES.search(title)
    words = found["plan"].strip() if found else ""
    return words[1:-1] if words.startswith("《") and words.endswith("》") and "》" not in words[:-1] else words


def handed_on(text: str, within: Span) -> tuple[Citation, ...]:
    """Find the titles in 《》 of what a notice hands on: 现将《…》印发给你们, 《…》已经同意，现印发.

    A short title (以下简称《措施》) stands for the full one before it.
    """
    named = citations(text, within)
    full = {one.title: one for one in reversed(named)}
    short = {short: full[title] for short, title, at in short_titles(text) if at < within.end and title in full}
    return tuple(
        short.get(one.title, one)
        for one in named
        if _HANDS_ON.search(text[max(0, one.span.begin - 30) : one.span.begin])
        or (_opens(text, one.span.begin) and _HANDED_ON.match(text, one.span.end, within.end))
    )


def _opens(text: str, at: int) -> bool:
    """Tell whether nothing of the sentence stands before a title, or only other titles."""
    before = re.split("[。：:\n]", text[max(0, at - 200) : at])[-1]
    return not re.sub(r"《[^》]*》|[和、及]", "", before).strip()


def own_title(text: str, names: Sequence[str], after: int) -> Span | None:
    """Find where the plan that a notice hands on begins: its name, alone on a line or lines or after a date."""
    best: Span | None = None
    for name in names:
        for found in _pattern(name).finditer(text, after):
            if _alone(text, *found.span("title")) and len(text[found.end() :].strip()) > 20:
                span = Span(*found.span("title"))
                if best is None or span < best:
                    best = span
                break
    return _with_bracket(text, best) if best else None


def own_titles(text: str, within: Span) -> list[Span]:
    """Find where the plans begin that one notice hands on in ``within``, if at least two stand in the text."""
    handed = handed_on(text, within)
    if len(handed) < 2:
        return []
    after = max(one.span.end for one in handed)
    found = {span for one in handed if (span := own_title(text, [one.title], after))}
    return sorted(found) if len(found) > 1 else []


def _pattern(name: str) -> re.Pattern[str]:
    folded = key(name)
    years = re.fullmatch(r"(.+?)\(([^()]*)\)", folded)
    if years:  # the bracket may be missing, or on a line of its own
        return re.compile(rf"(?P<title>(?:关于)?{_loose(years[1])}(?:\s*{_loose('(' + years[2] + ')')})?)")
    return re.compile(rf"(?P<title>(?:关于)?{_loose(folded)})")


_ALIKE = {"(": "[（(〔]", ")": "[）)〕]", "-": "[-—–―－~～]+", ",": "[,，]", ":": "[:：]", "+": "[+＋]"}
_QUOTES = r"[\s《》〈〉“”\"'‘’]*"


def _loose(name: str) -> str:
    """Match the same characters, wide or not, with any line ends and quotation marks between them."""
    wide = {c: f"[{c}{chr(ord(c) + 0xFEE0)}]" for c in name if c.isascii() and c.isalnum()}
    return r"[“\"‘']?" + _QUOTES.join(_ALIKE.get(c) or wide.get(c) or re.escape(c) for c in name) + r"[”\"’']?"


def _alone(text: str, begin: int, end: int) -> bool:
    """Tell whether a name stands as a title: on lines of its own, or right after a date or a note."""
    before = text[max(0, begin - 40) : begin].rstrip(" \t\u3000\xa0")
    after = re.match(rf"{SPACE}(?:\n|$|{_IN_BRACKETS})", text[end : end + 60])
    dated = before.rstrip().endswith(("日", "公开发布）", "公开发布)"))
    return dated or (before.endswith("\n") and bool(after))


def _with_bracket(text: str, title: Span) -> Span:
    more = re.compile(rf"\s*(?:{_IN_BRACKETS})(?={SPACE}(?:\n|$))").match(text, title.end)
    return Span(title.begin, more.end()) if more else title


def following(text: str, after: int, among: Sequence[Span]) -> Span | None:
    """Find a title right below a signature, where the plan goes by another wording than the notice gives."""
    below = [line for line in among if line.begin >= after][:_LINES]
    title = find_title(text, below)
    return title if title and title.begin == below[0].begin and _ENDS.search(plain(title.of(text))) else None
