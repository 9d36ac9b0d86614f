"""Help for who receives calls of webhooks, in a module for each vendor whose calls can be read.

``parse`` and ``verify`` here know a call by its headers. Calls that hold a secret need the ``parse`` of their vendor's
module, which takes the secret out.
"""

from .._errors import WebhookVerificationError
from . import convocore, raia
from .raia import Headers, WebhookEvent, parse, verify

__all__ = ["Headers", "WebhookEvent", "WebhookVerificationError", "convocore", "parse", "raia", "verify"]
