"""The messages of a conversation, which are replaced as a whole."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from causerie_contract._oracle._machine import OBJECTS, TEXTS, inferred
from causerie_contract._oracle._session import Promise
from causerie_contract._oracle.convocore._fields import SOME
from causerie_contract._oracle.convocore._model import Model, Record

_CLIENT = inferred("Convocore's own client sends it so")
_REPLACED = Promise("the messages are those that were sent last", _CLIENT)
_FOLLOWS = Promise("messagesNum follows where it is to", _CLIENT)
_STAYS = Promise("the conversation stays as it is", _CLIENT)


class Messages(Model):
    """Sequences of requests to messages."""

    @precondition(lambda self: self.known)
    @rule(conversation=SOME, count=st.integers(0, 3), more=st.integers(0, 2), metadata=st.none() | st.booleans())
    def replace(self, conversation: int, count: int, more: int, metadata: bool | None) -> None:
        """replace_messages, and the same once more."""
        known = self.pick(conversation)
        body: Record = {"turns": [{"text": TEXTS[number], **OBJECTS[number]} for number in range(count)]}
        if more:
            body["lgMessages"] = [OBJECTS[2], {"type": "human"}][: more - 1]
        if metadata is not None:
            body["updateConversationMetadata"] = metadata
        for _ in range(2):
            answer = self.session.ok(self.session.call("replace_messages", self.path(known["ID"]), body=body))
            self.says(answer)
            sent: Record = {name: each for name, each in body.items() if name != "updateConversationMetadata"}
            self.messages[known["ID"]] = {**self.messages.get(known["ID"], {}), **sent}
            fields = {"messagesNum": count} if metadata else {}
            seen = self.session.ok(self.session.call("get_conversation", self.path(known["ID"])))
            self.moved(seen, known, fields)
            known |= {**fields, "lastModified": seen.need("data", "lastModified")}
            for name, expected in fields.items():
                self.session.same(seen, ("data", name), expected, _FOLLOWS)
            self.shows_all(seen, known, _STAYS, known)
            exported = self.session.ok(self.session.call("export_conversation", self.path(known["ID"])))
            self.session.same(exported, ("data",), self.whole(known["ID"]), _REPLACED)
