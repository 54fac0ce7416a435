"""Which documents are meant: paths → files with an id each, from a manifest or the file's name."""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from plan_graph.errors import InputError, NotFoundError, UnreadableError
from plan_graph.reading.file import ENDINGS
from plan_graph.resources import resource

MANIFEST = "manifest.csv"
_LOCK = "~$"  # what office programs put beside a file while it is open


@dataclass(frozen=True, slots=True)
class Source:
    """A file to be read and the id of the document it holds."""

    path: Path
    id: str


def sources(paths: Iterable[Path]) -> list[Source]:
    """List the documents of files and folders (files of a kind that is read, at any depth), by path, each once.

    A document's id is that of the manifest row with the same SHA-256, in the manifest beside the file or in the
    one that travels with the package; otherwise it is made of the file's name, Chinese written in pinyin.

    :raises InputError: for a path that is missing, a folder without documents, or two files with one id.
    """
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            found = sorted(f for f in path.rglob("*") if _is_document(f))
            if not found:
                raise InputError(
                    f"the folder {path} holds no file of a kind that is read ({', '.join(ENDINGS)}); name a folder or "
                    "file with the text of a plan",
                    f"文件夹 {path} 中没有可读的文件（{'、'.join(ENDINGS)}），请指定含有计划正文的文件或文件夹",
                )
            files += found
        elif path.is_file():
            files.append(path)
        elif path.exists():  # a pipe would be waited for without end
            raise UnreadableError(
                f"{path} is not a plain file; give a text file", f"{path} 不是普通文件，请给出文本文件"
            )
        else:
            raise UnreadableError(f"{path} does not exist; check the path", f"{path} 不存在，请检查路径")
    listed: dict[str, Source] = {}
    for file in dict.fromkeys(files):
        one = Source(file, _known_id(file) or slug(file.stem))
        if one.id in listed:
            raise InputError(
                f"{file} and {listed[one.id].path} would both be document {one.id}; rename one, or give both a row in "
                f"a {MANIFEST} beside them",
                f"{file} 与 {listed[one.id].path} 的文件标识都是 {one.id}，请改名，或在旁边的 {MANIFEST} 中各加一行",
            )
        listed[one.id] = one
    return list(listed.values())


def _is_document(file: Path) -> bool:
    if file.suffix.lower() not in ENDINGS or file.name.startswith((_LOCK, ".")) or file.name == MANIFEST:
        return False
    return file.is_file()


def slug(name: str) -> str:
    """Make a readable ASCII id of a file's name.

    >>> slug("Plan 2016_final"), slug("省2021年重点任务")
    ('plan-2016-final', 'sheng-2021-nian-zhong-dian-ren-wu')
    """
    if not name.isascii():
        from pypinyin import lazy_pinyin

        name = "-".join(lazy_pinyin(name))
    made = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    return made[:120].strip("-") or "document"


def _known_id(file: Path) -> str:
    try:
        manifests = [file.parent / MANIFEST, resource("data", "raw", MANIFEST)]
    except NotFoundError:
        manifests = [file.parent / MANIFEST]
    rows: dict[str, str] = {}
    for manifest in manifests:
        if manifest.is_file():
            try:
                with manifest.open(encoding="utf-8-sig", newline="") as lines:
                    for row in csv.DictReader(lines):
                        if row.get("id") and row.get("sha256"):
                            rows.setdefault(row["sha256"].strip().lower(), row["id"].strip())
            except (UnicodeDecodeError, csv.Error) as error:
                raise InputError(
                    f"{manifest} is not a CSV file in UTF-8 ({error}); save it again as UTF-8",
                    f"{manifest} 不是 UTF-8 编码的 CSV（{error}），请另存为 UTF-8",
                ) from error
    if not rows:
        return ""
    digest = hashlib.sha256()
    try:
        with file.open("rb") as raw:
            while block := raw.read(1 << 20):
                digest.update(block)
    except OSError as error:
        raise UnreadableError(
            f"{file} cannot be read ({error.strerror}); check its permissions",
            f"无法读取 {file}（{error.strerror}），请检查权限",
        ) from error
    known = rows.get(digest.hexdigest(), "")
    if known and slug(known) != known:
        raise InputError(
            f"the manifest's id {known!r} for {file.name} is not lower-case ASCII with hyphens; correct it",
            f"清单中 {file.name} 的标识 {known!r} 应为小写 ASCII 字母、数字与连字符，请更正",
        )
    return known
