"""Prepares another party's document for comparison: our operations, written like ours, without unreadable parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, TypeVar

import attrs

from .pointer import Pointer, spell
from .scope import Scope
from .shape import ANY, DEPTH, KEYWORDS, UNREAD
from .stranger import COMPOSED, Operation, Stranger, Unreadable

_T = TypeVar("_T", bool, str, list[Any], dict[str, Any])

_KINDS: dict[type, str] = {bool: "true or false", str: "a text", list: "a list", dict: "an object"}

_SCHEME = ("type", "in", "name", "scheme", "x-credential-prefix")

_STATUS = re.compile(r"[1-5](\d\d|XX)|DEFAULT", re.ASCII)


@attrs.frozen
class Tidied:
    """The prepared copy of another party's document."""

    document: dict[str, Any]
    #: What could not be read of each of our operations, by its place in our document.
    unread: dict[Pointer, tuple[Unreadable, ...]]


def tidy(stranger: Stranger, scope: Scope) -> Tidied:
    """Copy our operations of `scope` with everything to which they refer, and new ones without their contents.

    Paths and their parameters get our spelling. In the copy, every reference has a target and every value has the right
    type. Parts that could not be read are left out or marked.
    """
    paths, schemas, schemes = dict[str, Any](), dict[str, Any](), dict[str, Any]()
    parts, unread = dict[Pointer, _Part](), dict[Pointer, tuple[Unreadable, ...]]()
    for each in scope.new:
        paths.setdefault(each.path, {})[each.method] = {}
    for place, each in scope.ours.items():
        part = _Part(stranger)
        path, method = str(place[1]), str(place[2])
        paths.setdefault(path, {})[method] = part.operation(each, path)
        schemes |= part.schemes
        problems, waiting, seen = part.unread, list(part.uses), set[Pointer]()
        while waiting:
            target = waiting.pop()
            if target in seen:
                continue
            seen.add(target)
            if target not in parts:
                parts[target] = _Part(stranger)
                schemas[_name(target)] = parts[target].component(target)
            problems += parts[target].unread
            waiting += parts[target].uses
        unread[place] = tuple(problems)
    servers = stranger.find(("servers",))
    return Tidied(
        {
            "servers": [server for server in servers if _served(server)] if isinstance(servers, list) else [],
            "paths": paths,
            "components": {"schemas": schemas, "securitySchemes": schemes},
        },
        unread,
    )


def problems(document: dict[str, Any]) -> tuple[Unreadable, ...]:
    """Return everything in a document's operations that cannot be read."""
    stranger = Stranger(document)
    found = list(stranger.operations())
    ours = dict[Pointer, Operation](
        (("paths", each.path, each.method), each) for each in found if isinstance(each, Operation)
    )
    unread = tuple(each for each in found if isinstance(each, Unreadable))
    tidied = tidy(stranger, Scope(ours, (), (), unread, ()))
    return unread + tuple(each for some in tidied.unread.values() for each in some)


class _Part:
    """One operation, or one schema that others refer to, while it is copied."""

    def __init__(self, stranger: Stranger) -> None:
        self._stranger = stranger
        self.unread: list[Unreadable] = []
        self.uses: dict[Pointer, None] = {}
        self.schemes: dict[str, Any] = {}

    def operation(self, each: Operation, path: str) -> dict[str, Any]:
        """Copy an operation. The parameters of its path get their names in `path`."""
        if not isinstance(self._stranger.find(each.place), dict):
            self._miss(each.place, "is no object")
            return {}
        made: dict[str, Any] = {
            "security": self._security(each.place),
            "parameters": self._parameters(each, re.findall(r"{([^}]*)}", path)),
            "responses": dict(self._answers(each.place)),
        }
        if self._stranger.find((*each.place, "requestBody")) is not None:
            made["requestBody"] = self._content((*each.place, "requestBody"))
        for owner in (*each.items, each.place):
            made |= self._servers(owner)
        return made

    def component(self, place: Pointer) -> dict[str, Any]:
        """Copy a schema that is the target of references; if it has no end, return the mark of an unread one."""
        problem = self._stranger.endless(place)
        if problem is None:
            return self._schema(place, 0)
        self.unread.append(problem)
        return {UNREAD: True}

    def _miss(self, place: Pointer, why: str) -> None:
        self.unread.append(Unreadable(place, why))

    def _take(self, place: Pointer, kind: type[_T]) -> _T | None:
        """Return the node at `place`, or None; a node of another kind is noted as unread."""
        node = self._stranger.find(place)
        if node is None or isinstance(node, kind):
            return node
        self._miss(place, f"is {node!r:.40}, but should be {_KINDS[kind]}")
        return None

    def _follow(self, place: Pointer) -> Pointer | None:
        try:
            return self._stranger.follow(place)
        except Unreadable as problem:
            self.unread.append(problem)
            return None

    def _security(self, place: Pointer) -> list[dict[str, list[Any]]]:
        own = (*place, "security")
        place = own if self._stranger.find(own) is not None else ("security",)
        made = list[dict[str, list[Any]]]()
        for index, each in enumerate(self._take(place, list) or ()):
            if isinstance(each, dict):
                made.append({name: [] for name in each})
                self.schemes |= {name: self._scheme(name) for name in each if name not in self.schemes}
            else:
                self._miss((*place, index), f"is {each!r:.40}, but should be an object")
        return made

    def _scheme(self, name: str) -> dict[str, Any]:
        place = self._follow(("components", "securitySchemes", name))
        node = self._stranger.find(place) if place else {}
        return {"type": "unknown", **{key: str(node[key]) for key in _SCHEME if key in node}}

    def _parameters(self, each: Operation, arguments: list[str]) -> list[dict[str, Any]]:
        found = dict[tuple[str, str], tuple[Pointer, dict[str, Any]]]()
        for owner in (*each.items, each.place):
            for index, _ in enumerate(self._take((*owner, "parameters"), list) or ()):
                place = self._follow((*owner, "parameters", index))
                made = self._parameter(place) if place else None
                if place and made:
                    found[made["in"], made["name"]] = place, made
        theirs = re.findall(r"{([^}]*)}", each.path)
        # A path that contains a part of the server's path may have more parameters than ours.
        ours = dict(zip(reversed(theirs), reversed(arguments), strict=False))
        inside = {name: ours.get(name) for kind, name in found if kind == "path" and name in theirs}
        outside = [name for kind, name in found if kind == "path" and name not in theirs]
        free = [name for name in arguments if name not in inside.values()]
        if len(outside) == len(free):
            inside |= dict(zip(outside, free, strict=True))
        for (kind, name), (place, made) in found.items():
            if kind == "path":
                made["name"] = inside.get(name)
                if name not in inside:
                    self._miss(place, f"is the parameter {name!r} of a path that has none of this name")
        return [made for _, made in found.values() if made["name"] is not None]

    def _parameter(self, place: Pointer) -> dict[str, Any] | None:
        name, kind = (self._take((*place, key), str) for key in ("name", "in"))
        if name is None or kind not in {"query", "path", "header", "cookie"}:
            self._miss(place, "is a parameter without a name or a place")
            return None
        made: dict[str, Any] = {"name": name, "in": kind, **self._value(place)}
        style, explode = self._take((*place, "style"), str), self._take((*place, "explode"), bool)
        if style is not None:
            made["style"] = style
        if explode is not None:
            made["explode"] = explode
        return made

    def _value(self, place: Pointer) -> dict[str, Any]:
        """Copy the keywords that parameters and headers share."""
        made: dict[str, Any] = {"required": self._take((*place, "required"), bool) or False}
        if self._stranger.find((*place, "schema")) is not None:
            made["schema"] = self._schema((*place, "schema"), 0)
        elif self._stranger.find((*place, "content")) is not None:
            self._miss((*place, "content"), "describes a value within a text, which is not compared")
            made["schema"] = {UNREAD: True}
        return made

    def _servers(self, owner: Pointer) -> dict[str, Any]:
        servers = [server for server in self._take((*owner, "servers"), list) or () if _served(server)]
        return {"servers": servers} if servers else {}

    def _answers(self, place: Pointer) -> Iterator[tuple[str, dict[str, Any]]]:
        for status in self._take((*place, "responses"), dict) or ():
            if _STATUS.fullmatch(status.upper()):
                written = status.lower() if status.upper() == "DEFAULT" else status.upper()
                yield written, self._content((*place, "responses", status))
            elif not status.startswith("x-"):
                self._miss((*place, "responses", status), "is no status")

    def _content(self, start: Pointer) -> dict[str, Any]:
        """Copy the body of a request or an answer."""
        place = self._follow(start)
        if place is None:
            return {UNREAD: True}
        content, headers = dict[str, Any](), dict[str, Any]()
        for media in self._take((*place, "content"), dict) or ():
            inner = (*place, "content", media)
            if not isinstance(self._stranger.find(inner), dict):
                self._miss(inner, "is no object")
                content[media] = {"schema": {UNREAD: True}}
            elif self._stranger.find((*inner, "schema")) is not None:
                content[media] = {"schema": self._schema((*inner, "schema"), 0)}
            else:
                content[media] = {}
        for name in self._take((*place, "headers"), dict) or ():
            header = self._follow((*place, "headers", name))
            headers[name] = self._value(header) if header else {UNREAD: True}
        required = self._take((*place, "required"), bool) or False
        return {"content": content, "headers": headers, "required": required}

    def _schema(self, place: Pointer, depth: int) -> dict[str, Any]:
        node = self._stranger.find(place)
        if isinstance(node, bool):
            return {} if node else {"not": {}}
        if not isinstance(node, dict):
            self._miss(place, f"is {node!r:.40}, which is no schema")
            return {UNREAD: True}
        if depth > DEPTH:
            self._miss(place, f"is below {DEPTH} others")
            return {UNREAD: True}
        made = {**_keywords(node), **self._type(place), **self._discriminator(place), **self._reference(place)}
        for key in COMPOSED:
            if self._take((*place, key), list):
                made[key] = [self._schema((*place, key, index), depth + 1) for index in range(len(node[key]))]
            elif node.get(key):
                made[UNREAD] = True
        fields = self._take((*place, "properties"), dict)
        if fields:
            made["properties"] = {name: self._schema((*place, "properties", name), depth + 1) for name in fields}
        names = self._take((*place, "required"), list) or []
        if names:
            made["required"] = [name for name in names if isinstance(name, str)]
        if not all(isinstance(name, str) for name in names):
            self._miss((*place, "required"), f"is {names!r:.40}, where names should be")
        values = self._take((*place, "enum"), list)
        if values is not None:
            made["enum"] = values
        if isinstance(node.get("additionalProperties"), bool):
            made["additionalProperties"] = node["additionalProperties"]
        elif node.get("additionalProperties") is not None:
            made["additionalProperties"] = self._schema((*place, "additionalProperties"), depth + 1)
        if node.get("items") is not None:
            made["items"] = self._schema((*place, "items"), depth + 1)
        return made

    def _type(self, place: Pointer) -> dict[str, Any]:
        written = self._stranger.find((*place, "type"))
        types = written if isinstance(written, list) else [written]
        if written is None or all(isinstance(each, str) and each in ANY for each in types):
            return {} if written is None else {"type": written}
        self._miss((*place, "type"), f"is {written!r:.40}, which is no type")
        return {UNREAD: True}

    def _reference(self, place: Pointer) -> dict[str, Any]:
        if "$ref" not in self._stranger.find(place):
            return {}
        try:
            target = self._stranger.target(place)
        except Unreadable as problem:
            self.unread.append(problem)
            return {UNREAD: True}
        self.uses[target] = None
        return {"$ref": _reference(target)}

    def _discriminator(self, place: Pointer) -> dict[str, Any]:
        place = (*place, "discriminator")
        field = self._take((*place, "propertyName"), str) if self._take(place, dict) else None
        if field is None:
            return {}
        mapping = dict[str, str]()
        for value, written in (self._take((*place, "mapping"), dict) or {}).items():
            # A plain name is the name of a component.
            text = str(written)
            target = self._stranger.locate(text if text.startswith("#/") else f"#/components/schemas/{text}")
            if target is None:
                self._miss((*place, "mapping", value), f"refers to {text!r}, which it does not have")
            else:
                mapping[value] = _reference(target)
        return {"discriminator": {"propertyName": field, "mapping": mapping}}


def _keywords(node: dict[str, Any]) -> dict[str, Any]:
    """Return the keywords that are compared literally, in the form of OpenAPI 3.1."""
    made = {key: node[key] for key in (*KEYWORDS, "const") if key in node}
    for limit, bound in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if isinstance(made.get(limit), bool) and made.pop(limit) and bound in made:
            made[limit] = made.pop(bound)
    if node.get("nullable") is True:
        made["nullable"] = True
    return made


def _name(target: Pointer) -> str:
    """Return the name of a schema in the copy: that of its component if it has one, or else its place."""
    component = len(target) == 3 and target[:2] == ("components", "schemas")
    return str(target[2]) if component else spell(target)


def _reference(target: Pointer) -> str:
    return f"#{spell(('components', 'schemas', _name(target)))}"


def _served(server: Any) -> bool:
    if not isinstance(server, dict) or not isinstance(server.get("url"), str):
        return False
    variables = server.get("variables", {})
    return isinstance(variables, dict) and all(isinstance(each, dict) for each in variables.values())
