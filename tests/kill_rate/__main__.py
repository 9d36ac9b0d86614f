"""The power of the contract suite, measured: `python -m tests.kill_rate`.

Faults are put into the mock's answers, into its behaviour and into the documents, one at a time, and the suite has to
find each of them with each of three seeds.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import track

from tests.kill_rate import strangers, table
from tests.kill_rate.measure import SEEDS, outcomes
from tests.kill_rate.mutants import EACH, Mutant, baseline, every

#: The share of the mutants that are not equivalent that has to be killed.
AIM = 0.97


def main() -> int:
    """Measure the kill rate, and return 1 when the baseline is not clean or too few mutants are killed."""
    parser = argparse.ArgumentParser(prog="python -m tests.kill_rate", description=__doc__.splitlines()[0])
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every mutant and what came of it to FILE")
    parser.add_argument(
        "--family",
        choices=("authors", "strangers"),
        default="authors",
        help="whose faults: those of the authors of the checks, or those of somebody who does not know the checks",
    )
    parser.add_argument(
        "--target",
        choices=("port", "scratch"),
        default="port",
        help="how the suite reaches the vendor behind the faults of strangers (default: %(default)s)",
    )
    parser.add_argument(
        "--seeds",
        type=int,
        nargs="+",
        default=SEEDS,
        metavar="N",
        help="try each with these seeds (default: 1 2 3)",
    )
    parser.add_argument("--only", default="", metavar="TEXT", help="only mutants in whose line there is TEXT")
    parser.add_argument(
        "--each",
        type=int,
        default=EACH,
        metavar="N",
        help="try N of what an operator does to many operations or fields of a vendor (default: %(default)s)",
    )
    arguments = parser.parse_args()
    console = Console(width=140, stderr=True)
    started = time.perf_counter()
    mutants: Sequence[Mutant]
    sounds: Sequence[Mutant]
    if arguments.family == "strangers":
        mutants, sounds = strangers.mutants(arguments.target), strangers.baseline(arguments.target)
    else:
        mutants, sounds = every(arguments.each), baseline()
    mutants = [mutant for mutant in mutants if arguments.only in str(mutant)]
    vendors = {mutant.vendor for mutant in mutants}
    for outcome in outcomes([sound for sound in sounds if sound.vendor in vendors], seeds=arguments.seeds):
        for trial in outcome.trials:
            if trial.killer or trial.broken:
                console.print(f"Without any fault, {outcome.mutant.vendor} fails: {trial}", markup=False)
                return 1
    order = {mutant: index for index, mutant in enumerate(mutants)}
    found = track(outcomes(mutants, seeds=arguments.seeds), "Mutants", total=len(mutants), console=console)
    result = sorted(found, key=lambda outcome: order[outcome.mutant])
    seconds = time.perf_counter() - started
    table.show(result, seconds)
    if arguments.json:
        table.write(result, seconds, arguments.json)
    return 0 if table.rate(result) >= AIM else 1


if __name__ == "__main__":
    sys.exit(main())
