"""Which operations of a document are tested."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from difflib import get_close_matches
from typing import Any

from causerie_spec.documents import operations


def only(document: dict[str, Any], names: Collection[str]) -> dict[str, Any]:
    """Return `document` with these operations alone."""
    paths = {path: dict(item) for path, item in document["paths"].items()}
    for name, (method, path) in operations(document).items():
        if name not in names:
            del paths[path][method]
    return {**document, "paths": {path: item for path, item in paths.items() if item.keys() - {"parameters"}}}


def check(names: Iterable[str], known: Collection[str]) -> None:
    """Raise `ValueError` for the first name that is no operation's, with those that are near."""
    for name in names:
        if name not in known:
            near = " or ".join(repr(each) for each in get_close_matches(name, sorted(known), n=3))
            hint = f"; did you mean {near}?" if near else "."
            raise ValueError(f"--operations: there is no operation {name!r}{hint}")
