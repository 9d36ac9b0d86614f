"""raia conversations: the client that is generated from ``raia.yaml``."""

from typing import Final

SPEC_SHA256: Final = "b46ef34a4bef7aa99c9b6ac1cb2512f5183132138afaa6c11eb6cdd47992dcec"
"""SHA-256 of the document that this package was generated from."""

SERVERS: Final[tuple[str, ...]] = (
    "https://api.raia2.com",
    "https://api-eu.raia2.com",
)
"""The document's servers."""

CREDENTIAL_HEADER: Final = "Agent-Secret-Key"
CREDENTIAL_PREFIX: Final = ""
"""The credential travels as ``CREDENTIAL_HEADER: CREDENTIAL_PREFIX + token``."""
