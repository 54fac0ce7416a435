"""The bytes of a PDF → its pages, read in a process of limited time and memory, or the reason why not."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from typing import Any, NoReturn

from plan_graph.errors import UnreadableError
from plan_graph.reading import pdf_glyphs

_WAIT = 900  # seconds: a machine under load takes longer than the processor time allowed
_END = b"%%EOF"
_TAIL = 4096  # some servers add a few bytes after the end
_CODE = (
    "import sys,json;path,seconds,memory=json.loads(sys.argv[1]);sys.path[:]=path;"
    "from plan_graph.reading.pdf_glyphs import main;main(seconds,memory)"
)
MAX_SECONDS = 300  # of the processor
MAX_MEMORY = 2 * 1024 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character where it stands, in points from the upper left corner; ``y`` is its base line."""

    text: str
    x0: float
    x1: float
    y: float
    size: float

    @property
    def centre(self) -> tuple[float, float]:
        """Return its middle."""
        return (self.x0 + self.x1) / 2, self.y - 0.35 * self.size


@dataclass(frozen=True, slots=True)
class Page:
    """A page with its text upright; ``rules`` are straight lines (left, top, right, bottom).

    ``unknown``, ``askew`` and ``hidden`` count characters; see :func:`plan_graph.reading.pdf_glyphs.pages`.
    """

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    rules: tuple[tuple[float, float, float, float], ...]
    unknown: int
    askew: int
    hidden: int
    drawn: bool
    crowded: bool


def pages(raw: bytes, name: str) -> list[Page]:
    """Read the pages of a PDF.

    :raises UnreadableError: if it is damaged or cut off, protected by a password, or over a limit of ``pdf_glyphs``.
    """
    if _END not in raw.rstrip(b"\x00\r\n\t ")[-_TAIL:]:
        raise UnreadableError(
            f"{name} is cut off (its end is missing); get the file again from its source",
            f"{name} 不完整（缺少结尾），请重新获取原文件",
        )
    command = [sys.executable, "-P", "-c", _CODE, json.dumps([sys.path, MAX_SECONDS, MAX_MEMORY])]
    try:
        done = subprocess.run(command, input=raw, capture_output=True, check=False, timeout=_WAIT)
    except subprocess.TimeoutExpired as error:
        raise _too_heavy(name) from error
    lines = done.stdout.splitlines()
    last = _loaded(lines[-1]) if lines else None
    if last is not None and "refused" in last:
        _refuse(name, last["refused"], last["of"])
    if done.returncode != 0:
        complaints = done.stderr.decode("utf-8", "replace").strip().splitlines()
        if done.returncode < 0 or not complaints or complaints[-1].startswith("MemoryError"):
            raise _too_heavy(name)
        raise UnreadableError(
            f"{name} cannot be read ({complaints[-1]}); print it to PDF anew",
            f"{name} 无法读取（{complaints[-1]}），请重新打印为 PDF",
        )
    return [_page(number, json.loads(line)) for number, line in enumerate(lines, 1)]


def _loaded(line: bytes) -> dict[str, Any] | None:
    try:
        loaded: dict[str, Any] = json.loads(line)
    except ValueError:  # the process was ended in the middle of it
        return None
    return loaded


def _page(number: int, page: dict[str, Any]) -> Page:
    at = page["at"]
    glyphs = tuple(Glyph(text, *at[4 * index : 4 * index + 4]) for index, text in enumerate(page["text"]))
    return Page(
        number, page["width"], page["height"], glyphs, tuple(map(tuple, page["rules"])), page["unknown"],
        page["askew"], page["hidden"], page["drawn"], page["crowded"],
    )  # fmt: skip


def _too_heavy(name: str) -> UnreadableError:
    seconds, gigabytes = MAX_SECONDS, MAX_MEMORY >> 30
    return UnreadableError(
        f"{name} takes more than {seconds} seconds or {gigabytes} GB to read; print it to PDF anew, or split it",
        f"读取 {name} 需要超过 {seconds} 秒或 {gigabytes} GB 内存，请重新打印为 PDF 或拆分",
    )


def _refuse(name: str, reason: str, of: int) -> NoReturn:
    limit, per_page, characters = pdf_glyphs.MAX_PAGES, pdf_glyphs.MAX_PAGE_CHARACTERS, pdf_glyphs.MAX_CHARACTERS
    en, zh = {
        "password": ("is protected by a password; save it without one", "有密码保护，请取消密码后另存"),
        "damaged": (
            "is damaged (its pages cannot be found); get the file again from its source",
            "已损坏（找不到页面），请重新获取原文件",
        ),
        "page": (
            f"is damaged (page {of} cannot be read); get the file again from its source",
            f"已损坏（第 {of} 页无法读取），请重新获取原文件",
        ),
        "pages": (
            f"has more than {limit:,} pages; split it into documents",
            f"超过 {limit:,} 页的上限，请拆分为单个文件",
        ),
        "page characters": (
            f"has more than {per_page:,} characters on page {of}; take that page out",
            f"第 {of} 页超过 {per_page:,} 字的上限，请删去该页",
        ),
        "characters": (
            f"has more than {characters:,} characters by page {of}; split it into documents",
            f"到第 {of} 页已超过 {characters:,} 字的上限，请拆分为单个文件",
        ),
        "figures": (
            f"has too many drawings within drawings on page {of}; print it to PDF anew",
            f"第 {of} 页的图形嵌套过多，请重新打印为 PDF",
        ),
    }[reason]
    raise UnreadableError(f"{name} {en}", f"{name} {zh}")
