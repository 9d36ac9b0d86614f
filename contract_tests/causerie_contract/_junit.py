"""The report as JUnit's XML, which CI systems show."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree

from ._characters import printable
from ._result import Result
from ._verdict import Verdict, verdicts


def junit(results: Sequence[Result]) -> str:
    """Return results as a document with a suite for each vendor, and in it a case for each verdict."""
    root = ElementTree.Element("testsuites", name="causerie_contract")
    for result in results:
        judged = list(verdicts(result))
        suite = ElementTree.SubElement(
            root,
            "testsuite",
            name=result.vendor,
            tests=str(len(judged)),
            errors="0",
            failures=str(sum(bool(verdict.failure) for verdict in judged)),
            skipped=str(sum(bool(verdict.skipped) for verdict in judged)),
            time=f"{result.seconds:.3f}",
        )
        suite.extend(_case(result, verdict) for verdict in judged)
    ElementTree.indent(root)
    return f"{ElementTree.tostring(root, encoding='unicode')}\n"


def _case(result: Result, verdict: Verdict) -> ElementTree.Element:
    about = f"{result.vendor}.{verdict.operation}" if verdict.operation else result.vendor
    case = ElementTree.Element("testcase", classname=about, name=verdict.claim, time="0")
    if verdict.properties:
        told = ElementTree.SubElement(case, "properties")
        for name, value in verdict.properties:
            ElementTree.SubElement(told, "property", name=name, value=printable(value))
    if verdict.failure:
        text = printable(verdict.failure)
        ElementTree.SubElement(case, "failure", message=text.partition("\n")[0]).text = text
    elif verdict.skipped:
        ElementTree.SubElement(case, "skipped", message=verdict.skipped)
    return case
