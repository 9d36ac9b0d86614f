"""Finds a common beginning of paths that has another name in another document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

import attrs

#: The segments of a path, with nameless parameters.
Template = tuple[str, ...]

#: A method, in lower case, and a path.
Route = tuple[str, Template]


@attrs.frozen
class Move:
    """The beginnings of moved paths, in ours and in theirs."""

    ours: Template
    theirs: Template

    def back(self, path: Template) -> Template | None:
        """Return our path for a path of theirs; None if it has not moved."""
        length = len(self.theirs)
        return (*self.ours, *path[length:]) if path[:length] == self.theirs else None

    def __str__(self) -> str:
        """Return the beginning of our paths."""
        return "/" + "/".join(self.ours)


def move(ours: Mapping[Route, bool], new: Iterable[Route]) -> Move | None:
    """Return the move that explains the most of `new`; None if nothing has moved.

    `ours` has for each operation whether it is still at its place. All operations below a path move, or none does. A
    single operation at another path is another operation.
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
