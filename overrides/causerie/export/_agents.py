"""Several agents in one export: their names, the rows of each, and how far each has been read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

import attrs

from causerie_api.jsontext import read, write
from causerie_api.jsonvalue import printable, shortened

from .._client import AsyncExportable
from .._errors import ArgumentError, CauserieError
from ._columns import key_of, of_agent
from ._errors import AgentsError, ExportError
from ._exported import Exported
from ._reading import check_exportable, source_of
from ._stage import Checkpoint, Row

if TYPE_CHECKING:
    from .._client import Exportable
    from .._vendor import Vendor
    from ._sources import Source, Wanted
    from ._stage import Stage

# What a checkpoint says of reading; the rest is said once, for all agents together.
_OWN: Final = ("position", "began", "since", "newest", "gone", "unreadable")


def by_agent(client: Any) -> dict[Any, Any]:
    """Return the clients by agent; None is the agent of a single client. Raises ``ArgumentError``."""
    if isinstance(client, Mapping):
        vendor_of(client)
        return {str.__str__(agent): each for agent, each in client.items()}  # a member of an enum is no key of JSON
    check_exportable(client)
    return {None: client}


def vendor_of(agents: Mapping[str, Exportable]) -> Vendor:
    """Return the vendor whose clients these are, by agent. Raises ``ArgumentError``."""
    if not isinstance(agents, Mapping) or not agents:
        raise ArgumentError(
            "agents", f'{shortened(agents)} names no agent: give a client by agent, as {{"support": client}}'
        )
    for agent, client in agents.items():
        if not isinstance(agent, str) or not agent or printable(agent) != agent:
            raise ArgumentError("agents", f"{agent!r} is not the id or the name of an agent")
        check_exportable(client)
    if len({isinstance(client, AsyncExportable) for client in agents.values()}) > 1:
        raise ArgumentError("agents", "some of their clients block, and some are for asyncio: give one kind")
    named = {client._vendor.name: client._vendor for client in agents.values()}
    if len(named) > 1:
        raise ArgumentError(
            "agents", f"they are of {' and '.join(sorted(named))}: take each vendor by itself, to a place of its own"
        )
    return next(iter(named.values()))


def ids_of(clients: Mapping[Any, Exportable], agent_id: str | None = None) -> dict[Any, str | None]:
    """Return the id by which a client requests each agent; None if its credential has only one agent.

    Raises ``ArgumentError`` for an id if the agents are already named.
    """
    if None in clients:
        return {None: agent_id}
    if agent_id is not None:
        raise ArgumentError("agent_id", "the agents are named already, each with its client: leave it out")
    return {agent: agent if _has_agents(client) else None for agent, client in clients.items()}


def sources_of(clients: Mapping[Any, Exportable], ids: Mapping[Any, str | None], wanted: Wanted) -> dict[Any, Source]:
    """Return the sources to read, by agent. Raises ``ArgumentError``."""
    return {agent: source_of(client, ids[agent], wanted) for agent, client in clients.items()}


def _has_agents(client: Exportable) -> bool:
    kind = client._vendor.export
    return kind is not None and kind.has_agents


def error_of(failures: Mapping[Any, CauserieError], sentence: str, exported: Exported | None) -> CauserieError:
    """Return the error for an export in which agents failed. ``sentence`` says what happened to the rest."""
    if None in failures:
        return failures[None]
    listed = "; ".join(f"{agent}: {failure}" for agent, failure in failures.items())
    error = AgentsError(f"{listed}. {sentence}", failures, exported)
    error.__cause__ = next(iter(failures.values()))
    return error


def differences(found: Mapping[str, Any], wanted: Mapping[str, Any], *, is_update: bool = False) -> str:
    """Return the differences between two exports in words, or an empty string.

    A new agent is not a difference, because it is read from the beginning; and an update may cover only some of the
    agents.
    """
    if ("agents" in found) != ("agents" in wanted):
        kinds = "several agents, and this one of one" if "agents" in found else "one agent, and this one of several"
        return f"it is of {kinds}"
    old, new = _flat(found), _flat(wanted)
    free = (new.keys() - old) | (old.keys() - new if is_update else set())
    names = [
        name
        for name in {**old, **new}
        if old.get(name) != new.get(name) and not (name.startswith("agent ") and name in free)
    ]
    return f"it differs in {', '.join(names)}" if names else ""


def _flat(about: Mapping[str, Any]) -> dict[str, Any]:
    agents = {f"agent {agent}": whose for agent, whose in about.get("agents", {}).items()}
    return {**{name: value for name, value in about.items() if name != "agents"}, **agents}


def marked(agent: str, row: Row) -> Row:
    """Return a row in the form that it has among the rows of several agents."""
    return attrs.evolve(row, id=key_of(agent, row.id), json=write(of_agent(agent, read(row.json))))


def named(agent: str | None, ids: Iterable[str]) -> list[str]:
    """Return ids of an agent's conversations in the form that they have among those of several agents."""
    return [*ids] if agent is None else [f"{agent}: {id_}" for id_ in ids]


def note(checkpoint: Checkpoint, whose: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Store in the common checkpoint how far one agent has been read.

    ``whose`` identifies the agent. It is stored only after something was read, because a wrong key reads nothing.
    """
    return {**{name: getattr(checkpoint, name) for name in _OWN}, "whose": whose}


def known(stage: Stage) -> dict[str, Any]:
    """Return which agent each part of the stage belongs to."""
    return {agent: each["whose"] for agent, each in stage.checkpoint.agents.items() if each["whose"] is not None}


class Part:
    """The part of a stage that belongs to one agent."""

    def __init__(self, stage: Stage, agent: str, whose: Mapping[str, Any]) -> None:
        self.failure: ExportError | None = None
        """What the stage has raised, which is no failure of the agent."""
        self._stage = stage
        self._agent = agent
        self._whose = whose

    @property
    def checkpoint(self) -> Checkpoint:
        """How far the agent has been read."""
        found = self._stage.checkpoint.agents[self._agent]
        return Checkpoint(**{name: found[name] for name in _OWN})

    def add(self, rows: Iterable[Row], checkpoint: Checkpoint) -> None:
        """Store a page."""
        all_ = self._stage.checkpoint
        made = attrs.evolve(all_, agents={**all_.agents, self._agent: note(checkpoint, self._whose)})
        try:
            self._stage.add([marked(self._agent, row) for row in rows], made)
        except ExportError as error:
            self.failure = error
            raise

    def has(self, key: str, version: str) -> bool:
        """Return whether this version of the conversation is stored."""
        return self._stage.has(key_of(self._agent, key), version)

    def __len__(self) -> int:
        return len(self._stage)
