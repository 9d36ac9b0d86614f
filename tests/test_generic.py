"""What all vendors share names none of them: a vendor is known by its document and by the folders of its name."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from causerie_spec import load, operations, vendors
from tests.markdown import ROOT

#: Where a type checker needs the names: an import, the module that it is imported from, and `__all__`.
REGISTRIES = {
    "overrides/causerie/__init__.py",
    "overrides/causerie/testing/__init__.py",
    "overrides/causerie/webhooks/__init__.py",
    "overrides/causerie/webhooks/convocore.py",
    "overrides/causerie/webhooks/raia.py",
    "mock/causerie_mock/__init__.py",
}
PLACES = 3
OPERATIONS = {name for vendor in vendors() for name in operations(load(vendor))}


def _lines() -> Iterator[tuple[str, str]]:
    """Yield the lines of all generic files, beginning with the name of the file, each with the path."""
    for layer in ("overrides", "mock", "contract_tests", "codegen"):
        for path in sorted((ROOT / layer).rglob("*")):
            place = path.relative_to(ROOT)
            is_left_over = any(part.startswith((".", "__pycache__")) for part in place.parts)
            if path.is_file() and not is_left_over and not set(vendors()) & set(place.parts):
                yield from ((str(place), line) for line in [path.name, *path.read_text("utf-8").splitlines()])


@pytest.mark.parametrize("vendor", vendors())
def test_no_vendor(vendor: str) -> None:
    """Only the registries do, each in at most one line for each of the places that a type checker needs."""
    named = [place for place, line in _lines() if vendor in line.lower()]

    assert set() == set(named) - REGISTRIES
    assert [] == [place for place in REGISTRIES if named.count(place) > PLACES]


def test_no_operation() -> None:
    """Nor does a generic module know an operation of a document."""
    named = [(place, line) for place, line in _lines() if OPERATIONS & set(re.findall(r"[a-z]+(?:_[a-z]+)+", line))]

    assert [] == named


def test_the_files_are_seen() -> None:
    """They are those of all four layers, and not only Python's."""
    seen = {place for place, _ in _lines()}

    assert {"py", "js", "yaml", "jinja"} <= {place.rpartition(".")[2] for place in seen}
    assert {"overrides", "mock", "contract_tests", "codegen"} == {place.partition("/")[0] for place in seen}
    assert seen >= REGISTRIES
