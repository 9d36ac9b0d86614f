"""Where the vendors' OpenAPI documents are, installed or in a checkout."""

from __future__ import annotations

import importlib.resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import yaml

VENDORS = ("convocore", "raia", "zild")

# libyaml reads a document about ten times faster, but not every wheel of PyYAML brings it.
_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def document(vendor: str) -> dict[str, Any]:
    """Return the OpenAPI document of `vendor` (one of `VENDORS`), freshly parsed.

    Raises `ValueError` when there is no such vendor.
    """
    if vendor not in VENDORS:
        raise ValueError(f"{vendor!r} is not a vendor; choose one of {', '.join(VENDORS)}.")
    return _parsed(_file(f"{vendor}.yaml"))


def control_document() -> dict[str, Any]:
    """Return the OpenAPI document of the endpoints below `/_causerie/`, freshly parsed."""
    return _parsed(importlib.resources.files("causerie_mock") / "control.yaml")


def _parsed(file: Traversable) -> dict[str, Any]:
    parsed: dict[str, Any] = yaml.load(file.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 (the safe ones)
    return parsed


def _file(name: str) -> Traversable:
    """Return the file of a document: in spec/ of a checkout, in the data-only package `causerie_spec` of a wheel.

    The checkout goes first: an editable install has a `causerie_spec` too, a copy from the day it was installed.
    """
    checkout = Path(__file__).parents[2] / "spec" / name
    return checkout if checkout.is_file() else importlib.resources.files("causerie_spec") / name
