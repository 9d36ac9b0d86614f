"""Differences that have one cause, which is shown once."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator

from .difference import Difference


def causes(found: Iterable[Difference]) -> list[list[Difference]]:
    """Group `found` by cause, in its order.

    One cause is the same thing, by the same name, at several places, or at one place of the second document.
    """
    groups = list[list[Difference]]()
    known = dict[Hashable, list[Difference]]()
    for each in found:
        group = next((known[key] for key in _keys(each) if key in known), None)
        if group is None:
            groups.append(group := [])
        group.append(each)
        known |= dict.fromkeys(_keys(each), group)
    return groups


def _keys(each: Difference) -> Iterator[Hashable]:
    name = "" if each.where in {each.operation, f"{each.operation} body"} else re.split("[. ]", each.where)[-1]
    yield each.aspect, repr(each.before), repr(each.after), name
    if each.opposite[:1] == ("components",):
        yield each.aspect, repr(each.after), each.opposite, name if each.after is None else ""
