"""Lists of records: which is missing, one too many, or at another place than expected."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import attrs

from causerie_spec.pointer import Pointer


@attrs.frozen
class Misplaced:
    """One thing that is wrong with a list, and the check that shows it."""

    #: The index of the record in the list; empty for one that is missing.
    place: Pointer
    problem: str
    operator: str
    expected: Any
    #: Whether all records are there, and this one at another place.
    is_moved: bool = False


def tied(order: Sequence[str], key: Callable[[str], Any], page: slice, ids: Sequence[str]) -> list[str]:
    """Return a page of records that are ordered by `key`; those with one key stand there as in `ids`."""
    found = list[str]()
    for value, group in itertools.groupby(order[page], key):
        wanted = [*group]
        alike = [each for each in order if key(each) == value]
        there = [each for each in dict.fromkeys(ids) if each in alike]
        found += [*dict.fromkeys([*there, *wanted, *alike])][: len(wanted)]
    return found


def misplaced(expected: Sequence[str], ids: Sequence[str]) -> Iterator[Misplaced]:
    """Yield the problems of a list of records with these ids, the worst first."""
    missing = [each for each in expected if each not in ids]
    if missing:
        many = f"{len(missing)} of {len(expected)} records are missing, the first is"
        problem = f"{many if len(missing) > 1 else 'the record is missing:'} {missing[0]}"
        yield Misplaced((), f"{problem}, which belongs at {[*expected].index(missing[0])}", "in", missing[0])
    # As many as are missing may be the same records, under other ids.
    has_more = len(set(ids).difference(expected)) > len(missing)
    for index, each in enumerate(ids):
        if each not in expected:
            if has_more:
                yield Misplaced((index,), f"{each} does not belong in this list", "not in", each)
        elif each in ids[:index]:
            yield Misplaced((index,), f"{each} is in the list twice, first at {ids.index(each)}", "==", [*expected])
    if sorted(expected) == sorted(ids):
        for index, (want, got) in enumerate(zip(expected, ids, strict=True)):
            if want != got:
                problem = f"expected {want} here, which is at {ids.index(want)}; the answer has {got} in its place"
                yield Misplaced((index,), problem, "==", [*expected], is_moved=True)
                return
