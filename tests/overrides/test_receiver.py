"""The receiver of webhooks in `examples/`, called by the mock vendors."""

from __future__ import annotations

import importlib.util
import logging
import sys
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

import causerie_mock
from causerie.testing import ConvocoreMock, RaiaMock
from causerie.webhooks import convocore
from causerie_mock._hooks import Hooks
from causerie_spec import load
from tests.markdown import ROOT

SECRETS = ("the-workspace-secret", "the-header-secret")
RAIA_EVENTS = tuple(load("raia")["components"]["schemas"]["WebhookTrigger"]["enum"])


def example() -> Any:
    """Return the module of the example."""
    path = Path(ROOT, "examples", "webhooks.py")
    spec = importlib.util.spec_from_file_location("webhooks_example", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Worked(list[tuple[str, dict[str, Any]]]):
    """What the receiver has done."""

    def work(self, vendor: str, event: dict[str, Any]) -> None:
        self.append((vendor, event))


@pytest.fixture
def worked() -> Worked:
    """Nothing yet."""
    return Worked()


@pytest.fixture
def app(worked: Worked) -> FastAPI:
    """Return the receiver."""
    made: FastAPI = example().receiver(*SECRETS, worked.work)
    return made


def test_all_events_of_convocore(app: FastAPI, worked: Worked, convocore_mock: ConvocoreMock) -> None:
    """Each of the sixteen types arrives, is what its class says, and holds no secret."""
    convocore_mock.webhooks.add(app, path="/convocore", secret=SECRETS[0])
    for event in convocore.TYPES:
        convocore_mock.webhooks.emit(event)
    delivered = convocore_mock.webhooks.deliver()

    assert [(event, 200) for event in convocore.TYPES] == [(each.event, each.status) for each in delivered]
    assert list(convocore.TYPES) == [event["type"] for _, event in worked]
    assert SECRETS[0] not in repr(worked) + repr(delivered)


@pytest.mark.parametrize("event", convocore.TYPES)
def test_examples_are_what_the_page_says(event: str, convocore_mock: ConvocoreMock) -> None:
    """The mock's examples have every field that is required, of its type, and no field that is not described."""
    bodies: list[bytes] = []
    convocore_mock.webhooks.add(lambda request: bodies.append(request.body) or 200, secret=SECRETS[0])
    convocore_mock.webhooks.emit(event)
    convocore_mock.webhooks.deliver()
    parsed = convocore.parse(bodies[0], SECRETS[0])
    parsed.payload.validate()

    assert convocore.TYPES[event] is type(parsed.payload)
    assert {} == parsed.payload.additional_properties
    assert convocore_mock.clock.now.replace(microsecond=0) == parsed.payload.created_at_datetime


def test_all_events_of_raia(app: FastAPI, worked: Worked, raia_mock: RaiaMock) -> None:
    """Each of the six conditions arrives."""
    raia_mock.webhooks.add(app, path="/raia", secret=SECRETS[1])
    for event in RAIA_EVENTS:
        raia_mock.webhooks.emit(event)
    delivered = raia_mock.webhooks.deliver()

    assert [(event, 200) for event in RAIA_EVENTS] == [(each.event, each.status) for each in delivered]
    assert ["raia"] * len(RAIA_EVENTS) == [vendor for vendor, _ in worked]
    assert SECRETS[1] not in repr(worked) + repr(delivered)


def test_what_happens_is_received(app: FastAPI, worked: Worked, convocore_mock: ConvocoreMock) -> None:
    """Whoever makes a conversation causes an event, and the request does not wait for the receiver."""
    convocore_mock.webhooks.add(app, path="/convocore", secret=SECRETS[0], duplicates=2)
    made = convocore_mock.client().conversations.create("agent123", user_name="Ada")
    before = list(worked)
    delivered = convocore_mock.webhooks.deliver()

    assert [] == before
    assert [200, 200, 200] == [each.status for each in delivered]
    assert [made.id] == [event["payload"]["convoId"] for _, event in worked]


@pytest.mark.parametrize("vendor", ["convocore", "raia"])
def test_a_wrong_secret_and_logs(
    vendor: str, app: FastAPI, worked: Worked, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """It is a 401, and neither secret is logged or printed, whatever is logged at DEBUG."""
    caplog.set_level(logging.DEBUG)
    guess = "a-wrong-guess"
    with causerie_mock.Mock(vendor) as mock:
        for secret in (guess, *SECRETS):
            mock.webhooks.add(app, path=f"/{vendor}", secret=secret)
        mock.webhooks.emit("webhook_test" if vendor == "convocore" else "manual")
        delivered = mock.webhooks.deliver()
        shown = repr([each.target for each in delivered] + list(mock.webhooks.targets) + list(delivered))
    printed = "".join(capfd.readouterr()) + caplog.text

    assert [200, 401, 401] == sorted(each.status for each in delivered)
    assert 1 == len(worked)
    assert "webhooks" in {record.name for record in caplog.records}
    assert [] == [secret for secret in (guess, *SECRETS) if secret in printed + shown]


def _dress(headers: dict[str, str]) -> Any:
    """Return what dresses every call as a list, which no vendor sends."""
    return lambda *_: (headers, [1])


def test_what_is_no_object(app: FastAPI, worked: Worked) -> None:
    """A body that is a list is a 400, and nothing is done."""
    statuses = []
    for path, headers in (("/convocore", {}), ("/raia", {"authorization": SECRETS[1]})):
        hooks = Hooks({}, _dress(headers))
        webhooks = causerie_mock.Webhooks("a vendor", hooks, causerie_mock.Clock())
        webhooks.add(app, path=path)
        webhooks.emit("any", {})
        statuses += [each.status for each in webhooks.deliver()]

    assert [400, 400] == statuses
    assert [] == worked


def test_secrets_of_the_environment(monkeypatch: pytest.MonkeyPatch, convocore_mock: ConvocoreMock) -> None:
    """The factory that a server is given takes both from there."""
    monkeypatch.setenv("CONVOCORE_WORKSPACE_SECRET", SECRETS[0])
    monkeypatch.setenv("RAIA_WEBHOOK_SECRET", SECRETS[1])
    convocore_mock.webhooks.add(example().from_environment(), path="/convocore", secret=SECRETS[0])
    convocore_mock.webhooks.emit("webhook_test")

    assert [200] == [each.status for each in convocore_mock.webhooks.deliver()]
    assert "webhooks_example" not in sys.modules
