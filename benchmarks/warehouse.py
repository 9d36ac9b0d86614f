"""Three agents of a mock vendor loaded with dlt, killed twice, edited, and loaded again: time and memory. For Linux.

Each run is a process of its own; the mock is in this one. `python benchmarks/warehouse.py 1000` takes fewer
conversations of each agent, and with `postgresql://…` behind the number, Postgres takes the place of DuckDB.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import causerie_mock

CONVERSATIONS = 10_000
AGENTS = ("first", "second", "third")
AT_MOST = 2000
TEXT = {"type": "text", "item": {"type": "text", "payload": {"message": "A question, and it is a long one. " * 4}}}


def seed(mock: causerie_mock.Mock, numbers: range, **more: Any) -> None:
    rows = [
        {
            "agentId": agent,
            "ID": f"{agent}_{number:06}",
            "ts": 1_700_000_000 + number,
            "lastModified": 1_700_000_000 + number,
            "turns": [{"from": "human", "messages": [TEXT, TEXT]}],
            "notes": "Wants a demo. " * 10,
            **more,
        }
        for agent in AGENTS
        for number in numbers
    ]
    mock.seed(agents=[{"agentId": agent} for agent in AGENTS], conversations=rows)


def destination(where: str) -> Any:
    import dlt  # noqa: PLC0415 - this process is not measured, and does without

    return dlt.destinations.postgres(where) if "://" in where else dlt.destinations.duckdb(where)


def load(url: str, where: str, folder: str, name: str, requests: int) -> None:
    """Load until everything is there, or until so many requests were sent."""
    import dlt  # noqa: PLC0415

    from causerie import Convocore  # noqa: PLC0415
    from causerie.dlt import source, unfinished  # noqa: PLC0415

    left = [requests]

    def count(_: object) -> None:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    pipeline = dlt.pipeline(name, pipelines_dir=folder, destination=destination(where), dataset_name=name)
    agents = dict.fromkeys(AGENTS, Convocore(causerie_mock.CONVOCORE_KEYS[0], base_url=url, on_request=count))
    file_format: Any = None if "://" in where else "jsonl"
    began = time.perf_counter()
    while True:
        pipeline.run(source(agents, at_most=AT_MOST), loader_file_format=file_format)
        if not unfinished(pipeline, agents):
            break
    status = Path("/proc/self/status").read_text()
    peak = int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024  # type: ignore[index]
    print(json.dumps({"seconds": time.perf_counter() - began, "MiB": peak, "requests": requests - left[0]}))


def rows(where: str, folder: str, name: str) -> list[list[str]]:
    """Return every row of a dataset, but for what dlt adds to it."""
    import dlt  # noqa: PLC0415

    pipeline = dlt.pipeline(name, pipelines_dir=folder, destination=destination(where), dataset_name=name)
    found = []
    with pipeline.sql_client() as client:
        for table in ("conversations", "messages"):
            with client.execute_query(f"SELECT * FROM {table}") as cursor:
                names = [column[0] for column in cursor.description]
                kept = [index for index, column in enumerate(names) if not column.startswith("_dlt")]
                found.append(sorted(repr([row[index] for index in kept]) for row in cursor.fetchall()))
    return found


def main(conversations: int = CONVERSATIONS, where: str = "") -> None:
    with tempfile.TemporaryDirectory() as folder:
        where = where or f"{folder}/all.duckdb"
        mock = causerie_mock.Mock("convocore", paging="cursor")
        # The bound keeps a fuzzer from filling the memory; here, it is meant to be filled.
        agents = mock._state.memory.agents
        mock.seed(agents=[{"agentId": agent} for agent in AGENTS])
        for agent in AGENTS:
            agents[agent].conversations.limit = agents[agent].messages.limit = 2 * conversations
        for start in range(0, conversations, 1000):
            seed(mock, range(start, min(start + 1000, conversations)))
        with causerie_mock.serve([mock]) as urls:

            def run(what: str, name: str, requests: int = sys.maxsize) -> None:
                command = [sys.executable, __file__, "--load", urls["convocore"], where, folder, name, str(requests)]
                done = subprocess.run(command, check=False, capture_output=True, text=True)
                printed = done.stdout.strip() or f"ended with {done.returncode}: {done.stderr[-300:]}"
                print(f"{what}: {printed}", flush=True)

            all_requests = 3 * (conversations // 50 + conversations // 32)
            run("killed", "loading", all_requests // 3)
            run("killed again", "loading", all_requests // 4)
            run("gone on with", "loading")
            seed(
                mock, range(conversations // 2, conversations // 2 + 100), userName="Grace", lastModified=1_800_000_000
            )
            run("after 300 edits", "loading")
            run("whole", "whole")
        loaded, whole = rows(where, folder, "loading"), rows(where, folder, "whole")
        print("rows:", *map(len, loaded), "and the same as a whole load" if loaded == whole else "AND NOT THE SAME")


if __name__ == "__main__":
    os.environ["RUNTIME__DLTHUB_TELEMETRY"] = "false"
    if sys.argv[1:2] == ["--load"]:
        load(*sys.argv[2:6], requests=int(sys.argv[6]))
    else:
        main(*map(int, sys.argv[1:2]), *sys.argv[2:])
