"""Counts requests and answers, and keeps each finding once."""

from __future__ import annotations

import contextlib
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

import attrs
import httpx
from schemathesis import Case, Response

from causerie_spec.documents import media_type_of

from ._finding import Finding, Violation
from ._judge import OF_PATHS, Judge
from ._progress import SILENT, Progress
from ._pulse import Asked, Died
from ._result import Result, Tally, tallies
from ._schemathesis import CaseNode, Failure
from ._settings import Settings
from ._target import Target
from ._text import NoText, halved
from ._witness import Witnesses

#: Characters of a text of another program.
_LONG = 200
#: Crashes of one operation that are told apart: a server may repeat in each what it was sent.
_CRASHES = 4
#: In the words of a crash: numbers, ids, and what is quoted.
_CHANGING = re.compile(r"""\b\w*\d[\w.:-]*|'[^']*'|`[^`]*`""")
#: What findings call the check for an answer.
_ALIVE = "alive"


class Ledger:
    """The book of one run."""

    def __init__(
        self,
        vendor: str,
        document: dict[str, Any],
        target: Target,
        settings: Settings,
        progress: Progress = SILENT,
    ) -> None:
        self.target = target
        self._progress = progress
        self._judge = Judge(vendor, document, target.mask, discreet=settings.live is not None)
        #: With the status of the answer, and with the words of crashes: for Schemathesis, all failures of one kind of
        #: one operation are the same.
        self._failures = dict[tuple[Failure, int | None], set[str]]()
        #: By cause, the list of findings that shows it, and the index in it.
        self._told: dict[tuple[str, str], tuple[list[Finding], int]] = {}
        self._witnesses = Witnesses(vendor, document)
        #: The well-formed requests of this phase: method, URL and body.
        self._asked: set[tuple[Any, ...]] = set()
        self._phase = ""
        #: The operations that were not answered, and what the client said of it.
        self._silent: set[tuple[str, str]] = set()
        self.result = Result(vendor, target.name, settings, tallies(document), strict=not target.real)

    def count(self, node: CaseNode, response: Response | None, *, alone: bool, checks: Iterable[str] = ()) -> None:
        """Count one request and its answer, which `checks` looked at. `alone` says that it was in no sequence."""
        case = node.value
        operation = self._judge.operation(case)
        tally = self.result.operations[operation]
        success = is_success(response)
        tally.cases += 1
        self._progress.count()
        tally.successes += success
        if response is not None:
            tally.statuses.add(response.status_code)
        tally.checks.update(checks)
        # Requests with a parent are those of a check, such as one without the credential.
        if alone and node.parent_id is None and case.meta is not None and case.meta.generation.mode.is_positive:
            self._weigh(tally, response)
        if response is not None:
            self._read(case, response)
            content_type = next(iter(response.headers.get("content-type", ())), "")
            asked = response.request
            self._witness(operation, response, content_type, url=str(asked.url), headers=asked.headers, sent=asked.body)

    def observe(self, operation: str, request: httpx.Request, response: httpx.Response) -> None:
        """Count one request of the model oracle and its answer."""
        tally = self.result.operations.get(operation)
        if tally is None:  # beside those that are tested
            return
        tally.cases += 1
        self._progress.count()
        tally.successes += response.is_success
        tally.statuses.add(response.status_code)
        tally.checks["model"] += 1
        content_type = response.headers.get("content-type", "")
        self._witness(
            operation, response, content_type, url=str(request.url), headers=request.headers, sent=request.content
        )

    def fail(
        self,
        failure: Failure,
        case: Case[Any],
        response: Response | None,
        *,
        check: str,
        phase: str,
        curl: Iterable[str],
    ) -> None:
        """Add one failure of a check, unless everything that it shows is known already."""
        if check in OF_PATHS and self.result.settings.operations:
            return  # the path has methods beside those that are tested; the model knows them all
        finding = self._judge.finding(failure, case, response, check=check, phase=phase, curl=curl)
        # Where places in the document are named, these tell findings apart; and crashes are told apart by their words.
        known = self._failures.setdefault((failure, finding.status), set())
        words = _words(response) if (finding.status or 0) >= 500 else ""
        if finding.violations or not known or (words not in known and len(known) < _CRASHES):
            known.add(words)
            if words and not finding.problem and self.result.settings.live is None:
                finding = attrs.evolve(finding, problem=self.target.mask(_text(response)))
            self.add(finding)

    def add(self, finding: Finding) -> None:
        """Add a finding, without what was found before: that gets this operation's name as well.

        What contradicts an inference of ours on a server that is no mock is told apart, and is no failure unless the
        settings say so.
        """
        told = {each.cause: self._told.get(each.cause) or self._behind(each) for each in finding.violations}
        for home in filter(None, told.values()):
            _join(finding.operation, *home)
        new = [each for each in finding.violations if told[each.cause] is None]
        lenient = self.target.real and not self.result.settings.strict_inferences
        guessed = [each for each in new if lenient and each.evidence and not each.evidence.binds]
        promised = [each for each in new if each not in guessed]
        findings = self.result.operations[finding.operation].findings
        for place, violations in ((self.result.reported, guessed), (findings, promised)):
            if violations:
                self._told |= {each.cause: (place, len(place)) for each in violations}
                place.append(attrs.evolve(finding, violations=tuple(violations)))
        if not finding.violations:
            findings.append(finding)

    @contextlib.contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """Take the time of a phase, which begins with a fresh server."""
        self._asked.clear()
        self._phase = name
        self._progress.begin(self.result.vendor, name)
        started = time.perf_counter()
        try:
            yield
        finally:
            self.result.phases[name] = time.perf_counter() - started
            self._progress.end()

    def ask(self, case: Case[Any], send: Callable[[], Response]) -> Response:
        """Send a request of Schemathesis, and note whether it is answered."""
        asked = Asked(self._judge.operation(case), lambda: (self.target.mask(case.as_curl_command()),))
        return self.target.pulse.ask(asked, send)

    def pass_over(self, rule: str, operation: str) -> None:
        """Note that a rule of the model was not tested to its end, as the server lacks an operation."""
        self.result.unjudged.setdefault(rule, set()).add(operation)

    def close(self, seconds: float) -> Result:
        """End the run, and return its result."""
        for name in self.result.lacking:
            # That it is not there says it all.
            tally = self.result.operations[name]
            tally.findings = [finding for finding in tally.findings if {*finding.also} - {*self.result.lacking}]
        self.result.seconds = seconds
        if not self.result.ended:  # or all that was not tested would be among them
            self.result.unwitnessed = self._witnesses.missing
        return self.result

    def unanswered(self, error: Exception, message: str = "") -> None:
        """Add the requests that the server left without an answer; that it never gave one is an error, said once."""
        pulse = self.target.pulse
        if not pulse.answered and pulse.culprit is None and not self.result.errors:
            self.error(message)
        while pulse.lost:
            self._lost(pulse.lost.pop(0), self.target.mask(f"{type(error).__name__}: {error}"[:_LONG]))

    def check_pulse(self) -> None:
        """Raise `Died` when the server is gone, after adding which request it did not survive."""
        if not self.target.pulse.dead:
            return
        culprit = self.target.pulse.culprit
        if culprit is not None:
            told = _ALIVE, culprit.curl()  # perhaps told already, before it was known that the server is gone
            for tally in self.result.operations.values():
                tally.findings = [each for each in tally.findings if (each.check, each.curl) != told]
            self._lost(culprit)
        raise Died

    def end(self, why: str) -> None:
        """Note that the run ends before its end."""
        self.result.ended = why
        self.result.strict = False
        if self.target.pulse.answered or not self.result.errors:
            self.error(f"The run ended early, as {why}.")

    def _lost(self, asked: Asked, problem: str = "") -> None:
        """Add a request that was not answered, and without a `problem` one that the server did not survive."""
        if (asked.operation, problem) in self._silent:
            return
        self._silent.add((asked.operation, problem))
        tally = self.result.operations.get(asked.operation) or next(iter(self.result.operations.values()))
        finding = Finding(
            vendor=self.result.vendor,
            operation=asked.operation,
            label=tally.label,
            phase=self._phase,
            check=_ALIVE,
            code="no answer" if problem else "died",
            title="The server gave no answer" if problem else "The server died",
            problem=problem or "After the last of these requests the server took no connection any more.",
            status=None,
            violations=(),
            evidence=tally.evidence,
            curl=asked.curl(),
        )
        tally.findings.append(finding)

    def error(self, message: str) -> None:
        """Add an error that kept the run from its end, once."""
        message = self.target.mask(message)
        if message not in self.result.errors:
            self.result.errors.append(message)

    def _read(self, case: Case[Any], response: Response) -> None:
        """Say whether every text of an answer is one."""
        place = halved(response)
        if place is not None:
            # A request that names people is not shown.
            curl = [] if self.result.settings.live else [case.as_curl_command()]
            self.fail(NoText(case, place), case, response, check="text", phase=self._phase, curl=curl)

    def _weigh(self, tally: Tally, response: Response | None) -> None:
        """Count a well-formed request.

        A refusal counts once: what is deleted cannot be deleted again, and an id that nobody has proves nothing more.
        """
        success = is_success(response)
        if response is not None:
            request = response.request.method, response.request.url, response.request.body
            if request in self._asked and not success:
                return
            self._asked.add(request)
        tally.valid += 1
        tally.accepted += success

    def _behind(self, violation: Violation) -> tuple[list[Finding], int] | None:
        """Return the finding that explains why the model is contradicted: something else altogether stands there.

        Where the document allows what stands there, that is a fault of its own.
        """
        if not violation.keyword.startswith("model: ") or violation.is_allowed:
            return None
        return next(
            (
                home
                for (schema, keyword), home in self._told.items()
                if not keyword.startswith("model: ") and schema in {violation.schema, f"{violation.schema}/{keyword}"}
            ),
            None,
        )

    def _witness(
        self,
        operation: str,
        response: Response | httpx.Response,
        content_type: str,
        *,
        url: str,
        headers: Mapping[str, str] | Mapping[str, str | bytes],
        sent: Any,
    ) -> None:
        is_json = str(headers.get("content-type", "")).startswith("application/json")
        self._witnesses.observe(
            operation,
            response.status_code,
            media_type=media_type_of(content_type),
            headers=response.headers,
            body=response.content,
            query=parse_qs(urlsplit(url).query, keep_blank_values=True),
            sent=(sent.encode() if isinstance(sent, str) else sent or b"") if is_json else b"",
        )


def _join(operation: str, findings: list[Finding], index: int) -> None:
    """Note that the finding there is about this operation too."""
    if operation not in {findings[index].operation, *findings[index].also}:
        findings[index] = attrs.evolve(findings[index], also=(*findings[index].also, operation))


def is_success(response: Response | None) -> bool:
    """Say whether there is an answer, and it has a 2xx status."""
    return response is not None and response.status_code // 100 == 2


def _words(response: Response | None) -> str:
    """Return what an answer says, without what is another each time."""
    return _CHANGING.sub("", _text(response))


def _text(response: Response | None) -> str:
    return "" if response is None else response.content.decode("utf-8", "replace")[:_LONG]
