"""``palaver raia chat``: questions and answers in one conversation."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.text import Text

from .._errors import PalaverError
from ._command import Command
from ._connection import RAIA
from ._failure import failure
from ._output import console
from ._text import visible

if TYPE_CHECKING:
    from palaver_api.raia.models import ConversationMessage

_WHO = {"conversation_user": "you", "assistant": "agent", "manual_assistant": "human"}


def _chat(conversation_id: str, wait: float, history: int, **settings: Any) -> None:
    terminal = console()
    with RAIA.connected(click.get_current_context(), settings) as raia:
        for message in raia.messages.list(conversation_id)[-history:] if history else ():
            _show(terminal, message)
        for question in _questions(terminal):
            try:
                with terminal.status("waiting for the answer"):
                    answer = raia.messages.send_and_wait(conversation_id, question, timeout=wait)
            except PalaverError as error:
                if not terminal.is_terminal:
                    raise
                click.echo(f"Error: {failure(error, RAIA.variable).sentence}", err=True)
            else:
                _show(terminal, answer)


def _show(terminal: Console, message: ConversationMessage) -> None:
    who = _WHO.get(message.sender_role, message.sender_role)
    terminal.print(Text(f"{who:<6} ", style="bold"), Text(visible(message.message)), sep="")


def _questions(terminal: Console) -> Iterator[str]:
    """What the user types, or what comes through a pipe, line by line."""
    if not sys.stdin.isatty():
        yield from filter(None, map(str.strip, sys.stdin))
        return
    with contextlib.suppress(ImportError):
        import readline  # noqa: F401, PLC0415 - arrows and a history at the prompt; Windows has its own
    with contextlib.suppress(EOFError):
        while True:
            question = terminal.input(Text("you    ", style="bold")).strip()
            if question:
                yield question
    terminal.print()


chat = Command(
    "chat",
    own=[
        click.Argument(["conversation_id"]),
        click.Option(
            ["--wait"],
            metavar="SECONDS",
            type=float,
            default=60,
            show_default=True,
            help="How long to wait for an answer.",
        ),
        click.Option(
            ["--history"],
            metavar="N",
            type=click.IntRange(min=0),
            default=20,
            show_default=True,
            help="How many of the last messages to show at the start.",
        ),
    ],
    shared=list(RAIA.settings()),
    callback=_chat,
    help="""Talk with the agent in a conversation.

    What was said is shown, then each line is a question, and its answer is waited for. Ctrl-D ends it. Questions may
    come through a pipe, too; the first that fails ends it then.
    """,
)
