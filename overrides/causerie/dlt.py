"""A dlt source: loads the conversations of agents and their messages into any destination of dlt.

Needs ``causerie[dlt]``. How far each agent has been read is kept in dlt's state, together with the rows.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, TypedDict

import orjson

from causerie_api.annotations import evaluable
from causerie_api.jsontext import write_readable

from . import _clock
from ._client import SyncExportable
from ._errors import ArgumentError, CauserieError
from ._resource import logger
from .export import ExportPage, pages
from .export._agents import by_agent, ids_of, sources_of, vendor_of
from .export._columns import AGENT, OF, REST, Columns, of_agent
from .export._filters import check_lasting, check_same
from .export._reading import time_of
from .export._sources import Wanted

try:
    import dlt
    from dlt.extract import DltSource
except ModuleNotFoundError as error:
    raise ImportError(
        f'causerie.dlt needs {error.name}: in a checkout of Causerie, pip install ".[dlt]"', name=error.name
    ) from None

if TYPE_CHECKING:
    from typing import Unpack

    from dlt.common.schema.typing import TWriteDispositionConfig
    from dlt.extract import DltResource

    from causerie_api.model import Model
    from causerie_api.request import Request

    from ._vendor import Vendor

__all__ = ["SourceOptions", "source", "unfinished"]

CONVERSATIONS: Final = "conversations"
#: The column that tells dlt that a conversation no longer has any messages.
GONE: Final = "gone"
_TYPES: Final = {
    "VARCHAR": "text",
    "BOOLEAN": "bool",
    "BIGINT": "bigint",
    "DOUBLE": "double",
    "TIMESTAMP": "timestamp",
    "VARCHAR[]": "json",
    "JSON": "json",
}
# dlt writes no JSON of 255 levels, and what reads it may take fewer.
_DEEPEST: Final = 100
_MERGE: Final[TWriteDispositionConfig] = {"disposition": "merge", "strategy": "delete-insert"}
# A century: before it, there is nothing that a run could be late for.
_LAG_MAX: Final = timedelta(days=36_500)


class SourceOptions(TypedDict, total=False):
    """The options of a source."""

    messages: bool
    """Whether to read messages, too; True by default. The vendor's page in the documentation says what they cost."""
    lag: timedelta
    """How much further back than necessary a run looks for changes; zero by default.

    Changes that a vendor's list may show late are read again in any case.
    """
    at_most: int | None
    """The most conversations of each agent in one run, up to the end of a page; all by default.

    The next run continues there.
    """
    requests_per_minute: float | None
    """The limit for the requests of all agents together; by default, as many as the vendor accepts."""
    page_size: int | None
    """Conversations requested at a time, which are held in memory with their messages."""
    concurrency: int
    """Conversations whose messages are requested at the same time; 8 by default."""
    skip_unreadable: bool
    """Whether to skip a conversation that cannot be read, and log a warning that names it."""
    skip_failing: bool
    """Whether to skip an agent that fails, because of a wrong key for example, and log an error that names it.

    If every agent fails, the run raises anyway.
    """
    filters: Mapping[str, Any]
    """Filters for the vendor's list, as for an export that is updated; everything by default."""


@evaluable
def source(agents: Mapping[str, SyncExportable], **options: Unpack[SourceOptions]) -> DltSource:
    """Return a dlt source with the resources ``conversations`` and ``messages`` of these agents.

    ``agents`` are blocking clients of one vendor, by the agent's id if a credential opens several agents, and otherwise
    by a name of your choice. The first run reads everything, and each later run reads what has changed.

    Raises ``ArgumentError``; a run raises the errors of requests, as the cause of dlt's error.
    """
    return _source(agents, **options)


def unfinished(pipeline: dlt.Pipeline, agents: Mapping[str, SyncExportable]) -> list[str]:
    """Return the agents that the pipeline has not loaded completely yet, because of ``at_most`` or a failure."""
    vendor = _vendor_of(agents).name
    resources = pipeline.state.get("sources", {}).get(vendor, {}).get("resources", {})
    return _unfinished(resources.get(CONVERSATIONS, {}).get("agents", {}), agents)


def _unfinished(places: Mapping[str, Any], agents: Mapping[str, Any]) -> list[str]:
    return [agent for agent in agents if agent not in places or places[agent]["position"] is not None]


def _vendor_of(agents: Mapping[str, SyncExportable]) -> Vendor:
    """Return the vendor of these clients. Raises ``ArgumentError``."""
    vendor = vendor_of(agents)
    for agent, client in agents.items():
        if not isinstance(client, SyncExportable):
            raise ArgumentError(
                "agents", f"dlt does not await: give a blocking client for {agent!r}, not {type(client).__name__}"
            )
    return vendor


def _source(
    agents: Mapping[str, SyncExportable],
    *,
    lag: timedelta = timedelta(0),
    at_most: int | None = None,
    requests_per_minute: float | None = None,
    skip_failing: bool = False,
    **options: Any,
) -> DltSource:
    vendor = _vendor_of(agents)
    agents = by_agent(agents)
    if not isinstance(lag, timedelta) or not timedelta(0) <= lag <= _LAG_MAX:
        raise ArgumentError(
            "lag", f"{lag!r} is not a time to look back: give a timedelta of up to {_LAG_MAX.days} days"
        )
    if at_most is not None and (at_most.__class__ is not int or at_most < 1):
        raise ArgumentError("at_most", f"{at_most!r} is not a number of conversations: give 1 or more")
    budget = None if requests_per_minute is None else _Budget(requests_per_minute)
    wanted = Wanted(**options)
    agent_ids = ids_of(agents)
    shown, *_ = sources_of(agents, agent_ids, wanted).values()
    check_lasting(vendor, wanted.filters, "filters", "a later run", "leave them out")

    def read_agent(agent: str, places: dict[str, Any]) -> Iterator[tuple[str, ExportPage]]:
        client = agents[agent] if budget is None else budget.spent_by(agents[agent])
        count = 0
        after = _start(places.get(agent), lag, messages=wanted.messages)
        for page in pages(client, agent_id=agent_ids[agent], after=after, **options):
            # dlt keeps this with what is yielded, in the same load, or neither.
            places[agent] = {**page.place, "messages": wanted.messages}
            if page.unreadable:
                logger.warning("%s: messages cannot be read of %s", agent, ", ".join(page.unreadable))
            yield agent, page
            count += len(page.conversations)
            if at_most is not None and count >= at_most:
                break

    def read_agents() -> Iterator[tuple[str, ExportPage]]:
        places = dlt.current.resource_state(CONVERSATIONS).setdefault("agents", {})
        for place in places.values():
            check_same(wanted.filters, place.get("filters", {}), "give the same ones, or another dataset")
        failures: list[CauserieError] = []
        for group in _groups(places, agents):
            failures.clear()
            for agent in group:
                try:
                    yield from read_agent(agent, places)
                except CauserieError as error:
                    if not skip_failing or isinstance(error, ArgumentError):
                        error.add_note(f"It is about the agent {agent!r}. Nothing of this run is loaded.")
                        raise
                    logger.error("%s is not read: %s", agent, error)
                    failures.append(error)
            if len(failures) < len(group):
                return
        raise failures[-1]

    reading = dlt.resource(read_agents, name="pages", selected=False)
    tables = [_conversations(reading, shown.id_key, shown.model, has_messages=wanted.messages)]
    if shown.messages is not None:
        tables.append(_messages(reading, shown.id_key, shown.messages))
    made = DltSource(dlt.Schema(vendor.name), vendor.name, tables)
    made.max_table_nesting = 0
    made.schema_contract = {"tables": "evolve", "columns": "evolve", "data_type": "freeze"}
    return made


def _groups(places: Mapping[str, Any], agents: Mapping[str, Any]) -> list[list[str]]:
    """Return the agents in groups. A group is only read if all agents of the group before it fail.

    An agent that was interrupted goes first: otherwise the others would be updated again in every run until it is
    complete.
    """
    if not any(places[agent]["position"] is not None for agent in agents if agent in places):
        return [[*agents]]
    first = _unfinished(places, agents)
    others = [agent for agent in agents if agent not in first]
    return [first, others] if others else [first]


def _start(place: Mapping[str, Any] | None, lag: timedelta, *, messages: bool) -> Mapping[str, Any] | None:
    """Return where to begin reading an agent that was loaded this far."""
    if place is None or (messages and not place["messages"]):
        return None  # the messages of what is loaded are missing
    since = time_of(place["since"])
    if place["position"] is not None or since is None:
        return place
    return {**place, "since": (since - lag).isoformat()}


def _conversations(reading: DltResource, key: str, model: type[Model], *, has_messages: bool) -> DltResource:
    columns = _Columns(model, key)

    def rows(item: tuple[str, ExportPage]) -> list[dict[str, Any]]:
        agent, page = item
        own = ("messages",) if has_messages else ()
        return [columns.row(agent, {name: row[name] for name in row if name not in own}) for row in page.conversations]

    table = dlt.transformer(rows, data_from=reading, name=CONVERSATIONS)
    return table.apply_hints(columns=columns.hints, primary_key=(AGENT, key), write_disposition=_MERGE)


def _messages(reading: DltResource, key: str, model: type[Model]) -> DltResource:
    columns = _Columns(model, OF)
    hints = {**columns.hints, GONE: {"data_type": "bool", "nullable": True, "hard_delete": True}}

    def rows(item: tuple[str, ExportPage]) -> Iterator[list[dict[str, Any]]]:
        agent, page = item
        for conversation in page.conversations:
            of = conversation[key]
            made = [columns.row(agent, {**message, OF: of}) for message in conversation["messages"]]
            if not made and of not in page.unreadable:
                made = [{**columns.row(agent, {OF: of}), GONE: True}]
            yield made

    # A message has no id at every vendor. Those of a conversation that was read again take the place of the old ones.
    table = dlt.transformer(rows, data_from=reading, name="messages")
    return table.apply_hints(columns=hints, merge_key=(AGENT, OF), write_disposition=_MERGE)


class _Columns:
    """The columns of a table for dlt: those of an export, and the agent of a row."""

    def __init__(self, model: type[Model], key: str) -> None:
        self._columns = Columns(model, has_agents=True)
        types = self._columns.types
        self._times = [name for name, type_ in types.items() if type_ == "TIMESTAMP"]
        self._nested = [name for name, type_ in types.items() if type_ == "JSON"]
        self.hints: dict[str, Any] = {
            name: {"data_type": _TYPES[type_], "nullable": name not in (AGENT, key)} for name, type_ in types.items()
        }

    def row(self, agent: str, value: dict[str, Any]) -> dict[str, Any]:
        # Half an emoji, and numbers of more than 64 bits, are what neither dlt nor most destinations take.
        shaped = self._columns.row(of_agent(agent, value))
        row: dict[str, Any] = orjson.loads(write_readable(_shallow(shaped, _DEEPEST)))
        # To dlt, a text is not JSON: it would make a column more for it.
        flat = {name: row.pop(name) for name in self._nested if not isinstance(row.get(name, {}), dict | list | None)}
        if flat:
            row[REST] = {**row.get(REST, {}), **flat}
        for name in self._times:
            if row.get(name) is not None:
                row[name] = datetime.fromisoformat(row[name]).replace(tzinfo=UTC)
        return row


def _shallow(value: Any, left: int) -> Any:
    """Return a JSON value with deeper levels replaced by their JSON text."""
    if not isinstance(value, dict | list):
        return value
    if not left:
        return write_readable(value).decode()
    if isinstance(value, dict):
        return {name: _shallow(each, left - 1) for name, each in value.items()}
    return [_shallow(each, left - 1) for each in value]


class _Budget:
    """Limits how many requests are sent per minute, one after the other."""

    def __init__(self, requests_per_minute: float) -> None:
        if not isinstance(requests_per_minute, int | float) or not 0 < requests_per_minute < math.inf:
            problem = f"{requests_per_minute!r} is not a number of requests: give a positive one"
            raise ArgumentError("requests_per_minute", problem)
        self._gap = 60 / requests_per_minute
        self._next = 0.0
        self._lock = Lock()

    def spent_by(self, client: SyncExportable) -> SyncExportable:
        """Return a view of the client whose requests wait for this limit."""
        hook = client._driver.options.on_request

        def wait(request: Request[Any, Any]) -> None:
            with self._lock:
                now = _clock.now()
                turn = max(now, self._next)
                self._next = turn + self._gap
            _clock.sleep(turn - now)
            if hook is not None:
                hook(request)

        return client.with_options(on_request=wait)
