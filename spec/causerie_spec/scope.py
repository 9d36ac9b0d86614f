"""Sorts the operations of a published document: those that ours has, those that it leaves out, and new ones."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import attrs

from .documents import METHODS, entries, folder
from .move import Move, Template, move
from .pointer import Pointer
from .stranger import Operation, Stranger, Unreadable


@attrs.frozen
class LeftOut:
    """An entry of spec/drift/{vendor}.left-out.yaml: published operations that our document leaves out, and the reason.

    `operation` is a single operation, by method and path. `below` is a path, and stands for all operations on it and
    below it, by whole segments.
    Paths are written as in our document. The names of their parameters do not matter.
    """

    reason: str
    operation: str = ""
    below: str = ""

    def __str__(self) -> str:
        """Return the entry without its reason."""
        return f"left out, {self.operation or f'below {self.below}'}"

    def covers(self, path: Template, method: str | None, prefixes: tuple[Template, ...]) -> bool:
        """Return whether the entry covers a path, or an operation on it if `method` (in lower case) is given."""
        own, _, place = self.operation.partition(" ")
        for prefix in ((), *prefixes):
            template = prefix + _template(place or self.below)
            if path[: len(template)] == template if self.below else (own.lower(), template) == (method, path):
                return True
        return False


@attrs.frozen
class Scope:
    """The operations of a published document, sorted."""

    #: Operations that our document has, by their places there.
    ours: dict[Pointer, Operation]
    #: Operations that our document does not have and no entry leaves out.
    new: tuple[Operation, ...]
    #: Operations that an entry leaves out.
    out: tuple[Operation, ...]
    #: Parts that could not be read.
    unread: tuple[Unreadable, ...]
    #: Entries that match nothing.
    stale: tuple[LeftOut, ...]
    #: The different beginnings of paths that are otherwise the same.
    moved: Move | None = None


def scope(ours: dict[str, Any], theirs: Stranger, omitted: tuple[LeftOut, ...]) -> Scope:
    """Sort the operations of `theirs`.

    Slashes at the end, names of parameters, and the boundary between server and path in a URL do not matter. If all of
    our operations below a path are below another path in theirs, they have moved.
    """
    found = _sorted(ours, theirs, omitted, None)
    moved = move(
        {key: place in found.ours for key, place in _own(ours, ()).items()},
        [(each.method, _template(each.path)) for each in found.new],
    )
    return _sorted(ours, theirs, omitted, moved) if moved else found


def _sorted(ours: dict[str, Any], theirs: Stranger, omitted: tuple[LeftOut, ...], moved: Move | None) -> Scope:
    prefixes = _prefixes(ours.get("servers"))
    own = _own(ours, prefixes)
    pairs = list[tuple[int, Pointer, Operation]]()
    new, out, unread, used = list[Operation](), list[Operation](), list[Unreadable](), set[LeftOut]()
    for each in theirs.operations():
        method = None if isinstance(each, Unreadable) else each.method
        spellings = _spellings(theirs, each)
        spellings += [back for path in spellings if moved and (back := moved.back(path)) is not None]
        ranks = [rank for rank, path in enumerate(spellings) if method and (method, path) in own]
        covering = [entry for entry in omitted if any(entry.covers(path, method, prefixes) for path in spellings)]
        if isinstance(each, Operation) and ranks:
            pairs.append((ranks[0], own[each.method, spellings[ranks[0]]], each))
        elif covering:
            used.update(covering)
            out += [each] if isinstance(each, Operation) else []
        elif isinstance(each, Operation):
            new.append(each)
        else:
            unread.append(each)
    matched = dict[Pointer, Operation]()
    for _, place, each in sorted(pairs, key=lambda pair: (pair[0], pair[2].path != pair[1][1])):
        if matched.setdefault(place, each) is not each:
            unread.append(Unreadable(each.place, f"is the same operation as {matched[place]}, which is compared"))
    stale = tuple(entry for entry in omitted if entry not in used)
    return Scope(matched, tuple(new), tuple(out), tuple(unread), stale, moved)


def left_out(vendor: str, ours: dict[str, Any], path: Path | None = None) -> tuple[LeftOut, ...]:
    """Read the entries of spec/drift/{vendor}.left-out.yaml, or of the file at `path`; none if there is no file.

    Raises `ValueError` that names a malformed entry, or one that would hide an operation below one of ours.
    """
    found, own = list[LeftOut](), _own(ours, ())
    for place, entry in entries(path or folder() / "drift" / f"{vendor}.left-out.yaml"):
        problem = _problem(entry, own)
        if problem:
            raise ValueError(f"{place}, {entry}: {problem}.")
        found.append(LeftOut(**entry))
    return tuple(found)


def _problem(entry: Any, own: dict[tuple[str, Template], Pointer]) -> str | None:
    """Return the problem of an entry; None if it is valid."""
    if not isinstance(entry, dict) or set(entry) not in ({"reason", "operation"}, {"reason", "below"}):
        return "needs a reason and, besides it, either operation or below"
    if not all(isinstance(value, str) and value for value in entry.values()):
        return "needs words, not something else or nothing"
    return _hidden(entry["below"], own) if "below" in entry else _unnamed(entry["operation"], own)


def _unnamed(operation: str, own: dict[tuple[str, Template], Pointer]) -> str | None:
    method, _, path = operation.partition(" ")
    if method.lower() not in METHODS or method != method.upper() or not path.startswith("/"):
        return "needs an operation such as GET /users/{userId}"
    return "names an operation that our document has" if (method.lower(), _template(path)) in own else None


def _hidden(below: str, own: dict[tuple[str, Template], Pointer]) -> str | None:
    area = _template(below)
    if not below.startswith("/"):
        return "needs a path such as /users/{userId}"
    for (_, path), place in own.items():
        if path[: len(area)] == area:
            return f"is too wide, for {place[1]} of our document is below it; name narrower paths, or each operation"
        if area[: len(path)] == path:
            return f"would hide what is new below {place[1]} of our document; name each operation"
    return None


def _own(document: dict[str, Any], prefixes: tuple[Template, ...]) -> dict[tuple[str, Template], Pointer]:
    """Return the places of our operations by method and path: the plain path, and with each prefix before it."""
    places = {
        (method, _template(path)): ("paths", path, method)
        for path, item in document["paths"].items()
        for method in METHODS
        if method in item
    }
    longer = {(method, prefix + path): place for prefix in prefixes for (method, path), place in places.items()}
    return {**longer, **places}


def _spellings(document: Stranger, each: Operation | Unreadable) -> list[Template]:
    """Return the spellings of an operation's path: the plain path, and with the path of each server before it."""
    path = _template(str(each.place[1]) if isinstance(each, Unreadable) else each.path)
    owners = () if isinstance(each, Unreadable) else (each.place, *each.items)
    servers = [document.find((*owner, "servers")) for owner in (*owners, ())]
    return [path, *(prefix + path for node in servers for prefix in _prefixes(node))]


def _prefixes(servers: Any) -> tuple[Template, ...]:
    """Return the paths of those `servers` that have one."""
    found = list[Template]()
    for server in servers if isinstance(servers, list) else ():
        url = server.get("url") if isinstance(server, dict) else None
        if isinstance(url, str):
            try:
                found.append(_template(urlsplit(url).path))
            except ValueError:
                continue  # an invalid URL such as http://[
    return tuple(prefix for prefix in dict.fromkeys(found) if prefix)


def _template(path: str) -> Template:
    return tuple(re.sub(r"{[^}]*}", "{}", part) for part in path.split("/") if part)
