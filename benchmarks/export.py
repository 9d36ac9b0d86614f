"""Exports of a mock vendor with 100,000 conversations on a port: how fast, and with how much memory. For Linux.

Every export is a process of its own, and so is the mock. Its memory is the largest resident size that the process had,
DuckDB's included, beyond that of an interpreter that does nothing. `python benchmarks/export.py 10000` takes fewer, and
`python benchmarks/export.py 100000 raia-duckdb` makes some of the files.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from causerie_mock import CONVOCORE_KEYS, RAIA_KEYS

CONVERSATIONS = 100_000
CASES = [f"{vendor}-{format_}" for vendor in ("raia", "convocore") for format_ in ("jsonl", "parquet", "duckdb")]

# Linux's own figure: getrusage's would begin with the memory of the process that started this one.
PEAK = r"import re; print(re.search(r'VmHWM:\s+(\d+)', open('/proc/self/status').read())[1])"
PROGRAM = f"""
import sys, time, causerie, causerie.export
vendor, key, url, target = sys.argv[1:]
client = causerie.Raia(key, base_url=url) if vendor == "raia" else causerie.Convocore(key, base_url=url)
options = {{}} if vendor == "raia" else {{"agent_id": "agent123"}}
moments = []
def show(progress):
    if progress.is_writing:
        moments.append(time.perf_counter())
began = time.perf_counter()
rows = causerie.export.export(client, target, on_progress=show, **options).rows
print(rows, moments[0] - began, time.perf_counter() - moments[0])
{PEAK}
"""


class Turn(NamedTuple):
    """One export."""

    rows: int
    reading: float
    writing: float
    """Seconds, both."""
    peak: float
    """Mebibytes of the whole process."""


def export(vendor: str, url: str, target: Path) -> Turn:
    key = {"raia": RAIA_KEYS, "convocore": CONVOCORE_KEYS}[vendor][0]
    command = [sys.executable, "-c", PROGRAM, vendor, key, url, str(target)]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return Turn(int(printed[0]), float(printed[1]), float(printed[2]), int(printed[3]) / 1024)


def main(conversations: int = CONVERSATIONS, *cases: str) -> None:
    bare = subprocess.run([sys.executable, "-c", PEAK], check=True, capture_output=True, text=True).stdout
    base = int(bare) / 1024
    table = Table(
        title=f"Exports of {conversations:,} conversations, raia's with 2 messages each", title_justify="left"
    )
    for column in ("", "", "rows", "rows/s read", "s to write", f"MiB beyond {base:.0f}", "MB of files"):
        table.add_column(column, justify="right" if table.columns[1:] else "left")
    for case in cases or CASES:
        vendor, _, name = case.partition("-")
        crowd = [sys.executable, str(Path(__file__).with_name("crowd.py")), vendor, str(conversations)]
        with (
            tempfile.TemporaryDirectory() as folder,
            subprocess.Popen(crowd, stdout=subprocess.PIPE, text=True) as server,
        ):
            assert server.stdout is not None
            try:
                turn = export(vendor, server.stdout.readline().strip(), Path(folder, f"all.{name}"))
            finally:
                server.terminate()
            size = sum(file.stat().st_size for file in Path(folder).glob(f"*.{name}")) / 1e6
            cells = (f"{turn.rows / turn.reading:,.0f}", f"{turn.writing:.1f}", f"{turn.peak - base:.0f}")
            table.add_row(vendor, name, f"{turn.rows:,}", *cells, f"{size:,.0f}")
    Console(width=100).print(table)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]), *sys.argv[2:])
