"""Convocore, played."""

from __future__ import annotations

import copy
import csv
import io
import json
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from causerie_mock import CONVOCORE_KEYS, Mock, document
from causerie_mock._exchange import Problem
from causerie_mock.convocore.errors import error
from causerie_mock.convocore.state import Options
from tests.mock.conftest import connect

CONVERSATIONS = "/agents/agent123/convos"
DOCUMENTED = f"{CONVERSATIONS}/agent123_convo456"


def test_the_documented_conversation_is_there(convocore: httpx.Client) -> None:
    """The get page's example answer is the answer to the get page's example request."""
    answers = document("convocore")["paths"]["/agents/{agentId}/convos/{conversationId}"]["get"]["responses"]
    (example,) = answers["200"]["content"]["application/json"]["examples"].values()

    assert example["value"] == convocore.get(DOCUMENTED).json()


def test_a_created_conversation_can_be_read(convocore: httpx.Client) -> None:
    """It holds what was sent, an id of its own, a userID equal to it, and the time of the change."""
    sent = {"ts": 1699999999, "userName": "John Doe", "tags": ["new-lead"], "funnelExtractedData": {"a": [1]}}
    created = convocore.post(CONVERSATIONS, json={"conversation": sent}).json()
    read = convocore.get(f"{CONVERSATIONS}/{created['data']['ID']}").json()
    data = created["data"]

    assert f"Successfully created conversation: {data['ID']}" == created["message"]
    assert created["success"]
    assert sent | {"ID": data["ID"], "userID": data["ID"], "lastModified": data["lastModified"]} == data
    assert data == read["data"]


def test_ids_are_generated(convocore: httpx.Client) -> None:
    """The server decides ID and lastModified; a userID may be chosen."""
    sent = {"ts": 1, "ID": "mine", "userID": "+49170", "lastModified": 5}
    first, second = (convocore.post(CONVERSATIONS, json={"conversation": sent}).json()["data"] for _ in range(2))

    assert first["ID"] != second["ID"]
    assert "mine" not in (first["ID"], second["ID"])
    assert "+49170" == first["userID"]
    assert first["lastModified"] > 5


def test_unknown_fields_are_dropped(convocore: httpx.Client) -> None:
    """A field that only answers have cannot be written."""
    sent = {"ts": 1, "ipAddress": 7, "nonsense": True}
    created = convocore.post(CONVERSATIONS, json={"conversation": sent}).json()["data"]

    assert {"ID", "userID", "ts", "lastModified"} == created.keys()


def test_last_modified_moves_when_a_field_changes(convocore: httpx.Client) -> None:
    """And stays when none does."""
    before = convocore.get(DOCUMENTED).json()["data"]
    same = convocore.patch(DOCUMENTED, json={"conversation": {"userName": "John Doe"}}).json()["data"]
    changed = convocore.patch(DOCUMENTED, json={"conversation": {"state": "completed"}}).json()["data"]
    again = convocore.patch(DOCUMENTED, json={"conversation": {"origin": None}}).json()["data"]

    assert before == same
    assert before["lastModified"] < changed["lastModified"] < again["lastModified"]
    assert before | {"state": "completed", "lastModified": changed["lastModified"]} == changed


FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "userName": st.text(),
        "tags": st.lists(st.text(), max_size=3),
        "ts": st.integers(),
        "convoTimeSeconds": st.floats(allow_nan=False, allow_infinity=False),
        "voice": st.fixed_dictionaries({}, optional={"listenUrl": st.text(), "listenUrlUNIX": st.integers()}),
        "origin": st.none() | st.booleans() | st.text(),
        "ID": st.text(),
        "lastModified": st.integers(),
    },
)


@given(st.lists(FIELDS, max_size=5))
def test_patch_merges_only_given_fields(patches: list[dict[str, Any]]) -> None:
    """Whatever is sent in whatever order, each field has the last value that was sent for it."""
    with connect(Mock("convocore", check=True)) as client:
        expected = client.get(DOCUMENTED).json()["data"]
        last_modified = expected.pop("lastModified")
        for patch in patches:
            before = copy.deepcopy(expected)
            expected |= {name: value for name, value in patch.items() if name not in {"ID", "lastModified"}}
            actual = client.patch(DOCUMENTED, json={"conversation": patch}).json()["data"]
            moved = actual.pop("lastModified") > last_modified

            assert expected == actual
            assert (expected != before) == moved

            last_modified = client.get(DOCUMENTED).json()["data"]["lastModified"]


@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
def test_an_unknown_conversation_is_not_found(convocore: httpx.Client, method: str) -> None:
    """Of a known agent, of an unknown agent, and another agent's under the wrong agent."""
    for path in (
        f"{CONVERSATIONS}/nobody",
        "/agents/nobody/convos/agent123_convo456",
        f"{CONVERSATIONS}/agent456_convo789",
    ):
        answer = convocore.request(method, path, json={"conversation": {}})

        assert (404, "NOT_FOUND") == (answer.status_code, answer.json()["code"])


def test_an_unknown_agent_has_no_conversations(convocore: httpx.Client) -> None:
    """Creating needs an agent that exists."""
    answer = convocore.post("/agents/nobody/convos", json={"conversation": {"ts": 1}})

    assert (404, {"message": "Agent not found", "code": "NOT_FOUND"}) == (answer.status_code, answer.json())


def test_an_agent_belongs_to_its_key(convocore: httpx.Client, other_convocore: httpx.Client) -> None:
    """Neither reading, nor changing, nor creating works with another account's key."""
    answers = [
        other_convocore.get(DOCUMENTED),
        other_convocore.patch(DOCUMENTED, json={"conversation": {"userName": "Mallory"}}),
        other_convocore.post(CONVERSATIONS, json={"conversation": {"ts": 1}}),
        other_convocore.get(CONVERSATIONS),
        other_convocore.delete(DOCUMENTED),
        other_convocore.get(f"{CONVERSATIONS}/export"),
        other_convocore.get(f"{DOCUMENTED}/export"),
        other_convocore.get(f"{DOCUMENTED}/details?region=eu"),
        other_convocore.post(f"{DOCUMENTED}/assign", json={"assignToUserId": "mallory"}),
        other_convocore.patch(f"{DOCUMENTED}/messages", json={"turns": []}),
    ]

    assert [(403, "FORBIDDEN")] * 10 == [(answer.status_code, answer.json()["code"]) for answer in answers]
    assert "John Doe" == convocore.get(DOCUMENTED).json()["data"]["userName"]
    assert 200 == other_convocore.get("/agents/agent456/convos/agent456_convo789").status_code


def test_a_missing_or_wrong_key_is_unauthorized(convocore_vendor: Mock) -> None:
    """401 in the shape of tRPC-OpenAPI."""
    assert {"Authorization": f"Bearer {CONVOCORE_KEYS[0]}"} == convocore_vendor.headers()

    with connect(convocore_vendor) as client:
        for headers in ({"Authorization": ""}, {"Authorization": "Bearer nonsense"}):
            answer = client.get(DOCUMENTED, headers=headers)

            assert (401, "UNAUTHORIZED") == (answer.status_code, answer.json()["code"])


@pytest.mark.parametrize(
    ("body", "issue"),
    [
        ({}, "conversation"),
        ({"conversation": {}}, "ts"),
        ({"conversation": {"ts": "now"}}, "/conversation/ts"),
        ({"conversation": {"ts": 1, "state": "gone"}}, "/conversation/state"),
        ([], "object"),
    ],
)
def test_an_invalid_body_has_issues(convocore: httpx.Client, body: object, issue: str) -> None:
    """They say where."""
    answer = convocore.post(CONVERSATIONS, json=body)

    assert (400, "BAD_REQUEST") == (answer.status_code, answer.json()["code"])
    assert any(issue in found["message"] for found in answer.json()["issues"])


def test_another_media_type_is_unsupported(convocore: httpx.Client) -> None:
    """415 in the vendor's shape."""
    answer = convocore.post(CONVERSATIONS, content=b"ts=1", headers={"content-type": "text/plain"})

    assert (415, "UNSUPPORTED_MEDIA_TYPE") == (answer.status_code, answer.json()["code"])


def test_another_method_is_not_allowed(convocore: httpx.Client) -> None:
    """405 with Allow."""
    answer = convocore.put(DOCUMENTED)

    assert (405, "GET, DELETE, PATCH") == (answer.status_code, answer.headers["allow"])


@pytest.mark.parametrize(
    ("status", "code"),
    [(429, "TOO_MANY_REQUESTS"), (418, "BAD_REQUEST"), (500, "INTERNAL_SERVER_ERROR"), (504, "GATEWAY_TIMEOUT")],
)
def test_any_status_has_a_code(status: int, code: str) -> None:
    """A fault may have a status that Convocore's mock never gives by itself."""
    reply = error(Problem(status, "x"))

    assert (status, {"message": "x", "code": code}) == (reply.status, json.loads(reply.body))


def seeded(count: int, paging: str = "cursor") -> tuple[Mock, list[str]]:
    """A mock whose agent has this many more conversations, two of each time, and their ids as a list has them."""
    mock = Mock("convocore", check=True, paging=paging)
    mock.seed(conversations=[{"agentId": "agent123", "ID": f"c{each:03}", "ts": each // 2} for each in range(count)])
    return mock, ["agent123_convo456", *(f"c{each:03}" for each in reversed(range(count)))]


def ids(answer: httpx.Response) -> list[str]:
    return [conversation["ID"] for conversation in answer.json()["data"]]


def by_cursor(client: httpx.Client, path: str, **asked: Any) -> list[list[str]]:
    """The ids of every page, asked for by cursor."""
    pages, following = [], {}
    while True:
        answer = client.get(path, params=asked | following)
        pages.append(ids(answer))
        following = {"cursor": answer.json()["nextCursor"]}
        if not answer.json()["hasMore"]:
            assert following == {"cursor": None}
            return pages


@settings(max_examples=25)
@given(count=st.integers(0, 25), limit=st.none() | st.integers(1, 20))
def test_a_list_goes_on_by_cursor(count: int, limit: int | None) -> None:
    """Every conversation is on one page, the latest first, and a page has no more than the limit."""
    mock, expected = seeded(count)
    size = limit or 20
    with connect(mock) as client:
        pages = by_cursor(client, CONVERSATIONS, **({} if limit is None else {"limit": limit}))

    assert [expected[start : start + size] for start in range(0, len(expected), size)] == pages


@settings(max_examples=25)
@given(count=st.integers(0, 25), limit=st.none() | st.integers(1, 20))
def test_a_list_goes_on_by_page(count: int, limit: int | None) -> None:
    """The same conversations by number: without a word about what follows, and with an empty page after the last."""
    mock, expected = seeded(count, "page")
    size = limit or 20
    asked = {"cursor": "nonsense"} if limit is None else {"limit": limit}
    with connect(mock) as client:
        answers = [client.get(CONVERSATIONS, params={"page": page, **asked}) for page in range(1, count // size + 3)]

    assert {"success", "message", "data"} == answers[0].json().keys()
    assert expected == [each for answer in answers for each in ids(answer)]
    assert [] == ids(answers[-1])


def test_a_cursor_outlives_its_conversation() -> None:
    """Whatever is deleted, made or changed between two pages, the rest of the list is neither lost nor repeated."""
    mock, (_, last, *rest) = seeded(5)
    with connect(mock) as client:
        first = client.get(CONVERSATIONS, params={"limit": 2})
        client.delete(f"{CONVERSATIONS}/{last}")
        client.post(CONVERSATIONS, json={"conversation": {"ts": 9}})
        second = client.get(CONVERSATIONS, params={"cursor": first.json()["nextCursor"]})

    assert rest == ids(second)


@pytest.mark.parametrize(
    ("asked", "place"),
    [
        ({"page": 2}, "page"),
        ({"page": 0}, "page"),
        ({"limit": 21}, "limit"),
        ({"limit": "1e1"}, "limit"),
        *(({"cursor": cursor}, "cursor") for cursor in ("", "x", "é", "bnVsbA==", "WzFd", "WzEsMl0=", "W3t9LCJhIl0=")),
    ],
)
def test_a_page_that_there_is_not_is_refused(
    convocore_vendor: Mock, convocore: httpx.Client, asked: dict[str, Any], place: str
) -> None:
    """With the place: a page beyond the first without a cursor, too long a page, a cursor that no answer had."""
    convocore_vendor.options.paging = "cursor"
    answer = convocore.get(CONVERSATIONS, params=asked)

    assert (400, "BAD_REQUEST") == (answer.status_code, answer.json()["code"])
    assert answer.json()["issues"][0]["message"].startswith(f"{place}: ")


def test_a_way_of_paging_that_there_is_not_is_refused(convocore_vendor: Mock, convocore: httpx.Client) -> None:
    """When the mock is made, and when it is used."""
    with pytest.raises(ValueError, match=r"paging is 'scroll'; give 'cursor' or 'page'\."):
        Options(paging="scroll")  # type: ignore[arg-type]
    convocore_vendor.options.paging = "scroll"
    with pytest.raises(ValueError, match="paging is 'scroll'"):
        convocore.get(CONVERSATIONS)


def test_a_deleted_conversation_is_gone(convocore: httpx.Client) -> None:
    """With its messages: one that takes its id has none."""
    convocore.patch(f"{DOCUMENTED}/messages", json={"turns": [{"from": "bot"}]})
    answer = convocore.delete(DOCUMENTED)

    assert {"success": True, "message": "Conversation deleted successfully"} == answer.json()
    assert [404, 404] == [convocore.get(DOCUMENTED).status_code, convocore.delete(DOCUMENTED).status_code]
    assert [] == ids(convocore.get(CONVERSATIONS))


def test_messages_go_with_their_conversation(convocore_vendor: Mock, convocore: httpx.Client) -> None:
    """A conversation that is seeded in the place of another has the messages of its seed."""
    convocore.patch(f"{DOCUMENTED}/messages", json={"turns": [{"n": 1}], "lgMessages": [{"n": 2}]})
    record = {"agentId": "agent123", "ID": "agent123_convo456", "turns": [{"n": 3}]}
    (stored,) = convocore_vendor.seed(conversations=[record])["conversations"]
    details = convocore.get(f"{DOCUMENTED}/details", params={"region": "na"}).json()["data"]

    assert record | {key: stored[key] for key in ("userID", "ts", "lastModified")} == stored
    assert {key: value for key, value in stored.items() if key != "agentId"} == details


def test_replaced_messages_are_kept(convocore: httpx.Client) -> None:
    """Details and exports show them, the conversation itself does not; what is left out stays."""
    before = convocore.get(DOCUMENTED).json()["data"]
    answers = [
        convocore.patch(f"{DOCUMENTED}/messages", json={"turns": [{"n": 1}], "lgMessages": [{"n": 2}]}),
        convocore.patch(f"{DOCUMENTED}/messages", json={"turns": [{"n": 3}, {}]}),
    ]
    expected = before | {"turns": [{"n": 3}, {}], "lgMessages": [{"n": 2}]}

    assert [{"success": True, "message": "Messages updated successfully"}] * 2 == [each.json() for each in answers]
    assert before == convocore.get(DOCUMENTED).json()["data"]
    assert expected == convocore.get(f"{DOCUMENTED}/details", params={"region": "eu"}).json()["data"]
    assert expected == convocore.get(f"{DOCUMENTED}/export").json()["data"]
    assert [expected] == convocore.get(f"{CONVERSATIONS}/export").json()["data"]


def test_messages_are_counted_where_asked(convocore: httpx.Client) -> None:
    """`messagesNum` follows the turns, and `lastModified` moves when it changes."""
    before = convocore.get(DOCUMENTED).json()["data"]
    convocore.patch(f"{DOCUMENTED}/messages", json={"turns": [{}] * 5, "updateConversationMetadata": True})
    same = convocore.get(DOCUMENTED).json()["data"]
    convocore.patch(f"{DOCUMENTED}/messages", json={"turns": [{}] * 2, "updateConversationMetadata": True})
    changed = convocore.get(DOCUMENTED).json()["data"]

    assert before == same
    assert before | {"messagesNum": 2, "lastModified": changed["lastModified"]} == changed
    assert before["lastModified"] < changed["lastModified"]


def test_an_assigned_conversation_says_to_whom(convocore: httpx.Client) -> None:
    """And who delegated it and when, if somebody did; what another assignment said of that stays."""
    answers = [
        convocore.post(f"{DOCUMENTED}/assign", json={"assignToUserId": "ada", "delegatedBy": "bob"}),
        convocore.post(f"{DOCUMENTED}/assign", json={"assignToUserId": "eve"}),
    ]
    data = convocore.get(DOCUMENTED).json()["data"]

    assert [{"id": "ada"}, {"id": "eve"}] == [answer.json()["assignedUser"] for answer in answers]
    assert ("eve", "bob") == (data["chatAssignedTo"], data["delegatedBy"])
    assert 1699999999 < data["delegatedAt"] < data["lastModified"]


def test_details_need_a_region(convocore: httpx.Client) -> None:
    """One of the two."""
    for asked in ({}, {"region": "mars"}):
        answer = convocore.get(f"{DOCUMENTED}/details", params=asked)

        assert (400, "BAD_REQUEST") == (answer.status_code, answer.json()["code"])


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ["agent123_convo456", "c005", "c004", "c003", "c002", "c001", "c000"]),
        ({"format": "json", "sort": "ASC"}, ["c000", "c001", "c002", "c003", "c004", "c005", "agent123_convo456"]),
        ({"fromTs": 1, "toTs": 1, "sort": "desc"}, ["c003", "c002"]),
        ({"toTs": 0}, ["c001", "c000"]),
        ({"convoIds": "c001"}, ["c001"]),
        ({"convoIds": ["c001", "nobody", "c003", "c001"]}, ["c003", "c001"]),
        ({"convoIds": ["c001", "c003"], "fromTs": 1}, ["c003"]),
        ({"convoIds": "nobody"}, []),
    ],
)
def test_an_export_has_what_is_asked_for(asked: dict[str, Any], expected: list[str]) -> None:
    """In the order that is asked for, at once."""
    mock, _ = seeded(6)
    with connect(mock) as client:
        answer = client.get(f"{CONVERSATIONS}/export", params=asked)

    assert expected == ids(answer)
    assert (False, None) == (answer.json()["hasMore"], answer.json()["nextCursor"])


@pytest.mark.parametrize("sort", ["asc", "desc"])
def test_an_export_goes_on_by_cursor(sort: str) -> None:
    """In either order, with the same filters."""
    mock, (_, *rest) = seeded(7)
    with connect(mock) as client:
        pages = by_cursor(client, f"{CONVERSATIONS}/export", limit=3, sort=sort, toTs=10)
    expected = rest if sort == "desc" else rest[::-1]

    assert [expected[:3], expected[3:6], expected[6:]] == pages


def test_an_export_of_pages_has_a_limit_alone() -> None:
    """Nothing that is not published says that there is more."""
    mock, expected = seeded(3, "page")
    with connect(mock) as client:
        answer = client.get(f"{CONVERSATIONS}/export", params={"limit": 2})

    assert expected[:2] == ids(answer)
    assert {"success", "message", "data"} == answer.json().keys()


def table(answer: httpx.Response) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.json()["data"], newline="")))


@settings(max_examples=25)
@given(st.lists(FIELDS, max_size=4))
def test_a_table_has_every_value(patches: list[dict[str, Any]]) -> None:
    """A row has each field of its conversation: a text as it is, anything else as JSON; what is not there is empty."""
    with connect(Mock("convocore", check=True)) as client:
        for fields in patches:
            client.post(CONVERSATIONS, json={"conversation": {"ts": 1} | fields})
        rows = client.get(f"{CONVERSATIONS}/export").json()["data"]
        exported = table(client.get(f"{CONVERSATIONS}/export", params={"format": "csv"}))
    columns = dict.fromkeys(name for row in rows for name in row)

    assert len(rows) == len(exported)
    for row, cells in zip(rows, exported, strict=True):
        assert list(columns) == list(cells)
        assert {name: cells[name] for name in columns if name not in row} == dict.fromkeys(columns.keys() - row, "")
        assert row == {
            name: cells[name] if isinstance(value, str) else json.loads(cells[name]) for name, value in row.items()
        }


def test_a_table_of_one(convocore: httpx.Client) -> None:
    """The export of one conversation is a row with a header, and so is one of nobody without the row."""
    one = convocore.get(f"{DOCUMENTED}/export", params={"format": "csv"})
    nobody = convocore.get(f"{CONVERSATIONS}/export", params={"format": "csv", "convoIds": "nobody"})

    assert table(convocore.get(f"{CONVERSATIONS}/export", params={"format": "csv"})) == table(one)
    assert "ID\r\n" == nobody.json()["data"]


def test_export_is_no_conversation(convocore_vendor: Mock, convocore: httpx.Client) -> None:
    """The path of the export of all wins over that of a conversation with this id, for every method."""
    convocore_vendor.seed(conversations=[{"agentId": "agent123", "ID": "export"}])
    answer = convocore.get(f"{CONVERSATIONS}/export")
    others = [convocore.delete(f"{CONVERSATIONS}/export"), convocore.patch(f"{CONVERSATIONS}/export", json={})]

    assert 2 == len(ids(answer))
    assert [(405, "GET")] * 2 == [(other.status_code, other.headers["allow"]) for other in others]
    assert "export" == convocore.get(f"{CONVERSATIONS}/export/export").json()["data"]["ID"]


def test_any_other_parameter_is_given_once(convocore: httpx.Client) -> None:
    """Only `convoIds` may be repeated."""
    answer = convocore.get(f"{CONVERSATIONS}/export?limit=1&limit=2")

    assert (400, "limit: It is given more than once.") == (
        answer.status_code,
        answer.json()["issues"][0]["message"],
    )
