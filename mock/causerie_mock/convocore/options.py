"""What a test may set of Convocore."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

import attrs

from .. import _options
from .._options import about

_LIMIT = _options.optional(_options.COUNT)


@attrs.define
class Options(_options.Options):
    """What a test may set at any time. Raises `ValueError` for what an option cannot be, at the latest in use."""

    paging: Literal["cursor", "page"] = attrs.field(
        default="cursor",
        metadata=about(
            _options.choice("cursor", "page"),
            "How lists and exports go on: by cursor, or by page as at servers before 2026-08.",
        ),
    )
    posted_found: bool = attrs.field(
        default=True,
        metadata=about(
            _options.FLAG,
            "Whether what create_conversation makes is found by its id; live it was in the list alone (2026-08).",
        ),
    )
    runtime_time: Literal["seconds", "milliseconds"] = attrs.field(
        default="seconds",
        metadata=about(
            _options.choice("seconds", "milliseconds"),
            "The unit of lastModified where a turn or a seed writes it; live it was once milliseconds (2026-08).",
        ),
    )
    plan: Literal["business", "pro"] = attrs.field(
        default="business",
        metadata=about(
            _options.choice("business", "pro"), "The plan of both workspaces; one below Business is refused everything."
        ),
    )
    export_addon: bool = attrs.field(
        default=True, metadata=about(_options.FLAG, "Whether the workspaces have the add-on that exports need.")
    )
    export_quota: int = attrs.field(
        default=50_000,
        metadata=about(_options.COUNT, "Sessions that may be exported in a month before packs of 1,000 are charged."),
    )
    lists_per_minute: int | None = attrs.field(
        default=None,
        metadata=about(_LIMIT, "Lists that a workspace may ask for in a minute; None for as many as it likes."),
    )
    lists_per_hour: int | None = attrs.field(
        default=None,
        metadata=about(_LIMIT, "Lists that a workspace may ask for in an hour; None for as many as it likes."),
    )
    exports_per_hour: int | None = attrs.field(
        default=None,
        metadata=about(_LIMIT, "Exports that a workspace may ask for in an hour; None for as many as it likes."),
    )
    broken: Collection[str] = attrs.field(
        default=(),
        metadata=about(
            _options.TEXTS,
            "Ids of conversations that always answer 500, as one did live (2026-08); they stand in lists.",
        ),
    )
