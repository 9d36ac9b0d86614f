"""The same documents as pydantic models, as msgspec structs, and as openapi-generator makes them.

Enums, dates and nested objects are typed alike. openapi-generator takes part where Java is, and its Python package with
what its clients need: ``pip install openapi-generator-cli python-dateutil lazy-imports``.
"""

from __future__ import annotations

import atexit
import importlib.util
import shutil
import subprocess
import sys
import tempfile
from datetime import datetime
from enum import Enum, IntEnum
from functools import cache
from pathlib import Path
from typing import Any, Optional

import msgspec
import pydantic

from payloads import SPEC, document, kind, resolve

PLAIN: dict[str | None, Any] = {"string": str, "integer": int, "number": float, "boolean": bool, None: Any}


class Types:
    """Makes one library's types of a document's components, each once."""

    def __init__(self, vendor: str) -> None:
        self.root = document(vendor)
        self.made: dict[str, Any] = {}

    def component(self, name: str) -> Any:
        if name not in self.made:
            schema = resolve(self.root, self.root["components"]["schemas"][name])
            self.made[name] = self.type(schema, name)
        return self.made[name]

    def type(self, schema: dict[str, Any], name: str) -> Any:
        if "$ref" in schema:
            return self.component(schema["$ref"].rpartition("/")[2])
        nullable = any(each.get("type") == "null" for each in schema.get("anyOf", ())) or "null" in (
            schema.get("type") or ()
        )
        if "anyOf" in schema:
            inner = self.type(next(each for each in schema["anyOf"] if each.get("type") != "null"), name)
        elif "enum" in schema:
            base: Any = IntEnum if kind(schema) == "integer" else Enum
            inner = base(name, {f"V{value}".replace("-", "_"): value for value in schema["enum"]})
        elif kind(schema) == "object":
            fields = {
                key: (self.type(each, f"{name}_{key}"), key in schema.get("required", ()))
                for key, each in schema.get("properties", {}).items()
            }
            inner = self.object(name, fields) if fields else dict[str, Any]
        elif kind(schema) == "array":
            inner = list[self.type(schema["items"], f"{name}_item")]  # type: ignore[misc]
        else:
            inner = datetime if schema.get("format") == "date-time" else PLAIN[kind(schema)]
        return Optional[inner] if nullable else inner  # noqa: UP045 - made at run time

    def object(self, name: str, fields: dict[str, tuple[Any, bool]]) -> Any:
        raise NotImplementedError


class Pydantic(Types):
    """Models that keep unknown keys, as ours do."""

    def object(self, name: str, fields: dict[str, tuple[Any, bool]]) -> Any:
        declared: dict[str, Any] = {
            f"f_{key}": (type_, pydantic.Field(alias=key))
            if required
            else (type_ | None, pydantic.Field(None, alias=key))
            for key, (type_, required) in fields.items()
        }
        return pydantic.create_model(name, __config__=pydantic.ConfigDict(extra="allow"), **declared)


class Msgspec(Types):
    """Structs; msgspec drops unknown keys."""

    def object(self, name: str, fields: dict[str, tuple[Any, bool]]) -> Any:
        declared: list[Any] = [
            (f"f_{key}", type_) if required else (f"f_{key}", type_ | msgspec.UnsetType, msgspec.UNSET)
            for key, (type_, required) in fields.items()
        ]
        return msgspec.defstruct(name, declared, kw_only=True, rename=lambda field: field.removeprefix("f_"))


@cache
def openapi_generator(vendor: str) -> Path | None:
    """Return the folder of openapi-generator's client; None where it cannot be made."""
    found = [importlib.util.find_spec(name) for name in ("openapi_generator_cli", "dateutil", "lazy_imports")]
    if None in found or found[0] is None or found[0].origin is None or shutil.which("java") is None:
        return None
    jar = Path(found[0].origin).with_name("openapi-generator.jar")
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    subprocess.run(
        [
            *("java", "-jar", jar, "generate", "-g", "python", "-i", SPEC / f"{vendor}.yaml"),
            *("-o", folder, "--package-name", f"generated_{vendor}"),
        ],
        check=True,
        capture_output=True,
    )
    sys.path.insert(0, str(folder))
    return folder


def openapi_generator_component(vendor: str, component: str) -> Any:
    """openapi-generator's class; None where it cannot be made."""
    if openapi_generator(vendor) is None:
        return None
    return getattr(importlib.import_module(f"generated_{vendor}"), component)


@cache
def pydantic_types(vendor: str) -> Pydantic:
    return Pydantic(vendor)


@cache
def msgspec_types(vendor: str) -> Msgspec:
    return Msgspec(vendor)
