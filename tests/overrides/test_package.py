"""The package: what it exports, what importing it costs, and what its methods say of themselves."""

from __future__ import annotations

import ast
import importlib.metadata
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import causerie

from .conftest import Vendor, json

EXPORTED = [
    "APIConnectionError",
    "APIResponseTooLargeError",
    "APIResponseValidationError",
    "APIStatusError",
    "APITimeoutError",
    "ArgumentError",
    "AsyncConvocore",
    "AsyncPage",
    "AsyncRaia",
    "AsyncZild",
    "AuthenticationError",
    "BadRequestError",
    "CauserieError",
    "ConflictError",
    "Convocore",
    "DecodeError",
    "NotFoundError",
    "Outcome",
    "Page",
    "PermissionDeniedError",
    "Raia",
    "RateLimitError",
    "Raw",
    "ReplyFailedError",
    "ReplyTimeoutError",
    "Response",
    "Retry",
    "ServerError",
    "UNSET",
    "UnprocessableError",
    "Unset",
    "WebhookVerificationError",
    "Zild",
    "__version__",
]


def test_exported_names() -> None:
    """The public names are pinned, and all of them are there."""
    assert EXPORTED == sorted(causerie.__all__)
    assert EXPORTED == dir(causerie)
    assert all(getattr(causerie, name) is not None for name in EXPORTED)


def test_version() -> None:
    """The version is that of the installed distribution, and every request names it."""
    vendor = Vendor(json([]))
    causerie.Raia("key", transport=vendor).conversations.states()
    (request,) = vendor.requests

    assert importlib.metadata.version("causerie") == causerie.__version__
    assert f"causerie/{causerie.__version__}" == request.headers["user-agent"]


def test_no_other_name() -> None:
    """A name that is not exported is an AttributeError."""
    with pytest.raises(AttributeError, match="module 'causerie' has no attribute 'Causerie'"):
        _ = causerie.Causerie  # type: ignore[attr-defined]


def loaded_after(code: str) -> list[str]:
    """Return those of the costly modules that a fresh interpreter has after this code."""
    watched = "['httpx', 'asyncio', 'orjson', 'attrs', 'causerie_mock', 'causerie_api.raia.models.conversation_page']"
    program = f"{code}\nimport sys; print(*[m for m in {watched} if m in sys.modules])"
    return subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout.split()


def test_import_is_light() -> None:
    """Importing loads nothing costly; naming a client loads no HTTP library and no model that it does not use."""
    assert [] == loaded_after("import causerie")
    assert ["orjson", "attrs"] == loaded_after("from causerie import Raia")


def test_one_module_knows_the_transports() -> None:
    """No module imports a library that carries requests, but for ``_library``, by name, and what is aiohttp's own."""
    libraries = {"httpx", "httpx2", "httpcore", "httpcore2", "aiohttp", "httpx_aiohttp"}
    found = set()
    for path in Path(causerie.__file__).parent.rglob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:  # what is for type checkers stands below an if
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if libraries & {name.partition(".")[0] for name in names}:
                found.add(path.name)

    assert {"_aiohttp.py"} == found


def test_signature() -> None:
    """What ``help`` shows of a method is what the caller passes and gets."""
    signature = inspect.signature(causerie.Raia("k").conversations.get)

    assert "(conversation_id: 'str') -> 'Conversation'" == str(signature)
    assert "One conversation" in (causerie.Raia("k").conversations.get.__doc__ or "")


def test_closed() -> None:
    """A closed client says so."""
    client = causerie.Raia("k", transport=Vendor(json({})))
    client.close()
    with pytest.raises(RuntimeError, match="closed"):
        client.conversations.get("c1")
