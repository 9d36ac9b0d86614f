"""Offers ``causerie.raia.events`` beside the other vendors' events."""

from ..raia.events import *  # noqa: F403
