"""What the generated code of every vendor shares."""

from ..request import Request, Response, UnexpectedStatus
from ..unset import UNSET, Unset

__all__ = ("UNSET", "Request", "Response", "UnexpectedStatus", "Unset")
