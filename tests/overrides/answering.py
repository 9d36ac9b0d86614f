"""A server on a socket that gives one answer, as bytes, to whatever is asked, and counts."""

from __future__ import annotations

import contextlib
import socketserver
import threading
from collections.abc import Iterable
from typing import Any, Self


class Server:
    """Answers every request with ``pieces``; with None it keeps silent."""

    def __init__(self, pieces: Iterable[bytes] | None = ()) -> None:
        self.pieces = pieces
        self.requests: list[bytes] = []
        self.came = threading.Event()
        """Set once there has been a request."""
        self._is_over = threading.Event()
        server = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                with contextlib.suppress(OSError):  # a client may leave in between
                    server._answer(self.rfile, self.wfile)

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def _answer(self, reading: Any, writing: Any) -> None:
        head = b"".join(iter(reading.readline, b"\r\n"))
        fields = dict(line.lower().split(b": ", 1) for line in head.splitlines()[1:])
        reading.read(int(fields.get(b"content-length", 0)))
        self.requests.append(head)
        self.came.set()
        if self.pieces is None:
            self._is_over.wait()
        else:
            for piece in self.pieces:
                writing.write(piece)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._is_over.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def answer(status: int, body: bytes, *headers: str) -> list[bytes]:
    """Return the bytes of an answer, after which the connection ends."""
    head = "\r\n".join([f"HTTP/1.1 {status} Status", f"Content-Length: {len(body)}", "Connection: close", *headers])
    return [head.encode("latin-1") + b"\r\n\r\n", body]
