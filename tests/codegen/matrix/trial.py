"""Generates from rows, and tries what was made: imports it, sends, reads, and holds it against the document."""

from __future__ import annotations

import datetime
import io
import json
import pathlib
import subprocess
import sys
import typing
from collections.abc import Iterator, Sequence
from copy import deepcopy
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import attrs
import httpx
from jsonschema import Draft202012Validator

from causerie_codegen.document import SpecError, join
from causerie_codegen.make import checked
from causerie_codegen.package import build
from causerie_codegen.shared import share, wanted

from .row import Row

PATH = Path("things.yaml")
CACHE = Path(__file__).parents[3] / ".mypy_cache" / "matrix"
BASE: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Things", "version": "1"},
    "servers": [{"url": "https://example.com"}],
    "security": [{"Key": []}],
    "paths": {},
    "components": {
        "securitySchemes": {"Key": {"type": "apiKey", "in": "header", "name": "X-Key"}},
        "schemas": {},
    },
}


def operation_id(number: int) -> str:
    """Return the operationId of a row."""
    return f"row{number}"


def document_of(rows: Sequence[tuple[int, Row]]) -> dict[str, Any]:
    """Return a document that says what the rows say."""
    document = deepcopy(BASE)
    schemas = document["components"]["schemas"]
    for number, row in rows:
        for name, schema in row.schemas.items():
            if schemas.setdefault(name, schema) != schema:
                raise ValueError(f"{row.name}: {name} is something else in another row")
        operation = {"operationId": operation_id(number), "tags": ["things"], **row.operation}
        operation = {key: value for key, value in operation.items() if key != "operationId" or value is not None}
        if row.values or row.wrong:
            schemas[f"Row{number}"] = {"type": "object", "properties": {"f": operation["requestBody"]}}
            content = {"application/json": {"schema": {"$ref": f"#/components/schemas/Row{number}"}}}
            operation["requestBody"] = {"required": True, "content": content}
            operation["responses"] = {"200": {"description": "", "content": content}}
        operation.setdefault("responses", {"204": {"description": ""}})
        document["paths"][f"/row{number}{row.path}"] = {row.method: operation}
        for key, value in (row.document or {}).items():
            _merge(document, key, value)
    return document


def _merge(node: dict[str, Any], key: str, value: Any) -> None:
    if value is None:
        node.pop(key, None)
    elif isinstance(value, dict) and isinstance(node.get(key), dict):
        for each, inner in value.items():
            _merge(node[key], each, inner)
    else:
        node[key] = value


def made(rows: Sequence[tuple[int, Row]], folder: Path) -> Made:
    """Generate from rows. Raises ``SpecError``."""
    original = json.loads(json.dumps(document_of(rows)))
    document = deepcopy(original)
    document = checked(PATH, document, rows[0][1].url)
    name = f"tried_{abs(hash(folder))}"
    (folder / name).mkdir()
    build(PATH, document, "0" * 64, folder / name / "things")
    share(folder / name, wanted(document))
    return Made(folder, name, original)


@attrs.frozen
class Made:
    """A package that was made, and its document."""

    folder: Path
    name: str
    document: dict[str, Any]

    def module(self, name: str) -> ModuleType:
        """Import a module of the package."""
        if str(self.folder) not in sys.path:
            sys.path.insert(0, str(self.folder))
        return import_module(f"{self.name}.things{name}")

    def faults(self, number: int, row: Row) -> Iterator[str]:
        """Yield what is not as the row says."""
        request = self.module(f".api.{row.tag}.{row.function or operation_id(number)}").request
        names = {"m": self.module(".models"), "datetime": datetime, "io": io, "pathlib": pathlib, "__file__": __file__}
        if row.values or row.wrong:
            yield from self._echoes(getattr(names["m"], f"Row{number}"), request, row)
            return
        arguments = row.arguments.replace("{n}", str(number))
        made = eval(f"request({arguments})", {**names, "request": request})
        seen, response = self._send(made, row, row.answer)
        head = [f"{seen.method} {seen.url.raw_path.decode()}", *(f"{k}: {v}" for k, v in seen.headers.items())]
        lines = "\n".join([*head, seen.content.decode("utf-8", "backslashreplace")])
        missing = [each for each in row.sent if each not in lines]
        if missing:
            yield f"{missing} is not in what was sent: {lines}"
        expected = eval(row.parsed.replace("{n}", str(number)), names)
        if (type(expected), expected) != (type(response.parsed), response.parsed):
            yield f"{row.parsed} was expected, not {response.parsed!r}"

    def unreadable(self) -> Iterator[str]:
        """Yield the models and functions whose annotations cannot be evaluated."""
        models = self.module(".models")
        modules = [path for path in sorted(self.folder.glob(f"{self.name}/things/api/*/*.py")) if path.stem[0] != "_"]
        operations = [self.module(f".api.{path.parent.name}.{path.stem}").request for path in modules]
        for each in (*(getattr(models, name) for name in models.__all__), *operations):
            try:
                typing.get_type_hints(each)
            except Exception as error:  # noqa: BLE001 - whatever the annotation is
                yield f"{each.__module__}: {error!r}"

    def _echoes(self, model: Any, request: Any, row: Row) -> Iterator[str]:
        schemas = self.document["components"]["schemas"]
        validator = Draft202012Validator({**schemas[model.__name__], "components": {"schemas": schemas}})
        for value in row.values:
            raw = {"f": value}
            if row.document is None and (problem := next(validator.iter_errors(raw), None)):
                yield f"the row is wrong: {problem.message}"
            seen, response = self._send(request(body=model.from_dict(raw)), row, None)
            parsed = response.parsed.validate()
            _read(parsed)
            if json.loads(seen.content) != raw or parsed.to_dict() != raw:
                yield f"{raw} became {seen.content!r} and {parsed.to_dict()}"
            if model(f=parsed.f).to_dict() != raw:
                yield f"{parsed.f!r} became {model(f=parsed.f).to_dict()}"
        for value in row.wrong:
            try:
                model.from_dict({"f": value}).validate()
            except ValueError:
                continue
            yield f"{value!r} was not refused"

    def _send(self, request: Any, row: Row, answer: tuple[int, str | None, bytes] | None) -> tuple[httpx.Request, Any]:
        seen: list[httpx.Request] = []

        def reply(request: httpx.Request) -> httpx.Response:
            seen.append(request)
            status, media_type, content = answer or (200, "application/json", request.content)
            return httpx.Response(status, content=content, headers={"Content-Type": media_type} if media_type else {})

        names = {
            "make": self.module(".client").Client,
            "transport": httpx.MockTransport(reply),
            "SERVERS": self.module("").SERVERS,
        }
        with eval(
            f"make({row.client}{', ' * bool(row.client)}base_url={row.base_url}, transport=transport)", names
        ) as client:
            response = client.send(request)
        return seen[0], response


def _read(value: Any) -> None:
    """Read every attribute, however deep."""
    if isinstance(value, list):
        for each in value:
            _read(each)
    elif hasattr(value, "_fields"):
        for name in value._fields:
            _read(getattr(value, name))


def faults_alone(row: Row, folder: Path) -> Iterator[str]:
    """Yield what is not as a row says, which is generated from by itself."""
    try:
        package = made([(0, row)], folder)
    except SpecError as error:
        said = str(error)
        place, text = row.refused or ("nowhere", "")
        if not place.startswith("#"):
            place = join(["paths", f"/row0{row.path}", row.method]) + place
        if not any(line.startswith(f"{PATH} {place}: ") and text in line for line in said.splitlines()):
            yield f"{place}: …{text}… was expected, not {said}"
        for line in said.splitlines():
            if line.startswith(str(PATH)) and line.count(": ") < 2:
                yield f"no remedy: {line}"
    except Exception as error:  # noqa: BLE001 - a crash is what is looked for
        yield f"crashed: {error!r}"
    else:
        yield from package.unreadable()
        yield from package.faults(0, row) if row.refused is None else ["was not refused"]


def faults_together(rows: Sequence[Row], folder: Path, *, types: bool = False) -> Iterator[str]:
    """Yield what is not as the rows say that need no document of their own; with ``types``, what mypy says as well."""
    numbered = [(number, row) for number, row in enumerate(rows) if row.refused is None and row.document is None]
    package = made(numbered, folder)
    yield from package.unreadable()
    for number, row in numbered:
        for fault in package.faults(number, row):
            yield f"{row.name}: {fault}"
    if types:
        (folder / "usage.py").write_text(_usage(package, numbered), encoding="utf-8")
        command = [
            "mypy",
            "--strict",
            "--no-error-summary",
            "--config-file=",
            f"--cache-dir={CACHE}",
            "usage.py",
            package.name,
        ]
        result = subprocess.run(
            [sys.executable, "-m", *command], cwd=folder, capture_output=True, text=True, check=False
        )
        yield from (result.stdout + result.stderr).splitlines()


def _usage(package: Made, rows: Sequence[tuple[int, Row]]) -> str:
    """Return a module that calls everything, for type checkers."""
    lines = ["import datetime", "import io", "import pathlib", f"import {package.name}.things.models as m"]
    for number, row in rows:
        name = operation_id(number)
        lines.append(f"import {package.name}.things.api.{row.tag}.{row.function or name} as {name}")
    for number, row in rows:
        arguments = f"body=m.Row{number}()" if row.values or row.wrong else row.arguments.replace("{n}", str(number))
        lines.append(f"{operation_id(number)}.request({arguments})")
    return "\n".join(lines) + "\n"
