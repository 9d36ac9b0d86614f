"""A part of a document: some of its operations, and what they lead to, or all but what leads nowhere."""

from __future__ import annotations

from collections.abc import Collection
from copy import deepcopy
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from causerie_spec.pointer import look

from . import audit, choices, credentials, listed, targets
from .document import SpecError, join
from .operation import is_bare
from .walk import Problem, kinds, operation_id, operations, references, schemas


def part(path: Path, document: dict[str, Any], only: Collection[str], skip: Collection[str]) -> dict[str, Any]:
    """Return a document with only the operations that have one of these tags or operationIds.

    An empty ``only`` means all operations. Those of ``skip`` are left out, and so are components that nothing leads to.
    Raises ``SpecError`` for a name that no operation has.
    """
    if not only and not skip:
        return document
    document = deepcopy(document)
    needed = _credentials(document)
    unknown = {*only, *skip}
    for steps, item, operation in [*operations(document)]:
        _, template, method = steps
        names = {operation_id(steps, operation), *operation.get("tags", ())}
        unknown -= names
        if (only and names.isdisjoint(only)) or not names.isdisjoint(skip):
            del item[method]
        if not any(owner is item for _, owner, _ in operations({"paths": {template: item}})):
            del document["paths"][template]
    if unknown:
        raise SpecError(path, *(("#/paths", f"no operation or tag is called {name}") for name in sorted(unknown)))
    document.pop("webhooks", None)
    document["components"] = _reached(document)
    for name in needed - _credentials(document):
        document["components"].get("securitySchemes", {}).pop(name, None)
    return document


def generated(document: dict[str, Any]) -> dict[str, Any]:
    """Return a document without what nothing is generated from, so that nobody has to mend it.

    These are webhooks, callbacks, headers and links of answers, bodies that HTTP never sends, and components that are
    no schemas and that no operation leads to. What a ``$ref`` leads into stays.
    """
    document = deepcopy(document)
    targets = {unquote(each) for _, each in references(document) if not each.startswith("#/components/schemas/")}

    def drop(owner: dict[str, Any], *steps: Any) -> None:
        place = join(steps)
        if steps[-1] in owner and not any(f"{each}/".startswith(f"{place}/") for each in targets):
            del owner[steps[-1]]

    drop(document, "webhooks")
    components = document.get("components", {})
    items = {"paths": components.get("pathItems", {})}
    found = [*operations(document)]
    found += [(("components", "pathItems", *steps[1:]), item, each) for steps, item, each in operations(items)]
    for steps, _, operation in found:
        drop(operation, *steps, "callbacks")
        for status, answer in operation.get("responses", {}).items():
            for key in ("headers", "links", *(("content",) if is_bare(steps[-1], status) else ())):
                drop(answer, *steps, "responses", status, key)
    for name, answer in components.get("responses", {}).items():
        for key in ("headers", "links"):
            drop(answer, "components", "responses", name, key)
    kept = _reached(document)
    for kind in components.keys() - {"schemas", "securitySchemes"}:
        if isinstance(components[kind], dict):
            components[kind] = kept.get(kind, {})
    return document


def opened(document: dict[str, Any]) -> tuple[dict[str, Any], list[Problem]]:
    """Return a document that allows any value where it does not say clearly what a value is, and the places.

    Such a value is read as the JSON that it is.
    """
    document, found = deepcopy(document), [*targets.dangling(document)]
    # From the back, so that the places of other alternatives stay.
    for steps, _ in reversed(found):
        owner: Any = document
        for step in steps[:-1]:
            owner = owner[step]
        if steps[-2] in {"oneOf", "anyOf"} and len(owner) > 1:
            del owner[steps[-1]]
        else:
            owner[steps[-1]] = {}
    choices.settle(document)
    for steps, schema in [*schemas(document)]:
        problems = [*audit.alternatives(document, steps, schema)]
        if problems:
            known = kinds(document, schema)
            schema.update({"type": next(iter(known))} if len(known) == 1 else {})
            for key in ("oneOf", "anyOf", "discriminator"):
                schema.pop(key, None)
        found += problems
    for steps, problem in [*listed.problems(document)]:
        schema = look(document, steps)
        for key in ("type", "enum", "const"):
            schema.pop(key, None)
        found.append((steps, problem))
    return document, found


def _credentials(document: dict[str, Any]) -> set[str]:
    """Return the names of the credentials that operations need."""
    return {name for _, _, operation in operations(document) for name in credentials.needed(document, operation)}


def _reached(document: dict[str, Any]) -> dict[str, Any]:
    """Return the components that the operations lead to, and the security schemes, to which names lead."""
    components = document.get("components", {})
    kept: dict[str, Any] = {key: value for key, value in components.items() if key == "securitySchemes"}
    pending: list[Any] = [document.get("paths", {})]
    for node in pending:
        for _, reference in references(node):
            steps = reference.split("/")
            if steps[:2] == ["#", "components"] and len(steps) > 3:
                kind, name = steps[2:4]
                if name in components.get(kind, {}) and name not in kept.setdefault(kind, {}):
                    kept[kind][name] = components[kind][name]
                    pending.append(components[kind][name])
    return kept
