"""Run the tests against the built wheel: on every supported Python, or with the newest releases of everything.

python .ci/pythons.py            each supported Python that is found, with the pinned dependencies
python .ci/pythons.py --newest   the newest Python that is found, with whatever the index has today
"""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / ".ci" / "requirements.txt"
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
TESTS = ("tests/overrides", "tests/mock", "tests/codegen")
ORIGINS = """
import sys
from importlib.util import find_spec
print([path for name in sys.argv[1:] for path in find_spec(name).submodule_search_locations])
"""


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
            results = {version: attempt(check_newest, path, wheel, Path(folder, version))}
        else:
            results = {v: attempt(check_pinned, path, wheel, Path(folder, v)) for v, path in found.items()}
    for version in PYTHONS:
        print(f"Python {version}: {results.get(version, 'not run' if version in found else 'not found')}")
    return int(any(result != "passed" for result in results.values()))


def find(version: str) -> str | None:
    """Return an interpreter of a version that runs and can make environments: a shim that leads nowhere is none."""
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv", "versions")
    program = "import ensurepip, sys; print('%d.%d' % sys.version_info[:2])"
    for folder in [*os.get_exec_path(), *map(str, sorted(pyenv.glob("*/bin")))]:
        if candidate := shutil.which(f"python{version}", path=folder):
            done = subprocess.run([candidate, "-c", program], check=False, capture_output=True, text=True)
            if done.stdout.strip() == version:
                return candidate
    return None


def build(folder: Path) -> Path:
    """Build the wheel into a folder and return its path."""
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT)
    return next(folder.glob("*.whl"))


def attempt(check: Callable[[str, Path, Path], str], python: str, wheel: Path, environment: Path) -> str:
    """Run a check; what cannot be installed has failed, and keeps no other Python from its turn."""
    try:
        return check(python, wheel, environment)
    except subprocess.CalledProcessError as error:
        print(error, flush=True)
        return "failed"


def check_pinned(python: str, wheel: Path, environment: Path) -> str:
    """Run the tests against the wheel with the pinned dependencies."""
    print(f"== {python}: the wheel, with the pinned dependencies", flush=True)
    interpreter = create(python, environment)
    pip = (interpreter, "-m", "pip", "install", "--quiet", "--no-deps", "--disable-pip-version-check")
    run(*pip, "--only-binary", ":all:", "--require-hashes", "--requirement", LOCK)
    run(*pip, wheel)
    refuse_checkout(interpreter, wheel, environment)
    return test(interpreter, *TESTS)


def check_newest(python: str, wheel: Path, environment: Path) -> str:
    """Run the tests and the contract suite with the newest releases; say which differ from the pins."""
    print(f"== {python}: the wheel, with the newest releases", flush=True)
    interpreter = create(python, environment)
    with (ROOT / "pyproject.toml").open("rb") as file:
        extras = ",".join(tomllib.load(file)["project"]["optional-dependencies"])
    pip = (interpreter, "-m", "pip", "install", "--quiet", "--upgrade", "--disable-pip-version-check")
    run(*pip, "pip")  # --group is new
    run(*pip, f"{wheel}[{extras}]", "--group", f"{ROOT / 'pyproject.toml'}:dev")
    refuse_checkout(interpreter, wheel, environment)
    for line in differences(interpreter):
        print(f"   {line}", flush=True)
    suite = ("--pyargs", "causerie_contract", "--dist", "loadgroup")
    results = [test(interpreter, *TESTS), test(interpreter, *suite)]
    return "passed" if results == ["passed", "passed"] else "failed"


def create(python: str, environment: Path) -> Path:
    """Create a virtual environment and return its interpreter."""
    run(python, "-m", "venv", environment)
    return environment / ("Scripts" if os.name == "nt" else "bin") / "python"


def refuse_checkout(interpreter: Path, wheel: Path, environment: Path) -> None:
    """Stop unless each package of the wheel is imported from the environment, where the tests run."""
    with zipfile.ZipFile(wheel) as archive:
        packages = sorted({name.split("/")[0] for name in archive.namelist() if ".dist-info/" not in name})
    command = [str(interpreter), "-c", ORIGINS, *packages]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    home = environment.resolve()
    paths = [Path(path).resolve() for path in ast.literal_eval(done.stdout)]
    if elsewhere := [str(path) for path in paths if not path.is_relative_to(home)]:
        sys.exit(f"Not the wheel's: {', '.join(elsewhere)}")


def test(interpreter: Path, *arguments: str) -> str:
    """Run pytest in the checkout; return "passed" or "failed"."""
    command = [str(interpreter), "-m", "pytest", "-q", "-n", "2", "-p", "no:cacheprovider", *arguments]
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
