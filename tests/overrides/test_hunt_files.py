"""A hunt for secrets through what commands, the mock vendors and the contract suite leave behind.

That is files of every kind, the mock's page and journal, and the list of processes, which everybody may read.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

import causerie_mock
from causerie_mock import RAIA_KEYS

from .answering import Server, answer

KEY = RAIA_KEYS[0]
NEEDLES = {
    place: f"4711-{place}-secret"
    for place in ("key", "bearer", "basic", "cookie", "proxy", "header", "query", "encoded", "path", "webhook", "body")
}


def processes(of: int | str = "self") -> Iterator[str]:
    """Yield the command lines of all processes that this one has started."""
    for children in Path(f"/proc/{of}/task").glob("*/children"):
        with suppress(OSError):  # it has ended
            for child in children.read_text(encoding="ascii").split():
                yield Path(f"/proc/{child}/cmdline").read_text(encoding="latin-1")
                yield from processes(child)


def command(folder: Path, url: str, *arguments: str | Path, key: str = KEY, typed: str = "") -> list[str]:
    """Return what the command says in a folder of its own, with the credential in its environment."""
    environment = {**os.environ, "RAIA_AGENT_SECRET_KEY": key, "RAIA_BASE_URL": url, "HOME": str(folder)}
    program = [sys.executable, "-c", "from causerie.cli import main; main()", *map(str, arguments)]
    done = subprocess.run(
        program, check=False, capture_output=True, text=True, input=typed, env=environment, cwd=folder, timeout=200
    )
    return [done.stdout, done.stderr]


def files(folder: Path) -> list[str]:
    """Return the names and the contents of all files."""
    found = [file for file in folder.rglob("*") if file.is_file()]
    return [*map(str, found), *(file.read_bytes().decode("latin-1") for file in found)]


def found(texts: list[str], *needles: str) -> list[str]:
    """Return the secrets that stand in the texts, as they are or in base 64."""
    shown = "\n".join(texts)
    encoded = [base64.b64encode(each.encode()).decode().rstrip("=")[:-1] for each in needles]
    return [each for each in [*needles, *encoded] if each in shown]


class Watched(causerie_mock.Mock):
    """A mock that looks at the list of processes whenever it is asked."""

    def __init__(self, vendor: str) -> None:
        super().__init__(vendor)
        self.seen: list[str] = []

    def handle(self, request: causerie_mock.Request) -> causerie_mock.Reply:
        self.seen += processes()
        return super().handle(request)


@pytest.mark.parametrize("name", ["x.jsonl", "x.parquet", "x.duckdb"])
def test_exports(name: str, tmp_path: Path) -> None:
    """No key is in what is left of an export that breaks off, in one that is complete, nor beside it."""
    mock = Watched("raia")
    mock.seed(conversations=[{"id": "c1"}, {"id": "c2"}])
    mock.faults.add("status", status=500, operation="list_messages", times=None)
    with causerie_mock.serve([mock]) as urls:
        export = ("export", "raia", tmp_path / name, "--retries", "0")
        texts = command(tmp_path, urls["raia"], *export)
        texts += files(tmp_path)
        mock.faults.clear()
        texts += command(tmp_path, urls["raia"], *export)
        texts += command(tmp_path, urls["raia"], *export, "--since", "last")
        texts += files(tmp_path)

    assert (tmp_path / name).exists()
    assert any(name in each for each in mock.seen)
    assert [] == found([*texts, *mock.seen], KEY)


def test_chat(tmp_path: Path) -> None:
    """No key is in the list of processes while the command talks with an agent, nor in what it leaves behind."""
    mock = Watched("raia")
    mock.seed(conversations=[{"id": "c1"}])
    with causerie_mock.serve([mock]) as urls:
        texts = command(tmp_path, urls["raia"], "raia", "chat", "c1", typed="Hello\n")

    assert any("Hello" in each for each in texts)
    assert any("chat" in each for each in mock.seen)
    assert [] == found([*texts, *files(tmp_path), *mock.seen], KEY)


class Echo(Server):
    """Says the key wherever an answer has room for it."""

    seen: list[str]

    def _answer(self, reading: Any, writing: Any) -> None:
        self.seen = [*processes()]
        super()._answer(reading, writing)


def test_check(tmp_path: Path) -> None:
    """No report of the contract suite has the key, nor what is printed, even of a server that gives it back."""
    said = dict.fromkeys(("id", "message", "status"), NEEDLES["key"]) | {"data": [{"id": NEEDLES["key"]}]}
    reports = ("--contract-report", "r.json", "--contract-sarif", "r.sarif", "--contract-html", "r.html")
    pieces = answer(200, json.dumps(said).encode(), "Content-Type: application/json", f"X-Seen: {NEEDLES['key']}")
    document = causerie_mock.document("raia")
    (path,) = (
        path for path, item in document["paths"].items() if item.get("get", {}).get("operationId") == "get_agent"
    )
    one = tmp_path / "raia.json"
    one.write_text(json.dumps({**document, "paths": {path: document["paths"][path]}}), encoding="utf-8")
    with Echo(pieces) as server:
        check = ("check", "--vendor", "raia", "--base-url", server.url, "--target", "scratch", "--max-examples", "1")
        more = ("--document", one, "--junit", "j.xml")
        texts = command(tmp_path, server.url, *check, *reports, *more, key=NEEDLES["key"])

    assert {"r.json", "r.sarif", "r.html", "j.xml"} <= {file.name for file in tmp_path.iterdir()}
    assert any("scratch" in each for each in server.seen)
    assert [] == found([*texts, *files(tmp_path), *server.seen], NEEDLES["key"])


def test_replay(tmp_path: Path) -> None:
    """A recording's secrets stand in none of its reports, and in nothing else that is printed."""
    headers = {
        "Authorization": f"Bearer {NEEDLES['bearer']}",
        "agent-secret-key": NEEDLES["key"],
        "Cookie": f"a={NEEDLES['cookie']}",
        "X-Own": NEEDLES["header"],
    }
    url = f"http://vendor.test/external/unknown/{NEEDLES['path']}?q={NEEDLES['query']}"
    request = {
        "method": "POST",
        "url": url,
        "headers": [{"name": name, "value": value} for name, value in headers.items()],
        "queryString": [{"name": "q", "value": NEEDLES["query"]}],
        "cookies": [{"name": "a", "value": NEEDLES["cookie"]}],
        "postData": {"mimeType": "application/json", "text": json.dumps({NEEDLES["body"]: NEEDLES["webhook"]})},
    }
    content = {"mimeType": "application/json", "text": json.dumps({"token": NEEDLES["encoded"]})}
    response = {"status": 200, "headers": [{"name": "Set-Cookie", "value": NEEDLES["proxy"]}], "content": content}
    known = {**request, "url": f"http://vendor.test/external/conversations/{NEEDLES['path']}", "method": "GET"}
    entries = [
        {"startedDateTime": "2026-01-01T00:00:00Z", "request": each, "response": response} for each in (request, known)
    ]
    recording = tmp_path / "x.har"
    recording.write_text(json.dumps({"log": {"version": "1.2", "entries": entries}}), encoding="utf-8")
    options = ("--vendor", "raia", "--base-url", "http://vendor.test/external", "--report", "r.json")
    texts = command(tmp_path, "http://vendor.test", "spec", "replay", recording, *options)
    recording.unlink()

    assert (tmp_path / "r.json").exists()
    assert [] == found([*texts, *files(tmp_path)], *NEEDLES.values())


def fetched(url: str, headers: dict[str, str] | None = None, body: bytes | None = None) -> str:
    """Return the headers and the body that are answered, whatever the status."""
    try:
        answered = urllib.request.urlopen(urllib.request.Request(url, body, headers or {}))
    except urllib.error.HTTPError as error:
        answered = error
    with answered:
        return f"{answered.headers}\n{answered.read().decode('latin-1')}"


def test_mock(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """The mock's page, what it asks the mock for, and the file of its state have no credential of any request."""
    basic = base64.b64encode(f"ada:{NEEDLES['basic']}".encode()).decode()
    refused = {
        "authorization": f"Bearer {NEEDLES['bearer']}",
        "agent-secret-key": NEEDLES["key"],
        "cookie": f"session={NEEDLES['cookie']}",
        "proxy-authorization": f"Basic {basic}",
        "x-api-key": NEEDLES["header"],
    }
    query = f"?access_token={NEEDLES['query']}&api%5Fkey={NEEDLES['encoded']}"
    webhook = {"title": "T", "description": "D", "url": "https://h.test", "triggerCondition": "manual"}
    body = json.dumps({**webhook, "headers": {"x-own": NEEDLES["webhook"]}}).encode()
    mock = causerie_mock.Mock("raia")
    with causerie_mock.serve([mock]) as urls:
        vendor = urls["raia"]
        root = vendor.partition("/raia")[0]
        for path in ("/external/conversations", "/external/agents/webhooks", "/nowhere"):
            fetched(f"{vendor}{path}{query}", refused)
            fetched(f"{vendor}{path}{query}", {**refused, "content-type": "application/json"}, body)
            fetched(
                f"{vendor}{path}{query}", {**refused, "agent-secret-key": KEY, "content-type": "application/json"}, body
            )
        page = [fetched(f"{root}{path}") for path in ("/", "/_causerie/ui/page.js", "/_causerie/vendors")]
        parts = ("requests", "options", "faults", "time", "document")
        page += [fetched(f"{root}/_causerie/raia/{part}") for part in parts]
        said = [str(each) for each in mock.requests]
    mock.save(tmp_path / "raia.json")
    printed = capfd.readouterr()
    credentials = {name: needle for name, needle in NEEDLES.items() if name != "webhook"}

    assert 9 == len(said)
    assert any("/nowhere" in each for each in page)
    assert [] == found([*page, *said, printed.out, printed.err], *NEEDLES.values())
    # What a webhook is called with, the vendor tells its agent: it is no credential of the vendor's.
    assert [] == found(files(tmp_path), *credentials.values(), KEY)
