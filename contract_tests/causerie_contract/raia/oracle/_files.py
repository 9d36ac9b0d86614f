"""Files of messages: uploaded to a signed URL, attached, downloaded from another."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.errors import UnsatisfiedAssumption
from hypothesis.stateful import precondition

from ..._oracle._machine import TEXTS, rule
from ._messages import Messages
from ._promises import GIVES, NEW_ID, ONE_EACH, OWN, TAKES, promise_of
from ._values import SOME

_NAMES = ("image.png", "Ünï côde (1).txt", "A b&C?.PDF")
#: Bytes that are not UTF-8.
_NO_TEXT = b"\xff\xfe\0\r\n\x80"
_THIS = promise_of("answer-names-the-file")
_BELONGS = promise_of("file-belongs-to-its-conversation")
_UNKNOWN = promise_of("unknown-file-is-a-404")


class Files(Messages):
    """Sequences of requests to files."""

    @precondition(lambda self: self.known)
    @rule(conversation=SOME, name=st.sampled_from(_NAMES), text=st.sampled_from(TEXTS))
    def upload(self, conversation: int, name: str, text: str) -> None:
        """create_upload_url twice, an upload, a message with the file, and get_download_url."""
        known = self._pick(conversation)
        path = {"conversationId": known.id}
        body = {"fileName": name, "contentType": "text/plain"}
        first = self.session.ok(self.session.call("create_upload_url", path, body=body))
        answer = self.session.ok(self.session.call("create_upload_url", path, body=body))
        self.session.relation(answer, ("storagePath",), "!=", first.at("storagePath"), ONE_EACH)
        if answer.at("storagePath") == first.at("storagePath"):  # two files at one place cannot be told apart
            raise UnsatisfiedAssumption
        content = text.encode() + _NO_TEXT
        for each, sent in ((answer, content), (first, b"the other one")):
            self.session.ok(self.session.follow(each, ("signedUrl",), "PUT", sent, "text/plain"), TAKES)
        attached = [{"fileName": name, "storagePath": answer.need("storagePath")}]
        asked = self.session.call("send_message_async", path, body={"message": text, "files": attached})
        asked = self.session.ok(asked)
        question = self._said(asked, (), known, "conversation_user", text=text, files=attached)
        if known.shown["mode"] == "ai":
            known.waiting[question["id"]] = 0
        self._read(known, changed=True)
        file_id = question["files"][0]["id"]
        for taken in self.uploaded:
            self.session.relation(asked, ("files", 0, "id"), "!=", taken, NEW_ID)
        self.uploaded[file_id] = content
        self._download(known.id, file_id)
        self.miss_file(conversation)

    @precondition(lambda self: self.uploaded)
    @rule(number=SOME)
    def download(self, number: int) -> None:
        """get_download_url of what was uploaded before."""
        found = [
            (known.id, each["id"])
            for known in self.known.values()
            for message in known.messages
            for each in message.get("files", ())
            if each.get("id") in self.uploaded
        ]
        if found:
            self._download(*found[number % len(found)])

    def _download(self, conversation_id: str, file_id: str) -> None:
        path = {"conversationId": conversation_id, "fileId": file_id}
        answer = self.session.ok(self.session.call("get_download_url", path))
        self.session.same(answer, ("fileId",), file_id, _THIS)
        fetched = self.session.ok(self.session.follow(answer, ("signedUrl",), "GET"), GIVES)
        self.session.content(fetched, self.uploaded[file_id], GIVES)

    @precondition(lambda self: self.known)
    @rule(conversation=SOME)
    def miss_file(self, conversation: int) -> None:
        """Ask for a file that nobody has, for one of another conversation, and with another agent's key."""
        known = self._pick(conversation)
        mine = {each["id"] for message in known.messages for each in message.get("files", ())}
        strangers = [each for each in self.uploaded if each not in mine]
        for file_id, promise in ((self.own_id("no file"), _UNKNOWN), *((each, _BELONGS) for each in strangers[-1:])):
            path = {"conversationId": known.id, "fileId": file_id}
            self.session.refused(self.session.call("get_download_url", path), (404,), promise)
        if self.session.target.other:
            for file_id in list(mine)[:1]:
                path = {"conversationId": known.id, "fileId": file_id}
                answer = self.session.call("get_download_url", path, credential="other")
                self.session.refused(answer, (404,), OWN)
