"""Python names for parameters and properties."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from openapi_python_client.config import Config
from openapi_python_client.parser.properties import Property
from openapi_python_client.schema.untrusted_string import UntrustedString
from openapi_python_client.strings import PythonIdentifier, fix_reserved_words

PREFIX: Final = "field_"
"""The prefix for a name that would not be valid in Python."""


def is_too_long(name: str) -> bool:
    """Return whether no file can have the name of this module, or none beside those that tools keep for it."""
    return len(name.encode()) > _FILE_MAX


_FILE_MAX: Final = 240
"""The bytes in the name of a module: file systems allow 255, of which caches of byte code and types need some."""


def python_name(name: str, given: str | None = None) -> str:
    """Return the name of a parameter or property. It depends on no other name, so a new name never changes it.

    ``given`` is the document's ``x-python-name``.
    """
    return given or str(PythonIdentifier(_spelled(name), prefix=PREFIX))


def value_name(value: str, *, is_spelled: bool = True) -> str:
    """Return the name of an enum value, with the signs of its numbers as words if ``is_spelled``."""
    return str(PythonIdentifier(_spelled(value) if is_spelled else value, prefix="value_")).upper()


def _spelled(text: str) -> str:
    return re.sub(r"(?<![A-Za-z0-9])([+-])(?=\d)", lambda sign: f" {_SIGNS[sign[1]]} ", text)


_SIGNS: Final = {"+": "plus", "-": "minus"}


def letters_of(name: str) -> str:
    """Return the letters and digits of a name, by which openapi-python-client distinguishes properties."""
    return str(PythonIdentifier(name, prefix=PREFIX, skip_snake_case=True))


def is_name(given: str) -> bool:
    """Return whether a parameter or property may have this name."""
    return given.isidentifier() and fix_reserved_words(given) == given and not given.startswith("_")


def function_name(operation_id: str) -> str:
    """Return the name of an operation's function."""
    # Twice, because the name of the module is derived from it in the same way again.
    return str(PythonIdentifier(PythonIdentifier(operation_id, prefix=PREFIX), prefix=PREFIX))


def call(prop: Property, name: str, config: Config) -> None:
    """Set the Python name of a property."""
    if prop.python_name != name:
        prop.set_python_name(UntrustedString(name), config, skip_snake_case=True)


def rename(properties: Iterable[Property], reserved: frozenset[str], config: Config) -> None:
    """Add underscores to names that have another meaning where they are used."""
    properties = [*properties]
    taken = reserved | {prop.python_name for prop in properties}
    for prop in properties:
        if prop.python_name in reserved:
            name = str(prop.python_name)
            while name in taken:
                name += "_"
            taken |= {name}
            call(prop, name, config)
