"""The ways in: httpx transport, ASGI application, server, command."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from causerie_mock import VENDORS, Mock, MockTransport, asgi, serve
from causerie_mock.__main__ import main
from causerie_mock._vendor import MAX_BODY

CONVERSATIONS = "/external/conversations"


def test_one_transport_serves_both_kinds_of_client(raia_vendor: Mock) -> None:
    """A synchronous client, an asynchronous one, and a synchronous one inside a running event loop share one state."""
    transport = MockTransport(raia_vendor)

    async def ask() -> list[int]:
        async with httpx.AsyncClient(transport=transport, headers=raia_vendor.headers()) as client:
            await client.post(f"http://x{CONVERSATIONS}", json={"conversationUserId": "u"})
            with httpx.Client(transport=transport, headers=raia_vendor.headers()) as inner:
                inner.post(f"http://x{CONVERSATIONS}", json={"conversationUserId": "u"})  # noqa: ASYNC212 (nothing blocks)
            answer = await client.get(f"http://x{CONVERSATIONS}?userId=u")
            return [answer.json()["totalItems"], answer.status_code]

    assert [2, 200] == asyncio.run(ask())


def test_a_response_has_an_elapsed_time(raia: httpx.Client) -> None:
    """As every response of a real transport has, once it is closed."""
    assert raia.get(CONVERSATIONS).elapsed.total_seconds() >= 0


def test_a_streamed_request_body_is_read(raia: httpx.Client) -> None:
    """A body that comes in pieces is one body."""

    def pieces() -> Iterator[bytes]:
        yield b'{"conversationUserId":'
        yield b'"u"}'

    answer = raia.post(CONVERSATIONS, content=pieces(), headers={"content-type": "application/json"})

    assert 201 == answer.status_code


async def _call(app: Any, scope: dict[str, Any], *messages: dict[str, Any]) -> list[dict[str, Any]]:
    sent: list[dict[str, Any]] = []
    incoming = iter(messages)

    async def receive() -> dict[str, Any]:
        return next(incoming)

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await app(scope, receive, send)
    return sent


def test_the_application_lives_its_lifespan(raia_vendor: Mock) -> None:
    """Startup and shutdown are acknowledged."""
    phases = ({"type": "lifespan.startup"}, {"type": "lifespan.shutdown"})
    sent = asyncio.run(_call(asgi([raia_vendor]), {"type": "lifespan"}, *phases))

    assert ["lifespan.startup.complete", "lifespan.shutdown.complete"] == [message["type"] for message in sent]


def test_a_body_is_read_no_further_than_its_limit(raia_vendor: Mock) -> None:
    """A third piece is not asked for when two are too long already."""
    scope = {"type": "http", "method": "POST", "path": "/raia/x y", "query_string": b"", "headers": []}
    piece = {"type": "http.request", "body": b" " * MAX_BODY, "more_body": True}
    start, body = asyncio.run(_call(asgi([raia_vendor]), scope, piece, piece))

    assert 413 == start["status"]
    assert b"PAYLOAD_TOO_LARGE" in body["body"]


def test_another_page_fills_no_memory(raia_vendor: Mock) -> None:
    """A state may be longer than a request, but not one of a page that may not set it."""
    headers = [(b"host", b"127.0.0.1"), (b"origin", b"http://evil.test")]
    place = {"scheme": "http", "server": ("127.0.0.1", 1), "path": "/_causerie/raia/state", "query_string": b""}
    piece = {"type": "http.request", "body": b" " * MAX_BODY, "more_body": True}
    scope = {"type": "http", "method": "PUT", "headers": headers, **place}
    start, _ = asyncio.run(_call(asgi([raia_vendor]), scope, piece, piece))

    assert 403 == start["status"]


def test_every_vendor_has_its_prefix() -> None:
    """On a port, the vendors live below their names; anything else is a 404 that says so."""
    mocks = [Mock(vendor, check=True) for vendor in VENDORS]
    with serve(mocks) as urls, httpx.Client() as client:
        root = urls["raia"].removesuffix("/raia")
        states = client.get(f"{urls['raia']}{CONVERSATIONS}/states", headers=mocks[1].headers())
        conversation = client.get(
            f"{urls['convocore']}/v3/agents/agent123/convos/agent123_convo456", headers=mocks[0].headers()
        )
        started = client.post(
            f"{urls['zild']}/api/Conversation/proactive-conversation", json={}, headers=mocks[2].headers()
        )
        nowhere = [client.get(f"{root}{path}") for path in ("/acme", "/Raia/x", "/_causerie", "/_causerie/x")]
        bare = client.get(urls["raia"])

    assert [200, 200, 200] == [answer.status_code for answer in (states, conversation, started)]
    assert [404] * 4 == [answer.status_code for answer in nowhere]
    sentence = "Nothing is served here; use /, or a path below /convocore, /raia, /zild or /_causerie."
    assert sentence == nowhere[0].json()["message"]
    assert (404, "ENTITY_NOT_FOUND_ERROR") == (bare.status_code, bare.json()["name"])


def test_reset_resets_every_vendor() -> None:
    """POST alone does; what was made is gone afterwards."""
    with serve() as urls, httpx.Client(headers=Mock("raia").headers()) as client:
        reset = urls["raia"].replace("/raia", "/_causerie/reset")
        made = client.post(f"{urls['raia']}{CONVERSATIONS}", json={"conversationUserId": "u"}).json()
        wrong = client.get(reset)
        before = client.get(f"{urls['raia']}{CONVERSATIONS}/{made['id']}")
        done = client.post(reset)
        after = client.get(f"{urls['raia']}{CONVERSATIONS}/{made['id']}")

    assert (405, "POST") == (wrong.status_code, wrong.headers["allow"])
    assert [200, 204, 404] == [before.status_code, done.status_code, after.status_code]


def test_a_server_answers_without_delay_of_the_network() -> None:
    """Answers leave at once: the listening socket says that it is TCP, on which asyncio sets TCP_NODELAY."""
    from causerie_mock._server import listen

    with listen("127.0.0.1", 0) as listener:
        assert socket.IPPROTO_TCP == listener.proto


@pytest.mark.skipif(not socket.has_ipv6, reason="This machine has no IPv6.")
def test_an_ipv6_address_is_written_in_brackets() -> None:
    """As a URL wants it."""
    with serve([Mock("zild")], host="::1") as urls:
        assert urls["zild"].startswith("http://[::1]:")
        assert 401 == httpx.post(f"{urls['zild']}/api/Conversation/proactive-conversation").status_code


def test_serve_refuses_a_port_in_use() -> None:
    """The operating system's error comes through."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        serving = serve(port=taken.getsockname()[1])

        with pytest.raises(OSError, match="in use"):
            serving.__enter__()


def test_the_command_says_that_a_port_is_in_use() -> None:
    """One sentence, exit 2."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        command = [sys.executable, "-m", "causerie_mock", "--port", str(port)]
        ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)

    assert (2, "") == (ended.returncode, ended.stdout)
    assert f"Port {port} on 127.0.0.1 is in use; choose another with --port.\n" == ended.stderr


def test_the_command_says_that_there_is_no_such_host(capsys: pytest.CaptureFixture[str]) -> None:
    """One sentence, exit 2."""
    code = main(["--host", "256.0.0.1", "--port", "0"])
    sentence = capsys.readouterr().err

    assert 2 == code
    assert sentence.startswith("Cannot listen on port 0 of 256.0.0.1: ")
    assert sentence.endswith("; choose others with --host and --port.\n")


@pytest.mark.parametrize("arguments", [["--port", "65536"], ["--port", "-1"], ["--port", "x"], ["acme"]])
def test_the_command_refuses_wrong_arguments(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 2, and the error names the value."""
    with pytest.raises(SystemExit) as ended:
        main(arguments)

    assert 2 == ended.value.code
    assert arguments[-1] in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("zild.read_after", "Give VENDOR.NAME=VALUE; --help lists what there is."),
        ("read_after=3", "Give VENDOR.NAME=VALUE; --help lists what there is."),
        ("acme.plan=pro", "'acme' is not served; choose from raia, zild."),
        ("convocore.plan=pro", "'convocore' is not served; choose from raia, zild."),
        ("zild.plan=pro", "There is no option 'plan'; choose from delivered_after, read_after."),
        ("zild.read_after=soon", "read_after is 'soon'; give a number of seconds, 0 or more."),
        ("zild.read_after=nan", "read_after is nan; give a number of seconds, 0 or more."),
        ("raia.pending_polls=-1", "pending_polls is '-1'; give a whole number, 0 or more."),
        ("raia.reply=Hello", "reply is a function; set it in Python, on the mock's options."),
    ],
)
def test_the_command_refuses_a_wrong_option(text: str, sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 2, and one sentence that names the option, the value and what to do."""
    code = main(["raia", "zild", "--option", "zild.read_after=1", "--option", text])

    assert (2, f"--option {text}: {sentence}\n") == (code, capsys.readouterr().err)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("convocore.posted_found=false", False),
        ("convocore.export_addon=True", True),
        ("convocore.plan=pro", "pro"),
        ("convocore.export_quota=10", 10),
        ("convocore.lists_per_hour=none", None),
        ("convocore.lists_per_hour=5", 5),
        ("convocore.broken=c1, c2", ["c1", "c2"]),
        ("convocore.broken=", []),
        ("raia.pending_seconds=1.5", 1.5),
    ],
)
def test_the_command_starts_with_options(text: str, expected: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reset brings them back; what is set later in the line counts."""
    served: list[Mock] = []
    monkeypatch.setattr("causerie_mock.__main__.run", lambda _, mocks: served.extend(mocks))
    vendor, name = text.partition("=")[0].split(".")
    code = main([vendor, "--port=0", "--option", text, "--option", text])
    (mock,) = served
    found = [getattr(mock.options, name)]
    setattr(mock.options, name, "something else")
    mock.reset()
    found.append(getattr(mock.options, name))

    assert (0, [expected, expected]) == (code, found)


def test_the_commands_help_lists_every_option(capsys: pytest.CaptureFixture[str]) -> None:
    """With the value that it has when it is left out, what it is for, and its values."""
    with pytest.raises(SystemExit):
        main(["--help"])
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    place = lines.index("convocore.export_addon=true")

    assert "Whether the workspaces have the add-on for exports. Give True or False." == lines[place + 1]
    assert {"convocore.broken=", "convocore.lists_per_hour=none", "raia.pending_polls=1", "zild.read_after=10"} < {
        *lines
    }
    assert not any(line.startswith("raia.reply") for line in lines)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals.")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_that_comes_at_once(
    number: signal.Signals, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Before the server has begun it ends as quietly as later, and whoever heard signals before hears them again."""
    before = signal.getsignal(number)
    monkeypatch.setattr("builtins.print", lambda *_, **__: signal.raise_signal(number))
    code = main(["raia", "--port=0"])

    assert (0, before) == (code, signal.getsignal(number))
    assert ("", "") == capfd.readouterr()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals.")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_command_serves_until_a_signal(number: signal.Signals) -> None:
    """It prints one line per vendor with URL and credential, answers, and stops gracefully."""
    command = [sys.executable, "-m", "causerie_mock", "--port", "0", "raia", "zild"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None

        lines = [process.stdout.readline().split(maxsplit=2) for _ in range(2)]
        answer = httpx.get(f"{lines[0][1]}{CONVERSATIONS}", headers={"Agent-Secret-Key": "raia-mock-key"})
        process.send_signal(number)
        errors = process.stderr.read()

    assert ["raia", "zild"] == [vendor for vendor, _, _ in lines]
    assert ["Agent-Secret-Key: raia-mock-key\n", "Authorization: Bearer zild-mock-token\n"] == [
        rest for *_, rest in lines
    ]
    assert 200 == answer.status_code
    assert (0, "") == (process.returncode, errors)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals.")
def test_the_command_keeps_the_state_in_a_folder(tmp_path: Path) -> None:
    """What one run has made, the next one knows; the seed makes other ids."""
    folder = tmp_path / "state"
    ids: list[str] = []
    for seed in ("1", "2"):
        command = [sys.executable, "-m", "causerie_mock", "--port=0", f"--state={folder}", f"--seed={seed}", "raia"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None

            url = process.stdout.readline().split()[1]
            with httpx.Client(headers={"Agent-Secret-Key": "raia-mock-key"}) as client:
                found = [client.get(f"{url}{CONVERSATIONS}/{each}").status_code for each in ids]
                ids.append(client.post(f"{url}{CONVERSATIONS}", json={"conversationUserId": "u"}).json()["id"])
            process.send_signal(signal.SIGTERM)

    assert [200] == found
    assert 2 == len(set(ids))


def test_the_command_refuses_a_damaged_state(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It names the file, and exits with 2."""
    file = tmp_path / "zild.json"
    file.write_text('{"causerie": 1}')
    code = main(["--port=0", f"--state={tmp_path}"])

    assert 2 == code
    assert f"{file}: This is not a snapshot of zild" in capsys.readouterr().err


def test_the_command_refuses_a_state_that_it_cannot_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It names the file, not the port."""
    folder = tmp_path / "zild.json"
    folder.mkdir()
    code = main(["--port=0", f"--state={tmp_path}"])

    assert 2 == code
    assert capsys.readouterr().err.startswith(f"{folder}: ")


def test_the_command_refuses_a_folder_that_it_cannot_write(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """At the start, when nothing is lost yet."""
    file = tmp_path / "file"
    file.write_text("")
    code = main(["--port=0", f"--state={file}"])

    assert 2 == code
    assert f"{file}: " in capsys.readouterr().err


def test_a_request_that_was_broken_off_is_none(raia_vendor: Mock) -> None:
    """What has come of its body may look whole, and changes nothing."""
    scope = {"type": "http", "method": "POST", "path": f"/raia{CONVERSATIONS}", "query_string": b"", "headers": []}
    pieces = (
        {"type": "http.request", "body": b'{"conversationUserId":"u"}', "more_body": True},
        {"type": "http.disconnect"},
    )

    assert [] == asyncio.run(_call(asgi([raia_vendor]), scope, *pieces))
    assert 0 == len(raia_vendor.requests)


def test_rubbish_on_the_socket_does_not_kill_the_server() -> None:
    """Bytes that are no HTTP end their own connection alone."""
    with serve([Mock("raia")]) as urls:
        port = httpx.URL(urls["raia"]).port
        for rubbish in (
            b"\x00\xff\r\n\r\n",
            b"GET\r\n\r\n",
            b"POST /raia HTTP/1.1\r\ncontent-length: x\r\n\r\n",
            b"GET / HT",
        ):
            with socket.create_connection(("127.0.0.1", port)) as connection:
                connection.sendall(rubbish)
                connection.shutdown(socket.SHUT_WR)
                with contextlib.suppress(ConnectionResetError):  # The server need not read what it refuses.
                    while connection.recv(4096):
                        pass
        answer = httpx.get(f"{urls['raia']}{CONVERSATIONS}")

    assert 403 == answer.status_code
