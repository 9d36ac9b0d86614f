"""One invocation of the suite: which vendors, which documents, which targets, and what came of them."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from palaver_contract import _target
from palaver_contract._documents import load
from palaver_contract._result import Result
from palaver_contract._run import run
from palaver_contract._settings import Settings
from palaver_contract._target import Target

#: Where a vendor's credential is looked for: where the SDK looks for it, and never on the command line.
CREDENTIALS: Mapping[str, str] = {
    "convocore": "CONVOCORE_API_KEY",
    "raia": "RAIA_AGENT_SECRET_KEY",
    "zild": "ZILD_TOKEN",
}


@dataclass(slots=True)
class Suite:
    """What the command line asked for. Each vendor runs once, when its result is first asked for.

    Raises `ValueError` with a sentence when the options do not fit together.
    """

    vendors: tuple[str, ...]
    settings: Settings
    where: Literal["process", "port"] = "process"
    base_url: str | None = None
    path: Path | None = None
    _begun: set[str] = field(default_factory=set[str])
    _results: dict[str, Result] = field(default_factory=dict[str, Result])
    _secrets: set[str] = field(default_factory=set[str], repr=False)

    def __post_init__(self) -> None:
        if len(self.vendors) != 1 and (self.base_url or self.path):
            raise ValueError("--base-url and --document are about one vendor; name it with --vendor.")
        if self.path is not None and not self.path.is_file():
            raise ValueError(f"--document: there is no file {self.path}.")
        if self.base_url is not None:
            if not self.base_url.startswith(("http://", "https://")):
                raise ValueError(f"--base-url must begin with http:// or https://, unlike {self.base_url!r}.")
            variable = CREDENTIALS[self.vendors[0]]
            if not os.environ.get(variable):
                raise ValueError(f"Set {variable} to the credential for {self.base_url}.")

    def document(self, vendor: str) -> dict[str, Any]:
        """The document of `vendor`: a new object with every call."""
        return load(vendor, self.path)

    def result(self, vendor: str) -> Result:
        """What the run of `vendor` found. Raises `RuntimeError` when it was begun and broke off."""
        if vendor not in self._results:
            if vendor in self._begun:
                raise RuntimeError(f"The run of {vendor} broke off; the first of its tests says why.")
            self._begun.add(vendor)
            document = self.document(vendor)
            with self._target(vendor, document) as target:
                self._secrets.add(target.credential)
                self._results[vendor] = run(vendor, document, target, self.settings)
        return self._results[vendor]

    def mask(self, text: str) -> str:
        """`text` without any credential that was used."""
        for secret in self._secrets:
            text = text.replace(secret, _target.MASK)
        return text

    def _target(self, vendor: str, document: dict[str, Any]) -> contextlib.AbstractContextManager[Target]:
        if self.base_url is not None:
            return contextlib.nullcontext(_target.server(self.base_url, os.environ[CREDENTIALS[vendor]]))
        if self.where == "port":
            return _target.mock_on_port(vendor, document)
        return contextlib.nullcontext(_target.mock_in_process(vendor, document))
