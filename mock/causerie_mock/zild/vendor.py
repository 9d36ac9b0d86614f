"""The record from which the mock plays this vendor, apart from its document."""

from __future__ import annotations

from .._vendor import Vendor
from .errors import error
from .options import Options
from .routes import HANDLERS
from .seen import observe
from .state import State

# behaviour: credential-is-a-bearer-token
#: Tokens of the first and the second tenant.
TOKENS = ("zild-mock-token", "zild-mock-token-2")

VENDOR = Vendor(
    credentials=TOKENS,
    options=Options,
    state=State,
    handlers=HANDLERS,
    error=error,
    observe=observe,
)
