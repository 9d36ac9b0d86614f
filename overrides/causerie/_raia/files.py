"""raia's files of messages, which travel to and from signed URLs."""

from __future__ import annotations

import mimetypes
import os
import re
import secrets
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import attrs

from causerie_api.model import DecodeError
from causerie_api.raia import models
from causerie_api.raia.api.files import create_upload_url, get_download_url
from causerie_api.request import Request

from .._disk import begin, replace
from .._errors import (
    APIResponseValidationError,
    ArgumentError,
    AuthenticationError,
    ErrorBody,
    PermissionDeniedError,
)
from .._options import path_id
from .._plan import Aside, Plan, Transfer, operation
from .._resource import Driver, Resource, answer
from .._response import Response
from .._secret import Secret

if TYPE_CHECKING:
    from causerie_api.raia.models import DownloadUrl, MessageAttachment, UploadUrl

# What a file is that is compressed: its name's inner type is that of the content.
_COMPRESSED = {
    "gzip": "application/gzip",
    "bzip2": "application/x-bzip2",
    "xz": "application/x-xz",
    "compress": "application/x-compress",
}
_ANY = "application/octet-stream"


class Files(Resource[Driver]):
    """Files of a conversation's messages."""

    @operation
    def upload_url(self, conversation_id: str, file_name: str, content_type: str) -> Plan[UploadUrl]:
        """A URL to upload one file to, and the ``storage_path`` by which a message attaches it. Whoever has the URL
        may upload.

        ``content_type`` is the file's media type, such as ``image/png``. How to upload is not published; ``upload``
        does it. Source: the published contract.
        """
        body = models.NewFile(file_name=file_name, content_type=content_type)
        return self._send(create_upload_url.request(path_id("conversation_id", conversation_id), body=body))

    @operation
    def download_url(self, conversation_id: str, file_id: str) -> Plan[str]:
        """A URL to download one file of a message from. Whoever has the URL may download. Source: the published
        contract.
        """
        return self._read(_wanted(conversation_id, file_id), lambda found: found.signed_url)

    @operation
    def upload(
        self, conversation_id: str, path: str | os.PathLike[str], *, content_type: str | None = None
    ) -> Plan[MessageAttachment]:
        """Upload a file, and return what attaches it: ``messages.send(..., files=[attachment])``.

        The file is read in pieces and never held as a whole; of one that grows meanwhile, what was there at first is
        uploaded. ``content_type`` is guessed from the name unless given. The signed URL gets neither the credential nor
        headers of the client's. That it takes a ``PUT`` is inferred: the published contract does not say. Raises
        ``ArgumentError`` for a file that cannot be read, ``OSError`` when reading fails, or the file becomes shorter.
        """
        file = _readable(path)
        media_type = _media_type(file, content_type)
        body = models.NewFile(file_name=file.name, content_type=media_type)
        request = create_upload_url.request(path_id("conversation_id", conversation_id), body=body)
        url, storage_path = yield from self._read(request, self._target)
        yield from self._transfer("upload_file", "PUT", url, file, {"content-type": media_type})
        return models.MessageAttachment(file_name=file.name, storage_path=storage_path)

    @operation
    def download(self, conversation_id: str, file_id: str, path: str | os.PathLike[str]) -> Plan[None]:
        """Download a file of a message to ``path``, whole or not at all; a file that is there is replaced, and its mode
        kept.

        It is written in pieces and never held as a whole. No compression is asked for; of a body that is compressed all
        the same, and unpacked, it is not noticed when the compressed data end early. The signed URL gets neither the
        credential nor headers of the client's. Raises ``ArgumentError`` for a path that cannot be written, or is not a
        regular file's, ``OSError`` when writing fails.
        """
        file = _writable(path)
        url = yield from self._read(_wanted(conversation_id, file_id), self._source)
        part = file.with_name(f".causerie-{secrets.token_hex(8)}.part")
        try:
            yield Aside(partial(begin, part, file))
            response = yield from self._transfer("download_file", "GET", url, part, {})
            if response.status_code != 200:
                raise APIResponseValidationError(response, "only a 200 is the whole file")
            yield Aside(partial(replace, part, file))
        finally:
            part.unlink(missing_ok=True)

    def _transfer(self, name: str, method: str, url: Secret, file: Path, headers: dict[str, str]) -> Plan[Response]:
        options = attrs.evolve(
            self._driver.options,
            base_url=_origin(url),
            credential={},
            headers=headers,
            read_error=_of_another,
        )
        # What stands for the URL in logs and errors: the URL itself is a credential.
        request: Request[None, Any] = Request(name, method, "signed URL", "signed URL", {})
        try:
            return (yield from answer(Transfer(request, options, options.timeout, url, file)))
        except (AuthenticationError, PermissionDeniedError) as error:
            # Whose URL was refused, not whose credential: none was sent.
            sentence = f"{options.base_url} refuses it: it may have expired, or was made for another media type"
            raise PermissionDeniedError(error.response, ErrorBody(None, sentence, [])) from None

    def _target(self, found: UploadUrl) -> tuple[Secret, str]:
        if not isinstance(found.storage_path, str):
            raise DecodeError("UploadUrl", ".storage_path", "no text")
        return self._usable_url("UploadUrl", found.signed_url), found.storage_path

    def _source(self, found: DownloadUrl) -> Secret:
        return self._usable_url("DownloadUrl", found.signed_url)

    def _usable_url(self, model: str, url: object) -> Secret:
        """Raises ``DecodeError`` for what no file of anybody's should be sent to. The URL is not shown."""
        allowed = ("https",) if self._driver.options.base_url.startswith("https:") else ("https", "http")
        try:
            parts = urlsplit(url) if isinstance(url, str) else None
        except ValueError:
            parts = None
        if parts is None or parts.scheme not in allowed or not parts.hostname:
            raise DecodeError(model, ".signed_url", f"not an {' or '.join(allowed)} URL")
        return Secret(url)


def _wanted(conversation_id: str, file_id: str) -> Request[DownloadUrl, Any]:
    return get_download_url.request(path_id("conversation_id", conversation_id), path_id("file_id", file_id))


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


def _of_another(_: Any) -> ErrorBody:
    """What a storage service answers is not in raia's words: ``APIStatusError.body`` has it."""
    return ErrorBody(None, None, [])


def _readable(path: str | os.PathLike[str]) -> Path:
    file = Path(path)
    if not file.is_file() or not os.access(file, os.R_OK):
        raise ArgumentError("path", f"{str(file)!r} is not a file that can be read")
    if any("\ud800" <= character <= "\udfff" for character in file.name):
        raise ArgumentError("path", f"the name {file.name!r} is not text: rename the file")
    return file


def _writable(path: str | os.PathLike[str]) -> Path:
    file = Path(path)
    if not file.parent.is_dir():
        raise ArgumentError("path", f"{str(file)!r} is not the path of a file in a folder that is there")
    if os.path.lexists(file) and not file.is_file():
        raise ArgumentError("path", f"{str(file)!r} is there and is not a regular file: give the path of one")
    return file.resolve()


def _media_type(file: Path, given: str | None) -> str:
    media_type = given or _guessed(file)
    if not re.fullmatch(r"[!-~]+/[ -~]*[!-~]", media_type):
        raise ArgumentError("content_type", f"{given!r} is not a media type, such as image/png")
    return media_type


def _guessed(file: Path) -> str:
    media_type, encoding = mimetypes.guess_type(file.name)
    return media_type or _ANY if encoding is None else _COMPRESSED.get(encoding, _ANY)
