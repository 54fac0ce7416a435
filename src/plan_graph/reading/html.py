"""A web page → Document: the column of the text, without what the site puts around it.

The page is parsed by lxml, so that each origin is an XPath that ``lxml.html.document_fromstring`` of its markup
finds again. Extractors of articles (trafilatura, resiliparse, jusText, readability) give text without places and
merged cells, and some run paragraphs together or drop signatures and tables; docs/how-to/formats.md has the figures.
"""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING

from plan_graph.errors import UnreadableError
from plan_graph.model.text import Document, Note
from plan_graph.reading.assembly import Assembly, fold
from plan_graph.reading.html_column import column, heading
from plan_graph.reading.html_lines import write
from plan_graph.reading.tables import with_text_tables
from plan_graph.reading.text import characters

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MEDIA_TYPE = "text/html"
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.I)
_UTF16 = {b"<\x00": "utf-16-le", b"\x00<": "utf-16-be"}
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_LIMITS = re.compile("XML_PARSE_HUGE")
_FRAMES, _LONGEST_SOURCE = 8, 200  # frames that a message names, and characters of each


def read(raw: bytes, document_id: str, name: str) -> Document:
    """Read a web page.

    :raises UnreadableError: if its characters cannot be read, it is nested deeper than 256 elements or holds no text
        itself; if it holds frames, the message names their files.
    """
    bom, encoding, markup = _decode(raw, name)
    page = _parse(markup, name)
    body = page.find("body")
    assembly = Assembly()
    if encoding != "utf-8":
        assembly.notes.append(Note(f"原文件编码为 {encoding.upper()}，已解码", f"decoded from {encoding.upper()}"))
    if body is not None:
        chosen, left_out = column(body)
        title = heading(body, chosen, left_out)
        if title is not None:
            write(title, assembly, left_out, name)
        write(chosen, assembly, left_out, name)
    _refuse_frames(page, assembly, name)
    if re.search("<html", markup, re.I) and not re.search("</(?:html|body)", markup, re.I):
        assembly.notes.append(
            Note(
                "网页没有结尾（</html>），可能不完整，请核对",
                "the page has no end (</html>) and may be cut off: compare",
            )
        )
    document = assembly.document(document_id, name, raw, MEDIA_TYPE, encoding, bom)
    beside = len(fold(_visible(body))) - len(document.text) if body is not None else 0
    if beside > 0.05 * len(document.text) and body is not None:
        note = Note(
            f"网页正文以外约 {beside} 字（导航、链接、页脚等）未读入",
            f"about {beside} characters around the text of the page (navigation, links, footer) were left out",
        )
        assembly.notes.append(note)
        document = assembly.document(document_id, name, raw, MEDIA_TYPE, encoding, bom)
    return with_text_tables(document)


def _refuse_frames(page: HtmlElement, assembly: Assembly, name: str) -> None:
    """Refuse a page that holds frames and no text of its own, and say which files the frames show."""
    if not assembly.empty and page.find("frameset") is None:
        return
    frames = [frame.get("src") for frame in page.iter("frame", "iframe") if (frame.get("src") or "").strip()]
    shown = list(dict.fromkeys(" ".join(source.split())[:_LONGEST_SOURCE] for source in frames))
    if shown:
        more, more_zh = (" …", "等") if len(shown) > _FRAMES else ("", "")
        named, named_zh = ", ".join(shown[:_FRAMES]) + more, "、".join(shown[:_FRAMES]) + more_zh
        raise UnreadableError(
            f"{name} holds no text itself, only frames that show {named}; give the one that holds the text of a plan",
            f"{name} 本身没有文字，只有框架，显示的是 {named_zh}，请给出其中含有计划正文的文件",
        )


def _decode(raw: bytes, name: str) -> tuple[bytes, str, str]:
    """Give (byte order mark, encoding, markup), as for text files: pages saved anew keep the label of before.

    The label counts for Big5 alone, which the bytes cannot be told by, and only if they are not UTF-8.
    """
    if raw[:2] in _UTF16:
        with contextlib.suppress(UnicodeDecodeError):
            return b"", _UTF16[raw[:2]], raw.decode(_UTF16[raw[:2]])
    stated = _META.search(raw[:4096])
    if stated and stated[1].lower().startswith(b"big5"):
        for encoding in ("utf-8", "big5", "big5hkscs"):
            with contextlib.suppress(UnicodeDecodeError):
                return b"", encoding, raw.decode(encoding)
    return characters(raw, name)


def _parse(markup: str, name: str) -> HtmlElement:
    import lxml.html
    from lxml.etree import ParserError

    parser = lxml.html.HTMLParser(encoding="utf-8")
    try:
        page = lxml.html.document_fromstring(_DECLARATION.sub("", markup).encode("utf-8", "replace"), parser=parser)
    except (ParserError, ValueError) as error:
        raise UnreadableError(
            f"{name} holds no text; give a file that holds the text of a plan",
            f"{name} 中没有文字，请给出含有计划正文的文件",
        ) from error
    for entry in parser.error_log:
        if _LIMITS.search(entry.message):  # what came after it is lost
            raise UnreadableError(
                f"{name} is nested too deeply or holds too large a piece of markup (line {entry.line}); "
                "save the text of the page as .txt or .docx",
                f"{name} 的标记嵌套过深或过大（第 {entry.line} 行），请把网页正文另存为 .txt 或 .docx",
            )
    return page


def _visible(body: HtmlElement) -> str:
    return "".join(
        (element.text or "") if isinstance(element.tag, str) and element.tag not in ("script", "style") else ""
        for element in body.iter()
    ) + "".join(element.tail or "" for element in body.iter())
