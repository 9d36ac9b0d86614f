"""Mock time: it steps, stands still, or runs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from causerie_mock import Clock

START = datetime(2026, 1, 1, tzinfo=UTC)


def test_it_steps_a_second_with_every_request_at_first() -> None:
    """So whatever changes has a later date."""
    clock = Clock()
    clock.tick()
    clock.tick()

    assert START + timedelta(seconds=2) == clock.now
    assert ("step", 1.0) == (clock.mode, clock.step)


def test_it_stands_still_when_it_is_frozen() -> None:
    """At a time of one's own, in any zone."""
    clock = Clock()
    clock.freeze(datetime(2026, 3, 1, 12, tzinfo=timezone(timedelta(hours=2))))
    clock.tick()

    assert datetime(2026, 3, 1, 10, tzinfo=UTC) == clock.now
    assert "frozen" == clock.mode


def test_it_is_frozen_where_it_is_when_no_time_is_named() -> None:
    """Freezing moves nothing."""
    clock = Clock()
    clock.tick()
    clock.freeze()

    assert START + timedelta(seconds=1) == clock.now


def test_it_may_step_by_another_length() -> None:
    """An hour, say."""
    clock = Clock()
    clock.step_by(3600)
    clock.tick()

    assert START + timedelta(hours=1) == clock.now


def test_it_runs_as_real_time_does(monkeypatch: pytest.MonkeyPatch) -> None:
    """Requests take what they take, and advancing adds to that."""
    real = 100.0
    monkeypatch.setattr("causerie_mock._clock.time.monotonic", lambda: real)
    clock = Clock()
    clock.run()
    real = 102.5
    clock.tick()
    clock.advance(10)
    real = 103.0

    assert START + timedelta(seconds=13) == clock.now


@given(st.lists(st.floats(0, 1e9), max_size=5))
def test_it_advances_by_the_sum(durations: list[float]) -> None:
    """Moving on in pieces is moving on at once."""
    clock = Clock()
    for seconds in durations:
        clock.advance(seconds)

    assert abs(clock.now - START - timedelta(seconds=sum(durations))) < timedelta(seconds=1)


def test_it_ends_before_the_calendar_does() -> None:
    """Steps stop at the end, however many requests come."""
    clock = Clock()
    clock.set(datetime(8999, 12, 31, 23, 59, 59, tzinfo=UTC))
    for _ in range(3):
        clock.tick()
    clock.elapse(60)

    assert datetime(9000, 1, 1, tzinfo=UTC) == clock.now


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda clock: clock.advance(-1), "seconds is -1"),
        (lambda clock: clock.advance(float("nan")), "seconds is nan"),
        (lambda clock: clock.step_by(-1), "seconds is -1"),
        (lambda clock: clock.set(datetime(2026, 1, 1)), "give a time with a zone"),
        (lambda clock: clock.set(datetime(9999, 1, 1, tzinfo=UTC)), "between the years 1970 and 9000"),
        (lambda clock: clock.load({"mode": "backwards"}), "mode is 'backwards'; give one of step, frozen, run"),
        (lambda clock: clock.load({"step": -1}), "step is -1"),
    ],
)
def test_what_makes_no_sense_is_refused(change, sentence) -> None:  # type: ignore[no-untyped-def]
    """With the argument and what to give, and nothing changes."""
    clock = Clock()
    with pytest.raises(ValueError, match=sentence):
        change(clock)

    assert {"now": START.isoformat(), "mode": "step", "step": 1.0} == clock.dump()


def test_another_clock_goes_on_from_what_was_dumped() -> None:
    """Time, mode and step."""
    first, second = Clock(), Clock()
    first.step_by(5)
    first.tick()
    second.load(first.dump())

    assert first.dump() == second.dump()
