"""Signatures of the SDK as a caller sees them, with links from models to the schemas that they are made from."""

from __future__ import annotations

import re
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any, get_args

import attrs
from sphinx.pycode import ModuleAnalyzer
from sphinx.util.nodes import make_refnode

import causerie
import causerie.testing
import causerie_mock
from causerie import AsyncPage, CauserieError, DecodeError, Outcome, Page, Raw, Response
from causerie._method import Method
from causerie._pages import AsyncListing
from causerie._resource import Resource
from causerie_api.annotations import readable
from causerie_mock import VENDORS, Faults, Recorded, Requests
from causerie_mock._options import Options

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

_NOT_MADE_BY_CALLERS = (
    *(Resource, Page, AsyncPage, AsyncListing, Outcome, Raw, Response),
    *(CauserieError, DecodeError, Requests, Recorded, Faults),
)


def forget_overloads(app: Sphinx) -> None:
    """Overloads tell blocking clients from async ones to type checkers; a reader is shown the one method."""
    for vendor in VENDORS:
        import_module(f"causerie.{vendor}.client")
    for name in [*sys.modules]:
        if _vendor(name) is not None:
            analyzer = ModuleAnalyzer.for_module(name)
            analyzer.analyze()
            analyzer.overloads.clear()


def _vendor(module: str) -> str | None:
    """Return the vendor that a module of the SDK is about."""
    vendor = module.removeprefix("causerie.").partition(".")[0]
    return vendor if module.startswith("causerie.") and vendor in VENDORS else None


def signature(
    app: Sphinx, what: str, name: str, obj: Any, options: Any, signature: str | None, returned: str | None
) -> tuple[str | None, str | None]:
    """Return what is optional has the default ``...`` and not ``UNSET`` of type ``Unset``: it is left out."""
    if isinstance(obj, type) and issubclass(obj, _NOT_MADE_BY_CALLERS):
        return "", None
    return _plain(signature), _plain(returned)


def _plain(text: str | None) -> str | None:
    if text is None:
        return None
    text = re.sub(r" \| Unset\b", "", readable(text)).replace("= UNSET", "= ...").replace("builtins.list", "list")
    text = re.sub(r"= (<function \w+>|NOTHING)", "= ...", text)
    text = re.sub(r"(\*\w+): ~?typing\.~P", r"\1", text).replace("[[~P], ", "[..., ")
    return re.sub(r"\*\*(\w+): ~?[\w.]*Unpack\[.*?\](?=[,)])", r"**\1", text)


def fields(app: Sphinx, what: str, name: str, obj: Any, options: Any, lines: list[str]) -> None:
    """Say which fields ``**fields`` are."""
    if isinstance(obj, Method) and "fields" in obj.__annotations__:
        (typed,) = get_args(obj.__annotations__["fields"])
        lines += ["", f"``fields`` are those of :py:class:`{typed.__name__.removesuffix('Params')}`.", ""]
        for sentence, keys in (("Required", typed.__required_keys__), ("Optional", typed.__optional_keys__)):
            named = [f"``{key}``" for key in typed.__annotations__ if key in keys]
            lines += [f"{sentence}: {', '.join(named)}.", ""] if named else []


def options(app: Sphinx, what: str, name: str, obj: Any, options: Any, lines: list[str]) -> None:
    """Say what a mock's options are for, as its command's help does."""
    if isinstance(obj, type) and issubclass(obj, Options):
        for each in attrs.fields(obj):
            lines += ["", f".. py:attribute:: {each.name}", f"   :type: {each.type}"]
            lines += [] if callable(each.default) else [f"   :value: {each.default!r}"]
            lines += ["", f"   {each.metadata['purpose']}", ""]


def resolve(app: Sphinx, env: BuildEnvironment, node: pending_xref, contnode: Element) -> Element | None:
    """Where a name leads that is written otherwise than it is described."""
    name = node["reftarget"].rpartition(".")[2]
    described = [
        f"{each.__name__}.{name}" for each in (causerie, causerie.testing, causerie_mock) if name in each.__all__
    ]
    described += [f"causerie_mock.{vendor}.options.Options" for vendor in VENDORS if name.lower() == f"{vendor}options"]
    for public in described:
        found = env.domains.python_domain.resolve_xref(env, node["refdoc"], app.builder, "obj", public, node, contnode)
        if found is not None:
            return found
    return _schema(app, env, node, contnode)


def _schema(app: Sphinx, env: BuildEnvironment, node: pending_xref, contnode: Element) -> Element | None:
    """Return a model is described by its schema, on the page of the vendor's document."""
    own = _vendor(node.get("py:module") or "")
    for vendor in VENDORS if own is None else [own]:
        page = f"documents/{vendor}"
        slug = node["reftarget"].rpartition(".")[2].lower()
        slugs = env.metadata[page].get("myst_slugs", {})
        if slug in slugs:
            return make_refnode(app.builder, node["refdoc"], page, slugs[slug][1], contnode)
    return None


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the handlers."""
    app.connect("builder-inited", forget_overloads)
    app.connect("autodoc-process-signature", signature)
    app.connect("autodoc-process-docstring", fields)
    app.connect("autodoc-process-docstring", options)
    app.connect("missing-reference", resolve)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
