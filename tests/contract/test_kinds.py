"""Kinds of faults that real servers have: the model oracle finds each of them on a vendor that has no other fault."""

from __future__ import annotations

import itertools
import json
import re
import unicodedata
from base64 import b64decode
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode

import attrs
import pytest

from causerie_contract._finding import Finding
from causerie_contract._oracle import run as oracle
from causerie_contract._oracle._keys import headers, near_misses
from causerie_contract._settings import Settings
from causerie_contract._target import mock_in_process
from causerie_contract._vendor import vendor_of
from causerie_mock import Mock, Reply, Request
from causerie_spec import credential, load

Change = Callable[[Any], Any]


class Mutant(Mock):
    """A vendor that reads requests otherwise than they are sent, or says more than it should."""

    def __init__(
        self, vendor: str, ask: Callable[[Mock, Request], Request] = lambda _, request: request, more: Any = None
    ) -> None:
        super().__init__(vendor)
        self._ask = ask
        self._more = more or {}

    def handle(self, request: Request) -> Reply:
        """Return the reply to what it reads."""
        reply = super().handle(self._ask(self, request))
        if not self._more or reply.status >= 300 or not reply.body.startswith(b"{"):
            return reply
        return Reply.json(reply.status, {**json.loads(reply.body), **self._more})


#: Marks that a key has.
MARKS = str.maketrans("", "", "-_. ")


def key(change: Callable[[str, str], bool]) -> Callable[[Mock, Request], Request]:
    """Return a reader that takes what `change` says for the first tenant's key."""

    def ask(mock: Mock, request: Request) -> Request:
        ((name, own),) = mock.headers(0).items()
        given = request.header(name)
        if len(given) != 1 or not change(own, given[0]):
            return request
        others = [(each, value) for each, value in request.headers if each.decode().lower() != name.lower()]
        return attrs.evolve(request, headers=(*others, (name.lower().encode(), own.encode())))

    return ask


def elsewhere(mock: Mock, request: Request) -> Request:
    """Take the first tenant's key from any header."""
    ((name, own),) = mock.headers(0).items()
    if request.header(name) or not any(value.decode().split()[-1:] == own.split()[-1:] for _, value in request.headers):
        return request
    return attrs.evolve(request, headers=(*request.headers, (name.lower().encode(), own.encode())))


def in_base64(own: str, given: str) -> bool:
    """Say whether the last word is the key, alone or as a password, in Base64."""
    try:
        return b64decode(given.rsplit(maxsplit=1)[-1]).decode().removeprefix(":") == own.rsplit(maxsplit=1)[-1]
    except (ValueError, IndexError):
        return False


def out_of_list(value: Any) -> Any:
    """Return an object with a text in place of a list of one text."""
    if not isinstance(value, dict):
        return value
    texts = {name: each[0] for name, each in value.items() if isinstance(each, list) and len(each) == 1}
    return {**value, **{name: text for name, text in texts.items() if isinstance(text, str)}}


def into_list(value: Any) -> Any:
    """Return an object whose files are a list."""
    if isinstance(value, dict) and isinstance(value.get("files"), dict):
        return {**value, "files": [value["files"]]}
    return value


def typed(_: Mock, request: Request) -> Request:
    """Take a body for JSON if nothing says what it is."""
    if request.header("content-type") or not request.body:
        return request
    return attrs.evolve(request, headers=(*request.headers, (b"content-type", b"application/json")))


def beside(where: Callable[[Request], bytes]) -> Callable[[Mock, Request], Request]:
    """Take the first tenant's key from there."""

    def ask(mock: Mock, request: Request) -> Request:
        ((name, own),) = mock.headers(0).items()
        if request.header(name) or own.split()[-1].encode() not in where(request):
            return request
        return attrs.evolve(request, headers=(*request.headers, (name.lower().encode(), own.encode())))

    return ask


class Overhearing(Mock):
    """raia, which answers a prompt with that of the other agent before it."""

    def __init__(self) -> None:
        super().__init__("raia")
        self._prompts: dict[str, str] = {}

    def handle(self, request: Request) -> Reply:
        """Return the reply."""
        reply = super().handle(request)
        if not request.path.endswith(b"/prompts") or reply.status >= 300:
            return reply
        who = request.header("Agent-Secret-Key")[0]
        before = next((text for each, text in self._prompts.items() if each != who), "")
        self._prompts[who] = json.loads(request.body)["prompt"]
        answer = json.loads(reply.body)
        return Reply.json(reply.status, {**answer, "response": f"{answer['response']} {before}"})


class Hasty(Mock):
    """A vendor that tells everybody of a fault with this status, whatever the key."""

    def __init__(self, vendor: str, status: int) -> None:
        super().__init__(vendor)
        self._status = status

    def handle(self, request: Request) -> Reply:
        """Return the reply, or what the right key would get where that has the status."""
        reply = super().handle(request)
        if reply.status not in {401, 403} or request.body:
            return reply
        opened = super().handle(key(lambda _, given: True)(self, request))
        return opened if opened.status == self._status else reply


class Grudging(Mock):
    """A vendor that refuses the right key once, after it has refused another one."""

    _refused: bytes | None = None

    def handle(self, request: Request) -> Reply:
        """Return the reply, or the refusal of the request before."""
        if self._refused == request.path:
            self._refused = None
            return Reply.json(403, {"status": 403, "message": "FORBIDDEN_RESOURCE"})
        reply = super().handle(request)
        if reply.status in {401, 403} and request.method == "GET":
            self._refused = request.path
        return reply


def body(change: Change) -> Callable[[Mock, Request], Request]:
    """Return a reader that changes the JSON of bodies."""

    def ask(_: Mock, request: Request) -> Request:
        try:
            value = json.loads(request.body)
        except (ValueError, RecursionError):
            return request
        return attrs.evolve(request, body=json.dumps(change(value)).encode())

    return ask


def each(change: Change) -> Change:
    """Return what changes every value that is neither an object nor a list."""

    def changed(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: changed(inner) for name, inner in value.items()}
        return [changed(inner) for inner in value] if isinstance(value, list) else change(value)

    return changed


def text(change: Callable[[str], str]) -> Callable[[Mock, Request], Request]:
    """Return a reader that changes every text of a body."""
    return body(each(lambda value: change(value) if isinstance(value, str) else value))


def without_inner(empty: Any) -> Callable[[Mock, Request], Request]:
    """Return a reader that drops such values, except from the outermost object."""

    def dropped(value: Any, depth: int = 0) -> Any:
        if isinstance(value, dict):
            kept = {name: dropped(inner, depth + 1) for name, inner in value.items()}
            return {name: inner for name, inner in kept.items() if not depth or repr(inner) != repr(empty)}
        return [dropped(inner, depth + 1) for inner in value] if isinstance(value, list) else value

    return body(dropped)


def query(change: Callable[[dict[str, str]], dict[str, str]]) -> Callable[[Mock, Request], Request]:
    """Return a reader that changes the query of GET."""

    def ask(_: Mock, request: Request) -> Request:
        if request.method != "GET":
            return request
        given = dict(parse_qsl(request.query.decode(), keep_blank_values=True))
        return attrs.evolve(request, query=urlencode(change(given)).encode())

    return ask


def without_key(mock: Mock, request: Request) -> Request:
    """Answer HEAD as GET, without asking for a key."""
    own = tuple((name.lower().encode(), value.encode()) for name, value in mock.headers(0).items())
    return attrs.evolve(request, method="GET", headers=own) if request.method == "HEAD" else request


def lower(value: Any) -> Any:
    """Return a value of an enum in the case that the document has."""
    return value.lower() if isinstance(value, str) and value.lower() in {"manual", "auto", "up", "completed"} else value


KINDS: dict[str, Callable[[str], Mock]] = {
    "the beginning of a key": lambda vendor: Mutant(vendor, key(lambda own, given: own[:-1] == given)),
    "a key and more": lambda vendor: Mutant(vendor, key(lambda own, given: given == f"{own}x")),
    "a key in another case": lambda vendor: Mutant(vendor, key(lambda own, given: own.lower() == given.lower())),
    "an empty key": lambda vendor: Mutant(vendor, key(lambda own, given: own.startswith(given) and len(given) < 8)),
    "a key in another scheme": lambda vendor: Mutant(vendor, key(lambda own, given: own.split()[-1] in given.split())),
    "a key under any scheme": lambda vendor: Mutant(
        vendor, key(lambda own, given: given.split()[1:] == own.split()[-1:])
    ),
    "a key with another character": lambda vendor: Mutant(
        vendor,
        key(lambda own, given: len(own) == len(given) and 1 == sum(map(str.__ne__, own, given))),
    ),
    "whatever ends with the key": lambda vendor: Mutant(
        vendor,
        key(
            lambda own, given: (
                given != own and given.endswith(own.split()[-1]) and given.split()[:-1] == own.split()[:-1]
            )
        ),
    ),
    "a key among several": lambda vendor: Mutant(
        vendor, key(lambda own, given: "," in given and own.split()[-1] in re.split(r"[, ]+", given))
    ),
    "a key with a letter in another case": lambda vendor: Mutant(
        vendor, key(lambda own, given: own.lower() == given.lower() and 1 == sum(map(str.__ne__, own, given)))
    ),
    "a key under several schemes": lambda vendor: Mutant(
        vendor, key(lambda own, given: len(given.split()) > 2 and given.split()[-1] == own.split()[-1])
    ),
    "a key in another header": lambda vendor: Mutant(vendor, elsewhere),
    "a key with percent escapes": lambda vendor: Mutant(
        vendor, key(lambda own, given: given != own and unquote(given) == own)
    ),
    "a key in Base64 under its scheme": lambda vendor: Mutant(vendor, key(in_base64)),
    "a key whose characters may change places": lambda vendor: Mutant(
        vendor, key(lambda own, given: sorted(own) == sorted(given) and own != given)
    ),
    "a key with other marks": lambda vendor: Mutant(
        vendor, key(lambda own, given: own != given and own.translate(MARKS) == given.translate(MARKS))
    ),
    "a key in a cookie, another header": lambda vendor: Mutant(
        vendor, beside(lambda request: "".join(request.header("cookie")).encode())
    ),
    "a key in the query, no header": lambda vendor: Mutant(vendor, beside(lambda request: request.query)),
    "a key in the body, no header": lambda vendor: Mutant(vendor, beside(lambda request: request.body)),
    "an unknown id before the key": lambda vendor: Hasty(vendor, 404),
    "a wrong parameter before the key": lambda vendor: Hasty(vendor, 400),
    "a list for a text": lambda vendor: Mutant(vendor, body(out_of_list)),
    "a file for a list of files": lambda vendor: Mutant(vendor, body(into_list)),
    "a body without a media type": lambda vendor: Mutant(vendor, typed),
    "composed letters": lambda vendor: Mutant(vendor, text(lambda value: unicodedata.normalize("NFC", value))),
    "joined signs": lambda vendor: Mutant(vendor, text(lambda value: value.replace("\u200d", ""))),
    "no width": lambda vendor: Mutant(vendor, text(lambda value: value.replace("\u200b", ""))),
    "another direction": lambda vendor: Mutant(
        vendor, text(lambda value: "".join(sign for sign in value if not "\u0590" < sign < "\u05ff"))
    ),
    "32 bits": lambda vendor: Mutant(
        vendor, body(each(lambda value: min(value, 2**31 - 1) if type(value) is int else value))
    ),
    "no inner objects": lambda vendor: Mutant(vendor, without_inner({})),
    "no inner lists": lambda vendor: Mutant(vendor, without_inner([])),
    "no inner false": lambda vendor: Mutant(vendor, without_inner(False)),
    "no inner zero": lambda vendor: Mutant(vendor, without_inner(0)),
    "no inner text": lambda vendor: Mutant(vendor, without_inner("")),
    "no inner null": lambda vendor: Mutant(vendor, without_inner(None)),
    "words in any case": lambda vendor: Mutant(vendor, body(each(lower))),
    "HEAD without a key": lambda vendor: Mutant(vendor, without_key),
    "a secret": lambda vendor: Mutant(vendor, more={"passwordHash": "x"}),
}


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_found(kind: str) -> None:
    """The first finding of a run is the fault."""
    document = load("raia")
    found = oracle("raia", document, mock_in_process("raia", document, KINDS[kind]("raia")), Settings(shrink=False))

    assert 1 == len(found)


@pytest.mark.parametrize(
    ("vendor", "row"),
    [
        ("convocore", "wrong-key-is-a-401"),
        ("raia", "wrong-key-is-a-403"),
        ("zild", "wrong-token-is-a-401"),
    ],
)
@pytest.mark.parametrize("kind", [name for name in KINDS if "key" in name and not re.search("HEAD|before", name)])
def test_keys_of_every_vendor(vendor: str, row: str, kind: str) -> None:
    """Almost the right key is tried on every vendor, and the right one where it does not belong."""
    row = "credential-is-written-one-way" if re.search("scheme|header|several|escapes", kind) else row
    document = load(vendor)
    target = mock_in_process(vendor, document, KINDS[kind](vendor))
    found = oracle(vendor, document, target, Settings(shrink=False), parts=["sweep"])

    assert [f"model: {row}"] == [finding.code for finding in found]


def test_texts_of_another_tenant() -> None:
    """What one tenant has sent is found in the answer to another one, also where no record is made."""
    document = load("raia")
    target = mock_in_process("raia", document, Overhearing())
    (finding,) = oracle("raia", document, target, Settings(shrink=False), parts=["strangers"])

    assert "nothing of another tenant" in finding.code


def test_a_refusal_that_stays() -> None:
    """A right key that is refused after a wrong one is found."""
    document = load("raia")
    target = mock_in_process("raia", document, Grudging("raia"))
    (finding,) = oracle("raia", document, target, Settings(shrink=False), parts=["sweep"])

    assert 403 == finding.status


@pytest.mark.parametrize("key", ["7", "0123456789"])
def test_a_key_without_letters(key: str) -> None:
    """The right key is never sent as one that is almost right."""
    security = credential(load("raia"))

    assert not [name for name in near_misses(security, key) if headers(name, security, key) == security.write(key)]


FILTERS = ("userId", "searchKeyword", "startDate", "endDate", "withFeedbacksOnly")


@pytest.mark.parametrize(("ignored", "beside"), [*itertools.permutations(FILTERS, 2)])
def test_a_filter_that_another_hides(ignored: str, beside: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A filter that is left aside where another is given is found."""
    reader = query(lambda given: {name: text for name, text in given.items() if name != ignored or beside not in given})

    assert in_chapter("lists", "raia", Mutant("raia", reader), monkeypatch)


@pytest.mark.parametrize(("vendor", "name"), [("convocore", "limit"), ("raia", "pageSize")])
@pytest.mark.parametrize("size", [7, 99])
def test_a_size_that_is_another(vendor: str, name: str, size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """One size of pages that is read as the one below is found."""
    reader = query(lambda given: given | {name: str(size - 1)} if given.get(name) == str(size) else given)

    assert in_chapter("lists", vendor, Mutant(vendor, reader), monkeypatch)


@pytest.mark.parametrize(("sign", "pattern"), [("%", ".*"), ("_", "."), (".", "."), ("*", "*")])
def test_a_keyword_that_is_a_pattern(sign: str, pattern: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A keyword of which a sign stands for others is found."""

    def matched(given: dict[str, str]) -> dict[str, str]:
        escaped = re.escape(given.get("searchKeyword", ""))
        found = re.search(escaped.replace(re.escape(sign), pattern), "Off 10% (7[.*\\ now")
        return given | {"searchKeyword": found[0]} if found else given

    assert in_chapter("lists", "raia", Mutant("raia", query(matched)), monkeypatch)


class Remembering(Mock):
    """A vendor that answers a request to create something as it answered an equal one before, and creates nothing."""

    def __init__(self, vendor: str) -> None:
        self._answered = dict[tuple[bytes, bytes], Reply]()
        super().__init__(vendor)

    def reset(self) -> None:
        """Forget what was answered, too."""
        super().reset()
        self._answered = {}

    def handle(self, request: Request) -> Reply:
        """Return the reply of before, if there is one."""
        creates = request.method == "POST" and request.path.endswith((b"/convos", b"/conversations", b"/users"))
        asked = (request.path, request.body)
        reply = (creates and self._answered.get(asked)) or super().handle(request)
        if creates and reply.status < 300:
            self._answered[asked] = reply
        return reply


@pytest.mark.parametrize("vendor", ["convocore", "raia"])
def test_an_equal_body(vendor: str) -> None:
    """Two requests with the same body make two conversations."""
    document = load(vendor)
    target = mock_in_process(vendor, document, Remembering(vendor))
    found = oracle(vendor, document, target, Settings(shrink=False), parts=["chapters"])

    assert 1 == len(found)


class Guessing(Mock):
    """raia, which finds a user by what only resembles a contact."""

    def __init__(self, resembles: Callable[[str, str], bool]) -> None:
        super().__init__("raia")
        self._resembles = resembles
        self._contacts = list[tuple[str, str]]()

    def handle(self, request: Request) -> Reply:
        """Return the reply to what it guesses."""
        if request.method == "POST" and request.path.endswith(b"/users"):
            self._contacts += json.loads(request.body).items()
        given = dict(parse_qsl(request.query.decode()))
        guessed = {
            name: next((known for key, known in self._contacts if key == name and self._resembles(known, text)), text)
            for name, text in given.items()
        }
        return super().handle(attrs.evolve(request, query=urlencode(guessed).encode()))


@pytest.mark.parametrize(
    "resembles",
    [
        str.startswith,
        str.endswith,
        lambda known, text: text.startswith(known),
        lambda known, text: known.lower() == text.lower(),
    ],
    ids=["a beginning", "an end", "more", "another case"],
)
def test_a_lookup_that_guesses(resembles: Callable[[str, str], bool], monkeypatch: pytest.MonkeyPatch) -> None:
    """A user who is found by less or more than a whole contact is a finding."""
    assert in_chapter("people", "raia", Guessing(resembles), monkeypatch)


def in_chapter(chapter: str, vendor: str, mock: Mock, monkeypatch: pytest.MonkeyPatch) -> list[Finding]:
    """Return what one chapter of the model finds."""
    document = load(vendor)
    target = mock_in_process(vendor, document, mock)
    machine: Any = (vendor_of(vendor).oracle or ())[-1]
    monkeypatch.setattr(machine, "chapters", (getattr(machine, chapter),))
    return oracle(vendor, document, target, Settings(shrink=False), parts=["chapters"])


def shortened(_: Mock, request: Request) -> Request:
    """Leave out what is too much of a list in the query."""
    name, _, ids = request.query.partition(b"convoIds=")
    listed = ids.split(b"%2C")
    return attrs.evolve(request, query=name + b"convoIds=" + b"%2C".join(listed[:500])) if ids else request


def test_a_longer_list_in_a_query() -> None:
    """A list that is cut to the length which the document allows is found."""
    document = load("convocore")
    target = mock_in_process("convocore", document, Mutant("convocore", shortened))
    found = oracle("convocore", document, target, Settings(shrink=False), parts=["sweep"])

    assert ["maxItems"] == [finding.code for finding in found]
