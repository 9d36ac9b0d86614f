"""Fields that may be secret, by their names and values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from causerie_spec.pointer import Pointer

#: Names of fields that are nobody's business unless the document says so.
_SECRET = re.compile(
    r"secret|token|passw|hash|credential|private_?key|api_?key|salt|connection_?string|dsn", re.IGNORECASE
)
#: Names that have such a word in them and stand for something that everybody may know: tags, a place in a list, the
#: units that a model reads, and the sum of what is shown anyway.
_OPEN = re.compile(
    r"hashtag|tokeni[sz]|(?:page|continuation|next|previous|sync|cursor|skip|resume)_?token"
    r"|(?:content|file|body|image|media|message|commit|prompt|document)_?hash",
    re.IGNORECASE,
)
#: The last words of names that say something about a secret, such as its age.
_ABOUT = (
    *("at", "changed", "count", "created", "expiration", "expires", "expiry", "kind", "last", "length", "limit"),
    *("name", "policy", "provider", "required", "rotated", "status", "type", "updated", "usage", "used", "version"),
)
#: Names that stand for nothing else, even in an object whose members nobody has described.
_SURE = re.compile(
    r"secret|passw|credential|private_?key|api_?key|connection_?string|(?:access|auth|bearer|refresh|session)_?token",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
#: Of tokens, a number says how many a model has read or written.
_COUNTED = re.compile(r"token", re.IGNORECASE)


def secrets(value: Any, at: Pointer = ()) -> Iterator[Pointer]:
    """Yield the places of all fields in a value that may be secret."""
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from secrets(item, (*at, index))
    elif isinstance(value, dict):
        for name, inner in value.items():
            if _may_be_secret(name, inner):
                yield (*at, name)
            yield from secrets(inner, (*at, name))


def is_sure(name: str) -> bool:
    """Say whether a name is that of a secret wherever it stands."""
    return bool(_SURE.search(name))


def _may_be_secret(name: str, value: Any) -> bool:
    """Say whether a field of this name and value may be a secret; an empty value, true and false cannot be."""
    words = [word.lower() for word in _WORDS.findall(name)]
    if not _SECRET.search(_OPEN.sub("", name)) or words[-1] in _ABOUT:
        return False
    kinds = {*_kinds(value)}
    return str in kinds or (bool(kinds) and not _COUNTED.search(name))


def _kinds(value: Any) -> Iterator[type]:
    """Yield the types of the texts and numbers in a value."""
    if isinstance(value, (dict, list)):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _kinds(inner)
    elif value and not isinstance(value, bool):
        yield type(value)
