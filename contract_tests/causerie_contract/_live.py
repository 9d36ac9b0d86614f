"""Checks a server that others use against the document: carefully, and removing what it created."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any, cast
from urllib.parse import quote, quote_plus

import attrs
import httpx
import hypothesis
import requests
from hypothesis import HealthCheck, Phase
from hypothesis.strategies import SearchStrategy
from schemathesis import Case, CheckContext, GenerationMode, Response

from causerie_spec.documents import operations
from causerie_spec.pointer import describing
from causerie_spec.redact import MASK

from . import _cleanup
from ._budget import Budget, Exhausted
from ._guard import TIMEOUT, Guard, Refused
from ._journal import Journal, Run
from ._ledger import Ledger
from ._limits import Limits
from ._plan import narrowed, share
from ._progress import SILENT, Progress
from ._result import INTERRUPTED, Result
from ._schema import schema
from ._schemathesis import CHECKS, CaseNode, FailureGroup, for_operation, load_all_checks
from ._segment import fits
from ._settings import Live, Settings
from ._target import Target
from ._text import decode
from ._vendor import vendor_of
from ._writes import Own, Write

Check = Callable[[CheckContext, Response, Case[Any]], bool | None]

#: The checks that need only one answer. The others send requests of their own, or need many answers.
_CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "positive_data_acceptance",
)


def run(
    vendor: str,
    document: dict[str, Any],
    target: Target,
    settings: Settings,
    inner: httpx.AsyncBaseTransport | None = None,
    *,
    progress: Progress = SILENT,
) -> Result:
    """Send well-formed requests as `settings.live` says, and check each answer. `inner` replaces the network in tests.

    Raises `ValueError` when the settings cannot be followed.
    """
    with asyncio.Runner() as runner:
        return runner.run(_Run(vendor, document, target, settings, inner, progress=progress).result())


def request(case: Case[Any], base_url: str) -> httpx.Request:
    """Return the request that Schemathesis would send for `case`."""
    sent = requests.Request(**case.as_transport_kwargs(base_url=base_url)).prepare()
    return httpx.Request(
        cast("str", sent.method),
        cast("str", sent.url),
        headers=cast("dict[str, str]", dict(sent.headers)),
        content=cast("bytes", sent.body),
    )


class _Run:
    """One live run against one server."""

    def __init__(
        self,
        vendor: str,
        document: dict[str, Any],
        target: Target,
        settings: Settings,
        inner: httpx.AsyncBaseTransport | None,
        *,
        progress: Progress,
    ) -> None:
        live = settings.live or Live()
        self._vendor = vendor
        self._record = vendor_of(vendor)
        self._document = document
        self._target = target
        self._settings = settings
        self._live = live
        self._inner = inner
        self._narrow = narrowed(vendor, document, settings)
        self._ledger = Ledger(vendor, self._narrow, target, settings, progress)
        self._writes: Mapping[str, Write] = {name: self._record.writes[name] for name in live.write}
        #: Values for path parameters, collected from ids in answers.
        self._found: list[dict[str, str]] = []
        self._journal: Journal | None = None
        self._own = Own("", "", ())
        #: How many requests were not sent, by reason.
        self._refused = Counter[str]()
        if live.journal is not None and live.write:
            self._journal = Journal.create(live.journal, Run.new(vendor, target.base_url), target.mask)
            self._own = Own(self._journal.run.tag, self._journal.run.user, live.recipients, self._journal.places)
        load_all_checks()
        self._checks = [cast("Check", CHECKS.get_one(name)) for name in _CHECKS]

    async def result(self) -> Result:
        started = time.perf_counter()
        result = self._ledger.result
        cases = list(self._cases())
        budget = Budget(self._live.budget, Limits.of(self._document, self._live), self._live.seconds)
        guard = Guard(
            self._vendor,
            self._document,
            self._target,
            budget,
            allowed=frozenset(operations(self._narrow)),
            own=self._own,
            journal=self._journal,
            inner=self._inner,
        )
        try:
            with self._ledger.phase("live"):
                async with httpx.AsyncClient(transport=guard, trust_env=False, timeout=TIMEOUT) as client:
                    for turn, name, case in cases:
                        await self._one(client, turn, name, case)
        except Exhausted as end:
            result.notes.append(f"{end} The run ended there.")
        except asyncio.CancelledError:
            # Not raised: the findings, and anything not yet removed, still have to be reported.
            self._ledger.end(INTERRUPTED)
        finally:
            if self._journal is not None:
                cleaned = await _cleanup.remove(
                    self._journal, self._document, self._target, self._live, budget, inner=self._inner
                )
                result.notes += cleaned.told
                if cleaned.left and not self._live.leave:
                    self._ledger.error("The run could not confirm that everything it created was removed.")
            result.notes += [f"Not sent, {count} times: {reason}." for reason, count in self._refused.items()]
            result.notes.append(f"{budget.spent} requests were sent.")
        return self._ledger.close(time.perf_counter() - started)

    def _cases(self) -> Iterator[tuple[int, str, Case[Any]]]:
        """Yield the cases of all operations in turn, so that every operation has had its share when the budget ends.

        Operations that create or list conversations come first.
        """
        parameters = {name: value for name, value in self._settings.parameters.items() if not name.startswith("body.")}
        turns = share(self._narrow, self._settings)
        settings = attrs.evolve(self._settings, parameters=parameters)
        made = schema(self._vendor, self._narrow, attrs.evolve(self._target, app=None), settings)
        drawn: dict[str, list[Case[Any]]] = {}
        for name, (method, path) in operations(self._narrow).items():
            strategy = made[path][method].as_strategy(generation_mode=GenerationMode.POSITIVE)
            drawn[name] = draw(strategy, turns, settings.seed)
        depth = {name: path.count("{") for name, (_, path) in operations(self._narrow).items()}
        order = sorted(drawn, key=lambda name: (self._after(name), depth[name]))
        for turn in range(turns):
            for name in order:
                if turn < len(drawn[name]):
                    yield turn, name, drawn[name][turn]

    def _after(self, name: str) -> int:
        """Return the position of an operation in a turn; operations that others depend on come first."""
        write = self._writes.get(name)
        return 0 if write is None else 2 if write.after else int(write.inside is not None)

    async def _one(self, client: httpx.AsyncClient, turn: int, name: str, case: Case[Any]) -> None:
        for_operation(case.operation.schema.config, operation=case.operation).apply_to(case)
        write = self._writes.get(name)
        if not self._fill(turn, case, write):
            return
        if write is not None:
            case.body = self._with_parameters(name, write.adapt(case.body, self._own))
        try:
            answer = await client.send(request(case, self._target.base_url))
        except Refused as error:
            self._refused[str(error)] += 1
        except httpx.RequestError as error:
            self._ledger.error(f"{name}: {type(error).__name__}: {error}")
        else:
            self._judge(name, case, answer)

    def _fill(self, turn: int, case: Case[Any], write: Write | None) -> bool:
        """Fill the path with ids from answers. Return False when a write needs something that does not exist yet."""
        if write is not None and write.inside is not None:
            maker, parameter = write.inside
            own = [{**path, parameter: made} for path, made in self._own.places(maker) if fits(made)]
            for last in own[-1:]:
                case.path_parameters |= last
            return bool(own)
        if write is not None and write.after:
            return any(self._own.made(name) for name in write.after)
        known = [found for found in self._found if found.keys() == case.path_parameters.keys()]
        if known:
            given = {name: f"path.{name}" in self._settings.parameters for name in case.path_parameters}
            found = known[turn % len(known)]
            case.path_parameters |= {name: value for name, value in found.items() if not given[name]}
        return True

    def _with_parameters(self, operation: str, body: Any) -> Any:
        """Return `body` with the values that the settings fix for its fields, such as `body.channelId=5`."""
        method, path = operations(self._narrow)[operation]
        place = ("paths", path, method, "requestBody", "content", "application/json", "schema")
        given = self._settings.parameters.items()
        fields = {name.removeprefix("body."): _value(text) for name, text in given if name.startswith("body.")}
        return body | {
            name: value for name, value in fields.items() if describing(self._narrow, place, (name,)) != place
        }

    def _judge(self, name: str, case: Case[Any], answer: httpx.Response) -> None:
        response = Response.from_any(answer)
        self._ledger.count(
            CaseNode(case, None, None, is_transition_applied=False), response, alone=True, checks=_CHECKS
        )
        if answer.status_code == 429:
            return  # a rate limit contradicts nothing, even where the operation does not declare it
        curl = self._curl(case)
        with contextlib.suppress(ValueError):  # no JSON names nothing
            named = self._record.named(name, decode(answer.content))
            found = [{**case.path_parameters, parameter: value} for parameter, value in named]
            self._found += [values for values in found if values not in self._found]
        try:
            case.validate_response(response, checks=self._checks)
        except FailureGroup as group:
            for failure in group.exceptions:
                self._ledger.fail(failure, case, response, check=failure.checks[0], phase="live", curl=[curl])

    def _curl(self, case: Case[Any]) -> str:
        """Return the request as a shell command, without the credential or anything that identifies people."""
        line = self._target.mask(case.as_curl_command())
        for name in self._record.personal & case.query.keys():
            for text in {str(case.query[name]), quote(str(case.query[name])), quote_plus(str(case.query[name]))} - {""}:
                line = line.replace(f"{name}={text}", f"{name}={MASK}")
        return line


def draw(strategy: SearchStrategy[Case[Any]], count: int, seed: int) -> list[Case[Any]]:
    """Draw about `count` examples from `strategy`: the same ones for the same `seed`."""
    drawn: list[Case[Any]] = []

    def keep(case: Case[Any]) -> None:
        drawn.append(case)

    test = hypothesis.settings(
        max_examples=count,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
        database=None,
        deadline=None,
    )(hypothesis.given(strategy)(keep))
    hypothesis.seed(seed)(test)()
    return drawn


def _value(text: str) -> Any:
    try:
        return decode(text)
    except ValueError:
        return text
