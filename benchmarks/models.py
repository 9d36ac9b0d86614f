"""Decode, encode and validate: the generated models beside pydantic v2, msgspec and the floor, which is orjson to dict.

Every candidate takes its turn in every round of one process, so what the machine does besides hits all of them. Times
are CPU time of the thread, medians over the rounds.
"""

from __future__ import annotations

import gc
import importlib
import platform
import statistics
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import version
from time import thread_time_ns
from typing import Any

import msgspec
import orjson
from rich.console import Console
from rich.table import Table

from payloads import payloads
from peers import msgspec_types, pydantic_types

ROUNDS = 40
MICROSECONDS_A_TURN = 4_000

Step = Callable[[], Any]


def candidates(vendor: str, component: str, data: bytes) -> dict[str, dict[str, Step]]:
    """Step to candidate to what is timed."""
    ours = getattr(importlib.import_module(f"palaver_api.{vendor}.models"), component)
    theirs = pydantic_types(vendor).component(component)
    decoder = msgspec.json.Decoder(msgspec_types(vendor).component(component))
    encoder = msgspec.json.Encoder()
    raw, view, model, struct = (
        orjson.loads(data),
        ours.from_json(data),
        theirs.model_validate_json(data),
        decoder.decode(data),
    )
    return {
        "decode": {
            "orjson to dict": lambda: orjson.loads(data),
            "Palaver": lambda: ours.from_json(data),
            "Palaver, validate()": lambda: ours.from_json(data).validate(),
            "pydantic v2": lambda: theirs.model_validate_json(data),
            "msgspec": lambda: decoder.decode(data),
        },
        "encode": {
            "orjson to dict": lambda: orjson.dumps(raw),
            "Palaver": view.to_json,
            "pydantic v2": lambda: model.model_dump_json(by_alias=True, exclude_unset=True),
            "msgspec": lambda: encoder.encode(struct),
        },
    }


def measure(steps: dict[str, Step]) -> dict[str, float]:
    """Median microseconds of each candidate, interleaved."""
    repeats = {name: calibrated(step) for name, step in steps.items()}
    turns: dict[str, list[float]] = {name: [] for name in steps}
    for _ in range(ROUNDS):
        for name, step in steps.items():
            turns[name].append(timed(step, repeats[name]))
    return {name: statistics.median(times) for name, times in turns.items()}


def calibrated(step: Step) -> int:
    return max(1, int(MICROSECONDS_A_TURN / timed(step, 20)))


def timed(step: Step, repeats: int) -> float:
    start = thread_time_ns()
    for _ in range(repeats):
        step()
    return (thread_time_ns() - start) / repeats / 1_000


def main() -> None:
    gc.disable()
    console = Console(width=100)
    for name, (vendor, component, value) in payloads().items():
        data = orjson.dumps(value)
        table = Table(title=f"{name}: {component} of {vendor}, {len(data):,} bytes", title_justify="left")
        table.add_column("")
        for column in ("µs", "× floor", "× pydantic"):
            table.add_column(column, justify="right")
        for step, steps in candidates(vendor, component, data).items():
            medians = measure(steps)
            for candidate, median in medians.items():
                floor, pydantic = medians["orjson to dict"], medians["pydantic v2"]
                table.add_row(
                    f"{step}: {candidate}", f"{median:.2f}", f"{median / floor:.2f}", f"{median / pydantic:.2f}"
                )
            table.add_section()
        console.print(table)
        gc.collect()
    peers = ", ".join(f"{name} {version(name)}" for name in ("orjson", "pydantic", "msgspec"))
    console.print(f"{datetime.now(UTC):%Y-%m-%d}, CPython {platform.python_version()} on {platform.machine()}; {peers}")


if __name__ == "__main__":
    main()
