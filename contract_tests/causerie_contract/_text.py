"""Invalid strings: JSON can contain half of a surrogate pair, which cannot be encoded and so cannot be sent back."""

from __future__ import annotations

import json
import weakref
from typing import Any

import requests
from schemathesis import Case, HookContext, Response

from causerie_spec.pointer import Pointer, spell

from ._schemathesis import Failure


class NoText(Failure):
    """An answer has half of a surrogate pair in a string or a name."""

    kind_title = "Text that cannot be encoded"

    __slots__ = ()

    def __init__(self, case: Case[Any], place: Pointer) -> None:
        problem = f"answer {spell(place)} has half of a surrogate pair"
        super().__init__(operation=case.operation.label, message=problem, case_id=case.id)


#: The most levels of JSON.
_DEPTH = 200
#: JSON without any of these has no half of a pair: an escape, its first byte in UTF-8, a zero in UTF-16 and UTF-32.
_SIGNS = (b"\\u", b"\xed", b"\0")

#: The place of such a string in an answer, by request.
_found = weakref.WeakKeyDictionary[requests.PreparedRequest, Pointer]()


def mend(_: HookContext, __: Case[Any], response: Response) -> None:
    """Replace what Schemathesis cannot go on with: later requests reuse values from answers, and must be encodable.

    In place of each half of a pair is a question mark, and in place of JSON that is nested too deeply what is no JSON.
    """
    if _is_too_deep(response.content):
        response.content = b"(JSON that is nested too deeply)"
        return
    place = _place(response.content)
    if place is not None:
        _found[response.request] = place
        response.content = json.dumps(json.loads(response.content), ensure_ascii=False).encode("utf-8", "replace")


def halved(response: Response) -> Pointer | None:
    """Return where the answer has, or had, half of a surrogate pair; None if it has none or is not JSON."""
    return _found.get(response.request) or _place(response.content)


def decode(content: bytes | str) -> Any:
    """Decode JSON that another program has written.

    Raises `ValueError` for what is not JSON, and for JSON of more than 200 levels: nobody could go through it.
    """
    try:
        value = json.loads(content)
    except RecursionError:
        raise _TooDeep from None
    if _may_be_deep(content if isinstance(content, str) else content.decode("utf-8", "replace")):
        _check_depth(value)
    return value


class _TooDeep(ValueError):
    def __init__(self) -> None:
        super().__init__("the JSON is nested too deeply")


def _is_too_deep(content: bytes) -> bool:
    try:
        if _may_be_deep(content.decode("utf-8", "replace")):
            decode(content)
    except ValueError as error:
        return isinstance(error, _TooDeep)
    return False


def _may_be_deep(text: str) -> bool:
    return text.count("[") + text.count("{") > _DEPTH


def _check_depth(value: Any) -> None:
    level = [value] if isinstance(value, (dict, list)) else []
    for _ in range(_DEPTH):
        inner = (each.values() if isinstance(each, dict) else each for each in level)
        level = [value for values in inner for value in values if isinstance(value, (dict, list))]
        if not level:
            return
    raise _TooDeep


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
            waiting += [((*place, name), item) for name, item in reversed(value.items())]
            waiting += [((*place, name), name) for name in value]
        elif isinstance(value, list):
            waiting += [((*place, index), item) for index, item in reversed(list(enumerate(value)))]
        elif isinstance(value, str) and not _is_text(value):
            return place
    return None


def _is_text(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True
