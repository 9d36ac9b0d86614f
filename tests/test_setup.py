"""The set-up cannot rot: the locks are closed, and nothing tells anybody to install a stranger's distribution."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from .markdown import ROOT

FULL = ROOT / ".ci" / "requirements.txt"
DEMO = ROOT / ".ci" / "requirements-demo.txt"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
PLATFORMS = {
    "linux": {"sys_platform": "linux", "os_name": "posix", "platform_system": "Linux", "platform_machine": "x86_64"},
    "macos": {"sys_platform": "darwin", "os_name": "posix", "platform_system": "Darwin", "platform_machine": "arm64"},
    "windows": {"sys_platform": "win32", "os_name": "nt", "platform_system": "Windows", "platform_machine": "AMD64"},
}
TARGETS = [(python, platform) for python in PYTHONS for platform in PLATFORMS]


def environment(python: str, platform: str) -> dict[str, str]:
    """Return the environment in which markers are evaluated for a Python and a platform."""
    versions = {"python_version": python, "python_full_version": f"{python}.7", "implementation_version": f"{python}.7"}
    return {**default_environment(), **versions, **PLATFORMS[platform]}  # type: ignore[dict-item]


def pins(lock: Path) -> list[Requirement]:
    """Return every pin of a lock; its hashes are left out."""
    lines = lock.read_text(encoding="utf-8").splitlines()
    return [Requirement(line.removesuffix("\\").strip()) for line in lines if re.match(r"\w", line)]


def installed(lock: list[Requirement], target: Mapping[str, str]) -> dict[str, Requirement]:
    """Return the pins of a lock that are installed in an environment, by name."""
    return {canonicalize_name(pin.name): pin for pin in lock if not pin.marker or pin.marker.evaluate(dict(target))}


def gaps(lock: list[Requirement], wanted: list[Requirement], target: Mapping[str, str]) -> Iterator[str]:
    """Yield what ``wanted`` and the distributions of ``lock`` require that no pin of ``lock`` meets."""
    chosen = installed(lock, target)
    for owner, extras, requirements in (
        ("pyproject.toml", {""}, wanted),
        *((pin.name, pin.extras | {""}, required(pin)) for pin in chosen.values()),
    ):
        for need in requirements:
            if need.marker and not any(need.marker.evaluate({**target, "extra": extra}) for extra in extras):
                continue
            pin = chosen.get(canonicalize_name(need.name))
            if pin is None or not need.specifier.contains(version(pin), prereleases=True) or need.extras - pin.extras:
                yield f"{owner} requires {need}; the lock has {pin or 'no pin of it'}"


def required(pin: Requirement) -> list[Requirement]:
    """Return what a pinned distribution requires, where this release is installed here.

    Only the metadata of a release tells. The few pins that are for other platforms, or for other Pythons in another
    version, are checked by the runs on those.
    """
    try:
        release = metadata.distribution(pin.name)
    except metadata.PackageNotFoundError:
        return []
    return [Requirement(line) for line in release.requires or ()] if release.version == version(pin) else []


def version(pin: Requirement) -> str:
    """Return the one version that a pin allows."""
    (only,) = pin.specifier
    return only.version


def own(*extras: str, group: str) -> list[Requirement]:
    """Return what the project requires, with some of its extras and one group for development."""
    project = PROJECT["project"]
    lines = [*project["dependencies"], *_group(group)]
    for extra in extras:
        lines += [line for line in project["optional-dependencies"][extra] if not line.startswith("causerie[")]
    return [Requirement(line) for line in lines]


def _group(name: str) -> Iterator[str]:
    for entry in PROJECT["dependency-groups"][name]:
        if isinstance(entry, str):
            yield entry
        else:
            yield from _group(entry["include-group"])


EXTRAS = tuple(PROJECT["project"]["optional-dependencies"])
WANTED: dict[Path, list[Requirement]] = {
    FULL: own(*EXTRAS, group="dev"),
    DEMO: own("mock", "contract", "cli", group="demo"),
}


@pytest.mark.parametrize(("python", "platform"), TARGETS)
@pytest.mark.parametrize("lock", [FULL, DEMO], ids=lambda lock: lock.stem)
def test_closed(lock: Path, python: str, platform: str) -> None:
    """Each requirement of each pinned distribution, extras included, is met by a pin: nothing is ever resolved."""
    assert [] == list(gaps(pins(lock), WANTED[lock], environment(python, platform)))


@pytest.mark.parametrize("target", TARGETS)
def test_stripped_extra_is_a_gap(target: tuple[str, str]) -> None:
    """A pin that lost its extra is found, as is a pin that is missing."""
    lock = pins(FULL)
    for pin in lock:
        pin.extras -= {"toml"}
    without = [pin for pin in lock if pin.name not in {"coverage", "orjson"}]
    found = list(gaps(lock, WANTED[FULL], environment(*target)))
    missing = list(gaps(without, WANTED[FULL], environment(*target)))

    assert ["pytest-cov requires coverage[toml]"] == [line.partition(">")[0] for line in found]
    assert any(line.startswith("pyproject.toml requires orjson") for line in missing)


def test_contained() -> None:
    """The demo's lock is a part of the full one: `make test` after `make demo` replaces nothing."""
    full = {canonicalize_name(pin.name) + version(pin) for pin in pins(FULL)}

    assert set() == {canonicalize_name(pin.name) + version(pin) for pin in pins(DEMO)} - full


@pytest.mark.parametrize("lock", [FULL, DEMO], ids=lambda lock: lock.stem)
def test_hashed(lock: Path) -> None:
    """Each pin has a hash, and the lock names no index."""
    text = lock.read_text(encoding="utf-8")
    entries = re.split(r"\n(?=\w)", text.strip())

    assert len(pins(lock)) == len(entries)
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in text


def test_nothing_is_resolved() -> None:
    """Whatever the Makefile installs for `make demo` and `make test` is installed without dependencies."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (install,) = re.findall(r"^INSTALL := (.*)$", makefile, re.MULTILINE)
    hashed = re.findall(r"^\t@(.*--requirement .*)$", makefile, re.MULTILINE)

    assert install.endswith(" --no-deps")
    assert [DEMO.name, FULL.name] == [line.rpartition("/")[2] for line in hashed]
    assert all(line.startswith("$(INSTALL) ") and "--require-hashes" in line for line in hashed)


def _documents() -> list[Path]:
    folders = ("docs", "overrides", "mock", "contract_tests", "examples", "spec", "codegen", "changelog.d", ".github")
    files = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.suffix in SUFFIXES]
    return [*ROOT.glob("*.md"), ROOT / "Makefile", *(path for path in files if "_build" not in path.parts)]


SUFFIXES = {".md", ".py", ".yml", ".yaml", ".toml", ".js", ".html", ".jinja"}
# A name of ours behind an installer, with or without quotes and extras, where a path would begin with a dot or a slash.
BARE_NAME = re.compile(
    r"(?:pip3?|uv|pipx|poetry|pdm|conda|uvx)\s+(?:(?:install|add|run|tool|pip|sync|-\S+|-U)\s+)*[\"'\\]*causerie(?![\w/])"
)


def test_no_bare_name() -> None:
    """No document and no message tells anybody to install from an index by a name that is not published yet."""
    found: dict[str, Any] = {
        str(path.relative_to(ROOT)): match[0]
        for path in _documents()
        if (match := BARE_NAME.search(path.read_text(encoding="utf-8")))
    }

    assert {} == found


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("pip install causerie", True),
        ('pip install "causerie[mock]"', True),
        ("python -m pip install -U causerie", True),
        ("uv pip install 'causerie'", True),
        ("uvx causerie", True),
        ('pip install ".[mock]"', False),
        ('pip install "./causerie[contract]"', False),
        ("pip install causerie/dist/x.whl", False),
    ],
)
def test_bare_name(text: str, bare: bool) -> None:
    """A bare name is told from a path."""
    assert bare == bool(BARE_NAME.search(text))


def test_this_python_is_supported() -> None:
    """The classifiers name the Pythons for which the locks are checked."""
    classifiers = PROJECT["project"]["classifiers"]
    prefix = "Programming Language :: Python :: "

    assert list(PYTHONS) == [line.removeprefix(prefix) for line in classifiers if line.startswith(prefix)]
    assert sys.version_info[:2] in {(3, int(python.partition(".")[2])) for python in PYTHONS}
