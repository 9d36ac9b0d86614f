"""Conversations, one at a time: created, read, changed, assigned, deleted."""

from __future__ import annotations

import contextlib

from hypothesis import strategies as st
from hypothesis.errors import UnsatisfiedAssumption
from hypothesis.stateful import initialize, precondition

from ..._oracle._machine import rule
from ..._oracle._value import NOTHING
from . import _model as promised
from ._fields import FIELDS, SOME, SOME_FIELDS, merged, value
from ._model import Model, Record, error


class Conversations(Model):
    """Sequences of requests to single conversations."""

    @initialize(full=SOME, second=SOME)
    def begin(self, full: int, second: int) -> None:
        """Make a conversation with all fields, and another."""
        if full:
            self.create(dict.fromkeys(FIELDS, full), 1)
            self.update(0, dict.fromkeys(FIELDS, full + 1), True)
        if second:
            self.create({}, 0)

    @rule(fields=SOME_FIELDS, server=st.integers(0, 3))
    def create(self, fields: dict[str, int], server: int) -> None:
        """create_conversation, also with what the server alone decides."""
        body: Record = {"ts": 1699999999, **{name: value(name, number) for name, number in fields.items()}}
        sent = {**body, **({"ID": f"{self.agent}_mine", "lastModified": 12} if server == 1 else {})}
        call = self.session.call("create_conversation", {"agentId": self.agent}, body={"conversation": sent})
        answer = self.session.ok(call)
        new_id = answer.need("data", "ID")
        self.session.relation(answer, ("data", "ID"), "!=", sent.get("ID", NOTHING), promised.NEW_ID)
        for taken in (*self.known, *self.gone):
            self.session.relation(answer, ("data", "ID"), "!=", taken, promised.NEW_ID)
        if str(new_id)[: len(self.agent) + 1] != f"{self.agent}_":
            self.session.same(answer, ("data", "ID"), f"{self.agent}_{new_id}", promised.PREFIX)
        modified = answer.need("data", "lastModified")
        self.session.relation(answer, ("data", "lastModified"), "!=", sent.get("lastModified", NOTHING), promised.STAYS)
        if "userID" not in body:
            self.session.same(answer, ("data", "userID"), new_id, promised.USER)
        known = {"userID": new_id, **body, "ID": new_id, "lastModified": modified}
        for other in self.known.values():
            if not self.real:
                self.session.relation(answer, ("data", "lastModified"), ">=", other["lastModified"], promised.MOVES)
        self.known[new_id] = known
        self.shows_all(answer, known, promised.WRITTEN, body, text=f"Successfully created conversation: {new_id}")
        self.read_one(known, body)

    @precondition(lambda self: self.known)
    @rule(conversation=SOME, fields=SOME_FIELDS, again=st.booleans())
    def update(self, conversation: int, fields: dict[str, int], again: bool) -> None:
        """update_conversation, and the same once more."""
        known = self.pick(conversation)
        body = {name: value(name, number) for name, number in fields.items()}
        sent = {**body, **({"ID": "other", "lastModified": 12} if again and conversation % 2 else {})}
        for _ in range(1 + again):
            call = self.session.call("update_conversation", self.path(known["ID"]), body={"conversation": sent})
            answer = self.session.ok(call)
            written = merged(known, body)
            self.moved(answer, known, written)
            known |= {**written, "lastModified": answer.need("data", "lastModified")}
            self.shows_all(answer, known, promised.CHANGED, body)
            self.read_one(known, body)

    @precondition(lambda self: self.known)
    @rule()
    def read(self) -> None:
        """get_conversation of all."""
        for known in list(self.known.values()):
            self.read_one(known)

    @precondition(lambda self: self.known)
    @rule(conversation=SOME)
    def write_unknown_fields(self, conversation: int) -> None:
        """Fields that the document does not know are no error."""
        known = self.pick(conversation)
        fields = {"unknownToTheDocument": 1, "confirmReplace": True}
        for operation, path, more in (
            ("update_conversation", self.path(known["ID"]), {}),
            ("create_conversation", {"agentId": self.agent}, {"ts": 1}),
        ):
            body = {"conversation": {**fields, **more}}
            answer = self.session.call(operation, path, body=body, modelled=False)
            with contextlib.suppress(UnsatisfiedAssumption):
                self.session.ok(answer, promised.DROPPED)
            if answer.status // 100 != 2:
                continue
            for name in fields:
                self.session.same(answer, ("data", name), NOTHING, promised.DROPPED)
            if more:
                made = answer.need("data")
                self.known[made["ID"]] = made
        self.read_one(known)

    @precondition(lambda self: self.known)
    @rule(conversation=SOME)
    def delete(self, conversation: int) -> None:
        """delete_conversation: of this one and of no other, for all operations."""
        known = self.pick(conversation)
        answer = self.session.ok(self.session.call("delete_conversation", self.path(known["ID"])))
        self.says(answer)
        self.forget(known["ID"])
        self.absent(self.path(known["ID"]), (404,), promised.GONE)
        for other in list(self.known.values())[-3:]:
            self.read_one(other)

    @rule(number=SOME)
    def miss(self, number: int) -> None:
        """Ids that nobody has."""
        known = self.pick(number)["ID"] if self.known else "none"
        self.absent(self.path(f"{self.agent}_nobody"), (404,), promised.UNKNOWN)
        self.absent({"agentId": "no-such-agent", "conversationId": known}, (404,), promised.NO_AGENT)
        self.closed("no-such-agent", (404,), promised.NO_AGENT)

    @precondition(lambda self: self.known and self.session.target.other)
    @rule(conversation=SOME)
    def intrude(self, conversation: int) -> None:
        """Another account sees nothing of all this and changes nothing; and its conversations are not seen here."""
        known = self.pick(conversation)
        call, own = self.session.call, promised.OWN
        self.absent(self.path(known["ID"]), (403,), own, other=True)
        self.closed(self.agent, (403,), own, other=True)
        body = {"conversation": {"ts": 1, "userName": "theirs"}}
        theirs = self.session.ok(
            call("create_conversation", {"agentId": self.other_agent}, body=body, credential="other")
        )
        their_id = theirs.need("data", "ID")
        path = {"agentId": self.other_agent, "conversationId": their_id}
        self.absent(path, (403,), own)
        self.closed(self.other_agent, (403,), own)
        self.absent(self.path(their_id), (404,), own)
        self.absent({"agentId": self.other_agent, "conversationId": known["ID"]}, (404,), own, other=True)
        listed = self.session.ok(call("list_conversations", {"agentId": self.other_agent}, credential="other"))
        for index, each in enumerate(listed.need("data")):
            self.session.relation(listed, ("data", index, "ID"), "!=", known["ID"], own)
            if each.get("ID") == their_id:
                self.session.same(listed, ("data", index), theirs.need("data"), promised.SAME)
        exported = self.session.ok(call("export_conversations", {"agentId": self.other_agent}, credential="other"))
        for index, _ in enumerate(exported.need("data")):
            self.session.relation(exported, ("data", index, "metadata", "convo", "id"), "!=", known["ID"], own)
        again = self.session.ok(call("get_conversation", path, credential="other"))
        self.session.same(again, ("data",), theirs.need("data"), promised.SAME)
        error(self.session, call("get_conversation", path))
        self.read_one(known)
