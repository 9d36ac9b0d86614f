"""What is known of an agent's conversations, and how answers have to show it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hypothesis.errors import UnsatisfiedAssumption

from causerie_spec.pointer import Pointer

from ..._oracle._answer import Answer
from ..._oracle._machine import Machine
from ..._oracle._promise import Promise, promises_of
from ..._oracle._session import Session
from ..._oracle._value import NOTHING, differences
from ._fields import FIELDS
from ._turns import TURNS, row

Record = dict[str, Any]

promise_of = promises_of("convocore")

WRITTEN = promise_of("value-after-write")
CHANGED = promise_of("value-after-update")
MERGED = promise_of("tags-are-merged")
KEPT = promise_of("left-out-fields-stay")
SAME = promise_of("reading-changes-nothing")
ONLY = promise_of("no-defaults")
MOVES = promise_of("last-modified-moves")
STAYS = promise_of("last-modified-stays")
ENVELOPE = promise_of("success-has-an-envelope")
NEW_ID = promise_of("id-is-generated")
PREFIX = promise_of("id-begins-with-the-agent")
USER = promise_of("user-id-is-the-id")
OWN = promise_of("agent-belongs-to-its-key")
UNKNOWN = promise_of("unknown-conversation-is-a-404")
NO_AGENT = promise_of("unknown-agent-is-a-404")
GONE = promise_of("deleted-is-gone")
DROPPED = promise_of("unknown-fields-are-dropped")
_ERROR = promise_of("error-has-its-code")

#: Words that end with … are the beginning of the message.
_SAID = {
    "list_conversations": ("Conversations retrieved successfully", promise_of("other-operations-say")),
    "get_conversation": ("Conversation retrieved successfully", promise_of("reading-says")),
    "update_conversation": ("Successfully updated conversation…", promise_of("updating-says")),
    "delete_conversation": ("Conversation deleted successfully", promise_of("deleting-says")),
    "export_conversations": ("Conversations exported successfully", promise_of("other-operations-say")),
    "export_conversation": ("Conversation exported successfully", promise_of("exporting-one-says")),
    "assign_conversation": ("Conversation assigned successfully", promise_of("other-operations-say")),
    "replace_messages": ("Successfully updated conversation messages…", promise_of("replacing-messages-says")),
    "send_messages": ("…", promise_of("other-operations-say")),
    "accept_handoff": ("Handoff accepted successfully", promise_of("other-operations-say")),
}
_CREATED_SAYS = promise_of("creating-says")

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
        self.other_agent = session.other_parameters.get("agentId", OTHER_AGENT)
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

    def read_one(self, known: Record, written: Record | None = None) -> None:
        """get_conversation, after these fields were `written`."""
        answer = self.session.ok(self.session.call("get_conversation", self.path(known["ID"])))
        self.shows_all(answer, known, WRITTEN, written or {})

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
        own, their = ({**_SUMMARY, "agentId": each} for each in (self.other_agent if other else self.agent, agent))
        for operation, body in (
            ("list_conversations", NOTHING),
            ("create_conversation", {"conversation": {"ts": 1, "userName": "not mine"}}),
            ("export_conversations", NOTHING),
            ("generate_summaries", {"items": [their]}),
            ("generate_summaries", {"items": [own, their]}),
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
