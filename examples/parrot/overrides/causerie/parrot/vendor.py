"""What is known of Parrot before a client of it is made."""

from .._vendor import Vendor

VENDOR = Vendor(
    name="parrot",
    title="Parrot",
    client_name="Parrot",
    credential="PARROT_TOKEN",
    summary="Conversations with a parrot.",
)
