"""Typed clients for the conversation APIs of Convocore, raia and Zild.

A name is imported when it is first asked for, so ``import palaver`` costs next to nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from palaver_api.model import DecodeError as DecodeError
    from palaver_api.unset import UNSET as UNSET
    from palaver_api.unset import Unset as Unset

    from ._client import Raw as Raw
    from ._convocore import AsyncConvocore as AsyncConvocore
    from ._convocore import Convocore as Convocore
    from ._errors import APIConnectionError as APIConnectionError
    from ._errors import APIResponseValidationError as APIResponseValidationError
    from ._errors import APIStatusError as APIStatusError
    from ._errors import APITimeoutError as APITimeoutError
    from ._errors import ArgumentError as ArgumentError
    from ._errors import AuthenticationError as AuthenticationError
    from ._errors import BadRequestError as BadRequestError
    from ._errors import ConflictError as ConflictError
    from ._errors import NotFoundError as NotFoundError
    from ._errors import PalaverError as PalaverError
    from ._errors import PermissionDeniedError as PermissionDeniedError
    from ._errors import RateLimitError as RateLimitError
    from ._errors import ReplyFailedError as ReplyFailedError
    from ._errors import ReplyTimeoutError as ReplyTimeoutError
    from ._errors import ServerError as ServerError
    from ._errors import UnprocessableError as UnprocessableError
    from ._errors import WebhookVerificationError as WebhookVerificationError
    from ._outcome import Outcome as Outcome
    from ._pages import AsyncPage as AsyncPage
    from ._pages import Page as Page
    from ._raia import AsyncRaia as AsyncRaia
    from ._raia import Raia as Raia
    from ._response import Response as Response
    from ._retry import Retry as Retry
    from ._zild import AsyncZild as AsyncZild
    from ._zild import Zild as Zild

_MODULES = {
    "APIConnectionError": "palaver._errors",
    "APIResponseValidationError": "palaver._errors",
    "APIStatusError": "palaver._errors",
    "APITimeoutError": "palaver._errors",
    "ArgumentError": "palaver._errors",
    "AsyncConvocore": "palaver._convocore",
    "AsyncPage": "palaver._pages",
    "AsyncRaia": "palaver._raia",
    "AsyncZild": "palaver._zild",
    "AuthenticationError": "palaver._errors",
    "BadRequestError": "palaver._errors",
    "ConflictError": "palaver._errors",
    "Convocore": "palaver._convocore",
    "DecodeError": "palaver_api.model",
    "NotFoundError": "palaver._errors",
    "Outcome": "palaver._outcome",
    "Page": "palaver._pages",
    "PalaverError": "palaver._errors",
    "PermissionDeniedError": "palaver._errors",
    "Raia": "palaver._raia",
    "RateLimitError": "palaver._errors",
    "Raw": "palaver._client",
    "ReplyFailedError": "palaver._errors",
    "ReplyTimeoutError": "palaver._errors",
    "Response": "palaver._response",
    "Retry": "palaver._retry",
    "ServerError": "palaver._errors",
    "UNSET": "palaver_api.unset",
    "UnprocessableError": "palaver._errors",
    "Unset": "palaver_api.unset",
    "WebhookVerificationError": "palaver._errors",
    "Zild": "palaver._zild",
}

__all__ = [
    "UNSET",
    "APIConnectionError",
    "APIResponseValidationError",
    "APIStatusError",
    "APITimeoutError",
    "ArgumentError",
    "AsyncConvocore",
    "AsyncPage",
    "AsyncRaia",
    "AsyncZild",
    "AuthenticationError",
    "BadRequestError",
    "ConflictError",
    "Convocore",
    "DecodeError",
    "NotFoundError",
    "Outcome",
    "Page",
    "PalaverError",
    "PermissionDeniedError",
    "Raia",
    "RateLimitError",
    "Raw",
    "ReplyFailedError",
    "ReplyTimeoutError",
    "Response",
    "Retry",
    "ServerError",
    "UnprocessableError",
    "Unset",
    "WebhookVerificationError",
    "Zild",
]


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(_MODULES[name]), name)
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
