"""raia that dies: `python -m tests.contract.mortal_server OPERATION COUNT` says its URL, and ends at that request."""

from __future__ import annotations

import os
import signal
import sys

from causerie_mock import Mock, Reply, Request, serve


class Mortal(Mock):
    """A vendor that does not survive a request to one operation."""

    def __init__(self, operation: str, count: int) -> None:
        super().__init__("raia")
        self._fatal = operation
        self._left = count

    def handle(self, request: Request) -> Reply:
        """Return the reply, or end the process."""
        operation = self._contract.operation(request.method, request.path)
        self._left -= operation is not None and operation.id == self._fatal
        if not self._left:
            os._exit(1)
        return super().handle(request)


def main() -> None:
    """Serve until it dies."""
    with serve([Mortal(sys.argv[1], int(sys.argv[2]))]) as urls:
        print(urls["raia"], flush=True)  # noqa: T201 (for the test)
        signal.pause()


if __name__ == "__main__":
    main()
