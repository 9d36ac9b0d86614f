"""Turns the failure of a check into a finding: where, which keyword, whose promise."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import quote

from jsonschema_rs import Draft202012Validator, ValidationError, ValidationErrorKind
from schemathesis import Case, Response
from schemathesis.core.failures import AcceptedNegativeData, Failure
from schemathesis.generation.meta import CaseMetadata, CoveragePhaseData
from schemathesis.openapi.checks import JsonSchemaError

from palaver_contract._documents import operations
from palaver_contract._evidence import evidence
from palaver_contract._finding import Finding, Violation
from palaver_contract._pointer import Pointer, describing, look, parse, resolve, spell


class Judge:
    """Explains failures by the document of one vendor. `mask` takes the credential out of a text."""

    def __init__(self, vendor: str, document: dict[str, Any], mask: Callable[[str], str]) -> None:
        self._vendor = vendor
        self._document = document
        self._mask = mask
        self._operations = operations(document)
        self._ids = {f"{method.upper()} {path}": name for name, (method, path) in self._operations.items()}

    def operation(self, case: Case[Any]) -> str:
        """The operationId of the operation that `case` was made for."""
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
        """What `failure` means. `check` and `phase` name who found it."""
        operation = self.operation(case)
        return Finding(
            vendor=self._vendor,
            operation=operation,
            label=case.operation.label,
            phase=phase,
            check=check,
            code=failure.code,
            title=failure.title,
            problem=self._mask(failure.message),
            status=None if response is None else response.status_code,
            violations=self._violations(failure, case, response),
            evidence=evidence(self._document, self._place(operation)),
            curl=tuple(self._mask(line) for line in curl),
        )

    def _violations(self, failure: Failure, case: Case[Any], response: Response | None) -> tuple[Violation, ...]:
        if isinstance(failure, JsonSchemaError) and response is not None:
            found = self._in_answer(self._place(self.operation(case)), response)
        elif isinstance(failure, AcceptedNegativeData) and case.meta is not None:
            found = self._in_request(self._place(self.operation(case)), case, case.meta, failure.status_code)
        else:
            found = iter(())
        by_cause = dict[tuple[str, str], Violation]()
        for violation in found:
            by_cause.setdefault(violation.cause, violation)
        return tuple(by_cause.values())

    def _in_answer(self, operation: Pointer, response: Response) -> Iterator[Violation]:
        status = resolve(self._document, (*operation, "responses", str(response.status_code)))
        (media_type, *_) = response.headers.get("content-type", [""])
        media_type = media_type.partition(";")[0].strip()
        if media_type not in look(self._document, status).get("content", ()):
            return  # it is a header of the answer that violates its schema
        for error in self._errors((*status, "content", media_type, "schema"), json.loads(response.content)):
            instance = tuple(error.instance_path)
            fault: Pointer = tuple(error.schema_path)
            if isinstance(error.kind, ValidationErrorKind.Required):
                instance = (*instance, error.kind.property)
                fault = describing(self._document, fault[:-1], instance[-1:])
            yield self._violation(f"answer {spell(instance)}", error.kind.name, error.message, fault)

    def _errors(self, schema: Pointer, value: Any) -> Iterator[ValidationError]:
        # The document is the root, so that errors say where in the document the schema stands.
        root = {name: self._document[name] for name in ("paths", "components")}
        validator = Draft202012Validator({"$ref": f"#{quote(spell(schema))}", **root}, validate_formats=True)
        for error in validator.iter_errors(value):
            yield from _causes(error)

    def _in_request(self, operation: Pointer, case: Case[Any], meta: CaseMetadata, status: int) -> Iterator[Violation]:
        for place, name, instance, keyword in _bad_values(meta):
            if place == "body":
                where = f"body {spell(instance)}"
                schemas = [(*operation, "requestBody", "content", case.media_type or "application/json", "schema")]
            else:
                where = f"{place} {name}"
                schemas = list(self._parameters(operation, name))
            for schema in schemas:
                fault = describing(self._document, schema, instance)
                yield self._violation(where, keyword, f"the answer to a request that does was a {status}", fault)

    def _parameters(self, operation: Pointer, name: str | None) -> Iterator[Pointer]:
        """The schema of the operation's parameter `name`; none for what is no parameter, such as a credential."""
        for owner in (operation, operation[:-1]):
            for index, _ in enumerate(look(self._document, owner).get("parameters", ())):
                place = resolve(self._document, (*owner, "parameters", index))
                if look(self._document, place)["name"] == name:
                    yield (*place, "schema")

    def _violation(self, where: str, keyword: str, problem: str, fault: Pointer) -> Violation:
        return Violation(where, keyword, self._mask(problem), spell(fault), evidence(self._document, fault))

    def _place(self, operation: str) -> Pointer:
        method, path = self._operations[operation]
        return ("paths", path, method)


def _causes(error: ValidationError) -> Iterator[ValidationError]:
    """The errors behind one: of the alternatives of `anyOf` and `oneOf`, those of the one that was meant.

    That is the first one whose type is the value's type. The error itself when there is none.
    """
    for alternative in getattr(error.kind, "context", ()):
        if all(inner.kind.name != "type" or inner.instance_path != error.instance_path for inner in alternative):
            for inner in alternative:
                yield from _causes(inner)
            return
    yield error


def _bad_values(meta: CaseMetadata) -> Iterator[tuple[str | None, str | None, Pointer, str]]:
    """The bad values of a request: part of the request, parameter, place in its value, keyword."""
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
    """The place in a value that the place in its schema describes; the first item stands for all items."""
    steps = iter(schema)
    for step in steps:
        if step == "properties":
            yield next(steps)
        elif step == "items":
            yield 0
