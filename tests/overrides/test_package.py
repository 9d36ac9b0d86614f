"""The package: what it exports, what importing it costs, and what its methods say of themselves."""

from __future__ import annotations

import ast
import copy
import importlib.metadata
import inspect
import pickle
import pydoc
import subprocess
import sys
import typing
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

import causerie
from causerie import Page
from causerie._method import Method, result_of
from causerie.cli._vendors import methods

from .conftest import SYNC, Vendor, json

METHODS = {
    f"{vendor}.{resource}.{name}": (kind, name)
    for vendor, make in SYNC.items()
    for resource, kind in vars(make("k", base_url="https://vendor.test")).items()
    for name in methods(type(kind))
}

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
    assert "Return one conversation" in (causerie.Raia("k").conversations.get.__doc__ or "")


@pytest.fixture(params=METHODS)
def places(request: pytest.FixtureRequest) -> tuple[Method[..., Any, Any], Any]:
    """Return a method as its class has it, and as a client has it."""
    resource, name = METHODS[request.param]
    return getattr(type(resource), name), getattr(resource, name)


def test_attributes(places: tuple[Method[..., Any, Any], Any]) -> None:
    """A method is known by the name, the place and the words of the function that it was written as."""
    written = inspect.unwrap(places[0])
    names = ("__name__", "__qualname__", "__module__", "__doc__")

    assert inspect.isfunction(written)
    assert inspect.ismethod(places[1])
    for place in places:
        assert [getattr(written, each) for each in names] == [getattr(place, each) for each in names]


def test_annotations(places: tuple[Method[..., Any, Any], Any]) -> None:
    """Its types are those of what is passed and returned."""
    method, bound = places
    parameters = inspect.signature(bound).parameters
    hints = typing.get_type_hints(method)

    assert [*parameters, "return"] == [*hints]
    assert hints == typing.get_type_hints(bound)
    assert hints["return"] == (type(None) if result_of(method) is None else result_of(method))
    assert method.is_paged == (typing.get_origin(result_of(method)) is Page)
    assert ["self", *parameters] == [*inspect.signature(method).parameters]


def _required(bound: Any) -> dict[str, Any]:
    return {
        name: "a"
        for name, each in inspect.signature(bound).parameters.items()
        if each.default is each.empty and each.kind in (each.POSITIONAL_OR_KEYWORD, each.KEYWORD_ONLY)
    }


def test_replaced(places: tuple[Method[..., Any, Any], Any]) -> None:
    """``unittest.mock`` takes it for the function that it is: a double gets the resource, and checks arguments."""
    resource = places[1].__self__
    name = places[0].__name__
    with mock.patch.object(type(resource), name, autospec=True) as double:
        getattr(resource, name)(**_required(places[1]))
        with pytest.raises(TypeError, match="too many positional arguments"):
            getattr(resource, name)(*range(50))

    assert [mock.call(resource, **_required(places[1]))] == double.mock_calls


def test_copies(places: tuple[Method[..., Any, Any], Any]) -> None:
    """Pickled or copied it is the same method, as a function would be."""
    method, _ = places

    assert method is pickle.loads(pickle.dumps(method))
    assert method is copy.deepcopy(method)


def test_help(places: tuple[Method[..., Any, Any], Any]) -> None:
    """``help`` shows what is passed and returned, of a client's method, of the class's, and among all of a class."""
    method, bound = places
    shown = [pydoc.render_doc(each, renderer=pydoc.plaintext) for each in (bound, method, type(bound.__self__))]

    assert f"\n{bound.__name__}{inspect.signature(bound)} method of " in shown[0]
    assert f"\n{bound.__name__}{inspect.signature(method)}\n" in shown[1]
    assert f" |  {bound.__name__}{inspect.signature(method)}\n" in shown[2]


def test_doubles_of_clients() -> None:
    """So it does with all of a client or of a resource, in a blocking client and an async one."""
    for client in (causerie.Raia("k"), causerie.AsyncRaia("k")):
        doubles = mock.create_autospec(client).conversations, mock.create_autospec(type(client.conversations))
        for double in doubles:
            with pytest.raises(TypeError, match="missing a required argument: 'conversation_id'"):
                double.get(**({} if double is doubles[0] else {"self": None}))

    for kind in (causerie.Raia, causerie.AsyncRaia, causerie.Convocore, causerie.Zild):
        assert isinstance(mock.create_autospec(kind, instance=True), kind)


def test_closed() -> None:
    """A closed client says so."""
    client = causerie.Raia("k", transport=Vendor(json({})))
    client.close()
    with pytest.raises(RuntimeError, match="closed"):
        client.conversations.get("c1")
