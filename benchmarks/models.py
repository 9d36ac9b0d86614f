"""Decode, encode and validate: the generated models beside pydantic v2, msgspec and the floor, which is orjson to dict.

Every candidate takes its turn in every round of one process, so what the machine does besides hits all of them. Times
are CPU time of the thread, medians over the rounds.
"""

from __future__ import annotations

import gc
import importlib
import platform
import re
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
from peers import msgspec_types, openapi_generator_component, pydantic_types

ROUNDS = 40
MICROSECONDS_A_TURN = 4_000

Step = Callable[[], Any]


def candidates(vendor: str, component: str, data: bytes) -> dict[str, dict[str, Step]]:
    """Step to candidate to what is timed."""
    ours = getattr(importlib.import_module(f"causerie_api.{vendor}.models"), component)
    theirs = pydantic_types(vendor).component(component)
    decoder = msgspec.json.Decoder(msgspec_types(vendor).component(component))
    encoder = msgspec.json.Encoder()
    others = openapi_generator_component(vendor, component)
    decoders: dict[str, Step] = {
        "orjson to dict": lambda: orjson.loads(data),
        "Causerie": lambda: ours.from_json(data),
        "pydantic v2": lambda: theirs.model_validate_json(data),
        "msgspec": lambda: decoder.decode(data),
    }
    if others is not None:
        decoders["openapi-generator"] = lambda: others.from_json(data)
    raw, view, model, struct = (decoders[name]() for name in ("orjson to dict", "Causerie", "pydantic v2", "msgspec"))
    encoders: dict[str, Step] = {
        "orjson to dict": lambda: orjson.dumps(raw),
        "Causerie": view.to_json,
        "pydantic v2": lambda: model.model_dump_json(by_alias=True, exclude_unset=True),
        "msgspec": lambda: encoder.encode(struct),
    }
    if others is not None:
        encoders["openapi-generator"] = others.from_json(data).to_json
    return {
        "decode": decoders,
        "decode and read": {name: reading(name, step) for name, step in decoders.items()},
        "decode and validate": {
            "orjson to dict": decoders["orjson to dict"],
            "Causerie, validate()": lambda: ours.from_json(data).validate(),
            "pydantic v2": decoders["pydantic v2"],
        },
        "encode": encoders,
    }


def reading(candidate: str, decode: Step) -> Step:
    """Decode, and read what a caller would: four fields of one conversation, or three of each on a page."""
    get = ACCESS[candidate]

    def step() -> None:
        value = decode()
        data = get(value, "data")
        if isinstance(data, list):
            for item in data:
                get(item, "id"), get(item, "title"), get(get(item, "user"), "firstName")
        else:
            get(data, "userName"), get(data, "state"), get(data, "tags"), get(data, "ts")

    return step


def attribute(value: Any, key: str) -> Any:
    return getattr(value, SNAKE[key])


def prefixed(value: Any, key: str) -> Any:
    return getattr(value, PREFIXED[key], None)


READ = ("data", "id", "title", "user", "firstName", "userName", "state", "tags", "ts")
SNAKE = {key: re.sub("([A-Z])", r"_\1", key).lower() for key in READ}
PREFIXED = {key: f"f_{key}" for key in READ}
ACCESS: dict[str, Callable[[Any, str], Any]] = {
    "orjson to dict": lambda value, key: value.get(key),
    "Causerie": attribute,
    "pydantic v2": prefixed,
    "msgspec": prefixed,
    "openapi-generator": attribute,
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
