"""Names of a document that become one in Python."""

from __future__ import annotations

import pytest

from causerie_codegen.names import python_name
from causerie_spec.names import collisions, snake

NAMES = [
    "userId",
    "user_id",
    "UserID",
    "user-id",
    "user.id",
    "X-Rate",
    "a1B2",
    "HTTPServer",
    "größe",
    "a$b",
    "id",
    "Ünder",
]


@pytest.mark.parametrize("name", NAMES)
def test_snake(name: str) -> None:
    """A name is what the generator makes of it."""
    assert python_name(name) == snake(name)


def test_collisions() -> None:
    """Fields collide however they are composed, unless a name is given; what are values are no names."""
    parts = [{"properties": {"userId": {}, "a": {}}}, {"properties": {"user_id": {}, "A": {"x-python-name": "other"}}}]
    example = {"example": {"properties": {"b": 1, "B": 2}}}
    document = {"components": {"schemas": {"User": {"allOf": parts, **example}}}}

    assert [(("components", "schemas", "User"), "fields", ("userId", "user_id"))] == [*collisions(document)]
