"""Offers ``causerie.convocore.events`` beside the other vendors' events."""

from ..convocore.events import *  # noqa: F403
