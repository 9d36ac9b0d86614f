"""Which operations of a published document concern us."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from causerie_spec.documents import METHODS, load, vendors
from causerie_spec.drift import compare
from causerie_spec.scope import LeftOut, Scope, left_out, scope
from causerie_spec.stranger import Stranger

OURS: dict[str, Any] = {
    "servers": [{"url": "https://api.example.com/v1"}],
    "paths": {"/users/{userId}": {"get": {}}, "/users/{userId}/notes": {"post": {}}, "/search": {"get": {}}},
}

DOCUMENTS = {vendor: load(vendor) for vendor in vendors()}

#: Paths that Convocore is known to publish besides ours, with their methods; the names of parameters are not known.
CONVOCORE = {
    "/agents": "get post",
    "/agents/{a}": "get patch delete",
    "/agents/search": "get",
    "/agents/import-template": "post",
    "/agents/convos/generate-summaries": "post",
    "/agents/{a}/export-template": "get",
    "/agents/{a}/clone": "post",
    "/agents/{a}/audit-log": "get",
    "/agents/{a}/kb": "get post",
    "/agents/{a}/kb/stats": "get",
    "/agents/{a}/kb/{b}": "get patch delete",
    "/agents/{a}/tools": "get post",
    "/agents/{a}/variables": "get post",
    "/agents/{a}/custom-metrics/{b}": "get",
    "/agent-templates/{a}/create": "post",
    "/tools/{a}": "get patch delete",
    "/variables/{a}": "get",
    "/leads": "get post",
    "/leads/{a}": "get patch delete",
    "/agency": "get",
    "/clients/check-email": "post",
    "/orgs/{a}/members-and-teams": "get",
    "/workspaces/{a}/crawler/jobs/{b}/pages": "get",
    "/calls": "post",
    "/sms": "post",
    "/smsLeads": "post",
    "/voices/{a}/{b}": "get",
    "/utils/twilio/release-number": "post",
    "/scrape": "post",
}


def sorted_(paths: dict[str, Any], *entries: LeftOut, **more: Any) -> Scope:
    """Return the scope of a document with these paths."""
    return scope(OURS, Stranger({"paths": paths, **more}), entries)


@pytest.mark.parametrize(
    ("path", "server"),
    [
        ("/users/{userId}", "https://api.example.com/v1"),
        ("/users/{id}", None),
        ("/users/{id}/", "https://other.example.com"),
        ("//users/{user id}//", 7),
        ("/v1/users/{id}", "https://api.example.com"),
        ("/v1/users/{id}", "http://["),
        ("/users/{id}", "/v1/"),
        ("/{id}", "https://api.example.com/v1/users"),
    ],
)
@pytest.mark.parametrize("method", ["get", "GET"])
def test_spellings(path: str, server: Any, method: str) -> None:
    """An operation is ours however its path is written, and wherever a URL is divided into server and path."""
    for owner in ("document", "path", "operation"):
        servers = {"servers": [{"url": server}, 7]}
        operation = servers if owner == "operation" else {}
        item = {method: operation, **(servers if owner == "path" else {})}
        found = sorted_({path: item}, **(servers if owner == "document" else {}))

        assert {("paths", "/users/{userId}", "get"): path} == {at: each.path for at, each in found.ours.items()}


@pytest.mark.parametrize("path", ["/user/{userId}", "/users/me", "/v2/users/{userId}", "/users", "/users/{a}/{b}"])
def test_other_paths(path: str) -> None:
    """Another path is another operation, and so is another method."""
    found = sorted_({path: {"get": {}}, "/users/{userId}": {"put": {}}})

    assert ({}, [f"GET {path}", "PUT /users/{userId}"]) == (found.ours, [str(each) for each in found.new])


def test_written_twice() -> None:
    """Of two spellings of one operation the one that is closer to ours is compared, and the other is named."""
    found = sorted_({"/users/{id}/": {"get": {}}, "/users/{userId}": {"get": {}}, "/v1/users/{id}": {"get": {}}})

    assert ["/users/{userId}"] == [each.path for each in found.ours.values()]
    assert [("/users/{id}/", "is the same operation as GET /users/{userId}, which is compared")] * 1 == [
        (each.place[1], str(each)) for each in found.unread[:1]
    ]
    assert 2 == len(found.unread)


def test_left_out() -> None:
    """An entry leaves out one operation, or a path with what is below it by whole segments; others match nothing."""
    one, area, stale = (
        LeftOut("x", operation="PUT /users/{userId}"),
        LeftOut("x", below="/teams/{teamId}/plans"),
        LeftOut("x", below="/gone"),
    )
    paths = {
        "/users/{id}/": {"put": {}, "delete": {}},
        "/v1/teams/{id}/plans": {"get": {}},
        "/teams/{id}/plans/{plan}/days": {"get": {}, "post": {}},
        "/teams/{id}/plansAndMore": {"get": {}},
        "/teams/all/plans": {"get": {}},
        "/teams/{id}/plans/lost": 7,
        "/lost": 7,
        "x-more": 7,
    }
    found = sorted_(paths, one, area, stale)

    assert 4 == len(found.out)
    assert ["DELETE /users/{id}/", "GET /teams/{id}/plansAndMore", "GET /teams/all/plans"] == list(map(str, found.new))
    assert [("paths", "/lost")] == [each.place for each in found.unread]
    assert (stale,) == found.stale
    assert ["left out, PUT /users/{userId}", "left out, below /gone"] == [str(one), str(stale)]


def test_referred_items() -> None:
    """What a path refers to holds for it, and its own operations come first."""
    found = sorted_(
        {"/users/{id}": {"$ref": "#/components/pathItems/User", "get": {}}},
        components={"pathItems": {"User": {"get": {}, "put": {}}}},
    )

    assert [("paths", "/users/{id}", "get")] == [each.place for each in found.ours.values()]
    assert [("components", "pathItems", "User", "put")] == [each.place for each in found.new]


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ("word", "needs a reason"),
        ("{below: /teams}", "needs a reason"),
        ("{reason: x}", "either operation or below"),
        ("{reason: x, below: /teams, operation: GET /teams}", "either operation or below"),
        ("{reason: x, below: 7}", "needs words"),
        ("{reason: '', below: /teams}", "needs words"),
        ("{reason: x, operation: /teams}", "such as GET /users/{userId}"),
        ("{reason: x, operation: get /teams}", "such as GET /users/{userId}"),
        ("{reason: x, operation: GET teams}", "such as GET /users/{userId}"),
        ("{reason: x, operation: 'GET /users/{id}/'}", "names an operation that our document has"),
        ("{reason: x, below: teams}", "such as /users/{userId}"),
        ("{reason: x, below: /}", "too wide, for /users/{userId} of our document is below it"),
        ("{reason: x, below: /users}", "too wide"),
        ("{reason: x, below: '/users/{id}'}", "too wide"),
        ("{reason: x, below: '/users/{id}/limits'}", "hide what is new below /users/{userId} of our document"),
        ("{reason: x, below: /search/all}", "hide what is new below /search"),
    ],
)
def test_bad_entries(entry: str, problem: str, tmp_path: Path) -> None:
    """An entry that says too little, or would hide what is new at or below a path of ours, is refused by its number."""
    (file := tmp_path / "left-out.yaml").write_text(f"- {{reason: x, below: /teams}}\n- {entry}\n")
    with pytest.raises(ValueError, match="entry 2") as caught:
        left_out("raia", OURS, file)

    assert (True, True) == (str(file) in str(caught.value), problem in str(caught.value))


@pytest.mark.parametrize("vendor", vendors())
def test_own_entries(vendor: str) -> None:
    """Every entry of ours says something that no other says."""
    entries = left_out(vendor, DOCUMENTS[vendor])
    paths = [entry.operation or f"* {entry.below}" for entry in entries]

    assert len(paths) == len(set(paths))


@given(
    st.sampled_from([(vendor, path) for vendor in vendors() for path in DOCUMENTS[vendor]["paths"]]),
    st.lists(st.sampled_from(["notes", "{id}", "limits", "messages", "v3"]), min_size=1, max_size=3),
    st.sampled_from(METHODS),
)
def test_below_ours_is_noticed(ours: tuple[str, str], more: list[str], method: str) -> None:
    """A new operation below a path of ours is told, unless an entry names just this one."""
    vendor, path = ours
    path = "/".join((path, *more))
    document = {"paths": {path: {method: {}}}}
    entries = left_out(vendor, DOCUMENTS[vendor])
    found = scope(DOCUMENTS[vendor], Stranger(document), entries)
    named = [each for each in entries if each not in found.stale]

    assert 1 == len(found.ours) + len(found.new) + len(found.out)
    assert [True] * len(found.out) == [bool(each.operation) for each in named]


def test_convocore_publishes_more() -> None:
    """What Convocore publishes besides conversations is left out, and what it may add to them is told."""
    ours = DOCUMENTS["convocore"]
    entries = left_out("convocore", ours)
    paths = {f"/v3{path}": dict.fromkeys(methods.split(), 7) for path, methods in CONVOCORE.items()}
    more = {
        "/v3/agents/{a}/convos/{b}/merge": {"post": {}},
        "/v3/agents/{a}/convos": {"delete": {}},
        "/v3/agents/{a}/conversations": {"get": {}},
        "/v3/convos/search": {"get": {}},
        "/v3/workspace/sessions/{a}": {"get": {}},
        "/v3/agents/interact/stream": {"post": {}},
    }
    theirs = {"servers": [{"url": "https://eu-gcp-api.vg-stuff.com"}], "paths": paths | more}
    found = compare("convocore", ours, theirs, (), entries)
    new = [each for each in found.drifts if each.side == "theirs only" and each.first.aspect == "operation"]

    assert sum(len(methods.split()) for methods in CONVOCORE.values()) == len(found.out)
    assert len(more) == len(new)
    assert () == found.stale
