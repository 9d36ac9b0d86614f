"""What ``Client`` raises, beside ``httpx.HTTPError``."""

from ..model import DecodeError
from ..request import UnexpectedStatus

__all__ = ("DecodeError", "UnexpectedStatus")
