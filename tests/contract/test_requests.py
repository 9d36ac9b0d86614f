"""Generated requests are such as a server can accept, and no others are changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from schemathesis import Case

from causerie_contract._requests import CONNECTION, before_call
from causerie_contract._schema import schema
from causerie_contract._settings import Settings
from causerie_contract._target import mock_in_process
from causerie_spec.documents import load

DOCUMENT = load("raia")


def case(path: str, method: str, *, only: list[str] | None = None, **parts: Any) -> Case[Any]:
    """Return a request of a schema that the suite has made."""
    made = schema("raia", DOCUMENT, mock_in_process("raia", DOCUMENT), Settings(), only=only)
    changed: Case[Any] = made[path][method].Case(**parts)
    before_call(None, changed, {})  # type: ignore[arg-type]  # it does not look at the context
    return changed


@pytest.mark.parametrize("only", [None, ["create_user"]])
def test_users_are_new(only: list[str] | None) -> None:
    """Every contact that is a text gets a number that no other has; everything else stays."""
    body = {"firstName": "", "phoneNumber": "", "email": "me@me.test", "fkId": 7}
    changed = case("/external/users", "POST", only=only, body=body, media_type="application/json").body

    assert ("", 7) == (changed["firstName"], changed["fkId"])
    assert {"me@me.test 1", "me@me.test 2"} > {changed["email"]}
    assert changed["email"].split()[-1] != changed["phoneNumber"].split()[-1]


def test_urls_are_public() -> None:
    """Whatever the text is, it becomes the path of a public URL."""
    body = {"url": "é ?#/", "title": ""}
    changed = case("/external/agents/webhooks", "POST", body=body, media_type="application/json").body

    assert {"url": "https://api.example.com/%C3%A9%20%3F%23/", "title": ""} == changed


def test_known_people_are_searched() -> None:
    """A search is for the one who is there; what is no text stays as it is."""
    changed = case("/external/users/search", "GET", query={"email": "", "fkId": ["a"]}).query

    assert {"email": "test@test.com", "fkId": ["a"]} == dict(changed)


@pytest.mark.parametrize("spell", [str, str.upper, str.title])
def test_headers_of_the_connection(spell: Callable[[str], str]) -> None:
    """How a request is framed is not made up; other headers stay."""
    headers = {spell(name): ")" for name in CONNECTION}
    changed = case("/external/conversations/states", "GET", headers={**headers, "X-Other": "a"}).headers

    assert {"X-Other": "a"} == dict(changed)


@pytest.mark.parametrize("id_", ["", ".", ".."])
def test_ids_that_no_path_can_have(id_: str) -> None:
    """Clients take them out of a path, so another id takes their place, and the operation stays the same."""
    changed = case("/external/users/{userId}", "GET", path_parameters={"userId": id_})

    assert "/external/users/causerie-names-nothing" == changed.formatted_path


def test_bodies_that_are_no_objects() -> None:
    """They stay as they are."""
    assert [1] == case("/external/users", "POST", body=[1], media_type="application/json").body


def test_nobody_else() -> None:
    """A schema that is not the suite's is left alone."""
    import schemathesis

    made = schemathesis.openapi.from_dict(DOCUMENT)
    other = made["/external/users"]["POST"].Case(body={"email": "me@me.test"}, media_type="application/json")
    before_call(None, other, {})  # type: ignore[arg-type]  # it does not look at the context

    assert {"email": "me@me.test"} == other.body
