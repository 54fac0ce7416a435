"""A text file → Document: encodings, line ends, limits.

Only the encodings in which Chinese offices write text are tried, each strictly: UTF-8, UTF-16 and
GB18030 (which contains GBK and GB2312). Guessing by letter statistics would sometimes turn a damaged
file into plausible but wrong words; here a file is either read exactly or refused with the reason.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from pathlib import Path
from typing import NoReturn

from plan_graph.errors import UnreadableError
from plan_graph.model.text import Document, Note
from plan_graph.reading.tables import text_tables

MAX_BYTES = 64 * 1024 * 1024

_MARKS = (  # longest first: the UTF-32 mark begins with the UTF-16 one
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (
    (b"\x89PNG\r\n", "a PNG image", "PNG 图片"),
    (b"\xff\xd8\xff", "a JPEG image", "JPEG 图片"),
    (b"GIF8", "a GIF image", "GIF 图片"),
    (b"%PDF", "a PDF document", "PDF 文档"),
    (b"PK\x03\x04", "a ZIP archive (a DOCX or XLSX document is one)", "ZIP 压缩包（DOCX、XLSX 也是）"),
    (b"\xd0\xcf\x11\xe0", "an old Office document (DOC, XLS or WPS)", "旧版 Office 文档（DOC、XLS 或 WPS）"),
    (b"\x1f\x8b", "a gzip archive", "gzip 压缩包"),
    (b"7z\xbc\xaf", "a 7-Zip archive", "7-Zip 压缩包"),
    (b"Rar!", "a RAR archive", "RAR 压缩包"),
    (b"{\\rtf", "an RTF document", "RTF 文档"),
    (b"\x7fELF", "a program", "程序"),
)
_HAN = re.compile("[\u4e00-\u9fff]")
_CHINESE = re.compile("[\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uff00-\uffef“”‘’—…·]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_LINE_END = re.compile("\r\n|\r")


def read(path: Path, document_id: str) -> Document:
    """Read a text file, whole and exactly.

    :raises UnreadableError: if it is missing, not a plain file, empty, larger than ``MAX_BYTES``, binary,
        damaged, or in no encoding known here; the message is one sentence with the place.
    """
    return decode(load(path), document_id, str(path))


def load(path: Path) -> bytes:
    """Read the bytes of a file.

    :raises UnreadableError: if it is missing, not a plain file, unreadable or larger than ``MAX_BYTES``.
    """
    try:
        if not path.exists():
            raise UnreadableError(f"{path} does not exist; check the path", f"{path} 不存在，请检查路径")
        if not path.is_file():
            raise UnreadableError(
                f"{path} is not a plain file; give a text file", f"{path} 不是普通文件，请给出文本文件"
            )
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise UnreadableError(
                f"{path} has {size:,} bytes, more than the {MAX_BYTES:,} a text may have; split it into documents",
                f"{path} 有 {size:,} 字节，超过 {MAX_BYTES:,} 字节的上限，请拆分为单个文件",
            )
        raw = path.read_bytes()
    except OSError as error:
        raise UnreadableError(
            f"{path} cannot be read ({error.strerror}); check its permissions",
            f"无法读取 {path}（{error.strerror}），请检查权限",
        ) from error
    return raw


def decode(raw: bytes, document_id: str, name: str) -> Document:
    """Turn the bytes of a text file into a Document; ``render`` gives the bytes back.

    :raises UnreadableError: as :func:`read`.
    """
    bom, encoding, body = characters(raw, name)
    notes: list[Note] = []
    if encoding != "utf-8":
        notes.append(Note(f"原文件编码为 {encoding.upper()}，已解码", f"decoded from {encoding.upper()}"))
    if bom and encoding == "utf-8":
        notes.append(Note("文件开头的字节序标记已略去", "a byte order mark was set aside"))
    if not body.strip():
        raise UnreadableError(
            f"{name} is empty; give a file that holds the text of a plan", f"{name} 是空文件，请给出计划文件的正文"
        )
    control = _CONTROL.findall(body)
    if "\x00" in control or len(control) > max(2, len(body) // 1000):
        where = _CONTROL.search(body)
        at = where.start() if where else 0
        raise UnreadableError(
            f"{name} is binary, not text (control character at {at}); give the text of the plan",
            f"{name} 是二进制文件，不是文本（第 {at} 个字符是控制符），请给出计划文件的正文",
        )
    if body.encode(encoding) != raw[len(bom) :]:
        raise UnreadableError(
            f"{name} uses {encoding.upper()} byte sequences that do not survive a round trip; save it as UTF-8",
            f"{name} 含有无法还原的 {encoding.upper()} 字节，请另存为 UTF-8",
        )
    text, line_ends = _normalise(body)
    if line_ends:
        notes.append(Note(f"{len(line_ends)} 处换行统一写作 \\n", f"{len(line_ends)} line ends written as \\n"))
    digest = hashlib.sha256(raw).hexdigest()
    return Document(
        document_id, Path(name).name, text, encoding, bom, line_ends, digest, len(raw), tuple(notes),
        tables=text_tables(text),
    )  # fmt: skip


def render(document: Document, text: str | None = None) -> bytes:
    """Give back the bytes the document was read from; ``text`` must equal the document's text."""
    text = document.text if text is None else text
    pieces: list[str] = []
    done = 0
    for at, end in document.line_ends:
        pieces += (text[done:at], end)
        done = at + 1
    pieces.append(text[done:])
    return document.bom + "".join(pieces).encode(document.encoding)


def _normalise(body: str) -> tuple[str, tuple[tuple[int, str], ...]]:
    line_ends: list[tuple[int, str]] = []
    removed = 0  # code points dropped so far: offsets count the published text
    for match in _LINE_END.finditer(body):
        line_ends.append((match.start() - removed, match[0]))
        removed += len(match[0]) - 1
    return (_LINE_END.sub("\n", body) if line_ends else body), tuple(line_ends)


def characters(raw: bytes, name: str) -> tuple[bytes, str, str]:
    """Give (byte order mark, encoding, decoded text).

    :raises UnreadableError: if it is binary, damaged or in no encoding known here.
    """
    for signature, kind, zh in _SIGNATURES:
        if raw.startswith(signature):
            raise UnreadableError(
                f"{name} is {kind}, not text; give the plan as a text file",
                f"{name} 不是文本，而是{zh}，请给出文本文件",
            )
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return mark, encoding, _strict(raw[len(mark) :], encoding, name)
    if b"\x00" in raw:
        encoding = _bare_utf16(raw)
        if not encoding:
            raise UnreadableError(
                f"{name} is binary, not text (byte 0 at {raw.index(0)}); give the text of the plan",
                f"{name} 是二进制文件，不是文本（第 {raw.index(0)} 字节为 0），请给出计划文件的正文",
            )
        return b"", encoding, _strict(raw, encoding, name)
    try:
        return b"", "utf-8", raw.decode("utf-8")
    except UnicodeDecodeError as error:
        broken = raw.decode("utf-8", "replace")
        if len(_HAN.findall(broken)) > 4 * broken.count("\ufffd"):
            _refuse_damaged(error, raw, "UTF-8", name)
        first = error
    try:
        text = raw.decode("gb18030")
    except UnicodeDecodeError as error:
        broken = raw.decode("gb18030", "replace")
        if len(_HAN.findall(broken)) > 20 * broken.count("\ufffd"):
            _refuse_damaged(error, raw, "GB18030", name)
        raise UnreadableError(
            f"{name} is neither UTF-8, UTF-16 nor GB18030 text (byte {first.start}); save it as UTF-8",
            f"{name} 既不是 UTF-8、UTF-16，也不是 GB18030 文本（第 {first.start} 字节），请另存为 UTF-8",
        ) from error
    beyond = [c for c in text if ord(c) > 127]
    han = "".join(_HAN.findall(text))
    # Latin-1, Shift-JIS and Big5 often decode too, but into characters that nobody writes: not those of GB 2312
    common = len(han.encode("gb2312", "ignore")) // 2
    if len(_CHINESE.findall(text)) < 0.8 * len(beyond) or 3 * common < len(han):
        raise UnreadableError(
            f"{name} is neither UTF-8 nor Chinese text in GB18030 (byte {first.start}); save it as UTF-8",
            f"{name} 既不是 UTF-8，也不是 GB18030 中文文本（第 {first.start} 字节），请另存为 UTF-8",
        )
    return b"", "gb18030", text


def _strict(body: bytes, encoding: str, name: str) -> str:
    try:
        return body.decode(encoding)
    except UnicodeDecodeError as error:
        _refuse_damaged(error, body, encoding.upper(), name)


def _refuse_damaged(error: UnicodeDecodeError, raw: bytes, encoding: str, name: str) -> NoReturn:
    cut = error.end >= len(raw)
    what, zh = ("is cut off in the middle of a character", "在一个字的中间断开") if cut else ("is damaged", "已损坏")
    raise UnreadableError(
        f"{name} {what} ({encoding}, byte {error.start} of {len(raw)}); get the file again from its source",
        f"{name} {zh}（{encoding}，第 {error.start} 字节，共 {len(raw)} 字节），请重新获取原文件",
    ) from error


def _bare_utf16(raw: bytes) -> str:
    """Name the byte order of UTF-16 without a mark: line feeds and digits show it; "" if it is none."""
    for encoding, newline in (("utf-16-le", b"\n\x00"), ("utf-16-be", b"\x00\n")):
        if len(raw) % 2 == 0 and newline in raw:
            try:
                text = raw.decode(encoding)
            except UnicodeDecodeError:
                continue
            if len(_CHINESE.findall(text)) > len(text) // 2:
                return encoding
    return ""
