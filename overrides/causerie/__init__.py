"""Typed clients for conversation APIs, one for each vendor.

Names are imported on first use, so ``import causerie`` is fast.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from causerie_api.model import DecodeError as DecodeError
    from causerie_api.unset import UNSET as UNSET
    from causerie_api.unset import Unset as Unset

    from ._client import Raw as Raw
    from ._errors import APIConnectionError as APIConnectionError
    from ._errors import APIResponseTooLargeError as APIResponseTooLargeError
    from ._errors import APIResponseValidationError as APIResponseValidationError
    from ._errors import APIStatusError as APIStatusError
    from ._errors import APITimeoutError as APITimeoutError
    from ._errors import ArgumentError as ArgumentError
    from ._errors import AuthenticationError as AuthenticationError
    from ._errors import BadRequestError as BadRequestError
    from ._errors import CauserieError as CauserieError
    from ._errors import ConflictError as ConflictError
    from ._errors import NotFoundError as NotFoundError
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
    from ._response import Response as Response
    from ._retry import Retry as Retry
    from .convocore import AsyncConvocore, Convocore
    from .raia import AsyncRaia, Raia
    from .zild import AsyncZild, Zild

_MODULES = {
    "APIConnectionError": "causerie._errors",
    "APIResponseTooLargeError": "causerie._errors",
    "APIResponseValidationError": "causerie._errors",
    "APIStatusError": "causerie._errors",
    "APITimeoutError": "causerie._errors",
    "ArgumentError": "causerie._errors",
    "AsyncPage": "causerie._pages",
    "AuthenticationError": "causerie._errors",
    "BadRequestError": "causerie._errors",
    "CauserieError": "causerie._errors",
    "ConflictError": "causerie._errors",
    "DecodeError": "causerie_api.model",
    "NotFoundError": "causerie._errors",
    "Outcome": "causerie._outcome",
    "Page": "causerie._pages",
    "PermissionDeniedError": "causerie._errors",
    "RateLimitError": "causerie._errors",
    "Raw": "causerie._client",
    "ReplyFailedError": "causerie._errors",
    "ReplyTimeoutError": "causerie._errors",
    "Response": "causerie._response",
    "Retry": "causerie._retry",
    "ServerError": "causerie._errors",
    "UNSET": "causerie_api.unset",
    "UnprocessableError": "causerie._errors",
    "Unset": "causerie_api.unset",
    "WebhookVerificationError": "causerie._errors",
    **dict.fromkeys(("AsyncConvocore", "Convocore"), "causerie.convocore"),
    **dict.fromkeys(("AsyncRaia", "Raia"), "causerie.raia"),
    **dict.fromkeys(("AsyncZild", "Zild"), "causerie.zild"),
}

__all__ = [
    "UNSET",
    "APIConnectionError",
    "APIResponseTooLargeError",
    "APIResponseValidationError",
    "APIStatusError",
    "APITimeoutError",
    "ArgumentError",
    "AsyncPage",
    "AuthenticationError",
    "BadRequestError",
    "CauserieError",
    "ConflictError",
    "DecodeError",
    "NotFoundError",
    "Outcome",
    "Page",
    "PermissionDeniedError",
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
    "__version__",
]
__all__ += ["AsyncConvocore", "Convocore"]
__all__ += ["AsyncRaia", "Raia"]
__all__ += ["AsyncZild", "Zild"]


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(_MODULES[name]), name)
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
