"""What a test may set of Convocore."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from causerie_mock import _options


@dataclass
class Options:
    """What a test may set at any time. Raises `ValueError` for what an option cannot be, at the latest in use."""

    #: How lists and exports go on: by `cursor`, or by `page` as at servers before 2026-08.
    paging: Literal["cursor", "page"] = "cursor"
    #: Whether what create_conversation makes is found by its id; live it was not, but stood in the list (2026-08).
    posted_found: bool = True
    #: The unit of `lastModified` where a turn or a seed writes it; live it was once milliseconds (2026-08).
    runtime_time: Literal["seconds", "milliseconds"] = "seconds"
    #: The plan of both workspaces; one below Business is refused everything.
    plan: Literal["business", "pro"] = "business"
    #: Whether the workspaces have the add-on that exports need.
    export_addon: bool = True
    #: Sessions that may be exported in a month before packs of 1,000 are charged.
    export_quota: int = 50_000
    #: Requests that a workspace is allowed; None for as many as it likes.
    lists_per_minute: int | None = None
    lists_per_hour: int | None = None
    exports_per_hour: int | None = None
    #: Ids of conversations that always answer 500, as one did live (2026-08); they stand in lists.
    broken: Collection[str] = ()

    def __post_init__(self) -> None:
        self.check()

    def check(self) -> None:
        """Raises `ValueError` with the name and the value of an option that cannot be so."""
        _options.choice("paging", self.paging, "cursor", "page")
        _options.flag("posted_found", self.posted_found)
        _options.choice("runtime_time", self.runtime_time, "seconds", "milliseconds")
        _options.choice("plan", self.plan, "business", "pro")
        _options.flag("export_addon", self.export_addon)
        _options.count("export_quota", self.export_quota)
        for name in ("lists_per_minute", "lists_per_hour", "exports_per_hour"):
            if getattr(self, name) is not None:
                _options.count(name, getattr(self, name))
        _options.texts("broken", self.broken)
