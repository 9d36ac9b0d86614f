"""Bad requests, each for itself: server and document have to judge alike, and what is refused changes nothing."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

import attrs
from hypothesis.errors import UnsatisfiedAssumption

from causerie_spec.behaviour import EVERY_VENDOR
from causerie_spec.fault import Fault
from causerie_spec.pointer import Pointer, look, resolve, spell

from ._bad_values import BY_TYPE, Tried, every, few
from ._base import Base, Probe
from ._bench import Bench
from ._locks import Locks
from ._malformed import STRANGE, malformed
from ._promise import promises_of
from ._samples import with_lists
from ._session import Session
from ._story import Check, Sent
from ._value import NOTHING, changed, lengths, there, without
from ._watch import Changed

_METHODS = ("GET", "PUT", "POST", "DELETE", "PATCH", "OPTIONS", "TRACE")
_promise_of = promises_of(EVERY_VENDOR)
_NOT_ALLOWED = _promise_of("allow-lists-the-methods")
_MALFORMED = _promise_of("malformed-body-is-refused")
_MEDIA_TYPE = _promise_of("other-media-type-is-refused")
_ONCE = _promise_of("repeated-parameter-is-refused")
_LOOSE = _promise_of("unknown-names-are-left-aside")
_NO_HEAD = _promise_of("head-needs-the-credential")
_UNBROKEN = _promise_of("strange-body-breaks-nothing")

_TEXTS = (
    "text",
    "",
    "1",
    "1.5",
    "-1",
    "0",
    "true",
    "maybe",
    "2024-03-20T12:00:00Z",
    "2024-03-20T12:00:00+02:00",
    "2024-03-20",
    "7(%[\\'\"",
    "7%",
)


def sweep(bench: Bench, base: Base) -> None:
    """Send all bad requests to all operations.

    One look after several refused requests shows that they changed nothing; if they did, each is looked after alone.
    """
    try:
        _run(bench, base, careful=False)
    except Changed as changed:
        _run(bench, base, careful=True)
        if not bench.target.real:  # on a real server somebody else may have changed it
            changed.report()


def _run(bench: Bench, base: Base, *, careful: bool) -> None:
    bench.target.reset()
    _Sweep(Session(bench), base, careful=careful).run()


class _Sweep(Locks):
    def __init__(self, session: Session, base: Base, *, careful: bool) -> None:
        super().__init__(session, base, careful=careful)
        self._probed = set[tuple[str, Pointer]]()

    def run(self) -> None:
        for part in (self._asks, self._queries):
            for operation in filter(self._can, self._wanted):
                # What is known of one operation is no reason to leave out the others.
                with contextlib.suppress(UnsatisfiedAssumption):
                    part(operation, self._bodies.get(operation, [NOTHING]))
        self._methods()
        for watched in sorted(self._unseen):
            self._look(watched)

    def _asks(self, operation: str, bodies: list[Any]) -> None:
        self._credentials(operation, bodies[0])
        if bodies[0] is not NOTHING:
            self._media_types(operation, bodies[0])
            tries = [(body, every) for body in bodies] + [(body, few) for body in self._filled(operation, bodies[0])]
            for body, tried in tries:
                self._judge([self._probe(operation, "body /", {}, self._fresh(operation, body))])
                # Those that are accepted come first: each look then serves many that are refused.
                self._judge(sorted(self._bodies_of(operation, body, tried), key=lambda each: each.fault is not None))
                self._strangers(operation, body)
                self._judge(self._lacking(operation, body))
            # What was accepted on the way may have changed what the next operation needs.
            self._begin(operation, good=True)
            self._done(self._call(operation, {}, self._fresh(operation, bodies[0])), operation)

    def _queries(self, operation: str, bodies: list[Any]) -> None:
        body, good = bodies[0], self._query(operation)
        for name in good:
            described = self._contract.parameters(operation)[name][0]
            self._judge([self._probe(operation, f"query {name}", {}, body, described)])
        for name, (where, node) in self._contract.parameters(operation).items():
            schema = look(self._contract.document, resolve(self._contract.document, (*where, "schema")))
            values = [*_TEXTS, *schema.get("enum", ()), *(str(each).lower() for each in schema.get("enum", ()))]
            bounds = [schema[keyword] for keyword in ("minimum", "maximum") if keyword in schema]
            values += [str(bound + step) for bound in bounds for step in (-1, 0, 1)]
            if schema.get("type") == "array" and not node.get("explode", True):
                values += [",".join(each) for each in lengths(schema, "7") if each]
            self._judge(
                self._probe(operation, f"query {name}", {**good, name: value}, body, (*where, "schema"))
                for value in dict.fromkeys(values)
            )
            if schema.get("type") != "array":
                self._twice(operation, name, node, schema)
        if self._contract.parameters(operation):
            self._begin(operation, good=True)
            answer = self._call(operation, {**good, "unknownToTheDocument": "1"}, body)
            self._session.ok(answer, _LOOSE)
            self._done(answer, operation)

    def _twice(self, operation: str, name: str, node: Any, schema: Any) -> None:
        value = (
            node.get("example")
            or (schema.get("enum") or [{"integer": "1", "boolean": "true"}.get(schema.get("type"), "a")])[0]
        )
        method, template = self._contract.operations[operation]
        query = [*((key, each) for key, each in self._query(operation).items() if key != name), *[(name, value)] * 2]
        self._begin(operation, good=False)
        answer = self._session.send(
            operation, Sent(method.upper(), template, self._path(operation), query, b"", None, "own")
        )
        self._session.refused(answer, (400,), _ONCE)
        self._done(answer, operation)

    def _media_types(self, operation: str, body: Any) -> None:
        content, form = json.dumps(body).encode(), "application/x-www-form-urlencoded"
        pairs = {name: each for name, each in body.items() if isinstance(each, str)} if isinstance(body, dict) else {}
        for media_type, data, promise in (
            ("text/plain", content, _MEDIA_TYPE),
            (form, content, _MEDIA_TYPE),
            (None, content, _MEDIA_TYPE),
            *([(form, urlencode(pairs).encode(), _MEDIA_TYPE)] if pairs else []),
            *(("application/json", broken, _MALFORMED) for broken in malformed(content)),
        ):
            self._begin(operation, good=False)
            answer = self._raw(operation, data, media_type)
            self._session.refused(answer, (400, 415), promise)
            self._session.conforms(answer)
            self._done(answer, operation)
        for strange in STRANGE if isinstance(body, dict) else ():
            content = json.dumps({**self._fresh(operation, body), "unknownToTheDocument": strange}).encode()
            self._begin(operation, good=True)
            self._begin(operation, good=False)
            answer = self._raw(operation, content, "application/json")
            if answer.status >= 500:
                self._session.refused(answer, (400,), _UNBROKEN)
            self._done(answer, operation)
        content = json.dumps(self._fresh(operation, body)).encode()
        self._begin(operation, good=True)
        answer = self._raw(operation, content, "application/json; charset=utf-8")
        self._session.ok(answer)
        self._done(answer, operation)

    def _bodies_of(self, operation: str, body: Any, tried: Tried) -> Iterator[Probe]:
        """Yield what is to be tried instead of a good body and of each of its properties."""
        schema = self._contract.body(operation)
        assert schema is not None
        for value in (*BY_TYPE[:-1], [body]):
            yield self._probe(operation, "body /", {}, value, schema)
        for place, described_at, described in self._contract.properties(schema, body, ()):
            if (operation, described_at) in self._probed:
                continue
            self._probed.add((operation, described_at))
            if there(body, place):
                fresh = self._fresh(operation, body)
                yield self._probe(operation, f"body {spell(place)}", {}, without(fresh, place), described)
            if there(body, (*place, 0)):
                for value in lengths(look(self._contract.document, described), look(body, (*place, 0))):
                    probe = self._probe(
                        operation,
                        f"body {spell(place)}",
                        {},
                        self._fresh(operation, changed(body, place, value)),
                        described,
                    )
                    yield attrs.evolve(probe, is_repeated=True)
            known = any(at == described_at for other, at in self._probed if other != operation)
            for value in (few if known else tried)(self._contract, self._base, described, place, body):
                fresh = self._fresh(operation, body)
                yield self._probe(operation, f"body {spell(place)}", {}, changed(fresh, place, value), described)

    def _lacking(self, operation: str, body: Any) -> Iterator[Probe]:
        """Yield a good body without each required property, but with those of the other good bodies."""
        others = {
            name: each for other in self._bodies[operation] if isinstance(other, dict) for name, each in other.items()
        }
        for name in body if isinstance(body, dict) and others.keys() - body.keys() else ():
            made = without(self._fresh(operation, {**others, **body}), (name,))
            if self._contract.refused(operation, {}, made) is not None:
                yield self._probe(operation, f"body {spell((name,))}", {}, made)

    def _filled(self, operation: str, body: Any) -> Iterator[Any]:
        """Yield a good body with everything that the document describes in lists of objects, if the server takes it."""
        filled = body if operation in self._apart else with_lists(self._contract, operation, body)
        if filled is not body and not self._reaches_others(operation, filled):
            self._begin(operation, good=True)
            answer = self._call(operation, {}, self._fresh(operation, filled))
            self._done(answer, operation)
            if answer.status // 100 == 2:
                yield filled

    def _strangers(self, operation: str, body: Any) -> None:
        """Send a good body with a property that the document does not know."""
        if isinstance(body, dict):
            self._begin(operation, good=True)
            answer = self._call(operation, {}, {**self._fresh(operation, body), "unknownToTheDocument": 1})
            self._session.ok(answer, _LOOSE)
            self._done(answer, operation)

    def _probe(
        self, operation: str, where: str, query: Mapping[str, str], body: Any, described: Pointer | None = None
    ) -> Probe:
        return Probe(operation, where, query, body, described, self._contract.refused(operation, query, body))

    def _judge(self, probes: Iterable[Probe]) -> None:
        """Check that server and document judge alike."""
        for probe in probes:
            operation, fault = probe.operation, probe.fault
            if fault is None:
                self._begin(operation, good=True)
            # A server may refuse what no schema can.
            if fault is not None or self._judged_of(operation):
                self._begin(operation, good=False)
            answer = self._call(operation, probe.query, probe.body)
            if fault is not None and answer.status not in {400, 415, 422}:
                problem = f"the answer to what the document forbids was a {answer.status}: {fault.problem[:200]}"
                check = Check("status", (), "in", (400, 415, 422))
                self._session.verdict(answer, attrs.evolve(fault, problem=problem), check, probe.where)
            elif fault is None and answer.status // 100 != 2 and not self._judged(probe, answer.status):
                schema = probe.described or self._contract.body(operation) or self._contract.place(operation)
                problem = f"the answer to what the document allows was a {answer.status}"
                check = Check("status", (), "<", 300)
                self._session.verdict(answer, Fault((), "model: allowed", problem, schema), check, probe.where)
            self._done(answer, operation)

    def _judged(self, probe: Probe, status: int) -> bool:
        """Say whether the server may refuse what is tried for a reason that a schema cannot express."""
        name = probe.where.replace("/", " ").split()[-1]
        if status not in {400, 404, 409, 422} or name not in self._judged_of(probe.operation):
            return False
        if probe.is_repeated:  # what is good once is good as often as the document allows
            body = self._fresh(probe.operation, self._bodies[probe.operation][0])
            return self._call(probe.operation, probe.query, body).status // 100 != 2
        return probe.query.get(name) not in self._base.sure.get((probe.operation, name), ())

    def _methods(self) -> None:
        """Expect a 405 for methods that the document does not name, with the methods that it names."""
        by_path = dict[str, dict[str, str]]()
        for operation, (method, path) in self._contract.operations.items():
            if self._has_path(operation):
                by_path.setdefault(path, {})[method.upper()] = operation
        for path, declared in by_path.items():
            for method in _METHODS:
                if method not in declared:
                    operation = next(iter(declared.values()))
                    sent = Sent(method, path, self._path(operation), {}, b"", None, "own")
                    self._begin(operation, good=False)
                    answer = self._session.send(operation, sent)
                    self._session.refused(answer, (405,), _NOT_ALLOWED)
                    self._session.header(answer, "allow", frozenset(declared), _NOT_ALLOWED)
                    self._done(answer, operation)
            if "GET" in declared and self._contract.is_locked(declared["GET"]):
                sent = Sent("HEAD", path, self._path(declared["GET"]), {}, b"", None, "none")
                self._session.failed(self._session.send(declared["GET"], sent), _NO_HEAD)
                self._session.forget(len(self._session.exchanges) - self._ready)
