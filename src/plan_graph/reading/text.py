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
from plan_graph.model import Document, Note

MAX_BYTES = 64 * 1024 * 1024

_MARKS = (  # longest first: the UTF-32 mark begins with the UTF-16 one
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive (a DOCX or XLSX document is one)"),
    (b"\xd0\xcf\x11\xe0", "an old Office document (DOC, XLS or WPS)"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"{\\rtf", "an RTF document"),
    (b"\x7fELF", "a program"),
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
    try:
        if not path.exists():
            raise UnreadableError(f"{path} does not exist; check the path")
        if not path.is_file():
            raise UnreadableError(f"{path} is not a plain file; give a text file")
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise UnreadableError(
                f"{path} has {size:,} bytes, more than the {MAX_BYTES:,} a text may have; split it into documents"
            )
        raw = path.read_bytes()
    except OSError as error:
        raise UnreadableError(f"{path} cannot be read ({error.strerror}); check its permissions") from error
    return decode(raw, document_id, str(path))


def decode(raw: bytes, document_id: str, name: str) -> Document:
    """Turn the bytes of a text file into a Document; ``render`` gives the bytes back.

    :raises UnreadableError: as :func:`read`.
    """
    bom, encoding, body = _encoding(raw, name)
    notes: list[Note] = []
    if encoding != "utf-8":
        notes.append(Note(f"原文件编码为 {encoding.upper()}，已解码", f"decoded from {encoding.upper()}"))
    if bom and encoding == "utf-8":
        notes.append(Note("文件开头的字节序标记已略去", "a byte order mark was set aside"))
    if not body.strip():
        raise UnreadableError(f"{name} is empty; give a file that holds the text of a plan")
    control = _CONTROL.findall(body)
    if "\x00" in control or len(control) > max(2, len(body) // 1000):
        where = _CONTROL.search(body)
        at = where.start() if where else 0
        raise UnreadableError(f"{name} is binary, not text (control character at {at}); give the text of the plan")
    if body.encode(encoding) != raw[len(bom) :]:
        raise UnreadableError(
            f"{name} uses {encoding.upper()} byte sequences that do not survive a round trip; save it as UTF-8"
        )
    text, line_ends = _normalise(body)
    if line_ends:
        notes.append(Note(f"{len(line_ends)} 处换行统一写作 \\n", f"{len(line_ends)} line ends written as \\n"))
    digest = hashlib.sha256(raw).hexdigest()
    return Document(document_id, Path(name).name, text, encoding, bom, line_ends, digest, len(raw), tuple(notes))


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


def _encoding(raw: bytes, name: str) -> tuple[bytes, str, str]:
    """Give (byte order mark, encoding, decoded text)."""
    for signature, kind in _SIGNATURES:
        if raw.startswith(signature):
            raise UnreadableError(f"{name} is {kind}, not text; give the plan as a text file")
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return mark, encoding, _strict(raw[len(mark) :], encoding, name)
    if b"\x00" in raw:
        encoding = _bare_utf16(raw)
        if not encoding:
            raise UnreadableError(f"{name} is binary, not text (byte 0 at {raw.index(0)}); give the text of the plan")
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
            f"{name} is neither UTF-8, UTF-16 nor GB18030 text (byte {first.start}); save it as UTF-8"
        ) from error
    beyond = [c for c in text if ord(c) > 127]
    if len(_CHINESE.findall(text)) < 0.8 * len(beyond):
        raise UnreadableError(
            f"{name} is neither UTF-8 nor Chinese text in GB18030 (byte {first.start}); save it as UTF-8"
        )
    return b"", "gb18030", text


def _strict(body: bytes, encoding: str, name: str) -> str:
    try:
        return body.decode(encoding)
    except UnicodeDecodeError as error:
        _refuse_damaged(error, body, encoding.upper(), name)


def _refuse_damaged(error: UnicodeDecodeError, raw: bytes, encoding: str, name: str) -> NoReturn:
    what = "is cut off in the middle of a character" if error.end >= len(raw) else "is damaged"
    raise UnreadableError(
        f"{name} {what} ({encoding}, byte {error.start} of {len(raw)}); get the file again from its source"
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
