"""The suite's entry point for pytest, which is in every pytest of everybody who has Causerie installed."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

import causerie_contract

OURS = {"causerie", "causerie._fixtures", "causerie_contract", "causerie_contract._entry"}
#: Says what a run has imported of ours, and lets nothing be imported that the suite needs.
CONFTEST = """
    import sys

    class No:
        def find_spec(self, name, path=None, target=None):
            if name.partition(".")[0] in {"hypothesis", "schemathesis"}:
                raise ModuleNotFoundError(f"No module named {name!r}", name=name)

    sys.meta_path.insert(0, No())

    import atexit

    @atexit.register
    def say():
        ours = {"causerie", "causerie_api", "causerie_mock", "causerie_contract", "causerie_spec"}
        print("OURS", *sorted(name for name in sys.modules if name.partition(".")[0] in ours))
"""


def run_pytest(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    (folder / "sitecustomize.py").write_text(textwrap.dedent(CONFTEST), encoding="utf-8")
    plugins = ("-p", "no:cacheprovider", "-p", "no:schemathesis", "-p", "no:hypothesispytest", "-p", "no:xdist")
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *plugins, *arguments],
        check=False,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["test_causerie_contract.py"],
        ["test_causerie_contract.py::test_a"],
        ["causerie_contract"],
        ["./causerie_contract/test_b.py"],
        ["causerie_contract_tests"],
        ["--pyargs", "causerie_contract_tests"],
        ["--pyargs", "test_causerie_contract"],
        ["-k", "causerie_contract or test_a"],
        ["--deselect", "causerie_contract/test_b.py"],
        ["--ignore=causerie_contract"],
        ["--rootdir", "causerie_contract"],
        ["--override-ini", "cache_dir=causerie_contract"],
        ["-p", "no:causerie_contract"],
    ],
    ids=" ".join,
)
def test_other_tests(tmp_path: Path, arguments: list[str]) -> None:
    """A run of other tests imports nothing of the suite, and none of its extra, whatever its arguments are called."""
    for name in ("test_causerie_contract.py", "causerie_contract/test_b.py", "causerie_contract_tests/test_c.py"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text("def test_a(): pass\n", encoding="utf-8")
    (tmp_path / "causerie_contract_tests" / "__init__.py").touch()
    done = run_pytest(tmp_path, *arguments)

    assert 0 == done.returncode, done.stdout + done.stderr
    assert {*done.stdout.splitlines()[-1].split()[1:]} <= OURS


@pytest.mark.parametrize(
    "arguments",
    [
        ["--pyargs", "causerie_contract"],
        ["--pyargs", "causerie_contract.test_vendors"],
        ["--vendor", "zild", "--pyargs", "causerie_contract.test_vendors::test_found_nothing"],
        [str(Path(causerie_contract.__file__).with_name("test_vendors.py"))],
    ],
    ids=" ".join,
)
def test_the_suite_without_its_extra(tmp_path: Path, arguments: list[str]) -> None:
    """The suite, by its name or by where it is, says what it needs."""
    done = run_pytest(tmp_path, *arguments)

    assert 4 == done.returncode
    assert (
        'ERROR: The contract suite needs its extra: in a checkout of Causerie, pip install ".[contract]"' in done.stderr
    )
