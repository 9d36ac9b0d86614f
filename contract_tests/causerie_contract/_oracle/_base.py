"""The good requests from which bad requests are made."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import attrs

from causerie_spec.fault import Fault
from causerie_spec.pointer import Pointer

from ._answer import Answer
from ._kept import Kept
from ._promise import Promise
from ._session import Session


@attrs.frozen
class Base:
    """The starting point for the sweep of one vendor."""

    #: Make what requests are about, and note values for the parameters of paths, and more. What a step cannot make, for
    #: the server lacks an operation, the later ones go on without.
    ready: Sequence[Callable[[Session, dict[str, str]], None]]
    #: Good bodies by operation.
    bodies: Callable[[Mapping[str, str]], Mapping[str, list[Any]]]
    #: The operations that show whether a request to a place with the same parameters has changed something, and the
    #: part of their answers that shows it.
    watched: Mapping[str, Pointer]
    #: Operations that may change it although their paths do not lead there.
    reaching: Collection[str] = attrs.field(default=(), kw_only=True)
    #: The status of a request without its credential, and the promise of it.
    locked: tuple[int, Promise]
    #: What every error answer has, whatever is wrong.
    error: Callable[[Session, Answer], None]
    #: Texts of this length are tried too, by property.
    lengths: Mapping[str, int] = attrs.field(factory=dict[str, int])
    #: Good queries by operation, where an empty query is not a good one.
    queries: Mapping[str, Mapping[str, str]] = attrs.field(factory=dict[str, Mapping[str, str]])
    #: By operation the parameters and properties of which the server knows more than any schema can say: it may refuse
    #: what the document allows.
    judged: Mapping[str, Collection[str]] = attrs.field(factory=dict[str, Collection[str]])
    #: By operation the properties that name something: a server that is no mock may know what it has, and nothing else.
    referring: Mapping[str, Collection[str]] = attrs.field(factory=dict[str, Collection[str]])
    #: By operation and judged parameter the values that the server has no reason of its own to refuse.
    sure: Mapping[tuple[str, str], Collection[str]] = attrs.field(factory=dict[tuple[str, str], Collection[str]])
    #: The operations that the model sends to a server that is no mock only for people whom it may reach.
    personal: Collection[str] = ()
    #: The second tenant's own values for the parameters of paths.
    theirs: Mapping[str, str] = attrs.field(factory=dict[str, str])
    #: What is shown again of what operations write.
    kept: Sequence[Kept] = ()
    #: Makes of a good body another one, for operations that take each only once.
    fresh: Callable[[Session], Callable[[str, Any], Any]] = lambda _: lambda _, body: body


@attrs.frozen
class Probe:
    """A request that server and document must judge in the same way, and the document's judgement."""

    operation: str
    #: What is tried, such as `query name` or `body /name`.
    where: str
    query: Mapping[str, str]
    body: Any
    #: The schema of what is tried.
    described: Pointer | None
    fault: Fault | None
    #: Whether it differs from a good request only in how often an item is there.
    is_repeated: bool = False
