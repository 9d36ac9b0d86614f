"""What is played of this vendor, apart from what its document says."""

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
