"""The facts about Zild that are needed before a client of it is created."""

from .._vendor import Vendor

VENDOR = Vendor(
    name="zild",
    title="Zild",
    client_name="Zild",
    credential="ZILD_TOKEN",
    summary="WhatsApp conversations that a business begins.",
    has_host=False,
)
