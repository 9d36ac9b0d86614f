"""What docs/cli.md shows was really printed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import causerie_mock
from causerie.cli._failure import CODES
from tests.markdown import ROOT, blocks

PAGE = ROOT / "docs" / "cli.md"
# A record separator stands in no output.
END = "\x1e"


def sessions() -> list[tuple[str, str]]:
    """Return every command in the page's ``console`` blocks, where it begins with a $, and what it printed."""
    found = re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", "".join(blocks(PAGE, "console")), re.MULTILINE)
    return [(command, printed) for command, printed in found]


def test_session() -> None:
    """The commands, run one after another in one shell against new mock vendors, print what the page says."""
    shown = sessions()
    # Not measured: each command would take twice as long.
    left_out = ("RAIA_", "CONVOCORE_", "COVERAGE_")
    environment = {name: text for name, text in os.environ.items() if not name.startswith(left_out)}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    with causerie_mock.serve([causerie_mock.Mock(vendor, check=True) for vendor in causerie_mock.VENDORS]) as urls:
        root = urls["raia"].removesuffix("/raia")
        script = "".join(f"{command}\nprintf '{END}'\n" for command, _ in shown).replace("http://127.0.0.1:8765", root)
        done = subprocess.run(
            ["sh", "-c", script],
            check=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**environment, "PATH": path, "COLUMNS": "80"},
        )
    printed = done.stdout.split(END)[:-1]

    assert 7 <= len(shown)
    assert shown == [(command, text) for (command, _), text in zip(shown, printed, strict=True)]


def test_exit_codes() -> None:
    """The table has every exit code."""
    listed = {int(code) for code in re.findall(r"^\| (\d+) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)}

    assert {0, 1, 2, 130, 141, *CODES} == listed
