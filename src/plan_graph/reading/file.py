"""Any supported file → Document: its kind is read from its first bytes and must agree with its name."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from plan_graph.errors import UnreadableError
from plan_graph.model.text import Document
from plan_graph.reading import text

ENDINGS = {
    ".txt": "text",
    ".text": "text",
    ".html": "html",
    ".htm": "html",
    ".docx": "docx",
    ".pdf": "pdf",
    ".csv": "csv",
    ".tsv": "csv",
    ".xlsx": "xlsx",
}
_OLD = {  # what is not read → what to save it as
    ".doc": ".docx",
    ".wps": ".docx",
    ".rtf": ".docx",
    ".odt": ".docx",
    ".dot": ".docx",
    ".docm": ".docx",
    ".xls": ".xlsx",
    ".et": ".xlsx",
    ".ods": ".xlsx",
    ".xlsm": ".xlsx",
    ".xlsb": ".xlsx",
    ".ofd": ".docx",
    ".caj": ".docx",
    ".ceb": ".docx",
    ".mht": ".html",
    ".mhtml": ".html",
}
_KINDS = {
    "text": ("plain text", "纯文本", ".txt"),
    "html": ("a web page (HTML)", "网页（HTML）", ".html"),
    "docx": ("a Word document (DOCX)", " Word 文档（DOCX）", ".docx"),
    "pdf": ("a PDF document", " PDF 文档", ".pdf"),
    "csv": ("separated values (CSV)", " CSV 表格", ".csv"),
    "xlsx": ("an Excel workbook (XLSX)", " Excel 工作簿（XLSX）", ".xlsx"),
}
_MARKUP = re.compile(  # a comment ends at its first -->: where it could end later, many of them would take for ever
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title)\b", re.I | re.S
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read(path: Path, document_id: str) -> Document:
    """Read a file of any supported kind: text, HTML, DOCX, PDF, CSV, TSV, XLSX.

    :raises UnreadableError: if it is missing, empty, too large, damaged, protected by a password, of a kind that is
        not read, or named as another kind than it is; the message is one sentence that says what to do.
    """
    raw = text.load(path)
    name, ending = str(path), path.suffix.lower()
    if not raw.strip():
        raise UnreadableError(
            f"{name} is empty; give a file that holds the text of a plan", f"{name} 是空文件，请给出计划文件的正文"
        )
    kind, stated = _kind(raw, name, ending), ENDINGS.get(ending)
    if stated in ("csv", "html") and kind == "text":
        kind = stated  # separated values and a piece of a page are text to the eye
    if ending in _OLD or (stated is not None and stated != kind):
        en, zh, right = _KINDS[kind]
        raise UnreadableError(
            f"{name} holds {en}, but its name ends in {ending}; name it {path.stem}{right}",
            f"{name} 的内容是{zh}，扩展名却是 {ending}，请改名为 {path.stem}{right}",
        )
    return _reader(kind)(raw, document_id, name)


def _reader(kind: str) -> Callable[[bytes, str, str], Document]:
    """Import what reads a kind, only when such a file is read."""
    if kind == "html":
        from plan_graph.reading.html import read as reader
    elif kind == "docx":
        from plan_graph.reading.docx import read as reader
    elif kind == "pdf":
        from plan_graph.reading.pdf import read as reader
    elif kind == "xlsx":
        from plan_graph.reading.xlsx import read as reader
    elif kind == "csv":
        from plan_graph.reading.sheet import read_csv as reader
    else:
        from plan_graph.reading.laid_out import read as reader
    return reader


def _kind(raw: bytes, name: str, ending: str) -> str:
    head = raw[:1024]
    if b"%PDF-" in head and not _MARKUP.match(_glance(raw)):
        return "pdf"
    if raw.startswith(b"PK"):
        return _zipped(raw, name)
    if raw.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in raw:
            raise UnreadableError(
                f"{name} is protected by a password; save it without one", f"{name} 有密码保护，请取消密码后另存"
            )
        _refuse(name, "an old Office document (DOC, XLS or WPS)", "旧版 Office 文档（DOC、XLS 或 WPS）", ending)
    if raw.startswith(b"{\\rtf"):
        _refuse(name, "an RTF document", " RTF 文档", ".rtf")
    stated = ENDINGS.get(ending)
    if stated in ("docx", "pdf", "xlsx"):
        if not head.strip(b"\x00"):
            raise UnreadableError(
                f"{name} is damaged (it begins with zeros); get the file again from its source",
                f"{name} 已损坏（开头全是零字节），请重新获取原文件",
            )
        if not _MARKUP.match(_glance(raw)) and not _is_text(raw, name):
            en, zh, _ = _KINDS[stated]
            raise UnreadableError(
                f"{name} is not {en}, or its beginning is missing; get the file again from its source",
                f"{name} 不是{zh}，或开头已缺失，请重新获取原文件",
            )
    if re.match(rb"MIME-Version:|From:.{0,200}\r?\nSubject:", raw):
        _refuse(name, "a web archive (MHTML)", "网页归档（MHTML）", ".mht")
    if ending in _OLD and not _MARKUP.match(_glance(raw)) and not _is_text(raw, name):
        _refuse(name, f"a {ending} file", f"{ending} 文件", ending)
    return "html" if _MARKUP.match(_glance(raw)) else "text"


def _glance(raw: bytes) -> str:
    """Give the beginning as Latin letters: enough to see markup in any encoding."""
    head = raw[:4096]
    for mark in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"):
        head = head.removeprefix(mark)
    return head.replace(b"\x00", b"").decode("latin-1")


def _is_text(raw: bytes, name: str) -> bool:
    try:
        text.decode(raw, "", name)
    except UnreadableError:
        return False
    return True


def _zipped(raw: bytes, name: str) -> str:
    from plan_graph.reading.package import open_package

    package = open_package(raw, name)
    entries = package.NameToInfo
    if "word/document.xml" in entries:
        return "docx"
    if "xl/workbook.xml" in entries:
        return "xlsx"
    if "OFD.xml" in entries:
        _refuse(name, "an OFD document", " OFD 文档", ".ofd")
    if "mimetype" in entries and entries["mimetype"].file_size < 200:
        try:
            held = package.read("mimetype")
        except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError):
            held = b""
        if b"opendocument" in held:
            sheet = b"spreadsheet" in held
            _refuse(
                name,
                "an OpenDocument file (ODT or ODS)",
                " OpenDocument 文档（ODT 或 ODS）",
                ".ods" if sheet else ".odt",
            )
    if "xl/workbook.bin" in entries:
        _refuse(name, "a binary Excel workbook (XLSB)", "二进制 Excel 工作簿（XLSB）", ".xlsb")
    raise UnreadableError(
        f"{name} is a ZIP archive without a Word or Excel document; unpack it and give the files in it",
        f"{name} 是 ZIP 压缩包，其中没有 Word 或 Excel 文档，请解压后给出其中的文件",
    )


def _refuse(name: str, en: str, zh: str, ending: str) -> NoReturn:
    wanted = _OLD.get(ending, ".docx or .xlsx")
    wanted_zh = _OLD.get(ending, ".docx 或 .xlsx")
    raise UnreadableError(
        f"{name} is {en}, which is not read; open it and save it as {wanted}",
        f"{name} 是{zh}，不能读取，请打开后另存为 {wanted_zh}",
    )
