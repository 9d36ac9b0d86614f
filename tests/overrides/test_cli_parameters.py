"""What annotations and docstrings become on a command line."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from causerie import ArgumentError, ReplyTimeoutError
from causerie._vendor import vendors
from causerie.cli import _hints
from causerie.cli._docstring import description, sentence
from causerie.cli._failure import as_failures, failure
from causerie.cli._parameters import JSONObject, JSONValue, Moment, accepted, parameters
from causerie.cli._vendors import methods, resources
from causerie_api.raia.models import ConversationStatus, MessageAttachment
from causerie_api.unset import Unset
from causerie_api.zild.models import IntegrationType

if TYPE_CHECKING:
    import decimal
    from fractions import Fraction as Ratio

FILE = '{"fileName": "a.png", "storagePath": "x/a.png"}'


@pytest.mark.parametrize(
    ("annotation", "typed", "value"),
    [
        (str, "--", "--"),
        (str | Unset | None, "a", "a"),
        (int | Unset, "-3", -3),
        (float, "4.5", 4.5),
        (bool | Unset, "yes", True),
        (Any, "[1]", [1]),
        (Any | Unset, "web-chat", "web-chat"),
        (Literal["json", "csv"], "csv", "csv"),
        (ConversationStatus | str | Unset, "archived", "archived"),
        (IntegrationType | int | Unset, "18", 18),
        (datetime | str | Unset, "2026-01-01T00:00:00Z", datetime(2026, 1, 1, tzinfo=UTC)),
        (int | datetime | Unset, "12", 12),
        (int | datetime | Unset, "2026-01-01T00:00:00+00:00", datetime(2026, 1, 1, tzinfo=UTC)),
        (dict[str, Any] | Unset, '{"a": null}', {"a": None}),
        (Mapping[str, str] | None, '{"a": "b"}', {"a": "b"}),
        (MessageAttachment, FILE, MessageAttachment(file_name="a.png", storage_path="x/a.png")),
        (str | os.PathLike[str], "a.png", Path("a.png")),
    ],
)
def test_accepted(annotation: Any, typed: str, value: Any) -> None:
    """What is typed becomes a value of the annotation."""
    assert (value, False) == (accepted(annotation).type.convert(typed, None, None), accepted(annotation).many)


@pytest.mark.parametrize("annotation", [list[str], Iterable[str] | Unset, set[str] | None])
def test_many(annotation: Any) -> None:
    """A list is given value by value."""
    assert ("text", True) == (accepted(annotation).type.name, accepted(annotation).many)


@pytest.mark.parametrize("annotation", [complex, bytes, object | None])
def test_not_accepted(annotation: Any) -> None:
    """An annotation that nothing can be typed for is an error, not a guess."""
    with pytest.raises(TypeError, match="cannot be given on a command line"):
        accepted(annotation)


@settings(max_examples=20)
@given(st.datetimes(timezones=st.integers(-1439, 1439).map(lambda minutes: timezone(timedelta(minutes=minutes)))))
def test_moments(moment: datetime) -> None:
    """Any time with a zone can be typed."""
    assert moment == Moment(seconds=False).convert(moment.isoformat(), None, None)


def test_file(tmp_path: Path) -> None:
    """JSON after an @ is in a file: a secret in it shows in no list of processes."""
    (file := tmp_path / "headers.json").write_text('{"authorization": "the-secret"}')

    assert {"authorization": "the-secret"} == JSONObject().convert(f"@{file}", None, None)
    with pytest.raises(click.BadParameter, match="cannot be read: No such file"):
        JSONObject().convert(f"@{tmp_path / 'none'}", None, None)


def test_text_that_looks_like_json() -> None:
    """Where any value is right, a number that JSON's readers disagree on is a text."""
    assert str(2**70) == JSONValue().convert(str(2**70), None, None)


def exact(number: decimal.Decimal, ratio: Ratio) -> None:
    """Have types that are there for type checkers only."""


def test_names_for_type_checkers() -> None:
    """Names below ``if TYPE_CHECKING:`` are known: imported modules, imported names, and those of their like."""
    import decimal
    import fractions

    import causerie.convocore.conversations
    from causerie_api import annotations

    assert {"number": decimal.Decimal, "ratio": fractions.Fraction} == _hints.hints(exact)
    assert "user_name" in annotations.names(causerie.convocore.conversations)["ConversationParams"].__annotations__


def example(conversation_id: str, *, mode: str = "ai") -> None:
    """Answer by ``mode``: a ``Conversation`` comes back. ``conversation_id`` is what
    ``create`` gives, read-
    only; ``.data`` has it. ``mode="manual"`` is a human.

    Raises ``NotFoundError``. Nothing else.
    """  # noqa: D205 - a sentence that goes on over lines, as some do


def test_description() -> None:
    """Parameters are spelled as they are typed, and what only Python can do is left out."""
    spelled = {"conversation_id": "CONVERSATION_ID", "mode": "--mode"}

    assert (
        "Answer by --mode. CONVERSATION_ID is what create gives, read-only. --mode manual is a human.\n\nNothing else."
    ) == description(example, spelled)
    assert "Answer by --mode." == sentence(example)


def test_sentences() -> None:
    """Options say what the document says of the fields that they become, of a body or of an object in it."""
    kind = resources(vendors()["convocore"])["conversations"]
    found = {each.name: each.help for each in parameters(methods(kind)["send"]) if isinstance(each, click.Option)}

    assert "One text." == found["message"]
    assert "True to check and plan and deliver nothing." == found["dry_run"]


def test_argument_without_an_option() -> None:
    """An argument that was not typed is named all the same."""
    with (
        pytest.raises(click.UsageError, match=r"^id: not one\.$"),
        as_failures(click.Context(click.Command("x")), "key", vendors()["raia"]),
    ):
        raise ArgumentError("id", "not one")


@pytest.mark.parametrize(
    ("conversation_id", "message_id", "said"),
    [
        ("c1", "m1", "; go on waiting with causerie raia messages wait c1 m1"),
        (None, "p 1", "; go on waiting with causerie raia prompts wait 'p 1'"),
        ("c1", "it's", """; go on waiting with messages.wait('c1', "it's")"""),
    ],
)
def test_going_on(conversation_id: str | None, message_id: str, said: str) -> None:
    """The call that goes on waiting is a command, for a prompt as well; ids that a shell would read are quoted."""
    assert failure(ReplyTimeoutError(conversation_id, message_id, 1), vendors()["raia"]).sentence.endswith(said)
