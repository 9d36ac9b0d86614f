"""Lists of conversations: pages, orders and filters."""

from __future__ import annotations

import itertools
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition

from ..._oracle._machine import rule
from ._model import Known, Model, instant
from ._promises import FILTER, TOTAL, promise_of
from ._values import SOME

_KEYWORD = promise_of("keyword-is-any-part")
#: The length of an id from which on a part of it is no other id.
_UNIQUE = 12
_ENDS = promise_of("both-ends-belong-to-the-range")


class Lists(Model):
    """Sequences of requests to lists."""

    @precondition(lambda self: self.known)
    @rule(conversation=SOME, field_=st.integers(0, 5))
    def search(self, conversation: int, field_: int) -> None:
        """list_conversations by a part of what it shows."""
        known = self._pick(conversation)
        user = self.users[known.shown["conversationUserId"]]
        names = ("firstName", "lastName", "email", "phoneNumber")
        text = user.get(names[field_], "") if field_ < 4 else known.shown.get(("title", "summary")[field_ - 4], "")
        if field_ == 1:
            text = f"{user['firstName']} {user['lastName']}"
        # Names of agents show in no answer: a keyword with a digit in it is in none of them.
        if any(letter.isdigit() for letter in text):
            self._list({"searchKeyword": text[1:60].swapcase(), "pageSize": "100", "page": "1"}, _KEYWORD)
        self._list({"searchKeyword": f"no such text {conversation}", "pageSize": "100", "page": "1"}, FILTER)

    @precondition(lambda self: self.known)
    @rule(conversation=SOME)
    def filter_user(self, conversation: int) -> None:
        """list_conversations of one user."""
        self._list({"userId": self._pick(conversation).shown["conversationUserId"]}, FILTER)
        self._list({"userId": self.own_id("nobody")}, FILTER)
        user = self._pick(conversation).shown["conversationUserId"]
        for part in (user[: len(user) // 2], user[:-1], user[1:]) if len(user) >= _UNIQUE else ():
            answer = self.session.call("list_conversations", query={"userId": part})
            if answer.status // 100 == 2:  # what is no id may be refused
                self.session.same(answer, ("data",), [], FILTER)

    @precondition(lambda self: self.known)
    @rule(conversation=SOME, shift=st.integers(-1, 1), which=st.integers(0, 2))
    def filter_dates(self, conversation: int, shift: int, which: int) -> None:
        """list_conversations by updatedAt."""
        text = _moved(self._pick(conversation), shift)
        names = (("startDate",), ("endDate",), ("startDate", "endDate"))[which]
        self._list({**dict.fromkeys(names, text), "pageSize": "100", "page": "1"}, FILTER if shift else _ENDS)

    def filter_twice(self) -> None:
        """list_conversations by two filters, each two in turn, of which the first makes a difference."""
        known = self.known.values()
        filters = [{"userId": user} for user in {each.shown["conversationUserId"]: None for each in known}]
        titles = [each.shown.get("title", "") for each in known]
        filters += [{"searchKeyword": title} for title in titles if any(letter.isdigit() for letter in title)]
        filters += [{"startDate": _moved(each, 1)} for each in known]
        filters += [{"endDate": _moved(each, -1)} for each in known]
        filters += [{"withFeedbacksOnly": "true"}]
        shown = set[tuple[str, ...]]()
        for one, two in itertools.permutations(filters, 2):
            names = (*one, *two)
            if names[0] != names[1] and names not in shown and self._found(one | two) != self._found(two):
                shown.add(names)
                self._list({**one, **two, "pageSize": "100", "page": "1"}, FILTER)

    @rule(number=st.integers(0, 1))
    def filter_feedbacks(self, number: int) -> None:
        """list_conversations with feedbacks."""
        self._list({"withFeedbacksOnly": "true" if number else "false"}, FILTER)

    @rule(
        by=st.sampled_from(["createdAt", "updatedAt", None]),
        direction=st.sampled_from(["ASC", "DESC", None]),
        size=st.integers(1, 4),
    )
    def walk(self, by: str | None, direction: str | None, size: int) -> None:
        """list_conversations page by page, and one page more."""
        query = {name: value for name, value in (("orderBy", by), ("orderDirection", direction)) if value is not None}
        for page in range(1, min(-(-len(self.known) // size), 3) + 2):
            self._list({**query, "page": str(page), "pageSize": str(size)}, TOTAL)

    def signs(self) -> None:
        """list_conversations by signs that are a pattern in other places, each with a digit."""
        for keyword in ("10%", "(7[.*\\", "1%7", "f_1", "f.1", "f*1", "0.*7", "%7"):
            self._list({"searchKeyword": keyword, "pageSize": "100", "page": "1"}, _KEYWORD)

    def sizes(self) -> None:
        """list_conversations in pages of every size."""
        for size in (7, 25, 100) if self.real else range(5, 101):
            self._list({"page": "1", "pageSize": str(size)}, TOTAL)

    @rule()
    def list_all(self) -> None:
        """list_conversations as it is."""
        self._list({}, TOTAL)
        self._list({"pageSize": "100"}, TOTAL)


def _moved(known: Known, milliseconds: int) -> str:
    """Return when a conversation was changed, some time later."""
    there = instant(known.shown["updatedAt"]) + timedelta(milliseconds=milliseconds)
    return there.isoformat(timespec="milliseconds").replace("+00:00", "Z")
