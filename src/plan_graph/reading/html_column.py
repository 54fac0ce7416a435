"""Which part of a web page is its text: prose and tables count, links and what names itself navigation do not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from plan_graph.reading.assembly import fold

if TYPE_CHECKING:
    from lxml.html import HtmlElement

SILENT = {
    *("script", "style", "noscript", "template", "svg", "iframe", "object", "embed", "head", "select", "button"),
    *("input", "textarea", "audio", "video", "canvas", "map", "link", "meta", "math"),
}
BLOCKS = {
    *("address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "dir", "div", "dl"),
    *("dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header"),
    *("hgroup", "hr", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table"),
    *("tbody", "td", "tfoot", "th", "thead", "tr", "ul", "caption", "html", "ucapcontent"),
}
_AROUND = {"nav", "footer", "aside", "menu", "dialog"}
_ROLES = {"navigation", "banner", "contentinfo", "search", "complementary", "menu", "menubar", "dialog"}
_FOREIGN = re.compile(  # words of class and id, as the templates of government sites use them
    r"nav|navbar|navigation|menu|foot|footer|bottom|sidebar|side|aside|share|bdshare\w*|social|related?|xgwj|xgjd"
    r"|recommend|tuijian|crumb|crumbs|breadcrumb|breadcrumbs|location|position|weizhi|dqwz|pager|pagination|page-?nav"
    r"|copyright|toolbar|tools|print|dayin|qrcode|erweima|ewm|search|login|friendlinks?|yqlj|banner|comment|comments"
    r"|ads?|advert|hot|rank|skip|wza|barrier|prevnext|prev|next|fontsize|zihao"
)
_CONTENT = re.compile(
    r"ucap-?content|trs_?(?:ue)?_?editor\w*|trs_editor_view|ucapcontent|zoom|zoomcon|article-?(?:content|con|body|text)"
    r"|pages_content|news_?(?:content|con|text)|con_?text|content_?(?:text|body|main|detail)|xxgk_?content|vsb_content"
    r"|v_news_content|detail_?(?:content|con)|text_?content|wzcon|article_?txt|view|art_con|bt-content|conts?|neirong"
)
_FOOT = re.compile(
    r"索\s*引\s*号\s*[:：]|ICP备|公网安备|版权所有(?![者人权])|网站标识码|技术支持[:：]|政府网站找错|Copyright|©"
    r"|All Rights Reserved"
)
_ALSO_SAID = re.compile(
    "技术支持[:：]|政府网站找错"
)  # of which plans speak too: 确保“我为政府网站找错”平台留言按时答复
_SENTENCE = re.compile("[，、][^。；]{2,}[。；]")
_LONG = 40  # letters: what a foot says is shorter
_AROUND_LINE = re.compile(
    r"(?:您?(?:现在|当前)?的?所?在?位置\s*[:：]|首页\s*[>＞»]|(?:发布|更新|发文|信息)(?:时间|日期)\s*[:：]|(?:信息|文章)?来源\s*[:：]"
    r"|浏览(?:次数|量)?\s*[:：]|(?:点击|阅读)(?:次数|量)?\s*[:：]|【?\s*(?:字体|字号)(?:大小)?\s*[:：]|分享到?\s*[:：]"
    r"|[上下]一[篇条]\s*[:：]|责任编辑\s*[:：]|相关(?:链接|阅读|文档|文件|解读|新闻)\s*[:：]?$"
    # a line of nothing but such words: 关闭小煤矿30处 is a task
    r"|[\s|【】\[\]<>大中小]*(?:(?:字体|字号|打印(?:本[页文]|此页)?|关闭(?:窗口|本页|此页)?|分享|收藏(?:本页)?|返回(?:顶部|首页|列表)"
    r"|我要纠错|扫一扫(?:在手机(?:上)?(?:打开|查看)(?:当前页|本页)?)?|手机版|纠错|[上下]一[篇条页])[\s|【】\[\]<>大中小]*)+$)"
)
_OWN = {"h1", "h2", "h3", "h4", "h5", "h6", "p"}
_PART = re.compile(  # what stands alone before or after the wording: number, date, annex
    r".{0,30}〔(?:19|20)\d\d〕\s*\d+\s*号|[（(]?(?:(?:19|20)\d\d|二[〇○零一二]{3})年.{1,3}月.{1,3}日[）)]?|附件?\s*\d*\s*[:：].*"
)
_CLAUSE = re.compile("牵头|责任单位|配合单位|负责[）)]")
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_PROSE = re.compile("[。；，：、（]")


def column(body: HtmlElement) -> tuple[HtmlElement, set[HtmlElement]]:
    """Give the element that holds the text, and elements in the page that are not of the text."""
    order: list[HtmlElement] = []
    left_out: set[HtmlElement] = set()
    _walk(body, order, left_out)
    prose, links, letters = _weigh(order)
    whole = prose[body]
    for element in order[1:]:  # in document order: an outer element is judged before those in it
        if element.tag not in BLOCKS or prose[element] > 0.8 * whole or not _foreign(element, links, letters):
            continue
        if prose[element] <= 0.4 * whole or _FOOT.search(element.text_content()):  # short texts have longer footers
            left_out.add(element)
    if left_out:
        order = []
        _walk(body, order, left_out)
        prose, links, letters = _weigh(order)
        whole = prose[body]
    chosen = body
    if not whole:
        return chosen, left_out
    while True:
        inner = [c for c in chosen if c in prose and c.tag in BLOCKS and c.tag != "p"]
        best = max(inner, key=prose.__getitem__, default=None)
        if best is None or (best.tag in ("ul", "ol", "li", "tr", "blockquote") and not _layout(best)):
            break
        if best.tag in ("table", "tbody", "thead", "tr", "td", "th") and not _layout(best):
            break
        named = bool(_CONTENT.fullmatch(best.get("id", "").lower())) or any(
            _CONTENT.fullmatch(word) for word in best.get("class", "").lower().split()
        )
        if prose[best] < (0.6 if named else 0.96) * whole:
            break
        if not named and any(_part(c, links, letters) for c in chosen if c is not best and c in letters):
            break
        chosen = best
        if named and _plain(best, links, letters):
            break
    left_out |= {e for e in order if e is not chosen and _edge(e, letters)}
    return chosen, left_out


def heading(body: HtmlElement, chosen: HtmlElement, left_out: set[HtmlElement]) -> HtmlElement | None:
    """Find the title where it stands above the column and is not repeated in it."""
    opening = re.sub(r"\s", "", "".join(chosen.itertext()))[:2000]
    inside = set(chosen.iter())
    for element in body.iter("h1", "h2", "div", "p", "span", "td"):
        if element in inside:
            return None
        words = set(re.split(r"[^a-z]+", (element.get("class", "") + " " + element.get("id", "")).lower()))
        if element.tag != "h1" and not words & {"title", "tit", "bt", "biaoti"}:
            continue
        if element in left_out or any(above in left_out for above in element.iterancestors()):
            continue
        title = re.sub(r"\s", "", element.text_content())
        if 6 <= len(title) <= 120 and not any(True for _ in element.iter("table", "ul", "a")):
            return None if title in opening else element
    return None


def _walk(body: HtmlElement, order: list[HtmlElement], left_out: set[HtmlElement]) -> None:
    """List the elements in document order, without those that show nothing or were left out before.

    A body that is hidden is shown by a script once the page is loaded.
    """
    from lxml import etree

    walker = etree.iterwalk(body, events=("start", "comment", "pi"))
    for event, element in walker:
        if event != "start" or not isinstance(element.tag, str):
            continue
        if element in left_out or (element is not body and silent(element)):
            left_out.add(element)
            walker.skip_subtree()
        else:
            order.append(element)


def silent(element: HtmlElement) -> bool:
    """Tell whether nothing of an element is shown."""
    if element.tag in SILENT or element.get("hidden") is not None:
        return True
    style = element.get("style")
    return style is not None and bool(_UNSEEN.search(style))


def _weigh(
    order: list[HtmlElement],
) -> tuple[dict[HtmlElement, int], dict[HtmlElement, int], dict[HtmlElement, int]]:
    """Give (prose, letters in links, letters) of each element with all in it."""
    known = set(order)
    prose, links, letters = (dict.fromkeys(order, 0) for _ in range(3))
    linked: dict[HtmlElement, bool] = {}
    tabled: dict[HtmlElement, bool] = {}
    for element in order:
        above = element.getparent()
        linked[element] = element.tag == "a" or linked.get(above, False)
        tabled[element] = tabled.get(above, False) or (element.tag == "table" and not _layout(element))
    for element in reversed(order):
        own = [element.text or "", *(child.tail or "" for child in element)]
        said = sum(len(text.strip()) for text in own)
        letters[element] += said
        if linked[element]:
            links[element] += said
        else:
            for piece in own:
                text = piece.strip()
                if tabled[element] or (len(text) >= 6 and _PROSE.search(text) and not _foot(text)):
                    prose[element] += len(text)
        above = element.getparent()
        if above in known and element is not order[0]:
            prose[above] += prose[element]
            links[above] += links[element]
            letters[above] += letters[element]
    return prose, links, letters


def _foreign(element: HtmlElement, links: dict[HtmlElement, int], letters: dict[HtmlElement, int]) -> bool:
    if element.tag in _AROUND or element.get("role", "").lower() in _ROLES:
        return True
    for name in (element.get("id", ""), *element.get("class", "").split()):
        words = re.sub(r"([a-z])([A-Z])", r"\1-\2", name).lower()
        if _FOREIGN.fullmatch(words) or any(_FOREIGN.fullmatch(word) for word in re.split(r"[-_\d]+", words) if word):
            return True
    said = letters.get(element, 0)
    if element.tag in ("ul", "ol", "dl", "div", "table", "section", "td") and said and links[element] > 0.7 * said:
        count = sum(1 for a in element.iter("a") if not _ATTACHED.search(a.get("href", "")))
        return count >= 3
    if said >= 300 or element.tag == "td":
        return False
    text = element.text_content()
    return _foot(text) and not _CLAUSE.search(text)


def _foot(text: str) -> bool:
    """Tell whether a text is of the foot of a site, and not a sentence that happens to speak of such things."""
    if len(text.strip()) >= _LONG and _SENTENCE.search(text):
        text = _ALSO_SAID.sub("", text)
    return bool(_FOOT.search(text))


_ATTACHED = re.compile(r"\.(?:docx?|xlsx?|pdf|wps|et|ofd|zip|rar|txt)(?:$|\?)", re.I)


def _layout(element: HtmlElement) -> bool:
    from plan_graph.reading.html_lines import layout

    above = element if element.tag == "table" else next(element.iterancestors("table"), None)
    return above is None or layout(above)


def _plain(element: HtmlElement, links: dict[HtmlElement, int], letters: dict[HtmlElement, int]) -> bool:
    return links[element] <= 0.3 * letters[element]


def _part(element: HtmlElement, links: dict[HtmlElement, int], letters: dict[HtmlElement, int]) -> bool:
    """Tell whether what stands beside a column is of the document: a heading, a paragraph, its number, its date."""
    if not letters[element] or 2 * links[element] > letters[element] or _edge(element, letters):
        return False
    if element.tag in _OWN:
        return True
    return letters[element] < 60 and bool(_PART.fullmatch(fold(element.text_content())))


def _edge(element: HtmlElement, letters: dict[HtmlElement, int]) -> bool:
    """Tell whether a block is one of the small lines around a text: date of posting, print, share, next page."""
    if element.tag == "time":
        return element.getparent().tag in ("header", "article")
    if element.tag not in BLOCKS or element.tag in ("td", "tr", "tbody", "table", "body") or letters[element] >= 120:
        return False
    return bool(_AROUND_LINE.match(fold(element.text_content())))
