"""Offers the events of the vendor's folder where those who receive calls look for them."""

from ..convocore.events import *  # noqa: F403
