"""A spy passes on what the application and the real server say, and looks at it."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import json
import re
import socket
import ssl
import struct
import threading
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import attrs
import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from causerie_mock import VENDORS, Mock, MockTransport, Reply, Request, Spy, mock, serve
from causerie_mock import _findings as findings_module
from causerie_mock import _harvest as harvest_module
from causerie_mock import _pseudonyms as pseudonyms_module
from causerie_mock import _server as server_module
from causerie_mock import _spy as spy_module
from causerie_mock import _upstream as upstream_module
from causerie_mock.__main__ import main
from causerie_mock._pseudonyms import Pseudonyms

LIST = "/external/conversations"
KEY = {"Agent-Secret-Key": "raia-mock-key"}
#: Stands where a credential or something of somebody's stands.
SECRETS = ("sk-live-0123456789abcdef", "Lovelace", "ada@example.org", "+15550199887", "wonderland")

#: What an application asks each vendor: method, path, body.
CALLS: dict[str, list[tuple[str, str, Any]]] = {
    "convocore": [
        ("GET", "/agents/agent123/convos", None),
        ("GET", "/v3/agents/agent123/convos/agent123_convo456", None),
        ("POST", "/agents/agent123/convos", {"conversation": {"ts": 1767225600, "userName": "Ada Lovelace"}}),
        (
            "PATCH",
            "/agents/agent123/convos/agent123_convo456/messages",
            {
                "turns": [
                    {
                        "from": "human",
                        "ts": 1767225600,
                        "messages": [{"from": "human", "type": "text", "item": {"payload": {"message": "Hello"}}}],
                    }
                ]
            },
        ),
        ("GET", "/agents/agent123/convos/agent123_convo456/details?region=eu", None),
        ("GET", "/workspace/sessions?workspaceId=workspace123&region=eu", None),
    ],
    "raia": [
        ("GET", f"{LIST}?page=1", None),
        ("GET", f"{LIST}/states", None),
        ("POST", LIST, {"conversationUserId": "u-1", "title": "A title of somebody's"}),
        ("GET", f"{LIST}/5f7b1b3b-3b3b-4b3b-3b3b-3b3b3b3b3b3b", None),
        ("GET", f"{LIST}/5f7b1b3b-3b3b-4b3b-3b3b-3b3b3b3b3b3b/messages", None),
        ("GET", "/external/agents/users", None),
        ("GET", "/external/users/5f7b1b3b-3b3b-4b3b-3b3b-3b3b3b3b3b3b", None),
        ("GET", "/external/agents/by-api-key", None),
        ("DELETE", "/external/users/nobody", None),
    ],
    "zild": [
        (
            "POST",
            "/api/Conversation/proactive-conversation",
            {"channelId": 1, "recipient": ["+15550199"], "conversationTemplateId": 7},
        )
    ],
}


class Server:
    """A server that answers each connection with the same bytes, and keeps what it was sent."""

    def __init__(self, answer: bytes, end: str = "close", certificate: Path | None = None) -> None:
        self.tls = None
        if certificate is not None:
            self.tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            self.tls.load_cert_chain(certificate)
        self.answer = answer
        self.end = end
        self.sent: list[bytes] = []
        self.asked = threading.Event()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http{'s' if self.tls else ''}://127.0.0.1:{self.listener.getsockname()[1]}"
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def run(self) -> None:
        while True:
            try:
                opened, _ = self.listener.accept()
            except OSError:
                return
            with contextlib.suppress(OSError), self.tls.wrap_socket(opened, True) if self.tls else opened as opened:
                head = b""
                while b"\r\n\r\n" not in head:
                    if not (chunk := opened.recv(65536)):
                        break
                    head += chunk
                if not head:
                    continue
                start, _, body = head.partition(b"\r\n\r\n")
                length = next(
                    (int(each[15:]) for each in start.lower().split(b"\r\n") if each[:15] == b"content-length:"), 0
                )
                while len(body) < length:
                    body += opened.recv(65536)
                self.sent.append(start + b"\r\n\r\n" + body)
                self.asked.set()
                opened.sendall(self.answer)
                if self.end == "reset":
                    opened.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                elif self.end == "wait":
                    opened.recv(1)  # until somebody hangs up

    def close(self) -> None:
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.thread.join()


@contextlib.contextmanager
def real(answer: bytes, end: str = "close", certificate: Path | None = None) -> Iterator[Server]:
    server = Server(answer, end, certificate)
    try:
        yield server
    finally:
        server.close()


def http(body: bytes, *headers: str, status: str = "200 OK", length: bool = True) -> bytes:
    """Return an answer; its type is JSON unless a header says another."""
    lines = [f"HTTP/1.1 {status}", *headers]
    if not any(each.lower().startswith("content-type") for each in headers):
        lines.append("content-type: application/json")
    if length:
        lines.append(f"content-length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + body


def answered(change: Callable[[Any], Any]) -> Callable[[Request], Reply]:
    """Return a server in this process that answers as the mock does, but for what `change` does to the value."""
    vendor = Mock("raia")

    def handle(request: Request) -> Reply:
        reply = vendor.handle(request)
        return Reply.json(reply.status, change(json.loads(reply.body)))

    return handle


def told(mock: Mock) -> str:
    """Return everything that a spy shows: in this process, over HTTP, and as a seed."""
    assert mock.spy is not None
    with serve([mock]) as urls:
        base = urls[mock.vendor].replace(f"/{mock.vendor}", f"/_causerie/{mock.vendor}")
        pages = [httpx.get(f"{base}/{each}").text for each in ("spy", "requests", "spy/seed")]
    return json.dumps([repr(list(mock.requests)), repr(list(mock.spy.findings)), repr(mock.spy), *pages])


def spy_of(mock: Mock) -> Spy:
    assert mock.spy is not None
    return mock.spy


@pytest.mark.parametrize("vendor", VENDORS)
def test_an_application_does_not_notice(vendor: str) -> None:
    """Status, headers and body are those of the real server, and what is as documented is no finding."""
    with (
        serve([Mock(vendor)]) as urls,
        serve([Mock(vendor)]) as same,
        Mock(vendor, spy=urls[vendor]) as spied,
        httpx.Client(headers=spied.headers()) as client,
    ):
        expected = [client.request(verb, f"{same[vendor]}{path}", json=body) for verb, path, body in CALLS[vendor]]
        actual = [client.request(verb, f"{spied.url}{path}", json=body) for verb, path, body in CALLS[vendor]]

    def seen(answers: list[httpx.Response]) -> list[Any]:
        return [
            (each.status_code, each.content, {**each.headers, "date": ""}, len(each.headers.get_list("date")))
            for each in answers
        ]

    assert seen(expected) == seen(actual)
    assert (len(actual), []) == (spy_of(spied).findings.checked, list(spy_of(spied).findings))
    assert [(None, True)] * len(actual) == [(each.tenant, each.valid) for each in spied.requests]


def test_a_function_answers() -> None:
    """Nothing needs a port: a mock can be the real server of another."""
    with mock("raia", spy=Mock("raia").handle) as spied, spied.client() as client:
        answer = client.get(LIST)

    assert 200 == answer.status_code
    assert ("Mock.handle", 1) == (spy_of(spied).target, spy_of(spied).findings.checked)
    assert "list_conversations" == spied.requests.last.operation


def test_a_function_that_returns_no_reply() -> None:
    """It is told so."""
    spied = Mock("raia", spy=lambda _: 200)  # type: ignore[arg-type, return-value]

    with pytest.raises(TypeError, match="<lambda> returned int; it must return a causerie_mock"):
        spied.handle(Request("GET", b"/"))


def test_what_is_sent() -> None:
    """The bytes of the application, once: without what is for one connection alone, and with the server's own name."""
    with real(http(b"{}")) as server, Mock("raia", spy=f"{server.url}/base/") as spied, httpx.Client() as client:
        client.post(
            f"{spied.url}/external/prompts%2F?a=%20b&a=c",
            headers=[
                ("Agent-Secret-Key", "k"),
                ("X-Twice", "one"),
                ("X-Twice", "two"),
                ("X-Here", "only"),
                ("Connection", "X-Here, keep-alive"),
                ("Keep-Alive", "timeout=5"),
                ("TE", "trailers"),
                ("Proxy-Authorization", "Basic x"),
                ("Accept-Encoding", "br"),
            ],
            content=iter([b"\x00\xff", b"rest"]),
        )
        (sent,) = server.sent

    start, *headers = sent.partition(b"\r\n\r\n")[0].decode().split("\r\n")
    names = [each.partition(":")[0].lower() for each in headers]
    assert "POST /base/external/prompts%2F?a=%20b&a=c HTTP/1.1" == start
    assert b"\x00\xffrest" == sent.partition(b"\r\n\r\n")[2]
    assert {"x-twice: one", "x-twice: two", "agent-secret-key: k", "accept-encoding: br", "content-length: 6"} < {
        each.lower() for each in headers
    }
    assert f"host: {server.url[7:]}" == headers[0]
    assert re.fullmatch("causerie-spy: [0-9a-f]{16}", headers[-2])
    assert set() == {"x-here", "connection", "keep-alive", "te", "proxy-authorization", "transfer-encoding"} & {*names}
    assert len(names) - 1 == len({*names})


def test_a_request_without_a_body_gets_none() -> None:
    """Not even a length."""
    with real(http(b"{}")) as server, Mock("raia", spy=server.url) as spied:
        httpx.get(f"{spied.url}{LIST}")

    assert b"content-length" not in server.sent[0].lower()


PACKED = gzip.compress(b'{"currentPage": 1}', mtime=0)


@pytest.mark.parametrize(
    ("method", "answer", "status", "headers", "body"),
    [
        ("GET", http(PACKED, "content-encoding: gzip"), 200, {"content-encoding": "gzip"}, PACKED),
        ("GET", http(b"x", "x-a: 1", "connection: x-a", "keep-alive: 5"), 200, {"x-a": None, "keep-alive": None}, b"x"),
        ("GET", http(b"x", "location: http://other.test/"), 200, {"location": "http://other.test/"}, b"x"),
        ("GET", http(b"x", "set-cookie: a=1", "set-cookie: b=2"), 200, {"set-cookie": "a=1, b=2"}, b"x"),
        ("GET", http(b"x", "x-a: one\r\n two"), 200, {"x-a": "one two"}, b"x"),
        ("GET", http(b"", status="204 No Content"), 204, {"content-length": None}, b""),
        ("GET", http(b"", "etag: 7", status="304 Not Modified"), 304, {"etag": "7"}, b""),
        ("HEAD", http(b"", "content-length: 9", length=False), 200, {"content-length": "9"}, b""),
        ("HEAD", http(b"", length=False), 200, {}, b""),
        (
            "GET",
            http(b"3\r\nabc\r\n0\r\n\r\n", "transfer-encoding: chunked", length=False),
            200,
            {"content-length": "3", "transfer-encoding": None},
            b"abc",
        ),
        (
            "GET",
            http(b"till the end", "connection: close", length=False),
            200,
            {"content-length": "12"},
            b"till the end",
        ),
        ("GET", http(b"{}", status="503 Busy"), 503, {}, b"{}"),
        ("GET", http(b"{}", status="302 Found"), 302, {}, b"{}"),
    ],
)
def test_what_comes_back(method: str, answer: bytes, status: int, headers: dict[str, str | None], body: bytes) -> None:
    """The status and the bytes of the server, without what is for one connection alone; nothing is followed."""
    with (
        real(answer) as server,
        Mock("raia", spy=server.url) as spied,
        httpx.stream(method, f"{spied.url}{LIST}") as got,
    ):
        raw = b"".join(got.iter_raw())

    assert (status, body) == (got.status_code, raw)
    assert headers == {name: got.headers.get(name) for name in headers}
    assert 1 == len(server.sent)


def changed(**values: Any) -> Callable[[Any], Any]:
    def change(value: Any) -> Any:
        value["data"][0] |= values
        return value

    return change


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (changed(id=7), ("type", "answer /data/0/id", 'the value is not of type "string"')),
        (changed(mode="lovelace"), ("enum", "answer /data/0/mode", "[Filtered] is none of its values")),
        (changed(lovelace=1), ("properties", "answer /data/0/[Filtered]", "no schema names it")),
        (changed(createdAt="soon"), ("format", "answer /data/0/createdAt", 'the value is not a "date-time"')),
        (
            lambda value: {name: each for name, each in value.items() if name != "totalItems"},
            ("required", "answer /totalItems", '"totalItems" is a required property'),
        ),
        (lambda _: ["lovelace"], ("type", "answer /", 'the value is not of type "object"')),
    ],
)
def test_an_answer_that_is_not_as_documented(change: Callable[[Any], Any], found: tuple[str, str, str]) -> None:
    """It is passed on as it is; the finding has its place, in the answer and in the document, and no value."""
    with mock("raia", spy=answered(change)) as spied, spied.client() as client:
        for _ in range(2):
            answer = client.get(LIST)

    (finding,) = spy_of(spied).findings
    assert 200 == answer.status_code
    assert (*found, 2, "list_conversations", 200) == (
        finding.keyword,
        finding.where,
        finding.problem,
        finding.count,
        finding.operation,
        finding.status,
    )
    assert finding.schema.startswith("/")
    assert finding.first <= finding.last
    assert f"GET {LIST}: {finding.where}: {finding.problem}" == str(finding)
    assert "lovelace" not in told(spied)
    assert (False, finding.problem, finding.where) == (
        spied.requests.last.valid,
        spied.requests.last.problem,
        spied.requests.last.issues[0].place,
    )


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        (
            http(b"<p>Lovelace</p>", "content-type: text/html"),
            ("content", "the document has no [Filtered]/[Filtered] here"),
        ),
        (http(b"{}", status="418 Teapot"), ("status", "the document has no 418 here")),
        (http(b"{}", status="599 Odd"), ("status", "the document has no 599 here")),
        (http(b'{"Lovelace'), ("json", "application/json that is not JSON")),
        (http(b'{"id": "\\ud800"}'), ("json", "application/json that is not JSON")),
        (http(b"\xff"), ("body", "the spy could not read the answer: it is not UTF-8")),
        (
            http(b"[" * 200 + b"]" * 200),
            ("body", "the spy could not read the answer: it is nested deeper than 100 levels"),
        ),
        (
            http(b"no gzip", "content-encoding: gzip"),
            ("body", "the spy could not read the answer: it is said to be gzip, but it is not"),
        ),
        (
            http(PACKED[:-9], "content-encoding: gzip"),
            ("body", "the spy could not read the answer: its compressed content is cut off"),
        ),
        (
            http(b"x", "content-encoding: br"),
            ("body", "the spy could not read the answer: its content encoding is none of gzip, deflate"),
        ),
    ],
)
def test_an_answer_that_is_none(answer: bytes, found: tuple[str, str]) -> None:
    """It is passed on all the same, byte by byte."""
    with (
        real(answer) as server,
        Mock("raia", spy=server.url) as spied,
        httpx.stream("GET", f"{spied.url}{LIST}", headers=KEY) as got,
    ):
        raw = b"".join(got.iter_raw())

    assert answer.partition(b"\r\n\r\n")[2] == raw
    assert [found] == [(each.keyword, each.problem) for each in spy_of(spied).findings]


def test_what_is_packed_is_looked_at() -> None:
    """With gzip and with deflate; what would fill the memory is not unpacked."""
    body = b'{"lovelace": 1}'
    for packed, encoding in ((gzip.compress(body), "x-gzip"), (zlib.compress(body), "deflate")):
        with real(http(packed, f"content-encoding: {encoding}")) as server, Mock("raia", spy=server.url) as spied:
            httpx.get(f"{spied.url}{LIST}", headers=KEY)

        assert "properties" in {each.keyword for each in spy_of(spied).findings}
        assert b'{"[Filtered]":1}' == spied.requests.last.reply.body


def test_a_bomb(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kilobyte may be the packed form of gigabytes."""
    monkeypatch.setattr(spy_module, "MAX_PASSED", 1000)
    answer = http(gzip.compress(b"a" * 5000), "content-encoding: gzip")
    with real(answer) as server, Mock("raia", spy=server.url) as spied:
        httpx.get(f"{spied.url}{LIST}", headers=KEY)

    (finding,) = spy_of(spied).findings
    assert "the spy could not read the answer: decompressed, it is longer than 1000 bytes" == finding.problem


@pytest.mark.parametrize(
    ("method", "path", "body", "headers", "found"),
    [
        ("GET", "/external/lovelace", None, KEY, ("path", "GET /external/[Filtered]")),
        ("PATCH", LIST, None, KEY, ("method", f"[Filtered] {LIST}")),
        ("GET", f"{LIST}?page=many", None, KEY, ("type", "query page")),
        ("GET", f"{LIST}?lovelace=1", None, KEY, ("parameters", "query [Filtered]")),
        ("POST", LIST, {"conversationUserId": 7}, KEY, ("type", "body /conversationUserId")),
        ("POST", LIST, {}, KEY, ("required", "body /conversationUserId")),
        ("POST", LIST, {"conversationUserId": "u", "lovelace": 1}, KEY, ("properties", "body /[Filtered]")),
        ("POST", LIST, None, KEY, ("required", "body")),
        ("GET", f"{LIST}/states", "x", KEY, ("content", "body")),
        ("GET", LIST, None, {}, ("security", "header Agent-Secret-Key")),
    ],
)
def test_a_request_that_is_not_as_documented(
    method: str, path: str, body: Any, headers: dict[str, str], found: tuple[str, str]
) -> None:
    """Also where the server refuses it: the application is to be told what is wrong with it."""
    with Mock("raia") as vendor, serve([vendor]) as urls, Mock("raia", spy=urls["raia"]) as spied:
        httpx.request(method, f"{spied.url}{path}", json=body, headers=headers)

    assert found in [(each.keyword, each.where) for each in spy_of(spied).findings]
    assert "lovelace" not in told(spied)


def test_a_parameter_that_is_missing() -> None:
    """The region of details is required."""
    with mock("convocore", spy=Mock("convocore").handle) as spied, spied.client() as client:
        client.get("/agents/agent123/convos/agent123_convo456/details")

    assert [("required", "query region")] == [(each.keyword, each.where) for each in spy_of(spied).findings]


def test_what_may_be_asked_without_a_credential() -> None:
    """Convocore's `interact` needs none."""
    with mock("convocore", spy=Mock("convocore").handle) as spied, spied.client() as client:
        del client.headers["authorization"]
        client.post("/agents/interact", json={"agentId": "agent123", "prompt": "Hello", "bucket": "agents-playground"})

    assert "security" not in [each.keyword for each in spy_of(spied).findings]


@pytest.mark.parametrize(
    ("answer", "end", "status", "reason"),
    [
        (b"", "close", 502, "no whole answer: RemoteDisconnected"),
        (b"", "reset", 502, "no whole answer: Connection reset by peer"),
        (b"", "wait", 504, "no whole answer in 0.3 s"),
        (http(b"abc")[:-1], "close", 502, "no whole answer: IncompleteRead"),
        (http(b"abc")[:-1], "reset", 502, "no whole answer: Connection reset by peer"),
        (http(b"abc")[:-1], "wait", 504, "no whole answer in 0.3 s"),
        (http(b"5\r\nab", "transfer-encoding: chunked", length=False), "close", 502, "no whole answer: IncompleteRead"),
        (http(b"", status="101 Switching"), "close", 502, "no whole answer: UnknownProtocol"),
        (http(b"", status="999 What"), "close", 502, "no whole answer: UnknownProtocol"),
        (b"lovelace\r\n\r\n", "close", 502, "no whole answer: BadStatusLine"),
        (b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 101 + b"\r\n", "close", 502, "no whole answer: HTTPException"),
    ],
)
def test_no_answer(answer: bytes, end: str, status: int, reason: str) -> None:
    """The application is told that it was the spy that has none, and the server is asked once."""
    with real(answer, end) as server, Mock("raia", spy=server.url) as spied:
        spy_of(spied).timeout = 0.3
        got = httpx.post(f"{spied.url}{LIST}", headers=KEY, json={"conversationUserId": "u"})

    said = f"Causerie's spy has {reason} from {server.url}. It may have done what was asked."
    assert (status, said) == (got.status_code, got.json()["message"])
    assert [("connection", "answer", said)] == [
        (each.keyword, each.where, each.problem) for each in spy_of(spied).findings
    ]
    assert 1 == len(server.sent)
    assert "lovelace" not in told(spied)


def test_an_answer_that_does_not_end() -> None:
    """However often a little of it comes: the time is for the whole."""
    response = SimpleNamespace(status=200)

    with pytest.raises(TimeoutError), socket.socket() as opened:
        upstream_module._read(opened, response, 0.0)  # type: ignore[arg-type]


def test_https(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server is asked over TLS where its certificate is trusted, and hears nothing where it is not."""
    certificate = Path(__file__).parents[1] / "overrides" / "vendor.pem"
    with real(http(b"{}"), certificate=certificate) as server:
        doubted = Mock("raia", spy=server.url).handle(Request("GET", b"/a"))
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        trusted = Mock("raia", spy=server.url).handle(Request("GET", b"/a"))

    assert (502, True) == (doubted.status, b"Nothing was sent." in doubted.body)
    assert (200, b"{}") == (trusted.status, trusted.body)
    assert 1 == len(server.sent)


@pytest.mark.parametrize("vendor", VENDORS)
def test_nobody_there(vendor: str) -> None:
    """Nothing was sent, so that it can be sent again; each vendor's clients read the sentence."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    with mock(vendor, spy=url) as spied, spied.client() as client:
        answer = client.get("/nothing")

    assert 502 == answer.status_code
    assert f"no whole answer: Connection refused from {url}. Nothing was sent." in answer.text


def test_what_cannot_be_sent() -> None:
    """An invalid path or header is not sent, and the application is told so."""
    with real(http(b"{}")) as server:
        spied = Mock("raia", spy=server.url)
        requests = [Request("GET", b"/a b"), Request("GET", b"/a", headers=((b"x", b"a\r\nb: c"),))]
        replies = [spied.handle(request) for request in requests]

    assert [502, 502] == [reply.status for reply in replies]
    assert all(b"Nothing was sent." in reply.body for reply in replies)
    assert [] == server.sent


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is too long is passed on in neither direction, and no part of it."""
    monkeypatch.setattr(upstream_module, "MAX_PASSED", 10)
    with real(http(b"a" * 11)) as server, Mock("raia", spy=server.url) as spied:
        long_answer = httpx.get(f"{spied.url}{LIST}", headers=KEY)
        monkeypatch.setattr(spy_module, "MAX_PASSED", 10)
        long_request = httpx.post(f"{spied.url}{LIST}", headers=KEY, content=b"a" * 11)

    assert (502, 413) == (long_answer.status_code, long_request.status_code)
    assert 1 == len(server.sent)
    assert "longer than 10 bytes. Nothing was sent." in spied.requests.last.issues[-1].message


def test_no_secret_is_shown() -> None:
    """In whatever place: neither in the journal, nor in findings, nor over HTTP, nor in a seed."""
    key, name, mail, phone, word = SECRETS
    person = {
        "id": key,
        "firstName": name,
        "lastName": word,
        "email": mail,
        "phoneNumber": phone,
        "isAnonymized": False,
    }

    def spoil(value: Any) -> Any:
        if "data" not in value:
            return value | {word: name}
        value["data"][0] |= {
            "title": word,
            "user": {**person, "metadata": {name: word}, word: name},
            "conversationUserId": key,
            "mode": name,
            name: word,
            "score": "15550199887",
        }
        value[mail] = word
        return value

    spied = mock("raia", spy=answered(spoil))
    with spied, spied.client(headers={**KEY, "Agent-Secret-Key": key, f"x-{word}": name, "cookie": word}) as client:
        client.get(f"{LIST}?{name}={word}&search={mail}&page=1")
        client.get(f"/external/users/{word}/{key}")
        client.get(f"{LIST}/{mail}")
        client.request(name.upper(), LIST)
        client.post(LIST, json={"conversationUserId": key, "title": word, name: word, "customData": {word: name}})
        client.post(LIST, content=f"{name} {key}", headers={"content-type": f"text/{word}"})

    shown = told(spied).lower()
    assert 6 == len(spied.requests)
    assert [] == [each for each in (*SECRETS, phone[1:]) if each.lower() in shown]
    assert "list_conversations" in shown


@settings(max_examples=100, deadline=None)
@given(
    method=st.sampled_from(["GET", "POST", "OPTIONS", "LOVELACE"]),
    path=st.sampled_from([b"/external/conversations", b"//[", b"/%ff", b"/v3/agents/x/convos", b"/agents/interact"]),
    query=st.binary(max_size=20),
    body=st.one_of(
        st.binary(max_size=60),
        st.recursive(
            st.none() | st.integers() | st.floats() | st.text(max_size=5),
            lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=9), inner),
        ).map(lambda value: json.dumps(value).encode()),
    ),
    status=st.sampled_from([200, 201, 204, 400, 418]),
    kind=st.sampled_from(["application/json", "text/html", "", "application/json; charset=x", "ü/ß"]),
    vendor=st.sampled_from(["raia", "convocore"]),
)
def test_whatever_comes_is_passed_on(
    method: str, path: bytes, query: bytes, body: bytes, status: int, kind: str, vendor: str
) -> None:
    """No request and no answer makes the spy fail."""
    reply = Reply(status, (("content-type", kind), ("content-encoding", "")), body)
    spied = Mock(vendor, spy=lambda _: reply)
    headers = [(b"content-type", kind.encode("latin-1"))]

    assert reply == spied.handle(Request(method, path, query, headers, body))
    assert 1 == len(spied.requests)


BAD_URLS = [
    ("ftp://example.com", "spy is 'ftp://example.com'; give the http or https URL of a server"),
    ("example.com", "spy is 'example.com'; give the http or https URL"),
    ("http://", "spy is 'http://'; give the http or https URL"),
    ("http://a b/", "spy is 'http://a b/'; give the http or https URL"),
    ("http://host:port/", "spy is 'http://host:port/'; give the http or https URL"),
    ("", "spy is ''; give the http or https URL"),
    ("https://ada:hush@example.com/", "spy has a user or a password before 'example.com'"),
    ("https://example.com/?key=hush", "spy is 'https://example.com/' with a query or a fragment"),
    ("https://example.com/#hush", "spy is 'https://example.com/' with a query or a fragment"),
]


@pytest.mark.parametrize(("url", "sentence"), BAD_URLS)
def test_a_url_that_is_none(url: str, sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    """It is refused by name, in Python and on the command line, and no secret in it is shown."""
    with pytest.raises(ValueError, match="spy ") as refused:
        Mock("raia", spy=url)

    assert str(refused.value).startswith(sentence)
    assert 2 == main(["raia", "--port=0", "--spy", url])
    shown = capsys.readouterr().err
    assert shown.startswith(f"--spy raia: {sentence}")
    assert "hush" not in shown + str(refused.value)


def test_a_target_that_is_none() -> None:
    """It is a URL or a function."""
    with pytest.raises(ValueError, match="spy is a int; give a URL, or a function"):
        Mock("raia", spy=7)  # type: ignore[arg-type]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0.0.0.0"])
def test_it_does_not_spy_on_itself(host: str) -> None:
    """Every request would come again, without an end."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    spied = Mock("raia", spy=f"http://{host}:{port}/raia")

    with (
        pytest.raises(ValueError, match="which is this server itself; give the URL of the real one"),
        serve([Mock("zild"), spied], port=port),
    ):
        pass


def free_ports(number: int) -> list[int]:
    with contextlib.ExitStack() as stack:
        opened = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(number)]
        return [each.getsockname()[1] for each in opened]


@pytest.mark.parametrize("number", [2, 3])
@pytest.mark.parametrize("vendor", VENDORS)
def test_spies_that_lead_to_each_other(vendor: str, number: int) -> None:
    """A request goes round once: the spy that gets it again answers it, says why, and has it as a finding."""
    ports = free_ports(number)
    spies = [Mock(vendor, spy=f"http://127.0.0.1:{port}/{vendor}") for port in [*ports[1:], ports[0]]]
    with contextlib.ExitStack() as stack:
        for port, each in zip(ports, spies, strict=True):
            stack.enter_context(serve([each], port=port))
        method, path, body = CALLS[vendor][0]
        url = f"http://127.0.0.1:{ports[0]}/{vendor}{path}"
        answer = httpx.request(method, url, json=body, headers=spies[0].headers())

    said = f"Causerie's spy has sent this request to {spy_of(spies[0]).target}, and it came back: "
    assert 508 == answer.status_code
    assert said in answer.text
    assert [2, *[1] * (number - 1)] == [len(each.requests) for each in spies]
    assert 1 == sum(finding.problem.startswith(said) for finding in spy_of(spies[0]).findings)
    assert said in told(spies[0])


def test_a_spy_that_leads_to_itself() -> None:
    """So it does where something else leads to it, such as a function of yours."""

    def lead(request: Request) -> Reply:
        return spied.handle(request)

    spied = Mock("raia", spy=lead)

    assert 508 == spied.handle(Request("GET", LIST.encode())).status
    assert 2 == len(spied.requests)


def test_spies_in_a_row() -> None:
    """Two spies before one server are no circle."""
    first = Mock("raia", spy=Mock("raia").handle)
    headers = [(name.encode(), value.encode()) for name, value in first.headers().items()]

    assert 200 == Mock("raia", spy=first.handle).handle(Request("GET", LIST.encode(), headers=headers)).status


@pytest.mark.parametrize(
    ("address", "host", "leads"),
    [
        ("127.0.0.1", "127.0.0.1", True),
        ("127.0.0.2", "127.0.0.1", False),
        ("0.0.0.0", "127.0.0.1", True),
        ("127.0.0.1", "0.0.0.0", True),
        ("192.0.2.1", "0.0.0.0", False),
        ("::1", "::1", True),
        ("::1", "127.0.0.1", False),
    ],
)
def test_what_leads_to_itself(address: str, host: str, leads: bool) -> None:
    """Where all addresses of a machine are listened on, each of them does."""
    assert leads == server_module._leads(address, host)


def test_a_name_that_nobody_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    """It does not keep the mock from starting; the first request says that there is no such host."""

    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)

    assert set() == server_module._addresses("vendor.invalid")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--spy", "http://127.0.0.1:1"], "--spy: convocore, raia, zild are served, so it is unclear which is meant; "),
        (["raia", "zild", "--spy", "http://127.0.0.1:1"], "--spy: raia, zild are served, so it is unclear which is"),
        (["raia", "--spy", "zild=http://127.0.0.1:1"], "--spy zild: Give VENDOR=URL, where the vendor is one of raia."),
        (["raia", "--spy", "a:hush@b=x"], "--spy b: Give VENDOR=URL, where the vendor is one of raia."),
        (["--spy", "raia=http://a.test", "--spy", "raia=http://b.test"], "--spy raia: It is given twice; "),
        (["raia", "--spy-seed", "folder"], "--spy-seed: There is no spy whose traffic could be saved; give --spy too."),
    ],
)
def test_the_command_refuses(arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    """It says what is wrong, and what to do."""
    assert 2 == main([*arguments, "--port=0"])
    assert capsys.readouterr().err.startswith(sentence)


def test_the_command_refuses_itself(capsys: pytest.CaptureFixture[str]) -> None:
    """By the URL and the port that it would listen on, which is free again."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]

    assert 2 == main(["raia", f"--port={port}", f"--spy=http://localhost:{port}/raia"])
    assert "which is this server itself" in capsys.readouterr().err
    socket.create_server(("127.0.0.1", port)).close()


def test_the_command_refuses_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """At the start, when nothing is lost yet."""
    file = tmp_path / "file"
    file.write_text("")

    assert 2 == main(["raia", "--port=0", "--spy=http://a.test", f"--spy-seed={file}"])
    assert f"--spy-seed: {file}: File exists." in capsys.readouterr().err


def test_the_command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It says on what it spies and shows no key; what it has seen is in the folder at the end."""
    with serve([Mock("raia")]) as urls:

        def run(_: socket.socket, mocks: list[Mock]) -> None:
            for each in mocks:
                each.handle(Request("GET", LIST.encode(), headers=[(b"agent-secret-key", b"raia-mock-key")]))

        monkeypatch.setattr("causerie_mock.__main__.run", run)
        code = main(["raia", "zild", "--port=0", f"--spy=raia={urls['raia']}", f"--spy-seed={tmp_path / 'new'}"])

    (file,) = (tmp_path / "new").iterdir()
    assert (0, "raia.json") == (code, file.name)
    assert 2 == len(Mock("raia").seed(**json.loads(file.read_text(encoding="utf-8")))["conversations"])


def test_what_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real server takes none of the mock's keys, so none is printed."""
    printed: list[str] = []
    monkeypatch.setattr("builtins.print", lambda text, **_: printed.append(text))
    monkeypatch.setattr(server_module._Server, "run", lambda *_, **__: None)
    listener = server_module.listen("127.0.0.1", 0)
    with listener:
        server_module.run(listener, [Mock("raia", spy="https://example.com/base/")])

    assert printed[0].endswith("spies on: https://example.com/base")


@pytest.mark.parametrize("vendor", VENDORS)
def test_a_seed(vendor: str) -> None:
    """The mock takes it, it has all records that were seen, and nothing that belonged to somebody."""
    with mock(vendor, spy=Mock(vendor).handle) as spied, spied.client() as client:
        answers = [client.request(verb, path, json=body).text for verb, path, body in CALLS[vendor]]
    seed: dict[str, Any] = spied.overheard()
    text = json.dumps(seed)
    stored = Mock(vendor).seed(**seed)

    assert {kind: len(each) for kind, each in seed.items()} == {kind: len(stored[kind]) for kind in seed}
    assert (1, True) <= (len(seed["conversations"]), bool(seed))
    private = (
        "John",
        "Doe",
        "Ada",
        "example.com/",
        "1234567890",
        "agent123",
        "5f7b1b3b",
        "Hello",
        "somebody's",
        "15550199",
    )
    there = [each for each in private if any(each in answer for answer in answers)]
    assert there
    assert [] == [each for each in private if each in text and each != "example.com/"]


def test_a_seed_of_raia() -> None:
    """What refers to a record still does, and the messages are with their conversation."""
    with mock("raia", spy=Mock("raia").handle) as spied, spied.client() as client:
        for verb, path, body in CALLS["raia"]:
            client.request(verb, path, json=body)
        client.get("/external/users/search?email=a%40b.test")
    seed: dict[str, Any] = spied.overheard()
    users = {each["id"] for each in seed["users"]}

    assert ["conversations", "states", "users"] == sorted(seed)
    assert {each["conversationUserId"] for each in seed["conversations"]} & users
    assert any(each.get("messages") for each in seed["conversations"])


def test_a_seed_leaves_out_what_no_mock_takes() -> None:
    """A broken record is a finding, and no record."""
    with mock("raia", spy=answered(changed(createdAt=7))) as spied, spied.client() as client:
        client.get(LIST)

    assert 1 == len(spied.overheard()["conversations"])


@pytest.mark.parametrize("value", [None, [], "text", {"data": 7}, {"data": [7]}, {"data": [{}]}])
@pytest.mark.parametrize(("vendor", "path"), [("raia", LIST), ("convocore", "/agents/a/convos")])
def test_a_seed_of_answers_that_are_none(vendor: str, path: str, value: Any) -> None:
    """There is nothing in them."""
    with mock(vendor, spy=lambda _: Reply.json(200, value)) as spied, spied.client() as client:
        client.get(path)

    assert [] == spied.overheard().get("conversations", [])


def test_no_seed() -> None:
    """A mock without a spy, and a vendor that observes nothing, have no seed."""
    with pytest.raises(ValueError, match="raia has no spy"):
        Mock("raia").overheard()

    spied = Mock("raia", spy=Mock("raia").handle)
    spy_of(spied)._vendor = attrs.evolve(spy_of(spied)._vendor, observe=None)
    spied.reset()
    spied.handle(Request("GET", LIST.encode(), headers=[(b"agent-secret-key", b"raia-mock-key")]))
    with pytest.raises(ValueError, match="nothing to save"):
        spied.overheard()


def test_no_more_than_a_memory_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Records, stand-ins and findings make room for others; findings are counted."""
    monkeypatch.setattr(harvest_module, "_LIMIT", 1)
    monkeypatch.setattr(findings_module, "_LIMIT", 1)
    monkeypatch.setattr(pseudonyms_module, "_LIMIT", 1)
    with mock("raia", spy=Mock("raia").handle) as spied, spied.client() as client:
        client.get(LIST)
        client.get("/external/conversation")
        client.get("/external")
    found = spy_of(spied).findings

    assert (1, 1, 3) == (len(found), found.left_off, found.checked)
    assert found[0] == found[:1][0]
    assert 1 == len(spied.overheard()["conversations"])


@pytest.mark.parametrize(
    ("value", "name", "made"),
    [
        ("", "title", ""),
        ("manual", "mode", "manual"),
        ("2026-01-01T00:00:00Z", "createdAt", "2026-01-01T00:00:00Z"),
        ("2026-99-01T00:00:00Z", "createdAt", "text 1"),
        ("2026-01-01T00:00:00", "createdAt", "text 1"),
        ("2026-01-01T00:00:00Z", "phoneNumber", "text 1"),
        ("ada@example.org", "email", "person1@example.com"),
        ("https://example.org/ada", "avatar", "https://example.com/1"),
        ("+1 555 01 99", "phoneNumber", "+15550000001"),
        ("k3v9q7x2m5t8w1z", "userID", "id-1"),
        ("5f7b1b3b-3b3b-4b3b-3b3b-3b3b3b3b3b3b", "id", "00000000-0000-4000-8000-000000000001"),
        ("Lovelace", "title", "text 1"),
        (7, "score", 7),
        (7, "id", 1),
        (7, "phoneNumber", 1),
        (15550199, "score", 1),
        (1767225600, "ts", 1767225600),
        (1767225600000, "ts", 1767225600000),
        (1767225600, "phoneNumber", 1),
        (True, "phoneNumber", True),
        (None, "title", None),
        ([{"title": "Lovelace", "lovelace": 1}], "data", [{"title": "text 1"}]),
    ],
)
def test_stand_ins(value: Any, name: str, made: Any) -> None:
    """What a document lists, times and small numbers stay; the same value has the same stand-in."""
    document = {"properties": {"title": {}, "mode": {"enum": ["manual", 7, None]}, "enum": {"type": "string"}}}
    pseudonyms = Pseudonyms(document)

    assert made == pseudonyms.record(value, name)
    assert made == pseudonyms.record(value, name)


def test_a_reset() -> None:
    """Findings, records and requests are gone, and the server is still spied on."""
    spied = mock("raia", spy=Mock("raia").handle)
    with spied, spied.client() as client:
        client.get("/external/nothing")
        client.get(LIST)
        spied.reset()
        left = (len(spy_of(spied).findings), spied.overheard(), len(spied.requests))
        client.get(LIST)

    assert (0, {}, 0) == left
    assert 1 == spy_of(spied).findings.checked
    assert "run" == spied.clock.mode


def test_faults_come_on_top() -> None:
    """What is to go wrong goes wrong with a real server too; what it never hears of, it is not sent."""
    asked: list[str] = []
    vendor = Mock("raia")

    def handle(request: Request) -> Reply:
        asked.append(request.path.decode())
        return vendor.handle(request)

    with mock("raia", spy=handle) as spied, spied.client() as client:
        spied.faults.add("status", status=429)
        first = client.get(LIST)
        spied.faults.add("empty_body")
        second = client.get(LIST)
        spied.faults.add("reset_before_request")
        with pytest.raises(httpx.ReadError):
            client.get(LIST)
        third = client.get("/external/lovelace")

    assert (429, b"", 404) == (first.status_code, second.content, third.status_code)
    assert 2 == len(asked)
    assert ["status", "empty_body", "reset_before_request", None] == [each.fault for each in spied.requests]
    assert [None, True, None, False] == [each.valid for each in spied.requests]


def test_a_request_that_waits_ends_with_the_mock() -> None:
    """Nobody waits for a server that says nothing once the mock is closed, and then it can be used again."""
    with real(b"", "wait") as server, mock("raia", spy=server.url) as spied, spied.client() as client:
        answers: list[int] = []
        thread = threading.Thread(target=lambda: answers.append(client.get(LIST).status_code))
        thread.start()
        server.asked.wait()
        spied.close()
        thread.join()
        spy_of(spied).timeout = 0.1
        answers.append(client.get(LIST).status_code)

    assert [502, 504] == answers


def test_closed_while_it_connects(monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection that comes too late is ended at once."""
    with real(b"", "wait") as server, mock("raia", spy=server.url) as spied, spied.client() as client:
        connect = upstream_module.http.client.HTTPConnection.connect

        def late(self: Any) -> None:
            connect(self)
            spied.close()

        monkeypatch.setattr(upstream_module.http.client.HTTPConnection, "connect", late)
        answer = client.get(LIST)

    assert 502 == answer.status_code


def test_a_server_that_ends_ends_its_spies() -> None:
    """A slow real server does not keep it from ending."""
    with real(b"", "wait") as server:
        spied = Mock("raia", spy=server.url)
        with serve([spied]) as urls:
            failed: list[type[Exception]] = []

            def ask() -> None:
                try:
                    httpx.get(f"{urls['raia']}{LIST}", timeout=60).raise_for_status()
                except httpx.HTTPError as error:
                    failed.append(type(error))

            thread = threading.Thread(target=ask)
            thread.start()
            server.asked.wait()
        thread.join()

    assert 1 == len(failed)


def test_an_event_loop_goes_on() -> None:
    """While a real server thinks, asyncio does other things: here, it lets the server answer."""
    go_on = threading.Event()

    def slow(_: Request) -> Reply:
        return Reply.json(200 if go_on.wait(30) else 500, {})

    async def ask() -> int:
        transport = MockTransport(Mock("raia", spy=slow))
        async with httpx.AsyncClient(transport=transport, base_url="http://vendor.test") as client:
            asked = asyncio.create_task(client.get(LIST))
            await asyncio.sleep(0)
            go_on.set()
            return (await asked).status_code

    assert 200 == asyncio.run(ask())


def test_over_http() -> None:
    """What the spy has is below `/_causerie/`; where there is none, a sentence says how to have one."""
    spied = Mock("raia", spy=Mock("raia").handle)
    with serve([spied, Mock("zild")]) as urls, httpx.Client(base_url=urls["raia"].removesuffix("/raia")) as client:
        client.get("/raia/external/nothing", headers=KEY)
        client.get(f"/raia{LIST}", headers=KEY)
        vendors = client.get("/_causerie/vendors").json()
        found = client.get("/_causerie/raia/spy").json()
        seed = client.get("/_causerie/raia/spy/seed").json()
        cleared = client.delete("/_causerie/raia/spy").status_code
        empty = client.get("/_causerie/raia/spy").json()
        missing = [client.get(f"/_causerie/zild/{path}") for path in ("spy", "spy/seed")]

    assert [("Mock.handle", []), (None, 2)] == [
        (each["spy"], each["credentials"] and len(each["credentials"])) for each in vendors
    ]
    assert ("Mock.handle", 2, 0, "path") == (
        found["target"],
        found["checked"],
        found["left_off"],
        found["findings"][0]["keyword"],
    )
    assert ["conversations"] == list(seed)
    assert (204, 0, []) == (cleared, empty["checked"], empty["findings"])
    assert [404, 404] == [each.status_code for each in missing]
    assert "start the server with --spy" in missing[0].json()["message"]
