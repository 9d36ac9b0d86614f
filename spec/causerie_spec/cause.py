"""Groups differences by their cause, so that each cause is shown once."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable

from .difference import Difference
from .shape import KEYWORDS

_OF_A_TYPE = frozenset({*KEYWORDS, "enum", "closed"})


def causes(found: Iterable[Difference]) -> list[list[Difference]]:
    """Group `found` by cause, in its order.

    Differences have one cause if they are equal at places with one name, or at one place of the second document.
    If the type of a value has changed, its other differences belong to that cause.
    """
    found = [*found]
    typed = {each.where for each in found if each.aspect == "type" and each.after[:1] != ("any",)}
    groups = list[list[Difference]]()
    known = dict[Hashable, list[Difference]]()
    for each in found:
        if each.aspect in _OF_A_TYPE and each.where in typed:
            continue
        names = _names(each)
        group = next((known[name] for name in names if name in known), None)
        if group is None:
            groups.append(group := [])
        group.append(each)
        known |= dict.fromkeys(names[:2], group)
        if each.opposite[:1] == ("components",):
            known[_is_new(each), each.opposite] = group
    return groups


def last(where: str) -> str:
    """Return the last word of a place: the name of a field, parameter or header."""
    return re.split("[. ]", where)[-1]


def _names(each: Difference) -> list[Hashable]:
    name = "" if each.where in {each.operation, f"{each.operation} body"} else last(each.where)
    names: list[Hashable] = [(each.aspect, repr(each.before), repr(each.after), name)]
    if each.opposite[:1] == ("components",):
        names.append((each.aspect, repr(each.after), each.opposite, name if each.after is None else ""))
        # A value that was changed at one place may be a new value at another, where there is nothing to compare.
        names.append((not _is_new(each), each.opposite))
    return names


def _is_new(each: Difference) -> bool:
    return each.before is None and each.aspect.endswith("field")
