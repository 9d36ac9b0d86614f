"""raia conversations: the client that is generated from ``spec/raia.yaml``."""

from typing import Final

SPEC_SHA256: Final = "c6c06a6a0938d6f549e93069f559ee8c1d1865b2802585ff781fae8f22ed0a80"
"""SHA-256 of the document that this package was generated from."""

SERVERS: Final = ("https://api.raia2.com",)
"""The document's servers."""

CREDENTIAL_HEADER: Final = "Agent-Secret-Key"
CREDENTIAL_PREFIX: Final = ""
"""The credential travels as ``CREDENTIAL_HEADER: CREDENTIAL_PREFIX + token``."""
