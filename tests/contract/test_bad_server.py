"""A server with five faults, one of them that it crashes: the run comes to its end and tells all five."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import httpx
import pytest

from causerie_contract._run import run
from causerie_contract._settings import Settings
from causerie_contract._target import Target, server
from causerie_mock import RAIA_KEYS
from causerie_spec.documents import load, operations

SETTINGS = Settings(max_examples=2)


@pytest.fixture(scope="module")
def target() -> Iterator[Target]:
    """Yield the bad server."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.contract.bad_server"], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        with httpx.Client(transport=httpx.HTTPTransport(retries=10)) as client:
            client.get(url)
        yield server(url, RAIA_KEYS[0])
        process.terminate()


def test_five_faults(target: Target) -> None:
    """The run survives the crash, and each fault is a finding of its own."""
    result = run("raia", load("raia"), target, SETTINGS)
    findings = [finding for tally in result.operations.values() for finding in tally.findings] + result.reported
    told = [(finding.code, violation) for finding in findings for violation in finding.violations]
    ignored = [each.where for code, each in told if code.startswith("model: ") and each.where.startswith("answer /")]
    accepted = {each.where.partition(" ")[0] for code, each in told if code == "ST201"}

    assert "model: an answer" in {finding.code for finding in findings}
    assert ("answer /createdAt", "required") in {(each.where, each.keyword) for _, each in told}
    assert {"body", "query"} <= accepted
    assert "ST204" in {finding.code for finding in findings}
    assert "answer /pageSize" in ignored
    assert operations(load("raia")).keys() == result.operations.keys()
