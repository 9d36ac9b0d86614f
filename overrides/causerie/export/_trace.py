"""What lies beside a target, and how what a run has made is told from what others have."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from .._disk import unforeseen
from ._errors import explained

if TYPE_CHECKING:
    from ._stage import Stage


def is_there(path: Path) -> bool:
    """Whether there is anything, be it a link that leads nowhere. Raises ``ExportError`` where that cannot be told."""
    with explained(path):
        try:
            path.lstat()
        except (FileNotFoundError, NotADirectoryError):
            return False
        return True


def is_file(path: Path) -> bool:
    """Whether a file is there, and neither a link to one nor anything else."""
    return is_there(path) and stat.S_ISREG(path.lstat().st_mode)


def mark_of(path: Path) -> str:
    """Return what a file or a folder is known by, wherever it is moved on its disk. Raises ``OSError``."""
    return str(path.lstat().st_ino)


def version_of(path: Path) -> str:
    """Return what a file is known by until it is written to. Raises ``OSError``."""
    found = path.lstat()
    return f"{found.st_ino} {found.st_size} {found.st_mtime_ns}"


@contextmanager
def folder_of(stage: Stage) -> Iterator[Path]:
    """Yield a new folder beside the stage, and remove it afterwards. The stage knows it, should the run be killed."""
    folder = unforeseen(stage.path.parent)
    stage.note(folder=[folder.name])
    with explained(folder):
        folder.mkdir(0o700 if os.name == "posix" else 0o777)  # on Windows, what leaves it would stay its owner's alone
    try:
        stage.note(folder=[folder.name, mark_of(folder)])
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def sweep(stage: Stage) -> None:
    """Remove the folder of a run that was killed, if it is the one that the run has made."""
    for name, *marks in [stage.checkpoint.folder] if stage.checkpoint.folder else []:
        folder = stage.path.parent / name
        if is_there(folder) and [mark_of(folder)] == marks:
            shutil.rmtree(folder, ignore_errors=True)
        with suppress(OSError):  # it was made, and nothing in it, when the run was killed
            folder.rmdir()
