"""The mock of one vendor."""

from __future__ import annotations

import contextlib
import functools
import json
import os
import tempfile
import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

import attrs

from causerie_spec import load

from . import _snapshot
from ._check import check
from ._clock import Clock
from ._contract import Contract
from ._core import Answer, answer
from ._exchange import Reply, Request
from ._faults import Fault, Faults, Kind
from ._ids import Ids
from ._options import Options
from ._requests import Recorded, Requests, concealed, masked
from ._spy import Overheard, Spy
from ._vendor import World
from ._vendors import vendor_of
from ._webhooks import Webhooks

#: The version of the form of a saved state.
_FORM = 1

# Faults of an answer; the others happen before the vendor gets the request.
_ANSWERED: tuple[Kind, ...] = (
    "status",
    "delay",
    "slow_body",
    "truncated_body",
    "invalid_json",
    "empty_body",
    "wrong_content_type",
    "reset_after_request",
)


@functools.cache
def _contract(vendor: str) -> Contract:
    return Contract(load(vendor))


def options_of(vendor: str) -> type[Options]:
    """Return the options that a test may set for a vendor."""
    return vendor_of(vendor).options


class Mock:
    """A stateful stand-in for one vendor, in memory, made from the vendor's document.

    `vendor` is one of `causerie_mock.VENDORS`; anything else raises `ValueError`. The same `seed` makes the same ids
    and dates for the same requests. With `check`, a reply that the document does not allow raises `ContractViolation`.
    Further keyword arguments are the vendor's own `options`.

    With `spy`, the URL of a real server or a function from a `Request` to a `Reply`, that server answers instead of the
    mock, and `Mock.spy` checks each exchange.

    One mock may serve many threads. As a context manager, it stops the server that `url` has started.
    """

    def __init__(
        self,
        vendor: str,
        *,
        seed: int = 0,
        check: bool = False,
        spy: str | Callable[[Request], Reply] | None = None,
        **options: Any,
    ) -> None:
        self.vendor = vendor
        self._vendor = vendor_of(vendor)
        self._contract = _contract(vendor)
        self._seed = seed
        self._check = check
        self._options = options
        # A reply function may use the mock that calls it.
        self._lock = threading.RLock()
        self._running = contextlib.ExitStack()
        self._url: str | None = None
        #: The check of the traffic with a real server; None if the mock answers itself.
        self.spy = None if spy is None else Spy(spy, self._vendor, self._contract)
        #: Mock time.
        self.clock = Clock()
        #: The vendor's options, which a test may set. `reset` and `reset_options` restore the constructor's.
        self.options: Any
        #: The requests since the last reset.
        self.requests = Requests()
        #: The faults that are still to happen.
        self.faults = Faults(self._contract, seed)
        #: The webhooks: their targets, and the calls that were sent.
        self.webhooks = Webhooks(vendor, self._vendor.hooks, self.clock)
        self.reset()

    def reset(self, *, seed: int | None = None) -> None:
        """Reset everything: state, options, clock and ids become as at the beginning, or as for `seed`."""
        with self._lock:
            self._seed = self._seed if seed is None else seed
            self.clock.reset()
            if self.spy is not None:  # a real server has real time
                self.clock.set(datetime.now(UTC))
                self.clock.run()
                self.spy.clear()
            self.options = self._vendor.options(**self._options)
            self._state = self._new_state(self._seed)
            self.requests.clear()
            self.faults.reset(self._seed)
            self.webhooks.reset(self._seed)

    def set_options(self, options: Mapping[str, Any]) -> None:
        """Set options from JSON, by name.

        Sets none of them if one is invalid, and raises `ValueError` with its name, its value and what to do.
        """
        with self._lock:
            self.options.change(options)

    def reset_options(self) -> None:
        """Reset the options to those with which the mock was created; everything else stays."""
        with self._lock:
            # The state holds the same object.
            for name, value in attrs.asdict(self._vendor.options(**self._options), recurse=False).items():
                setattr(self.options, name, value)

    def handle(self, request: Request) -> Reply:
        """Return the vendor's reply to `request`. Nothing that a request holds makes it raise, or answer with a 5xx.

        With a spy, the reply is the real server's, whatever it is, and the call waits for it.
        """
        if self.spy is not None:
            return self._overhear(self.spy, request)
        # behaviour: no-update-is-lost, updates-do-not-mix, reader-sees-before-or-after
        # behaviour: equal-creates-are-two, requests-at-once-are-answered, request-gets-its-own-answer
        # behaviour: unique-stays-unique, answer-hides-the-credential, answer-hides-the-program
        with self._lock:
            self.options.check()
            self.clock.tick()
            fault = self.faults.choose(request, *_ANSWERED) if self.faults else None
            if fault is not None and fault.kind == "status":
                answered = self._unheard(request, fault.answer(self._vendor.error))
            else:
                answered = answer(self._contract, self._vendor, self._state, request)
                if self._check and answered.operation is not None:
                    check(self._contract, answered.operation, answered.reply)
                if fault is not None:
                    answered = attrs.evolve(answered, reply=fault.harm(answered.reply))
            self._record(request, answered, fault)
            return answered.reply

    def interrupt(self, request: Request, kind: Kind) -> Fault | None:
        """Return the fault of this kind that happens to `request` before the vendor gets it."""
        with self._lock:
            fault = self.faults.choose(request, kind) if self.faults else None
            if fault is not None and self.spy is not None:
                self._note(self.spy.unheard(request, Reply(0)), fault)
            elif fault is not None:
                self._record(request, self._unheard(request, Reply(0)), fault)
            return fault

    def seed(self, /, *, tenant: int = 0, **data: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
        """Add records to the state, by kind, as the vendor's JSON objects, and return them as they are stored.

        Raises `ValueError` with kind, index and JSON pointer for a record that the document does not allow.
        """
        with self._lock:
            self.options.check()
            # behaviour: seed-is-stored-as-a-whole
            stored: dict[str, list[dict[str, Any]]] = self._state.seed(tenant, data)
            return stored

    def overheard(self) -> dict[str, Any]:
        """Return the vendor's records that the spy has seen, for `seed`, with placeholders for personal data.

        Raises `ValueError` without a spy, and for a vendor whose answers contain no records.
        """
        if self.spy is None:
            raise ValueError(f"{self.vendor} has no spy; make the mock with spy, the URL of the real server.")
        trial = Mock(self.vendor)

        def allowed(kind: str, record: dict[str, Any]) -> bool:
            data: dict[str, Any] = {kind: [record]}
            try:
                trial.seed(**data)
            except ValueError:
                return False
            return True

        return self.spy.seed(allowed)

    def headers(self, tenant: int = 0) -> dict[str, str]:
        """Return the header with the credential of the first (0) or second (1) tenant.

        Raises `ValueError` for any other number.
        """
        if tenant not in range(len(self._vendor.credentials)):
            raise ValueError(f"tenant is {tenant!r}; {self.vendor} has the tenants 0 and 1.")
        credential = next(each.credential for each in self._contract.operations() if each.credential)
        return credential.write(self._vendor.credentials[tenant])

    @property
    def document(self) -> dict[str, Any]:
        """The vendor's OpenAPI document, in the form that the mock uses."""
        return self._contract.document

    def snapshot(self) -> dict[str, Any]:
        """Return state, clock and ids as a JSON object, for `restore`."""
        with self._lock:
            return {
                "causerie": _FORM,
                "vendor": self.vendor,
                "seed": self._seed,
                "clock": self.clock.dump(),
                "state": _snapshot.dump(self._state),
            }

    def restore(self, snapshot: dict[str, Any]) -> None:
        """Continue from a `snapshot`. Raises `ValueError`, and changes nothing, for anything else."""
        if not isinstance(snapshot, dict) or (snapshot.get("causerie"), snapshot.get("vendor")) != (_FORM, self.vendor):
            raise ValueError(f"This is not a snapshot of {self.vendor} in the form {_FORM}; make one with `save`.")
        # behaviour: options-stay
        with self._lock:
            try:
                seed = int(snapshot["seed"])
                state = self._new_state(seed)
                _snapshot.load(state, snapshot["state"])
                self.clock.load(snapshot["clock"])
            except (AttributeError, KeyError, RecursionError, TypeError) as error:
                raise ValueError(f"The snapshot of {self.vendor} is damaged: {error!r}.") from error
            self._seed, self._state = seed, state

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the `snapshot` to a JSON file. The file is replaced only when it is complete."""
        target = Path(path)
        text = json.dumps(self.snapshot(), ensure_ascii=False)
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=target.parent, delete=False) as file:
            file.write(text)
        Path(file.name).replace(target)

    def load(self, path: str | os.PathLike[str]) -> None:
        """Continue from a file that `save` wrote. Raises `OSError` and `ValueError`."""
        try:
            snapshot = json.loads(Path(path).read_text(encoding="utf-8"))
        except RecursionError:
            raise ValueError(f"{path} is nested too deeply to be a snapshot.") from None
        self.restore(snapshot)

    @property
    def url(self) -> str:
        """The URL of the mock. A server on a free port of this machine is started if none is running."""
        if self._url is None:
            from ._server import serve  # noqa: PLC0415 - uvicorn is for those who want a port

            self._url = self._running.enter_context(serve([self]))[self.vendor]
        return self._url

    def close(self) -> None:
        """Stop the server that `url` has started. Webhook calls that wait are dropped."""
        self._url = None
        if self.spy is not None:
            self.spy.close()
        self._running.close()
        self.webhooks.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _new_state(self, seed: int) -> Any:
        return self._vendor.state(
            World(self._contract.document, self.clock, Ids(seed), self.webhooks.hear), self.options
        )

    def _overhear(self, spy: Spy, request: Request) -> Reply:
        with self._lock:
            fault = self.faults.choose(request, *_ANSWERED) if self.faults else None
        if fault is not None and fault.kind == "status":
            heard = spy.unheard(request, fault.answer(self._vendor.error))
        else:
            heard = spy.exchange(request, self.clock.now)
        with self._lock:
            self._note(heard, fault)
        return heard.reply if fault is None or fault.kind == "status" else fault.harm(heard.reply)

    def _note(self, heard: Overheard, fault: Fault | None) -> None:
        shown, index = heard.request_shown, self.requests.total
        recorded = Recorded(
            index=index,
            at=self.clock.now,
            request=shown,
            reply=heard.reply_shown,
            operation=heard.operation,
            problem=heard.problem,
            issues=tuple(heard.issues),
            fault=fault.kind if fault else None,
        )
        size = len(shown.path) + len(shown.query) + len(shown.body) + len(heard.reply_shown.body)
        self.requests.append(size, lambda: recorded)

    def _unheard(self, request: Request, reply: Reply) -> Answer:
        """Return the result for a request that the vendor never gets: only its operation may be known."""
        return Answer(reply, self._contract.operation(request.method, request.path), None, None)

    def _record(self, request: Request, answered: Answer, fault: Fault | None) -> None:
        head = len(request.path) + len(request.query) + request.header_size
        size = head + len(request.body) + len(answered.reply.body)
        operation, vendor = answered.operation, self._vendor
        declared = [each.name for each in operation.parameters if each.place == "query"] if operation else ()
        credentials = [each.encode() for each in vendor.credentials]
        shown = masked(request, credentials, declared)
        made = functools.partial(_recorded, self.requests.total, self.clock.now, shown, answered, fault)
        # At an unknown path, the request may be meant for any operation, so the bodies of all of them are secret.
        secrets = [
            secret
            for of, secret in vendor.secrets.items()
            if operation is None or operation.id == of or f'"{secret}"'.encode() in request.body
        ]
        self.requests.append(size, lambda: functools.reduce(concealed, secrets, made()))


def _recorded(index: int, at: datetime, request: Request, answered: Answer, fault: Fault | None) -> Recorded:
    operation, problem = answered.operation, answered.problem
    return Recorded(
        index=index,
        at=at,
        request=request,
        reply=answered.reply,
        operation=operation.id if operation else None,
        tenant=answered.tenant,
        problem=problem.message if problem else None,
        issues=tuple(problem.issues) if problem else (),
        fault=fault.kind if fault else None,
    )
