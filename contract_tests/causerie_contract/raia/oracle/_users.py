"""Users, who are the users of conversations too."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import precondition

from ..._oracle._answer import Answer
from ..._oracle._machine import OBJECTS, TEXTS, rule
from ..._oracle._promise import Promise
from ..._oracle._value import NOTHING
from ._model import Model, Record, at_number
from ._promises import GONE, NEW_ID, OWN, UNWRITTEN, USER, promise_of
from ._values import SOME

#: What a user is known by, each alone.
CONTACTS = ("phoneNumber", "email", "fkId")

_WRITTEN = promise_of("written-user-is-shown")
_EXISTS = promise_of("existing-user-is-a-400")
_FOUND = promise_of("user-is-found-by-a-contact")
_CONVERSATIONS = promise_of("search-names-the-conversations")
_ALL_FIT = promise_of("all-that-is-asked-for-fits")
_NOTHING_ASKED = promise_of("search-for-nothing-is-a-400")
_UNKNOWN = promise_of("unknown-user-is-a-404")
_PAGE = promise_of("users-come-page-by-page")
_ALL = promise_of("latest-user-comes-first")
_ONE_STORE = promise_of("a-users-conversations-go-too")
_WHOLE = promise_of("user-is-found-by-the-whole")


class Users(Model):
    """Sequences of requests to users."""

    @rule(person=st.integers(0, 3), known_by=st.integers(1, 7), details=SOME)
    def create_user(self, person: int, known_by: int, details: int) -> None:
        """create_user; the bits of `known_by` give a phone number, an email address, an id elsewhere."""
        mine = self.own_id(f"person {person}")
        number = int(mine[:8], 16)
        contacts = (f"+49{number}", f"Causerie+{mine}@example.com", f" FK {mine} ")
        if person % 2 and details & 2:  # not validated: what is an odd address, or looks like another number, stays
            contacts = (f"+49 (0) {number}-1", f"{mine}@EXAMPLE", f"00{number}")
        given = {name: contacts[bit] for bit, name in enumerate(CONTACTS) if known_by >> bit & 1}
        body: Record = {"firstName": TEXTS[details], "lastName": TEXTS[-details - 1], **given}
        if details & 1:
            body |= {"context": TEXTS[2], "source": TEXTS[1], "fkUserId": mine, "customData": OBJECTS[details % 4]}
        if details & 2:
            body |= {"skipPhoneNumberValidation": True, "skipEmailValidation": False}
        taken = any(user.get(name) == value for user in self.users.values() for name, value in given.items())
        if self.real and not taken:
            self._make_room(given)
        answer = self.session.call("create_user", body=body)
        if taken:
            self.session.refused(answer, (400,), _EXISTS)
            self.find_user(len(self.users), 7)
            return
        user_id = self.session.ok(answer).need("id")
        for other in (*self.users, *self.gone_users):
            self.session.relation(answer, ("id",), "!=", other, NEW_ID)
        shown = {name: value for name, value in body.items() if name in USER}
        shown |= {"metadata": self._metadata(answer, (), body["customData"])} if "customData" in body else {}
        self.users[user_id] = {"id": user_id, "isAnonymized": False, **shown}
        self.unwritten(answer, (), self.users[user_id], ("metadata",), UNWRITTEN)
        self.addresses |= {body[name]: user_id for name in ("email", "phoneNumber") if name in body}
        self.shows(answer, (), self.users[user_id], {**USER, **dict.fromkeys(shown, _WRITTEN)}, _WRITTEN)
        self.get_user(len(self.users) - 1)

    def _make_room(self, contacts: dict[str, str]) -> None:
        """Delete what an earlier run has left: the contacts are the suite's own."""
        for name, value in contacts.items():
            found = self.session.call("find_user", query={name: value})
            if found.status == 200:
                self.session.call("delete_user", {"userId": found.need("user", "id")})

    @rule(
        page=st.none() | st.integers(1, 3),
        size=st.none() | st.integers(1, 4),
        order=st.sampled_from(["createdAt", None]),
        direction=st.sampled_from(["ASC", "DESC", None]),
    )
    def list_users(self, page: int | None, size: int | None, order: str | None, direction: str | None) -> None:
        """list_users, one page."""
        asked = {"page": page, "pageSize": size, "orderBy": order, "orderDirection": direction}
        query = {name: str(value) for name, value in asked.items() if value is not None}
        answer = self.session.ok(self.session.call("list_users", query=query))
        number, most = page or 1, size or 10
        if self.real:  # what others have is not known
            last = self._agrees(answer, number, most)
            if last > number:
                query |= {"page": str(last), "pageSize": str(most)}
                self._agrees(self.session.ok(self.session.call("list_users", query=query)), last, most)
            return
        self.session.same(answer, ("currentPage",), number, _PAGE)
        self.session.same(answer, ("pageSize",), most, _PAGE)
        there = [each for each in self.first_users if each not in self.gone_users]
        there += [each for each in self.users if each not in self.first_users]
        shown = (there if direction == "ASC" else there[::-1])[(number - 1) * most : number * most]
        pages = -(-len(there) // most)
        self.session.records(answer, ("data",), shown, ("id",), promise=_ALL, order=_ALL)
        self.session.same(answer, ("totalItems",), len(there), _PAGE)
        self.session.same(answer, ("totalPages",), pages, _PAGE)
        self.session.same(answer, ("hasNextPage",), number < pages, _PAGE)
        self.session.same(answer, ("hasPreviousPage",), number > 1, _PAGE)
        for index, user_id in enumerate(shown):
            known = self.users.get(user_id) or self.first_users[user_id]
            self.shows(answer, ("data", index), known, USER, _WRITTEN)

    def _agrees(self, answer: Answer, number: int, most: int) -> int:
        """Expect a page to agree with its own totals, and return the number of the last page."""
        total = int(answer.need("totalItems"))  # a number may come as 7.0
        pages = -(-total // most)
        self.session.relation(answer, ("totalItems",), ">=", len(self.users), _PAGE)
        self.session.same(answer, ("currentPage",), number, _PAGE)
        self.session.same(answer, ("pageSize",), most, _PAGE)
        self.session.same(answer, ("totalPages",), pages, _PAGE)
        self.session.same(answer, ("hasNextPage",), number < pages, _PAGE)
        self.session.same(answer, ("hasPreviousPage",), number > 1, _PAGE)
        count = max(0, min(most, total - (number - 1) * most))
        if count:
            answer.need("data", count - 1)
        self.session.same(answer, ("data", count), NOTHING, _PAGE)
        return pages

    @precondition(lambda self: self.users)
    @rule(user=SOME)
    def get_user(self, user: int) -> None:
        """get_user."""
        user_id = at_number(list(self.users), user)
        answer = self.session.ok(self.session.call("get_user", {"userId": user_id}))
        self.shows(answer, (), self.users[user_id], USER, _WRITTEN)

    @precondition(lambda self: self.users)
    @rule(user=SOME, by=st.integers(1, 7))
    def find_user(self, user: int, by: int) -> None:
        """find_user by some of what the user is known by, and by something that no user is known by."""
        known = at_number(list(self.users.values()), user)
        wanted = {name: known[name] for bit, name in enumerate(CONTACTS) if by >> bit & 1 and name in known}
        if wanted:
            self._find(wanted)
        for bit, name in enumerate(CONTACTS):
            if by >> bit & 1:
                asked = {**wanted, name: self.own_id(f"nobody's {name}")}
                self.session.refused(self.session.call("find_user", query=asked), (404,), _ALL_FIT)
        for name, value in wanted.items():
            for near in (value[: len(value) // 2], value[:-1], value[1:], f"{value}0", value.swapcase()):
                if near not in {each.get(name) for each in self.users.values()}:
                    # Not every part of an address is one.
                    self.session.refused(self.session.call("find_user", query={name: near}), (400, 404), _WHOLE)

    def _find(self, wanted: dict[str, str]) -> None:
        answer = self.session.ok(self.session.call("find_user", query=wanted), _FOUND)
        fitting = [each["id"] for each in self.users.values() if wanted.items() <= each.items()]
        self.session.relation(answer, ("user", "id"), "in", fitting, _FOUND if len(wanted) == 1 else _ALL_FIT)
        user_id = answer.need("user", "id")
        if user_id in self.users:
            self.shows(answer, ("user",), self.users[user_id], USER, _WRITTEN)
        expected = [known.id for known in self.known.values() if known.shown["conversationUserId"] == user_id]
        if sorted(map(str, answer.need("conversationIds"))) != sorted(expected):
            self.session.same(answer, ("conversationIds",), expected, _CONVERSATIONS)

    @precondition(lambda self: self.users)
    @rule(user=SOME)
    def delete_user(self, user: int) -> None:
        """delete_user: the user is gone everywhere, with all conversations, and no other user is."""
        user_id = at_number(list(self.users), user)
        lost = self.users[user_id]
        self.session.ok(self.session.call("delete_user", {"userId": user_id}))
        del self.users[user_id]
        self.gone_users.append(user_id)
        self.addresses = {address: known for address, known in self.addresses.items() if known != user_id}
        doomed = [known for known in self.known.values() if known.shown["conversationUserId"] == user_id]
        for known in doomed:
            del self.known[known.id]
            self.gone.append(known.id)
        self._nobody(user_id, GONE)
        for name in CONTACTS:
            if name in lost and not any(each.get(name) == lost[name] for each in self.users.values()):
                self.session.refused(self.session.call("find_user", query={name: lost[name]}), (404,), GONE)
        for known in doomed[:2]:
            self._absent(known.id, _ONE_STORE)
        self._list({"userId": user_id}, _ONE_STORE)
        for number in range(min(3, len(self.users))):
            self.get_user(number)

    def _nobody(self, user_id: str, promise: Promise, *, other: bool = False) -> None:
        """No operation knows this user."""
        for operation in ("get_user", "delete_user"):
            answer = self.session.call(operation, {"userId": user_id}, credential="other" if other else "own")
            self.session.refused(answer, (404,), promise)

    @rule()
    def miss_user(self) -> None:
        """Ask for an id that nobody has, and search for nothing."""
        self._nobody(self.own_id("nobody"), _UNKNOWN)
        self.session.refused(self.session.call("find_user"), (400,), _NOTHING_ASKED)

    @precondition(lambda self: self.users and self.session.target.other)
    @rule(user=SOME)
    def intrude_on_user(self, user: int) -> None:
        """Another agent's key finds no user of this one, and may have one with the same contacts."""
        user_id = at_number(list(self.users), user)
        known = self.users[user_id]
        if user_id not in self.theirs:
            self._nobody(user_id, OWN, other=True)
        contacts = {name: known[name] for name in CONTACTS if name in known}
        for name, value in contacts.items():
            answer = self.session.call("find_user", query={name: value}, credential="other")
            if answer.status == 200:  # the other agent has made one of its own
                self.session.relation(answer, ("user", "id"), "!=", user_id, OWN)
        if contacts:
            # An earlier run may have made it, where the server remembers.
            created = (201, 400) if self.real or self.their_contacts & {*contacts.values()} else (201,)
            body = {"firstName": "Theirs", "lastName": "Alone", **contacts}
            self.session.refused(self.session.call("create_user", body=body, credential="other"), created, OWN)
            self.their_contacts |= {*contacts.values()}
        self.get_user(user)
