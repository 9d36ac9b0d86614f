"""A spy, which passes requests on to a real server and checks each exchange against the vendor's document."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import attrs

from causerie_spec.evidence import evidence, promised_by
from causerie_spec.exchange import Departure, Exchanges, Read
from causerie_spec.pointer import spell
from causerie_spec.redact import Redactor, vocabulary
from causerie_spec.unpack import Unpacker

from . import _json
from ._contract import Contract
from ._exchange import Issue, Problem, Reply, Request
from ._findings import Finding, Findings
from ._harvest import Harvest, Sighting
from ._seed import Record
from ._upstream import MAX_PASSED, Unanswered, upstream
from ._veil import Veil
from ._vendor import Vendor

#: The header with the marks of all spies that a request has passed. `Via` would change answers: nginx does not
#: compress them for requests with it.
_PASSED = "causerie-spy"
#: The default for the seconds that an answer may take.
_TIMEOUT = 300.0


@attrs.frozen
class Overheard:
    """One exchange: the reply that is passed on, and the redacted request and reply."""

    reply: Reply
    request_shown: Request
    reply_shown: Reply
    operation: str | None
    #: The problem in a few words, and the issues by place; None if there is none.
    problem: str | None = None
    issues: Sequence[Issue] = ()


class Spy:
    """Passes each request of the application on to a real server, once, and checks each exchange.

    It sends no requests of its own. Nothing that it shows has a credential or a value that may be personal data.
    """

    def __init__(self, target: object, vendor: Vendor, contract: Contract) -> None:
        self._upstream = upstream(target)
        self._vendor = vendor
        self._contract = contract
        self._exchanges = Exchanges(contract.document, requests=True)
        self._known = vocabulary(contract.document)
        self._bases = [
            base for each in contract.document["servers"] if (base := urlsplit(each["url"]).path.rstrip("/"))
        ]
        self._mark = secrets.token_hex(8)
        self._lock = threading.Lock()
        #: Seconds that an answer may take. After that, the application gets a 504.
        self.timeout = _TIMEOUT
        #: The differences from the document.
        self.findings = Findings()
        self.clear()

    @property
    def target(self) -> str:
        """The name of the server that requests are sent to."""
        return self._upstream.place

    @property
    def address(self) -> tuple[str, int] | None:
        """The host and the port of the server; None for a function in this process."""
        host: str | None = getattr(self._upstream, "host", None)
        return None if host is None else (host, self._upstream.port)  # type: ignore[attr-defined]

    def clear(self) -> None:
        """Remove all findings and records."""
        with self._lock:
            self.findings.clear()
            self._harvest = Harvest(self._contract.document, self._vendor.observe)

    def close(self) -> None:
        """Stop waiting for answers."""
        self._upstream.close()

    def exchange(self, request: Request, now: datetime) -> Overheard:
        """Send `request` once, and check the answer."""
        if self._mark in request.header(_PASSED):
            said = (
                f"Causerie's spy has sent this request to {self.target}, and it came back: spies lead to each other, "
                "or one to itself. Give one of them the URL of the real server."
            )
            return self.look(request, self._vendor.error(Problem(508, said)), now, said)
        if len(request.body) > MAX_PASSED:  # Only its beginning was read.
            said = f"Causerie's spy does not pass on bodies longer than {MAX_PASSED} bytes. Nothing was sent."
            return self.look(request, self._vendor.error(Problem(413, said)), now, said)
        try:
            reply = self._upstream.send(self._marked(request), self.timeout)
        except Unanswered as error:
            return self.look(request, self._vendor.error(Problem(error.status, str(error))), now, str(error))
        return self.look(request, reply, now)

    def _marked(self, request: Request) -> Request:
        return attrs.evolve(request, headers=(*request.headers, (_PASSED.encode(), self._mark.encode())))

    def look(self, request: Request, reply: Reply, now: datetime, unanswered: str | None = None) -> Overheard:
        """Check an exchange against the document, and record the differences.

        `unanswered` is the reason why there is no answer; None if there is one.
        """
        entry, troubles = self._entry(request, reply)
        redactor = Redactor([entry], self._known)
        base = next((each for each in self._bases if request.path.startswith(f"{each}/".encode())), "")
        read = self._exchanges.read(entry, redactor, base)
        departures = read.departures
        if unanswered is not None:  # The answer is the spy's own.
            departures = tuple(each for each in departures if each.where.partition(" ")[0] != "answer")
            departures += (Departure("answer", "connection", unanswered, read.place),)
        departures += tuple(Departure(part, "body", why, read.place) for part, why in troubles)
        with self._lock:
            self.findings.checked += 1
            for each in departures:
                self.findings.add(
                    (read.label, each.where.partition(" ")[0], *each.cause), self._finding(read, each, now)
                )
            if unanswered is None and read.operation and reply.status // 100 == 2:
                self._harvest.add(self._sighting(request, entry, read.operation))
        veil = Veil(redactor, self._credential_header)
        return Overheard(
            reply,
            veil.request(request, entry["request"]["postData"]["text"]),
            veil.reply(reply, entry["response"]["content"]["text"]),
            read.operation or None,
            departures[0].problem if departures else None,
            [Issue(each.where, each.problem) for each in departures],
        )

    def unheard(self, request: Request, reply: Reply) -> Overheard:
        """Return the redacted form of a request that a fault kept from the server."""
        entry, _ = self._entry(request, reply)
        veil = Veil(Redactor([entry], self._known), self._credential_header)
        operation = self._contract.operation(request.method, request.path)
        return Overheard(
            reply,
            veil.request(request, entry["request"]["postData"]["text"]),
            veil.reply(reply, entry["response"]["content"]["text"]),
            operation.id if operation else None,
        )

    def seed(self, allowed: Callable[[str, Record], bool]) -> dict[str, list[Record]]:
        """Return the vendor's records in the traffic for `Mock.seed`, with placeholders for personal data."""
        with self._lock:
            return self._harvest.seed(allowed)

    @property
    def _credential_header(self) -> bytes:
        credential = next(each.credential for each in self._contract.operations() if each.credential)
        return credential.header.lower().encode("ascii")

    def _entry(self, request: Request, reply: Reply) -> tuple[dict[str, Any], list[tuple[str, str]]]:
        """Return the exchange in the form of HAR 1.2, and the reasons why bodies could not be read."""
        troubles: list[tuple[str, str]] = []

        def text(part: str, body: bytes, encodings: list[str]) -> str:
            try:
                return _text(body, ", ".join(encodings))
            except ValueError as error:
                troubles.append((part, f"the spy could not read the {part}: {error}"))
                return ""

        headers = [(name.lower(), value) for name, value in reply.headers]
        types = [value for name, value in headers if name == "content-type"]
        encodings = [value for name, value in headers if name == "content-encoding"]
        query = f"?{request.query.decode('latin-1')}" if request.query else ""
        entry = {
            "request": {
                "method": request.method,
                "url": f"http://vendor{request.path.decode('latin-1')}{query}",
                "headers": [
                    {"name": name.decode("latin-1"), "value": value.decode("latin-1")}
                    for name, value in request.headers
                ],
                "postData": {
                    "mimeType": "".join(request.header("content-type")[:1]),
                    "text": text("body", request.body, request.header("content-encoding")),
                },
            },
            "response": {
                "status": reply.status,
                "headers": [{"name": name, "value": value} for name, value in headers],
                "content": {"mimeType": "".join(types[:1]), "text": text("answer", reply.body, encodings)},
            },
        }
        return entry, troubles

    def _sighting(self, request: Request, entry: dict[str, Any], operation: str) -> Sighting:
        found = self._contract.find(request.path)
        values = found[1] if found else {}
        query = dict(parse_qsl(request.query.decode("latin-1"), keep_blank_values=True))
        texts = (entry["request"]["postData"]["text"], entry["response"]["content"]["text"])
        body, answered = (_value(text) for text in texts)
        return Sighting(operation, {**query, **values}, body, answered)

    def _finding(self, read: Read, departure: Departure, now: datetime) -> Finding:
        promise = promised_by(evidence(self._contract.document, departure.place))
        return Finding(
            read.operation or None,
            read.label,
            read.status,
            departure.where,
            departure.keyword,
            departure.title,
            departure.problem,
            spell(departure.place),
            promise,
            now,
            now,
        )


def _text(body: bytes, encoding: str) -> str:
    """Return the text of a body. Raises `ValueError` if there is none; its message does not quote the body."""
    unpacker = Unpacker(encoding, max(MAX_PASSED, len(body)))  # the body is in memory already
    unpacker.add(body)
    try:
        text = unpacker.whole().decode("utf-8")
    except UnicodeDecodeError:
        raise ValueError("it is not UTF-8") from None
    if _json.is_deeper(text, _json.MAX_DEPTH):
        raise ValueError(f"it is nested deeper than {_json.MAX_DEPTH} levels")
    return text


def _value(text: str) -> Any:
    try:
        return _json.decode(text.encode()) if text else None
    except ValueError:
        return None
