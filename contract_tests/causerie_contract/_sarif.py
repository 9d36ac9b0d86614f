"""The report in SARIF 2.1.0, for tools that show findings beside the document."""

from __future__ import annotations

import hashlib
import importlib.metadata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
#: What contradicts a promise of the vendor is an error; what contradicts only our inference is a warning.
_LEVELS = {"documented": "error", "example": "error", "published": "error"}
_WITNESS = "witness"


def sarif(content: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    """Return a report's content (see `_report.Report`) as a SARIF log, with one result for each broken promise."""
    results = [
        *(each for finding in content["findings"] for each in _results(finding, None)),
        *(each for finding in content["reported"] for each in _results(finding, "note")),
        *map(_witness, content["witnesses"]),
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
                "invocations": [_invocation(content)],
                "results": results,
            }
        ],
    }


def _invocation(content: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    """Say whether the absence of results means something, and why it may not."""
    troubles = list[str]()
    for vendor in content["vendors"]:
        troubles += [f"{vendor['vendor']}: {error}" for error in vendor["errors"]]
        troubles += [f"{vendor['vendor']}: {kind}: {', '.join(names)}" for kind, names in vendor["warnings"].items()]
    for entry in content["operations"]:
        if entry["shortcoming"]:
            troubles.append(f"{entry['vendor']}.{entry['operation']}: {entry['shortcoming']}")
    return {
        "executionSuccessful": not troubles,
        "toolExecutionNotifications": [{"level": "error", "message": {"text": text}} for text in troubles],
    }


def _results(finding: dict[str, Any], level: str | None) -> Iterator[dict[str, Any]]:
    for violation in finding["violations"]:
        said = violation["evidence"]
        yield _result(
            rule=f"{finding['check']}/{violation['keyword']}",
            level=level or _LEVELS.get(said["level"] if said else "", "warning"),
            text=f"{finding['label']}: {violation['where']} violates {violation['keyword']}: {violation['problem']}",
            finding=finding,
            line=violation["line"],
            pointer=violation["schema"],
            evidence=said,
        )
    if not finding["violations"]:
        said = finding["evidence"]
        yield _result(
            rule=f"{finding['check']}/{finding['code']}",
            level=level or _LEVELS.get(said["level"] if said else "", "warning"),
            text=f"{finding['label']}: {finding['title']}\n{finding['problem']}".strip(),
            finding=finding,
            line=finding["line"],
            pointer="",
            evidence=said,
        )


def _witness(entry: dict[str, Any]) -> dict[str, Any]:
    result = _result(
        rule=_WITNESS,
        level="warning",
        text=f"Never seen: {entry['what']}, at #{entry['pointer']}",
        finding=entry,
        line=entry["line"],
        pointer=entry["pointer"],
        evidence=entry["evidence"],
        detail=entry["what"],
    )
    if entry["reason"]:
        result["suppressions"] = [{"kind": "external", "justification": entry["reason"]}]
    return result


def _result(
    *,
    rule: str,
    level: str,
    text: str,
    finding: dict[str, Any],
    line: int | None,
    pointer: str,
    evidence: dict[str, Any] | None,
    detail: str = "",
) -> dict[str, Any]:
    names = [finding["operation"], *finding.get("also", ())]
    key = "\n".join((finding["vendor"], rule, pointer or finding["operation"], detail))
    return {
        "ruleId": rule,
        "level": level,
        "message": {"text": text},
        "locations": [_location(finding["vendor"], finding["file"], line, names)],
        # So that it is known again in the next run, whatever became of the lines.
        "partialFingerprints": {"promise/v1": hashlib.sha256(key.encode()).hexdigest()},
        "properties": {
            "vendor": finding["vendor"],
            "operations": names,
            "pointer": pointer,
            "evidence": evidence,
            "curl": list(finding.get("curl", ())),
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
