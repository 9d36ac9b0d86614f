"""Helpers for receiving webhook calls, with a module for each vendor whose calls can be read.

``parse`` and ``verify`` in this module check a call by its headers. For a vendor whose calls hold a secret in the body,
use ``parse`` of its module, which removes the secret.
"""

from .._errors import WebhookVerificationError
from . import convocore, raia
from .raia import Headers, WebhookEvent, parse, verify

__all__ = ["Headers", "WebhookEvent", "WebhookVerificationError", "convocore", "parse", "raia", "verify"]
