"""Files that are whole whenever somebody looks, wherever they are."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from causerie_contract._whole import write

_TEXT = "a report, für alle\n"


def test_a_new_file(tmp_path: Path) -> None:
    """A file is made with its text, and nothing stays beside it."""
    write(tmp_path / "report.json", _TEXT)

    assert [("report.json", _TEXT)] == [(each.name, each.read_text("utf-8")) for each in tmp_path.iterdir()]


def test_a_file_that_is_there(tmp_path: Path) -> None:
    """It gets another text and keeps its mode."""
    file = tmp_path / "report.json"
    file.write_text("earlier")
    file.chmod(0o640)
    write(file, _TEXT)

    assert (_TEXT, 0o640) == (file.read_text("utf-8"), file.stat().st_mode & 0o777)


@pytest.mark.parametrize("is_there", [False, True])
def test_a_link(is_there: bool, tmp_path: Path) -> None:
    """A link stays one, and what it leads to is written."""
    (tmp_path / "folder").mkdir()
    target, link = tmp_path / "folder" / "target", tmp_path / "report.json"
    if is_there:
        target.write_text("earlier")
    link.symlink_to(target)
    write(link, _TEXT)

    assert link.is_symlink()
    assert not target.is_symlink()
    assert _TEXT == target.read_text("utf-8")


def test_a_pipe(tmp_path: Path) -> None:
    """What is no file is written as it stands."""
    pipe, read = tmp_path / "pipe", list[str]()
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: read.append(pipe.read_text("utf-8")))
    reader.start()
    write(pipe, _TEXT)
    reader.join()

    assert [_TEXT] == read
    assert pipe.is_fifo()


_OUTPUT = f"from pathlib import Path; from causerie_contract._whole import write; write(Path('/dev/stdout'), {_TEXT!r})"


def test_output_to_a_pipe() -> None:
    """/dev/stdout is the output of the process."""
    done = subprocess.run([sys.executable, "-c", _OUTPUT], capture_output=True, check=True)

    assert _TEXT.encode() == done.stdout


def test_output_to_a_file(tmp_path: Path) -> None:
    """So it is where the output is a file, which must not be another one afterwards."""
    file = tmp_path / "output"
    code = f"{_OUTPUT}; import os; os.lseek(1, 0, os.SEEK_END); os.write(1, b'and more')"
    with file.open("wb") as output:
        subprocess.run([sys.executable, "-c", code], stdout=output, check=True)

    assert f"{_TEXT}and more" == file.read_text("utf-8")


def test_a_folder(tmp_path: Path) -> None:
    """A folder is an error that names it."""
    with pytest.raises(OSError, match="Is a directory") as caught:
        write(tmp_path, _TEXT)

    assert str(tmp_path) == caught.value.filename


@pytest.mark.parametrize("number", [errno.EBUSY, errno.EACCES])
def test_a_place_that_takes_no_other_file(number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing can be put in its place, a file is written as it stands."""
    file = tmp_path / "report.json"
    file.write_text("earlier")
    _fail(monkeypatch, number)
    write(file, _TEXT)

    assert [("report.json", _TEXT)] == [(each.name, each.read_text("utf-8")) for each in tmp_path.iterdir()]


def test_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is there stays as it was, and nothing stays beside it."""
    file = tmp_path / "report.json"
    file.write_text("earlier")
    _fail(monkeypatch, errno.ENOSPC)
    with pytest.raises(OSError, match="No space left") as caught:
        write(file, _TEXT)

    assert str(file) == caught.value.filename
    assert [("report.json", "earlier")] == [(each.name, each.read_text("utf-8")) for each in tmp_path.iterdir()]


def _fail(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    def replace(_: Path, __: Path) -> Path:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "replace", replace)
