"""raia's prompts: questions to the agent that belong to no conversation."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from causerie_api.raia import models
from causerie_api.raia.api.prompts import (
    create_prompt_upload_url,
    get_prompt_response,
    send_prompt,
    send_prompt_async,
)
from causerie_api.request import Request
from causerie_api.unset import UNSET, Unset

from .._method import operation
from .._options import path_id
from .._plan import Plan
from .._resource import Driver
from .replies import Asked, Asking, Deadline, usable_id
from .signed import Signed

if TYPE_CHECKING:
    from causerie_api.raia.models import CreatedPrompt, PromptAttachment, PromptResponse, UploadUrl


class Prompts(Asking[Driver], Signed[Driver]):
    """Questions to the agent that belong to no conversation."""

    @operation(send_prompt)
    def send(
        self,
        prompt: str,
        *,
        files: list[PromptAttachment] | Unset = UNSET,
        token_tracking_id: str | Unset = UNSET,
    ) -> Plan[PromptResponse]:
        """Ask the agent, wait for its response, and return the response; its ``status`` may be ``failed``.

        ``total_tokens`` in it is the number of tokens used; ``token_tracking_id`` is an id of your choice to track
        tokens by. Source: the published contract.
        """
        body = models.NewPrompt(prompt=prompt, files=files, token_tracking_id=token_tracking_id)
        return self._send(send_prompt.request(body=body))

    @operation(send_prompt_async)
    def send_async(
        self,
        prompt: str,
        *,
        files: list[PromptAttachment] | Unset = UNSET,
        token_tracking_id: str | Unset = UNSET,
    ) -> Plan[str]:
        """Ask the agent and return the prompt's id at once; ``response`` has the response later.

        Source: the published contract.
        """
        body = models.NewPrompt(prompt=prompt, files=files, token_tracking_id=token_tracking_id)
        return self._read(send_prompt_async.request(body=body), lambda created: created.prompt_id)

    @operation(send_prompt_async, get_prompt_response)
    def send_and_wait(
        self,
        prompt: str,
        *,
        timeout: float = 60.0,
        files: list[PromptAttachment] | Unset = UNSET,
        token_tracking_id: str | Unset = UNSET,
    ) -> Plan[PromptResponse]:
        """Ask the agent through the asynchronous endpoint, wait for its response, and return it.

        ``timeout`` is the limit for everything together, in seconds. After it, no request is begun and no wait for data
        goes on, but an answer whose data keeps arriving is read to its end. Raises ``ReplyTimeoutError``, after which
        ``wait`` continues without asking again, and ``ReplyFailedError``.

        Source: the published contract.
        """
        deadline = Deadline(timeout)
        body = models.NewPrompt(prompt=prompt, files=files, token_tracking_id=token_tracking_id)
        return self._asked(send_prompt_async.request(body=body), deadline)

    def _asked(self, request: Request[CreatedPrompt, Any], deadline: Deadline) -> Plan[PromptResponse]:
        prompt_id = yield from self._read(request, lambda created: usable_id(created.prompt_id), deadline.moment)
        return (yield from self._response(prompt_id, deadline))

    @operation(get_prompt_response)
    def wait(self, prompt_id: str, *, timeout: float = 60.0) -> Plan[PromptResponse]:
        """Wait for the response to a prompt from ``send_async``, and return it.

        ``timeout`` is in seconds. It polls at growing intervals. Raises ``ReplyTimeoutError`` and ``ReplyFailedError``.
        """
        return self._response(prompt_id, Deadline(timeout))

    @operation(get_prompt_response)
    def response(self, prompt_id: str) -> Plan[PromptResponse | None]:
        """Return the response to a prompt; None while it is not ready.

        Its ``status`` may also be ``pending``, or ``failed`` with an ``error``. Source: the published contract.
        """
        return self._send(get_prompt_response.request(path_id("prompt_id", prompt_id)))

    @operation(create_prompt_upload_url)
    def upload_url(self, file_name: str, content_type: str) -> Plan[UploadUrl]:
        """Return a URL to upload one file to, and the ``storage_path`` by which a prompt attaches it.

        Anyone who has the URL may upload. ``content_type`` is the file's media type, such as ``image/png``. How to
        upload is not published; ``upload`` does it. Source: the published contract.
        """
        body = models.NewFile(file_name=file_name, content_type=content_type)
        return self._send(create_prompt_upload_url.request(body=body))

    @operation(create_prompt_upload_url)
    def upload(self, path: str | os.PathLike[str], *, content_type: str | None = None) -> Plan[PromptAttachment]:
        """Upload a file, and return what attaches it: ``prompts.send(..., files=[attachment])``.

        It works like ``files.upload``: in pieces, and to a signed URL that gets neither the credential nor the client's
        headers.

        Raises ``ArgumentError`` for a file that cannot be read, and ``OSError`` if reading fails or the file becomes
        shorter.
        """
        name, storage_path = yield from self._uploaded(
            lambda body: create_prompt_upload_url.request(body=body), path, content_type
        )
        return models.PromptAttachment(file_name=name, storage_path=storage_path)

    def _response(self, prompt_id: str, deadline: Deadline) -> Plan[PromptResponse]:
        request = get_prompt_response.request(path_id("prompt_id", prompt_id))
        return self._awaited(
            request,
            lambda answer: (None, None, None) if answer is None else (answer.status, answer, answer.error),
            Asked(None, prompt_id),
            deadline,
        )
