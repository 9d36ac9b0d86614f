"""Compares our document with the one that a vendor publishes, and explains the known differences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Literal

import attrs

from .cause import causes, last
from .difference import MISSED, NAME, Difference, words
from .documents import entries, folder
from .evidence import Evidence, evidence
from .inventory import Inventory, Item
from .move import Move
from .pointer import Pointer, spell
from .scope import LeftOut, scope
from .seen import Seen, fresh, gone, line
from .stranger import Operation, Stranger, Unreadable
from .tidy import tidy
from .walk import Walk

Side = Literal["theirs only", "ours only", "contradiction", "unread"]

#: Aspects that concern only our document: names that are never sent, and keywords that only our generator reads.
_OURS = frozenset({"component", "operationId", "tags", "argument", "x-unit", "fields", NAME, "x-enum-varnames"})
#: Kinds of parts that only their document may have, without `required`.
_THEIRS = frozenset({"field", "parameter", "header", "status", "body"})
_LISTS = frozenset({"enum", "media type", "server"})


@attrs.frozen
class Known:
    """An entry of spec/drift/{vendor}.yaml: differences that were examined, and the decision about them.

    `*` in a text stands for anything; fields that are left out match everything.
    """

    reason: str
    side: str = "*"
    aspect: str = "*"
    where: str = "*"
    ours: str = "*"
    theirs: str = "*"

    def matches(self, found: Drift) -> bool:
        """Return whether the entry covers `found`."""
        pairs = [
            (self.side, found.side),
            (self.aspect, found.first.aspect),
            (self.where, found.first.where),
            (self.ours, words(found.first.before)),
            (self.theirs, words(found.first.after)),
        ]
        return all(re.fullmatch(re.escape(glob).replace(r"\*", ".*"), text, re.DOTALL) for glob, text in pairs)

    def __str__(self) -> str:
        """Return the entry without its reason."""
        return f"{self.side}, {self.aspect}, {self.where}, ours {self.ours}, theirs {self.theirs}"


@attrs.frozen
class Drift:
    """Differences with one cause."""

    vendor: str
    side: Side
    first: Difference
    #: The affected operations: method and path.
    operations: tuple[str, ...]
    #: The evidence of our side; None if our document has no such part.
    evidence: Evidence | None
    reason: str | None = None
    #: The other places of a new difference.
    also: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return the difference in one line."""
        return str(self.first)

    @property
    def entry(self) -> dict[str, Any]:
        """Return the difference as an entry of a JSON report."""
        return {
            "vendor": self.vendor,
            "side": self.side,
            "where": self.first.where,
            "also": list(self.also),
            "aspect": self.first.aspect,
            "ours": self.first.before,
            "theirs": self.first.after,
            "pointer": spell(self.first.pointer) if self.first.pointer else None,
            "evidence": None if self.evidence is None else str(self.evidence),
            "operations": list(self.operations),
            "reason": self.reason,
        }


@attrs.frozen
class Comparison:
    """The result of a comparison."""

    #: The known differences, followed by the new ones.
    drifts: tuple[Drift, ...]
    #: Entries that no longer match anything.
    stale: tuple[Known | LeftOut, ...]
    #: Their operations that our document leaves out.
    out: tuple[Operation, ...]
    #: The accepted lines that no longer occur.
    gone: tuple[str, ...] = ()
    #: The differences to accept: all except those that no entry covers.
    seen: tuple[Item, ...] = ()

    @property
    def new(self) -> tuple[Drift, ...]:
        """The differences that no entry explains."""
        return tuple(each for each in self.drifts if each.reason is None)


def compare(  # noqa: PLR0917 -- two documents, and what is known of their differences
    vendor: str,
    ours: dict[str, Any],
    theirs: dict[str, Any],
    known: tuple[Known, ...],
    left_out: tuple[LeftOut, ...] = (),
    seen: Seen | None = None,
) -> Comparison:
    """Return every difference between two documents of `vendor`, with the reason of the first entry that covers it.

    `theirs` may be any document: only the operations that `ours` has are read, with the parts to which they refer.
    Parts that cannot be read are differences too. So are operations that `ours` does not have, unless an entry of
    `left_out` names them. If `seen` is given, any difference that is not in it is new, even if an entry covers it: an
    entry may cover more than existed when it was written, and nothing nested below a part that only theirs has.
    """
    stranger = Stranger(theirs)
    found = scope(ours, stranger, left_out)
    tidied = tidy(stranger, found)
    misses = [_miss(each, ()) for each in found.unread]
    misses += [_miss(each, place) for place, some in tidied.unread.items() for each in some]
    walk = Walk(ours, tidied.document)
    by_cause = dict[tuple[str, str, str, str], list[Difference]]()
    for difference in [*misses, *_moved(found.moved), *walk.run()]:
        if difference.aspect not in _OURS:
            by_cause.setdefault(difference.cause, []).append(difference)
    inventory = Inventory(tidied.document)
    below = dict[tuple[str, str, str, str], list[Item]]()
    for above, places in walk.ends:
        below.setdefault(above.cause, []).extend(inventory.below(above, places))
    drifts, items, used = list[Drift](), list[Item](), set[Known]()
    unknown = list[Difference]()
    for cause, group in by_cause.items():
        drift = _drift(vendor, ours, group)
        knowing = [entry for entry in known if entry.matches(drift)]
        used.update(knowing)
        item = Item(group[0], tuple(below.get(cause, ())))
        if knowing and (seen is None or line(item) in seen):
            drifts.append(attrs.evolve(drift, reason=knowing[0].reason))
        else:
            unknown += group
        items += [item] if knowing else []
    if seen is not None:
        unknown += [each.said for item in items if line(item) in seen for each in fresh(item.below, seen[line(item)])]
    news = [_drift(vendor, ours, group) for group in causes(unknown)]
    lost = () if seen is None else tuple(_lost(gone(items, seen), seen, news, walk.reached))
    stale: list[Known | LeftOut] = [*(entry for entry in known if entry not in used), *found.stale]
    return Comparison((*drifts, *news), tuple(stale), found.out, lost, tuple(items))


def triage(vendor: str, path: Path | None = None) -> tuple[Known, ...]:
    """Read the entries in spec/drift/{vendor}.yaml, or in the file at `path`; none if there is no file.

    Raises `ValueError` that names the malformed entry.
    """
    known = list[Known]()
    names = [each.name for each in attrs.fields(Known)]
    for place, entry in entries(path or folder() / "drift" / f"{vendor}.yaml"):
        if not isinstance(entry, dict) or not entry.get("reason") or entry.keys() - {*names}:
            raise ValueError(f"{place} needs a reason, and of {', '.join(names)} no other keys, unlike {entry}.")
        known.append(Known(**{key: str(value) for key, value in entry.items()}))
    return tuple(known)


def _drift(vendor: str, ours: dict[str, Any], group: list[Difference]) -> Drift:
    first, *others = group
    operations = tuple(dict.fromkeys(each.operation for each in group if each.operation))
    promise = evidence(ours, first.pointer) if first.pointer else None
    also = tuple(dict.fromkeys(each.where for each in others if each.where != first.where))
    return Drift(vendor, _side(first), first, operations, promise, also=also)


def _lost(lines: Iterable[str], seen: Seen, news: list[Drift], reached: set[str]) -> Iterator[str]:
    """Yield the `lines` that are gone, except those that one of `news` already explains."""
    said, below = set[tuple[str, str]](), set[tuple[str, str]]()
    for each in news:
        aspect = each.first.aspect.removeprefix("required ")
        said |= {(where, aspect) for where in (each.first.where, *each.also)}
        below.add((last(each.first.where), aspect))
    for text in lines:
        where, _, rest = text.partition(": ")
        aspect = rest.partition(",")[0].removeprefix("required ")
        name = last(where), rest
        if not said.isdisjoint({(where, aspect), (where, "type"), (where, "field")}) or name in below:
            continue
        # Below a part that only theirs has, a schema is reported again wherever it is used.
        around = {where, *(_owners(where) if aspect in _THEIRS and ", ours absent, " in rest else ())}
        if (not news or not around.isdisjoint(reached)) if text in seen else (last(where), aspect) not in below:
            below.add(name)
            yield text


def _owners(where: str) -> set[str]:
    """Return the places that may contain a field, status, body, parameter or header."""
    return {where.rpartition(".")[0], where.rpartition(" ")[0], where.rsplit(" ", 2)[0]}


def _moved(found: Move | None) -> list[Difference]:
    if found is None:
        return []
    return [Difference("", str(found), "path", str(found), str(Move(found.theirs, ())), sent=True, pointer=())]


def _miss(each: Unreadable, operation: Pointer) -> Difference:
    name = f"{str(operation[2]).upper()} {operation[1]}" if operation else ""
    return Difference(name, spell(each.place), MISSED, None, str(each), sent=True, pointer=operation)


def _side(each: Difference) -> Side:
    if each.aspect == MISSED:
        return "unread"
    before, after = each.before, each.after
    if each.aspect in _LISTS and before is not None and after is not None:
        gone = any(value not in after for value in before)
        new = any(value not in before for value in after)
        return "contradiction" if gone and new else "ours only" if gone else "theirs only"
    if before is None:
        return "theirs only"
    return "ours only" if after is None else "contradiction"
