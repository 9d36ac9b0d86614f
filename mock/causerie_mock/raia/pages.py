"""raia's pages of a list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

T = TypeVar("T")


def page_of(found: Sequence[T], asked: Mapping[str, Any], show: Callable[[T], Any]) -> dict[str, Any]:
    """Return the page of `found` that a request asks for."""
    # behaviour: default-page-is-the-first-of-10, any-page-may-be-asked-for, page-is-the-one-asked-for, totals-agree
    page, size = asked.get("page", 1), asked.get("pageSize", 10)
    pages = -(-len(found) // size)
    return {
        "currentPage": page,
        "pageSize": size,
        "totalItems": len(found),
        "totalPages": pages,
        "hasNextPage": page < pages,
        "hasPreviousPage": page > 1,
        "data": [show(each) for each in found[(page - 1) * size : page * size]],
    }
