"""Several agents in one file."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest

import causerie
from causerie.export import AgentsError, Exported, Progress, export
from causerie.export._columns import of_agent
from causerie.testing import ConvocoreMock, RaiaMock, no_waiting

from .test_cli import run
from .test_export import ALL, FORMATS, conversations, files, killed_at, moment, read, several_raias

AGENTS = ["first", "second", "third"]
NUMBER = 7


@pytest.fixture
def raias() -> Iterator[dict[str, RaiaMock]]:
    """Yield three agents of raia with conversations that have the same ids, and another score at each agent."""
    with several_raias(AGENTS, NUMBER) as mocks:
        yield mocks


def clients(raias: dict[str, RaiaMock], **options: Any) -> dict[str, Any]:
    return {name: mock.client(**options) for name, mock in raias.items()}


def rows(path: Path, table: str = "conversations") -> list[tuple[str, str]]:
    """Return the agent and the id of every row."""
    return sorted((row["agent"], row["id"]) for row in read(path, table))


def whole(agents: list[str] = AGENTS, number: int = NUMBER) -> list[tuple[str, str]]:
    return [(agent, f"c{index}") for agent in agents for index in range(number)]


def bad_key(mock: RaiaMock) -> Any:
    """Return a client of the same server with a wrong key."""
    return mock.clients[0]("the-wrong-key", **mock._settings({}))


@pytest.mark.parametrize("kind", ALL)
def test_whole(raias: dict[str, RaiaMock], tmp_path: Path, kind: str) -> None:
    """Every conversation of every agent is there once, though agents have the same ids, and so are its messages."""
    target = tmp_path / f"all.{kind}"
    shown: list[Progress] = []
    done = export(clients(raias), target, on_progress=shown.append, page_size=3)
    scores = {(row["agent"], float(row["score"])) for row in read(target)}

    assert (3 * NUMBER, 3 * NUMBER, whole()) == (done.rows, done.read, rows(target))
    assert {("first", 0.0), ("second", 1.0), ("third", 2.0)} == scores
    assert AGENTS == [*dict.fromkeys(each.agent for each in shown if each.agent)]
    if kind == "duckdb":
        assert sorted(2 * whole()) == sorted((row["agent"], row["conversationId"]) for row in read(target, "messages"))
    if kind in ("csv", "parquet"):
        table = read(tmp_path / f"all.messages.{kind}")
        assert sorted(2 * whole()) == sorted((row["agent"], row["conversationId"]) for row in table)
    if kind == "jsonl":
        first = json.loads(target.read_text().splitlines()[0])
        assert ("agent", 2) == (next(iter(first)), len(first["messages"]))


class Agent(StrEnum):
    """Agents that somebody has as an enum."""

    FIRST = "first"
    SECOND = "second"


def test_own_mapping(raias: dict[str, RaiaMock], tmp_path: Path) -> None:
    """Agents may be members of an enum, and the mapping may change once the export runs."""
    target = tmp_path / "all.jsonl"
    agents: dict[str, Any] = {agent: raias[agent].client() for agent in Agent}
    export(agents, target, on_progress=lambda _: agents.clear())
    updated = export(clients({agent: raias[agent] for agent in AGENTS[:2]}), target, since="last")

    assert (2 * NUMBER, whole(AGENTS[:2])) == (updated.rows, rows(target))


@pytest.mark.parametrize("kind", FORMATS)
def test_killed_and_updated(raias: dict[str, RaiaMock], tmp_path: Path, kind: str) -> None:
    """Killed in the midst of the second agent, it goes on there; brought up to date, it is as a whole export."""
    target = tmp_path / f"all.{kind}"
    with pytest.raises(KeyboardInterrupt):
        export(clients(raias, on_request=killed_at(14)), target, page_size=3, concurrency=1)
    before = raias["first"].requests.total
    export(clients(raias), target, page_size=3)
    again = raias["first"].requests.total - before
    raias["second"].seed(conversations=[{"id": "c1", "title": "Changed", "updatedAt": moment(1000)}])
    raias["third"].seed(conversations=[{"id": "c9", "title": "New", "updatedAt": moment(1000)}])
    done = export(clients(raias), target, since="last")
    anew = tmp_path / f"anew.{kind}"
    export(clients(raias), anew)

    assert again <= 3
    assert 3 * NUMBER + 1 == done.rows > done.read
    assert read_sorted(anew) == read_sorted(target)
    assert 1 == sum(row["title"] == "Changed" for row in read(target))


def read_sorted(path: Path) -> list[dict[str, Any]]:
    return sorted(read(path), key=lambda row: (row["agent"], row["id"]))


def test_one_more(raias: dict[str, RaiaMock], tmp_path: Path) -> None:
    """An update may be of some of the agents, or of one more: its own first run is a whole one."""
    target, all_ = tmp_path / "all.jsonl", clients(raias)
    export({name: all_[name] for name in AGENTS[:2]}, target)
    one_more = export({name: all_[name] for name in AGENTS[1:]}, target, since="last")
    raias["first"].seed(conversations=[{"id": "c9", "title": "New", "updatedAt": moment(1000)}])
    rest = export(all_, target, since="last")

    assert (3 * NUMBER, whole()) == (one_more.rows, sorted({*rows(target)} - {("first", "c9")}))
    assert rest.read < 2 * NUMBER < rest.rows == 3 * NUMBER + 1


@pytest.mark.parametrize("kind", ALL)
def test_a_bad_key(raias: dict[str, RaiaMock], tmp_path: Path, kind: str) -> None:
    """An agent that fails does not lose the rows of others; with its key set right, the same call goes on with it."""
    target = tmp_path / f"all.{kind}"
    agents = clients(raias)
    with pytest.raises(AgentsError) as caught:
        export({**agents, "second": bad_key(raias["second"])}, target)
    error = caught.value
    sent = raias["first"].requests.total
    there = rows(target)

    assert whole(["first", "third"]) == there
    assert {"second": causerie.AuthenticationError} == {name: type(each) for name, each in error.failures.items()}
    assert isinstance(error.__cause__, causerie.AuthenticationError)
    assert f"{target} lacks conversations of theirs: export again to go on with them" in str(error)
    assert "the-wrong-key" not in str(error) + repr(error)
    assert isinstance(error.exported, Exported)
    assert 2 * NUMBER == error.exported.rows
    done = export(agents, target)

    assert 2 >= raias["first"].requests.total - sent
    assert (3 * NUMBER, whole()) == (done.rows, rows(target))
    assert not (tmp_path / f"all.{kind}.part").exists()


def test_newest(raias: dict[str, RaiaMock], tmp_path: Path) -> None:
    """It is the time of the agent that is the furthest behind, be it one that failed or one that was left out."""
    target, agents = tmp_path / "all.jsonl", clients(raias)
    with pytest.raises(AgentsError) as first:
        export({**agents, "second": bad_key(raias["second"])}, target)
    latest = export(agents, target).newest
    raias["first"].seed(conversations=[{"id": "c9", "updatedAt": moment(1000)}])
    one = export({"first": agents["first"]}, target, since="last").newest
    raias["second"].faults.add("status", path="/external/conversations", status=400)
    with pytest.raises(AgentsError) as later:
        export(agents, target, since="last")
    found = [None if error.value.exported is None else error.value.exported.newest for error in (first, later)]

    assert latest is not None
    assert moment((NUMBER - 1) // 2) == latest.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    assert (latest, [None, latest]) == (one, found)


def test_without_the_agent(raias: dict[str, RaiaMock], tmp_path: Path) -> None:
    """An agent that has shown nothing can be left out, and the same run goes on; it can come back with an update."""
    target, agents = tmp_path / "all.jsonl", clients(raias)
    with pytest.raises(AgentsError):
        export({**agents, "second": bad_key(raias["second"])}, target)
    sent = raias["first"].requests.total
    done = export({"first": agents["first"], "third": agents["third"]}, target)
    again = raias["first"].requests.total - sent
    with pytest.raises(AgentsError):
        export({**agents, "second": bad_key(raias["second"])}, target, since="last")
    later = export(agents, target, since="last")

    assert (2 * NUMBER, 3 * NUMBER) == (done.rows, later.rows)
    assert again <= 2
    assert whole() == rows(target)
    assert ["all.jsonl", "all.jsonl.state.json"] == files(tmp_path)


def test_one_more_meanwhile(raias: dict[str, RaiaMock], tmp_path: Path) -> None:
    """An agent may come while a run is unfinished, of an update, too."""
    target, agents = tmp_path / "all.jsonl", clients(raias)
    with pytest.raises(KeyboardInterrupt):
        export({"first": raias["first"].client(on_request=killed_at(6))}, target, page_size=2)
    done = export({name: agents[name] for name in AGENTS[:2]}, target, page_size=2)
    raias["first"].seed(conversations=[{"id": "c9", "updatedAt": moment(1000), "messages": [{"message": "Hi"}]}])
    with pytest.raises(KeyboardInterrupt):
        export({"first": raias["first"].client(on_request=killed_at(1))}, target, since="last")
    updated = export(agents, target, since="last")

    assert (2 * NUMBER, 3 * NUMBER + 1) == (done.rows, updated.rows)


def test_fails_in_the_middle(raias: dict[str, RaiaMock], tmp_path: Path) -> None:
    """What an agent has shown before it failed stays in the file; the update after it misses nothing."""
    target, agents = tmp_path / "all.jsonl", clients(raias)
    raias["second"].faults.add("status", path="/external/conversations/c5/messages", status=400)
    with pytest.raises(AgentsError):
        export(agents, target, page_size=2, concurrency=1)
    part = rows(target)
    raias["second"].faults.clear()
    export(agents, target, since="last", overwrite=True)

    assert {*whole(["first", "third"])} < {*part} < {*whole()}
    assert whole() == rows(target)


def test_all_fail(raias: dict[str, RaiaMock], tmp_path: Path) -> None:
    """Where every agent fails, no file is there, and nothing beside it."""
    agents = {name: bad_key(mock) for name, mock in raias.items()}
    with pytest.raises(AgentsError) as caught:
        export(agents, tmp_path / "all.jsonl")

    assert (None, AGENTS) == (caught.value.exported, [*caught.value.failures])
    assert [] == files(tmp_path)


def test_all_fail_in_the_middle(raias: dict[str, RaiaMock], tmp_path: Path) -> None:
    """What was read before every agent has failed is kept, and gone on with."""
    for mock in raias.values():
        mock.faults.add("status", path="/external/conversations/c5/messages", status=400, times=1)
    with pytest.raises(AgentsError) as caught:
        export(clients(raias), tmp_path / "all.jsonl", page_size=2)
    done = export(clients(raias), tmp_path / "all.jsonl", page_size=2)

    assert "export again to go on from there" in caught.value.__notes__[0]
    assert 3 * NUMBER == done.rows


def test_full_disk(raias: dict[str, RaiaMock], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is full is no agent's failure: no other agent is asked."""

    def full(*_: Any) -> None:
        raise causerie.export.ExportError("no space is left")

    monkeypatch.setattr("causerie.export._stage.Stage.add", full)
    agents = clients(raias)
    before = {name: mock.requests.total for name, mock in raias.items()}
    with pytest.raises(causerie.export.ExportError, match=r"^no space is left$"):
        export(agents, tmp_path / "all.jsonl")
    asked = [name for name, mock in raias.items() if mock.requests.total > before[name]]

    assert ["first"] == asked


def test_kinds_are_not_mixed(raias: dict[str, RaiaMock], tmp_path: Path) -> None:
    """A file of one agent is not brought up to date with several, nor the other way round, finished or not."""
    one, several = tmp_path / "one.jsonl", tmp_path / "several.jsonl"
    agents = clients(raias)
    export(agents["first"], one)
    export(agents, several)
    before = one.read_bytes(), several.read_bytes()
    with pytest.raises(causerie.ArgumentError, match="it is of one agent, and this one of several; leave it out"):
        export(agents, one, since="last")
    with pytest.raises(causerie.ArgumentError, match="it is of several agents, and this one of one; leave it out"):
        export(agents["first"], several, since="last")
    with pytest.raises(KeyboardInterrupt):
        export(clients(raias, on_request=killed_at(4)), tmp_path / "new.jsonl", page_size=2)
    with pytest.raises(causerie.ArgumentError, match="not finished: it is of several agents, and this one of one"):
        export(agents["first"], tmp_path / "new.jsonl")

    assert before == (one.read_bytes(), several.read_bytes())


def test_another_key(raias: dict[str, RaiaMock], tmp_path: Path) -> None:
    """An agent by the same name with another key is refused by name; so is an unfinished run of other agents."""
    target, agents = tmp_path / "all.jsonl", clients(raias)
    export(agents, target)
    with pytest.raises(causerie.ArgumentError, match="it differs in agent second; leave it out"):
        export({**agents, "second": bad_key(raias["second"])}, target, since="last")
    with pytest.raises(KeyboardInterrupt):
        export(clients(raias, on_request=killed_at(4)), tmp_path / "new.jsonl", page_size=2)
    with pytest.raises(causerie.ArgumentError, match="not finished: it differs in agent first; finish that one"):
        export({name: agents[name] for name in AGENTS[1:]}, tmp_path / "new.jsonl")


def test_convocore(tmp_path: Path) -> None:
    """Agents of one credential are asked for by id, and so it is with asyncio."""
    with ConvocoreMock() as mock:
        mock.seed(
            agents=[{"agentId": agent} for agent in AGENTS],
            conversations=[{"agentId": agent, "ID": f"{agent}-1"} for agent in AGENTS],
        )
        done = export(dict.fromkeys(AGENTS, mock.client()), tmp_path / "all.jsonl")
        awaited = asyncio.run(_awaited(mock, tmp_path / "awaited.jsonl"))

    assert (3, 3) == (done.rows, awaited.rows)
    assert [(agent, f"{agent}-1") for agent in AGENTS] == [
        (row["agent"], row["ID"]) for row in read(tmp_path / "all.jsonl")
    ]
    assert (tmp_path / "all.jsonl").read_bytes() == (tmp_path / "awaited.jsonl").read_bytes()


async def _awaited(mock: ConvocoreMock, target: Path) -> Exported:
    client = mock.async_client()
    async with client:
        return await export(dict.fromkeys(AGENTS, client), target)


@pytest.mark.parametrize(
    ("agents", "options", "sentence"),
    [
        ({}, {}, 'agents: {} names no agent: give a client by agent, as {"support": client}'),
        ({"": causerie.Raia}, {}, "agents: '' is not the id or the name of an agent"),
        ({"\ud83d": causerie.Raia}, {}, "agents: '\\ud83d' is not the id or the name of an agent"),
        ({None: causerie.Raia}, {}, "agents: None is not the id or the name of an agent"),
        ({"a": causerie.Zild}, {}, "client: give a client of Convocore or raia, not Zild"),
        (
            {"a": causerie.Raia, "b": causerie.AsyncRaia},
            {},
            "agents: some of their clients block, and some are for asyncio: give one kind",
        ),
        (
            {"a": causerie.Raia, "b": causerie.Convocore},
            {},
            "agents: they are of convocore and raia: take each vendor by itself, to a place of its own",
        ),
        (
            {"a": causerie.Convocore},
            {"agent_id": "a"},
            "agent_id: the agents are named already, each with its client: leave it out",
        ),
        ({"..": causerie.Convocore}, {}, "agent_id: '..' is not an id: it would name another resource"),
        (
            {"a": causerie.Raia},
            {"filters": {"state": "open"}},
            "filters: 'state' is not a filter: raia has user_id, search_keyword, end_date, with_feedbacks_only",
        ),
    ],
)
def test_arguments(agents: dict[str, Any], options: dict[str, Any], sentence: str, tmp_path: Path) -> None:
    """What makes no sense is refused by name before anything is sent."""
    given = {name: make("the-secret", base_url="http://vendor.test") for name, make in agents.items()}
    with pytest.raises(causerie.ArgumentError) as caught:
        export(given, tmp_path / "all.jsonl", **options)

    assert sentence == str(caught.value)
    assert [] == files(tmp_path)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"id": 1}, {"agent": "a", "id": 1}),
        ({"id": 1, "agent": 7}, {"id": 1, "agent": "a", "additionalProperties": {"agent": 7}}),
        (
            {"agent": 7, "additionalProperties": {"x": 1}},
            {"agent": "a", "additionalProperties": {"x": 1, "agent": 7}},
        ),
        (
            {"agent": 7, "additionalProperties": [1]},
            {"agent": "a", "additionalProperties": {"additionalProperties": [1], "agent": 7}},
        ),
    ],
)
def test_a_vendors_own_agent(value: dict[str, Any], expected: dict[str, Any]) -> None:
    """What the vendor itself has under the column's name is not lost."""
    assert expected == of_agent("a", value)


def test_unreadable(raias: dict[str, RaiaMock], tmp_path: Path) -> None:
    """A conversation that cannot be read is named with its agent."""
    raias["second"].faults.add("status", path="/external/conversations/c5/messages", status=500, times=3)
    with no_waiting():
        done = export(clients(raias), tmp_path / "all.jsonl")

    assert ("second: c5",) == tuple(done.unreadable)


@pytest.mark.parametrize("line", [b'{"id": "c1"}', b'{"agent": "first", "id": 5}', b'{"agent": null, "id": "c1"}'])
def test_foreign_lines(raias: dict[str, RaiaMock], tmp_path: Path, line: bytes) -> None:
    """A line without an agent is no line of this file, and neither is one whose agent or id is no text."""
    target = tmp_path / "all.jsonl"
    export(clients(raias), target)
    target.write_bytes(line + b"\n" + target.read_bytes())
    with pytest.raises(causerie.export.ExportError, match="line 1 is not a conversation"):
        export(clients(raias), target, since="last")


def test_command(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Agents of one credential are named one after the other, and those with keys of their own by variables."""
    target = str(tmp_path / "all.jsonl")
    with ConvocoreMock() as mock:
        mock.seed(
            agents=[{"agentId": agent} for agent in AGENTS],
            conversations=[{"agentId": agent, "ID": f"{agent}-1"} for agent in AGENTS],
        )
        monkeypatch.setenv("CONVOCORE_API_KEY", mock.credentials[0])
        monkeypatch.setenv("CONVOCORE_BASE_URL", mock.url)
        done = run(capsys, "export", "convocore", *AGENTS, target)
        piped = run(capsys, "export", "convocore", *AGENTS, "-")
        twice = run(capsys, "export", "convocore", "first", "first", "-")

    assert (0, f"3 conversations in {target}\n", "") == done
    assert (0, Path(target).read_text()) == piped[:2]
    assert AGENTS == [json.loads(line)["agent"] for line in piped[1].splitlines()]
    assert 2 == twice[0]
    assert "'first' is given twice." in twice[2]


@pytest.fixture
def command(raia_mock: RaiaMock, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Serve two agents of raia, each with its key, and return what exports both."""
    raia_mock.seed(conversations=conversations(3))
    for variable, key in zip(["SUPPORT_KEY", "SALES_KEY"], raia_mock.credentials, strict=False):
        monkeypatch.setenv(variable, key)
    monkeypatch.setenv("RAIA_BASE_URL", raia_mock.url)
    monkeypatch.delenv("RAIA_AGENT_SECRET_KEY", raising=False)
    return ["export", "raia", "--agent=support=SUPPORT_KEY", "--agent", "sales=SALES_KEY"]


def test_command_with_keys(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Agents with keys of their own are named with the variables; one that is refused does not lose the others."""
    target = tmp_path / "all.jsonl"
    one = run(capsys, *command[:3], str(tmp_path / "one.jsonl"))
    done = run(capsys, *command, str(target))
    monkeypatch.setenv("SALES_KEY", "the-wrong-key")
    code, out, err = run(capsys, *command, str(tmp_path / "bad.jsonl"))
    piped = run(capsys, *command, "-")

    assert (0, 0, 3) == (one[0], done[0], code)
    assert {"support", "sales"} == {row["agent"] for row in read(target)}
    assert {"support"} == {row["agent"] for row in read(tmp_path / "one.jsonl")}
    assert {"support"} == {row["agent"] for row in read(tmp_path / "bad.jsonl")}
    assert err.startswith("Error: sales: ")
    assert "bad.jsonl lacks conversations of theirs: export again to go on with them" in err
    assert (3, (tmp_path / "bad.jsonl").read_text()) == piped[:2]
    assert "conversations went out; to a file, the same export would go on from there" in piped[2]
    assert "the-wrong-key" not in out + err + piped[2]


@pytest.mark.parametrize("given", ["support", "=SUPPORT_KEY", "support=", "support=sk-secret", "support=secret7"])
def test_command_without_a_variable(command: list[str], capsys: pytest.CaptureFixture[str], given: str) -> None:
    """What is no variable is refused, and not shown: it may be the key itself."""
    code, out, err = run(capsys, *command, "--agent", given, "-")

    assert (2, "") == (code, out)
    assert "the environment variable that holds the agent's key, in capitals: support=SUPPORT_KEY." in err
    assert "secret" not in err


def test_command_with_a_variable_that_is_not_set(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """The variable of the agent is named, as is one whose value is no key."""
    missing = run(capsys, *command, "--agent", "more=MORE_KEY", "-")
    twice = run(capsys, *command, "--agent", "sales=OTHER_KEY", "-")

    assert (3, "", "Error: no credential: set MORE_KEY, or type it at a terminal\n") == missing
    assert (2, True) == (twice[0], "'sales' is given twice." in twice[2])


def test_command_with_a_bad_key(
    command: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A key that no header can hold is named by its variable."""
    monkeypatch.setenv("SALES_KEY", "two\nlines")
    code, _, err = run(capsys, *command, "-")

    assert (3, True) == (code, err.startswith("Error: SALES_KEY: "))
