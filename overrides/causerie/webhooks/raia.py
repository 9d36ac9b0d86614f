"""The public names of raia's webhook events."""

from ..raia.events import *  # noqa: F403
