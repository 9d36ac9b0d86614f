"""A vendor's record: what is known of it where no client is made, such as in the list of commands.

Each vendor has one, ``causerie.<vendor>.vendor``. The vendors are those whose client is generated.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from types import MappingProxyType

import attrs


@attrs.frozen
class Extra:
    """A command of a vendor that is no operation."""

    summary: str
    place: str
    """Where it is: a module of the vendor's folder, and a name in it, as in ``chat:chat``."""


@attrs.frozen
class Filter:
    """What an export can leave to the vendor's list to choose by."""

    summary: str
    """Which conversations are left, as a sentence."""
    kind: type[str | bool | datetime]
    """What its values are."""
    is_lasting: bool = False
    """Whether a conversation that it leaves out stays out, and one that it finds stays in, whatever becomes of it."""


@attrs.frozen
class Export:
    """How ``causerie export`` exports the conversations of a vendor."""

    summary: str
    """What the command does, as its help says it."""
    messages: str
    """What reading messages costs."""
    page_size: int
    """Conversations asked for at a time, unless the caller says otherwise."""
    has_agents: bool
    """Whether the agent has to be named, because a credential opens several."""
    has_concurrency: bool
    """Whether messages take a request for each conversation, so that several may be under way."""
    operations: tuple[str, ...]
    """The operations of the document that read messages."""
    filters: Mapping[str, Filter] = attrs.field(factory=dict)
    """What the list can be filtered by beside the time of changes, by the names that the client's method has."""


@attrs.frozen
class Reading:
    """A tool of ``causerie mcp`` that reads."""

    summary: str
    """What it answers with, in a sentence."""
    parts: Mapping[str, str]
    """The methods that are called, such as ``messages.list``, by the key under which the answer has their results."""


@attrs.frozen
class Vendor:
    """What is known of a vendor before a client of it is made."""

    name: str
    """Its name in paths, commands and variables, in lower case."""
    title: str
    """Its name in sentences."""
    client_name: str
    """The class of the blocking client in ``causerie``."""
    credential: str
    """The variable of the environment that holds the credential."""
    summary: str
    """What its commands are about."""
    has_host: bool = True
    """Whether it has one host for all; otherwise each tenant has its own."""
    commands: Mapping[str, Extra] = attrs.field(factory=dict)
    """Commands beside the operations, by name."""
    export: Export | None = None
    """How its conversations are exported, where they can be listed."""
    tools: Mapping[str, Reading] = attrs.field(factory=dict)
    """What an AI may read of it, by name."""

    def variable(self, name: str) -> str:
        """Return the variable of the environment for a setting, such as ``<VENDOR>_BASE_URL``."""
        return f"{self.name.upper()}_{name.upper()}"


@cache
def vendors() -> Mapping[str, Vendor]:
    """Return the records of all vendors, by name."""
    generated = find_spec("causerie_api")
    folders = generated.submodule_search_locations if generated else None
    names = sorted(module.name for module in iter_modules(folders) if module.ispkg)
    # One that is generated, and has no client yet, has no record.
    known = [name for name in names if find_spec(f"{__package__}.{name}")]
    return MappingProxyType({name: import_module(f"{__package__}.{name}.vendor").VENDOR for name in known})
