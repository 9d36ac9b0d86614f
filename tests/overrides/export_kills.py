"""Exports of every format that die before each single call of the system's, and are called again.

``python -m tests.overrides.export_kills FOLDER [FORMAT...]`` prints what was lost, left or touched, as JSON. It is a
program of its own, for it forks.
"""

from __future__ import annotations

import gzip
import itertools
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import httpx
import orjson

import causerie
from causerie.export import export
from causerie.export._formats import zstd_module
from causerie.raia import _export as _raia

from .conftest import Vendor

#: What changes something outside the process.
EVENTS = {
    *("open", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.chmod", "shutil.rmtree"),
    *("shutil.copyfile", "sqlite3.connect"),
}
FORMATS = ("jsonl", "jsonl.gz", "jsonl.zst", "csv", "parquet", "duckdb")
DIED = 9


def vendor(day: int) -> causerie.Raia:
    """Make a client of a raia with five conversations of that day."""
    title = f"of day {day}"
    rows = [{"id": f"c{each}", "title": title, "updatedAt": f"2024-01-0{day}T00:00:0{each}Z"} for each in range(5)]

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/messages"):
            return httpx.Response(200, json={"messages": [{"id": "m", "message": title}]})
        return httpx.Response(200, json={"currentPage": 1, "hasNextPage": False, "data": rows})

    return causerie.Raia("the-secret", base_url="http://raia.test", transport=Vendor(answer))


def forked(run: Callable[[], object]) -> int:
    """Run this in a process of its own, and return how the process ends."""
    child = os.fork()
    if not child:
        try:
            run()
        except Exception:  # noqa: BLE001 - any error at all is printed
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def dying(target: Path, number: int, **options: Any) -> None:
    """Export, and die before such a call."""
    calls = iter(range(number))

    def die(event: str, arguments: Any) -> None:
        is_import = event == "open" and str(arguments[0]).endswith((".py", ".pyc"))
        if event in EVENTS and not is_import and next(calls, None) is None:
            os._exit(DIED)

    sys.addaudithook(die)
    export(vendor(2), target, **options)


def killed(target: Path, **options: Any) -> list[str]:
    """Return what is wrong after an export is killed at each of its calls, and called again."""
    wrong = []
    for number in itertools.count():
        folder = target.parent / f"{target.suffix[1:]}-{'-'.join(options)}-{number}"
        folder.mkdir()
        place = folder / target.name
        if options:
            forked(lambda place=place: export(vendor(1), place))
        (folder / ".causerie-0123456789abcdef").mkdir()
        (folder / ".causerie-0123456789abcdef" / "precious").write_text("mine")
        expected = {*(each.name for each in folder.iterdir()), *(each.name for each in whole(target))}
        died = forked(lambda place=place, number=number: dying(place, number, **options))
        again = forked(lambda place=place: export(vendor(2), place, **options)) if died == DIED else died
        left = {each.name for each in folder.iterdir()}
        if again or left != expected or contents(place) != contents(target):
            wrong.append(f"{folder.name}: {again}, left {sorted(left ^ expected)}")
        if died != DIED:
            return wrong if number > 9 else [*wrong, f"{folder.name}: died too late"]
    raise AssertionError


def whole(target: Path) -> list[Path]:
    """Return the files of a finished export."""
    return [each for each in target.parent.iterdir() if each.is_file() and each.name.startswith(f"{target.stem}.")]


def contents(target: Path) -> Any:
    """Return the rows of an export, whatever its format."""
    if target.suffix == ".jsonl":
        return sorted(target.read_bytes().splitlines())
    if target.suffix == ".gz":
        return sorted(gzip.decompress(target.read_bytes()).splitlines())
    if target.suffix == ".zst":
        return sorted(zstd_module().decompress(target.read_bytes()).splitlines())
    if target.suffix == ".csv":
        return [each.read_text("utf-8-sig") for each in (target, target.with_suffix(".messages.csv"))]
    with duckdb.connect() as database:
        if target.suffix == ".parquet":
            tables = [f"'{target}'", f"'{target.with_suffix('.messages.parquet')}'"]
        else:
            database.execute(f"ATTACH '{target}' AS made (READ_ONLY)")
            tables = ["made.conversations", "made.messages"]
        return [
            sorted(map(str, database.execute(f"SELECT COLUMNS(*)::VARCHAR FROM {table}").fetchall()))
            for table in tables
        ]


def main(folder: str, *formats: str) -> int:
    """Kill exports of every format, or of these, whole and when they are brought up to date."""
    assert _raia  # imported before anything is counted
    wrong = []
    for name, options in itertools.product(formats or FORMATS, ({}, {"since": "last"})):
        if name == "csv" and options:  # which is not brought up to date
            continue
        place = Path(folder) / f"{name}-{len(options)}"
        place.mkdir()
        target = place / f"all.{name}"
        forked(lambda target=target: export(vendor(2), target))
        wrong += killed(target, **options)
    sys.stdout.write(orjson.dumps(wrong).decode())
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
