"""raia's files of messages, which travel to and from signed URLs."""

from __future__ import annotations

import os
import secrets
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from causerie_api.raia import models
from causerie_api.raia.api.files import create_upload_url, get_download_url
from causerie_api.request import Request

from .._disk import begin, replace
from .._errors import APIResponseValidationError, ArgumentError
from .._method import operation
from .._options import path_id
from .._plan import Aside, Plan
from .._resource import Driver
from .._secret import Secret
from .signed import Signed, path_of

if TYPE_CHECKING:
    from causerie_api.raia.models import DownloadUrl, MessageAttachment, UploadUrl


class Files(Signed[Driver]):
    """Files of a conversation's messages."""

    @operation(create_upload_url)
    def upload_url(self, conversation_id: str, file_name: str, content_type: str) -> Plan[UploadUrl]:
        """Return a URL to upload one file to, and the ``storage_path`` by which a message attaches it.

        Anyone who has the URL may upload. ``content_type`` is the file's media type, such as ``image/png``. How to
        upload is not published; ``upload`` does it. Source: the published contract.
        """
        body = models.NewFile(file_name=file_name, content_type=content_type)
        return self._send(create_upload_url.request(path_id("conversation_id", conversation_id), body=body))

    @operation(get_download_url)
    def download_url(self, conversation_id: str, file_id: str) -> Plan[str]:
        """Return a URL to download one file of a message from.

        Anyone who has the URL may download. Source: the published contract.
        """
        return self._read(_wanted(conversation_id, file_id), lambda found: found.signed_url)

    @operation(create_upload_url)
    def upload(
        self, conversation_id: str, path: str | os.PathLike[str], *, content_type: str | None = None
    ) -> Plan[MessageAttachment]:
        """Upload a file, and return what attaches it: ``messages.send(..., files=[attachment])``.

        The file is read in pieces and never loaded as a whole; if it grows meanwhile, only its original length is
        uploaded. ``content_type`` is guessed from the name by default. The signed URL gets neither the credential nor
        the client's headers. That it takes a ``PUT`` is inferred: the published contract does not say.

        Raises ``ArgumentError`` for a file that cannot be read, and ``OSError`` if reading fails or the file becomes
        shorter.
        """
        conversation_id = path_id("conversation_id", conversation_id)
        name, storage_path = yield from self._uploaded(
            lambda body: create_upload_url.request(conversation_id, body=body), path, content_type
        )
        return models.MessageAttachment(file_name=name, storage_path=storage_path)

    @operation(get_download_url)
    def download(self, conversation_id: str, file_id: str, path: str | os.PathLike[str]) -> Plan[None]:
        """Download a file of a message to ``path``, completely or not at all.

        An existing file is replaced, and its mode is kept. The file is written in pieces and never loaded as a whole.
        The request asks for no compression; if the answer is compressed anyway and httpx decompresses it, compressed
        data that ends too early is not noticed. The signed URL gets neither the credential nor the client's headers.

        Raises ``ArgumentError`` for a path that cannot be written or is not a regular file, and ``OSError`` if writing
        fails.
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

    def _source(self, found: DownloadUrl) -> Secret:
        return self._usable_url("DownloadUrl", found.signed_url)


def _wanted(conversation_id: str, file_id: str) -> Request[DownloadUrl, Any]:
    return get_download_url.request(path_id("conversation_id", conversation_id), path_id("file_id", file_id))


def _writable(path: str | os.PathLike[str]) -> Path:
    file = path_of(path)
    if not file.parent.is_dir():
        raise ArgumentError("path", f"{str(file)!r} is not the path of a file in a folder that is there")
    if os.path.lexists(file) and not file.is_file():
        raise ArgumentError("path", f"{str(file)!r} is there and is not a regular file: give the path of one")
    return file.resolve()
