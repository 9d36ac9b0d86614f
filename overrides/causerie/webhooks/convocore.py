"""The public names of Convocore's webhook events."""

from ..convocore.events import *  # noqa: F403
