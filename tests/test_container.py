"""The container file of the mock and its compose example, as far as they can be run without a container engine."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
import yaml

from tests.markdown import ROOT

INSTRUCTIONS = [
    (line.split(maxsplit=1)[0], line.split(maxsplit=1)[1])
    for line in (ROOT / "mock" / "Containerfile").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "examples" / "compose.yaml").read_text(encoding="utf-8"))["services"]


def of(kind: str) -> list[str]:
    """Return what follows every instruction of a kind."""
    return [rest for name, rest in INSTRUCTIONS if name == kind]


ENTRY: list[str] = json.loads(of("ENTRYPOINT")[0])


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy what the image has of the checkout, install it as the image does, and return where that is."""
    folder = tmp_path_factory.mktemp("image")
    for rest in of("COPY"):
        *sources, place = rest.split()
        for source in sources:
            if (ROOT / source).is_dir():
                shutil.copytree(ROOT / source, folder / place, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                (folder / place).mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / source, folder / place)
    _, install = (shlex.split(rest) for rest in of("RUN"))
    command = [sys.executable, *install[1:], "--quiet", "--disable-pip-version-check", "--target", "installed"]
    subprocess.run(command, cwd=folder, check=True)
    return folder / "installed"


@pytest.fixture
def served(image: Path) -> Iterator[str]:
    """Yield the address of the mock, started as the image starts it, but for this machine alone and on a free port."""
    environment = {**os.environ, "PYTHONPATH": str(image), "PYTHONUNBUFFERED": "1"}
    changed = [{"0.0.0.0": "127.0.0.1", "8765": "0"}.get(word, word) for word in ENTRY]
    command = [sys.executable, "-m", *changed]
    with subprocess.Popen(command, env=environment, cwd=image, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield next(found[0] for line in process.stdout if (found := re.search(r"http://127.0.0.1:\d+", line)))
        finally:
            process.terminate()


def test_instructions() -> None:
    """One stage, a slim Python of a named version, hashes for all that is fetched, and no root at the end."""
    names = [name for name, _ in INSTRUCTIONS]
    (base,) = of("FROM")
    (user,) = of("USER")
    fetched, local = of("RUN")

    assert re.fullmatch(r"python:3\.\d+-slim", base)
    assert {"--require-hashes", "--no-deps", "--requirement"} <= {*fetched.split()}
    assert {"--no-deps", "--no-build-isolation"} <= {*local.split()}
    assert ["USER", "EXPOSE", "ENTRYPOINT"] == names[-3:]
    assert re.fullmatch(r"[1-9]\d+:[1-9]\d+", user)
    assert ["causerie", "mock", "--host", "0.0.0.0", "--port", *of("EXPOSE")] == ENTRY


def test_image(image: Path, served: str) -> None:
    """What is copied is enough to install, and the mock that was installed serves all vendors."""
    with urlopen(f"{served}/_causerie/vendors", timeout=30) as answer:
        vendors = json.load(answer)

    assert (image / "causerie_mock").is_dir()
    assert all(name in json.dumps(vendors) for name in ("convocore", "raia", "zild"))


def test_compose(served: str) -> None:
    """The tests of the example wait for a vendor that answers, and find it by the settings that they have."""
    vendors, tests = COMPOSE["vendors"], COMPOSE["tests"]
    inside = f"http://vendors:{of('EXPOSE')[0]}"
    settings = {name: value.replace(inside, served) for name, value in tests["environment"].items()}
    check = [word.replace(f"http://127.0.0.1:{of('EXPOSE')[0]}", served) for word in vendors["healthcheck"]["test"]]
    script = ROOT / tests["entrypoint"][1].removeprefix("/")

    assert (ROOT / "examples" / vendors["build"]["context"] / vendors["build"]["dockerfile"]).is_file()
    assert {"vendors": {"condition": "service_healthy"}} == tests["depends_on"]
    assert served in settings["RAIA_BASE_URL"]
    assert ("CMD", "python", True) == (*check[:2], served in check[-1])
    for command in ([sys.executable, *check[2:]], [sys.executable, str(script)]):
        subprocess.run(command, env={**os.environ, **settings}, check=True, capture_output=True, timeout=60)
