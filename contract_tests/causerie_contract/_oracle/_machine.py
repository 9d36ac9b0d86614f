"""The common part of all vendors' state machines."""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection
from typing import Any, ClassVar, TypeVar, cast

from hypothesis import stateful
from hypothesis.stateful import RuleBasedStateMachine

from causerie_spec.pointer import Pointer

from ._answer import Answer
from ._promise import Lacking, Promise
from ._session import Session
from ._value import NOTHING

_Rule = TypeVar("_Rule", bound=Callable[..., None])

#: Texts that a careless server changes.
TEXTS = (
    "Anna",
    " Padded  text ",
    "MiXeD cAsE",
    # Composed and decomposed letters, pairs and joined signs, another direction, and a space without width.
    "Grüße aus 東京 🙂 Zoe\u0308 👩\u200d👧 \u05e9\u05dc\u05d5\u05dd \u200b.",
    "",
    "line\nbreak\tand tab",
    "<b>&amp;</b> \"quoted\" 'single' \\",
    "0",
    "null",
    "x" * 255,
)

#: Objects that a careless server changes.
OBJECTS: tuple[dict[str, Any], ...] = (
    {"key1": "value1"},
    {},
    {"b": [2, 1, 1], "a": {"deep": [None, True, 0.5, "", False, 0, {}, []], "empty": {}}},
    {
        "MiXeD": " padded ",
        "nothing": None,
        "false": False,
        "zero": 0,
        "text": "",
        "list": [],
        "empty": {},
        "large": 2**53 - 1,
    },
)


def rule(**strategies: Any) -> Callable[[_Rule], _Rule]:
    """Make a rule of Hypothesis of a method; without an operation that the server lacks, the sequence goes on."""
    mark: Callable[[_Rule], _Rule] = stateful.rule(**strategies)

    def made(method: _Rule) -> _Rule:
        @functools.wraps(method)
        def passing(self: Machine, *arguments: Any, **values: Any) -> None:
            self.where_there(functools.partial(method, self, *arguments, **values), method.__name__)

        return mark(cast("_Rule", passing))

    return made


class Machine(RuleBasedStateMachine):
    """Sequences of requests to one vendor."""

    #: Sequences that are the same every time.
    chapters: ClassVar[tuple[Callable[[Any], None], ...]] = ()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.real = session.target.real
        self.own_id = session.own_id

    def where_there(self, step: Callable[[], None], name: str = "the beginning") -> None:
        """Take a step of a sequence, as far as the server has what it needs."""
        try:
            step()
        except Lacking as lacking:
            self.session.pass_over(name, lacking.operation)

    def set_option(self, name: str, value: Any) -> bool:
        """Set an option of the mock; return whether the server has options, which a real one does not."""
        option = self.session.target.option
        if option is None or self.real:
            return False
        # Requests alone do not lead there, so no printed test could be right.
        self.session.is_repeatable &= not option(name, value)
        return True

    def unwritten(
        self, answer: Answer, at: Pointer, record: dict[str, Any], names: Collection[str], promise: Promise
    ) -> None:
        """Expect a new record to lack those of these fields that nobody has written.

        What it has there is expected from now on, where it is not to fail.
        """
        for name in names:
            if name not in record:
                self.session.same(answer, (*at, name), NOTHING, promise)
                if answer.at(*at, name) is not NOTHING:
                    record[name] = answer.at(*at, name)

    def shows(
        self, answer: Answer, at: Pointer, expected: dict[str, Any], promises: dict[str, Promise], other: Promise
    ) -> None:
        """Expect all of `expected` in an object of an answer, and of the fields in `promises` no others.

        What it has in place of it is expected from now on, where it is not to fail.
        """
        for name in dict.fromkeys([*promises, *expected]):
            self.session.same(answer, (*at, name), expected.get(name, NOTHING), promises.get(name, other))
            actual = answer.at(*at, name)
            if actual is not NOTHING:
                self.session.describes(answer, (*at, name))
                expected[name] = actual
            else:
                expected.pop(name, None)
