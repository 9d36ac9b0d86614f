"""One sequence of requests to the server. Each answer is checked against the document and the expectations."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from typing import Any, Literal
from urllib.parse import quote

import attrs
import httpx
from hypothesis.errors import UnsatisfiedAssumption

from causerie_spec import credential
from causerie_spec.fault import Fault
from causerie_spec.pointer import Pointer, spell

from .._finding import Finding, Violation
from .._pulse import Asked, Died
from .._result import LACKING
from .._text import decode
from .._vendor import vendor_of
from ._answer import Answer, contrary
from ._bench import Bench
from ._keys import filled, headers
from ._leaks import Leaks
from ._promise import Lacking, Promise, Told
from ._records import misplaced
from ._story import Check, Exchange, Sent, curl, story, test
from ._value import NOTHING, holds, short

_MOCK = "http://mock.invalid"
_WRONG = "no-such-credential"
#: Earlier requests that are shown beside the one that a server did not survive.
_RECENT = 3


class Session:
    """One sequence. `exchanges` are those that can matter for what comes."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        bench.session = self
        self.vendor = vendor_of(bench.vendor)
        self.contract = bench.contract
        self.target = bench.target
        self.security = credential(self.contract.document)
        #: Fixed values of the parameters of paths.
        self.parameters = bench.settings.fixed("path.")
        #: The same for the other tenant.
        self.other_parameters = bench.settings.fixed("other.path.")
        #: The people that it may reach although the server is no mock.
        self.recipients = bench.settings.recipients
        #: The operations that are tested; others are called for their sake alone.
        asked = bench.settings.operations
        self.wanted = [name for name in self.contract.operations if not asked or name in asked]
        #: Fixed values of the parameters of queries.
        self.queries = bench.settings.fixed("query.")
        self.exchanges: list[Exchange] = []
        self.is_repeatable = True
        self._leaks = Leaks(self.security, two_tenants=bool(self.target.other))
        self._base = bench.target.base_url if bench.target.transport is None else _MOCK + _path_of(bench)

    def pass_over(self, rule: str, operation: str) -> None:
        """Note that a rule was not tested to its end, for the server lacks an operation."""
        self._bench.pass_over(rule, operation)

    def call(
        self,
        operation: str,
        path: Mapping[str, str] | None = None,
        query: Mapping[str, str | list[str]] | None = None,
        body: Any = NOTHING,
        *,
        credential: str = "own",
        modelled: bool = True,
    ) -> Answer:
        """Send a request and hold the answer against the document.

        `modelled` says that the request is a good one, made by hand: then the document has to know all of it.
        """
        method, template = self.contract.operations[operation]
        content = b"" if body is NOTHING else json.dumps(body, ensure_ascii=False).encode()
        sent = Sent(
            method.upper(),
            template,
            path or {},
            query or {},
            content,
            None if body is NOTHING else "application/json",
            credential,
        )
        if modelled:
            self._known_to_the_document(operation, sent, query or {}, body)
        answer = self.send(operation, sent)
        self.conforms(answer)
        return answer

    def send(self, operation: str, sent: Sent) -> Answer:
        """Send a request unchanged; `operation` is the one to blame for the answer."""
        return self.settle(self.ask(self.prepare(operation, sent)))

    def prepare(self, operation: str, sent: Sent) -> Exchange:
        """Return a request to the operation, without an answer so far."""
        head = self._headers(sent.credential)
        if sent.media_type is not None:
            head["content-type"] = sent.media_type
        url, content = filled(sent.url(quote), sent.content, self.target.credential)
        request = httpx.Request(sent.method, self._base + url, content=content, headers=head)
        return Exchange(operation, sent, request, httpx.Response(599, request=request))

    def ask(self, exchange: Exchange) -> Exchange:
        """Return the exchange with its answer, or with what went wrong. Several threads may ask at once."""
        asked = Asked(exchange.operation, lambda: self._curl([*self.exchanges[-_RECENT:], exchange]))
        try:
            response = self.target.pulse.ask(asked, lambda: self._bench.client.send(exchange.request))
        except httpx.HTTPError as error:
            return attrs.evolve(exchange, error=error)
        return attrs.evolve(exchange, response=response)

    def settle(self, exchange: Exchange) -> Answer:
        """Note an exchange, and read its answer."""
        answer = self._settle(exchange)
        if answer.status not in LACKING:
            self._bench.lacking.discard(exchange.operation)
        if exchange.sent.method.lower() == self.contract.operations[exchange.operation][0]:
            self._bench.observe(exchange.operation, exchange.request, exchange.response)
        return answer

    def follow(
        self, answer: Answer, at: Pointer, method: str, content: bytes = b"", media_type: str | None = None
    ) -> Answer:
        """Send a request to the URL that stands there, without any credential; the operation of `answer` is blamed."""
        url = answer.need(*at)
        sent = Sent(method, "{url}", {"url": url}, {}, content, media_type, "none")
        head = {} if media_type is None else {"content-type": media_type}
        try:
            request = httpx.Request(method, url, content=content, headers=head)
        except (TypeError, ValueError, httpx.InvalidURL) as error:
            self.wrong(answer, at, f"that is no URL: {error}", Promise("a URL", answer.evidence))
            raise UnsatisfiedAssumption from None
        unanswered = httpx.Response(599, request=request)
        return self._settle(self.ask(Exchange(answer.exchange.operation, sent, request, unanswered)))

    def _settle(self, exchange: Exchange) -> Answer:
        if exchange.error is not None and self.target.pulse.dead:
            raise Died
        self.exchanges.append(exchange)
        if exchange.error is not None:
            answer = Answer(exchange, NOTHING, self)
            problem = f"{type(exchange.error).__name__}: {exchange.error}"
            place = self.contract.place(exchange.operation)
            told = Told("model: an answer", self.contract.evidence(place))
            self._fail(answer, (), problem, Check("status", (), "<", 500), told)
            raise UnsatisfiedAssumption
        try:
            value = decode(exchange.response.content)
        except ValueError:
            value = NOTHING
        answer = Answer(exchange, value, self)
        for promise, place, problem, check in self._leaks.of(answer):
            self._fail(answer, place, problem, check, Told(promise.keyword, promise.evidence))
        return answer

    def own_id(self, name: str) -> str:
        """Return an id that is not used elsewhere; the same seed gives the same ids."""
        return str(uuid.uuid5(uuid.NAMESPACE_URL, f"causerie contract suite {self._bench.settings.seed} {name}"))

    def forget(self, count: int) -> None:
        """Leave the latest exchanges out of the sequence: they had no effect."""
        if count:
            del self.exchanges[-count:]

    def ok(self, answer: Answer, promise: Promise | None = None) -> Answer:
        """Expect success: the request was a good one. Without it nothing more can be said in this sequence.

        Raises `Lacking` when the server seems to lack the operation: then the sequence can go on without it.
        """
        if answer.status // 100 != 2:
            operation = answer.exchange.operation
            promise = promise or Promise(
                "a good request succeeds", self.contract.evidence(self.contract.place(operation))
            )
            self._status(answer, promise, "2xx", Check("status", (), "<", 300))
            raise Lacking(operation) if operation in self._bench.lacking else UnsatisfiedAssumption
        return answer

    def refused(self, answer: Answer, statuses: tuple[int, ...], promise: Promise) -> None:
        """Expect a refusal: the request was a bad one."""
        if answer.status not in statuses:
            expected = " or ".join(map(str, statuses))
            self._status(answer, promise, expected, Check("status", (), "in", statuses))

    def failed(self, answer: Answer, promise: Promise) -> None:
        """Expect an error, whatever its status is. Without one nothing more can be said in this sequence."""
        if answer.status < 400:
            self._status(answer, promise, "4xx", Check("status", (), ">=", 400))
            raise UnsatisfiedAssumption

    def _status(self, answer: Answer, promise: Promise, expected: str, check: Check) -> None:
        place = (*self.contract.place(answer.exchange.operation), "responses")
        problem = f"expected a {expected}, the answer was a {answer.status}"
        self._fail(answer, (), problem, check, Told(promise.keyword, promise.evidence, place))

    def same(self, answer: Answer, at: Pointer, expected: Any, promise: Promise) -> None:
        """Expect the value at the place to equal `expected`; NOTHING means that there is no value."""
        if expected is not NOTHING and at and isinstance(at[-1], str):
            self.describes(answer, at)
        for instance, want, got in answer.differences(expected, at):
            problem = f"expected {short(want)}, the answer has {short(got)}"
            check = Check("body", instance, "==", want)
            self._fail(answer, instance, problem, check, Told(promise.keyword, promise.evidence))

    def records(
        self,
        answer: Answer,
        at: Pointer,
        expected: Sequence[str],
        identity: Pointer,
        *,
        promise: Promise,
        order: Promise,
    ) -> None:
        """Expect these records in a list of an answer, by the id that stands at `identity` of each, and in this order.

        Names the first record that is missing, one too many, or at another place: `promise` says which are in the list.
        """
        listed = answer.need(*at)
        if not isinstance(listed, list):
            self.same(answer, at, [], promise)
            return
        ids = [str(Answer(answer.exchange, item, self).at(*identity)) for item in listed]
        for each in misplaced(expected, ids):
            check = Check("ids", at, each.operator, each.expected, identity)
            who = order if each.is_moved else promise
            self._fail(answer, (*at, *each.place), each.problem, check, Told(who.keyword, who.evidence))

    def wrong(self, answer: Answer, at: Pointer, problem: str, promise: Promise) -> None:
        """Report that the value at the place is wrong; `problem` says how."""
        check = Check("body", at, "!=", answer.at(*at))
        self._fail(answer, at, problem, check, Told(promise.keyword, promise.evidence))

    def content(self, answer: Answer, expected: bytes, promise: Promise) -> None:
        """Expect these bytes as the body."""
        actual = answer.exchange.response.content
        if actual != expected:
            problem = f"expected {short(expected)}, the answer is {short(actual)}"
            self._fail(
                answer, (), problem, Check("content", (), "==", expected), Told(promise.keyword, promise.evidence)
            )

    def describes(self, answer: Answer, at: Pointer) -> None:
        """Expect the document to describe the field of a mock at the place, unless it allows any field there."""
        operation = answer.exchange.operation
        place = tuple(0 if isinstance(token, int) else token for token in at)
        if not self.target.real and (operation, answer.status, place) not in self._bench.described:
            if self.contract.is_beside(operation, answer.status, place):
                owner = self.contract.described(operation, answer.status, place)
                problem = f"the document does not describe {at[-1]}, which the vendor's answers have"
                told = Told("model: undescribed", self.contract.evidence(owner), owner)
                self._fail(answer, at, problem, None, told)
            self._bench.described.add((operation, answer.status, place))

    def bewildered(self, error: Exception) -> None:
        """Report an answer in a form with which the model cannot go on: the latest, if there was any."""
        if self.exchanges:
            answer = Answer(self.exchanges[-1], NOTHING, self)
            place = self.contract.place(answer.exchange.operation)
            problem = f"the answer cannot be understood: {type(error).__name__}: {error}"
            told = Told("model: an answer of the usual form", self.contract.evidence(place), place)
            self._fail(answer, (), problem, None, told)

    def lacks(self, answer: Answer, at: Pointer) -> None:
        """Report that the answer lacks a value that the next requests need."""
        evidence = self.contract.evidence(self.contract.place(answer.exchange.operation))
        check, told = Check("body", at, "there", None), Told("model: something is there", evidence)
        self._fail(answer, at, "expected something, the answer has nothing", check, told)

    def relation(
        self, answer: Answer, at: Pointer, operator: Literal[">", ">=", "!=", "in"], other: Any, promise: Promise
    ) -> None:
        """Expect this relation between what stands there and `other`; what is not there is not looked at."""
        actual = answer.at(*at)
        if actual is not NOTHING and other is not NOTHING and not holds(operator, actual, other):
            problem = f"expected something {operator} {short(other)}, the answer has {short(actual)}"
            told = Told(promise.keyword, promise.evidence)
            self._fail(answer, at, problem, Check("body", at, operator, other), told)

    def header(self, answer: Answer, name: str, expected: frozenset[str], promise: Promise) -> None:
        """Expect that the header lists exactly these."""
        actual = frozenset(
            filter(None, (part.strip() for part in answer.exchange.response.headers.get(name, "").split(",")))
        )
        if actual != expected:
            listed, has = ", ".join(sorted(expected)), ", ".join(sorted(actual)) or "none"
            problem = f"expected {listed} in {name}, the answer has {has}"
            check = Check("header", (name,), "==", expected)
            told = Told(promise.keyword, promise.evidence, None, f"header {name}")
            self._fail(answer, (), problem, check, told)

    def verdict(self, answer: Answer, fault: Fault, check: Check, where: str) -> None:
        """Report that the document and the server judge a request differently."""
        told = Told(fault.keyword, self.contract.evidence(fault.schema), fault.schema, where)
        self._fail(answer, (), fault.problem, check, told)

    def conforms(self, answer: Answer) -> None:
        """Check that status, media type and body are as the document says."""
        fault = self.contract.fault(answer.exchange.operation, answer.exchange.response)
        if fault is not None:
            check = contrary(fault, answer)
            told = Told(fault.keyword, self.contract.evidence(fault.schema), fault.schema)
            self._fail(answer, fault.instance, fault.problem, check, told)

    def _known_to_the_document(
        self, operation: str, sent: Sent, query: Mapping[str, str | list[str]], body: Any
    ) -> None:
        stranger = self.contract.undescribed(operation, query, body)
        if stranger is not None:
            place = self.contract.place(operation)
            told = Told("model: undescribed", self.contract.evidence(place), place, stranger)
            self._blame(operation, sent, "the vendor takes it, the document does not describe it", told)
        fault = self.contract.refused(operation, query, body)
        if fault is not None:
            where = f"request {spell(fault.instance)}"
            told = Told(f"model: {fault.keyword}", self.contract.evidence(fault.schema), fault.schema, where)
            self._blame(operation, sent, f"a good request is forbidden: {fault.problem}", told)

    def _blame(self, operation: str, sent: Sent, problem: str, told: Told) -> None:
        """Report that the document itself departs from the model: the request shows it, whatever its answer is."""
        if (spell(told.schema or ()), told.keyword) not in self._bench.known:
            self._fail(self.send(operation, sent), (), problem, None, told)

    def _fail(self, answer: Answer, instance: Pointer, problem: str, check: Check | None, told: Told) -> None:
        operation = answer.exchange.operation
        schema = told.schema or self.contract.described(operation, answer.status, instance)
        where = told.where or f"answer {spell(instance)}"
        if told.where is None and check is not None and check.part not in {"body", "ids"}:
            where = f"answer {check.part}"
        evidence = told.evidence
        violation = Violation(self.target.mask(where), told.keyword, self.target.mask(problem), spell(schema), evidence)
        # What violates the document is named by its place there, which is no schema.
        if check is not None and check.part == "body" and told.keyword.startswith("model: "):
            violation = attrs.evolve(violation, is_allowed=answer.is_allowed(instance, schema))
        if violation.cause in self._bench.known:
            return
        if operation not in self.wanted:
            self._bench.known.add(violation.cause)
            return
        if self.target.real and evidence is not None and not evidence.binds:
            self._bench.known.add(violation.cause)
            self._bench.report(self._finding(answer, violation, check))
            return
        if operation in self._bench.lacking and check is not None and check.part == "status":
            self._bench.known.add(violation.cause)
            self._bench.held.append(self._finding(answer, violation, check))
            return
        self._bench.tell(self._finding(answer, violation, check))

    def _finding(self, answer: Answer, violation: Violation, check: Check | None) -> Finding:
        operation = answer.exchange.operation
        method, path = self.contract.operations[operation]
        exchanges = story(self.exchanges, answer.exchange, check, self.vendor.polls)
        mask = self.target.mask
        return Finding(
            vendor=self._bench.vendor,
            operation=operation,
            label=f"{method.upper()} {path}",
            phase="behaviour",
            check="model",
            code=violation.keyword,
            title="The answer is not what the sequence of requests leads to"
            if violation.keyword.startswith("model: ")
            else "The answer departs from the document",
            problem=violation.problem,
            status=answer.status if answer.status != 599 else None,
            violations=(violation,),
            evidence=self.contract.evidence(self.contract.place(operation)),
            curl=self._curl(exchanges),
            test=mask(test(self._bench.vendor, self.security, exchanges, check)) if self.is_repeatable else "",
        )

    def _curl(self, exchanges: Sequence[Exchange]) -> tuple[str, ...]:
        return tuple(self.target.mask(curl(exchange, self.security)) for exchange in exchanges)

    def _headers(self, credential: str) -> dict[str, str]:
        values = {"own": self.target.credential, "other": self.target.other or _WRONG, "wrong": _WRONG}
        if credential in values:
            return self.security.write(values[credential])
        return {} if credential == "none" else headers(credential, self.security, self.target.credential)


def _path_of(bench: Bench) -> str:
    # The transport serves one mock, whose path has no vendor before it.
    return bench.target.base_url.removeprefix(f"/{bench.vendor}")
