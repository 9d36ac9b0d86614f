"""A part of the paths of a document that is called something else in another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

import attrs

#: A path by its segments, parameters without their names.
Template = tuple[str, ...]

#: A method, in lower case, and a path.
Route = tuple[str, Template]


@attrs.frozen
class Move:
    """What paths begin with, in ours and in theirs."""

    ours: Template
    theirs: Template

    def back(self, path: Template) -> Template | None:
        """Return what a path of theirs was called; None when it has not moved."""
        length = len(self.theirs)
        return (*self.ours, *path[length:]) if path[:length] == self.theirs else None

    def __str__(self) -> str:
        """Return the path of ours."""
        return "/" + "/".join(self.ours)


def move(ours: Mapping[Route, bool], new: Iterable[Route]) -> Move | None:
    """Return the move that explains the most of `new`; None where nothing has moved.

    `ours` says of each operation whether it is where it was. Everything below a path moves, or nothing does; a single
    operation at another path is another operation.
    """
    new = [*new]
    found = Counter[Move]()
    for (method, path), stays in ours.items():
        for other, target in () if stays else new:
            if method == other:
                found[_between(path, target)] += 1
    for each, count in found.most_common():
        below = [stays for (_, path), stays in ours.items() if path[: len(each.ours)] == each.ours]
        if not any(below) and len(below) == count and count > 1:
            return each
    return None


def _between(path: Template, target: Template) -> Move:
    same = 0
    while same < min(len(path), len(target)) and path[-1 - same] == target[-1 - same]:
        same += 1
    return Move(path[: len(path) - same], target[: len(target) - same])
