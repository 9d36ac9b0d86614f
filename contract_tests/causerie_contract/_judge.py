"""Turns the failure of a check into a finding, with its place, its keyword and the evidence for the promise."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from schemathesis import Case, Response

from causerie_spec.behaviour import EVERY_VENDOR, behaviour
from causerie_spec.documents import answer, media_type_of, operations, parameters
from causerie_spec.evidence import evidence
from causerie_spec.fault import Schemas
from causerie_spec.pointer import Pointer, describing, look, parse, spell

from ._finding import Finding, Violation
from ._schemathesis import AcceptedNegativeData, CaseMetadata, CoveragePhaseData, Failure, JsonSchemaError
from ._text import decode

#: The checks of Schemathesis that look at all methods of a path.
OF_PATHS = frozenset({"unsupported_method", "allow_header_conformance"})
#: The status for a method that a server does not know at all (RFC 9110, 9.1).
_NOT_IMPLEMENTED = 501


class Judge:
    """Explains failures by the document of one vendor. `mask` takes the credential out of a text.

    With `discreet`, no value of an answer is shown, for it belongs to somebody.
    """

    def __init__(
        self, vendor: str, document: dict[str, Any], mask: Callable[[str], str], *, discreet: bool = False
    ) -> None:
        self._vendor = vendor
        self._document = document
        self._mask = mask
        self._discreet = discreet
        self._schemas = Schemas(document, "the value" if discreet else None)
        self._operations = operations(document)
        self._ids = {f"{method.upper()} {path}": name for name, (method, path) in self._operations.items()}

    def operation(self, case: Case[Any]) -> str:
        """Return the operationId of the operation that `case` was made for."""
        return self._ids[case.operation.label]

    def finding(
        self,
        failure: Failure,
        case: Case[Any],
        response: Response | None,
        *,
        check: str,
        phase: str,
        curl: Iterable[str],
    ) -> Finding:
        """Return a failure as a finding. `check` and `phase` name what found it."""
        operation = self.operation(case)
        violations = self._violations(failure, case, response, check)
        # What Schemathesis says of a schema ends with the value.
        told = isinstance(failure, JsonSchemaError) and self._discreet
        return Finding(
            vendor=self._vendor,
            operation=operation,
            label=case.operation.label,
            phase=phase,
            check=check,
            code=failure.code,
            title=failure.title,
            problem="; ".join(each.problem for each in violations) if told else self._mask(failure.message),
            status=None if response is None else response.status_code,
            violations=violations,
            evidence=evidence(self._document, self._place(operation)),
            curl=tuple(self._mask(line) for line in curl),
        )

    def _violations(
        self, failure: Failure, case: Case[Any], response: Response | None, check: str
    ) -> tuple[Violation, ...]:
        if check in OF_PATHS or self._is_unknown(case, response):
            found = self._in_methods(case, failure)
        elif isinstance(failure, JsonSchemaError) and response is not None:
            found = self._in_answer(self._place(self.operation(case)), response)
        elif isinstance(failure, AcceptedNegativeData) and case.meta is not None:
            found = self._in_request(self._place(self.operation(case)), case, case.meta, failure.status_code)
        else:
            found = iter(())
        by_cause = dict[tuple[str, str], Violation]()
        for violation in found:
            by_cause.setdefault(violation.cause, violation)
        return tuple(by_cause.values())

    def _is_unknown(self, case: Case[Any], response: Response | None) -> bool:
        """Say whether the server knows the method no more than the document does."""
        if response is None or response.status_code != _NOT_IMPLEMENTED:
            return False
        method, _ = self._operations[self.operation(case)]
        return response.request.method != method.upper()

    def _in_methods(self, case: Case[Any], failure: Failure) -> Iterator[Violation]:
        """Yield what is wrong with a method that the document does not name: nor does it name the answer to it."""
        row = behaviour(EVERY_VENDOR)["allow-lists-the-methods"]
        responses = spell((*self._place(self.operation(case)), "responses"))
        problem = self._mask(failure.message).partition("\n")[0] or failure.title
        yield Violation("answer to another method", f"model: {row.id}", problem, responses, row.evidence[0])

    def _in_answer(self, operation: Pointer, response: Response) -> Iterator[Violation]:
        place = answer(self._document, operation, response.status_code)
        (content_type, *_) = response.headers.get("content-type", [""])
        media_type = media_type_of(content_type)
        if place is None or media_type not in look(self._document, place).get("content", ()):
            return  # it is a header of the answer that violates its schema
        try:
            value = decode(response.content)
        except ValueError:
            return
        for fault in self._schemas.faults((*place, "content", media_type, "schema"), value):
            yield self._violation(f"answer {spell(fault.instance)}", fault.keyword, fault.problem, fault.schema)

    def _in_request(self, operation: Pointer, case: Case[Any], meta: CaseMetadata, status: int) -> Iterator[Violation]:
        for place, name, instance, keyword in _bad_values(meta):
            if place == "body":
                where = f"body {spell(instance)}"
                schemas = [(*operation, "requestBody", "content", case.media_type or "application/json", "schema")]
            else:
                where = f"{place} {name}"
                declared = parameters(self._document, operation)
                # None for what is no parameter, such as a credential.
                schemas = [(*at, "schema") for at, node in declared if node["name"] == name]
            for schema in schemas:
                fault = describing(self._document, schema, instance)
                yield self._violation(where, keyword, f"the answer to a request that does was a {status}", fault)

    def _violation(self, where: str, keyword: str, problem: str, fault: Pointer) -> Violation:
        return Violation(self._mask(where), keyword, self._mask(problem), spell(fault), evidence(self._document, fault))

    def _place(self, operation: str) -> Pointer:
        method, path = self._operations[operation]
        return ("paths", path, method)


def _bad_values(meta: CaseMetadata) -> Iterator[tuple[str | None, str | None, Pointer, str]]:
    """Yield the bad values of a request: part of the request, parameter, place in its value, keyword."""
    data = meta.phase.data
    if isinstance(data, CoveragePhaseData):
        if data.parameter_location is not None:
            instance = tuple(_instance(parse(data.location or "")))
            yield data.parameter_location.value, data.parameter, instance, data.scenario.value
    else:
        for mutation in data.mutations:
            keyword = ", ".join(mutation.keywords) or mutation.operator.value
            yield mutation.parameter_location.value, mutation.parameter, tuple(mutation.path), keyword


def _instance(schema: Pointer) -> Iterator[str | int]:
    """Yield the place in a value that the place in its schema describes; the first item stands for all items."""
    steps = iter(schema)
    for step in steps:
        if step == "properties":
            yield next(steps)
        elif step == "items":
            yield 0
