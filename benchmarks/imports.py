"""What importing costs: CPU of a fresh interpreter, beyond one that imports nothing.

Every candidate takes its turn in every round. A package that is not installed is left out.
"""

from __future__ import annotations

import importlib.util
import resource
import statistics
import subprocess
import sys

from rich.console import Console
from rich.table import Table

ROUNDS = 15
CANDIDATES = {
    "import causerie": "import causerie",
    "from causerie import Raia": "from causerie import Raia",
    'Raia("key")': 'from causerie import Raia; Raia("key")',
    "import httpx": "import httpx",
    "httpx.Client()": "import httpx; httpx.Client()",
    "import stripe": "import stripe",
    "import openai": "import openai",
}


def cpu(code: str) -> float:
    """Milliseconds, user and system, of an interpreter that runs this code."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000


def main() -> None:
    console = Console(width=100)
    missing = [name for name in ("stripe", "openai") if importlib.util.find_spec(name) is None]
    codes = {name: code for name, code in CANDIDATES.items() if not any(each in code for each in missing)}
    turns: dict[str, list[float]] = {name: [] for name in ["", *codes]}
    for _ in range(ROUNDS):
        for name, times in turns.items():
            times.append(cpu(codes.get(name, "pass")))
    base = statistics.median(turns.pop(""))
    table = Table(title=f"CPU ms beyond a bare interpreter ({base:.0f} ms)", title_justify="left")
    table.add_column("")
    table.add_column("ms", justify="right")
    for name, times in turns.items():
        table.add_row(name, f"{statistics.median(times) - base:.0f}")
    console.print(table)
    if missing:
        console.print(f"Not installed, so not measured: {', '.join(missing)}.")


if __name__ == "__main__":
    main()
