"""What commands print, at a terminal and elsewhere."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest.mock import Mock

import click
import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

import causerie_mock
from causerie import Outcome
from causerie.cli._output import Output, console, plain
from causerie.cli._table import Columns, fields
from causerie.cli._text import escaped, one_line, visible
from causerie.raia.chat import _show
from causerie.testing import no_waiting
from causerie_api.raia.models import ConversationMessage

from .conftest import Done, Shell

ID = "5f7b1b3b-3b3b-4b3b-3b3b-3b3b3b3b3b3b"
LIST = ("raia", "conversations", "list")
OBEYED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
ROWS = st.lists(
    st.dictionaries(st.sampled_from(["id", "title", "userId", "tags", "n"]), VALUES), min_size=1, max_size=4
)


def drawn(renderable: Any) -> str:
    """Return what a console of 80 columns draws."""
    console = Console(width=80, color_system=None)
    with console.capture() as captured:
        console.print(renderable)
    return captured.get()


@given(st.text())
def test_visible(text: str) -> None:
    """No text of a vendor has a terminal do anything."""
    assert not OBEYED.search(visible(text))
    assert not OBEYED.search(one_line(text))
    assert 1 >= len(one_line(text).splitlines())


@given(VALUES)
def test_escaped(value: Any) -> None:
    """JSON that a terminal does not obey means the same."""
    shown = escaped(json.dumps(value, ensure_ascii=False))
    plain = escaped(json.dumps(value, ensure_ascii=False), ascii_only=True)

    assert not OBEYED.search(shown)
    assert plain.isascii()
    assert not OBEYED.search(plain)
    assert [value, value] == [json.loads(shown), json.loads(plain)]


@settings(max_examples=20)
@given(ROWS)
def test_columns_fit(rows: list[dict[str, Any]]) -> None:
    """Columns that nobody asked for fit into the width, and each row is a line."""
    columns = Columns(rows, 80, ())
    lines = drawn(columns.table(rows, header=False)).splitlines()

    assert 80 >= sum(columns.widths.values()) + 2 * len(columns.widths) - 2
    assert not columns.widths or len(rows) == len(lines)


@settings(max_examples=20)
@given(st.dictionaries(st.text(min_size=1), VALUES, min_size=1))
def test_fields(row: dict[str, Any]) -> None:
    """Whatever an object holds can be drawn."""
    assert not OBEYED.search(drawn(fields(row, (), 80)).replace("\n", ""))


@pytest.mark.parametrize(
    ("width", "lines"),
    [
        (24, ["aVeryLongNameOfAKey  abc", "id"]),
        (22, ["aVeryLongNameOfA…  abc", "id"]),
        (15, ["aVeryLong…  abc", "id"]),
        (7, ["a…  abc", "id"]),
        (6, ["a…  ab", "    c", "id"]),
    ],
)
def test_keys_leave_room(width: int, lines: list[str]) -> None:
    """Keys are cut before values are, down to a third of the width."""
    row = {"aVeryLongNameOfAKey": "abc", "id": ""}
    console = Console(width=width, color_system=None)
    with console.capture() as captured:
        console.print(fields(row, (), width))

    assert lines == [line.rstrip() for line in captured.get().splitlines()]


def test_columns_are_chosen() -> None:
    """What says most stands first, nested objects are left out, and ids of other things come last."""
    row = {"userId": "u1", "score": 4, "user": {"id": "u1"}, "title": "A", "id": "c1", "mode": None, "tags": ["a", "b"]}
    columns = Columns([row], 80, ())

    assert ["id", "title", "tags", "score", "userId"] == list(columns.widths)
    assert "c1  A      a, b  4      u1" == drawn(columns.table([row], header=False)).rstrip()


def test_columns_are_asked_for() -> None:
    """``--columns`` names keys, those of nested objects with dots; what is not there is empty."""
    rows: list[dict[str, Any]] = [{"id": "c1", "user": {"email": "a@b.c"}}, {"id": "c2", "user": None}]
    columns = Columns(rows, 80, ["user.email", "id", "x.y"])
    header, *lines = drawn(columns.table(rows, header=True)).splitlines()

    assert ["user.email", "id", "x.y"] == header.split()
    assert [["a@b.c", "c1"], ["c2"]] == [line.split() for line in lines]


def test_long_cells_are_cut() -> None:
    """One long text does not push the other columns out; a column too narrow to read is left out."""
    rows: list[dict[str, Any]] = [{"id": "c1", "message": "x" * 500, "title": "y" * 38, "mode": "z" * 20}]
    line = drawn(Columns(rows, 80, ()).table(rows, header=False)).rstrip()

    assert f"c1  {'y' * 38}  {'x' * 35}…" == line


def test_plain() -> None:
    """A result is the vendor's JSON; an error in its place says so."""
    assert [{"error": "no"}, 1] == plain([Outcome(None, RuntimeError("no")), Outcome(1)])  # type: ignore[arg-type]


def test_table_at_a_terminal(shell: Shell) -> None:
    """At a terminal, one object is a line for each key, a list a line for each object, a text itself."""
    shell.terminal()
    state = shell("raia", "conversations", "get", ID)
    states = shell("raia", "conversations", "states")
    answer = shell("raia", "prompts", "send-async", "Hello?")

    assert re.search(r"^title +Conversation Title$", click.unstyle(state.out), re.MULTILINE)
    assert re.search(r"^5f7b1b3b\S+  New +2026-01-01", click.unstyle(states.out), re.MULTILINE)
    assert re.fullmatch(r"[0-9a-f-]{36}\n", answer.out)


def test_columns_of_one_object(shell: Shell) -> None:
    """``--columns`` says what of one object is shown, too."""
    done = shell("raia", "conversations", "get", ID, "--format", "table", "--columns", "title,user.email")

    assert "title       Conversation Title\nuser.email  test@test.com\n" == done.out


def test_json_elsewhere(shell: Shell) -> None:
    """Anywhere else it is JSON, and a table if that is asked for, whose lines do not end in spaces."""
    table = shell("raia", "conversations", "states", "--format", "table")

    assert ["New", "Complete"] == [state["name"] for state in shell("raia", "conversations", "states").json]
    assert ["id", "name", "updatedAt"] == table.out.splitlines()[0].split()
    assert not re.search(" $", table.out, re.MULTILINE)


def test_pages_in_a_table(shell: Shell) -> None:
    """The columns of the first page are those of all pages, under one header."""
    shell.mocks["raia"].seed(conversations=[{"id": f"c{n}", "title": f"{n} of them"} for n in range(6)])
    done = shell(*LIST, "--page-size", "4", "--format", "table", "--columns", "id,title")
    header, *lines = done.out.splitlines()

    assert ["id", "title"] == header.split()
    assert 8 == len(lines)
    assert 1 == len({line.index(" of") for line in lines if " of" in line})


def test_nothing(shell: Shell) -> None:
    """A list without anything says so to people, and is nothing for programs."""
    shell("raia", "conversations", "delete-all", ID)
    table = shell(*LIST, "--search-keyword", "no such thing", "--format", "table")
    lines = shell(*LIST, "--search-keyword", "no such thing")

    assert Done(0, "none\n", "") == table
    assert Done(0, "", "") == lines


@pytest.mark.parametrize(
    ("value", "shown"), [([], "none\n"), (["a", None, 1], "a\n\n1\n"), ("a\x1b[2J", "a\ufffd[2J\n")]
)
def test_other_tables(value: Any, shown: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What is no object is shown line by line."""
    Output("table").print(value)

    assert shown == capsys.readouterr().out


def test_raw(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A file's text is printed as it is, but at a terminal without what a terminal obeys."""
    Output("raw").print("a;\x1b[2J\r\n")
    elsewhere = capsys.readouterr().out
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    Output("raw").print("a;\x1b[2J\r\n")

    assert "a;\x1b[2J\r\n" == elsewhere
    assert "a;\ufffd[2J\n" == capsys.readouterr().out


def test_another_encoding(shell: Shell) -> None:
    """Where output is not UTF-8, JSON means the same, and a table escapes what the encoding has not."""
    shell.mocks["raia"].seed(conversations=[{"id": "c1", "title": "é \U0001f600"}])
    shell.monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(document := io.BytesIO(), encoding="latin-1"))
    shell("raia", "conversations", "get", "c1")
    shell.monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(table := io.BytesIO(), encoding="latin-1"))
    shell("raia", "conversations", "get", "c1", "--format", "table", "--columns", "title")

    assert document.getvalue().isascii()
    assert "é \U0001f600" == json.loads(document.getvalue())["title"]
    assert b"title  \xe9 \\U0001f600\n" == table.getvalue()


def test_raw_in_another_encoding(monkeypatch: pytest.MonkeyPatch) -> None:
    """A vendor's file is not text of the system's, and stays UTF-8."""
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(printed := io.BytesIO(), encoding="latin-1"))
    Output("raw").print("é;\U0001f600\r\n")

    assert "é;\U0001f600\r\n".encode() == printed.getvalue()


class Interrupted:
    """Changes a conversation's title between two looks, and interrupts after a few."""

    def __init__(self, mock: causerie_mock.Mock) -> None:
        self.mock = mock
        self.looks = 0

    def __call__(self, seconds: float) -> None:
        self.looks += 1
        if self.looks == 2:
            self.mock.seed(conversations=[{"id": "c1", "title": "Another"}])
        if self.looks == 4:
            raise KeyboardInterrupt


@pytest.mark.parametrize("format_", ["json", "table"])
def test_watch(format_: str, shell: Shell) -> None:
    """``--watch`` prints what changes, and ends silently when it is interrupted."""
    waits = Interrupted(shell.mocks["raia"])
    with no_waiting(waits):
        done = shell(*LIST, "--watch", "2", "--format", format_)

    assert (130, "") == (done.code, done.err)
    assert 4 == waits.looks
    assert 1 == done.out.count("Another")
    if format_ == "json":
        assert [2, 3] == [len(line) for line in done.lines]


def test_watch_one(shell: Shell) -> None:
    """One object is watched as well as a list."""
    with no_waiting(Interrupted(shell.mocks["raia"])):
        done = shell("raia", "conversations", "get", ID, "--watch", "2")

    assert [ID] == [line["id"] for line in done.lines]


@pytest.mark.parametrize("format_", ["json", "table"])
def test_watch_at_a_terminal(format_: str, shell: Shell) -> None:
    """A terminal is redrawn in place."""
    shell.terminal()
    with no_waiting(Interrupted(shell.mocks["raia"])):
        done = shell(*LIST, "--watch", "2", "--format", format_)

    assert 130 == done.code
    assert "\x1b[2K" in done.out
    assert "Another" in done.out


def test_writes_are_not_watched(shell: Shell) -> None:
    """Only commands that read can be watched."""
    assert "No such option" in shell("raia", "messages", "send", ID, "Hi", "--watch", "2").err


def test_chat(shell: Shell) -> None:
    """Questions through a pipe are answered one by one, after what was said before."""
    conversation = shell("raia", "conversations", "create", ID).json["id"]
    shell("raia", "messages", "send", conversation, "Before")
    shell.type("Hello", "", "Bye")
    done = shell("raia", "chat", conversation)

    assert (0, "") == (done.code, done.err)
    assert [
        "you    Before",
        "agent  You said: Before",
        "agent  You said: Hello",
        "agent  You said: Bye",
    ] == done.out.splitlines()


def test_chat_without_history(shell: Shell) -> None:
    """``--history 0`` shows nothing of it, and does not ask for it."""
    shell.type()

    assert Done(0, "", "") == shell("raia", "chat", ID, "--history", "0")
    assert 0 == len(shell.mocks["raia"].requests)


def test_chat_fails(shell: Shell) -> None:
    """Through a pipe, the first question that fails ends the chat."""
    shell.type("Hello", "Bye")
    done = shell("raia", "chat", ID, "--wait", "5")  # a human has this conversation

    assert 6 == done.code
    assert 1 == len(shell.mocks["raia"].requests.matching(operation="send_message_async"))
    assert "causerie raia messages wait" in done.err


def test_chat_at_a_terminal(shell: Shell) -> None:
    """At a terminal, a failure is said, and the next question may do better; Ctrl-D ends it."""
    conversation = shell("raia", "conversations", "create", ID).json["id"]
    shell.mocks["raia"].faults.add("status", status=500, operation="send_message_async")
    shell.terminal("Hello", "  ", "Again")
    done = shell("raia", "chat", conversation, "--retries", "0")

    assert 0 == done.code
    assert done.err.startswith("Error: POST /external/conversations/{conversationId}/messages/async: answered 500")
    assert "You said: Again" in done.out
    assert "You said: Hello" not in done.out


def test_chat_with_output_at_a_terminal(shell: Shell) -> None:
    """Questions through a pipe end with the first that fails, wherever the answers go."""
    shell.type("Hello", "Bye")
    shell.monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    done = shell("raia", "chat", ID, "--wait", "5")

    assert 6 == done.code
    assert 1 == len(shell.mocks["raia"].requests.matching(operation="send_message_async"))


def test_chat_with_output_elsewhere(shell: Shell) -> None:
    """A person who types questions sees the prompt and what fails, though the answers go through a pipe."""
    conversation = shell("raia", "conversations", "create", ID).json["id"]
    shell.mocks["raia"].faults.add("status", status=500, operation="send_message_async")
    shell.type("Hello", "Again")
    shell.monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    done = shell("raia", "chat", conversation, "--retries", "0")

    assert (0, "agent  You said: Again\n") == (done.code, done.out)
    assert re.fullmatch(r"you    Error: POST .*\nyou    you    \n", done.err)


def test_chat_does_not_wrap(shell: Shell) -> None:
    """A pipe has each message as it is; a terminal wraps it itself."""
    conversation = shell("raia", "conversations", "create", ID).json["id"]
    message = f"{'word ' * 40}https://example.com/{'a' * 120}"
    shell("raia", "messages", "send", conversation, f"{message}\tend")
    shell.type()
    elsewhere = shell("raia", "chat", conversation)
    shell.terminal()
    there = shell("raia", "chat", conversation)

    assert [f"you    {message}\tend", f"agent  You said: {message}\tend"] == elsewhere.out.splitlines()
    assert f"agent  You said: {message} " in click.unstyle(there.out)


@pytest.mark.parametrize("is_terminal", [False, True])
@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ({"senderRole": "evil\x1b]0;owned\x07\n\x1b[2J", "message": "hi"}, "evil\ufffd]0;owned\ufffd \ufffd[2J hi"),
        ({"senderRole": "assistant", "message": None}, "agent  "),
        ({"senderRole": 7, "message": 5}, "7      5"),
        ({"senderRole": ["a"], "message": {"b": 1}}, 'a      {"b":1}'),
        ({}, "       "),
    ],
)
def test_chat_shows_anything(
    sent: dict[str, Any],
    shown: str,
    is_terminal: bool,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Messages that are not what the document says are shown all the same, without what a terminal obeys."""
    monkeypatch.setattr("sys.stdout.isatty", lambda: is_terminal)
    _show(console(), ConversationMessage.from_dict(sent))

    assert f"{shown}\n" == click.unstyle(capsys.readouterr().out)


def test_chat_takes_text_alone(shell: Shell) -> None:
    """Bytes that are no text end the chat, and are not sent."""
    done = subprocess.run(
        [Path(sys.executable).with_name("causerie"), "raia", "chat", ID, "--history", "0"],
        check=False,
        input=b"\xff\nHello\n",
        capture_output=True,
    )

    assert (1, b"") == (done.returncode, done.stdout)
    assert rb"Error: '\udcff' cannot be sent: it has bytes of another encoding" == done.stderr.strip()
    assert 0 == len(shell.mocks["raia"].requests)


@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_chat_goes_on_after_bytes(encoding: str, shell: Shell) -> None:
    """At a terminal, the next line may be text."""
    conversation = shell("raia", "conversations", "create", ID).json["id"]
    typed = io.TextIOWrapper(io.BytesIO(b"\xff\nAgain\n"), encoding=encoding)
    shell.monkeypatch.setattr(typed, "isatty", lambda: True)
    shell.monkeypatch.setattr(sys, "stdin", typed)
    done = shell("raia", "chat", conversation)

    assert (0, "agent  You said: Again\n") == (done.code, done.out)
    assert r"'\udcff' cannot be sent" in done.err


@pytest.mark.parametrize(
    ("readline", "prompt"),
    [(ModuleType("readline"), "\x01\x1b[1m\x02you    \x01\x1b[0m\x02"), (None, "you    ")],
    ids=["readline", "none"],
)
def test_prompt(readline: ModuleType | None, prompt: str, shell: Shell) -> None:
    """The prompt is readline's, which learns what takes no room; without readline, it is plain."""
    shell.monkeypatch.setitem(sys.modules, "readline", readline)
    shell.monkeypatch.setattr("builtins.input", ended := Mock(side_effect=EOFError))
    shell.terminal()
    done = shell("raia", "chat", ID, "--history", "0")

    assert Done(0, "\n", "") == done
    ended.assert_called_once_with(prompt)


def test_json_is_the_vendors(shell: Shell) -> None:
    """Keys and values that the document does not know are printed too."""
    listed = shell(*LIST)
    sent = orjson.loads(shell.mocks["raia"].requests.one().reply.body)["data"]

    assert sent == listed.lines
