"""Places in a document and in the values that it describes, as tuples of the tokens of a JSON pointer (RFC 6901)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote

Pointer = tuple[str | int, ...]


def parse(text: str) -> Pointer:
    """Return the tokens of a JSON pointer, or of the reference `#/…`, which is percent-encoded (RFC 6901, 6)."""
    if text.startswith("#"):
        text = unquote(text)
    return tuple(token.replace("~1", "/").replace("~0", "~") for token in text.removeprefix("#").split("/")[1:])


def spell(tokens: Iterable[str | int]) -> str:
    """Return `tokens` as a JSON pointer. The whole value is `/`, so that it is visible."""
    return "".join("/" + str(token).replace("~", "~0").replace("/", "~1") for token in tokens) or "/"


def look(document: Any, tokens: Iterable[str | int]) -> Any:
    """Return the value at `tokens` without following references. Raises `LookupError` if there is none."""
    for token in tokens:
        # This repeats `step` inline, because the suite spends a tenth of its time here.
        document = document[int(token)] if isinstance(document, list) else document[str(token)]
    return document


def step(node: Any, token: str | int) -> Any:
    """Return the value at `token` of `node`. Raises `LookupError` if there is none.

    As in a JSON pointer, a token is an index in an array and a key in an object: 200 can be either.
    """
    return node[int(token)] if isinstance(node, list) else node[str(token)]


def resolve(document: Any, tokens: Pointer) -> Pointer:
    """Return the end of the chain of references that begins at `tokens`; `tokens` itself if there is no reference."""
    while "$ref" in look(document, tokens):
        tokens = parse(look(document, tokens)["$ref"])
    return tokens


_NAMED = frozenset({"properties", "patternProperties", "$defs", "dependentSchemas"}) | {
    *("responses", "headers", "callbacks", "links", "content", "encoding")
}


def has_names(tokens: Pointer) -> bool:
    """Return whether the keys of the object at a place of a document are names, such as those of properties.

    Any other key is a keyword, which determines its value: a property with the name `default` has a schema, but the
    keyword `default` has a value.
    """
    if len(tokens) == 2 and tokens[0] == "components":
        return True
    return bool(tokens) and tokens[-1] in _NAMED and not has_names(tokens[:-1])


def follow(document: Any, node: Any) -> dict[str, Any]:
    """Return the object to which the references beginning with `node` lead; {} if that is not an object.

    A circle ends at its beginning. Raises `LookupError` for a reference that leads out of the document or nowhere.
    """
    seen = set[str]()
    while isinstance(node, dict) and "$ref" in node and node["$ref"] not in seen:
        seen.add(node["$ref"])
        if not node["$ref"].startswith("#/"):
            raise LookupError(node["$ref"])
        node = look(document, parse(node["$ref"]))
    return node if isinstance(node, dict) else {}


def describing(document: Any, schema: Pointer, tokens: Iterable[str | int]) -> Pointer:
    """Return the place of the schema for the part at `tokens` of a value with the schema at `schema`.

    If no schema describes the part itself, this is the nearest schema around it.
    """
    for token in tokens:
        inner = _inside(document, schema, token)
        if inner is None:
            break
        schema = inner
    return schema


def _inside(document: Any, schema: Pointer, token: str | int) -> Pointer | None:
    schema = resolve(document, schema)
    node = look(document, schema)
    if token in node.get("properties", ()):
        return (*schema, "properties", token)
    if "items" in node and str(token).isdecimal():
        return (*schema, "items")
    for keyword in ("allOf", "anyOf", "oneOf"):
        for index, _ in enumerate(node.get(keyword, ())):
            inner = _inside(document, (*schema, keyword, index), token)
            if inner is not None:
                return inner
    return None
