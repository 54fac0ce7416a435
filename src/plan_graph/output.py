"""Writing a folder or a file whole or not at all: it is made beside its place and renamed into it."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from plan_graph.errors import InputError, OutputError

MARK = "report.json"  # every build folder holds it, and it says what else the build wrote
LIST = "contents.json"  # every other folder that is written whole holds it: its files with their SHA-256
CACHE = "cache"  # the folder in it where each document waits for the next build
_FOLDERS = ("text", "tables", CACHE)


def check_place(out: Path) -> None:
    """Refuse a place where a build folder cannot or must not be put.

    :raises InputError: if the parent is missing, a file stands there, or a folder that is no build.
    """
    place = _place_of(out)
    if place.is_dir() and (foreign := _foreign(place)):
        raise InputError(
            f"--out {out} holds {foreign}, which no build wrote; move it away, or name an empty or new folder",
            f"--out {out} 中有 {foreign}，不是生成的文件，请移走，或指定空文件夹或新文件夹",
        )


def check_listed(out: Path) -> None:
    """Refuse a place where :func:`write_folder` cannot or must not put a folder.

    :raises InputError: if the parent is missing, a file stands there, or a folder with a file that no earlier run
        wrote or that somebody changed since.
    """
    place = _place_of(out)
    if place.is_dir() and (other := changed(place)):
        raise InputError(
            f"--out {out} holds {other}, which plan-graph did not write or somebody changed since; move it away, or "
            "name an empty or new folder",
            f"--out {out} 中的 {other} 不是本工具写的，或写后有人改过，请移走，或指定空文件夹或新文件夹",
        )


def write_folder(out: Path, files: Mapping[str, bytes], software: str, *, keep: bool = False) -> None:
    """Write a folder of files, by name with ``/``, whole or not at all, with a list of them and their SHA-256.

    An earlier folder is replaced only if it holds nothing but what its own list says, byte for byte. With ``keep``
    its files that are not written anew stay.

    :raises InputError: as :func:`check_listed` does.
    :raises OutputError: if writing fails; the earlier folder is then as it was.
    """
    recover(out, changed)
    check_listed(out)
    place = Path(os.path.realpath(out))
    whole = {name: (place / name).read_bytes() for name in listed(place)} if keep else {}
    whole |= files
    contents = {
        "software": software,
        "files": {name: hashlib.sha256(whole[name]).hexdigest() for name in sorted(whole)},
    }
    whole[LIST] = (json.dumps(contents, ensure_ascii=False, indent=2) + "\n").encode()
    with replaced(out, changed) as folder:
        for name, content in whole.items():
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)


def _place_of(out: Path) -> Path:
    place = Path(os.path.realpath(out))
    if not place.parent.is_dir():
        raise InputError(
            f"the folder {place.parent} does not exist; make it first, or choose another --out",
            f"文件夹 {place.parent} 不存在，请先建立，或另选 --out",
        )
    if place.exists() and not place.is_dir():
        raise InputError(f"--out {out} is a file; name a folder", f"--out {out} 是文件，请指定文件夹")
    return place


def listed(place: Path) -> dict[str, str]:
    """Give the files that the list of a folder names, each with its SHA-256; none where there is no list."""
    try:
        files = json.loads((place / LIST).read_text(encoding="utf-8"))["files"]
        return {str(name): str(digest) for name, digest in files.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def changed(place: Path) -> str:
    """Name a file in a folder that its list does not name, or whose bytes are others now, or "" if there is none."""
    ours = listed(place)
    folders = {parent.as_posix() for name in ours for parent in PurePosixPath(name).parents}
    for path in sorted(place.rglob("*")):
        name = path.relative_to(place).as_posix()
        if path.is_dir() and not path.is_symlink():
            known = name in folders
        elif name == LIST:
            known = bool(ours)
        else:
            known = name in ours and hashlib.sha256(path.read_bytes()).hexdigest() == ours[name]
        if not known:
            return name
    return ""


def _foreign(place: Path) -> str:
    """Name a file in a folder that an earlier build there did not write, or "" if there is none.

    What a build writes is listed by its own report.json: nobody else's file is ever replaced or removed.
    """
    try:
        report = json.loads((place / MARK).read_text(encoding="utf-8"))
        ours = {MARK, "graph.nq", "validation.html", "validation.json", "validation.ttl"}
        ids = [document["id"] for document in report["documents"]]
        ours |= {f"text/{one}.txt" for one in ids} | {f"{CACHE}/{one}.gz" for one in ids}
        ours |= {f"tables/{name}.parquet" for name in report["tables"]}
    except (OSError, ValueError, KeyError, TypeError):
        ours = set()
    for path in sorted(place.rglob("*")):
        name = path.relative_to(place).as_posix()
        if name not in ours and (name not in _FOLDERS or not ours or not path.is_dir()):
            return name
    return ""


@contextmanager
def replaced(out: Path, foreign: Callable[[Path], str] = _foreign, *, durable: bool = True) -> Iterator[Path]:
    """Give a new folder beside ``out``; when the block ends well it takes the place of ``out``, else it is removed.

    ``foreign`` names a file of the old folder that is not ours, which is then left aside and not removed. ``durable``
    flushes every file to disk first, so that a full disk shows before the exchange; for thousands of files that can
    be made again it takes longer than making them.

    The exchange is two renames: the old folder aside, the new one in. Should the process die between them, the
    next run puts the old one back first (:func:`recover`).

    :raises OutputError: if writing fails (disk full, no permission); ``out`` is then as it was.
    """
    place = Path(os.path.realpath(out))
    try:
        staged = Path(tempfile.mkdtemp(prefix=f".{place.name}.new-{os.getpid()}-", dir=place.parent))
    except OSError as error:
        raise OutputError(
            f"cannot write in {place.parent} ({error.strerror}); choose another --out",
            f"无法写入 {place.parent}（{error.strerror}），请另选 --out",
        ) from error
    try:
        yield staged
        staged.chmod(0o755)
        if durable:
            _sync(staged)
        aside = _aside(place)
        if place.exists():
            if aside.exists():
                raise OutputError(f"{aside} is in the way; move it elsewhere", f"{aside} 占用了所需的位置，请移走")
            place.rename(aside)
        try:
            staged.rename(place)
        except OSError:
            if aside.exists() and not place.exists():
                aside.rename(place)
            raise
        if not foreign(aside):
            shutil.rmtree(aside, ignore_errors=True)
    except OSError as error:
        if isinstance(error, (OutputError, InputError)):
            raise
        full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        why = "no space left" if full else (error.strerror or str(error))
        raise OutputError(
            f"writing {out} failed ({why}); nothing was changed: free space or choose another --out",
            f"写入 {out} 失败（{why}），未作任何改动，请腾出空间或另选 --out",
        ) from error
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def recover(out: Path, foreign: Callable[[Path], str] = _foreign) -> None:
    """Clear up after a run that was killed: put the old folder back, remove what was half made."""
    place = Path(os.path.realpath(out))
    aside = _aside(place)
    if aside.is_dir() and not foreign(aside):
        if place.exists():
            shutil.rmtree(aside, ignore_errors=True)
        else:
            aside.rename(place)
    for left in place.parent.glob(f".{place.name}.new-*"):
        if not _in_use(left):
            shutil.rmtree(left, ignore_errors=True)


def _in_use(staged: Path) -> bool:
    """Tell whether the process that made a folder, whose number its name holds, still runs."""
    try:
        os.kill(int(staged.name.rsplit(".new-", 1)[1].split("-")[0]), 0)
    except (ProcessLookupError, ValueError):
        return False
    except OSError:
        return True  # it runs, as another user
    return True


def _aside(place: Path) -> Path:
    return place.parent / f".{place.name}.old"


def _sync(folder: Path) -> None:
    """Flush the files to disk, so that a full disk shows now and not after the renaming."""
    for file in folder.rglob("*"):
        if file.is_file():
            with file.open("rb") as handle:
                os.fsync(handle.fileno())


def write_file(file: Path, content: bytes) -> None:
    """Write a file whole or not at all.

    :raises InputError: if the folder is missing, a folder stands there, or writing fails.
    """
    if not file.absolute().parent.is_dir():
        raise InputError(f"the folder of {file} does not exist; make it first", f"{file} 所在的文件夹不存在，请先建立")
    if file.is_dir():
        raise InputError(f"{file} is a folder; name a file", f"{file} 是文件夹，请指定文件名")
    staged = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        staged.write_bytes(content)
        staged.replace(file)
    except OSError as error:
        raise InputError(
            f"{file} cannot be written ({error.strerror})", f"无法写入 {file}（{error.strerror}）"
        ) from error
    finally:
        staged.unlink(missing_ok=True)
