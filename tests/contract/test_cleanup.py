"""What a live run made is removed, and is said to be only when a list shows it; what is left is named."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs
import httpx
import pytest

from causerie_contract import _cleanup
from causerie_contract._budget import Budget
from causerie_contract._journal import Journal, Run
from causerie_contract._limits import Limits
from causerie_contract._marks import billed, reaching
from causerie_contract._settings import Live
from causerie_contract._target import Target
from causerie_contract._vendor import vendor_of
from causerie_mock import CONVOCORE_KEYS, RAIA_KEYS, Mock, MockTransport, serve
from causerie_spec.documents import operations, vendors
from tests.contract.conftest import Run as RunSuite
from tests.contract.live_soak import SECRET
from tests.contract.servers import DOCUMENTS, FAST, Server, clean, hold, playing, saying
from tests.contract.test_budget import Clock

AGENT = {"agentId": "agent123"}
CONVOS = "/agents/agent123/convos"


@attrs.define
class Vendor:
    """Convocore, as far as a run that makes conversations needs it, with what a server may do otherwise."""

    #: What a request about one conversation is answered with, in place of doing it.
    one: int | None = None
    #: Whether the list has what POST makes.
    lists: bool = True
    #: Conversations on a page, and whether the last page says that another follows.
    page: int = 20
    endless: bool = False
    #: How many answers of the list are from before anything was made.
    cached: int = 0
    #: Fields of what the list has, in place of what was sent.
    shown: Mapping[str, Any] = attrs.field(factory=dict[str, Any])
    #: The ids of what POST makes, beside those that are counted.
    ids: list[str] = attrs.field(factory=list[str])
    kept: dict[str, dict[str, Any]] = attrs.field(factory=dict[str, dict[str, Any]])
    made: int = 0

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        """Return the answer."""
        *_, last = request.url.path.rstrip("/").split("/")
        if request.method == "POST":
            self.made += 1
            made = self.ids.pop() if self.ids else f"agent123_{self.made}"
            self.kept[made] = {**json.loads(request.content)["conversation"], "ID": made, **self.shown}
            return self._say({"ID": made})
        if last == "convos":
            return self._list(request)
        if self.one is not None:
            return httpx.Response(self.one, json={"message": "Conversation not found", "code": "NOT_FOUND"})
        if last not in self.kept:
            return httpx.Response(404, json={"message": "Conversation not found", "code": "NOT_FOUND"})
        if request.method == "DELETE":
            del self.kept[last]
        return self._say(self.kept.get(last))

    def _list(self, request: httpx.Request) -> httpx.Response:
        cursor = request.url.params.get("cursor", "")
        start = int(cursor) if cursor.isascii() and cursor.isdigit() else 0
        rows = list(self.kept.values()) if self.lists else []
        more = self.endless or start + self.page < len(rows)
        cached = self.cached > 0
        self.cached -= cached
        return self._say(
            [] if cached else rows[start : start + self.page],
            hasMore=more,
            nextCursor=str(start + self.page) if more else None,
            limit=self.page,
            **({"cached": True} if cached else {}),
        )

    def _say(self, data: Any, **more: Any) -> httpx.Response:
        return httpx.Response(200, json={"success": True, "message": "", "data": data, **more})


def journal(path: Path, vendor: str = "convocore", made: Mapping[str, list[str] | None] | None = None) -> Run:
    """Return a run, in the journal of which requests of operations named ids, or had no answer."""
    run = Run.new(vendor, "http://vendor.test")
    kept = Journal.create(path, run)
    for operation, ids in (made or {}).items():
        number = kept.intend(operation, AGENT if vendor == "convocore" else {})
        if ids is not None:
            kept.made(number, ids)
    return run


def create(vendor: Vendor, path: Path, **options: Any) -> Any:
    """Return a live run that makes conversations, on `vendor`."""
    live = Live(**FAST, write=("create_conversation",), journal=path, **options)
    return hold(Server(vendor), live, "convocore", parameters={"path.agentId": "agent123"})


def test_removed(tmp_path: Path) -> None:
    """Where the vendor does what it promises, all is removed, and seen to be."""
    vendor = Vendor(page=2)
    result = create(vendor, tmp_path / "j")

    assert ([], {}) == (result.errors, vendor.kept)
    assert [f"Removed: agent123_{number}, made by create_conversation." for number in (1, 2, 3, 4)] == [
        note for note in result.notes if note.startswith("Removed")
    ]
    assert Journal.read(tmp_path / "j").removed


@pytest.mark.parametrize("status", [404, 403, 500])
def test_what_is_listed_is_left(tmp_path: Path, status: int) -> None:
    """What a list goes on showing is left, though nothing answers by its id: the run fails, and says where to look."""
    result = create(Vendor(one=status), tmp_path / "j")
    run = Journal.read(tmp_path / "j")
    left = [note for note in result.notes if note.startswith("Not shown to be removed: ")]

    assert ["The run could not confirm that everything it created was removed."] == result.errors
    assert [
        f"Not shown to be removed: {made}, made by create_conversation: it is listed; the answer to "
        f"delete_conversation was a {status}. Look for it by list_conversations, agentId agent123, userName "
        f"{run.run.tag!r}."
        for made in run.ids("create_conversation")
    ] == left
    assert (4, False) == (len(left), run.removed)
    assert f"4 of what {run.run.tag} made: {tmp_path / 'j'} names them; --resume-cleanup" in "\n".join(result.notes)


def test_leave_accepts_it(tmp_path: Path) -> None:
    """With --leave that is no error, and each thing is still told and noted."""
    result = create(Vendor(one=404), tmp_path / "j", leave=True)

    assert [] == result.errors
    assert 4 == sum(note.startswith("Left, as --leave allows: agent123_") for note in result.notes)
    assert 4 == len(Journal.read(tmp_path / "j").ids("create_conversation"))


def test_what_no_list_can_show_is_left(tmp_path: Path) -> None:
    """Where the list leaves some out, what is not in it and not deleted either is not gone."""
    result = create(Vendor(one=404, lists=False), tmp_path / "j")

    assert ["The run could not confirm that everything it created was removed."] == result.errors
    assert "it is not listed, but neither is conversations without messages; the answer to delete_" in result.notes[0]


@pytest.mark.parametrize(
    ("vendor", "reason"),
    [
        (Vendor(endless=True), "list_conversations has more than the 50 pages that are looked through"),
        (Vendor(cached=9), "list_conversations answers what it had answered before"),
        (Vendor(one=404, shown={"ID": None}), "list_conversations has something of the run's without an id"),
    ],
)
def test_lists_that_show_nothing(tmp_path: Path, vendor: Vendor, reason: str) -> None:
    """A list that does not end, one from before and one without ids show no absence."""
    journal(tmp_path / "j", made={"create_conversation": ["agent123_1"]})
    vendor.kept["agent123_1"] = {"ID": "agent123_1"}
    run = Journal.read(tmp_path / "j").run
    vendor.kept["agent123_2"] = {"ID": "agent123_2", "userName": run.tag, **vendor.shown}
    cleaned = clean(tmp_path / "j", Server(vendor), Live(**FAST))

    assert cleaned.left
    assert reason in cleaned.told[0]


def test_a_list_from_before_is_asked_again(tmp_path: Path) -> None:
    """A list that is kept for a short time is no obstacle."""
    result = create(Vendor(cached=2), tmp_path / "j")

    assert [] == result.errors


def test_nothing_can_be_said_of_what_had_no_answer(tmp_path: Path) -> None:
    """What a request without an answer made is left where the list cannot be read."""
    journal(tmp_path / "j", made={"create_conversation": None})
    cleaned = clean(tmp_path / "j", saying(401), Live(**FAST))

    assert cleaned.left
    assert (
        "Not shown to be removed: what requests of create_conversation made that no answer named: the answer to "
        "list_conversations was a 401. Look for it by list_conversations, agentId agent123, userName "
    ) in cleaned.told[0]


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "a?b", "a%2Fb"])
def test_ids_that_lead_elsewhere(tmp_path: Path, name: str) -> None:
    """An id that would make of its path another one is never sent; it is told, and the others are removed."""
    vendor = Vendor(ids=["agent123_9", name])
    server = Server(vendor)
    live = Live(**FAST, write=("create_conversation", "update_conversation"), journal=tmp_path / "j")
    result = hold(server, live, "convocore", parameters={"path.agentId": "agent123"})
    asked = {request.url.raw_path.decode() for request in server.asked if request.method in {"DELETE", "PATCH"}}

    assert [name] == list(vendor.kept)
    assert {f"{CONVOS}/agent123_{number}" for number in (2, 3, 4, 9)} >= asked
    assert [f"{name}, made by create_conversation: it is listed; the id {name!r} cannot stand in a path"] == [
        note.removeprefix("Not shown to be removed: ").partition(", for that")[0]
        for note in result.notes
        if " in a path" in note
    ]


def test_a_journal_that_lacks_a_path(tmp_path: Path) -> None:
    """What cannot be asked for is left."""
    run = Run.new("convocore", "http://vendor.test")
    kept = Journal.create(tmp_path / "j", run)
    kept.made(kept.intend("create_conversation"), ["agent123_1"])
    server = Server(Vendor())
    cleaned = clean(tmp_path / "j", server, Live(**FAST))

    assert ([], True) == (server.asked, cleaned.left)


@pytest.mark.parametrize("vendor", vendors())
def test_removals_are_free(vendor: str) -> None:
    """Cleaning up is never billed, reaches nobody, and lists by operations that read and that the document has."""
    document = DOCUMENTS[vendor]
    used = {name for each in vendor_of(vendor).removals for name in (each.operation, each.listing.operation)}

    assert not used & (billed(document).keys() | reaching(document))
    assert {"get"} >= {operations(document)[each.listing.operation][0] for each in vendor_of(vendor).removals}
    assert {"delete"} >= {operations(document)[each.operation][0] for each in vendor_of(vendor).removals}


def test_command(run: RunSuite) -> None:
    """The command fails while something is left, run and clean-up alike, and --leave accepts it in both."""
    key = {"CONVOCORE_API_KEY": CONVOCORE_KEYS[0]}
    with serve([Mock("convocore", posted_found=False)]) as urls:
        where = ("--vendor=convocore", f"--base-url={urls['convocore']}", "--live", "--rate=500")
        one = ("--parameter=path.agentId=agent123", "-k", "test_run_is_complete")
        write = (*where, *one, "--write=create_conversation")
        failed = run(*write, "--journal=one", **key)
        again = run(*where, "--journal=one", "--resume-cleanup", **key)
        left = run(*write, "--journal=two", "--leave", **key)
        accepted = run(*where, "--journal=two", "--resume-cleanup", "--leave", **key)

    assert [1, 1, 0, 0] == [each.returncode for each in (failed, again, left, accepted)], failed.stdout
    assert "fails when it does not see that; --leave accepts it" in failed.stdout
    assert "Not shown to be removed: agent123_" in failed.stdout
    assert "Something is left." in again.stdout
    assert "accepts that something stays which the vendor does not remove: --leave" in left.stdout
    assert "Left, as --leave allows: agent123_" in accepted.stdout


@pytest.mark.parametrize("paging", ["page", "cursor"])
def test_what_had_no_answer_is_found(tmp_path: Path, paging: str) -> None:
    """What a request without an answer has made is looked for by what the run alone has, and removed."""
    run = journal(tmp_path / "j", made={"create_conversation": None})
    mock = Mock("convocore", paging=paging)
    others = [{"agentId": "agent123", "ID": f"c{number}", "userName": "theirs"} for number in range(120)]
    mock.seed(conversations=[{"agentId": "agent123", "ID": "ours", "ts": 1, "userName": run.tag}, *others])
    before = list(mock._state.memory.agents["agent123"].conversations)
    cleaned = clean(tmp_path / "j", playing(mock), Live(**FAST))
    after = list(mock._state.memory.agents["agent123"].conversations)

    assert "Removed: ours, made by create_conversation." == cleaned.told[0]
    assert [each for each in before if each != "ours"] == after


def test_the_one_user(tmp_path: Path) -> None:
    """A run makes one user, whose id elsewhere is its own; it is found without an answer, too, and deleted."""
    run = journal(tmp_path / "j", "raia", {"create_user": None})
    mock = Mock("raia")
    before = len(mock._state.memory.agents[0].users)
    mock.seed(users=[{"id": "ours", "firstName": "Causerie", "lastName": "Contract", "fkId": run.user}])
    cleaned = clean(tmp_path / "j", playing(mock), Live(**FAST))

    assert "Removed: ours, made by create_user." in cleaned.told
    assert before == len(mock._state.memory.agents[0].users)


def test_every_page_of_every_list(tmp_path: Path) -> None:
    """A list that gives pages by number is looked through too, and what another page has is left."""
    run = journal(tmp_path / "j", "raia", {"create_conversation": ["ours"]})
    pages = [[{"id": "theirs", "conversationUserId": "they"}], [{"id": "ours", "conversationUserId": run.user}]]

    async def answer(request: httpx.Request) -> httpx.Response:
        if request.method == "DELETE":
            return httpx.Response(204)
        number = int(request.url.params.get("page", 1))
        page = pages[number - 1] if number <= len(pages) else []
        return httpx.Response(200, json={"data": page, "hasNextPage": number < len(pages)})

    cleaned = clean(tmp_path / "j", Server(answer), Live(**FAST))

    assert cleaned.left
    assert f"every conversation of the conversation user {run.user}: it is listed; " in "\n".join(cleaned.told)


def test_cleanup_that_fails(tmp_path: Path) -> None:
    """What the server does not remove is told, and can be tried again."""
    path = tmp_path / "j"
    journal(path, "raia", {"create_conversation": ["an id"]})
    failing, working = saying(500), playing(Mock("raia"))
    live = Live(**FAST)
    trouble = clean(path, failing, live, SECRET)
    removed = clean(path, working, live)

    assert trouble.left
    assert "Not shown to be removed: every conversation of the conversation user " in trouble.told[0]
    assert "list_conversations was a 500; the answer to delete_conversations was a 500." in trouble.told[0]
    assert "--resume-cleanup" in trouble.told[-1]
    assert not removed.left
    assert "Removed: " in removed.told[0]
    assert 12 == len(failing.asked)
    assert [] == clean(path, failing, live, SECRET).told


def test_a_network_that_fails(tmp_path: Path) -> None:
    """An answer that never comes ends no clean-up."""
    journal(tmp_path / "j", made={"create_conversation": ["agent123_1", "agent123_2"]})
    vendor = Vendor(kept={"agent123_1": {"ID": "agent123_1"}, "agent123_2": {"ID": "agent123_2"}})

    async def answer(request: httpx.Request) -> httpx.Response:
        if request.method == "DELETE" and request.url.path.endswith("_1"):
            raise httpx.ReadTimeout("")
        return await vendor(request)

    cleaned = clean(tmp_path / "j", Server(answer), Live(**FAST))

    assert "agent123_1, made by create_conversation: it is listed; ReadTimeout." in cleaned.told[1]
    assert "Removed: agent123_2, made by create_conversation." == cleaned.told[0]


def test_what_an_earlier_clean_up_deleted(tmp_path: Path) -> None:
    """What was deleted before the clean-up was killed answers 404, and is not left for that."""
    journal(tmp_path / "j", made={"create_conversation": ["agent123_1"]})
    Journal.read(tmp_path / "j").deleted("delete_conversation", "agent123_1")
    cleaned = clean(tmp_path / "j", Server(Vendor()), Live(**FAST))

    assert ["Removed: agent123_1, made by create_conversation."] == cleaned.told
    assert not cleaned.left


def test_cleanup_after_no_answer(tmp_path: Path) -> None:
    """A request without an answer may still be carried out: cleaning up again asks the server again."""
    path = tmp_path / "j"
    journal(path, "raia", {"create_conversation": None})
    server = playing(Mock("raia"))
    _, late = clean(path, server, Live(**FAST)).told
    asked = len(server.asked)
    clean(path, server, Live(**FAST))

    assert late.startswith("1 request(s) of create_conversation had no answer; ")
    assert 2 * asked == len(server.asked)


def test_cleanup_of_a_user_that_never_came_to_be(tmp_path: Path) -> None:
    """Where no request got to make the user, a 404 is no failure; the list has the last word."""
    journal(tmp_path / "j", "raia", {"create_conversation": None})

    async def answer(request: httpx.Request) -> httpx.Response:
        listing = request.url.path.endswith("/conversations") and request.method == "GET"
        return httpx.Response(200, json={"data": []}) if listing else httpx.Response(404)

    cleaned = clean(tmp_path / "j", Server(answer), Live(**FAST))

    assert not cleaned.left
    assert cleaned.told[0].startswith("Removed: every conversation ")
    assert 2 == len(cleaned.told)


def test_cleanup_at_any_rate(tmp_path: Path) -> None:
    """However slow a run has to be, its cleanup is as slow, begins as late, and comes to its end."""
    journal(tmp_path / "j", "raia", {"create_conversation": None})
    clock = Clock()
    document = DOCUMENTS["raia"]
    budget = Budget(1, Limits(0.01, {}), 1000, clock, clock.sleep)
    asyncio.run(budget.spend())
    target = Target("server", "http://vendor.test", RAIA_KEYS[0])
    cleaned = asyncio.run(
        _cleanup.remove(
            Journal.read(tmp_path / "j"), document, target, Live(rate=0.01), budget, inner=playing(Mock("raia"))
        )
    )

    assert cleaned.told[0].startswith("Removed: ")
    assert [100.0, 200.0, 300.0, 400.0, 500.0] == clock.turns


def test_what_is_left_fails(tmp_path: Path) -> None:
    """A run that could not remove what it made is not green."""
    mock = MockTransport(Mock("raia"))

    async def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(500) if request.method == "DELETE" else await mock.handle_async_request(request)

    result = hold(Server(answer), Live(**FAST, write=("create_conversation",), journal=tmp_path / "j"))

    assert ["The run could not confirm that everything it created was removed."] == result.errors
