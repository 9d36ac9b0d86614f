"""A live run sends no more than it may, no faster, and no longer."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from causerie_contract._budget import Budget, Exhausted
from causerie_contract._limits import Limits


class Clock:
    """Time that passes when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 100.0
        self.turns: list[float] = []

    def __call__(self) -> float:
        """Seconds."""
        return self.now

    async def sleep(self, seconds: float) -> None:
        """Pass `seconds`, and note when they are over."""
        self.now += seconds
        self.turns.append(self.now)


def spend_all(budget: Budget) -> str:
    """Spend until the end; what the end says."""

    async def spend() -> None:
        while True:
            await budget.spend()

    with pytest.raises(Exhausted) as caught:
        asyncio.run(spend())
    return str(caught.value)


@given(st.integers(1, 50), st.floats(0.1, 100), st.floats(0.1, 100))
def test_budget_rate_and_time(requests: int, rate: float, seconds: float) -> None:
    """Whatever the three limits are, none is exceeded, and one of them is reached."""
    clock = Clock()
    budget = Budget(requests, Limits(rate, {}), seconds, clock, clock.sleep)
    spend_all(budget)
    gaps = [later - earlier for earlier, later in zip(clock.turns, clock.turns[1:], strict=False)]

    assert len(clock.turns) == budget.spent <= requests
    assert all(gap >= 1 / rate - 1e-6 for gap in gaps)
    assert all(turn < 100 + seconds for turn in clock.turns)
    assert budget.spent == requests or clock.turns[-1] + 1 / rate >= 100 + seconds


def test_words() -> None:
    """The end says which limit it was."""
    clock = Clock()

    assert "The budget of 2 requests is spent." == spend_all(Budget(2, Limits(1, {}), 10, clock, clock.sleep))
    assert "beyond the time limit of 3 s." in spend_all(Budget(9, Limits(1, {}), 3, clock, clock.sleep))


def test_retry_after() -> None:
    """The next request waits as long as the server asks; without its word, longer with every refusal."""
    clock = Clock()
    budget = Budget(9, Limits(1000, {}), 100, clock, clock.sleep)
    for asked in (5.0, None, None):
        asyncio.run(budget.spend())
        budget.back_off(asked)
    asyncio.run(budget.spend())

    assert [100.0, 105.0, 107.0, 111.0] == clock.turns


def test_retry_after_beyond_the_limit() -> None:
    """Who has to wait longer than the run may take, does not wait at all."""
    clock = Clock()
    budget = Budget(9, Limits(1000, {}), 100, clock, clock.sleep)
    budget.back_off(3600)

    assert "would have had to wait 3600 s" in spend_all(budget)
    assert [] == clock.turns


@given(st.dictionaries(st.integers(1, 50), st.integers(1, 20), min_size=1), st.integers(1, 60), st.integers(0, 30))
def test_every_window(windows: dict[int, int], requests: int, before: int) -> None:
    """No more are sent in any time than its limit, those of the budget before included; none takes too long."""
    clock = Clock()
    limits = Limits(10, windows)
    first = Budget(before, limits, 10_000, clock, clock.sleep)
    spend_all(first)
    started = clock.now
    budget = first.renew(requests, limits.seconds(requests, before) + 1)
    spend_all(budget)
    turns = clock.turns

    assert (before, requests) == (first.spent, budget.spent)
    assert all(
        later - earlier >= seconds - 1e-6
        for seconds, count in windows.items()
        for earlier, later in zip(turns, turns[count:], strict=False)
    )
    assert clock.now - started <= limits.seconds(requests, before) + 1


def test_pause() -> None:
    """As many turns are left out as are asked for, from the next one on."""
    clock = Clock()
    budget = Budget(9, Limits(1, {}), 100, clock, clock.sleep)
    asyncio.run(budget.spend())
    budget.pause(3)
    asyncio.run(budget.spend())

    assert [100.0, 104.0] == clock.turns
