"""raia's lists, whose pages are numbered."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from causerie_api.model import DecodeError
from causerie_api.request import Request
from causerie_api.unset import UNSET

from .._errors import ArgumentError
from .._pages import Listed
from .._plan import Plan
from .._resource import Resource


def numbered(resource: Resource[Any], request: Callable[..., Request[Any, Any]], page: int) -> Plan[Listed[Any]]:
    """Return the page with this number. ``request`` returns the request for a page."""

    if page.__class__ is not int or page < 1:
        raise ArgumentError("page", f"{page!r} is not the number of a page: give 1 or more")

    def fetch(number: int) -> Plan[Listed[Any]]:
        def listed(answer: Any) -> Listed[Any]:
            data: Any = answer.data
            if data is None or data is UNSET:
                raise DecodeError(type(answer).__name__, ".data", f"no list among {', '.join(answer) or 'nothing'}")
            if isinstance(answer.current_page, int | float) and answer.current_page != number:
                # A server that answers with another page than asked would answer with it for ever.
                return Listed(data if number == page else [], answer, None)
            follows = _has_next(answer, number, is_empty=not data)
            return Listed(data, answer, partial(fetch, number + 1) if follows else None, lambda each: each.id)

        return resource._page(request(page=number), listed)

    return fetch(page)


def _has_next(answer: Any, number: int, *, is_empty: bool) -> bool:
    """Return whether a page follows: as raia says, or by the number of pages, beyond which an empty page is the end."""
    total = answer.total_pages if isinstance(answer.total_pages, int | float) else None
    if isinstance(answer.has_next_page, bool):
        return answer.has_next_page and not (is_empty and total is not None and number >= total)
    return total is not None and number < total
