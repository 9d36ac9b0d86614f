"""What the callers of all vendors try."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from tests.kill_rate.strangers.call import credential

#: Texts that are easily spoilt.
STRANGE = "  Cafe\u0301 ﬁ\u200b\u200f\ud83d\udc69\u200d\ud83d\ude80 <b>&amp;</b> A\\n\r\n  x  100%25 +1 \0 end "
LONG = "A b " * 1100 + "end"
SHAPES: dict[str, Any] = {
    "Upper.Case$Name": 2**53 + 1,
    "camelCase": 1.23456789,
    "empty": "",
    "none": None,
    "false": False,
    "true": True,
    "zero": 0,
    "list": [],
    "object": {},
    "one": ["x"],
    "lists": [[1], [2, 2], [1]],
    "twice": ["b", "a", "b"],
    "digits": "007",
    "date": "2024-01-02",
    "word": "true",
    "huge": 2**63 + 1,
    "__proto__": {"a": 1},
    "deep": {"a": {"b": {"c": {"d": [{"e": 1}]}}}},
}
HALF = "\ud800"


def wrong_keys(vendor: str) -> list[str | None]:
    """Return credentials that are not to be accepted, and ones that are spelled otherwise."""
    key = credential(vendor, 0)
    scheme, _, secret = key.rpartition(" ")
    head = f"{scheme} " if scheme else ""
    wrong = [secret[:-1], secret[:6], secret + "x", secret + "xy", secret.upper(), f'"{secret}"', "x" * len(secret), ""]
    middle = secret[:5] + "!" + secret[6:]
    found: list[str | None] = [None, *(head + each for each in [*wrong, middle])]
    return [*found, secret, f"Basic {secret}", f"bearer {secret}"] if scheme else found


def posting(ask: Any, path: str, body: Any) -> Callable[[], Awaitable[Any]]:
    return lambda: ask("POST", path, body)


async def later(ask: Callable[[], Awaitable[Any]]) -> None:
    await asyncio.sleep(0.015)
    await ask()
