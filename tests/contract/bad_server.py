"""raia as it should not be: `python -m tests.contract.bad_server` says its URL, and starts again when it crashes.

It exits on malformed JSON, omits a required field, accepts invalid bodies, answers undeclared methods with 404 and
ignores query parameters.
"""

from __future__ import annotations

import json
import os
import signal
import socket

import attrs

from causerie_mock import Mock, Reply, Request, serve

#: Valid for every operation.
_VALID = {
    "conversationUserId": "5f7b1b3b-3b3b-4b3b-3b3b-3b3b3b3b3b3b",
    "mode": "manual",
    "message": "Hello",
    "firstName": "John",
    "lastName": "Doe",
    "channel": "sms",
    "phoneNumber": "+1234567890",
    "smsIntroduction": "Hello",
}


class Bad(Mock):
    """A vendor with five faults."""

    def handle(self, request: Request) -> Reply:
        """Return the reply, if there is one."""
        try:
            json.loads(request.body or b"null")
        except ValueError:
            os._exit(1)
        request = attrs.evolve(request, query=b"")
        reply = super().handle(request)
        if reply.status == 405:
            return super().handle(attrs.evolve(request, method="GET", path=b"/nowhere"))
        if reply.status == 400 and request.body:
            reply = super().handle(attrs.evolve(request, body=json.dumps(_VALID).encode()))
        if reply.status == 200 and request.path.endswith(b"/mode"):
            shown = json.loads(reply.body)
            del shown["createdAt"]
            return Reply.json(200, shown)
        return reply


def _end(child: int) -> None:
    os.kill(child, signal.SIGKILL)
    os._exit(0)


def main() -> None:
    """Serve until it is killed, in a child that is replaced when it crashes."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    print(f"http://127.0.0.1:{port}/raia", flush=True)  # noqa: T201 (for the test)
    while (child := os.fork()) != 0:
        signal.signal(signal.SIGTERM, lambda *_, child=child: _end(child))
        os.waitpid(child, 0)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with serve([Bad("raia")], port=port):
        signal.pause()


if __name__ == "__main__":
    main()
