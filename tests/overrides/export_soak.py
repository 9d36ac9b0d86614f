"""Exports of 100,000 conversations, killed at 20 random moments and resumed, against uninterrupted ones.

``python -m tests.overrides.export_soak`` prints a table, and exits with 1 when a line of a file differs. It takes other
numbers, and names of vendors: ``10000 20 raia``.
"""

from __future__ import annotations

import contextlib
import filecmp
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import attrs
from rich.console import Console
from rich.table import Table

from causerie_mock import CONVOCORE_KEYS, RAIA_KEYS

CONVERSATIONS = 100_000
KILLS = 20
#: Of the kills, those that come while the file is written.
LATE_KILLS = 2
VENDORS = ("raia", "convocore-page", "convocore-cursor")
ROOT = Path(__file__).parents[2]

PROGRAM = """
import sys, causerie, causerie.export
vendor, key, url, target = sys.argv[1:]
client = causerie.Raia(key, base_url=url) if vendor == "raia" else causerie.Convocore(key, base_url=url)
options = {"page_size": 250} if vendor == "raia" else {"agent_id": "agent123"}
def show(progress):
    print("writing" if progress.is_writing else progress.done, flush=True)
causerie.export.export(client, target, on_progress=show, **options)
"""


@attrs.frozen
class Result:
    """What became of the two exports of one vendor."""

    vendor: str
    rows: int
    seconds: float
    """Of the uninterrupted export."""
    seconds_killed: float
    """Of all runs of the other one."""
    is_same: bool


@contextlib.contextmanager
def server(vendor: str, conversations: int) -> Iterator[str]:
    """Run the mock in a process of its own, and yield its URL."""
    command = [sys.executable, str(ROOT / "benchmarks" / "crowd.py"), vendor, str(conversations)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


def command(vendor: str, url: str, target: Path) -> list[str]:
    """Return a command that exports to the target, and prints how far it is."""
    name = vendor.partition("-")[0]
    keys = {"raia": RAIA_KEYS, "convocore": CONVOCORE_KEYS}
    return [sys.executable, "-c", PROGRAM, name, keys[name][0], url, str(target)]


def uninterrupted(vendor: str, url: str, target: Path) -> float:
    """Return how many seconds pass from when all is read to the end of the process."""
    writing = time.perf_counter()
    with subprocess.Popen(command(vendor, url, target), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line == "writing\n":
                writing = time.perf_counter()
    if process.returncode:
        raise SystemExit(f"{vendor}: the export failed with {process.returncode}.")
    return time.perf_counter() - writing


def kill(vendor: str, url: str, target: Path, done: int | None, seconds: float) -> None:
    """Kill a run so many seconds after it had read so many conversations, or all of them."""
    with subprocess.Popen(command(vendor, url, target), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line == "writing\n" or (done is not None and int(line) >= done):
                time.sleep(seconds)
                process.send_signal(signal.SIGKILL)
                break
    if process.returncode != -signal.SIGKILL or target.exists():
        raise SystemExit(f"{vendor}: the export ended before it could be killed; give it more conversations.")


def soak(vendor: str, conversations: int, kills: int, folder: Path, chance: random.Random) -> Result:
    """Run both exports of one vendor, to files in the folder."""
    whole, target = folder / f"{vendor}-whole.jsonl", folder / f"{vendor}.jsonl"
    with server(vendor, conversations) as url:
        began = time.perf_counter()
        writing = uninterrupted(vendor, url, whole)
        seconds = time.perf_counter() - began
        moments: list[int | None] = sorted(chance.randrange(conversations) for _ in range(kills - LATE_KILLS))
        moments += [None] * LATE_KILLS
        began = time.perf_counter()
        for done in moments:
            kill(
                vendor,
                url,
                target,
                done,
                chance.uniform(0, max(0.0, writing - 0.5) / 2 if done is None else seconds / 50),
            )
        uninterrupted(vendor, url, target)
        seconds_killed = time.perf_counter() - began
    with whole.open("rb") as lines:
        rows = sum(1 for _ in lines)
    return Result(vendor, rows, seconds, seconds_killed, filecmp.cmp(whole, target, shallow=False))


def main(*arguments: str) -> int:
    """Export from every vendor, one after the other, and return 0 when all files are the same."""
    numbers = [int(each) for each in arguments if each.isdecimal()]
    conversations, kills = (*numbers, *(CONVERSATIONS, KILLS)[len(numbers) :])
    vendors = [each for each in arguments if not each.isdecimal()] or VENDORS
    seed = random.randrange(2**32)
    table = Table("", "rows", "uninterrupted", "killed", "the same", title=f"Exports killed {kills} times, seed {seed}")
    results = []
    for vendor in vendors:
        with tempfile.TemporaryDirectory() as folder:
            result = soak(vendor, conversations, kills, Path(folder), random.Random(seed))
        results.append(result)
        times = (f"{result.seconds:.0f} s", f"{result.seconds_killed:.0f} s")
        table.add_row(vendor, f"{result.rows:,}", *times, "yes" if result.is_same else "NO")
    Console(width=100).print(table)
    fine = [each for each in results if each.is_same and each.rows >= conversations]
    return 0 if len(fine) == len(vendors) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
