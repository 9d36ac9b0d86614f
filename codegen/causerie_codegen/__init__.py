"""Generates a package from an OpenAPI document: a client, a function for each operation, a model for each schema."""

from __future__ import annotations

import sys


def main() -> int:
    """Run ``causerie-generate``; return its exit code."""
    try:
        from .command import main as run  # noqa: PLC0415 - needs the extra generate
    except ModuleNotFoundError as error:
        sys.exit(f'causerie-generate needs {error.name}: in a checkout of Causerie, pip install ".[generate]"')
    return run(sys.argv[1:])
