"""Small documents, faulty vendors, and the suite as its users run it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpcore  # noqa: F401 - httpx imports it late, pytester would forget it, and httpx not know its errors
import pytest
import yaml

from causerie_mock import Mock, Reply, Request
from causerie_spec.documents import load, operations

Run = Callable[..., subprocess.CompletedProcess[str]]


class Faulty(Mock):
    """A vendor whose successful answers `change` spoils."""

    def __init__(self, vendor: str, change: Callable[[Any], Any]) -> None:
        super().__init__(vendor)
        self._change = change

    def handle(self, request: Request) -> Reply:
        """Return the spoilt reply."""
        reply = super().handle(request)
        if reply.status >= 300 or not reply.body:
            return reply
        return Reply.json(reply.status, self._change(json.loads(reply.body)))


def without(key: str) -> Callable[[Any], Any]:
    """Return a change that drops `key` from an object, or from each object of an array."""

    def change(value: Any) -> Any:
        if isinstance(value, list):
            return [change(each) for each in value]
        return {name: each for name, each in value.items() if name != key}

    return change


def reduced(vendor: str, *names: str) -> dict[str, Any]:
    """Return the document of `vendor` with the operations `names` alone."""
    document = load(vendor)
    for name, (method, path) in operations(document).items():
        if name not in names:
            del document["paths"][path][method]
    return document


def write(folder: Path, document: dict[str, Any]) -> Path:
    """Return a file with `document`."""
    file = folder / "document.yaml"
    file.write_text(yaml.safe_dump(document), encoding="utf-8")
    return file


ARGUMENTS = ("--pyargs", "causerie_contract", "--max-examples=2")


@pytest.fixture
def run(pytester: pytest.Pytester, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the suite's command line in this process, in a folder that knows nothing of the repository."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: object, **variables: str) -> subprocess.CompletedProcess[str]:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        command = [*ARGUMENTS, *map(str, arguments)]
        done = pytester.runpytest_inprocess("-p", "no:cacheprovider", *command)
        return subprocess.CompletedProcess(command, done.ret, done.stdout.str(), done.stderr.str())

    return run


@pytest.fixture
def run_apart(tmp_path: Path) -> Run:
    """Run the suite as its users do, in a process of its own: for what only that can show."""

    def run_apart(*arguments: object, **variables: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "pytest", *ARGUMENTS, *map(str, arguments)]
        environment = os.environ | variables
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)

    return run_apart
