"""How far a run is, for whoever waits for it."""

from __future__ import annotations

import contextlib
import shutil
import time
from typing import TextIO

#: Seconds between two looks of a line that changes.
_PAUSE = 0.1
_CLEAR = "\r\x1b[2K"


class Progress:
    """Is told of each phase of a run and of each request, and tells nobody."""

    def begin(self, vendor: str, phase: str) -> None:
        """Note that a phase begins."""

    def count(self) -> None:
        """Note that a request was sent."""

    def end(self) -> None:
        """Note that the phase is over."""


#: For a run that nobody waits for.
SILENT = Progress()


class Lines(Progress):
    """Writes a line for each phase."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def begin(self, vendor: str, phase: str) -> None:
        """Write which phase begins."""
        _write(self._stream, f"{vendor}: {phase}\n")


class LiveLine(Progress):
    """Keeps one line of a terminal up to date while a phase lasts."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._name = ""
        self._requests = 0
        self._began = self._shown = 0.0

    def begin(self, vendor: str, phase: str) -> None:
        """Show which phase begins."""
        self._name, self._requests = f"{vendor}: {phase}", 0
        self._began = time.monotonic()
        self._show(self._began)

    def count(self) -> None:
        """Show how many requests were sent, now and then."""
        self._requests += 1
        now = time.monotonic()
        if now - self._shown >= _PAUSE:
            self._show(now)

    def end(self) -> None:
        """Take the line away."""
        _write(self._stream, _CLEAR)

    def _show(self, now: float) -> None:
        self._shown = now
        line = f"{self._name}, {self._requests:,} requests, {now - self._began:.0f} s"
        _write(self._stream, _CLEAR + line[: shutil.get_terminal_size().columns - 1])


def progress_on(stream: TextIO | None) -> Progress:
    """Return a progress display for `stream`: a line that changes on a terminal, and lines elsewhere."""
    if stream is None or stream.closed:
        return SILENT
    return LiveLine(stream) if stream.isatty() else Lines(stream)


def _write(stream: TextIO, text: str) -> None:
    with contextlib.suppress(OSError, ValueError):  # a run goes on where nobody can be told of it
        stream.write(text)
        stream.flush()
