"""``causerie.testing`` and its fixtures."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import causerie
import causerie.testing
from causerie import _clock
from causerie.testing import ConvocoreMock, RaiaMock, ZildMock, no_waiting
from causerie_mock import Mock

Pytest = Callable[..., subprocess.CompletedProcess[str]]

#: For each class, a call that succeeds.
CALLS: dict[type[Any], Callable[[Any], Any]] = {
    ConvocoreMock: lambda client: client.conversations.get("agent123", "agent123_convo456"),
    RaiaMock: lambda client: client.conversations.states(),
    ZildMock: lambda client: client.conversations.start_proactive(channel_id=1, recipient=["+5511999990000"]),
}
each_mock = pytest.mark.parametrize(("kind", "call"), CALLS.items(), ids=[kind.vendor_name for kind in CALLS])


@pytest.fixture
def run_pytest(tmp_path: Path) -> Pytest:
    """Return a function that runs pytest in a folder with nothing but a file of tests."""

    def run(test: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        (tmp_path / "test_it.py").write_text(textwrap.dedent(test), encoding="utf-8")
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments]
        return subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, text=True)

    return run


@each_mock
def test_clients(kind: type[Any], call: Callable[[Any], Any]) -> None:
    """Both clients of every mock talk to it, without any argument."""
    with kind() as mock:
        assert call(mock.client())
        assert asyncio.run(call(mock.async_client()))
        assert [200, 200] == [each.status for each in mock.requests]


@each_mock
def test_tenants(kind: type[Any], call: Callable[[Any], Any]) -> None:
    """A client is one tenant's; a tenant that is not there is named with those that are."""
    with kind() as mock:
        with pytest.raises(ValueError, match=f"tenant is 2; {mock.vendor} has the tenants 0 and 1"):
            mock.client(tenant=2)
        with pytest.raises(ValueError, match="tenant is -1"):
            mock.async_client(tenant=-1)
        for tenant in (0, 1):
            with suppress(causerie.PermissionDeniedError):  # Convocore's example belongs to the first.
                call(mock.client(tenant=tenant))

        assert [0, 1] == [each.tenant for each in mock.requests]


@each_mock
def test_closing(kind: type[Any], call: Callable[[Any], Any]) -> None:
    """Closing a mock closes its clients, those that are closed already too."""
    with kind() as mock:
        client, async_client, closed = mock.client(), mock.async_client(), mock.client()
        closed.close()

    for each in (client, closed):
        with pytest.raises(RuntimeError, match="closed"):
            call(each)
    with pytest.raises(RuntimeError, match="closed"):
        asyncio.run(call(async_client))


def test_client_options(raia_mock: RaiaMock) -> None:
    """A client has the options that it is asked for."""
    client = raia_mock.client(headers={"X-Test": "sync"}, timeout=7)
    async_client = raia_mock.async_client(headers={"X-Test": "async"})
    client.conversations.states()
    asyncio.run(async_client.conversations.states())

    assert ["sync", "async"] == [each.headers["x-test"] for each in raia_mock.requests]
    assert "timeout=7" in repr(client)
    with pytest.raises(TypeError, match="did you mean 'retry'"):
        raia_mock.client(retyr=1)  # type: ignore[call-arg]


def test_mock_options() -> None:
    """What is left of a mock's arguments are the vendor's options; the seed decides ids."""
    with RaiaMock(pending_polls=3, seed=1, check=True) as mock, RaiaMock(seed=1) as same, RaiaMock(seed=2) as other:
        ids = [each.client().conversations.create("ada").id for each in (mock, same, other)]

        assert 3 == mock.options.pending_polls
        assert ids[0] == ids[1] != ids[2]


@given(seconds=st.floats(0, 100), is_async=st.booleans())
def test_waits_move_mock_time(seconds: float, is_async: bool) -> None:
    """Waiting takes no time of ours and as much mock time as it has to."""
    with RaiaMock(pending_seconds=seconds) as mock:
        mock.clock.step_by(0)
        before = mock.clock.now
        if is_async:
            answer = asyncio.run(mock.async_client().messages.send_and_wait(new(mock), "Hello", timeout=seconds + 60))
        else:
            answer = mock.client().messages.send_and_wait(new(mock), "Hello", timeout=seconds + 60)

        assert "You said: Hello" == answer.message
        assert mock.clock.now - before >= timedelta(seconds=seconds)


def test_frozen_time_stands_still(raia_mock: RaiaMock) -> None:
    """Waits do not move a frozen clock."""
    raia_mock.options.pending_seconds = 1
    raia_mock.clock.freeze()
    before = raia_mock.clock.now
    with pytest.raises(causerie.ReplyTimeoutError):
        raia_mock.client().messages.send_and_wait(new(raia_mock), "Hello")

    assert before == raia_mock.clock.now


def test_waits_after_a_reset(raia_mock: RaiaMock) -> None:
    """After a reset, waits move the mock's new clock."""
    raia_mock.reset()
    raia_mock.options.pending_seconds = 5

    assert raia_mock.client().messages.send_and_wait(new(raia_mock), "Hello")


def test_waits_of_several(raia_mock: RaiaMock, zild_mock: ZildMock) -> None:
    """One wait passes for every mock there is."""
    before = zild_mock.clock.now
    raia_mock.clock.step_by(0)
    raia_mock.options.pending_seconds = 30
    raia_mock.client().messages.send_and_wait(new(raia_mock), "Hello")

    assert 30 <= (zild_mock.clock.now - before).total_seconds()


def test_waits_are_real_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waits are skipped in the context of a mock and not beyond it."""
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    with RaiaMock() as mock:
        mock.faults.add("status", status=429, retry_after=2)
        mock.client().conversations.states()
    mock.faults.add("status", status=429, retry_after=3)
    mock.client().conversations.states()
    mock.close()

    assert [3] == slept


def test_on_wait(raia_mock: RaiaMock) -> None:
    """`no_waiting` reports how long would have been waited, from the outermost to the innermost."""
    told: list[tuple[str, float]] = []
    raia_mock.faults.add("status", status=429, retry_after=20)
    with no_waiting(lambda seconds: told.append(("outer", seconds))):
        with no_waiting(lambda seconds: told.append(("inner", seconds))):
            raia_mock.client().conversations.states()
        raia_mock.faults.add("status", status=429, retry_after=10)
        raia_mock.client().conversations.states()

    assert [("outer", 20), ("inner", 20), ("outer", 10)] == told


def test_names() -> None:
    """What is not there is an AttributeError; what is there is."""
    with pytest.raises(AttributeError, match=r"module 'causerie.testing' has no attribute 'AcmeMock'"):
        _ = causerie.testing.AcmeMock

    assert all(getattr(causerie.testing, name) for name in causerie.testing.__all__)


def test_testing_without_the_extra() -> None:
    """Skipping waits needs no mock; a mock says what it needs."""
    program = (
        "import sys; sys.modules['jsonschema_rs'] = None\n"
        "from causerie.testing import no_waiting\n"
        "try: from causerie.testing import RaiaMock\n"
        "except ImportError as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True, text=True)

    assert ('the mock vendors need jsonschema_rs: in a checkout of Causerie, pip install ".[mock]"\n', "") == (
        done.stdout,
        done.stderr,
    )


def test_fixtures_without_the_extra(run_pytest: Pytest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that asks for a mock learns in one sentence what it needs; others run."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # Schemathesis' needs what is hidden.
    (tmp_path / "conftest.py").write_text("import sys; sys.modules['jsonschema_rs'] = None", encoding="utf-8")
    done = run_pytest("def test_mock(raia_mock): ...\ndef test_other(): ...", "-p", "causerie._fixtures")

    assert "1 passed, 1 error" in done.stdout, done.stdout + done.stderr
    assert '\nthe mock vendors need jsonschema_rs: in a checkout of Causerie, pip install ".[mock]"\n' in done.stdout
    assert "_fixtures.py" not in done.stdout


@pytest.mark.parametrize("arguments", [["-n", "2"], ["-p", "no:xdist", "-p", "no:anyio"]], ids=" ".join)
def test_fixtures_beside_other_plugins(run_pytest: Pytest, arguments: list[str]) -> None:
    """The fixtures work with any other plugins, and are new for every test."""
    test = """
        import pytest

        @pytest.mark.parametrize("number", range(4))
        def test_fixtures(number, convocore_mock, raia_mock, zild_mock):
            assert raia_mock.client().conversations.states()
            assert (0, 1, 0) == (len(convocore_mock.requests), raia_mock.requests.total, zild_mock.requests.total)
    """
    done = run_pytest(test, "-W", "error", "-p", "no:schemathesis", *arguments)

    assert "4 passed" in done.stdout, done.stdout + done.stderr


def test_plugin_costs_nothing() -> None:
    """Pytest loads one module of ours, and the package that it stands in."""
    program = (
        "import sys, pytest; before = set(sys.modules)\n"
        "import causerie._fixtures; print(*sorted(set(sys.modules) - before))"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)

    assert ["causerie", "causerie._fixtures"] == done.stdout.split()


def new(mock: RaiaMock) -> str:
    """Make a conversation and return its id."""
    return mock.client().conversations.create("ada").id


def test_a_real_server_is_given_the_time_that_it_asks_for() -> None:
    """Where a spy lets one answer, no client skips its waits."""
    with RaiaMock(spy=Mock("raia").handle):
        spied = list(_clock._told)
    with RaiaMock():
        played = list(_clock._told)

    assert (0, 1) == (len(spied), len(played))
