"""Run the tests against the built wheel: on every supported Python, or with the newest releases of everything.

python .ci/pythons.py            each supported Python that is found, with the pinned dependencies
python .ci/pythons.py --newest   the newest Python that is found, with whatever the index has today
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / ".ci" / "requirements.txt"
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
TESTS = ("tests/overrides", "tests/mock", "tests/codegen")


def main(arguments: list[str]) -> int:
    """Run what was asked for and return 1 if anything failed or no Python was found."""
    found = {version: path for version in PYTHONS if (path := find(version))}
    if not found:
        print(f"None of the supported Pythons was found: {', '.join(PYTHONS)}.")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        wheel = build(Path(folder))
        if "--newest" in arguments:
            version, path = list(found.items())[-1]
            results = {version: check_newest(path, wheel, Path(folder, version))}
        else:
            results = {version: check_pinned(path, wheel, Path(folder, version)) for version, path in found.items()}
    for version in PYTHONS:
        print(f"Python {version}: {results.get(version, 'not run' if version in found else 'not found')}")
    return int(any(result != "passed" for result in results.values()))


def find(version: str) -> str | None:
    """Return an interpreter of a version, from the search path or from pyenv; a shim that leads nowhere is none."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"), "versions")
    candidates = [shutil.which(f"python{version}"), *sorted(pyenv.glob(f"{version}.*/bin/python{version}"))]
    program = "import sys; print('%d.%d' % sys.version_info[:2])"
    for candidate in filter(None, candidates):
        done = subprocess.run([candidate, "-c", program], check=False, capture_output=True, text=True)
        if done.stdout.strip() == version:
            return str(candidate)
    return None


def build(folder: Path) -> Path:
    """Build the wheel into a folder and return its path."""
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT)
    return next(folder.glob("*.whl"))


def check_pinned(python: str, wheel: Path, environment: Path) -> str:
    """Run the tests against the wheel with the pinned dependencies."""
    print(f"== {python}: the wheel, with the pinned dependencies", flush=True)
    interpreter = create(python, environment)
    pip = (interpreter, "-m", "pip", "install", "--quiet", "--no-deps", "--disable-pip-version-check")
    run(*pip, "--only-binary", ":all:", "--require-hashes", "--requirement", LOCK)
    run(*pip, wheel)
    return test(interpreter, *TESTS)


def check_newest(python: str, wheel: Path, environment: Path) -> str:
    """Run the tests and the contract suite with the newest releases; say which differ from the pins."""
    print(f"== {python}: the wheel, with the newest releases", flush=True)
    interpreter = create(python, environment)
    with (ROOT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)
    extras = ",".join(project["project"]["optional-dependencies"])
    groups = project["dependency-groups"]
    tools = [line for group in groups.values() for line in group if isinstance(line, str)]
    run(interpreter, "-m", "pip", "install", "--quiet", "--upgrade", "pip")
    run(interpreter, "-m", "pip", "install", "--quiet", "--upgrade", f"{wheel}[{extras}]", *tools)
    for line in differences(interpreter):
        print(f"   {line}", flush=True)
    suite = ("--pyargs", "causerie_contract", "--dist", "loadgroup")
    results = [test(interpreter, *TESTS), test(interpreter, *suite)]
    return "passed" if results == ["passed", "passed"] else "failed"


def create(python: str, environment: Path) -> Path:
    """Create a virtual environment and return its interpreter."""
    run(python, "-m", "venv", environment)
    return environment / ("Scripts" if os.name == "nt" else "bin") / "python"


def test(interpreter: Path, *arguments: str) -> str:
    """Run pytest in the checkout; return "passed" or "failed"."""
    command = [interpreter, "-m", "pytest", "-q", "-n", "2", "-p", "no:cacheprovider", *arguments]
    return "failed" if subprocess.run(command, cwd=ROOT, check=False).returncode else "passed"


def differences(interpreter: Path) -> Iterator[str]:
    """Yield the distributions whose installed release is not the pinned one."""
    listed = subprocess.run(
        [interpreter, "-m", "pip", "list", "--format=json", "--disable-pip-version-check"],
        check=True,
        capture_output=True,
        text=True,
    )
    installed = {normalize(each["name"]): each["version"] for each in json.loads(listed.stdout)}
    pins: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)(?:\[[^]]*\])?==([^\s;]+)", LOCK.read_text("utf-8"), re.MULTILINE):
        pins.setdefault(normalize(name), set()).add(version)
    for name, versions in sorted(pins.items()):
        if name in installed and installed[name] not in versions:
            yield f"{name}: pinned {', '.join(sorted(versions))}, newest {installed[name]}"


def normalize(name: str) -> str:
    """Return a distribution's name as the index spells it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def run(*command: object) -> None:
    """Run a command that has to succeed."""
    subprocess.run([str(part) for part in command], check=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
