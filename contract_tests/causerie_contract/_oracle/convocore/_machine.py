"""Sequences of requests to Convocore."""

from __future__ import annotations

from causerie_contract._oracle.convocore._conversations import Conversations
from causerie_contract._oracle.convocore._fields import FIELDS, SHAPED
from causerie_contract._oracle.convocore._lists import Lists
from causerie_contract._oracle.convocore._messages import Messages


class Convocore(Conversations, Lists, Messages):
    """All of it, and the chapters: what must not be left to chance."""

    def texts(self) -> None:
        """Every text, number, list and object in every field."""
        for number in range(13):
            self.create(dict.fromkeys(FIELDS[:: 1 + number % 2], number), number % 2)
            self.update(0, dict.fromkeys(FIELDS, number + 1), bool(number % 3))
        self.export("csv", None, 0, 0, 0)
        self.export("json", "asc", 0, 0, 0)

    def one_by_one(self) -> None:
        """A change of one field touches no other."""
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
        self.write_answers_fields(0)
        self.miss(0)
        if self.session.target.other:
            self.intrude(0)
        self.read()

    def lists(self) -> None:
        """Pages of all sizes, exports with everything that they can be asked for, and what is no cursor."""
        for number in range(5):
            self.create({"ts": number, "title": number}, 0)
        self._all_lists()
        for number in range(18):
            self.create({"ts": number}, 0)
        self.list_all(0)
        self.export(None, None, 0, 0, 0)

    def by_cursor(self) -> None:
        """The same, by cursor."""
        self.choose_paging(cursors=True)
        if self.cursors:
            self.lists()
            for limit in (1, 2):
                self.delete_while_listing(limit)
            self.list_all(2)

    def _all_lists(self) -> None:
        for limit in range(4):
            self.list_all(limit)
            for which in range(8):
                form = (None, "json", "csv")[(limit + which) % 3]
                self.export(form, (None, "asc", "desc", "ASC")[which % 4], limit, which, which % 3 - 1)
        for number in range(6):
            if self.cursors is not None:
                self.lose_the_way(number)

    def lives(self) -> None:
        """Messages, assignments and deletion."""
        self.create({"messagesNum": 0, "chatAssignedTo": 0}, 0)
        self.create({}, 0)
        for number, metadata in enumerate((None, True, False, True)):
            self.replace(number % 2, 3 - number, number % 3, metadata)
            self.assign(number % 2, number % 3, bool(number % 2))
            self.export_one(number)
            self.update(number % 2, {"title": number, "delegatedBy": number}, again=True)
        self.replace(0, 2, 2, None)
        self.replace(0, 1, 0, None)
        self.export("json", None, 0, 0, 0)
        self.export("csv", "asc", 2, 0, 0)
        self.delete(1)
        self.list_all(2)
        self.export(None, None, 0, 4, 0)
        self.export_one(0)
        self.delete(0)
        self.create({}, 0)
        self.list_all(0)
        self.read()

    chapters = (texts, one_by_one, bounds, lists, by_cursor, lives)
