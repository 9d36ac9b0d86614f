"""Hatchling's hook for the wheel: it puts the documents of spec/ into the package that reads them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Documents(BuildHookInterface[Any]):
    """Adds every YAML file; an editable install has none, since there the package reads those of the checkout."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name the files, and where they go."""
        if version != "editable":
            spec = Path(self.root, "spec")
            files = {str(path): f"causerie_spec/{path.relative_to(spec)}" for path in spec.rglob("*.yaml")}
            build_data["force_include"].update(files)
