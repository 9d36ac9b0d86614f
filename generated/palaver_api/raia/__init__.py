"""raia conversations: the client that is generated from ``spec/raia.yaml``."""

from typing import Final

SPEC_SHA256: Final = "b25c9997b6aca9a57d16aa014358901bcc5a51f9d5026b4e9ba590c0c1923b2f"
"""SHA-256 of the document that this package was generated from."""

SERVERS: Final = ("https://api.raia2.com",)
"""The document's servers."""

CREDENTIAL_HEADER: Final = "Agent-Secret-Key"
CREDENTIAL_PREFIX: Final = ""
"""The credential travels as ``CREDENTIAL_HEADER: CREDENTIAL_PREFIX + token``."""
