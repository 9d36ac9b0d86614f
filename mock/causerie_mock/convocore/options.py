"""The options that a test may set for Convocore."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

import attrs

from .. import _options
from .._options import about

_LIMIT = _options.optional(_options.COUNT)


@attrs.define
class Options(_options.Options):
    """Options, which a test may set at any time.

    Raises `ValueError` for an invalid value, at the latest when it is used.
    """

    paging: Literal["cursor", "page"] = attrs.field(
        default="cursor",
        metadata=about(
            _options.choice("cursor", "page"),
            "How lists and exports continue: by cursor, or by page as on servers before 2026-08.",
        ),
    )
    posted_found: bool = attrs.field(
        default=True,
        metadata=about(
            _options.FLAG,
            "Whether a new conversation is found by its id; the live vendor only listed it (2026-08).",
        ),
    )
    runtime_time: Literal["seconds", "milliseconds"] = attrs.field(
        default="seconds",
        metadata=about(
            _options.choice("seconds", "milliseconds"),
            "The unit of lastModified in turns and seeds; the live vendor once used milliseconds (2026-08).",
        ),
    )
    plan: Literal["business", "pro"] = attrs.field(
        default="business",
        metadata=about(
            _options.choice("business", "pro"), "The plan of both workspaces; below Business, every request is refused."
        ),
    )
    export_addon: bool = attrs.field(
        default=True, metadata=about(_options.FLAG, "Whether the workspaces have the add-on for exports.")
    )
    export_quota: int = attrs.field(
        default=50_000,
        metadata=about(_options.COUNT, "Sessions that may be exported in a month before packs of 1,000 are charged."),
    )
    lists_per_minute: int | None = attrs.field(
        default=None,
        metadata=about(_LIMIT, "Requests for lists that a workspace may send in a minute; None for no limit."),
    )
    lists_per_hour: int | None = attrs.field(
        default=None,
        metadata=about(_LIMIT, "Requests for lists that a workspace may send in an hour; None for no limit."),
    )
    exports_per_hour: int | None = attrs.field(
        default=None,
        metadata=about(_LIMIT, "Exports that a workspace may request in an hour; None for no limit."),
    )
    broken: Collection[str] = attrs.field(
        default=(),
        metadata=about(
            _options.TEXTS,
            "Ids of conversations whose requests always fail with 500, as one did live (2026-08); lists have them.",
        ),
    )
