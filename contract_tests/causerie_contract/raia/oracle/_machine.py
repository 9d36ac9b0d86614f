"""Sequences of requests to raia."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition

import causerie_mock

from ..._oracle._machine import OBJECTS, TEXTS, rule
from ._agents import Agents
from ._conversations import Conversations
from ._feedbacks import Feedbacks
from ._files import Files
from ._promises import DEFAULT_PAGE
from ._prompts import Prompts
from ._users import Users
from ._values import FAILURE, PEOPLE, SOME
from ._webhooks import Webhooks

#: More polls than an answer takes: what is completed stays so.
_LONG = 8


class Raia(Conversations, Files, Users, Feedbacks, Prompts, Webhooks, Agents):
    """All of it, and the chapters: what must not be left to chance."""

    @initialize(wanted=st.tuples(*[SOME] * 6))
    def begin(self, wanted: tuple[int, ...]) -> None:
        """Something of everything."""
        steps = (
            lambda: self.create(0, "Title q1", "context", OBJECTS[0], 1),
            lambda: self.create(0, "Second Q2", None, None, 0),
            lambda: self.create(1, None, None, OBJECTS[2], 0),
            lambda: self.start("email", 0, "Hello", 7) if not self.real else None,
            lambda: self.start("voice", 1, "Hello there", 0) if not self.real else None,
            lambda: self.send(0, "What is it?", None, 1) if self.known else None,
        )
        for step, number in zip(steps, wanted, strict=True):
            if number:
                step()  # type: ignore[no-untyped-call]  # Hypothesis wraps the rules

    @precondition(lambda self: self.known)
    @rule(conversation=SOME, text=st.sampled_from(TEXTS))
    def take_over(self, conversation: int, text: str) -> None:
        """Take a conversation over as a human, answer a question, and hand it back."""
        self.set_mode(conversation, "manual")
        self.send(conversation, text, None, 0)
        known = self._pick(conversation)
        self._poll(known, known.messages[-1])
        self.send_manually(conversation, text + "!", 1, 1)
        self._poll(known, known.messages[-2 if known.source != "voice" else -1])
        self.set_mode(conversation, "ai")

    # Chapters.

    def texts(self) -> None:
        """Every text in every field that takes one."""
        for number, text in enumerate(TEXTS):
            self.create(0, text, text, OBJECTS[number % len(OBJECTS)], number % 4)
            newest = len(self.known) - 1
            self.update(newest, {"title": text[::-1], "conversationStateId": text})
            self.update(newest, {"title": text, "status": "archived"})
            self.send(newest, text, None, number % 2)
            self.send_async(newest, text, 1 - number % 2, 3 if number else _LONG)
            self.set_mode(newest, "manual")
            self.set_mode(newest, None)
            self.send_manually(newest, text, number % 4, number % 2)
            self.send(newest, text, text, 0)
            if number % 4 == 0:
                self._messages(self._pick(newest), 1 + 2 * (number % 8 > 0))
        for number in range(len(self.known)):
            self.read(number, 0)

    def lists(self) -> None:
        """Pages, orders and filters over conversations of several users, the first of which has changed last."""
        for number in range(5):
            self.create(number % 2, f"List {number}", None, None, 0)
        self.update(2, {"title": "Changed 9"})
        for by in ("createdAt", "updatedAt", None):
            for direction in ("ASC", "DESC", None):
                self.walk(by, direction, 2 + (by is None))
        self.walk(None, None, 1)
        self.sizes()
        self.filter_twice()
        self.create(0, "Off 10% (7[.*\\ now", None, None, 0)
        self.signs()
        for number in range(len(self.known)):
            self.filter_user(number)
            for which in range(3):
                for shift in (-1, 0, 1):
                    self.filter_dates(number, shift, which)
            for field_ in range(6):
                self.search(number, field_)
        for number in range(8):
            self.create(1, f"More {number}", None, None, 0)
        self.list_all()
        self._list({"page": "2"}, DEFAULT_PAGE)

    def starts(self) -> None:
        """Every channel, with and without all details, to the same people again."""
        if self.real:
            return
        self.list_states()
        for person, channels in enumerate((("email", "sms", "voice"), ("voice", "sms"), ("sms", "email"))):
            for number, channel in enumerate(channels):
                self.start(channel, person, TEXTS[person + number], (7, 0, 3)[number])
        self.start("sms", 0, TEXTS[9], 7)
        for number in range(2, len(self.known)):
            for field_ in range(6):
                self.search(number, field_)
        for number in range(2, len(self.known)):
            self.set_mode(number, "manual")
            self.send(number, "Hello?", None, 1)
            self.send_manually(number, "Yes?", 1, 0)
        self.filter_user(2)
        self.intrude(2)
        self.delete(2, again=True)

    def feedbacks(self) -> None:
        """Look at what is there already."""
        for number in range(8):
            self.read(0, number)
            self.read(1, number)
        self.filter_feedbacks(1)
        self.filter_feedbacks(0)
        self.poll(0, 0)
        self.poll(0, 1)
        self.list_states()
        self.list_states()

    def lives(self) -> None:
        """Hand-over, a long conversation, deletion, other people's ids."""
        self.create(0, "Life 1", "context", OBJECTS[2], 0)
        self.create(0, "Life 2", None, None, 0)
        self.create(1, "Life 3", None, None, 0)
        mine = len(self.known) - 3
        self.send_manually(mine, "Too early", 0, 0)
        self.take_over(mine, "Anybody there?")
        for text in ("one", "two", "three", "four", "five", "six"):
            self.send(mine, text, None, 0)
        for number in (3, 4):
            self._messages(self._pick(mine), number)
        self.update(mine, {"title": "Life 4"})
        self.set_mode(mine, "manual")
        self.update(mine, {"context": "else"})
        self.update(mine, {"conversationStateId": "state 5"})
        self.set_mode(mine, None)
        self.set_mode(mine, "ai")
        self.send_async(mine, "later", 0, 1)
        self.send_async(mine, "later still", 0, 0)
        for number in range(4, 20):  # what was answered before keeps its answer
            self.poll(mine, number)
        if self.session.target.other:
            self.intrude(mine)
        self.miss(0)
        self.delete(mine, again=True)
        self.miss(1)
        self.create(0, "Life 5", None, None, 0)
        self.list_all()

    def people(self) -> None:
        """Users by every contact, the same ones again, in conversations, deleted."""
        for person in range(4):
            for known_by in (1 + person, 7 - person, 7, 4):
                self.create_user(person, known_by, person * 2 + known_by % 2)
            self.find_user(len(self.users) - 1, 7)
        self.miss_user()
        for number in range(len(self.users)):
            for by in (1, 2, 4, 7):
                self.find_user(number, by)
        newest = len(self.users) - 1
        self.create(newest if newest > 3 else 4, "Soon gone", None, None, 0)
        self.find_user(newest, 7)
        self.delete(len(self.known) - 1, again=False)
        self.find_user(newest, 7)
        self.create(newest if newest > 3 else 4, "Of a user", None, None, 0)
        self.create(5, "Of another", "context", OBJECTS[0], 0)
        if not self.real:
            for person in range(2):
                self.start("email", person, "Hello", 6)
                self.start("sms", person, "Hello", person)
            for known in [each for each in self.users.values() if {"email", "phoneNumber"} <= each.keys()][:2]:
                self._start("email", {**PEOPLE[0], **known}, "Hello again", 0)
                self._start("sms", {**PEOPLE[0], **known}, "Hello again", 0)
        for number in range(len(self.users)):
            self.find_user(number, 7)
        if self.session.target.other:
            self.intrude_on_user(newest)
            self.intrude_on_user(0)
        for number in (4, newest - 2, 0):
            self.delete_user(number)
        self.list_all()
        self.create_user(0, 7, 1)
        for size in (None, 2):
            for direction in ("ASC", "DESC", None):
                self.list_users(None, size, None, direction)
                self.list_users(2, size, "createdAt", direction)
        self.list_users(99, 100, None, None)
        self.list_users(99, 2, None, None)

    def documents(self) -> None:
        """Files of every name, uploaded and downloaded, in two conversations."""
        self.create(0, "Files 1", None, None, 0)
        self.create(1, "Files 2", None, None, 0)
        newest = len(self.known) - 1
        self.miss_file(newest)
        for number, text in enumerate(TEXTS[:6]):
            self.upload(newest - number % 2, ("image.png", "Ünï côde (1).txt", "A b&C?.PDF")[number % 3], text)
        for number in range(6):
            self.download(number)
        self._messages(self._pick(newest), 1)

    def voting(self) -> None:
        """Votes of several users on several messages, changed and listed."""
        self.create(0, "Votes 1", None, None, 0)
        self.create(1, "Votes 2", None, None, 0)
        self.create_user(0, 2, 0)
        newest = len(self.known) - 1
        for number in range(2):
            self.send(newest - number, "Why?", None, 0)
        self.filter_feedbacks(1)
        for words in range(8):
            self.save_feedback(words, words // 2, words, "up" if words % 3 else "down", words)
            self.save_feedback(words % 2, 0, 0, "down", 7 - words)
        self.filter_feedbacks(1)
        self.filter_feedbacks(0)
        self.vote_on_nothing(0)
        self.list_all()
        self.read(newest, 3)

    def outside(self) -> None:
        """Prompts, webhooks and the agent, which belong to no conversation."""
        for number, text in enumerate(TEXTS):
            self.prompt(text, number % 4)
            self.prompt_async(text, number % 4, number % 4 if number else _LONG)
        for number in range(len(self.prompts)):
            self.poll_prompt(number)
        for number in range(len(self.prompts)):
            self.poll_prompt(number)
        self.prompt_with_file("Why?")
        self.miss_prompt()
        self.read_agent()
        self.all_webhooks()
        self.read_agent()

    def failures(self) -> None:
        """Ask an agent that has no answers."""
        if not self.set_option("reply", _fail):
            return
        self.set_option("pending_polls", 0)
        self.create(0, "Failures", None, None, 0)
        self.send_in_vain(len(self.known) - 1, "Why?")
        self.prompt_in_vain("Why?")

    chapters = (
        texts,
        lists,
        starts,
        feedbacks,
        lives,
        people,
        documents,
        voting,
        outside,
        failures,
        Conversations.reach,
    )


def _fail(_: causerie_mock.Question) -> str:
    raise causerie_mock.ReplyFailed(FAILURE)
