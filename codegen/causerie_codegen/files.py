"""Which texts of a document are files: those of a form with files, and bodies that are no JSON."""

from __future__ import annotations

from typing import Any, Final

from causerie_spec.pointer import follow

from . import media
from .walk import Steps, schemas, types_of

FORM: Final = "multipart/form-data"


def components(document: dict[str, Any], *, in_forms: bool) -> set[str]:
    """Return the names of the components that forms with files are made of, or those of everything else."""
    pending = [
        schema
        for steps, schema in schemas(document)
        if "$ref" in schema and steps[:2] != ("components", "schemas") and (FORM in steps) is in_forms
    ]
    found: set[str] = set()
    for each in pending:
        name = each["$ref"].rpartition("/")[2]
        if name not in found:
            found.add(name)
            holder = {"components": {"schemas": {name: follow(document, each)}}}
            pending += [schema for _, schema in schemas(holder) if "$ref" in schema]
    return found


def is_file(steps: Steps, forms: set[str]) -> bool:
    """Return whether a text at a place is a file; ``forms`` are the components that forms are made of."""
    if steps[-1] == "schema" and steps[-3:-2] == ("content",):
        return media.kind(steps[-2]) != "json" or media.is_any(steps[-2])
    return FORM in steps or (steps[:2] == ("components", "schemas") and steps[2] in forms)


def mark(document: dict[str, Any]) -> None:
    """Say with ``format: binary`` of every file, and of nothing else, that it is one."""
    forms = components(document, in_forms=True)
    for steps, schema in schemas(document):
        is_body = steps[-3:-2] == ("content",) and is_file(steps, forms) and "$ref" in schema
        if is_body and media.is_bytes(follow(document, schema)):
            del schema["$ref"]
            schema |= {"type": "string", "format": "binary"}
    for steps, schema in schemas(document):
        if not is_file(steps, forms):
            if schema.get("format") == "binary":
                del schema["format"]
        elif "string" in types_of(schema) and "contentMediaType" in schema and "contentEncoding" not in schema:
            schema["format"] = "binary"
