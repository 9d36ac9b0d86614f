"""What ``Client`` raises, beside ``httpx.HTTPError``."""

from ..model import DecodeError
from ..request import UnexpectedStatus
from ..stream import StreamRefused

__all__ = ("DecodeError", "StreamRefused", "UnexpectedStatus")
