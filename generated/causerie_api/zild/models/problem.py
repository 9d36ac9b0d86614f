from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ... import schema
from ...model import Model, field
from ...unset import UNSET, Unset


class Problem(Model):
    """Error answer in the form of RFC 9457, as ASP.NET Core writes it."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    type_: str | None | Unset = field("type", schema.nullable(schema.STRING), default=UNSET)
    """URL that identifies the kind of problem."""
    title: str | None | Unset = field("title", schema.nullable(schema.STRING), default=UNSET)
    """Kind of problem in words."""
    status: int | None | Unset = field("status", schema.nullable(schema.INTEGER), default=UNSET)
    """HTTP status code."""
    detail: str | None | Unset = field("detail", schema.nullable(schema.STRING), default=UNSET)
    """This problem in words."""
    instance: str | None | Unset = field("instance", schema.nullable(schema.STRING), default=UNSET)
    """URL that identifies this problem."""
    trace_id: str | Unset = field("traceId", schema.STRING, default=UNSET)
    """Id of the request in the server's logs."""
    errors: dict[str, Any] | Unset = field("errors", schema.OBJECT, default=UNSET)
    """A JSON object of any shape."""
