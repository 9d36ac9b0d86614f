"""raia's files of messages and of prompts, and the signed URLs to upload and download them.

The mock serves the signed URLs itself, like Amazon S3 and Google Cloud Storage: PUT and GET, an expiry, and a signature
of the method, the expiry and the media type of the upload.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import Any
from urllib.parse import parse_qsl, quote, unquote

from .._exchange import Problem, Reply, Request
from .._vendor import Call, Handler
from .memory import Agent, Upload
from .state import State, conversation_of

_PLACE = "/storage/"
# behaviour: uploads-are-limited
#: Base64 characters of one agent's uploaded files.
_MAX_UPLOADED = 64 * 1024 * 1024 // 3 * 4


def create_upload_url(state: State, call: Call) -> Any:
    """POST /external/conversations/{conversationId}/message-files/upload-url."""
    # behaviour: two-uploads-are-two-files
    path = conversation_of(state, call).storage_path(state.world.ids.token(12), call.body["fileName"])
    return {"signedUrl": _signed(state, call, "PUT", path, call.body["contentType"]), "storagePath": path}


def create_prompt_upload_url(state: State, call: Call) -> Any:
    """POST /external/prompts/upload-url."""
    # behaviour: prompt-files-have-a-path-of-their-own
    path = f"prompt-files/conv_{state.world.ids.token(16)}/{call.body['fileName']}"
    return {"signedUrl": _signed(state, call, "PUT", path, call.body["contentType"]), "storagePath": path}


def get_download_url(state: State, call: Call) -> Any:
    """GET /external/conversations/{conversationId}/message-files/{fileId}/signed-url."""
    # behaviour: file-belongs-to-its-conversation, any-storage-path-is-attached, answer-names-the-file
    conversation, file_id = conversation_of(state, call), call.parameters["fileId"]
    for message in conversation.messages.values():
        for file in message.shown.get("files", ()):
            if file["id"] == file_id:
                path = message.storage_paths.get(file_id) or conversation.storage_path(file["fileName"])
                return {"signedUrl": _signed(state, call, "GET", path, ""), "fileId": file_id}
    # behaviour: unknown-file-is-a-404
    raise Problem(404, "There is no such file in this conversation.")


HANDLERS: dict[str, Handler] = {
    handler.__name__: handler for handler in (create_upload_url, create_prompt_upload_url, get_download_url)
}


def storage(state: State, request: Request) -> Reply | None:
    """Return the reply to a request at a signed URL; None for any other URL."""
    # behaviour: wrong-signature-is-a-403, upload-url-takes-the-file, download-url-gives-the-file
    place = request.path.decode("latin-1")
    if not place.startswith(_PLACE):
        return None
    tenant, _, path = unquote(place.removeprefix(_PLACE)).partition("/")
    query = dict(parse_qsl(request.query.decode("latin-1")))
    expires, signature = query.get("expires", ""), query.get("signature", "")
    media_type = ", ".join(request.header("content-type")) if request.method == "PUT" else ""
    expected = _signature(state, request.method, tenant, path, media_type, expires)
    if not hmac.compare_digest(expected, signature.encode("utf-8")):
        text = "The method, the URL or the media type is not the one that was signed."
        return _error(403, "SignatureDoesNotMatch", text)
    if state.world.clock.now.timestamp() > float(expires):
        return _error(403, "AccessDenied", "The URL has expired.")
    agent = state.memory.agents[int(tenant)]
    if request.method == "PUT":
        _store(agent, path, Upload(media_type, base64.b64encode(request.body).decode("ascii")))
        return Reply.empty(200)
    upload = agent.uploads.get(path)
    if upload is None:
        return _error(404, "NoSuchKey", "Nothing was uploaded here.")
    body = base64.b64decode(upload.content)
    return Reply(200, (("content-type", upload.media_type), ("content-length", str(len(body)))), body)


def _signed(state: State, call: Call, method: str, storage_path: str, media_type: str) -> str:
    # behaviour: signed-url-leads-to-the-mock
    expires = str(int(state.world.clock.now.timestamp() + state.options.signed_seconds))
    signature = _signature(state, method, str(call.tenant), storage_path, media_type, expires).decode("ascii")
    # One segment, because clients would resolve the dots in file names such as "." and "../x".
    place = f"{_PLACE}{call.tenant}/{quote(storage_path, safe='')}"
    return f"{call.request.base}{place}?expires={expires}&signature={signature}"


def _signature(state: State, *signed: str) -> bytes:
    # JSON keeps the parts apart.
    text = json.dumps(signed).encode("ascii")
    return hmac.new(b"causerie %d" % state.world.ids.seed, text, hashlib.sha256).hexdigest().encode("ascii")


def _store(agent: Agent, path: str, upload: Upload) -> None:
    """Store an uploaded file, and remove the oldest ones if there is too much."""
    agent.uploads[path] = upload
    agent.uploads.move_to_end(path)
    size = sum(len(each.content) for each in agent.uploads.values())
    oldest = iter([path for path in agent.uploads if path not in agent.uploads.seeded])
    while size > _MAX_UPLOADED:
        size -= len(agent.uploads.pop(next(oldest)).content)


def _error(status: int, code: str, message: str) -> Reply:
    text = f'<?xml version="1.0" encoding="UTF-8"?><Error><Code>{code}</Code><Message>{message}</Message></Error>'
    body = text.encode("utf-8")
    return Reply(status, (("content-type", "application/xml"), ("content-length", str(len(body)))), body)
