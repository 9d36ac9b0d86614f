"""The record of Parrot."""

from .._vendor import Vendor

VENDOR = Vendor(
    # Where a live run finds the ids that it may ask for.
    ids={"list_conversations": (("conversationId", (), ("id",)),)},
)
