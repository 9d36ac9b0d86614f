"""The exceptions of the SDK, and how an answer becomes one.

Every exception can be pickled and copied, and none of them holds a credential.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final, NamedTuple, Self

from causerie_api.jsonvalue import printable

from ._response import Response

_SHOWN: Final = 2_000
"""The most characters of one text from the vendor in the message of an exception."""
_SECONDS: Final = re.compile(r"[0-9]+(?:\.[0-9]*)?")


def _cut(said: object) -> str:
    """Shorten a vendor's text for a message: it can be as long as an answer."""
    text = printable(str(said))
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}… ({len(text)} characters)"


class CauserieError(Exception):
    """Base class of all exceptions of the SDK."""

    def __repr__(self) -> str:
        return _cut(super().__repr__())

    def __reduce__(self) -> tuple[Callable[..., Self], tuple[Any, ...], dict[str, Any]]:
        cls = type(self)
        return cls.__new__, (cls, *self.args), self.__dict__


class ArgumentError(CauserieError, ValueError):
    """An argument that cannot be used. Nothing was sent."""

    def __init__(self, argument: str, problem: str) -> None:
        super().__init__(argument, problem)
        self.argument = argument
        self.problem = problem

    def __str__(self) -> str:
        return f"{self.argument}: {_cut(self.problem)}"


class APIConnectionError(CauserieError):
    """No complete answer arrived: the connection failed or broke.

    ``was_sent`` is False if the request certainly did not reach the vendor; otherwise, it may have been processed.
    """

    def __init__(self, request: str, problem: str, *, was_sent: bool = True) -> None:
        super().__init__(request, problem)
        self.request = request
        self.problem = problem
        self.was_sent = was_sent

    def __str__(self) -> str:
        return f"{self.request}: {_cut(self.problem)}"


class APITimeoutError(APIConnectionError):
    """No complete answer arrived in time."""


class APIResponseTooLargeError(APIConnectionError):
    """An answer has more than ``max_response_bytes``. It was thrown away, and the request is not repeated.

    The vendor may have processed the request.
    """


class ReplyTimeoutError(CauserieError):
    """The answer to a question did not arrive in time. It may still arrive: ``messages.wait`` continues waiting.

    For a prompt, ``conversation_id`` is None, ``message_id`` is the prompt's id, and ``prompts.wait`` continues
    waiting.
    """

    def __init__(self, conversation_id: str | None, message_id: str, seconds: float) -> None:
        super().__init__(conversation_id, message_id, seconds)
        self.conversation_id = conversation_id
        self.message_id = message_id
        self.seconds = seconds

    def __str__(self) -> str:
        message_id = _cut(self.message_id)
        if self.conversation_id is None:
            asked, call = "prompt", f"prompts.wait({message_id!r})"
        else:
            asked, call = "question", f"messages.wait({_cut(self.conversation_id)!r}, {message_id!r})"
        return f"no answer to {asked} {message_id} within {self.seconds:g} s; go on waiting with {call}"


class ReplyFailedError(CauserieError):
    """The agent failed to answer a question. ``error`` is the vendor's text, if there is one.

    For a prompt, ``conversation_id`` is None and ``message_id`` is the prompt's id. For a turn, ``message_id`` is None.
    """

    def __init__(self, conversation_id: str | None, message_id: str | None, error: str | None) -> None:
        super().__init__(conversation_id, message_id, error)
        self.conversation_id = conversation_id
        self.message_id = message_id
        self.error = error

    def __str__(self) -> str:
        if self.message_id is None:
            asked = f"in conversation {_cut(self.conversation_id)}"
        else:
            asked = f"{'prompt' if self.conversation_id is None else 'question'} {_cut(self.message_id)}"
        return f"the agent failed to answer {asked}: {_cut(self.error or 'no reason given')}"


class WebhookVerificationError(CauserieError):
    """A webhook call does not have the expected secret.

    ``name`` is the header or the field of the body that should have it; ``place`` is ``"header"`` or ``"field"``.
    """

    def __init__(self, place: str, name: str, problem: str) -> None:
        super().__init__(place, name, problem)
        self.place = place
        self.name = name
        self.problem = problem

    def __str__(self) -> str:
        return f"the {self.place} {self.name} {self.problem}: the call may not come from the vendor"


class APIResponseValidationError(CauserieError):
    """A successful answer has a body that does not match the document. ``response`` is the answer as it arrived."""

    def __init__(self, response: Response, problem: str) -> None:
        super().__init__(response, problem)
        self.response = response
        self.problem = problem

    def __str__(self) -> str:
        return f"{self.response.request}: answered {self.response.status_code}, but {_cut(self.problem)}"


class ErrorBody(NamedTuple):
    """The contents of a vendor's error body, under the same names for all vendors."""

    code: str | None
    """The vendor's code, such as ``NOT_FOUND``."""
    message: str | None
    """The vendor's message."""
    issues: list[Any]
    """The problems of the request, one by one, in the vendor's own form."""

    @classmethod
    def read(cls, body: Any, code: str, message: str, issues: str) -> Self:
        """Read these keys of a JSON object. Values of another type are only in ``APIStatusError.body``."""
        fields = body if isinstance(body, dict) else {}
        found = fields.get(issues) or []
        return cls(_text(fields.get(code)), _text(fields.get(message)), found if isinstance(found, list) else [found])


def _text(value: Any) -> str | None:
    return printable(value) if isinstance(value, str) else None


def _bare_url(url: str) -> str:
    """Return the URL without user, password, query and fragment, all of which can be credentials."""
    return re.sub(r"^([^/?#]*//)[^/?#]*@", r"\1", url).partition("#")[0].partition("?")[0]


class APIStatusError(CauserieError):
    """An answer that is not a success.

    ``code``, ``message`` and ``issues`` are the vendor's; ``body`` is the decoded JSON, or the text if it is not JSON;
    ``request_id`` is the answer's ``x-request-id``. ``meanings`` are known reasons for which the vendor uses this
    status, whatever the answer says; there may be others.
    """

    def __init__(self, response: Response, body: ErrorBody, meanings: Sequence[str] = ()) -> None:
        super().__init__(response, body, meanings)
        self.response = response
        self.status_code = response.status_code
        self.request_id = response.request_id
        self.body = response.body
        self.code, self.message, self.issues = body
        self.meanings = tuple(meanings)

    def __str__(self) -> str:
        parts = [f"{self.response.request}: answered {self.status_code}"]
        if self.code and self.code != self.message:
            parts.append(_cut(self.code))
        if self.message:
            parts.append(_cut(self.message))
        if self.issues:
            parts.append(f"issues: {_cut(self.issues)}")
        if 300 <= self.status_code < 400 and "location" in self.response.headers:
            place = _bare_url(self.response.headers["location"])
            parts.append(f"redirects to {_cut(place)}, which is not followed")
        if self.request_id:
            parts.append(f"request id {_cut(self.request_id)}")
        said = ", ".join(parts)
        return f"{said}; a {self.status_code} can mean that {', or '.join(self.meanings)}" if self.meanings else said

    @property
    def retry_after(self) -> float | None:
        """Return the seconds to wait that ``Retry-After`` asks for, as a number or a date (RFC 9110, 10.2.3).

        Some rate limiters also write a fraction, which the RFC does not allow.
        """
        text = self.response.headers.get("retry-after", "")
        if _SECONDS.fullmatch(text):
            return float(text)
        try:
            moment = parsedate_to_datetime(text)
            if moment.tzinfo is None:  # "-0000" and the asctime format have no zone, but mean UTC
                moment = moment.replace(tzinfo=UTC)
            return max(0.0, (moment - datetime.now(UTC)).total_seconds())
        except (ValueError, OverflowError):
            return None


class BadRequestError(APIStatusError):
    """400: the vendor does not accept the request as it is."""


class AuthenticationError(APIStatusError):
    """401, or the status that a vendor uses instead: the credential is missing or wrong."""

    def __str__(self) -> str:
        return f"{super().__str__()}; check the credential that the client was made with"


class PermissionDeniedError(APIStatusError):
    """403: the credential is valid but lacks permission. Also 401 or 403 from a signed URL."""


class NotFoundError(APIStatusError):
    """404: it does not exist, or does not belong to you."""


class ConflictError(APIStatusError):
    """409: the request conflicts with the current state."""


class UnprocessableError(APIStatusError):
    """422: the vendor understood the request but refuses it."""


class RateLimitError(APIStatusError):
    """429: too many requests."""


class ServerError(APIStatusError):
    """5xx: the vendor failed."""


_BY_STATUS: Final[dict[int, type[APIStatusError]]] = {
    400: BadRequestError,
    401: AuthenticationError,
    403: PermissionDeniedError,
    404: NotFoundError,
    409: ConflictError,
    422: UnprocessableError,
    429: RateLimitError,
}


def status_error(response: Response, body: ErrorBody, meanings: Mapping[int, Sequence[str]]) -> APIStatusError:
    """Return the exception for an answer that is not a success. ``meanings`` are those of the vendor, by status."""
    status = response.status_code
    known = meanings.get(status, ())
    if status == 403 and "INVALID_CREDENTIALS" in (body.code, body.message):
        return AuthenticationError(response, body, known)
    default = ServerError if status >= 500 else APIStatusError
    return _BY_STATUS.get(status, default)(response, body, known)
