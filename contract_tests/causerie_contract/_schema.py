"""A document and a target, made ready for Schemathesis."""

from __future__ import annotations

import importlib.resources
import tomllib
import uuid
from collections.abc import Sequence
from typing import Any, cast

import schemathesis

from causerie_spec import credential

from ._requests import adapt
from ._schemathesis import OpenApiSchema, SchemathesisConfig
from ._settings import Settings
from ._stand_ins import StandIns
from ._target import Target
from ._text import mend


def schema(
    vendor: str,
    document: dict[str, Any],
    target: Target,
    settings: Settings,
    *,
    only: Sequence[str] | None = None,
    stand_ins: StandIns | None = None,
) -> OpenApiSchema:
    """Make `document` ready for Schemathesis: configured by schemathesis.toml and the vendor's, pointed at `target`.

    `only` names the operations that are to be tested; all are when it is left out.
    `stand_ins` may write to the server, so a live run has none.
    """
    options = configuration(vendor)
    # The credential alone: by default every field whose name has "key" or "auth" in it is masked, such as authorId, and
    # the curl lines would not show the request that was sent.
    header = credential(document).header.lower()
    options["output"]["sanitization"] = {"keys-to-sanitize": [header], "sensitive-markers": [header]}
    options["seed"] = settings.seed
    options["generation"]["max-examples"] = settings.max_examples
    options["auth"] = {"openapi": _auth(document, target.credential)}
    made = schemathesis.openapi.from_dict(document, config=SchemathesisConfig.from_dict(options))
    fixed = {name: text for name, text in settings.parameters.items() if not name.startswith("other.")}
    made.config.parameters.update(fixed)
    for operation in made.config.operations.operations:
        operation.parameters.update(fixed)
    # Set, not passed through update(), which demands a scheme and a host: a target in this process has neither, and
    # with them Schemathesis would probe the network for it.
    made.config.base_url = target.base_url
    made.app = target.app
    if only is not None:
        made = cast("OpenApiSchema", made.include(operation_id=list(only)))
    made.hook("after_call")(mend)
    # What an earlier run has made, a server that is no mock still has.
    adapt(made, vendor, uuid.uuid4().int if target.real else 1, stand_ins)
    return made


def configuration(vendor: str) -> dict[str, Any]:
    """Read schemathesis.toml, and what the vendor's own file adds to it."""
    ours = importlib.resources.files("causerie_contract")
    files = (ours / "schemathesis.toml", ours / vendor / "schemathesis.toml")
    options = dict[str, Any]()
    for file in files:
        if file.is_file():
            options |= tomllib.loads(file.read_text("utf-8"))
    return options


def _auth(document: dict[str, Any], value: str) -> dict[str, dict[str, str]]:
    value = value.replace("${", "$${")  # or Schemathesis takes it for an environment variable
    (name,) = document["components"]["securitySchemes"]
    read = credential(document)
    return {name: {"bearer": value} if read.http else {"api_key": read.prefix + value}}
