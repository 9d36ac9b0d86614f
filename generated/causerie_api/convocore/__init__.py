"""Convocore conversations: the client that is generated from ``spec/convocore.yaml``."""

from typing import Final

SPEC_SHA256: Final = "76a29e06d17e22428ce36bcabe4128d938cc234582a85712399a6d366b345edf"
"""SHA-256 of the document that this package was generated from."""

SERVERS: Final = (
    "https://eu-gcp-api.vg-stuff.com/v3",
    "https://na-gcp-api.vg-stuff.com/v3",
)
"""The document's servers."""

CREDENTIAL_HEADER: Final = "Authorization"
CREDENTIAL_PREFIX: Final = "Bearer "
"""The credential travels as ``CREDENTIAL_HEADER: CREDENTIAL_PREFIX + token``."""
