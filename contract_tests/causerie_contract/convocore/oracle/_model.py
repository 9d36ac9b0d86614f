"""What is known of an agent's conversations, and how answers have to show it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hypothesis.errors import UnsatisfiedAssumption

from causerie_spec.evidence import Evidence
from causerie_spec.pointer import Pointer

from ..._oracle._answer import Answer
from ..._oracle._machine import Machine, inferred
from ..._oracle._promise import Promise
from ..._oracle._session import Session
from ..._oracle._value import NOTHING, differences
from ._fields import FIELDS
from ._turns import TURNS, row

Record = dict[str, Any]

CREATE = Evidence("documented", "convocore-create-conversation")
UPDATE = Evidence("documented", "convocore-update-conversation")
GET = Evidence("documented", "convocore-get-conversation")
PUBLISHED = Evidence("published", "convocore-openapi", "2026-08-26")
PAGES = Evidence("documented", "convocore-conversations")
LIVE = Evidence("observed", "convocore-live", "2026-08-04", seen=2)
TRPC = inferred("tRPC-OpenAPI maps its codes so")
_CREATED = Evidence("example", "convocore-create-conversation")
_READ = Evidence("example", "convocore-get-conversation")
_WORDED = inferred("As the pages word theirs")

WRITTEN = Promise("value after write", CREATE)
CHANGED = Promise("value after update", UPDATE)
MERGED = Promise("tags are added to those that are there, each once", UPDATE)
KEPT = Promise("what an update leaves out stays", UPDATE)
SAME = Promise("reading changes nothing", GET)
ONLY = Promise("a conversation has what was sent, and no defaults", inferred("The example repeats what was sent"))
MOVES = Promise("lastModified moves with a change", UPDATE)
STAYS = Promise("lastModified stays without a change", inferred("The reverse of the sentence on the page"))
ENVELOPE = Promise("envelope", CREATE)
NEW_ID = Promise("the id is generated", CREATE)
PREFIX = Promise("the id that creating makes begins with the agent's", LIVE)
USER = Promise("userID is the ID unless one is sent", inferred("They are equal in the examples"))
OWN = Promise("you must own the agent", CREATE)
UNKNOWN = Promise("an unknown id is a 404", TRPC)
GONE = Promise("what is deleted is gone", PAGES)
DROPPED = Promise("what the document does not know is not kept", inferred("zod strips unknown keys"))
_ERROR = Promise("an error has its code", TRPC)

#: Words that end with … are the beginning of the message.
_SAID = {
    "list_conversations": ("Conversations retrieved successfully", Promise("message", _WORDED)),
    "get_conversation": ("Conversation retrieved successfully", Promise("message", _READ)),
    "update_conversation": ("Successfully updated conversation…", Promise("message", LIVE)),
    "delete_conversation": ("Conversation deleted successfully", Promise("message", PAGES)),
    "export_conversations": ("Conversations exported successfully", Promise("message", _WORDED)),
    "export_conversation": ("Conversation exported successfully", Promise("message", PAGES)),
    "assign_conversation": ("Conversation assigned successfully", Promise("message", _WORDED)),
    "replace_messages": ("Successfully updated conversation messages…", Promise("message", LIVE)),
    "send_messages": ("…", Promise("message", _WORDED)),
    "accept_handoff": ("Handoff accepted successfully", Promise("message", _WORDED)),
}
_CREATED_SAYS = Promise("message", _CREATED)

_CODES = {
    400: "BAD_REQUEST",
    401: "UNAUTHORIZED",
    403: "FORBIDDEN",
    404: "NOT_FOUND",
    405: "METHOD_NOT_SUPPORTED",
    415: "UNSUPPORTED_MEDIA_TYPE",
}

AGENT = "agent123"
OTHER_AGENT = "agent456"
WORKSPACE = "workspace123"
OTHER_WORKSPACE = "workspace456"


class Model(Machine):
    """An agent's conversations as they have to be."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.agent = session.parameters.get("agentId", AGENT)
        #: None where it is not known.
        self.workspace = session.queries.get("workspaceId", None if self.real else WORKSPACE)
        self.known: dict[str, Record] = {}
        #: By conversation, as replace_messages and turns have left them.
        self.turns: dict[str, list[Record]] = {}
        self.gone: list[str] = []
        #: Whether lists go on by cursor; None where only the answers say so.
        self.cursors: bool | None = None if self.real else True
        if not self.real:
            listed = session.ok(session.call("list_conversations", {"agentId": self.agent}))
            self.known = {each["ID"]: each for each in reversed(listed.need("data"))}
            query = {"workspaceId": WORKSPACE, "region": "eu"}
            answer = session.ok(session.call("list_workspace_sessions", query=query))
            for each in answer.need("sessions"):
                data = each["sessionData"]
                self.turns[each["convoId"]] = [*(turn for run in data["sessions"] for turn in run), *data["turns"]]

    def path(self, conversation_id: str) -> dict[str, str]:
        """Return the parameters that lead to a conversation of the agent."""
        return {"agentId": self.agent, "conversationId": conversation_id}

    def pick(self, number: int) -> Record:
        """Return a conversation; 0 is the newest."""
        if not self.known:  # A server that accepts nothing leaves nothing to choose from.
            raise UnsatisfiedAssumption
        return list(self.known.values())[-1 - number % len(self.known)]

    def forget(self, conversation_id: str) -> None:
        """Note that the conversation is deleted."""
        del self.known[conversation_id]
        self.turns.pop(conversation_id, None)
        self.gone.append(conversation_id)

    def row(self, conversation_id: str) -> Record:
        """Return a conversation as an export has it."""
        return row(self.known[conversation_id], self.turns.get(conversation_id, []))

    def beside(self, answer: Answer, at: Pointer, expected: Any, promise: Promise) -> None:
        """As `same`, of a field that the document does not name where it says that others may stand beside its own."""
        actual = answer.at(*at)
        if any(differences(expected, actual, at)):
            self.session.wrong(answer, at, f"expected {expected!r}, the answer has {actual!r}", promise)

    def says(self, answer: Answer, text: str = "") -> None:
        """Success, in the words of the operation."""
        self.session.same(answer, ("success",), True, ENVELOPE)
        words, promise = (text, _CREATED_SAYS) if text else _SAID[answer.exchange.operation]
        beginning = words.removesuffix("…")
        if beginning == words or not str(answer.at("message")).startswith(beginning):
            self.session.same(answer, ("message",), words, promise)

    def shows_all(self, answer: Answer, expected: Record, promise: Promise, written: Record, *, text: str = "") -> None:
        """Expect the whole conversation; `promise` is about the fields that were `written`."""
        self.says(answer, text)
        operation = answer.exchange.operation
        other = {"create_conversation": ONLY, "update_conversation": KEPT}.get(operation, SAME)
        promises = {**dict.fromkeys(FIELDS, other), **dict.fromkeys(written, promise)}
        if operation == "update_conversation" and "tags" in written:
            promises["tags"] = MERGED
        self.shows(answer, ("data",), expected, promises, other)

    def read_one(self, known: Record, written: Record | None = None, promise: Promise = WRITTEN) -> None:
        """get_conversation; `promise` is about the fields that were `written`."""
        answer = self.session.ok(self.session.call("get_conversation", self.path(known["ID"])))
        self.shows_all(answer, known, promise, written or {})

    def moved(self, answer: Answer, known: Record, fields: Record, *, always: bool = False) -> None:
        """`lastModified` of an answer, after these fields were written."""
        before = known["lastModified"]
        # Compared as JSON, in which 1 and True differ.
        if always or any(name not in known or repr(known[name]) != repr(value) for name, value in fields.items()):
            # In seconds: two changes may share one.
            self.session.relation(answer, ("data", "lastModified"), ">=" if self.real else ">", before, MOVES)
        else:
            self.session.same(answer, ("data", "lastModified"), before, STAYS)

    def absent(self, path: dict[str, str], statuses: tuple[int, ...], promise: Promise, *, other: bool = False) -> None:
        """No operation finds the conversation at `path`."""
        for operation, query, body in _on_one():
            credential = "other" if other else "own"
            answer = self.session.call(operation, path, query, body, credential=credential)
            self.session.refused(answer, statuses, promise)
            error(self.session, answer)

    def closed(self, agent: str, statuses: tuple[int, ...], promise: Promise, *, other: bool = False) -> None:
        """No operation finds the agent."""
        for operation, body in (
            ("list_conversations", NOTHING),
            ("create_conversation", {"conversation": {"ts": 1, "userName": "not mine"}}),
            ("export_conversations", NOTHING),
            ("generate_summaries", {"items": [{**_SUMMARY, "agentId": agent}]}),
        ):
            credential = "other" if other else "own"
            path = {} if operation == "generate_summaries" else {"agentId": agent}
            answer = self.session.call(operation, path, body=body, credential=credential)
            self.session.refused(answer, statuses, promise)
            error(self.session, answer)


_SUMMARY = {"convoId": "not mine", "transcript": "not mine", "messageCount": 1}


def _on_one() -> Iterator[tuple[str, dict[str, str], Any]]:
    """Every operation on one conversation."""
    yield "get_conversation", {}, NOTHING
    yield "update_conversation", {}, {"conversation": {"ts": 1, "userName": "not mine"}}
    yield "export_conversation", {}, NOTHING
    yield "get_conversation_details", {"region": "eu"}, NOTHING
    yield "assign_conversation", {}, {"assignToUserId": "not mine"}
    yield "replace_messages", {}, {"turns": [TURNS[0]]}
    yield "send_messages", {}, {"message": "not mine"}
    yield "accept_handoff", {}, {"acceptedByUserId": "not mine"}
    yield "delete_conversation", {}, NOTHING


def error(session: Session, answer: Answer) -> None:
    """Expect what every error answer has."""
    session.failed(answer, _ERROR)
    session.same(answer, ("code",), _CODES.get(answer.status, "INTERNAL_SERVER_ERROR"), _ERROR)
