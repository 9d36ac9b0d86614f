"""Bodies that are made of files: read while they are sent, and never held as a whole."""

from __future__ import annotations

import asyncio
import io
import os
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from causerie_codegen.runtime import body, upload
from causerie_codegen.runtime.client import Client
from causerie_codegen.runtime.jsonvalue import EncodeError
from causerie_codegen.runtime.request import Request

SIZE = 200 * 2**20
HELD = 64 * 2**20


class Sent(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Reads what is sent, and keeps its length, its headers and its end."""

    def __init__(self) -> None:
        self.headers: list[httpx.Headers] = []
        self.sizes: list[int] = []
        self.ends: list[bytes] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        assert isinstance(request.stream, httpx.SyncByteStream)
        self._begin(request)
        for piece in request.stream:
            self._take(piece)
        return httpx.Response(204)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        assert isinstance(request.stream, httpx.AsyncByteStream)
        self._begin(request)
        async for piece in request.stream:
            self._take(piece)
        return httpx.Response(204)

    def _begin(self, request: httpx.Request) -> None:
        self.headers.append(request.headers)
        self.sizes.append(0)
        self.ends.append(b"")

    def _take(self, piece: bytes) -> None:
        self.sizes[-1] += len(piece)
        self.ends[-1] = (self.ends[-1] + piece)[-200:]


def request(content: Any) -> Request[Any, Any]:
    return Request("put", "PUT", "/f", "/f", {204: lambda content: None}, content=content)


def blocking(sent: Sent, content: Any, **httpx_args: Any) -> int:
    with Client("https://vendor.test", httpx_args={"transport": sent, **httpx_args}) as client:
        return client.send(request(content)).status_code


def awaited(sent: Sent, content: Any, **httpx_args: Any) -> int:
    async def run() -> int:
        async with Client("https://vendor.test", httpx_args={"transport": sent, **httpx_args}) as client:
            return (await client.send_async(request(content))).status_code

    return asyncio.run(run())


@pytest.fixture(params=[blocking, awaited])
def send(request: pytest.FixtureRequest) -> Any:
    return request.param


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """Return a file that takes no place on the disk, and would take much in memory."""
    path = tmp_path / "large.bin"
    with path.open("wb") as file:
        file.truncate(SIZE)
    return path


@pytest.mark.parametrize("make", [body.binary, lambda file: body.multipart({"file": file, "name": "x"})])
@pytest.mark.parametrize("is_open", [False, True])
def test_memory(make: Callable[[Any], Any], is_open: bool, large: Path, send: Any) -> None:
    """A file is sent whole, with its length, and never held whole."""
    sent = Sent()
    with large.open("rb") as file:
        tracemalloc.start()
        status = send(sent, make(file if is_open else large))
        _, held = tracemalloc.get_traced_memory()
        tracemalloc.stop()

    assert 204 == status
    assert held < HELD
    assert SIZE <= sent.sizes[0] == int(sent.headers[0]["Content-Length"])


class Twice(httpx.Auth):
    """Sends a request once more, as one with a token that is refused is."""

    def auth_flow(self, request: httpx.Request) -> Any:
        yield request
        yield request


def test_sent_again(tmp_path: Path, send: Any) -> None:
    """A body is the same the second time, from where an open file stood."""
    sent = Sent()
    opened = io.BytesIO(b"12345")
    opened.seek(2)
    (tmp_path / "a").write_bytes(b"one")
    send(sent, body.multipart({"a": tmp_path / "a", "b": opened, "c": "x"}), auth=Twice())

    assert sent.ends[0] == sent.ends[1]
    assert sent.ends[0].find(b"\r\n\r\n345\r\n") > 0


def test_pipe(send: Any) -> None:
    """What does not know its length is sent in chunks, once."""
    sent = Sent()
    source, target = os.pipe()
    os.write(target, b"x" * 10)
    os.close(target)
    with os.fdopen(source, "rb") as read:
        content = body.binary(read)
        send(sent, content)
        with pytest.raises(EncodeError, match="body: this file can be read once, and was sent already: open it anew"):
            send(sent, content)

    assert (10, "chunked") == (sent.sizes[0], sent.headers[0]["Transfer-Encoding"])


def test_changed(tmp_path: Path, send: Any) -> None:
    """A file that grows is sent as it was; one that shrinks is an error, not half a file."""
    path = tmp_path / "a"
    path.write_bytes(b"12345")
    sent = Sent()
    content = body.binary(path)
    path.write_bytes(b"1234567")
    send(sent, content)

    assert b"12345" == sent.ends[0]
    path.write_bytes(b"123")
    with pytest.raises(OSError, match="body: the file has 2 bytes less than when the request was made"):
        send(sent, content)


def test_no_file(tmp_path: Path) -> None:
    """What cannot be read is said when the request is made."""
    with pytest.raises(FileNotFoundError):
        body.binary(tmp_path / "none")
    with pytest.raises(IsADirectoryError):
        body.multipart({"f": tmp_path})


def test_empty(tmp_path: Path, send: Any) -> None:
    """A file of no bytes is a body of none."""
    (tmp_path / "a").touch()
    sent = Sent()
    send(sent, body.binary(tmp_path / "a"))

    assert ([0], "0") == (sent.sizes, sent.headers[0]["Content-Length"])
    assert 0 == upload.Upload(()).size


def test_size_that_is_not_told() -> None:
    """A file that the system makes while it is read is sent whole."""
    made = Path("/proc/self/status")
    if not made.is_file():
        pytest.skip("This system has no /proc.")
    content = upload.content_of("file", made)

    assert isinstance(content, upload.Source)
    assert content.size is None
    assert b"".join(content).startswith(b"Name:")


def test_named_pipe_again(tmp_path: Path) -> None:
    """A second reading of a named pipe, for which nobody writes, is refused and does not wait."""
    place = tmp_path / "pipe"
    os.mkfifo(place)
    content = upload.content_of("file", place)
    assert isinstance(content, upload.Source)
    content.is_read = True

    with pytest.raises(EncodeError, match="can be read once"):
        list(content)


def test_behind_the_end() -> None:
    """A file that stands behind its end has nothing left."""
    file = io.BytesIO(b"12345")
    file.seek(10)
    content = upload.content_of("file", file)

    assert isinstance(content, upload.Source)
    assert (0, []) == (content.size, list(content))


class Bytes:
    """A path of bytes."""

    def __fspath__(self) -> bytes:
        """Return it."""
        return b"a"


CLOSED = io.BytesIO()
CLOSED.close()


@pytest.mark.parametrize(
    "value", [CLOSED, Bytes(), (b"x",), (), ("a", b"x", None), (1, b"x"), ("\ud800", b"x"), Path(os.fsdecode(b"\xff"))]
)
def test_what_is_no_file(value: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is refused by the name of its argument."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / os.fsdecode(b"\xff")).touch()

    with pytest.raises(EncodeError, match="picture"):
        body.multipart({"picture": value})
