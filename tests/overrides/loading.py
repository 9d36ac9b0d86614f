"""Loads agents of a mock vendor with dlt, as a process of its own that is killed in the middle."""

from __future__ import annotations

import os
import signal
import sys
from itertools import count
from pathlib import Path

import dlt

import causerie
from causerie.dlt import source, unfinished
from causerie.testing import no_waiting

AGENTS = ["first", "second", "third"]


def pipeline(folder: Path, destination: object, name: str = "loading") -> dlt.Pipeline:
    """Return the pipeline, whatever is left of it there."""
    return dlt.pipeline(name, pipelines_dir=str(folder), destination=destination, dataset_name=name)


def main(url: str, folder: str, requests: int, *, after_extract: bool) -> None:
    """Load, until so many requests were sent."""
    numbers = count()

    def die(_: object) -> None:
        if next(numbers) >= requests:
            os.kill(os.getpid(), signal.SIGKILL)

    client = causerie.Convocore(base_url=url, on_request=die)
    loading = pipeline(Path(folder), dlt.destinations.duckdb(f"{folder}/all.duckdb"))
    agents = dict.fromkeys(AGENTS, client)
    if after_extract:
        loading.extract(source(agents, at_most=20, page_size=10))
        os.kill(os.getpid(), signal.SIGKILL)
    while True:
        loading.run(source(agents, at_most=20, page_size=10), loader_file_format="jsonl")
        if not unfinished(loading, agents):
            return


if __name__ == "__main__":
    with no_waiting():
        main(sys.argv[1], sys.argv[2], int(sys.argv[3]), after_extract=sys.argv[4:] == ["extract"])
