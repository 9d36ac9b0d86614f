"""The state that all sequences of one run share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import attrs
import httpx

from causerie_spec.pointer import Pointer

from .._finding import Finding
from .._settings import Settings
from .._target import Target
from ._contract import Contract
from ._promise import Contradiction, Enough

if TYPE_CHECKING:
    from ._session import Session

Observe = Callable[[str, httpx.Request, httpx.Response], None]


@attrs.define
class Bench:
    """The state that all sequences of a run share."""

    vendor: str
    contract: Contract
    target: Target
    settings: Settings
    observe: Observe
    #: Told of what departs from an inference of ours on a server that is no mock.
    report: Callable[[Finding], None]
    client: httpx.Client
    #: What was found.
    findings: list[Finding] = attrs.field(factory=list[Finding])
    #: What was found already, by place in the document and keyword: it is looked for no more.
    known: set[tuple[str, str]] = attrs.field(factory=set[tuple[str, str]])
    #: The number of findings with which the part that runs is ended.
    enough: int = 1
    #: Whether the sequences of the part that runs go on after a finding.
    goes_on: bool = False
    #: The latest finding, for servers that do not do the same again.
    latest: Finding | None = None
    #: The latest sequence.
    session: Session | None = None
    #: Operations that the server seems to lack: all of their answers have said so, until now.
    lacking: set[str] = attrs.field(factory=set[str])
    #: What was found of these, in case they are there after all.
    held: list[Finding] = attrs.field(factory=list[Finding])
    #: Told of each rule that was not tested to its end, and of the lacking operation that it needs.
    pass_over: Callable[[str, str], None] = lambda *_: None
    #: Places of answers that the document describes.
    described: set[tuple[str, int, Pointer]] = attrs.field(factory=set[tuple[str, int, Pointer]])

    def note(self, finding: Finding) -> None:
        """Add to the findings."""
        self.findings.append(finding)
        self.known |= {violation.cause for violation in finding.violations}

    def tell(self, finding: Finding) -> None:
        """Add to the findings where the part goes on, until there are enough.

        Raises `Contradiction` with the finding where it does not, and `Enough`.
        """
        self.latest = finding
        if not self.goes_on:
            raise Contradiction(finding)
        self.note(finding)
        if len(self.findings) >= self.enough:
            raise Enough
