"""The suite's knowledge of a vendor that its document does not have; every part of it is optional."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import attrs

from causerie_spec import record
from causerie_spec.pointer import Pointer, look

from ._removals import Removal
from ._segment import fits
from ._writes import Write, ids

if TYPE_CHECKING:
    from ._oracle._base import Base
    from ._oracle._machine import Machine


@attrs.frozen(kw_only=True)
class Adaptation:
    """How a generated request of one operation becomes one that the vendor can accept."""

    #: By field of the body: makes of its text, and a number that no other request has, another text.
    fields: Mapping[str, Callable[[str, int], str]] = attrs.field(factory=dict)
    #: By query parameter: the text that takes the place of any other.
    query: Mapping[str, str] = attrs.field(factory=dict)
    #: Query parameters with which hardly any request can be accepted. One request of three keeps them, for the refusal
    #: is documented.
    rare: Sequence[str] = ()
    #: Fields of the body that name what no operation shows: a server that is no mock may refuse any value.
    unknown: Sequence[str] = ()
    #: Puts what the vendor needs, and the schema does not ask for, into a body.
    complete: Callable[[dict[str, Any]], None] = lambda _: None


@attrs.frozen(kw_only=True)
class Vendor:
    """One vendor. The keys of every mapping are operationIds."""

    #: How generated requests become such as can be accepted.
    requests: Mapping[str, Adaptation] = attrs.field(factory=dict)
    #: Makes things on a server that may not have those of the document's examples, by asking with method, path and
    #: body. Yields what names them, by parameter or field, such as "path.userId" or "body.userId".
    stand_ins: Callable[[Callable[[str, str, Any], Any]], Iterable[Mapping[str, str]]] | None = None
    #: Where answers have ids for the paths of other operations: the path parameter, the place of the items, and that of
    #: the id in an item. Operations that read are asked with these, for nobody knows whose they are.
    ids: Mapping[str, Sequence[tuple[str, Pointer, Pointer]]] = attrs.field(factory=dict)
    #: For live runs: what an operation that reads has to be given: one of these parameters, or an id that one of these
    #: operations makes.
    needs: Mapping[str, tuple[Sequence[str], Sequence[str]]] = attrs.field(factory=dict)
    #: Query parameters that name people.
    personal: frozenset[str] = frozenset()
    #: What a live run may write, and how what it makes is removed.
    writes: Mapping[str, Write] = attrs.field(factory=dict)
    removals: Sequence[Removal] = ()
    #: Operations that read and, by being called, bring an answer nearer.
    polls: frozenset[str] = frozenset()
    #: What bad requests are made of, and the model of the vendor's behaviour.
    oracle: tuple[Base, type[Machine]] | None = None

    def named(self, operation: str, answer: Any) -> Iterator[tuple[str, str]]:
        """Yield the ids for paths that stand in an answer of `operation`, each with its parameter."""
        for parameter, items, id_at in self.ids.get(operation, ()):
            with contextlib.suppress(ValueError, LookupError, TypeError):
                yield from ((parameter, each) for each in ids(look(answer, items), id_at) if fits(each))


@functools.cache
def vendor_of(name: str) -> Vendor:
    """Return the record in the folder of that name, or an empty one if there is none."""
    found: Vendor | None = record("causerie_contract", name)
    return found or Vendor()
