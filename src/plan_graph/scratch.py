"""A folder of this user's alone, for what can be made again at any time: parsed dictionaries, compiled templates."""

from __future__ import annotations

import atexit
import functools
import os
import shutil
import stat
import tempfile
from contextlib import suppress
from pathlib import Path


@functools.cache
def scratch() -> Path:
    """Give the folder, in the system's folder for temporary files.

    What is read back from it is trusted, so a folder that belongs to somebody else, or that others may write, is not
    used: there is a new one then, which goes with this process.
    """
    user = os.getuid() if hasattr(os, "getuid") else "user"
    folder = Path(tempfile.gettempdir()) / f"plan-graph-{user}"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        state = folder.lstat()
        ours = not hasattr(os, "getuid") or (state.st_uid == user and not state.st_mode & (stat.S_IWGRP | stat.S_IWOTH))
        if ours and stat.S_ISDIR(state.st_mode) and os.access(folder, os.W_OK | os.X_OK):
            return folder
    except OSError:
        pass
    own = Path(tempfile.mkdtemp(prefix="plan-graph-"))
    atexit.register(shutil.rmtree, own, ignore_errors=True)
    return own


def keep(file: Path, content: bytes) -> None:
    """Write a file that can be made again, whole or not at all: readers never see a part of it, and a full disk or a
    folder that is gone stops nobody.
    """
    part = ""
    try:
        with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as new:
            part = new.name
            new.write(content)
        Path(part).replace(file)
    except OSError:
        if part:
            with suppress(OSError):
                Path(part).unlink()
