"""A vendor's record: the facts that are needed without a client, such as in the list of commands.

Each vendor has one, ``causerie.<vendor>.vendor``. The vendors are those with a generated client.
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
    """A command of a vendor that is not an operation."""

    summary: str
    place: str
    """Where it is defined: a module of the vendor's folder, and a name in it, as in ``chat:chat``."""


@attrs.frozen
class Filter:
    """A filter that an export passes to the vendor's list."""

    summary: str
    """Which conversations remain, as a sentence."""
    kind: type[str | bool | datetime]
    """The type of its values."""
    is_lasting: bool = False
    """Whether the same conversations always match, however they change."""


@attrs.frozen
class Export:
    """How ``causerie export`` exports the conversations of a vendor."""

    summary: str
    """What the command does, for its help."""
    messages: str
    """What reading messages costs."""
    page_size: int
    """Conversations requested at a time, unless the caller says otherwise."""
    has_agents: bool
    """Whether the agent must be named, because a credential opens several."""
    has_concurrency: bool
    """Whether messages need a request for each conversation, so that several may run at once."""
    operations: tuple[str, ...]
    """The operations of the document that read messages."""
    filters: Mapping[str, Filter] = attrs.field(factory=dict)
    """The filters of the list other than the time of changes, under the names of the client's method."""


@attrs.frozen
class Reading:
    """A tool of ``causerie mcp`` that only reads."""

    summary: str
    """What it returns, in a sentence."""
    parts: Mapping[str, str]
    """The methods that it calls, such as ``messages.list``, by the key for their result in the answer."""


@attrs.frozen
class Vendor:
    """The facts about a vendor that are needed before a client of it is created."""

    name: str
    """Its name in paths, commands and variables, in lower case."""
    title: str
    """Its name in sentences."""
    client_name: str
    """The class of the blocking client in ``causerie``."""
    credential: str
    """The environment variable that holds the credential."""
    summary: str
    """What its commands are about."""
    has_host: bool = True
    """Whether all tenants share one host; otherwise, each tenant has its own."""
    commands: Mapping[str, Extra] = attrs.field(factory=dict)
    """Commands other than the operations, by name."""
    export: Export | None = None
    """How its conversations are exported, if they can be listed."""
    tools: Mapping[str, Reading] = attrs.field(factory=dict)
    """The tools through which an AI may read, by name."""

    def variable(self, name: str) -> str:
        """Return the environment variable for a setting, such as ``<VENDOR>_BASE_URL``."""
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
