"""The endpoints below /_causerie/, and the HTTP mock for those who speak HTTP themselves."""

from __future__ import annotations

import asyncio
import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openapi_spec_validator import validate

import causerie_mock
from causerie_mock import VENDORS, Mock, asgi, serve
from causerie_mock._check import check
from causerie_mock._contract import Contract
from causerie_mock._control import Served, control, control_document
from causerie_mock._exchange import Request

PATH = "/external/conversations"
CONTRACT = Contract(control_document())


class Checked(httpx.BaseTransport):
    """Asks the control of `mocks`, and holds its answers against its document."""

    def __init__(self, *mocks: Mock) -> None:
        self.served = Served({mock.vendor: mock for mock in mocks}, "http://mock.test")

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        path, _, query = request.url.raw_path.partition(b"?")
        reply = control(self.served, Request(request.method, path, query, request.headers.raw, request.read()))
        found = CONTRACT.find(path)
        if found is not None and request.method in found[0]:
            check(CONTRACT, found[0][request.method], reply)
        return httpx.Response(reply.status, headers=list(reply.headers), content=reply.body)


@pytest.fixture
def vendors() -> dict[str, Mock]:
    """All three."""
    return {vendor: Mock(vendor, check=True) for vendor in VENDORS}


@pytest.fixture
def ask(vendors: dict[str, Mock]) -> Iterator[httpx.Client]:
    """Yield a client of the control endpoints."""
    with httpx.Client(transport=Checked(*vendors.values()), base_url="http://mock.test/_causerie") as client:
        yield client


def _get(mock: Mock, path: str) -> Any:
    headers = [(name.encode(), value.encode()) for name, value in mock.headers().items()]
    return json.loads(mock.handle(Request("GET", path.encode(), headers=headers)).body)


def _status(mock: Mock, path: str) -> int:
    headers = [(name.encode(), value.encode()) for name, value in mock.headers().items()]
    return mock.handle(Request("GET", path.encode(), headers=headers)).status


def test_the_document_is_a_good_one(ask: httpx.Client) -> None:
    """OpenAPI 3.1, and served as it is."""
    served = ask.get("/openapi.json").json()
    validate(served)

    assert control_document() == served


def documented(vendor: str) -> set[str]:
    """Return the operations of a vendor's document."""
    methods = (each for path in causerie_mock.document(vendor)["paths"].values() for each in path.values())
    return {each["operationId"] for each in methods if "operationId" in each}


def test_the_vendors_say_how_to_be_reached(ask: httpx.Client) -> None:
    """URL, credential and operations."""
    convocore, raia, zild = ask.get("/vendors").json()

    assert ["convocore", "raia", "zild"] == [each["vendor"] for each in (convocore, raia, zild)]
    assert ("http://mock.test/raia", "Agent-Secret-Key") == (raia["url"], raia["header"])
    assert ["raia-mock-key", "raia-mock-key-2"] == raia["credentials"]
    assert [documented(each["vendor"]) for each in (convocore, raia, zild)] == [
        {operation["id"] for operation in each["operations"]} for each in (convocore, raia, zild)
    ]
    assert {"id": "list_conversations", "method": "GET", "path": PATH} in raia["operations"]


def test_a_vendor_is_reset_alone_or_with_all(ask: httpx.Client, vendors: dict[str, Mock]) -> None:
    """With another seed where one is given."""
    raia, convocore = vendors["raia"], vendors["convocore"]
    for mock in (raia, convocore):
        mock.handle(Request("GET", b"/"))
    ask.post("/raia/reset?seed=7")
    after_one = (len(raia.requests), len(convocore.requests), raia.snapshot()["seed"], convocore.snapshot()["seed"])
    ask.post("/reset?seed=8")

    assert (0, 1, 7, 0) == after_one
    assert (0, 8, 8) == (len(convocore.requests), raia.snapshot()["seed"], convocore.snapshot()["seed"])


def test_a_documents_server_is_the_mock(ask: httpx.Client) -> None:
    """So that whatever renders it can try it out."""
    assert [{"url": "http://mock.test/raia"}] == ask.get("/raia/document").json()["servers"]


def test_records_are_seeded(ask: httpx.Client, vendors: dict[str, Mock]) -> None:
    """And come back as they were stored."""
    stored = ask.post("/raia/seed", json={"conversations": [{"id": "c1", "title": "Seeded"}]}).json()
    ask.post("/raia/seed?tenant=1", json={"conversations": [{"id": "c2", "title": "Other"}]})

    assert "Seeded" == stored["conversations"][0]["title"]
    assert "Seeded" == _get(vendors["raia"], f"{PATH}/c1")["title"]
    assert 404 == _get(vendors["raia"], f"{PATH}/c2")["status"]


@pytest.mark.parametrize("kind", ["tenant", "self"])
def test_a_kind_of_record_may_have_any_name(ask: httpx.Client, kind: str) -> None:
    """Also one that Python's arguments have: it is refused like any other unknown name."""
    refused = ask.post("/raia/seed", json={kind: []})

    assert 400 == refused.status_code
    assert kind in refused.json()["message"]


def test_a_state_is_read_and_set(ask: httpx.Client, vendors: dict[str, Mock]) -> None:
    """The mock goes on from there."""
    ask.post("/raia/seed", json={"conversations": [{"id": "c1"}]})
    state = ask.get("/raia/state").json()
    ask.post("/reset")
    answer = ask.put("/raia/state", json=state)

    assert 204 == answer.status_code
    assert "c1" == _get(vendors["raia"], f"{PATH}/c1")["id"]


def test_any_state_that_was_read_can_be_set() -> None:
    """However large requests have made it, and however deep: it nests deeper than they did."""
    deep: dict[str, Any] = {}
    for _ in range(98):
        deep = {"deeper": deep}
    bodies = [{"conversationUserId": "u", "customData": data} for data in [deep, *[{"text": "x" * 1_000_000}] * 5]]
    with causerie_mock.mock("raia", check=True) as mock, mock.client(transport=None, base_url=mock.url) as client:
        statuses = {client.post(PATH, json=body).status_code for body in bodies}
        place = mock.url.replace("/raia", "/_causerie/raia")
        state = client.get(f"{place}/state")
        client.post(f"{place}/reset")
        answer = client.put(f"{place}/state", json=state.json())
        again = client.get(f"{place}/state")

    assert {201} == statuses
    assert 5_000_000 < len(state.content)
    assert 204 == answer.status_code
    assert state.json() == again.json()


def test_time_is_set_frozen_and_advanced(ask: httpx.Client, vendors: dict[str, Mock]) -> None:
    """All in one request, if need be."""
    first = ask.get("/raia/time").json()
    ask.put("/raia/time", json={"now": "2026-05-01T12:00:00+02:00", "mode": "frozen", "advance": 60})

    assert {"now": "2026-01-01T00:00:00+00:00", "mode": "step", "step": 1} == first
    assert {"now": "2026-05-01T10:01:00+00:00", "mode": "frozen", "step": 1} == ask.get("/raia/time").json()
    assert 5 == ask.put("/zild/time", json={"step": 5}).json()["step"]


def test_options_are_listed_with_values_and_purposes(ask: httpx.Client, vendors: dict[str, Mock]) -> None:
    """Whatever Python has put there; what needs Python is not among them."""
    vendors["convocore"].options.broken = {"c1"}
    vendors["raia"].options.pending_seconds = math.inf
    listed = {vendor: {each["name"]: each for each in ask.get(f"/{vendor}/options").json()} for vendor in VENDORS}
    expected = {
        "name": "delivered_after",
        "value": 2,
        "values": "a number of seconds, 0 or more",
        "purpose": "Seconds of mock time until a message is delivered.",
    }

    assert expected == listed["zild"]["delivered_after"]
    assert ["pending_polls", "pending_seconds", "signed_seconds"] == [*listed["raia"]]
    assert ("inf", ["c1"]) == (listed["raia"]["pending_seconds"]["value"], listed["convocore"]["broken"]["value"])
    assert all(each["purpose"].endswith(".") for options in listed.values() for each in options.values())


@pytest.mark.parametrize(
    ("vendor", "name", "value"),
    [
        ("convocore", "paging", "page"),
        ("convocore", "posted_found", False),
        ("convocore", "runtime_time", "milliseconds"),
        ("convocore", "plan", "pro"),
        ("convocore", "export_addon", False),
        ("convocore", "export_quota", 7),
        ("convocore", "lists_per_minute", 1),
        ("convocore", "lists_per_hour", 2),
        ("convocore", "exports_per_hour", 3),
        ("convocore", "broken", ["c1", "c2"]),
        ("raia", "pending_polls", 0),
        ("raia", "pending_seconds", 1.5),
        ("raia", "signed_seconds", 10),
        ("zild", "delivered_after", 0),
        ("zild", "read_after", 0.5),
    ],
)
def test_an_option_is_set_and_reset(
    ask: httpx.Client, vendors: dict[str, Mock], vendor: str, name: str, value: Any
) -> None:
    """It stays when a state is loaded, and goes with a reset of the options, of the vendor or of all."""

    def values() -> dict[str, Any]:
        return {each["name"]: each["value"] for each in ask.get(f"/{vendor}/options").json()}

    before = values()
    state = ask.get(f"/{vendor}/state").json()
    after = []
    for method, path in (("DELETE", f"/{vendor}/options"), ("POST", f"/{vendor}/reset"), ("POST", "/reset")):
        answer = ask.put(f"/{vendor}/options", json={name: value})
        ask.put(f"/{vendor}/state", json=state)
        after.append(
            (answer.json() == ask.get(f"/{vendor}/options").json(), values(), getattr(vendors[vendor].options, name))
        )
        ask.request(method, path)
        after.append(values())

    assert [(True, before | {name: value}, value), before] * 3 == after


def test_options_go_back_to_what_the_mock_was_made_with(ask: httpx.Client) -> None:
    """And no further; the vendor goes by them."""
    mock = Mock("convocore", plan="pro")
    with httpx.Client(transport=Checked(mock), base_url="http://mock.test/_causerie") as client:
        statuses = []
        for method, body in (("GET", None), ("PUT", {"plan": "business"}), ("DELETE", None)):
            client.request(method, "/convocore/options", json=body)
            statuses.append(_status(mock, "/agents/agent123/convos"))

    assert [403, 200, 403] == statuses


@pytest.mark.parametrize(
    ("vendor", "body", "sentence"),
    [
        ("convocore", {"hidden": True}, "There is no option 'hidden'; choose from paging, posted_found, "),
        ("convocore", {"posted_found": "no"}, "posted_found is 'no'; give True or False."),
        ("convocore", {"plan": ["pro"]}, "plan is ['pro']; give 'business' or 'pro'."),
        ("convocore", {"broken": "c1"}, "broken is 'c1'; give a list of texts."),
        ("convocore", {"lists_per_hour": -1}, "lists_per_hour is -1; give a whole number, 0 or more, or None."),
        ("raia", {"reply": "Hello"}, "reply is a function; set it in Python"),
        ("raia", {"pending_polls": 3, "pending_seconds": None}, "pending_seconds is None; give a number of seconds"),
        ("raia", [], "The body is invalid."),
    ],
)
def test_options_are_set_together_or_not_at_all(ask: httpx.Client, vendor: str, body: Any, sentence: str) -> None:
    """The refusal names the option, the value and what to do."""
    before = ask.get(f"/{vendor}/options").json()
    answer = ask.put(f"/{vendor}/options", json=body)

    assert 400 == answer.status_code
    assert sentence in answer.json()["message"]
    assert before == ask.get(f"/{vendor}/options").json()


def test_faults_are_added_listed_and_cleared(ask: httpx.Client, vendors: dict[str, Mock]) -> None:
    """By the same names as in Python."""
    fault = {"kind": "status", "status": 429, "retry_after": 3, "times": 2, "operation": "list_conversations"}
    added = ask.post("/raia/faults", json=fault)
    refused = _get(vendors["raia"], PATH)
    listed = ask.get("/raia/faults").json()
    ask.delete("/raia/faults")

    assert (201, 2, 0) == (added.status_code, added.json()["left"], added.json()["hits"])
    assert 429 == refused["status"]
    expected = {"kind": "status", "left": 1, "hits": 1, "probability": 1, "match": "operation='list_conversations'"}
    assert [expected] == listed
    assert [] == ask.get("/raia/faults").json()


def test_requests_are_listed_and_forgotten(ask: httpx.Client, vendors: dict[str, Mock]) -> None:
    """Filtered, and those after one that is known; credentials are masked."""
    raia = vendors["raia"]
    for path in (PATH, f"{PATH}/states", f"{PATH}/none"):
        _get(raia, path)
    everything = ask.get("/raia/requests").json()

    def paths(query: str) -> list[str]:
        return [each["path"] for each in ask.get(f"/raia/requests?{query}").json()["requests"]]

    assert 3 == everything["total"]
    assert [["Agent-Secret-Key", "***"]] == everything["requests"][0]["headers"]
    assert [True, True, False] == [each["valid"] for each in everything["requests"]]
    assert "There is no such conversation." == everything["requests"][2]["message"]
    assert [f"{PATH}/states", f"{PATH}/none"] == paths("after=0")
    assert [f"{PATH}/none"] == paths("limit=1")
    assert [PATH] == paths("operation=list_conversations")
    assert [f"{PATH}/none"] == paths("status=404&method=GET&path=/external/*")
    ask.delete("/raia/requests")
    assert {"total": 0, "requests": []} == ask.get("/raia/requests").json()


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "sentence"),
    [
        ("GET", "/nobody/time", None, 404, "'nobody' is not served here; choose from convocore, raia, zild."),
        ("GET", "/raia/nothing", None, 404, "There is nothing at this path."),
        ("PATCH", "/reset", None, 405, "This path allows POST."),
        ("PUT", "/raia/time", {"step": -1}, 400, "The body is invalid."),
        ("PUT", "/raia/time", {"now": "0001-01-01T00:00:00Z"}, 400, "now is 0001-01-01 00:00:00+00:00; give"),
        ("POST", "/raia/faults", {"kind": "fire"}, 400, "The body is invalid."),
        ("POST", "/raia/faults", {"kind": "status", "operation": "fly"}, 400, "operation is 'fly'; give one of"),
        ("POST", "/raia/seed", {"wishes": [{}]}, 400, "wishes"),
        ("POST", "/raia/seed?tenant=2", {}, 400, "A parameter is invalid."),
        ("PUT", "/raia/state", {}, 400, "The body is invalid."),
    ],
)
def test_what_is_wrong_is_said(
    ask: httpx.Client, method: str, path: str, body: Any, status: int, sentence: str
) -> None:
    """In one shape, with the places that are wrong."""
    answer = ask.request(method, path, json=body)

    assert status == answer.status_code
    assert sentence in answer.json()["message"]


def test_a_state_of_another_vendor_is_refused(ask: httpx.Client) -> None:
    """It says whose it should be."""
    answer = ask.put("/raia/state", json=ask.get("/zild/state").json())

    assert 400 == answer.status_code
    assert "This is not a snapshot of raia" in answer.json()["message"]


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
_BODIES = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(
        ("causerie", "vendor", "seed", "clock", "state", "now", "mode", "step", "advance", "kind", "times"), _JSON
    )
    | dict.fromkeys(("plan", "broken", "export_quota", "pending_seconds", "read_after"), _JSON)
    | {"conversations": st.lists(_JSON, max_size=2), "users": st.lists(_JSON, max_size=2)},
)


@given(st.sampled_from(VENDORS), st.sampled_from(["seed", "state", "time", "options", "faults"]), _BODIES | _JSON)
def test_no_body_makes_control_fail(vendor: str, resource: str, body: Any) -> None:
    """It is taken or refused, and never leads to a 5xx."""
    mock = Mock(vendor)
    with httpx.Client(transport=Checked(mock), base_url="http://mock.test/_causerie") as client:
        if resource == "state" and isinstance(body, dict):
            body = mock.snapshot() | body
        answer = client.request("POST" if resource in {"seed", "faults"} else "PUT", f"/{vendor}/{resource}", json=body)

    assert answer.status_code < 500


def test_control_is_reached_on_the_port(raia_vendor: Mock) -> None:
    """Beside the vendors, with the address that the client used."""
    with serve([raia_vendor]) as urls, httpx.Client(trust_env=False) as client:
        base = urls["raia"].removesuffix("/raia")
        (vendor,) = client.get(f"{base}/_causerie/vendors").json()
        nowhere = client.get(f"{base}/nowhere")

    assert (urls["raia"], "raia") == (vendor["url"], vendor["title"])
    assert (404, True) == (nowhere.status_code, "/raia or /_causerie" in nowhere.json()["message"])


def test_a_mock_makes_clients() -> None:
    """Synchronous and asynchronous ones with a credential, and a URL while the context lasts."""

    async def states(mock: causerie_mock.HTTPMock) -> int:
        async with mock.async_client(tenant=1) as client:
            return (await client.get(f"{PATH}/states")).status_code

    with causerie_mock.mock("raia", check=True) as raia:
        with raia.client() as client:
            created = client.post(PATH, json={"conversationUserId": "u"}).json()
        answers = [asyncio.run(states(raia)), httpx.get(f"{raia.url}{PATH}", headers=raia.headers()).status_code]
        url = raia.url

    assert [200, 200] == answers
    assert "u" == created["conversationUserId"]
    assert [0, 1, 0] == [each.tenant for each in raia.requests]
    with pytest.raises(httpx.ConnectError):
        httpx.get(url)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 204),
        ({"Origin": "{base}"}, 204),
        ({"Host": "localhost:{port}"}, 204),
        ({"Host": "mock.localhost"}, 204),
        ({"Origin": "http://evil.test"}, 403),
        ({"Host": "evil.test:{port}"}, 403),
        ({"Host": "["}, 403),
        ({"Host": "a]"}, 403),
        ({"Host": "[x]"}, 403),
        ({"Host": "evil.test", "Origin": "http://evil.test"}, 403),
    ],
)
def test_other_pages_of_a_browser_may_not_control(raia_vendor: Mock, headers: dict[str, str], status: int) -> None:
    """Neither across origins nor by a name that was made to lead to this machine."""
    with serve([raia_vendor]) as urls, httpx.Client(trust_env=False) as client:
        base = urls["raia"].removesuffix("/raia")
        filled = {name: value.format(base=base, port=httpx.URL(base).port) for name, value in headers.items()}
        answer = client.post(f"{base}/_causerie/reset", headers=filled)

    assert status == answer.status_code


def test_behind_an_address_of_the_network_any_name_will_do(raia_vendor: Mock) -> None:
    """As in a container, which others reach by its name."""

    async def ask() -> int:
        transport = httpx.ASGITransport(asgi([raia_vendor]))
        async with httpx.AsyncClient(transport=transport, base_url="http://mock.internal") as client:
            return (await client.post("/_causerie/reset")).status_code

    assert 204 == asyncio.run(ask())


def test_time_that_is_refused_changes_nothing(ask: httpx.Client) -> None:
    """Not even the part that was good."""
    before = ask.get("/raia/time").json()
    answer = ask.put("/raia/time", json={"mode": "frozen", "now": "2027-01-01T00:00:00Z", "advance": 1e12})

    assert 400 == answer.status_code
    assert before == ask.get("/raia/time").json()


@pytest.mark.parametrize("tenant", [-1, 2])
def test_there_are_two_tenants(tenant: int) -> None:
    """Any other is refused by its number."""
    with pytest.raises(ValueError, match=f"tenant is {tenant}; zild has the tenants 0 and 1"):
        Mock("zild").headers(tenant)


def test_a_state_is_saved_and_loaded(tmp_path: Path) -> None:
    """In a file of JSON, whole or not at all."""
    file = tmp_path / "raia.json"
    with causerie_mock.mock("raia") as first, first.client() as client:
        created = client.post(PATH, json={"conversationUserId": "u"}).json()
        first.save(file)
    with causerie_mock.mock("raia") as second, second.client() as client:
        second.load(file)
        found = client.get(f"{PATH}/{created['id']}").json()

    assert created["id"] == found["id"]
    assert [file] == list(tmp_path.iterdir())


@pytest.mark.parametrize("damage", [{"state": None}, {"clock": None}, {"seed": "x"}, {"clock": {"mode": "x"}}])
def test_a_damaged_state_changes_nothing(damage: dict[str, Any]) -> None:
    """The mock goes on as it was."""
    mock = Mock("raia")
    mock.handle(Request("GET", b"/"))
    before = mock.snapshot()
    with pytest.raises(ValueError, match=r"."):
        mock.restore({**mock.snapshot(), "seed": 5, **damage})

    assert before == mock.snapshot()


@pytest.mark.parametrize(
    ("text", "sentence"), [("{", "Expecting property name"), ("[]", "This is not a snapshot of raia")]
)
def test_a_file_that_is_no_snapshot_is_refused(tmp_path: Path, text: str, sentence: str) -> None:
    """No JSON, or none of ours."""
    file = tmp_path / "raia.json"
    file.write_text(text)

    with pytest.raises(ValueError, match=sentence):
        Mock("raia").load(file)
