"""Everything that the SDK raises, and how an answer becomes an error.

Every error pickles and copies, and none of them holds a credential.
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
"""Characters of one thing that a vendor has said, in an error's text."""
_SECONDS: Final = re.compile(r"[0-9]+(?:\.[0-9]*)?")


def _cut(said: object) -> str:
    """Return what a vendor has said, fit for a line of text: it can be as long as an answer."""
    text = printable(str(said))
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}… ({len(text)} characters)"


class CauserieError(Exception):
    """The root of everything that the SDK raises."""

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
    """No complete answer came: no connection, or one that broke.

    ``was_sent`` is False when the request certainly did not reach the vendor; otherwise it may have been processed.
    """

    def __init__(self, request: str, problem: str, *, was_sent: bool = True) -> None:
        super().__init__(request, problem)
        self.request = request
        self.problem = problem
        self.was_sent = was_sent

    def __str__(self) -> str:
        return f"{self.request}: {_cut(self.problem)}"


class APITimeoutError(APIConnectionError):
    """No complete answer came in time."""


class APIResponseTooLargeError(APIConnectionError):
    """An answer with more than ``max_response_bytes``, of which nothing was kept. It is never asked for again.

    What the request wanted may have been done.
    """


class ReplyTimeoutError(CauserieError):
    """An answer to a question was not there in time. It may come yet: ``messages.wait`` takes up where this stopped.

    Of a prompt, ``conversation_id`` is None, ``message_id`` is the prompt's, and ``prompts.wait`` goes on.
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
    """The agent failed to answer a question. ``error`` is the vendor's text, if it gave one.

    Of a prompt, ``conversation_id`` is None and ``message_id`` is the prompt's. Of a turn, ``message_id`` is None.
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
    """A call of a webhook without the secret that it should have.

    That should stand in the call's header or in the body's field (``place``: ``"header"`` or ``"field"``) ``name``.
    """

    def __init__(self, place: str, name: str, problem: str) -> None:
        super().__init__(place, name, problem)
        self.place = place
        self.name = name
        self.problem = problem

    def __str__(self) -> str:
        return f"the {self.place} {self.name} {self.problem}: whoever called is not known for the vendor"


class APIResponseValidationError(CauserieError):
    """A success whose body is not what the document says. ``response`` holds it as it came."""

    def __init__(self, response: Response, problem: str) -> None:
        super().__init__(response, problem)
        self.response = response
        self.problem = problem

    def __str__(self) -> str:
        return f"{self.response.request}: answered {self.response.status_code}, but {_cut(self.problem)}"


class ErrorBody(NamedTuple):
    """What a vendor's error body says, in the words of all three."""

    code: str | None
    """The vendor's code, such as ``NOT_FOUND``."""
    message: str | None
    """The vendor's message."""
    issues: list[Any]
    """What is wrong with the request, one by one, in the vendor's own shape."""

    @classmethod
    def read(cls, body: Any, code: str, message: str, issues: str) -> Self:
        """From the keys of a JSON object; what is of another type is left to ``APIStatusError.body``."""
        fields = body if isinstance(body, dict) else {}
        found = fields.get(issues) or []
        return cls(_text(fields.get(code)), _text(fields.get(message)), found if isinstance(found, list) else [found])


def _text(value: Any) -> str | None:
    return printable(value) if isinstance(value, str) else None


def _bare_url(url: str) -> str:
    """Return the URL without a user, a password, a query and a fragment: any can be a credential."""
    return re.sub(r"^([^/?#]*//)[^/?#]*@", r"\1", url).partition("#")[0].partition("?")[0]


class APIStatusError(CauserieError):
    """An answer that is not a success.

    ``code``, ``message`` and ``issues`` are the vendor's; ``body`` is the decoded JSON, or the text where it is none;
    ``request_id`` is the answer's ``x-request-id``. ``meanings`` are what the vendor is known to mean by this status,
    whatever the answer says; there may be more.
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
        """Seconds to wait that the answer asks for, from ``Retry-After``: a number or a date (RFC 9110, 10.2.3).

        Rate limiters also write the rest of a window with a fraction, which the RFC does not know.
        """
        text = self.response.headers.get("retry-after", "")
        if _SECONDS.fullmatch(text):
            return float(text)
        try:
            moment = parsedate_to_datetime(text)
            if moment.tzinfo is None:  # "-0000", or C's asctime: UTC all the same
                moment = moment.replace(tzinfo=UTC)
            return max(0.0, (moment - datetime.now(UTC)).total_seconds())
        except (ValueError, OverflowError):
            return None


class BadRequestError(APIStatusError):
    """400: the vendor does not accept the request as it is."""


class AuthenticationError(APIStatusError):
    """401, or what a vendor answers in its place: the credential is missing or wrong."""

    def __str__(self) -> str:
        return f"{super().__str__()}; check the credential that the client was made with"


class PermissionDeniedError(APIStatusError):
    """403: the credential is known, and does not reach this far. Also 401 or 403 to a signed URL."""


class NotFoundError(APIStatusError):
    """404: no such thing, or not yours."""


class ConflictError(APIStatusError):
    """409: the request does not fit the present state."""


class UnprocessableError(APIStatusError):
    """422: understood, and refused."""


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
    """Return the error for an answer that is not a success. ``meanings`` are those of the vendor, by status."""
    status = response.status_code
    known = meanings.get(status, ())
    if status == 403 and "INVALID_CREDENTIALS" in (body.code, body.message):
        return AuthenticationError(response, body, known)
    default = ServerError if status >= 500 else APIStatusError
    return _BY_STATUS.get(status, default)(response, body, known)
