"""One run of the suite: the vendors, the documents, the targets and the results."""

from __future__ import annotations

import contextlib
import os
import traceback
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import attrs

from causerie_spec import DocumentError, about, load
from causerie_spec.documents import operations
from causerie_spec.mask import masked

from . import _cleanup, _live, _plan, _scope, _target
from ._base_url import host_of
from ._journal import Journal
from ._lines import Source
from ._progress import SILENT, Progress
from ._result import INTERRUPTED, Result, tallies
from ._run import run
from ._settings import Settings
from ._target import Target

#: Behind the name of the credential's environment variable, for that of another tenant.
OTHER = "_2"


@attrs.define
class Suite:
    """What the command line asked for. Each vendor runs once, when its result is first asked for.

    Raises `ValueError` with a sentence when the options do not fit together.
    """

    vendors: tuple[str, ...]
    settings: Settings
    where: Literal["process", "port", "scratch"] = "process"
    base_url: str | None = None
    path: Path | None = None
    #: Whether there is a second tenant's credential for the server.
    has_other: bool = False
    #: Whether somebody has ended the run: then no further vendor is begun.
    is_interrupted: bool = attrs.field(default=False, init=False)
    _results: dict[str, Result] = attrs.field(factory=dict[str, Result])
    _secrets: set[str] = attrs.field(factory=set[str], repr=False)

    def __attrs_post_init__(self) -> None:
        if len(self.vendors) != 1 and (self.base_url or self.path):
            raise ValueError("--base-url and --document are about one vendor; name it with --vendor.")
        if self.path is not None:
            try:
                load(self.vendors[0], self.path)
            except DocumentError as error:
                raise ValueError(f"--document: {error}") from None
        if self.base_url is not None:
            host_of(self.base_url)
            variable = about(self.vendors[0]).variable
            if not os.environ.get(variable):
                raise ValueError(f"Set {variable} to the credential for {self.base_url}.")
            if (self.where == "scratch") == (self.settings.live is not None):
                raise ValueError(
                    "--base-url needs either --live, for a server that others use, or --target scratch, for one that "
                    "is there to be tested: everything is tried on it, also what creates, changes and deletes."
                )
            if self.where == "scratch" and _is_own(self.vendors[0], self.base_url):
                raise ValueError(
                    f"{self.base_url} is the vendor's own server: --target scratch creates, changes and deletes there; "
                    "use --live, which does not unless it is told to."
                )
        elif self.settings.live is not None or self.where == "scratch":
            raise ValueError("--live and --target scratch are about a server; name it with --base-url.")
        if self.has_other:
            self._check_other()
        if self.settings.operations:
            by_vendor = {vendor: operations(load(vendor, self.path)).keys() for vendor in self.vendors}
            _scope.check(self.settings.operations, {name for names in by_vendor.values() for name in names})
            asked = {*self.settings.operations}
            self.vendors = tuple(vendor for vendor, names in by_vendor.items() if asked & names)
        self.plan()

    def _check_other(self) -> None:
        if self.where != "scratch":
            raise ValueError("--other-credential needs --target scratch: the mock has two tenants, and --live one.")
        own = about(self.vendors[0]).variable
        if not os.environ.get(own + OTHER):
            raise ValueError(f"--other-credential: set {own}{OTHER} to the other tenant's credential.")
        if os.environ[own + OTHER] == os.environ[own]:
            raise ValueError(f"--other-credential: {own}{OTHER} and {own} are the same; two tenants are needed.")

    def document(self, vendor: str) -> dict[str, Any]:
        """Return the document of `vendor`, only with the operations that are tested.

        It is a new object with every call.
        """
        document = load(vendor, self.path)
        if self.settings.live is not None:
            return _plan.narrowed(vendor, document, self.settings)
        return _scope.only(document, self.settings.operations) if self.settings.operations else document

    def plan(self) -> list[str]:
        """Return a description of what will be done to a server that others use; it is empty for any other."""
        if self.settings.live is None or self.base_url is None:
            return []
        (vendor,) = self.vendors
        document = load(vendor, self.path)
        return _plan.plan(vendor, document, self.base_url, about(vendor).variable, self.settings)

    def check_journal(self) -> None:
        """Raise `ValueError` when the run could not note what it makes."""
        live = self.settings.live
        if live is not None and live.journal is not None and live.write:
            Journal.check(live.journal)

    def clean_up(self) -> _cleanup.Cleaned:
        """Remove what an earlier live run made, as its journal says.

        Raises `ValueError` when the journal is of another vendor or server: the credential is not for that one.
        """
        live = self.settings.live
        if live is None or live.journal is None or self.base_url is None:
            raise ValueError("--resume-cleanup needs --live, --base-url URL and --journal FILE of the earlier run.")
        (vendor,) = self.vendors
        journal = Journal.read(live.journal)
        if (journal.run.vendor, journal.run.base_url) != (vendor, self.base_url):
            raise ValueError(f"--journal: {live.journal} is about {journal.run.vendor} at {journal.run.base_url}.")
        target = _target.server(self.base_url, os.environ[about(vendor).variable])
        return _cleanup.resume(journal, load(vendor, self.path), target, live)

    def result(self, vendor: str, progress: Progress = SILENT) -> Result:
        """Return what the run of `vendor` found. A run that broke off is an error of the result, and saw nothing.

        `progress` is told how far the run is.
        """
        if vendor not in self._results:
            document = load(vendor, self.path)
            hold = run if self.settings.live is None else _live.run
            if self.is_interrupted:
                return self.unheld(vendor)
            try:
                with self._target(vendor, document) as target:
                    self._secrets |= {target.credential, *filter(None, [target.other])}
                    result = hold(vendor, document, target, self.settings, progress=progress)
            except Exception as error:  # noqa: BLE001 -- whatever it is, no report may look as if all were well
                trace = self.mask("".join(traceback.format_exception(error, limit=-3)))
                result = self._empty(vendor)
                result.errors.append(f"The run broke off.\n{trace}")
            self.is_interrupted = result.ended == INTERRUPTED
            Source.of(vendor, self.path).locate(result)
            self._results[vendor] = result
        return self._results[vendor]

    def unheld(self, vendor: str) -> Result:
        """Return the result of a vendor of which an interrupted invocation has nothing to say."""
        result = self._empty(vendor)
        result.ended = INTERRUPTED
        result.errors.append(f"Nothing is known of {vendor}: the run ended early, as {INTERRUPTED}.")
        return result

    def pending(self, vendor: str) -> Result:
        """Return the result of a vendor whose run may not come to its end."""
        result = self._empty(vendor)
        result.errors.append("The run has not come to its end, or was killed.")
        return result

    def _empty(self, vendor: str) -> Result:
        name = self.base_url or {"process": "mock in process", "port": "mock on a port"}[self.where]
        return Result(vendor, name, self.settings, tallies(self.document(vendor)), strict=False)

    def mask(self, text: str) -> str:
        """Return `text` without any credential that was used."""
        return masked(text, self._secrets)

    def _target(self, vendor: str, document: dict[str, Any]) -> contextlib.AbstractContextManager[Target]:
        if self.base_url is not None:
            variable = about(vendor).variable
            other = os.environ[variable + OTHER] if self.has_other else None
            return contextlib.nullcontext(_target.server(self.base_url, os.environ[variable], other))
        if self.where == "port":
            return _target.mock_on_port(vendor, document)
        return contextlib.nullcontext(_target.mock_in_process(vendor, document))


def _is_own(vendor: str, base_url: str) -> bool:
    """Say whether a URL leads to a host that our document of a vendor names."""
    hosts = {urlsplit(server["url"]).hostname for server in load(vendor).get("servers", ())}
    return urlsplit(base_url).hostname in hosts
