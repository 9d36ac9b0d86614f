"""The report in SARIF 2.1.0, for tools that show findings beside the document."""

from __future__ import annotations

import hashlib
import importlib.metadata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import attrs

from causerie_spec.evidence import Evidence

from ._finding import Finding
from ._result import Result
from ._witness import Unwitnessed

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
#: What contradicts a promise of the vendor is an error; what contradicts only our inference is a warning.
_LEVELS = {"documented": "error", "example": "error", "published": "error"}
_WITNESS = "witness"


def sarif(held: Sequence[Result]) -> dict[str, Any]:
    """Return the results of runs as a SARIF log, with one result for each broken promise."""
    results = [
        *(each for result in held for finding in result.findings for each in _results(finding, None)),
        *(each for result in held for finding in result.reported for each in _results(finding, "note")),
        *(_witness(each) for result in held for each in result.unwitnessed),
    ]
    rules: dict[str, dict[str, Any]] = {result["ruleId"]: {} for result in results}
    for index, name in enumerate(rules):
        rules[name] = {"id": name, "shortDescription": {"text": _said(name)}}
        for result in results:
            if result["ruleId"] == name:
                result["ruleIndex"] = index
    driver = {
        "name": "causerie_contract",
        "semanticVersion": importlib.metadata.version("causerie"),
        "rules": list(rules.values()),
    }
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "columnKind": "unicodeCodePoints",
                "invocations": [_invocation(held)],
                "results": results,
            }
        ],
    }


def _invocation(held: Sequence[Result]) -> dict[str, Any]:
    """Say whether the absence of results means something, and why it may not."""
    troubles = list[str]()
    for result in held:
        troubles += [f"{result.vendor}: {error}" for error in result.errors]
        troubles += [f"{result.vendor}: {kind}: {', '.join(names)}" for kind, names in result.warnings.items()]
    for result in held:
        shortcomings = {name: tally.shortcoming for name, tally in result.operations.items()}
        troubles += [f"{result.vendor}.{name}: {why}" for name, why in shortcomings.items() if why]
    return {
        "executionSuccessful": not troubles,
        "toolExecutionNotifications": [{"level": "error", "message": {"text": text}} for text in troubles],
    }


def _results(finding: Finding, level: str | None) -> Iterator[dict[str, Any]]:
    for violation in finding.violations:
        yield _result(
            finding,
            rule=f"{finding.check}/{violation.keyword}",
            level=level or _level(violation.evidence),
            text=f"{finding.label}: {violation.where} violates {violation.keyword}: {violation.problem}",
            line=violation.line,
            pointer=violation.schema,
            evidence=violation.evidence,
        )
    if not finding.violations:
        yield _result(
            finding,
            rule=f"{finding.check}/{finding.code}",
            level=level or _level(finding.evidence),
            text=f"{finding.label}: {finding.title}\n{finding.problem}".strip(),
            line=finding.line,
            pointer="",
            evidence=finding.evidence,
        )


def _level(said: Evidence | None) -> str:
    return _LEVELS.get(said.level if said else "", "warning")


def _witness(missing: Unwitnessed) -> dict[str, Any]:
    result = _result(
        missing,
        rule=_WITNESS,
        level="warning",
        text=f"Never seen: {missing.what}, at #{missing.pointer}",
        line=missing.line,
        pointer=missing.pointer,
        evidence=missing.evidence,
        detail=missing.what,
    )
    if missing.reason:
        result["suppressions"] = [{"kind": "external", "justification": missing.reason}]
    return result


def _result(
    about: Finding | Unwitnessed,
    *,
    rule: str,
    level: str,
    text: str,
    line: int | None,
    pointer: str,
    evidence: Evidence | None,
    detail: str = "",
) -> dict[str, Any]:
    also, curl = (about.also, about.curl) if isinstance(about, Finding) else ((), ())
    names = [about.operation, *also]
    key = "\n".join((about.vendor, rule, pointer or about.operation, detail))
    return {
        "ruleId": rule,
        "level": level,
        "message": {"text": text},
        "locations": [_location(about.vendor, about.file, line, names)],
        # So that it is known again in the next run, whatever became of the lines.
        "partialFingerprints": {"promise/v1": hashlib.sha256(key.encode()).hexdigest()},
        "properties": {
            "vendor": about.vendor,
            "operations": names,
            "pointer": pointer,
            "evidence": evidence and attrs.asdict(evidence),
            "curl": list(curl),
        },
    }


def _location(vendor: str, file: str, line: int | None, operations: Iterable[str]) -> dict[str, Any]:
    location: dict[str, Any] = {
        "logicalLocations": [{"fullyQualifiedName": f"{vendor}.{name}", "kind": "function"} for name in operations]
    }
    if file:
        path = Path(file)
        artifact = {"uri": path.as_uri()} if path.is_absolute() else {"uri": file, "uriBaseId": "%SRCROOT%"}
        location["physicalLocation"] = {"artifactLocation": artifact, "region": {"startLine": line or 1}}
    return location


def _said(rule: str) -> str:
    check, _, keyword = rule.partition("/")
    if rule == _WITNESS:
        return "The document allows something that nobody ever saw."
    return f"The check {check} failed" + (f" for {keyword}." if keyword else ".")
