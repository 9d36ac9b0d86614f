"""Uploads to and downloads from raia's signed URLs."""

from __future__ import annotations

import mimetypes
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import attrs

from causerie_api.jsonvalue import shortened
from causerie_api.model import DecodeError
from causerie_api.raia import models
from causerie_api.request import Request

from .._errors import ArgumentError, AuthenticationError, ErrorBody, PermissionDeniedError
from .._plan import Plan, Transfer
from .._resource import Driver, Resource, answer
from .._response import Response
from .._secret import Secret

if TYPE_CHECKING:
    from causerie_api.raia.models import NewFile, UploadUrl

# What a file is that is compressed: its name's inner type is that of the content.
_COMPRESSED = {
    "gzip": "application/gzip",
    "bzip2": "application/x-bzip2",
    "xz": "application/x-xz",
    "compress": "application/x-compress",
}
_ANY = "application/octet-stream"


class Signed(Resource[Driver]):
    """A resource with files that are moved to and from signed URLs."""

    def _uploaded(
        self,
        request: Callable[[NewFile], Request[UploadUrl, Any]],
        path: str | os.PathLike[str],
        content_type: str | None,
    ) -> Plan[tuple[str, str]]:
        """Upload a file to the URL that ``request`` returns, and return its name and its storage path."""
        file = _readable(path)
        media_type = _media_type(file, content_type)
        body = models.NewFile(file_name=file.name, content_type=media_type)
        url, storage_path = yield from self._read(request(body), self._target)
        yield from self._transfer("upload_file", "PUT", url, file, {"content-type": media_type})
        return file.name, storage_path

    def _transfer(self, name: str, method: str, url: Secret, file: Path, headers: dict[str, str]) -> Plan[Response]:
        options = attrs.evolve(
            self._driver.options,
            base_url=_origin(url),
            credential={},
            headers=headers,
            read_error=_of_another,
            meanings={},
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

    def _usable_url(self, model: str, url: object) -> Secret:
        """Return the URL, which must not be shown. Raises ``DecodeError`` for one that is not safe for files."""
        allowed = ("https",) if self._driver.options.base_url.startswith("https:") else ("https", "http")
        try:
            parts = urlsplit(url) if isinstance(url, str) else None
        except ValueError:
            parts = None
        if parts is None or parts.scheme not in allowed or not parts.hostname:
            raise DecodeError(model, ".signed_url", f"not an {' or '.join(allowed)} URL")
        return Secret(url)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


def _of_another(_: Any) -> ErrorBody:
    """Return an empty error body, since the storage service has other fields: ``APIStatusError.body`` has them."""
    return ErrorBody(None, None, [])


def path_of(path: str | os.PathLike[str]) -> Path:
    """Return the path. Raises ``ArgumentError`` unless it is a string or a ``PathLike`` that can name a file."""
    try:
        is_path = isinstance(path, str | os.PathLike) and b"\0" not in os.fsencode(path)
    except ValueError:  # a lone surrogate
        is_path = False
    if not is_path:
        raise ArgumentError("path", f"{shortened(path)} is not the path of a file: give a text or a Path")
    return Path(path)


def _readable(path: str | os.PathLike[str]) -> Path:
    file = path_of(path)
    if not os.path.isfile(file) or not os.access(file, os.R_OK):  # noqa: PTH113 - Path.is_file raises for a name that is too long
        raise ArgumentError("path", f"{shortened(str(file))} is not a file that can be read")
    if any("\ud800" <= character <= "\udfff" for character in file.name):
        raise ArgumentError("path", f"the name {file.name!r} is not text: rename the file")
    return file


def _media_type(file: Path, given: str | None) -> str:
    if not isinstance(given, str | None):
        raise ArgumentError("content_type", f"{shortened(given)} is not a text such as image/png")
    media_type = given or _guessed(file)
    if not re.fullmatch(r"[!-~]+/[ -~]*[!-~]", media_type):
        raise ArgumentError("content_type", f"{given!r} is not a media type, such as image/png")
    return media_type


def _guessed(file: Path) -> str:
    media_type, encoding = mimetypes.guess_type(file.name)
    return media_type or _ANY if encoding is None else _COMPRESSED.get(encoding, _ANY)
