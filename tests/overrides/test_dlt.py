"""The source for dlt: agents loaded into DuckDB and Postgres, killed, gone on with, and brought up to date."""

from __future__ import annotations

import logging
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import attrs
import duckdb
import psycopg2
import pytest
from dlt.common.normalizers.naming.snake_case import NamingConvention

import causerie
import causerie_mock
from causerie._vendor import vendors
from causerie.testing import ConvocoreMock, RaiaMock, no_waiting
from tests.markdown import ROOT

from .loading import AGENTS
from .test_export import conversations, moment

with warnings.catch_warnings():
    warnings.simplefilter("error")
    import dlt

    from causerie.dlt import source, unfinished

BINARIES = max(Path("/usr/lib/postgresql").glob("*/bin/initdb"), default=None, key=lambda path: int(path.parts[-3]))


@attrs.frozen
class Place:
    """Where a test loads to."""

    folder: Path
    destination: Any
    connect: Callable[[], Any]

    def pipeline(self, name: str = "loading") -> Any:
        """Return the pipeline of this name, with whatever is left of it."""
        pipelines = str(self.folder / "pipelines")
        return dlt.pipeline(name, pipelines_dir=pipelines, destination=self.destination, dataset_name=name)

    def rows(self, table: str, dataset: str = "loading") -> list[str]:
        """Return the rows of a table as texts in order, but for what dlt adds to them."""
        connection = self.connect()
        try:
            cursor = connection.cursor()
            cursor.execute(f"SELECT * FROM {dataset}.{table}")
            names = [name for name, *_ in cursor.description]
            shown = [{name: value for name, value in zip(names, row, strict=True)} for row in cursor.fetchall()]
        finally:
            connection.close()
        return sorted(repr({name: row[name] for name in sorted(row) if not name.startswith("_dlt")}) for row in shown)


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep dlt from what is in the home of whoever runs the tests."""
    monkeypatch.setenv("DLT_DATA_DIR", str(tmp_path / "dlt"))


@pytest.fixture
def duck(tmp_path: Path) -> Place:
    path = tmp_path / "all.duckdb"
    return Place(tmp_path, dlt.destinations.duckdb(str(path)), lambda: duckdb.connect(str(path)))


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Yield the address of a server of Postgres of our own."""
    if BINARIES is None:
        pytest.skip("Postgres is not installed: apt-get install postgresql.")
    user = pwd.getpwnam("postgres") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    folder = tempfile.mkdtemp(prefix="causerie-postgres-")
    try:
        os.chown(folder, user.pw_uid, user.pw_gid)
        owner: dict[str, Any] = {"user": user.pw_uid, "group": user.pw_gid} if os.geteuid() == 0 else {}

        def run(name: str, *options: str) -> None:
            command = [str(BINARIES.with_name(name)), "-D", f"{folder}/data", *options]
            with Path(folder, "log").open("ab") as log:
                done = subprocess.run(command, check=False, cwd=folder, stdout=log, stderr=log, **owner)
            if done.returncode:
                pytest.skip(f"Postgres does not start: {Path(folder, 'log').read_text(errors='replace')[-500:]}")

        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        run("initdb", "-U", "tester", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        settings = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off"
        run("pg_ctl", "-w", "-o", settings, "start")
        try:
            yield f"postgresql://tester:unused@127.0.0.1:{port}/postgres"
        finally:
            run("pg_ctl", "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)


@pytest.fixture
def postgres(server: str, tmp_path: Path) -> Iterator[Place]:
    def connect() -> Any:
        return psycopg2.connect(server)

    yield Place(tmp_path, dlt.destinations.postgres(server), connect)
    connection = connect()
    with connection, connection.cursor() as cursor:
        cursor.execute("SELECT nspname FROM pg_namespace WHERE nspname NOT LIKE 'pg_%' AND nspname NOT LIKE 'inf%'")
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP SCHEMA "{name}" CASCADE')
    connection.close()


@pytest.fixture(params=["duck", "postgres"])
def place(request: pytest.FixtureRequest) -> Place:
    found: Place = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def raias() -> Iterator[dict[str, RaiaMock]]:
    """Yield three agents of raia, each with a server and 40 conversations of its own."""
    with ExitStack() as stack:
        mocks = {name: stack.enter_context(RaiaMock()) for name in AGENTS}
        for number, mock in enumerate(mocks.values()):
            for each in mock.client().conversations.list():
                mock.client().conversations.delete_all(each.conversation_user_id)
            mock.seed(conversations=[{**each, "score": number} for each in conversations(40, messages=2)])
        yield mocks


def edit(mock: RaiaMock) -> None:
    """Change a conversation, take messages from two others, and add one."""
    given = conversations(40, messages=2)
    later = moment(1000)
    changed = [
        {**given[3], "title": "Changed"},
        {**given[4], "messages": given[4]["messages"][:1]},
        {**given[5], "messages": []},
        {**given[6], "id": "new"},
    ]
    mock.seed(conversations=[{**each, "updatedAt": later} for each in changed])


class Killed(BaseException):
    """What ends a run in the middle."""


def killed_after(requests: int) -> Callable[[object], None]:
    """Return a hook that ends the process, as far as anybody can see, once so many requests were sent."""
    left = [requests]

    def hook(_: object) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise Killed

    return hook


def test_whole(place: Place, raias: dict[str, RaiaMock]) -> None:
    """Three agents are loaded; killed twice and brought up to date after edits, all is as in a whole load."""
    for requests in (80, 60):
        hook = killed_after(requests)
        agents = {name: mock.client(on_request=hook) for name, mock in raias.items()}
        with pytest.raises(Killed):
            load(place, agents)
    agents = {name: mock.client() for name, mock in raias.items()}
    load(place, agents)
    for mock in raias.values():
        edit(mock)
    load(place, agents)
    place.pipeline("whole").run(source(agents))

    assert 3 * 41 == len(place.rows("conversations"))
    assert 3 * (40 * 2 - 3 + 2) == len(place.rows("messages"))
    assert place.rows("conversations", "whole") == place.rows("conversations")
    assert place.rows("messages", "whole") == place.rows("messages")


def load(place: Place, agents: dict[str, Any], **options: Any) -> Any:
    """Load until nothing is left to load, and return the pipeline."""
    pipeline = place.pipeline()
    while True:
        pipeline.run(source(agents, at_most=20, page_size=10, concurrency=1, **options))
        if not unfinished(pipeline, agents):
            return pipeline
