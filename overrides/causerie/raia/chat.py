"""``causerie raia chat``: questions and answers in one conversation."""

from __future__ import annotations

import contextlib
import re
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.text import Text

from .._errors import CauserieError
from ..cli._command import Command, Failure
from ..cli._connection import connected, settings
from ..cli._failure import failure
from ..cli._output import console
from ..cli._parameters import Seconds
from ..cli._table import text
from ..cli._text import one_line, visible
from .vendor import VENDOR

if TYPE_CHECKING:
    from causerie_api.raia.models import ConversationMessage

_WHO = {"conversation_user": "you", "assistant": "agent", "manual_assistant": "human"}
_YOU = f"{'you':<6} "


def _chat(conversation_id: str, wait: float, history: int, **given: Any) -> None:
    terminal = console()
    with connected(VENDOR, click.get_current_context(), given) as raia:
        for message in raia.messages.list(conversation_id)[-history:] if history else ():
            _show(terminal, message)
        for question in _questions(terminal):
            try:
                _check(question)
                with terminal.status("waiting for the answer"):
                    answer = raia.messages.send_and_wait(conversation_id, question, timeout=wait)
            except (Failure, CauserieError) as error:
                if not sys.stdin.isatty():
                    raise
                failed = failure(error, VENDOR) if isinstance(error, CauserieError) else error
                click.echo(f"Error: {failed.sentence}", err=True)
            else:
                _show(terminal, answer)


def _check(question: str) -> None:
    try:
        question.encode()
    except UnicodeEncodeError:
        raise Failure(f"{question!r} cannot be sent: it has bytes of another encoding") from None


def _show(terminal: Console, message: ConversationMessage) -> None:
    # Read from the raw message: the vendor may send values that the document does not describe.
    sent = message.to_dict()
    role = text(sent.get("senderRole"))
    who, said = f"{_WHO.get(role, one_line(role)):<6} ", visible(text(sent.get("message")))
    if terminal.is_terminal:
        terminal.print(Text(who, style="bold"), Text(said), sep="", soft_wrap=True)
    else:
        click.echo(f"{who}{said}")


def _questions(terminal: Console) -> Iterator[str]:
    """Yield the lines that the user types, or that come through a pipe."""
    lines = _typed(terminal) if sys.stdin.isatty() else sys.stdin
    yield from filter(None, map(str.strip, lines))


def _typed(terminal: Console) -> Iterator[str]:
    prompt = _prompt(terminal)
    with contextlib.suppress(EOFError):
        while True:
            if not terminal.is_terminal:  # the output is for the answers alone, so the prompt goes to stderr
                click.echo(prompt, err=True, nl=False)
            yield input(prompt if terminal.is_terminal else "")
    click.echo(err=not terminal.is_terminal)


def _prompt(terminal: Console) -> str:
    try:
        import readline  # noqa: F401, PLC0415 - arrows and a history at the prompt; Windows has its own
    except ImportError:
        return _YOU
    with terminal.capture() as drawn:
        terminal.print(Text(_YOU, style="bold"), end="")
    # The marks tell readline which characters take up no width on the line.
    return re.sub("(\x1b\\[[0-9;]*m)", "\x01\\1\x02", drawn.get())


chat = Command(
    "chat",
    own=[
        click.Argument(["conversation_id"]),
        click.Option(
            ["--wait"],
            metavar="SECONDS",
            type=Seconds(),
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
    shared=list(settings(VENDOR)),
    callback=_chat,
    help="""Talk with the agent in a conversation.

    The conversation's last messages are shown first. Then every line that you type is sent as a question, and its
    answer is shown. Ctrl-D ends the chat. Questions may also come through a pipe; then the first one that fails ends
    the chat.
    """,
)
