"""The built wheel, installed where the source is not, works."""

from __future__ import annotations

import importlib.metadata
import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from causerie_spec import vendors
from causerie_spec.behaviour import EVERY_VENDOR
from tests.markdown import ROOT, blocks

PROGRAM = """
import causerie, causerie_api, causerie_contract, causerie_mock, causerie_spec
from causerie_mock import RAIA_KEYS, Mock, MockTransport, serve

with causerie.Raia(RAIA_KEYS[0], transport=MockTransport(Mock("raia", check=True))) as raia:
    print(raia.conversations.states()[0].name)
with serve() as urls, causerie.Convocore("convocore-mock-key", base_url=urls["convocore"]) as convocore:
    print(convocore.conversations.get("agent123", "agent123_convo456").user_name)
packages = (causerie, causerie_api, causerie_contract, causerie_mock, causerie_spec)
print(*{package.__path__[0] for package in packages}, sep="\\n")
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT],
        check=True,
        capture_output=True,
    )
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the interpreter of an environment that has the wheel, and the dependencies of this one."""
    environment = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", environment], check=True)
    subprocess.run(
        [sys.executable, "-m", "pip", "--python", environment, "install", "--quiet", "--no-deps", wheel],
        check=True,
        capture_output=True,
    )
    python = environment / ("Scripts" if os.name == "nt" else "bin") / "python"
    installed = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    # Dependencies come from here, after what is installed there. What makes the checkout importable here, a .pth file
    # too, is not read from a path that comes from one.
    Path(installed, "dependencies.pth").write_text(sysconfig.get_path("purelib"))
    return python


def test_contents(wheel: Path) -> None:
    """The wheel holds the six packages, typed, and the documents; and nothing else."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    packages = {name.split("/")[0] for name in names if ".dist-info/" not in name}

    assert {
        *("causerie", "causerie_api", "causerie_codegen", "causerie_contract", "causerie_mock", "causerie_spec")
    } == packages
    assert {f"causerie_spec/{vendor}.yaml" for vendor in vendors()} <= set(names)
    assert {f"causerie_spec/behaviour/{kind}.yaml" for kind in (*vendors(), EVERY_VENDOR)} <= set(names)
    assert {f"{package}/py.typed" for package in packages} <= set(names)


def test_installed(python: Path, tmp_path: Path) -> None:
    """Its SDK talks to its mock, in process and on a port, from a folder that knows nothing of the repository."""
    done = subprocess.run([python, "-c", PROGRAM], cwd=tmp_path, check=True, capture_output=True, text=True)
    state, name, *places = done.stdout.split("\n")[:-1]

    assert ("New", "John Doe") == (state, name)
    assert all(place.startswith(str(python.parents[1])) for place in places)


def test_command(python: Path) -> None:
    """The command is there."""
    done = subprocess.run([python.with_name("causerie"), "--version"], check=True, capture_output=True, text=True)

    assert f"causerie {importlib.metadata.version('causerie')}\n" == done.stdout


def test_generator(python: Path, tmp_path: Path) -> None:
    """The generator is there, with its templates and the runtime that it copies."""
    command = [python.with_name("causerie-generate"), ROOT / "spec" / "zild.yaml", "zild_api"]
    done = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, text=True)

    assert ("zild_api has 1 operations of zild.yaml.\n", "") == (done.stdout, done.stderr)


def test_stranger(python: Path, tmp_path: Path) -> None:
    """The first file of tests in the documentation, twelve lines, passes in a project that holds nothing else."""
    file = blocks(ROOT / "docs" / "testing.md", "python")[0]
    (tmp_path / "test_stranger.py").write_text(file, encoding="utf-8")
    done = subprocess.run([python, "-m", "pytest", "-q"], cwd=tmp_path, check=False, capture_output=True, text=True)

    assert 12 == len(file.splitlines())
    assert "2 passed" in done.stdout, done.stdout + done.stderr
