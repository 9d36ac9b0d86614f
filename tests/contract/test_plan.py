"""A live run says what it is going to do: nothing that is billed or reaches people unless it is named, in good time."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import Any

import httpx
import pytest

from causerie_contract import _plan
from causerie_contract._limits import Limits, page_size
from causerie_contract._marks import billed, reaching
from causerie_contract._settings import Live, Settings
from causerie_contract._vendor import vendor_of
from causerie_spec.documents import operations, vendors
from causerie_spec.pointer import look
from tests.contract.conftest import Run as RunSuite
from tests.contract.live_soak import BASE
from tests.contract.servers import DOCUMENTS, FAST, Server, hold, saying

AGENT = {"path.agentId": "agent123", "query.workspaceId": "workspace"}


def plan(vendor: str, document: dict[str, Any] | None = None, **live: Any) -> str:
    """Return what a run says before it begins."""
    settings = Settings(live=Live(**live), parameters=AGENT)
    return "\n".join(_plan.plan(vendor, document or DOCUMENTS[vendor], BASE, "VARIABLE", settings))


def marked(vendor: str, name: str, mark: str, value: Any) -> dict[str, Any]:
    """Return the document of `vendor` with another mark on one operation; without it where the value is None."""
    document = copy.deepcopy(DOCUMENTS[vendor])
    method, path = operations(document)[name]
    operation = look(document, ("paths", path, method))
    del operation[mark]
    operation.update({} if value is None else {mark: value})
    return document


def called(vendor: str, server: Server) -> set[str]:
    """Return the operations that the server was asked for."""
    patterns = {
        name: (method.upper(), re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(path))))
        for name, (method, path) in operations(DOCUMENTS[vendor]).items()
    }
    literal = sorted(patterns, key=lambda name: operations(DOCUMENTS[vendor])[name][1].count("{"))
    return {
        next(
            name
            for name in literal
            if patterns[name][0] == request.method and patterns[name][1].fullmatch(request.url.path)
        )
        for request in server.asked
    }


@pytest.mark.parametrize("vendor", ["convocore", "raia"])
def test_nothing_billed_is_sent(vendor: str) -> None:
    """A run that names nothing sends no request that is billed, or reaches somebody."""
    document = DOCUMENTS[vendor]
    server = saying(200)
    hold(server, Live(**FAST), vendor, parameters=AGENT)
    asked = called(vendor, server)

    assert 4 <= len(asked)
    assert not asked & (billed(document).keys() | reaching(document))


def test_what_is_billed_and_named(tmp_path: Path) -> None:
    """What is named is sent, and nothing else that is billed."""
    server = saying(200)
    hold(server, Live(**FAST, bill=("export_conversation",)), "convocore", parameters=AGENT)

    assert {"export_conversation"} == called("convocore", server) & billed(DOCUMENTS["convocore"]).keys()


def test_the_plan_names_what_is_billed() -> None:
    """It tells what is left out, why, and how it is named; and of what is named that it may be billed."""
    without, named = plan("convocore"), plan("convocore", bill=("export_conversations",))

    for name in billed(DOCUMENTS["convocore"]):
        option = "bill" if name.startswith("export") else "write"
        why = re.escape(billed(DOCUMENTS["convocore"])[name])
        assert re.search(rf"  leaves out {name}, which is billed \({why}\); --{option} {name} has it called", without)
    assert "leaves out export_conversations" not in named
    assert "  may be billed for export_conversations: Each exported session" in named
    assert "may be billed" not in without


@pytest.mark.parametrize("vendor", ["convocore", "raia"])
@pytest.mark.parametrize(
    ("mark", "value", "sentence"),
    [
        ("x-cost", None, "which is billed (The document does not say what it costs); --bill list_conversations"),
        ("x-cost", {"level": "billed", "why": "It is"}, "which is billed (It is); --bill list_conversations"),
        ("x-reaches", None, "which reaches people"),
        ("x-reaches", "people", "which reaches people"),
    ],
)
def test_what_is_not_marked_is_not_sent(vendor: str, mark: str, value: Any, sentence: str) -> None:
    """Only what the document marks as free and as reaching nobody is read without a word."""
    document = marked(vendor, "list_conversations", mark, value)
    told = plan(vendor, document)
    narrow = _plan.narrowed(vendor, document, Settings(live=Live()))

    assert f"  leaves out list_conversations, {sentence}" in told
    assert "list_conversations" not in operations(narrow)


@pytest.mark.parametrize(
    ("vendor", "name", "known"),
    [
        ("convocore", "interact", "export_conversations, export_conversation is."),
        ("convocore", "list_conversations", "with nothing"),
        ("raia", "send_message", "none is. One that writes is named with --write"),
    ],
)
def test_what_cannot_be_billed(vendor: str, name: str, known: str) -> None:
    """--bill names what reads and is billed, and nothing else."""
    with pytest.raises(ValueError, match=f"--bill: {name} is no operation that reads and is billed") as caught:
        plan(vendor, bill=(name,))

    assert known in str(caught.value)


def test_what_reaches_people(tmp_path: Path) -> None:
    """What a document says reaches people needs somebody who is allowed, unless it cannot as it is sent here."""
    write = ("create_conversation", "send_messages")
    told = plan("convocore", write=write, journal=tmp_path / "j")
    document = marked("convocore", "update_conversation", "x-reaches", "people")

    assert "  reaches nobody by send_messages: options.dryRun is true" in told
    assert "may reach" not in told
    with pytest.raises(ValueError, match="update_conversation reaches people; name those"):
        plan("convocore", document, write=("create_conversation", "update_conversation"), journal=tmp_path / "j")


@pytest.mark.parametrize("vendor", vendors())
def test_every_operation_is_thought_of(vendor: str) -> None:
    """Each operation reads, is one that a run may be told to send, or is how it cleans up."""
    document = DOCUMENTS[vendor]
    writing = {name for name, (method, _) in operations(document).items() if method not in {"get", "delete"}}

    assert writing == vendor_of(vendor).writes.keys()


@pytest.mark.parametrize(
    ("limits", "rate", "windows"),
    [
        ({}, 2.0, {}),
        ({"page_size": {"any": 5}}, 2.0, {}),
        ({"requests_per_minute": {"paid": 60, "unpaid": 30}}, 0.5, {}),
        ({"requests_per_minute": {"any": 6000}}, 2.0, {}),
        ({"requests_per_second": {"any": 1}, "requests_per_minute": {"any": 90}}, 1.0, {}),
        ({"requests_per_hour": {"paid": 900, "unpaid": 7}, "requests_per_day": {"any": 9}}, 2.0, {3600: 7, 86400: 9}),
    ],
)
def test_the_smallest_limit(limits: dict[str, dict[str, int]], rate: float, windows: dict[int, int]) -> None:
    """A run is as fast as the account that pays least may be; how fast it is to be can be said, and how much cannot."""
    document = copy.deepcopy(DOCUMENTS["raia"])
    look(document, ("paths", "/external/conversations", "get"))["x-limits"] = {
        **limits,
        "x-evidence": {"level": "inferred", "why": "A test"},
    }

    assert Limits(rate, windows) == Limits.of(document, Live())
    assert Limits(9.0, windows) == Limits.of(document, Live(rate=9.0))
    assert limits.get("page_size", {}).get("any") == page_size(document, "list_conversations")


def test_the_plan_tells_the_limits(tmp_path: Path) -> None:
    """The rate, where it comes from, and that another one is faster than the document has."""
    slow, faster, slower = plan("convocore"), plan("convocore", rate=5), plan("convocore", rate=0.1)

    assert "sends at most 100 requests, at most 0.5 a second and 300 in 60 minutes, for at most 120 s" in slow
    assert "takes these limits from the document, as for an account that pays least" in slow
    assert "at most 5 a second and 300 in 60 minutes" in faster
    assert "is faster than the 0.5 a second that the document has" in faster
    assert "the document has" not in slower
    assert "at most 2 a second, for at most 120 s" in plan("raia")
    assert "from the document" not in plan("raia")


def test_an_hour_is_full(tmp_path: Path) -> None:
    """A run and its clean-up fit into what the document allows in an hour, or wait for the next one."""
    fits = plan("convocore", write=("create_conversation",), journal=tmp_path / "j")
    waits = plan("convocore", write=("create_conversation",), journal=tmp_path / "j", budget=1000)

    def longest(told: str) -> float:
        return float(re.search(r"more in (\d+) s to remove", told).group(1))  # type: ignore[union-attr]

    assert longest(fits) < 3600 < longest(waits)


def writes(*names: str, server: Server, tmp_path: Path, **options: Any) -> list[dict[str, Any]]:
    """Return the bodies that a run on Convocore sends for the last of the operations `names`."""
    live = Live(**FAST, write=("create_conversation", *names), journal=tmp_path / "j", **options)
    hold(server, live, "convocore", parameters={"path.agentId": "agent123", "body.bucket": "voiceglow-eu"})
    _, path = operations(DOCUMENTS["convocore"])[names[-1]]
    return [
        json.loads(request.content) for request in server.asked if request.url.path.endswith(path.rpartition("/")[-1])
    ]


def making() -> Server:
    """Return a server on which one conversation comes to be, and everything else succeeds."""

    async def answer(request: httpx.Request) -> httpx.Response:
        one = {"ID": "agent123_1"}
        return httpx.Response(200, json={"success": True, "data": [] if request.method == "GET" else one})

    return Server(answer)


def test_a_turn_is_taken_in_the_own_conversation(tmp_path: Path) -> None:
    """interact names the agent and the conversation of the run, and brings nothing else along."""
    bodies = writes("interact", server=making(), tmp_path=tmp_path)

    assert 4 == len(bodies)
    assert {("agent123", "agent123_1", True, "voiceglow-eu")} == {
        (each["agentId"], each["convoId"], each["isTest"], each["bucket"]) for each in bodies
    }
    assert {"agentId", "convoId", "isTest", "bucket", "prompt", "responseMode"} >= set[str]().union(*bodies)


def test_summaries_are_of_the_own_conversation(tmp_path: Path) -> None:
    """generate_summaries sends a transcript of nobody."""
    bodies = writes("generate_summaries", server=making(), tmp_path=tmp_path)
    items = [item for each in bodies for item in each["items"]]

    assert 4 == len(items)
    assert {("agent123", "agent123_1")} == {(each["agentId"], each["convoId"]) for each in items}
    assert all(each["transcript"].startswith("human: causerie-contract ") for each in items)


def test_nothing_is_delivered(tmp_path: Path) -> None:
    """send_messages is tried dry, whoever may be reached."""
    bodies = writes("send_messages", server=making(), tmp_path=tmp_path, recipients=("me",))

    assert 4 == len(bodies)
    assert all({"dryRun": True} == each["options"] for each in bodies)


@pytest.mark.parametrize("recipients", [(), ("me",)])
def test_nobody_takes_over_who_may_not(tmp_path: Path, recipients: tuple[str, ...]) -> None:
    """accept_handoff names who is allowed, or nobody that there is."""
    bodies = writes("accept_handoff", server=making(), tmp_path=tmp_path, recipients=recipients)
    run = json.loads((tmp_path / "j").read_text().partition("\n")[0])

    assert [{"acceptedByUserId": recipients[0] if recipients else run["user"]}] * 4 == bodies


@pytest.mark.parametrize("options", [("-n2",), ("--tx=3*popen", "--dist=each"), ("--tx=popen", "-d"), ("--dist=load",)])
def test_one_process_has_the_budget(run: RunSuite, options: tuple[str, ...]) -> None:
    """However work is given to several processes, a live run is not: each would have a budget of its own."""
    done = run("--vendor=raia", f"--base-url={BASE}", "--live", "-p", "xdist", *options, RAIA_AGENT_SECRET_KEY="secret")

    assert 4 == done.returncode
    assert "--live keeps one budget, and so needs one process" in done.stderr
