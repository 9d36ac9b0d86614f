"""Redacts the traffic of a spy: words in the document are shown, and everything else is masked."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote_plus

from causerie_spec import METHODS
from causerie_spec.redact import Redactor

from . import _json
from ._exchange import Reply, Request
from ._requests import MASK

_TYPE = "content-type"


class Veil:
    """Redacts one exchange with its redactor. `credential` is the header of the vendor's credential."""

    def __init__(self, redactor: Redactor, credential: bytes) -> None:
        self._redactor = redactor
        self._credential = credential

    def request(self, request: Request, text: str) -> Request:
        """Return the request without personal data. `text` is the text of its body, decompressed.

        Only the headers with the media type and the credential are kept, because others may contain anything.
        """
        headers = [
            (name, MASK if name.lower() == self._credential else self._media(value.decode("latin-1")).encode())
            for name, value in request.headers
            if name.lower() in {self._credential, _TYPE.encode()}
        ]
        path = self._redactor.path(request.path.decode("latin-1")).encode("utf-8")
        query = b"&".join(map(self._pair, request.query.split(b"&"))) if request.query else b""
        method = request.method if request.method.lower() in METHODS else self._redactor.word(request.method)
        return Request(method, path, query, headers, self._body(request.body, text), request.scheme, request.mount)

    def reply(self, reply: Reply, text: str) -> Reply:
        """Return the reply in the same way."""
        headers = tuple((name, self._media(value)) for name, value in reply.headers if name.lower() == _TYPE)
        return Reply(reply.status, headers, self._body(reply.body, text))

    def _media(self, text: str) -> str:
        return self._redactor.media_type(text.partition(";")[0].strip().lower())

    def _pair(self, text: bytes) -> bytes:
        name, equals, value = (unquote_plus(part.decode("latin-1")) for part in text.partition(b"="))
        shown = value if value in {"true", "false", ""} else self._digits(value) or self._redactor.word(value)
        return f"{self._redactor.word(name)}{equals}{shown}".encode()

    def _digits(self, text: str) -> str | None:
        """Return a text that is a number and may be shown, such as that of a page; None for any other."""
        is_short = text.isascii() and text.isdecimal() and len(text) < 4 and not text.startswith("0")
        return text if is_short and self._redactor.value(int(text)) == text else None

    def _body(self, body: bytes, text: str) -> bytes:
        if not body:
            return b""
        try:
            value = _json.decode(text.encode())
        except ValueError:
            return MASK
        return _json.encode(self._hidden(value))

    def _hidden(self, value: Any) -> Any:
        match value:
            case dict():
                return {self._redactor.word(name): self._hidden(each) for name, each in value.items()}
            case list():
                return [self._hidden(each) for each in value]
            case None | bool() | "":
                return value
            case int() if self._redactor.value(value) == str(value):
                return value
            case str():
                return self._redactor.word(value)
            case _:
                return MASK.decode()
