"""The kinds of client that tests are played with: blocking or awaited, over each of the libraries."""

from __future__ import annotations

from typing import Any

import httpx
import httpx2

BLOCKING = ("sync", "sync httpx2")
AWAITED = ("async", "async httpx2", "aiohttp")
KINDS = (*BLOCKING, *AWAITED)


def chosen(kind: str) -> dict[str, Any]:
    """Return the option that chooses the kind's library: httpx needs none."""
    name = kind.rsplit(maxsplit=1)[-1]
    return {"transport": name} if name in {"httpx2", "aiohttp"} else {}


def library(kind: str) -> Any:
    """Return httpx or httpx2: the one whose objects this kind takes."""
    return httpx2 if "httpx2" in kind else httpx
