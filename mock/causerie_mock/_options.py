"""The options of a vendor that a test may set, with their values and their purpose."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from typing import Any

import attrs


@attrs.frozen
class Kind:
    """The values that an option may have."""

    #: In words that can follow "give".
    values: str
    #: Returns whether an option may have a value.
    has: Callable[[Any], bool]
    #: Returns the value of a text from the command line, or the text itself if it has none.
    read: Callable[[str], Any]

    def check(self, name: str, value: Any) -> None:
        """Raise `ValueError`, with the option's `name`, unless the option may have `value`."""
        if not self.has(value):
            raise ValueError(f"{name} is {value!r}; give {self.values}.")


@attrs.define
class Options:
    """Options, which a test may set at any time.

    Each vendor has a subclass: an attrs class whose fields have `about` as their metadata. Raises `ValueError` for an
    invalid value, at the latest when it is used.
    """

    def __attrs_post_init__(self) -> None:
        self.check()

    def check(self) -> None:
        """Raise `ValueError` with the name and the value of an option that is invalid."""
        for field in attrs.fields(type(self)):
            field.metadata["kind"].check(field.name, getattr(self, field.name))

    def change(self, values: Mapping[str, Any]) -> None:
        """Set all options to values from JSON, or none. Raises `ValueError` with the option's name and what to do."""
        for name, value in values.items():
            values_of(type(self), name).check(name, value)
        for name, value in values.items():
            setattr(self, name, value)


def about(kind: Kind, purpose: str) -> dict[str, Any]:
    """Return the metadata of an option's field: the kind of its values, and its `purpose` as a sentence."""
    return {"kind": kind, "purpose": purpose}


def portable(options: type[Options]) -> dict[str, tuple[Kind, str]]:
    """Return the options that can be set without Python, with their values and purposes."""
    described = {field.name: (field.metadata["kind"], field.metadata["purpose"]) for field in attrs.fields(options)}
    return {name: (kind, purpose) for name, (kind, purpose) in described.items() if kind is not FUNCTION}


def values_of(options: type[Options], name: str) -> Kind:
    """Return the values of an option. Raises `ValueError` for an unknown option, and for one that needs Python."""
    choices = portable(options)
    if name in choices:
        return choices[name][0]
    if any(field.name == name for field in attrs.fields(options)):
        raise ValueError(f"{name} is a function; set it in Python, on the mock's options.")
    raise ValueError(f"There is no option {name!r}; choose from {', '.join(choices)}.")


def plain(value: Any) -> Any:
    """Return an option's value as JSON, or its Python form as text if JSON has no such value."""
    try:
        return json.loads(json.dumps(value, allow_nan=False, default=list))
    except (TypeError, ValueError):
        return repr(value)


def choice(*choices: str) -> Kind:
    """Return the kind whose values are these texts."""
    return Kind(" or ".join(map(repr, choices)), lambda value: isinstance(value, str) and value in choices, str)


def optional(kind: Kind) -> Kind:
    """Return the kind with the values of `kind` and None."""
    return Kind(
        f"{kind.values}, or None",
        lambda value: value is None or kind.has(value),
        lambda text: None if text.lower() in {"none", "null"} else kind.read(text),
    )


def _is_seconds(value: Any) -> bool:
    return type(value) in {int, float} and not math.isnan(value) and value >= 0


def _read_seconds(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text


FLAG = Kind(
    "True or False",
    lambda value: value is True or value is False,
    lambda text: {"true": True, "false": False}.get(text.lower(), text),
)
COUNT = Kind(
    "a whole number, 0 or more",
    lambda value: type(value) is int and value >= 0,
    lambda text: int(text) if text.isdecimal() else text,
)
SECONDS = Kind("a number of seconds, 0 or more", _is_seconds, _read_seconds)
TEXTS = Kind(
    "a list of texts",
    lambda value: isinstance(value, tuple | list | set | frozenset) and all(isinstance(each, str) for each in value),
    lambda text: [each.strip() for each in text.split(",") if each.strip()],
)
FUNCTION = Kind("a function", callable, str)
