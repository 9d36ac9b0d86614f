"""The facts about a vendor that no schema can express: the rows of spec/behaviour/{vendor}.yaml."""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import Any, Final

import attrs

from .documents import entries, folder
from .evidence import Evidence

#: Used in place of a vendor for common behaviour. No vendor can have this name, because a package cannot.
EVERY_VENDOR = "every-vendor"

#: The required keys of evidence at each level; `why` is always optional.
_NEEDED: Final = {
    "documented": {"source"},
    "example": {"source"},
    "published": {"source", "date"},
    "observed": {"source", "date", "seen"},
    "inferred": {"why"},
    "ours": {"why"},
}
_KEYS = ("id", "says", "evidence", "mock", "oracle", "why")


@attrs.frozen
class Row:
    """One fact of behaviour; spec/README.md describes its form."""

    id: str
    says: str
    #: Exactly one if the oracle checks the fact, so that a finding can name its source.
    evidence: tuple[Evidence, ...]
    #: Whether the mock plays the fact, and whether the oracle checks it.
    mock: bool
    oracle: bool
    #: The reason why one of them does not.
    why: str | None


@functools.cache
def behaviour(vendor: str, path: Path | None = None) -> dict[str, Row]:
    """Return the rows of `vendor`, or of the file at `path`, by their ids; none if there is no file.

    Raises `ValueError` with the file, the row and the problem.
    """
    rows = dict[str, Row]()
    for place, entry in entries(path or folder() / "behaviour" / f"{vendor}.yaml"):
        row = _row(place, entry)
        if row.id in rows:
            raise ValueError(f"{place}: another row has the id {row.id} already.")
        rows[row.id] = row
    return rows


def _row(place: str, entry: Any) -> Row:
    if not isinstance(entry, dict):
        raise ValueError(f"{place} needs an object with {', '.join(_KEYS)}, unlike {entry!r:.80}.")  # noqa: TRY004 (bad input)
    row_id = entry.get("id")
    if not isinstance(row_id, str) or not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row_id):
        raise ValueError(f"{place} needs an id in kebab-case, unlike {row_id!r:.80}.")
    place = f"{place} ({row_id})"
    if unknown := [key for key in entry if key not in _KEYS]:
        raise ValueError(f"{place} has an unknown key {unknown[0]!r}; a row has {', '.join(_KEYS)}.")
    mock, oracle = (_flag(place, entry, name) for name in ("mock", "oracle"))
    if not (mock or oracle):
        raise ValueError(f"{place}: the mock plays it, or the oracle checks it, or both; mock and oracle are false.")
    if (why := entry.get("why")) is None and not (mock and oracle):
        raise ValueError(f"{place} needs a why: {'oracle' if mock else 'mock'} is false.")
    if why is not None and mock and oracle:
        raise ValueError(f"{place} has a why, which is for rows whose mock or oracle is false.")
    given = entry.get("evidence")
    evidence = tuple(_evidence(place, each) for each in (given if isinstance(given, list) else [given]))
    if len(evidence) != 1 and (oracle or not evidence):
        raise ValueError(f"{place} needs one evidence, not {len(evidence)}: split the row, or say oracle: false.")
    return Row(
        row_id, _text(place, entry, "says"), evidence, mock, oracle, None if why is None else _text(place, entry, "why")
    )


def _flag(place: str, entry: dict[str, Any], name: str) -> bool:
    value = entry.get(name, True)
    if not isinstance(value, bool):
        raise ValueError(f"{place}: {name} is true or false, not {value!r:.80}.")  # noqa: TRY004 (bad input)
    return value


def _text(place: str, entry: dict[str, Any], name: str) -> str:
    value = entry.get(name)
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{place}: {name} is a sentence, not {value!r:.80}.")
    return value


def _evidence(place: str, entry: Any) -> Evidence:
    if not isinstance(entry, dict) or entry.get("level") not in [*_NEEDED]:
        raise ValueError(f"{place}: evidence has a level of {', '.join(_NEEDED)}, unlike {entry!r:.80}.")
    needed = _NEEDED[entry["level"]]
    if missing := sorted(needed - entry.keys()):
        raise ValueError(f"{place}: evidence of the level {entry['level']} needs {missing[0]}.")
    if unknown := sorted(entry.keys() - needed - {"level", "why"}):
        raise ValueError(f"{place}: evidence of the level {entry['level']} has no {unknown[0]}.")
    for name, value in entry.items():
        if not (type(value) is int and value > 0 if name == "seen" else isinstance(value, str) and value.strip()):
            raise ValueError(
                f"{place}: {name} of its evidence is {'a number' if name == 'seen' else 'a text'}, not {value!r:.80}."
            )
    return Evidence(**entry)
