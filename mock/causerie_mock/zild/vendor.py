"""What is played of this vendor, apart from what its document says."""

from __future__ import annotations

from causerie_mock._vendor import Vendor
from causerie_mock.zild.errors import error
from causerie_mock.zild.options import Options
from causerie_mock.zild.routes import HANDLERS
from causerie_mock.zild.state import State

#: Tokens of the first and the second tenant.
TOKENS = ("zild-mock-token", "zild-mock-token-2")

VENDOR = Vendor(
    credentials=TOKENS,
    options=Options,
    state=State,
    handlers=HANDLERS,
    error=error,
)
