"""The files beside a target, and how a run recognizes those that it has created."""

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
    """Return whether a path exists, even as a broken link. Raises ``ExportError`` if that cannot be checked."""
    with explained(path):
        try:
            path.lstat()
        except (FileNotFoundError, NotADirectoryError):
            return False
        return True


def is_file(path: Path) -> bool:
    """Return whether the path is a regular file, and not a link to one."""
    return is_there(path) and stat.S_ISREG(path.lstat().st_mode)


def mark_of(path: Path) -> str:
    """Return a mark that identifies a file or folder even after it is moved on its disk. Raises ``OSError``."""
    return str(path.lstat().st_ino)


def version_of(path: Path) -> str:
    """Return a mark that identifies a file until it is written to. Raises ``OSError``."""
    found = path.lstat()
    return f"{found.st_ino} {found.st_size} {found.st_mtime_ns}"


@contextmanager
def folder_of(stage: Stage) -> Iterator[Path]:
    """Yield a new folder beside the stage, and remove it afterwards.

    The stage records it, in case the run is killed.
    """
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
    """Remove the folder of a killed run, if that run has created it."""
    for name, *marks in [stage.checkpoint.folder] if stage.checkpoint.folder else []:
        folder = stage.path.parent / name
        if is_there(folder) and [mark_of(folder)] == marks:
            shutil.rmtree(folder, ignore_errors=True)
        with suppress(OSError):  # it was made, and nothing in it, when the run was killed
            folder.rmdir()
