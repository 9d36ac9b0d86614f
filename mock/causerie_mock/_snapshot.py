"""Converts a vendor's state to JSON and back."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol, get_args, get_origin

from ._store import Store
from ._vendor import World

if TYPE_CHECKING:
    from cattrs import Converter


class State(Protocol):
    """The state of any vendor."""

    @property
    def world(self) -> World:
        """The world in which it was made."""
        ...

    #: An attrs object that holds all that requests and seeds have changed.
    memory: Any

    def adopt(self, memory: Any) -> None:
        """Continue with another state's memory. Raises `ValueError` for a record that the document does not allow."""
        ...


def dump(state: State) -> dict[str, Any]:
    """Return data from which `load` makes another state with the same seed answer every request as `state` would."""
    # behaviour: state-has-everything-else
    whole = {"ids": state.world.ids.made, "memory": _converter().unstructure(state.memory)}
    # Records are not converted, so they are copied: a caller's changes must not reach the state.
    copied: dict[str, Any] = json.loads(json.dumps(whole))
    return copied


def load(state: State, data: Mapping[str, Any]) -> None:
    """Restore `state` from the `data` of `dump`. Raises `ValueError`, and changes nothing, for any other data."""
    from cattrs import BaseValidationError, transform_error  # noqa: PLC0415 (as in _converter)

    try:
        made, given = _natural(data["ids"]), json.loads(json.dumps(data["memory"]))
        memory = _converter().structure(given, type(state.memory))
    except BaseValidationError as error:
        reasons = transform_error(error, path="memory")
        raise ValueError(f"The state cannot be read: {reasons[0][:200]}.") from None
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError(f"The state cannot be read: {error!r}.") from None
    state.adopt(memory)
    state.world.ids.made = made


@functools.cache
def _converter() -> Converter:
    # Imported on first use: most tests save nothing, and should not wait for it.
    from cattrs import Converter  # noqa: PLC0415

    converter = Converter(forbid_extra_keys=True)
    for simple in (str, int):
        converter.register_structure_hook(simple, _exactly)
    converter.register_structure_hook_func(lambda kind: kind == dict[str, Any], _object)
    converter.register_unstructure_hook_func(lambda kind: kind == dict[str, Any], lambda record: record)
    converter.register_structure_hook(datetime, _instant)
    converter.register_unstructure_hook(datetime, datetime.isoformat)
    converter.register_structure_hook_factory(_is_store, functools.partial(_store_reader, converter))
    converter.register_unstructure_hook_factory(_is_store, functools.partial(_store_writer, converter))
    return converter


def _natural(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise TypeError(f"ids is {value!r}")
    return value


def _exactly(value: Any, kind: type) -> Any:
    if type(value) is not kind:
        raise TypeError(f"{value!r} is not a {kind.__name__}")
    return value


def _object(value: Any, _: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TypeError(f"{value!r} is not an object")
    return value


def _instant(value: Any, _: Any) -> datetime:
    instant = datetime.fromisoformat(value)
    if instant.tzinfo is None:
        raise ValueError(f"{value} has no time zone")
    return instant


def _is_store(kind: Any) -> bool:
    return get_origin(kind) is Store


def _store_writer(converter: Converter, kind: Any) -> Callable[[Store[Any]], dict[str, Any]]:
    (content,) = get_args(kind)

    def write(store: Store[Any]) -> dict[str, Any]:
        records = {key: converter.unstructure(record, content) for key, record in store.items()}
        return {"limit": store.limit, "seeded": sorted(store.seeded & store.keys()), "records": records}

    return write


def _store_reader(converter: Converter, kind: Any) -> Callable[[Any, Any], Store[Any]]:
    (content,) = get_args(kind)

    def read(value: Any, _: Any) -> Store[Any]:
        limit, seeded = value["limit"], value["seeded"]
        records = {key: converter.structure(record, content) for key, record in value["records"].items()}
        if not len(seeded) < limit or not records.keys() >= set(seeded):
            raise ValueError("limit, seeded and records disagree")
        # They are in order of arrival, with the seeded ones first.
        store: Store[Any] = Store({key: records[key] for key in records if key in seeded}, limit=limit)
        store.update(records)
        return store

    return read
