"""An HTTP answer, without the request."""

from __future__ import annotations

from typing import Any

import attrs

from causerie_api.jsontext import read


@attrs.frozen
class Response:
    """One HTTP answer. It does not know the request's headers, so it can be logged, pickled and raised."""

    request: str
    """Method and path template: ``GET /agents/{agentId}``."""
    status_code: int
    headers: dict[str, str] = attrs.field(repr=False)
    """By lower-case name; repeated headers are joined by commas."""
    content: bytes = attrs.field(repr=False)

    @property
    def is_success(self) -> bool:
        """Whether the status is 2xx."""
        return 200 <= self.status_code < 300

    @property
    def text(self) -> str:
        """The body as text; bytes that are not UTF-8 are replaced."""
        return self.content.decode(errors="replace")

    @property
    def body(self) -> Any:
        """The decoded JSON of the body, or its text if it is not JSON."""
        try:
            return read(self.content)
        except ValueError:
            return self.text

    @property
    def request_id(self) -> str | None:
        """The vendor's id for this exchange, from ``x-request-id``."""
        return self.headers.get("x-request-id")
