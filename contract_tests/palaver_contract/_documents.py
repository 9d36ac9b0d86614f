"""The vendors' documents, installed or in a checkout."""

from __future__ import annotations

import importlib.resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import yaml

VENDORS = ("convocore", "raia", "zild")

_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


def load(vendor: str, path: Path | None = None) -> dict[str, Any]:
    """The document of `vendor`, or the one at `path` in its place: a new object with every call."""
    source: Traversable = folder() / f"{vendor}.yaml" if path is None else path
    document: dict[str, Any] = yaml.safe_load(source.read_text(encoding="utf-8"))
    return document


def operations(document: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """Method (in lower case) and path by operationId, in the order of the document."""
    return {
        item[method]["operationId"]: (method, path)
        for path, item in document["paths"].items()
        for method in _METHODS
        if method in item
    }


def folder() -> Traversable:
    """A checkout has spec/ beside contract_tests/; the wheel carries it as the data-only package `palaver_spec`.

    In this order: an editable install has both, and its copy knows nothing of what is changed in the checkout.
    """
    checkout = Path(__file__).parents[2] / "spec"
    return checkout if checkout.is_dir() else importlib.resources.files("palaver_spec")
