"""A vendor is added by files alone: that of docs/adding-a-vendor.md, in a copy of the repository."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable

import pytest

from tests.markdown import ROOT

PARROT = ROOT / "examples" / "parrot"
PACKAGES = ("overrides", "generated", "mock", "contract_tests", "spec")

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Run Python in a folder of its own, where what is imported is the copy with the fourth vendor."""
    copy = tmp_path_factory.mktemp("copy")
    for name in (*PACKAGES, "codegen"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    before = {path: path.read_bytes() for path in copy.rglob("*") if path.is_file()}
    shutil.copytree(PARROT, copy, dirs_exist_ok=True)
    changed = [path for path, content in before.items() if content != path.read_bytes()]
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(str(copy / name) for name in PACKAGES)}

    def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=elsewhere,
            env=environment | variables,
            capture_output=True,
            text=True,
            check=False,
        )

    made = run(str(copy / "codegen" / "generate.py"))
    added = [path for path in PARROT.rglob("*") if path.is_file()]
    print(f"{len(added)} files were added, and {len(changed)} lines of existing files changed.")  # noqa: T201 (the counts)

    assert ("", 0) == (made.stderr, made.returncode)
    assert [] == changed
    return run


def test_sdk_and_fixture(run: Run) -> None:
    """The client, its models and pytest's fixture are there, for blocking code and for asyncio."""
    program = """
import asyncio
from causerie.parrot import AsyncParrot, Conversation, Parrot
from causerie.parrot.testing import ParrotMock
with ParrotMock(check=True) as mock, mock.client() as parrot:
    made = parrot.conversations.create("Hello")
    assert isinstance(made, Conversation)
    assert parrot.conversations.get(made.id) == made
    assert asyncio.run(mock.async_client().conversations.list())[-1] == made
    print(type(parrot).__name__, made.text)
"""
    fixture = run("-m", "pytest", "-p", "no:cacheprovider", "--fixtures", "-q")

    assert ("Parrot Hello Hello\n", "") == ((done := run("-c", program)).stdout, done.stderr)
    assert "parrot_mock" in fixture.stdout


def test_command_line(run: Run) -> None:
    """Its operations are commands, and the mock plays it on a port."""
    program = """
import causerie_mock, os, subprocess, sys
with causerie_mock.serve([causerie_mock.Mock("parrot")]) as urls:
    environment = {**os.environ, "PARROT_BASE_URL": urls["parrot"], "PARROT_TOKEN": "parrot-mock-token"}
    command = [sys.executable, "-m", "causerie", "parrot", "conversations", "get", "c1"]
    sys.exit(subprocess.run(command, env=environment).returncode)
"""
    shown = run("-c", program)

    assert "Conversations with a parrot." in run("-m", "causerie", "--help").stdout
    assert ({"id": "c1", "text": "Hello Hello"}, 0) == (json.loads(shown.stdout), shown.returncode)


def test_page(run: Run) -> None:
    """The mock's page calls it by its title, and lists what its state holds without a reader of its own."""
    program = """
import causerie_mock, json
from causerie_mock._page import page
from urllib.request import urlopen
with causerie_mock.serve([causerie_mock.Mock("parrot")]) as urls:
    with urlopen(urls["parrot"].replace("parrot", "_causerie/vendors")) as answer:
        print([each["title"] for each in json.load(answer)])
print(page(b"/_causerie/ui/vendors/parrot.js") == page(b"/_causerie/ui/other.js"))
"""
    done = run("-c", program)

    assert ("['Parrot']\nTrue\n", "") == (done.stdout, done.stderr)


def test_contract_suite(run: Run) -> None:
    """The suite holds it against its document, and says that there is no model of its behaviour."""
    done = run(
        *("-m", "pytest", "-p", "no:cacheprovider", "-q", "--pyargs", "causerie_contract"),
        *("--vendor", "parrot", "--max-examples=5"),
    )

    assert (0, "") == (done.returncode, done.stderr), done.stdout
    assert "Behaviour was not tested: there is no model of it." in done.stdout


@pytest.mark.parametrize("options", [("--target", "scratch"), ("--live",)], ids=" ".join)
def test_servers(run: Run, options: tuple[str, ...]) -> None:
    """A server of the vendor's is held against the document, as one to be written to and as a live one."""
    program = f"""
import causerie_mock, os, subprocess, sys
with causerie_mock.serve([causerie_mock.Mock("parrot")]) as urls:
    command = [sys.executable, "-m", "causerie", "check", "--vendor", "parrot", "--base-url", urls["parrot"]]
    environment = {{**os.environ, "PARROT_TOKEN": "parrot-mock-token"}}
    sys.exit(subprocess.run([*command, "--max-examples=3", *{options!r}], env=environment).returncode)
"""
    done = run("-c", program)

    assert 0 == done.returncode, done.stdout + done.stderr
    assert done.stdout.endswith("\nno failures\n")
