"""Pieces of an HTML page, well-formed as XML too: escaped text in two languages, tables, figures as inline SVG."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence

from lxml import etree

from plan_graph.reports.words import Words

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, production 2
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_SVG = "{http://www.w3.org/2000/svg}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_REFERENCE = re.compile(r"url\(#([^)]+)\)")


def text(value: object) -> str:
    """Escape a text; characters that XML cannot hold become U+FFFD, those for private use, without a shape, go.

    >>> text('<b> & "c"')
    '&lt;b&gt; &amp; &quot;c&quot;'
    """
    return html.escape(_PRIVATE.sub("", _NOT_XML.sub("\ufffd", str(value))))


def both(words: Words, lang: str) -> str:
    """Write a wording in the language asked for, or Chinese with English in a span beside it.

    >>> both(Words("牵头", "lead"), "both")
    '牵头 <span lang="en">lead</span>'
    """
    if lang != "both" or words.zh == words.en or not words.en:
        return text(words.of(lang))
    return f'{text(words.zh)} <span lang="en">{text(words.en)}</span>'


def paragraphs(words: Words, lang: str) -> str:
    """Write a wording as a paragraph in each language asked for."""
    made = f"<p>{text(words.zh)}</p>" if lang != "en" else ""
    return made + (f'<p lang="en">{text(words.en)}</p>' if lang != "zh" and words.en else "")


def table(heads: Sequence[tuple[Words, str]], rows: Iterable[Sequence[str]], lang: str, name: str = "") -> str:
    """Write a table whose head is repeated on each page; a head is (words, class), cells are markup."""
    head = "".join(f'<th class="{cls}">{both(words, lang)}</th>' for words, cls in heads)
    body = "".join(
        "<tr>" + "".join(f'<td class="{cls}">{cell}</td>' for cell, (_, cls) in zip(row, heads, strict=True)) + "</tr>"
        for row in rows
    )
    return f'<table class="{name}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>' if body else ""


def figure(svg: bytes, name: str, title: str, caption: str) -> str:
    """Write an SVG as a part of the page, its ids made unique by ``name``; ``caption`` is markup."""
    root = etree.fromstring(svg, etree.XMLParser(resolve_entities=False, no_network=True))
    for gone in [*root.iter(f"{_SVG}metadata"), *root.iter(f"{_SVG}style"), *root.iter(etree.Comment)]:
        parent = gone.getparent()
        assert parent is not None
        parent.remove(gone)
    for element in root.iter():
        for key, value in element.attrib.items():
            if key == "id":
                element.set(key, f"{name}-{value}")
            elif key == _HREF:
                element.set(key, f"#{name}-{value[1:]}")
            elif "url(#" in value:
                element.set(key, _REFERENCE.sub(rf"url(#{name}-\1)", value))
    for key in ("width", "height"):
        del root.attrib[key]
    root.set("role", "img")
    root.set("aria-label", title)
    root.set("style", "stroke-linejoin: round; stroke-linecap: butt")  # what the sheet taken out said of all
    drawn = etree.tostring(root, encoding="unicode").rstrip()
    return f'<figure id="{name}">{drawn}<figcaption>{caption}</figcaption></figure>'
