"""Files: they go straight to a signed URL and come straight from it, in pieces, and nothing goes along."""

from __future__ import annotations

import asyncio
import errno
import logging
import os
import stat
import traceback
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from pathlib import Path
from typing import Any

import attrs
import httpx
import pytest

import causerie
from causerie import _disk
from causerie._aiohttp import Transport
from causerie.testing import RaiaMock, no_waiting

from .conftest import ASYNC, SYNC
from .kinds import BLOCKING, KINDS, chosen

PACKAGE = Path(causerie.__file__).parent
SIGNATURE = "-".join(["X", "Amz", "Signature"])
URL = f"https://storage.test/a.png?sig={SIGNATURE}"
TARGET = {"signedUrl": URL, "storagePath": "conversations/c/a.png"}
SOURCE = {"signedUrl": URL, "fileId": "f1"}


@attrs.define
class Storage(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """A raia that signs one URL, and the storage behind it, which answers in turn."""

    answers: list[Callable[[httpx.Request], httpx.Response]]
    signed: dict[str, Any] = attrs.field(factory=lambda: {**TARGET, **SOURCE})
    requests: list[httpx.Request] = attrs.field(factory=list)
    pieces: list[bytes] = attrs.field(factory=list)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        assert isinstance(request.stream, httpx.SyncByteStream)
        return self.answered(request, list(request.stream))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        assert isinstance(request.stream, httpx.AsyncByteStream)
        return self.answered(request, [piece async for piece in request.stream])

    def answered(self, request: httpx.Request, pieces: list[bytes]) -> httpx.Response:
        self.requests.append(request)
        if request.url.host == "vendor.test":
            return httpx.Response(200, json=self.signed)
        self.pieces = pieces
        return self.answers.pop(0)(request)


def ok(content: bytes = b"") -> Callable[[httpx.Request], httpx.Response]:
    """Make a success with this body."""
    return lambda request: httpx.Response(200, content=content)


class Broken(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that breaks off."""

    def __iter__(self) -> Any:
        yield b"half"
        raise httpx.ReadError("broken off")

    async def __aiter__(self) -> Any:
        for piece in self:
            yield piece


@pytest.fixture(params=[SYNC, ASYNC], ids=["sync", "async"])
def call(request: pytest.FixtureRequest) -> Callable[..., Any]:
    """Return a function that makes one call of raia's client against a storage."""

    def made(storage: Storage, method: Callable[[Any], Any], **options: Any) -> Any:
        client = request.param["raia"](
            "the-secret", **{"base_url": "https://vendor.test", "transport": storage, **options}
        )
        if request.param is SYNC:
            with client:
                return method(client)

        async def awaited() -> Any:
            async with client:
                return await method(client)

        return asyncio.run(awaited())

    return made


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """Make a file to upload."""
    path = tmp_path / "a.png"
    path.write_bytes(bytes(range(256)) * 4)
    return path


def test_upload_for_a_prompt(call: Callable[..., Any], picture: Path) -> None:
    """An upload for a prompt goes as one for a message, to a URL that is asked for without a conversation."""
    storage = Storage([ok()])
    attachment = call(storage, lambda c: c.prompts.upload(picture, content_type="image/x"))
    asked, sent = storage.requests

    assert {"fileName": "a.png", "storagePath": TARGET["storagePath"]} == attachment.to_dict()
    assert ("POST", "/external/prompts/upload-url") == (asked.method, asked.url.path)
    assert ("PUT", URL, "image/x") == (sent.method, str(sent.url), sent.headers["content-type"])
    assert picture.read_bytes() == b"".join(storage.pieces)
    assert "agent-secret-key" not in sent.headers


def test_a_prompt_with_a_file(raia_mock: RaiaMock, picture: Path) -> None:
    """A file that was uploaded is attached to the prompt."""
    raia = raia_mock.client()
    attachment = raia.prompts.upload(picture)
    response = raia.prompts.send("What is it?", files=[attachment])

    assert "completed" == response.status
    assert [attachment.to_dict()] == raia_mock.requests.last.json["files"]
    assert str(attachment.storage_path).startswith("prompt-files/conv_")


def test_upload(call: Callable[..., Any], picture: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file goes to the signed URL in pieces, with its type and length, and no credential or header of ours."""
    monkeypatch.setattr(_disk, "PIECE", 300)
    storage = Storage([ok()])
    attachment = call(storage, lambda c: c.files.upload("c1", picture), headers={"X-Trace": "t1", "Cookie": "c"})
    asked, sent = storage.requests

    assert {"fileName": "a.png", "storagePath": TARGET["storagePath"]} == attachment.to_dict()
    assert ("POST", "/external/conversations/c1/message-files/upload-url") == (asked.method, asked.url.path)
    assert ("PUT", URL) == (sent.method, str(sent.url))
    assert {
        "host": "storage.test",
        "accept-encoding": "identity",
        "user-agent": f"causerie/{causerie.__version__}",
        "content-type": "image/png",
        "content-length": "1024",
    } == dict(sent.headers)
    assert [300, 300, 300, 124] == [len(piece) for piece in storage.pieces]
    assert picture.read_bytes() == b"".join(storage.pieces)


def test_own_http_client(picture: Path) -> None:
    """What a client of the caller's adds to every request is not added to those that carry files."""
    storage = Storage([ok()])
    with httpx.Client(
        transport=storage, headers={"Authorization": "mine"}, cookies={"a": "b"}, auth=("u", "p")
    ) as mine:
        causerie.Raia("k", base_url="https://vendor.test", http_client=mine).files.upload("c1", str(picture))

    assert {"authorization", "cookie"}.isdisjoint(storage.requests[1].headers)
    assert "mine" == storage.requests[0].headers["authorization"]


@pytest.mark.parametrize(
    ("name", "given", "expected"),
    [
        ("a.pdf", None, "application/pdf"),
        ("a", None, "application/octet-stream"),
        ("a.pdf", "text/x; a=b", "text/x; a=b"),
        ("a.txt.gz", None, "application/gzip"),
        ("a.gz", None, "application/gzip"),
        ("a.csv.bz2", None, "application/x-bzip2"),
        ("a.tar.xz", None, "application/x-xz"),
        ("a.txt.br", None, "application/octet-stream"),
    ],
)
def test_media_type(name: str, given: str | None, expected: str, tmp_path: Path, call: Callable[..., Any]) -> None:
    """The media type is guessed from the name, unless it is given; a compressed file has a type of its own."""
    (tmp_path / name).write_bytes(b"")
    storage = Storage([ok()])
    call(storage, lambda c: c.files.upload("c1", tmp_path / name, content_type=given))

    assert expected == storage.requests[1].headers["content-type"]
    assert f'"contentType":"{expected}"' in storage.requests[0].content.decode()
    assert "0" == storage.requests[1].headers["content-length"]


@pytest.mark.parametrize("given", ["png", "image/png\r\nX-Evil: 1", " image/png", "ïmage/png"])
def test_bad_media_type(given: str, picture: Path, call: Callable[..., Any]) -> None:
    """An invalid media type, or one that no header can carry, is refused before anything is sent."""
    storage = Storage([])
    with pytest.raises(causerie.ArgumentError, match="content_type"):
        call(storage, lambda c: c.files.upload("c1", picture, content_type=given))

    assert [] == storage.requests


@pytest.mark.parametrize("path", ["missing", "."])
def test_unreadable(path: str, tmp_path: Path, call: Callable[..., Any]) -> None:
    """A path that is no file is refused before anything is sent."""
    storage = Storage([])
    with pytest.raises(causerie.ArgumentError, match=r"path: .* is not a file that can be read"):
        call(storage, lambda c: c.files.upload("c1", tmp_path / path))

    assert [] == storage.requests


def test_name_that_is_not_text(tmp_path: Path, call: Callable[..., Any]) -> None:
    """A name that JSON cannot spell is refused."""
    path = os.fsencode(tmp_path) + b"/\xff.png"
    Path(os.fsdecode(path)).write_bytes(b"")
    with pytest.raises(causerie.ArgumentError, match=r"path: the name .* is not text"):
        call(Storage([]), lambda c: c.files.upload("c1", os.fsdecode(path)))


@pytest.mark.parametrize(
    "url", [5, None, "", "/a.png", "http://storage.test/hush", "ftp://storage.test", "https://[", "https://"]
)
def test_unusable_url(url: Any, picture: Path, call: Callable[..., Any]) -> None:
    """No file is sent where it should not go, nor taken from there, and the URL is not shown."""
    storage = Storage([], signed={**TARGET, **SOURCE, "signedUrl": url})
    for method in (lambda c: c.files.upload("c1", picture), lambda c: c.files.download("c1", "f1", picture)):
        with pytest.raises(causerie.APIResponseValidationError, match="signed_url: not an https URL") as caught:
            call(storage, method)

        assert "hush" not in str(caught.value)


def test_no_storage_path(picture: Path, call: Callable[..., Any]) -> None:
    """A file that no message could attach is not sent."""
    with pytest.raises(causerie.APIResponseValidationError, match="storage_path"):
        call(Storage([], signed={"signedUrl": URL}), lambda c: c.files.upload("c1", picture))


@pytest.mark.parametrize("status", [401, 403])
def test_refused(status: int, picture: Path, call: Callable[..., Any]) -> None:
    """The storage's answers are not raia's words, and say nothing about raia's credential."""
    body = b"<Error><Code>SignatureDoesNotMatch</Code></Error>"
    storage = Storage([lambda request: httpx.Response(status, content=body)] * 2)
    for method in (lambda c: c.files.upload("c1", picture), lambda c: c.files.download("c1", "f1", picture)):
        with pytest.raises(causerie.PermissionDeniedError) as caught:
            call(storage, method)

        sentence = "https://storage.test refuses it: it may have expired, or was made for another media type"
        assert () == caught.value.meanings
        assert str(caught.value).endswith(f"signed URL: answered {status}, {sentence}")
        assert body.decode() == caught.value.body


def test_not_there(picture: Path, call: Callable[..., Any]) -> None:
    """Any other refusal by the storage says no more than its status."""
    with pytest.raises(causerie.NotFoundError, match=r"signed URL: answered 404$"):
        call(Storage([lambda request: httpx.Response(404)]), lambda c: c.files.download("c1", "f1", picture))


def test_again(picture: Path, tmp_path: Path, call: Callable[..., Any]) -> None:
    """A failure that may pass is followed by another attempt, with the whole file."""
    unavailable = lambda request: httpx.Response(503)  # noqa: E731
    up, down = Storage([unavailable, ok()]), Storage([lambda r: httpx.Response(200, stream=Broken()), ok(b"whole")])
    with no_waiting():
        call(up, lambda c: c.files.upload("c1", picture))
        call(down, lambda c: c.files.download("c1", "f1", tmp_path / "b.png"))

    assert ["POST", "PUT", "PUT"] == [request.method for request in up.requests]
    assert picture.read_bytes() == b"".join(up.pieces)
    assert b"whole" == (tmp_path / "b.png").read_bytes()


def test_nothing_shows(picture: Path, call: Callable[..., Any], caplog: pytest.LogCaptureFixture) -> None:
    """A signed URL is a credential: it is in no error, no traceback with variables, no hook and no log of ours."""
    caplog.set_level(logging.DEBUG, "causerie")
    seen: list[Any] = []

    def broken(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadError("broken", request=request)

    for method in (lambda c: c.files.upload("c1", picture), lambda c: c.files.download("c1", "f1", picture)):
        with pytest.raises(
            causerie.APIConnectionError, match=r"signed URL: no answer from https://storage\.test"
        ) as caught:
            call(
                Storage([broken]),
                method,
                retry=causerie.Retry(attempts=1),
                on_request=seen.append,
            )
        stack = traceback.TracebackException.from_exception(caught.value, capture_locals=True, compact=False)
        ours = "".join(repr(frame.locals) for frame in stack.stack if Path(frame.filename).is_relative_to(PACKAGE))

        assert SIGNATURE not in str(caught.value) + repr(seen) + caplog.text + ours
        assert ours

    assert "PUT signed URL: ReadError" not in caplog.text
    assert "PUT signed URL: APIConnectionError" in caplog.text


def test_download(tmp_path: Path, call: Callable[..., Any]) -> None:
    """The file takes the place of the one that was there, and nothing else is left beside it."""
    path = tmp_path / "b.png"
    path.write_bytes(b"old")
    storage = Storage([ok(b"new")])
    call(storage, lambda c: c.files.download("c1", "f1", path))
    asked, got = storage.requests

    assert (b"new", [path]) == (path.read_bytes(), list(tmp_path.iterdir()))
    assert "/external/conversations/c1/message-files/f1/signed-url" == asked.url.path
    assert ("GET", URL) == (got.method, str(got.url))
    assert {"host", "accept-encoding", "user-agent"} == set(got.headers)


def test_broken_off(tmp_path: Path, call: Callable[..., Any]) -> None:
    """Half a file is no file: what was there stays, and nothing is left beside it."""
    path = tmp_path / "b.png"
    path.write_bytes(b"old")
    storage = Storage([lambda request: httpx.Response(200, stream=Broken())])
    with pytest.raises(causerie.APIConnectionError):
        call(storage, lambda c: c.files.download("c1", "f1", path), retry=causerie.Retry(attempts=1))

    assert (b"old", [path]) == (path.read_bytes(), list(tmp_path.iterdir()))


@pytest.mark.parametrize("status", [204, 206])
def test_not_whole(status: int, tmp_path: Path, call: Callable[..., Any]) -> None:
    """A success other than 200 is not the whole file: what was there stays, and nothing is left beside it."""
    path = tmp_path / "b.png"
    path.write_bytes(b"old")
    storage = Storage([lambda request: httpx.Response(status, content=b"" if status == 204 else b"part")])
    with pytest.raises(causerie.APIResponseValidationError, match=f"answered {status}, but only a 200 is the whole"):
        call(storage, lambda c: c.files.download("c1", "f1", path))

    assert (b"old", [path]) == (path.read_bytes(), list(tmp_path.iterdir()))


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("missing/b.png", "is not the path of a file in a folder that is there"),
        (".", "is there and is not a regular file"),
        ("pipe", "is there and is not a regular file"),
        ("nowhere", "is there and is not a regular file"),
    ],
)
def test_unwritable(path: str, problem: str, tmp_path: Path, call: Callable[..., Any]) -> None:
    """A place where no file can be, or where something else is, is refused before anything is asked for."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "nowhere").symlink_to("missing")
    storage = Storage([])
    with pytest.raises(causerie.ArgumentError, match=f"path: .* {problem}"):
        call(storage, lambda c: c.files.download("c1", "f1", tmp_path / path))

    assert [] == storage.requests


def test_link(tmp_path: Path, call: Callable[..., Any]) -> None:
    """A link stays one: the file that it leads to is replaced, in its own folder."""
    (tmp_path / "elsewhere").mkdir()
    path, link = tmp_path / "elsewhere" / "b.png", tmp_path / "b.png"
    path.write_bytes(b"old")
    link.symlink_to(path)
    call(Storage([ok(b"new")]), lambda c: c.files.download("c1", "f1", link))

    assert (b"new", path) == (path.read_bytes(), link.readlink())
    assert [path] == list(path.parent.iterdir())


@pytest.mark.parametrize(("mode", "while_written"), [(None, 0o640), (0o600, 0o600), (0o444, 0o600), (0o666, 0o600)])
def test_mode(mode: int | None, while_written: int, tmp_path: Path, call: Callable[..., Any]) -> None:
    """A file that is there keeps its mode, and a new one has the usual mode.

    Until it is complete, nobody else may read what will replace the file.
    """
    path = tmp_path / "b.png"
    if mode is not None:
        path.touch()
        path.chmod(mode)
    seen = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.extend(stat.S_IMODE(part.stat().st_mode) for part in tmp_path.glob(".causerie-*.part"))
        return httpx.Response(200, content=b"new")

    before = os.umask(0o027)
    try:
        call(Storage([answer]), lambda c: c.files.download("c1", "f1", path))
    finally:
        os.umask(before)

    assert [while_written] == seen
    assert (b"new", 0o640 if mode is None else mode) == (path.read_bytes(), stat.S_IMODE(path.stat().st_mode))


class Full:
    """A file on a disk that is broken and full."""

    def __init__(self, path: Path, mode: str) -> None:
        self.file = open(path, mode)  # noqa: SIM115, PTH123

    def fileno(self) -> int:
        return self.file.fileno()

    def read(self, size: int) -> bytes:
        raise OSError(5, "Input/output error")

    def write(self, piece: bytes) -> int:
        raise OSError(28, "No space left on device")

    def close(self) -> None:
        self.file.close()


def full(path: Path, mode: str) -> Any:
    """Open a file as ``Path.open`` does, on such a disk."""
    return Full(path, mode)


def test_disk(picture: Path, call: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """What fails on the disk is no failure of the connection: it is raised as it is, and not tried again."""
    monkeypatch.setattr(Path, "open", full)
    storage = Storage([ok(b"new")])
    with pytest.raises(OSError, match="Input/output error"):
        call(storage, lambda c: c.files.upload("c1", picture))
    with pytest.raises(OSError, match="No space left"):
        call(storage, lambda c: c.files.download("c1", "f1", picture))
    monkeypatch.undo()

    assert ["POST", "GET", "GET"] == [request.method for request in storage.requests]  # the upload broke off
    assert 1024 == len(picture.read_bytes())
    assert [picture] == list(picture.parent.iterdir())


def test_raw(picture: Path, call: Callable[..., Any]) -> None:
    """The answer behind an upload is the storage's."""
    storage = Storage([lambda request: httpx.Response(201, headers={"ETag": "e1"})])
    answered = call(storage, lambda c: c.raw(c.files.upload, "c1", picture))

    assert ("a.png", 201, "e1") == (answered.value.file_name, answered.http.status_code, answered.http.headers["etag"])


@pytest.mark.parametrize("name", ["a+b ü%?#.txt", "日本.png"])
def test_there_and_back(name: str, tmp_path: Path, raia_mock: RaiaMock) -> None:
    """A file is uploaded, attached, and downloaded, in process."""
    source, target = tmp_path / name, tmp_path / "back"
    source.write_bytes(b"content")
    raia = raia_mock.client()
    conversation = raia.conversations.create("ada")
    question = raia.messages.send_async(conversation.id, "Look", files=[raia.files.upload(conversation.id, source)])
    file_id = question.files[0].id
    raia.files.download(conversation.id, file_id, target)

    assert b"content" == target.read_bytes()
    assert name == question.files[0].file_name
    assert "storage/0/" in raia.files.download_url(conversation.id, file_id)


@pytest.mark.parametrize("transport", [None, "httpx2", "aiohttp"])
def test_over_sockets(transport: Any, tmp_path: Path, raia_mock: RaiaMock) -> None:
    """So it is over a port, also through httpx2 and aiohttp."""
    source, target = tmp_path / "a+b ü.txt", tmp_path / "back"
    source.write_bytes(bytes(range(256)) * 2000)

    async def there_and_back() -> None:
        key, url = raia_mock.credentials[0], raia_mock.url
        async with causerie.AsyncRaia(key, base_url=url, transport=transport) as raia:
            conversation = await raia.conversations.create("ada")
            attachment = await raia.files.upload(conversation.id, source)
            question = await raia.messages.send_async(conversation.id, "Look", files=[attachment])
            await raia.files.download(conversation.id, question.files[0].id, target)

    asyncio.run(there_and_back())

    assert source.read_bytes() == target.read_bytes()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("change", ["grows", "shrinks"])
def test_a_file_that_changes(
    change: str, kind: str, tmp_path: Path, raia_mock: RaiaMock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file may change while it is uploaded, over a port.

    If it grows, what was there at first arrives. If it shrinks, that is an error of the disk, and no attempt follows.
    """
    monkeypatch.setattr(_disk, "PIECE", 100_000)
    source, target = tmp_path / "log.txt", tmp_path / "back"
    source.write_bytes(b"x" * 250_000)
    read, reads = _disk.Disk.read, []

    def changing(self: _disk.Disk, file: Any, *size: int) -> bytes:
        reads.append(size)
        if len(reads) == 2:
            os.truncate(source, 260_000 if change == "grows" else 100_000)
        return read(self, file, *size)

    monkeypatch.setattr(_disk.Disk, "read", changing)
    blocking = raia_mock.client()
    conversation = blocking.conversations.create("ada")
    options: dict[str, Any] = {"base_url": raia_mock.url, "timeout": 2, **chosen(kind)}

    async def uploaded() -> Any:
        async with causerie.AsyncRaia(raia_mock.credentials[0], **options) as raia:
            return await raia.files.upload(conversation.id, source)

    def upload() -> Any:
        if kind not in BLOCKING:
            return asyncio.run(uploaded())
        with causerie.Raia(raia_mock.credentials[0], **options) as raia:
            return raia.files.upload(conversation.id, source)

    if change == "shrinks":
        with pytest.raises(OSError, match="the file became shorter while it was uploaded"):
            upload()
    else:
        question = blocking.messages.send_async(conversation.id, "Look", files=[upload()])
        blocking.files.download(conversation.id, question.files[0].id, target)

        assert b"x" * 250_000 == target.read_bytes()

    assert 1 == reads.count((250_000,))


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (BrokenPipeError(errno.EPIPE, "gone"), "Broken pipe"),
        (ConnectionResetError("closing"), "the connection was lost"),
    ],
)
def test_nothing_shows_of_aiohttp(error: OSError, expected: str, raia_mock: RaiaMock) -> None:
    """Where aiohttp cannot send a body, its text has the URL, which may be a signed one; our error does not."""

    async def breaking() -> AsyncIterator[bytes]:
        yield b"half"
        raise error

    async def put() -> None:
        timeouts = {"timeout": dict.fromkeys(("connect", "read", "write", "pool"), 60)}
        url = f"{raia_mock.url}/storage?sig={SIGNATURE}"
        async with aclosing(Transport()) as transport:
            await transport.handle_async_request(
                httpx.Request("PUT", url, headers={"content-length": "9"}, content=breaking(), extensions=timeouts)
            )

    with pytest.raises(httpx.ReadError) as caught:
        asyncio.run(put())

    assert expected == str(caught.value)
