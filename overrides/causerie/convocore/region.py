"""The region in which Convocore keeps a workspace."""

from __future__ import annotations

from typing import Literal

from causerie_api.convocore import SERVERS

from .._resource import Driver, Resource
from .arguments import choice

Region = Literal["eu", "na"]
HOSTS: dict[Region, str] = {"eu": SERVERS[0], "na": SERVERS[1]}


class Regional(Resource[Driver]):
    """A resource whose operations take a region."""

    _region: Region

    def __init__(self, driver: Driver, region: Region) -> None:
        self._driver = driver
        self._region = region

    def _where(self, region: Region | None) -> Region:
        """Return the region that was given, or the client's. Raises ``ArgumentError``."""
        region = self._region if region is None else region
        choice("region", region, *HOSTS)
        return region
