"""Documents of strangers, from a URL or a file."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from causerie_spec import source
from causerie_spec.source import read
from tests.spec.test_drift import THEIRS


@pytest.mark.parametrize("dump", [json.dumps, yaml.safe_dump])
def test_read(dump: Any, tmp_path: Path) -> None:
    """JSON and YAML are read alike, also where YAML has a number for a status."""
    content = copy.deepcopy(THEIRS)
    answers = content["paths"]["/users/{id}"]["get"]["responses"]
    answers[200] = answers.pop("200")
    (file := tmp_path / "theirs").write_text(dump(content))

    assert read(str(file)) == THEIRS


def test_keys_are_text(tmp_path: Path) -> None:
    """Keys are as they are written, whatever YAML takes them for, and so are times."""
    keys = "200: 1, on: 2, 2026-01-01: 3, null: 4, <<: {1.0: 2026-01-01}"
    text = f"openapi: 3.0\npaths: {{{keys}}}"
    (file := tmp_path / "theirs.yaml").write_text("\ufeff" + text, encoding="utf-8")
    paths = {"1.0": "2026-01-01", "200": 1, "on": 2, "2026-01-01": 3, "null": 4}

    assert {"openapi": 3.0, "paths": paths} == read(str(file))


def test_half_a_character(tmp_path: Path) -> None:
    """What cannot be printed is replaced, for it is going to be printed."""
    (file := tmp_path / "theirs.json").write_text(r'{"openapi": "3.0", "paths": {"/\ud800": {}}}')

    assert {"/?": {}} == read(str(file))["paths"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{", "neither JSON nor YAML"),
        ("swagger: '2.0'", "not an OpenAPI 3.0 or 3.1 document"),
        ("openapi: 3.0.0", "not an OpenAPI 3.0 or 3.1"),
        ("openapi: 3.0.0\npaths: &all {/a: *all}", "neither JSON nor YAML: .*Circular"),
        ("openapi: 3.0.0\npaths: !strange {}", "neither JSON nor YAML"),
        ('{"openapi": "3.0.0", "paths": ' + "[" * 100_000, "nested too deeply"),
        ("openapi: 3.0.0\npaths: " + "[" * 1_000_000, "nested too deeply"),
        ("- " * 100_000 + "1", "nested too deeply"),
        ("a: " + "{b: " * 300, "nested too deeply"),
    ],
)
def test_unreadable(text: str, problem: str, tmp_path: Path) -> None:
    """What is no document is refused with its name."""
    (file := tmp_path / "theirs.yaml").write_text(text)
    with pytest.raises(ValueError, match=problem) as caught:
        read(str(file))

    assert str(file) in str(caught.value)


def test_no_file(tmp_path: Path) -> None:
    """A file that is not there, and one that is no text, are named."""
    (file := tmp_path / "theirs.yaml").write_bytes(b"\xff")

    for path, problem in ((file, "is neither JSON nor YAML"), (tmp_path / "none.yaml", "could not be read")):
        with pytest.raises(ValueError, match=f"{path} {problem}"):
            read(str(path))


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (httpx.Response(404), "answers with 404"),
        (httpx.Response(200, content=b"x" * 2_000_001), "more than 2 MB"),
        (httpx.ConnectError("no"), "ConnectError"),
    ],
)
def test_fetch_fails(answer: Any, problem: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A URL that does not answer with a document is told without its credential."""

    def answered(request: httpx.Request) -> httpx.Response:
        if isinstance(answer, Exception):
            raise answer
        return answer

    client = httpx.Client(transport=httpx.MockTransport(answered))
    monkeypatch.setattr(source, "MEGABYTES", 2)
    monkeypatch.setattr(httpx, "stream", client.stream)
    with pytest.raises(ValueError, match=problem) as caught:
        read("https://me:hidden@example.com/openapi.json?key=hidden")

    assert "https://example.com/openapi.json" in str(caught.value)
    assert "hidden" not in str(caught.value)


def test_fetch(monkeypatch: pytest.MonkeyPatch) -> None:
    """A document is read from a URL."""
    client = httpx.Client(transport=httpx.MockTransport(lambda _: httpx.Response(200, json=THEIRS)))
    monkeypatch.setattr(httpx, "stream", client.stream)

    assert read("https://example.com/openapi.json") == THEIRS
