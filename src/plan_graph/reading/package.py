"""The ZIP package of a Word or Excel file: opened only if what it holds is of sane size and harmless XML."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import TYPE_CHECKING, NoReturn

from plan_graph.errors import UnreadableError

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_ENTRIES = 10_000
MAX_UNPACKED = 512 * 1024 * 1024
MAX_RATIO = 200  # real sheets reach 50; 1,032 is the most that deflate can do
_RATIO_FROM = 1024 * 1024
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.I)
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)


def open_package(raw: bytes, name: str) -> zipfile.ZipFile:
    """Open a package.

    :raises UnreadableError: if it is damaged, has too many or too large entries, or one packed too tightly.
    """
    try:
        package = zipfile.ZipFile(io.BytesIO(raw))
    except _DAMAGE as error:
        raise UnreadableError(
            f"{name} is damaged or cut off (its ZIP directory cannot be read); get the file again from its source",
            f"{name} 已损坏或不完整（ZIP 目录无法读取），请重新获取原文件",
        ) from error
    entries = package.infolist()
    if len(entries) > MAX_ENTRIES:
        _too_much(name, f"{len(entries):,} entries", f"有 {len(entries):,} 个条目", MAX_ENTRIES)
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED:
        _too_much(name, f"{unpacked:,} bytes when unpacked", f"解压后有 {unpacked:,} 字节", MAX_UNPACKED)
    for entry in entries:
        if entry.file_size > _RATIO_FROM and entry.file_size > MAX_RATIO * max(1, entry.compress_size):
            ratio = entry.file_size // max(1, entry.compress_size)
            _too_much(
                name,
                f"{entry.filename!r} packed to 1/{ratio:,}",
                f"的条目 {entry.filename!r} 压缩至 1/{ratio:,}",
                MAX_RATIO,
            )
        if entry.flag_bits & 1:
            raise UnreadableError(
                f"{name} is protected by a password; save it without one", f"{name} 有密码保护，请取消密码后另存"
            )
    return package


def part(package: zipfile.ZipFile, path: str, name: str) -> bytes:
    """Give one part of a package, unpacked.

    :raises UnreadableError: if it is missing, damaged, or declares a document type or entities.
    """
    try:
        data = package.read(path)
    except KeyError as error:
        raise UnreadableError(
            f"{name} lacks its part {path}; open it and save it again", f"{name} 缺少 {path}，请打开后重新保存"
        ) from error
    except _DAMAGE as error:
        raise UnreadableError(
            f"{name} is damaged ({path} cannot be unpacked); get the file again from its source",
            f"{name} 已损坏（{path} 无法解压），请重新获取原文件",
        ) from error
    plain = (
        data.replace(b"\x00", b"")[:1_000_000] if data[:2] in (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<") else data
    )
    if _DOCTYPE.search(plain):
        raise UnreadableError(
            f"{name} declares a document type in {path}, which office programs never write; open it and save it again",
            f"{name} 的 {path} 中声明了文档类型，办公软件不会这样写，请打开后重新保存",
        )
    return data


def parse(package: zipfile.ZipFile, path: str, name: str) -> _Element:
    """Parse one XML part.

    :raises UnreadableError: as :func:`part`, and if it is no well-formed XML or nested too deeply.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(part(package, path, name), parser)
    except etree.XMLSyntaxError as error:
        if "XML_PARSE_HUGE" in error.msg:
            raise UnreadableError(
                f"{name} is nested too deeply or holds too long a text ({path}, line {error.lineno}); copy its text "
                "into a new document and save that",
                f"{name} 嵌套过深或文字过长（{path} 第 {error.lineno} 行），请把内容复制到新文档后保存",
            ) from error
        raise UnreadableError(
            f"{name} is damaged ({path}, line {error.lineno}: {error.msg}); open it and save it again",
            f"{name} 已损坏（{path} 第 {error.lineno} 行：{error.msg}），请打开后重新保存",
        ) from error


def _too_much(name: str, what: str, zh: str, limit: int) -> NoReturn:
    raise UnreadableError(
        f"{name} holds {what}, more than the {limit:,} allowed; take out pictures and save it again",
        f"{name} {zh}，超过 {limit:,} 的上限，请删去图片后重新保存",
    )
