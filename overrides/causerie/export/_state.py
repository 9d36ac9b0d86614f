"""The state of a complete export, from which a run since the last one begins."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Self

import attrs
import orjson

from ._errors import ExportError, explained
from ._reading import time_of
from ._stage import FORM
from ._trace import is_file

# It has a few hundred bytes for each agent. What is larger is another's, and is not read.
_SIZE_MAX = 1 << 20
_ANEW = "export anew, to another target or with overwrite=True"


@attrs.frozen
class State:
    """The description of a complete export, and the time up to which it has every change."""

    about: Mapping[str, Any]
    newest: Mapping[str | None, datetime | None]
    """By agent; None is the only one."""

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read the state that an export has written. Raises ``ExportError`` for anything else."""
        found = _found(path)
        if found is None:
            raise ExportError(f"{path}: it is damaged, or no export has written it: move it away, and {_ANEW}")
        form = found.get("form", 1)  # which the first one did not say
        if form != FORM:
            raise ExportError(
                f"{path}: another version of Causerie has left it (form {form}, and this one reads {FORM}): {_ANEW}"
            )
        checksum = found.pop("checksum", None)
        if checksum != _checksum(found):
            raise ExportError(f"{path}: it is damaged: {_ANEW}")
        texts = found.get("agents", {None: found["newest"]})
        return cls(found["about"], {agent: time_of(text) for agent, text in texts.items()})

    def to_json(self) -> bytes:
        """Return JSON that ``read`` can read."""
        texts = {agent: None if time is None else time.isoformat() for agent, time in self.newest.items()}
        own = {"newest": texts[None]} if None in texts else {"newest": None, "agents": texts}
        written = {"form": FORM, "about": self.about, **own}
        return orjson.dumps({**written, "checksum": _checksum(written)})


def is_state(path: Path) -> bool:
    """Return whether a file is an export's state, even of another version or damaged."""
    return _found(path) is not None


def _found(path: Path) -> dict[str, Any] | None:
    with explained(path):
        if not is_file(path) or path.stat().st_size > _SIZE_MAX:
            return None
        text = path.read_bytes()
    try:
        found = orjson.loads(text)
    except orjson.JSONDecodeError:
        return None
    return found if isinstance(found, dict) and isinstance(found.get("about"), dict) and "newest" in found else None


def _checksum(written: Mapping[str, Any]) -> str:
    return hashlib.blake2b(orjson.dumps(written, option=orjson.OPT_SORT_KEYS), digest_size=8).hexdigest()
