"""The columns of a file, from the models: the document's type of a field determines the type of its column.

A column holds only values of its type. Everything else, such as unknown fields or values of other types, goes into the
column ``additionalProperties``, so that nothing is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

import attrs

from causerie_api import schema
from causerie_api.annotations import annotations_of
from causerie_api.jsontext import write
from causerie_api.model import Model

if TYPE_CHECKING:
    from ._sources import Source

#: The column of what fits no other.
REST = "additionalProperties"
#: The column that says whose a row is, where several agents are in one place.
AGENT = "agent"
#: The column of messages that says which conversation they are of.
OF = "conversationId"


class Column(NamedTuple):
    """A column: its type in DuckDB, and a conversion that raises ``ValueError`` for a JSON value that does not fit."""

    type: str
    shape: Callable[[Any], Any]


class Columns:
    """The columns of a model, after that of the agent if there are several."""

    def __init__(self, model: type[Model], *, has_agents: bool = False) -> None:
        models = import_module(model.__module__.rpartition(".")[0])
        self._by_key = {AGENT: _COLUMNS["str"]} if has_agents else {}
        self._by_key |= {
            each.key: _column(annotations_of(model).text(each.name), each.schema, models)
            for each in model._fields.values()
        }

    @property
    def types(self) -> dict[str, str]:
        """The types of the columns, in order."""
        return {**{key: column.type for key, column in self._by_key.items()}, REST: "JSON"}

    def row(self, value: dict[str, Any]) -> dict[str, Any]:
        """Return a JSON object as a row."""
        row: dict[str, Any] = {}
        rest: dict[str, Any] = {}
        for key, each in value.items():
            column = self._by_key.get(key, _UNKNOWN)
            try:
                row[key] = None if each is None and column is not _UNKNOWN else column.shape(each)
            except (TypeError, ValueError, OverflowError, OSError):
                rest[key] = each
        return {**row, REST: rest} if rest else row


class Table(NamedTuple):
    """A table: its columns, and those that identify the conversation of a row."""

    keys: tuple[str, ...]
    columns: Columns


@attrs.frozen
class Content:
    """The content of a file: the conversations of one agent, or of several."""

    source: Source
    """The source of any agent: all agents belong to one vendor."""
    has_agents: bool = False

    def _keys(self, key: str) -> tuple[str, ...]:
        return (AGENT, key) if self.has_agents else (key,)

    @property
    def tables(self) -> dict[str, Table]:
        """The tables by name, with the conversations last."""
        models = {} if self.source.messages is None else {"messages": (OF, self.source.messages)}
        models["conversations"] = (self.source.id_key, self.source.model)
        return {
            name: Table(self._keys(key), Columns(model, has_agents=self.has_agents))
            for name, (key, model) in models.items()
        }

    def key(self, row: Any) -> str:
        """Return the key that identifies a conversation. Raises ``LookupError`` or ``TypeError`` if it is not one."""
        values = [row[name] for name in self._keys(self.source.id_key)]
        if not all(isinstance(each, str) for each in values):
            raise TypeError
        return key_of(*values)

    def message(self, message: dict[str, Any], conversation: dict[str, Any]) -> dict[str, Any]:
        """Return a message as a row of its own."""
        of = conversation[self.source.id_key]
        return {**message, OF: of} if not self.has_agents else of_agent(conversation[AGENT], {**message, OF: of})


def key_of(*values: str) -> str:
    """Return one string for the id of a conversation, or for an agent and the id."""
    return values[0] if len(values) == 1 else write(values).decode()


def of_agent(agent: str, value: Mapping[str, Any]) -> dict[str, Any]:
    """Return a vendor's object with the agent that it belongs to."""
    if AGENT not in value:
        return {AGENT: agent, **value}
    # The vendor has something of its own under that name.
    rest = value.get(REST)
    own = {**(rest if isinstance(rest, dict) else {} if rest is None else {REST: rest}), AGENT: value[AGENT]}
    return {**value, AGENT: agent, REST: own}


def _column(annotation: str, kind: schema.Schema, models: Any) -> Column:
    if kind in (schema.UNIX_SECONDS, schema.UNIX_MILLISECONDS):
        return Column("TIMESTAMP", _unix_time)
    name = annotation.removesuffix(" | Unset").removesuffix(" | None")
    model = getattr(models, name, None)
    if isinstance(model, type) and issubclass(model, str):
        return _COLUMNS["str"]  # an enum: the vendor may add values
    return _COLUMNS.get(name, Column("JSON", _anything))


def _of(*classes: type) -> Callable[[Any], Any]:
    def shape(value: Any) -> Any:
        if value.__class__ not in classes:
            raise TypeError
        return value

    return shape


def _integer(value: Any) -> int:
    if value.__class__ not in {int, float} or value != int(value) or not -(2**63) <= value < 2**63:
        raise ValueError
    return int(value)


def _double(value: Any) -> Any:
    if value.__class__ not in {int, float} or float(value) != value:
        raise ValueError
    return value


def _texts(value: Any) -> list[str | None]:
    if not isinstance(value, list) or not all(each is None or isinstance(each, str) for each in value):
        raise TypeError
    return value


def _date(value: Any) -> str:
    moment = datetime.fromisoformat(value)
    return _timestamp(moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def _unix_time(value: Any) -> str:
    if isinstance(value, bool):
        raise TypeError
    return _timestamp(schema.from_unix_time(value))


def _timestamp(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(" ")


def _anything(value: Any) -> Any:
    return value


_UNKNOWN = Column("", _of())

_COLUMNS = {
    "str": Column("VARCHAR", _of(str)),
    "bool": Column("BOOLEAN", _of(bool)),
    "int": Column("BIGINT", _integer),
    "float": Column("DOUBLE", _double),
    "list[str]": Column("VARCHAR[]", _texts),
    "datetime.datetime": Column("TIMESTAMP", _date),
}
