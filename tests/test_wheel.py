"""The built wheel, installed where the source is not, works."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROGRAM = """
import palaver, palaver_api, palaver_contract, palaver_mock
from palaver_mock import RAIA_KEYS, Mock, MockTransport, serve

with palaver.Raia(RAIA_KEYS[0], transport=MockTransport(Mock("raia", check=True))) as raia:
    print(raia.conversations.states()[0].name)
with serve() as urls, palaver.Convocore("convocore-mock-key", base_url=urls["convocore"]) as convocore:
    print(convocore.conversations.get("agent123", "agent123_convo456").user_name)
import palaver_spec
print(*{package.__path__[0] for package in (palaver, palaver_api, palaver_contract, palaver_mock)}, sep="\\n")
print(list(palaver_spec.__path__)[0])
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


def test_contents(wheel: Path) -> None:
    """The wheel holds the four packages, typed, and the documents; and nothing else."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    packages = {name.split("/")[0] for name in names if ".dist-info/" not in name}

    assert {"palaver", "palaver_api", "palaver_contract", "palaver_mock", "palaver_spec"} == packages
    assert {f"palaver_spec/{vendor}.yaml" for vendor in ("convocore", "raia", "zild")} <= set(names)
    assert {f"{package}/py.typed" for package in packages - {"palaver_spec"}} <= set(names)


def test_installed(wheel: Path, tmp_path: Path) -> None:
    """Its SDK talks to its mock, in process and on a port, from a folder that knows nothing of the repository."""
    environment = tmp_path / "environment"
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
    done = subprocess.run([python, "-c", PROGRAM], cwd=tmp_path, check=True, capture_output=True, text=True)
    state, name, *places = done.stdout.split("\n")[:-1]

    assert ("New", "John Doe") == (state, name)
    assert all(place.startswith(str(environment)) for place in places)
