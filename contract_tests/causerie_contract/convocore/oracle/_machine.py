"""Sequences of requests to Convocore."""

from __future__ import annotations

from ._conversations import Conversations
from ._exports import Exports
from ._fields import DELIVERABLE, FIELDS, SHAPED
from ._messages import Messages
from ._people import People
from ._turns import TURNS
from ._workspace import Workspaces


class Convocore(Conversations, Exports, Messages, People, Workspaces):
    """All of it, and the chapters: what must not be left to chance."""

    def texts(self) -> None:
        """Every text, number, list and object in every field."""
        for number in range(14):
            self.create(dict.fromkeys(FIELDS[:: 1 + number % 2], number), number % 2)
            self.update(0, dict.fromkeys(FIELDS, number + 1), bool(number % 3))
            self.replace(0, 1, 0, False)
        self.export("csv", None, 0, 0, 0)
        self.export("json", "asc", 0, 0, 0)

    def one_by_one(self) -> None:
        """Change one field, which touches no other."""
        self.create(dict.fromkeys(FIELDS, 1), 0)
        for name in FIELDS:
            self.update(0, {name: 3}, again=name in SHAPED)
        self.update(0, {}, again=True)
        self.read()

    def bounds(self) -> None:
        """Other people's ids, and what cannot be written."""
        self.create({}, 0)
        self.create({"userName": 0}, 1)
        self.update(1, {"title": 0}, again=True)
        self.write_unknown_fields(0)
        self.miss(0)
        if self.session.target.other:
            self.intrude(0)
        self.read()

    def lists(self) -> None:
        """Pages of all sizes, exports with everything that they can be asked for, and what is no cursor."""
        for number in range(5):
            self.create({"ts": number, "title": number}, 0)
            self.replace(0, 1, number % 2, False)
        self._all_lists()
        for number in range(18):
            self.create({"ts": number}, 0)
            self.replace(0, 1, number % 3, False)
        self.list_all(0)
        self.sizes()
        self.export(None, None, 0, 0, 0)
        if self.cursors:
            for limit in (1, 2):
                self.delete_while_listing(limit)
            self.list_all(2)
        self.bounds_of_exports()

    def by_number(self) -> None:
        """Do the same as older servers page."""
        self.choose_paging(cursors=False)
        if self.cursors is False:
            self.lists()

    def _all_lists(self) -> None:
        for limit in range(4):
            self.list_all(limit)
            for which in range(8):
                form = (None, "json", "csv")[(limit + which) % 3]
                self.export(form, (None, "asc", "desc")[which % 3], limit, which, which % 3 - 1)
        for number in range(6):
            if self.cursors is not None:
                self.lose_the_way(number)

    def lives(self) -> None:
        """Messages, assignments and deletion."""
        self.create({"messagesNum": 0, "chatAssignedTo": 0}, 0)
        self.create({}, 0)
        self.details(0)
        self.list_all(0)
        for number, metadata in enumerate((None, True, False, True)):
            self.replace(number % 2, 3 - number, number % 3, metadata)
            self.assign(number % 2, number % 4, bool(number % 2))
            self.accept(number % 2, bool(number % 2))
            self.export_one(number)
            self.details(number)
            self.update(number % 2, {"title": number, "delegatedBy": number, "vapi": number}, again=True)
        for number in range(2):
            self.update(0, {"vapi": number}, again=False)
            self.details(0)
        self.assign_nobody(0, True)
        self.assign_nobody(0, False)
        self.replace(0, 2, 2, None)
        self.replace(0, len(TURNS), 0, None)
        self.replace(1, len(TURNS), 1, True, 3)
        self.export("json", None, 0, 0, 0)
        self.export("csv", "asc", 2, 0, 0)
        self.delete(1)
        self.list_all(2)
        self.export(None, None, 0, 4, 0)
        self.export_one(0)
        self.delete(0)
        for _ in range(2):
            self.create({"userID": 1}, 0)
        self.update(0, {"userName": 2}, again=False)
        self.read()
        for _ in range(2):  # of one person
            self.create(dict.fromkeys((name for name in FIELDS if name.startswith("user") and name != "userID"), 1), 0)
        self.delete(0)
        self.create({}, 0)
        self.list_all(0)
        self.read()

    def talks(self) -> None:
        """Turn with the agent, messages to people, sessions and summaries."""
        for number in range(8):
            self.create({"interactionsNum": number} if number % 2 else {}, 0)
            self.interact(0, new=bool(number % 2), verbose=(None, True, False)[number % 3], history=True, kind=number)
            self.interact(0, new=False, verbose=bool(number % 2), history=bool(number % 3), kind=number)
        self.interact(0, new=True, verbose=None, history=False, kind=0)
        for verbose in (False, True):
            self.fail_a_turn(0, verbose)
        for number in range(8, 8 + len(DELIVERABLE)):
            self.update(0, {"origin": number, "state": 2}, again=False)
            self.send(0, number % 4, (None, True, False)[number % 3], None)
        self.replace(0, 2, 0, None)
        for number in range(16):
            self.update(number % 3, {"state": 2 - number // 4 % 2, "origin": (0, 8, 6)[number % 3]}, again=False)
            self.send(number % 3, number % 4, bool(number & 1), bool(number & 4))
        for _ in range(2):  # equal messages are two
            self.send(0, 0, False, None)
        self.send_nothing(0)
        self.replace(1, len(TURNS), 0, None)
        if self.workspace:
            for number, origin in enumerate((None, "web-chat", "sms", None)):
                self.list_sessions(number, bool(number % 2), origin)
            self.delete(1)
            self.list_sessions(0, False, None)
        if not self.real:
            self.miss_a_workspace()
        self.update(1, {"summary": 1, "shortSummary": 1}, again=False)
        for number in range(10):
            self.summarize(number % 2, number, (None, True, False)[number % 3])
        self.export("json", None, 0, 0, 0)
        self.read()

    chapters = (texts, one_by_one, bounds, lists, by_number, lives, talks)
