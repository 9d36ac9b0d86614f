"""Small documents, faulty vendors, and the suite as its users run it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from causerie_contract._documents import load, operations
from causerie_mock import Mock, Reply, Request

Run = Callable[..., subprocess.CompletedProcess[str]]


class Faulty(Mock):
    """A vendor whose successful answers `change` spoils."""

    def __init__(self, vendor: str, change: Callable[[Any], Any]) -> None:
        super().__init__(vendor)
        self._change = change

    def handle(self, request: Request) -> Reply:
        """The spoilt reply."""
        reply = super().handle(request)
        if reply.status >= 300 or not reply.body:
            return reply
        return Reply.json(reply.status, self._change(json.loads(reply.body)))


def without(key: str) -> Callable[[Any], Any]:
    """A change that drops `key` from an object, or from each object of an array."""

    def change(value: Any) -> Any:
        if isinstance(value, list):
            return [change(each) for each in value]
        return {name: each for name, each in value.items() if name != key}

    return change


def reduced(vendor: str, *names: str) -> dict[str, Any]:
    """The document of `vendor` with the operations `names` alone."""
    document = load(vendor)
    for name, (method, path) in operations(document).items():
        if name not in names:
            del document["paths"][path][method]
    return document


def write(folder: Path, document: dict[str, Any]) -> Path:
    """A file with `document`."""
    file = folder / "document.yaml"
    file.write_text(yaml.safe_dump(document), encoding="utf-8")
    return file


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs the suite in a folder that knows nothing of the repository, with a few examples."""

    def run(*arguments: object, **variables: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "pytest", "--pyargs", "causerie_contract", "--max-examples=2", *arguments]
        return subprocess.run(
            list(map(str, command)),
            cwd=tmp_path,
            env=os.environ | variables,
            capture_output=True,
            text=True,
            check=False,
        )

    return run
