"""The source for dlt: agents loaded into DuckDB and Postgres, killed, gone on with, and brought up to date."""

from __future__ import annotations

import functools
import json
import logging
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import traceback
import warnings
from collections.abc import Callable, Iterator
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any, cast

import attrs
import duckdb
import httpx
import psycopg2
import pytest
from dlt.common.normalizers.naming.snake_case import NamingConvention

import causerie
import causerie_mock
from causerie._vendor import vendors
from causerie.export._columns import Columns
from causerie.testing import ConvocoreMock, RaiaMock, no_waiting
from tests.markdown import ROOT

from .conftest import Vendor
from .loading import AGENTS
from .test_export import conversations, killed_at, moment, raia_mock, several_raias

with warnings.catch_warnings():
    warnings.simplefilter("error")
    import dlt

    from causerie.dlt import source, unfinished

__all__ = ["raia_mock"]

BINARIES = max(Path("/usr/lib/postgresql").glob("*/bin/initdb"), default=None, key=lambda path: int(path.parts[-3]))


@attrs.frozen
class Place:
    """Where a test loads to."""

    folder: Path
    destination: Any
    connect: Callable[[], Any]
    file_format: Any = None

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
            shown = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
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
    return Place(tmp_path, dlt.destinations.duckdb(str(path)), lambda: duckdb.connect(str(path)), "jsonl")


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
    with several_raias(AGENTS, 40) as mocks:
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
    """What ends a run in the middle; dlt makes an error of its own of an interrupt."""


def load(place: Place, agents: dict[str, Any], **options: Any) -> Any:
    """Load until nothing is left to load, and return the pipeline."""
    pipeline = place.pipeline()
    while True:
        reading = source(agents, at_most=20, page_size=10, concurrency=1, **options)
        pipeline.run(reading, loader_file_format=place.file_format)
        if not unfinished(pipeline, agents):
            return pipeline


def test_whole(place: Place, raias: dict[str, RaiaMock]) -> None:
    """Three agents are loaded; killed twice and brought up to date after edits, all is as in a whole load."""
    for requests in (80, 60):
        hook = killed_at(requests, Killed)
        agents = {name: mock.client(on_request=hook) for name, mock in raias.items()}
        with pytest.raises(Killed):
            load(place, agents)
    agents = {name: mock.client() for name, mock in raias.items()}
    load(place, agents)
    for mock in raias.values():
        edit(mock)
    load(place, agents)
    place.pipeline("whole").run(source(agents), loader_file_format=place.file_format)

    assert 3 * 41 == len(place.rows("conversations"))
    assert 3 * (40 * 2 - 3 + 2) == len(place.rows("messages"))
    assert place.rows("conversations", "whole") == place.rows("conversations")
    assert place.rows("messages", "whole") == place.rows("messages")


def convocore_agents(mock: ConvocoreMock, numbers: range, **more: Any) -> None:
    """Put conversations, each with a message, into three agents."""
    text = {"type": "text", "item": {"type": "text", "payload": {"message": "Hello"}}}
    rows = [
        {
            "agentId": agent,
            "ID": f"{agent}-{number}",
            "ts": 1_700_000_000 + number,
            "lastModified": 1_700_000_000 + number,
            "turns": [{"from": "human", "messages": [text]}],
            **more,
        }
        for agent in AGENTS
        for number in numbers
    ]
    mock.seed(agents=[{"agentId": agent} for agent in AGENTS], conversations=rows)


def test_killed_for_good(duck: Place) -> None:
    """A process is killed while it reads, another one before it loads; the third has what a whole load has."""
    with ConvocoreMock(paging="cursor") as mock:
        convocore_agents(mock, range(30))
        with causerie_mock.serve([mock]) as urls:
            for arguments in (["9"], ["1000", "extract"], ["1000"]):
                command = [sys.executable, "-m", "tests.overrides.loading", urls["convocore"], str(duck.folder)]
                environment = {**os.environ, "CONVOCORE_API_KEY": mock.credentials[0]}
                done = subprocess.run([*command, *arguments], check=False, cwd=ROOT, env=environment)
                assert (0 if arguments == ["1000"] else -signal.SIGKILL) == done.returncode
        convocore_agents(mock, range(10, 15), userName="Grace", lastModified=1_800_000_000)
        agents = dict.fromkeys(AGENTS, mock.client())
        load(duck, agents)
        duck.pipeline("whole").run(source(agents), loader_file_format=duck.file_format)

    assert 90 == len(duck.rows("conversations")) == len(duck.rows("messages"))
    assert 15 == sum("Grace" in row for row in duck.rows("conversations"))
    assert duck.rows("conversations", "whole") == duck.rows("conversations")
    assert duck.rows("messages", "whole") == duck.rows("messages")


def test_rows(place: Place) -> None:
    """Columns are the document's, with their types; what it does not know is kept, and so is what few systems take."""
    odd = {
        "id": "c",
        "title": "a\0b \U0001f600 'x' \\ \n",
        "createdAt": moment(5),
        "updatedAt": moment(6),
        "score": 1.5,
    }
    with RaiaMock() as mock:
        mock.seed(conversations=[{**odd, "metadata": {"deep": [1, {"a": "'"}]}, "messages": [{"message": "x\ty"}]}])
        client = mock.client()
        place.pipeline().run(source({"a'b": client}))
        kept = client.conversations.get("c")
    connection = place.connect()
    cursor = connection.cursor()
    cursor.execute(
        "SELECT c.agent, c.title, c.created_at, c.score, CAST(c.metadata AS VARCHAR), m.message, m.gone"
        " FROM loading.conversations c JOIN loading.messages m ON m.agent = c.agent AND m.conversation_id = c.id"
        " WHERE c.id = 'c'"
    )
    ((agent, title, created, score, metadata, message, gone),) = cursor.fetchall()
    connection.close()

    assert "a\0b \U0001f600 'x' \\ \n" == kept.title
    assert "a'b" == agent
    assert title in (kept.title, str(kept.title).replace("\0", ""))  # no text of Postgres has a NUL
    assert (kept.created_at, 1.5, "x\ty", None) == (created.astimezone(UTC), score, message, gone)
    assert {"deep": [1, {"a": "'"}]} == json.loads(metadata)


def answering(rows: list[dict[str, Any]], **options: Any) -> causerie.Convocore:
    """Return a client of a server with these conversations, which writes whatever JSON can escape."""

    def answer(request: httpx.Request) -> httpx.Response:
        data = rows if request.url.params["page"] == "1" else []
        return httpx.Response(200, text=json.dumps({"success": True, "message": "", "data": data}))

    return causerie.Convocore("the-secret", base_url="http://convocore.test", transport=Vendor(answer), **options)


def test_unknown_and_wrong_values(duck: Place) -> None:
    """A field that the document does not know, and a value that is not what it says, change no column of the tables."""
    first = {"ID": "a", "ts": 1_700_000_000, "unknown": 7, "tags": ["x"], "origin": ["a"], "csat": None}
    second = {
        "ID": "b",
        "ts": "soon",
        "unknown": {"a": 2**70},
        "userName": "half \ud83d",
        "tags": "none",
        "origin": "web",
        "metrics": 5,
    }
    pipeline = duck.pipeline()
    pipeline.run(source({"a1": answering([first])}, messages=False))
    columns = pipeline.default_schema.get_table_columns("conversations")
    pipeline.run(source({"a1": answering([first, second])}, messages=False))
    with duckdb.connect(str(duck.folder / "all.duckdb")) as database:
        rows = database.execute(
            "SELECT id, epoch(ts), user_name, additional_properties, tags FROM loading.conversations ORDER BY id"
        ).fetchall()

    assert columns == pipeline.default_schema.get_table_columns("conversations")
    assert [
        ("a", 1_700_000_000, None, {"unknown": 7}, ["x"]),
        ("b", None, "half \ufffd", json.loads(str(rows[1][3])), None),
    ] == [(*row[:3], json.loads(row[3]), None if row[4] is None else json.loads(row[4])) for row in rows]
    assert {"ts": "soon", "tags": "none", "unknown": {"a": float(2**70)}, "origin": "web", "metrics": 5} == json.loads(
        rows[1][3]
    )


@pytest.mark.parametrize("depth", [99, 300, 900])
def test_deep_values(depth: int, place: Place) -> None:
    """However deep a value is, it is loaded, and nothing of it is lost."""
    deep = functools.reduce(lambda inner, _: {"a": [inner]}, range(depth // 2), cast("Any", "the end"))
    pipeline = place.pipeline()
    rows = [{"ID": "a", "unknown": deep}, {"ID": "b", "origin": deep}]
    pipeline.run(source({"a1": answering(rows)}, messages=False), loader_file_format=place.file_format)
    found = place.rows("conversations")

    assert 2 == len(found)
    assert ["the end" in str(row) for row in found] == [True, True]


def test_one_agent_fails(duck: Place) -> None:
    """The error names it and the reason, nothing of that run is there, and without it the others are loaded."""
    good = answering([{"ID": "a"}])
    bad = refusing(401)
    pipeline = duck.pipeline()
    with pytest.raises(Exception, match="401") as caught:
        pipeline.run(source({"a1": good, "a2": bad, "a3": good}, messages=False))
    left = unfinished(pipeline, {"a1": good, "a2": bad, "a3": good})
    duck.pipeline().run(source({"a1": good, "a3": good}, messages=False))
    shown = "".join(traceback.format_exception(caught.value))

    assert "It is about the agent 'a2'. Nothing of this run is loaded." in shown
    assert ["a1", "a2", "a3"] == left
    assert 2 == len(duck.rows("conversations"))


def refusing(status: int) -> causerie.Convocore:
    """Return a client of a vendor that refuses everything."""
    return causerie.Convocore(
        "the-secret", base_url="http://convocore.test", transport=Vendor(lambda _: httpx.Response(status))
    )


def test_past_agents_that_fail(duck: Place, caplog: pytest.LogCaptureFixture) -> None:
    """The others are loaded, the log says which one is missing and why, and the next run tries it again."""
    good, bad = answering([{"ID": "a"}]), refusing(401)
    agents = {"a1": good, "a2": bad, "a3": good}
    pipeline = duck.pipeline()
    pipeline.run(source(agents, messages=False, skip_failing=True))
    left = unfinished(pipeline, agents)
    (logged,) = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    duck.pipeline().run(source({**agents, "a2": good}, messages=False, skip_failing=True))

    assert logged.startswith("a2 is not read: ")
    assert "401" in logged
    assert ["a2"] == left
    assert 3 == len(duck.rows("conversations"))


def test_agents_that_fail_in_the_middle(duck: Place, raias: dict[str, RaiaMock]) -> None:
    """One that was left in the middle, and fails, does not keep the others from being brought up to date."""
    agents = {name: mock.client() for name, mock in raias.items()}
    first, *others = agents
    pipeline = duck.pipeline()
    load(duck, {name: agents[name] for name in others})
    pipeline.run(source({first: agents[first]}, at_most=20, page_size=10), loader_file_format="jsonl")
    raias[first].faults.add("status", status=403)
    edit(raias[others[0]])
    pipeline.run(source(agents, skip_failing=True), loader_file_format="jsonl")

    assert [first] == unfinished(pipeline, agents)
    assert any("'title': 'Changed'" in row for row in duck.rows("conversations"))


def test_all_agents_fail(duck: Place) -> None:
    """A run that loads nothing at all raises."""
    agents = {"a1": refusing(401), "a2": refusing(403)}
    with pytest.raises(Exception, match="403"):
        duck.pipeline().run(source(agents, messages=False, skip_failing=True))

    assert ["a1", "a2"] == unfinished(duck.pipeline(), agents)


def test_filters(duck: Place, raia_mock: RaiaMock) -> None:
    """What the vendor's list chooses is loaded, and the same dataset takes no other choice."""
    raia_mock.seed(users=[{"id": "ada"}], conversations=conversations(3))
    raia_mock.seed(conversations=[{**each, "conversationUserId": "ada"} for each in conversations(2)])
    agents = {"support": raia_mock.client()}
    for _ in range(2):
        duck.pipeline().run(source(agents, messages=False, filters={"user_id": "ada"}), loader_file_format="jsonl")
    for others in (agents, {"sales": raia_mock.client()}):
        with pytest.raises(Exception, match="give the same ones, or another dataset"):
            duck.pipeline().run(source(others, messages=False, skip_failing=True))

    assert 2 == len(duck.rows("conversations"))


def test_a_column_more(duck: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the document comes to know a field, the tables of before get its column."""
    known = Columns.types.fget
    assert known is not None

    def types(self: Columns) -> dict[str, str]:
        found: dict[str, str] = known(self)
        return {name: type_ for name, type_ in found.items() if name != "userName"}

    with monkeypatch.context() as patch:
        patch.setattr(Columns, "types", property(types))
        duck.pipeline().run(source({"a1": answering([{"ID": "a"}])}, messages=False))
    duck.pipeline().run(source({"a1": answering([{"ID": "a", "userName": "Ada"}])}, messages=False))

    assert ["Ada"] == [row.split("'user_name': '")[1].split("'")[0] for row in duck.rows("conversations")]


@pytest.mark.parametrize(
    "vendor", [vendor for vendor in vendors().values() if vendor.export], ids=lambda each: each.name
)
def test_names(vendor: Any) -> None:
    """However dlt writes names, none of a table's columns is called as another one, or as those that we add."""
    client = getattr(causerie, vendor.client_name)("the-secret", base_url="http://vendor.test")
    agents = {"a1": client}
    for resource in source(agents).resources.values():
        names = [NamingConvention().normalize_identifier(name) for name in resource.columns]

        assert sorted({*names}) == sorted(names)
        assert "agent" in names


def test_at_most(duck: Place, raias: dict[str, RaiaMock]) -> None:
    """A run reads so many of each agent; one that was left in the middle goes on, and the others wait for it."""
    agents = {name: mock.client() for name, mock in raias.items()}
    pipeline = duck.pipeline()
    seen = [(0, unfinished(pipeline, agents))]
    # The third agent comes when the others have begun.
    for given in ({name: agents[name] for name in AGENTS[:2]}, agents, agents):
        pipeline.run(source(given, at_most=30, page_size=10, messages=False))
        seen.append((len(duck.rows("conversations")), unfinished(pipeline, agents)))
    sent = raias["first"].requests.total
    pipeline.run(source(agents, at_most=30, page_size=10, messages=False))
    after = raias["first"].requests.total - sent
    pipeline.run(source(agents, messages=False))

    assert [AGENTS, AGENTS, [AGENTS[2]], []] == [left for _, left in seen]
    assert [0, 120] == [seen[0][0], seen[3][0]]
    assert 60 <= seen[1][0] < 80
    assert 110 <= seen[2][0] < 120
    assert 0 < after <= 2
    assert 120 == len(duck.rows("conversations"))


def test_messages_later(duck: Place) -> None:
    """Messages that are wanted from some run on are those of all conversations."""
    with RaiaMock() as mock:
        mock.seed(conversations=conversations(5, messages=2))
        agents = {"a": mock.client()}
        duck.pipeline().run(source(agents, messages=False))
        tables = duck.pipeline().default_schema.data_table_names()
        duck.pipeline().run(source(agents))
        duck.pipeline().run(source(agents, messages=False))
        duck.pipeline("whole").run(source(agents))

    assert ["conversations"] == tables
    assert duck.rows("messages", "whole") == duck.rows("messages")


def test_lag(duck: Place, raia_mock: RaiaMock) -> None:
    """A run looks as much further back as it is told to: what shows up late is loaded."""
    raia_mock.seed(conversations=conversations(5))
    agents = {"a": raia_mock.client()}
    duck.pipeline().run(source(agents))
    raia_mock.seed(conversations=[{"id": "late", "updatedAt": moment(-3000)}])
    counts = []
    for lag in (timedelta(minutes=45), timedelta(hours=1)):
        duck.pipeline().run(source(agents, lag=lag))
        counts.append(len(duck.rows("conversations")))

    assert [5, 6] == counts


def test_unreadable(duck: Place, raia_mock: RaiaMock, caplog: pytest.LogCaptureFixture) -> None:
    """Messages that the vendor fails to show are named in the log, and those of before stay."""
    raia_mock.seed(conversations=conversations(5, messages=1))
    agents = {"a": raia_mock.client(retry=causerie.Retry(attempts=2, wait_initial=0))}
    duck.pipeline().run(source(agents))
    before = duck.rows("messages")
    raia_mock.seed(conversations=[{**each, "updatedAt": moment(99)} for each in conversations(2, messages=1)])
    raia_mock.faults.add("status", path="/external/conversations/c1/messages", status=500, times=None)
    with caplog.at_level(logging.WARNING, "causerie"):
        duck.pipeline().run(source(agents))

    assert ["a: messages cannot be read of c1"] == caplog.messages
    assert 5 == len(before) == len(duck.rows("messages"))
    assert [row for row in before if "c1m0" in row] == [row for row in duck.rows("messages") if "c1m0" in row]


def test_budget(duck: Place, raia_mock: RaiaMock) -> None:
    """The requests of all agents keep to one budget, and a hook of the client's own hears of each."""
    waits: list[float] = []
    heard: list[object] = []
    raia_mock.seed(conversations=conversations(8))
    agents = {"a": raia_mock.client(on_request=heard.append), "b": raia_mock.client()}
    before = raia_mock.requests.total
    with no_waiting(waits.append):
        duck.pipeline().run(source(agents, requests_per_minute=30, messages=False, page_size=2))
    sent = raia_mock.requests.total - before

    assert 2 * len(heard) == sent == len(waits) > 8
    assert pytest.approx(2 * (sent - 1), abs=1) == sum(waits)


def test_secrets(duck: Place) -> None:
    """No credential is in what dlt keeps: its state, its trace, the dataset, or an error."""
    secret = "a-very-secret-key"

    def answer(request: httpx.Request) -> httpx.Response:
        rows = [] if request.url.params["page"] == "2" else [{"ID": "a"}]
        return httpx.Response(200 if rows else 401, json={"success": True, "message": "", "data": rows})

    client = causerie.Convocore(secret, base_url="http://convocore.test", transport=Vendor(answer))
    pipeline = duck.pipeline()
    pipeline.run(source({"a1": client}, messages=False, at_most=1))
    with pytest.raises(Exception, match="401") as caught:
        pipeline.run(source({"a1": client}, messages=False))
    shown = "".join(traceback.format_exception(caught.value)) + repr(pipeline.state) + repr(pipeline.last_trace)
    files = [path for path in duck.folder.rglob("*") if path.is_file()]

    assert isinstance(caught.value.__cause__ and caught.value.__cause__.__cause__, causerie.AuthenticationError)
    assert secret not in shown
    assert 5 < len(files)
    assert [] == [path for path in files if secret.encode() in path.read_bytes()]


@pytest.mark.parametrize(
    ("agents", "options", "sentence"),
    [
        ({}, {}, "agents: {} names no agent"),
        (["a"], {}, r"agents: \['a'\] names no agent"),
        ({"": causerie.Raia}, {}, "agents: '' is not the id or the name of an agent"),
        ({7: causerie.Raia}, {}, "agents: 7 is not the id"),
        ({"a": causerie.Zild}, {}, "client: give a client of Convocore or raia, not Zild"),
        ({"a": causerie.AsyncRaia}, {}, "agents: dlt does not await: give a blocking client for 'a', not AsyncRaia"),
        ({"a": causerie.Raia, "b": causerie.Convocore}, {}, "agents: they are of convocore and raia"),
        ({"a": causerie.Raia}, {"lag": timedelta(-1)}, "lag: "),
        ({"a": causerie.Raia}, {"lag": 3}, "lag: 3 is not a time to look back"),
        ({"a": causerie.Raia}, {"lag": timedelta.max}, "lag: "),
        ({"a": causerie.Raia}, {"at_most": 0}, "at_most: 0 is not a number of conversations"),
        ({"a": causerie.Raia}, {"requests_per_minute": 0}, "requests_per_minute: 0 is not a number of requests"),
        ({"a": causerie.Raia}, {"requests_per_minute": "9"}, "requests_per_minute: '9' is not"),
        ({"a": causerie.Raia}, {"page_size": 0}, "page_size: "),
        ({"a": causerie.Raia}, {"concurrency": 0}, "concurrency: "),
        ({"a": causerie.Raia}, {"filters": {"colour": "red"}}, "filters: 'colour' is not a filter: raia"),
        ({"a": causerie.Raia}, {"filters": {"search_keyword": "a"}}, "filters: a later run would miss rows"),
    ],
)
def test_arguments(agents: Any, options: dict[str, Any], sentence: str) -> None:
    """What makes no sense is refused before anything is sent, by name, value and what to do."""
    if isinstance(agents, dict):
        agents = {name: make("the-secret", base_url="http://vendor.test") for name, make in agents.items()}
    with pytest.raises(causerie.ArgumentError) as caught:
        source(agents, **options)

    assert re.match(sentence, str(caught.value))


def test_dlt_is_missing() -> None:
    """Without the extra, the module says what to install."""
    program = "import sys; sys.modules['dlt'] = None; import causerie.dlt"
    done = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True, text=True)

    assert (
        'ImportError: causerie.dlt needs dlt: in a checkout of Causerie, pip install ".[dlt]"'
        == (done.stderr.splitlines()[-1])
    )
