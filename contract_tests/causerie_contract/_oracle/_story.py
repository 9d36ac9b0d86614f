"""A sequence of requests in a form that people can repeat: as curl commands, and as a test for pytest."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, Literal
from urllib.parse import quote, urlencode

import attrs
import httpx

from causerie_spec import Credential, about
from causerie_spec.pointer import Pointer
from causerie_spec.redact import MASK

from .._text import decode
from ._keys import CREDENTIAL, code, headers, is_right

_SAFE = {"GET", "HEAD"}
#: What stands in place of each credential in a curl line.
_SHOWN = {"own": MASK, "other": f"{MASK} of another tenant", "wrong": "wrong"}
#: Shorter texts may be equal by chance.
_MIN_REFERENCE = 8


def _as_texts(path: Mapping[str, Any]) -> dict[str, str]:
    """Return the values for a path as texts: a server may have given ids that are numbers."""
    return {name: str(value) for name, value in path.items()}


@attrs.frozen
class Sent:
    """A request before it is sent. `credential` is own, other, wrong, none or one of `_keys`."""

    method: str
    template: str
    path: Mapping[str, str] = attrs.field(converter=_as_texts)
    #: In pairs, where a name stands more than once that must not.
    query: Mapping[str, str | list[str]] | Sequence[tuple[str, str]]
    content: bytes
    media_type: str | None
    credential: str

    @property
    def text(self) -> str:
        """Return all values that the client itself has put into it."""
        query = [value for each in dict(self.query).values() for value in ([each] if isinstance(each, str) else each)]
        return "\n".join([*self.path.values(), *query, self.content.decode("utf-8", "replace")])

    def url(self, spelled: Callable[..., str]) -> str:
        """Return path and query; `spelled` encodes a value of the path."""
        path = "/".join(
            spelled(self.path[segment[1:-1]], safe="") if segment.startswith("{") else segment
            for segment in self.template.split("/")
        )
        return f"{path}?{urlencode(self.query, doseq=True)}" if self.query else path


@attrs.frozen
class Exchange:
    """A request, its answer, and the operation that is responsible for it."""

    operation: str
    sent: Sent
    request: httpx.Request
    response: httpx.Response
    #: Why there was no answer.
    error: httpx.HTTPError | None = None
    #: Whether another request was sent at the same time.
    at_once: bool = False

    @property
    def answered(self) -> str:
        """The answer's body as text: in UTF-8, as JSON has to be, whatever charset the server names."""
        return self.response.content.decode("utf-8", "replace")

    @property
    def is_read(self) -> bool:
        """Whether it changed nothing."""
        return self.sent.method in _SAFE

    @property
    def texts(self) -> dict[str, tuple[str | int, ...]]:
        """Return the strings of the answer that are long enough to be unique, and their places."""
        try:
            value = decode(self.response.content)
        except ValueError:
            return {}
        return {text: place for place, text in reversed(list(_texts(value, ()))) if len(text) >= _MIN_REFERENCE}


@attrs.frozen
class Check:
    """The expectation that the last answer of a sequence did not meet."""

    #: The whole body is `content`, and `ids` are those of the records in a list. With `credential`, the body has no
    #: credential as in the request's header `at`, after the scheme that is expected there.
    part: Literal["status", "body", "header", "content", "ids", "credential"]
    at: Pointer
    #: Of Python, or `there`.
    operator: str
    expected: Any
    #: Where in a record its id stands.
    identity: Pointer = ()


def story(
    exchanges: Sequence[Exchange], last: Exchange, check: Check | None, polls: Collection[str] = ()
) -> list[Exchange]:
    """Return the exchanges up to `last`, without reads that nothing later uses; `polls` are operations that poll."""
    end = next(index for index, exchange in enumerate(exchanges) if exchange is last)
    first_write = next((index for index, exchange in enumerate(exchanges) if not exchange.is_read), end)
    kept = [last]
    wanted = repr(check) + last.sent.text
    for index in range(end - 1, -1, -1):
        exchange = exchanges[index]
        if exchange.is_read and exchange.operation not in polls:
            if index < first_write:
                continue
            before = "".join(each.sent.text + each.answered for each in exchanges[:index])
            if not any(text in wanted and text not in before for text in exchange.texts):
                continue
        wanted += exchange.sent.text
        kept.append(exchange)
    return kept[::-1]


def curl(exchange: Exchange, header: Credential) -> str:
    """Return the request as a shell command, without the credential."""
    sent = exchange.sent
    words = ["curl", "-X", sent.method]
    if is_right(sent.credential):
        words += [
            word
            for name, value in headers(sent.credential, header, MASK).items()
            for word in ("-H", f"{name}: {value}")
        ]
    elif sent.credential != "none":
        words += ["-H", f"{header.header}: {header.prefix}{_SHOWN.get(sent.credential, f'{MASK}, {sent.credential}')}"]
    if sent.media_type is not None:
        words += [
            "-H",
            f"Content-Type: {sent.media_type}",
            "-d",
            sent.content.decode("utf-8", "replace").replace(CREDENTIAL, MASK),
        ]
    return shlex.join([*words, str(exchange.request.url)]) + (" &" if exchange.at_once else "")


def test(vendor: str, header: Credential, exchanges: Sequence[Exchange], check: Check | None) -> str:
    """Return the sequence as a file for pytest: it fails as long as the server answers as it did.

    Without a `check` it is the document that is wrong, and the test shows that the server takes the requests. It is
    empty where requests were sent at the same time: one after the other, they show nothing.
    """
    if any(exchange.at_once for exchange in exchanges):
        return ""
    return "\n".join(_lines(vendor, header, exchanges, check)) + "\n"


def _lines(vendor: str, header: Credential, exchanges: Sequence[Exchange], check: Check | None) -> Iterator[str]:
    last = exchanges[-1]
    known = about(vendor)
    variable = known.variable
    name, prefix = header.header, header.prefix
    yield from (
        "import os",
        "",
        "import httpx",
        "",
        "",
        f"def test_{last.operation}():",
        f'    base_url = os.environ["{known.base_url_variable}"]',
        f'    own = {{"{name}": "{prefix}" + os.environ["{variable}"]}}',
    )
    used = {exchange.sent.credential for exchange in exchanges}
    if "other" in used:
        yield f'    other = {{"{name}": "{prefix}" + os.environ["{variable}_2"]}}  # another tenant\'s'
    near = {name: written for name in sorted(used) if (written := code(name, header))}
    if near or any(CREDENTIAL in exchange.sent.text for exchange in exchanges):
        yield f'    key = os.environ["{variable}"]'
    yield from (f"    {name} = {written}" for name, written in near.items())
    if "wrong" in used:
        yield f'    wrong = {{"{name}": "{prefix}wrong"}}'
    yield "    with httpx.Client(base_url=base_url) as client:"
    references = References()
    for number, exchange in enumerate(exchanges, 1):
        yield f"        answer{number} = {_call(exchange.sent, references)}"
        references.learn(f"answer{number}", exchange)
    yield ""
    answer = f"answer{len(exchanges)}"
    if check is None:
        yield f"    assert {answer}.status_code < 300"
    else:
        yield f"    assert {_assertion(answer, check, references)}"


class References:
    """The places in earlier answers of strings that the server generated after the first write.

    Strings that were there before are written out: a faulty server may list them in the wrong place.
    """

    def __init__(self) -> None:
        self._places: dict[str, str] = {}
        self._sent = ""
        self._has_written = False

    def learn(self, answer: str, exchange: Exchange) -> None:
        """Remember the strings in the answer that the client has not sent."""
        self._sent += exchange.sent.text
        self._has_written |= not exchange.is_read
        for text, place in exchange.texts.items() if self._has_written else ():
            if text not in self._sent:
                self._places.setdefault(text, f"{answer}.json()" + "".join(f"[{token!r}]" for token in place))

    def find(self, text: str) -> str | None:
        """Return the expression for `text`, or None where the text is the client's own."""
        return self._places.get(text)

    def literal(self, value: Any) -> str:
        """Return `value` as Python code."""
        if isinstance(value, dict):
            return "{" + ", ".join(f"{key!r}: {self.literal(each)}" for key, each in value.items()) + "}"
        if isinstance(value, list):
            return "[" + ", ".join(map(self.literal, value)) + "]"
        if isinstance(value, frozenset):
            return "{" + ", ".join(map(repr, sorted(value))) + "}"
        if value == CREDENTIAL:
            return "key"
        return (isinstance(value, str) and self.find(value)) or repr(value)


def _texts(value: Any, place: Pointer) -> Iterator[tuple[Pointer, str]]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _texts(each, (*place, key))
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from _texts(each, (*place, index))
    elif isinstance(value, str):
        yield place, value


def _call(sent: Sent, references: References) -> str:
    path: list[str] = []
    formatted = False
    for segment in sent.template.split("/"):
        if not segment.startswith("{"):
            path.append(segment)
            continue
        value = sent.path[segment[1:-1]]
        place = references.find(value)
        formatted |= place is not None
        path.append(quote(value, safe="") if place is None else "{" + place + "}")
    text = "/".join(path)
    spelled = 'f"' + text + '"' if formatted else repr(text)
    words = [repr(sent.method), spelled]
    if sent.query:
        words.append(f"params={references.literal(sent.query)}")
    headers = [] if sent.credential == "none" else [f"**{sent.credential}"]
    if sent.media_type is not None:
        body = _json(sent)
        if body is None:
            headers.append(f"'Content-Type': {sent.media_type!r}")
            words.append(f"content={sent.content!r}")
        else:
            words.append(f"json={references.literal(body[0])}")
    if headers:
        words.append("headers={" + ", ".join(headers) + "}")
    return f"client.request({', '.join(words)})"


def _json(sent: Sent) -> tuple[Any] | None:
    """Return the body, alone in a tuple, where httpx would write one like it."""
    try:
        return (decode(sent.content),) if sent.media_type == "application/json" else None
    except ValueError:
        return None


def _assertion(answer: str, check: Check, references: References) -> str:
    expected = references.literal(check.expected)
    if check.part in {"status", "content"}:
        attribute = "status_code" if check.part == "status" else "content"
        return f"{answer}.{attribute} {check.operator} {expected}"
    if check.part == "header":
        value = f"{answer}.headers.get({check.at[0]!r}, '')"
        if isinstance(check.expected, frozenset):
            value = f"{{each.strip() for each in {value}.split(',')}}"
        return f"{value} {check.operator} {expected}"
    if check.part == "credential":
        shown = f"f'{{{answer}.headers.multi_items()}} {{{answer}.text}}'"
        return f"{answer}.request.headers[{check.at[0]!r}].removeprefix({expected}) {check.operator} {shown}"
    if check.part == "ids":
        item = "each" + "".join(f"[{token!r}]" for token in check.identity)
        ids = f"[{item} for each in {answer}.json()" + "".join(f"[{token!r}]" for token in check.at) + "]"
        return f"{ids} == {expected}" if check.operator == "==" else f"{expected} {check.operator} {ids}"
    return _part(f"{answer}.json()", check, expected)


def _part(body: str, check: Check, expected: str) -> str:
    """Return the expectation of a part of the body."""
    outer = "".join(f"[{token!r}]" for token in check.at[:-1])
    whole = f"{body}{outer}"
    if not check.at:
        return f"{whole} {check.operator} {expected}"
    if check.operator == "there" or expected == "nothing":
        there = check.operator == "there"
        if isinstance(check.at[-1], int):
            return f"len({whole}) {'>' if there else '<='} {check.at[-1]}"
        return f"{check.at[-1]!r} {'in' if there else 'not in'} {whole}"
    return f"{whole}[{check.at[-1]!r}] {check.operator} {expected}"
