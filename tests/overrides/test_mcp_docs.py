"""What docs/mcp.md shows is true."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys

import causerie_mock
from causerie._vendor import vendors as records
from causerie.cli._mcp import mcp
from tests.markdown import ROOT, blocks

PAGE = ROOT / "docs" / "mcp.md"


def test_session() -> None:
    """The example prints the session of the page, against a new mock."""
    (shown,) = blocks(PAGE, "text")
    # Not measured: another test does, and it would take twice as long.
    environment = {name: text for name, text in os.environ.items() if not name.startswith(("RAIA_", "COVERAGE_"))}
    with causerie_mock.serve([causerie_mock.Mock("raia", check=True)]) as urls:
        done = subprocess.run(
            [sys.executable, str(ROOT / "examples" / "mcp_session.py")],
            check=False,
            capture_output=True,
            text=True,
            env={
                **environment,
                "RAIA_BASE_URL": urls["raia"],
                "RAIA_AGENT_SECRET_KEY": causerie_mock.RAIA_KEYS[0],
                "PYTHONWARNINGS": "error",
            },
        )

    assert ("", 0) == (done.stderr, done.returncode)
    assert shown == done.stdout


def test_configuration() -> None:
    """What is pasted into a client is JSON, its arguments are the command's, and its variables are credentials."""
    (block,) = blocks(PAGE, "json")
    server = json.loads(block)["mcpServers"]["causerie"]
    name, *arguments = server["args"]
    given = ["." if each.startswith("/") else each for each in arguments]

    assert "mcp" == name
    assert ("raia",) == mcp.make_context(name, given).params["vendor"]
    assert set(server["env"]) <= {record.credential for record in records().values()}


def test_tools() -> None:
    """The table has the tools that records and documents make, and no others."""
    listed = re.findall(r"^\| `(\w+)` \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    reading = {f"{vendor.name}_{name}" for vendor in records().values() for name in vendor.tools}
    exports = {f"{vendor.name}_export" for vendor in records().values() if vendor.export is not None}

    assert {"explain_operation"} | reading | exports == set(listed)
    assert len(listed) == len(set(listed))
