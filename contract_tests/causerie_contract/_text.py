"""Broken texts: JSON can spell half of a surrogate pair, which cannot be encoded and which no client can send back."""

from __future__ import annotations

import json
import weakref
from typing import Any

import requests
from schemathesis import Case, HookContext, Response

from causerie_spec.pointer import Pointer, spell

from ._schemathesis import Failure


class NoText(Failure):
    """An answer has such a text, or such a name."""

    kind_title = "Text that no encoding has"

    __slots__ = ()

    def __init__(self, case: Case[Any], place: Pointer) -> None:
        problem = f"answer {spell(place)} has half of a surrogate pair"
        super().__init__(operation=case.operation.label, message=problem, case_id=case.id)


#: Without any of these, no JSON has half of a pair: an escape, the bytes of one in UTF-8, and any in UTF-16 and UTF-32.
_SIGNS = (b"\\u", b"\xed", b"\0")

#: Where such texts stood in answers, by the request.
_found = weakref.WeakKeyDictionary[requests.PreparedRequest, Pointer]()


def mend(_: HookContext, __: Case[Any], response: Response) -> None:
    """Put a question mark in place of each half: later requests are made of answers, and have to be sent."""
    place = _place(response.content)
    if place is not None:
        _found[response.request] = place
        response.content = json.dumps(json.loads(response.content), ensure_ascii=False).encode("utf-8", "replace")


def halved(response: Response) -> Pointer | None:
    """Return where the answer has, or had, half of a surrogate pair; None where it has none, or is no JSON."""
    return _found.get(response.request) or _place(response.content)


def decode(content: bytes) -> Any:
    """Decode JSON. Raises `ValueError` for what is not JSON, or is nested too deeply."""
    try:
        return json.loads(content)
    except RecursionError:
        raise ValueError("the JSON is nested too deeply") from None


def _place(content: bytes) -> Pointer | None:
    if not any(sign in content for sign in _SIGNS):
        return None
    try:
        waiting: list[tuple[Pointer, Any]] = [((), decode(content))]
    except ValueError:
        return None
    while waiting:
        place, value = waiting.pop()
        if isinstance(value, dict):
            waiting += [((*place, name), each) for name, each in reversed(value.items())]
            waiting += [((*place, name), name) for name in value]
        elif isinstance(value, list):
            waiting += [((*place, index), each) for index, each in reversed(list(enumerate(value)))]
        elif isinstance(value, str) and not _is_text(value):
            return place
    return None


def _is_text(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True
