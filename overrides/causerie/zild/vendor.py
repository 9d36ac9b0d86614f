"""What is known of Zild before a client of it is made."""

from .._vendor import Vendor

VENDOR = Vendor(
    name="zild",
    title="Zild",
    client_name="Zild",
    credential="ZILD_TOKEN",
    summary="WhatsApp conversations that a business begins.",
    has_host=False,
)
