"""What a caller gives is sent as it is or refused by name; what a server sends is read, or is an error of ours."""

from __future__ import annotations

import copy
import datetime
import decimal
import importlib
import inspect
import json as stdlib_json
import pickle
import random
import typing
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import freezegun
import httpx
import pytest

import causerie
import causerie.export
import causerie.testing
import causerie.webhooks
from causerie import _clock
from causerie._arguments import _places, items, refused
from causerie._method import Method
from causerie_api import jsontext
from causerie_api.convocore.models import ExportedConversation, SummaryItem
from causerie_api.raia.api.conversations import get_conversation
from causerie_api.raia.models import Conversation
from tests.overrides.answers_fuzz import TRANSPORTS, faults_of_answers
from tests.overrides.conftest import SYNC, Caller, Vendor, json
from tests.overrides.values_fuzz import chosen_arguments, corpus, fault_of_arguments


def test_arguments() -> None:
    """Odd values for the parameters of every call raise nothing but errors of ours, and arrive as what they were."""
    with causerie.testing.no_waiting():
        faults = [
            fault_of_arguments(operation, name, corpus()[index])
            for operation, name, index in chosen_arguments(random.Random(5), 500)
        ]

    assert [None] * 500 == faults


@pytest.mark.parametrize("transport", TRANSPORTS)
def test_answers(transport: str) -> None:
    """Odd answers raise nothing but errors of ours, whose texts can be printed."""
    with causerie.testing.no_waiting():
        faults = [*faults_of_answers(transport, random.Random(5), 150)]

    assert [] == faults


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ({"custom_data": {"a": [1, float("nan")]}}, "custom_data['a'][1]: JSON has no nan"),
        ({"custom_data": {"a": {1: 2}}}, "custom_data['a']: 1 cannot be a key"),
        ({"custom_data": {"n": 2**70}}, "custom_data['n']: 1180591620717411303424 does not fit in 64 bits"),
        ({"custom_data": {"n": 2**4000}}, "custom_data['n']: a number of 4001 bits does not fit in 64 bits"),
        ({"custom_data": {"n": decimal.Decimal("0.10000000000000000001")}}, "is more than a float holds"),
        ({"title": "\ud83d"}, r"title: '\ud83d' holds half of a character"),
        ({"title": Path("x")}, "not JSON serializable: give a text"),
        ({"custom_data": {"a": datetime.datetime(2024, 1, 1)}}, "custom_data['a']: datetime.datetime(2024"),
        (
            {"custom_data": {"a": {"b"}}},
            "custom_data['a']: {'b'} is a set, which is not JSON serializable: give",
        ),
    ],
)
def test_refused(arguments: dict[str, Any], problem: str, caller: Caller) -> None:
    """The argument, the place in it, the value and the remedy are named, and nothing is sent."""
    vendor = Vendor(json({}))
    with causerie.Raia("k", transport=vendor) as raia, pytest.raises(causerie.ArgumentError) as caught:
        raia.conversations.create("ada", **arguments)

    assert problem in str(caught.value)
    assert [] == vendor.requests


@pytest.mark.parametrize(
    ("vendor", "call", "problem"),
    [
        (
            "raia",
            lambda c: c.conversations.create(causerie.UNSET),
            "conversation_user_id: UNSET does not fit: give str",
        ),
        (
            "raia",
            lambda c: c.conversations.start_sms(**{**SMS, "last_name": causerie.UNSET}),
            "last_name: it is required",
        ),
        ("raia", lambda c: c.files.upload("c1", "\ud83d"), "path: '\\ud83d' is not the path of a file"),
        ("raia", lambda c: c.files.upload("c1", "a\0"), "path: 'a\\x00' is not the path of a file"),
        ("convocore", lambda c: c.conversations.replace_messages("a", "c", 5), "turns: 5 does not fit: give Iterable["),
        (
            "convocore",
            lambda c: c.workspace.generate_summaries([SummaryItem.of(**SUMMARY, transcript="\ud83d")]),
            "items[0].transcript: '\\ud83d' holds half of a character",
        ),
        (
            "convocore",
            lambda c: c.agents.interact("a", "c", "m", options={"x": {1: 2}}),
            "options['x']: 1 cannot be a key",
        ),
    ],
)
def test_refused_elsewhere(vendor: str, call: Any, problem: str) -> None:
    """So are they where a value does not go into a body as it is."""
    server = Vendor(json({}))
    with SYNC[vendor]("k", transport=server) as client, pytest.raises(causerie.ArgumentError) as caught:
        call(client)

    assert str(caught.value).startswith(problem)
    assert [] == server.requests


SMS = {"first_name": "A", "last_name": "B", "phone_number": "1", "sms_introduction": "m"}
SUMMARY = {"convo_id": "c", "agent_id": "a", "message_count": 1}


def _example(a: int, b: float, c: typing.Literal["x"] | None, d: Iterable[str], **more: Any) -> None:
    """Take parameters of several types; the tests call it with values that do not fit."""


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ((True, 1, "x", []), "a: True does not fit: give int"),
        ((1, True, "x", []), "b: True does not fit: give float"),
        ((1, 1, "y", []), "c: 'y' does not fit: give typing.Literal['x'] | None"),
        ((1, 1, None, "ab"), "d: 'ab' does not fit: give Iterable[str]"),
        ((1, 1.5, "x", ["a"]), "unchanged"),
        ((1,), "unchanged"),
    ],
)
def test_refused_by_type(values: tuple[Any, ...], problem: str) -> None:
    """When a failure does not say which argument it is about, the one of another type is named."""
    assert problem == str(refused(ValueError("unchanged"), _example, values, {}))


def test_too_deep_to_decode() -> None:
    """An answer in whose depth Python gets lost is an error of ours."""

    def lost(_: Any) -> None:
        raise RecursionError

    with (
        causerie.Raia("k", transport=Vendor(json({}))) as raia,
        pytest.raises(causerie.APIResponseValidationError, match="nested too deep"),
    ):
        raia._driver.run(raia.conversations._read(get_conversation.request("c"), lost))


def test_sent_as_they_are(caller: Caller) -> None:
    """Decimals that JSON can carry, and times of any subclass, travel."""
    zone = datetime.timezone(datetime.timedelta(seconds=30))
    at = datetime.datetime(2024, 1, 1, tzinfo=zone)
    given = {"d": decimal.Decimal("0.1"), "i": decimal.Decimal(5), "at": at, "day": at.date(), "none": None}
    _, (request,) = caller(
        "raia", lambda c: c.conversations.create("ada", title="null", custom_data=given), json({"id": "c"})
    )
    expected = {"d": 0.1, "i": 5, "at": "2023-12-31T23:59:30Z", "day": "2024-01-01", "none": None}

    assert expected == stdlib_json.loads(request.content)["customData"]


@pytest.mark.parametrize("values", ["ab", b"ab", {"a": 1}, 5, Conversation.from_dict({"id": "a"})])
def test_no_list(values: Any) -> None:
    """What would come apart, such as a text, is not taken for a list."""
    with pytest.raises(causerie.ArgumentError, match="values: a list is expected"):
        items("values", values)


@pytest.mark.parametrize(
    "text",
    [
        '{"a":12345678901234567890123,"b":0.10000000000000000001,"c":1e400,"d":12.5,"e":null}',
        '{"a":"cut \\ud83d","b":[],"c":{},"d":[1,2],"e":true,"f":12345678901234567890123}',
        '{"a":%s,"b":"\\ud83d"}' % ("1" * 1200),
        '{"a":%s}' % ("1" * 1200),
        '{"a":94.22744077458751,"b":9.007199254740993,"c":-12345678901234567.5}',
    ],
)
def test_comes_and_goes(text: str) -> None:
    """A model goes out as it came, digit by digit and with half an emoji; so does what is made of it."""
    made = Conversation.from_json(text.encode())

    assert text == made.to_json().decode()
    assert text == jsontext.write(made.to_dict()).decode()
    assert text == copy.deepcopy(made).to_json().decode()
    assert text == pickle.loads(pickle.dumps(made)).to_json().decode()
    assert Conversation.from_json(text) == made


@pytest.mark.parametrize("levels", [254, 255, 800, 1020])
def test_depth(levels: int) -> None:
    """What orjson reads and does not write is written all the same, and copied."""
    text = b'{"id":%s}' % (b'{"a":' * levels + b"1" + b"}" * levels)
    made = Conversation.from_json(text)

    assert text == made.to_json()
    assert made == copy.deepcopy(made)


def test_too_deep() -> None:
    """What is nested more deeply, or holds itself, is an error of ours."""
    circle: dict[str, Any] = {}
    circle["a"] = circle
    deep = b"[" * 5000 + b'"\\ud83d"' + b"]" * 5000
    with pytest.raises(jsontext.EncodeError, match="holds itself"):
        ExportedConversation.from_dict(circle)
    with pytest.raises(ValueError, match="nested too deep to be read in any other way"):
        jsontext.read(deep)


def pages(circle: list[list[str]]) -> Any:
    """Make a raia whose pages go round in a circle, and which always says that more follows."""

    def answer(request: httpx.Request) -> httpx.Response:
        number = int(request.url.params["page"]) - 1
        dates = {"updatedAt": "2024-01-01T00:00:00Z"}
        data = [{"id": each, **dates} if each else {} for each in circle[number % len(circle)]]
        return httpx.Response(200, json={"data": data, "hasNextPage": True})

    return answer


@pytest.mark.parametrize(
    ("circle", "most"),
    [
        ([["a", "b"]], 3),
        ([["a"], ["b"]], 12),
        ([[str(number)] for number in range(5)], 40),
        ([["a"], ["a"], ["b"], [], ["b"]], 30),
        ([[""]], 3),
    ],
)
def test_circles(circle: list[list[str]], most: int) -> None:
    """A list ends although its pages go round in a circle, of whatever length, and nothing is left out."""
    vendor = Vendor(pages(circle))
    with causerie.Raia("k", transport=vendor) as raia:
        found = [each.to_dict().get("id", "") for each in raia.conversations.list()]

    assert {each for page in circle for each in page} == {*found}
    assert len(vendor.requests) <= most


@pytest.mark.parametrize("circle", [[["a"]], [["a"], ["b"]], [[str(number)] for number in range(5)]])
def test_exports_of_circles(circle: list[list[str]], tmp_path: Path) -> None:
    """An export ends, too, and has everything once."""
    vendor = Vendor(pages(circle))
    with causerie.Raia("k", transport=vendor) as raia:
        done = causerie.export.export(raia, tmp_path / "x.jsonl", messages=False)

    assert len(circle) == done.rows
    assert len(vendor.requests) < 40


def test_empty_pages(tmp_path: Path) -> None:
    """Ninety-nine empty pages are read through, for the list and for an export."""
    vendor = Vendor(pages([["a"], *[[]] * 99, ["b"]]))
    with causerie.Raia("k", transport=vendor) as raia:
        found = [each.id for each, _ in zip(raia.conversations.list(), "ab", strict=False)]
        done = causerie.export.export(raia, tmp_path / "x.jsonl", messages=False)

    assert ["a", "b"] == found
    assert 2 == done.rows


CURSORS = "says that more follows, and so did the 99 pages before it"


def test_nothing_but_empty_pages(caller: Caller, tmp_path: Path) -> None:
    """A list that says for ever that more follows, and never shows any, is not passed off as one that is at its end."""
    vendor = Vendor(pages([["a"], *[[]] * 120]))
    found = []
    with causerie.Raia("k", transport=vendor) as raia:
        with pytest.raises(causerie.APIResponseValidationError, match=CURSORS):
            found += [each.id for each in raia.conversations.list()]
        with pytest.raises(causerie.APIResponseValidationError, match=CURSORS):
            causerie.export.export(raia, tmp_path / "x.jsonl", messages=False)
    numbers = iter(range(999))
    with pytest.raises(causerie.APIResponseValidationError, match=CURSORS):
        caller(
            "convocore",
            lambda client: client.conversations.export("a1"),
            lambda _: httpx.Response(200, json={"success": True, "data": [], "nextCursor": f"c{next(numbers)}"}),
        )

    assert 202 == len(vendor.requests)


def _bad_raia(request: httpx.Request) -> httpx.Response:
    """Answer with conversations: messages that are no list, messages that are too large, and one without an id."""
    if "/messages" not in request.url.path:
        listed = [{"id": f"c{number}", "updatedAt": f"2024-01-0{number}T00:00:00Z"} for number in range(1, 4)]
        return httpx.Response(200, json={"data": [*listed, {"title": "x"}], "hasNextPage": False})
    messages = {"c1": [{"id": "m"}], "c2": 5, "c3": ["x" * 5000]}[request.url.path.split("/")[-2]]
    return httpx.Response(200, json={"messages": messages})


def _bad_convocore(request: httpx.Request) -> httpx.Response:
    """Answer as ``_bad_raia`` does, for an export that is asked for several conversations at a time."""
    if not request.url.path.endswith("/export"):
        listed = [{"ID": f"c{number}", "ts": number} for number in range(1, 4)]
        return httpx.Response(200, json={"success": True, "data": [*listed, {"ts": 9}], "hasMore": False})
    asked = request.url.params.get("convoIds", request.url.path.split("/")[-2]).split(",")
    turns = {"c1": [{"from": "user", "messages": [{"type": "text"}]}], "c2": [], "c3": ["x" * 5000]}
    rows = [5 if each == "c2" else {"ID": each, "turns": turns[each]} for each in asked]
    return httpx.Response(200, json={"success": True, "data": rows if "convoIds" in request.url.params else rows[0]})


@pytest.mark.parametrize(
    ("make", "answer", "key", "options"),
    [
        (causerie.Raia, _bad_raia, "id", {}),
        (causerie.Convocore, _bad_convocore, "ID", {"agent_id": "a1"}),
    ],
)
def test_one_bad_conversation(make: Any, answer: Any, key: str, options: dict[str, Any], tmp_path: Path) -> None:
    """It ends an export, or is named on request: kept without its messages, or left out if it has no id."""
    target = tmp_path / "x.jsonl"
    with make("k", transport=Vendor(answer), max_response_bytes=4000) as client:
        with pytest.raises(causerie.CauserieError):
            causerie.export.export(client, target, **options)
        done = causerie.export.export(client, target, skip_unreadable=True, **options)
    rows = [stdlib_json.loads(line) for line in target.read_text().splitlines()]

    assert {"c1": 1, "c2": 0, "c3": 0} == {row[key]: len(row["messages"]) for row in rows}
    assert ["c2", "c3"] == [*done.unreadable[:2]]
    assert 3 == len(done.unreadable)
    assert done.unreadable[2].startswith("no id, ")


def test_places() -> None:
    """Each place of a value is found, behind models, objects and plain values."""
    wanted = object()
    given = [Conversation.from_dict({"id": "a"}), {"a": [1]}, wanted, {"b": (wanted,)}]

    assert ["[2]", "[3]['b'][0]"] == [*_places(given, wanted, 0)]


def test_stopped_clock() -> None:
    """What is waited counts, though the clock stands still."""
    with freezegun.freeze_time("2030-01-01"):
        began = _clock.now()
        _clock.sleep(0.01)
        waited = _clock.now() - began

    assert 0.01 <= waited


def _functions() -> list[Any]:
    modules = (causerie, causerie.export, causerie.webhooks, causerie.testing)
    found = [
        getattr(module, name)
        for module in modules
        for name in getattr(module, "__all__", dir(module))
        if name[0] != "_"
    ]
    for make in SYNC.values():
        found += [type(each) for name, each in vars(make("k", base_url="http://v.test")).items() if name[0] != "_"]
    for vendor in ("convocore", "raia", "zild"):
        models = importlib.import_module(f"causerie_api.{vendor}.models")
        found += [getattr(models, name) for name in models.__all__]
    for thing in tuple(found):
        if inspect.isclass(thing):
            members = (
                inspect.getattr_static(thing, name) for name in dir(thing) if name == "__init__" or name[0] != "_"
            )
            found += [getattr(each, "__func__", getattr(each, "fget", each)) for each in members]
    return [each for each in found if inspect.isfunction(each) or inspect.isclass(each) or isinstance(each, Method)]


def test_hints() -> None:
    """The annotations of every public callable and model mean something at run time."""
    found = _functions()
    evaluated = [{name: type(hint) for name, hint in typing.get_type_hints(each).items()} for each in found]

    assert 1000 < len(found)
    assert not any(kind in (str, typing.ForwardRef) for each in evaluated for kind in each.values())
