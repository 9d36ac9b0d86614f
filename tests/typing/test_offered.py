"""What an editor offers: pyright's language server is asked as editors ask it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SERVER = Path(sys.executable).with_name("pyright-langserver")


class Editor:
    """A session with the language server."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._to, self._from = process.stdin, process.stdout
        self._number = 0
        folder = {"uri": ROOT.as_uri(), "name": ROOT.name}
        able = {"workspace": {"configuration": True, "workspaceFolders": True}}
        self.ask("initialize", {"processId": None, "workspaceFolders": [folder], "capabilities": able})
        self._send({"method": "initialized", "params": {}})

    def ask(self, method: str, params: dict[str, Any]) -> Any:
        """Return the result of a request; what the server asks meanwhile is answered."""
        self._number += 1
        self._send({"id": self._number, "method": method, "params": params})
        while True:
            length = 0
            while line := self._from.readline().strip():
                name, _, value = line.partition(b": ")
                length = int(value) if name == b"Content-Length" else length
            assert length
            found = json.loads(self._from.read(length))
            if found.get("id") == self._number and "method" not in found:
                return found["result"]
            if "id" in found:
                settings = {"pythonPath": sys.executable, "analysis": {"indexing": False}}
                asked = found["params"].get("items", []) if isinstance(found.get("params"), dict) else []
                self._send({"id": found["id"], "result": [settings for _ in asked]})

    def offered(self, code: str) -> list[str]:
        """Return what is offered where ``¦`` stands in the code."""
        uri = (ROOT / "tests" / "typing" / "unsaved.py").as_uri()
        before, _, after = code.partition("¦")
        document = {"uri": uri, "languageId": "python", "version": self._number, "text": before + after}
        self._send({"method": "textDocument/didOpen", "params": {"textDocument": document}})
        line = before.count("\n")
        place = {"line": line, "character": len(before) - before.rfind("\n") - 1}
        found = self.ask("textDocument/completion", {"textDocument": {"uri": uri}, "position": place})
        self._send({"method": "textDocument/didClose", "params": {"textDocument": {"uri": uri}}})
        return [each["label"] for each in found["items"]]

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._to.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self._to.flush()


@pytest.fixture(scope="module")
def editor() -> Iterator[Editor]:
    with subprocess.Popen([SERVER, "--stdio"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        yield Editor(process)
        process.kill()


@pytest.mark.parametrize(
    ("call", "values"),
    [
        ('raia.conversations.list(order_by="¦")', ["createdAt", "updatedAt"]),
        ('raia.conversations.list(order_direction="¦")', ["ASC", "DESC"]),
        ('raia.conversations.set_mode("c1", "¦")', ["ai", "manual"]),
        ('raia.feedbacks.save("m1", "u1", "¦")', ["down", "up"]),
        ('convocore.conversations.create("a1", state="¦")', ["ai-chatting", "completed"]),
    ],
)
def test_values_are_offered(editor: Editor, call: str, values: list[str]) -> None:
    """The values of the document are offered where an enum is wanted, in hand-written and in generated arguments."""
    found = editor.offered(f"from causerie import Convocore, Raia\nraia, convocore = Raia(), Convocore()\n{call}\n")

    assert {*values} <= {each.strip("\"'") for each in found}
