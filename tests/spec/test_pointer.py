"""Places in documents and in values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from causerie_spec.pointer import Pointer, describing, has_names, look, parse, resolve, spell, step

DOCUMENT = {
    "A": {"properties": {"b": {"$ref": "#/B"}, "list": {"items": {"$ref": "#/B"}}, "items": {"type": "string"}}},
    "B": {"allOf": [{"$ref": "#/C"}, {"properties": {"own": {"type": "string"}}}]},
    "C": {"properties": {"inherited": {"anyOf": [{"$ref": "#/A"}, {"type": "null"}]}}},
    "Alias": {"$ref": "#/Alias2"},
    "Alias2": {"$ref": "#/A"},
}


@given(st.lists(st.text(min_size=1), min_size=1).map(tuple))
def test_spell_and_parse(tokens: Pointer) -> None:
    """A spelled pointer is read back, whatever characters its tokens have; so is a reference."""
    assert tokens == parse(spell(tokens))
    assert tokens == parse("#" + spell(tokens))


def test_the_whole_is_visible() -> None:
    """The pointer to the whole value is not spelled as nothing."""
    assert "/" == spell(())


@pytest.mark.parametrize(
    ("node", "token"), [({"200": "x"}, 200), ({"200": "x"}, "200"), (["w", "x"], 1), (["w", "x"], "1")]
)
def test_step(node: object, token: str | int) -> None:
    """A token is a key or an index, as the node needs it."""
    assert "x" == step(node, token)


def test_look_leaves_references_alone() -> None:
    """Looking follows no reference, and says where nothing stands."""
    assert {"$ref": "#/B"} == look(DOCUMENT, ("A", "properties", "b"))
    with pytest.raises(LookupError):
        look(DOCUMENT, ("A", "properties", "b", "allOf"))


@pytest.mark.parametrize(("place", "end"), [(("Alias",), ("A",)), (("A",), ("A",)), (("A", "properties", "b"), ("B",))])
def test_resolve(place: Pointer, end: Pointer) -> None:
    """A chain of references is followed to its end."""
    assert end == resolve(DOCUMENT, place)


@pytest.mark.parametrize(
    ("instance", "schema"),
    [
        ((), ("Alias",)),
        (("b",), ("A", "properties", "b")),
        (("b", "own"), ("B", "allOf", 1, "properties", "own")),
        (("b", "inherited"), ("C", "properties", "inherited")),
        (("b", "inherited", "b"), ("A", "properties", "b")),
        (("list", 3), ("A", "properties", "list", "items")),
        (("list", "3", "own"), ("B", "allOf", 1, "properties", "own")),
        (("items",), ("A", "properties", "items")),
        (("b", "unknown", "x"), ("A", "properties", "b")),
    ],
)
def test_describing(instance: Pointer, schema: Pointer) -> None:
    """The schema of a part is found through references, arrays and combined schemas, or the nearest around it."""
    assert schema == describing(DOCUMENT, ("Alias",), instance)


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ((), False),
        (("components",), False),
        (("components", "responses"), True),
        (("components", "schemas", "properties"), False),
        (("components", "schemas", "A", "properties"), True),
        (("components", "schemas", "A", "properties", "properties"), False),
        (("components", "schemas", "A", "properties", "properties", "properties"), True),
        (("paths", "/x", "get", "responses"), True),
        (("paths", "/x", "get", "responses", "default"), False),
        (("paths", "/x", "get", "responses", "200", "headers"), True),
        (("components", "schemas", "A", "default"), False),
    ],
)
def test_keys_that_are_names(place: Pointer, expected: bool) -> None:
    """The keys below some words of OpenAPI are names, also where they are such words themselves."""
    assert expected == has_names(place)
