"""What the README shows is true."""

from __future__ import annotations

import re

import pytest

from tests.markdown import ROOT, blocks

README = ROOT / "README.md"
BLOCKS = blocks(README, "python")


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.strip().splitlines()[-1].strip()[:40])
def test_python_blocks(block: str, vendors: None) -> None:
    """Every block of Python runs as it stands, against the mock vendors."""
    exec(compile(block, str(README), "exec"), {"__name__": "__main__"})


def test_there_are_blocks() -> None:
    """The blocks are found at all."""
    assert 3 == len(BLOCKS)


def test_make_targets() -> None:
    """Every make target that the README names is there."""
    makefile = README.with_name("Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"make ([a-z-]+)", README.read_text(encoding="utf-8")))

    assert set() == {target for target in named if f"\n{target}: " not in makefile}
